"""N402 前后不一：同一指标在文字中只能有一个数

为什么：同一份说明里，前面写上年非财政拨款结转 X 万元，后面写 0，必有一处错。

怎么查：“三公”经费及其分项、会议费、培训费、机关运行经费，以及财政拨款、非财政拨款的上年结转结余，在文字各处写出的数互相比较；舍入和截断都接受。
两节里写出同一款、项的金额，只差一位数字的，警示。“三公”经费的一项大于文字和表中“三公”经费总数的各个写法的，公务用车购置费或运行维护费大于
公务用车购置及运行维护费的各个写法的，为错误。

限度：上年数、增减额、预留份额等不比较；名称带有限定（本级、下属、其中）的不比较。

依据：同一数字在同一文件中只能有一个值。

正确：
第三部分 部门预算情况说明
一、收入预算情况说明
非财政拨款结转结余12.00万元，占10.00%。
二、上年结转结余情况说明
上年结转结余12.00万元，其中：非财政拨款结转结余12.00万元。

错误：
第三部分 部门预算情况说明
一、收入预算情况说明
非财政拨款结转结余12.00万元，占10.00%。
二、上年结转结余情况说明
上年结转结余12.00万元，其中：非财政拨款结转结余0.00万元。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Operand, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.narrative.paths import path_in
from budgetaudit.rules.base import compare
from budgetaudit.rules.figures import HELD_BY, TAIL_ITEMS, Index, item_claims
from budgetaudit.rules.outline import slip_of
from budgetaudit.vocabulary import aspects, squash

CODE, CATEGORY, SEVERITY = "N402", "narrative-narrative", "error"
BASIS = "同一数字在同一文件中只能有一个值"
MIN_LENGTH = 5
_ITEMS = TAIL_ITEMS - {"commissioned", "procurement"}
_LIMITED = re.compile(
    r"本级|下属|所属|其中基本|人均|预留|面向|截至|上年|年初|一般公共预算|政府性基金|国有资本|项目|公用|行政单位|事业单位|[(（][类款项][)）]"
)


def check(book: Book) -> Iterator[Check]:
    """Values that the text gives for one indicator more than once."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    spent = book.profile.kind == "final-account"  # there 预算 is another figure of the same item
    for claim in book.claims:
        if (
            not claim.percent
            and claim.role == "value"
            and not (spent and "预算" in claim.lead)
            and (key := _key(claim))
        ):
            groups[key].append(claim)
    yield from _items(book.claims)
    yield from _larger(book)
    for found in groups.values():
        first, *others = found
        for other in others:
            if other.amount.value == first.amount.value:
                yield compare(CODE, "same", other.operand(), [first.operand()])
                continue
            check = compare(CODE, "same", other.operand(), [first.operand()])
            wide = 2 * max(first.amount.half, other.amount.half)
            if abs(check.difference) <= wide + check.slack:
                yield replace(check, verdict=Verdict.HELD)
            else:
                yield replace(check, quote=other.quote, message=_message(first, other), confidence=0.85)


def _items(claims: Sequence[Claim]) -> Iterator[Check]:
    """The amount of an item (项) in two sections: they may speak of two funds, so that only a slip tells a fault."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        named = path_in(claim.lead)
        if not claim.percent and claim.role == "value" and named.get("项") and named.get("款"):
            groups[named["款"], named["项"]].append(claim)
    for found in groups.values():
        for first, other in pairwise(found):
            check = compare(CODE, "same", other.operand(), [first.operand()])
            if other.sentence.section == first.sentence.section:
                continue
            if check.verdict is not Verdict.FAILED:
                yield replace(check, quote=other.quote)
            elif len(other.amount.text) >= MIN_LENGTH and slip_of(other, first.amount.value):
                yield replace(check, quote=other.quote, message=_message(first, other), confidence=0.75)


def _larger(book: Book) -> Iterator[Check]:
    """An item of 三公 that is larger than everything the document gives for what holds it."""
    said, index = book.once(item_claims), book.once(Index)
    for item, holder in HELD_BY.items():
        if item not in said:
            continue
        wholes = [Operand(f.label, f.amount, f.place, f.ref) for f in index.of_item(holder, "outturn")]
        if not index.outturn:
            wholes += [c.operand() for c in said.get(holder, ())]
        if not wholes:
            continue
        whole = max(wholes, key=lambda operand: operand.amount.value)
        for claim in said[item]:
            if claim.amount.value > whole.amount.value + whole.amount.half + claim.amount.half:
                yield Check(
                    CODE,
                    "statement",
                    Verdict.FAILED,
                    claim.operand(),
                    (whole,),
                    whole.amount.value,
                    quote=claim.quote,
                    message=_("这一项 {part} 大于它所在的“{whole}”").format(
                        part=claim.amount.text, whole=whole.label[-40:]
                    ),
                    confidence=0.85,
                )


def _message(first: Claim, other: Claim) -> str:
    before = re.split(r"[，。；、;]|,(?!\d{3})", first.quote)[-1][-24:]
    return _("这里写 {here}，前面“{before}”写 {there}").format(
        here=other.amount.text, before=before, there=first.amount.text
    )


def _key(claim: Claim) -> str:
    """The indicator that the clause of a claim names and nothing else; empty for any other."""
    clause = squash(re.split(r"[，,；;。：:、]", claim.lead)[-1])
    clause = re.sub(r"^\d{4}年|^本部门|^本单位", "", clause)
    if re.fullmatch(r"(?:上年)?非财政拨款(?:结转|结余|结转结余|结转和结余|资金)?", clause):
        heading = "".join(claim.sentence.section[-1:])
        if "结转" in clause or "结转" in heading:
            return "carry-unit"
        return ""
    if _LIMITED.search(clause) or len(clause) > 24:
        return ""
    said = aspects(clause)
    item = said.get("item", "")
    return (
        item
        if item in _ITEMS and set(said) <= {"item", "flow", "fund"} and said.get("fund", "fiscal") == "fiscal"
        else ""
    )
