"""SARIF 2.1.0: one run over all inputs, for the viewers and gates that know the format.

A PDF has no lines: the page and the box stand in the properties of a location, its table, row and column in a logical
location. The region of a text file is its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

from budgetaudit import __version__
from budgetaudit.lang import CHINESE, _, language
from budgetaudit.model import BBox, Finding, Operand, Place, Report, Severity
from budgetaudit.report.fingerprint import SCHEME, fingerprint
from budgetaudit.report.formats.lines import message
from budgetaudit.report.handbook import markdown_page
from budgetaudit.report.json_text import dump
from budgetaudit.report.outputs import Audited, How
from budgetaudit.report.words import CATEGORY, all_problems, error_words, printed, visible
from budgetaudit.rules import FAMILIES, Rule, all_rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_MIME = {"pdf": "application/pdf", "text": "text/plain"}


class Sarif:
    """Findings are kept as they will stand in the log; the reports themselves are not."""

    def __init__(self, stream: TextIO, how: How) -> None:
        self._stream = stream
        self._artifacts: list[dict[str, Any]] = []
        self._results: list[dict[str, Any]] = []
        self._notices: list[dict[str, Any]] = []
        self._choices: dict[tuple[str, str], dict[str, Any]] = {}
        self._complete = True
        self._rules = {rule.code: number for number, rule in enumerate(all_rules())}

    def add(self, audited: Audited) -> None:
        """Take in one input: its findings, and what of it could not be checked."""
        index = len(self._artifacts)
        where = uri(audited.path)
        place = {"uri": where, "index": index}
        report = audited.report
        if report is None:
            self._complete = False
            self._artifacts.append({"location": {"uri": where}, "roles": ["analysisTarget"]})
            self._notices.append(_notification(error_words(audited.error), "error", place))
            return
        self._artifacts.append(_artifact(where, report))
        self._results += [self._result(finding, place) for finding in report.findings]
        self._results += [
            {
                **self._result(hidden.finding, place),
                "suppressions": [{"kind": "external", "status": "accepted", "justification": visible(hidden.reason)}],
            }
            for hidden in report.hidden
            if hidden.accepted
        ]
        for item in report.not_checked:
            said = {"associatedRule": self._rule(item.code)} if item.code in self._rules else {}
            if item.by_choice:
                self._choices[item.code, item.reason] = {**_notification(item.reason, "note"), **said}
            else:
                self._notices.append({**_notification(item.reason, "warning", place), **said})
        for problem in all_problems(report):
            page = {"page": problem.page} if problem.page else {}
            self._notices.append(_notification(problem.what, "warning", place, page))

    def end(self) -> None:
        """Write the log."""
        invocation: dict[str, Any] = {"executionSuccessful": self._complete}
        if self._notices:
            invocation["toolExecutionNotifications"] = self._notices
        if self._choices:
            invocation["toolConfigurationNotifications"] = list(self._choices.values())
        run = {
            "tool": {"driver": _driver()},
            "invocations": [invocation],
            "language": "zh-CN" if language() == CHINESE else language(),
            "columnKind": "unicodeCodePoints",
            "artifacts": self._artifacts,
            "results": self._results,
        }
        self._stream.write(dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, self._stream, 2))

    def _rule(self, code: str) -> dict[str, Any]:
        return {"id": code, "index": self._rules[code]}

    def _result(self, finding: Finding, artifact: Mapping[str, Any]) -> dict[str, Any]:
        known = {"ruleIndex": self._rules[finding.code]} if finding.code in self._rules else {}
        result = {
            "ruleId": finding.code,
            **known,
            "level": _LEVEL[finding.severity],
            "rank": round(100 * finding.confidence, 1),
            "message": {"text": message(finding)},
            "locations": [_location(finding.place, artifact, finding)],
            "partialFingerprints": {SCHEME: fingerprint(finding)},
            "properties": _properties(finding),
        }
        if finding.operands:
            result["relatedLocations"] = [
                _related(number, operand, artifact) for number, operand in enumerate(finding.operands, 1)
            ]
        return result


def uri(path: str) -> str:
    """A path as a URI reference: relative paths stay relative to where the program ran."""
    if Path(path).is_absolute():
        return Path(path).as_uri()
    # A name like "a:b.pdf" would read as a scheme, and one like "//host" as a server.
    text = quote(Path(path).as_posix().encode("utf-8", "surrogateescape"), safe="/")
    return text.lstrip("/") or "."


def _artifact(where: str, report: Report) -> dict[str, Any]:
    document = report.document
    artifact = {
        "location": {"uri": where},
        "roles": ["analysisTarget"],
        "hashes": {"sha-256": document.sha256},
        "properties": {
            "title": visible(report.profile.title),
            "department": visible(report.profile.department),
            "kind": report.profile.kind,
            "year": report.profile.year,
            "pages": len(document.pages),
        },
    }
    if document.format in _MIME:
        artifact["mimeType"] = _MIME[document.format]
    return artifact


def _location(place: Place, artifact: Mapping[str, Any], finding: Finding | None = None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": dict(artifact)}
    if place.line is not None:
        physical["region"] = {"startLine": place.line}
    box = _box(place.bbox)
    seen = {name: value for name, value in (("page", place.page), ("bbox", box)) if value is not None}
    location: dict[str, Any] = {"physicalLocation": physical}
    names = [visible(part) for part in (finding.table, finding.row, finding.column) if part] if finding else []
    if names:
        location["logicalLocations"] = [{"name": names[-1], "fullyQualifiedName": "/".join(names), "kind": "member"}]
    if seen:
        location["properties"] = seen
    return location


def _related(number: int, operand: Operand, artifact: Mapping[str, Any]) -> dict[str, Any]:
    sign = "−" if operand.sign < 0 else ""
    said = {"text": f"{sign}{visible(operand.label)} {printed(operand.amount)}"}
    return {"id": number, "message": said, **_location(operand.place, artifact)}


def _properties(finding: Finding) -> dict[str, Any]:
    """Everything a viewer shows no field for; keys as in the project's own JSON."""
    texts = {
        name: visible(getattr(finding, name))
        for name in ("table", "row", "column", "quote", "reported", "expected", "difference", "unit", "formula")
    }
    return {
        "id": finding.id,
        "root": finding.root,
        "category": finding.category,
        "confidence": round(finding.confidence, 3),
        **{name: text for name, text in texts.items() if text},
        "tags": [finding.category],
    }


def _notification(
    said: str, level: str, artifact: Mapping[str, Any] | None = None, properties: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    notification: dict[str, Any] = {"level": level, "message": {"text": visible(said)}}
    if artifact is not None:
        location: dict[str, Any] = {"physicalLocation": {"artifactLocation": dict(artifact)}}
        notification["locations"] = [{**location, "properties": dict(properties)} if properties else location]
    return notification


def _driver() -> dict[str, Any]:
    return {
        "name": "budgetaudit",
        "version": __version__,
        "semanticVersion": __version__,
        "language": "zh-CN" if language() == CHINESE else language(),
        "shortDescription": {"text": _("核对政府部门预算、决算公开文件的勾稽关系")},
        "rules": [_descriptor(rule) for rule in all_rules()],
    }


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.title.split("：")[0],
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": _("{title}。依据：{basis}").format(title=rule.title, basis=rule.basis)},
        "help": {"text": rule.doc, "markdown": markdown_page(rule)},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {
            "category": rule.category,
            "categoryName": CATEGORY.get(rule.category, rule.category),
            "family": _(FAMILIES[rule.family]),
            "basis": rule.basis,
            "tags": [rule.category],
        },
    }


def _box(box: BBox | None) -> list[float] | None:
    return [round(edge, 1) for edge in box] if box else None
