"""F605 目录：目录所列的表和章节应都在文件里，名称一致

为什么：目录列了“支出决算表”而正文没有这张表，就是漏公开；目录与正文标题差几个字，是公开检查的常见问题。

怎么查：目录各项与正文的标题、表题比较：相同的为一致；相近而不同的提示；列为表而找不到的，若其余各表大都找得到，
按缺表报告。目录里表的次序与文件里不同、同一标题的序号不同、说明的标题与同一序号的表名不同的，也提示。

限度：没有目录、目录读不全、或一半以上的表对不上的不查缺表；表题在图片里的认不出。

依据：预算法第十四条；《地方预决算公开操作规程》（财预〔2016〕143号）

正确：
青山县档案局2026年部门预算
目录
第一部分 部门概况
第二部分 部门预算表
一、收支总表
二、收入总表
三、支出总表
四、项目支出表

第一部分 部门概况
青山县档案局负责全县档案工作。
第二部分 部门预算表

收支总表
单位：万元
收入		支出
一般公共预算	30.00	一般公共服务支出	30.00
收入总计	30.00	支出总计	30.00

收入总表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	30.00
合计		30.00

支出总表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	30.00
合计		30.00

项目支出表
单位：万元
科目编码	项目名称	合计
201	档案数字化	10.00
合计		10.00

错误：
青山县档案局2026年部门预算
目录
第一部分 部门概况
第二部分 部门预算表
一、收支总表
二、收入总表
三、支出总表
四、项目支出表

第一部分 部门概况
青山县档案局负责全县档案工作。
第二部分 部门预算表

收支总表
单位：万元
收入		支出
一般公共预算	30.00	一般公共服务支出	30.00
收入总计	30.00	支出总计	30.00

收入总表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	30.00
合计		30.00

项目支出表
单位：万元
科目编码	项目名称	合计
201	档案数字化	10.00
合计		10.00
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Place, Severity, Table, Verdict
from budgetaudit.narrative import Heading
from budgetaudit.rules.contents import PART, TABLE, alike, core, entries, found_in, mark, nearest, order, titles
from budgetaudit.rules.phrases import also
from budgetaudit.rules.statement import bare, statement
from budgetaudit.vocabulary import form_of, squash

CODE, CATEGORY, SEVERITY = "F605", "missing-content", "error"
BASIS = "预算法第十四条；财预〔2016〕143号"
MIN_TABLES, MIN_PAIRS = 4, 4
SHORT, SHORT_ALIKE, NAMED_ALIKE = 6, 0.7, 0.7
"""Characters of a name that is short; how much of two names must be the same to be one by their number."""


def check(book: Book) -> Iterator[Check]:
    """One check for each entry of the contents that can be found, and for each table that cannot; then order and numbers."""
    listed = [e for e in entries(book) if len(core(e.text)) >= 3]
    if len(listed) < 3:
        return
    tables = [e for e in listed if TABLE.search(squash(e.text)) and not PART.match(squash(e.text))]
    yield from _names(book, listed, tables)
    yield from _explained(book, tables)
    yield from _ordered(book, tables)
    yield from _numbered(book, listed, tables)


def _names(book: Book, listed: Sequence[Heading], tables: Sequence[Heading]) -> Iterator[Check]:
    among = titles(book, listed)
    missing = [e for e in tables if not found_in(core(e.text), among)]
    whole = sum(1 for t in book.tables if t.form and t.form != "performance") * 10 >= 6 * len(tables)
    places = {e.place for e in listed}
    body = [h for h in book.narrative.headings if h.place not in places]
    parts = {mark(h.text): core(h.text) for h in body if PART.match(squash(h.text))}
    for entry in listed:
        bared = core(entry.text)
        if found_in(bared, among):
            yield statement(CODE, Verdict.HELD, entry.place, entry.text)
        elif entry in missing:
            if len(tables) >= MIN_TABLES and len(missing) * 4 <= len(tables):
                near = nearest(bared, among)
                if near:
                    yield _differs(entry, near)
                elif whole and not _has_form(
                    book, entry, tables
                ):  # else the tables are in another file, or titled otherwise
                    yield _missing(entry)
        elif near := nearest(bared, among) or _short(bared, parts.get(mark(entry.text), "")):
            yield _differs(entry, near)


def _short(entry: str, part: str) -> str:
    """The title of the part with the entry's number, where both are too short to be told alike without it."""
    return part if len(entry) < SHORT and len(part) < SHORT and alike(entry, part) >= SHORT_ALIKE else ""


def _explained(book: Book, tables: Sequence[Heading]) -> Iterator[Check]:
    """Headings of the explanations (七、…表情况说明) against the tables with their numbers, where most are the same."""
    by_number = {mark(e.text): e for e in tables if mark(e.text)}
    places = {e.place for e in tables}
    pairs = [
        (heading, by_number[mark(heading.text)])
        for heading in book.narrative.headings
        if heading.place not in places and mark(heading.text) in by_number and squash(heading.text).endswith("说明")
    ]
    same = [_explains(heading, entry) for heading, entry in pairs]
    if len(pairs) < MIN_PAIRS or sum(same) * 2 < len(pairs) or len(pairs) > len(by_number):
        return
    for (heading, entry), held in zip(pairs, same, strict=True):
        if held:
            yield statement(CODE, Verdict.HELD, heading.place, bare(heading.text))
        elif alike(_matter(heading.text), _matter(entry.text)) >= NAMED_ALIKE:
            message = _("标题说的是“{heading}”，目录里同一序号的表是“{entry}”").format(
                heading=_matter(heading.text), entry=core(entry.text)
            )
            yield _notice(heading.place, bare(heading.text), message, core(entry.text))


def _explains(heading: Heading, entry: Heading) -> bool:
    one, other = _matter(heading.text), _matter(entry.text)
    return one == other or one in other or other in one


def _matter(text: str) -> str:
    """What a table or the heading of its explanation is about."""
    return re.sub(r"(?:总表|表)$", "", re.sub(r"(?:总体)?(?:情况)?的?(?:说明)$", "", core(text)))


def _ordered(book: Book, tables: Sequence[Heading]) -> Iterator[Check]:
    """Two tables that stand the other way round than in the contents, where all others keep the order."""
    first: dict[str, Table] = {}
    for table in book.tables:
        if table.title:
            first.setdefault(core(table.title), table)
    known = [(e, first[core(e.text)]) for e in tables if core(e.text) in first]
    turned = [i for i in range(len(known) - 1) if order(known[i][1].place) > order(known[i + 1][1].place)]
    if len(known) < MIN_TABLES or len(turned) != 1:
        return
    (entry, table), (following, _table) = known[turned[0]], known[turned[0] + 1]
    message = _("目录里“{entry}”在“{following}”之前，文件里排在它后面").format(
        entry=bare(entry.text), following=bare(following.text)
    )
    yield _notice(table.place, table.title, message)


def _numbered(book: Book, listed: Sequence[Heading], tables: Sequence[Heading]) -> Iterator[Check]:
    """Headings that bear another number than in the contents: one notice, at the first."""
    names = Counter(core(h.text) for h in book.narrative.headings)
    places = {e.place for e in listed}
    headings = {core(h.text): h for h in book.narrative.headings if h.place not in places}
    found = [
        (heading, entry)
        for entry in listed
        if entry not in tables
        and names[core(entry.text)] == 1
        and (heading := headings.get(core(entry.text))) is not None
        and "" != mark(entry.text) != mark(heading.text) != ""
    ]
    if found:
        heading, entry = found[0]
        message = _("目录里的序号是“{entry}”，正文是“{heading}”").format(
            entry=_printed_mark(entry), heading=_printed_mark(heading)
        )
        yield _notice(heading.place, bare(heading.text), message + also([h.place for h, _entry in found]))


def _printed_mark(heading: Heading) -> str:
    return bare(heading.text)[: len(mark(heading.text))]


def _notice(place: Place, quote: str, message: str, expected: str = "") -> Check:
    return statement(
        CODE,
        Verdict.FAILED,
        place,
        quote,
        message,
        expected_text=expected,
        category="name-mismatch",
        severity=Severity.NOTICE,
    )


def _differs(entry: Heading, near: str) -> Check:
    message = _("目录写“{text}”，正文标题是“{near}”").format(text=bare(entry.text), near=near)
    return _notice(entry.place, bare(entry.text), message, near)


def _has_form(book: Book, entry: Heading, listed: Sequence[Heading]) -> bool:
    """Whether the document has a table of the entry's kind for each entry of that kind."""
    form = form_of(entry.text)
    if form is None:
        return False
    count = sum(1 for e in listed if form_of(e.text) == form)
    return sum(1 for t in book.tables if t.form == form.key) >= count


def _missing(entry: Heading) -> Check:
    severity = None if form_of(entry.text) is not None else Severity.WARNING
    return statement(
        CODE, Verdict.FAILED, entry.place, bare(entry.text), _("目录列了这张表，文件里没有找到"), severity=severity
    )
