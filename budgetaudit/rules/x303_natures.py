"""X303 支出的构成：基本支出 = 人员经费 + 公用经费；支出合计 = 基本支出 + 项目支出；财政拨款支出 = 三本预算之和

为什么：基本支出明细表常常只给出人员经费合计和公用经费合计，两者之和应等于支出表中的基本支出；分开列示的基本支出表与项目支出表之和应等于支出合计。
一般公共预算、政府性基金、国有资本经营三张支出表的合计相加，应等于财政拨款收支总表的支出。

怎么查：总数在一张表、各部分都在另一张表，并且那张表自己没有这个总数时，比较两者。三本预算的表都在时，比较它们与财政拨款支出；
差额恰为印出的结转数的，记为“有说明”。

限度：性质的各部分分散在几张表、资金来源不同的不查；同一张表内的由 T101 查；三本预算缺一张表而又对不上的不查。

依据：支出按性质分为基本支出（人员经费、公用经费）和项目支出；总数等于分项之和。

正确：
表5 一般公共预算财政拨款支出决算表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
合计		30.00	10.00	20.00

表6 一般公共预算财政拨款基本支出决算表
单位：万元
人员经费			公用经费
科目编码	科目名称	决算数	科目编码	科目名称	决算数
301	工资福利支出	8.00	302	商品和服务支出	2.00
人员经费合计		8.00	公用经费合计		2.00

错误：
表5 一般公共预算财政拨款支出决算表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
合计		30.00	10.00	20.00

表6 一般公共预算财政拨款基本支出决算表
单位：万元
人员经费			公用经费
科目编码	科目名称	决算数	科目编码	科目名称	决算数
301	工资福利支出	8.00	302	商品和服务支出	3.00
人员经费合计		8.00	公用经费合计		3.00
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Verdict
from budgetaudit.rules.base import compare, held, unknown
from budgetaudit.rules.headline import Headline, by_carries, carries, headlines

CODE, CATEGORY, SEVERITY = "X303", "cross-table", "error"
BASIS = "基本支出 = 人员经费 + 公用经费；支出 = 基本支出 + 项目支出；财政拨款 = 三本预算之和"
FISCAL = ("fiscal-overview", "fiscal", "basic")
BUDGETS = {
    "general": ("general", "basic"),
    "government-fund": ("government-fund",),
    "capital": ("capital",),
}
"""The budgets that fiscal expenditure is made of, with the forms of their tables."""
PARTS: Sequence[tuple[str, tuple[str, ...]]] = (("basic", ("personnel", "public")), ("", ("basic", "project")))


def check(book: Book) -> Iterator[Check]:
    """Checks of a nature's total against its parts in another table of the same fund."""
    lines = [
        h
        for h in book.once(headlines)
        if h.key.flow == "expenditure" and not h.key.item and not h.key.measure and len(h.operands) == 1
    ]
    for whole, parts in PARTS:
        wholes = [h for h in lines if h.key.nature == whole and h.value]
        for table in dict.fromkeys(h.table for h in lines):
            own = _parts(lines, table, parts)
            if own is None or any(h.table == table and h.key.fund == own[0].key.fund for h in wholes):
                continue
            yield from _compare([h for h in wholes if h.key.fund == own[0].key.fund and h.table != table], own)
    gaps = carries(book.once(headlines))
    for nature in ("", "basic", "project"):
        yield from _funds([h for h in lines if h.key.nature == nature], gaps)


def _parts(lines: Sequence[Headline], table: str, parts: Sequence[str]) -> list[Headline] | None:
    """The parts, each printed once in the table and all of one fund; None where they are not."""
    found: list[Headline] = []
    for nature in parts:
        own = [h for h in lines if h.table == table and h.key.nature == nature]
        if len(own) != 1 or own[0].key.fund != (found[0].key.fund if found else own[0].key.fund):
            return None
        found.append(own[0])
    return found


def _compare(wholes: Sequence[Headline], parts: Sequence[Headline]) -> Iterator[Check]:
    """Against the total that meets the parts, else against the one that most tables print."""
    if not wholes:
        return
    checks = [compare(CODE, "sum", w.operands[0], [p.operands[0] for p in parts]) for w in wholes]
    good = [c for c in checks if held(c)]
    if good:
        yield from good
    elif len({w.value for w in wholes}) == 1:
        yield replace(checks[0], confidence=0.9)
    else:
        yield unknown(checks[0], _("总数在各表中不同，口径不明")) if checks[0].verdict is Verdict.FAILED else checks[0]


def _funds(lines: Sequence[Headline], gaps: Sequence[Headline]) -> Iterator[Check]:
    """Fiscal expenditure against the three budgets that make it up, each the total of a table of its own."""
    wholes = [h for h in lines if h.key.fund == "fiscal" and h.form in FISCAL and h.value]
    tables = [[h for h in lines if h.key.fund == fund and h.form in forms] for fund, forms in BUDGETS.items()]
    general = tables[0]
    if not wholes or not general or {h.table for h in wholes} & {h.table for h in general}:
        return
    others = [max(found, key=lambda h: h.value) for found in tables[1:] if found]
    checks = [
        compare(CODE, "sum", whole.operands[0], [h.operands[0] for h in (one, *others)])
        for whole in wholes
        for one in general
    ]
    good = [c for c in checks if held(c)]
    if good:
        yield good[0]
        return
    nearest = min(checks, key=lambda c: abs(c.difference))
    reason = by_carries(abs(nearest.difference), nearest.slack, gaps)
    if reason:
        yield replace(nearest, verdict=Verdict.EXPLAINED, reason=reason)
    elif len(others) < len(BUDGETS) - 1:
        yield unknown(nearest, _("三本预算的表不全，口径不明"))
    else:
        yield replace(nearest, confidence=0.75)
