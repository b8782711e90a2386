"""F604 文字与标点：重复的字词和标点、不成对的引号括号、多余的连词、网页残留

为什么：“支出。。”“优秀案例”活动”“建设和。”不改变数字，却是公开检查表里最常被指出的问题。

怎么查：逐句找重复标点、重复字词、句末的连词、“比……持平”、网页标记、夹杂的外文词；引号和括号按段落配对。
连着印两遍的词、段末缺句号、括号一边半角、中文里的半角标点，在本文通常不这样写时提示，后两种一份文件合为一条。
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
from budgetaudit.rules.phrases import Phrase, look, phrases
from budgetaudit.rules.punctuation import half_width, missing_stops, mixed_brackets, repeated
from budgetaudit.rules.statement import Text, clause, data, statement, texts

CODE, CATEGORY, SEVERITY = "F604", "template-residue", "notice"
BASIS = "财预〔2016〕143号第四条：形式规范"
PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("〔", "〕"), ("【", "】"))
MAX_CUT = 2
"""Comparisons cut off by a full stop from which they are the template's way of writing."""
MIN_WORD, LONG_WORD = 3, 4
"""Other places that show doubled characters to be a word, and characters from which they need not be shown to be one."""
_DOUBLED = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,8})(?P=word)")
_ENUMERATION = re.compile(r"(?:^|(?<=[，。；：、]))(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])）")


@lru_cache(maxsize=1)
def _sought() -> tuple[Phrase, ...]:
    return phrases(data("phrases_form.toml")["wording"], Severity.NOTICE)


def check(book: Book) -> Iterator[Check]:
    """Checks of each text's wording and of each paragraph's pairs of quotation marks and brackets."""
    everything = list(texts(book))
    yield from look(CODE, everything, _sought(), before=14, after=8)
    tabular = {p for t in book.tables if t.form == "performance" for p in t.pages if _paged(book)}
    yield from _doubled_words([t for t in everything if t.kind == "cell" or t.place.page not in tabular])
    yield from mixed_brackets(CODE, everything)
    yield from half_width(CODE, everything)
    yield from missing_stops(CODE, everything)
    yield from repeated(CODE, [t for t in everything if t.place.page not in tabular])
    yield from _doubled_stops(everything)
    yield from _cut_comparisons(everything)
    yield from _pairs([t for t in everything if t.place.page not in tabular])


def _paged(book: Book) -> bool:
    """Whether its pages part the tables from the text."""
    return book.document is not None and len(book.document.pages) > 1


def _doubled_words(everything: list[Text]) -> Iterator[Check]:
    """A word printed twice in a row, known for a word by the other places where the document has it once."""
    hits = [(text, found) for text in everything for found in _DOUBLED.finditer(text.text)]
    if not hits:
        return
    words = data("phrases_form.toml")["doubled"]
    other, right = re.compile(words["other"]), re.compile(words["right"])
    whole = "\n".join(text.text for text in everything)
    for text, found in hits:
        begin, end = max(0, found.start() - 2), found.end() + 4
        if other.search(found.group()) or right.search(text.text[begin:end]) or not _word(found, text, whole):
            continue
        yield statement(
            CODE,
            Verdict.FAILED,
            text.place_at(found.start()),
            clause(text.text, found.start(), found.end(), before=8, after=8),
            _("字词重复：“{word}”连着印了两遍").format(word=found.group("word")),
            severity=Severity.NOTICE,
            reported=found.group(),
        )


def _word(found: re.Match[str], text: Text, whole: str) -> bool:
    """Whether doubled characters are a word: they stand alone elsewhere, and not only behind the character before them."""
    word = found.group("word")
    if len(word) >= LONG_WORD and text.kind == "sentence":
        return True
    alone = whole.count(word) - 2 * whole.count(found.group())
    if found.start():
        alone -= whole.count(text.text[found.start() - 1] + word) - whole.count(
            text.text[found.start() - 1] + found.group()
        )
    return alone >= MIN_WORD


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
