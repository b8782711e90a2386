"""Rules of the text: their own examples, and one small document for each slip met in real ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from budgetaudit.model import Severity, Verdict
from budgetaudit.rules import Rule, all_rules
from tests.narrative.helpers import failed, run

RULES = [rule for rule in all_rules() if re.match(r"C5|N4", rule.code)]
TABLE = """表1 一般公共预算支出表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
201\t一般公共服务支出\t30.00\t10.00\t20.00
20103\t政府办公厅（室）及相关机构事务\t30.00\t10.00\t20.00
2010301\t行政运行\t30.00\t10.00\t20.00
\t合计\t30.00\t10.00\t20.00

第三部分 部门预算情况说明
一、一般公共预算支出情况说明
"""
HEAD = "青山县档案局2030年部门预算\n第三部分 部门预算情况说明\n一、情况说明\n"


def _examples(rule: Rule) -> tuple[str, str]:
    good = re.search(r"正确：\n(.*?)\n错误：", rule.doc, re.S)
    bad = re.search(r"错误：\n(.*)", rule.doc, re.S)
    assert good and bad, rule.code
    return good.group(1), bad.group(1)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples(rule: Rule, tmp_path: Path) -> None:
    good, bad = _examples(rule)
    verdicts = [check.verdict for check in run(rule.code, good, tmp_path)]
    assert Verdict.HELD in verdicts and Verdict.FAILED not in verdicts
    assert failed(rule.code, bad, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "收入预算307.82万元，比上年增加307.82万元，增长100.00%。",  # growth from nothing
        "支出预算9.99万元，比上年减少3.33万元，下降24.99%。",  # 25.0 within the interval
        "收入预算120.00万元，其中：基本支出80.00万元，项目支出40.00万元。比上年增加20.00万元，增长20.00%。",
        "收入预算120.00万元，其中：其他收入5.00万元，比上年增加20.00万元，增长20.00%。",
    ],
)
def test_growth_without_fault(text: str, tmp_path: Path) -> None:
    assert not failed("C501", HEAD + text, tmp_path)


def test_growth_after_a_listing_over_sentences_is_not_judged(tmp_path: Path) -> None:
    text = "4.调研活动166.02万元，主要包括：调研116.30万元，用于调研；培训49.72万元，用于培训。"
    text += "较2029年年初预算增加28.46万元，增幅20.7%。"
    assert not failed("C501", HEAD + text, tmp_path)


def test_growth_names_operands_and_direction(tmp_path: Path) -> None:
    text = "2029年预算执行数为43269.3万元，2030年预算安排3845.49万元，比2029年预算执行数增加17.62%。"
    (check,) = failed("C501", HEAD + text, tmp_path)
    assert "方向相反" in check.message and [o.amount.text for o in check.operands] == ["43269.3", "3845.49"]


def test_share_lowered_to_make_hundred_is_only_noticed(tmp_path: Path) -> None:
    text = "支出307.82万元，其中：基本支出105.58万元，占34.30%；项目支出172.82万元，占56.14%；其他29.42万元，占9.55%。"
    (check,) = failed("C503", HEAD + text, tmp_path)
    assert check.severity is Severity.NOTICE and check.expected_text == "9.56%"


def test_share_of_unknown_whole_is_not_judged(tmp_path: Path) -> None:
    text = "支出307.82万元，其中：甲项目10.00万元，占11.00%；乙项目20.00万元，占22.00%。"
    assert not run("C503", HEAD + text, tmp_path)


def test_allocations_beyond_the_budget(tmp_path: Path) -> None:
    text = (
        "（一）项目名称：印刷\n预算安排规模：65.00万元\n项目承担单位：青山县档案局\n资金分配情况：1.会计服务费4.8万元（4000元/月*12个月=48000元）；\n"
        "2.版面费用60万元；\n3.电费9万元，水费1万元，共计10万元；\n资金执行时间：2030.01-2030.12\n"
    )
    (check,) = failed("C505", HEAD + text, tmp_path)
    assert check.target.amount.text == "65.00" and check.expected == 748_000


def test_wrong_product(tmp_path: Path) -> None:
    assert not failed("C505", HEAD + "电费：10000元*12月=12万元。", tmp_path)
    assert failed("C505", HEAD + "服务费4000元/月*12个月=58000元。", tmp_path)


def test_procurement_residue_is_rounding(tmp_path: Path) -> None:
    text = "政府采购金额为251.25万元，其中：货物采购金额4.79万元、工程采购金额0万元、服务采购金额246.47万元。"
    verdicts = {check.verdict for check in run("C505", HEAD + text, tmp_path)}
    assert Verdict.ROUNDING in verdicts and Verdict.FAILED not in verdicts


def test_small_firms_cannot_win_more_than_all(tmp_path: Path) -> None:
    text = (
        "2030年度政府采购金额为21.07万元。在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额21.07万元；"
        "在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额{}万元。"
    )
    assert failed("C505", HEAD + text.format("21.07"), tmp_path)
    assert not failed("C505", HEAD + text.format("0.00"), tmp_path)


def test_direction_with_full_budget(tmp_path: Path) -> None:
    text = "年初预算为0万元，全年预算为10.00万元，支出决算为9.00万元。决算数小于全年预算数的主要原因是节约。"
    assert not failed("C506", HEAD + text, tmp_path)
    assert failed("C506", HEAD + text.replace("小于", "大于"), tmp_path)


def test_amount_in_whole_units_and_of_a_part_hold(tmp_path: Path) -> None:
    for amount in ("30万元", "30.0万元", "300,000元"):
        text = f"{TABLE}1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）{amount}"
        text += "，其中基本支出10.00万元。"
        checks = run("N401", text, tmp_path)
        assert [check.verdict for check in checks] == [Verdict.HELD, Verdict.HELD]


def test_rounding_of_an_item_is_no_error(tmp_path: Path) -> None:
    text = TABLE + "1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）30.01万元。"
    assert [check.verdict for check in run("N401", text, tmp_path)] == [Verdict.ROUNDING]


def test_unknown_subject_is_not_judged(tmp_path: Path) -> None:
    assert not run("N401", TABLE + "甲项目17.00万元用于印刷。", tmp_path)


def test_zero_total_against_the_table(tmp_path: Path) -> None:
    text = """表1 收支总表
单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算\t30.00\t一、一般公共服务支出\t30.00
收入总计\t30.00\t支出总计\t30.00

第三部分 部门预算情况说明
一、总体情况说明
青山县档案局2030年度收入支出总计0万元。其他收入预算总计0万元。
"""
    (check,) = failed("N401", text, tmp_path)
    assert "收入支出总计" in check.quote


def test_template_list_is_one_notice(tmp_path: Path) -> None:
    names = ("印刷费", "咨询费", "手续费", "水费", "电费")
    rows = "".join(f"3020{number}\t{name}\t\n" for number, name in enumerate(names, 2))
    head = "表1 一般公共预算基本支出表\n单位：万元\n科目编码\t科目名称\t合计\n"
    table = f"{head}302\t商品和服务支出\t3.00\n30201\t办公费\t3.00\n{rows}\t合计\t3.00\n\n"
    text = table + HEAD + f"公用经费3.00万元，主要包括：办公费、{'、'.join(names)}。"
    (check,) = failed("N403", text, tmp_path)
    assert check.severity is Severity.NOTICE


def test_same_value_of_both_sides_with_other_change(tmp_path: Path) -> None:
    text = "收入预算120.00万元，比2029年预算增加20.00万元。财政拨款支出预算120.00万元，比2029年预算增加25.00万元。"
    assert not failed("C507", HEAD + text, tmp_path)  # another fund had another prior year


def test_more_names_than_offices_is_no_fault(tmp_path: Path) -> None:
    text = "本部门设4个内设机构，分别是办公室、人事处、业务处、法规处和机关党委办公室。"
    assert not failed("N407", HEAD + text, tmp_path)


def test_listing_with_its_number_at_the_end(tmp_path: Path) -> None:
    text = "本部门有以下机构：办公室、人事处、业务处、法规处等{}个处室。"
    assert failed("N407", HEAD + text.format(5), tmp_path)
    assert not failed("N407", HEAD + text.format(4), tmp_path)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "本部门所属甲局本级、乙支队、丙支队、丁支队等{}家行政单位的机关运行经费预算9.00万元。",
            {5: True, 4: False, 20: False},
        ),
        ("本部门设{}个内设机构，包括：办公室、综合一处至四处、财务处，按有关规定设置机关党委。", {7: True, 6: False}),
        ("改造会议场馆、口岸、学校等{}个片区。", {4: False, 60: False}),
    ],
)
def test_names_are_counted_as_people_count_them(text: str, wrong: dict[int, bool], tmp_path: Path) -> None:
    for number, expected in wrong.items():
        assert bool(failed("N407", HEAD + text.format(number), tmp_path)) is expected, number


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("主要包括奖金、津贴补贴、医疗费、奖金。", ["奖金"]),
        ("内设办公室（挂保密处牌子）、综合处、财务处、综合处和机关党委。", []),
        ("内设办公室（挂保密处牌子）、综合处、财务处、综合处。", ["综合处"]),
        ("预算单位包括甲局（行政）、甲局（事业）、乙中心、丙中心。", []),
        ("保障水费、电费、水费。", []),
    ],
)
def test_a_list_names_each_thing_once(text: str, twice: list[str], tmp_path: Path) -> None:
    found = failed("N407", HEAD + text, tmp_path)
    assert [check.message.split("”")[0].strip("“") for check in found] == twice


CHANGED = "收入预算20.00万元，比2029年预算增加2.00万元。\n支出预算20.00万元，比2029年预算增加2.00万元。\n"


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [
        ("收入支出减少的主要原因是压减项目。", True),
        ("收入支出增加的主要原因是人员增加。", False),
        ("公务接待费减少的主要原因是厉行节约。", False),
        ("其他收入减少1.00万元，收入减少的主要原因是项目结束。", False),
    ],
)
def test_the_reason_explains_the_change_that_was_stated(reason: str, wrong: bool, tmp_path: Path) -> None:
    assert bool(failed("C506", HEAD + CHANGED + reason, tmp_path)) is wrong


def test_headline_with_a_wrong_digit(tmp_path: Path) -> None:
    text = TABLE.replace("30.00", "3,041.20").replace("20.00", "3,031.20")
    assert not failed("N401", text + "青山县档案局2030年支出预算3,041.20万元。", tmp_path)
    (check,) = failed("N401", text + "青山县档案局2030年支出预算3,401.20万元。", tmp_path)
    assert check.expected == 30_412_000 and check.operands[0].ref is not None


def test_partial_amount_without_a_row_is_not_judged(tmp_path: Path) -> None:
    text = TABLE.replace("30.00", "3,041.20").replace("20.00", "3,031.20")
    assert not failed("N401", text + "其中：某协会支出预算3,401.20万元用于会务。", tmp_path)


def test_other_fund_of_a_general_total_may_have_had_another_prior_year(tmp_path: Path) -> None:
    text = (
        "收入、支出预算总计120.00万元，与上年相比收、支预算总计各增加20.00万元。\n"
        "（1）一般公共预算收入预算120.00万元，与上年相比增加25.00万元。"
    )
    assert not failed("C507", HEAD + text, tmp_path)


def test_items_off_by_rounding_are_a_residue(tmp_path: Path) -> None:
    text = (
        "支出预算60.61万元，主要支出内容如下：\n1.“甲”科目30.20万元。\n2.“乙”科目20.20万元。\n3.“丙”科目10.20万元。\n"
    )
    assert [check.verdict for check in run("C509", HEAD + text, tmp_path)] == [Verdict.ROUNDING]


def test_partial_items_are_not_judged(tmp_path: Path) -> None:
    text = "支出预算99.00万元，主要项目如下：\n1.“甲”项目30.20万元。\n2.“乙”项目20.20万元。\n3.“丙”项目10.20万元。\n"
    assert not run("C509", HEAD + text, tmp_path)


def test_n403_takes_two_spellings_of_other_for_one_name(tmp_path: Path) -> None:
    text = """表1 一般公共预算基本支出表
单位：万元
科目编码\t科目名称\t合计\t人员经费\t公用经费
301\t工资福利支出\t14.00\t14.00\t
30101\t基本工资\t8.00\t8.00\t
30102\t津贴补贴\t3.00\t3.00\t
30103\t奖金\t1.00\t1.00\t
30199\t其他工资福利支出\t2.00\t2.00\t
合计\t\t14.00\t14.00\t

第三部分 部门预算情况说明
一、一般公共预算基本支出情况说明
人员经费14.00万元，主要包括：基本工资、津贴补贴、奖金、其它工资福利支出。
"""
    assert failed("N403", text, tmp_path) == []
    assert failed("N403", text.replace("、其它工资福利支出", ""), tmp_path) != []
