"""Who published the document, for which year, budget or final account: from the text, never from the file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from budgetaudit.model import Document, Line, Profile, Table
from budgetaudit.names import own_level
from budgetaudit.vocabulary import squash, words

_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?度?")
_CHINESE_YEAR = re.compile(r"二[〇○零O0]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年度?")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
_ORGANISATION_TAIL = re.compile(r"(?:部门|单位)?(?:财政|综合)?(?:预算|决算|预决算).*$")
_PART = re.compile(r"第[一二三四五六七八九十]+部分|目录")
_TABLE = re.compile(r"表$")
_LABEL = re.compile(r"(?:部门|单位|预算单位|部门[(]单位[)])名称(?:[(]盖章[)]|[(]公章[)])?")
_BESIDE = re.compile(r"附件?[一二三四五六七八九十\d]{0,3}[:：]?|(?:部门|单位|预算单位)?(?:代码|编码)[:：]?\d*")
"""Lines above a title that are no part of it."""
_BODY = r"(?:局|委员会|委|办公室|办|厅|部|中心|院|会|署|站|队|校|学|园|馆|所|政府|办事处|公司|集团)"
_ALONE = re.compile(
    r"[^\d、，。；：,;:]{2,30}(?:局|委员会|委|办公室|厅|部|中心|院|会|署|站|队|校|大学|中学|小学|政府|办事处)"
)
_HEADING = re.compile(r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、")
_IN_HEADING = re.compile(
    rf"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、)?[:、]?"
    rf"(?:20\d\d年度?)?([\u4e00-\u9fff]{{2,28}}{_BODY})(?:部门|单位)?(?:基本)?(?:概况|情况|20\d\d年度?(?:部门|单位)?(?:预算|决算).*)$"
)
_COVER = re.compile(r"(?:预算|决算)")
_SPEAKER = re.compile(
    r"([\u4e00-\u9fff]{3,28}(?:局|委员会|办公室|厅|中心|院|部|会|署))"
    r"(?:20\d\d年度?(?:收入|支出|财政拨款|收支|一般公共预算)|本年(?:收入|支出)(?:预算|决算)|主要职(?:责|能)(?:包括|是|为))"
)


def profile(document: Document, tables: Sequence[Table]) -> Profile:
    """The document's identity; fields stay empty where the text does not say."""
    lines = _opening_lines(document)
    title = _title(lines)
    department = _department(title, lines, tables) or _speaker(document)
    return Profile(
        title=title,
        department=department,
        kind=_kind(title, tables),
        year=_year(title, lines, tables),
        level=_level(title, department),
    )


def _opening_lines(document: Document) -> list[Line]:
    return [line for page in document.pages[:3] for line in page.lines][:60]


def _title(lines: Sequence[Line]) -> str:
    """The cover's title: the first lines that together name a year and 预算 or 决算."""
    for start in range(min(len(lines), 15)):
        text = ""
        for line in lines[start : start + 4]:
            piece = squash(line.text)
            if (text and _HEADING.match(piece)) or _HEADING.match(text):
                break
            if "目录" in piece or len(piece) > 50 or "。" in piece or _BESIDE.fullmatch(piece):
                break
            text += piece
            if _COVER.search(text) and (_YEAR.search(text) or _CHINESE_YEAR.search(text)):
                return text[:80]
    return next((squash(line.text)[:80] for line in lines if _COVER.search(line.text) and len(line.text) < 50), "")


def _kind(title: str, tables: Sequence[Table]) -> str:
    votes: Counter[str] = Counter()
    for word, kind in (("决算", "final-account"), ("预算", "budget")):
        if word in title:
            votes[kind] += 5
    for table in tables:
        if "决算" in table.title:
            votes["final-account"] += 2
        elif "预算" in table.title or table.form in ("overview", "income", "expenditure", "general", "basic"):
            votes["budget"] += 1
    return votes.most_common(1)[0][0] if votes else "other"


def _level(title: str, department: str) -> str:
    """Department or unit: a name with its own level (本级) is a unit's, else the words of the title decide."""
    if own_level(department):
        return "unit"
    for level in ("unit", "department"):
        if any(word in title for word in words("identity", level)):
            return level
    return ""


def _speaker(document: Document) -> str:
    """The name that paragraphs about duties and money begin with, for a text whose cover names nobody."""
    lines = [squash(line.text) for page in document.pages for line in page.lines]
    named = Counter(m.group(1) for line, after in pairwise([*lines, ""]) if (m := _SPEAKER.match(line + after)))
    return named.most_common(1)[0][0] if named else ""


def _year(title: str, lines: Sequence[Line], tables: Sequence[Table]) -> int | None:
    found = _YEAR.search(title)
    if found:
        return int(found.group(1))
    found = _CHINESE_YEAR.search(title)
    if found:
        return 2000 + 10 * _DIGITS[found.group(1)] + _DIGITS[found.group(2)]
    votes = Counter(
        int(y) for line in lines for y in _YEAR.findall(line.text) if "预算" in line.text or "决算" in line.text
    )
    votes.update(int(y) for table in tables for y in _YEAR.findall(table.title))
    return votes.most_common(1)[0][0] if votes else None


def _named_in_forms(table: Table) -> Iterator[str]:
    """Names that stand beside 部门名称 in forms to fill in."""
    for row in table.grid[:6]:
        for label, value in pairwise(dict.fromkeys(cell for cell in row if cell is not None)):
            if _LABEL.fullmatch(squash(label.flat)) and 3 <= len(squash(value.flat)) <= 40:
                yield squash(value.flat)


def _department(title: str, lines: Sequence[Line], tables: Sequence[Table]) -> str:
    votes = Counter(table.organisation for table in tables if table.organisation)
    if votes:
        return votes.most_common(1)[0][0]
    bare = _YEAR.sub("", title)
    bare = re.sub(r"^(?:附件\d*[:：]?|目录)", "", _CHINESE_YEAR.sub("", bare))
    name = _ORGANISATION_TAIL.sub("", bare.replace("()", "")).strip("-—_ ")
    for tail in ("部门", "关于", "(部门)", "(单位)"):
        name = name.removesuffix(tail)
    if len(name) >= 3 and not _PART.match(name) and (not _TABLE.search(title) or re.search(f"{_BODY}$", name)):
        return name
    named = Counter(name for table in tables for name in _named_in_forms(table))
    if named:
        return named.most_common(1)[0][0]
    alone = (squash(line.text) for line in lines if _ALONE.fullmatch(squash(line.text)))
    headings = (found.group(1) for line in lines if (found := _IN_HEADING.match(squash(line.text))))
    return next(alone, next(headings, ""))
