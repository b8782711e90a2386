"""C509 逐项说明：各条金额之和应等于前面写出的总数

为什么：“（一）…X 万元；（二）…Y 万元”逐条说明，各条之和就是前面的总数；改了一条没有改总数，两边就不等。

怎么查：连续编号的各段（一、（一）1.（1）各级），各取第一个金额（决算为年初预算数、决算数各一组）相加，与编号之前写出的总数比较。
相等或只差四舍五入尾差的记为已查，有尾差的提示；差额恰好是其中某个数写错、颠倒、多写或漏写一位数字的，警示。
收入、支出两条各与总数相比。以“……如下：”引出的各条，相加超过所说的总数的，即为错误。
限度：各条可能只是主要内容，与总数不等又看不出是哪一个数写错的不查。

依据：总数等于分项之和。

正确：
第三部分 部门预算情况说明
一、支出预算情况说明
支出预算60.60万元，主要支出内容如下：
1.“一般公共服务支出”科目30.20万元，主要用于日常运转。
2.“社会保障和就业支出”科目20.20万元，主要用于养老保险。
3.“住房保障支出”科目10.20万元，主要用于住房公积金。

错误：
第三部分 部门预算情况说明
一、支出预算情况说明
支出预算60.60万元，主要支出内容如下：
1.“一般公共服务支出”科目30.20万元，主要用于日常运转。
2.“社会保障和就业支出”科目20.20万元，主要用于养老保险。
3.“住房保障支出”科目18.20万元，主要用于住房公积金。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from budgetaudit.amount import in_unit
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.base import compare
from budgetaudit.rules.outline import Detail, Item, details, outline, slip_of, slipped
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "C509", "narrative-arithmetic", "warning"
BASIS = "总数等于分项之和"
ROLES = ("value", "outturn", "initial-budget", "full-budget")
MIN_ITEMS = 2
MAX_BEFORE = 14
_INTRODUCED = re.compile(r"(?:的?主要)?(?:内容|情况|用途|项目)?(?:具体)?(?:如下|(?<!主要)包括|分别[为是])[:：。，]?$")


def check(book: Book) -> Iterator[Check]:
    """Runs of numbered paragraphs against the totals before them."""
    items = book.once(outline)
    places = {id(item): index for index, item in enumerate(items)}
    before = {id(after): sentence.text for sentence, after in pairwise(book.narrative.sentences)}
    for detail in details(items):
        first = detail.items[0].claims[:1]
        introduction = before.get(id(first[0].sentence), "") if first else ""
        for role in ROLES:
            yield from _run(detail, role, items[: places[id(detail.items[0])]], introduction)


def _run(detail: Detail, role: str, before: Sequence[Item], introduction: str) -> Iterator[Check]:
    first = [item.first(role) for item in detail.items]
    parts = [c for c in first if c is not None]
    if len(parts) < MIN_ITEMS or len(parts) * 10 < 8 * len(first):
        return
    earlier = [c for item in before for c in item.claims if c.role == role and c.amount.value][-MAX_BEFORE:]
    wholes = list(reversed(earlier))
    if _two_sides(detail):
        yield from _sides(wholes[:1], parts)
        return
    checks = [compare(CODE, "sum", whole.operand(), [c.operand() for c in parts]) for whole in wholes]
    good = [i for i, c in enumerate(checks) if c.verdict is not Verdict.FAILED]
    seen: set[Decimal] = set()
    for i in good:
        if wholes[i].amount.value not in seen:
            seen.add(wholes[i].amount.value)
            yield replace(checks[i], quote=wholes[i].quote)
    if not good and len(parts) == len(first) and detail.above is not None:
        off = list(_off(detail.above, role, parts))
        yield from off or _beyond(detail.above, role, parts, introduction)


def _beyond(above: Item, role: str, parts: Sequence[Claim], introduction: str) -> Iterator[Check]:
    """Items that are introduced as the parts of a total and are more than it."""
    found = _INTRODUCED.search(introduction)
    if found is None:
        return
    name = squash(introduction[: found.start()])
    own = [c for c in above.claims if c.role == role and c.amount.value]
    named = [c for c in own if name and name in squash(c.quote)]
    if named or len(own) == 1:
        whole = max(named or own, key=lambda c: c.amount.value)
        check = compare(CODE, "sum", whole.operand(), [c.operand() for c in parts])
        if check.difference < -check.slack:
            message = _("前面的总数写 {whole}，后面各条相加为 {total}，超过了总数").format(
                whole=whole.amount.text, total=in_unit(check.expected, whole.amount.unit, 2)
            )
            yield replace(check, quote=whole.quote, message=message, severity=Severity.ERROR, confidence=0.85)


def _off(above: Item, role: str, parts: Sequence[Claim]) -> Iterator[Check]:
    """The total that the paragraph above gives, where a slip in one figure explains the gap."""
    own = [c for c in above.claims if c.role == role and c.amount.value]
    for whole in own[:1] if above.level else reversed(own):
        if slipped(whole, parts):
            check = compare(CODE, "sum", whole.operand(), [c.operand() for c in parts])
            total = in_unit(check.expected, whole.amount.unit, 2)
            message = _("前面的总数写 {whole}，后面各条相加为 {total}；差额像是其中一个数写错了一位").format(
                whole=whole.amount.text, total=total
            )
            yield replace(check, quote=whole.quote, message=message, confidence=0.75)
            return


def _two_sides(detail: Detail) -> bool:
    """Whether the paragraphs are the income and the expenditure side of one total, not its parts."""
    labels = [item.label for item in detail.items]
    return len(labels) == 2 and "收入" in labels[0] and "支出" in labels[1]


def _sides(wholes: Sequence[Claim], parts: Sequence[Claim]) -> Iterator[Check]:
    for whole in wholes:
        for part in parts:
            check = compare(CODE, "same", part.operand(), [whole.operand()])
            if check.verdict is not Verdict.FAILED:
                yield replace(check, quote=part.quote)
            elif slip_of(part, whole.amount.value):
                message = _("前面写收支总计 {whole}，这里写 {part}").format(
                    whole=whole.amount.text, part=part.amount.text
                )
                yield replace(check, quote=part.quote, message=message, confidence=0.9)
