"""From checks to findings: suspect readings, declared withholding, coverage, severity and refusal."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from budgetaudit.audit import audit
from budgetaudit.coverage import coverage
from budgetaudit.diagnosis import diagnose
from budgetaudit.errors import UnreadableError
from budgetaudit.model import Check, Document, Report, Severity, Verdict
from budgetaudit.reading.text import read_text
from budgetaudit.rules.base import compare
from budgetaudit.suspect import set_aside
from budgetaudit.withheld import declaration, explain
from tests.rules.small import book_of


def document_of(text: str) -> Document:
    return read_text(Path("small.txt"), text.encode(), "0" * 64)


def report_of(text: str) -> Report:
    return audit(document_of(text), strict=True)


HEAD = "表1 支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
GOOD = (
    HEAD
    + "201\t一般公共服务支出\t30.00\t10.00\t20.00\n208\t社会保障和就业支出\t5.00\t5.00\t0.00\n合计\t\t35.00\t15.00\t20.00\n"
)


def test_a_clean_table_has_no_finding_and_every_figure_was_reached_twice() -> None:
    report = report_of(GOOD)
    assert report.findings == ()
    assert report.coverage.numeric_cells == report.coverage.numeric_cells_checked_twice == 9


def test_one_wrong_cell_is_named_with_its_numbers() -> None:
    report = report_of(GOOD.replace("合计\t\t35.00", "合计\t\t53.00"))
    serious = [f for f in report.findings if f.severity is Severity.ERROR]
    assert {(f.reported, f.expected, f.difference, f.row, f.column) for f in serious} == {
        ("53.00", "35.00", "18.00", "合计", "合计")
    }
    assert serious[0].place.line == 6 and serious[0].quote == "合计 53.00 15.00 20.00"


def test_a_rounding_residue_is_a_notice_with_its_interval() -> None:
    report = report_of(GOOD.replace("合计\t\t35.00\t15.00\t20.00", "合计\t\t35.01\t15.00\t20.00"))
    assert {f.severity for f in report.findings} == {Severity.NOTICE}
    assert {f.category for f in report.findings} == {"rounding"}
    assert "±0.015" in report.findings[0].message


def test_amounts_in_yuan_have_no_slack() -> None:
    report = report_of(GOOD.replace("万元", "元").replace("合计\t\t35.00\t15.00", "合计\t\t35.01\t15.00"))
    assert {f.severity for f in report.findings} == {Severity.ERROR}


def wide(wrong: int) -> list[Check]:
    """The row sums of a table with six rows, of which so many (the first ones) are wrong by amounts of their own."""
    rows = [f"2{n:02}\t科目{n}\t{n + 1 + (7 * n if n <= wrong else 0)}.00\t{n}.00\t1.00\n" for n in range(1, 7)]
    book = book_of(HEAD + "".join(rows))
    sheet = book.sheets[0]
    columns = sheet.amount_columns(0)
    found = []
    for position in sheet.rows(0):
        target, *parts = [sheet.operand(position, c) for c in columns]
        assert target is not None
        found.append(compare("T101", "sum", target, [p for p in parts if p is not None]))
    return found


def test_a_column_whose_checks_mostly_fail_is_a_suspect_reading_not_errors() -> None:
    book = book_of(HEAD + "201\t一般公共服务支出\t1.00\t1.00\t0.00\n")
    checks, problems = set_aside(wide(4), [replace(book.tables[0], id="T1")])
    assert [c.verdict for c in checks].count(Verdict.UNKNOWN) == 4
    assert len(problems) == 1 and "存疑" in problems[0].what


def test_few_failures_and_failures_of_one_cell_stand() -> None:
    checks, problems = set_aside(wide(2), [])
    assert [c.verdict for c in checks].count(Verdict.FAILED) == 2 and not problems
    first = wide(1)[0]
    shared = [replace(first, expected=first.expected + n) for n in range(4)]
    assert set_aside(shared, []) == (shared, [])


WITHHELD = HEAD + (
    "204\t公共安全支出\t30.00\t10.00\t20.00\n20402\t公安\t30.00\t10.00\t20.00\n2040201\t行政运行\t10.00\t10.00\t0.00\n"
    "2040299\t其他公安支出\t12.00\t0.00\t12.00\n合计\t\t30.00\t10.00\t20.00\n"
)


def test_a_gap_is_explained_only_by_a_declaration_and_only_where_it_shows_more_than_once() -> None:
    silent = report_of(WITHHELD)
    told = report_of(WITHHELD + "\n\n说明：涉密项目按规定不予公开。\n")
    assert [c.verdict for c in silent.checks].count(Verdict.FAILED) == 2
    assert told.count(Verdict.FAILED) == 0 and told.count(Verdict.EXPLAINED) == 2
    assert "涉密项目" in next(c.reason for c in told.checks if c.verdict is Verdict.EXPLAINED)
    single = [c for c in silent.checks if c.verdict is Verdict.FAILED][:1]
    assert explain(single, document_of("涉密项目不予公开。\n")) == single


def test_secret_posts_account_for_no_gap_and_one_gap_is_one_warning() -> None:
    report = report_of(WITHHELD + "\n\n说明：具体编制和机构设置属涉密内容。\n")
    assert report.count(Verdict.EXPLAINED) == 0
    heads = [f for f in report.findings if f.code == "T102" and not f.root]
    assert [f.severity for f in heads] == [Severity.WARNING]
    assert "8.00" in heads[0].suggestion and "说明" in heads[0].suggestion
    assert declaration(document_of("说明：编制和部分项目经费属涉密内容。\n"))


def test_the_same_gap_of_another_subject_is_an_error_that_says_what_was_left_out() -> None:
    text = WITHHELD.replace("204", "201").replace("公共安全支出", "一般公共服务支出").replace("公安", "档案事务")
    heads = [f for f in report_of(text).findings if f.code == "T102" and not f.root]
    assert [f.severity for f in heads] == [Severity.ERROR] and "漏列" in heads[0].suggestion


def test_a_denial_is_no_declaration() -> None:
    assert declaration(document_of("本部门无涉密项目。\n")) == ""


def test_what_could_not_be_decided_reaches_nothing() -> None:
    book = book_of(GOOD)
    from budgetaudit.rules import find

    checks = [replace(c, verdict=Verdict.UNKNOWN) for c in find("T101").run(book)]
    assert coverage(checks, book.tables).numeric_cells_checked == 0


def test_doubt_lowers_an_error_to_a_warning() -> None:
    book = book_of(GOOD.replace("35.00", "53.00"))
    from budgetaudit.rules import find

    failed = [replace(c, confidence=0.75) for c in find("T103").run(book) if c.verdict is Verdict.FAILED]
    assert [f.severity for f in diagnose(failed, book.tables)] == [Severity.WARNING]
    assert failed[0].difference == Decimal(180_000)


def test_a_notice_of_another_kind_is_refused_in_one_line() -> None:
    with pytest.raises(UnreadableError) as refused:
        report_of(
            "关于召开座谈会的通知\n各单位：定于周五召开座谈会，请准时参加。\n品种\t产量\n小麦\t3.00\n玉米\t4.00\n"
        )
    assert refused.value.kind == "not-a-disclosure" and "\n" not in str(refused.value)


def test_text_without_tables_is_audited_and_says_that_no_table_was_checked() -> None:
    lines = "".join(
        f"（{n}）2030年收入预算{n}0.00万元，支出预算{n}0.00万元，其中基本支出{n}.00万元，政府采购{n}.00万元。\n"
        for n in "一二三四五六"
    )
    report = report_of("云溪县示例局2030年部门预算\n一、收支情况\n" + lines.replace("一0", "10").replace("二0", "20"))
    assert report.tables == () and any("没有预算或决算表格" in n.reason for n in report.not_checked)
