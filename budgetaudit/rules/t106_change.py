"""T106 增减额：增减 = 本年数 - 上年数

为什么：三公经费等表并列上年、本年和增减额，增减额由前两者得出。

怎么查：同一项目按年份识别上年与本年的行或列，核对“增减”行或列的金额。

限度：没有写明年份（或“上年”）的不查；增减率由文字部分的规则核对。

依据：会计恒等式（差额等于两数相减）。

正确：
表1 财政拨款三公经费支出表
单位：万元
项目	2025年预算数	2026年预算数	增减额
公务接待费	3.00	2.00	-1.00
公务用车购置及运行费	5.00	5.00	0.00

错误：
表1 财政拨款三公经费支出表
单位：万元
项目	2025年预算数	2026年预算数	增减额
公务接待费	3.00	2.00	-1.50
公务用车购置及运行费	5.00	5.00	0.00
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetaudit.facts import Book, Sheet
from budgetaudit.lang import _
from budgetaudit.model import Check, Column, Row
from budgetaudit.rules.base import compare, held, trivial, unknown

CODE, CATEGORY, SEVERITY = "T106", "table-rowsum", "error"
BASIS = "会计恒等式：差额等于两数相减"
_YEAR = re.compile(r"((?:19|20)\d\d)年?")


def check(book: Book) -> Iterator[Check]:
    """Checks of change columns and change rows."""
    for sheet in book.sheets:
        for block in sheet.blocks():
            found = [*_by_columns(sheet, block), *_by_rows(sheet, block)]
            telling = [c for c in found if not trivial(c)]
            applies = 2 * sum(map(held, telling)) >= len(telling)
            yield from (c if applies or held(c) else unknown(c, _("增减栏与两年之差多数不符，含义不明")) for c in found)


def _stem(column: Column) -> tuple[str, ...]:
    return column.path[:-1]


def _by_columns(sheet: Sheet, block: int) -> Iterator[Check]:
    columns = sheet.amount_columns(block)
    for change in columns:
        if change.aspects.get("measure") != "change":
            continue
        beside = [c for c in columns if _stem(c) == _stem(change) and c is not change and c.path]
        years = [(max(map(int, y)), c.index, c) for c in beside if (y := _YEAR.findall(c.path[-1]))]
        prior = [c for c in beside if c.aspects.get("measure") == "prior"]
        if len(years) == 2 and years[0][0] != years[1][0]:
            (_, _, older), (_, _, newer) = sorted(years, key=lambda entry: entry[:2])
        elif len(prior) == 1 and len(beside) == 2:
            older, newer = prior[0], next(c for c in beside if c is not prior[0])
        else:
            continue
        for position in sheet.rows(block):
            target = sheet.operand(position, change, by="column")
            operands = [
                o
                for o in (sheet.operand(position, newer, by="column"), sheet.operand(position, older, -1, by="column"))
                if o
            ]
            if target is not None and not target.amount.blank and len(operands) == 2:
                yield compare(
                    CODE, "sum", target, operands, f"{target.label} = {operands[0].label} - {operands[1].label}"
                )


def _row_year(row: Row) -> int | None:
    found = _YEAR.match(row.label)
    return int(found.group(1)) if found else None


def _by_rows(sheet: Sheet, block: int) -> Iterator[Check]:
    rows: Sequence[int] = sheet.rows(block)
    for index in range(2, len(rows)):
        change = sheet.table.rows[rows[index]]
        years = [(_row_year(sheet.table.rows[rows[i]]), rows[i]) for i in (index - 2, index - 1)]
        if change.aspects.get("measure") != "change" or any(y is None for y, _ in years) or years[0][0] == years[1][0]:
            continue
        (_, older), (_, newer) = sorted(years, key=lambda pair: pair[0] or 0)
        for column in sheet.amount_columns(block):
            target = sheet.operand(rows[index], column)
            operands = [o for o in (sheet.operand(newer, column), sheet.operand(older, column, -1)) if o]
            if target is not None and not target.amount.blank and len(operands) == 2:
                yield compare(
                    CODE, "sum", target, operands, f"{target.label} = {operands[0].label} - {operands[1].label}"
                )
