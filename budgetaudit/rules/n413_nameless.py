"""N413 项目名称：“三公”经费逐项列出的金额都应写明是哪一项

为什么：改写说明时删掉了半句话，金额前面的“公务接待费”也一起删掉，读者不知道这笔钱是什么。

怎么查：“三公”经费总数后面列出的各项相加正好等于总数，而其中有一个金额前面没有写因公出国（境）费、公务用车购置费（运行维护费）、公务接待费中的任何一项，
或者名称前半截缺了字（“车运行维护费”），为错误。

限度：各项相加不等于总数的不查；名称前面另加的字（本级、财政拨款等）不算缺。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：“三公”经费按因公出国（境）费、公务用车购置及运行维护费、公务接待费分项公开

正确：
青山县档案局2026年部门预算
第三部分 部门预算情况说明
一、“三公”经费情况说明
2026年“三公”经费预算20.00万元，其中：因公出国（境）费用3.00万元，公务接待费5.00万元，公务用车运行维护费12.00万元。

错误：
青山县档案局2026年部门预算
第三部分 部门预算情况说明
一、“三公”经费情况说明
2026年“三公”经费预算20.00万元，其中：因公出国（境）费用3.00万元，从严控制5.00万元，公务用车运行维护费12.00万元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from budgetaudit.facts import Book
from budgetaudit.lang import N_, _
from budgetaudit.model import Check, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.outline import complete, listings
from budgetaudit.vocabulary import aliases, aspects, squash

CODE, CATEGORY, SEVERITY = "N413", "missing-content", "error"
BASIS = "财预〔2016〕143号：“三公”经费分项公开"
_NAMES = {
    "overseas": N_("因公出国（境）费"),
    "vehicle-purchase": N_("公务用车购置费"),
    "vehicle-running": N_("公务用车运行维护费"),
    "reception": N_("公务接待费"),
}
_CLAUSE = re.compile(r"[，,；;。：:、]")
_ENDS = re.compile(r"(?:科目)?(?:预算|决算)?(?:安排|支出)?(?:合计)?(?:数|为|是|共计)*$")
MIN_KEPT = 4


def check(book: Book) -> Iterator[Check]:
    """Listings of 三公 that add up, and the names of their figures."""
    for listing in listings(book, ("value", "outturn")):
        if aspects(_clause(listing.whole)).get("item") == "three-public":
            yield from _named(listing.whole, complete(listing))


def _named(whole: Claim, parts: Sequence[Claim]) -> Iterator[Check]:
    items = {aspects(_clause(part)).get("item", "") for part in parts}
    missing = [_(name) for item, name in _NAMES.items() if item not in items and not _covered(item, items)]
    for part in parts:
        clause = _clause(part)
        item = aspects(clause).get("item", "")
        if not item and part.amount.value:
            message = _(
                "{text} 没有写明是“三公”经费的哪一项：各项相加正好等于总数 {whole}，没有写到的是{missing}"
            ).format(text=part.amount.text, whole=whole.amount.text, missing=_("、").join(missing) or _("其他项"))
            yield _failed(part, whole, message, _("写明项目名称"))
        elif item in _NAMES and _cut(clause):
            message = _("项目名称不完整：“{clause}”应为{name}").format(clause=clause, name=_(_NAMES[item]))
            yield _failed(part, whole, message, _(_NAMES[item]))
        elif item:
            yield Check(CODE, "statement", Verdict.HELD, part.operand(), (), part.amount.value, quote=part.quote)


def _covered(item: str, items: set[str]) -> bool:
    """Whether an item is told with another: both parts of the vehicles in one figure."""
    return item.startswith("vehicle") and "vehicles" in items


def _clause(claim: Claim) -> str:
    return _ENDS.sub("", squash(_CLAUSE.split(claim.lead)[-1]))


def _cut(clause: str) -> bool:
    """Whether a clause ends with more than one name of an item and less than another: the front of the name is lost."""
    names = _item_names()
    for start in range(len(clause)):
        tail = clause[start:]
        if tail in names:
            return False
        if len(tail) >= MIN_KEPT and any(name.endswith(tail) for name in names):
            return start > 0  # a clause that is nothing else is a short name
    return False


@lru_cache(maxsize=1)
def _item_names() -> frozenset[str]:
    return frozenset(text for text, said in aliases().items() if said.get("item") in {*_NAMES, "vehicles"})


def _failed(part: Claim, whole: Claim, message: str, expected: str) -> Check:
    return Check(
        CODE,
        "statement",
        Verdict.FAILED,
        part.operand(),
        (whole.operand(),),
        part.amount.value,
        quote=part.quote,
        message=message,
        expected_text=expected,
        confidence=0.9,
    )
