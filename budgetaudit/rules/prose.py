"""What rules about the text share: checks of a printed percentage against a quotient, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budgetaudit.model import Amount, Check, Operand, Severity, Verdict
from budgetaudit.narrative.claims import Claim

HUNDRED = Decimal(100)
WAN = Decimal(10_000)
DIGITS = "0123456789"
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


def meets(claim: Claim, exact: Interval) -> bool:
    """Whether a printed percentage fits: rounded, or cut off after its last digit."""
    step = Decimal(1).scaleb(-claim.places)
    return exact[0] < claim.amount.value + step and exact[1] > claim.amount.value - step


def percent_text(value: Decimal, places: int) -> str:
    """A percentage as it would be printed."""
    return f"{value:.{max(places, 2)}f}%"


def derived(
    rule: str,
    claim: Claim,
    operands: Sequence[Operand],
    expected: Decimal,
    *,
    good: bool,
    message: str,
    quote: str = "",
    expected_text: str = "",
    severity: Severity | None = None,
    confidence: float = 0.95,
    formula: str = "",
) -> Check:
    """A check of one figure of the text against what follows from others."""
    return Check(
        rule=rule,
        kind="derived",
        verdict=Verdict.HELD if good else Verdict.FAILED,
        target=claim.operand(),
        operands=tuple(operands),
        expected=expected,
        formula=formula,
        confidence=confidence,
        quote=quote or claim.quote,
        message=message,
        severity=severity,
        expected_text=expected_text,
    )


def reach(first: Claim, last: Claim) -> str:
    """The text from one figure's clause to another figure, where both stand in one sentence; else the last clause."""
    if first.sentence is not last.sentence:
        return last.quote
    begin = first.sentence.text.find(first.quote)
    return first.sentence.text[max(begin, 0) : last.end]


def digits(value: Decimal, unit: Decimal, places: int) -> str:
    """The digits of a value as it would be printed, without the decimal point."""
    return str(int(round(value / unit, places).scaleb(places)))


def slips(text: str) -> set[str]:
    """Digit strings that a slip turns into this one: another digit, two neighbours swapped, a digit more or less.

    Another last digit alone is left out: rounding of parts makes it too.
    """
    found = {text[:i] + d + text[i + 1 :] for i in range(len(text) - 1) for d in DIGITS}
    found |= {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1)}
    found |= {text[:i] + text[i + 1 :] for i in range(len(text))}
    found |= {text[:i] + d + text[i:] for i in range(len(text) + 1) for d in DIGITS}
    return found - {text}
