"""Real disclosures: none crashes, none takes too long, and what is no disclosure raises no false alarm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from budgetaudit.audit import audit
from budgetaudit.errors import UnreadableError
from budgetaudit.model import Report, Severity
from budgetaudit.reading import read

pytestmark = pytest.mark.corpus

BASE_SECONDS, SECONDS_A_PAGE = 20.0, 0.5  # wide: the machine may be busy, a hang is not


def audited(path: Path) -> Report | str:
    """The report on a file, or why it was refused; fails where reading and audit took too long."""
    began = time.monotonic()
    try:
        result: Report | str = audit(read(path))
    except UnreadableError as error:
        message = str(error)
        assert message and "\n" not in message
        result = message
    pages = len(result.document.pages) if isinstance(result, Report) else 0
    assert time.monotonic() - began < BASE_SECONDS + SECONDS_A_PAGE * pages
    return result


def test_a_real_disclosure_reads_and_audits(dev_file: Path) -> None:
    result = audited(dev_file)
    if isinstance(result, str):
        return
    crashed = [entry for entry in result.not_checked if "运行出错" in entry.reason]
    assert crashed == []
    for finding in result.findings:
        assert finding.place.page is not None or finding.place.line is not None
    coverage = result.coverage
    assert coverage.numeric_cells_cross_checked <= coverage.numeric_cells_checked <= coverage.numeric_cells
    assert coverage.numeric_cells_checked_twice <= coverage.numeric_cells_checked


def test_most_of_the_corpus_is_readable(corpus: Path) -> None:
    """Guards the test above: a reader that refuses everything would pass it."""
    files = sorted((corpus / "dev").rglob("*.pdf"))[::12]
    read_well = [path for path in files if not isinstance(audited(path), str)]
    assert len(read_well) >= 0.5 * len(files)


def test_junk_is_refused_or_raises_no_error(junk_file: Path) -> None:
    result = audited(junk_file)
    if isinstance(result, Report):
        assert [f.message for f in result.findings if f.severity is Severity.ERROR] == []
