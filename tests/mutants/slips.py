"""What a tired hand does to one printed number: texts in, texts out; None where a slip does not apply or changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from random import Random

from budgetaudit.amount import YUAN, decimals, parse_number
from tests.mutants.figures import restyled

Slip = Callable[[str, Decimal, Random], str | None]
"""From a printed number, its unit (yuan per printed unit) and a source of chance to what is printed instead."""


def _digits(text: str) -> list[int]:
    return [i for i, character in enumerate(text) if character.isdigit()]


def _regrouped(text: str, like: str) -> str:
    """Digits with their separators put right again, decimals as they are."""
    number = parse_number(text.replace(",", ""))
    if number is None or "," not in like:
        return text
    return f"{number:,.{decimals(text)}f}"


def _leads_with_zero(text: str) -> bool:
    whole = text.lstrip("-").replace(",", "").split(".")[0]
    return len(whole) > 1 and whole.startswith("0")


def _choice(candidates: list[str], text: str, chance: Random) -> str | None:
    good = [c for c in candidates if not _leads_with_zero(c) and parse_number(c) != parse_number(text)]
    return chance.choice(good) if good else None


def digits_swapped(text: str, unit: Decimal, chance: Random) -> str | None:
    """Two adjacent digits exchanged."""
    found = []
    for a, b in pairwise(_digits(text)):
        characters = list(text)
        characters[a], characters[b] = characters[b], characters[a]
        found.append("".join(characters))
    return _choice(found, text, chance)


def digit_changed(text: str, unit: Decimal, chance: Random) -> str | None:
    """One digit replaced by another."""
    found = [text[:i] + digit + text[i + 1 :] for i in _digits(text) for digit in "0123456789"]
    return _choice(found, text, chance)


def digit_dropped(text: str, unit: Decimal, chance: Random) -> str | None:
    """One digit left out; at least one stays before the point."""
    found = [_regrouped(text[:i] + text[i + 1 :], text) for i in _digits(text)]
    return _choice([f for f in found if f.lstrip("-")[:1].isdigit()], text, chance)


def digit_doubled(text: str, unit: Decimal, chance: Random) -> str | None:
    """One digit typed twice."""
    return _choice([_regrouped(text[:i] + text[i] + text[i:], text) for i in _digits(text)], text, chance)


def decimal_shifted(text: str, unit: Decimal, chance: Random) -> str | None:
    """The decimal point one place to the left or to the right, the digits as they were; a nought more without a point."""
    bare = text.replace(",", "")
    whole, point, rest = bare.partition(".")
    if not point:
        return _choice([_regrouped(bare + "0", text)], text, chance)
    found = [_regrouped(f"{whole}{rest[0]}.{rest[1:]}".rstrip("."), text)]
    if len(whole.lstrip("-")) > 1:
        found.append(_regrouped(f"{whole[:-1]}.{whole[-1]}{rest}", text))
    return _choice(found, text, chance)


def unit_shifted(text: str, unit: Decimal, chance: Random) -> str | None:
    """元 printed in a table of 万元, or 万元 in a table of 元."""
    number = parse_number(text)
    if number is None:
        return None
    return _choice([restyled(number / 10_000 if unit == YUAN else number * 10_000, text)], text, chance)


def sign_changed(text: str, unit: Decimal, chance: Random) -> str | None:
    """A minus sign too many or too few."""
    return _choice([text[1:] if text.startswith("-") else f"-{text}"], text, chance)


def blanked(text: str, unit: Decimal, chance: Random) -> str | None:
    """Nothing printed where a figure was."""
    return "" if parse_number(text) else None


def off_by_little(text: str, unit: Decimal, chance: Random) -> str | None:
    """One unit of the last digit more or less, as after a late correction of a component; 0.01 or 1 in yuan."""
    number = parse_number(text)
    if number is None:
        return None
    step = Decimal(1).scaleb(-decimals(text))
    steps = [step, -step, Decimal(1), Decimal(-1)] if unit == YUAN else [step, -step]
    return _choice([restyled(number + s, text) for s in steps], text, chance)


SLIPS: dict[str, Slip] = {
    "digits-swapped": digits_swapped,
    "digit-changed": digit_changed,
    "digit-dropped": digit_dropped,
    "digit-doubled": digit_doubled,
    "decimal-shifted": decimal_shifted,
    "unit-shifted": unit_shifted,
    "sign": sign_changed,
    "blank": blanked,
}
"""Slips that need nothing but the figure itself."""
