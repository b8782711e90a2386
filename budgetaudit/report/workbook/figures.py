"""Where each printed figure stands in the workbook: cells of the table sheets, and a sheet of the text's own figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budgetaudit.amount import parse_number
from budgetaudit.lang import N_, _
from budgetaudit.model import CellRef, Check, ColumnRole, Operand, Place, Table
from budgetaudit.report import words
from budgetaudit.report.sheets import Sheet, printed_number, reference
from budgetaudit.report.tables import is_origin
from budgetaudit.report.words import visible

FIRST_GRID_ROW = 4
"""Sheet row of a table's first grid row; its title and source stand above."""
TEXT_SHEET = N_("正文数字")
FIGURE_COLUMN = 3
_COLUMNS = ((N_("序号"), 6), (N_("位置"), 9), (N_("数字"), 16), (N_("单位"), 8), (N_("原文"), 90))


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell that holds a printed figure."""

    sheet: str
    row: int
    col: int
    unit: Decimal
    """Yuan per unit of the number; 1 for a percentage."""
    number: Decimal | None
    """What the cell holds, in its printed unit (a percentage as a fraction); None where it is text and counts as 0."""

    @property
    def name(self) -> str:
        """The cell as formulas name it."""
        return reference(self.sheet, self.row, self.col)


class Figures:
    """The places of all figures that checks compare. Those of the text have a row each, in reading order."""

    def __init__(self, sheets: Mapping[str, str], tables: Mapping[str, Table], checks: Iterable[Check]) -> None:
        """``sheets`` are the names of the table sheets by table id."""
        self._sheets = sheets
        self._tables = tables
        first: dict[tuple[Place, str], Operand] = {}
        for check in checks:
            if check.kind != "statement":
                for operand in (check.target, *check.operands):
                    if operand.ref is None and _number(operand) is not None:
                        first.setdefault((operand.place, operand.amount.text), operand)
        ordered = sorted(first.items(), key=lambda item: _reading_order(item[0][0]))
        self._said = {key: (row, operand) for row, (key, operand) in enumerate(ordered, 2)}

    def spot(self, operand: Operand) -> Spot | None:
        """Where an operand stands; None where no cell holds exactly its figure."""
        if operand.ref is not None:
            return self._in_table(operand, operand.ref)
        said, number = self._said.get((operand.place, operand.amount.text)), _number(operand)
        if said is None or number is None:
            return None
        return Spot(_(TEXT_SHEET), said[0], FIGURE_COLUMN, _unit(operand), number)

    def _in_table(self, operand: Operand, ref: CellRef) -> Spot | None:
        table = self._tables.get(ref.table)
        if table is None or table.cell(ref.row, ref.col) is None:
            return None
        row, col = origin(table, ref.row, ref.col)
        number, _form = stored(table, row, col)
        if (number or 0) * operand.amount.unit != operand.amount.value:
            return None
        return Spot(self._sheets[ref.table], FIRST_GRID_ROW + row, col + 1, operand.amount.unit, number)

    def write(self, sheet: Sheet) -> None:
        """Fill the sheet of the text's figures."""
        sheet.head(1, [(_(title), width) for title, width in _COLUMNS])
        for row, operand in self._said.values():
            sheet.put(row, 1, row - 1, "centre")
            sheet.put(row, 2, words.place_words(operand.place), "centre")
            sheet.number(row, FIGURE_COLUMN, operand.amount.text)
            sheet.put(row, 4, "%" if _percent(operand) else words.unit_name(operand.amount.unit), "centre")
            sheet.put(row, 5, visible(operand.label, 300))
        if self._said:
            sheet.filter(len(self._said) + 1, len(_COLUMNS))
        else:
            sheet.put(2, 1, _("正文中没有参与勾稽的数字。"), "plain")


def origin(table: Table, row: int, col: int) -> tuple[int, int]:
    """The position at which the cell that covers a position starts."""
    cell = table.grid[row][col]
    while col > 0 and table.grid[row][col - 1] is cell:
        col -= 1
    while row > 0 and col < len(table.grid[row - 1]) and table.grid[row - 1][col] is cell:
        row -= 1
    return row, col


def stored(table: Table, row: int, col: int) -> tuple[Decimal | None, str]:
    """What the sheet of a table holds at a grid position as a number, with its format; None where it holds text."""
    cell = table.grid[row][col]
    text = cell.text.strip() if cell is not None and is_origin(table, row, col) else ""
    if not text or row in table.header_rows:
        return None, ""
    figure = table.amounts.get((row, col))
    if figure is not None:
        return printed_number(text, figure.value / figure.unit if figure.unit > 0 else figure.value)
    role = next((column.role for column in table.columns if column.index == col), None)
    if role in (ColumnRole.AMOUNT, ColumnRole.RATIO):
        return printed_number(text, None if text.endswith(("%", "％")) else parse_number(text))
    return None, ""


def _number(operand: Operand) -> Decimal | None:
    """The figure of the text as its cell holds it; None where its print does not give its value."""
    number, _form = printed_number(operand.amount.text)
    return number if number is not None and number * _scale(operand) == operand.amount.value else None


def _reading_order(place: Place) -> tuple[int, float, float]:
    """From top to bottom, lines of one height from left to right."""
    if place.bbox is None:
        return (place.page or 0, float(place.line or 0), 0.0)
    return (place.page or 0, round(place.bbox[1]), place.bbox[0])


def _percent(operand: Operand) -> bool:
    return operand.amount.text.rstrip().endswith(("%", "％"))


def _unit(operand: Operand) -> Decimal:
    return Decimal(1) if _percent(operand) else operand.amount.unit


def _scale(operand: Operand) -> Decimal:
    """What the cell's number is multiplied with to give the amount: yuan, or per hundred."""
    return Decimal(100) if _percent(operand) else operand.amount.unit
