"""Codes and names against the published classification (S703), and names that were given up (S701)."""

from __future__ import annotations

import pytest

from budgetaudit.model import Severity
from budgetaudit.rules.subjects import codes_named, home_of, names_of
from tests.rules.small import failed

HEAD = "青山县档案局{year}年部门预算\n"


def basic(*rows: tuple[str, str], year: int = 2026) -> str:
    lines = "".join(f"{code}\t{name}\t1.00\n" for code, name in rows)
    title = "\n表1 一般公共预算基本支出表\n单位：万元\n科目编码\t科目名称\t合计\n"
    return f"{HEAD.format(year=year)}{title}{lines}\t合计\t{len(rows)}.00\n"


def text(sentence: str, year: int = 2026) -> str:
    return f"{HEAD.format(year=year)}{year}年部门预算编制说明\n{sentence}\n"


def test_a_table_numbered_by_hand_is_one_finding() -> None:
    rows = [("302 01", "办公费"), ("302 02", "咨询费"), ("302 03", "水费"), ("302 04", "电费"), ("302 05", "邮电费")]
    (found,) = failed("S703", basic(*rows))
    assert found.severity in (None, Severity.WARNING)
    assert "4 行" in found.message and "30203 水费（应为 30205）" in found.message


def test_single_pairs_say_what_the_code_and_the_name_are() -> None:
    (found,) = failed("S703", basic(("30301", "退休费"), ("30304", "抚恤金")))
    assert found.expected_text == "30302" and "离休费" in found.message
    (found,) = failed("S703", basic(("20805", "行政事业单位养老支出"), ("2080506", "机关事业单位基本养老保险缴费支出")))
    assert found.expected_text == "2080505"


@pytest.mark.parametrize(
    ("rows", "year"),
    [
        ((("30307", "医疗费"), ("30399", "其他对个人和家庭的补助支出")), 2026),  # cut short, said more fully
        ((("30311", "住房公积金"), ("30312", "提租补贴")), 2017),  # of its year
        ((("2010301", "行政运行"), ("2010302", "一般行政管理事务")), 2026),  # names of many subjects
        ((("2019903", "青山专项工作"), ("2019999", "其他一般公共服务支出")), 2026),  # an item that no list here knows
        ((("3010201", "规范性津补贴"), ("3010202", "其他津补贴")), 2026),  # details of a section
    ],
)
def test_what_is_left_alone(rows: tuple[tuple[str, str], ...], year: int) -> None:
    assert not failed("S703", basic(*rows, year=year))


def test_a_name_of_another_year_is_no_name_of_this_one() -> None:
    (found,) = failed("S703", basic(("30311", "住房公积金"), ("30302", "退休费")))
    assert found.expected_text == "30113"


def test_details_that_a_region_prints_and_slips_of_wording_are_notices() -> None:
    (found,) = failed("S703", basic(("30112", "工伤保险"), ("30113", "住房公积金")))
    assert found.severity is Severity.NOTICE
    (found,) = failed("S703", basic(("30108", "机关事业单位基本养老保险费"), ("30109", "职业年金缴费")))
    assert found.severity is Severity.NOTICE and found.expected_text == "机关事业单位基本养老保险缴费"


def test_projects_beside_the_codes_of_their_subjects() -> None:
    listed = basic(("30201", "档案数字化"), ("30202", "库房维修")).replace("科目名称", "项目名称")
    assert not failed("S703", listed)


def test_item_names_of_the_text() -> None:
    (found,) = failed("S703", text("社会保障和就业支出（类）机关事业单位职业年金缴费（项）支出5.00万元。"))
    assert found.severity is Severity.NOTICE and found.expected_text == "机关事业单位职业年金缴费支出"
    (found,) = failed("S703", text("主要包括：基本工资、其它工资福利支出。"))
    assert found.expected_text == "其他工资福利支出"
    assert not failed("S703", text("一般公共服务（类）档案事务（款）行政运行（项）支出5.00万元，其它方面不变。"))


def test_given_up_names_of_sections_and_in_overviews() -> None:
    old = "1.社会保障和就业支出（类）行政事业单位离退休（款）5.00万元。"
    assert failed("S701", text(old)) and not failed("S701", text(old, 2019))
    assert not failed("S701", text("行政事业单位离退休人员的活动经费5.00万元。"))
    overview = "\n表1 收支总表\n单位：万元\n收入\t预算数\t支出\t预算数\n一、财政拨款收入\t5.00\t三、{name}\t5.00\n"
    assert failed("S701", HEAD.format(year=2026) + overview.format(name="医疗卫生与计划生育支出"))
    assert not failed("S701", HEAD.format(year=2026) + overview.format(name="卫生健康支出"))


def test_a_project_may_bear_the_name_of_a_class() -> None:
    table = "\n表1 项目支出表\n单位：万元\n项目名称\t合计\n医疗卫生支出\t5.00\n特困人员供养\t3.00\n合计\t8.00\n"
    assert not failed("S701", HEAD.format(year=2026) + table)


def test_the_published_lists() -> None:
    assert names_of("30203", 2026) == ("咨询费",)
    assert "住房公积金" in names_of("30311", None) and names_of("30311", 2026) == ("代缴社会保险费",)
    assert codes_named("3", 2026)["办公设备购置"] == ("30902", "31002")
    assert home_of("30202", "咨询费", 2026) == ("30203",)
    assert home_of("2010301", "电费", 2026) == ()


CROSSED = "青山县档案局2026年部门预算\n\n表7 一般公共预算基本支出表\n单位：万元\n{head}{rows}\n合计\t\t\t\t{total}.00\n"
PAIRS = (
    ("50101", "工资奖金津补贴", "30101", "基本工资"),
    ("50102", "社会保障缴费", "30109", "职业年金缴费"),
    ("50202", "会议费", "30215", "会议费"),
    ("50502", "商品和服务支出", "30201", "办公费"),
    ("50905", "离退休费", "30302", "退休费"),
)


def crossed(*pairs: tuple[str, str, str, str]) -> str:
    head = "政府经济科目编码\t政府经济科目名称\t部门经济科目编码\t部门经济科目名称\t合计\n"
    rows = "\n".join("\t".join((*pair, "1.00")) for pair in pairs)
    return CROSSED.format(head=head, rows=rows, total=len(pairs))


def test_both_economic_classifications_of_a_row() -> None:
    assert not failed("S704", crossed(*PAIRS)) and not failed("S703", crossed(*PAIRS))
    (found,) = failed("S704", crossed(*PAIRS, ("50101", "工资奖金津补贴", "30216", "培训费")))
    assert found.severity is Severity.WARNING and found.expected_text == "50203、50502"
    (found,) = failed("S704", crossed(*PAIRS, ("50201", "办公经费", "30216", "培训费")))
    assert found.severity is Severity.NOTICE


def test_lists_side_by_side_are_no_pairs() -> None:
    wrong = [(*PAIRS[i][:2], *PAIRS[-1 - i][2:]) for i in (0, 1, 3, 4)]
    assert not failed("S704", crossed(*wrong))


def test_names_of_both_classifications_are_compared_with_the_lists() -> None:
    (found,) = failed("S703", crossed(*PAIRS, ("50203", "会议费", "30216", "培训费")))
    assert found.target.amount.text == "50203" and found.expected_text == "50202"


def test_two_names_of_one_code_that_stand_once_each() -> None:
    right = basic(("2080505", "机关事业单位基本养老保险缴费支出"), ("2012698", "档案数字化"))
    for old, new, severity in (
        ("机关事业单位基本养老保险缴费支出", "购房补贴", None),  # the published name tells which is wrong
        ("档案数字化", "方志编纂", Severity.NOTICE),
    ):
        other = basic(("2080505", "机关事业单位基本养老保险缴费支出"), ("2012698", "档案数字化")).replace(old, new)
        both = other + right.split("\n", 1)[1].replace("表1", "表2")
        (found,) = failed("S701", both)
        assert found.severity is severity and {new, old} >= {found.target.amount.text}
    assert not failed("S701", right + right.split("\n", 1)[1].replace("表1", "表2"))


@pytest.mark.parametrize(
    ("subject", "wrong"),
    [
        ("住房改革支出（类）住房公积金（项）", True),
        ("住房改革支出（款）住房公积金（项）", False),
        ("住房保障支出（款）住房公积金（项）", True),
        ("住房公积金（款）", False),
        ("其他支出（款）", False),
        ("乡村道路养护（类）", False),
    ],
)
def test_levels_of_subjects_without_tables(subject: str, wrong: bool) -> None:
    text = "青山县档案局2026年部门预算\n第三部分 部门预算情况说明\n一、支出预算情况说明\n"
    assert bool(failed("S701", text + f"1. {subject}支出5.00万元。\n")) is wrong
