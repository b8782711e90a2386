"""The text against the tables: last digits, lists both ways, items left out, agreements, counts, names that got lost."""

from __future__ import annotations

import pytest

from budgetaudit.model import Severity
from tests.rules.small import failed

HEAD = "青山县档案局2030年部门预算\n"

PATHS = """表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	45.30
20126	档案事务	45.30
2012601	行政运行	30.00
2012604	档案馆	15.30
合计		45.30

第三部分 部门预算情况说明
一、支出情况说明
{text}
"""


@pytest.mark.parametrize(
    "text",
    ["档案事务行政运行（项）支出45.30万元。", "一般公共服务支出（类）档案事务（款）行政运行（项）支出15.30万元。"],
)
def test_an_item_with_the_figure_of_another_code(text: str) -> None:
    (check,) = failed("N401", HEAD + PATHS.format(text=text))
    assert check.operands[0].amount.text == "30.00"


@pytest.mark.parametrize(
    "text", ["档案事务行政运行（项）支出30.00万元。", "档案事务（款）支出45.30万元。", "档案事务支出45.30万元。"]
)
def test_an_item_with_its_own_figure(text: str) -> None:
    assert failed("N401", HEAD + PATHS.format(text=text)) == []


YUAN = """表1 收支总表
单位：元
收入		支出
一、财政拨款收入	13,616,271	一、一般公共服务支出	12,376,571
二、其他收入	537,800	二、教育支出	1,777,500
收入总计	14,154,071	支出总计	14,154,071

第三部分 部门预算情况说明
一、收支情况说明
{text}
"""


def test_a_figure_cut_off_where_others_are_rounded_is_a_notice() -> None:
    text = "财政拨款收入1,361万元、其他收入54万元，教育支出178万元。"
    (check,) = failed("N401", HEAD + YUAN.format(text=text))
    assert (check.target.amount.text, check.severity, check.expected_text) == ("1,361", Severity.NOTICE, "1,362")


@pytest.mark.parametrize(
    "text",
    [
        "财政拨款收入1,361万元、其他收入53万元，教育支出177万元。",
        "财政拨款收入1,362万元、其他收入54万元，教育支出178万元。",
    ],
)
def test_always_cut_or_always_rounded_is_a_custom(text: str) -> None:
    assert failed("N401", HEAD + YUAN.format(text=text)) == []


BASIC = """表1 一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计	人员经费	公用经费
301	工资福利支出	20.00	20.00
30101	基本工资	12.00	12.00
30102	津贴补贴	8.00	8.00
302	商品和服务支出	{whole}		{whole}
30201	办公费	3.00		3.00
30211	差旅费	2.00		2.00
30228	工会经费	1.00		1.00
合计		{total}	20.00	{whole}

第三部分 部门预算情况说明
一、一般公共预算基本支出情况说明
{text}
"""


def listed(text: str, whole: str = "6.00", total: str = "26.00") -> list[tuple[str, Severity | None]]:
    checks = failed("N403", HEAD + BASIC.format(text=text, whole=whole, total=total))
    return [(check.target.label, check.severity) for check in checks]


def test_a_subject_that_has_no_row_in_a_class_that_adds_up() -> None:
    found = listed("公用经费6.00万元，主要包括：办公费、差旅费、工会经费、福利费。")
    assert found == [("福利费", None)]


def test_a_subject_that_has_no_row_in_a_class_that_does_not_add_up_is_not_judged() -> None:
    assert listed("公用经费7.00万元，主要包括：办公费、差旅费、工会经费、福利费。", "7.00", "27.00") == []


def test_a_name_that_is_no_subject_is_a_notice() -> None:
    found = listed("公用经费6.00万元，主要包括：办公费、差旅费、工会经费、离退休活动经费。")
    assert found == [("离退休活动经费", Severity.NOTICE)]


@pytest.mark.parametrize("name", ["差旅费用", "办公及印刷费", "档案馆的差旅费"])
def test_another_way_to_name_a_row_is_right(name: str) -> None:
    assert listed(f"公用经费6.00万元，主要包括：办公费、{name}、差旅费、工会经费。") == []


def test_a_loose_list_is_one_notice() -> None:
    found = listed("公用经费6.00万元，主要包括办公费、差旅费、水电费、物业管理费、工会经费和职工福利费等公用经费。")
    assert found == [("水电费", Severity.NOTICE)]


def test_units_that_say_the_same_loose_list_are_told_once() -> None:
    text = "公用经费6.00万元，主要包括办公费、差旅费、工会经费和职工福利费等公用经费。\n"
    assert len(listed(text * 3)) == 1


def test_a_copied_template_is_quoted_where_the_empty_names_stand() -> None:
    text = "公用经费6.00万元，主要包括：办公费、差旅费、咨询费、手续费、水费、电费、工会经费。"
    (check,) = failed("N403", HEAD + BASIC.format(text=text, whole="6.00", total="26.00"))
    assert check.quote == "差旅费、咨询费、手续费、水费、电费、工会经费"
    assert check.severity is Severity.NOTICE


ITEMS = """表1 财政拨款支出表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	45.30
20126	档案事务	45.30
2012601	行政运行	30.00
2012602	一般行政管理事务	8.00
2012604	档案馆	7.00
2012699	其他档案事务支出	0.30
合计		45.30

第三部分 情况说明
一、财政拨款支出说明
{text}
"""
TOLD = (
    "{n}.一般公共服务支出（类）档案事务（款）行政运行（项）30.00万元。\n",
    "{n}.一般公共服务支出（类）档案事务（款）一般行政管理事务（项）8.00万元。\n",
    "{n}.一般公共服务支出（类）档案事务（款）档案馆（项）7.00万元。\n",
    "{n}.一般公共服务支出（类）档案事务（款）其它档案事务支出（项）0.30万元。\n",
)


def items(*which: int) -> list[str]:
    text = "".join(TOLD[i].format(n=n) for n, i in enumerate(which, 1))
    return [check.operands[0].amount.text for check in failed("N410", HEAD + ITEMS.format(text=text))]


def test_an_item_left_out_of_the_description() -> None:
    assert items(0, 1, 2) == ["0.30"]


def test_all_items_and_only_the_main_ones_are_right() -> None:
    assert items(0, 1, 2, 3) == []
    assert items(0, 1) == []


AGREES = """表1 一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
301	工资福利支出	20.00
302	商品和服务支出	10.00
合计		30.00

第三部分 部门预算情况说明
一、机关运行经费情况说明
机关运行经费支出与《{table}》的“{row}”支出数一致。
2030年机关运行经费支出{amount}万元。
"""


@pytest.mark.parametrize(
    ("table", "row", "amount", "count"),
    [
        ("一般公共预算基本支出表", "商品和服务支出", "16.50", 1),
        ("一般公共预算基本支出表", "商品和服务支出", "10.00", 0),
        ("一般公共预算基本支出表", "资本性支出", "16.50", 0),
        ("机关运行经费支出表", "商品和服务支出", "16.50", 0),
    ],
)
def test_a_statement_of_agreement(table: str, row: str, amount: str, count: int) -> None:
    assert len(failed("N411", HEAD + AGREES.format(table=table, row=row, amount=amount))) == count


PUBLIC = """表1 一般公共预算“三公”经费支出表
单位：万元
合计	因公出国（境）费	公务用车购置费	公务用车运行费	公务接待费
{sum}	0.00	{bought}	12.00	2.50

第三部分 部门预算情况说明
一、{heading}
{text}
"""


@pytest.mark.parametrize(
    ("bought", "text", "count"),
    [
        ("0.00", "2030年部门预算安排购置车辆1辆，其中：执法执勤用车1辆。", 1),
        ("0.00", "2030年安排因公出国（境）团组2个。", 1),
        ("0.00", "2030年安排出国（境）3人次。", 1),
        ("18.00", "2030年部门预算安排购置车辆1辆，其中：执法执勤用车1辆。", 0),
        ("0.00", "2030年部门预算安排购置车辆0辆。", 0),
        ("0.00", "2030年使用单位资金购置车辆1辆。", 0),
        ("0.00", "截至上年末保有车辆3辆。", 0),
        ("0.00", "公务接待费2.50万元，接待0批次、0人次。", 1),
        ("0.00", "公务接待费2.50万元，接待国外来访团组0个，国内公务接待3次、20人。", 0),
    ],
)
def test_counts_and_money(bought: str, text: str, count: int) -> None:
    whole = "32.50" if bought != "0.00" else "14.50"
    body = PUBLIC.format(sum=whole, bought=bought, heading="“三公”经费和国有资产占用情况", text=text)
    assert len(failed("N412", HEAD + body)) == count


@pytest.mark.parametrize(
    "text",
    ["全年接待群众5000批次。", "办理出国（境）证件3000人次。", "购置消防车辆5辆。", "更新公交车辆100辆。"],
)
def test_counts_of_the_work_itself_need_no_money_of_the_three(text: str) -> None:
    body = PUBLIC.format(sum="14.50", bought="0.00", heading="主要工作任务", text=text)
    assert failed("N412", HEAD + body.replace("2.50", "0.00")) == []


THREE = "第三部分 部门预算情况说明\n一、“三公”经费情况说明\n2030年“三公”经费预算20.00万元，其中：{text}。\n"


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("因公出国（境）费用3.00万元，从严控制5.00万元，公务用车运行维护费12.00万元", ["5.00"]),
        ("因公出国（境）费用3.00万元，公务接待费5.00万元，严格车运行维护费12.00万元", ["12.00"]),
        ("因公出国（境）费用3.00万元，局本级公务接待费5.00万元，公务用车运行维护费12.00万元", []),
        ("因公出国（境）费用3.00万元，从严控制6.00万元，公务用车运行维护费12.00万元", []),
        ("因公出国（境）费用3.00万元，公务接待费5.00万元，运行维护费12.00万元", []),
    ],
)
def test_an_amount_of_the_three_that_lost_its_name(text: str, reported: list[str]) -> None:
    assert [c.target.amount.text for c in failed("N413", HEAD + THREE.format(text=text))] == reported


ALIKE = "第三部分 部门预算情况说明\n一、“三公”经费情况说明\n{text}\n"


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        (
            "其中：因公出国（境）费支出0万元，占0%；公务用车购置及运行费支出0万元；公务接待费支出2万元，占100%。",
            ["其中：因公出国（境）费支出0万元，占0%；公务用车购置及运行费支出0万元"],
        ),
        ("其中：因公出国（境）费支出0万元；公务用车购置及运行费支出0万元；公务接待费支出2万元，占100%。", []),
        (
            "其中：因公出国（境）费1万元，占10%；公务用车购置及运行费7万元，占70%；公务接待费2万元，占20%。\n"
            "1.因公出国（境）费1万元，与上年持平。\n2.公务用车购置及运行费7万元，其中：购置费0万元，与上年持平；\n"
            "运行费7万元。\n3.公务接待费2万元，比上年减少1万元。",
            [],
        ),
    ],
)
def test_items_told_side_by_side(text: str, reported: list[str]) -> None:
    found = failed("D805", HEAD + ALIKE.format(text=text))
    assert len(found) == len(reported)
    assert all(check.quote in quote for check, quote in zip(found, reported, strict=True))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("国有资本经营预算收入为0万元，与上年一致。", 1),
        ("国有资本经营预算收入为0万元，支出为0万元。", 0),
        ("国有资本经营预算收支均为0万元。", 0),
        ("本部门没有国有资本经营预算。", 0),
    ],
)
def test_a_heading_that_promises_income_and_spending(text: str, count: int) -> None:
    body = f"第三部分 部门预算情况说明\n一、国有资本经营预算收支情况\n{text}\n"
    assert len(failed("D805", HEAD + body)) == count


SPLIT = "第三部分 部门预算情况说明\n一、国有资产占有使用情况\n{text}\n"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("共有车辆12辆，其中：机要通信用车2辆、执法执勤用车7辆、其他用车3辆。", ""),
        ("共有车辆12辆，其中：机要通信用车2辆、执法执勤用车9辆、其他用车3辆。", "error"),
        ("共有车辆12辆，其中：机要通信用车2辆、执法执勤用车5辆、其他用车3辆。", "warning"),
        ("共有车辆12辆，其中：机要通信用车2辆、执法执勤用车5辆等。", ""),
        ("共有车辆12辆，其中：新能源车2辆。", ""),
        ("预算单位9个，其中：行政单位2个、事业单位7个（其中公益一类3个、公益二类4个）。", ""),
        ("预算单位9个，其中：行政单位2个、事业单位7个，其中公益一类3个、公益二类4个。", ""),
        ("人员编制30名。其中：行政编制20名，事业编制8名。", "warning"),
        ("共有车辆12辆，其中：执法执勤用车9辆、其他用车3辆；单价50万元以上设备2台，2030年拟购置车辆1辆。", ""),
        ("建筑面积13,459.5平方米，其中地上8,103平方米（其中计容7,998平方米），地下5,356.5平方米，高29.8米。", ""),
        ("地上建筑面积8013平方米（其中计容面积7998平方米，不计容面积105平方米），共7层。", "error"),
        ("用地4000.6平方米（其中绿地1000平方米，道路500平方米等）。", ""),
    ],
)
def test_counts_add_up(text: str, severity: str) -> None:
    found = [check.severity.value for check in failed("N407", HEAD + SPLIT.format(text=text)) if check.severity]
    assert found == [severity][: bool(severity)]


BOUGHT = """表1 政府采购预算表
单位：万元
项目	合计
货物	12.30
服务	30.00
合计	42.30

第三部分 部门预算情况说明
一、政府采购情况说明
{text}
"""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2030年本部门政府采购预算总额45.80万元。", 1),
        ("2030年本部门政府采购预算总额42.30万元。", 0),
        ("2030年本部门政府采购货物预算7.30万元。", 0),
        ("2030年面向中小企业预留政府采购预算20.00万元。", 0),
        ("2030年一般公共预算政府采购预算20.00万元。", 0),
    ],
)
def test_the_total_of_a_table_that_is_all_of_an_item(text: str, count: int) -> None:
    assert len(failed("N401", HEAD + BOUGHT.format(text=text))) == count


SPENT = """青山县档案局2030年度部门决算
公开07表 财政拨款“三公”经费支出决算表
单位：万元
预算数			决算数
合计	公务用车运行维护费	公务接待费	合计	公务用车运行维护费	公务接待费
6.00	5.00	1.00	4.72	4.00	0.72

第三部分 2030年度部门决算情况说明
一、“三公”经费情况说明
{text}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公务接待费支出决算为0.72万元。", []),
        ("公务接待费支出决算为0.27万元。", ["0.72"]),
        ("公务接待费全年预算为1.00万元，支出决算为0.72万元。", []),
        ("公务接待费年初预算为1.20万元，支出决算为0.72万元。", []),
    ],
)
def test_what_was_spent_is_held_against_the_outturn(text: str, expected: list[str]) -> None:
    found = failed("N401", SPENT.format(text=text))
    assert [check.operands[0].amount.text for check in found] == expected


@pytest.mark.parametrize("text", ["2030年本部门货物类采购预算7.30万元。", "2030年公开招标采购预算7.30万元。"])
def test_a_kind_of_procurement_is_not_its_total(text: str) -> None:
    assert failed("N401", HEAD + BOUGHT.format(text=text)) == []


TWICE = "第三部分 {year}\n一、支出情况说明\n{first}\n二、“三公”经费情况说明\n{second}\n"


@pytest.mark.parametrize(
    ("head", "first", "second", "count"),
    [
        ("部门预算情况说明", "公务接待费2.50万元。", "公务接待费支出5.20万元。", 1),
        ("部门预算情况说明", "公务接待费2.50万元。", "公务接待费支出2.50万元。", 0),
        ("部门预算情况说明", "公务接待费（款）支出1.50万元。", "公务接待费支出2.50万元。", 0),
        ("部门预算情况说明", "下属单位公务接待费1.50万元。", "公务接待费支出2.50万元。", 0),
        ("部门决算情况说明", "公务接待费预算3.00万元。", "公务接待费支出2.50万元。", 0),
    ],
)
def test_an_item_of_the_three_told_twice(head: str, first: str, second: str, count: int) -> None:
    kind = head.removesuffix("情况说明")
    text = f"青山县档案局2030年{kind}\n" + TWICE.format(year=head, first=first, second=second)
    assert len(failed("N402", text)) == count


def test_a_message_keeps_the_thousands_of_what_was_said_before() -> None:
    text = TWICE.format(year="部门预算情况说明", first="会议费1,543.17万元。", second="会议费1,345.17万元。")
    (check,) = failed("N402", HEAD + text)
    assert "会议费1,543.17万元" in check.message


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("档案事务（款）行政运行（项）2029年预算安排28.00万元，2030年预算安排30.00万元。", 0),
        ("档案事务（款）行政运行（项）2030年预算安排28.00万元。", 1),
    ],
)
def test_the_figure_of_another_year_is_not_held_against_this_one(text: str, count: int) -> None:
    assert len(failed("N401", HEAD + PATHS.format(text=text))) == count


DENIED = "第三部分 部门预算情况说明\n一、“三公”经费情况说明\n{money}\n二、其他情况说明\n{text}\n"


@pytest.mark.parametrize(
    ("money", "text", "count"),
    [
        ("公务接待费2.50万元。", "2030年本部门无公务接待安排。", 1),
        ("公务接待费0万元。", "2030年本部门无公务接待安排。", 0),
        ("公务接待费2.50万元。", "主要原因是2029年无公务接待安排。", 0),
        ("公务接待费2.50万元。", "主要原因是上年无公务接待安排。", 0),
        ("机关运行经费82.50万元。", "本单位无机关运行经费。", 1),
        ("机关运行经费82.50万元。", "青山县档案服务中心无机关运行经费。", 0),
        ("公务用车购置费18.00万元，公务用车运行费5.00万元。", "2030年未安排公务用车购置经费。", 1),
        ("公务用车购置费0万元，公务用车运行费5.00万元。", "2030年未安排公务用车购置经费。", 0),
    ],
)
def test_what_is_denied_has_no_money(money: str, text: str, count: int) -> None:
    assert len(failed("N404", HEAD + DENIED.format(money=money, text=text))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("本部门开展了部门整体支出绩效自评。\n本部门不属于整体支出绩效评价的试点范围。", 1),
        ("本部门开展了部门整体支出绩效自评。", 0),
        ("本部门开展了5个项目绩效自评，未开展整体支出绩效评价。", 0),
    ],
)
def test_what_was_done_is_not_denied_elsewhere(text: str, count: int) -> None:
    body = DENIED.format(money="公务接待费2.50万元。", text=text)
    assert len(failed("N404", HEAD + body)) == count


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("“三公”经费20.00万元，其中：公务接待费25.00万元。", ["25.00"]),
        ("“三公”经费20.00万元，其中：公务接待费5.00万元。", []),
        ("公务用车购置及运行维护费7.62万元。公务用车运行维护费7.92万元。", ["7.92"]),
        ("“三公”经费20.00万元。2029年公务接待费25.00万元。", []),
    ],
)
def test_an_item_is_not_larger_than_what_holds_it(text: str, reported: list[str]) -> None:
    body = f"第三部分 部门预算情况说明\n一、“三公”经费情况说明\n{text}\n"
    assert [check.target.amount.text for check in failed("N402", HEAD + body)] == reported


@pytest.mark.parametrize(("text", "count"), [("国内公务接待12批次、96人次。", 0), ("国内公务接待12批次、9人次。", 1)])
def test_no_fewer_guests_than_groups(text: str, count: int) -> None:
    body = f"第三部分 部门预算情况说明\n一、“三公”经费情况说明\n{text}\n"
    assert len(failed("N412", HEAD + body)) == count


ITEM = """青山县档案局2030年度部门决算
公开05表 一般公共预算财政拨款支出决算表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	45.30
20126	档案事务	45.30
2012601	行政运行	30.00
2012604	档案馆	15.30
合计		45.30

第三部分 2030年度部门决算情况说明
一、支出决算具体情况
{text}
"""


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("1.一般公共服务支出（类）档案事务（款）行政运行（项）。年初预算为28.00万元，支出决算为30.00万元。", []),
        ("1.一般公共服务支出（类）档案事务（款）行政运行（项）。年初预算为28.00万元，支出决算为33.00万元。", ["33.00"]),
        ("1.一般公共服务支出（类）档案事务（款）行政运行（项）年初预算为28.00万元，支出决算为33.00万元。", ["33.00"]),
        ("1.档案事务（款）行政运行（项）年初预算为28.00万元，其中基本支出26.00万元，支出决算为33.00万元。", []),
    ],
)
def test_the_outturn_of_an_item_named_before_its_budget(text: str, reported: list[str]) -> None:
    assert [check.target.amount.text for check in failed("N401", ITEM.format(text=text))] == reported


@pytest.mark.parametrize(
    ("text", "count"), [("因公出国（境）费支出决算为8.00万元。", 1), ("因公出国（境）费支出决算为0万元。", 0)]
)
def test_an_item_whose_cells_are_blank(text: str, count: int) -> None:
    table = (
        SPENT.replace("公务用车运行维护费", "因公出国（境）费").replace("5.00	", "	").replace("4.00	", "	")
    )
    table = table.replace("6.00	", "1.00	").replace("4.72	", "0.72	")
    assert len(failed("N401", table.format(text=text))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("公务用车保有量为6辆。\n共有车辆3辆。", 1),
        ("公务用车保有量为3辆。\n共有车辆3辆。", 0),
        ("公务用车保有量为6辆。\n本级共有车辆3辆。\n下属单位共有车辆4辆。", 0),
    ],
)
def test_no_more_vehicles_are_kept_than_there_are(text: str, count: int) -> None:
    body = f"第三部分 部门预算情况说明\n一、国有资产情况说明\n{text}\n"
    assert len(failed("N412", HEAD + body)) == count


OVERVIEW = """表1 部门收支总表
单位：万元
收入		支出
一、一般公共预算拨款收入	1,012.36	一、一般公共服务支出	752.41
二、其他收入	103.27	二、教育支出	448.64
上年结转结余	85.42
收入总计	1,201.05	支出总计	1,201.05

第三部分 部门预算情况说明
一、收支情况说明
{text}
"""


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("2030年收入总预算1501.05万元。", ["1501.05"]),
        ("2030年支出总预算1501.05万元。", ["1501.05"]),
        ("2030年收入总预算1201.05万元，其中：上年结转结余85.42万元。", []),
        ("2030年收入总预算1201.05万元，其中：上年结转结余88.42万元。", ["88.42"]),
        ("2030年收入总预算1201万元。", []),
        ("2029年收入总预算1501.05万元。", []),
        ("2030年财政拨款收入总预算1501.05万元。", []),
        ("下属单位2030年项目支出总预算1501.05万元。", []),
    ],
)
def test_headlines_against_the_overview(text: str, reported: list[str]) -> None:
    assert [check.target.amount.text for check in failed("N401", HEAD + OVERVIEW.format(text=text))] == reported


@pytest.mark.parametrize("parts", ["12.00\t3.00", "\t"])
def test_a_subtotal_left_blank_over_printed_parts_contradicts_nothing(parts: str) -> None:
    table = (
        "表1 “三公”经费支出表\n单位：万元\n合计\t因公出国（境）费\t公务接待费\t公务用车购置及运行维护费\t\t\n"
        f"\t\t\t小计\t公务用车购置费\t公务用车运行维护费\n20.00\t4.00\t1.00\t\t{parts}\n\n"
    )
    text = "第三部分 部门预算情况说明\n一、“三公”经费情况说明\n公务用车购置及运行维护费预算15.00万元。\n"
    assert bool(failed("N401", HEAD + table + text)) is (parts == "\t")
