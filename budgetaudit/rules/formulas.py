"""Formulas that are written out in the text (4000元/月*12个月*3人=14.4万元): found, and reckoned again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgetaudit.amount import decimals
from budgetaudit.narrative.claims import plain
from budgetaudit.rules.prose import WAN

MAX_LENGTH, MAX_FACTOR = 160, 12
_RESULT = re.compile(r"=(\d[\d,]*(?:\.\d+)?)(万)?(?![%\d.])")
_EQUALS = re.compile("[=＝]")
_OPERATOR = re.compile(r"[*×xX+]")
_TIMES, _PLUS, _OPEN, _CLOSE = (re.compile(sign) for sign in (r"[*×xX]", r"\+", r"\(", r"\)"))
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(%|万)?")
_UNIT = re.compile(r"(?:[^\d*×xX+()=,;:，。；：、/\-]|/(?!\d)){0,12}")
"""Words of a unit after a number (元/人.月, 个月): anything that neither calculates nor stops."""
_BOUNDS = re.compile("[，。；：、,;:=]")
_Value = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as printed. ``value`` and ``result`` are in yuan (or plain units); ``step`` is one unit of the last digit
    of the result, ``unit`` what the result is printed in, ``slack`` what the rounding of its decimals can make.
    """

    start: int
    text: str
    value: Decimal
    slack: Decimal
    result: Decimal
    printed: str
    step: Decimal
    unit: Decimal


def formulas(text: str) -> Iterator[Formula]:
    """The formulas of a text that can be read as a whole."""
    if not _EQUALS.search(text):
        return
    text = plain(text)
    for match in _RESULT.finditer(text):
        start = _start(text, match.start())
        body = text[start : match.start()]
        if len(body) > MAX_LENGTH or not _OPERATOR.search(body):
            continue
        reader = _Reader(body)
        read = reader.total()
        if read is None or not reader.done:
            continue
        printed, wan = match.groups()
        unit = WAN if wan else Decimal(1)
        step = unit.scaleb(-decimals(printed))
        result = Decimal(printed.replace(",", "")) * unit
        value, slack = (part * _scale(read[0], result) for part in read)
        yield Formula(start, text[start : match.end()], value, slack, result, printed, step, unit)


def _scale(value: Decimal, result: Decimal) -> Decimal:
    """What the left side must be multiplied by where one of the sides leaves out 万."""
    if value and WAN / 2 < result / value < WAN * 2:
        return WAN
    if result and WAN / 2 < value / result < WAN * 2:
        return 1 / WAN
    return Decimal(1)


def _start(text: str, end: int) -> int:
    """Where a formula begins: after the stop before it, or inside the bracket that it stands in; at its first digit."""
    depth, at = 0, end
    while at and end - at <= MAX_LENGTH:
        character = text[at - 1]
        if character == ")":
            if at < end and text[at].isdigit():
                break  # a remark in brackets before the formula
            depth += 1
        elif character == "(":
            if not depth:
                break
            depth -= 1
        elif _BOUNDS.match(character) and not depth and not _grouped(text, at - 1):
            break
        at -= 1
    while at < end and not (text[at].isdigit() or (text[at] == "(" and text[at + 1].isdigit())):
        at += 1
    return at


def _grouped(text: str, at: int) -> bool:
    """Whether a comma parts the thousands of a number."""
    return text[at] == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 4].isdigit()


class _Reader:
    """Reads sums of products of numbers with their units; what it cannot read gives None."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._factors = 0

    @property
    def done(self) -> bool:
        """Whether all was read, with something to reckon."""
        return self._at == len(self._text) and self._factors > 1

    def total(self) -> _Value | None:
        """A sum: its value and its slack; None where it cannot be read."""
        value = self._product()
        while value is not None and self._next(_PLUS):
            other = self._product()
            value = None if other is None else (value[0] + other[0], value[1] + other[1])
        return value

    def _product(self) -> _Value | None:
        value = self._factor()
        while value is not None and self._next(_TIMES):
            other = self._factor()
            value = None if other is None else (value[0] * other[0], value[0] * other[1] + value[1] * other[0])
        return value

    def _factor(self) -> _Value | None:
        self._factors += 1
        if self._factors > MAX_FACTOR:
            return None
        self._skip()
        if self._next(_OPEN):
            inner = self.total()
            if inner is None or not self._next(_CLOSE):
                return None
            self._skip()
            return inner
        found = _NUMBER.match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        places = decimals(found[1])
        scale = Decimal("0.01") if found[2] == "%" else WAN if found[2] else Decimal(1)
        half = Decimal(1).scaleb(-places) / 2 if places else Decimal(0)
        self._skip()
        return Decimal(found[1].replace(",", "")) * scale, half * scale

    def _skip(self) -> None:
        found = _UNIT.match(self._text, self._at)
        self._at = found.end() if found is not None else self._at

    def _next(self, sign: re.Pattern[str]) -> bool:
        found = sign.match(self._text, self._at)
        self._at += found is not None
        return found is not None
