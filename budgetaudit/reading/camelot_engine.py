"""Grids as camelot reads them: the fallback for doubtful readings and the second opinion.

camelot is imported when first used (0.7 s, 100 MB). Its vector engine sees lines and rectangles, not curves.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from budgetaudit.errors import UnreadableError
from budgetaudit.lang import _
from budgetaudit.model import Cell, Grid, Line, Page, Place
from budgetaudit.reading.frame import Frame, View
from budgetaudit.reading.lattice import cut
from budgetaudit.reading.radicals import plain

_NEVER_REJECT = 1000.0
"""camelot drops grids that are 90 % empty, and with them real tables; no grid is 1000 % empty."""
_CHUNK = 16
"""Pages per call, so that memory stays bounded."""


def camelot_grids(path: Path, pages: Sequence[int]) -> tuple[dict[int, list[Grid]], list[int]]:
    """Read the grids of some pages (from 1). Returns them by page, and the pages on which camelot failed.

    Raises UnreadableError (engine) where camelot is not installed.
    """
    found: dict[int, list[Grid]] = {number: [] for number in pages}
    failed: list[int] = []
    if not pages:
        return found, failed
    with _camelot() as read_pdf:
        for start in range(0, len(pages), _CHUNK):
            chunk = list(pages[start : start + _CHUNK])
            tables = _tables(read_pdf, path, chunk, failed)
            views = _views(path, chunk)
            for table in tables:
                grid = _grid(table, *views[table.page])
                if len(grid.cells) > 1:
                    found[table.page].append(grid)
    for grids in found.values():
        grids.sort(key=lambda grid: (grid.y_edges[0], grid.x_edges[0]))
    return found, failed


@contextmanager
def _camelot() -> Iterator[Any]:
    try:
        import camelot
        import camelot.parsers.lattice as parser
    except ImportError as error:
        raise UnreadableError("engine", _("没有安装 camelot，不能用它读取")) from error
    gate, level = parser._GRID_WHITESPACE_REJECT, logging.root.manager.disable
    parser._GRID_WHITESPACE_REJECT = _NEVER_REJECT
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield getattr(camelot, "read_pdf")  # noqa: B009 (the package does not declare its exports)
    finally:
        parser._GRID_WHITESPACE_REJECT = gate
        logging.disable(level)


def _tables(read_pdf: Any, path: Path, pages: list[int], failed: list[int]) -> list[Any]:
    """Tables of some pages; where the whole call fails, page by page."""
    try:
        return list(
            read_pdf(
                str(path), pages=",".join(map(str, pages)), flavor="lattice", engine="vector", split_text=True,
                suppress_stdout=True,
            )
        )  # fmt: skip
    except Exception:  # whatever a foreign parser trips over must not end the audit
        if len(pages) == 1:
            failed.append(pages[0])
            return []
        return [table for page in pages for table in _tables(read_pdf, path, [page], failed)]


def _views(path: Path, pages: Sequence[int]) -> dict[int, tuple[int, tuple[float, ...], Frame]]:
    """Of each page: rotation in quarter turns, media box, and the frame in which it is displayed."""
    document = pdfium.PdfDocument(path)
    views = {}
    try:
        for number in pages:
            page = document[number - 1]
            turn = page.get_rotation() // 90
            views[number] = (turn, page.get_mediabox(), Frame(turn, page.get_bbox()))
            page.close()
    finally:
        document.close()
    return views


_TURNED = {"clockwise": -1, "anticlockwise": 1}


def _grid(table: Any, turn: int, media: tuple[float, ...], display: Frame) -> Grid:
    """Convert a camelot table: its space is the media box, turned until the text is upright, origin bottom left."""
    turn = (turn + _TURNED.get(table.rotation, 0)) % 4
    space = Frame(turn, (media[0], media[1], media[2], media[3]))
    view = View(Frame(turn, display.box), display)
    left, top, _, _ = view.reading.from_user(*space.to_user((0.0, 0.0, space.width, space.height)))
    height = space.height
    xs = [left + table.cols[0][0], *(left + col[1] for col in table.cols)]
    ys = [top + height - table.rows[0][0], *(top + height - row[1] for row in table.rows)]
    cells = table.cells
    n_rows, n_cols = len(table.rows), len(table.cols)
    across = [[_side(cells, r, c, "left", "right", 0, 1) for r in range(n_rows)] for c in range(n_cols + 1)]
    along = [[_side(cells, r, c, "top", "bottom", 1, 0) for c in range(n_cols)] for r in range(n_rows + 1)]
    spans, _ = cut(xs, ys, across, along)
    made = []
    for span in spans:
        members = (
            cells[row][col]
            for row in range(span.row, span.row + span.rowspan)
            for col in range(span.col, span.col + span.colspan)
        )
        text = "\n".join(line for cell in members for line in _lines(cell.text))
        place = Place(table.page, view.shown(span.bbox))
        made.append(Cell(text, place, span.row, span.col, span.rowspan, span.colspan))
    box = view.shown((xs[0], ys[0], xs[-1], ys[-1]))
    return Grid(
        tuple(made), n_rows, n_cols, Place(table.page, box),
        tuple(round(x, 2) for x in xs), tuple(round(y, 2) for y in ys), "camelot",
    )  # fmt: skip


def _lines(text: str) -> list[str]:
    return [line for raw in plain(text).split("\n") if (line := raw.strip())]


def _side(cells: Any, row: int, col: int, near: str, far: str, down: int, right: int) -> bool:
    """True where the border before a cell is drawn: by the cell itself or by its neighbour before it."""
    before_row, before_col = row - down, col - right
    drawn = False
    if row < len(cells) and col < len(cells[0]):
        drawn = bool(getattr(cells[row][col], near))
    if before_row >= 0 and before_col >= 0:
        drawn = drawn or bool(getattr(cells[before_row][before_col], far))
    return drawn


def replace_grids(page: Page, grids: Sequence[Grid]) -> Page:
    """Put camelot's grids in the place of a page's own; what they leave out stays as lines."""
    lines = [line for line in page.lines if not _covered(line.place, grids)]
    for grid in page.grids:
        if any(_covered(grid.place, [one]) for one in grids):
            continue
        for row in range(grid.n_rows):
            members = [cell for cell in grid.cells if cell.row == row and cell.text]
            if members:
                lines.append(Line(" ".join(cell.flat for cell in members), members[0].place))
    lines.sort(key=lambda line: line.place.bbox[1] if line.place.bbox else 0.0)
    return replace(page, lines=tuple(lines), grids=tuple(grids))


def _covered(place: Place, grids: Sequence[Grid]) -> bool:
    """True where the middle of a place lies in one of the grids."""
    if place.bbox is None:
        return False
    x, y = (place.bbox[0] + place.bbox[2]) / 2, (place.bbox[1] + place.bbox[3]) / 2
    return any(
        (box := grid.place.bbox) is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3] for grid in grids
    )
