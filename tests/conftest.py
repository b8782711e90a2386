"""Where the corpus of real disclosures is, for the tests that need it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ABSENT = "the corpus of real disclosures is not here (set BUDGETAUDIT_CORPUS to its folder)"


def corpus_folder() -> Path | None:
    """The corpus, or None where it is absent: BUDGETAUDIT_CORPUS, else ../shared/corpus beside the checkout."""
    beside = Path(__file__).parents[2] / "shared" / "corpus"
    folder = Path(os.environ.get("BUDGETAUDIT_CORPUS") or beside)
    return folder if (folder / "dev").is_dir() else None


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the corpus; skips the test where it is absent."""
    folder = corpus_folder()
    if folder is None:
        pytest.skip(ABSENT)
    return folder


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a corpus file for the arguments ``dev_file`` and ``junk_file``, one skipped test without corpus."""
    for argument in ("dev_file", "junk_file"):
        if argument not in metafunc.fixturenames:
            continue
        folder = corpus_folder()
        if folder is None:
            metafunc.parametrize(argument, [pytest.param(None, marks=pytest.mark.skip(reason=ABSENT))])
            continue
        part = folder / argument.removesuffix("_file")
        files = sorted(path for path in part.rglob("*") if path.is_file())
        metafunc.parametrize(argument, files, ids=[str(path.relative_to(part)) for path in files])
