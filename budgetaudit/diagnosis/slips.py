"""What a slip looks like: names for the ways in which a printed figure and the repaired one differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from budgetaudit.amount import parse_number
from budgetaudit.lang import N_

SLIPS = {
    "exchanged": N_("两个数字互换了位置"),
    "rows-exchanged": N_("两行数字互换了位置"),
    "rows-shifted": N_("一列数字错行"),
    "copied-across": N_("照抄了相邻一列的数字"),
    "copied-down": N_("照抄了上一行的数字"),
    "copied-up": N_("照抄了下一行的数字"),
    "digits-swapped": N_("相邻数字颠倒"),
    "digits-exchanged": N_("两位数字互换"),
    "unit-shift": N_("元与万元混淆"),
    "decimal-shift": N_("小数点错位"),
    "sign": N_("正负号错误"),
    "digit-changed": N_("一位数字错误"),
    "digit-doubled": N_("多打了一位重复的数字"),
    "digit-added": N_("多打了一位数字"),
    "digit-dropped": N_("漏打了一位数字"),
    "left-blank": N_("漏填"),
    "should-be-blank": N_("不应有数字"),
    "total-not-updated": N_("合计没有随分项更新"),
}
"""Names of slips and how a report says them."""
WEIGHTS = {
    "exchanged": 4,
    "rows-exchanged": 4,
    "rows-shifted": 4,
    "copied-across": 3,
    "copied-down": 3,
    "copied-up": 2.5,
    "digits-swapped": 3,
    "digits-exchanged": 2,
    "unit-shift": 3,
    "decimal-shift": 3,
    "sign": 3,
    "digit-doubled": 3,
    "digit-dropped": 2,
    "digit-added": 2,
    "digit-changed": 2,
    "left-blank": 1,
    "should-be-blank": 1,
    "total-not-updated": 1,
}
"""How much a shape speaks for a repair: the rarer by chance, the more."""
_FEW_DIGITS = 3
_DIGITS = "0123456789"
_POWERS = 5


@lru_cache(maxsize=4096)
def before(text: str) -> Mapping[Decimal, str]:
    """Values (in the printed unit) that one slip of digits, point or sign turns into this print, with its name."""
    plain = "".join(c for c in text if c.isdigit() or c in ".-")
    found: dict[Decimal, str] = {}
    value = parse_number(plain)
    if value is None:
        return found
    for candidate, name in _undone(plain):
        undone = _decimal(candidate)
        if undone is not None and undone != value:
            found.setdefault(undone, name)
    if value:
        for power in range(1, _POWERS):
            name = "unit-shift" if power == _POWERS - 1 else "decimal-shift"
            found[value.scaleb(power)] = found[value.scaleb(-power)] = name
    if value < 0:
        found[-value] = "sign"
    return found


def slip(text: str, expected: Decimal, neighbours: Iterable[tuple[str, Decimal]] = ()) -> str:
    """The name of the slip that turns the expected figure (in the printed unit) into the print; empty where it has no
    known shape. ``neighbours`` are figures beside it with the slip they stand for.
    """
    printed = parse_number(text.rstrip("%％")) or Decimal(0)
    if not printed:
        return "left-blank"
    if not expected:
        return "should-be-blank"
    if sum(c.isdigit() for c in text.rstrip("0.%％")) >= _FEW_DIGITS:
        for name, value in neighbours:
            if value == printed:
                return name
    return before(text).get(expected, "")


def _undone(plain: str) -> Iterator[tuple[str, str]]:
    """Prints that one slip of a digit turns into this one, the likeliest slips first."""
    spots = [i for i, c in enumerate(plain) if c.isdigit()]
    for i, j in pairwise(spots):
        yield _exchanged(plain, i, j), "digits-swapped"
    for i in spots:
        if plain[i] in (plain[i - 1 : i], plain[i + 1 : i + 2]):
            yield plain[:i] + plain[i + 1 :], "digit-doubled"
    for i in spots:
        for digit in _DIGITS:
            yield plain[:i] + digit + plain[i + 1 :], "digit-changed"
    for i, j in combinations(spots, 2):
        yield _exchanged(plain, i, j), "digits-exchanged"
    for i in spots:
        yield plain[:i] + plain[i + 1 :], "digit-added"
    for i in (*spots, len(plain)):
        for digit in _DIGITS:
            yield plain[:i] + digit + plain[i:], "digit-dropped"


def _decimal(plain: str) -> Decimal | None:
    try:
        return Decimal(plain)
    except ArithmeticError:
        return None


def _exchanged(plain: str, i: int, j: int) -> str:
    return plain[:i] + plain[j] + plain[i + 1 : j] + plain[i] + plain[j + 1 :]
