"""Amounts in fen (int) and how they are printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

Format = Callable[[int], str]
"""From fen to the printed text."""

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000


def fen(yuan: str) -> int:
    """Fen of an amount written in yuan, such as ``12,345.60``; ValueError where it is finer than a fen."""
    value = Decimal(yuan.replace(",", "")) * FEN_PER_YUAN
    if value != value.to_integral_value():
        raise ValueError(f"finer than a fen: {yuan}")
    return int(value)


def _scaled(amount: int, unit: int, places: int, separators: bool) -> str:
    value = (Decimal(amount) / unit).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{value:,}" if separators else f"{value}"


def wan(amount: int) -> str:
    """万元 with two decimals and separators."""
    return _scaled(amount, FEN_PER_WAN, 2, separators=True)


def wan_plain(amount: int) -> str:
    """万元 with two decimals, no separators."""
    return _scaled(amount, FEN_PER_WAN, 2, separators=False)


def wan_six(amount: int) -> str:
    """万元 with six decimals, which is exact to the fen."""
    return _scaled(amount, FEN_PER_WAN, 6, separators=True)


def yuan(amount: int) -> str:
    """元 with two decimals and separators."""
    return _scaled(amount, FEN_PER_YUAN, 2, separators=True)


def blank_zero(style: Format) -> Format:
    """The same style with nothing printed for zero."""
    return lambda amount: style(amount) if amount else ""


def percent(part: int, whole: int) -> str:
    """Share of two amounts in per cent, two decimals, rounded half up; ``100.00`` for any growth from nothing."""
    if not whole:
        return "100.00" if part else "0.00"
    return str((Decimal(part) * 100 / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
