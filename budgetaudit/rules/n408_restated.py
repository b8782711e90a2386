"""N408 前后重述：总述里的一项与后面逐条写的同一项应是同一个数

为什么：“预算 X 万元，包括公用经费 857.93 万元……”之后逐条又写“（二）公用经费 875.93 万元”，两处必有一处写错；
一条开头写 208.80 万元，后面写“本年预算安排 201.50 万元”，也是如此。

怎么查：一、总述一句列出的各项，与其后连续编号各段的同名项逐一比较，多数相等时，不等的为错误；只有一段而同名的，直接比较；二、编号段开头的金额，与同段
“某年预算安排”的金额比较。舍入和截断都接受。

限度：同名的项不足两个、或多数不等的不查；决算、上年的数不比较。

依据：同一数字在同一文件中只能有一个值。

正确：
示例局2030年部门预算
第三部分 部门预算情况说明
一、支出预算情况说明
示例局预算200.57万元，包括人员经费120.34万元、公用经费30.11万元、项目支出50.12万元。
（一）人员经费120.34万元，用于工资。
（二）公用经费30.11万元，用于办公。
（三）项目支出50.12万元，用于项目。

错误：
示例局2030年部门预算
第三部分 部门预算情况说明
一、支出预算情况说明
示例局预算200.57万元，包括人员经费120.34万元、公用经费30.11万元、项目支出50.12万元。
（一）人员经费120.34万元，用于工资。
（二）公用经费31.01万元，用于办公。
（三）项目支出50.12万元，用于项目。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.base import compare
from budgetaudit.rules.outline import Detail, Item, details, label, outline
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "N408", "narrative-narrative", "error"
BASIS = "同一数字在同一文件中只能有一个值"
MIN_NAMES = 2
_ARRANGED = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:当年)?预算(?:安排|数为|数)")


def check(book: Book) -> Iterator[Check]:
    """Figures that a text gives twice on one page: in the overview and in the item, at an item's head and in its middle."""
    items = outline(book)
    for detail in details(items):
        yield from _overview(detail)
    for item in items:
        if item.level:
            yield from _arranged(item, book.profile.year)


def _overview(detail: Detail) -> Iterator[Check]:
    """The parts that the paragraph above names, against the items of the same names."""
    if detail.above is None:
        return
    above, only = detail.above.first("value"), detail.items[0].first("value")
    if len(detail.items) == 1 and above and only and _name(detail.above.label) == _name(detail.items[0].label):
        yield _pair(above, only)
        return
    told: dict[str, list[Claim]] = {}
    for claim in detail.above.claims:
        if claim.role == "value":
            told.setdefault(_name(label(re.split(r"[，。；：、,;:]", claim.lead)[-1])), []).append(claim)
    pairs: list[tuple[Claim, Claim]] = []
    for item in detail.items:
        own, named = item.first("value"), told.get(_name(item.label), [])
        if own is not None and len(named) == 1:
            pairs.append((named[0], own))
    checks = [_pair(first, second) for first, second in pairs]
    held = sum(c.verdict is not Verdict.FAILED for c in checks)
    if len(checks) >= MIN_NAMES and held * 2 >= len(checks):
        yield from checks


def _arranged(item: Item, year: int | None) -> Iterator[Check]:
    """The amount at the head of an item against the one that it says is budgeted for the year."""
    values: Sequence[Claim] = [c for c in item.claims if c.role == "value"]
    for later in values[1:]:
        clause = squash(re.split(r"[，。；：,;:]", later.lead)[-1])
        found = _ARRANGED.fullmatch(clause)
        if found and year is not None and int(found.group("year")) == year:
            yield _pair(values[0], later)
            return


def _pair(first: Claim, second: Claim) -> Check:
    check = compare(CODE, "same", second.operand(), [first.operand()])
    wide = 2 * max(first.amount.half, second.amount.half)
    if check.verdict is Verdict.FAILED and abs(check.difference) <= wide + check.slack:
        return replace(check, verdict=Verdict.HELD)  # one of them is cut off
    message = _("这里写 {here}，前面“{before}”写 {there}").format(
        here=second.amount.text,
        before=re.split(r"[，。；、;]|,(?!\d{3})", first.quote)[-1][-24:],
        there=first.amount.text,
    )
    return replace(
        check, quote=second.quote, message=message if check.verdict is Verdict.FAILED else "", confidence=0.9
    )


def _name(text: str) -> str:
    return text.replace("的", "")
