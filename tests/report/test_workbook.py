from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from budgetaudit.model import CellRef, ColumnRole, Heading, Narrative, Place, Problem, Report, Severity
from budgetaudit.report import words
from budgetaudit.report.fingerprint import SCHEME, fingerprint
from budgetaudit.report.sheets import cell_text, printed_number, reference, sheet_name
from budgetaudit.report.workbook import write_report, write_tables
from budgetaudit.report.workbook.figures import FIRST_GRID_ROW
from tests.report import factory
from tests.report.spreadsheet import Spreadsheet


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
    assert book.sheetnames == [
        "概览", "问题清单", "检查表", "勾稽底稿", "正文数字", "01 收支总表", "02 支出预算总表",
    ]  # fmt: skip


def rows(sheet: Any) -> list[dict[str, Any]]:
    titles = [cell.value for cell in sheet[1]]
    return [
        {title: cell.value for title, cell in zip(titles, line, strict=True)} for line in sheet.iter_rows(min_row=2)
    ]


def test_each_root_is_a_row_with_numbers_and_room_for_the_reviewer(book: Any) -> None:
    sheet = book["问题清单"]
    titles = [cell.value for cell in sheet[1]]
    assert titles == [
        "序号", "严重程度", "页", "位置", "报告数", "应为", "差额", "单位", "计算式", "说明与建议", "规则", "依据", "复算",
        "状态", "备注", SCHEME,
    ]  # fmt: skip
    found = rows(sheet)
    assert len(found) == 7
    first = found[0]
    assert first["严重程度"] == "错误"
    assert (first["报告数"], first["应为"], first["差额"]) == (1234.56, 1234.5, 0.06)
    assert first["计算式"] == "合计 1,234.56 = 一般公共服务支出 1,134.50 + 社会保障 100.00"
    assert first["位置"] == "支出预算总表\n行「合计」\n列「合计」"
    assert "建议：核对合计" in first["说明与建议"] and first["依据"]
    assert {row["状态"] for row in found} == {"待核实"} and first["备注"] is None
    assert first[SCHEME] == fingerprint(words.grouped(factory.report())[0][0])
    assert sheet.auto_filter.ref == "A1:O8" and sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["P"].hidden
    states = sheet.data_validations.dataValidation[0]
    assert (str(states.sqref), states.formula1) == ("N2:N8", '"待核实,已核实,不采纳,已更正"')


def test_dependants_are_listed_in_the_row_of_their_root(tmp_path: Path) -> None:
    report = factory.report()
    head = report.findings[-1]
    others = tuple(
        replace(head, id=f"D{n}", root=head.id, row=f"科目{n}", ref=CellRef("t1", 3, 5), severity=Severity.WARNING)
        for n in range(12)
    )
    sheet = saved(replace(report, findings=(head, *others)), tmp_path)["问题清单"]
    assert sheet.max_row == 2
    said = sheet.cell(2, column(sheet, "说明与建议")).value
    assert "行「科目0」" in said and "另有 4 处，见勾稽底稿" in said
    assert len(sheet.cell(2, column(sheet, SCHEME)).value.split()) == 13


def test_a_finding_leads_to_its_cell(book: Any) -> None:
    cell = book["问题清单"].cell(2, 3)
    assert (cell.value, cell.hyperlink.location) == ("第8页", f"'02 支出预算总表'!E{FIRST_GRID_ROW + 2}")
    assert book["02 支出预算总表"][f"E{FIRST_GRID_ROW + 2}"].value == 1234.56


def test_a_quote_in_a_sheet_name_is_doubled_in_references() -> None:
    assert reference("1'2", 3, 28) == "'1''2'!AB3"


def test_a_sheet_name_full_of_marks_still_gives_formulas_that_work(tmp_path: Path) -> None:
    report = factory.report()
    tables = tuple(replace(table, title=f"a'b\"c{{d}}[e]:{table.title}") for table in report.tables)
    report = replace(report, tables=tables)
    sheet = Spreadsheet(saved(report, tmp_path))
    assert "01 a'b\"cde" in sheet.book.sheetnames[5]
    for row in range(2, sheet.book["勾稽底稿"].max_row + 1):
        assert sheet.value("勾稽底稿", row, 2) in ("成立", "尾差", "不符", "有说明", "未能检查")
    target = sheet.book["问题清单"].cell(2, 3).hyperlink.location
    assert target.startswith("'02 a''b") and target.endswith("!E6")


def test_every_check_is_in_the_working_paper(book: Any) -> None:
    found = rows(book["勾稽底稿"])
    stored = [row["结论"] if str(row["结论"])[:1] != "=" else "formula" for row in found]
    assert len(found) == 6 and stored.count("未能检查") == 1
    unknown = next(row for row in found if row["说明"] == "没有结转表")
    assert [unknown[title] for title in ("报告数", "应为", "差额")] == [1134.5, None, None]


def test_the_reviewer_s_form_answers_for_each_table(tmp_path: Path) -> None:
    report = factory.report()
    headings = (
        Heading("星湖市测绘局主要职能", 1, Place(page=2, bbox=(50, 80, 90, 95))),
        Heading("名词解释", 1, Place(page=4, bbox=(50, 80, 90, 95))),
    )
    text = replace(
        report.findings[0], id="S", code="F604", category="semantic", place=Place(page=4, bbox=(50, 300, 90, 310)),
        table="", row="", column="", quote="支出。。", message="标点重复或相连", ref=None, reported="。。", expected="",
    )  # fmt: skip
    report = replace(report, narrative=Narrative(headings=headings), findings=(*report.findings, text))
    sheet = saved(report, tmp_path)["检查表"]
    form = {line[0].value: [cell.value for cell in line[1:4]] for line in sheet.iter_rows(min_row=5) if line[1]}
    assert form["及时性：是否按时公开"][1] == "未能检查"
    assert form["名词解释"] == ["第4页", "是", "（提示）第4页“支出。。”：标点重复或相连。"]
    where, answer, problems = form["《支出预算总表》"]
    assert (where, answer) == ("第8页", "否")
    assert problems.startswith("第8页“合计”“合计”：合计不等于各类之和。\n另有四舍五入尾差 5 处")
    assert list(form)[-2] == "应公开的内容是否齐全"
    assert {str(rule.sqref) for rule in sheet.data_validations.dataValidation} == {f"C5:C{sheet.max_row - 1}"}


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


def test_only_our_own_formulas_are_formulas(tmp_path: Path) -> None:
    """Formulas are made of references, numbers, our own words and a few functions; a document's text is in none."""
    hostile = saved(hostile_report(), tmp_path)
    allowed = re.compile(r"^=[A-Z0-9$!:,.()<>=+*/\-]*$")
    for sheet in hostile:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    bare = re.sub(r"'(?:[^']|'')+'!|\"(?:成立|尾差|不符|有说明|未能检查|)\"", "", cell.value)
                    assert sheet.title in ("概览", "问题清单", "勾稽底稿") and allowed.match(bare), cell.value
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert not [name for name in archive.namelist() if "externalLink" in name]
        for name in archive.namelist():
            assert b"\x1b" not in archive.read(name) or not name.endswith(".xml")


HOSTILE = (
    '=HYPERLINK("http://evil.example","点我")', "@SUM(1+1)*cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-2+3",
    "＝1+1", "<script>alert(1)</script>", "账\u202e目", "_x0041_", "http://evil.example/", "甲" * 40_000,
)  # fmt: skip


def hostile_report() -> Report:
    """Hostile strings at every place that a document fills."""
    report = factory.report()
    texts = [["名称", "数"], *([text, f"{n}.00"] for n, text in enumerate(HOSTILE, 1))]
    one = factory.table_of("h", HOSTILE[0], texts, [ColumnRole.NAME, ColumnRole.AMOUNT], 1)
    findings = tuple(
        replace(
            report.findings[0], id=f"H{n}", table=text, row=text, column=text, quote=text, message=text,
            suggestion=text, reported=text, expected=text, difference="", unit=text, formula=text, ref=None,
        )
        for n, text in enumerate(HOSTILE)
    )  # fmt: skip
    checks = tuple(
        replace(check, formula=text, reason=text, quote=text, message=text, kind="statement")
        for check, text in zip(report.checks * 2, HOSTILE, strict=False)
    )
    profile = replace(report.profile, title=HOSTILE[0], department=HOSTILE[1])
    problems = tuple(Problem(text, 1) for text in HOSTILE)
    return replace(
        report, profile=profile, tables=(*report.tables, one), findings=(*report.findings, *findings),
        checks=(*report.checks, *checks), problems=problems,
    )  # fmt: skip


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    book = saved(hostile_report(), tmp_path)
    cells = [book.worksheets[-1].cell(FIRST_GRID_ROW + n, 1) for n in range(1, len(HOSTILE) + 1)]
    assert [cell.value for cell in cells] == [text[:32_767] for text in HOSTILE]
    assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)
    assert [cell.quotePrefix for cell in cells[:5]] == [True] * 5
    shown = [c.value for sheet in book for line in sheet.iter_rows() for c in line if isinstance(c.value, str)]
    assert any("\\u202e" in text for text in shown), "hidden marks are shown in what we say"
    assert not any(c.data_type == "f" and "evil" in c.value for s in book for line in s.iter_rows() for c in line)


def test_text_that_begins_like_a_formula_is_marked_as_text(book: Any) -> None:
    cell = book["02 支出预算总表"]["D8"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (factory.HOSTILE, "s", True)
    assert book["02 支出预算总表"]["D9"].value == "+社会保障"


def test_sheets_print_on_a4_landscape_with_repeated_titles(book: Any) -> None:
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book["勾稽底稿"].print_title_rows == "$1:$1"
    assert book["02 支出预算总表"].print_title_rows == "$4:$5"


def test_the_working_paper_prints_figures_and_leaves_words_on_the_screen(tmp_path: Path) -> None:
    report = factory.report()
    words_only = replace(report.checks[0], kind="statement", quote="一句话", operands=())
    sheet = saved(replace(report, checks=(words_only, *report.checks)), tmp_path)["勾稽底稿"]
    assert sheet.print_area == "'勾稽底稿'!$A$1:$M$7"
    assert rows(sheet)[-1]["计算式（按原文）"] == "一句话"
    assert {rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules} >= {'"成立"', '"不符"'}


def test_the_summary_tells_nothing_found_from_nothing_checked(tmp_path: Path) -> None:
    def summary(report: Report) -> str:
        sheet = saved(report, tmp_path)["概览"]
        return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)

    assert "未发现错误" in summary(factory.clean_report(True))
    assert "没有核对任何数字" in summary(factory.clean_report(False))
    assert "整页是图片" in summary(factory.report()) and "没有三公经费表" in summary(factory.report())


def test_a_file_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        write_report(factory.report(), tmp_path / "missing" / "out.xlsx")


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
    assert len(cell_text("甲" * 40_000)) == 32_767


def test_sheet_names_are_legal_and_unique() -> None:
    taken: set[str] = set()
    for wanted in ("'a[b]:c*?/\\'", "A" * 50, "a" * 50, "", "History", "\U00020000" * 31, "表", "表"):
        name = sheet_name(wanted, taken)
        assert name.casefold() not in taken and name.casefold() != "history"
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\{}]", name)
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
