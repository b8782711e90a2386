"""A report in Markdown: to be pasted into a merge request, an issue or a mail."""

from __future__ import annotations

from typing import TextIO

from budgetaudit.lang import _, n_
from budgetaudit.model import Finding, Operand, Report, Severity
from budgetaudit.report import words
from budgetaudit.report.formats.lines import LIMIT, message, operand_words, problems
from budgetaudit.report.left_out import hidden, not_checked
from budgetaudit.report.markdown import escaped, heading, table
from budgetaudit.report.outputs import Audited, How

_SHOWN = 12
"""Operands that are written out; further ones are counted."""
_NOTICES = 20


class MarkdownReport:
    """One section a document, written as the inputs come."""

    def __init__(self, stream: TextIO, how: How) -> None:
        self._stream = stream
        self._verbose = how.verbose
        self._begun = False

    def add(self, audited: Audited) -> None:
        """The section of one input."""
        report = audited.report
        parts = self._section(report) if report is not None else self._failure(audited)
        self._stream.write(("\n---\n\n" if self._begun else "") + "\n\n".join(filter(None, parts)) + "\n")
        self._begun = True

    def end(self) -> None:
        """Nothing is left."""

    def _failure(self, audited: Audited) -> list[str]:
        reason = escaped(words.error_words(audited.error), LIMIT)
        return [heading(2, audited.path), _said(f"**{_('没有核对')}**", reason)]

    def _section(self, report: Report) -> list[str]:
        parts = [
            heading(2, words.visible(report.profile.title, 120) or report.document.path),
            f"{escaped(words.head_words(report.profile, report))}  \n{escaped(report.document.path)}",
            f"**{escaped(words.conclusion(report))}**",
            "\n".join(f"- {escaped(line)}" for line in words.coverage_words(report)),
        ]
        groups = words.grouped(report)
        for severity in (Severity.ERROR, Severity.WARNING):
            heads = [(head, rest) for head, rest in groups if head.severity is severity]
            if heads:
                parts.append(heading(3, n_(words.SEVERITY_COUNT[severity], len(heads))))
                parts += [_finding(number, head, rest) for number, (head, rest) in enumerate(heads, 1)]
        parts.append(self._notices([head for head, _rest in groups if head.severity is Severity.NOTICE]))
        parts.append(_folded(_("没有检查的内容及原因"), [f"{c} {reason}" for c, reason in not_checked(report)]))
        parts.append(_folded(_("读取中的问题"), problems(report)))
        parts.append("\n".join(f"- {escaped(line)}" for line in hidden(report)))
        return parts

    def _notices(self, found: list[Finding]) -> str:
        shown = found if self._verbose else found[:_NOTICES]
        lines = [_said(words.where_words(finding), f"{message(finding)} ({finding.code})") for finding in shown]
        if len(found) > len(shown):
            lines.append(n_("另有 {n} 处，用 -v 全部列出。", len(found) - len(shown)))
        return _folded(n_(words.SEVERITY_COUNT[Severity.NOTICE], len(found)), lines)


def _finding(number: int, finding: Finding, rest: list[Finding]) -> str:
    """One item of a list: what stands below it is indented, so that it belongs to it."""
    code = escaped(finding.code)
    lines = [f"**{escaped(words.where_words(finding))}** ({code})  ", f"{escaped(message(finding), LIMIT)}"]
    blocks = ["\n".join(lines)]
    filled = [operand for operand in finding.operands if operand.amount.value] or list(finding.operands)
    if finding.formula and not filled:
        blocks.append(_("关系：{formula}").format(formula=escaped(finding.formula, LIMIT)))
    if filled:
        blocks.append(_operands(finding, filled))
    if finding.quote and finding.quote != finding.row:
        blocks.append(f"> {escaped(finding.quote, 200)}")
    for other in rest[:_SHOWN]:
        blocks.append(
            f"- {_said(escaped(words.where_words(other)), escaped(message(other), LIMIT))} ({escaped(other.code)})"
        )
    if len(rest) > _SHOWN:
        blocks.append(n_("同一处的其他不符另有 {n} 处。", len(rest) - _SHOWN))
    mark = f"{number}. "
    text = "\n\n".join(blocks)
    return mark + text.replace("\n", "\n" + " " * len(mark)).replace("\n" + " " * len(mark) + "\n", "\n\n")


def _operands(finding: Finding, operands: list[Operand]) -> str:
    left, equals, _right = finding.formula.partition(" = ")
    rows = [
        [
            ("−" if operand.sign < 0 else "") + escaped(operand.label, 80),
            escaped(operand_words(operand)),
            escaped(words.place_words(operand.place)),
        ]
        for operand in operands[:_SHOWN]
    ]
    if len(operands) > _SHOWN:
        rows.append([escaped(n_("另有 {n} 项", len(operands) - _SHOWN)), "", ""])
    first = f"{escaped(left, 120)} =" if equals else _("项目")
    return table([first, _("数"), _("位置")], rows, right=[1])


def _folded(title: str, lines: list[str]) -> str:
    """A block that is closed until somebody opens it; empty where there is nothing in it."""
    if not lines:
        return ""
    listed = "\n".join(f"- {escaped(line, LIMIT)}" for line in lines)
    return f"<details>\n<summary>{title}</summary>\n\n{listed}\n\n</details>"


def _said(where: str, what: str) -> str:
    return _("{where}：{what}").format(where=where, what=what)
