"""Completion rates in the spellings of the templates: which budget they are of."""

from __future__ import annotations

import pytest

from budgetaudit.model import Verdict
from budgetaudit.rules import find
from tests.rules.small import book_of, failed

HEAD = "青山县档案局2030年部门决算\n第三部分 部门决算情况说明\n一、情况说明\n"


@pytest.mark.parametrize(
    "text",
    [
        "“三公”经费财政拨款支出预算为10.00万元，支出决算为8.00万元，完成预算的{}%。",
        "“三公”经费财政拨款支出决算为8.00万元，完成预算10.00万元的{}%。",
        "该项目全年预算数为10.00万元，执行数为8.00万元，完成预算的{}%。",
        "支出年初预算为10.00万元，支出决算为8.00万元，为年初预算的{}%。",
        "支出年初预算数为10.00万元，支出决算为8.00万元，完成年初预算数的{}%。",
        "支出全年预算数为10.00万元，支出决算为8.00万元，预算执行率为{}%。",
    ],
)
def test_the_rate_is_of_the_budget_that_is_named(text: str) -> None:
    held = [c for c in find("C504").run(book_of(HEAD + text.format("80.00") + "\n")) if c.verdict is Verdict.HELD]
    assert len(held) == 1
    (check,) = failed("C504", HEAD + text.format("85.00") + "\n")
    assert check.expected_text == "80.00%"


@pytest.mark.parametrize(
    "text",
    [
        "“三公”经费支出决算为0万元，完成预算0万元的0%。",
        "支出10.00万元，其中：会议费支出决算为8.00万元，完成预算的35.00%。",  # its budget is not written
        "本年收入10.00万元，支出决算为8.00万元，完成预算的35.00%。",
        "目标完成10.00万元的80%。",
    ],
)
def test_rates_without_their_budget_are_left_alone(text: str) -> None:
    assert not failed("C504", HEAD + text + "\n")


TABLE = """财政拨款“三公”经费支出决算表
单位：万元
预算数\t\t\t决算数\t\t
合计\t因公出国（境）费\t公务接待费\t合计\t因公出国（境）费\t公务接待费
8.00\t6.50\t1.50\t6.88\t5.83\t1.05

第三部分 部门决算情况说明
一、“三公”经费支出决算情况说明
"""


def test_an_item_whose_budget_only_the_table_prints() -> None:
    text = "青山县档案局2030年部门决算\n" + TABLE + "公务接待费支出1.05万元，完成预算的{}%。\n"
    held = [c for c in find("C504").run(book_of(text.format("70.00"))) if c.verdict is Verdict.HELD]
    assert [c.operands[1].amount.text for c in held] == ["1.50"]
    (check,) = failed("C504", text.format("73.00"))
    assert check.expected_text == "70.00%" and "1.50" in check.message
    assert not failed("C504", text.replace("1.05万元", "9.05万元").format("73.00")), "the amount is another rule's"
