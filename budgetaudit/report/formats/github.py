"""Workflow commands of GitHub: annotations on files of a pull request."""

from __future__ import annotations

from typing import TextIO

from budgetaudit.lang import _
from budgetaudit.model import Report, Severity
from budgetaudit.report.formats.lines import message, place, problems
from budgetaudit.report.left_out import hidden, not_checked
from budgetaudit.report.outputs import Audited, How
from budgetaudit.report.words import SEVERITY, conclusion, error_words, grouped, visible

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


class Github:
    """One command a cause, written as the inputs come."""

    def __init__(self, stream: TextIO, how: How) -> None:
        self._stream = stream

    def add(self, audited: Audited) -> None:
        """Annotations of one input; what could not be checked is one notice."""
        path = visible(audited.path)
        if audited.report is None:
            self._write("error", path, None, _("没有核对"), error_words(audited.error))
            return
        for finding, _dependants in grouped(audited.report):
            title = f"{finding.code} {SEVERITY[finding.severity]}"
            said = _("{where}：{what}").format(where=place(finding), what=message(finding))
            self._write(_COMMAND[finding.severity], path, finding.place.line, title, said)
        self._write("notice", path, None, _("核对结果"), _summary(audited.report))

    def end(self) -> None:
        """Nothing is left."""

    def _write(self, command: str, path: str, line: int | None, title: str, said: str) -> None:
        fields = {"file": path, **({"line": str(line)} if line else {}), "title": title}
        listed = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
        self._stream.write(f"::{command} {listed}::{_data(said)}\n")


def _summary(report: Report) -> str:
    lines = [conclusion(report)]
    lines += [f"{codes} {reason}" for codes, reason in not_checked(report)]
    return "\n".join([*lines, *problems(report), *hidden(report)])


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
