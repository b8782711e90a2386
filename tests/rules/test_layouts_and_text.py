"""Text beside tables as other regions publish them: tables of items alone, headlines of fiscal appropriations."""

from budgetaudit.model import Verdict
from budgetaudit.rules import find
from tests.rules.small import book_of, failed

ITEMS_ALONE = (
    "云溪县示例局\n2030年部门预算\n\n表3\n一般公共预算支出预算表\n单位：万元\n科目编码\t\t\t单位代码\t单位名称（科目）\t合计\n"
    "类\t款\t项\t\t\t\n\t\t\t\t合计\t657.00\n201\t03\t01\t312301\t行政运行\t501.00\n"
    "201\t03\t02\t312301\t一般行政管理事务\t156.00\n\n三、一般公共预算当年拨款情况说明\n"
    "1.一般公共服务（类）政府办公厅（室）及相关机构事务（款）行政运行（项）2030年预算数为{}万元。\n"
)
FISCAL = (
    "云溪县示例局\n2030年部门预算\n\n表4\n财政拨款收支总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n"
    "一、本年收入\t860.20\t一、一般公共服务支出\t820.20\n（一）一般公共预算拨款\t820.20\t二、城乡社区支出\t40.00\n"
    "（二）政府性基金预算拨款\t40.00\t\t\n收入总计\t860.20\t支出总计\t860.20\n\n二、财政拨款收支预算情况说明\n"
    "示例局2030年{}万元。\n"
)


def test_items_are_found_though_no_table_prints_their_classes_and_sections() -> None:
    assert failed("N401", ITEMS_ALONE.format("501.00")) == []
    (wrong,) = failed("N401", ITEMS_ALONE.format("601.00"))
    assert (wrong.target.amount.text, wrong.expected) == ("601.00", 5_010_000)


def test_the_headline_of_fiscal_appropriations_is_the_total_of_their_overview() -> None:
    assert failed("N401", FISCAL.format("财政拨款收支总预算860.20")) == []
    (wrong,) = failed("N401", FISCAL.format("财政拨款收支总预算960.20"))
    assert wrong.expected == 8_602_000


def test_a_headline_of_one_fund_is_not_that_of_all() -> None:
    assert failed("N401", FISCAL.format("政府性基金预算收支总预算50.00")) == []


def test_the_total_of_the_overview_counts_as_matched() -> None:
    text = FISCAL.replace("财政拨款收支总表", "收支总表").format("收支总预算860.20")
    checks = [c for c in find("N401").run(book_of(text)) if c.target.amount.text == "860.20"]
    assert [(c.verdict, bool(c.refs)) for c in checks] == [(Verdict.HELD, True)]
