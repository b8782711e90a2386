"""Where the repair of a root is what another reading of its cells finds, the reading is suspect, not the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from budgetaudit.amount import parse_number
from budgetaudit.lang import _
from budgetaudit.model import Change, Finding, Place, Severity

_CONFIDENCE = 0.4


def questioned(findings: Iterable[Finding]) -> list[Place]:
    """Places of table cells that a root's one likely repair would change: those worth a second look."""
    return [change.operand.place for finding in findings for change in _changes(finding)]


def reread(findings: Sequence[Finding], texts: Mapping[Place, str]) -> list[Finding]:
    """The findings with those in doubt whose every changed cell reads as repaired in ``texts``.

    Such a finding, and what depends on it, is a notice of low confidence that gives both readings.
    """
    doubted = {f.id for f in findings if (changes := _changes(f)) and all(_repaired(c, texts) for c in changes)}
    if not doubted:
        return list(findings)
    return [_doubted(f, texts) if f.id in doubted or f.root in doubted else f for f in findings]


def _changes(finding: Finding) -> tuple[Change, ...]:
    """The changes of a head with one likely repair, where all of them are cells."""
    changes = finding.repairs[0].changes if len(finding.repairs) == 1 else ()
    return changes if all(change.operand.ref is not None for change in changes) else ()


def _repaired(change: Change, texts: Mapping[Place, str]) -> bool:
    text = texts.get(change.operand.place)
    if text is None:
        return False
    wanted = parse_number(change.expected)
    return wanted is not None and (parse_number(text) == wanted or (not wanted and not text.strip()))


def _doubted(finding: Finding, texts: Mapping[Place, str]) -> Finding:
    said = finding.suggestion
    if finding.repairs:
        place = finding.repairs[0].changes[0].operand.place
        said = _("可能是读取有误，请核对原件：本程序读作 {ours}，换一种方式读作 {theirs}").format(
            ours=finding.repairs[0].changes[0].operand.amount.text or _("空白"),
            theirs=texts[place].strip() or _("空白"),
        )
    return replace(finding, severity=Severity.NOTICE, confidence=_CONFIDENCE, suggestion=said)
