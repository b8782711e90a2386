"""C513 增减说明：说明的应是本项，并与数字相符

为什么：从上一项或往年照抄过来的说明，常与本项的数字对不上：写“上年无此项支出”，增加额却不等于本年数；写“变化 0 万元”，又说上年没有决算数；
几项的说明是同一个句式，其中一项写的是另一项的名称。

怎么查：一、写明上年没有（无上年决算数、未列入年初预算、上年预算数为 0），而增加额与本年数不等，即上年还有数的，警示；增减为 0 而本年有数的，
即为错误。二、说明本年无此项而本年有数的，警示。三、连续编号的各项，多数在说明里写自己的名称，有一项写的是另一项的名称而没有写自己的，即为错误；各项科目的“用于”“原因是”多数以自己的名称开头的，也是。

限度：只说其中一部分没有（上年未安排设备购置）的不查；“2028年未安排”之类所说不是上年的不查。

依据：增加额 = 本年数 - 上年数；说明应与所说明的数字一致。

正确：
示例局2030年部门预算
第三部分 部门预算情况说明
一、“三公”经费情况说明
因公出国（境）费13.20万元，比2029年预算增加13.20万元，主要是上年按实际需要调剂使用，故未列入年初预算。

错误：
示例局2030年部门预算
第三部分 部门预算情况说明
一、“三公”经费情况说明
因公出国（境）费13.20万元，比2029年预算增加11.60万元，主要是上年按实际需要调剂使用，故未列入年初预算。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from budgetaudit.amount import in_unit
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.narrative.claims import Claim, between, pattern, plain, words
from budgetaudit.rules.base import ZERO
from budgetaudit.rules.outline import Item, details, outline
from budgetaudit.rules.prose import derived, reach
from budgetaudit.rules.selfnamed import misnamed
from budgetaudit.rules.statement import statement
from budgetaudit.vocabulary import squash, strip_numbering

CODE, CATEGORY, SEVERITY = "C513", "narrative-narrative", "error"
BASIS = "增加额 = 本年数 - 上年数"
MAX_GAP, MAX_REASON = 45, 160
_EDGES = re.compile(r"^[，,。；;()（）是为因:：]+|[，,。；;()（）是为因:：]+$")
_STOP = re.compile(r"(?=[，,。；;)）]|$)").pattern
_BECAUSE = re.compile("(?:是|为|因|由于|[:：])").pattern
MIN_NAMES, MIN_ITEMS = 4, 4
"""Characters of an item's name, and items that name themselves, from which a pattern shows."""


def check(book: Book) -> Iterator[Check]:
    """Explanations of changes against the changes, and of numbered items against their own names."""
    yield from _absences(book)
    for detail in details(book.once(outline)):
        yield from _names(detail.items)
    for found in misnamed(book):
        message = _("这一项是“{name}”，这里写的却是“{other}”；其他各项都写自己的名称")
        yield statement(
            CODE,
            Verdict.FAILED,
            found.place,
            found.quote,
            message.format(name=found.own, other=found.other),
            reported=found.other,
            expected_text=found.own,
            confidence=0.85,
        )


def _absences(book: Book) -> Iterator[Check]:
    last, now = _absent(book.profile.year)
    claims = [c for c in book.claims if not c.percent]
    for index, value in enumerate(claims):
        if value.role not in ("value", "outturn") or not value.amount.value:
            continue
        change = _change(book, value, claims[index + 1 : index + 2])
        after = _reason(book, change or value, claims[index + (2 if change is not None else 1) :])
        if change is not None and change.direction > 0 and (said := last.search(after)):
            yield _against(value, change, _EDGES.sub("", said.group()))
        elif said := now.search(after):
            yield _nothing(value, _EDGES.sub("", said.group()))


def _change(book: Book, value: Claim, following: Sequence[Claim]) -> Claim | None:
    """The change that the text gives right after a figure."""
    for change in following:
        if change.role == "change" and value.sentence.paragraph == change.sentence.paragraph:
            gap = between(value, change, book.narrative)
            if len(gap) <= MAX_GAP and "其中" not in gap and pattern("comparison", "with").search(gap):
                return change
    return None


def _against(value: Claim, change: Claim, said: str) -> Check:
    """Nothing last year: then the increase is all of the amount."""
    left = value.amount.value - change.amount.value
    good = abs(left) <= value.amount.half + change.amount.half
    message = _("说明称“{said}”，而本年 {value}、增加 {change}，上年还有 {left}").format(
        said=said, value=value.amount.text, change=change.amount.text, left=in_unit(left, value.amount.unit, 2)
    )
    return derived(
        CODE,
        change,
        [value.operand()],
        value.amount.value,
        good=good,
        message="" if good else message,
        quote=_with_reason(value, change, said),
        severity=None if change.amount.value == ZERO else Severity.WARNING,
        confidence=0.85,
    )


def _with_reason(value: Claim, change: Claim, said: str) -> str:
    """The text from a figure to its explanation, or to its change where that stands in another sentence."""
    quote, text = reach(value, change), change.sentence.text
    at = plain(text).find(said, change.end)
    return quote + text[change.end : at + len(said)] if at > 0 else quote


def _nothing(value: Claim, said: str) -> Check:
    """The explanation denies what the item prints."""
    return derived(
        CODE,
        value,
        [],
        ZERO,
        good=False,
        message=_("说明称“{said}”，而本年有 {value}").format(said=said, value=value.amount.text),
        severity=Severity.WARNING,
        confidence=0.85,
    )


def _reason(book: Book, change: Claim, following: Sequence[Claim]) -> str:
    """The text after a change up to the next amount of its paragraph that is not zero."""
    paragraph = change.sentence.paragraph
    end = next((c for c in following if c.amount.value or c.role == "change"), None)
    if end is not None and end.sentence.paragraph == paragraph:
        text = between(change, end, book.narrative)
        before, stop, _rest = text.rpartition("。")  # the clause after the last stop is the next amount's
        return before + stop or text
    text, inside = change.sentence.text[change.end :], False
    for sentence in book.narrative.sentences:
        if inside and sentence.paragraph == paragraph:
            text += sentence.text
        inside = inside or sentence is change.sentence
        if len(text) > MAX_REASON or sentence.paragraph > paragraph:
            break
    return plain(text)[:MAX_REASON]


@lru_cache(maxsize=16)
def _absent(year: int | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says that the item itself had nothing last year, and that it has nothing this year."""
    none, money, this, last, now = (
        "(?:" + "|".join(words("absence", key)) + ")" for key in ("none", "money", "this", "last", "current")
    )
    if year is not None:
        last = re.compile(f"(?:{last}|{year - 1}年度?)").pattern
        now = re.compile(f"(?:{now}|{year}年度?)").pattern
    return (
        re.compile(
            rf"{none}{last}(?!结转)(?:年初)?{money}{_STOP}"
            rf"|{_BECAUSE}{last}(?:年初)?{none}{this}{money}?{_STOP}"
            rf"|故{none}{last}?年初预算{_STOP}"
            rf"|{last}(?:年初)?(?:预算|决算)数?为0(?:\.0+)?(?:万?元)?{_STOP}"
        ),
        re.compile(rf"{_BECAUSE}(?:[本我][^，。；]{{1,3}})?{now}?{none}{this}{money}?{_STOP}"),
    )


def _names(items: Sequence[Item]) -> Iterator[Check]:
    """Numbered items whose explanations name them: one that names its neighbour instead."""
    names = [_name(item) for item in items]
    if len(items) < MIN_ITEMS or len(set(names)) < len(names) or any(len(name) < MIN_NAMES for name in names):
        return
    told = [_named(item, names) for item in items]
    own = [name in said for name, said in zip(names, told, strict=True)]
    if sum(own) < MIN_ITEMS - 1 or sum(own) < len(items) - 2:
        return
    for item, name, said, good in zip(items, names, told, own, strict=True):
        if not good and len(said) == 1:
            (other,) = said
            yield _foreign(item, name, other)


def _name(item: Item) -> str:
    """What an item calls itself: its words up to its first amount."""
    first = item.claims[0] if item.claims else None
    if first is None or first.sentence.text != item.text:
        return ""
    return strip_numbering(squash(re.split(r"[，。；：,;:]", item.text[: first.start])[0]))


def _named(item: Item, names: Sequence[str]) -> set[str]:
    """The names of the items that an item's explanation holds; of nested names the longest."""
    rest = squash(item.text[item.claims[0].end :])
    found = [name for name in names if name in rest]
    return {name for name in found if not any(name != other and name in other for other in found)}


def _foreign(item: Item, name: str, other: str) -> Check:
    rest = item.text[item.claims[0].end :]
    at = max(squash(rest).find(other), 0)
    return statement(
        CODE,
        Verdict.FAILED,
        item.claims[0].place,
        rest[max(at - 20, 0) : at + len(other) + 20],
        _("这一项是“{name}”，说明写的却是“{other}”；其他各项都写自己的名称").format(name=name, other=other),
        reported=other,
        expected_text=name,
        confidence=0.85,
    )
