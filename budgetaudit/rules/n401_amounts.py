"""N401 文字与表：文字里的金额应与表中的数相符

为什么：表改了文字没有改，是公开文件最常见的错误。

怎么查：写出类、款、项的金额，与各表该科目的数比较；“三公”经费、机关运行经费、政府采购等事项和收支总计，与各表同一口径的数比较；
其余金额凡与表中同名、同口径的数相等的，记为相符。按两边印出的位数比较，舍入和截断都接受；同一份说明里有的数四舍五入、有的截去尾数的，截去的作提示。只有所指科目或事项在表中明确、
而各表没有一处等于这个数的，才作为错误。

限度：不能确定所指的金额不作结论；年初预算、上年数在表中往往没有，只核对相等的。

依据：同一数字在同一文件中只能有一个值。

正确：
表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
20103	政府办公厅（室）及相关机构事务	30.00	10.00	20.00
2010301	行政运行	30.00	10.00	20.00
合计		30.00	10.00	20.00

第三部分 部门预算情况说明
一、一般公共预算支出情况说明
1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）30.00万元。

错误：
表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
20103	政府办公厅（室）及相关机构事务	30.00	10.00	20.00
2010301	行政运行	30.00	10.00	20.00
合计		30.00	10.00	20.00

第三部分 部门预算情况说明
一、一般公共预算支出情况说明
1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）33.00万元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from budgetaudit.facts import Book
from budgetaudit.funds import nested
from budgetaudit.model import Check, Fact, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.narrative.paths import Subjects
from budgetaudit.rules.figures import ITEMS, TAIL_ITEMS, Index, another_year, compared, equal, residue
from budgetaudit.rules.prose import digits, slips
from budgetaudit.rules.rounding import closest, cut
from budgetaudit.rules.spoken import Spoken, spoken
from budgetaudit.vocabulary import aspects, composed_aspects, exact_aspects, squash, strip_numbering, total_scope

CODE, CATEGORY, SEVERITY = "N401", "narrative-table", "error"
BASIS = "同一数字在同一文件中只能有一个值"
_TOTALS = re.compile(
    r"收入?[、和]?支出?(?:预算|决算)?总计|收支(?:预算|决算)?总(?:计|预算)|(?:收入|支出)(?:预算|决算)?(?:总计|合计|总额)"
)
_BOTH = re.compile("收支(?:预算|决算)?总|收、支总")
_HEADLINE = re.compile(
    r"(?:收入|支出|收支|收、支|收入[、和及]?支出)(?:预算|决算)?(?:总预算|总决算|总计|合计|总额|总规模)(?:各|均|数|为|是|共计|安排)*$"
    r"|(?:总收入|总支出)(?:预算)?(?:为|是)?$|(?:收入|支出|收支)预算(?:为|是|安排)?$"
)
_CARRIED = re.compile("(?:上年)?(?:结转|结余)")
_BLOCKED = re.compile(
    r"结转|结余|人均|标准|资产|价值|面积|单价|项目预算资金|绩效|面向|预留|小微|其中|委托|上年|中标|成交"
)


_FILLER = re.compile(r"(?:科目)?(?:预算|决算)?(?:安排|支出)?(?:合计|总计|总额)?(?:数|为|是|共计)*$")
_CODED = re.compile(r"(?<!\d)(?P<code>\d{7}|\d{5}|\d{3})[-—－]?(?P<name>[\u4e00-\u9fff（）()]{4,})$")
_BETWEEN = r"预算|决算|安排|的|数|年度"
_ORGANISATION = re.compile(r"局|委员会|办公室|厅|院|中心|部门|单位|署|站|队|[)]|\d{4}年度?|本年")
_KINDS = re.compile("货物|工程|服务|集中|分散|招标|询价|磋商|谈判|单一来源|框架")
PARTS = ITEMS - {"three-public", "operation"}
"""Items that 其中 leads to as parts of another, not to parts of themselves."""
MIN_DIGITS = 4
MIN_NAME = 4


def check(book: Book) -> Iterator[Check]:
    """Every amount of the text that names what it is."""
    index = book.once(Index)
    subjects = Subjects(book.tables)
    told: list[tuple[Claim, Fact]] = []
    for one in book.once(spoken):
        yield from _claim(index, subjects, one, told)
    yield from cut(CODE, told)


def _coded(index: Index, clause: str) -> str:
    """The code that a clause prints before the name of its row (2080502-事业单位离退休); empty where it does not."""
    found = _CODED.search(clause)
    if found is None:
        return ""
    name = found.group("name").removesuffix("支出")
    rows = index.by_code.get(found.group("code"), [])
    return found.group("code") if any(name in squash(f.label) for f in rows) else ""


def _claim(index: Index, subjects: Subjects, one: Spoken, told: list[tuple[Claim, Fact]]) -> Iterator[Check]:
    claim, clause, fund, opening = one.claim, one.clause, one.fund, one.opening
    coded = _coded(index, clause)
    code = coded or (subjects.code(one.path) if one.path else "")
    fresh = one.fresh or bool(coded)
    rows = index.by_code.get(code, []) if code else []
    same = closest(claim, (f for f in rows if equal(claim, f)))
    if same is not None:
        told.append((claim, same))
        yield compared(CODE, claim, same, Verdict.HELD)
        return
    near = index.near(claim)
    # 支出决算为 in a paragraph about a subject or an item is the figure of that subject or item.
    about = one.path or any("item" in aspects(text) for text in (opening, *claim.sentence.section[-1:]))
    bare_total = bool(_TOTALS.search(clause)) and not set(aspects(clause)) & {"fund", "nature", "item"}
    if not claim.amount.value:
        near = [*near, *index.zeros]
    headline = _only(index, claim, clause) if claim.role == "value" and not about else None
    if headline is not None:
        yield compared(CODE, claim, headline, Verdict.FAILED)
        return
    own = [f for f in near if not (fresh and rows) or _may_be(code, f)]
    linked = None
    if claim.amount.value or not bare_total:
        linked = closest(claim, (f for f in own if _linked(claim, f)))
    if linked is None and bare_total and claim.amount.value:
        linked = closest(claim, (f for f in index.headlines if equal(claim, f)))
    if linked is not None:
        told.append((claim, linked))
        yield compared(CODE, claim, linked, Verdict.HELD)
        return
    off = next((f for f in rows if fresh and residue(claim, f)), None)
    if off is not None:
        yield compared(CODE, claim, off, Verdict.ROUNDING)
        return
    item = aspects(clause).get("item", "")
    blank = index.blank_items.get((item, "outturn" if claim.role == "outturn" else ""))
    if blank is not None and claim.amount.value and not _BLOCKED.search(claim.lead):
        yield compared(CODE, claim, blank, Verdict.FAILED)
        return
    if claim.role not in ("value", "outturn") or another_year(claim, index.year):
        return
    if rows and fresh and code and not own and _says_whole(claim.lead):
        whole = _whole(claim, rows, _fund(claim) or fund)
        if whole is not None:
            yield compared(CODE, claim, whole, Verdict.FAILED)
        return
    part = item in PARTS and not {"fund", "nature"} & set(aspects(clause))
    lead = claim.lead.replace("其中", "") if part else claim.lead
    if claim.amount.value and not _BLOCKED.search(lead) and not any(f.aspects.get("item") == item for f in near):
        fact = _of_item(index, item, clause, claim.role)
        if fact is not None:
            yield compared(CODE, claim, fact, Verdict.ROUNDING if residue(claim, fact) else Verdict.FAILED)
            return
    slip = _slip(index, claim, clause)
    slip = slip or next((f for f in index.rescaled(claim) if _linked(claim, f)), None)
    if slip is not None:
        yield compared(CODE, claim, slip, Verdict.FAILED)
        return
    if claim.amount.value and not near and _HEADLINE.search(clause) and not _BLOCKED.search(claim.lead):
        headline = _total(index, clause)
        if headline is not None:
            yield compared(CODE, claim, headline, Verdict.ROUNDING if residue(claim, headline) else Verdict.FAILED)
            return
    if bare_total and not claim.amount.value:
        totals = [f for f in index.facts if "总计" in f.label and f.amount.value and _fits(claim, f)]
        if totals:
            yield compared(CODE, claim, totals[-1], Verdict.FAILED)


def _total(index: Index, clause: str) -> Fact | None:
    """The largest total of the overview (or of that of fiscal appropriations) on the side that a headline names; None for
    another fund or a part.
    """
    said = aspects(clause)
    fiscal = said.get("fund") == "fiscal" and bool(_BOTH.search(clause))
    if {"nature", "item"} & set(said) or ("fund" in said and not fiscal):
        return None
    side = "" if fiscal else said.get("flow", "")
    facts = [
        f
        for f in (index.fiscal_headlines if fiscal else index.headlines)
        if not side or f.aspects.get("flow", side) == side
    ]
    return max(facts, key=lambda f: f.amount.value, default=None)


def _of_item(index: Index, item: str, clause: str, role: str) -> Fact | None:
    """The one figure of all tables for an item of 三公 or the like, or the one total of the tables that are all of an item."""
    facts: Sequence[Fact] = ()
    if item in ITEMS:
        facts = index.of_item(item, role)
    elif set(aspects(clause)) <= {"item", "flow"} and not _KINDS.search(clause):
        facts = index.item_totals.get(item, ())
    return facts[0] if len({f.amount.value for f in facts}) == 1 else None


def _may_be(code: str, fact: Fact) -> bool:
    """Whether a figure may be of a function code: no other code's, and no total."""
    return fact.aspects.get("function", code) == code and total_scope(fact.label.split("·")[0]) is None


def _slip(index: Index, claim: Claim, clause: str) -> Fact | None:
    """A figure of the tables that the clause names and whose digits the claim nearly has, where no figure is the same."""
    carried = bool(_CARRIED.search(clause))
    if index.near(claim) or _BLOCKED.search(_CARRIED.sub("", clause)):
        return None
    own = digits(claim.amount.value, claim.amount.unit, claim.places)
    if len(own.rstrip("0")) < MIN_DIGITS:
        return None
    printed = index.printed(claim.amount.unit, claim.places)
    found = {
        text: f
        for text in slips(own)
        for f in printed.get(text, ())
        if bool(_CARRIED.search(f.label)) == carried and _named(clause, claim, f)
    }
    alike = [text for text in found if len(text) == len(own)] or list(found)
    return found[alike[0]] if len(alike) == 1 else None


def _only(index: Index, claim: Claim, clause: str) -> Fact | None:
    """The one figure of all tables for a headline that the clause names in full, where the claim is another one."""
    if (
        any(_named(clause, claim, f) for f in index.near(claim))
        or _BLOCKED.search(claim.lead)
        or not claim.amount.value
        or re.search(r"[（(]?其中", claim.lead)
    ):
        return None
    last = clause.split("、")[-1]
    sided = _FILLER.sub("", last).endswith(("收入", "支出"))  # 财政拨款收入 names a fund, and a side of it
    if not any(set(said) & {"flow", "nature"} or ("fund" in said and sided) for said in _tails(last)):
        return None
    found = [f for f in index.wholes if _named(clause, claim, f)]
    values = {digits(f.amount.value, claim.amount.unit, claim.places) for f in found}
    return found[0] if len(values) == 1 and len({f.ref.table for f in found}) > 1 else None


def _named(clause: str, claim: Claim, fact: Fact) -> bool:
    """Whether the clause itself names a fact: by its row's label at its end, or by words that are nothing but aspects."""
    if fact.aspects.get("measure", "") not in ("", "outturn"):
        return False
    name = _row_name(fact.label)
    last = clause.split("、")[-1]
    if len(name) >= MIN_NAME and any(end.endswith(name) for end in _ends(last)):
        return True
    whole = total_scope(name) is not None
    for said in _tails(last):
        if said.get("item"):
            return fact.aspects.get("item") == said["item"] and (
                whole or (exact_aspects(name) or {}).get("item") == said["item"]
            )
        if (whole or exact_aspects(name) == said) and _fits(claim, fact):
            own = {name: fact.aspects.get(name, "") for name in ("flow", "nature")}
            return own["nature"] == said.get("nature", "") and own["flow"] == said.get("flow", own["flow"])
    return False


@lru_cache(maxsize=8192)
def _row_name(label: str) -> str:
    """The name of a fact's row, without numbering and code."""
    return re.sub(r"^[\d\s]+", "", strip_numbering(squash(label.split("·")[0])))


@lru_cache(maxsize=1024)
def _ends(clause: str) -> frozenset[str]:
    return frozenset(strip_numbering(text) for text in (clause, _FILLER.sub("", clause)))


@lru_cache(maxsize=1024)
def _tails(clause: str) -> tuple[Mapping[str, str], ...]:
    """Aspects of the words that a clause ends with, where they are nothing but a name: whole, or after an organisation."""
    return tuple(_tails_of(clause))


def _tails_of(clause: str) -> Iterator[Mapping[str, str]]:
    said: Mapping[str, str] | None
    for text in dict.fromkeys((clause, _FILLER.sub("", clause))):
        starts = [0, *(m.end() for m in _ORGANISATION.finditer(text))]
        for start in starts:
            said = exact_aspects(strip_numbering(text[start:])) or composed_aspects(text[start:], _BETWEEN)
            if said:
                yield said
        for start in range(len(text) - 2):
            said = exact_aspects(text[start:])
            if said and said.get("item") and said["item"] in TAIL_ITEMS:
                yield said
                break


def _says_whole(lead: str) -> bool:
    return not re.search(r"其中|人员|公用|基本|项目支出|结转", re.split(r"[)）]", lead)[-1])


def _whole(claim: Claim, rows: Sequence[Fact], fund: str) -> Fact | None:
    """The amount that every table prints whole for an item, else every table of the fund that the text speaks of.

    A figure that could be a sum of rows or of a part is no contradiction: None where tables differ.
    """
    whole = [f for f in rows if not f.aspects.get("nature") and not f.aspects.get("measure")]
    funded = [f for f in whole if fund and (own := f.aspects.get("fund")) and nested(own, fund)]
    for some in (whole, funded):
        if len({f.amount.value // 100 for f in some}) == 1 and claim.amount.value:
            return max(some, key=lambda f: f.amount.value)
    return None


def _fund(claim: Claim) -> str:
    """The fund that the clause, or else the nearest heading that names one, speaks of."""
    for text in (claim.lead, *reversed(claim.sentence.section)):
        if fund := aspects(text).get("fund", ""):
            return fund
    return ""


@lru_cache(maxsize=1024)
def _squashed(text: str) -> str:
    return squash(text)


@lru_cache(maxsize=1024)
def _said(lead: str, heading: tuple[str, ...]) -> tuple[str, Mapping[str, str]]:
    """The words before a figure, bare, and what they say it is: the last clause, all of them, or else the heading."""
    text = squash(lead)
    said = aspects(re.split(r"[，,；;。：:]", text)[-1]) or aspects(text)
    return text, said or (aspects(heading[0]) if heading else {})


def _linked(claim: Claim, fact: Fact) -> bool:
    """Whether the words before a claim name a fact of the same value: its label, or its aspects."""
    words = _squashed(claim.lead[-80:])
    name = _row_name(fact.label)
    if len(name) >= 3 and (name in words or name.removesuffix("支出") in words):
        return True
    return _fits(claim, fact)


def _fits(claim: Claim, fact: Fact) -> bool:
    """Whether what the words say of flow, fund, nature and item agrees with a fact's aspects."""
    text, said = _said(claim.lead[-60:], claim.sentence.section[-1:])
    if not said:
        return False
    for name, value in said.items():
        own = fact.aspects.get(name, "")
        if name == "measure":
            continue
        if name == "fund" and nested(own, value):
            continue
        if name == "flow" and (not own or {own, value} <= {"income", "expenditure"}):
            continue
        if own != value and not (name == "item" and squash(fact.label).find(text[-4:]) >= 0):
            return False
    return True
