"""A second opinion: the cells that pdfium and camelot read differently."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetaudit.lang import N_, _
from budgetaudit.model import BBox, Cell, Document, Grid, Place, Problem
from budgetaudit.reading.camelot_engine import camelot_grids

_SAME = 0.5
"""Cells that share more than this part of the smaller one are the same place."""


TEXT_DIFFERS = N_("文字不同")
CELLS_DIFFER = N_("分格不同")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place of a page that the two engines read differently. A reading is empty where its engine saw no cell."""

    place: Place
    ours: str
    camelot: str
    what: str
    """What differs: a text that ``_`` translates."""


def compare(document: Document) -> tuple[list[Disagreement], list[Problem]]:
    """Read a PDF's pages that hold grids again with camelot; list the differences, and the pages it could not read.

    Whitespace and the width of characters do not count. Raises UnreadableError (engine) without camelot. A document
    that is no PDF has no second opinion.
    """
    if document.format != "pdf":
        return [], []
    pages = [page for page in document.pages if page.grids]
    theirs, failed = camelot_grids(Path(document.path), [page.number for page in pages])
    found: list[Disagreement] = []
    for page in pages:
        if page.number in failed:
            continue
        lines = "".join(_squash(line.text) for line in page.lines)
        found.extend(one for one in _page(page.grids, theirs[page.number]) if not _is_line(one, lines))
    return found, [Problem(_("camelot 未能读取这一页，没有第二意见"), number) for number in failed]


def _is_line(one: Disagreement, lines: str) -> bool:
    """Return True for a cell of camelot's that is a line outside grids here: a title inside of white rules."""
    return (
        not one.ours and one.what == TEXT_DIFFERS and all(_squash(part) in lines for part in one.camelot.split(" | "))
    )


def _page(ours: Sequence[Grid], theirs: Sequence[Grid]) -> list[Disagreement]:
    found = []
    met: set[int] = set()
    for grid in ours:
        partners = [one for one in theirs if _share(_box(grid.place), _box(one.place)) > _SAME]
        met.update(id(one) for one in partners)
        if not partners:
            found.append(Disagreement(grid.place, _summary(grid), "", N_("camelot 没有读出这张表")))
            continue
        found.extend(_cells(grid.cells, [cell for one in partners for cell in one.cells]))
    found.extend(
        Disagreement(one.place, "", _summary(one), N_("只有 camelot 读出这张表"))
        for one in theirs
        if id(one) not in met
    )
    return found


def _summary(grid: Grid) -> str:
    return _("{rows} 行 {columns} 列").format(rows=grid.n_rows, columns=grid.n_cols)


def _cells(ours: Sequence[Cell], theirs: Sequence[Cell]) -> list[Disagreement]:
    """Compare groups of cells that cover each other, so that a split cell meets its parts."""
    found = []
    for left, right in _groups(ours, theirs):
        a, b = (
            [plain for cell in left if (plain := _squash(cell.text))],
            [plain for cell in right if (plain := _squash(cell.text))],
        )
        if a == b:
            continue
        if sorted("".join(a)) == sorted("".join(b)):
            if len(a) == len(b):
                continue  # the same characters, only the order of stacked lines differs
            what = CELLS_DIFFER
        else:
            what = TEXT_DIFFERS
        place = (left or right)[0].place
        found.append(
            Disagreement(
                place, " | ".join(c.flat for c in left if c.text), " | ".join(c.flat for c in right if c.text), what
            )
        )
    return found


def _groups(ours: Sequence[Cell], theirs: Sequence[Cell]) -> list[tuple[list[Cell], list[Cell]]]:
    links: dict[int, list[int]] = {}
    for i, cell in enumerate(ours):
        box = _box(cell.place)
        for j, other in enumerate(theirs):
            against = _box(other.place)
            if against[1] < box[3] and against[3] > box[1] and _share(box, against) > _SAME:
                links.setdefault(i, []).append(j)
    groups: list[tuple[list[Cell], list[Cell]]] = []
    back: dict[int, list[int]] = {}
    for i, others in links.items():
        for j in others:
            back.setdefault(j, []).append(i)
    seen: set[int] = set()
    for i in range(len(ours)):
        if i in seen:
            continue
        left: list[int] = []
        right: list[int] = []
        todo = [(0, i)]
        done: set[tuple[int, int]] = set()
        while todo:
            side, index = item = todo.pop()
            if item in done:
                continue
            done.add(item)
            (left if side == 0 else right).append(index)
            todo.extend((1, j) for j in links.get(index, ())) if side == 0 else todo.extend(
                (0, j) for j in back.get(index, ())
            )
        seen.update(left)
        groups.append(([ours[k] for k in sorted(left)], [theirs[k] for k in sorted(right)]))
    groups.extend(([], [theirs[j]]) for j in range(len(theirs)) if j not in back)
    return groups


def _squash(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _box(place: Place) -> BBox:
    return place.bbox or (0.0, 0.0, 0.0, 0.0)


def _share(a: BBox, b: BBox) -> float:
    """The part of the smaller box that both cover."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return width * height / smaller if smaller > 0 else 0.0
