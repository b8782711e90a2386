"""One file from its path to the rows that the store keeps. Runs in a worker process."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from budgetaudit.audit import audit, recognise
from budgetaudit.errors import UnreadableError
from budgetaudit.lang import _
from budgetaudit.links.build import identity
from budgetaudit.model import Check, Document, Fact, Operand, Place, Profile, Report, Severity, Table, Verdict
from budgetaudit.reading import read
from budgetaudit.report.json_report import to_json
from budgetaudit.report.tables import body_texts, header_texts
from budgetaudit.report.words import all_problems, error_words, table_unit
from budgetaudit.scan.bounds import at_work
from budgetaudit.scan.outcome import FileVerdict, Outcome, Row, failed
from budgetaudit.scan.record import Record, pack
from budgetaudit.second_look import second_look

ASPECTS = (
    "flow",
    "fund",
    "function",
    "economic",
    "government-economic",
    "nature",
    "item",
    "procurement",
    "project",
    "unit",
    "measure",
    "scope",
)
"""Aspects that have a column of their own in the store; any other goes to the column ``other``."""


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to audit; ``sha256`` is what it held when it was listed."""

    path: Path
    sha256: str
    engine: str

    def run(self) -> Outcome:
        """Audit the file. Whatever goes wrong becomes the outcome's reason; memory beyond the bound ends the process."""
        with at_work():
            try:
                return _audited(self)
            except UnreadableError as error:
                return failed(self.sha256, error.kind, str(error))
            except MemoryError:
                raise
            except Exception as error:  # a bug on one file must not take the others with it
                return failed(self.sha256, "internal", error_words(error))


def _audited(job: FileJob) -> Outcome:
    document = read(job.path, engine=job.engine)
    if document.sha256 != job.sha256:
        return failed(job.sha256, "changed", _("文件在扫描时被改动，没有核对"))
    try:
        report = second_look(audit(document))
    except UnreadableError as error:
        outcome = failed(job.sha256, error.kind, str(error))
        outcome.document = _identity(document, recognise(document)[0])
        return outcome
    if any("MemoryError" in item.reason for item in report.not_checked):
        raise MemoryError
    return outcome_of(report)


def outcome_of(report: Report) -> Outcome:
    """A report as rows."""
    severities = [finding.severity for finding in report.findings if not finding.root]
    grave = Severity.ERROR in severities or Severity.WARNING in severities
    contract = to_json(report)
    document = _identity(report.document, report.profile)
    document |= {f"{severity.value}s": severities.count(severity) for severity in Severity}
    document |= {f"checks_{verdict.value}": report.count(verdict) for verdict in Verdict}
    document |= contract["coverage"]
    text = report.narrative
    said = identity(report.document.sha256, report.profile, report.facts, text, amounts=bool(report.coverage.amounts))
    document |= {"units": packed(said.units), "unit_count": said.unit_count, "content": said.content}
    notes: list[Row] = [("not-checked", item.code, None, item.reason) for item in report.not_checked]
    notes += [("problem", "", problem.page, problem.what) for problem in all_problems(report)]
    return Outcome(
        report.document.sha256,
        FileVerdict.FINDINGS if grave else FileVerdict.CLEAN,
        document=document,
        tables=[_table(table) for table in report.tables],
        facts=[_fact(fact) for fact in report.facts],
        checks=[_check(check) for check in report.checks],
        findings=[_finding(item) for item in contract["findings"]],
        notes=notes,
        records=[(pack(Record(report.profile, report.tables, text)),)],
    )


def _identity(document: Document, profile: Profile) -> dict[str, Any]:
    return {
        "title": profile.title,
        "department": profile.department,
        "kind": profile.kind,
        "year": profile.year,
        "level": profile.level,
        "pages": len(document.pages),
        "format": document.format,
    }


def _table(table: Table) -> Row:
    return (
        table.id,
        table.title,
        table.number,
        table.form,
        table.form_name,
        packed(table.pages),
        table_unit(table),
        plain(table.unit),
        table.organisation,
        table.doubt,
        packed(header_texts(table)),
        packed(body_texts(table)),
    )


def _fact(fact: Fact) -> Row:
    other = {name: value for name, value in sorted(fact.aspects.items()) if name not in ASPECTS}
    return (
        fact.ref.table,
        fact.ref.row,
        fact.ref.col,
        fact.label,
        fact.amount.text,
        plain(fact.amount.value),
        plain(fact.amount.half),
        *place_row(fact.place),
        *(fact.aspects.get(name) for name in ASPECTS),
        packed(other) if other else None,
    )


def _check(check: Check) -> Row:
    ref = check.target.ref
    return (
        check.rule,
        check.kind,
        check.verdict.value,
        *place_row(check.target.place),
        *((ref.table, ref.row, ref.col) if ref is not None else (None, None, None)),
        check.target.label,
        check.target.amount.text,
        plain(check.target.amount.value),
        plain(check.expected),
        plain(check.difference),
        plain(check.slack),
        check.formula,
        check.reason,
        check.quote,
        packed([_operand(operand) for operand in check.operands]),
    )


def _operand(operand: Operand) -> list[Any]:
    """Sign, printed text, and the cell (table, row, column) or, for the text, page, line and label."""
    head = [operand.sign, operand.amount.text]
    if operand.ref is not None:
        return [*head, operand.ref.table, operand.ref.row, operand.ref.col]
    return [*head, operand.place.page, operand.place.line, operand.label]


def _finding(item: dict[str, Any]) -> Row:
    names = ("id", "code", "category", "severity", "confidence", "message", "page", "line")
    rest = ("table", "row", "column", "quote", "reported", "expected", "difference", "unit", "root", "suggestion")
    box = item["bbox"] or (None, None, None, None)
    return (*(item[n] for n in names), *box, *(item[n] for n in rest), item["formula"], packed(item["operands"]))


def place_row(place: Place) -> Row:
    """Page, line and the four edges of the box."""
    box: Iterable[float | None] = (round(edge, 1) for edge in place.bbox) if place.bbox else (None,) * 4
    return (place.page, place.line, *box)


def plain(value: Decimal | None) -> str | None:
    """A Decimal as digits without an exponent."""
    return None if value is None else f"{value:f}"


def packed(value: Any) -> str:
    """Compact JSON, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
