"""What shares of the text are shares of: a figure before them, the sum of their parts, or the total that their words name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetaudit.amount import in_unit
from budgetaudit.facts import Book
from budgetaudit.lang import N_, _
from budgetaudit.model import Amount, Operand
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.base import ZERO
from budgetaudit.rules.outline import closed, label
from budgetaudit.rules.prose import meets
from budgetaudit.rules.relations import HUNDRED, Interval, interval, percent
from budgetaudit.vocabulary import aspects, squash

THREE = "三公经费"
SUMMED = N_("各项合计")
"""The label of a whole that is printed nowhere."""
MIN_ALL = 3
"""Shares from which all but one can convict that one without a printed total."""
_FLOW = re.compile(
    r"(?:[本当全]年|年度|本?部门|本?单位|总|全部|各项|预算|决算|安排|合计|基本|项目|财政拨款|一般公共预算|政府性基金|国有资本经营)*"
    r"(收入|支出)(?:预算|决算)?(?:总额|总计|合计|总数|数)?"
)
"""Words that name the document's own total, and nothing else (占营业收入的, 占全市收入的)."""
_TOTAL = re.compile(
    r"(?:(收入|支出)(?:预算|决算)?(?:总计|合计|总额)|(?:年度?|^)(?:本年|总)?(收入|支出)(?:总?预算|决算))(?:数|为|是)*$"
)


@dataclass(frozen=True, slots=True)
class Share:
    """An amount and the share that the text gives it; ``of`` are the words that name its whole, empty where none do.

    ``defined`` says that the words define the whole, so that no other figure nearby can be meant.
    """

    part: Claim
    share: Claim
    of: str = ""
    defined: bool = False

    def exact(self, whole: Operand) -> Interval | None:
        """The share that the figures make, in per cent; None where the whole may be zero."""
        return percent(interval(self.part.amount), interval(whole.amount))

    def fits(self, whole: Operand) -> bool:
        """Whether it is a share of this whole."""
        exact = self.exact(whole)
        return exact is not None and meets(self.share, exact)


@dataclass(frozen=True, slots=True)
class Whole:
    """The figure that shares are shares of. ``printed`` says whether it stands in the document, or is the parts' sum."""

    operand: Operand
    printed: bool = True
    sure: bool = True
    """Whether no other figure may be meant."""


def whole_of(book: Book, shares: Sequence[Share], before: Sequence[Claim]) -> Whole | None:
    """The whole of a group of shares; None where nothing tells it. ``before`` are the figures before the group."""
    summed = _summed(shares)
    if summed is not None and closed(THREE, [label(s.part.quote) for s in shares]):
        return _printed(book, summed, before)
    telling = [s for s in shares if s.part.amount.value or s.share.amount.value]
    if any(share.defined for share in telling):
        return _named(book, telling)
    telling = [s for s in telling if nested(telling, s) is None] or telling
    summed = _summed(telling)
    return (
        _stated(telling, before)
        or (_all_parts(book, telling, summed, before) if summed is not None else None)
        or _named(book, telling)
    )


def nested(shares: Sequence[Share], share: Share) -> Operand | None:
    """The part of an earlier share that a share is a share of (其中：人员经费 40.00 万元，占基本支出的……)."""
    earlier = shares[: shares.index(share)]
    parts = (s.part.operand() for s in reversed(earlier) if s.part.amount.value > share.part.amount.value)
    return next((part for part in parts if share.fits(part)), None)


def others(book: Book, share: Share, whole: Whole) -> Iterator[Operand]:
    """Other totals of the tables that a share fits, the best known first: what it was counted of instead."""
    if not share.part.amount.value or not share.share.amount.value:
        return
    for series in book.series:
        for operand in series.total[:1]:
            if len(series.total) == 1 and operand.amount.value != whole.operand.amount.value and share.fits(operand):
                yield operand


def _stated(shares: Sequence[Share], before: Sequence[Claim]) -> Whole | None:
    """The figure before the group that makes most of its shares fit, or that its parts add up to."""
    scores = [(sum(s.fits(c.operand()) for s in shares), c) for c in reversed(before) if c.amount.value]
    if not scores:
        return None
    best, whole = max(scores, key=lambda score: (score[0], _adds_up(shares, score[1])))
    few = best * 2 < len(shares) or (best < 2 and len(shares) > 1)
    return Whole(whole.operand()) if best and (not few or _adds_up(shares, whole)) else None


def _adds_up(shares: Sequence[Share], whole: Claim) -> bool:
    """Whether the parts of two or more shares are the whole: then it is theirs, however few shares fit."""
    gap = abs(sum((s.part.amount.value for s in shares), ZERO) - whole.amount.value)
    return len(shares) > 1 and gap <= whole.amount.half + sum((s.part.amount.half for s in shares), ZERO)


def _summed(shares: Sequence[Share]) -> Operand | None:
    """The sum of the parts of two or more shares as a figure of its own."""
    total = sum((s.part.amount.value for s in shares), ZERO)
    if len(shares) < 2 or not total:
        return None
    unit, places = shares[0].part.amount.unit, max(s.part.places for s in shares)
    half = sum((s.part.amount.half for s in shares), ZERO)
    return Operand(_(SUMMED), Amount(in_unit(total, unit, places), total, half, unit), shares[0].part.place)


def _all_parts(book: Book, shares: Sequence[Share], summed: Operand, before: Sequence[Claim]) -> Whole | None:
    """The sum of the parts, where the shares say that they are all: together they are 100 %, or all but one fit."""
    said = sum((s.share.amount.value for s in shares), ZERO)
    step = sum((s.share.amount.half for s in shares), ZERO) * 2
    fitting = sum(s.fits(summed) for s in shares)
    whole = abs(said - HUNDRED) <= step or (len(shares) >= MIN_ALL and fitting == len(shares) - 1)
    return _printed(book, summed, before) if whole and fitting else None


def _printed(book: Book, summed: Operand, before: Sequence[Claim]) -> Whole:
    """The sum of parts as it is printed: before them, or in a table; else the sum itself."""
    for claim in reversed(before):
        if abs(claim.amount.value - summed.amount.value) <= claim.amount.half + summed.amount.half:
            return Whole(claim.operand())
    for series in book.series:
        for total in series.total:
            if len(series.total) == 1 and abs(total.amount.value - summed.amount.value) <= summed.amount.half:
                return Whole(total)
    return Whole(summed, printed=False)


def _named(book: Book, shares: Sequence[Share]) -> Whole | None:
    """The total of the tables or of the text that the words of a single share name (占本年支出合计的)."""
    if len(shares) > 1 or not shares[0].of:
        return None
    (share,) = shares
    found = [*_of_tables(book, share.of), *_of_text(book, share)]
    fitting = [operand for operand in found if share.fits(operand)]
    if fitting:
        return Whole(fitting[0])
    alone = len({o.amount.value for o in found}) == 1 and not aspects(share.of).get("nature")
    return Whole(found[0], sure=alone) if found else None  # project money may be meant as budgeted, not as spent


def _of_tables(book: Book, words: str) -> Iterator[Operand]:
    said, flow = aspects(words), _FLOW.fullmatch(squash(words))
    item = said.get("item", "")
    if not item and flow is None:
        return
    side = "income" if flow is not None and flow[1] == "收入" else "expenditure"
    for series in book.series:
        key = series.key
        same = (key.fund, key.nature, key.item) == (said.get("fund", ""), said.get("nature", ""), item)
        if same and not key.measure and key.flow in ("", side) and len(series.total) == 1:
            yield from (total for total in series.total if total.amount.value)


def _of_text(book: Book, share: Share) -> Iterator[Operand]:
    """Totals of the same side that the text states outright (支出总计 1,234.00 万元)."""
    flow = _FLOW.fullmatch(squash(share.of))
    said = aspects(share.of)
    if flow is None or said.get("fund") or said.get("nature"):
        return
    for claim in book.claims:
        if claim.percent or claim.role not in ("value", "outturn") or not claim.amount.value:
            continue
        found = _TOTAL.search(squash(re.split(r"[，,；;。：:]", claim.lead)[-1]))
        if found is not None and flow[1] in found.groups():
            yield claim.operand()
