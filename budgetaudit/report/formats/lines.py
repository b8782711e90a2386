"""A finding in one line, and the other words that the formats share."""

from __future__ import annotations

from budgetaudit.lang import _
from budgetaudit.model import Finding, Operand, Report
from budgetaudit.report import words
from budgetaudit.report.words import all_problems, in_words, place_words, visible

LIMIT = 1_000
"""Characters of one message: a hostile cell must not fill a log."""


def figures(finding: Finding) -> str:
    """Reported, expected and difference; empty where the finding is about words."""
    if not finding.reported and not finding.expected:
        return ""
    unit = visible(_(finding.unit), 20)
    named = (
        (_("报告数 {figure}"), finding.reported or _("（空白）")),
        (_("应为 {figure}"), finding.expected),
        (_("差 {figure}"), finding.difference),
    )
    return _("，").join(text.format(figure=_figure(value, unit)) for text, value in named if value)


def _figure(value: str, unit: str) -> str:
    """A figure with its unit; what is no figure has none."""
    return in_words(visible(value, 60), unit if any(map(str.isdigit, value)) else "")


def operand_words(operand: Operand) -> str:
    """An operand's figure as printed, with its unit."""
    return words.in_words(
        words.printed(operand.amount), "" if operand.amount.blank else words.unit_name(operand.amount.unit)
    )


def says_figures(finding: Finding) -> bool:
    """Whether the message itself holds the figures, so that they need not be repeated."""
    figures = (finding.reported, finding.expected)
    return all(value in finding.message for value in figures if any(map(str.isdigit, value)))


def message(finding: Finding) -> str:
    """What is wrong, the figures and the suggestion; without the place."""
    parts = [visible(finding.message, LIMIT)]
    if not says_figures(finding):
        parts.append(figures(finding))
    if finding.suggestion:
        parts.append(_("建议：{text}").format(text=visible(finding.suggestion, LIMIT)))
    return _("；").join(part.rstrip("。；") for part in parts if part)


def problems(report: Report) -> list[str]:
    """What could not be read, each with its page."""
    return [
        f"{_('第{page}页').format(page=one.page)} {visible(one.what, LIMIT)}" if one.page else visible(one.what, LIMIT)
        for one in all_problems(report)
    ]


def place(finding: Finding) -> str:
    """Page, table, row and column, for a title."""
    parts = (place_words(finding.place), finding.table, finding.row, finding.column)
    return " ".join(visible(part, 60) for part in parts if part)
