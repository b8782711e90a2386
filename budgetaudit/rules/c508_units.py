"""C508 金额单位：金额后应写明“元”

为什么：“5 万”“20 万”少写了“元”，公开文件的金额应写全单位。

怎么查：文字中以“万”结尾、后面不是量词的数字，而且同一句或同一段说的是费用。“X 万元，比上年增加 Y 元”里，Y 印到分、又不足一万元的，
多半是少写了“万”。

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
from collections.abc import Iterator
from itertools import pairwise

from budgetaudit.amount import YUAN
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.rules.prose import WAN

CODE, CATEGORY, SEVERITY = "C508", "unit", "notice"
BASIS = "《地方预决算公开操作规程》（财预〔2016〕143号）"
MAX_GAP = 30
FEN_PLACES = 2
_MONEY = re.compile(r"费|经费|支出|预算|资金|款|金额|补助|工资|采购")


def check(book: Book) -> Iterator[Check]:
    """Amounts of money without 元, and changes in 元 of amounts in 万元."""
    yield from _unwritten(book)
    yield from _changes(book)


def _changes(book: Book) -> Iterator[Check]:
    """A change printed to the fen in 元 right after its amount in 万元: the 万 is missing."""
    for value, change in pairwise(book.claims):
        if change.role != "change" or value.percent or value.sentence is not change.sentence:
            continue
        if value.amount.unit != WAN or change.start - value.end > MAX_GAP or change.bare:
            continue
        lost = change.amount.unit == YUAN and change.places == FEN_PLACES and 0 < change.amount.value < WAN
        text = change.sentence.text[change.start : change.end]
        yield Check(
            rule=CODE,
            kind="statement",
            verdict=Verdict.FAILED if lost else Verdict.HELD,
            target=change.operand(text),
            operands=(value.operand(),),
            expected=change.amount.value,
            quote=change.quote,
            message=_("前面的数以万元计，这里写“{text}”，多半少写了“万”").format(text=text) if lost else "",
            expected_text=text.replace("元", "万元") if lost else "",
            severity=Severity.WARNING if lost else None,
            confidence=0.8 if lost else 1.0,
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
