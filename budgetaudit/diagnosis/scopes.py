"""A sentence and a table that differ while each adds up on its own: likelier two scopes than a wrong figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgetaudit.diagnosis.system import System, figure_of
from budgetaudit.findings import Raised
from budgetaudit.lang import _
from budgetaudit.model import Check, Operand, Severity

_LOWER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.NOTICE, Severity.NOTICE: Severity.NOTICE}
_CONFIDENCE = 0.6


def doubted(item: Raised, system: System, checks: Sequence[Check]) -> Raised:
    """The finding one degree milder where no repair was found and both figures take part in sums that hold."""
    for number in item.checks:
        check = checks[number]
        across = check.kind == "same" and check.target.ref is None and bool(check.refs)
        if not across or not _adds_up(check.target, system) or not all(_adds_up(o, system) for o in check.operands):
            return item
    finding = item.finding
    return replace(
        item,
        finding=replace(
            finding,
            severity=_LOWER[finding.severity],
            confidence=min(finding.confidence, _CONFIDENCE),
            suggestion=finding.suggestion or _("文字和表各自都加得平，可能口径不同，请核实"),
        ),
    )


def _adds_up(operand: Operand, system: System) -> bool:
    """Whether a figure is part of a sum that holds."""
    return any(len(system.equations[n].terms) > 2 and system.holds(n, {}) for n in system.incident[figure_of(operand)])
