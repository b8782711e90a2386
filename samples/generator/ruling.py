"""Drawing a Sheet: captions, column widths, rows that break over pages, merged cells and their rules."""

from __future__ import annotations

from dataclasses import dataclass

from samples.generator.press import MARGIN, Press, width_of, wrap
from samples.generator.sheet import Bounds, Cell, Sheet

_PADDING = 3.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a layout draws its tables; sizes in points."""

    rules: str = "line"
    open_sides: bool = False
    """No outer rule at the left and right edge."""
    size: float = 8.0
    leading: float = 10.0
    row: float = 16.0
    landscape: bool = True


def draw(press: Press, sheet: Sheet, style: Style, *, new_page: bool = True) -> None:
    """Draw a table with its caption and notes, starting a page of its own unless told otherwise."""
    if new_page:
        press.turn(landscape=style.landscape)
    _caption(press, sheet)
    leaves = sheet.leaves()
    usable = press.width - 2 * MARGIN
    unit = usable / sum(leaf.width for leaf, _ in leaves)
    edges = [MARGIN]
    for leaf, _ in leaves:
        edges.append(edges[-1] + leaf.width * unit)
    header = sheet.header_rows()
    body = [row.cells for row in sheet.body]
    start, first = 0, True
    while start < len(body) or first:
        if not first:
            press.turn(landscape=style.landscape)
        top = header if first or sheet.repeat_header else []
        count = _fitting(press, top, body[start:], edges, style)
        _fragment(press, sheet, top, start, count, edges, style)
        start, first = start + count, False
    for note in sheet.notes:
        press.y += 14
        press.text(note, MARGIN, press.y, style.size)
    press.y += 6


def _caption(press: Press, sheet: Sheet) -> None:
    if sheet.number:
        press.y += 10
        press.text(sheet.number, MARGIN, press.y, 9)
    if not sheet.title_inside:
        press.centred(sheet.title, 14, gap=4)
    press.y += 14
    if sheet.organisation:
        press.text(sheet.organisation, MARGIN, press.y, 9)
    press.text(sheet.unit, press.width - MARGIN - width_of(sheet.unit, 9), press.y, 9)
    press.y += 5


def _lines(cell: Cell, edges: list[float], column: int, style: Style) -> list[str]:
    room = edges[column + cell.colspan] - edges[column] - 2 * _PADDING - cell.indent * style.size
    return wrap(cell.text, style.size, room) if cell.text else []


def _heights(rows: list[list[Cell | None]], edges: list[float], style: Style) -> list[float]:
    heights = [style.row] * len(rows)
    spans: list[tuple[int, int, float]] = []
    for index, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            need = len(_lines(cell, edges, column, style)) * style.leading + 6
            if cell.rowspan == 1:
                heights[index] = max(heights[index], need)
            else:
                spans.append((index, min(cell.rowspan, len(rows) - index), need))
    for index, span, need in spans:
        lack = need - sum(heights[index : index + span])
        if lack > 0:
            heights[index + span - 1] += lack
    return heights


def _fitting(
    press: Press, header: list[list[Cell | None]], rows: list[list[Cell | None]], edges: list[float], style: Style
) -> int:
    """How many body rows fit under the header on what is left of the page, at least one."""
    room = press.room - sum(_heights(header, edges, style))
    heights = _heights([[_unspanned(c) for c in cells] for cells in rows], edges, style)
    count = 0
    for height in heights:
        if height > room and count:
            break
        room -= height
        count += 1
    return count


def _unspanned(cell: Cell | None) -> Cell | None:
    return None if cell is not None and cell.rowspan > 1 else cell


def _fragment(
    press: Press,
    sheet: Sheet,
    header: list[list[Cell | None]],
    start: int,
    count: int,
    edges: list[float],
    style: Style,
) -> None:
    body = _cut(sheet, start, count)
    rows = header + body
    heights = _heights(rows, edges, style)
    tops = [press.y]
    for height in heights:
        tops.append(tops[-1] + height)
    sheet.pages.append(press.page)
    owner: list[list[tuple[int, int]]] = [[(-1, -1)] * (len(edges) - 1) for _ in rows]
    for index, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            last = min(index + cell.rowspan, len(rows))
            box = (edges[column], tops[index], edges[column + cell.colspan], tops[last])
            _print(press, cell, box, _lines(cell, edges, column, style), style)
            for r in range(index, last):
                for c in range(column, column + cell.colspan):
                    owner[r][c] = (index, column)
            if index >= len(header):
                sheet.places.setdefault((start + index - len(header), column), []).append((press.page, box))
    _rules(press, owner, edges, tops, style)
    press.y = tops[-1]


def _cut(sheet: Sheet, start: int, count: int) -> list[list[Cell | None]]:
    """Body rows of one page; a merged cell that began on an earlier page goes on as an empty one."""
    rows = [list(row.cells) for row in sheet.body[start : start + count]]
    if not rows:
        return rows
    for column in range(len(rows[0])):
        for above in range(start - 1, -1, -1):
            cell = sheet.body[above].cells[column]
            if cell is None:
                continue
            rest = above + cell.rowspan - start
            if cell.rowspan > 1 and rest > 0:
                rows[0][column] = Cell("", cell.colspan, rest, cell.align)
            break
    return rows


def _print(press: Press, cell: Cell, box: Bounds, lines: list[str], style: Style) -> None:
    x0, y0, x1, y1 = box
    y = (y0 + y1) / 2 - len(lines) * style.leading / 2
    for line in lines:
        y += style.leading
        width = width_of(line, style.size)
        if cell.align == "r":
            x = x1 - _PADDING - width
        elif cell.align == "c":
            x = (x0 + x1 - width) / 2
        else:
            x = x0 + _PADDING + cell.indent * style.size
        press.text(line, x, y - (style.leading - style.size) / 2 - 1, style.size)


def _rules(
    press: Press, owner: list[list[tuple[int, int]]], edges: list[float], tops: list[float], style: Style
) -> None:
    """Rules between cells of different owners, joined to runs as long as they go."""
    n_rows, n_cols = len(owner), len(edges) - 1
    for line in range(n_rows + 1):
        run: int | None = None
        for c in range(n_cols + 1):
            on = c < n_cols and (line in (0, n_rows) or owner[line - 1][c] != owner[line][c])
            if on and run is None:
                run = c
            elif not on and run is not None:
                press.segment(edges[run], tops[line], edges[c], tops[line], style.rules)
                run = None
    for line in range(n_cols + 1):
        if style.open_sides and line in (0, n_cols):
            continue
        run = None
        for r in range(n_rows + 1):
            on = r < n_rows and (line in (0, n_cols) or owner[r][line - 1] != owner[r][line])
            if on and run is None:
                run = r
            elif not on and run is not None:
                press.segment(edges[line], tops[run], edges[line], tops[r], style.rules)
                run = None
