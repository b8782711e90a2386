"""The outline of the text: numbered paragraphs with their amounts, and what each group of them details."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.narrative.claims import Claim, between, plain
from budgetaudit.rules.base import ZERO
from budgetaudit.rules.prose import digits, slips
from budgetaudit.vocabulary import aspects, squash, strip_numbering

_NUMERALS = {n: i for i, n in enumerate("一二三四五六七八九", 1)}
_LEVELS = (
    (1, re.compile(r"^\s*([一二三四五六七八九十]{1,3})\s*[、.．]")),
    (2, re.compile(r"^\s*[(（]([一二三四五六七八九十]{1,3})[)）]")),
    (3, re.compile(r"^\s*(\d{1,2})\s*(?:[、．]|\.(?!\d))")),
    (4, re.compile(r"^\s*[(（]?(\d{1,2})[)）]")),
)
MIN_SLIPPED = 3
MAX_PARTS, MAX_LEAD = 40, 40
_FOLLOWS = re.compile(r"^[^，。；]{0,6}[，。；、（(：:]?[^，。；]{0,12}(?:其中|包括|用于|分别|如下|下列|由(?!于))")
_NESTED = re.compile(r"其中|包括|含")
_AMONG = re.compile(r"其中|包括")
_WORDS_AROUND = re.compile(
    r"^(?:其中|包括|主要包括|分别为|和|及|以及)|(?:预算|决算|安排|支出|收入|总计|合计|数|为|是|共计)*$"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph that is numbered or holds amounts. ``level`` is 0 where it is not numbered."""

    level: int
    number: int
    text: str
    claims: tuple[Claim, ...]
    section: tuple[str, ...]

    def first(self, role: str) -> Claim | None:
        """Its first amount of a role."""
        return next((c for c in self.claims if c.role == role), None)

    @property
    def label(self) -> str:
        """What it is about: its words up to the first amount or stop, bare."""
        first = self.claims[0] if self.claims else None
        end = first.start if first is not None and first.sentence.text == self.text else len(self.text)
        return label(re.split(r"[，。；：,;:]", self.text[:end])[0])


@dataclass(frozen=True, slots=True)
class Detail:
    """A paragraph and the run of numbered ones that details it."""

    above: Item | None
    items: tuple[Item, ...]


def label(text: str) -> str:
    """A name without its numbering, the words that join it to its neighbours, and fillers at its end."""
    bare = strip_numbering(squash(text))
    return _WORDS_AROUND.sub("", _WORDS_AROUND.sub("", bare)) or bare


def outline(book: Book) -> list[Item]:
    """Paragraphs of the text in order, as far as they are numbered or hold amounts."""
    amounts: dict[int, list[Claim]] = {}
    for claim in book.claims:
        if not claim.percent:
            amounts.setdefault(claim.sentence.paragraph, []).append(claim)
    found: list[Item] = []
    seen: set[int] = set()
    for sentence in book.narrative.sentences:
        if sentence.paragraph in seen:
            continue
        seen.add(sentence.paragraph)
        level, number = numbered(sentence.text)
        claims = tuple(amounts.get(sentence.paragraph, ()))
        if level or claims:
            found.append(Item(level, number, sentence.text, claims, sentence.section))
    return found


def numbered(text: str) -> tuple[int, int]:
    """Level and number of a paragraph's numbering; (0, 0) where it has none."""
    for level, pattern in _LEVELS:
        found = pattern.match(text)
        if found:
            return level, _value(found.group(1))
    return 0, 0


def _value(text: str) -> int:
    if text.isascii():
        return int(text)
    tens, ten, units = text.partition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(units if ten else tens, 0)


def details(items: Sequence[Item]) -> Iterator[Detail]:
    """Runs of numbered paragraphs that count up without a gap, with the paragraph above each.

    A deeper run, and plain paragraphs, may stand between two of them. A run need not begin with 1: under a second
    parent the numbers may go on.
    """
    for index, first in enumerate(items):
        if not first.level or (first.number > 1 and not (index and 0 < items[index - 1].level < first.level)):
            continue
        run = [first]
        for item in items[index + 1 :]:
            if 0 < item.level < first.level or item.section[:1] != first.section[:1]:
                break
            if item.level == first.level:
                if item.number != run[-1].number + 1:
                    break
                run.append(item)
        above = items[index - 1] if index else None
        if above is not None and (above.level >= first.level or above.section != first.section):
            above = None
        yield Detail(above, tuple(run))


@dataclass(frozen=True, slots=True)
class Listing:
    """A figure and the figures that may detail it: those after it, of its role, on its level or below."""

    whole: Claim
    following: tuple[Claim, ...]
    introduced: bool
    """Whether words such as 其中 and 包括 stand between; else the figure ends its paragraph."""


def listings(book: Book, roles: Sequence[str]) -> Iterator[Listing]:
    """Figures with a listing after them: introduced by words, or in the paragraphs that follow."""
    values = [c for c in book.claims if not c.percent and c.role in roles]
    for index, whole in enumerate(values[:-1]):
        if not whole.amount.value:
            continue
        after = values[index + 1]
        rest = plain(whole.sentence.text[whole.end :])
        runs_on = len(rest) < 3 and after.sentence is not whole.sentence
        introduced = bool(_FOLLOWS.match(rest)) or (
            after.sentence.paragraph == whole.sentence.paragraph
            and bool(_AMONG.search(between(whole, after, book.narrative)[-MAX_LEAD:]))
        )
        if introduced or runs_on:
            yield Listing(whole, tuple(values[index + 1 : index + 1 + MAX_PARTS]), introduced)


def complete(listing: Listing) -> list[Claim]:
    """The first figures of a listing that add up to the whole, as far as it can reach; empty where none do.

    Figures in brackets and after 其中 detail the figure before them: they count where it takes them to add up.
    """
    own = _adding_up(listing.whole, level_with(listing.whole, listing.following))
    return own or _adding_up(listing.whole, listing.following)


def _adding_up(whole: Claim, following: Sequence[Claim]) -> list[Claim]:
    parts: list[Claim] = []
    total, slack = ZERO, whole.amount.half
    above = whole.sentence.section
    met = False
    for part in following:
        if part.role != whole.role or part.sentence.section[:-1] != above[: len(part.sentence.section[:-1])]:
            break
        if met and (part.amount.value or part.sentence.paragraph != parts[-1].sentence.paragraph):
            break
        parts.append(part)
        total += part.amount.value
        slack += part.amount.half if part.amount.value else ZERO
        if total > whole.amount.value + slack:
            return []
        met = met or (len(parts) > 1 and abs(total - whole.amount.value) <= slack and part.amount.value != 0)
    return parts if met else []


def level_with(whole: Claim, following: Sequence[Claim]) -> list[Claim]:
    """The figures of a listing on its own level, to the end of its paragraph."""
    found: list[Claim] = []
    for part in following:
        if part.role != whole.role or part.sentence.paragraph != whole.sentence.paragraph:
            break
        if not _below(part, whole, found):
            found.append(part)
    return found


def _below(part: Claim, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether a figure details the part before it: in brackets, or after 其中 and 包括."""
    before = plain(part.sentence.text[: part.start])
    if part.sentence is whole.sentence:
        before = before[whole.end :]
    if before.count("(") > before.count(")"):
        return bool(parts)
    clause = re.split(r"[;；。]", before)[-1]
    last = parts[-1] if parts else None
    return last is not None and last.sentence is part.sentence and bool(_NESTED.search(clause[-40:].split("元")[-1]))


def slipped(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether a slip in one of the figures (another digit, two swapped, one more or less) explains the whole gap."""
    gap = whole.amount.value - sum((c.amount.value for c in parts), ZERO)
    slack = sum((c.amount.half for c in (whole, *parts) if c.amount.value), ZERO)
    return any(slip_of(c, c.amount.value + sign * gap, slack) for c, sign in ((whole, -1), *((p, 1) for p in parts)))


def slip_of(claim: Claim, right: Decimal, slack: Decimal = ZERO) -> bool:
    """Whether a figure is the right one (yuan, give or take the slack) with a slip in its digits."""
    unit, places = claim.amount.unit, claim.places
    text = digits(claim.amount.value, unit, places)
    if right <= 0 or len(text.strip("0")) < MIN_SLIPPED:
        return False
    quantum = unit.scaleb(-places)
    return any(slip and abs(int(slip) * quantum - right) <= slack for slip in slips(text))


def closed(whole: str, parts: Sequence[str]) -> bool:
    """Whether parts are by their names all that a whole can have: 三公 and its three items, 基本 and 项目."""
    said = [aspects(text) for text in parts]
    items = {s.get("item", "") for s in said}
    if aspects(whole).get("item") == "three-public":
        return {"overseas", "reception"} <= items and bool(items & {"vehicles", "vehicle-running"})
    if aspects(whole).get("item") == "vehicles":
        return items == {"vehicle-purchase", "vehicle-running"}
    return {s.get("nature", "") for s in said} == {"basic", "project"}
