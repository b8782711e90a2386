"""Comparisons of the text that follow no figure directly: which of the figures around them they speak of, if any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from budgetaudit.facts import Book
from budgetaudit.model import Relation
from budgetaudit.narrative.claims import Claim, pattern, plain, words
from budgetaudit.rules.outline import Item, outline
from budgetaudit.rules.prose import meets
from budgetaudit.rules.relations import HUNDRED, Interval, interval, percentage, plus

MAX_NAMED = 2
_VALUES = ("value", "outturn")
_COMPARISON = re.compile(
    r"(?:^|[，,。；;：:、()])([^，,。；;：:、()]*?)(?:较|比|与|同)(?:上年|去年|20\d\d年)[^，,。；;]*$"
)

_CLAUSE = re.compile(r"[，,。；;：:、()]")
_DIRECTION = re.compile(rf"(?:{'|'.join((*words('direction', 'up'), *words('direction', 'down')))})+(?:了|约)?$")
_BEFORE = re.compile(r"(?:^|[，,。；;：:、()])(?!主要|用于)([^，,。；;：:、()]+)[，,](?:较|比|与|同)[^，,。；;]*$")
"""The clause before a comparison that begins its own."""


@dataclass(frozen=True, slots=True)
class Around:
    """A comparison (a change and its rate) with the figures around it.

    ``own`` are those that it may speak of by its place, the nearest first: its paragraph's and those of the items above
    it. ``fitting`` is the first of them that it fits, ``elsewhere`` are other items of the section that it fits.
    """

    own: tuple[Claim, ...]
    fitting: Claim | None
    new: Claim | None
    elsewhere: tuple[Claim, ...]
    loose: bool
    """Whether words that name no money stand right before it (支撑构建较2029年增加……)."""


def around(book: Book, paragraph: Sequence[Claim], change: Claim, growth: Claim) -> Around | None:
    """What a change and its rate may speak of; None where there is nothing to compare it with, or it says nothing.

    ``paragraph`` are the figures of its paragraph before it.
    """
    lead = plain(change.lead)
    if not change.amount.value or not pattern("comparison", "with").search(lead):
        return None
    items = book.once(outline)
    own = [c for c in reversed(paragraph) if _counts(c)] + [c for c in _above(items, change) if _counts(c)]
    if not own:
        return None
    fitting = next((c for c in own if _fits(interval(c.amount), change, growth)), None)
    new = next((c for c in own if c.amount.value == change.amount.value), None) if fitting is None else None
    if new is not None and growth.direction < 0:
        return None
    custom = new is not None and growth.amount.value == HUNDRED
    if fitting is None and not custom and _otherwise(paragraph, change, growth):
        return None
    found = _COMPARISON.search(lead)
    subject = found[1] if found is not None else _DIRECTION.sub("", _CLAUSE.split(lead)[-1])
    if fitting is None and new is None and not _speaks_of(lead, subject, own):
        return None
    return Around(
        own=tuple(own),
        fitting=fitting,
        new=new,
        elsewhere=tuple(islice(_elsewhere(items, change, growth), MAX_NAMED)) if fitting is None else (),
        loose=found is not None and bool(subject) and not subject.endswith(words("comparison", "subject")),
    )


def _speaks_of(lead: str, subject: str, own: Sequence[Claim]) -> bool:
    """Whether a comparison can be about one of the figures at all: not where it names what it speaks of itself."""
    before = _BEFORE.search(lead)
    named = subject or (before[1] if before is not None else "")
    if "其中" in lead:
        return False
    return not named.endswith(words("comparison", "subject")) or any(named in plain(c.quote) for c in own)


def _otherwise(paragraph: Sequence[Claim], change: Claim, growth: Claim) -> bool:
    """Whether the paragraph names the base itself, or the comparison fits the sum of several of its figures."""
    return any(_quotient(c, change, growth) for c in paragraph if not c.percent) or any(
        _fits(total, change, growth) for total in _sums(paragraph)
    )


def _fits(value: Interval, change: Claim, growth: Claim) -> bool:
    """Whether a change and its rate fit a figure of this year."""
    relation = Relation.GROWTH if growth.direction > 0 else Relation.DECLINE
    exact = percentage(relation, value, interval(change.amount))
    return exact is not None and exact[0] > 0 and meets(growth, exact)


def _sums(paragraph: Sequence[Claim]) -> Iterator[Interval]:
    """Sums of the last two, three ... figures of a paragraph: what a sentence after a list may speak of."""
    values = [interval(c.amount) for c in reversed(paragraph) if _counts(c)]
    yield from list(accumulate(values, plus))[1:]


def _counts(claim: Claim) -> bool:
    return not claim.percent and claim.role in _VALUES and claim.amount.value > 0


def _quotient(base: Claim, change: Claim, growth: Claim) -> bool:
    """Whether a figure is the base of the rate itself."""
    exact = percentage(Relation.QUOTIENT, interval(change.amount), interval(base.amount))
    return exact is not None and meets(growth, exact)


def _above(items: Sequence[Item], claim: Claim) -> Iterator[Claim]:
    """Figures of the paragraphs that stand over a claim's paragraph: of lower levels, and those without a number."""
    paragraph = claim.sentence.paragraph
    at = next((i for i, item in enumerate(items) if any(c.sentence.paragraph == paragraph for c in item.claims)), 0)
    level = items[at].level if items else 0
    if not level:  # a paragraph after a list may speak of any of it
        yield from (c for item in reversed(items[:at]) if item.section == claim.sentence.section for c in item.claims)
        return
    for item in reversed(items[:at]):
        if item.section[:1] != claim.sentence.section[:1]:
            return
        if item.level < level:
            yield from item.claims
            level = item.level or level


def _elsewhere(items: Sequence[Item], change: Claim, growth: Claim) -> Iterator[Claim]:
    section = change.sentence.section
    for item in items:
        first = item.first("value") if item.section == section and item.level else None
        if first is not None and _counts(first) and _fits(interval(first.amount), change, growth):
            yield first
