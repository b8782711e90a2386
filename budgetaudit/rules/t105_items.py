"""T105 三公经费：合计 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费

为什么：“三公”经费由三项组成，公务用车又分购置费和运行维护费，无论按行还是按列列示都应相等。

怎么查：按行名识别各项（按列列示的由 T101 查），逐列核对合计与三项、公务用车与购置和运行。

限度：表中只列了一部分的不查；会议费、培训费不属于三公经费。

依据：财政部《地方预决算公开操作规程》（财预〔2016〕143号）：三公经费按因公出国（境）费、公务用车购置及运行费（分购置费和运行费）、公务接待费公开。

正确：
表1 财政拨款三公经费支出表
单位：万元
项目	预算数
合计	10.00
因公出国（境）费	1.00
公务接待费	2.00
公务用车购置及运行费	7.00
其中：公务用车购置费	3.00
公务用车运行费	4.00

错误：
表1 财政拨款三公经费支出表
单位：万元
项目	预算数
合计	10.00
因公出国（境）费	1.00
公务接待费	2.00
公务用车购置及运行费	7.00
其中：公务用车购置费	3.00
公务用车运行费	5.00
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetaudit.facts import Book, Sheet
from budgetaudit.model import Check, Operand, RowRole
from budgetaudit.rules.base import compare

CODE, CATEGORY, SEVERITY = "T105", "table-rollup", "error"
BASIS = "财预〔2016〕143号《地方预决算公开操作规程》"
RELATIONS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("three-public", ("overseas", "vehicles", "reception")),
    ("vehicles", ("vehicle-purchase", "vehicle-running")),
    ("procurement", ("goods", "works", "services")),
)


def check(book: Book) -> Iterator[Check]:
    """Checks of items that are rows of one table."""
    for sheet in book.sheets:
        for group in sheet.groups():
            items = _items(sheet, group)
            for whole, parts in RELATIONS:
                yield from _relation(sheet, group, items, whole, parts)


def _items(sheet: Sheet, group: Sequence[int]) -> dict[str, int]:
    """Item -> row, for items that stand once; the total row of a table of 三公 alone stands for them."""
    found: dict[str, list[int]] = {}
    for position in sheet.group_rows(group):
        row = sheet.table.rows[position]
        item = row.aspects.get("item", "")
        if not row.code and item:
            found.setdefault(item, []).append(position)
    once = {item: rows[0] for item, rows in found.items() if len(rows) == 1}
    own = set(once) - {"three-public", "overseas", "vehicles", "reception", "vehicle-purchase", "vehicle-running"}
    if sheet.table.form == "three-public" and "three-public" not in found and not own:
        totals = [p for p in sheet.group_rows(group) if sheet.table.rows[p].role is RowRole.TOTAL]
        if len(totals) == 1:
            once["three-public"] = totals[0]
    return once


def _relation(
    sheet: Sheet, group: Sequence[int], items: dict[str, int], whole: str, parts: Sequence[str]
) -> Iterator[Check]:
    if whole not in items or not all(p in items for p in parts if p not in ("works", "goods")):
        return
    for column in sheet.amount_columns(group[0]):
        target = sheet.operand(items[whole], column)
        operands: list[Operand] = [
            o for p in parts if p in items and (o := sheet.operand(items[p], column)) is not None
        ]
        if target is None or not operands or (target.amount.blank and all(o.amount.blank for o in operands)):
            continue
        if all(o.amount.blank for o in operands):
            continue
        yield compare(CODE, "sum", target, operands)
