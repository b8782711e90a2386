"""What every workbook of this project is made of: safe cells, styles, names, and a table laid out as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from rich.cells import cell_len

from budgetaudit.amount import decimals, normalise, parse_number
from budgetaudit.model import Amount, Cell, CellRef, ColumnRole, Severity, Table
from budgetaudit.report.tables import is_origin
from budgetaudit.report.words import pages_words, place_words, table_unit, visible

FIRST_GRID_ROW = 4
"""Sheet row of a table's first grid row; its title and source stand above."""
FONT = "宋体"
FILL = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTICE: "DDEBF7"}
_CELL_LIMIT = 32_767
_NOTE_LIMIT = 1_500
_EXACT_DIGITS = 15  # a spreadsheet keeps no more: longer figures are stored as text
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NAME_ILLEGAL = re.compile(r"[\[\]:*?/\\']")
_THIN = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_STYLES: dict[str, dict[str, Any]] = {
    "ba-title": {"size": 15, "bold": True, "border": None},
    "ba-part": {"size": 11, "bold": True, "border": None},
    "ba-plain": {"border": None},
    "ba-wide": {"border": None, "wrap": True},
    "ba-link": {"border": None, "color": "0563C1", "underline": "single"},
    "ba-head": {"bold": True, "fill": "D9E1F2", "horizontal": "center", "wrap": True},
    "ba-text": {"wrap": True},
    "ba-text-link": {"wrap": True, "color": "0563C1", "underline": "single"},
    "ba-centre": {"horizontal": "center"},
    "ba-number": {"horizontal": "right"},
}


class Book:
    """A workbook under construction; every text goes through ``put``, so that nothing in it can run."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self.workbook.properties.creator = "budgetaudit"
        self._names: set[str] = set()
        for name, look in _STYLES.items():
            self.workbook.add_named_style(_style(name, look))

    def sheet(self, name: str) -> Any:
        """A new sheet, A4 landscape, one page wide; its name made legal and unique."""
        title = sheet_name(name, self._names)
        self._names.add(title.casefold())
        sheet = self.workbook.create_sheet(title)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = sheet.page_margins.bottom = 0.6
        sheet.page_margins.footer = 0.25
        sheet.oddFooter.center.text = "&A    第 &P 页 / 共 &N 页"
        return sheet

    def save(self, path: str) -> None:
        """Write the file. Raises OSError where that is impossible."""
        self.workbook.save(path)


def put(sheet: Any, row: int, col: int, value: str | Decimal | int | None, style: str = "ba-text") -> Any:
    """Set one cell. Text stays text whatever it begins with; Decimal and int are numbers."""
    cell = sheet.cell(row, col)
    cell.style = style
    if isinstance(value, str):
        clean = cell_text(value)
        if clean:
            cell.value = clean
            cell.data_type = "s"
            if clean[0] in "=+-@＝＋－＠":
                cell.quotePrefix = True
    elif value is not None:
        cell.value = value
    return cell


def put_number(sheet: Any, row: int, col: int, printed: str, value: Decimal | None = None) -> Any:
    """Set a figure as a number that shows as printed; what is no number, or too long for one, stays text.

    ``value`` is in the printed unit; without it the text itself is parsed.
    """
    number, form = printed_number(printed, value)
    cell = put(sheet, row, col, visible(printed) if number is None else number, "ba-number")
    if number is not None:
        cell.number_format = form
    return cell


def printed_number(printed: str, value: Decimal | None = None) -> tuple[Decimal | None, str]:
    """A printed figure as a number and the number format that shows it so; None where it must stay text."""
    text = normalise(printed)
    percent = text.endswith("%")
    number = value if value is not None else parse_number(text.rstrip("%"))
    if (
        number is None
        or not any(c.isdigit() for c in text)
        or len(number.normalize().as_tuple().digits) > _EXACT_DIGITS
    ):
        return None, ""
    places = decimals(text.rstrip("%"))
    form = ("#,##0" if "," in text or "，" in text else "0") + ("." + "0" * places if places else "")
    if percent:
        return number.scaleb(-2), form + "%"
    return number, f"{form};({form})" if text.startswith("(") else form


def cell_text(text: str) -> str:
    """Text that a workbook can hold: no character that XML forbids, no hidden escape, no more than a cell takes."""
    return _ESCAPE.sub("_x005F_", _ILLEGAL.sub("", text))[:_CELL_LIMIT]


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A legal sheet name (31 UTF-16 units, no mark that Excel forbids) not among ``taken`` (casefolded)."""
    base = _NAME_ILLEGAL.sub("", _ILLEGAL.sub("", visible(wanted))).strip() or "表"
    used = set(taken) | {"history"}
    number = 1
    while True:
        tail = f"~{number}" if number > 1 else ""
        name = base
        while len((name + tail).encode("utf-16-le")) // 2 > 31:
            name = name[:-1]
        if (name + tail).casefold() not in used:
            return name + tail
        number += 1


def link(cell: Any, sheet: Any, row: int, col: int) -> None:
    """Make a cell lead to another cell of the workbook."""
    cell.hyperlink = Hyperlink(ref="", location=f"'{sheet.title}'!{get_column_letter(col)}{row}")


def head_row(sheet: Any, row: int, titles: Sequence[str], widths: Sequence[float]) -> None:
    """A header that freezes, filters and repeats on every printed page."""
    for col, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        put(sheet, row, col, title, "ba-head")
        sheet.column_dimensions[get_column_letter(col)].width = width
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"


def fit_rows(sheet: Any) -> None:
    """Set the height of rows whose text wraps: merged cells are never fitted by the program that opens the file."""
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    widths = {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()}
    for cells in sheet.iter_rows(min_row=2):
        lines = 1
        for cell in cells:
            if cell.data_type != "s" or not cell.alignment.wrap_text:
                continue
            area = spans.get((cell.row, cell.column))
            last, height = (area.max_col, area.max_row - area.min_row + 1) if area else (cell.column, 1)
            room = sum(widths.get(get_column_letter(c), 8.0) for c in range(cell.column, last + 1))
            needed = sum(max(1, ceil(cell_len(part) / max(room, 4))) for part in cell.value.split("\n"))
            lines = max(lines, ceil(needed / height))
        if lines > 1:
            sheet.row_dimensions[cells[0].row].height = min(409, 14 * lines + 2)


def fill(cell: Any, colour: str) -> None:
    """Colour a cell."""
    cell.fill = PatternFill("solid", fgColor=colour)


def table_sheet(
    book: Book,
    number: int,
    table: Table,
    notes: Mapping[CellRef, Sequence[tuple[Severity, str]]],
    back: Any = None,
) -> Any:
    """One table as printed: merged cells merged, figures as numbers, cells in question coloured with a note."""
    sheet = book.sheet(f"{number:02d} {table.title}")
    put(sheet, 1, 1, visible(table.title) or "（无表名）", "ba-title")
    where = f"第 {pages_words(table.pages)} 页" if table.pages else place_words(table.place)
    source = [where, f"识别为：{visible(table.form_name) or '未识别'}", f"单位：{visible(table_unit(table)) or '未标'}"]
    if table.organisation:
        source.append(visible(table.organisation, 80))
    put(sheet, 2, 1, " · ".join(source), "ba-plain")
    if back is not None:
        link(put(sheet, 3, 1, "返回问题清单", "ba-link"), back, 1, 1)
    width = max((len(row) for row in table.grid), default=0)
    for row in range(len(table.grid)):
        for col in range(len(table.grid[row])):
            _grid_cell(sheet, table, row, col, notes)
    _merge(sheet, table)
    for col in range(width):
        sheet.column_dimensions[get_column_letter(col + 1)].width = _width(table, col)
    _freeze(sheet, table)
    return sheet


def _grid_cell(
    sheet: Any, table: Table, row: int, col: int, notes: Mapping[CellRef, Sequence[tuple[Severity, str]]]
) -> None:
    source = table.grid[row][col]
    at = (FIRST_GRID_ROW + row, col + 1)
    head = row in table.header_rows
    text = source.text.strip() if source is not None and is_origin(table, row, col) else ""
    if head or not text:
        cell = put(sheet, *at, text, "ba-head" if head else "ba-text")
    elif (figure := table.amounts.get((row, col))) is not None:
        cell = put_number(sheet, *at, text, _in_print(figure))
    elif _role(table, col) in (ColumnRole.AMOUNT, ColumnRole.RATIO):
        cell = put_number(sheet, *at, text)
    else:
        cell = put(sheet, *at, text, "ba-text")
    said = notes.get(CellRef(table.id, row, col))
    if said:
        rank = list(Severity)
        fill(cell, FILL[min((severity for severity, _ in said), key=rank.index)])
        cell.comment = Comment(cell_text("\n".join(text for _, text in said)[:_NOTE_LIMIT]), "budgetaudit", 160, 320)


def _in_print(figure: Amount) -> Decimal:
    """The figure in its printed unit."""
    return figure.value / figure.unit if figure.unit > 0 else figure.value


def _role(table: Table, col: int) -> ColumnRole | None:
    return next((column.role for column in table.columns if column.index == col), None)


def _merge(sheet: Any, table: Table) -> None:
    """Merge what the print merges, where the joined grid still shows it as a full rectangle."""
    grid = table.grid
    for row in range(len(grid)):
        for col in range(len(grid[row])):
            cell = grid[row][col]
            if cell is None or not is_origin(table, row, col):
                continue
            right = col
            while right + 1 < len(grid[row]) and grid[row][right + 1] is cell:
                right += 1
            down = row
            while down + 1 < len(grid) and _covers(grid[down + 1], cell, col, right):
                down += 1
            if (right, down) != (col, row):
                top = FIRST_GRID_ROW
                sheet.merge_cells(start_row=top + row, end_row=top + down, start_column=col + 1, end_column=right + 1)


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
    return min(36, longest + 2)


def _freeze(sheet: Any, table: Table) -> None:
    """Keep header rows, and the columns before the first amounts where they are few."""
    head = max(table.header_rows, default=-1) + 1
    first = min((c.index for c in table.columns if c.role is ColumnRole.AMOUNT), default=0)
    left = first if 0 < first <= 4 else 0
    if head and head <= 8:
        sheet.freeze_panes = f"{get_column_letter(left + 1)}{FIRST_GRID_ROW + head}"
        sheet.print_title_rows = f"{FIRST_GRID_ROW}:{FIRST_GRID_ROW + head - 1}"


def _style(name: str, look: Mapping[str, Any]) -> NamedStyle:
    style = NamedStyle(name=name)
    style.font = Font(
        name=FONT,
        size=look.get("size", 10),
        bold=look.get("bold", False),
        color=look.get("color"),
        underline=look.get("underline"),
    )
    style.alignment = Alignment(horizontal=look.get("horizontal"), vertical="center", wrap_text=look.get("wrap", False))
    if look.get("border", _BOX):
        style.border = _BOX
    if "fill" in look:
        style.fill = PatternFill("solid", fgColor=look["fill"])
    return style
