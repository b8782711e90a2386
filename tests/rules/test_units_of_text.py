"""Amounts of the text that lost their 万 among others that have it."""

from __future__ import annotations

import pytest

from budgetaudit.model import Severity
from tests.rules.small import failed

HEAD = "青山县档案局2030年部门预算\n第三部分 部门预算情况说明\n一、支出预算情况说明\n"
ITEMS = "支出预算900.00万元，其中：\n1.行政运行500.00万元。\n2.事业运行241.89万元。\n3.住房公积金{}。\n"


def test_one_amount_in_yuan_among_many() -> None:
    assert not failed("C508", HEAD + ITEMS.format("158.11万元"))
    (check,) = failed("C508", HEAD + ITEMS.format("158.11元"))
    assert check.severity is Severity.WARNING and check.expected_text == "158.11万元"


@pytest.mark.parametrize(
    "last", ["5.00万元，人均标准为158.11元", "1,581,100.00元", "158元", "5.00万元，每人每月158.11元"]
)
def test_yuan_that_are_yuan(last: str) -> None:
    assert not failed("C508", HEAD + ITEMS.format(last))


def test_a_change_finer_than_its_amount() -> None:
    text = HEAD + "支出预算1,361万元，比2029年预算增加{}。\n"
    assert not failed("C508", text.format("53万元"))
    (check,) = failed("C508", text.format("53元"))
    assert check.expected_text == "53万元"
    assert not failed("C508", text.format("530,000元"))
