"""Figures of all tables, to be looked up by value, by code, by item and by their printed digits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from budgetaudit.amount import YUAN, in_unit, parse_number
from budgetaudit.facts import Book, column_label
from budgetaudit.lang import _
from budgetaudit.model import Amount, CellRef, Check, Fact, Operand, Verdict
from budgetaudit.narrative.claims import YUAN_PER_WAN, Claim
from budgetaudit.rules.prose import digits
from budgetaudit.vocabulary import aspects, total_scope

ITEMS = frozenset(
    {"three-public", "overseas", "vehicles", "vehicle-purchase", "vehicle-running", "reception", "operation"}
)
HELD_BY = {
    "overseas": "three-public",
    "vehicles": "three-public",
    "reception": "three-public",
    "vehicle-purchase": "vehicles",
    "vehicle-running": "vehicles",
}
"""Item of 三公 -> the one that it is a part of."""
TAIL_ITEMS = ITEMS | {"meetings", "training", "commissioned", "procurement"}
"""Items that a clause names with its last word."""
MIN_DIGITS = 3
"""Digits from which two prints of other units can be taken for the same figure."""
_CLAUSE = re.compile(r"[，,；;。：:、]")
_STOP = re.compile(r"[，,；;。：:]")
_LAST_YEAR = re.compile("上年(?!结转|结余)|去年")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
MAX_ORDINAL = 40
"""Whole numbers up to here in a blank table are the numbers of its columns."""


class Index:
    """Facts of the tables by value, by function code and by item. Made once for all rules, by ``book.once(Index)``."""

    def __init__(self, book: Book) -> None:
        self.year = book.profile.year
        self.facts = sorted((f for f in book.facts), key=lambda f: f.amount.value)
        self.values = [f.amount.value for f in self.facts]
        self.by_code: dict[str, list[Fact]] = defaultdict(list)
        self.by_item: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            if code := fact.aspects.get("function"):
                self.by_code[code].append(fact)
            if item := fact.aspects.get("item"):
                self.by_item[item].append(fact)

        self.wholes = [f for f in self.facts if f.amount.value and total_scope(f.label.split("·")[0]) is not None]
        overviews = {t.id for t in book.tables if t.form == "overview"}
        self.headlines = [f for f in self.wholes if f.ref.table in overviews and "measure" not in f.aspects]
        """Totals of the overview of income and spending."""
        fiscal = {t.id for t in book.tables if t.form == "fiscal-overview"}
        self.fiscal_headlines = [
            f
            for f in self.wholes
            if f.ref.table in fiscal and "measure" not in f.aspects and f.aspects.get("fund") == "fiscal"
        ]
        """Totals of the overview of fiscal appropriations, of all funds."""
        self.item_totals: dict[str, list[Fact]] = defaultdict(list)
        """Item -> totals of whole columns of the tables that are all of that item (政府采购预算表)."""
        for fact in self.wholes:
            if (item := fact.aspects.get("item")) and not {"fund", "nature", "measure"} & set(fact.aspects):
                self.item_totals[item].append(fact)
        self.outturn = _outturn(book)
        self.blank_items = _blank_items(book)
        self._book = book

        self._printed: dict[tuple[Decimal, int], dict[str, list[Fact]]] = {}

    @cached_property
    def zeros(self) -> Sequence[Fact]:
        """What a text that says 0 may speak of."""
        return _zeros(self._book)

    def of_item(self, item: str, role: str) -> Sequence[Fact]:
        """Figures of an item; where tables print budget and outturn of it, those that a claim's role speaks of."""
        facts = [f for f in self.by_item.get(item, ()) if f.aspects.get("measure", "") in ("", "outturn")]
        facts = facts or self._blank(item)
        spent = [f for f in facts if (f.ref.table, f.ref.col) in self.outturn]
        if spent and role == "full-budget":
            return [f for f in facts if (f.ref.table, f.ref.col) not in self.outturn]
        return spent or facts

    def _blank(self, item: str) -> list[Fact]:
        """The first blank cell of an item that no table prints a figure of, where the table of 三公 prints others.

        None where its parts are printed: then only their sum was left out.
        """
        if any(f.amount.value for part, whole in HELD_BY.items() if whole == item for f in self.by_item.get(part, ())):
            return []
        tables = {f.ref.table for name in ITEMS for f in self.by_item.get(name, ())}
        return [f for f in self.zeros if f.aspects.get("item") == item and f.ref.table in tables][:1]

    def printed(self, unit: Decimal, places: int) -> Mapping[str, Sequence[Fact]]:
        """Facts by their digits as they would be printed in a unit with so many decimals."""
        if (unit, places) not in self._printed:
            found: dict[str, list[Fact]] = defaultdict(list)
            for fact in self.facts:
                found[digits(fact.amount.value, unit, places)].append(fact)
            self._printed[unit, places] = found
        return self._printed[unit, places]

    def near(self, claim: Claim) -> list[Fact]:
        """Facts whose printed value may be the claim's: rounded or cut off."""
        half = claim.amount.half
        low, high = claim.amount.value - half - 50, claim.amount.value + 2 * half + 50
        return [f for f in self._between(low, high) if equal(claim, f)]

    def rescaled(self, claim: Claim) -> list[Fact]:
        """Facts that print the claim's digits in another unit: 元 stands for 万元 (rounded), or the other way round.

        Empty where a fact has the claim's value, or where it has too few digits to tell.
        """
        own = significant(claim.amount.text)
        if len(own) < MIN_DIGITS or self.near(claim):
            return []
        value = claim.amount.value * YUAN_PER_WAN
        half = YUAN_PER_WAN.scaleb(-claim.places) / 2 if claim.amount.unit == YUAN else Decimal(0)
        meant = self._between(value - half, value + half)
        value = claim.amount.value / YUAN_PER_WAN
        return meant + [f for f in self._between(value, value) if significant(f.amount.text) == own]

    def _between(self, low: Decimal, high: Decimal) -> list[Fact]:
        return self.facts[bisect_left(self.values, low) : bisect_right(self.values, high)]


def _outturn(book: Book) -> frozenset[tuple[str, int]]:
    """(table, column) of the columns of 三公 tables that hold what was spent, where others hold the budget."""
    found: set[tuple[str, int]] = set()
    for table in book.tables:
        if table.form == "three-public":
            found |= {(table.id, c.index) for c in table.columns if c.aspects.get("measure") == "outturn"}
    return frozenset(found)


def significant(text: str) -> str:
    """The digits of a printed number between its outer zeros."""
    return re.sub(r"\D", "", text).strip("0")


def _zeros(book: Book) -> list[Fact]:
    """Blank and zero cells, one for each label and set of aspects: what a text that says 0 may speak of."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], Fact] = {}
    for sheet in book.sheets:
        for position, row in enumerate(sheet.table.rows):
            for column in sheet.amount_columns(row.block):
                operand = sheet.operand(position, column, by="both")
                if operand is None or operand.amount.value or operand.ref is None:
                    continue
                key = book.key(sheet, column, row)
                said = {n: v for n in ("flow", "fund", "nature", "item", "measure") if (v := getattr(key, n))}
                fact = Fact(operand.amount, operand.ref, operand.place, operand.label, said)
                found.setdefault((row.label, tuple(said.items())), fact)
    return list(found.values())


def _blank_items(book: Book) -> dict[tuple[str, str], Fact]:
    """(item, measure) -> its blank cell of the 三公 table, where that holds no figure at all; empty where it holds some."""
    tables = [t for t in book.tables if t.form == "three-public"]
    cells = [c for t in tables for i in t.body_indices() for c in t.grid[i] if c is not None]
    if not cells or any((parse_number(c.flat) or 0) % 1 or (parse_number(c.flat) or 0) > MAX_ORDINAL for c in cells):
        return {}
    if any(a.value for t in tables for a in t.amounts.values()):
        return {}
    table = tables[0]
    row, last = len(table.grid) - 1, len(table.grid[-1]) - 1
    title = table.title or table.form_name
    found: dict[tuple[str, str], Fact] = {}
    for col, label, item, measure in (
        *(
            (c.index, f"{title}·{column_label(c)}", c.aspects.get("item", ""), c.aspects.get("measure", ""))
            for c in table.columns
        ),
        *((last, title, item, measure) for item in ITEMS - {"operation"} for measure in ("", "outturn")),
    ):
        cell = table.cell(row, col)
        place = cell.place if cell is not None else table.place
        found.setdefault((item, measure), Fact(Amount("", Decimal(0)), CellRef(table.id, row, col), place, label, {}))
    found.pop(("", ""), None)
    return found


def another_year(claim: Claim, year: int | None) -> bool:
    """Whether the words right before a figure say that it is another year's."""
    clause = _STOP.split(claim.lead)[-1]
    named = _YEAR.findall(clause[clause.rfind(")") + 1 :])
    return bool(_LAST_YEAR.search(clause)) or bool(named and year is not None and int(named[-1]) != year)


def item_claims(book: Book) -> Mapping[str, Sequence[Claim]]:
    """Item -> the amounts of this year that the text gives for it in the clause of the amount. Use through ``book.once``."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in book.claims:
        item = aspects(_CLAUSE.split(claim.lead)[-1]).get("item", "")
        own = not claim.percent and claim.role in ("value", "outturn")
        if item and own and not another_year(claim, book.profile.year):
            found[item].append(claim)
    return found


def equal(claim: Claim, fact: Fact) -> bool:
    """Whether a table's figure prints as the claim's does: rounded or cut off where the table is the finer one."""
    gap = fact.amount.value - claim.amount.value
    if fact.amount.half < claim.amount.half:
        return -claim.amount.half <= gap < 2 * claim.amount.half
    if fact.amount.half > claim.amount.half:
        return abs(gap) <= fact.amount.half
    return not gap


def residue(claim: Claim, fact: Fact) -> bool:
    """Whether two figures differ by no more than rounding their parts can add up to."""
    return abs(fact.amount.value - claim.amount.value) <= 3 * max(claim.amount.half, fact.amount.half)


def compared(rule: str, claim: Claim, fact: Fact, verdict: Verdict, confidence: float = 0.9) -> Check:
    """A check of an amount of the text against a figure of a table; the confidence is that of a failure."""
    failed = verdict is Verdict.FAILED
    return Check(
        rule=rule,
        kind="statement" if failed and fact.amount.blank else "same",  # a blank table is no figure to be put right
        verdict=verdict,
        target=claim.operand(),
        operands=(Operand(fact.label, fact.amount, fact.place, fact.ref),),
        expected=fact.amount.value,
        slack=claim.amount.half + fact.amount.half,
        quote=claim.quote,
        message=_difference(claim, fact) if failed else _last_digit(claim, fact) if verdict is Verdict.ROUNDING else "",
        confidence=confidence if failed else 1.0,
    )


def _last_digit(claim: Claim, fact: Fact) -> str:
    printed = in_unit(fact.amount.value, claim.amount.unit, max(claim.places, 2))
    return _("文字写 {said}，表中“{label}”为 {figure}，只差尾数").format(
        said=claim.amount.text, label=fact.label, figure=printed
    )


def _difference(claim: Claim, fact: Fact) -> str:
    said = claim.sentence.text[claim.start : claim.end]
    ratio = max(claim.amount.value, fact.amount.value) / (min(claim.amount.value, fact.amount.value) or 1)
    if abs(ratio - YUAN_PER_WAN) < YUAN_PER_WAN / 100:
        name, unit = (_("万元"), YUAN_PER_WAN) if claim.amount.unit < YUAN_PER_WAN else (_("元"), YUAN)
        figure = _("{figure}{unit}").format(figure=in_unit(fact.amount.value, unit, max(claim.places, 2)), unit=name)
        return _("文字写 {said}，表中“{label}”为 {figure}：数字相同，单位不符").format(
            said=said, label=fact.label, figure=figure
        )
    printed = in_unit(fact.amount.value, claim.amount.unit, max(claim.places, 2))
    stands = _("没有数") if fact.amount.blank else _("为 {figure}").format(figure=printed)
    return _("文字写 {said}，表中“{label}”{stands}").format(said=claim.amount.text, label=fact.label, stands=stands)
