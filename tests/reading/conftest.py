"""Ways to read a drawn page in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetaudit.model import Document, Grid
from budgetaudit.reading import read

from .drawing import Sheet, save


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., Document]:
    """Draw pages, read them with pdfium."""

    def make(*sheets: Sheet, engine: str = "pdfium") -> Document:
        return read(save(tmp_path, *sheets), engine=engine)

    return make


@pytest.fixture
def grid(document: Callable[..., Document]) -> Callable[..., Grid]:
    """Draw one page, read its only grid."""

    def make(sheet: Sheet) -> Grid:
        grids = document(sheet).pages[0].grids
        assert len(grids) == 1
        one: Grid = grids[0]
        covered = sorted(
            (row, col)
            for cell in one.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        )
        assert covered == [(row, col) for row in range(one.n_rows) for col in range(one.n_cols)]
        return one

    return make


def table(grid: Grid) -> list[list[str]]:
    """Texts by row; a merged cell's text stands in its first position."""
    rows = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return rows
