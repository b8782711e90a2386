"""What an audit says of the samples: nothing of the clean ones, every planted error of the others and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from budgetaudit.audit import audit
from budgetaudit.model import Finding, Place, Report, Severity
from budgetaudit.reading import read
from budgetaudit.vocabulary import squash

SAMPLES = Path(__file__).parents[2] / "samples"
FILES: list[dict[str, Any]] = json.loads((SAMPLES / "expectations.json").read_text("utf-8"))["files"]
CLEAN = [entry for entry in FILES if not entry["planted"]]
WRONG = [entry for entry in FILES if entry["planted"]]


@cache
def report_on(file: str) -> Report:
    return audit(read(SAMPLES / file))


def name_of(entry: dict[str, Any]) -> str:
    return str(entry["file"]).removesuffix(".pdf")


def serious(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.severity in (Severity.ERROR, Severity.WARNING)]


def on_tables(findings: list[Finding]) -> list[Finding]:
    return [f for f in findings if f.ref is not None or f.table]


def at_cell(place: Place, cell: dict[str, Any]) -> bool:
    """Whether a place lies on a planted cell: same page, centre of the one within the box of the other."""
    if place.page != cell["page"] or place.bbox is None:
        return False
    x0, y0, x1, y1 = cell["bbox"]
    x, y = (place.bbox[0] + place.bbox[2]) / 2, (place.bbox[1] + place.bbox[3]) / 2
    return x0 - 2 <= x <= x1 + 2 and y0 - 2 <= y <= y1 + 2


def figures(finding: Finding) -> Iterator[tuple[Place, str]]:
    """Every printed figure that a finding names, with its place."""
    yield finding.place, finding.reported
    for operand in finding.operands:
        yield operand.place, operand.amount.text


def names(finding: Finding, cell: dict[str, Any]) -> bool:
    """Whether a finding names a planted cell with the figure that is printed there (a blank cell by its place)."""
    accepted = (cell["printed"], "")
    return any(at_cell(place, cell) and text.strip() in accepted for place, text in figures(finding))


@pytest.mark.parametrize("entry", FILES, ids=name_of)
def test_the_document_is_identified(entry: dict[str, Any]) -> None:
    report = report_on(entry["file"])
    assert report.profile.department == entry["department"]
    assert report.profile.kind == entry["kind"]
    assert report.profile.year == entry["year"]
    assert len(report.document.pages) == entry["pages"]


@pytest.mark.parametrize("entry", FILES, ids=name_of)
def test_every_table_is_found_whole_and_recognised(entry: dict[str, Any]) -> None:
    found = [(squash(t.title), t.form, list(t.pages)) for t in report_on(entry["file"]).tables]
    assert found == [(squash(t["title"]), t["form"], t["pages"]) for t in entry["tables"]]


@pytest.mark.parametrize("entry", CLEAN, ids=name_of)
def test_a_clean_document_has_no_error_and_no_warning(entry: dict[str, Any]) -> None:
    report = report_on(entry["file"])
    assert [(f.code, f.message) for f in serious(report)] == []
    assert not report.problems


@pytest.mark.parametrize("entry", CLEAN, ids=name_of)
def test_the_figures_of_a_clean_document_are_checked(entry: dict[str, Any]) -> None:
    coverage = report_on(entry["file"]).coverage
    assert coverage.numeric_cells_checked >= 0.95 * coverage.numeric_cells
    assert coverage.numeric_cells_checked_twice >= 0.8 * coverage.numeric_cells
    assert coverage.numeric_cells_cross_checked > 0


@pytest.mark.parametrize(
    ("file", "planted"),
    [
        pytest.param(entry["file"], planted, id=f"{name_of(entry)}-{planted['kind']}-{planted['table']}")
        for entry in WRONG
        for planted in entry["planted"]
        if planted["layer"] == "table"
    ],
)
def test_each_planted_table_error_is_named(file: str, planted: dict[str, Any]) -> None:
    report = report_on(file)
    hits = [f for f in serious(report) if any(names(f, cell) for cell in planted["cells"])]
    assert hits, [(f.code, f.place.page, f.message) for f in serious(report)]


@pytest.mark.parametrize("entry", WRONG, ids=name_of)
def test_nothing_but_the_planted_errors_is_reported_on_tables(entry: dict[str, Any]) -> None:
    report = report_on(entry["file"])
    cells = [cell for planted in entry["planted"] if planted["layer"] == "table" for cell in planted["cells"]]
    found = on_tables(serious(report))
    linked = {f.id for f in found if any(at_cell(place, cell) for place, _ in figures(f) for cell in cells)}
    stray = [f for f in found if f.id not in linked and f.root not in linked]
    assert [(f.code, f.place.page, f.message) for f in stray] == []


NARRATIVE = [
    pytest.param(
        entry,
        planted,
        id=f"{name_of(entry)}-{planted['kind']}",
    )
    for entry in WRONG
    for planted in entry["planted"]
    if planted["layer"] == "narrative"
]


@pytest.mark.parametrize(("entry", "planted"), NARRATIVE)
def test_each_planted_error_of_the_text_is_named(entry: dict[str, Any], planted: dict[str, Any]) -> None:
    """An error or warning on its page that quotes or reports the wrong words."""
    found = [f for f in serious(report_on(entry["file"])) if abs((f.place.page or 0) - planted["page"]) <= 1]
    assert any(planted["printed"] in f"{f.reported} {f.quote} {f.message}" for f in found)
