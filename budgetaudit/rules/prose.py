"""What rules about the text share: checks of a printed percentage against a quotient, with intervals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from budgetaudit.model import Check, Operand, Relation, Severity, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.relations import Interval, fits
from budgetaudit.vocabulary import squash

WAN = Decimal(10_000)
MAX_BASE_GAP = 6
_BASE = re.compile(r"(?:^|[，,、（(])(?:[比较]|与(?!其))[^，,。；]{0,24}$")
DIGITS = "0123456789"


def meets(claim: Claim, exact: Interval) -> bool:
    """Whether a printed percentage fits: rounded, or cut off after its last digit."""
    return fits(claim.amount.value, claim.places, exact)


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
    relation: Relation | None = None,
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
        relation=relation,
    )


def reach(first: Claim, last: Claim) -> str:
    """The text from one figure's clause to another figure, where both stand in one sentence; else the last clause."""
    if first.sentence is not last.sentence:
        return last.quote
    begin = first.sentence.text.find(first.quote)
    return first.sentence.text[max(begin, 0) : last.end]


def named_base(base: Claim, change: Claim) -> bool:
    """Whether a figure is the base that a change names right before itself (比2029年预算数100.00万元增加20.00万元)."""
    return (
        base.sentence is change.sentence
        and not base.percent
        and base.role not in ("change", "aside")
        and bool(_BASE.search(squash(base.lead)))
        and len(squash(change.lead)) <= MAX_BASE_GAP
    )


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
