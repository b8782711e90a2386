"""camelot as fallback and as second opinion."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetaudit.model import Cell, Document, Grid, Place
from budgetaudit.reading import engines, read
from budgetaudit.reading.verify import CELLS_DIFFER, TEXT_DIFFERS, compare

from .conftest import table
from .drawing import Sheet, save

XS, YS = [60, 200, 300, 400], [700, 680, 660, 640]
TEXTS = [["Item", "Plan", "Done"], ["Alpha", "1,234.50", "86.34"], ["Beta", "0.00", "-5.10"]]


def _sheet(rotate: int = 0) -> Sheet:
    sheet = Sheet(rotate=rotate).text(60, 720, "Table 1")
    if rotate == 90:
        sheet.raw("q 0 1 -1 0 842 0 cm")
    return sheet.grid(XS, YS).rows(XS, YS, TEXTS)


@pytest.mark.parametrize("rotate", [0, 90])
def test_camelot_reads_the_same_cells_in_the_same_places(document: Callable[..., Document], rotate: int) -> None:
    sheet = Sheet(842, 842, rotate)
    if rotate:
        sheet.raw("q 0 1 -1 0 842 0 cm")
    sheet.grid(XS, YS).rows(XS, YS, TEXTS)
    ours = document(sheet).pages[0].grids[0]
    theirs = document(sheet, engine="camelot").pages[0].grids[0]
    assert theirs.engine == "camelot"
    assert table(theirs) == table(ours) == TEXTS
    for a, b in zip(ours.cells, theirs.cells, strict=True):
        assert a.place.bbox == pytest.approx(b.place.bbox, abs=1.5)


def test_camelot_alone_keeps_the_lines_and_what_it_leaves_out(document: Callable[..., Document]) -> None:
    low = [y - 200 for y in YS]
    sheet = _sheet().grid(XS, low, "curve").rows(XS, low, TEXTS)
    page = document(sheet, engine="camelot").pages[0]
    assert [table(one) for one in page.grids] == [TEXTS]
    assert [line.text for line in page.lines] == [
        "Table 1", "Item Plan Done", "Alpha 1,234.50 86.34", "Beta 0.00 -5.10",
    ]  # fmt: skip


def test_mostly_empty_tables_pass_the_gate_of_camelot(document: Callable[..., Document]) -> None:
    ys = [700 - 20 * i for i in range(12)]
    page = document(Sheet().grid(XS, ys).text(63, 687, "Item").text(203, 687, "Plan"), engine="camelot").pages[0]
    assert [(one.n_rows, one.n_cols) for one in page.grids] == [(11, 3)]
    from camelot.parsers import lattice

    assert lattice._GRID_WHITESPACE_REJECT < 100  # as it was: other users of camelot are not affected


def test_the_second_opinion_agrees_on_a_clean_page(document: Callable[..., Document]) -> None:
    assert compare(document(_sheet())) == ([], [])


def _changed(document: Document, old: str, new: str) -> Document:
    page = document.pages[0]
    grid = page.grids[0]
    cells = tuple(dataclasses.replace(c, text=new) if c.text == old else c for c in grid.cells)
    page = dataclasses.replace(page, grids=(dataclasses.replace(grid, cells=cells),))
    return dataclasses.replace(document, pages=(page,))


def test_another_text_is_reported_with_both_readings(document: Callable[..., Document]) -> None:
    (found,), problems = compare(_changed(document(_sheet()), "1,234.50", "1,284.50"))
    assert (found.ours, found.camelot, found.what) == ("1,284.50", "1,234.50", TEXT_DIFFERS)
    assert found.place.page == 1 and found.place.bbox is not None
    assert not problems


def test_another_division_into_cells_is_reported(document: Callable[..., Document]) -> None:
    read_ = document(_sheet())
    page = read_.pages[0]
    grid = page.grids[0]
    cells = [c for c in grid.cells if (c.row, c.col) not in {(1, 1), (1, 2)}]
    left = next(c for c in grid.cells if (c.row, c.col) == (1, 1))
    box = left.place.bbox
    assert box is not None
    wide = (box[0], box[1], box[2] + 100, box[3])
    cells.append(Cell("1,234.5086.34", Place(1, wide), 1, 1, 1, 2))
    page = dataclasses.replace(page, grids=(dataclasses.replace(grid, cells=tuple(cells)),))
    (found,), _ = compare(dataclasses.replace(read_, pages=(page,)))
    assert (found.what, found.camelot) == (CELLS_DIFFER, "1,234.50 | 86.34")


def test_a_table_that_only_one_engine_sees(document: Callable[..., Document]) -> None:
    (found,), _ = compare(document(Sheet().grid(XS, YS, "curve").rows(XS, YS, TEXTS)))
    assert "camelot 没有读出" in found.what and found.ours == "3 行 3 列"


def test_a_text_file_has_no_second_opinion(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("项目\t金额\n合计\t1.00\n", "utf-8")
    assert compare(read(path)) == ([], [])


def _grid(*texts: str, doubt: str = "") -> Grid:
    cells = tuple(Cell(text, Place(1, (60 + 50 * n, 100, 110 + 50 * n, 120)), 0, n) for n, text in enumerate(texts))
    return Grid(cells, 1, len(texts), Place(1, (60, 100, 260, 120)), doubt=doubt)


def test_better_means_no_digit_lost_and_more_cells_of_one_figure() -> None:
    glued = _grid("Alpha", "1.50 2.50", "", "")
    assert engines.is_better(_grid("Alpha", "1.50", "2.50", ""), glued)
    assert not engines.is_better(_grid("Alpha", "1.50", "2.5", ""), glued)
    assert not engines.is_better(glued, _grid("Alpha", "1.50", "2.50", ""))
    assert not engines.is_better(glued, glued)


def test_a_doubtful_grid_is_read_again_and_the_better_reading_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's figures are glued in the doubtful reading; camelot reads the true page."""
    path = save(tmp_path, _sheet())
    document = read(path, engine="pdfium")
    glued = _changed(_changed(document, "1,234.50", "1,234.5086.34"), "86.34", "")
    page = glued.pages[0]
    doubtful = dataclasses.replace(page.grids[0], doubt="有数字压在竖线上")
    glued = dataclasses.replace(glued, pages=(dataclasses.replace(page, grids=(doubtful,)),))
    (grid,) = engines.settle_doubts(glued).pages[0].grids
    assert grid.engine == "camelot"
    assert table(grid) == TEXTS
    assert grid.doubt.startswith("有数字压在竖线上") and "camelot" in grid.doubt
    sure = dataclasses.replace(document, pages=(dataclasses.replace(page, grids=document.pages[0].grids),))
    assert engines.settle_doubts(sure) == sure


def test_camelot_is_not_imported_before_it_is_needed(tmp_path: Path) -> None:
    path = save(tmp_path, _sheet())
    code = (
        "import sys; from budgetaudit.reading import read; read(sys.argv[1]);"
        "print([m for m in ('camelot', 'cv2', 'pandas', 'numpy', 'pdfminer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_text_is_read_without_any_pdf_library(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("项目\t金额\n合计\t1.00\n", "utf-8")
    code = "import sys; from budgetaudit.reading import read; read(sys.argv[1]); print('pypdfium2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_camelot_is_not_asked_where_it_cannot_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet().line(60, 700, 400, 700).line(60, 680, 400, 680).line(60, 640, 400, 640).rows(XS, YS, TEXTS)

    def fail(*_: object) -> None:
        raise AssertionError("camelot was asked about a table without vertical rules")

    monkeypatch.setattr("budgetaudit.reading.camelot_engine.camelot_grids", fail)
    (grid,) = read(save(tmp_path, sheet)).pages[0].grids
    assert table(grid) == TEXTS
    assert grid.doubt
