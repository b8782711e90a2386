"""What every workbook of this project is made of: safe cells, styles, names, page set-up.

Rows and columns count from 1, as people see them. openpyxl stays behind these two classes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from decimal import Decimal
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from rich.cells import cell_len

from budgetaudit.amount import decimals, normalise, parse_number
from budgetaudit.lang import _
from budgetaudit.model import Severity
from budgetaudit.report.results import with_results
from budgetaudit.report.words import visible

FONT = "宋体"
FILL = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTICE: "DDEBF7"}
EXACT_DIGITS = 15
"""A spreadsheet keeps no more: longer figures are stored as text."""
_AUTHOR = "budgetaudit"
_CELL_LIMIT = 32_767
_NOTE_LIMIT = 1_500
_LINK_LIMIT = 65_530
_LINE, _TALLEST = 14, 409
_PADDING = 5 / 7
"""A column's width in the file counts the margin of its cells, in characters."""
_USUAL_WIDTH = 8.43
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel forbids the first seven; braces are the place holders of formulas under construction.
_NAME_ILLEGAL = re.compile(r"[\[\]:*?/\\{}]")
_FORMULA_STARTS = tuple("=+-@＝＋－＠")

_PLAIN, _BOLD = Font(name=FONT, size=10), Font(name=FONT, size=10, bold=True)
_LINK = Font(name=FONT, size=10, color="0563C1", underline="single")
_EDGE = Side("thin", color="A6A6A6")
_BOXED = {"font": _PLAIN, "border": Border(_EDGE, _EDGE, _EDGE, _EDGE)}
_MIDDLE = Alignment(vertical="center")
_CENTRE = Alignment(vertical="center", horizontal="center")
_RIGHT = Alignment(vertical="center", horizontal="right")
_WRAP = Alignment(vertical="center", wrap_text=True)
_CENTRE_WRAP = Alignment(vertical="center", horizontal="center", wrap_text=True)
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font": Font(name=FONT, size=15, bold=True), "alignment": _MIDDLE},
    "part": {"font": Font(name=FONT, size=11, bold=True), "alignment": _MIDDLE},
    "plain": {"font": _PLAIN, "alignment": _MIDDLE},
    "wide": {"font": _PLAIN, "alignment": _WRAP},
    "link": {"font": _LINK, "alignment": _MIDDLE},
    "head": {**_BOXED, "font": _BOLD, "fill": PatternFill("solid", "D9E1F2"), "alignment": _CENTRE_WRAP},
    "group": {**_BOXED, "font": _BOLD, "fill": PatternFill("solid", "F2F2F2"), "alignment": _WRAP},
    "text": {**_BOXED, "alignment": _WRAP},
    "line": {**_BOXED, "alignment": _MIDDLE},
    "text-link": {**_BOXED, "font": _LINK, "alignment": _WRAP},
    "line-link": {**_BOXED, "font": _LINK, "alignment": _MIDDLE},
    "centre": {**_BOXED, "alignment": _CENTRE},
    "number": {**_BOXED, "alignment": _RIGHT},
}
_WRAPPED = frozenset(name for name, look in _STYLES.items() if look["alignment"].wrap_text)


class Book:
    """A workbook under construction, in memory until it is saved."""

    def __init__(self) -> None:
        self._workbook = Workbook()
        self._workbook.properties.creator = _AUTHOR
        self._workbook.calculation.fullCalcOnLoad = True
        # Column widths are counted in characters of this font.
        self._workbook._named_styles["Normal"].font = _PLAIN
        self._model = self._workbook.active  # styles are made on its cells; it is in no file
        self._workbook.remove(self._model)
        self._names: set[str] = set()
        self._looks: dict[tuple[str, str, str, bool], Any] = {}
        self._sheets: list[Sheet] = []

    def sheet(self, name: str) -> Sheet:
        """A new sheet, A4 landscape, one page wide; its name made legal and unique."""
        title = sheet_name(name, self._names)
        self._names.add(title.casefold())
        made = Sheet(self, self._workbook.create_sheet(title), title)
        self._sheets.append(made)
        return made

    def look(self, style: str, form: str = "", fill: str = "", quoted: bool = False) -> Any:
        """A style with a number format and a colour, shared by all its cells; ``quoted`` marks text that begins like a
        formula.
        """
        key = (style, form, fill, quoted)
        if key not in self._looks:
            cell = Cell(self._model)
            for part, value in _STYLES[style].items():
                setattr(cell, part, value)
            if form:
                cell.number_format = form
            if fill:
                cell.fill = PatternFill("solid", fill)
            cell.quotePrefix = quoted
            self._looks[key] = copy(cell._style)
        return self._looks[key]

    def save(self, path: Path | str) -> None:
        """Write the file. Raises OSError where that is impossible."""
        for sheet in self._sheets:
            sheet.fit_rows()
        buffer = io.BytesIO()
        self._workbook.save(buffer)
        Path(path).write_bytes(with_results(buffer.getvalue(), [sheet.results for sheet in self._sheets]))


class Sheet:
    """One sheet. Every text goes through ``put``, so that nothing of a document can run."""

    def __init__(self, book: Book, worksheet: Any, title: str) -> None:
        self.title = title
        self.results: dict[str, Decimal | str] = {}
        """What the formulas give, by the names of their cells."""
        self._worksheet = worksheet
        self._book = book
        self._widths: list[float] = []
        self._lines: dict[int, int] = {}
        self._links = 0
        worksheet.page_setup.orientation = worksheet.ORIENTATION_LANDSCAPE
        worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
        worksheet.sheet_properties.pageSetUpPr.fitToPage = True
        worksheet.page_setup.fitToHeight = 0
        margins = worksheet.page_margins
        margins.left = margins.right = 0.4
        margins.top = margins.bottom = 0.6
        margins.header = margins.footer = 0.25
        worksheet.oddFooter.center.text = "&A    " + _("第 {page} 页 / 共 {pages} 页").format(page="&P", pages="&N")

    def columns(self, widths: Sequence[float]) -> None:
        """Set the widths of the first columns, in characters. Comes before the text: rows are fitted to it."""
        self._widths = list(widths)
        for col, width in enumerate(widths, 1):
            self._worksheet.column_dimensions[column_letter(col)].width = width + _PADDING

    def hide(self, col: int) -> None:
        """Keep a column in the file and off the screen."""
        self._worksheet.column_dimensions[column_letter(col)].hidden = True

    def head(self, row: int, columns: Sequence[tuple[str, float]], freeze: bool = True) -> None:
        """A header; with ``freeze`` it stays on the screen and repeats on every printed page."""
        self.columns([width for _title, width in columns])
        for col, (title, _width) in enumerate(columns, 1):
            self.put(row, col, title, "head")
        if freeze:
            self.freeze(row)
            self.repeat(row, row)

    def freeze(self, rows: int, columns: int = 0) -> None:
        """Keep the first rows and columns on the screen."""
        self._worksheet.freeze_panes = f"{column_letter(columns + 1)}{rows + 1}"

    def repeat(self, first: int, last: int) -> None:
        """Repeat rows on every printed page."""
        self._worksheet.print_title_rows = f"{first}:{last}"

    def filter(self, last_row: int, last_col: int) -> None:
        """Let the reader filter by any column of the area; its first row is the header."""
        self._worksheet.auto_filter.ref = _area(1, 1, last_row, last_col)

    def print_area(self, last_row: int, last_col: int) -> None:
        """Print only so many rows and columns."""
        self._worksheet.print_area = _area(1, 1, last_row, last_col)

    def choices(self, col: int, first: int, last: int, answers: Iterable[str]) -> None:
        """Cells of a column take one of some answers, or nothing."""
        rule = DataValidation("list", formula1=f'"{",".join(answers)}"', allow_blank=True, showErrorMessage=True)
        rule.add(_area(first, col, last, col))
        self._worksheet.add_data_validation(rule)

    def colours(self, col: int, first: int, last: int, fills: Mapping[str, str]) -> None:
        """Let the cells of a column take the colour of the word that they show."""
        for word, fill in fills.items():
            rule = CellIsRule("equal", [f'"{word}"'], fill=PatternFill(bgColor=fill))
            self._worksheet.conditional_formatting.add(_area(first, col, last, col), rule)

    def shade(self, first: int, last: int, last_col: int, when: str) -> None:
        """Let rows turn grey where a formula over the first of them (without its ``=``) is true."""
        rule = FormulaRule([when], fill=PatternFill(bgColor="F2F2F2"), font=Font(color="7F7F7F"))
        self._worksheet.conditional_formatting.add(_area(first, 1, last, last_col), rule)

    def put(
        self, row: int, col: int, value: str | int | None, style: str = "text", fill: str = "", fit: bool = True
    ) -> None:
        """Set one cell. Text stays text whatever it begins with; with ``fit`` its row is made high enough for it."""
        if isinstance(value, int):
            self._set(row, col, value, "n", self._book.look(style, "", fill))
            return
        clean = cell_text(value or "")
        if not clean:
            self._set(row, col, None, "n", self._book.look(style, "", fill))
            return
        self._set(row, col, clean, "s", self._book.look(style, "", fill, clean.startswith(_FORMULA_STARTS)))
        if fit and style in _WRAPPED:
            self.needs(row, lines_of(clean, self._width(col)))

    def _set(self, row: int, col: int, value: str | int | Decimal | None, kind: str, look: Any) -> Any:
        """Fill a cell; its kind is told, never guessed from what it begins with."""
        cell = self._worksheet.cell(row, col)
        cell.value = value
        cell.data_type = kind
        cell._style = look
        return cell

    def number(
        self, row: int, col: int, printed: str, value: Decimal | None = None, style: str = "number", fill: str = ""
    ) -> None:
        """Set a figure as a number that shows as printed; what is no number, or too long for one, stays text.

        ``value`` is in the printed unit; without it the text itself is parsed.
        """
        number, form = printed_number(printed, value)
        if number is None:
            self.put(row, col, visible(printed), style, fill)
        else:
            self._set(row, col, number, "n", self._book.look(style, form, fill))

    def formula(
        self, row: int, col: int, formula: str, result: Decimal | str, form: str = "", style: str = "number"
    ) -> None:
        """Set a formula (without its ``=``) with the result that it has now."""
        cell = self._set(row, col, f"={formula}", "f", self._book.look(style, form))
        self.results[cell.coordinate] = result

    def link(
        self, row: int, col: int, text: str, target: Sheet, at: tuple[int, int] = (1, 1), style: str = "text-link"
    ) -> None:
        """Text that leads to a cell of the workbook."""
        if self._links == _LINK_LIMIT:
            self.put(row, col, text, "text")
            return
        self._links += 1
        self.put(row, col, text, style)
        cell = self._worksheet.cell(row, col)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=reference(target.title, *at))

    def merge(self, row: int, col: int, last_row: int, last_col: int, style: str, fill: str = "") -> None:
        """Join cells into an empty one; its content is set afterwards at its first cell."""
        for at in range(row, last_row + 1):
            for across in range(col, last_col + 1):
                self.put(at, across, None, style, fill)
        # Straight into the set: to join cells through the sheet compares each area with all others.
        area = CellRange(min_row=row, min_col=col, max_row=last_row, max_col=last_col)
        self._worksheet.merged_cells.ranges.add(area)

    def note(self, row: int, col: int, text: str) -> None:
        """A note on a cell."""
        self._worksheet.cell(row, col).comment = Comment(cell_text(text)[:_NOTE_LIMIT], _AUTHOR, height=118, width=307)

    def needs(self, row: int, lines: int) -> None:
        """A row holds so many lines of text."""
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines

    def width(self, first: int, last: int) -> float:
        """Width of some columns together, in characters."""
        return sum(self._width(col) for col in range(first, last + 1))

    def _width(self, col: int) -> float:
        return self._widths[col - 1] if col <= len(self._widths) else _USUAL_WIDTH

    def fit_rows(self) -> None:
        """Set the height of rows whose text wraps: merged cells are never fitted by the program that opens the file."""
        for row, lines in self._lines.items():
            self._worksheet.row_dimensions[row].height = min(_TALLEST, _LINE * lines + 2)


def lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a column of a width in characters."""
    room = max(width - 1, 4)
    return sum(max(1, ceil(cell_len(part) / room)) for part in text.split("\n"))


@lru_cache(maxsize=8192)
def printed_number(printed: str, value: Decimal | None = None) -> tuple[Decimal | None, str]:
    """A printed figure as a number and the number format that shows it so; None where it must stay text."""
    text = normalise(printed)
    percent = text.endswith("%")
    number = value if value is not None else parse_number(text.rstrip("%"))
    if number is None or not any(c.isdigit() for c in text) or len(number.normalize().as_tuple().digits) > EXACT_DIGITS:
        return None, ""
    places = decimals(text.rstrip("%"))
    form = ("#,##0" if "," in text or "，" in text else "0") + ("." + "0" * places if places else "")
    if percent:
        return number.scaleb(-2), form + "%"
    return number, f"{form};({form})" if text.startswith("(") else form


def cell_text(text: str) -> str:
    """Text that a workbook can hold: no character that XML forbids, no more than a cell takes."""
    return _ILLEGAL.sub("", text)[:_CELL_LIMIT]


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A legal sheet name (31 UTF-16 units, no mark that Excel forbids) not among ``taken`` (casefolded)."""
    base = _NAME_ILLEGAL.sub("", _ILLEGAL.sub("", visible(wanted))).strip(" '") or _("表")
    used = set(taken) | {"history"}
    number = 1
    while True:
        tail = f"~{number}" if number > 1 else ""
        name = base
        while len((name + tail).encode("utf-16-le")) // 2 > 31:
            name = name[:-1].rstrip(" '")
        if (name + tail).casefold() not in used:
            return name + tail
        number += 1


def column_letter(col: int) -> str:
    """A for 1, Z for 26, AA for 27."""
    letters: str = get_column_letter(col)
    return letters


def reference(sheet: str, row: int, col: int) -> str:
    """A cell of a sheet as formulas name it; the name is always quoted, its own quotes doubled."""
    return f"{quote_sheetname(sheet)}!{column_letter(col)}{row}"


def _area(row: int, col: int, last_row: int, last_col: int) -> str:
    return f"{column_letter(col)}{row}:{column_letter(last_col)}{last_row}"
