"""Explanations of changes: what they deny against the figures, and whom they name."""

from __future__ import annotations

import pytest

from budgetaudit.model import Severity
from tests.rules.small import failed

HEAD = "青山县档案局2030年部门预算\n第三部分 部门预算情况说明\n一、情况说明\n"
ITEMS = """1.财政拨款收入{a}，我局为新成立单位，不存在2029年{one}数，同时今年也无增减。
2.上级补助收入0万元，我局为新成立单位，不存在2029年{two}数，同时今年也无增减。
3.事业单位收入0万元，我局为新成立单位，不存在2029年{three}数，同时今年也无增减。
4.对外经营收入0万元，我局为新成立单位，不存在2029年{four}数，同时今年也无增减。
5.其他各项收入0万元，我局为新成立单位，不存在2029年其他各项收入数，同时今年也无增减。
"""
OWN = {"one": "财政拨款收入", "two": "上级补助收入", "three": "事业单位收入", "four": "对外经营收入", "a": "100.00万元"}


@pytest.mark.parametrize(
    "reason",
    [
        "主要是无2029年决算数。",
        "主要原因是上年未安排此项支出。",
        "上年度批复数于年中下达，故未列入年初预算。",
        "（上年预算数为0万元，无法计算增减比率）。",
    ],
)
def test_nothing_last_year_means_that_all_is_new(reason: str) -> None:
    text = HEAD + "会议费5.00万元，比上年预算增加{}万元，" + reason + "\n"
    assert not failed("C513", text.format("5.00"))
    (check,) = failed("C513", text.format("3.00"))
    assert check.severity is Severity.WARNING and "上年还有 2.00" in check.message
    (none,) = failed("C513", text.format("0"))
    assert none.severity is None


@pytest.mark.parametrize(
    "reason",
    [
        "主要原因是上年未安排设备购置支出。",  # a part of it
        "主要原因是2028年未安排年初预算。",  # another year
        "主要原因是2029年无此情况，新增会议两次。",
        "主要原因是上年未使用完毕。",
    ],
)
def test_what_else_was_absent_says_nothing_of_the_item(reason: str) -> None:
    assert not failed("C513", HEAD + f"会议费5.00万元，比上年预算增加3.00万元，{reason}\n")


def test_a_change_of_nothing_without_direction() -> None:
    text = (
        HEAD + "财政拨款收入{}万元，比上年决算数相比变化0万元，增长0%；主要是因为我局为新成立单位，无2029年决算数。\n"
    )
    assert not failed("C513", text.format("0"))
    (check,) = failed("C513", text.format("166.14"))
    assert check.severity is None and check.target.amount.text == "0"


def test_an_item_that_is_said_not_to_be() -> None:
    text = HEAD + "其他收入{}万元，主要原因是本部门无此项收入。\n"
    assert not failed("C513", text.format("0"))
    (check,) = failed("C513", text.format("5.00"))
    assert check.severity is Severity.WARNING
    other = "其他收入5.00万元，比上年减少5.00万元，主要原因是一是压减支出，二是2030年无公车购置计划。\n"
    assert not failed("C513", HEAD + other)


def test_an_explanation_that_names_its_neighbour() -> None:
    assert not failed("C513", HEAD + ITEMS.format(**OWN))
    (check,) = failed("C513", HEAD + ITEMS.format(**{**OWN, "two": "事业单位收入"}))
    assert check.target.amount.text == "事业单位收入" and check.expected_text == "上级补助收入"


def test_items_that_speak_of_each_other_have_no_pattern() -> None:
    mixed = {**OWN, "one": "事业单位收入", "two": "事业单位收入", "three": "财政拨款收入", "four": "财政拨款收入"}
    assert not failed("C513", HEAD + ITEMS.format(**mixed))


def test_money_carried_over_is_no_absence() -> None:
    assert not failed("C513", HEAD + "会议费5.00万元，比上年预算增加3.00万元，主要是无上年结转。\n")


_SELF = "{number}.“农林水支出（类）水利（款）{name}（项）”9.00万元，主要用于{used}。主要原因是：{reason}经费增加。\n"


def _items(**changes: str) -> str:
    names = ("水利工程建设", "水土保持", "防汛", "农村水利", "水文测报")
    lines = [
        _SELF.format(number=n, name=name, used=changes.get(f"used{n}", name), reason=changes.get(f"reason{n}", name))
        for n, name in enumerate(names, 1)
    ]
    return "青山县水利局2030年部门预算\n第三部分 部门预算情况说明\n一、支出预算情况说明\n" + "".join(lines)


def test_an_item_that_names_its_sibling_where_all_name_themselves() -> None:
    assert not failed("C513", _items())
    (used,) = failed("C513", _items(used3="水土保持"))
    assert "防汛" in used.message and "水土保持" in used.message
    (reason,) = failed("C513", _items(reason5="水利农村水利"))
    assert reason.expected_text == "水文测报"


def test_words_of_an_items_own_are_no_sibling() -> None:
    assert not failed("C513", _items(used2="水土保持和防汛", reason4="河道整治"))
    free = {f"used{n}": "项目支出" for n in range(1, 4)} | {"used4": "防汛"}
    assert not failed("C513", _items(**free)), "where most do not name themselves nothing is expected"
