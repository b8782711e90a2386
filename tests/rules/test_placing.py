"""Subjects and the columns that are theirs (S702)."""

from __future__ import annotations

import pytest

from budgetaudit.model import Severity
from tests.rules.small import failed

HEAD = "青山县档案局2026年部门预算\n\n"


def by_function(*rows: tuple[str, str, str, str]) -> str:
    title = "表3 支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    lines = "".join(f"{code}\t{name}\t9.00\t{basic}\t{project}\n" for code, name, basic, project in rows)
    return HEAD + title + lines


def by_economy(*rows: tuple[str, str, str, str]) -> str:
    title = "表6 一般公共预算基本支出表\n单位：万元\n科目编码\t科目名称\t合计\t人员经费\t公用经费\n"
    lines = "".join(f"{code}\t{name}\t9.00\t{staff}\t{public}\n" for code, name, staff, public in rows)
    return HEAD + title + lines


PENSION = ("2080505", "机关事业单位基本养老保险缴费支出", "9.00", "")
HOUSING = ("2210201", "住房公积金", "9.00", "")
STAFF = (("30101", "基本工资", "9.00", ""), ("30102", "津贴补贴", "9.00", ""), ("30103", "奖金", "9.00", ""))
PUBLIC = (("30201", "办公费", "", "9.00"), ("30215", "会议费", "", "9.00"), ("30216", "培训费", "", "9.00"))


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        (("2210201", "住房公积金", "", "9.00"), Severity.WARNING),
        (("2210201", "住房公积金", "8.00", "1.00"), Severity.NOTICE),
        (("2012602", "一般行政管理事务", "9.00", ""), Severity.NOTICE),
        (("2012601", "行政运行", "4.00", "5.00"), Severity.WARNING),
    ],
)
def test_money_in_the_column_of_another_nature(row: tuple[str, str, str, str], severity: Severity) -> None:
    (found,) = failed("S702", by_function(PENSION, row))
    assert found.severity is severity and row[1] in found.quote


def test_columns_as_they_should_be() -> None:
    assert not failed("S702", by_function(PENSION, HOUSING, ("2012602", "一般行政管理事务", "", "9.00")))
    assert not failed("S702", by_function(PENSION, ("2012601", "行政运行", "6.00", "3.00")))
    transport = ("30239", "其他交通费用", "9.00", "")
    assert not failed("S702", by_economy(*STAFF, *PUBLIC, transport, ("30302", "退休费", "", "9.00")))


def test_rows_of_one_subject_are_taken_together() -> None:
    run = [("2012601", "行政运行", "", "2.00"), ("2012601", "行政运行", "7.00", "")]
    assert not failed("S702", by_function(*run))


def test_staff_and_running_costs() -> None:
    (found,) = failed("S702", by_economy(*STAFF, *PUBLIC, ("30113", "住房公积金", "", "9.00")))
    assert found.severity is Severity.NOTICE and "公用经费" in found.message
    (found,) = failed("S702", by_economy(*STAFF, *PUBLIC, ("30217", "公务接待费", "9.00", "")))
    assert "人员经费" in found.message


def test_columns_of_another_meaning_are_left_alone() -> None:
    turned = [(code, name, public, staff) for code, name, staff, public in (*STAFF, *PUBLIC)]
    assert not failed("S702", by_economy(*turned))


def test_one_subject_is_told_once() -> None:
    table = by_function(PENSION, ("2210201", "住房公积金", "", "9.00"))
    again = table.removeprefix(HEAD).replace("表3 支出总表", "表5 一般公共预算支出表")
    assert len(failed("S702", f"{table}\n{again}")) == 1
