"""Terms and standing phrases with a slip of one character, and what comes near to them and is right."""

from __future__ import annotations

import pytest

from budgetaudit.rules.near import near_misses, one_slip
from tests.rules.small import failed

HEAD = "青山县档案局2026年部门预算\n2026年部门预算编制说明\n"


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("公务接侍费预算2.00万元。", "公务接待费"),
        ("公务用车运维行护费预算2.00万元。", "公务用车运行维护费"),
        ("一般公其预算安排5.00万元。", "一般公共预算"),
        ("公务车运行维护费预算2.00万元。", "公务用车运行维护费"),
        ("国有资本本经营预算无安排。", "国有资本经营预算"),
        ("结余分配：指事业事位按规定从非财政补助结余中分配的资金。", "事业单位按规定从非财政补助结余中分配"),
        ("包括其它工资福利支出。", "其他工资福利支出"),
        ("截止2025年12月31日，共有车辆2辆。", "截至"),
        ("主要原因是公务用处保有量减少。", "公务用车"),
        ("公务接待费反应单位按规定开支的接待支出。", "反映"),
        ("共承当16项职能。", "承担"),
        ("依法做出审计决定。", "作出"),
        ("财政拔款收入5.00万元。", "财政拨款收入"),
        ("住房补帖，离退休费。", "贴"),
        ("支岀5.00万元。", "出"),
        ("争取个有关单位的支持。", "各"),
    ],
)
def test_slips_in_terms(sentence: str, right: str) -> None:
    assert [check.expected_text for check in failed("F611", HEAD + sentence)] == [right]


@pytest.mark.parametrize(
    "sentence",
    [
        "公务用车购置及运行维护费、公务用车购置和运行维护费、公务用车购置及运行费。",
        "因公出国(境)费与因公出国（境）经费。",
        "其他档案的工资，其它工作。",
        "县档案局各单位的公务车辆。",
        "档案系统登陆地，台风登陆。",
        "年末完成验收，期末能支付。",
        "自己完成编制。",
        "行政运行经费减少。",
        "为档案事业做出贡献。",
        "海拔较高，选拔人才。",
        "三个单位、整个部门、每个有关单位。",
    ],
)
def test_what_is_no_slip(sentence: str) -> None:
    assert not failed("F611", HEAD + sentence)


def test_the_name_of_a_subject_under_the_heading_of_another() -> None:
    text = HEAD + "十、机关运行经费情况说明\n行政运行经费预算20.00万元，比上年增加1.00万元。\n"
    assert [check.expected_text for check in failed("F611", text)] == ["机关运行经费"]


def test_the_same_slip_is_told_once() -> None:
    (found,) = failed("F611", HEAD + "公务接侍费2.00万元。\n公务接侍费增加。\n")
    assert "2处" in found.message


def test_one_slip() -> None:
    assert one_slip("公务接侍费", "公务接待费")
    assert one_slip("公务待接费", "公务接待费")
    assert one_slip("公务费", "公务接费")
    assert not one_slip("公务接待费", "公务接待费")
    assert not one_slip("公务、接待费", "公务接待费"), "not a Chinese character"
    assert not one_slip("业务接待费", "公务接待费"), "the first character is another one"
    assert not one_slip("公务招侍费", "公务接待费")
    assert not one_slip("年初与结余", "年初和结余", loose="和与")


def test_near_misses_at_the_edges_of_a_text() -> None:
    assert [near.start for near in near_misses("公务接侍费，公接待费", ["公务接待费"])] == [0, 6]
    assert not list(near_misses("接待费", ["公务接待费"]))


@pytest.mark.parametrize(
    ("listed", "right"),
    [
        ("基本工资、津贴补贴、资金、绩效工资", ["奖金"]),
        ("基本工资、津贴补贴、奖金、绩效工资", []),
        ("办公费、邮电费、水电费、差旅费、印刷费", []),
        ("设备、资金、人员、场地", []),
    ],
)
def test_a_list_of_economic_subjects(listed: str, right: list[str]) -> None:
    found = failed("F611", HEAD + f"人员经费9.00万元，主要包括：{listed}。\n")
    assert [check.expected_text for check in found] == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("保障刑事讼诉活动。", "诉讼"),
        ("主要原因是因人员增加。", "原因是"),
        ("主要原因是因公出国人数增加。", ""),
        ("项目支出要用于档案数字化。", "主要用于"),
        ("资金需要用于档案数字化。", ""),
    ],
)
def test_misprints(sentence: str, right: str) -> None:
    assert [check.expected_text for check in failed("F611", HEAD + sentence + "\n")] == [right] * bool(right)
