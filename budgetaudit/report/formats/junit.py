"""JUnit XML: a test suite a document, a test case a rule. What could not be checked is skipped, never passed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TextIO
from xml.etree import ElementTree as ET

from budgetaudit.lang import _, n_
from budgetaudit.model import Finding, Report, Verdict
from budgetaudit.report.formats.lines import message, place, problems
from budgetaudit.report.outputs import Audited, How
from budgetaudit.report.words import SEVERITY, VERDICT, error_words, visible
from budgetaudit.rules import Rule, document_rules

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Junit:
    """Findings of severities that make the run fail are failures; the others stand in the output of their case."""

    def __init__(self, stream: TextIO, how: How) -> None:
        self._stream = stream
        self._failing = how.failing
        self._root = ET.Element("testsuites", name="budgetaudit")

    def add(self, audited: Audited) -> None:
        """One suite."""
        path = _text(visible(audited.path))
        suite = ET.SubElement(self._root, "testsuite", name=path)
        if audited.report is None:
            case = ET.SubElement(suite, "testcase", name=_("读取"), classname=path)
            ET.SubElement(case, "error", message=_text(error_words(audited.error)), type="unreadable")
        else:
            self._cases(suite, audited.report, path)
        _count(suite)

    def end(self) -> None:
        """Write the document."""
        _count(self._root)
        ET.indent(self._root)
        text = ET.tostring(self._root, encoding="unicode")
        self._stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')

    def _cases(self, suite: ET.Element, report: Report, path: str) -> None:
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in report.findings:
            found[finding.code].append(finding)
        verdicts: dict[str, Counter[Verdict]] = defaultdict(Counter)
        for check in report.checks:
            verdicts[check.rule][check.verdict] += 1
        skipped = {item.code: item.reason for item in reversed(report.not_checked)}
        for rule in document_rules():
            case = ET.SubElement(suite, "testcase", name=_text(f"{rule.code} {rule.title}"), classname=path)
            self._case(case, rule, found[rule.code], verdicts[rule.code], skipped.get(rule.code, ""))
        notes = [item.reason for item in report.not_checked if not any(item.code == r.code for r in document_rules())]
        told = [_text(visible(note)) for note in notes] + [_text(line) for line in problems(report)]
        if told:
            ET.SubElement(suite, "system-err").text = "\n".join(told)

    def _case(
        self, case: ET.Element, rule: Rule, found: list[Finding], verdicts: Counter[Verdict], reason: str
    ) -> None:
        bad = [finding for finding in found if finding.severity in self._failing]
        decided = sum(number for verdict, number in verdicts.items() if verdict is not Verdict.UNKNOWN)
        if bad:
            first = _said(bad[0])
            more = n_("等 {n} 处", len(bad)) if len(bad) > 1 else ""
            failure = ET.SubElement(case, "failure", message=_text(first + more), type=rule.category)
            failure.text = _text("\n".join(_line(finding) for finding in bad))
        elif not decided and not found:
            ET.SubElement(case, "skipped", message=_text(visible(reason) or _("没有可以核对的内容")))
        others = [finding for finding in found if finding.severity not in self._failing]
        counts = [f"{VERDICT[verdict]} {verdicts[verdict]}" for verdict in Verdict if verdicts[verdict]]
        out = [*(_line(finding) for finding in others), *([" / ".join(counts)] if counts else [])]
        if out:
            ET.SubElement(case, "system-out").text = _text("\n".join(out))


def _line(finding: Finding) -> str:
    return f"[{SEVERITY[finding.severity]}] {_said(finding)}"


def _count(element: ET.Element) -> None:
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(sum(1 for case in cases if case.find(tag) is not None)))


def _text(text: str) -> str:
    """Text that XML can hold."""
    return _NO_XML.sub("\ufffd", text)


def _said(finding: Finding) -> str:
    return _("{where}：{what}").format(where=place(finding), what=message(finding))
