"""Numbered items against the total before them, where they are more than it."""

from __future__ import annotations

from budgetaudit.model import Severity
from tests.rules.small import failed

HEAD = "青山县档案局2030年部门预算\n第三部分 部门预算情况说明\n一、支出预算情况说明\n"
TEXT = """支出预算120.00万元，其中：财政拨款支出预算95.12万元，比上年增加1.46万元。
{intro}
1.“文化旅游支出”科目53.84万元，主要用于日常运转。
2.“社会保障和就业支出”科目{two}万元，主要用于养老保险。
3.“住房保障支出”科目14.00万元，主要用于住房公积金。
"""
INTRO = "财政拨款支出主要内容如下："


def test_items_of_a_total_cannot_be_more_than_it() -> None:
    assert not failed("C509", HEAD + TEXT.format(intro=INTRO, two="27.28"))
    (check,) = failed("C509", HEAD + TEXT.format(intro=INTRO, two="33.90"))
    assert check.severity is Severity.ERROR and check.target.amount.text == "95.12" and "101.74" in check.message


def test_items_without_introduction_may_be_anything() -> None:
    assert not failed("C509", HEAD + TEXT.format(intro="按照过紧日子的要求安排。", two="33.90"))
    assert not failed("C509", HEAD + TEXT.format(intro="重点项目情况如下：", two="33.90")), "which total is not said"


def test_items_may_be_less_than_the_total() -> None:
    assert not failed("C509", HEAD + TEXT.format(intro=INTRO, two="10.61"))


MADE = "收入预算{}万元，由本年收入{}万元和上年结转结余{}万元组成，比上年预算增加793.73万元。\n"


def test_what_makes_up_a_total_leaves_nothing_out() -> None:
    assert not failed("C510", HEAD + MADE.format("5,425.55", "4,418.02", "1,007.53"))
    for swapped in (("5,425.55", "4,418.02", "793.73"), ("4,418.02", "5,425.55", "1,007.53")):
        (check,) = failed("C510", HEAD + MADE.format(*swapped))
        assert check.severity is Severity.ERROR and "写错了一位" not in check.message
    main = "收入预算900.00万元，由主管部门核定，其中：本年收入400.00万元，事业收入300.00万元。\n"
    assert not failed("C510", HEAD + main)


def test_changes_that_a_sentence_takes_apart() -> None:
    text = HEAD + "支出比2029年增加{}万元，主要是基本支出减少{}万元，项目支出增加{}万元。\n"
    assert not failed("C511", text.format("76.54", "372.73", "449.27"))
    (swapped,) = failed("C511", text.format("76.54", "449.27", "372.73"))
    assert swapped.severity is Severity.WARNING
    main = HEAD + "收入比2029年增加76.54万元，主要是财政拨款收入减少{}万元，其他收入增加449.27万元。\n"
    assert not failed("C511", main.format("300.00")), "the main changes only"
    (slip,) = failed("C511", main.format("373.73"))
    assert slip.severity is Severity.WARNING


def test_what_is_carried_over_balances() -> None:
    text = HEAD + "年初结转和结余21.38万元，本年收入40.00万元，本年支出{}万元，年末结转和结余{}万元。\n"
    for good in (("52.50", "8.88"), ("52.50", "8.89")):
        assert not failed("C505", text.format(*good))
    (check,) = failed("C505", text.format("50.50", "8.88"))
    assert check.expected == 108_800 and "应为 10.88" in check.message
    partly = "年初结转和结余21.38万元，本年支出5.00万元，其中：基本支出3.00万元，年末结转和结余8.88万元。\n"
    assert not failed("C505", HEAD + partly)


def test_a_total_after_its_listing() -> None:
    text = HEAD + "阅览室电费190.50万元，水费支出{}万元，共计{}万元。\n"
    assert not failed("C510", text.format("10.20", "200.70"))
    (check,) = failed("C510", text.format("10.20", "207.70"))
    assert check.target.amount.text == "207.70" and "前面列出的各项" in check.message
    assert not failed("C510", text.format("10.20", "999.99")), "other parts stand elsewhere"


def test_a_part_of_the_initial_budget_is_not_larger_than_it() -> None:
    text = HEAD + "2030年年初预算数{}万元，其中：财政拨款{}万元，事业收入5.00万元。\n"
    assert not failed("C512", text.format("168.81", "154.22"))
    assert failed("C512", text.format("154.22", "168.81"))
