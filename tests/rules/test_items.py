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
