"""Findings as one CSV: a line a finding, the columns that the findings of a scan have too."""

from __future__ import annotations

import csv
from typing import Any, TextIO

from budgetaudit.report.json_report import to_json
from budgetaudit.report.outputs import Audited, How
from budgetaudit.report.tables import csv_safe
from budgetaudit.report.words import error_words

DOCUMENT_COLUMNS = ("path", "sha256", "department", "year", "kind")
BOX_COLUMNS = ("x0", "y0", "x1", "y1")
COLUMNS = (
    *DOCUMENT_COLUMNS,
    *("id", "code", "category", "severity", "confidence", "message", "page", "line", *BOX_COLUMNS),
    *("table", "row", "column", "quote", "reported", "expected", "difference", "unit", "suggestion", "formula"),
)
UNREADABLE = "unreadable"
"""Category of the line that stands for a file that was not checked: it has no code and no severity."""


class FindingsCsv:
    """Lines are written as the inputs come."""

    def __init__(self, stream: TextIO, how: How) -> None:
        self._writer = csv.writer(stream)
        self._writer.writerow(COLUMNS)

    def add(self, audited: Audited) -> None:
        """The findings of one input; one line with the reason where it was not checked."""
        if audited.report is None:
            self._row({"path": audited.path, "category": UNREADABLE, "message": error_words(audited.error)})
            return
        contract = to_json(audited.report)
        document = {name: contract["document"][name] for name in DOCUMENT_COLUMNS}
        for finding in contract["findings"]:
            box = dict(zip(BOX_COLUMNS, finding["bbox"] or (None,) * 4, strict=True))
            self._row({**document, **finding, **box})

    def end(self) -> None:
        """Nothing is left."""

    def _row(self, record: dict[str, Any]) -> None:
        values = [record.get(name) for name in COLUMNS]
        self._writer.writerow("" if value is None else csv_safe(str(value)) for value in values)
