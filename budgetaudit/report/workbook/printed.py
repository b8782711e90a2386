"""A table as printed: merged cells merged, figures as numbers, cells in question coloured with a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from rich.cells import cell_len

from budgetaudit.lang import _
from budgetaudit.model import Cell, CellRef, ColumnRole, Finding, Severity, Table
from budgetaudit.report import words
from budgetaudit.report.sheets import FILL, Sheet, lines_of
from budgetaudit.report.tables import is_origin
from budgetaudit.report.words import visible
from budgetaudit.report.workbook.figures import FIRST_GRID_ROW, origin, stored

Notes = Mapping[CellRef, Sequence[tuple[Severity, str]]]
_FIGURES = (ColumnRole.AMOUNT, ColumnRole.RATIO)
_WIDEST = 36
_NAME_LENGTH = 18
"""Characters of a title in the name of its sheet: formulas repeat it with every cell."""


def sheet_title(number: int, table: Table) -> str:
    """The name wanted for the sheet of a table: its number and the beginning of its title."""
    return f"{number:02d} {visible(table.title)[:_NAME_LENGTH]}"


def notes_of(findings: Sequence[Finding], tables: Mapping[str, Table]) -> Notes:
    """What is said at each cell in question, by the position at which the cell starts."""
    found: dict[CellRef, list[tuple[Severity, str]]] = {}
    for finding in findings:
        ref = finding.ref
        if ref is not None and ref.table in tables and tables[ref.table].cell(ref.row, ref.col) is not None:
            place = CellRef(ref.table, *origin(tables[ref.table], ref.row, ref.col))
            found.setdefault(place, []).append((finding.severity, _note(finding)))
    return found


def _note(finding: Finding) -> str:
    figures = [
        f"{name} {visible(value, 60)}"
        for name, value in (
            (_("报告数"), finding.reported),
            (_("应为"), finding.expected),
            (_("差额"), finding.difference),
        )
        if value
    ]
    head = f"[{words.SEVERITY[finding.severity]}] {visible(finding.message, 300)}"
    said = words.in_words(_("，").join(figures), visible(_(finding.unit), 20))
    return f"{head}\n{said}" if figures else head


def write_table(sheet: Sheet, table: Table, notes: Notes, back: tuple[Sheet, str] | None = None) -> None:
    """Fill the sheet of one table. ``back`` is where its third line leads to, and what it says."""
    width = max((len(row) for row in table.grid), default=0)
    sheet.columns([_width(table, col) for col in range(width)])
    sheet.put(1, 1, visible(table.title) or _("（无表名）"), "title")
    pages = _("第 {pages} 页").format(pages=words.pages_words(table.pages))
    source = [
        pages if table.place.line is None else words.place_words(table.place),
        _("识别为：{form}").format(form=visible(_(table.form_name)) if table.form else _("未识别")),
        _("单位：{unit}").format(unit=visible(words.table_unit(table)) or _("未标")),
        visible(table.organisation, 80),
    ]
    sheet.put(2, 1, " · ".join(part for part in source if part), "plain")
    if back is not None:
        sheet.link(3, 1, back[1], back[0], style="link")
    marks = {(ref.row, ref.col): said for ref, said in notes.items() if ref.table == table.id}
    for row in range(len(table.grid)):
        for col in range(len(table.grid[row])):
            if is_origin(table, row, col) or table.grid[row][col] is None:
                _write_cell(sheet, table, row, col, _fill(marks.get((row, col))))
    rank = list(Severity)
    for (row, col), said in marks.items():
        ordered = sorted(said, key=lambda pair: rank.index(pair[0]))
        sheet.note(FIRST_GRID_ROW + row, col + 1, "\n".join(text for _severity, text in ordered))
    _freeze(sheet, table)


def _fill(said: Sequence[tuple[Severity, str]] | None) -> str:
    rank = list(Severity)
    return FILL[min((severity for severity, _text in said), key=rank.index)] if said else ""


def _write_cell(sheet: Sheet, table: Table, row: int, col: int, fill: str) -> None:
    """One cell of the print: a merged one as far as the joined grid still shows it as a full rectangle."""
    cell = table.grid[row][col]
    at = (FIRST_GRID_ROW + row, col + 1)
    text = cell.text.strip() if cell is not None else ""
    style = "head" if row in table.header_rows else "text"
    down, right = _reach(table, cell, row, col) if cell is not None else (row, col)
    merged = (down, right) != (row, col)
    if merged:
        sheet.merge(*at, FIRST_GRID_ROW + down, right + 1, style, fill)
    number, _form = stored(table, row, col)
    if number is not None:
        percent = text.endswith(("%", "％"))
        sheet.number(*at, text, None if percent else number, fill=fill)
        return
    numeric = next((c.role in _FIGURES for c in table.columns if c.index == col), False)
    sheet.put(*at, text, "number" if numeric and style == "text" and text else style, fill, fit=not merged)
    if merged and text:
        lines = lines_of(text, sheet.width(col + 1, right + 1))
        for covered in range(row, down + 1):
            sheet.needs(FIRST_GRID_ROW + covered, ceil(lines / (down - row + 1)))


def _reach(table: Table, cell: Cell, row: int, col: int) -> tuple[int, int]:
    """The last row and column of the rectangle that a cell covers from here."""
    grid = table.grid
    right = col
    while right + 1 < len(grid[row]) and grid[row][right + 1] is cell:
        right += 1
    down = row
    while down + 1 < len(grid) and _covers(grid[down + 1], cell, col, right):
        down += 1
    return down, right


def _covers(row: Sequence[Cell | None], cell: Cell, first: int, last: int) -> bool:
    return last < len(row) and all(other is cell for other in row[first : last + 1])


def _width(table: Table, col: int) -> float:
    """Width for the longest line of a column's own cells, within bounds that still print on A4."""
    longest = 4
    for row in range(len(table.grid)):
        cell = table.grid[row][col] if col < len(table.grid[row]) else None
        if cell is None or cell.colspan > 1 or not is_origin(table, row, col):
            continue
        flat = cell.flat if row not in table.header_rows else cell.flat[:8]
        longest = max(longest, cell_len(visible(flat, 60)))
    return min(_WIDEST, longest + 2)


def _freeze(sheet: Sheet, table: Table) -> None:
    """Keep header rows, and the columns before the first amounts where they are few."""
    head = max(table.header_rows, default=-1) + 1
    first = min((c.index for c in table.columns if c.role is ColumnRole.AMOUNT), default=0)
    left = first if 0 < first <= 4 else 0
    if head and head <= 8:
        sheet.freeze(FIRST_GRID_ROW + head - 1, left)
        sheet.repeat(FIRST_GRID_ROW, FIRST_GRID_ROW + head - 1)
