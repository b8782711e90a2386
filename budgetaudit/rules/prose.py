"""What rules about the text share: checks of a printed percentage against a quotient, with intervals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from budgetaudit.lang import _
from budgetaudit.model import Check, Operand, Relation, Severity, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.relations import Interval, fits, percentage
from budgetaudit.vocabulary import squash

WAN = Decimal(10_000)
MAX_BASE_GAP = 6
_BASE = re.compile(r"(?:^|[，,、（(])(?:[比较]|与(?!其))[^，,。；]{0,24}$")
_ABOUT = re.compile("(?:约|近|超|超过|逾)$")
DIGITS = "0123456789"


def meets(claim: Claim, exact: Interval) -> bool:
    """Whether a printed percentage fits: rounded, or cut off after its last digit."""
    return fits(claim.amount.value, claim.places, exact)


def last_digit(check: Check, claim: Claim, relation: Relation) -> Iterator[Check]:
    """A check of a percentage, and a notice where it holds although its last digit is not the rounded one.

    Amounts are taken as fine as the finest of them: 27 beside 411.20 is 27.00.
    """
    yield check
    fine = min(o.amount.half for o in check.operands)
    first, second = ((o.amount.value - fine, o.amount.value + fine) for o in check.operands)
    exact = percentage(relation, first, second)
    half = claim.amount.half
    if exact is None or check.verdict is not Verdict.HELD or _ABOUT.search(claim.lead):
        return
    if exact[1] - exact[0] < 2 * half:  # fine enough to be taken at their word
        exact = check.expected, check.expected
    if exact[0] <= claim.amount.value + half and exact[1] >= claim.amount.value - half:
        return
    text = f"{check.expected:.{claim.places}f}%"
    yield derived(
        check.rule,
        claim,
        check.operands,
        check.expected,
        good=False,
        message=_("文中写 {said}，按 {formula} 计算为 {exact}，四舍五入应为 {right}，末位不符").format(
            said=claim.amount.text,
            formula=check.formula,
            exact=f"{check.expected:.{claim.places + 2}f}%",
            right=text,
        ),
        quote=check.quote,
        expected_text=text,
        formula=check.formula,
        category="rounding",
        severity=Severity.NOTICE,
    )


def unless_cut(checks: Iterable[Check]) -> Iterator[Check]:
    """The checks of a rule without its notices on last digits where the document cuts all its percentages off."""
    made = list(checks)
    notices = [c for c in made if c.category == "rounding"]
    up = any(c.verdict is Verdict.HELD and c.target.amount.value > c.expected for c in made)
    cut = len(notices) > 1 and not up and all(c.target.amount.value < c.expected for c in notices)
    yield from (c for c in made if not cut or c.category != "rounding")


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
    category: str = "",
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
        category=category,
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
