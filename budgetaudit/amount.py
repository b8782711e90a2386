"""Printed text and unit to Amount: Decimal from the first character on, with the interval that printing implies."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from budgetaudit.model import Amount

YUAN = Decimal(1)
FEN = Decimal("0.01")
UNITS: dict[str, Decimal] = {
    "元": YUAN,
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
"""Yuan per printed unit."""

_NUMBER = re.compile(r"[(]?[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+(?:,\d+)*)?(?:\.\d+)?[)]?")
_DASHES = frozenset("-—–－_/\\―─一")
_REMEMBERED = 8192
"""Texts whose meaning is kept: a document prints few texts and each of them often."""


def normalise(text: str) -> str:
    """Text in NFKC without any white space: the form in which words are compared."""
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


@lru_cache(maxsize=_REMEMBERED)
def parse_number(text: str) -> Decimal | None:
    """The number that a whole cell prints, in its printed unit; None where it prints anything else or nothing.

    Thousands separators may be missing or uneven, as real documents have them; brackets mean a negative amount.
    """
    squashed = normalise(text).replace("−", "-").replace("，", ",").lstrip("¥￥")
    if not any(c.isdigit() for c in squashed) or not _NUMBER.fullmatch(squashed):
        return None
    bracketed = squashed.startswith("(") and squashed.endswith(")")
    digits = squashed.strip("()").replace(",", "")
    try:
        value = Decimal(digits)
    except ArithmeticError:
        return None
    return -value if bracketed else value


@lru_cache(maxsize=_REMEMBERED)
def is_blank(text: str) -> bool:
    """True for nothing, and for the dashes that stand for nothing."""
    squashed = normalise(text)
    return not squashed or all(c in _DASHES for c in squashed)


@lru_cache(maxsize=_REMEMBERED)
def decimals(text: str) -> int:
    """Digits after the decimal point of a printed number."""
    squashed = normalise(text).rstrip(")")
    return len(squashed.rpartition(".")[2]) if "." in squashed else 0


def printed_decimals(texts: Iterable[str]) -> int:
    """The precision of a series: trailing zeros are dropped freely, so the longest print counts.

    Where the usual prints keep their zeros (20.00), a single longer one among them is a slip, not the precision.
    """
    printed = [(decimals(text), normalise(text).rstrip(")")) for text in texts if parse_number(text) is not None]
    counts = Counter(places for places, _ in printed)
    longest = max(counts, default=0)
    if counts[longest] > 1:
        return longest
    usual = max(counts, key=lambda places: (counts[places], places), default=0)
    kept = usual > 0 and any(places == usual and text.endswith("0") for places, text in printed)
    return usual if kept and counts[usual] > 1 else longest


def half_unit(places: int, unit: Decimal) -> Decimal:
    """Half a unit of the last of ``places`` decimals, in yuan; 0 where the print is exact to the fen, or in yuan."""
    quantum = unit.scaleb(-places)
    return Decimal(0) if unit == YUAN or quantum <= FEN else quantum / 2


def amount(text: str, unit: Decimal, places: int) -> Amount | None:
    """The Amount that a cell prints; a blank cell is an Amount of zero, None means unreadable.

    ``places`` is the precision of the series the cell belongs to (see printed_decimals); a longer print has its own.
    """
    if is_blank(text):
        return Amount(text=text.strip(), value=Decimal(0), half=Decimal(0), unit=unit)
    number = parse_number(text)
    if number is None:
        return None
    return Amount(
        text=text.replace("\n", "").strip(),
        value=number * unit,
        half=half_unit(max(places, decimals(text)), unit),
        unit=unit,
    )


def in_unit(value: Decimal, unit: Decimal, places: int | None = None) -> str:
    """A value in yuan as it would be printed in ``unit``, with thousands separators."""
    quotient = value / unit
    if places is None:
        text = f"{quotient.normalize():,f}"
        return "0" if text in ("-0", "0") else text
    return f"{round(quotient, places):,f}"


def money(value: Decimal, like: Amount) -> str:
    """A value in yuan in the unit of ``like``, with its decimals at least and no digit lost."""
    unit = like.unit if like.unit > 0 else YUAN
    exponent = (value / unit).normalize().as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    return in_unit(value, unit, max(0, needed, decimals(like.text)))
