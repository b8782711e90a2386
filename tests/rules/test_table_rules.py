"""Relations within tables: what must be found where one figure is wrong, and what must be left alone."""

from __future__ import annotations

import pytest

from budgetaudit.rules import find
from budgetaudit.rules.base import held
from tests.rules.small import book_of, failed

FISCAL = """表4 财政拨款收支预算总表
单位：万元
财政拨款收入		财政拨款支出
项目	预算数	项目	合计	一般公共预算	政府性基金预算
一、一般公共预算	{general}	一、一般公共服务支出	30.00	30.00
二、政府性基金预算		二、住房保障支出	5.00	5.00
收入总计	{income}	支出总计	35.00	35.00
"""


def test_an_overview_of_fiscal_funds_balances() -> None:
    assert failed("T201", FISCAL.format(general="35.00", income="35.00")) == []
    for income in ("53.00", ""):
        (check,) = failed("T201", FISCAL.format(general="35.00", income=income))
        assert (check.target.amount.text, check.operands[0].amount.text) == (income, "35.00")


@pytest.mark.parametrize(("general", "income"), [("35.00", "350.00"), ("35.00", "-35.00"), ("3.50", "35.00")])
def test_the_only_total_of_an_overview_is_held_against_its_sources(general: str, income: str) -> None:
    (check,) = failed("T103", FISCAL.format(general=general, income=income))
    assert check.confidence == 1


LIST = """表9 项目支出表
单位：万元
项目名称	金额
档案整理	10.00
设备更新	20.00
会务保障	{last}
合计	42.00
"""


def test_the_only_column_of_a_list_is_doubted_where_its_total_is_near() -> None:
    assert failed("T103", LIST.format(last="12.00")) == []
    (check,) = failed("T103", LIST.format(last="21.00"))
    assert check.confidence < 0.8
    assert failed("T103", LIST.format(last="9,900.00")) == []


NESTED = """表4 财政拨款收支预算总表
单位：万元
收入		支出
项目	预算数	项目	预算数
一、本年收入	35.00	一、本年支出	35.00
一般公共预算	35.00	一般公共服务支出	30.00
政府性基金预算		住房保障支出	5.00
收入总计	35.00	支出总计	35.00
"""


def test_a_head_that_already_is_the_total_is_no_part_beside_its_own_parts() -> None:
    for code in ("T103", "T104"):
        assert failed(code, NESTED) == []


FUNDS = """表4 财政拨款收支预算总表
单位：万元
收入		支出
项目	预算数	项目	预算数
一、财政拨款	35.00	一、一般公共服务支出	30.00
    一般公共预算	{general}	二、住房保障支出	5.00
    政府性基金预算
收入总计	35.00	支出总计	35.00
"""


def test_a_fund_is_the_sum_of_the_funds_within_it() -> None:
    checks = list(find("T104").run(book_of(FUNDS.format(general="35.00"))))
    assert checks and all(map(held, checks))
    (check,) = failed("T104", FUNDS.format(general="350.0"))
    assert check.target.amount.text == "35.00"
