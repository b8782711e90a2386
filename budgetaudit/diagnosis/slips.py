"""What a slip looks like: names for the ways in which a printed figure and the repaired one differ."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from budgetaudit.amount import parse_number
from budgetaudit.lang import N_

SLIPS = {
    "exchanged": N_("两个数字互换了位置"),
    "rows-exchanged": N_("两行数字互换了位置"),
    "rows-shifted": N_("一列数字错行"),
    "copied-across": N_("照抄了相邻一列的数字"),
    "copied-down": N_("照抄了上一行的数字"),
    "copied-up": N_("照抄了下一行的数字"),
    "digits-swapped": N_("数字颠倒"),
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
    "unit-shift": 3,
    "decimal-shift": 3,
    "sign": 3,
    "digit-doubled": 3,
    "digit-dropped": 2,
    "digit-added": 2,
    "digit-changed": 2,
    "left-blank": 1,
    "total-not-updated": 1,
}
"""How much a shape speaks for a repair: the rarer by chance, the more."""
_FEW_DIGITS = 3
_DIGITS = "0123456789"
_POWERS = 5


def before(text: str) -> dict[Decimal, None]:
    """Values (in the printed unit) that one slip of digits, point or sign turns into this print, each once."""
    plain = "".join(c for c in text if c.isdigit() or c in ".-")
    spots = [i for i, c in enumerate(plain) if c.isdigit()]
    texts = [plain[:i] + d + plain[i + 1 :] for i in spots for d in _DIGITS]
    texts += [plain[:i] + plain[j] + plain[i + 1 : j] + plain[i] + plain[j + 1 :] for i, j in pairwise(spots)]
    texts += [plain[:i] + plain[i + 1 :] for i in spots]
    texts += [plain[:i] + d + plain[i:] for i in (*spots, len(plain)) for d in _DIGITS]
    found = dict.fromkeys(v for t in texts if (v := parse_number(t)) is not None)
    value = parse_number(plain)
    if value is not None:
        for power in range(1, _POWERS):
            found[value.scaleb(power)] = found[value.scaleb(-power)] = None
        if value < 0:
            found[-value] = None
        found.pop(value, None)
    return found


def slip(printed: Decimal, expected: Decimal, places: int, neighbours: Iterable[tuple[str, Decimal]] = ()) -> str:
    """The name of the slip that turns the expected figure into the printed one (both in the printed unit, with so many
    decimals); empty where it has no known shape. ``neighbours`` are figures beside it with the slip they stand for.
    """
    if not printed:
        return "left-blank"
    if not expected:
        return "should-be-blank"
    if printed == -expected:
        return "sign"
    ratio = printed / expected
    for power in range(1, 9):
        if ratio in (Decimal(10) ** power, Decimal(1).scaleb(-power)):
            return "unit-shift" if power == 4 else "decimal-shift"
    wrong, right = _digits(printed, places), _digits(expected, places)
    if len(wrong.rstrip("0")) >= _FEW_DIGITS:
        for name, value in neighbours:
            if value == printed:
                return name
    return _digit_slip(wrong, right)


def _digits(value: Decimal, places: int) -> str:
    return f"{abs(value):.{places}f}".replace(".", "")


def _digit_slip(wrong: str, right: str) -> str:
    """The slip between two strings of digits."""
    if len(wrong) == len(right):
        differing = [i for i, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b]
        if len(differing) == 1:
            return "digit-changed"
        if len(differing) == 2:
            i, j = differing
            if wrong[i] == right[j] and wrong[j] == right[i]:
                return "digits-swapped"
        return ""
    longer, shorter = (wrong, right) if len(wrong) > len(right) else (right, wrong)
    if len(longer) != len(shorter) + 1:
        return ""
    at = next((i for i in range(len(longer)) if longer[:i] + longer[i + 1 :] == shorter), None)
    if at is None:
        return ""
    if longer is right:
        return "digit-dropped"
    return "digit-doubled" if longer[at] in shorter[max(at - 1, 0) : at + 1] else "digit-added"
