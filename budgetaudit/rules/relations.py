"""Derived figures of the text (shares, growths, differences): whether one fits the amounts it follows from, as intervals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budgetaudit.amount import decimals
from budgetaudit.model import Amount, Operand, Relation

HUNDRED = Decimal(100)
Interval = tuple[Decimal, Decimal]


def interval(amount: Amount) -> Interval:
    """The values that a printed figure may stand for."""
    return amount.value - amount.half, amount.value + amount.half


def minus(a: Interval, b: Interval) -> Interval:
    """Difference of two intervals."""
    return a[0] - b[1], a[1] - b[0]


def plus(a: Interval, b: Interval) -> Interval:
    """Sum of two intervals."""
    return a[0] + b[0], a[1] + b[1]


def percent(part: Interval, whole: Interval) -> Interval | None:
    """The quotient of two intervals in per cent; None where the whole may be zero."""
    if whole[0] <= 0 <= whole[1]:
        return None
    ends = [a / b * HUNDRED for a in part for b in whole]
    return min(ends), max(ends)


def fits(printed: Decimal, places: int, exact: Interval) -> bool:
    """Whether a percentage printed with so many decimals fits: rounded, or cut off after its last digit."""
    step = Decimal(1).scaleb(-places)
    return exact[0] < printed + step and exact[1] > printed - step


def agrees(relation: Relation, operands: Sequence[Operand], values: Sequence[Decimal]) -> bool:
    """Whether the first operand fits the others once the figures have these values (yuan, per hundred)."""
    if relation is Relation.AT_MOST:
        return values[0] - values[1] <= sum((o.amount.half for o in operands), Decimal(0))
    _, a, b = ((v - o.amount.half, v + o.amount.half) for o, v in zip(operands, values, strict=True))
    if relation is Relation.DIFFERENCE:
        gap = abs(abs(values[1] - values[2]) - values[0])
        return gap <= sum((o.amount.half for o in operands), Decimal(0))
    exact = percentage(relation, a, b)
    return exact is not None and fits(values[0], decimals(operands[0].amount.text.rstrip("%％")), exact)


def solve(relation: Relation, values: Sequence[Decimal]) -> Decimal | None:
    """The value of the first figure that follows from the others exactly; None where they give none."""
    if relation is Relation.AT_MOST:
        return None
    _, a, b = values
    if relation is Relation.DIFFERENCE:
        return abs(a - b)
    exact = percentage(relation, (a, a), (b, b))
    return exact[0] if exact is not None else None


def percentage(relation: Relation, a: Interval, b: Interval) -> Interval | None:
    """What two figures make by a relation, in per cent; None where it is none of percentages or the base may be zero."""
    match relation:
        case Relation.QUOTIENT:
            return percent(a, b)
        case Relation.GROWTH:
            return percent(b, minus(a, b))
        case Relation.DECLINE:
            return percent(b, plus(a, b))
        case Relation.GROWTH_FROM:
            return percent(minus(b, a), a)
        case Relation.DECLINE_FROM:
            return percent(minus(a, b), a)
    return None
