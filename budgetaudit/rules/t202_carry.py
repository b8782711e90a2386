"""T202 结转恒等式：年初结转和结余 + 本年收入 = 本年支出 + 结余分配 + 年末结转和结余

为什么：每一项资金的来龙去脉必须闭合；决算的政府性基金、国有资本经营表按行列出年初、收入、支出、年末。

怎么查：表中同时有年初结转、本年收入、本年支出和年末结转各列时，逐行核对。

限度：列不齐的表不查。

依据：《政府会计准则制度》下结转结余的滚存关系。

正确：
表8 政府性基金预算财政拨款收入支出决算表
单位：万元
科目编码	科目名称	年初结转和结余	本年收入	本年支出	年末结转和结余
212	城乡社区支出	1.00	9.00	8.00	2.00
合计		1.00	9.00	8.00	2.00

错误：
表8 政府性基金预算财政拨款收入支出决算表
单位：万元
科目编码	科目名称	年初结转和结余	本年收入	本年支出	年末结转和结余
212	城乡社区支出	1.00	9.00	8.00	3.00
合计		1.00	9.00	8.00	3.00
"""

from __future__ import annotations

from collections.abc import Iterator

from budgetaudit.facts import Book, Sheet
from budgetaudit.lang import _
from budgetaudit.model import Check, Column
from budgetaudit.rules.base import compare, held, trivial, unknown
from budgetaudit.vocabulary import is_whole

CODE, CATEGORY, SEVERITY = "T202", "balance", "error"
BASIS = "结转结余的滚存关系：年初 + 收入 = 支出 + 分配 + 年末"


def check(book: Book) -> Iterator[Check]:
    """Checks of every row of tables that print all four columns."""
    for sheet in book.sheets:
        for block in sheet.blocks():
            checks = list(_rows(sheet, block))
            telling = [c for c in checks if not trivial(c)]
            applies = sum(map(held, telling)) * 2 >= len(telling) or len(telling) <= 2
            yield from (c if applies or held(c) else unknown(c, _("多数行不成立，列的含义不明")) for c in checks)


def _flows(sheet: Sheet, block: int) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in sheet.amount_columns(block):
        flow = column.aspects.get("flow", "")
        plain = not column.aspects.get("nature") or is_whole(column.path[-1])
        if (
            flow
            and plain
            and not column.aspects.get("fund")
            and (
                flow not in found or (column.path and is_whole(column.path[-1]) and not is_whole(found[flow].path[-1]))
            )
        ):
            found[flow] = column
    return found


def _rows(sheet: Sheet, block: int) -> Iterator[Check]:
    flows = _flows(sheet, block)
    if not {"carry-in", "income", "expenditure", "carry-out"} <= set(flows):
        return
    signs = {"income": -1, "expenditure": 1, "distribution": 1, "carry-out": 1, "use-balance": -1}
    for position in sheet.rows(block):
        target = sheet.operand(position, flows["carry-in"], by="column")
        operands = [
            o
            for flow, sign in signs.items()
            if flow in flows and (o := sheet.operand(position, flows[flow], sign, by="column")) is not None
        ]
        if target is None or len(operands) < 3 or (target.amount.blank and all(o.amount.blank for o in operands)):
            continue
        formula = (
            " + ".join([_("年初结转"), _("本年收入")])
            + " = "
            + " + ".join([_("本年支出"), *([_("结余分配")] if "distribution" in flows else []), _("年末结转")])
        )
        yield compare(CODE, "balance", target, operands, formula)
