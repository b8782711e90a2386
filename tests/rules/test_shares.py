"""Shares of the text: which whole they are of, last digits, and what must not be reported."""

from __future__ import annotations

import pytest

from budgetaudit.model import Severity
from tests.rules.small import failed

HEAD = "青山县档案局2030年部门预算\n第三部分 部门预算情况说明\n一、情况说明\n"
THREE = """三公经费、会议费、培训费支出预算表
单位：万元
合计\t“三公”经费\t\t\t会议费\t培训费
\t小计\t因公出国（境）费\t公务接待费\t\t
90.00\t40.00\t10.00\t30.00\t30.00\t20.00

第三部分 部门预算情况说明
一、“三公”经费情况说明
"""
SAID = "“三公”经费预算支出中，因公出国（境）费支出{}万元，占“三公”经费的{}%；公务用车购置及运行费支出{}万元，占“三公”经费的{}%；公务接待费支出{}万元，占“三公”经费的{}%。\n"


def test_three_public_shares_are_of_the_sum_of_the_three() -> None:
    good = SAID.format("10", "20.00", "10.00", "20.00", "30", "60.00")
    assert not failed("C503", HEAD + good)
    wrong = failed("C503", HEAD + SAID.format("10", "10.00", "10.00", "10.00", "30", "30.00"))
    assert [c.expected_text for c in wrong] == ["20.00%", "20.00%", "60.00%"]
    assert all(c.severity is None for c in wrong)


def test_the_table_total_that_a_share_was_counted_of_is_named() -> None:
    text = THREE + SAID.format("10.00", "11.11", "0.00", "0.00", "30.00", "33.33")
    wrong = failed("C503", text)
    assert [c.expected_text for c in wrong] == ["25.00%", "75.00%"]
    assert "是按 90.00" in wrong[0].message and "40.00" in wrong[0].message


def test_parts_that_are_all_need_no_printed_total() -> None:
    text = HEAD + "基本支出{}万元，占60.00%；项目支出{}万元，占30.00%；其他支出{}万元，占{}%。\n"
    assert not failed("C503", text.format("60.00", "30.00", "10.00", "10.00"))
    (check,) = failed("C503", text.format("60.00", "30.00", "10.00", "18.00"))
    assert check.expected_text == "10.00%" and check.relation is None
    assert not failed("C503", text.format("60.00", "70.00", "10.00", "10.00")), "a part of them may be wrong as well"


def test_a_single_share_of_a_total_of_the_text() -> None:
    text = HEAD + "支出总计200.00万元。\n二、财政拨款支出说明\n财政拨款支出150.00万元，占本年支出合计的{}%。\n"
    assert not failed("C503", text.format("75.00"))
    (check,) = failed("C503", text.format("85.00"))
    assert check.expected_text == "75.00%"


def test_shares_of_what_no_document_prints_are_left_alone() -> None:
    for text in ("物流费用5.00万元，占地区生产总值的10%。\n", "会议费5.00万元，占上年的40.00%。\n"):
        assert not failed("C503", HEAD + text)


def test_a_share_of_nothing_is_nothing() -> None:
    assert not failed("C503", HEAD + "其他收入0万元，占0%。\n")
    (check,) = failed("C503", HEAD + "其他收入0万元，占3.20%。\n")
    assert "金额为 0" in check.message


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("支出200.00万元，其中：甲99.15万元，占49.5%；乙100.85万元，占50.4%。\n", "49.6%"),
        ("支出508.20万元，其中：甲70万元，占13.77%；乙411.20万元，占80.92%；丙27万元，占5.31%。\n", "80.91%"),
    ],
)
def test_a_last_digit_that_is_not_the_rounded_one_is_told(text: str, right: str) -> None:
    (check,) = failed("C503", HEAD + text)
    assert (check.severity, check.category, check.expected_text) == (Severity.NOTICE, "rounding", right)


def test_a_document_that_cuts_everything_off_is_not_told_so_each_time() -> None:
    cut = "支出300.00万元，其中：甲100.50万元，占33.50%；乙100.19万元，占33.39%；丙99.29万元，占33.09%。\n"
    assert not failed("C503", HEAD + cut)
    one = cut.replace("33.39%", "33.40%")
    assert [c.expected_text for c in failed("C503", HEAD + one)] == ["33.10%"]


def test_growth_cut_in_its_last_digit() -> None:
    text = HEAD + "运行经费5619.31万元，与上年相比增加4032.99万元，增加254.{}%。\n"
    assert not failed("C501", text.format("24"))
    (check,) = failed("C501", text.format("23"))
    assert check.severity is Severity.NOTICE and check.expected_text == "254.24%"
    assert not failed("C501", HEAD + "经费50.00万元，比上年增加3.00万元，增长约6%。\n")


def test_amounts_printed_in_whole_units_leave_room() -> None:
    assert not failed("C503", HEAD + "支出300万元，其中：甲100万元，占33.2%；乙200万元，占66.8%。\n")


def test_no_part_is_more_than_all() -> None:
    text = HEAD + "财政拨款收入5.00万元，占{}%。\n"
    assert not failed("C503", text.format("100.00"))
    (check,) = failed("C503", text.format("700.00"))
    assert "100%" in check.message
    assert not failed("C503", HEAD + "财政拨款支出5.00万元，占年初预算数的112.50%。\n")
    whole = HEAD + "收入合计5.00万元，其中：财政拨款收入5.00万元，占{}%。\n"
    assert not failed("C503", whole.format("100"))
    assert failed("C503", whole.format("101"))


WORK = """支出总表
单位：万元
科目名称	合计	基本支出	项目支出
一般公共服务支出	100.00	20.00	80.00
合计	100.00	20.00	80.00

第三部分 部门预算情况说明
一、预算绩效目标设置情况说明
整体支出纳入绩效目标管理，涉及财政性资金100.00万元；
共3个项目纳入绩效目标管理，涉及财政性资金合计{}万元，占财政性资金（人员类和运转类中的公用经费项目支出除外）总额的比例为{}%。
"""


@pytest.mark.parametrize(
    ("amount", "share", "right"),
    [("80.00", "100", ""), ("40.00", "50", ""), ("80.00", "80", "100.00%"), ("60.00", "100", "75.00%")],
)
def test_a_whole_that_is_named_by_what_it_leaves_out(amount: str, share: str, right: str) -> None:
    text = "青山县档案局2030年部门预算\n" + WORK.format(amount, share)
    assert [check.expected_text for check in failed("C503", text)] == [right] * bool(right)


def test_shares_of_a_part_stand_among_shares_of_the_whole() -> None:
    text = (
        HEAD
        + "支出1,000.00万元，其中：基本支出600.00万元，占60.00%，其中人员经费400.00万元，占66.67%，公用经费200.00万元，占33.33%；项目支出400.00万元，占{}%。\n"
    )
    assert not failed("C503", text.format("40.00"))
    assert [c.expected_text for c in failed("C503", text.format("45.00"))] == ["40.00%"]


def test_a_share_of_money_that_is_not_the_documents_is_left_alone() -> None:
    text = HEAD + "收入总计200.00万元，支出总计200.00万元。\n二、其他说明\n上缴收入5.00万元，占{}的7.00%。\n"
    for of in ("全市一般公共预算收入", "景区营业收入", "2029年支出"):
        assert not failed("C503", text.format(of))
    assert failed("C503", text.format("部门收入总计"))
