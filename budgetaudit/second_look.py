"""A second look at the cells that findings would correct, before anybody is told that they are wrong."""

from __future__ import annotations

from dataclasses import replace

from budgetaudit.diagnosis.reread import questioned, reread
from budgetaudit.model import Report


def second_look(report: Report) -> Report:
    """The report with findings in doubt where the page's own text, read without our cells, holds the repaired figures."""
    places = questioned(report.findings)
    if not places or report.document.format != "pdf":
        return report
    from budgetaudit.reading.again import texts

    return replace(report, findings=tuple(reread(report.findings, texts(report.document, places))))
