"""Comparisons of the text with last year: which figure they speak of, and what must not be reported."""

from __future__ import annotations

from budgetaudit.model import Severity, Verdict
from budgetaudit.rules import find
from tests.rules.small import book_of, failed

HEAD = "青山县档案局2030年部门预算\n第三部分 部门预算情况说明\n一、项目支出情况说明\n"
LIST = """（一）项目支出1,000.00万元，具体包括：
1.档案接收400.00万元，主要包括：
（1）接收设备300.00万元，用于购置设备；
（2）接收服务100.00万元，用于整理档案。{first}
2.档案利用600.00万元，主要包括：
（1）阅览服务50.00万元，用于阅览室运行，支撑建设{odd}
（2）编研550.00万元，用于编研出版。
"""


def test_a_comparison_that_fits_nothing_where_it_stands_is_astray() -> None:
    moved = "较2029年年初预算增加29.23万元，增幅7.9%。"
    assert not failed("C501", HEAD + LIST.format(first=moved, odd="查阅大厅；"))
    (check,) = failed("C501", HEAD + LIST.format(first="", odd=moved))
    assert "“1.档案接收400.00万元”" in check.message and "没有说完" in check.message
    assert check.severity is None and "支撑建设较2029年" in check.quote


def test_a_comparison_after_a_list_fits_the_whole_or_its_part() -> None:
    for good in (
        "比上年减少40.00万元，下降9.09%。",
        "比上年减少40.00万元，下降28.57%。",
        "比上年减少10.00万元，下降0.99%。",
    ):
        assert not failed("C501", HEAD + LIST.format(first=good, odd="查阅大厅；")), good
    assert failed("C501", HEAD + LIST.format(first="比上年减少40.00万元，下降17.00%。", odd="查阅大厅；"))


def test_a_comparison_that_may_speak_of_several_figures_is_a_warning() -> None:
    text = HEAD + "会议费5.00万元，培训费3.00万元。比上年增加1.00万元，增长{}%。\n"
    for good in ("25", "50", "14.3"):
        assert not failed("C501", text.format(good)), good
    (check,) = failed("C501", text.format("40"))
    assert check.severity is Severity.WARNING


def test_a_comparison_after_brackets_speaks_of_the_figure_before_them() -> None:
    text = (
        HEAD
        + "公车费40.00万元（购置费10.00万元，比上年增加1万元；运行费30.00万元，比上年减少{}万元。）比上年减少{}万元，下降{}%。\n"
    )
    held = [c for c in find("C501").run(book_of(text.format("6.00", "5.00", "11.1"))) if c.verdict is Verdict.HELD]
    assert [c.operands[0].amount.text for c in held] == ["40.00"]
    assert failed("C501", text.format("6.00", "5.00", "17.0"))


def test_a_base_in_brackets_is_the_base_of_the_rate() -> None:
    text = HEAD + "2030年支出预算与2029年相比（2029年支出预算为{}万元），增加498.72万元，增长5.77%。\n"
    assert not failed("C501", text.format("8,648.07"))


def test_all_new_money_grows_by_100_percent_or_by_nothing_that_is_written() -> None:
    for text in (
        "会议费5.00万元，比上年增加5.00万元，增长{}%。\n",
        "会议费5.00万元，培训费3.00万元。比上年增加5.00万元，增长{}%。\n",
    ):
        assert [c.verdict for c in find("C501").run(book_of(HEAD + text.format("100")))] == [Verdict.HELD]
        (zero,) = failed("C501", HEAD + text.format("0"))
        assert zero.severity is Severity.WARNING
        (other,) = failed("C501", HEAD + text.format("170"))
        assert other.severity is None and "基数为 0" in other.message


def test_comparisons_that_name_what_they_speak_of() -> None:
    text = HEAD + "支出预算1,000.00万元，比上年增加100.00万元，增长11.11%。{}\n"
    for parts in (
        "其中：工资福利支出比上年增加60.00万元，增长20.00%；商品服务支出比上年增加40.00万元，增长6.00%。",
        "工资福利支出，比上年增加60.00万元，增长20.00%。",
        "与上年相比，工资福利支出增加60.00万元，增长20.00%。",
    ):
        assert not failed("C501", text.format(parts)), parts
