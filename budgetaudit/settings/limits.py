"""What of a report is shown, and whether it makes the run fail."""

from __future__ import annotations

from dataclasses import replace

from budgetaudit.lang import _
from budgetaudit.model import Finding, Hidden, Report, Severity
from budgetaudit.report.words import SEVERITY
from budgetaudit.settings.model import SEVERITIES, Settings


def within(report: Report, settings: Settings) -> Report:
    """The report with the findings that the settings do not want moved to the hidden ones.

    The head of findings that stay stays too: without it nobody would see what they come from.
    """
    reasons = {finding.id: _hidden_by(finding, settings) for finding in report.findings}
    heads = {finding.root for finding in report.findings if finding.root and not reasons[finding.id]}
    shown, hidden = [], list(report.hidden)
    for finding in report.findings:
        if reasons[finding.id] and finding.id not in heads:
            hidden.append(Hidden(finding, reasons[finding.id]))
        else:
            shown.append(finding)
    return replace(report, findings=tuple(shown), hidden=tuple(hidden))


def shown_severities(settings: Settings) -> tuple[str, ...]:
    """Severities of the findings that are shown."""
    return SEVERITIES[: SEVERITIES.index(settings.min_severity) + 1]


def reaches(report: Report, settings: Settings) -> bool:
    """Whether a finding that is shown is as grave as ``fail-on`` says."""
    return any(finding.severity in failing(settings) for finding in report.findings)


def failing(settings: Settings) -> frozenset[Severity]:
    """Severities that make the run fail."""
    if settings.fail_on not in SEVERITIES:
        return frozenset()
    return frozenset(Severity(name) for name in SEVERITIES[: SEVERITIES.index(settings.fail_on) + 1])


def _hidden_by(finding: Finding, settings: Settings) -> str:
    if finding.severity.value not in shown_severities(settings):
        return _("级别低于“{word}”").format(word=_(SEVERITY[Severity(settings.min_severity)]))
    if finding.confidence < settings.min_confidence:
        return _("把握低于 {share}").format(share=f"{settings.min_confidence:.0%}")
    return ""
