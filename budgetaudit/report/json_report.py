"""The machine contract: one JSON object a document. Keys are stable and always present; additions are allowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from budgetaudit.errors import UnreadableError
from budgetaudit.model import (
    BBox,
    Coverage,
    Document,
    Finding,
    Hidden,
    Operand,
    Profile,
    Repair,
    Report,
    Table,
    Verdict,
)
from budgetaudit.report.fingerprint import fingerprint
from budgetaudit.report.tables import body_texts, header_texts
from budgetaudit.report.words import all_problems, table_unit

SCHEMA = "budgetaudit/1"


def to_json(report: Report) -> dict[str, Any]:
    """A report as the object that `check --format json` prints. Figures are strings as printed."""
    return {
        "schema": SCHEMA,
        "document": document_json(report.document, report.profile),
        "coverage": _coverage(report.coverage),
        "checks": {verdict.value: report.count(verdict) for verdict in Verdict},
        "findings": [_finding(finding) for finding in report.findings],
        "not_checked": [
            {"code": item.code, "reason": item.reason, "by_choice": item.by_choice} for item in report.not_checked
        ],
        "hidden": [_hidden(hidden) for hidden in report.hidden],
        "stale": [{"what": entry.what, "count": entry.count} for entry in report.stale],
        "problems": [{"page": p.page, "what": p.what} for p in all_problems(report)],
    }


def tables_json(document: Document, profile: Profile, tables: Sequence[Table]) -> dict[str, Any]:
    """Tables as the object that `extract --format json` prints: one entry a table, cells as printed."""
    return {
        "document": document_json(document, profile),
        "tables": [
            {
                "title": table.title,
                "form": table.form,
                "pages": list(table.pages),
                "unit": table_unit(table),
                "header": header_texts(table),
                "rows": body_texts(table),
            }
            for table in tables
        ],
    }


def error_json(path: str, error: Exception | None) -> dict[str, Any]:
    """What stands for a file of several that could not be audited."""
    kind = error.kind if isinstance(error, UnreadableError) else "internal"
    message = str(error) if isinstance(error, UnreadableError) else type(error).__name__
    return {"schema": SCHEMA, "path": path, "error": {"kind": kind, "message": message}}


def document_json(document: Document, profile: Profile) -> dict[str, Any]:
    """Identity of the document: from its text, never from its name."""
    return {
        "path": document.path,
        "sha256": document.sha256,
        "title": profile.title,
        "department": profile.department,
        "kind": profile.kind,
        "year": profile.year,
        "pages": len(document.pages),
        "format": document.format,
        "parts": [{"path": p.path, "first_page": p.first_page, "pages": p.pages} for p in document.parts],
    }


def _coverage(coverage: Coverage) -> dict[str, int]:
    return {
        "tables": coverage.tables,
        "tables_recognised": coverage.tables_recognised,
        "numeric_cells": coverage.numeric_cells,
        "numeric_cells_checked": coverage.numeric_cells_checked,
        "numeric_cells_checked_twice": coverage.numeric_cells_checked_twice,
        "numeric_cells_cross_checked": coverage.numeric_cells_cross_checked,
        "amounts": coverage.amounts,
        "amounts_matched": coverage.amounts_matched,
        "amounts_checked": coverage.amounts_checked,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "fingerprint": fingerprint(finding),
        "code": finding.code,
        "category": finding.category,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence, 3),
        "message": finding.message,
        "page": finding.place.page,
        "line": finding.place.line,
        "bbox": _bbox(finding.place.bbox),
        "table": finding.table,
        "row": finding.row,
        "column": finding.column,
        "quote": finding.quote,
        "reported": finding.reported,
        "expected": finding.expected,
        "difference": finding.difference,
        "unit": finding.unit,
        "operands": [_operand(operand) for operand in finding.operands],
        "root": finding.root,
        "suggestion": finding.suggestion,
        "formula": finding.formula,
        "repairs": [_repair(repair) for repair in finding.repairs],
    }


def _hidden(hidden: Hidden) -> dict[str, Any]:
    return {
        "id": hidden.finding.id,
        "fingerprint": fingerprint(hidden.finding),
        "code": hidden.finding.code,
        "severity": hidden.finding.severity.value,
        "reason": hidden.reason,
        "accepted": hidden.accepted,
    }


def _repair(repair: Repair) -> dict[str, Any]:
    return {
        "slip": repair.slip,
        "checks": repair.checks,
        "changes": [{**_operand(change.operand), "expected": change.expected} for change in repair.changes],
    }


def _operand(operand: Operand) -> dict[str, Any]:
    return {
        "label": operand.label,
        "value": operand.amount.text,
        "sign": operand.sign,
        "page": operand.place.page,
        "line": operand.place.line,
        "bbox": _bbox(operand.place.bbox),
    }


def _bbox(bbox: BBox | None) -> list[float] | None:
    return [round(edge, 1) for edge in bbox] if bbox else None
