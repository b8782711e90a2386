"""What rules over several documents are given: the books side by side, and their figures by what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from budgetaudit.amount import UNITS
from budgetaudit.facts import Book, Sheet
from budgetaudit.lang import _
from budgetaudit.model import Operand, Row, RowRole
from budgetaudit.vocabulary import squash, strip_numbering, without_partial

_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_SCOPES = {"year": "本年合计", "all": "总计", "plain": "合计"}


@dataclass(frozen=True, slots=True)
class What:
    """What a table's figure is, as far as another document of the same layout prints it too."""

    form: str
    subject: str
    """Code of the row, its name, or the kind of total it is."""
    flow: str
    fund: str
    nature: str
    item: str
    measure: str
    header: tuple[str, ...] = ()
    """Header texts from the top, without years."""

    @property
    def total(self) -> bool:
        """Whether it is the total of its table."""
        return self.subject in _SCOPES.values()


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure, blank ones included, with what it is."""

    what: What
    operand: Operand


@dataclass
class Linked:
    """Documents that belong together. ``books`` stand in the order of the link: this year's before last year's, a
    department before its units; a text and its table book are one book, whose places tell the file.
    """

    kind: str
    books: tuple[Book, ...]
    complete: bool = True
    """For a department: whether every unit that it lists is there."""
    missing: tuple[str, ...] = ()
    """Names of its units that are not."""

    @cached_property
    def figures(self) -> list[dict[What, Figure]]:
        """The figures of each book; what a book prints twice with different values is left out."""
        return [_once(figures(book)) for book in self.books]


def figures(book: Book) -> Iterator[Figure]:
    """Every figure of the recognised tables."""
    for sheet in book.sheets:
        if not sheet.table.form:
            continue
        for position, row in enumerate(sheet.table.rows):
            if row.role is RowRole.BLANK or _project(sheet, row):
                continue
            subject = _subject(book, row)
            for column in sheet.amount_columns(row.block):
                operand = sheet.operand(position, column, by="table")
                if operand is None:
                    continue
                key = book.key(sheet, column, row)
                header = tuple(filter(None, (_YEAR.sub("", squash(text)) for text in column.path)))
                yield Figure(
                    What(sheet.table.form, subject, key.flow, key.fund, key.nature, key.item, key.measure, header),
                    operand,
                )


def _once(found: Iterator[Figure]) -> dict[What, Figure]:
    kept: dict[What, Figure] = {}
    doubtful: set[What] = set()
    for figure in found:
        other = kept.setdefault(figure.what, figure)
        if other is not figure and other.operand.amount.value != figure.operand.amount.value:
            doubtful.add(figure.what)
    return {what: figure for what, figure in kept.items() if what not in doubtful}


def _project(sheet: Sheet, row: Row) -> bool:
    return row.parent is not None and bool(row.code) and sheet.table.rows[row.parent].code == row.code


def _subject(book: Book, row: Row) -> str:
    if row.role is RowRole.TOTAL:
        return _SCOPES.get(row.aspects.get("scope", "plain"), "合计")
    code, dimension = book.code_of(row)
    if code and dimension in ("function", "economic", "government-economic"):
        return code
    return strip_numbering(without_partial(row.label))


def unit_word(unit: Decimal) -> str:
    """The name of a unit of money; empty for one without a name."""
    return _(next((name for name, value in UNITS.items() if value == unit), ""))


def anywhere(what: What) -> What:
    """The same figure in a table whose columns are headed otherwise."""
    return replace(what, header=())
