"""Grids of pages to whole tables: context around each grid, continuation pages joined, title rows taken out of the grid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from budgetaudit.amount import decimals, parse_number, printed_decimals
from budgetaudit.model import Cell, Document, Grid, Line, Page
from budgetaudit.recognition.titles import (
    ONLY_NUMBER,
    Context,
    empty_statement,
    is_note,
    is_page_number,
    looks_like_title,
    organisation_in,
    read_context,
    unit_in,
)
from budgetaudit.vocabulary import form_of, squash

EDGE = 4.0
"""Points by which the outer edges of two fragments of one table may differ."""

_FRAME_WORDS = (
    "编制单位",
    "编制部门",
    "部门:",
    "单位:",
    "部门名称:",
    "单位名称:",
    "填报单位",
    "填报部门",
    "公开部门",
    "预算单位:",
)
"""What the cells of a row above the header begin with besides a unit: who publishes."""
MAX_FRAME = 4
_YEAR_ALONE = re.compile(r"^(?:(?:19|20)\d\d年度?|(?:填报|编制)?日期:.{0,16}|(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?)$")

Matrix = list[list[Cell | None]]


@dataclass(slots=True)
class RawTable:
    """A table before its columns and rows are named: a joined matrix of cells and what stands around it."""

    matrix: Matrix
    context: Context
    pages: list[int]
    edges: tuple[float, ...]
    first: Grid
    last: Grid
    below: list[Line] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    """Matrix rows at which a further page begins."""

    @property
    def statement(self) -> str:
        """Why the table is blank, in the document's words; empty where nothing is said."""
        return empty_statement([*self.context.notes, *self.below])


@dataclass(slots=True)
class _Fragment:
    grid: Grid
    matrix: Matrix
    above: list[Line]
    inside: list[Line]
    notes: list[Line]
    first_on_page: bool
    page: int


def assemble(document: Document) -> list[RawTable]:
    """All tables of a document in order. Frames around plain text and one-column grids are no tables."""
    tables: list[RawTable] = []
    tail: list[Line] = []
    running = _running_lines(document)
    for page in (_without(page, running) for page in document.pages):
        for fragment, below in _fragments(page):
            last = tables[-1] if tables else None
            if last is not None and not _only_noise(tail) and fragment.first_on_page:
                last = None if _breaks(tail) else last
            context = read_context(fragment.above, fragment.inside)
            if last is not None and _continues(last, fragment, context, document.format):
                _join(last, fragment)
            elif last is not None and _goes_on_right(last, fragment, context):
                _join_right(last, fragment, context)
            else:
                if not context.title and fragment.first_on_page and tail:
                    _title_from_previous_page(context, tail)
                context.notes.extend(fragment.notes)
                tables.append(
                    RawTable(
                        matrix=fragment.matrix,
                        context=context,
                        pages=[fragment.page],
                        edges=fragment.grid.x_edges,
                        first=fragment.grid,
                        last=fragment.grid,
                        doubts=list(fragment.grid.doubts),
                    )
                )
            tables[-1].below = [line for line in below if not is_page_number(line.text)]
            tail = tables[-1].below
        if not page.grids:
            tail = [line for line in page.lines if not is_page_number(line.text)]
    for table in tables:
        table.context.notes.extend(line for line in table.below[:6] if is_note(line.text))
    return tables


def _running_lines(document: Document) -> frozenset[tuple[str, int]]:
    """Running heads and feet: one text at one height on at least half of the pages."""
    if len(document.pages) < 4:
        return frozenset()
    counts = Counter(key for page in document.pages for key in {_line_key(x) for x in page.lines if not _of_a_table(x)})
    return frozenset(key for key, count in counts.items() if count * 2 >= len(document.pages))


def _of_a_table(line: Line) -> bool:
    """Whether a line speaks of the table below it, at whatever height it stands on every page: its unit, its title."""
    return bool(unit_in(line.text)) or looks_like_title(line.text)


def _line_key(line: Line) -> tuple[str, int]:
    return squash(line.text), round(_position(line) / 6)


def _without(page: Page, running: frozenset[tuple[str, int]]) -> Page:
    if not running:
        return page
    return replace(page, lines=tuple(line for line in page.lines if _line_key(line) not in running))


def _position(item: Line | Grid) -> float:
    if item.place.bbox is not None:
        return item.place.bbox[1]
    return float(item.place.line or 0)


def _end(grid: Grid) -> float:
    if grid.place.bbox is not None:
        return grid.place.bbox[3]
    return float(max(cell.place.line or 0 for cell in grid.cells))


def _fragments(page: Page) -> list[tuple[_Fragment, list[Line]]]:
    """Grids of one page with the lines above (since the previous grid) and below (up to the next one)."""
    grids = sorted((grid for grid in page.grids if _is_table(grid)), key=_position)
    found: list[tuple[_Fragment, list[Line]]] = []
    ends = [_end(grid) for grid in grids]
    for index, grid in enumerate(grids):
        low = ends[index - 1] - 2 if index else float("-inf")
        start = _position(grid) + 2
        stop = _position(grids[index + 1]) + 2 if index + 1 < len(grids) else float("inf")
        above = [line for line in page.lines if low <= _position(line) < start]
        below = [line for line in page.lines if ends[index] - 2 <= _position(line) < stop]
        matrix = _matrix(grid)
        inside, notes = _strip_frame_rows(matrix)
        if not matrix:
            continue
        found.append((_Fragment(grid, matrix, above, inside, notes, index == 0, page.number), below))
    return found


def _is_table(grid: Grid) -> bool:
    filled = sum(1 for cell in grid.cells if cell.flat)
    return grid.n_cols >= 2 and filled >= 2 and (grid.n_rows >= 2 or filled >= 3)


def _matrix(grid: Grid) -> Matrix:
    matrix: Matrix = [[None] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.rowspan, grid.n_rows)):
            for col in range(cell.col, min(cell.col + cell.colspan, grid.n_cols)):
                matrix[row][col] = cell
    return matrix


def _whole_row_text(row: Sequence[Cell | None]) -> Cell | None:
    """The only cell of a row that is one cell across (nearly) the whole width."""
    cells = list({id(cell): cell for cell in row if cell is not None}.values())
    filled = [cell for cell in cells if cell.flat]
    if len(filled) == 1 and filled[0].colspan >= max(2, len(row) - 1):
        return filled[0]
    return None


def _strip_frame_rows(matrix: Matrix) -> tuple[list[Line], list[Line]]:
    """Take title and unit rows from the top and note rows from the bottom of a grid; return them as lines."""
    inside: list[Line] = []
    while matrix and len(matrix) > 1:
        cells = [cell for cell in matrix[0] if cell is not None and cell.flat]
        texts = list({id(cell): cell for cell in cells}.values())
        whole = _whole_row_text(matrix[0])
        if whole is not None and (
            looks_like_title(whole.flat) or unit_in(whole.flat) or (form_of(whole.flat) and "表" in whole.flat)
        ):
            inside.append(Line(whole.flat, whole.place))
        elif texts and len(texts) <= MAX_FRAME and _is_frame([cell.flat for cell in texts]):
            inside.extend(Line(cell.flat, cell.place) for cell in texts)
        else:
            break
        matrix.pop(0)
    notes: list[Line] = []
    while len(matrix) > 1:
        whole = _whole_row_text(matrix[-1])
        if whole is None or not is_note(whole.flat) or whole is _whole_row_text(matrix[0]):
            break
        notes.insert(0, Line(whole.flat, whole.place))
        matrix.pop()
    return inside, notes


def _is_frame(texts: Sequence[str]) -> bool:
    """Whether the cells of a row say who publishes, for which year and in which unit, and nothing else."""
    said = [
        bool(unit_in(t) or organisation_in(t) or ONLY_NUMBER.match(squash(t)) or squash(t).startswith(_FRAME_WORDS))
        for t in texts
    ]
    return any(said) and all(one or _YEAR_ALONE.match(squash(t)) for one, t in zip(said, texts, strict=True))


def _only_noise(lines: Sequence[Line]) -> bool:
    return all(is_page_number(line.text) for line in lines)


def _breaks(lines: Sequence[Line]) -> bool:
    """Whether lines between two fragments end a table: a title, a heading, a note or prose."""
    return any(not is_page_number(line.text) and not squash(line.text).startswith(("续表", "(续")) for line in lines)


def _title_from_previous_page(context: Context, tail: Sequence[Line]) -> None:
    earlier = read_context(list(tail)[-4:])
    if earlier.title and form_of(earlier.title):
        context.title, context.title_line, context.number = (
            earlier.title,
            earlier.title_line,
            context.number or earlier.number,
        )
        context.unit, context.unit_text = context.unit or earlier.unit, context.unit_text or earlier.unit_text


def repeated_header(first: Matrix, second: Matrix) -> int:
    """How many rows at the top of the second fragment repeat the top of the first."""
    depth = 0
    for left, right in zip(first, second, strict=False):
        a = [squash(cell.flat) if cell else "" for cell in left]
        b = [squash(cell.flat) if cell else "" for cell in right]
        if (
            [t for t in a if t] != [t for t in b if t]
            or not any(a)
            or any(parse_number(t) is not None and "." in t for t in a)
        ):
            break
        depth += 1
    return depth


def _same_edges(table: RawTable, grid: Grid) -> bool:
    if not table.edges or not grid.x_edges:
        return len(table.matrix[0]) == grid.n_cols
    if abs(table.edges[0] - grid.x_edges[0]) > EDGE or abs(table.edges[-1] - grid.x_edges[-1]) > EDGE:
        return False
    form = form_of(table.context.title)
    if form is not None and not form.amounts:
        return True  # forms to fill in draw other columns on every page
    small, large = sorted((table.edges, grid.x_edges), key=len)
    return all(any(abs(edge - other) <= EDGE for other in large) for edge in small)


def _continues(table: RawTable, fragment: _Fragment, context: Context, kind: str) -> bool:
    following = fragment.page == table.pages[-1] + 1 and fragment.first_on_page
    if kind == "text":
        following = not context.title
    elif not following:
        return False
    header = repeated_header(table.matrix, fragment.matrix)
    if context.title and context.title_line is not None:
        same = squash(context.title) == squash(table.context.title) and header > 0
        return same and _same_columns(table, fragment) and context.organisation == table.context.organisation
    if context.prose:
        return False
    if header > 0 and _same_columns(table, fragment):
        return True
    if kind == "text" or any(not _is_context_line(line) for line in fragment.above):
        return False
    return _same_edges(table, fragment.grid)


def _goes_on_right(table: RawTable, fragment: _Fragment, context: Context) -> bool:
    """Whether a fragment is the right part of a table that was too wide for its page: no title, rows at the same heights."""
    if (
        fragment.page != table.pages[-1] + 1
        or not fragment.first_on_page
        or context.title
        or len(set(table.pages)) != 1
    ):
        return False
    left, right = table.first.y_edges, fragment.grid.y_edges
    if len(left) < 3 or len(left) != len(right) or len(fragment.matrix) != len(table.matrix):
        return False
    same = all(abs(a - b) <= EDGE for a, b in zip(left, right, strict=True))
    return same and repeated_header(table.matrix, fragment.matrix) == 0


def _join_right(table: RawTable, fragment: _Fragment, context: Context) -> None:
    for row, more in zip(table.matrix, fragment.matrix, strict=True):
        row.extend(more)
    width = table.edges[-1] - fragment.grid.x_edges[0]
    table.edges = (*table.edges, *(edge + width for edge in fragment.grid.x_edges[1:]))
    table.pages.append(fragment.page)
    table.last = fragment.grid
    if context.unit is not None and table.context.unit is None:
        table.context.unit, table.context.unit_text = context.unit, context.unit_text


def _is_context_line(line: Line) -> bool:
    text = squash(line.text)
    return is_page_number(line.text) or bool(unit_in(text)) or text.startswith(("续", "编制", "部门", "单位"))


def _same_columns(table: RawTable, fragment: _Fragment) -> bool:
    return len(table.matrix[0]) == fragment.grid.n_cols or _same_edges(table, fragment.grid)


def _join(table: RawTable, fragment: _Fragment) -> None:
    rows = fragment.matrix[repeated_header(table.matrix, fragment.matrix) :]
    mapped = [_map_row(table, fragment.grid, row) for row in rows]
    if mapped and table.matrix and _is_cut_row(table.matrix, mapped[0]):
        table.matrix[-1] = _merge_cut(table.matrix[-1], mapped.pop(0))
    table.breaks.append(len(table.matrix))
    table.matrix.extend(mapped)
    table.pages.append(fragment.page)
    table.last = fragment.grid
    table.context.notes.extend(fragment.notes)
    table.doubts.extend(fragment.grid.doubts)


def _map_row(table: RawTable, grid: Grid, row: list[Cell | None]) -> list[Cell | None]:
    width = len(table.matrix[0])
    if not table.edges or not grid.x_edges or (len(row) == width and _aligned(table.edges, grid.x_edges)):
        return row[:width] + [None] * (width - len(row))
    mapped: list[Cell | None] = [None] * width
    for index, (left, right) in enumerate(pairwise(table.edges)):
        middle = (left + right) / 2
        for position, (low, high) in enumerate(pairwise(grid.x_edges)):
            if low <= middle <= high:
                mapped[index] = row[position]
    return mapped


def _aligned(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) <= 3 * EDGE for x, y in zip(a, b, strict=True))


def _is_cut_row(above: Matrix, row: Sequence[Cell | None]) -> bool:
    """Whether a row at the top of a page is the rest of the row that the page break cut.

    It goes on in columns that the previous row filled, has text in fewer of them, and figures only where the previous
    row's figure broke off (fewer decimals than the table prints).
    """
    last = above[-1]
    filled = [(index, cell) for index, cell in enumerate(row) if cell is not None and cell.flat]
    previous = {index: squash(cell.flat) for index, cell in enumerate(last) if cell is not None and cell.flat}
    figures = [text for text in previous.values() if parse_number(text) is not None]
    if not filled or not figures or len(filled) >= len(previous) or not all(index in previous for index, _ in filled):
        return False
    usual = printed_decimals(cell.flat for line in above[-40:] for cell in line if cell is not None)
    for index, cell in filled:
        text = squash(cell.flat)
        if parse_number(previous[index]) is not None:
            rest = text.isdigit() and len(text) <= 3 and decimals(previous[index]) + len(text) == usual
            if not rest:
                return False
        elif (
            parse_number(text) is not None
            or text[:1] in "一二三四五六七八九十("
            or text in ("合计", "总计")
            or text[:3].isdigit()
        ):
            return False
    return True


def _merge_cut(last: Sequence[Cell | None], rest: Sequence[Cell | None]) -> list[Cell | None]:
    merged: list[Cell | None] = []
    for cell, more in zip(last, rest, strict=False):
        if cell is not None and more is not None and more.flat and cell.flat:
            cell = Cell(
                cell.text + "\n" + more.text, cell.place, cell.row, cell.col, cell.rowspan, cell.colspan, cell.indent
            )
        merged.append(cell)
    return merged
