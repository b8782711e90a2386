"""What a document states of the year before: in columns of its tables and in sentences that compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Operand
from budgetaudit.narrative.claims import Claim, between, pattern, plain
from budgetaudit.rules.base import compare

MAX_GAP = 40
_SAME = re.compile(
    r"^元?[,，]?(?:[（(])?(?:与|和|同|较|比)?(?:上年|去年|20\d\d年)[^,，。；;]{0,12}?(?:一致|持平|相同|相等|无变化|没有变化)"
)
_OTHER_BASE = {"budget": re.compile("执行|决算|完成"), "final-account": re.compile("预算|年初")}
_SUBJECT = re.compile(r"(?:收入|支出|经费|费用?|资金|预算|拨款)(?:总计|合计|数|额)?$")
_CHANGE_LEAD = re.compile(r"(?:比|较|与|同)(?:上年|去年|(?P<year>20\d\d)年)(?:度)?[^,，。；;]{0,24}?$")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of this year with what the text says of the year before: by a change, by equality, or outright.

    ``value`` is None where the text gives last year's figure without this year's.
    """

    value: Claim | None
    said: Claim
    how: str  # change, same or prior

    @property
    def subject(self) -> Claim:
        """The claim whose words say what it is about."""
        return self.value or self.said

    @property
    def base(self) -> Decimal:
        """The figure of the year before that follows, in yuan."""
        if self.how == "change" and self.value is not None:
            return self.value.amount.value - self.said.direction * self.said.amount.value
        return self.said.amount.value

    def check(self, rule: str, last: Operand, label: str) -> Check:
        """The printed figure against what follows from last year's document."""
        named = replace(last, label=f"{label}·{last.label}")
        if self.how != "change" or self.value is None:
            return compare(rule, "same", self.said.operand(), [named])
        sign = self.said.direction
        value = replace(self.value.operand(), sign=sign)
        operands = [value, replace(named, sign=-sign)]
        return compare(
            rule, "sum", self.said.operand(), operands, _("增减额 = 本年数与{label}的数之差").format(label=label)
        )


def stated(book: Book) -> Iterator[Stated]:
    """Every comparison of the text with the year before, in order."""
    year = book.profile.year
    other_base = _OTHER_BASE.get(book.profile.kind)
    before: Claim | None = None
    for claim in book.claims:
        if claim.percent or claim.role == "aside":
            continue
        if before is not None and before.sentence.paragraph != claim.sentence.paragraph:
            before = None
        lead = plain(claim.lead)
        if claim.role == "change":
            found = _CHANGE_LEAD.search(lead)
            if (
                before is not None
                and found is not None
                and (found["year"] is None or year is None or int(found["year"]) == year - 1)
                and not (other_base and other_base.search(found.group()))
                and not _SUBJECT.search(re.split(r"[,，。；;]", found.string[: found.start()])[-1])
                and _near(before, claim, book)
            ):
                yield Stated(before, claim, "change")
            continue
        if claim.role == "prior":
            if not (other_base and other_base.search(re.split("[,，。；;]", lead)[-1])) and _last_year(lead, year):
                yield Stated(None, claim, "prior")
            continue
        if claim.role == "value":
            before = claim
            after = plain(claim.sentence.text[claim.end :])
            if (found := _SAME.search(after)) and not (other_base and other_base.search(found.group())):
                yield Stated(claim, claim, "same")


def _near(value: Claim, change: Claim, book: Book) -> bool:
    """Whether a change speaks of the figure before it: no other sentence between them but what the money is for."""
    gap = between(value, change, book.narrative)
    comparison = pattern("comparison", "with").search(gap)
    return comparison is not None and len(re.findall("[。；]", gap)) <= 1 and "其中" not in gap


def _last_year(lead: str, year: int | None) -> bool:
    named = re.findall(r"(20\d\d)年", lead)
    return "上年" in lead or "去年" in lead or bool(named and year and int(named[-1]) == year - 1)
