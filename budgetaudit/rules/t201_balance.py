"""T201 收支平衡：收入总计 = 支出总计

为什么：部门收支总表、财政拨款收支总表左右两边的总计必须相等；收入来源与支出用途是同一笔钱的两面。

怎么查：比较同一张表收入一侧与支出一侧的最后一个总计；预算数与决算数分别比较。

限度：只有一侧有总计的不查。

依据：《预算法》第十二条（各级预算应当做到收支平衡）；收入总计（含上年结转）= 支出总计（含结转下年）。

正确：
表1 收支总表
单位：万元
收入		支出
项目	预算数	项目	预算数
一、财政拨款收入	30.00	一、一般公共服务支出	25.00
二、事业收入		二、住房保障支出	5.00
收入总计	30.00	支出总计	30.00

错误：
表1 收支总表
单位：万元
收入		支出
项目	预算数	项目	预算数
一、财政拨款收入	30.00	一、一般公共服务支出	26.00
二、事业收入		二、住房保障支出	5.00
收入总计	30.00	支出总计	31.00
"""

from __future__ import annotations

from collections.abc import Iterator

from budgetaudit.facts import Book, Sheet, whole_column
from budgetaudit.model import Check, Column, RowRole
from budgetaudit.rules.base import compare
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "T201", "balance", "error"
BASIS = "《预算法》第十二条；收入总计 = 支出总计"
SIDES = {"收入": "income", "支出": "expenditure"}


def check(book: Book) -> Iterator[Check]:
    """Checks of both sides' totals in two-sided tables."""
    for sheet in book.sheets:
        sides = _sides(sheet)
        for income in sides["income"]:
            for expenditure in sides["expenditure"]:
                yield from _pair(sheet, income, expenditure)


def _sides(sheet: Sheet) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {"income": [], "expenditure": []}
    for block in sheet.blocks():
        flows = {_flow(column) for column in sheet.amount_columns(block)}
        if len(sheet.blocks()) > 1 and len(flows) == 1 and (flow := next(iter(flows))) in found:
            found[flow].append(block)
    return found


def _flow(column: Column) -> str:
    """The side a column belongs to: by its aspects, else by what its widest header ends with (财政拨款收入)."""
    widest = squash(column.path[0]) if column.path else ""
    said = next((flow for word, flow in SIDES.items() if widest.endswith(word)), "")
    return column.aspects.get("flow", "") or said


def _last_total(sheet: Sheet, block: int) -> int | None:
    totals = [p for p in sheet.rows(block) if sheet.table.rows[p].role is RowRole.TOTAL]
    whole = [p for p in totals if sheet.table.rows[p].aspects.get("scope") in ("all", "plain")]
    chosen = whole or totals
    return chosen[-1] if chosen else None


def _columns_by_measure(sheet: Sheet, block: int) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in sheet.amount_columns(block):
        if not column.aspects.get("fund") and (whole_column(column) or not sheet.side(column)):
            found.setdefault(sheet.measure(column), column)
    if not found and (columns := sheet.amount_columns(block)):
        found[sheet.measure(columns[0])] = columns[0]
    return found


def _pair(sheet: Sheet, income: int, expenditure: int) -> Iterator[Check]:
    left, right = _last_total(sheet, income), _last_total(sheet, expenditure)
    if left is None or right is None:
        return
    left_columns, right_columns = _columns_by_measure(sheet, income), _columns_by_measure(sheet, expenditure)
    for measure, column in left_columns.items():
        other = right_columns.get(measure) or (
            next(iter(right_columns.values())) if len(left_columns) == len(right_columns) == 1 else None
        )
        if other is None:
            continue
        a, b = sheet.operand(left, column), sheet.operand(right, other)
        if a is not None and b is not None and (a.amount.value or b.amount.value):
            yield compare(CODE, "balance", a, [b])
