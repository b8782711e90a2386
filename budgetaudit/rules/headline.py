"""Headline figures: totals of tables and named rows of overviews, with the aspects that make them comparable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from budgetaudit.facts import Book, Key, Series, Sheet
from budgetaudit.lang import _
from budgetaudit.model import Column, Operand, RowRole

ZERO = Decimal(0)
MAX_CARRIES = 12
CARRY = frozenset({"carry-in", "carry-out", "use-balance", "distribution"})


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure that stands for a whole: printed (one operand) or summed from the rows of its table."""

    key: Key
    scope: str
    operands: tuple[Operand, ...]
    table: str
    form: str

    @property
    def value(self) -> Decimal:
        """In yuan."""
        return sum((o.sign * o.amount.value for o in self.operands), ZERO)

    @property
    def slack(self) -> Decimal:
        """Half units of the figures that are not zero, in yuan."""
        return sum((o.amount.half for o in self.operands if o.amount.value), ZERO)

    @property
    def blank(self) -> bool:
        """Whether nothing is printed."""
        return all(o.amount.blank for o in self.operands)


def headlines(book: Book) -> list[Headline]:
    """All headline figures of a document."""
    found: list[Headline] = []
    for series in book.series:
        found.extend(_totals(book, series))
    for sheet in book.sheets:
        found.extend(_named_rows(book, sheet))
    return found


def _scope(column: Column, row_scope: str) -> str:
    if any("本年" in text or "当年" in text for text in column.path):
        return "year"
    return row_scope


def _totals(book: Book, series: Series) -> Iterator[Headline]:
    sheet = series.sheet
    for position in series.totals:
        row = sheet.table.rows[position]
        if position != series.grand_total and row.label.endswith("小计") and "unit" in row.aspects:
            continue  # the subtotal of one unit's block
        operand = sheet.operand(position, series.column, by="table")
        if operand is None:
            continue
        key = book.key(sheet, series.column, row)
        yield Headline(
            key,
            _scope(series.column, row.aspects.get("scope", "plain")),
            (operand,),
            series.table.id,
            series.table.form,
        )
    if (not series.totals and series.dimension and series.total) or (
        not series.totals and len(series.tops) == 1 and len(sheet.rows(series.block)) == 1 and series.total
    ):
        yield Headline(
            series.key, _scope(series.column, "plain"), tuple(series.total), series.table.id, series.table.form
        )


def _named_rows(book: Book, sheet: Sheet) -> Iterator[Headline]:
    """Rows that a word names: funds and carry-over of an overview's income side, natures of its expenditure side, items."""
    overview = sheet.table.form in ("overview", "fiscal-overview")
    for block in sheet.blocks():
        once: dict[tuple[Key, int], list[tuple[int, Column]]] = {}
        for position in sheet.rows(block):
            row = sheet.table.rows[position]
            if (
                row.role in (RowRole.TOTAL, RowRole.PART)
                or row.code
                or not set(row.aspects) & {"flow", "fund", "nature", "item"}
            ):
                continue
            if not overview and not row.aspects.get("item"):
                continue
            for column in sheet.amount_columns(block):
                key = book.key(sheet, column, row)
                if overview and _ancestor_flow(sheet, position) in CARRY and key.flow not in CARRY:
                    key = Key(_ancestor_flow(sheet, position), key.fund, key.nature, key.item, key.measure)
                once.setdefault((key, column.index), []).append((position, column))
        for (key, _index), places in once.items():
            if len(places) > 1:
                continue
            position, column = places[0]
            operand = sheet.operand(position, column, by="table")
            if operand is not None:
                label = sheet.table.rows[position].label
                yield Headline(
                    key,
                    "year" if "本年" in label else _scope(column, "plain"),
                    (operand,),
                    sheet.table.id,
                    sheet.table.form,
                )


def _ancestor_flow(sheet: Sheet, position: int) -> str:
    parent = sheet.table.rows[position].parent
    while parent is not None:
        flow = sheet.table.rows[parent].aspects.get("flow", "")
        if flow in CARRY:
            return flow
        parent = sheet.table.rows[parent].parent
    return ""


def carries(lines: Sequence[Headline]) -> list[Headline]:
    """Carry-over and balance figures that are not zero."""
    return [line for line in lines if line.key.flow in CARRY and line.value]


def by_carries(gap: Decimal, slack: Decimal, gaps: Sequence[Headline]) -> str:
    """The carry-over figures that make up a difference, as a sentence; empty where none do."""
    distinct: dict[Decimal, Headline] = {}
    for line in gaps:
        distinct.setdefault(abs(line.value), line)
    chosen = list(distinct.values())[:MAX_CARRIES]
    for size in (1, 2):
        for some in combinations(chosen, size):
            if abs(sum((abs(h.value) for h in some), ZERO) - gap) <= slack + sum((h.slack for h in some), ZERO):
                names = _("、").join(f"{h.operands[0].label} {h.operands[0].amount.text}" for h in some)
                return _("差额等于印出的结转数：{names}").format(names=names)
    return ""
