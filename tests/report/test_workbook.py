from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from budgetaudit.model import ColumnRole, Report
from budgetaudit.report.sheets import FIRST_GRID_ROW, cell_text, printed_number, sheet_name
from budgetaudit.report.workbook import write_report, write_tables
from tests.report import factory


@pytest.fixture
def book(tmp_path: Path) -> Any:
    return saved(factory.report(), tmp_path)


def saved(report: Report, tmp_path: Path) -> Any:
    path = tmp_path / "out.xlsx"
    write_report(report, str(path))
    return load_workbook(path)


def column(sheet: Any, title: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == title)


def test_sheets_stand_in_reading_order(book: Any) -> None:
    assert book.sheetnames == ["概览", "问题清单", "勾稽底稿", "01 收支总表", "02 支出预算总表"]


def test_each_finding_is_a_row_with_numbers_and_room_for_the_reviewer(book: Any) -> None:
    sheet = book["问题清单"]
    titles = [cell.value for cell in sheet[1]]
    assert titles == [
        "序号",
        "严重程度",
        "页",
        "表",
        "行",
        "列",
        "报告数",
        "应为",
        "差额",
        "单位",
        "计算式",
        "说明",
        "规则",
        "状态",
        "备注",
    ]
    assert sheet.max_row == 1 + 7
    first = {title: cell.value for title, cell in zip(titles, sheet[2], strict=True)}
    assert first["严重程度"] == "错误"
    assert (first["报告数"], first["应为"], first["差额"]) == (1234.56, 1234.5, 0.06)
    assert first["计算式"] == "合计 1,234.56 = 一般公共服务支出 1,134.50 + 社会保障 100.00"
    assert first["状态"] is None and first["备注"] is None
    assert sheet.auto_filter.ref == "A1:O8"
    assert sheet.freeze_panes == "A2"
    assert "误报" in sheet.data_validations.dataValidation[0].formula1


def test_a_finding_leads_to_its_cell(book: Any) -> None:
    cell = book["问题清单"].cell(2, 4)
    assert cell.hyperlink.location == f"'02 支出预算总表'!E{FIRST_GRID_ROW + 2}"
    assert book["02 支出预算总表"][f"E{FIRST_GRID_ROW + 2}"].value == 1234.56


def test_every_check_is_in_the_working_paper(book: Any) -> None:
    sheet = book["勾稽底稿"]
    verdicts = [sheet.cell(row, 2).value for row in range(2, sheet.max_row + 1)]
    assert verdicts == ["成立", "尾差", "不符", "不符", "有说明", "未能检查"]
    slack = column(sheet, "允许尾差")
    assert sheet.cell(3, slack).value == 0.015
    unknown = [sheet.cell(7, column(sheet, title)).value for title in ("报告数", "应为", "差额", "说明")]
    assert unknown == [1134.5, None, None, "没有结转表"]


def test_a_table_stands_as_printed(book: Any) -> None:
    sheet = book["02 支出预算总表"]
    areas = {str(area) for area in sheet.merged_cells.ranges}
    assert areas == {"A4:C4", "D4:D5", "E4:E5", "F4:F5", "G4:G5", "A6:D6"}
    total = sheet["E6"]
    assert (total.value, total.number_format) == (1234.56, "#,##0.00")
    assert (sheet["E8"].value, sheet["E8"].number_format) == (1134.5, "0.0")
    assert sheet["G9"].value == "-"
    assert sheet["A7"].value == "201" and sheet["B8"].value == "03"
    assert sheet.freeze_panes == "E6"
    ratio = book["01 收支总表"]["C5"]
    assert (ratio.value, ratio.number_format) == (1, "0.00%")


def test_cells_in_question_are_coloured_and_noted(book: Any) -> None:
    sheet = book["02 支出预算总表"]
    assert sheet["E6"].fill.fgColor.rgb.endswith("FFC7CE")
    assert "合计不等于各类之和" in sheet["E6"].comment.text
    assert "报告数 1,234.56，应为 1,234.5" in sheet["E6"].comment.text
    assert sheet["E7"].fill.fgColor.rgb.endswith("DDEBF7"), "five notices on one cell"
    assert sheet["F6"].comment is None


def test_nothing_in_the_file_is_a_formula(tmp_path: Path) -> None:
    saved(factory.report(), tmp_path)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name) and b"<f " not in archive.read(name)
            assert b"\x1b" not in archive.read(name) or not name.endswith(".xml")
        assert not [n for n in archive.namelist() if "externalLink" in n]


def test_text_that_begins_like_a_formula_is_marked_as_text(book: Any) -> None:
    cell = book["02 支出预算总表"]["D8"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (factory.HOSTILE, "s", True)
    assert book["02 支出预算总表"]["D9"].value == "+社会保障"


def test_sheets_print_on_a4_landscape_with_repeated_titles(book: Any) -> None:
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToWidth == 1
    assert book["勾稽底稿"].print_title_rows == "$1:$1"
    assert book["02 支出预算总表"].print_title_rows == "$4:$5"


def test_the_summary_tells_nothing_found_from_nothing_checked(tmp_path: Path) -> None:
    def summary(report: Report) -> str:
        sheet = saved(report, tmp_path)["概览"]
        return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)

    assert "未发现错误" in summary(factory.clean_report(True))
    assert "没有核对任何数字" in summary(factory.clean_report(False))
    assert "整页是图片" in summary(factory.report()) and "没有三公经费表" in summary(factory.report())


@pytest.mark.parametrize(
    ("printed", "number", "form"),
    [
        ("1,234.50", "1234.50", "#,##0.00"),
        ("1234.500000", "1234.500000", "0.000000"),
        ("-3", "-3", "0"),
        ("(1,200.00)", "-1200.00", "#,##0.00;(#,##0.00)"),
        ("12.5%", "0.125", "0.0%"),
        ("1234567890123.456", None, ""),
        ("", None, ""),
        ("-", None, ""),
        ("约 5", None, ""),
    ],
)
def test_numbers_keep_printed_decimals_or_stay_text(printed: str, number: str | None, form: str) -> None:
    assert printed_number(printed) == (None if number is None else Decimal(number), form)


def test_cell_text_is_legal_xml_and_fits_a_cell() -> None:
    assert cell_text("行\x00\x1b\ud800\ufffe政") == "行政"
    assert cell_text("_x000D_") == "_x005F_x000D_"
    assert len(cell_text("甲" * 40_000)) == 32_767


def test_sheet_names_are_legal_and_unique() -> None:
    taken: set[str] = set()
    for wanted in ("'a[b]:c*?/\\'", "A" * 50, "a" * 50, "", "History", "\U00020000" * 31, "表", "表"):
        name = sheet_name(wanted, taken)
        assert name.casefold() not in taken and name.casefold() != "history"
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\']", name)
        taken.add(name.casefold())


def test_a_hundred_tables_of_one_name_and_a_very_long_cell(tmp_path: Path) -> None:
    text = "甲" * 40_000
    one = factory.table_of("x", "同名" * 30, [["名称", "数"], [text, "1.00"]], [ColumnRole.NAME, ColumnRole.AMOUNT], 1)
    report = factory.report()
    tables = tuple(replace(one, id=f"x{n}") for n in range(100))
    write_tables(report.document, report.profile, tables, str(tmp_path / "t.xlsx"))
    book = load_workbook(tmp_path / "t.xlsx")
    assert len(set(book.sheetnames)) == 101
    assert len(book.worksheets[1].cell(FIRST_GRID_ROW + 1, 1).value) == 32_767
    assert book["目录"].cell(4, 3).hyperlink.location.endswith("!A1")
