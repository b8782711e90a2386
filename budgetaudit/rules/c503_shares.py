"""C503 占比：占比 = 部分 ÷ 总体

为什么：“基本支出 X 万元，占 Y%”可由同一节的总数算出；照抄上年的百分比、张冠李戴，占比就对不上。

怎么查：同一节里成组的占比，找出使多数占比成立的那个总数（组前写出的数；各部分相加正好等于它的，有一项成立即可），再看其余各项。区间比较，四舍五入和截断都接受；
与四舍五入只差末位一个单位的（为使各项合计 100%）不算错。

限度：只有一个占比的，只在写出总数、并且相符时记为已查；没有一个总数能使多数占比成立的不查。

依据：同一节中的数字应能互相推出。

正确：
第三部分 部门预算情况说明
一、支出预算情况说明
示例局2030年支出预算200.00万元，其中：基本支出50.00万元，占25.00%；项目支出120.00万元，占60.00%；其他支出30.00万元，占15.00%。

错误：
第三部分 部门预算情况说明
一、支出预算情况说明
示例局2030年支出预算200.00万元，其中：基本支出50.00万元，占25.00%；项目支出120.00万元，占68.00%；其他支出30.00万元，占15.00%。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Relation
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.prose import derived, meets, percent_text, reach
from budgetaudit.rules.relations import interval, percent

CODE, CATEGORY, SEVERITY = "C503", "narrative-arithmetic", "error"
BASIS = "同一节中的数字应能互相推出"
MAX_GAP = 40
MAX_BEFORE = 6
Pair = tuple[Claim, Claim]


def check(book: Book) -> Iterator[Check]:
    """Shares of the text, group by group."""
    claims = book.claims
    group: list[Pair] = []
    wholes: list[Claim] = []
    recent: list[Claim] = []
    section: tuple[str, ...] | None = None
    for index, claim in enumerate(claims):
        if claim.sentence.section != section:
            yield from _group(group, wholes)
            group, recent, section = [], [], claim.sentence.section
        if claim.percent and claim.role == "share":
            part = claims[index - 1] if index else None
            if (
                part is None
                or part.percent
                or part.role not in ("value", "outturn")
                or part.sentence is not claim.sentence
            ):
                continue
            if claim.start - part.end > MAX_GAP:
                continue
            if not group:
                wholes = [c for c in recent if c is not part][-MAX_BEFORE:]
            group.append((part, claim))
        elif not claim.percent and claim.role in ("value", "outturn"):
            follows = index + 1 < len(claims) and claims[index + 1].role == "share"
            if group and not follows:
                yield from _group(group, wholes)
                group = []
            recent.append(claim)
    yield from _group(group, wholes)


def _fits(pair: Pair, whole: Claim) -> bool:
    exact = percent(interval(pair[0].amount), interval(whole.amount))
    return exact is not None and meets(pair[1], exact)


def _adds_up(group: list[Pair], whole: Claim) -> bool:
    """Whether the parts of two or more shares are the whole: then it is theirs, however few shares fit."""
    parts = [part.amount for part, _share in group]
    gap = abs(sum((a.value for a in parts), Decimal(0)) - whole.amount.value)
    return len(parts) > 1 and gap <= whole.amount.half + sum((a.half for a in parts), Decimal(0))


def _group(group: list[Pair], wholes: list[Claim]) -> Iterator[Check]:
    telling = [pair for pair in group if pair[0].amount.value or pair[1].amount.value]
    if not telling or not wholes:
        return
    scores = [(sum(_fits(pair, whole) for pair in telling), whole) for whole in reversed(wholes) if whole.amount.value]
    if not scores:
        return
    best, whole = max(scores, key=lambda score: (score[0], _adds_up(telling, score[1])))
    few = best * 2 < len(telling) or (best < 2 and len(telling) > 1)
    if not best or (few and not _adds_up(telling, whole)):
        return
    for part, share in telling:
        exact = percent(interval(part.amount), interval(whole.amount))
        if exact is None:
            continue
        good = meets(share, exact)
        step = share.amount.half * 4
        if not good and exact[0] - step <= share.amount.value <= exact[1] + step:
            good = True  # one unit of the last digit, given so that the shares add up to 100
        expected = part.amount.value / whole.amount.value * 100
        text = percent_text(expected, share.places)
        message = (
            ""
            if good
            else _("文中写占 {said}，按 {part}÷{whole} 应为 {right}（同组其他占比都以 {whole} 为总数）").format(
                said=share.amount.text, part=part.amount.text, whole=whole.amount.text, right=text
            )
        )
        yield derived(
            CODE,
            share,
            [part.operand(), whole.operand()],
            expected,
            good=good,
            message=message,
            quote=reach(part, share),
            expected_text=text,
            formula=f"{part.amount.text}÷{whole.amount.text}",
            relation=Relation.QUOTIENT,
        )
