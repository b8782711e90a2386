from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console

from budgetaudit.model import Amount, CellRef, Report, Severity
from budgetaudit.report.terminal import print_report
from tests.report import factory


def printed(report: Report, width: int = 100, verbose: bool = False, colour: bool = False) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=colour, color_system="standard" if colour else None)
    print_report(report, console, verbose)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 60, 100, 160])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, verbose: bool) -> None:
    lines = printed(factory.report(), width, verbose).splitlines()
    assert max(cell_len(line.rstrip()) for line in lines) <= width


def test_a_finding_shows_place_message_numbers_formula_and_operands_in_this_order() -> None:
    text = printed(factory.report())
    parts = [
        "第8页 支出预算总表 · 行「合计」 · 列「合计」 [T102]",
        "合计不等于各类之和",
        "报告数 1,234.56 | 应为 1,234.5 | 差额 0.06（万元）",
        "关系：合计 = 各类之和",
        "一般公共服务支出 1,134.50",
        "社会保障",
        "建议：核对合计",
    ]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)


def test_errors_stand_before_warnings_before_notices() -> None:
    text = printed(factory.report())
    assert text.index("错误 1 处\n") < text.index("需核实 1 处\n") < text.index("提示 5 处\n")


def test_notices_are_folded_unless_verbose() -> None:
    folded, full = printed(factory.report()), printed(factory.report(), verbose=True)
    assert "行「科目3」" in folded and "行「科目4」" not in folded
    assert "另有 2 处" in folded
    assert "行「科目5」" in full


def test_verbose_lists_every_check_with_its_verdict() -> None:
    text = printed(factory.report(), 160, verbose=True)
    listed = text[text.index("全部勾稽") :]
    for word in ("成立 T101", "尾差 T101", "不符 T102", "不符 X201", "有说明 T102", "未能检查 X202"):
        assert word in listed
    assert "（说明中声明剔除涉密项目）" in listed


def test_the_last_line_counts_every_verdict() -> None:
    last = printed(factory.report()).rstrip().splitlines()[-1]
    assert last == "勾稽 6 项：成立 1 / 尾差 1 / 有说明 1 / 不符 2 / 未能检查 1"


def test_what_was_not_checked_is_said_with_its_reason() -> None:
    text = printed(factory.report())
    assert "X203 没有三公经费表" in text
    assert "第3页 整页是图片" in text


def test_tables_are_counted_each() -> None:
    text = printed(factory.report())
    row = next(line for line in text.splitlines() if line.startswith("8 "))
    assert row.split() == ["8", "支出预算总表", "支出总表", "万元", "11", "1", "1", "1", "2", "1"]


def test_nothing_found_and_nothing_checked_differ() -> None:
    assert "未发现错误" in printed(factory.clean_report(True))
    nothing = printed(factory.clean_report(False))
    assert "未发现" not in nothing and "没有核对任何数字" in nothing


@pytest.mark.parametrize("colour", [False, True])
def test_text_of_the_document_cannot_steer_the_terminal(colour: bool) -> None:
    text = printed(factory.report(), 160, verbose=True, colour=colour)
    assert "\u202e" not in text
    assert "[red]办" in text, "markup is text, not a colour"
    assert "\x1b[31m · " not in text and "\\x1b[31m" in text
    if not colour:
        assert "\x1b" not in text


def test_many_operands_are_capped_with_the_sum_of_the_rest() -> None:
    report = factory.report()
    finding = report.findings[-1]
    many = replace(finding, operands=finding.operands * 10)
    short = printed(replace(report, findings=(many,)))
    assert "另有 13 项，合计 7,507.00" in short
    full = printed(replace(report, findings=(many,)), verbose=True)
    assert "另有 13 项" not in full and full.count("社会保障") == 10


def test_dependants_are_listed_under_their_root() -> None:
    report = factory.report()
    root = replace(report.findings[-1], root="F1")
    child = replace(root, id="F9", row="社会保障", root="F1", ref=None)
    text = printed(replace(report, findings=(root, child)))
    assert "同一处的其他不符" in text
    assert text.count("[T102]") == 1
    assert "行「社会保障」" in text[text.index("同一处的其他不符") :]


def test_two_failures_of_one_cell_are_one_entry() -> None:
    report = factory.report()
    first = report.findings[-1]
    second = replace(first, id="F9", code="T101", expected="1,200.00", difference="34.56")
    text = printed(replace(report, findings=(first, second)), 160)
    assert text.count("第8页 支出预算总表 · 行「合计」") == 1
    assert "规则 T101：报告数 1,234.56，应为 1,200.00，差 34.56万元" in text


def test_blank_operands_are_only_counted() -> None:
    report = factory.report()
    finding = report.findings[-1]
    blank = replace(finding.operands[0], label="教育支出", amount=Amount("-", Decimal(0)))
    text = printed(replace(report, findings=(replace(finding, operands=(*finding.operands, blank, blank)),)))
    assert "教育支出" not in text and "另有 2 项空白或为 0" in text


def test_a_message_that_only_repeats_the_figures_is_left_out() -> None:
    report = factory.report()
    finding = replace(report.findings[-1], message="印出 1,234.56，应为 1,234.5，相差 0.06")
    assert "印出" not in printed(replace(report, findings=(finding,)))
    longer = replace(finding, message=finding.message + "。" + "因为两位数字颠倒" * 10)
    assert "印出" in printed(replace(report, findings=(longer,)))


def test_a_notice_about_words_says_what_is_wrong_with_them() -> None:
    report = factory.report()
    finding = replace(
        report.findings[-1],
        severity=Severity.NOTICE,
        message="用途没有填写",
        reported="用于无",
        expected="",
        difference="",
    )
    text = printed(replace(report, findings=(finding,)), 160)
    assert "用途没有填写：“用于无”" in text and "应为" not in text.split("提示", 1)[1].split("勾稽", 1)[0]


def test_a_table_whose_figures_no_check_reached_shows_its_figures() -> None:
    report = replace(factory.clean_report(), checks=())
    row = next(line for line in printed(report).splitlines() if line.startswith("8 "))
    assert row.split() == ["8", "支出预算总表", "支出总表", "万元", "11", "·", "·", "·"]


def test_after_some_full_entries_the_rest_are_lines_and_none_is_lost() -> None:
    report = factory.report()
    findings = tuple(
        replace(report.findings[-1], id=f"F{n}", row=f"科目{n}", ref=CellRef("t1", 100 + n, 4)) for n in range(40)
    )
    text = printed(replace(report, findings=findings), 160)
    assert all(f"行「科目{n}」" in text for n in range(40))
    assert text.count("    关系：") == 15 and "其余 25 处" in text
    assert printed(replace(report, findings=findings), 160, verbose=True).count("    关系：") == 40


def test_a_unit_that_differs_is_named_at_the_figure() -> None:
    text = printed(factory.report(), 160)
    assert "1,234.56万元" in text[text.index("需核实") :]
