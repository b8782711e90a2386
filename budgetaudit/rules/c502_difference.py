"""C502 增减额：增减额 = 本年数 - 上年数

为什么：一句话里同时写出本年数、上年数和增减额时，三者必须相符，“增加”“减少”也要与数字一致。

怎么查：上年数（或预算数）、本年数和紧接着的增减额，按印出位数的区间比较。

限度：中间插有其他对象、“其中”的不查；没有写出上年数的由 C501 查增减幅度。

依据：同一句话中的数字应能互相推出。

正确：
示例局2030年部门预算
第三部分 部门预算情况说明
一、支出预算情况说明
2029年预算执行数为100.00万元，2030年预算安排120.00万元，比2029年预算执行数增加20.00万元。

错误：
示例局2030年部门预算
第三部分 部门预算情况说明
一、支出预算情况说明
2029年预算执行数为100.00万元，2030年预算安排120.00万元，比2029年预算执行数增加30.00万元。
"""

from __future__ import annotations

from collections.abc import Iterator

from budgetaudit.amount import in_unit
from budgetaudit.facts import Book
from budgetaudit.model import Check, Relation
from budgetaudit.narrative.claims import between, pattern
from budgetaudit.rules.prose import derived, reach

CODE, CATEGORY, SEVERITY = "C502", "narrative-arithmetic", "error"
BASIS = "同一句话中的数字应能互相推出"
MAX_GAP = 40


def check(book: Book) -> Iterator[Check]:
    """Differences of the text whose two amounts stand before them in one sentence."""
    claims = book.claims
    for prior, value, change in zip(claims, claims[1:], claims[2:], strict=False):
        if (prior.role, value.role, change.role) != ("prior", "value", "change"):
            continue
        if prior.sentence is not change.sentence or any(c.percent for c in (prior, value, change)):
            continue
        gap, middle = between(value, change, book.narrative), between(prior, value, book.narrative)
        if (
            len(gap) > MAX_GAP
            or len(middle) > MAX_GAP
            or not pattern("comparison", "with").search(gap)
            or "其中" in gap + middle
        ):
            continue
        expected = value.amount.value - prior.amount.value
        slack = sum(c.amount.half for c in (prior, value, change))
        good = abs(expected * change.direction - change.amount.value) <= slack
        text = in_unit(expected, change.amount.unit, max(change.places, 2))
        message = (
            ""
            if good
            else f"文中写{'增加' if change.direction > 0 else '减少'} {change.amount.text}，按 {value.amount.text}-{prior.amount.text} 应为 {text}"
        )
        yield derived(
            CODE,
            change,
            [value.operand(), prior.operand()],
            abs(expected),
            good=good,
            message=message,
            quote=reach(prior, change),
            relation=Relation.DIFFERENCE,
        )
