"""Recognised tables as rows of text: the shape that `extract` prints, and its CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from budgetaudit.amount import is_blank, parse_number
from budgetaudit.lang import _
from budgetaudit.model import Place, Table
from budgetaudit.report.words import pages_words, place_words, table_unit

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def is_origin(table: Table, row: int, col: int) -> bool:
    """True where a cell of the joined grid starts: at the left top position of those it covers."""
    cell = table.grid[row][col]
    if cell is None:
        return False
    left = col > 0 and table.grid[row][col - 1] is cell
    above = row > 0 and col < len(table.grid[row - 1]) and table.grid[row - 1][col] is cell
    return not (left or above)


def row_texts(table: Table, row: int) -> list[str]:
    """One grid row as printed, without line feeds; a merged cell's text stands at its first position only."""
    return [
        cell.flat if cell is not None and is_origin(table, row, col) else "" for col, cell in enumerate(table.grid[row])
    ]


def row_place(table: Table, row: int) -> Place:
    """Where a grid row stands: the place of its first cell."""
    return next((cell.place for cell in table.grid[row] if cell is not None), Place())


def header_texts(table: Table) -> list[list[str]]:
    """The header rows as printed."""
    return [row_texts(table, row) for row in table.header_rows if row < len(table.grid)]


def body_texts(table: Table) -> list[list[str]]:
    """The rows below the header as printed."""
    return [row_texts(table, row) for row in table.body_indices()]


def csv_safe(text: str) -> str:
    """Text that a spreadsheet will not run: a quote goes before what begins like a formula and is no number."""
    clean = _CONTROL.sub("", text)
    harmless = is_blank(clean) or parse_number(clean) is not None
    return f"'{clean}" if text.startswith(_FORMULA_START) and not harmless else clean


def csv_rows(tables: Iterable[Table]) -> Iterator[list[str]]:
    """A head and one line a table row: number and title of the table, its unit, page or line, part, then the cells."""
    listed = tuple(tables)
    width = max((len(row) for table in listed for row in table.grid), default=0)
    yield [_("表序"), _("表名"), _("单位"), _("位置"), _("部分")] + [
        _("第{column}列").format(column=n) for n in range(1, width + 1)
    ]
    for number, table in enumerate(listed, 1):
        head = set(table.header_rows)
        for row in range(len(table.grid)):
            where = place_words(row_place(table, row)) or pages_words(table.pages)
            part = _("表头") if row in head else _("表体")
            cells = [csv_safe(text) for text in row_texts(table, row)]
            yield [str(number), csv_safe(table.title), csv_safe(table_unit(table)), where, part, *cells]


def write_csv(tables: Iterable[Table], stream: TextIO) -> None:
    """Write all tables as one CSV, lines ended as RFC 4180 has it."""
    csv.writer(stream).writerows(csv_rows(tables))
