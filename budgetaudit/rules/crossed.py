"""Tables that cross the two economic classifications: each row bears a departmental (3xx) and a government (5xx) subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from budgetaudit.facts import Book
from budgetaudit.model import Cell, ColumnRole, Place, Table
from budgetaudit.rules.subjects import DEPARTMENT, GOVERNMENT

MINIMUM = 3
"""Rows with both subjects from which a table crosses them."""
_CODED = re.compile(r"(\d{3,7})\s*[-—－]?\s*(.*)", re.DOTALL)
_SECTION = re.compile(r"\d{2}")
_CLASS = re.compile(r"[35]\d{2}")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as a row prints it."""

    code: str
    name: str
    place: Place

    @property
    def printed(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Crossed:
    """A row with its two subjects."""

    department: Subject
    government: Subject


def crossed(book: Book) -> list[tuple[Table, list[Crossed]]]:
    """Tables of the book that cross the classifications, with their rows."""
    found = ((table, list(_rows(table))) for table in book.tables)
    return [(table, rows) for table, rows in found if len(rows) >= MINIMUM]


def _rows(table: Table) -> Iterator[Crossed]:
    columns = [c.index for c in table.columns if c.role is not ColumnRole.AMOUNT]
    if len({c.block for c in table.columns}) != 1 or len(columns) < 2:
        return  # side by side stand two lists, not two names of one
    for index in table.body_indices():
        cells = list(dict.fromkeys(c for i in columns if (c := table.cell(index, i)) is not None))
        if not any(c.text.lstrip().startswith(GOVERNMENT) for c in cells):
            continue
        subjects = list(_subjects(cells))
        department = [s for s in subjects if s.code[0] == DEPARTMENT]
        government = [s for s in subjects if s.code[0] == GOVERNMENT]
        if len(department) == len(government) == 1:
            yield Crossed(department[0], government[0])


def _subjects(cells: list[Cell]) -> Iterator[Subject]:
    """Subjects of a row: code and name in one cell or in two, the code in one cell or as class and section in two."""
    at = 0
    while at < len(cells):
        text = cells[at].flat.strip()
        place = cells[at].place
        following = cells[at + 1].flat.strip() if at + 1 < len(cells) else ""
        if _CLASS.fullmatch(text) and _SECTION.fullmatch(following):
            text, at = text + following, at + 1
            following = cells[at + 1].flat.strip() if at + 1 < len(cells) else ""
        found = _CODED.fullmatch(text)
        if found and found.group(1)[0] in DEPARTMENT + GOVERNMENT:
            code, name = found.groups()
            if not name and following and not following[0].isdigit():
                name, at = following, at + 1
            if name and not any(c.isdigit() for c in name):
                yield Subject(code, name, place)
        at += 1
