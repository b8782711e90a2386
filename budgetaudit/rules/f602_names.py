"""F602 部门名称：封面、各表、标题和正文里的部门名称应是同一个

为什么：套用别的部门、别的地区的文件，名称没有改全，会把甲县的局写成乙市的局。

怎么查：各表“编制单位”行以多数为准，个别不同的指出；标题里的部门名称与本部门不同的指出；正文里以部门为主语说预决算的句子，
单位职能相同、地名不同的指出。名称里错、多、漏一个字的也指出：把相邻的字写重的为错误，其余错字为警示，多字漏字和所属单位的
名称为提示。另外，通篇说“本单位”而个别处说“本部门”的（或相反）作提示。

限度：简称、全称、加“（本级）”的视为同一个；提到上级、下级单位的句子不查。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：内容准确、形式规范

正确：
青山县档案局2026年部门预算
一、关于青山县档案局2026年收支预算情况的说明
青山县档案局2026年收入预算120.00万元。
二、关于青山县档案局2026年支出预算情况的说明
三、关于青山县档案局2026年三公经费预算情况的说明

错误：
青山县档案局2026年部门预算
一、关于青山县档案局2026年收支预算情况的说明
青山市档案局2026年收入预算120.00万元。
二、关于青山县档案局2026年支出预算情况的说明
三、关于青山县档案局2026年三公经费预算情况的说明
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.rules.misspelt import misspelt
from budgetaudit.rules.statement import Text, data, statement, texts

CODE, CATEGORY, SEVERITY = "F602", "name-mismatch", "warning"
BASIS = "财预〔2016〕143号：内容准确、形式规范"
SHARED = 3
"""Characters at the end that two names must share to be the same kind of body in another place."""

MAX_PLACE = 12
_CONTEXT = re.compile("[了在将对的原由与及是]")
"""Characters that show other words than a place's name to stand before the shared ending."""


@lru_cache(maxsize=1)
def _subject() -> re.Pattern[str]:
    words = data("names.toml")
    return re.compile(
        rf"(?:^|(?<=[，。；：]))(?P<name>[\u4e00-\u9fff（）、.\d]{{3,40}}?{words['ending']})(?:（本级）)?{words['after']}"
    )


def check(book: Book) -> Iterator[Check]:
    """Checks of the names in organisation lines, headings and sentences, and of 部门 against 单位."""
    everything = list(texts(book, cells=False))
    own = _own(book, everything)
    if own:
        yield from _organisations(book, own)
        yield from _text(everything, own)
    yield from misspelt(CODE, book, own or _plain(book.profile.department), _plain)
    yield from _kinds(everything)


def _plain(name: str) -> str:
    text = re.sub(r"[(（]本级[)）]|\s", "", name)
    text = re.sub(data("names.toml")["before"], "", text)
    return re.sub(r"(?:部门|单位)$", "", text)


def _own(book: Book, everything: list[Text]) -> str:
    """The document's own name: of its organisation lines, else of its headings where the title holds it too."""
    votes = Counter(_plain(t.organisation) for t in book.tables if t.organisation)
    if votes and votes.most_common(1)[0][1] >= 3:
        return votes.most_common(1)[0][0]
    named = Counter(_plain(m.group("name")) for t in everything for m in _subject().finditer(t.text))
    department = _plain(book.profile.department)
    usual = named.most_common(1)[0] if named else ("", 0)
    return usual[0] if usual[1] >= 2 and (_short(usual[0], department) or _short(department, usual[0])) else ""


def _short(short: str, full: str) -> bool:
    """Whether a name is the other one cut short: its characters in order."""
    position = 0
    for character in short:
        position = full.find(character, position) + 1
        if not position:
            return False
    return bool(short)


def _same(name: str, own: str) -> bool:
    return own in name or _short(name, own) or _short(own, name)


def _organisations(book: Book, own: str) -> Iterator[Check]:
    names = [(t, _plain(t.organisation)) for t in book.tables if t.organisation and t.form != "performance"]
    votes = Counter(name for _, name in names)
    for table, name in names:
        if _same(name, own):
            yield statement(CODE, Verdict.HELD, table.place, table.organisation)
        elif votes[name] * 4 <= votes[own] and re.search(data("names.toml")["ending"] + "$", name):
            message = _("“{title}”的编制单位是“{organisation}”，其他表是“{own}”").format(
                title=table.title or table.form_name, organisation=table.organisation, own=own
            )
            severity = None if _namesake(name, own) else Severity.NOTICE
            yield statement(
                CODE, Verdict.FAILED, table.place, table.organisation, message, expected_text=own, severity=severity
            )


def _text(everything: list[Text], own: str) -> Iterator[Check]:
    ours = [t for t in everything if t.kind == "heading" and own in t.text]
    for text in everything:
        if text.kind not in ("sentence", "heading", "note"):
            continue
        for found in _subject().finditer(text.text):
            name = _plain(found.group("name"))
            start = found.end("name") - len(name)
            if _same(name, own):
                yield statement(CODE, Verdict.HELD, text.place_at(start), found.group())
            elif _namesake(name, own) or (text.kind == "heading" and len(ours) >= 3 and len(name) >= 5):
                quote = text.text[start : found.end()]
                yield statement(
                    CODE,
                    Verdict.FAILED,
                    text.place_at(start),
                    quote,
                    _("这里是“{name}”，本文件的部门是“{own}”").format(name=name, own=own),
                    expected_text=own,
                    reported=name,
                    severity=None if _namesake(name, own) else Severity.NOTICE,
                )


def _namesake(name: str, own: str) -> bool:
    """Whether a name is that of the same kind of body in another place."""
    shared = 0
    while shared < min(len(name), len(own)) and name[-1 - shared] == own[-1 - shared]:
        shared += 1
    ending = re.compile(data("names.toml")["place"])
    for cut in range(shared, SHARED - 1, -1):
        here, there = own[: len(own) - cut], name[: len(name) - cut]
        if 2 <= len(there) <= MAX_PLACE and ending.search(here) and ending.search(there):
            return here != there and there[-3:] not in own and there[-2:] not in own and not _CONTEXT.search(there)
    return False


def _kinds(everything: list[Text]) -> Iterator[Check]:
    """本部门 in a text that says 本单位 throughout, or the reverse."""
    words = data("names.toml")["kind"]
    said = {key: [(t, t.text.find(word)) for t in everything if word in t.text] for key, word in words.items()}
    for few, many in (("department", "unit"), ("unit", "department")):
        if len(said[many]) >= 4 and 1 <= len(said[few]) <= 2 and len(said[few]) * 4 <= len(said[many]):
            for text, at in said[few]:
                quote = text.text[at : at + 14]
                message = _("通篇用“{usual}”，这里用“{here}”").format(usual=words[many], here=words[few])
                yield statement(CODE, Verdict.FAILED, text.place_at(at), quote, message, severity=Severity.NOTICE)
