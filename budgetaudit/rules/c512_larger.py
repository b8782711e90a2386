"""C512 部分大于整体：“其中”的数不能大于总数，增加额不能大于增加后的数

为什么：总数与其中一项、本年数与增加额互换位置，两个数都在表里找得到，逐个核对发现不了。

怎么查：同一句里“X 万元，其中：某项 Y 万元”“X 万元，比上年增加 Y 万元”，Y 不应大于 X。

限度：“其中”另起一句、另起一个分号的，所指的总数不明，不查；总数为零或负数的不查。

依据：总数等于分项之和，各分项不为负；上年数 = 本年数 - 增加额，不为负。

正确：
第三部分 部门预算情况说明
一、支出预算情况说明
支出预算30.00万元，其中：基本支出10.00万元，比上年预算增加2.00万元；项目支出20.00万元。

错误：
第三部分 部门预算情况说明
一、支出预算情况说明
支出预算10.00万元，其中：基本支出30.00万元，比上年预算增加2.00万元；项目支出20.00万元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Relation, Verdict
from budgetaudit.narrative.claims import Claim, by_paragraph
from budgetaudit.rules.prose import reach
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "C512", "narrative-arithmetic", "error"
BASIS = "总数等于分项之和；上年数 = 本年数 - 增加额"
_AMOUNTS = ("value", "outturn")
_WHOLES = (*_AMOUNTS, "initial-budget", "full-budget")
_OF_WHICH = re.compile(r"^[，,（(]?其中[:：，,]?[^，,。；;：:]*$")
_COMPARED = re.compile(r"^[，,（(]?(?:[比较]|与)[^，,。；：]{0,24}(?:增加|增长)(?:了)?$")


def check(book: Book) -> Iterator[Check]:
    """Pairs of a whole and its part, side by side in a sentence."""
    for group in by_paragraph([c for c in book.claims if not c.percent and c.role != "aside"]):
        for whole, part in pairwise(group):
            if whole.sentence is not part.sentence or whole.role not in _WHOLES or whole.amount.value <= 0:
                continue
            lead = squash(part.lead)
            if part.role == "change" and part.direction > 0 and _COMPARED.match(lead):
                yield _pair(whole, part, _("增加额"))
            elif part.role in _AMOUNTS and _OF_WHICH.match(lead):
                yield _pair(whole, part, _("其中一项"))


def _pair(whole: Claim, part: Claim, name: str) -> Check:
    allowed = whole.amount.half + part.amount.half
    larger = part.amount.value - whole.amount.value > allowed
    return Check(
        rule=CODE,
        kind="statement",
        relation=Relation.AT_MOST,
        verdict=Verdict.FAILED if larger else Verdict.HELD,
        target=part.operand(),
        operands=(whole.operand(),),
        expected=whole.amount.value,
        quote=reach(whole, part),
        message=_("{name} {part} 大于总数 {whole}").format(name=name, part=part.amount.text, whole=whole.amount.text)
        if larger
        else "",
        confidence=0.85 if larger else 1.0,
    )
