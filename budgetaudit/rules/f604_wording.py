"""F604 文字与标点：重复的字词和标点、不成对的引号括号、多余的连词、网页残留

为什么：“支出。。”“优秀案例”活动”“建设和。”不改变数字，却是公开检查表里最常被指出的问题。

怎么查：逐句找重复标点、重复字词、句末的连词、“比……持平”、网页标记、夹杂的外文词；引号和括号按段落配对。
用语在 data/phrases_form.toml。都只是提示。

限度：序号的右括号（1）、a)）不要求配对；跨页断开的段落可能配不上，只提示差一个的。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）第四条：形式规范

正确：
青山县档案局2026年部门预算
主要用于“档案数字化”（二期）等方面的支出。

错误：
青山县档案局2026年部门预算
主要用于信息化建设等方面的支出。。开展“档案日”、优秀案例”活动。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.rules.statement import Text, clause, data, statement, texts

CODE, CATEGORY, SEVERITY = "F604", "template-residue", "notice"
BASIS = "财预〔2016〕143号第四条：形式规范"
PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("〔", "〕"), ("【", "】"))
MAX_CUT = 2
"""Comparisons cut off by a full stop from which they are the template's way of writing."""
_ENUMERATION = re.compile(r"(?:^|(?<=[，。；：、]))(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])）")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (re.compile(e["pattern"]), e["message"], e.get("category", "")) for e in data("phrases_form.toml")["wording"]
    )


def check(book: Book) -> Iterator[Check]:
    """Checks of each text's wording and of each paragraph's pairs of quotation marks and brackets."""
    everything = list(texts(book))
    reported: set[tuple[object, str]] = set()
    for text in everything:
        clean = True
        for pattern, message, category in _patterns():
            for found in pattern.finditer(text.text):
                clean = False
                place = text.place_at(found.start())
                quote = clause(text.text, found.start(), found.end(), before=14, after=8)
                key = (place.page or place.line, quote)
                if key not in reported:
                    reported.add(key)
                    yield statement(
                        CODE,
                        Verdict.FAILED,
                        place,
                        quote,
                        _(message),
                        severity=Severity.NOTICE,
                        category=category,
                        reported=found.group(),
                    )
        if clean and text.kind == "sentence":
            yield statement(CODE, Verdict.HELD, text.place, text.text[:40])
    yield from _doubled_stops(everything)
    yield from _cut_comparisons(everything)
    tabular = {
        page
        for table in book.tables
        if table.form == "performance"
        for page in table.pages
        if book.document and len(book.document.pages) > 1
    }
    yield from _pairs([t for t in everything if t.place.page not in tabular])


def _doubled_stops(everything: list[Text]) -> Iterator[Check]:
    """A stop right after the stop that ended a sentence."""
    for last, text in pairwise(t for t in everything if t.kind == "sentence"):
        if text.text[0] in "。，、；：" and text.paragraph == last.paragraph:
            quote = last.text[-14:] + text.text[0]
            yield statement(
                CODE,
                Verdict.FAILED,
                text.place,
                quote,
                _("标点重复或相连"),
                severity=Severity.NOTICE,
                reported=quote[-2:],
            )


def _cut_comparisons(everything: list[Text]) -> Iterator[Check]:
    """A full stop between a figure and its comparison, where the document does not write so as a rule."""
    pattern = re.compile(data("phrases_form.toml")["cut_comparison"])
    found: list[tuple[Text, str]] = []
    for last, text in pairwise(t for t in everything if t.kind == "sentence"):
        match = pattern.match(text.text)
        if match and text.paragraph == last.paragraph and last.text.endswith("。"):
            found.append((text, last.text[-12:] + match.group()))
    if len(found) > MAX_CUT:
        return
    for text, quote in found:
        message = _("句号把比较和前面的数断开了，应为逗号")
        yield statement(CODE, Verdict.FAILED, text.place, quote, message, severity=Severity.NOTICE)


def _pairs(everything: list[Text]) -> Iterator[Check]:
    sentences = [t for t in everything if t.kind == "sentence"]
    for _key, group in groupby(sentences, key=lambda t: t.paragraph):
        paragraph = list(group)
        for left, right in PAIRS:
            yield from _pair(paragraph, left, right)


def _pair(paragraph: list[Text], left: str, right: str) -> Iterator[Check]:
    """One mark too many or too few in a paragraph."""
    whole = "".join(t.text for t in paragraph)
    if left == "（":
        whole = _ENUMERATION.sub(lambda m: "_" * len(m.group()), whole.replace("(", "（").replace(")", "）"))
    if abs(whole.count(left) - whole.count(right)) != 1:
        return
    position = _odd(whole, left, right)
    start = 0
    for text in paragraph:
        if position < start + len(text.text):
            inside = position - start
            quote = clause(text.text, inside, inside + 1, before=14, after=14)
            message = _("“{left}”与“{right}”不成对").format(left=left, right=right) if left != "“" else _("引号不成对")
            yield statement(CODE, Verdict.FAILED, text.place_at(inside), quote, message, severity=Severity.NOTICE)
            return
        start += len(text.text)


def _odd(whole: str, left: str, right: str) -> int:
    """Where the mark without a partner stands."""
    opened: list[int] = []
    for index, character in enumerate(whole):
        if character == left:
            opened.append(index)
        elif character == right:
            if not opened:
                return index
            opened.pop()
    return opened[0] if opened else 0
