"""F612 序号：标题、条目和“一是……二是……”应连续、不重复

为什么：删改条目后序号没有跟着改，读者会以为漏了一条；层次用错（“三、”应为“（三）”）则整篇结构看错。

怎么查：文中“一、”“（一）”两种序号在同一层次内应依次加一；同一段里的“一是、二是、三是”也是，中途不应改成“三要”，也不应只有
“一是”没有“二是”；各表的编号（公开03表、表三）也应依次加一，写法一致。都只是提示。

限度：阿拉伯数字的条目常常一层套一层，不查；不从一开始的不查。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：形式规范

正确：
青山县档案局2026年部门预算
一、部门职责
（一）收集档案
（二）整理档案
二、机构设置
做好工作，一是收集，二是整理，三是利用。

错误：
青山县档案局2026年部门预算
一、部门职责
（一）收集档案
（二）整理档案
（二）修复档案
二、机构设置
做好工作，一是收集，二是整理，三要利用。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Cell, Check, Line, Place, Verdict
from budgetaudit.rules.statement import Text, bare, clause, data, statement, texts
from budgetaudit.rules.table_numbers import table_numbers
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "F612", "template-residue", "notice"
BASIS = "财预〔2016〕143号：形式规范"
_NUMERAL = "一二三四五六七八九十"
_LEVELS = (
    re.compile(r"^第(?P<number>[一二三四五六七八九十]{1,3})(?:部分|章)"),
    re.compile(r"^(?P<number>[一二三四五六七八九十]{1,3})[、.．]"),
    re.compile(r"^[（(](?P<number>[一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"^(?P<number>\d{1,2})(?:[、．]|\.(?!\d))"),
    re.compile(r"^[（(](?P<number>\d{1,2})[)）]"),
)
_CHECKED = (1, 2)
AFTER = 3
"""Paragraphs in which a series may go on."""


@dataclass(frozen=True, slots=True)
class _Item:
    level: int
    number: int
    mark: str
    text: str
    place: Place


def check(book: Book) -> Iterator[Check]:
    """Checks of numbered headings and items, of series within a paragraph, and of the numbers of tables."""
    yield from _outline(book)
    yield from _all_series(book)
    yield from table_numbers(CODE, book, {_numeral(value): value for value in range(1, 100)})


def _value(numeral: str) -> int:
    """The value of 一 to 九十九, or of digits."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    number = _NUMERAL.find(ones) + 1 if ones else 0
    return number if not ten else number + 10 * (_NUMERAL.find(tens) + 1 if tens else 1)


def _items(book: Book) -> list[_Item]:
    """Numbered headings and paragraphs in the order of the pages."""
    starts: list[tuple[Place, str]] = [(h.place, bare(h.text)) for h in book.narrative.headings]
    for _paragraph, group in groupby(book.narrative.sentences, key=lambda sentence: sentence.paragraph):
        first = next(iter(group))
        starts.append((first.place, first.text))
    starts.sort(key=lambda start: _order(start[0]))
    found: list[_Item] = []
    for place, text in starts:
        for level, pattern in enumerate(_LEVELS):
            mark = pattern.match(text)
            if mark:
                found.append(_Item(level, _value(mark.group("number")), mark.group(), text, place))
                break
    return found


def _order(place: Place) -> tuple[int, int, float]:
    return (place.page or 0, place.line or 0, place.bbox[1] if place.bbox is not None else 0.0)


def _outline(book: Book) -> Iterator[Check]:
    """Each list that begins with one: its items count up."""
    lists: dict[int, list[_Item]] = {}
    for item in _items(book):
        deeper = {level: items for level, items in lists.items() if level > item.level}
        lists = {level: items for level, items in lists.items() if level <= item.level}
        items = lists.setdefault(item.level, [])
        if item.number == 1:
            items.clear()
        items.append(item)
        if item.level not in _CHECKED or len(items) < 2 or items[0].number != 1:
            continue
        last = items[-2]
        if item.number == last.number + 1:
            yield statement(CODE, Verdict.HELD, item.place, item.mark)
        elif item.number == last.number:
            below = deeper.get(item.level + 1, [])
            one_deeper = bool(below) and below[-1].number == item.number - 1
            message = (
                _("序号“{mark}”与前面的同级标题重复，按层次应为下一级的第{number}项").format(
                    mark=item.mark, number=item.number
                )
                if one_deeper
                else _("序号“{mark}”与前一项重复").format(mark=item.mark)
            )
            yield _failed(item, message)
            items.pop()
        elif item.number == last.number + 2 and not _printed(book, last, item):
            message = _("序号从“{last}”跳到“{mark}”，中间缺一项").format(last=last.mark, mark=item.mark)
            yield _failed(item, message)


def _printed(book: Book, last: _Item, item: _Item) -> bool:
    """Whether the number between two items stands between them after all, in a text that was not read as an item."""
    if book.document is None:
        return True
    mark = last.mark.replace(_numeral(last.number), _numeral(last.number + 1)).replace("（", "(").replace("）", ")")
    first, final = _order(last.place), _order(item.place)
    for page in book.document.pages:
        if first[0] <= page.number <= final[0] or not final[0]:
            parts: list[Line | Cell] = [*page.lines, *(cell for grid in page.grids for cell in grid.cells)]
            if any(first <= _order(part.place) < final and mark in squash(part.text) for part in parts):
                return True
    return False


def _numeral(value: int) -> str:
    """The Chinese numeral of a value up to 99."""
    tens, ones = divmod(value, 10)
    ten = "" if not tens else "十" if tens == 1 else _NUMERAL[tens - 1] + "十"
    return ten + (_NUMERAL[ones - 1] if ones else "")


def _failed(item: _Item, message: str) -> Check:
    return statement(CODE, Verdict.FAILED, item.place, item.text[:24], message, reported=item.mark)


def _all_series(book: Book) -> Iterator[Check]:
    everything = list(texts(book))
    sentences = (text for text in everything if text.kind == "sentence")
    paragraphs = [list(group) for _number, group in groupby(sentences, key=lambda text: text.paragraph)]
    for number, paragraph in enumerate(paragraphs):
        after = "".join(text.text for following in paragraphs[number + 1 : number + 1 + AFTER] for text in following)
        yield from _series(paragraph, after)
    for text in everything:
        if text.kind == "cell":
            yield from _series([text], None)


def _series(paragraph: Sequence[Text], after: str | None) -> Iterator[Check]:
    """The series of one paragraph; ``after`` is the text that may go on with one, None where that is not known."""
    marks = [(text, found) for text in paragraph for found in _mark().finditer(text.text)]
    begins = [i for i, (_text, found) in enumerate(marks) if _value(found.group("number")) == 1]
    for begin, end in pairwise([*begins, len(marks)] if begins else []):
        yield from _one_series(marks[begin:end], paragraph, after)


def _one_series(
    marks: Sequence[tuple[Text, re.Match[str]]], paragraph: Sequence[Text], after: str | None
) -> Iterator[Check]:
    text, first = marks[0]
    if len(marks) == 1:
        rest = text.text[first.end() :] + "".join(t.text for t in paragraph[paragraph.index(text) + 1 :])
        if after is not None and not re.search(data("numbering.toml")["goes_on"], rest + after):
            yield _broken(text, first, _("只有“{mark}”，没有下一项").format(mark=first.group()))
        return
    for expected, (here, mark) in enumerate(marks[1:], 2):
        number, kind = _value(mark.group("number")), mark.group("kind")
        usual = first.group("kind")
        if number != expected:
            right = f"{_numeral(expected)}{usual}"
            message = _("前一项之后应为“{right}”，这里是“{mark}”").format(right=right, mark=mark.group())
            yield _broken(here, mark, message)
            return
        if kind != usual:
            yield _broken(
                here,
                mark,
                _("前面各项用“{usual}”，这里用“{mark}”").format(usual=first.group(), mark=mark.group()),
            )
            return
    yield statement(CODE, Verdict.HELD, text.place_at(first.start()), first.group())


def _broken(text: Text, mark: re.Match[str], message: str) -> Check:
    quote = clause(text.text, mark.start(), mark.end(), before=0, after=14)
    return statement(CODE, Verdict.FAILED, text.place_at(mark.start()), quote, message, reported=mark.group())


@lru_cache(maxsize=1)
def _mark() -> re.Pattern[str]:
    return re.compile(data("numbering.toml")["series"])
