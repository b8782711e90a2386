"""Form over a whole document: punctuation, whose places are gathered into one finding, and paragraphs printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from budgetaudit.lang import _
from budgetaudit.model import Check, Place, Severity, Verdict
from budgetaudit.rules.phrases import also
from budgetaudit.rules.statement import Text, clause, statement

PROSE = frozenset({"sentence", "heading", "note"})
_MIXED = re.compile(r"（[^（）()]{1,40}\)|\([^（）()]{1,40}）")
_LATIN = re.compile(r"[A-Za-z]")
_HALF = re.compile(r"(?<=[\u4e00-\u9fff”）》])[,;?](?=[\u4e00-\u9fff“（《])")
_FULL = re.compile(r"[，；？]")
MAX_HALF_SHARE = 0.1
"""Share of half-width marks from which they are the document's way of writing."""

MIN_PARAGRAPH, MIN_STOPPED, MAX_UNSTOPPED = 25, 10, 2
"""Characters of a paragraph that is prose, paragraphs with a full stop that make a habit, and those without that break it."""
MAX_REPEATED = 4
_OPEN_END = re.compile(r"[\u4e00-\u9fff\d%％]$")
_LISTED = re.compile(r"^(?:附|注|第[一二三四五六七八九十]+部分)|联系|电话|表$|^表\d|：$")
_NUMBERED = re.compile(r"^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]")


def mixed_brackets(rule: str, texts: Sequence[Text]) -> Iterator[Check]:
    """Brackets of which one is full-width and the other half-width; those around Latin letters are left out."""
    found = [
        (text.place_at(m.start()), clause(text.text, m.start(), m.end(), before=8, after=4))
        for text in texts
        if text.kind in PROSE
        for m in _MIXED.finditer(text.text)
        if not _LATIN.search(m.group())
    ]
    yield from _gathered(rule, found, _("括号一边是全角、一边是半角"))


def half_width(rule: str, texts: Sequence[Text]) -> Iterator[Check]:
    """Half-width commas and semicolons between Chinese characters, where nearly all others are full-width."""
    prose = [text for text in texts if text.kind in PROSE]
    found = [
        (text.place_at(m.start()), clause_of(text.text, m.start())) for text in prose for m in _HALF.finditer(text.text)
    ]
    if len(found) <= MAX_HALF_SHARE * sum(len(_FULL.findall(text.text)) for text in prose):
        yield from _gathered(rule, found, _("中文句子里用了半角标点"))


def clause_of(text: str, at: int) -> str:
    """A few characters on both sides of a mark."""
    return text[max(0, at - 10) : at + 10]


def missing_stops(rule: str, texts: Sequence[Text]) -> Iterator[Check]:
    """Paragraphs of the text that end without any mark, where all but one or two end with a full stop."""
    sentences = [text for text in texts if text.kind == "sentence"]
    paragraphs = [list(group) for _number, group in groupby(sentences, key=lambda text: text.paragraph)]
    stopped = sum(1 for paragraph in paragraphs if paragraph[-1].text.endswith("。"))
    found: list[tuple[Place, str]] = []
    for number, paragraph in enumerate(paragraphs):
        last = paragraph[-1]
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else None
        if _prose(paragraph) and not _cut(last, following):
            found.append((last.place_at(len(last.text) - 1), last.text[-20:]))
    if stopped >= MIN_STOPPED and len(found) <= MAX_UNSTOPPED:
        for place, quote in found:
            message = _("段末缺句号")
            yield statement(rule, Verdict.FAILED, place, quote, message, severity=Severity.NOTICE)


def repeated(rule: str, texts: Sequence[Text]) -> Iterator[Check]:
    """Paragraphs printed twice under one heading; where many are, the headings between them were not read."""
    sentences = (text for text in texts if text.kind == "sentence")
    first: dict[tuple[tuple[str, ...], str], Text] = {}
    found: list[tuple[Text, Text]] = []
    for _number, group in groupby(sentences, key=lambda text: text.paragraph):
        paragraph = list(group)
        key = (paragraph[0].section, "".join(text.text for text in paragraph))
        if key in first:
            found.append((first[key], paragraph[0]))
        elif len(key[1]) >= MIN_PARAGRAPH:
            first[key] = paragraph[0]
    if len(found) > MAX_REPEATED:
        return
    for one, other in found:
        place = (
            _("第{page}页").format(page=one.place.page)
            if one.place.page
            else _("第{line}行").format(line=one.place.line)
        )
        message = _("这一段与{place}的一段完全相同，重复印出").format(place=place)
        yield statement(rule, Verdict.FAILED, other.place, other.text[:40], message, severity=Severity.NOTICE)


def _prose(paragraph: Sequence[Text]) -> bool:
    """Whether a paragraph is prose that ends with a word or a figure."""
    whole = "".join(text.text for text in paragraph)
    return (
        len(whole) >= MIN_PARAGRAPH
        and ("，" in whole or "。" in whole)
        and bool(_OPEN_END.search(whole))
        and not _LISTED.search(paragraph[-1].text)
    )


def _cut(last: Text, following: Text | None) -> bool:
    """Whether a paragraph may go on in the next one: on another page, or where the next one begins like no other."""
    if following is None or _NUMBERED.match(following.text):
        return False
    end = last.place_at(len(last.text) - 1)
    return end.page != following.place.page or last.section == following.section


def _gathered(rule: str, found: Sequence[tuple[Place, str]], message: str) -> Iterator[Check]:
    """One notice at the first place, which tells of the others."""
    if found:
        places = [place for place, _quote in found]
        yield statement(rule, Verdict.FAILED, places[0], found[0][1], message + also(places), severity=Severity.NOTICE)
