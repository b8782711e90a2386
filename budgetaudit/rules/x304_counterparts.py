"""X304 对应科目：基本支出中的职业年金、住房公积金等，按功能科目和按经济科目列示的数一般相等

为什么：职业年金缴费（2080506）、住房公积金（2210201）在功能分类和经济分类里各有专门的科目，同一笔基本支出按两种分类各列一次，数字一般相同；
不同时，多半是某一张表漏了单位，或列错了科目。

怎么查：按功能分类和按经济分类的两张基本支出表合计相等时，比较 2080506 与 30109、2210201 与 30113；这两对有不等的，再看
2080505 与 30108。只作提示，一个文件一条。

限度：确有把一部分缴费列在单位的其他功能科目的，所以只提示核对口径；养老保险缴费各地列法不一，不单独提示；两表合计不等的不比。

依据：政府收支分类科目（功能分类与部门预算支出经济分类的说明）

正确：
表5 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
2012601	行政运行	30.00	30.00
2080506	机关事业单位职业年金缴费支出	4.00	4.00
2210201	住房公积金	6.00	6.00
合计		40.00	40.00

表6 一般公共预算基本支出表
单位：万元
科目编码	科目名称	基本支出
30101	基本工资	30.00
30109	职业年金缴费	4.00
30113	住房公积金	6.00
合计		40.00

错误：
表5 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
2012601	行政运行	32.00	32.00
2080506	机关事业单位职业年金缴费支出	2.00	2.00
2210201	住房公积金	6.00	6.00
合计		40.00	40.00

表6 一般公共预算基本支出表
单位：万元
科目编码	科目名称	基本支出
30101	基本工资	30.00
30109	职业年金缴费	4.00
30113	住房公积金	6.00
合计		40.00
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetaudit.amount import money
from budgetaudit.facts import Book, Series
from budgetaudit.funds import nested
from budgetaudit.lang import _
from budgetaudit.model import Check, Operand, Severity, Verdict
from budgetaudit.rules.base import slack, total
from budgetaudit.rules.statement import statement
from budgetaudit.rules.subjects import rows

CODE, CATEGORY, SEVERITY = "X304", "cross-table", "notice"
BASIS = "政府收支分类科目：功能分类与部门预算支出经济分类"
CONFIDENCE = 0.6

Pair = tuple[list[Operand], list[Operand]]
"""The figures of one payment by function and by economic subject."""


def check(book: Book) -> Iterator[Check]:
    """One check of each pair of tables of basic expenditure with equal totals, by function and by economic subject."""
    basic = [s for s in book.series if _basic(s)]
    for economic in (s for s in basic if s.dimension == "economic"):
        functions = [s for s in basic if s.dimension == "function" and _of_one_scope(s, economic)]
        if functions:
            nearest = min(functions, key=lambda s: s.key.fund != economic.key.fund)
            yield from _compared(nearest, economic)
            return


def _basic(series: Series) -> bool:
    key = series.key
    return (
        key.nature == "basic"
        and key.flow == "expenditure"
        and not key.item
        and key.measure in ("", "of-which")  # 其中：基本支出 beside the whole
        and bool(series.total_value())
    )


def _of_one_scope(a: Series, b: Series) -> bool:
    return (
        a.table.id != b.table.id
        and nested(a.key.fund, b.key.fund)
        and abs(a.total_value() - b.total_value()) <= slack(a.total) + slack(b.total)
    )


def _compared(function: Series, economic: Series) -> Iterator[Check]:
    pairs: list[Pair] = []
    telling = False
    for row in rows("counterparts.csv"):
        one, other = function.code_operands(row["function"]), economic.code_operands(row["economic"])
        if not total(one) or not total(other):
            continue
        if abs(total(one) - total(other)) > slack(one) + slack(other):
            pairs.append((one, other))
            telling = telling or row["telling"] == "yes"
        else:
            yield statement(CODE, Verdict.HELD, one[0].place, one[0].label)
    if telling:
        yield _differing(pairs)


def _differing(pairs: Sequence[Pair]) -> Check:
    """One statement for all payments that differ; it stands at the first."""
    said = [
        _("“{label}”{function}，“{other}”{economic}").format(
            label=_row(one), function=_figure(one), other=_row(other), economic=_figure(other)
        )
        for one, other in pairs
    ]
    message = _("基本支出里同一笔缴费按功能科目和按经济科目列示的数不等：{pairs}；请核对两张表的口径").format(
        pairs="；".join(said)
    )
    one, other = pairs[0]
    return statement(
        CODE,
        Verdict.FAILED,
        one[0].place,
        f"{_row(one)} {_figure(one)}",
        message,
        expected_text=_figure(other),
        severity=Severity.NOTICE,
        confidence=CONFIDENCE,
        reported=_figure(one),
    )


def _figure(operands: Sequence[Operand]) -> str:
    return money(total(operands), operands[0].amount)


def _row(operands: Sequence[Operand]) -> str:
    """The row of a figure that is labelled by table, row and column."""
    return operands[0].label.rsplit("·", 2)[-2]
