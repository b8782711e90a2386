"""Row sets that several layouts share: functional and economic trees, class lists, blank tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from samples.generator.classification import CLASSES, ECONOMIC, FUNCTIONS
from samples.generator.ledger import Fund, Ledger
from samples.generator.sheet import BodyRow, Cell, amount, label, row

Figures = Callable[[Ledger], Sequence[str]]
"""The amounts of a row, as printed, from the lines it stands for."""

CHINESE = "一二三四五六七八九十"


def chinese(number: int) -> str:
    """1 -> 一 ... 30 -> 三十."""
    if number <= 10:
        return CHINESE[number - 1]
    tens, ones = divmod(number, 10)
    return (CHINESE[tens - 1] if tens > 1 else "") + "十" + (CHINESE[ones - 1] if ones else "")


def split_function(code: str) -> tuple[str, str, str]:
    """类, 款, 项 of a code of 3, 5 or 7 digits, blank where it has none."""
    return code[:3], code[3:5], code[5:7]


def split_economic(code: str) -> tuple[str, str]:
    """类 and 款 of a code of 3 or 5 digits."""
    return code[:3], code[3:5]


def function_rows(ledger: Ledger, figures: Figures) -> Iterator[BodyRow]:
    """One row for each class, section and item in three code columns and a name."""
    for code in ledger.functions():
        parts = [Cell(part, align="c") for part in split_function(code)]
        yield row(code, *parts, label(FUNCTIONS[code]), *figures(ledger.where(function=code)))


def coded_rows(ledger: Ledger, figures: Figures, *, style: str = "") -> Iterator[BodyRow]:
    """One row for each functional class, section and item; ``style`` puts code and name into one cell."""
    for code in ledger.functions():
        level = (len(code) - 3) // 2
        if style:
            names = [label(style.format(code=code, name=FUNCTIONS[code]), level)]
        else:
            names = [label(code), label(FUNCTIONS[code], level)]
        yield row(code, *names, *figures(ledger.where(function=code)))


def economic_rows(ledger: Ledger, figures: Figures) -> Iterator[BodyRow]:
    """One row for each economic class and item in two code columns and a name."""
    for code in ledger.economics():
        parts = [Cell(part, align="c") for part in split_economic(code)]
        yield row(code, *parts, label(ECONOMIC[code]), *figures(ledger.where(economic=code)))


def used_classes(ledger: Ledger) -> list[str]:
    """Functional classes that occur."""
    return [code for code in ledger.functions() if len(code) == 3]


def class_labels(codes: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """(code, numbered name) of functional classes: all of them unless told which."""
    return [(code, f"{chinese(i)}、{CLASSES[code]}") for i, code in enumerate(codes or CLASSES, 1)]


def side_by_side(left: Sequence[BodyRow], right: Sequence[BodyRow], left_width: int, right_width: int) -> list[BodyRow]:
    """Two lists of rows printed side by side; the shorter one is padded with blank cells."""
    rows = []
    for index in range(max(len(left), len(right))):
        a = left[index] if index < len(left) else BodyRow((), [amount("") for _ in range(left_width)])
        b = right[index] if index < len(right) else BodyRow((), [amount("") for _ in range(right_width)])
        rows.append(BodyRow(a.keys + b.keys, a.cells + b.cells))
    return rows


def by_fund(ledger: Ledger, funds: Sequence[Fund]) -> int:
    """Total of some funds in fen."""
    return ledger.where(funds=funds).total
