"""F605 目录：目录所列的表和章节应都在文件里，名称一致

为什么：目录列了“支出决算表”而正文没有这张表，就是漏公开；目录与正文标题差几个字，是公开检查的常见问题。

怎么查：目录各项与正文的标题、表题比较：相同的为一致；相近而不同的提示；列为表而找不到的，若其余各表大都找得到，
按缺表报告。

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
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.narrative import Heading
from budgetaudit.rules.statement import bare, statement
from budgetaudit.vocabulary import form_of, squash, strip_numbering

CODE, CATEGORY, SEVERITY = "F605", "missing-content", "error"
BASIS = "预算法第十四条；财预〔2016〕143号"
ALIKE = 0.82
_PART = re.compile(r"^第[一二三四五六七八九十]+(?:部分|章)")
_YEAR = re.compile(r"(?:20\d\d年度?)")
_TABLE = re.compile(r"表(?:[（(][^）)]*[）)])?$")
MIN_TABLES = 4


def check(book: Book) -> Iterator[Check]:
    """One check for each entry of the contents that can be found, and for each table that cannot."""
    entries = [e for e in _entries(book) if len(_core(e.text)) >= 3]
    if len(entries) < 3:
        return
    titles = _titles(book, entries)
    tables = [e for e in entries if _TABLE.search(squash(e.text)) and not _PART.match(squash(e.text))]
    missing = [e for e in tables if not _found(_core(e.text), titles)]
    whole = sum(1 for t in book.tables if t.form and t.form != "performance") * 10 >= 6 * len(tables)
    for entry in entries:
        core = _core(entry.text)
        if _found(core, titles):
            yield statement(CODE, Verdict.HELD, entry.place, entry.text)
        elif entry in missing:
            if len(tables) >= MIN_TABLES and len(missing) * 4 <= len(tables):
                near = _nearest(core, titles)
                if near:
                    yield _differs(entry, near)
                elif whole and not _has_form(
                    book, entry, tables
                ):  # else the tables are in another file, or titled otherwise
                    yield _missing(entry)
        elif near := _nearest(core, titles):
            yield _differs(entry, near)


def _entries(book: Book) -> list[Heading]:
    """The entries of the contents, with the lines among and right after them that the narrative took for table titles."""
    known = {e.place: e for e in book.narrative.contents}
    if book.document is None or not known:
        return list(known.values())
    body = {place for s in book.narrative.sentences for _, place in s.pieces} | {
        h.place for h in book.narrative.headings
    }
    found: list[Heading] = []
    for page in book.document.pages:
        for line in page.lines:
            if line.place in known:
                found.append(known[line.place])
            elif found and line.place in body:
                return found
            elif (
                found
                and _TABLE.search(squash(line.text))
                and len(line.text) < 60
                and strip_numbering(squash(line.text)) != squash(line.text)
            ):
                found.append(Heading(bare(line.text), 2, line.place))
        if found and not any(place.page == page.number + 1 for place in known):
            break
    return found


def _core(text: str) -> str:
    """An entry or title without numbering, year, part number, brackets and punctuation."""
    plain = _PART.sub("", squash(text))
    plain = strip_numbering(strip_numbering(plain))
    plain = (
        re.sub(r"^(?:公开|预算|附|表|附件)*(?:表?[一二三四五六七八九十\d]+表?)?[:：、.]?", "", plain)
        if re.match(r"公开\d|预算\d|表\d|附", plain)
        else plain
    )
    plain = re.sub(r"\.{2,}.*$", "", _YEAR.sub("", plain))
    return re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", plain)


def _titles(book: Book, entries: Sequence[Heading]) -> list[str]:
    """Headings, titles and short lines of the document outside its contents."""
    places = {e.place for e in entries} | {e.place for e in book.narrative.contents}
    found = [h.text for h in book.narrative.headings]
    found += [t.title for t in book.tables if t.title]
    if book.document is not None:
        for page in book.document.pages:
            found += [line.text for line in page.lines if line.place not in places and len(line.text) <= 60]
            found += [
                c.text
                for grid in page.grids
                for c in grid.cells
                if c.row < 3 and 3 <= len(c.text) <= 60 and "表" in c.text
            ]
    return list(dict.fromkeys(core for text in found if (core := _core(text))))


def _found(core: str, titles: Sequence[str]) -> bool:
    if core in titles:
        return True
    return any(core in title and _extra(core, title) for title in titles) or any(
        len(title) >= 15 and core.startswith(title) for title in titles
    )


def _extra(core: str, title: str) -> bool:
    """Whether a longer title is the entry with a name or a year before it, and no other entry of the same words."""
    head = title[: title.index(core)]
    return (
        bool(
            re.search(
                r"(?:局|委|办|厅|部|院|中心|会|署|站|队|校|所|部门|单位|处|馆|公司|区|市|县|乡|镇|街道)(?:[（(].*[）)])?$",
                head,
            )
        )
        or not head
    )


def _nearest(core: str, titles: Sequence[str]) -> str:
    """The title that differs by a few characters only; empty where none does."""
    best = max(titles, key=lambda t: SequenceMatcher(None, core, t, autojunk=False).ratio(), default="")
    return best if len(core) >= 6 and SequenceMatcher(None, core, best, autojunk=False).ratio() >= ALIKE else ""


def _differs(entry: Heading, near: str) -> Check:
    return statement(
        CODE,
        Verdict.FAILED,
        entry.place,
        bare(entry.text),
        _("目录写“{text}”，正文标题是“{near}”").format(text=bare(entry.text), near=near),
        expected_text=near,
        category="name-mismatch",
        severity=Severity.NOTICE,
    )


def _has_form(book: Book, entry: Heading, entries: Sequence[Heading]) -> bool:
    """Whether the document has a table of the entry's kind for each entry of that kind."""
    form = form_of(entry.text)
    if form is None:
        return False
    listed = sum(1 for e in entries if form_of(e.text) == form)
    return sum(1 for t in book.tables if t.form == form.key) >= listed


def _missing(entry: Heading) -> Check:
    severity = None if form_of(entry.text) is not None else Severity.WARNING
    return statement(
        CODE, Verdict.FAILED, entry.place, bare(entry.text), _("目录列了这张表，文件里没有找到"), severity=severity
    )
