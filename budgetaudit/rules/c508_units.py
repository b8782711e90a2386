"""C508 金额单位：金额后应写明“元”

为什么：“5 万”“20 万”少写了“元”，公开文件的金额应写全单位。

怎么查：文字中以“万”结尾、后面不是量词的数字，而且同一句或同一段说的是费用。“X 万元，比上年增加 Y 元”里，Y 印到分、又不足一万元的，
多半是少写了“万”；同一节其他数都以万元计，只有一个数印到分、写作“元”的，也是。

限度：少写“元”属行文问题，只提示；少写“万”需核实。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）关于公开内容规范完整的要求。

正确：
第三部分 部门预算情况说明
一、项目支出情况说明
光纤费5万元。

错误：
第三部分 部门预算情况说明
一、项目支出情况说明
光纤费5万。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from budgetaudit.amount import YUAN
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Fact, Operand, Severity, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.figures import Index
from budgetaudit.rules.prose import WAN

CODE, CATEGORY, SEVERITY = "C508", "unit", "notice"
BASIS = "《地方预决算公开操作规程》（财预〔2016〕143号）"
MAX_GAP = 30
FEN_PLACES = 2
MIN_WAN = 3
_RATE = re.compile("单价|标准|人均|月均|每|定额|限额|上限|不超过|不高于")
_MONEY = re.compile(r"费|经费|支出|预算|资金|款|金额|补助|工资|采购")


def check(book: Book) -> Iterator[Check]:
    """Amounts of money without 元, and amounts and changes in 元 among such in 万元."""
    yield from _unwritten(book)
    yield from _changes(book)
    for _section, group in groupby([c for c in book.claims if not c.percent], key=lambda c: c.sentence.section):
        yield from _among(book, list(group))


def _among(book: Book, claims: Sequence[Claim]) -> Iterator[Check]:
    """The only amount of a section in 元, printed to the fen and small: the 万 is missing."""
    values = [c for c in claims if c.role in ("value", "outturn") and not c.bare]
    few = [c for c in values if c.amount.unit == YUAN]
    wan = [c for c in values if c.amount.unit == WAN]
    if not few or len(wan) < MIN_WAN or len(few) * MIN_WAN > len(wan):
        return
    for claim in few:
        if claim.places == FEN_PLACES and 0 < claim.amount.value < WAN and not _RATE.search(claim.lead):
            lost = _lost(claim, wan[0], _("同一节的数都以万元计，这里写“{text}”，多半少写了“万”"))
            meant = book.once(Index).rescaled(claim)
            yield _as_in(lost, meant[0]) if meant else lost


def _as_in(check: Check, fact: Fact) -> Check:
    """The check against the figure that a table prints in 万元: one cause with what other rules say of it."""
    operand = Operand(fact.label, fact.amount, fact.place, fact.ref)
    return replace(check, kind="same", operands=(operand,), expected=fact.amount.value, expected_text="")


def _changes(book: Book) -> Iterator[Check]:
    """A change printed to the fen in 元 right after its amount in 万元: the 万 is missing."""
    for value, change in pairwise(book.claims):
        if change.role != "change" or value.percent or value.sentence is not change.sentence:
            continue
        if value.amount.unit != WAN or change.start - value.end > MAX_GAP or change.bare:
            continue
        # Printed to the fen, or finer than the amount that it changes.
        small = 0 < change.amount.value < (WAN if change.places == FEN_PLACES else value.amount.half)
        if change.amount.unit == YUAN and small:
            yield _lost(change, value, _("前面的数以万元计，这里写“{text}”，多半少写了“万”"))
        else:
            yield _unit(change, value)


def _lost(claim: Claim, other: Claim, message: str) -> Check:
    text = claim.sentence.text[claim.start : claim.end]
    return replace(
        _unit(claim, other),
        verdict=Verdict.FAILED,
        message=message.format(text=text),
        expected_text=text.replace("元", "万元"),
        severity=Severity.WARNING,
        confidence=0.8,
    )


def _unit(claim: Claim, other: Claim) -> Check:
    return Check(
        rule=CODE,
        kind="statement",
        verdict=Verdict.HELD,
        target=claim.operand(claim.sentence.text[claim.start : claim.end]),
        operands=(other.operand(),),
        expected=claim.amount.value,
        quote=claim.quote,
    )


def _unwritten(book: Book) -> Iterator[Check]:
    written = False
    for claim in book.claims:
        if claim.percent or (written and not claim.bare):
            continue
        written = True
        text = claim.sentence.text[claim.start : claim.end]
        bare = claim.bare and bool(_MONEY.search(claim.lead))
        yield Check(
            rule=CODE,
            kind="statement",
            verdict=Verdict.FAILED if bare else Verdict.HELD,
            target=claim.operand(text),
            operands=(),
            expected=claim.amount.value,
            quote=claim.quote,
            message=_("“{text}”少写了单位“元”").format(text=text) if bare else "",
            expected_text=f"{text}元" if bare else "",
        )
