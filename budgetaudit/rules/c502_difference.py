"""C502 增减额：增减额 = 本年数 - 上年数

为什么：一句话里同时写出本年数、上年数和增减额时，三者必须相符，“增加”“减少”也要与数字一致。

怎么查：上年数（或预算数）、本年数和紧接着的增减额，按印出位数的区间比较；“本年数 X，比上年预算数 Y 增加 Z”也这样查。

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
from budgetaudit.lang import _
from budgetaudit.model import Check, Relation
from budgetaudit.narrative.claims import Claim, between, pattern
from budgetaudit.rules.prose import derived, named_base, reach

CODE, CATEGORY, SEVERITY = "C502", "narrative-arithmetic", "error"
BASIS = "同一句话中的数字应能互相推出"
MAX_GAP = 40


def check(book: Book) -> Iterator[Check]:
    """Differences of the text whose two amounts stand before them in one sentence."""
    claims = book.claims
    for first, second, change in zip(claims, claims[1:], claims[2:], strict=False):
        if change.role != "change" or any(c.percent for c in (first, second, change)):
            continue
        if second.sentence is not change.sentence or "其中" in between(first, second, book.narrative):
            continue
        if named_base(second, change) and first.role in ("value", "outturn"):
            if first.sentence.paragraph == change.sentence.paragraph:
                yield _difference(first, second, change)
        elif (first.role, second.role) == ("prior", "value") and first.sentence is second.sentence:
            gap, middle = between(second, change, book.narrative), between(first, second, book.narrative)
            short = len(gap) <= MAX_GAP and len(middle) <= MAX_GAP
            if short and pattern("comparison", "with").search(gap) and "其中" not in gap:
                yield _difference(second, first, change)


def _difference(value: Claim, prior: Claim, change: Claim) -> Check:
    expected = value.amount.value - prior.amount.value
    slack = sum(c.amount.half for c in (prior, value, change))
    good = abs(expected * change.direction - change.amount.value) <= slack
    said = _("增加") if change.direction > 0 else _("减少")
    right = in_unit(expected, change.amount.unit, max(change.places, 2))
    message = _("文中写{word} {said}，按 {value}-{prior} 应为 {right}").format(
        word=said, said=change.amount.text, value=value.amount.text, prior=prior.amount.text, right=right
    )
    return derived(
        CODE,
        change,
        [value.operand(), prior.operand()],
        abs(expected),
        good=good,
        message="" if good else message,
        quote=reach(min(prior, value, key=lambda c: c.start), change),
        relation=Relation.DIFFERENCE,
    )
