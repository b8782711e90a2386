"""N410 逐项说明：表中有数的项级科目，文字逐项说明时不应漏掉

为什么：逐项说明各“项”的支出时漏了一项，各项之和就小于总数，读者找不到差的钱用在哪里。

怎么查：同一节里至少三处写出类、款、项的金额，各项都是某张支出表（按资金性质选最接近的一张）中有数的项，而表中同类有数的项还有个别（不超过四分之一）
没有写到，作提示。

限度：文字的项在表中找不全的，或漏得多的（只写主要的几项）不查。

依据：同一事项在文字与表中应一致

正确：
青山县档案局2026年部门预算
表1 财政拨款支出表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	45.30
20126	档案事务	45.30
2012601	行政运行	30.00
2012602	一般行政管理事务	8.00
2012604	档案馆	7.00
2012699	其他档案事务支出	0.30
合计		45.30

第三部分 情况说明
一、财政拨款支出说明
财政拨款支出主要内容如下：
1.一般公共服务支出（类）档案事务（款）行政运行（项）30.00万元，用于人员。
2.一般公共服务支出（类）档案事务（款）一般行政管理事务（项）8.00万元，用于业务。
3.一般公共服务支出（类）档案事务（款）档案馆（项）7.00万元，用于库房。
4.一般公共服务支出（类）档案事务（款）其他档案事务支出（项）0.30万元，用于培训。

错误：
青山县档案局2026年部门预算
表1 财政拨款支出表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	45.30
20126	档案事务	45.30
2012601	行政运行	30.00
2012602	一般行政管理事务	8.00
2012604	档案馆	7.00
2012699	其他档案事务支出	0.30
合计		45.30

第三部分 情况说明
一、财政拨款支出说明
财政拨款支出主要内容如下：
1.一般公共服务支出（类）档案事务（款）行政运行（项）30.00万元，用于人员。
2.一般公共服务支出（类）档案事务（款）一般行政管理事务（项）8.00万元，用于业务。
3.一般公共服务支出（类）档案事务（款）档案馆（项）7.00万元，用于库房。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetaudit.facts import Book, Series
from budgetaudit.lang import _
from budgetaudit.model import Amount, Check, Operand, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import Claim
from budgetaudit.narrative.paths import Subjects
from budgetaudit.rules.base import ZERO
from budgetaudit.rules.spoken import spoken

CODE, CATEGORY, SEVERITY = "N410", "list-mismatch", "notice"
BASIS = "同一事项在文字与表中应一致"
MIN_DESCRIBED = 3
MAX_MISSING = 4
"""One item in so many may be missing; where more are, the text tells only the main ones."""
MAX_FOREIGN = 1
"""Items of the text that the table may lack: its code may be misprinted there."""
_LEADS = re.compile("如下|下列|以下|分别")
_FORMS = ("expenditure", "general", "fiscal", "government-fund", "capital")


def check(book: Book) -> Iterator[Check]:
    """For each section that tells its spending item by item, the items of the closest table that it leaves out."""
    sections = [(claims, codes) for claims, codes in _sections(book) if "" not in codes and len(codes) >= MIN_DESCRIBED]
    listings = list(_listings(book)) if sections else []
    for claims, codes in sections:
        classes = {code[:3] for code in codes}
        near = [(series, {code for code in items if code[:3] in classes}) for series, items in listings]
        near = [(series, own) for series, own in near if len(codes - own) <= MAX_FOREIGN]
        if near:
            series, own = min(near, key=lambda entry: len(entry[1] ^ codes))
            yield from _missing(book, claims, series, sorted(own - codes), len(own))


def _sections(book: Book) -> Iterator[tuple[Sequence[Claim], set[str]]]:
    """The figures of each section that follow the name of an item (项), with the codes of the items; "" for an unknown."""
    subjects = Subjects(book.tables)
    found: dict[tuple[str, ...], tuple[list[Claim], set[str]]] = {}
    for one in book.once(spoken):
        if one.fresh and one.path.get("项") and one.claim.role in ("value", "outturn") and one.claim.amount.value:
            claims, codes = found.setdefault(one.claim.sentence.section, ([], set()))
            claims.append(one.claim)
            codes.add(subjects.code(one.path))
    yield from found.values()


def _listings(book: Book) -> Iterator[tuple[Series, set[str]]]:
    """The whole columns of the tables of expenditure by function, with the items (项) that have money in them."""
    for series in book.series:
        key = series.key
        if series.dimension != "function" or series.table.form not in _FORMS or key.nature or key.measure or key.item:
            continue
        items = {c for c in series.by_code if len(c) == 7 and any(o.amount.value for o in series.code_operands(c))}
        if items:
            yield series, items


def _opening(book: Book, first: Claim) -> Sentence:
    """The sentence that leads to the first item, where it says that they follow; else that of the item."""
    sentences = book.narrative.sentences
    at = next(n for n, sentence in enumerate(sentences) if sentence is first.sentence)
    return sentences[at - 1] if at and _LEADS.search(sentences[at - 1].text) else first.sentence


def _missing(
    book: Book, claims: Sequence[Claim], series: Series, missing: Sequence[str], count: int
) -> Iterator[Check]:
    opening = _opening(book, claims[0])
    quote = opening.text[:60]
    target = Operand(_("逐项说明"), Amount(str(len(claims)), ZERO), opening.place)
    if not missing:
        yield Check(CODE, "statement", Verdict.HELD, target, tuple(series.total), ZERO, quote=quote)
    if len(missing) * MAX_MISSING > count:
        return
    for code in missing:
        (operand, *_rest) = series.code_operands(code)
        message = _("这一节逐项说明各项支出，表中“{label}”有数（{text}），没有说明").format(
            label=operand.label, text=operand.amount.text
        )
        yield Check(
            CODE,
            "statement",
            Verdict.FAILED,
            target,
            (operand,),
            operand.amount.value,
            quote=quote,
            message=message,
            expected_text=_("补上这一项"),
            confidence=0.8,
        )
