"""C504 完成率：完成预算的百分比 = 决算数 ÷ 所指的预算数

为什么：“完成年初预算的 95.89%”要用它所说的预算数作分母；年初预算为 0 时不可能有完成率，往往应写“完成全年预算”。

怎么查：同一段里先写出的年初预算数、全年预算数（或不分年初全年的预算数）和支出决算数、执行数，以及“完成预算 X 万元的 Y%”；用所说的预算数作分母计算，区间比较。用另一个预算数恰好相等的，指出分母写错。

没有写出预算数的“三公”经费各项，用表中该项的预算数。

限度：没有写出预算数、表中也没有的不查；预算和决算都是 0 的不查。

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

import re
from collections.abc import Iterator

from budgetaudit.facts import Book
from budgetaudit.lang import N_, _
from budgetaudit.model import Check, Relation
from budgetaudit.narrative.claims import Claim, by_paragraph, plain
from budgetaudit.rules.outline import label
from budgetaudit.rules.prose import derived, last_digit, meets, percent_text, reach, unless_cut
from budgetaudit.rules.relations import interval, percent
from budgetaudit.vocabulary import aspects

CODE, CATEGORY, SEVERITY = "C504", "narrative-arithmetic", "error"
BASIS = "同一段话中的数字应能互相推出"
_NAMES = {"initial-budget": N_("年初预算"), "full-budget": N_("全年预算"), "budget": N_("预算")}
_BUDGET = re.compile(r"预算(?:安排|总额|数|为|是)*$")
_SPENT = re.compile(r"执行数(?:为|是)?$")
_OF_BUDGET = re.compile(r"完成(?:年初|全年|调整)?预算数?(?:为)?$")
_OF = "的"


def check(book: Book) -> Iterator[Check]:
    """Completion rates against the budget that they name."""
    yield from unless_cut(_checks(book))


def _checks(book: Book) -> Iterator[Check]:
    for group in by_paragraph(book.claims):
        for index, claim in enumerate(group):
            if not claim.percent or index < 1:
                continue
            if claim.role == "completion" and group[index - 1].role in ("outturn", "value"):
                own = list(_rate(claim, group[:index])) if _final(group[index - 1]) else []
                yield from own or _of_table(book, claim, group[index - 1])
            elif index > 1 and _of_named(group[index - 1], claim) and group[index - 2].sentence is claim.sentence:
                yield from _against(claim, group[index - 2], {"budget": group[index - 1]}, "budget")


def _of_table(book: Book, rate: Claim, final: Claim) -> Iterator[Check]:
    """A rate of an item of the 三公 table, which alone prints its budget: the other figure of the item there."""
    item = aspects(label(final.quote)).get("item", "")
    if not item or not rate.amount.value or "年初" in rate.lead or final.sentence is not rate.sentence:
        return
    series = [s for s in book.series if s.key.item == item and len(s.total) == 1]
    spent = [s for s in series if abs(s.total[0].amount.value - final.amount.value) <= final.amount.half]
    if not spent:
        return
    rest = [s.total[0] for s in series if s.table is spent[0].table and s is not spent[0]]
    if len(rest) != 1 or not rest[0].amount.value:
        return
    (base,) = rest
    exact = percent(interval(final.amount), interval(base.amount))
    if exact is None:
        return
    good, expected = meets(rate, exact), final.amount.value / base.amount.value * 100
    text = percent_text(expected, rate.places)
    message = _("文中写完成预算的 {rate}，表中“{label}”为 {base}，按 {final}÷{base} 应为 {right}").format(
        rate=rate.amount.text, label=base.label, base=base.amount.text, final=final.amount.text, right=text
    )
    check = derived(
        CODE,
        rate,
        [final.operand(), base],
        expected,
        good=good,
        message="" if good else message,
        quote=reach(final, rate),
        expected_text=text,
        formula=f"{final.amount.text}÷{base.amount.text}",
        relation=Relation.QUOTIENT,
    )
    yield from last_digit(check, rate, Relation.QUOTIENT)


def _final(claim: Claim) -> bool:
    """Whether a figure is what was spent: an outturn, or the 执行数 of a project."""
    return claim.role == "outturn" or (claim.role == "value" and bool(_SPENT.search(plain(claim.lead))))


def _of_named(base: Claim, rate: Claim) -> bool:
    """Whether a rate is of the budget that stands right before it (完成预算10.00万元的80%)."""
    return not base.percent and bool(_OF_BUDGET.search(base.lead)) and rate.lead == _OF


def _rate(rate: Claim, before: list[Claim]) -> Iterator[Check]:
    final = before[-1]
    budgets: dict[str, Claim] = {}
    for claim in reversed(before[:-1]):
        if claim.role == "value" and not budgets and claim.sentence is final.sentence and _BUDGET.search(claim.lead):
            budgets["budget"] = claim
        if claim.role in ("outturn", "value", "completion"):
            break
        if claim.role in _NAMES:
            budgets.setdefault(claim.role, claim)
    named = "full-budget" if "全年" in rate.lead or "调整" in rate.lead else "initial-budget"
    if named not in budgets and "年初" not in rate.lead and len(budgets) == 1:
        named = next(iter(budgets))
    yield from _against(rate, final, budgets, named)


def _against(rate: Claim, final: Claim, budgets: dict[str, Claim], named: str) -> Iterator[Check]:
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
