"""Tables that people transcribed cell by cell, against the grids that are read."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from budgetaudit.reading import read

pytestmark = pytest.mark.corpus

_FIGURE = re.compile(r"-?[\d,]+(\.\d+)?%?")


def _row(cells: list[str | None]) -> tuple[str, ...]:
    row = ["".join(unicodedata.normalize("NFKC", cell or "").split()) for cell in cells]
    while row and not row[-1]:
        row.pop()
    return tuple(row)


def test_rows_and_figures_of_the_labelled_documents(corpus: Path) -> None:
    """A row that runs over two pages is joined later, by recognition: it may be missed here."""
    rows = rows_found = figures = figures_found = 0
    with (corpus / "labels" / "documents.tsv").open(encoding="utf-8") as stream:
        documents = list(csv.DictReader(stream, delimiter="\t"))
    for entry in documents:
        truth = corpus / "labels" / f"{entry['name']}.tables.json"
        if not truth.exists():
            continue
        document = read(corpus / entry["path"])
        by_page: dict[int, Counter[tuple[str, ...]]] = {}
        for page in document.pages:
            for grid in page.grids:
                texts = [[""] * grid.n_cols for _ in range(grid.n_rows)]
                for cell in grid.cells:
                    texts[cell.row][cell.col] = cell.text
                by_page.setdefault(page.number, Counter()).update(_row(list(row)) for row in texts)
        for table in json.loads(truth.read_text("utf-8")):
            named = [page for page in table["pages"] if isinstance(page, int)] if document.format == "pdf" else []
            pool: Counter[tuple[str, ...]] = sum((by_page.get(page, Counter()) for page in named or by_page), Counter())
            for cells in table["body_rows"]:
                row = _row(cells)
                count = sum(bool(_FIGURE.fullmatch(text)) for text in row)
                rows += 1
                figures += count
                if pool[row]:
                    pool[row] -= 1
                    rows_found += 1
                    figures_found += count
    assert rows > 1000
    assert rows_found / rows >= 0.998
    assert figures_found / figures >= 0.999


def test_no_file_of_the_corpus_breaks_the_reader(dev_file: Path) -> None:
    from budgetaudit.errors import UnreadableError

    try:
        document = read(dev_file, engine="pdfium", max_pages=12)
    except UnreadableError as error:
        assert error.kind == "html"
        return
    for page in document.pages:
        for grid in page.grids:
            area = sum(cell.rowspan * cell.colspan for cell in grid.cells)
            assert area == grid.n_rows * grid.n_cols
