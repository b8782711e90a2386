"""Relations within tables: what must be found where one figure is wrong, and what must be left alone."""

from __future__ import annotations

import pytest

from budgetaudit.model import Severity, Verdict
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


CLASSES = """表1 收支总表
单位：万元
收入		支出
项目	预算数	项目	预算数
一、财政拨款收入	100.00	一、一般公共服务支出	10.00
		二、社会保障和就业支出	{security}
		三、卫生健康支出	5.00
		四、住房保障支出	{housing}
收入合计	100.00	支出合计	100.00

表3 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
2012604	档案馆	10.00	10.00
2080501	行政单位离退休	3.00	3.00
2101101	行政单位医疗	5.00	5.00
2210201	住房公积金	5.00	5.00
	合计	100.00	23.00	77.00
"""


def test_a_class_that_is_not_listed_in_full_is_named() -> None:
    (check,) = failed("X302", CLASSES.format(security="80.00", housing="5.00"))
    assert check.target.amount.text == "100.00" and check.severity is Severity.WARNING
    assert "社会保障和就业支出" in check.message and "80.00" in check.message and "3.00" in check.message


def test_rows_that_differ_from_the_overview_in_several_classes_are_another_listing() -> None:
    assert not failed("X302", CLASSES.format(security="70.00", housing="15.00"))


BASIC = """表5 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
2012601	行政运行	{run}	{run}
2080505	机关事业单位基本养老保险缴费支出	8.00	8.00
2080506	机关事业单位职业年金缴费支出	{annuity}	{annuity}
2210201	住房公积金	6.00	6.00
合计		50.00	50.00

表6 一般公共预算基本支出表
单位：万元
科目编码	科目名称	基本支出
30101	基本工资	{pay}
30108	机关事业单位基本养老保险缴费	{pension}
30109	职业年金缴费	4.00
30113	住房公积金	6.00
合计		50.00
"""


def test_payments_by_function_and_by_economic_subject() -> None:
    assert not failed("X304", BASIC.format(run="32.00", annuity="4.00", pay="32.00", pension="8.00"))
    (check,) = failed("X304", BASIC.format(run="34.00", annuity="2.00", pay="31.00", pension="9.00"))
    assert check.severity is Severity.NOTICE and check.expected_text == "4.00"
    assert "30109" in check.message and "30108" in check.message


def test_pension_contributions_alone_are_listed_differently_from_place_to_place() -> None:
    assert not failed("X304", BASIC.format(run="32.00", annuity="4.00", pay="33.00", pension="7.00"))
    other_scope = BASIC.format(run="34.00", annuity="2.00", pay="30.00", pension="8.00")
    assert not failed("X304", other_scope.replace("合计\t\t50.00\n", "合计\t\t48.00\n"))


CHANGES = (
    "表5 2030年一般公共预算支出表\n单位：万元\n科目名称\t2029年执行数\t2030年预算数\t\t\t2030年预算数比2029年执行数\t\n"
    "\t\t小计\t基本支出\t项目支出\t增减额\t增减%\n"
    "教育支出\t30.00\t33.00\t13.00\t20.00\t{0}\t{1}\n住房保障支出\t8.00\t6.00\t6.00\t\t-2.00\t{2}\n"
    "合计\t38.00\t39.00\t19.00\t20.00\t1.00\t2.63%\n"
)


def test_a_change_is_between_the_wholes_of_two_years_and_so_is_its_rate() -> None:
    assert failed("T106", CHANGES.format("3.00", "10.00%", "-25.00")) == []
    (wrong,) = failed("T106", CHANGES.format("4.00", "10.00%", "-25.00%"))
    assert (wrong.target.amount.text, wrong.expected) == ("4.00", 30_000)
    (rate,) = failed("T106", CHANGES.format("3.00", "10.00%", "25.00%"))
    assert (rate.target.amount.text, rate.expected_text) == ("25.00%", "-25.00%")


def test_changes_of_side_by_side_halves_are_those_of_columns_with_one_name() -> None:
    text = (
        "表9 “三公”经费支出预算表\n单位：万元\n2029年预算数\t\t\t2030年预算数\t\t\t增减变化情况\t\t\n"
        "合计\t公务接待费\t公务用车运行费\t合计\t公务接待费\t公务用车运行费\t合计\t公务接待费\t公务用车运行费\n"
        "12.00\t2.00\t10.00\t10.00\t1.00\t9.00\t-2.00\t-1.00\t{}\n"
    )
    cover = "云溪县示例局\n2030年部门预算\n\n"
    assert failed("T106", cover + text.format("-1.00")) == []
    assert [c.target.amount.text for c in failed("T106", cover + text.format("-2.00"))] == ["-2.00"]


def test_a_part_of_the_year_before_cannot_be_left_out_of_its_own_total() -> None:
    text = (
        "云溪县示例局\n2030年部门预算\n\n表9 “三公”经费支出预算表\n单位：万元\n2029年预算数\t\t\t\n"
        "合计\t因公出国（境）费\t公务用车购置及运行费\t公务接待费\n23.50\t{}\t10.00\t2.50\n"
    )
    assert failed("T101", text.format("11.00")) == []
    assert [c.target.amount.text for c in failed("T101", text.format("21.00"))] == ["23.50"]


TOTALS = """表1 收支总表
单位：万元
收入		支出
项目	预算数	项目	预算数
一、财政拨款收入	{income}	一、一般公共服务支出	40.00
{carry}		二、住房保障支出	10.00
收入总计	50.00	支出总计	50.00

表3 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	{service}	20.00	{project}
221	住房保障支出	10.00	10.00
合计		{total}	30.00	{project}
"""


def test_two_totals_that_differ_are_told_once_unless_carry_over_explains_them() -> None:
    same = {"income": "50.00", "carry": "", "service": "40.00", "project": "20.00", "total": "50.00"}
    other = {**same, "service": "43.00", "project": "23.00", "total": "53.00"}
    assert not failed("X301", TOTALS.format(**same))
    (check,) = failed("X301", TOTALS.format(**other))
    assert check.target.amount.text == "53.00" and check.confidence < 0.8
    carried = {**same, "income": "47.00", "carry": "二、上年结转\t3.00", "service": "37.00", "project": "17.00"}
    assert not failed("X301", TOTALS.format(**{**carried, "total": "47.00"}))


BUDGETS = """表4 财政拨款收支总表
单位：万元
收入		支出
项目	预算数	项目	预算数
一、一般公共预算	50.00	一、一般公共服务支出	50.00
二、政府性基金预算	5.00	二、城乡社区支出	5.00
收入总计	55.00	支出总计	55.00

表5 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	其中：基本支出	其中：项目支出
201	一般公共服务支出	{general}	20.00	{project}
合计		{general}	20.00	{project}

表7 政府性基金预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
212	城乡社区支出	5.00		5.00
合计		5.00		5.00
"""
CAPITAL = """
表8 国有资本经营预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
合计		0.00	0.00	0.00
"""


def test_the_three_budgets_make_up_the_fiscal_expenditure() -> None:
    assert not failed("X303", BUDGETS.format(general="50.00", project="30.00") + CAPITAL)
    wrong = BUDGETS.format(general="52.00", project="32.00")
    (check,) = failed("X303", wrong + CAPITAL)
    assert check.target.amount.text == "55.00" and check.difference == -20_000 and check.confidence < 0.8
    assert not failed("X303", wrong)  # a table that is not there may hold the difference


BESIDE = """表5 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	其中：基本支出	其中：项目支出
201	一般公共服务支出	50.00	20.00	30.00
合计		50.00	20.00	30.00

表6 一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
301	工资福利支出	{pay}
合计		{pay}
"""


def test_basic_expenditure_beside_its_whole_is_compared_with_its_own_table() -> None:
    assert not failed("X301", BESIDE.format(pay="20.00"))
    (check,) = failed("X301", BESIDE.format(pay="21.00"))
    assert {check.target.amount.text, check.operands[0].amount.text} == {"20.00", "21.00"}


def test_the_last_part_of_a_flat_list_may_have_one_part_but_two_zeros_are_no_head_and_part() -> None:
    flat = "表12 专项业务经费支出表\n单位：万元\n单位（项目）名称\t项目金额\n合计\t211.00\n示例院\t211.00\n通用项目\t156.00\n甲\t100.00\n乙\t56.00\n专用项目\t55.00\n丙\t55.00\n"
    good = [c for c in find("T103").run(book_of(flat)) if c.verdict is Verdict.HELD]
    assert [[o.label for o in c.operands] for c in good] == [["示例院"]]
    zeros = "表1 收支总表\n单位：万元\n项目\t预算数\n财政拨款\t30.00\n1.一般公共预算拨款\t30.00\n2.政府性基金预算拨款\t0.00\n3.国有资本经营预算拨款\t0.00\n本年收入合计\t30.00\n"
    book = book_of(zeros)
    reached = {
        ref.row
        for rule in ("T103", "T104")
        for c in find(rule).run(book)
        if c.verdict is Verdict.HELD
        for ref in c.refs
    }
    assert reached == {row for row, _ in book.tables[0].amounts}
