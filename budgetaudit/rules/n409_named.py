"""N409 点名的科目：文字写出科目名称的金额，应等于表中同名行的某个数

为什么：逐项列举科目金额时抄错一位数、两项互换、单位错写，而合计照旧，只看合计发现不了。

怎么查：金额前面紧接着的名称与表中某个科目行的名称完全相同时，比较该金额与各表同名行的每一列；一处相等或只差尾数即为成立。
数字相同而单位差一万倍的，指出单位；其余的由人判断。

限度：“其他支出”一类笼统的名称、三公经费等事项（见 N401）、上年数、增减额、结转结余不查；同名行在一张表里有几行的，几行之和也算相等。

依据：同一数字在同一文件中只能有一个值。

正确：
表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	130.52	110.52	20.00
208	社会保障和就业支出	25.36	25.36
合计		155.88	135.88	20.00

第三部分 部门预算情况说明
一、一般公共预算支出情况说明
按支出功能分类，一般公共服务支出130.52万元、社会保障和就业支出25.36万元。

错误：
表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	130.52	110.52	20.00
208	社会保障和就业支出	25.36	25.36
合计		155.88	135.88	20.00

第三部分 部门预算情况说明
一、一般公共预算支出情况说明
按支出功能分类，一般公共服务支出25.36万元、社会保障和就业支出130.52万元。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.model import Check, Fact, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.figures import Index, compared, equal, residue
from budgetaudit.vocabulary import exact_aspects, squash, strip_numbering

CODE, CATEGORY, SEVERITY = "N409", "narrative-table", "error"
BASIS = "同一数字在同一文件中只能有一个值"
MIN_NAME = 4
_BREAK = re.compile(r"[，,；;。：:、\-—－/()（）]|(?<=元)(?:和|及|以及)")
_LEVEL = re.compile(r"[(（]\d{0,7}[类款项][)）]")
_FILLER = re.compile(r"(?:科目)?(?:预算|决算)?(?:安排|支出)?(?:合计|总计|总额)?(?:数|为|是|共计)*$")
_LEAD = re.compile(r"^(?:包括|包含|分别是|分别为|即|和|及|以及)")  # 主要包括 and 其中 lead to parts
_VAGUE = re.compile(r"^其他|结转|结余")
_ASIDE = re.compile(r"结转|结余|上年|人均|标准|单价|绩效|其中")


def check(book: Book) -> Iterator[Check]:
    """Every amount of the text that follows the full name of a classified row."""
    index = book.once(Index)
    rows = _by_name(index)
    for claim in book.claims:
        if claim.percent or claim.role not in ("value", "outturn") or not claim.amount.value:
            continue
        name = _name(claim, rows)
        if name and not _ASIDE.search(claim.lead):
            yield from _against(index, claim, rows[name])


def _by_name(index: Index) -> Mapping[str, Sequence[Fact]]:
    """Figures of classified rows by the squashed name of the row."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in index.facts:
        if {"function", "economic"} & set(fact.aspects):
            found[_row_name(fact)].append(fact)
    # 公务接待费 of the economic classification is that of basic expenditure; the item of the same name is all of it.
    return {
        name: facts
        for name, facts in found.items()
        if len(name) >= MIN_NAME and not _VAGUE.search(name) and "item" not in (exact_aspects(name) or {})
    }


def _row_name(fact: Fact) -> str:
    return strip_numbering(squash(re.sub(r"^[\d\s]+", "", fact.label.split("·")[0])))


def _name(claim: Claim, rows: Mapping[str, Sequence[Fact]]) -> str:
    """The name of a row that stands right before an amount; empty where there is none."""
    words = _LEVEL.sub("", squash(claim.lead))
    last = strip_numbering(_BREAK.split(words)[-1])
    last = _LEAD.sub("", last)
    for text in dict.fromkeys((last, last.removesuffix("科目"), _FILLER.sub("", last))):
        for name in (text, f"{text}支出"):
            if name in rows:
                return name
    return ""


def _against(index: Index, claim: Claim, facts: Sequence[Fact]) -> Iterator[Check]:
    good = next((f for f in facts if equal(claim, f)), None) or next((f for f in facts if residue(claim, f)), None)
    if good is not None:
        yield _compared(claim, good, Verdict.HELD if equal(claim, good) else Verdict.ROUNDING)
        return
    if any(equal(claim, replace(facts[0], amount=replace(facts[0].amount, value=s))) for s in _sums(facts)):
        return
    scaled = [f for f in index.rescaled(claim) if f in facts]
    yield _compared(claim, scaled[0] if scaled else max(facts, key=lambda f: f.amount.value), Verdict.FAILED)


def _sums(facts: Sequence[Fact]) -> Iterator[Decimal]:
    """Sums of the rows of one name in a column, where a table prints the name more than once."""
    columns: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for fact in facts:
        columns[fact.ref.table, fact.ref.col] += fact.amount.value
    yield from columns.values()


def _compared(claim: Claim, fact: Fact, verdict: Verdict) -> Check:
    """A text may sort its spending by kinds of its own that borrow an economic name, so that these weigh less."""
    return compared(CODE, claim, fact, verdict, 0.85 if "function" in fact.aspects else 0.75)
