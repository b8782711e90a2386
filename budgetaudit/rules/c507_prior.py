"""C507 推算的上年数：两处推算出的上年总数应相同

为什么：收入总数与支出总数相等，上年也相等；两处写的增减额不同，推算出的上年数就不同，必有一处没有改。

怎么查：同一金额的收入预算与支出预算，各自的“比上年增加（减少）”额互相比较；同一节里金额相同的两处，增减额只差一位数字的也查；机关（单位）运行经费是一般公共预算基本支出的一部分，
推算的上年数不能超过基本支出的上年数。

限度：两处金额不同的不比较；分财政拨款、基金等口径的只记相符。

依据：收支平衡；同一数字在同一文件中只能有一个值。

正确：
第三部分 部门预算情况说明
一、预算编制说明
2030年，示例局收入预算120.00万元，比2029年预算增加20.00万元。支出预算120.00万元，比2029年预算增加20.00万元。

错误：
第三部分 部门预算情况说明
一、预算编制说明
2030年，示例局收入预算120.00万元，比2029年预算增加20.00万元。支出预算120.00万元，比2029年预算增加25.00万元。
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from budgetaudit.amount import in_unit
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Verdict
from budgetaudit.narrative.claims import Claim, between, pattern
from budgetaudit.rules.base import ZERO, compare, verdict_of
from budgetaudit.rules.outline import slip_of
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "C507", "narrative-narrative", "warning"
BASIS = "收支平衡"
MAX_GAP = 24
MIN_SAME = 4
_BASIC = re.compile(r"基本支出(?:预算)?(?:安排|为)?$")
_RUNNING = re.compile(r"(?:机关|单位)运行经费(?:财政拨款)?(?:预算)?(?:安排|支出|为|数)*$")
_WHOLE = re.compile(r"(收入|支出)(?:预算)?(?:合计|总计|总额)?为?$")
_FUND = re.compile(r"拨款|公共|基金|资本|财政|专户|单位资金|事业|经营|基本|项目|其他|上年|结转")


def check(book: Book) -> Iterator[Check]:
    """Changes of one printed amount, compared with each other."""
    claims = book.claims
    pairs: list[tuple[Claim, Claim]] = []
    for value, change in itertools.pairwise(claims):
        if value.role != "value" or change.role != "change" or value.percent or change.percent:
            continue
        gap = (
            between(value, change, book.narrative)
            if value.sentence.paragraph == change.sentence.paragraph
            else "。" * 99
        )
        if len(gap) <= MAX_GAP and pattern("comparison", "with").search(gap):
            pairs.append((value, change))
    yield from _within(pairs)
    for index, (value, change) in enumerate(pairs):
        for other_value, other in pairs[:index]:
            if value.amount.value != other_value.amount.value or not value.amount.value:
                continue
            signed = change.amount.value * change.direction
            gap_value = signed - other.amount.value * other.direction
            slack = change.amount.half + other.amount.half
            good = verdict_of(gap_value, slack) is not Verdict.FAILED
            sides = {_side(value), _side(other_value)} == {"收入", "支出"}
            if not good and not sides and not _slipped(value, change, other):
                continue
            base = compare(CODE, "same", change.operand(), [other.operand()])
            same = _("收入与支出同为") if sides else _("同为")
            message = _("{same} {value}，一处写比上年增减 {there}，这里写 {here}，推算的上年数不同").format(
                same=same, value=value.amount.text, there=other.amount.text, here=change.amount.text
            )
            yield Check(
                rule=CODE,
                kind="same",
                verdict=Verdict.HELD if good else Verdict.FAILED,
                target=base.target,
                operands=base.operands,
                expected=other.amount.value,
                slack=slack,
                quote=change.quote,
                message="" if good else message,
                confidence=0.85,
            )
            break


def _slipped(value: Claim, change: Claim, other: Claim) -> bool:
    """Whether two changes of one amount in one section differ by a slip: a sum and its only part, say."""
    return (
        value.sentence.section == other.sentence.section
        and change.direction == other.direction
        and len(value.amount.text) >= MIN_SAME
        and slip_of(change, other.amount.value)
    )


def _within(pairs: Sequence[tuple[Claim, Claim]]) -> Iterator[Check]:
    """Operating money is part of the general budget's basic expenditure, last year as well."""
    basic = [p for p in pairs if _BASIC.search(_clause(p[0])) and "一般公共预算" in "".join(p[0].sentence.section)]
    running = [p for p in pairs if _RUNNING.search(_clause(p[0]))]
    if len(basic) != 1 or len(running) != 1:
        return
    (whole, up), (part, change) = basic[0], running[0]
    whole_prior = whole.amount.value - up.direction * up.amount.value
    prior = part.amount.value - change.direction * change.amount.value
    slack = sum((c.amount.half for c in (whole, up, part, change)), ZERO)
    good = prior <= whole_prior + slack
    unit = change.amount.unit
    message = _("推算上年运行经费 {prior}，而一般公共预算基本支出上年只有 {whole_prior}").format(
        prior=in_unit(prior, unit, 2), whole_prior=in_unit(whole_prior, unit, 2)
    )
    yield Check(
        rule=CODE,
        kind="derived",
        verdict=Verdict.HELD if good else Verdict.FAILED,
        target=change.operand(),
        operands=(part.operand(), whole.operand(), up.operand()),
        expected=change.amount.value if good else part.amount.value - whole_prior,
        slack=slack,
        quote=change.quote,
        message="" if good else message,
        confidence=0.8,
    )


def _clause(claim: Claim) -> str:
    return squash(re.split(r"[，,；;。：:]", claim.lead)[-1])


def _side(claim: Claim) -> str:
    clause = _clause(claim)
    found = _WHOLE.search(clause)
    return found.group(1) if found and not _FUND.search(clause[: found.start()][-8:]) else ""
