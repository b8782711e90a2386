"""Amounts of the text whose words say exactly which figure they are: exchanged, mistyped, or in the wrong unit."""

from __future__ import annotations

import pytest

from tests.rules.small import failed

BOOK = """表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
205	教育支出	130.52	110.52	20.00
208	社会保障和就业支出	25.36	25.36
合计		155.88	135.88	20.00

表2 支出预算表（按性质）
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
205	教育支出	130.52	110.52	20.00
208	社会保障和就业支出	25.36	25.36
合计		155.88	135.88	20.00

第三部分 部门预算情况说明
一、支出预算情况说明
{text}
"""


def said(code: str, text: str) -> list[tuple[str, str]]:
    return [(c.target.amount.text, c.operands[0].amount.text) for c in failed(code, BOOK.format(text=text))]


@pytest.mark.parametrize(
    "text",
    [
        "教育支出130.52万元、社会保障和就业支出25.36万元。",
        "教育支出（类）110.52万元，社会保障和就业支出25.36万元。",
        "教育支出130.53万元、社会保障和就业支出25.37万元。",
        "其中教育支出7.77万元。",
        "教育支出上年结转7.77万元。",
    ],
)
def test_what_a_row_of_the_name_prints_is_right(text: str) -> None:
    assert said("N409", text) == []


def test_amounts_exchanged_between_names() -> None:
    found = said("N409", "教育支出25.36万元、社会保障和就业支出130.52万元。")
    assert found == [("25.36", "130.52"), ("130.52", "25.36")]


def test_the_last_digit_counts_beyond_rounding() -> None:
    assert said("N409", "教育支出130.58万元、社会保障和就业支出25.36万元。") == [("130.58", "130.52")]


@pytest.mark.parametrize("code", ["N401", "N409"])
def test_a_unit_off_by_ten_thousand_is_named(code: str) -> None:
    (check,) = failed(code, BOOK.format(text="教育支出130.52元，社会保障和就业支出25.36万元。"))
    assert check.target.amount.text == "130.52"
    assert "130.52元" in check.message and "130.52万元" in check.message


def test_a_table_in_yuan_may_be_rounded_in_the_text() -> None:
    book = BOOK.replace("单位：万元", "单位：元").replace("130.52", "1,305,234.56").replace("110.52", "1,105,234.56")
    (check,) = failed("N401", book.format(text="教育支出130.52元。"))
    assert "130.52万元" in check.message
    assert failed("N401", book.format(text="教育支出130.52万元。")) == []


def test_few_digits_do_not_tell_the_unit() -> None:
    assert said("N401", "办公设备购置20元。") == []


def test_a_headline_is_not_another_nature_s_total() -> None:
    assert said("N401", "2026年支出预算155.88万元，其中基本支出135.88万元。") == []
    assert said("N401", "2026年支出预算135.88万元。") == [("135.88", "155.88")]


ONLY = "第三部分 部门预算情况说明\n一、支出预算情况说明\n{text}\n"


@pytest.mark.parametrize(
    "text",
    [
        "支出预算30.00万元，比上年预算增加2.00万元。",
        "支出预算2.00万元，比上年预算减少30.00万元。",
        "支出预算0万元，比上年预算增加30.00万元。",
        "物业费3.00万元。其中：会议费9.00万元。",
        "采购货物3.00万元；其中一般公共预算采购9.00万元。",
        "支出预算30.00万元，其中：基本支出30.00万元，比上年预算增加30.00万元。",
    ],
)
def test_a_part_within_its_whole(text: str) -> None:
    assert failed("C512", ONLY.format(text=text)) == []


@pytest.mark.parametrize(
    "text",
    ["支出预算2.00万元，比上年预算增加30.00万元。", "支出预算2.00万元（其中：基本支出30.00万元）。"],
)
def test_a_part_larger_than_its_whole(text: str) -> None:
    (check,) = failed("C512", ONLY.format(text=text))
    assert (check.target.amount.text, check.operands[0].amount.text) == ("30.00", "2.00")
