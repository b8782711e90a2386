"""Rules of subjects, duties and performance tables on small documents."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetaudit.model import Severity
from budgetaudit.rules.performance import targets
from tests.rules.small import book_of, failed

HEAD = "青山县档案局2026年部门预算\n2026年部门预算编制说明\n"
TABLE = """
表1 一般公共预算支出表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
201\t一般公共服务支出\t50.00\t{run}\t20.00
20126\t档案事务\t50.00\t30.00\t20.00
2012601\t行政运行\t{row}
2012604\t档案馆\t{other}
\t合计\t50.00\t30.00\t20.00
"""


def table(row: str = "30.00\t30.00\t", other: str = "20.00\t\t20.00") -> str:
    return TABLE.format(run="30.00", row=row, other=other)


def form(
    name: str, total: str, fiscal: str, other: str = "0.00", weights: tuple[int, ...] = (50, 40), value: str = ">=95%"
) -> str:
    rows = "".join(f"产出指标\t第{i}项按时完成率\t{value}\t{w}\n" for i, w in enumerate(weights))
    return (
        f"项目名称\t{name}\t\t\n项目资金（万元）\t年度预算总额\t{total}\t其中：财政拨款\t{fiscal}\t其他资金\t{other}\n"
        f"一级指标\t二级指标\t指标值\t指标分值权重\n{rows}"
    )


LIST = """
表2 项目支出情况表
单位：万元
科目编码\t项目名称\t合计
2012604\t档案数字化项目\t30.00
2012604\t库房维修项目\t8.00
2012604\t档案馆物业项目\t20.00
\t合计\t58.00
"""
FORMS = "\n项目支出绩效目标表\n（2026年）\n\n"


def test_an_old_name_is_wrong_only_from_the_year_it_changed() -> None:
    text = "1.“医疗卫生与计划生育支出（210类）”科目5.00万元。"
    assert failed("S701", HEAD + text)
    assert not failed("S701", HEAD.replace("2026", "2018") + text)


def test_a_level_that_the_tables_contradict() -> None:
    assert failed("S701", HEAD + "1.一般公共服务支出（类）档案馆（款）5.00万元。\n" + table())
    assert not failed("S701", HEAD + "1.一般公共服务支出（类）档案事务（款）档案馆（项）5.00万元。\n" + table())


def test_one_code_with_two_names() -> None:
    twice = table() + table().replace("表1", "表3") + table().replace("表1", "表4")
    assert not failed("S701", HEAD + twice)
    wrong = twice + table().replace("表1", "表5").replace("20126\t档案事务", "20126\t统计信息业务")
    assert len(failed("S701", HEAD + wrong)) == 1


def test_a_name_cut_short_is_the_same_name() -> None:
    cut = (
        table()
        + table().replace("表1", "表3")
        + table().replace("表1", "表4").replace("一般公共服务支出", "一般公共服务")
    )
    assert not failed("S701", HEAD + cut)


@pytest.mark.parametrize(
    ("purpose", "wrong"),
    [("按规定缴纳的住房公积金", False), ("职工福利", False), ("机关事业单位养老保险缴费", True)],
)
def test_a_copied_purpose(purpose: str, wrong: bool) -> None:
    text = f"1.住房保障支出（类）住房改革支出（款）住房公积金（项）5.00万元，主要用于：{purpose}。"
    assert bool(failed("S702", HEAD + text)) is wrong


def test_a_purpose_against_the_natures_of_the_table() -> None:
    text = "1.一般公共服务支出（类）档案事务（款）档案馆（项）20.00万元，主要用于档案馆开放等{}。\n"
    assert failed("S702", HEAD + text.format("基本支出") + table())
    assert not failed("S702", HEAD + text.format("项目支出") + table())


def test_running_costs_that_are_mostly_projects() -> None:
    assert [c.severity for c in failed("S702", HEAD + table("40.00\t10.00\t30.00", "10.00\t20.00\t"))] == [
        Severity.WARNING
    ]
    assert not failed("S702", HEAD + table())


def test_personal_numbers() -> None:
    assert failed("D803", HEAD + "联系电话：13900000000。")
    assert not failed("D803", HEAD + "联系电话：0512-65550000，项目编号1390000000012345。")
    (found,) = failed("D803", HEAD + "身份证号：11010519491231002X。")
    assert found.severity is Severity.ERROR
    assert not failed("D803", HEAD + "编号：110105194912310021。")


def test_a_withheld_amount_named_elsewhere() -> None:
    named = LIST.replace("档案馆物业项目\t20.00", "密级库房工程专项\t304.80")
    assert failed("D802", HEAD + "特定目标支出304.80万元，不予公开。\n" + named)
    assert not failed("D802", HEAD + "特定目标支出304.80万元，不予公开。\n" + LIST)
    assert not failed("D802", HEAD + "特定目标支出304.80万元。\n" + named)


def test_forms_are_read_project_by_project() -> None:
    found = targets(book_of(HEAD + FORMS + form("甲项目", "30.00", "28.00", "2.00") + form("乙项目", "8.00", "8.00")))
    assert [t.name for t in found] == ["甲项目", "乙项目"]
    assert [t.total.amount.value for t in found if t.total] == [Decimal(300000), Decimal(80000)]
    assert [len(t.indicators) for t in found] == [2, 2]


@pytest.mark.parametrize(("weights", "wrong"), [((50, 40), False), ((60, 40), False), ((50, 45), True), ((50,), False)])
def test_weights(weights: tuple[int, ...], wrong: bool) -> None:
    assert bool(failed("P902", HEAD + FORMS + form("甲项目", "30.00", "30.00", weights=weights))) is wrong


def test_parts_of_the_money() -> None:
    assert failed("P901", HEAD + FORMS + form("甲项目", "30.00", "28.00", "1.00"))
    assert not failed("P901", HEAD + FORMS + form("甲项目", "30.00", "28.00", "2.00"))


def test_money_against_the_list() -> None:
    assert failed("P901", HEAD + LIST + FORMS + form("档案数字化项目", "31.00", "31.00"))
    assert not failed("P901", HEAD + LIST + FORMS + form("档案数字化项目", "30.00", "30.00"))
    assert not failed("P901", HEAD + LIST + FORMS + form("别的项目", "31.00", "31.00"))


def test_the_project_that_is_left_over() -> None:
    forms = (
        form("档案数字化项目", "30.00", "30.00")
        + form("库房维修项目", "8.00", "8.00")
        + form("2025年运行经费", "20.78", "20.78")
    )
    text = HEAD + LIST + FORMS + forms
    assert [c.severity for c in failed("P903", text)] == [Severity.WARNING]
    assert len(failed("P901", text)) == 1


@pytest.mark.parametrize(("value", "severity"), [("<=5%", Severity.WARNING), ("<=95%", Severity.NOTICE)])
def test_a_rate_the_wrong_way_round(value: str, severity: Severity) -> None:
    found = failed("P904", HEAD + FORMS + form("甲项目", "30.00", "30.00", value=value))
    assert {c.severity for c in found} == {severity}


@pytest.mark.parametrize("value", [">=95%", "=100%", "<=100%", "<=24小时"])
def test_a_rate_the_right_way_round(value: str) -> None:
    assert not failed("P904", HEAD + FORMS + form("甲项目", "30.00", "30.00", value=value))


def test_stated_projects() -> None:
    said = "2026年当年预算安排项目共{}个，其中：财政拨款项目涉及预算金额{}万元。具体情况见下表：\n"
    one = FORMS + form("甲项目", "30.00", "30.00")
    assert not failed("P905", HEAD + said.format(1, "30.00") + one)
    assert failed("P905", HEAD + said.format(2, "30.00") + one)
    assert failed("P905", HEAD + said.format(1, "31.00") + one)
    partial = said.replace("具体情况见下表：", "")
    assert not failed("P905", HEAD + partial.format(3, "90.00") + one)
    whole = "2026年编报绩效目标的项目{}个，涉及项目预算资金{}万元。\n"
    assert [bool(failed("P905", HEAD + whole.format(1, amount) + one)) for amount in ("30.00", "90.00", "20.00")] == [
        False,
        False,
        True,
    ], "forms of some projects may be left out, but not of fewer than none"


@pytest.mark.parametrize(("current", "wrong"), [("28.00", False), ("82.00", True)])
def test_the_year_beside_the_project(current: str, wrong: bool) -> None:
    money = (
        "项目资金（万元）\t项目资金总额\t30.00\t年度资金申请总额\t30.00\n"
        f"\t其中：财政资金\t30.00\t其中：当年财政拨款\t{current}\n"
        "\t\t\t上年结转资金\t2.00\n\t其他资金\t0.00\t其他资金\t0.00\n"
    )
    text = HEAD + FORMS + "项目名称\t甲项目\t主管部门\t档案局\n" + money + "一级指标\t二级指标\t指标值\n"
    assert [check.target.label for check in failed("P901", text)] == ["30.00"] * wrong


def test_a_section_that_does_not_answer() -> None:
    page = HEAD + "甲项目经费情况说明\n三、实施主体\n{}\n六、年度预算安排\n{}\n"
    assert not failed("D804", page.format("由青山县档案局组织实施。", "安排预算30.00万元。"))
    assert len(failed("D804", page.format("完成全年任务书的印制工作。", "按合同及时拨付资金。"))) == 2


def test_the_only_form_is_in_question_where_the_tables_agree_with_the_text() -> None:
    text = "2026年安排项目共1个，其中：财政拨款项目涉及预算金额50.00万元。具体情况见下表：\n"
    (found,) = failed("P905", HEAD + table() + text + FORMS + form("甲项目", "49.00", "49.00"))
    assert found.target.amount.text == "49.00"


def test_projects_beside_the_code_of_their_subject_are_no_names_of_it() -> None:
    one = "\n表6 项目支出情况表\n单位：万元\n科目编码\t项目名称\t合计\n2012604\t数字化加工服务\t20.00\n\t合计\t20.00\n"
    twice = table() + table().replace("表1", "表3")
    assert not failed("S701", HEAD + twice + one)
