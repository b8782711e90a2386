"""Amounts and percentages of the text: what each one is, in which direction, and the words before it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources

from budgetaudit.amount import UNITS, decimals
from budgetaudit.model import Amount, Operand, Place
from budgetaudit.narrative import Narrative, Sentence

_WIDE = str.maketrans({chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0x21 + i) not in ",;:"} | {"﹪": "%"})
_FIGURE = re.compile(r"(?<![\d.])(-?\d[\d,]*(?:\.\d+)?)(亿元|百万元|万元|千元|元|万(?=[。；，、)（(;,]|$)|%)")
_BOUNDARY = re.compile(r"[，。；：、（(,;:]")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
YUAN_PER_WAN = UNITS["万元"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One amount or percentage of the text.

    ``role`` is value, change, prior, initial-budget, full-budget, outturn, share, growth, completion or aside (a
    threshold, a rate per unit). ``direction`` is +1 or -1 for changes and growths. ``lead`` are the words since the
    figure before it; ``amount`` is in yuan, for a percentage in per cent. ``bare`` says that 元 is missing after 万.
    """

    sentence: Sentence
    start: int
    end: int
    amount: Amount
    percent: bool
    role: str
    direction: int
    lead: str
    bare: bool = False

    @property
    def place(self) -> Place:
        """Where the figure is printed."""
        return self.sentence.place_at(self.start)

    @property
    def places(self) -> int:
        """Printed decimals."""
        return decimals(re.sub(r"[^\d.]", "", self.amount.text))

    @property
    def quote(self) -> str:
        """The clause of the figure, with what follows up to the next stop."""
        text = self.sentence.text
        begin = max(self.start - 40, 0)
        cut = max((m.end() for m in re.finditer(r"[，。；：,;]", text[begin : self.start])), default=0)
        return text[begin + cut : self.end]

    def operand(self, label: str = "") -> Operand:
        """The figure as an operand of a check."""
        return Operand(label or self.quote, self.amount, self.place)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files("budgetaudit").joinpath("data", "phrases.toml").read_text("utf-8"))


def words(section: str, key: str) -> tuple[str, ...]:
    """A list of phrases. Raises KeyError for a list that does not exist."""
    return tuple(_phrases()[section][key])


@lru_cache(maxsize=64)
def pattern(section: str, key: str, tail: str = "") -> re.Pattern[str]:
    """A list of phrases as one expression, with what may follow it."""
    return re.compile("(?:" + "|".join(re.escape(w) for w in words(section, key)) + ")" + tail)


def plain(text: str) -> str:
    """Text in half-width letters, character for character, so that offsets stay."""
    return text.translate(_WIDE)


def claims(narrative: Narrative, year: int | None) -> list[Claim]:
    """Every amount and percentage of the sentences, in order."""
    return [claim for sentence in narrative.sentences for claim in sentence_claims(sentence, year)]


def sentence_claims(sentence: Sentence, year: int | None) -> Iterator[Claim]:
    """Amounts and percentages of one sentence."""
    text = plain(sentence.text)
    last = 0
    for match in _FIGURE.finditer(text):
        number, unit = match.groups()
        lead = text[last : match.start()]
        last = match.end()
        try:
            value = Decimal(number.replace(",", ""))
        except ArithmeticError:
            continue
        percent = unit == "%"
        scale = Decimal(1) if percent else UNITS.get(unit, YUAN_PER_WAN)
        places = decimals(number)
        quantum = scale.scaleb(-places)
        half = quantum / 2 if percent or (scale > 1 and quantum > Decimal("0.01")) else Decimal(0)
        role, direction = _role(lead, text[match.end() : match.end() + 5], percent=percent, year=year)
        if role == "value" and not value and lead.endswith(words("direction", "neutral")):
            role, direction = "change", 1
        printed = number + ("%" if percent else "")
        amount = Amount(printed, value * scale, half, scale)
        yield Claim(sentence, match.start(), match.end(), amount, percent, role, direction, lead, unit == "万")


_BRACKETS = re.compile(r"[(][^()]*[)]")


def _role(lead: str, after: str, *, percent: bool, year: int | None) -> tuple[str, int]:
    near = re.sub(r"(?:了|约|为|额|幅度|率|共计|各)*$", "", lead[-24:])
    clause = _BOUNDARY.split(lead)[-1]
    direction = 0
    if near.endswith(words("direction", "up")):
        direction = 1
    elif near.endswith(words("direction", "down")):
        direction = -1
    if percent:
        if pattern("completion", "marks", "$").search(lead):
            return "completion", 0
        if direction:
            return "growth", direction
        return ("share", 0) if "占" in _BOUNDARY.split(_BRACKETS.sub("", lead))[-1] else ("aside", 0)
    if after.startswith(words("threshold", "after")) or "单价" in clause:
        return "aside", 0
    if direction:
        return "change", direction
    for role in ("initial-budget", "full-budget", "outturn"):
        if pattern("measure", role, r"[为是:：]?$").search(clause):
            named = _YEAR.findall(clause)
            return ("prior" if named and year and int(named[-1]) < year and role != "initial-budget" else role), 0
    years = _YEAR.findall(clause)
    if re.search("结转|结余", clause):
        return "value", 0
    if ("上年" in clause or (years and year is not None and int(years[-1]) < year)) and pattern(
        "measure", "prior", r"[为是]?$"
    ).search(clause):
        return "prior", 0
    return "value", 0


def by_paragraph(found: Sequence[Claim]) -> list[list[Claim]]:
    """Claims of each paragraph together, in order."""
    groups: list[list[Claim]] = []
    for claim in found:
        if groups and groups[-1][-1].sentence.paragraph == claim.sentence.paragraph:
            groups[-1].append(claim)
        else:
            groups.append([claim])
    return groups


def between(first: Claim, second: Claim, narrative: Narrative) -> str:
    """The text between two figures of one paragraph."""
    if first.sentence is second.sentence:
        return plain(first.sentence.text[first.end : second.start])
    inside = False
    parts = [first.sentence.text[first.end :]]
    for sentence in narrative.sentences:
        if sentence is second.sentence:
            break
        if inside:
            parts.append(sentence.text)
        inside = inside or sentence is first.sentence
    return plain("".join(parts) + second.sentence.text[: second.start])
