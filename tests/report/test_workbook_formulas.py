"""The working paper's formulas say what the audit said, and follow a corrected figure."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from budgetaudit.audit import audit
from budgetaudit.coverage import coverage
from budgetaudit.findings import raised
from budgetaudit.model import Check, Document, Report, Verdict
from budgetaudit.reading import read
from budgetaudit.report import words
from budgetaudit.report.workbook import write_report
from budgetaudit.report.workbook.paper import Paper
from budgetaudit.rules import all_rules
from tests.report.spreadsheet import CellError, Spreadsheet
from tests.rules.small import book_of
from tests.rules.test_examples import examples

SAMPLES = Path(__file__).parents[2] / "samples"
PAPER = "勾稽底稿"
HELD, FAILED = words.VERDICT[Verdict.HELD], words.VERDICT[Verdict.FAILED]


@lru_cache
def sample(name: str) -> Report:
    return audit(read(SAMPLES / name))


def report_of(text: str) -> Report:
    """All checks of a text document, whether or not it would pass for a disclosure."""
    book = book_of(text)
    checks = tuple(check for rule in all_rules() if not rule.links for check in rule.run(book))
    document = book.document
    assert document is not None
    found = tuple(replace(r.finding, id=f"F{n}") for n, r in enumerate(raised(checks, book.tables)))
    return Report(document, book.profile, book.tables, checks, found, coverage(checks, book.tables))


def opened(report: Report, folder: Path) -> Spreadsheet:
    path = folder / "paper.xlsx"
    write_report(report, path)
    return Spreadsheet(load_workbook(path))


def lines(report: Report) -> Iterator[tuple[int, Check]]:
    """Rows of the working paper with their checks."""
    paper = Paper(report)
    for check in report.checks:
        yield int(paper.verdict_cell(check).rpartition("!B")[2]), check


def disagreeing(report: Report, sheet: Spreadsheet) -> list[tuple[str, str, object]]:
    """Rule, verdict of the audit and verdict of the sheet where they differ."""
    return [
        (check.rule, words.VERDICT[check.verdict], sheet.value(PAPER, row, 2))
        for row, check in lines(report)
        if sheet.value(PAPER, row, 2) != words.VERDICT[check.verdict]
    ]


def live_rows(report: Report, sheet: Spreadsheet) -> list[tuple[int, Check]]:
    return [(row, c) for row, c in lines(report) if sheet.book[PAPER].cell(row, 2).data_type == "f"]


EXAMPLES = [(rule, side) for rule in all_rules() if not rule.links for side in (0, 1)]


@pytest.mark.parametrize(("rule", "side"), EXAMPLES, ids=lambda value: getattr(value, "code", str(value)))
def test_every_rule_s_example_has_the_same_verdicts(rule: Any, side: int, tmp_path: Path) -> None:
    report = report_of(examples(rule)[side])
    sheet = opened(report, tmp_path)
    assert disagreeing(report, sheet) == []


@pytest.mark.parametrize("name", ["columns-errors.pdf", "final-errors.pdf", "yuan-errors.pdf"])
def test_a_whole_document_has_the_same_verdicts_and_nearly_all_are_live(name: str, tmp_path: Path) -> None:
    report = sample(name)
    sheet = opened(report, tmp_path)
    assert disagreeing(report, sheet) == []
    decided = [c for c in report.checks if c.kind != "statement" and c.verdict is not Verdict.UNKNOWN]
    assert len(live_rows(report, sheet)) >= 0.97 * len(decided) > 100
    now = next(row for row in range(1, 40) if "底稿现状" in str(sheet.value("概览", row, 1)))
    assert [sheet.value("概览", now, col) for col in range(7, 12)] == [report.count(verdict) for verdict in Verdict]


@pytest.mark.parametrize("name", ["columns-errors.pdf", "final-errors.pdf"])
def test_the_stored_results_are_those_of_the_formulas(name: str, tmp_path: Path) -> None:
    """Previews and protected views calculate nothing: what is stored beside a formula must be its result."""
    sheet = opened(sample(name), tmp_path)
    stored = load_workbook(tmp_path / "paper.xlsx", data_only=True)
    counted = 0
    for page in sheet.book:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                counted += 1
                was, now = stored[page.title][cell.coordinate].value, sheet.value(page.title, cell.row, cell.column)
                if isinstance(now, str):
                    assert was == now, (page.title, cell.coordinate)
                else:
                    assert float(was or 0) == pytest.approx(now, abs=1e-7), (page.title, cell.coordinate)
    assert counted > 1_000


def test_correcting_the_culprit_turns_all_its_checks(tmp_path: Path) -> None:
    """For every root whose repair is certain, the repaired figures make the sheet say 成立 (or 尾差)."""
    report = sample("columns-errors.pdf")
    sheet = opened(report, tmp_path)
    places = {table.id: name for table, name in zip(report.tables, sheet.book.sheetnames[5:], strict=True)}
    turned = 0
    for head, _rest in words.grouped(report):
        if len(head.repairs) != 1 or any(change.operand.ref is None for change in head.repairs[0].changes):
            continue
        own = next(row for row in range(2, sheet.book["问题清单"].max_row + 1) if head.message in _said(sheet, row))
        assert sheet.value("问题清单", own, 13) == FAILED
        before = []
        for change in head.repairs[0].changes:
            ref = change.operand.ref
            assert ref is not None
            cell = sheet.book[places[ref.table]].cell(ref.row + 4, ref.col + 1)
            before.append((places[ref.table], cell.coordinate, cell.value))
            sheet.set(places[ref.table], cell.coordinate, float(change.expected.replace(",", "")))
        assert sheet.value("问题清单", own, 13) in (HELD, words.VERDICT[Verdict.ROUNDING]), head.message
        for place in before:
            sheet.set(*place)
        turned += 1
    assert turned >= 4


def _said(sheet: Spreadsheet, row: int) -> str:
    return str(sheet.book["问题清单"].cell(row, 10).value)


TEXT = """表1 支出总表
单位：{unit}
科目编码\t科目名称\t合计\t基本支出\t项目支出
201\t一般公共服务支出\t30.10\t10.00\t20.10
208\t社会保障和就业支出\t5.20\t5.20\t-
合计\t\t{total}\t15.20\t20.10

第三部分 部门预算情况说明
一、支出预算情况说明
示例局2030年支出预算{said}万元，比上年预算增加20.00万元，增长{rate}%。
"""


def verdicts(sheet: Spreadsheet, report: Report, rule: str) -> set[object]:
    return {sheet.value(PAPER, row, 2) for row, check in live_rows(report, sheet) if check.rule == rule}


def test_a_dash_may_be_filled_and_a_figure_emptied(tmp_path: Path) -> None:
    report = report_of(TEXT.format(unit="万元", total="35.30", said="35.30", rate="130.72"))
    sheet = opened(report, tmp_path)
    table = sheet.book.sheetnames[5]
    assert verdicts(sheet, report, "T101") == {HELD}
    sheet.set(table, "E6", 7)
    assert FAILED in verdicts(sheet, report, "T101")
    sheet.set(table, "E6", None)
    assert verdicts(sheet, report, "T101") == {HELD}
    sheet.set(table, "D5", None)
    assert FAILED in verdicts(sheet, report, "T101")


def test_tables_of_a_text_document_stand_at_their_line(tmp_path: Path) -> None:
    sheet = opened(report_of(TEXT.format(unit="元", total="35.30", said="35.30", rate="130.72")), tmp_path)
    listed = [[cell.value for cell in row[:3]] for row in sheet.book["概览"].iter_rows()]
    assert [where for _number, where, title in listed if title == "支出总表"] == ["第3行"]
    assert str(sheet.book.worksheets[5]["A2"].value).startswith("第3行 · ")


def test_sums_that_binary_floats_miss_still_hold(tmp_path: Path) -> None:
    report = report_of(TEXT.format(unit="元", total="35.30", said="35.30", rate="130.72"))
    sheet = opened(report, tmp_path)
    assert 10.00 + 20.10 + 5.20 != 35.30, "the reason for rounding differences"
    assert disagreeing(report, sheet) == []
    assert verdicts(sheet, report, "T103") == {HELD}


def test_a_figure_of_the_text_is_a_number_that_its_checks_follow(tmp_path: Path) -> None:
    report = report_of(TEXT.format(unit="万元", total="35.30", said="35.30", rate="13.72"))
    sheet = opened(report, tmp_path)
    assert verdicts(sheet, report, "C501") == {FAILED}
    page = sheet.book["正文数字"]
    rate = next(row[2] for row in page.iter_rows(min_row=2) if row[3].value == "%")
    assert (rate.value, rate.number_format) == (0.1372, "0.00%")
    sheet.set("正文数字", rate.coordinate, 1.3072)
    assert verdicts(sheet, report, "C501") == {HELD}
    sheet.set("正文数字", rate.coordinate, 1.3071)
    assert verdicts(sheet, report, "C501") == {HELD}, "cut off"
    sheet.set("正文数字", rate.coordinate, 1.3090)
    assert verdicts(sheet, report, "C501") == {FAILED}


def test_an_impossible_base_is_no_error_cell(tmp_path: Path) -> None:
    report = report_of(TEXT.format(unit="万元", total="35.30", said="35.30", rate="130.72"))
    sheet = opened(report, tmp_path)
    change = next(row[2] for row in sheet.book["正文数字"].iter_rows(min_row=2) if row[2].value == 20)
    sheet.set("正文数字", change.coordinate, 35.30)
    for row, _check in live_rows(report, sheet):
        for col in range(7, 11):
            try:
                sheet.value(PAPER, row, col)
            except CellError:
                pytest.fail(f"row {row}, column {col}")
    assert verdicts(sheet, report, "C501") == {FAILED}


def test_undecided_and_explained_checks_are_told_as_such(tmp_path: Path) -> None:
    report = sample("columns-errors.pdf")
    some = next(c for c in report.checks if c.verdict is Verdict.FAILED and c.kind == "sum" and c.target.ref)
    others = tuple(c for c in report.checks if c is not some)
    explained = replace(some, verdict=Verdict.EXPLAINED, reason="声明了不公开的内容")
    undecided = replace(some, verdict=Verdict.UNKNOWN, reason="口径不明")
    report = replace(report, checks=(*others, explained, undecided))
    sheet = opened(report, tmp_path)
    rows = {check.verdict: row for row, check in lines(report) if check in (explained, undecided)}
    paper = sheet.book[PAPER]
    assert sheet.value(PAPER, rows[Verdict.EXPLAINED], 2) == words.VERDICT[Verdict.EXPLAINED]
    assert paper.cell(rows[Verdict.EXPLAINED], 2).data_type == "f"
    assert paper.cell(rows[Verdict.UNKNOWN], 2).value == words.VERDICT[Verdict.UNKNOWN]
    assert [paper.cell(rows[Verdict.UNKNOWN], col).value for col in (8, 9, 10)] == [None, None, None]
    assert paper.cell(rows[Verdict.UNKNOWN], 13).value == "口径不明"


RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def recalculated(report: Report, folder: Path) -> Any:
    """The workbook as LibreOffice calculates it: its stored results are dropped before."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    write_report(report, folder / "paper.xlsx")
    bare = load_workbook(folder / "paper.xlsx")
    bare.save(folder / "bare.xlsx")
    (folder / "office" / "user").mkdir(parents=True)
    (folder / "office" / "user" / "registrymodifications.xcu").write_text(RECALCULATE, "utf-8")
    command = [program, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(folder / "bare.xlsx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return load_workbook(folder / "out" / "bare.xlsx", data_only=True)


def same_in_libreoffice(report: Report, folder: Path) -> None:
    book = recalculated(report, folder)
    sheet = book[PAPER]
    assert [
        (row, check.rule) for row, check in lines(report) if sheet.cell(row, 2).value != words.VERDICT[check.verdict]
    ] == []
    shown = [cell.value for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [value for value in shown if value.startswith("#") and value.endswith(("!", "?", "/A"))]


def test_libreoffice_gives_the_same_verdicts(tmp_path: Path) -> None:
    same_in_libreoffice(sample("columns-errors.pdf"), tmp_path)


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["czj-2024-test", "cq-kjj-2026", "su-hjj-2026"])
def test_libreoffice_gives_the_same_verdicts_on_real_documents(name: str, corpus: Path, tmp_path: Path) -> None:
    listed = dict(line.split("\t") for line in (corpus / "labels" / "documents.tsv").read_text("utf-8").splitlines())
    document: Document = read(corpus / listed[name])
    same_in_libreoffice(audit(document), tmp_path)
