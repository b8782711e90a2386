"""From failing checks to the figures that are wrong: one finding for each cause, its dependants listed under it.

One wrong cell breaks many checks. Checks are equations over printed figures (system), the smallest repair of those that
fail is searched (search, exchanges), its shape is named (slips), equal repairs are ranked (roots), and each root becomes
one finding at the figure to correct (heads).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgetaudit.diagnosis import scopes
from budgetaudit.diagnosis.heads import Heads
from budgetaudit.diagnosis.repeats import repeats
from budgetaudit.diagnosis.roots import Finder
from budgetaudit.diagnosis.system import system_of
from budgetaudit.findings import raised
from budgetaudit.model import Check, Finding, Severity, Table

__all__ = ["diagnose", "undiagnosed"]

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


def diagnose(checks: Sequence[Check], tables: Sequence[Table]) -> list[Finding]:
    """All findings, the gravest first and then in order of place; each head is followed by its dependants.

    The ids number them in this order. A failing check that no small repair explains is a finding of its own.
    """
    left = raised(checks, tables)
    groups: list[tuple[Finding, list[Finding]]] = []
    system = system_of(checks)
    if system.failing:
        heads = Heads(system, checks, tables)
        for root in Finder(system, tables).roots():
            members = [r for r in left if r.checks & root.failing]
            if not members:
                continue
            members.sort(key=lambda r: (_RANK[r.finding.severity], -r.finding.confidence))
            head, own = heads.head(root, members)
            head = replace(
                head,
                severity=members[0].finding.severity,
                confidence=max(m.finding.confidence for m in members),
            )
            groups.append((head, [m.finding for m in members if m is not own]))
            left = [r for r in left if r not in members]
        left = [scopes.doubted(item, system, checks) for item in left]
    for group in repeats(left, checks):
        first, *rest = sorted(group, key=lambda r: _order(r.finding))
        groups.append((first.finding, [r.finding for r in rest]))
        left = [r for r in left if r not in group]
    groups.extend((r.finding, []) for r in left)
    return _numbered(groups)


def undiagnosed(checks: Sequence[Check], tables: Sequence[Table]) -> list[Finding]:
    """All findings in the order of ``diagnose``, each on its own."""
    return _numbered([(item.finding, []) for item in raised(checks, tables)])


def _numbered(groups: list[tuple[Finding, list[Finding]]]) -> list[Finding]:
    found: list[Finding] = []
    for head, rest in sorted(groups, key=lambda group: _order(group[0])):
        identity = f"F{len(found) + 1}"
        found.append(replace(head, id=identity))
        for dependant in sorted(rest, key=_order):
            found.append(replace(dependant, id=f"F{len(found) + 1}", root=identity))
    return found


def _order(finding: Finding) -> tuple[int, int, int]:
    return _RANK[finding.severity], finding.place.page or 0, finding.place.line or 0
