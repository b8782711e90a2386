"""The results that are stored beside formulas."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from budgetaudit.report.results import with_results
from budgetaudit.report.sheets import Book

LOOKS_LIKE_ONE = '<c r="A2"><f>1</f><v/></c>'


def written() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, value in enumerate(("=1/4", LOOKS_LIKE_ONE, '=IF(1<2,"a&b","")', "=2+2", 7), 1):
        sheet.cell(row, 1, value)
    book.create_sheet("二")["A1"] = "=5"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def values(workbook: bytes, sheet: int, data_only: bool) -> list[Any]:
    page = load_workbook(io.BytesIO(workbook), data_only=data_only).worksheets[sheet]
    return [cell.value for cell in page["A"]]


def test_results_are_read_where_formulas_are_not_calculated() -> None:
    first: dict[str, Decimal | str] = {"A1": Decimal("0.25"), "A2": "no formula", "A3": "a<b&c"}
    book = with_results(written(), [first, {"A1": Decimal(5)}])
    assert values(book, 0, True) == [0.25, LOOKS_LIKE_ONE, "a<b&c", None, 7]
    assert values(book, 1, True) == [5]
    assert values(book, 0, False) == values(written(), 0, False)


def test_all_else_stays_as_it_was() -> None:
    before = written()
    after = with_results(before, [{"A1": Decimal("0.25")}])
    with ZipFile(io.BytesIO(before)) as old, ZipFile(io.BytesIO(after)) as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert new.namelist() == old.namelist() and changed == ["xl/worksheets/sheet1.xml"]
    assert with_results(before, [{"A1": Decimal("0.25")}]) == after


@pytest.mark.parametrize("empty", ["<v/>", "<v />", "<v></v>"])
def test_an_empty_value_may_be_written_in_three_ways(empty: str) -> None:
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f'<c r="B2" s="3"><f>A1</f>{empty}</c>')
    with ZipFile(io.BytesIO(with_results(made.getvalue(), [{"B2": "成立"}]))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet == '<c r="B2" s="3" t="str"><f>A1</f><v>成立</v></c>'


def test_a_number_is_stored_as_a_number_and_calculated_anew_when_opened(tmp_path: Path) -> None:
    book = Book()
    book.sheet("表").formula(1, 1, "1000+234.5", Decimal("1234.5"), "#,##0.00")
    book.save(tmp_path / "a.xlsx")
    loaded = load_workbook(tmp_path / "a.xlsx", data_only=True)
    cell = loaded["表"]["A1"]
    assert (cell.value, cell.data_type, cell.number_format) == (1234.5, "n", "#,##0.00")
    assert loaded.calculation.fullCalcOnLoad
