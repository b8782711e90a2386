"""C501 增长率：增减幅度 = 增减额 ÷ 上年数

为什么：文字里的“比上年增加 X 万元，增长 Y%”“比上年执行数增加 Y%”可由同一句的数字算出；写错一个数字，增减幅度就对不上。

怎么查：有增减额的，上年数 = 本年数 ∓ 增减额；没有增减额而写出上年数的，直接用上年数。按印出位数的区间比较，四舍五入和截断都接受；
末位不是四舍五入的只提示，全文都截断的不提示。列举之后另起的一句，可以说其中任何一项、各项之和或上一级的总数，与哪个都不相符的警示，并指出与同一节里哪一项相符；
前面的话没有说完就插进来的，多半是放错了地方。
增减方向与“增加”“减少”是否一致一并核对。

限度：上年数为 0 的增长 100% 是通行写法，不查。

依据：同一句话中的数字应能互相推出。

正确：
第三部分 部门预算情况说明
一、收入预算情况说明
示例局2030年收入预算120.00万元，比上年预算增加20.00万元，增长20.00%。

错误：
第三部分 部门预算情况说明
一、收入预算情况说明
示例局2030年收入预算120.00万元，比上年预算增加20.00万元，增长12.00%。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import replace
from decimal import Decimal

from budgetaudit.amount import decimals, in_unit
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Relation, Severity, Verdict
from budgetaudit.narrative.claims import Claim, between, by_paragraph, pattern
from budgetaudit.rules.astray import around
from budgetaudit.rules.prose import (
    derived,
    digits,
    last_digit,
    meets,
    named_base,
    percent_text,
    reach,
    slips,
    unless_cut,
)
from budgetaudit.rules.relations import HUNDRED, Interval, agrees, interval, minus, percent, plus

CODE, CATEGORY, SEVERITY = "C501", "narrative-arithmetic", "error"
BASIS = "同一句话中的数字应能互相推出"
MAX_GAP, MAX_RATE_GAP, MAX_LEAD = 45, 14, 24
_OTHER = re.compile(r"其中|包括|[（(]")
_PURPOSE = re.compile(r"[，。](?:主要)?用于[^。]*?(?:。|$|(?=[，,](?:[比较]|与|同比)))")
_BRACKETS = re.compile(r"\([^()]*\)")


def check(book: Book) -> Iterator[Check]:
    """Growths of the text, each against the amounts of its own sentence."""
    yield from unless_cut(_checks(book))


def _checks(book: Book) -> Iterator[Check]:
    last: Claim | None = None
    for group in by_paragraph(book.claims):
        for index, claim in enumerate(group):
            if claim.percent and claim.role == "growth":
                for check in _growth(book, group, index):
                    texts = Counter(c.amount.text for c in group)
                    told = _with_hint(check, claim, last, {t for t, n in texts.items() if n > 1})
                    if check.relation is None:
                        yield told
                    else:
                        yield from last_digit(told, claim, check.relation)
                last = claim


def _with_hint(check: Check, growth: Claim, last: Claim | None, repeated: Set[str]) -> Check:
    """A failed check with what most likely went wrong: the year's own amount as base, the rate of the item before, a slip.

    An amount that is printed twice in the paragraph (``repeated``) is no slip.
    """
    if check.verdict is not Verdict.FAILED:
        return check
    hint = ""
    operands = check.operands
    if check.relation in (Relation.GROWTH, Relation.GROWTH_FROM) and len(operands) == 2:
        value = operands[0 if check.relation is Relation.GROWTH else 1].amount
        prior = operands[0].amount
        moved = interval(operands[1].amount)
        if check.relation is Relation.GROWTH_FROM:
            moved = minus(interval(value), interval(prior))
        own = percent(moved, interval(value))
        if own is not None and meets(growth, own):
            hint = _("（像是误用本年数作分母）")
    if not hint and last is not None and last.amount.text == growth.amount.text and growth.places:
        hint = _("（与前一处的 {rate} 相同，像是照抄）").format(rate=last.amount.text)
    return replace(check, message=check.message + (hint or _slip(check, repeated)))


def _slip(check: Check, repeated: Set[str]) -> str:
    """The one slip in the digits of an amount with which the rate fits; nothing where there is none or several."""
    if check.relation is None:
        return ""
    operands = (check.target, *check.operands)
    values = [o.amount.value for o in operands]
    found: set[tuple[str, str]] = set()
    for position, operand in enumerate(operands[1:], start=1):
        if operand.amount.text in repeated:
            continue
        unit, places = operand.amount.unit, decimals(operand.amount.text)
        for text in slips(digits(operand.amount.value, unit, places)):
            value = Decimal(text or 0) * unit.scaleb(-places)
            if value and agrees(check.relation, operands, [*values[:position], value, *values[position + 1 :]]):
                found.add((operand.amount.text, in_unit(value, unit, places)))
    if len(found) != 1:
        return ""
    printed, right = found.pop()
    return _("（{printed} 若为 {right} 则相符）").format(printed=printed, right=right)


def _growth(book: Book, group: list[Claim], index: int) -> Iterator[Check]:
    growth = group[index]
    before = group[index - 1] if index else None
    if before is None or before.percent:
        return
    if before.role == "change" and before.direction:
        near = before.sentence is growth.sentence and growth.start - before.end <= MAX_RATE_GAP
        if near and before.direction == growth.direction:
            yield from _after_change(book, group[: index - 1], before, growth)
        return
    if before.role == "value" and index > 1 and group[index - 2].role == "prior" and _of(book, before, growth):
        prior = group[index - 2]
        if prior.sentence is not growth.sentence or "其中" in between(prior, before, book.narrative):
            return
        exact = percent(minus(interval(before.amount), interval(prior.amount)), interval(prior.amount))
        if exact is None:
            return
        signed = (exact[0], exact[1]) if growth.direction > 0 else (-exact[1], -exact[0])
        expected = (before.amount.value - prior.amount.value) / prior.amount.value * 100 * growth.direction
        yield _result(
            growth,
            [prior, before],
            signed,
            expected,
            _("（{value}-{prior}）÷{prior}").format(value=before.amount.text, prior=prior.amount.text),
            Relation.GROWTH_FROM if growth.direction > 0 else Relation.DECLINE_FROM,
        )


def _after_change(book: Book, earlier: list[Claim], change: Claim, growth: Claim) -> Iterator[Check]:
    """A growth right after its change: on the base that the text names, or on the figure that the change speaks of."""
    if earlier and named_base(earlier[-1], change):
        yield from _on_base(earlier[-1], change, growth)
        return
    value = _measured(book, earlier, change)
    # A sentence of its own after a listing speaks of the whole, or of the last part.
    apart = value is not None and value.sentence is not change.sentence and _listing(earlier)
    if value is None or apart or value.role not in ("value", "outturn") or not _of(book, value, change):
        yield from _loose(book, earlier, change, growth)
        return
    value = _subject(value, earlier, change, growth)
    exact = _rate(value, change, growth)
    if value.sentence is not change.sentence and (exact is None or not meets(growth, exact)):
        found = around(book, earlier, change, growth)  # after the last part of a list: the whole may be meant
        if found is not None and found.fitting is not None:
            value, exact = found.fitting, _rate(found.fitting, change, growth)
    middle = value.amount.value - growth.direction * change.amount.value
    if not middle and change.amount.value:
        yield _from_nothing(value, change, growth)
    if exact is not None and middle > 0:
        yield _rated(value, change, growth, exact)


def _rated(value: Claim, change: Claim, growth: Claim, exact: Interval) -> Check:
    return _result(
        growth,
        [value, change],
        exact,
        change.amount.value / (value.amount.value - growth.direction * change.amount.value) * 100,
        _("{change}÷（{value}{sign}{change}）").format(
            change=change.amount.text, value=value.amount.text, sign="-" if growth.direction > 0 else "+"
        ),
        Relation.GROWTH if growth.direction > 0 else Relation.DECLINE,
    )


def _loose(book: Book, earlier: list[Claim], change: Claim, growth: Claim) -> Iterator[Check]:
    """A change and its growth apart from the figure they speak of: it is one around them, or they stand astray."""
    found = around(book, earlier, change, growth)
    if found is None:
        return
    if found.new is not None:
        yield _from_nothing(found.new, change, growth)
        return
    value = found.fitting or found.own[0]
    exact = _rate(value, change, growth)
    if exact is None or value.amount.value <= growth.direction * change.amount.value:
        return
    check = _rated(value, change, growth, exact)
    if found.fitting is not None:
        yield check
        return
    message = _("文中写增减 {change}、幅度 {rate}，与所在处的各个数都不相符（按 {value} 计算为 {right}）").format(
        change=change.amount.text, rate=growth.amount.text, value=value.amount.text, right=check.expected_text
    )
    if found.elsewhere:
        names = _("、").join(_("“{name}”").format(name=claim.quote) for claim in found.elsewhere)
        message += _("；与{names}相符，像是放错了地方").format(names=names)
    if found.loose:
        message += _("；前面的话没有说完")
    yield replace(
        check,
        message=message,
        quote=change.sentence.text[max(change.start - MAX_LEAD, 0) : growth.end],
        relation=None,
        severity=None if found.loose and found.elsewhere else Severity.WARNING,
        confidence=0.85,
    )


def _on_base(base: Claim, change: Claim, growth: Claim) -> Iterator[Check]:
    """A growth whose base the text names itself (比2029年预算数100.00万元增加20.00万元，增长20.00%)."""
    exact = percent(interval(change.amount), interval(base.amount))
    if exact is not None:
        yield _result(
            growth,
            [change, base],
            exact,
            change.amount.value / base.amount.value * 100,
            f"{change.amount.text}÷{base.amount.text}",
            Relation.QUOTIENT,
        )


def _from_nothing(value: Claim, change: Claim, growth: Claim) -> Check:
    """A growth where everything is new: the base is 0, so that no rate follows; 100 % is written by custom."""
    zero, good = not growth.amount.value, growth.amount.value == HUNDRED
    message = _("文中写增加 {change}，又写增长 {rate}：基数为 0 时算不出增长率，不能写 {rate}").format(
        change=change.amount.text, rate=growth.amount.text
    )
    return derived(
        CODE,
        growth,
        [value.operand(), change.operand()],
        HUNDRED,
        good=good,
        message="" if good else message,
        quote=reach(change, growth),
        expected_text=_("不写增长率") if zero else _("100%，或不写增长率"),
        severity=Severity.WARNING if zero else None,
    )


def _measured(book: Book, earlier: list[Claim], change: Claim) -> Claim | None:
    """The figure before a change; a share of it (占 49.69%), and figures in brackets, may stand between."""
    for claim in reversed(earlier):
        text = between(claim, change, book.narrative)
        if not (claim.percent and claim.role == "share") and text.count(")") <= text.count("("):
            return None if claim.percent else claim
    return None


def _rate(value: Claim, change: Claim, growth: Claim) -> Interval | None:
    """The growth that an amount and its change imply, as an interval in per cent."""
    moved = interval(change.amount)
    base = minus(interval(value.amount), moved) if growth.direction > 0 else plus(interval(value.amount), moved)
    return percent(moved, base)


def _subject(nearest: Claim, earlier: list[Claim], change: Claim, growth: Claim) -> Claim:
    """What the growth speaks of: the nearest amount, or an earlier one of the sentence that its rate fits
    (收入预算 X，由本年收入 Y 和上年结转 Z 组成，比上年增加……: X).
    """
    candidates = [nearest, *(c for c in reversed(earlier) if c.sentence is growth.sentence and not c.percent)]
    for claim in candidates:
        rate = _rate(claim, change, growth) if claim.role in ("value", "outturn") else None
        if rate is not None and meets(growth, rate):
            return claim
    return nearest


def _listing(before: list[Claim]) -> bool:
    """Whether several figures stand before without a change between them."""
    count = 0
    for claim in reversed(before):
        if claim.role == "change":
            break
        count += not claim.percent
    return count > 1


def _of(book: Book, value: Claim, change: Claim) -> bool:
    """Whether a change follows a value directly: only a comparison stands between."""
    text = _PURPOSE.sub("", _BRACKETS.sub("", between(value, change, book.narrative)))
    return len(text) <= MAX_GAP and not _OTHER.search(text) and bool(pattern("comparison", "with").search(text))


def _result(
    growth: Claim,
    operands: list[Claim],
    exact: Interval,
    expected: Decimal,
    formula: str,
    relation: Relation,
) -> Check:
    good = meets(growth, exact)
    word = _("增长") if growth.direction > 0 else _("下降")
    text = percent_text(expected, growth.places)
    message = (
        ""
        if good
        else _("文中写{word} {said}，按文中的数字计算 {formula} = {right}").format(
            word=word, said=growth.amount.text, formula=formula, right=text
        )
    )
    if not good and expected < 0:
        message += _("（方向相反）")
    return derived(
        CODE,
        growth,
        [c.operand() for c in operands],
        expected,
        good=good,
        message=message,
        quote=reach(operands[0], growth),
        expected_text=text,
        formula=formula,
        relation=relation,
    )
