"""What every workbook of this project is made of: safe cells, styles, names, page set-up.

Rows and columns count from 1, as people see them. XlsxWriter writes the file because it stores the result beside every
formula: previews, phones and Excel's protected view show verdicts without calculating anything.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from rich.cells import cell_len

from budgetaudit.amount import decimals, normalise, parse_number
from budgetaudit.lang import _
from budgetaudit.model import Severity
from budgetaudit.report.words import visible

FONT = "宋体"
FILL = {Severity.ERROR: "#FFC7CE", Severity.WARNING: "#FFEB9C", Severity.NOTICE: "#DDEBF7"}
EXACT_DIGITS = 15
"""A spreadsheet keeps no more: longer figures are stored as text."""
_CELL_LIMIT = 32_767
_NOTE_LIMIT = 1_500
_LINE, _TALLEST = 14, 409
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel forbids the first seven; braces are the place holders of formulas under construction.
_NAME_ILLEGAL = re.compile(r"[\[\]:*?/\\{}]")
_GREY, _BLUE = "#A6A6A6", "#0563C1"
_BASE = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_BOXED = {**_BASE, "border": 1, "border_color": _GREY}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {**_BASE, "font_size": 15, "bold": True},
    "part": {**_BASE, "font_size": 11, "bold": True},
    "plain": _BASE,
    "wide": {**_BASE, "text_wrap": True},
    "link": {**_BASE, "font_color": _BLUE, "underline": 1},
    "head": {**_BOXED, "bold": True, "bg_color": "#D9E1F2", "align": "center", "text_wrap": True},
    "group": {**_BOXED, "bold": True, "bg_color": "#F2F2F2", "text_wrap": True},
    "text": {**_BOXED, "text_wrap": True},
    "line": _BOXED,
    "text-link": {**_BOXED, "text_wrap": True, "font_color": _BLUE, "underline": 1},
    "line-link": {**_BOXED, "font_color": _BLUE, "underline": 1},
    "centre": {**_BOXED, "align": "center"},
    "number": {**_BOXED, "align": "right"},
}
_WRAPPED = frozenset(name for name, look in _STYLES.items() if look.get("text_wrap"))


class Book:
    """A workbook under construction, in memory until it is saved."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._workbook: Any = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": FONT, "font_size": 10},
            },
        )
        self._workbook.set_properties({"author": "budgetaudit"})
        self._names: set[str] = set()
        self._looks: dict[tuple[str, str, str, bool], Any] = {}
        self._sheets: list[Sheet] = []

    def sheet(self, name: str) -> Sheet:
        """A new sheet, A4 landscape, one page wide; its name made legal and unique."""
        title = sheet_name(name, self._names)
        self._names.add(title.casefold())
        made = Sheet(self, self._workbook.add_worksheet(title), title)
        self._sheets.append(made)
        return made

    def look(self, style: str, form: str = "", fill: str = "", quoted: bool = False) -> Any:
        """The format of a style with a number format and a colour; ``quoted`` marks text that begins like a formula."""
        key = (style, form, fill, quoted)
        if key not in self._looks:
            properties = dict(_STYLES[style])
            if form:
                properties["num_format"] = form
            if fill:
                properties["bg_color"] = fill
            if quoted:
                properties["quote_prefix"] = True
            self._looks[key] = self._workbook.add_format(properties)
        return self._looks[key]

    def colour(self, fill: str, font: str = "") -> Any:
        """A format for conditional formatting."""
        return self._workbook.add_format({"bg_color": fill, **({"font_color": font} if font else {})})

    def save(self, path: Path | str) -> None:
        """Write the file. Raises OSError where that is impossible."""
        for sheet in self._sheets:
            sheet.fit_rows()
        self._workbook.close()
        Path(path).write_bytes(self._buffer.getvalue())


class Sheet:
    """One sheet. Every text goes through ``put``, so that nothing of a document can run."""

    def __init__(self, book: Book, worksheet: Any, title: str) -> None:
        self.title = title
        self.worksheet = worksheet
        self._book = book
        self._widths: list[float] = []
        self._lines: dict[int, int] = {}
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        worksheet.set_footer(
            "&C&A    " + _("第 {page} 页 / 共 {pages} 页").format(page="&P", pages="&N"), {"margin": 0.25}
        )

    def columns(self, widths: Sequence[float]) -> None:
        """Set the widths of the first columns, in characters. Comes before the text: rows are fitted to it."""
        self._widths = list(widths)
        for col, width in enumerate(widths):
            self.worksheet.set_column(col, col, width)

    def head(self, row: int, columns: Sequence[tuple[str, float]], freeze: bool = True) -> None:
        """A header; with ``freeze`` it stays on the screen and repeats on every printed page."""
        self.columns([width for _title, width in columns])
        for col, (title, _width) in enumerate(columns, 1):
            self.put(row, col, title, "head")
        if freeze:
            self.worksheet.freeze_panes(row, 0)
            self.worksheet.repeat_rows(row - 1)

    def put(
        self, row: int, col: int, value: str | int | None, style: str = "text", fill: str = "", fit: bool = True
    ) -> None:
        """Set one cell. Text stays text whatever it begins with; with ``fit`` its row is made high enough for it."""
        if isinstance(value, int):
            self.worksheet.write_number(row - 1, col - 1, value, self._book.look(style, "", fill))
            return
        clean = cell_text(value or "")
        if not clean:
            self.worksheet.write_blank(row - 1, col - 1, None, self._book.look(style, "", fill))
            return
        look = self._book.look(style, "", fill, clean[0] in "=+-@＝＋－＠")
        self.worksheet.write_string(row - 1, col - 1, clean, look)
        if fit and style in _WRAPPED:
            self.needs(row, lines_of(clean, self._width(col)))

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
            self.worksheet.write_number(row - 1, col - 1, number, self._book.look(style, form, fill))

    def formula(
        self, row: int, col: int, formula: str, result: Decimal | str, form: str = "", style: str = "number"
    ) -> None:
        """Set a formula (without its ``=``) with the result that it has now."""
        look = self._book.look(style, form)
        value = result if isinstance(result, str) else f"{result:.16G}"
        self.worksheet.write_formula(row - 1, col - 1, f"={formula}", look, value)

    def link(
        self, row: int, col: int, text: str, target: Sheet, at: tuple[int, int] = (1, 1), style: str = "text-link"
    ) -> None:
        """Text that leads to a cell of the workbook."""
        shown = cell_text(text)
        place = f"internal:{reference(target.title, *at)}"
        if self.worksheet.write_url(row - 1, col - 1, place, self._book.look(style), shown) < 0:
            self.put(row, col, text, "text")  # more links than a sheet can hold
        elif style in _WRAPPED:
            self.needs(row, lines_of(shown, self._width(col)))

    def merge(self, row: int, col: int, last_row: int, last_col: int, style: str, fill: str = "") -> None:
        """Join cells into an empty one; its content is set afterwards at its first cell."""
        look = self._book.look(style, "", fill)
        self.worksheet.merge_range(row - 1, col - 1, last_row - 1, last_col - 1, "", look)

    def note(self, row: int, col: int, text: str) -> None:
        """A note on a cell."""
        options = {"author": "budgetaudit", "x_scale": 2.4, "y_scale": 1.6, "font_name": FONT, "font_size": 9}
        self.worksheet.write_comment(row - 1, col - 1, cell_text(text)[:_NOTE_LIMIT], options)

    def needs(self, row: int, lines: int) -> None:
        """A row holds so many lines of text."""
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines

    def width(self, first: int, last: int) -> float:
        """Width of some columns together, in characters."""
        return sum(self._width(col) for col in range(first, last + 1))

    def _width(self, col: int) -> float:
        return self._widths[col - 1] if col <= len(self._widths) else 8.43

    def fit_rows(self) -> None:
        """Set the height of rows whose text wraps: merged cells are never fitted by the program that opens the file."""
        for row, lines in self._lines.items():
            self.worksheet.set_row(row - 1, min(_TALLEST, _LINE * lines + 2))


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
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def reference(sheet: str, row: int, col: int) -> str:
    """A cell of a sheet as formulas name it; the name is always quoted, its own quotes doubled."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{column_letter(col)}{row}"
