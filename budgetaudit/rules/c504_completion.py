"""C504 完成率：完成预算的百分比 = 决算数 ÷ 所指的预算数

为什么：“完成年初预算的 95.89%”要用它所说的预算数作分母；年初预算为 0 时不可能有完成率，往往应写“完成全年预算”。

怎么查：同一段里先写出的年初预算数、全年预算数和支出决算数；用所说的预算数作分母计算，区间比较。用另一个预算数恰好相等的，指出分母写错。

限度：没有写出预算数的不查；预算和决算都是 0 的不查。

依据：同一段话中的数字应能互相推出。

正确：
第三部分 部门决算情况说明
一、支出决算情况说明
年初预算为200.00万元，支出决算为190.00万元，完成年初预算的95.00%。

错误：
第三部分 部门决算情况说明
一、支出决算情况说明
年初预算为0万元，全年预算为200.00万元，支出决算为190.00万元，完成年初预算的95.00%。
"""

from __future__ import annotations

from collections.abc import Iterator

from budgetaudit.facts import Book
from budgetaudit.lang import N_, _
from budgetaudit.model import Check, Relation
from budgetaudit.narrative.claims import Claim, by_paragraph
from budgetaudit.rules.prose import derived, last_digit, meets, percent_text, reach, unless_cut
from budgetaudit.rules.relations import interval, percent

CODE, CATEGORY, SEVERITY = "C504", "narrative-arithmetic", "error"
BASIS = "同一段话中的数字应能互相推出"
_NAMES = {"initial-budget": N_("年初预算"), "full-budget": N_("全年预算")}


def check(book: Book) -> Iterator[Check]:
    """Completion rates against the budget that they name."""
    yield from unless_cut(_checks(book))


def _checks(book: Book) -> Iterator[Check]:
    for group in by_paragraph(book.claims):
        for index, claim in enumerate(group):
            if claim.percent and claim.role == "completion" and index and group[index - 1].role == "outturn":
                yield from _rate(claim, group[:index])


def _rate(rate: Claim, before: list[Claim]) -> Iterator[Check]:
    final = before[-1]
    budgets: dict[str, Claim] = {}
    for claim in reversed(before[:-1]):
        if claim.role in ("outturn", "value", "completion"):
            break
        if claim.role in _NAMES:
            budgets.setdefault(claim.role, claim)
    named = "full-budget" if "全年" in rate.lead or "调整" in rate.lead else "initial-budget"
    if named not in budgets and "年初" not in rate.lead and len(budgets) == 1:
        named = next(iter(budgets))
    base = budgets.get(named)
    if base is None:
        return
    exact = percent(interval(final.amount), interval(base.amount)) if base.amount.value else None
    if exact is None and not rate.amount.value:
        return
    good = exact is not None and meets(rate, exact)
    other = next((c for role, c in budgets.items() if role != named and c.amount.value), None)
    fits = None
    if not good and other is not None:
        exact_other = percent(interval(final.amount), interval(other.amount))
        fits = other if exact_other is not None and meets(rate, exact_other) else None
    if fits is not None:
        expected, text = rate.amount.value, f"完成{_NAMES[fits.role]}的{rate.amount.text}"
        message = _("文中写完成{named}的 {rate}，而{named}为 {base}；这个比率的分母是{other} {figure}").format(
            named=_(_NAMES[named]),
            rate=rate.amount.text,
            base=base.amount.text,
            other=_(_NAMES[fits.role]),
            figure=fits.amount.text,
        )
    elif base.amount.value:
        expected = final.amount.value / base.amount.value * 100
        text = percent_text(expected, rate.places)
        message = _("文中写完成{named}的 {rate}，按 {final}÷{base} 应为 {right}").format(
            named=_(_NAMES[named]), rate=rate.amount.text, final=final.amount.text, base=base.amount.text, right=text
        )
    else:
        return
    operands = [final.operand(), base.operand()]
    check = derived(
        CODE,
        rate,
        operands,
        expected,
        good=good,
        message="" if good else message,
        quote=reach(base, rate),
        expected_text=text,
        formula=f"{final.amount.text}÷{base.amount.text}",
        relation=Relation.QUOTIENT,
    )
    yield from last_digit(check, rate, Relation.QUOTIENT)
