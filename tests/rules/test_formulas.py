"""Formulas written out in the text: read with their units and brackets, and reckoned again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetaudit.model import Severity
from budgetaudit.rules.formulas import formulas
from tests.rules.small import failed

HEAD = "青山县档案局2030年部门预算\n第三部分 部门预算情况说明\n一、项目支出情况说明\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("服务费4.8万元（4000元/月*12个月=48000元）", "48000"),
        ("710元/人.月×12个月×316人＝269.23万元", "2692320"),
        ("20.95+18+586.7=625.65万元", "6256500"),  # 万 only at the end
        ("3.5万元*2场次+1,200元*10人=8.2万元", "82000"),
        ("餐补0.264万/年）50人*（8.16+0.3）=423万", "4230000"),
        ("每人每天100元×30人×5天=15000元", "15000"),
        ("448.7万*15%=67.305万元", "673050"),
    ],
)
def test_formulas_are_read_with_their_units(text: str, value: str) -> None:
    (formula,) = formulas(text)
    assert formula.value == Decimal(value) == formula.result or abs(formula.value - formula.result) < formula.step


@pytest.mark.parametrize(
    "text",
    ["7×24小时", "指标值：>=11782.64平方米", "甲方*乙方=2", "完成率=80/100*100=80%", "A-B=3", "=710元/人月", "3="],
)
def test_what_is_no_formula_is_left_alone(text: str) -> None:
    assert not list(formulas(text))


def test_wrong_results_and_last_digits() -> None:
    text = HEAD + "加班补贴269.24万元（710元/人.月×12个月×316人={}万元）。\n"
    assert not failed("C505", text.format("269.23"))
    (near,) = failed("C505", text.format("269.24"))
    assert near.severity is Severity.NOTICE and near.category == "rounding" and near.expected_text == "269.23"
    (wrong,) = failed("C505", text.format("296.23"))
    assert wrong.severity is None and "269.23" in wrong.message


def test_rounded_factors_leave_room() -> None:
    text = HEAD + "物业费（2.34元/平方米×11782.64平方米×12个月={}万元）。\n"
    (near,) = failed("C505", text.format("33.12"))
    assert near.severity is Severity.NOTICE
    (wrong,) = failed("C505", text.format("33.96"))
    assert wrong.severity is None
