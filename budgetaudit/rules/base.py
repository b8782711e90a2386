"""What every rule shares: its metadata from the page (module docstring), and the comparison with intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import ModuleType
from typing import Any

from budgetaudit.lang import ENGLISH, N_, _, language
from budgetaudit.model import Check, Operand, Severity, Verdict
from budgetaudit.rules.page import Page, english, page_of

ZERO = Decimal(0)
FAMILIES = {
    "T": N_("表内"),
    "X": N_("表间"),
    "N": N_("文字与表"),
    "C": N_("文字计算"),
    "D": N_("公开要求"),
    "S": N_("科目"),
    "F": N_("格式与用语"),
    "P": N_("绩效"),
    "Y": N_("跨文件"),
    "R": N_("读取"),
}

CheckFunction = Callable[[Any], Iterable[Check]]
"""From a Book, or from a Linked for a rule over several documents, to checks."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its page and the function that yields its checks. ``chinese`` is the page as its module has it."""

    code: str
    category: str
    severity: Severity
    source: str
    """The basis in few words, in Chinese."""
    chinese: Page
    run: CheckFunction
    links: tuple[str, ...] = ()
    """The kinds of links between documents that it is about; empty for a rule over one document."""

    @property
    def family(self) -> str:
        """The letter of its family."""
        return self.code[0]

    @property
    def page(self) -> Page:
        """The page in the language that was set."""
        return english(self.chinese) if language() == ENGLISH else self.chinese

    @property
    def title(self) -> str:
        """What it checks, in one line."""
        return self.page.title

    @property
    def basis(self) -> str:
        """The law, standard or identity that it rests on."""
        return self.page.basis if language() == ENGLISH else self.source

    @property
    def doc(self) -> str:
        """The whole page: title, why, how, limits, basis, a good and a bad example."""
        page = self.page
        return f"{page.words}\n\n{_('正确：')}\n{page.good}\n\n{_('错误：')}\n{page.bad}"


def rule_of(module: ModuleType) -> Rule:
    """The rule that a module holds: metadata constants, page (docstring) and its ``check`` function.

    Raises ValueError where the page has no title line that begins with the code.
    """
    page = page_of(module.__doc__ or "")
    if page.code != module.CODE:
        raise ValueError(f"{module.__name__}: the docstring must begin with its code and title")
    return Rule(
        code=module.CODE,
        category=module.CATEGORY,
        severity=Severity(module.SEVERITY),
        source=module.BASIS,
        chinese=page,
        run=module.check,
        links=getattr(module, "LINKS", ()),
    )


def total(operands: Iterable[Operand]) -> Decimal:
    """Signed sum of figures in yuan."""
    return sum((o.sign * o.amount.value for o in operands), ZERO)


def slack(operands: Iterable[Operand]) -> Decimal:
    """What rounding alone can add up to, in yuan: half a unit of each figure that is not zero."""
    return sum((o.amount.half for o in operands if o.amount.value), ZERO)


def verdict_of(difference: Decimal, allowed: Decimal) -> Verdict:
    """HELD at no difference, ROUNDING inside the interval, else FAILED."""
    if not difference:
        return Verdict.HELD
    return Verdict.ROUNDING if abs(difference) <= allowed else Verdict.FAILED


def compare(
    rule: str, kind: str, target: Operand, operands: Sequence[Operand], formula: str = "", confidence: float = 1.0
) -> Check:
    """One comparison: the target against the signed sum of the operands."""
    expected = total(operands)
    allowed = slack([target, *operands])
    return Check(
        rule=rule,
        kind=kind,
        verdict=verdict_of(target.amount.value - expected, allowed),
        target=target,
        operands=tuple(operands),
        expected=expected,
        slack=allowed,
        formula=formula or f"{target.label} = " + " + ".join(o.label for o in operands),
        confidence=confidence,
    )


def part(rule: str, target: Operand, operands: Sequence[Operand], formula: str = "") -> Check:
    """A partial listing: its parts may not exceed the whole."""
    check = compare(rule, "sum", target, operands, formula)
    if check.verdict is Verdict.FAILED and check.difference > 0 and all(o.amount.value >= 0 for o in operands):
        return replace(check, verdict=Verdict.HELD, reason=_("部分列示：各部分之和不超过总数"))
    return check


def unknown(check: Check, reason: str) -> Check:
    """The check as undecided, with the reason."""
    return replace(check, verdict=Verdict.UNKNOWN, reason=reason)


def trivial(check: Check) -> bool:
    """Whether every figure of a check is zero, so that it says nothing about the structure."""
    return not check.target.amount.value and not any(o.amount.value for o in check.operands)


def held(check: Check) -> bool:
    """Whether a check was satisfied, exactly or within rounding."""
    return check.verdict in (Verdict.HELD, Verdict.ROUNDING, Verdict.EXPLAINED)


def settle(groups: Sequence[Sequence[Check]], *, trusted: bool, reason: str) -> Iterator[Check]:
    """Decide whether a structure applies before its failures count.

    ``groups`` are the checks of each instance of one structure (a parent row, say) over all columns. Where the structure
    holds in at least half of the instances that say anything, its failures stand; where it does not, they become UNKNOWN.
    A trusted structure (given by codes or words) needs only half of its single checks, or but two that fail where any
    holds: one wrong figure fails as a part and as a whole.
    """
    telling = [[c for c in group if not trivial(c)] for group in groups]
    telling = [group for group in telling if group]
    good = sum(1 for group in telling if any(held(c) for c in group))
    singles = [c for group in telling for c in group]
    right = sum(map(held, singles))
    applies = (
        good * 2 >= len(telling)
        if not trusted
        else right * 2 >= len(singles) or len(telling) <= 2 or (right > 0 and len(singles) - right <= 2)
    )
    for group in groups:
        for check in group:
            if check.verdict is Verdict.FAILED and not applies:
                yield unknown(check, reason)
            else:
                yield check
