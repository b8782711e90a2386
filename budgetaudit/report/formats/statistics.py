"""Counts by rule over all inputs."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from rich.table import Table
from rich.text import Text

from budgetaudit.lang import _, n_
from budgetaudit.model import Severity, Verdict
from budgetaudit.report.console import console_on
from budgetaudit.report.outputs import Audited, How
from budgetaudit.report.words import SEVERITY, VERDICT, grouped
from budgetaudit.rules import all_rules

_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_NARROW = 76


class Statistics:
    """One line a rule that found something or checked something, the most frequent findings first."""

    def __init__(self, stream: TextIO, how: How) -> None:
        self._console = console_on(stream)
        self._found: Counter[tuple[str, Severity]] = Counter()
        self._documents: Counter[str] = Counter()
        self._checks: Counter[tuple[str, Verdict]] = Counter()
        self._hidden: Counter[str] = Counter()
        self._audited, self._unreadable = 0, 0

    def add(self, audited: Audited) -> None:
        """Count one input."""
        report = audited.report
        if report is None:
            self._unreadable += 1
            return
        self._audited += 1
        heads = [head for head, _rest in grouped(report)]
        self._found.update((head.code, head.severity) for head in heads)
        self._documents.update({head.code for head in heads})
        self._checks.update((check.rule, check.verdict) for check in report.checks)
        self._hidden.update(hidden.reason for hidden in report.hidden)

    def end(self) -> None:
        """Print the table and the totals."""
        narrow = self._console.width < _NARROW
        grid = Table(box=None, padding=(0, 2 - narrow, 0, 0), pad_edge=False)
        grid.add_column(_("规则"), no_wrap=True)
        for severity in Severity:
            grid.add_column(SEVERITY[severity], justify="right", no_wrap=True)
        grid.add_column(_("文件"), justify="right", no_wrap=True)
        grid.add_column(_("勾稽"), justify="right", no_wrap=True)
        grid.add_column(VERDICT[Verdict.FAILED], justify="right", no_wrap=True)
        grid.add_column(_("内容"), overflow="fold")
        checks = Counter[str]()
        for (code, _verdict), number in self._checks.items():
            checks[code] += number
        titles = {rule.code: rule.title for rule in all_rules()}
        met = set(checks) | {code for code, _severity in self._found}
        for code in sorted(met, key=lambda code: (*(-self._found[code, severity] for severity in Severity), code)):
            counts = [
                Text(str(number), _STYLE[severity]) if (number := self._found[code, severity]) else Text("·", "dim")
                for severity in Severity
            ]
            failed = self._checks[code, Verdict.FAILED]
            figures = [self._documents[code], checks[code], failed]
            shown = [Text(f"{n:,}") if n else Text("·", "dim") for n in figures]
            title = titles.get(code, "").split("：")[0] if narrow else titles.get(code, "")
            grid.add_row(Text(code, "bold"), *counts, *shown, Text(title))
        self._console.print(grid)
        self._console.print()
        totals = [n_("核对了 {n} 个文件", self._audited)]
        if self._unreadable:
            totals.append(n_("没能核对的 {n} 个", self._unreadable))
        by_severity = Counter[Severity]()
        for (_code, severity), number in self._found.items():
            by_severity[severity] += number
        counted = _("、").join(f"{SEVERITY[severity]} {by_severity[severity]:,}" for severity in Severity)
        self._console.print(_("{where}：{what}").format(where=_("，").join(totals), what=counted), soft_wrap=True)
        for reason, number in self._hidden.items():
            said = _("没有列出的 {number} 处：{reason}").format(number=number, reason=reason)
            self._console.print(said, soft_wrap=True)
