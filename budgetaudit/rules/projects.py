"""Lists of projects with their money, and how the target forms of a document belong to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher

from budgetaudit.facts import Book, Sheet, whole_column
from budgetaudit.model import Operand, RowRole
from budgetaudit.rules.performance import Target
from budgetaudit.vocabulary import squash

CLOSE = Decimal("0.1")
"""Share of the larger amount up to which two amounts of a project can be one with a slip."""
ALIKE = 0.5


@dataclass(slots=True)
class Project:
    """One project of a list: its rows' figures (a project may stand under several subjects)."""

    name: str
    table: str
    operands: list[Operand] = field(default_factory=list)

    @property
    def value(self) -> Decimal:
        """In yuan."""
        return sum((o.amount.value for o in self.operands), Decimal(0))


def projects(book: Book) -> list[Project]:
    """Projects by table: rows of tables that have a column of project names, besides the performance tables."""
    found: dict[tuple[str, str], Project] = {}
    for sheet in book.sheets:
        if sheet.table.form == "performance":
            continue
        for name, operand in _rows(sheet):
            project = found.setdefault(
                (sheet.table.id, squash(name)), Project(name, sheet.table.title or sheet.table.form_name)
            )
            project.operands.append(operand)
    return list(found.values())


def _rows(sheet: Sheet) -> Iterator[tuple[str, Operand]]:
    table = sheet.table
    column = next((c for c in table.columns if c.path and squash(c.path[-1]) in ("项目名称", "项目支出名称")), None)
    only = (
        next((c for c in table.columns if c.path and squash(c.path[0]) == "项目"), None)
        if "结转" in table.title
        else None
    )
    chosen = column or only
    if chosen is None:
        return
    for position, row in enumerate(table.rows):
        if row.role in (RowRole.TOTAL, RowRole.BLANK):
            continue
        cell = table.cell(row.index, chosen.index)
        amounts = sheet.amount_columns(row.block)
        if cell is None or not cell.flat or not amounts:
            continue
        whole = next((c for c in amounts if whole_column(c)), amounts[0])
        operand = sheet.operand(position, whole, by="table")
        if operand is not None and operand.amount.value:
            yield cell.flat, operand


@dataclass(frozen=True, slots=True)
class Pair:
    """A target form and the projects it can be: those of its name, or the one that is left over."""

    target: Target
    projects: tuple[Project, ...]
    by: str  # name, amount (another name), rest (neither name nor amount)


def pairs(targets: Sequence[Target], listed: Sequence[Project]) -> list[Pair]:
    """Forms and projects of one name; then, where forms and one list have mostly met, what is left of both.

    A form without money of its own, or of other money than the list's, is left alone.
    """
    by_name: dict[str, list[Project]] = defaultdict(list)
    for project in listed:
        by_name[squash(project.name)].append(project)
    found: list[Pair] = []
    rest: list[Target] = []
    for target in targets:
        named = by_name.get(squash(target.name))
        if named:
            found.append(Pair(target, tuple(named), "name"))
        elif target.total is not None and (target.fiscal is None or target.fiscal.amount.value):
            rest.append(target)
    met = {id(p) for pair in found for p in pair.projects}
    for table in {p.table for pair in found for p in pair.projects}:
        own = [p for p in listed if p.table == table]
        left = [p for p in own if id(p) not in met]
        if len(own) - len(left) < 2:
            continue
        for target in list(rest):
            equal = [p for p in left if target.total is not None and p.value == target.total.amount.value]
            if len(equal) == 1 and _alike(equal[0].name, target.name):
                found.append(Pair(target, tuple(equal), "amount"))
                rest.remove(target)
                left.remove(equal[0])
        if len(left) == 1 and len(rest) == 1 and _near(left[0], rest[0]):
            found.append(Pair(rest.pop(), (left[0],), "rest"))
    return found


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, squash(one), squash(other), autojunk=False).ratio() >= ALIKE


def _near(project: Project, target: Target) -> bool:
    if target.total is None:
        return False
    value = target.total.amount.value
    return abs(value - project.value) <= CLOSE * max(value, project.value)
