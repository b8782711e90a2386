"""The rows of a store that people and programs are shown: one a file, and what repeats, by rule."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from budgetaudit.lang import N_, _
from budgetaudit.scan.outcome import AUDITED, FileVerdict
from budgetaudit.scan.store import Store

SCHEMA = "budgetaudit-scan/1"
NO_TABLES = N_("没有表格数字，只核对了正文：表格可能在另一个文件里")
_FILES = """
    SELECT f.path, f.root, f.problem, f.sha256 AS content, d.*
    FROM files f LEFT JOIN documents d ON f.sha256 = d.sha256 ORDER BY f.path"""
_REPEATED = """
    SELECT sha256, code, category, count(*) AS n
    FROM findings WHERE severity <> 'notice' AND root = '' GROUP BY sha256, code, category"""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file: its verdict and, where it was audited, its document's columns."""

    path: str
    shown: str
    """The path from the folder that all files share."""
    sha256: str
    verdict: FileVerdict
    reason: str
    document: dict[str, Any]

    @property
    def audited(self) -> bool:
        """Whether its figures were checked."""
        return self.verdict in AUDITED

    @property
    def share(self) -> float | None:
        """Share of the printed numbers in tables that were in a check; None where there are none."""
        cells = self.document.get("numeric_cells")
        return self.document["numeric_cells_checked"] / cells if self.audited and cells else None


def file_rows(store: Store, paths: Iterable[str] | None = None) -> list[FileRow]:
    """One row for each of these files (None: all), by path; of equal contents all but the first are duplicates.

    A file whose content was not audited yet (the scan was stopped) has no row.
    """
    wanted = None if paths is None else set(paths)
    records = [
        row
        for row in store.query(_FILES)
        if (wanted is None or row["path"] in wanted) and (row["verdict"] or row["problem"])
    ]
    common = os.path.commonpath([row["root"] for row in records]) if records else ""
    rows, first = [], dict[str, str]()
    for record in records:
        shown = os.path.relpath(record["path"], common)
        sha256 = record["content"] or ""
        document = {key: record[key] for key in record.keys() if key not in ("path", "root", "problem", "content")}  # noqa: SIM118
        if not sha256:
            rows.append(FileRow(record["path"], shown, "", FileVerdict.UNREADABLE, record["problem"], document))
        elif sha256 in first:
            reason = _("与 {path} 相同").format(path=first[sha256])
            rows.append(FileRow(record["path"], shown, sha256, FileVerdict.DUPLICATE, reason, document))
        else:
            first[sha256] = shown
            verdict = FileVerdict(record["verdict"])
            # What has no tables must not look as if its figures had been checked.
            bare = verdict in AUDITED and not record["numeric_cells"]
            reason = _(NO_TABLES) if bare else record["reason"]
            rows.append(FileRow(record["path"], shown, sha256, verdict, reason, document))
    return rows


def by_verdict(rows: Iterable[FileRow]) -> Counter[FileVerdict]:
    """How many files came to each verdict."""
    return Counter(row.verdict for row in rows)


def repeated(store: Store, rows: Iterable[FileRow]) -> list[tuple[str, str, int, int]]:
    """(rule, category, findings, documents) of errors and warnings in these files, what is most frequent first."""
    contents = {row.sha256 for row in rows if row.audited}
    total: Counter[tuple[str, str]] = Counter()
    documents: Counter[tuple[str, str]] = Counter()
    for row in store.query(_REPEATED):
        if row["sha256"] in contents:
            total[row["code"], row["category"]] += row["n"]
            documents[row["code"], row["category"]] += 1
    found = [(code, category, count, documents[code, category]) for (code, category), count in total.items()]
    return sorted(found, key=lambda item: (-item[3], -item[2], item[0], item[1]))


def row_json(row: FileRow) -> dict[str, Any]:
    """A file as one object of `scan --format json`. Keys are stable and always present; additions are allowed."""
    d = row.document
    counts = ("error", "warning", "notice")
    verdicts = ("held", "rounding", "explained", "failed", "unknown")
    coverage = (
        "tables",
        "tables_recognised",
        "numeric_cells",
        "numeric_cells_checked",
        "numeric_cells_checked_twice",
        "numeric_cells_cross_checked",
        "amounts",
        "amounts_matched",
        "amounts_checked",
    )
    return {
        "schema": SCHEMA,
        "path": row.path,
        "sha256": row.sha256,
        "verdict": row.verdict.value,
        "reason": row.reason,
        "failure": d.get("failure") or "",
        "document": {name: d.get(name) for name in ("title", "department", "kind", "year", "pages", "format")},
        "findings": {name: d.get(f"{name}s") or 0 for name in counts},
        "checks": {name: d.get(f"checks_{name}") or 0 for name in verdicts},
        "coverage": {name: d.get(name) or 0 for name in coverage},
    }
