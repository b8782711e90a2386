"""F611 规范用语：科目、经费和名词解释里的固定用语不应差一个字

为什么：“公务用处”“专项材料费”“构建基础设施”“事业事位”，拼音相近或照抄时漏看，读者一眼就能看出没有校对。

怎么查：预算法和各类报表的固定用语、名词解释的通行写法列在 data/terms.toml。文中的词与固定用语只差中间一个字（换字、多字、漏字、
两字颠倒）的，提示应为哪个；列举经济科目时有一项只差一个字（奖金写成资金）的，也提示；另有两份清单：常见的混用（帐与账、截止与截至、其它与其他）和不成词的错字（讼诉、贯砌）。同一个写法一份文件只提示一次。

限度：只差首尾一个字的不查；各地通行的别名（公务招待费、机关运转经费等）不算。都只是提示。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：内容准确、形式规范

正确：
青山县档案局2026年部门预算
公务用车运行维护费预算5.00万元，比上年预算减少1.00万元。
基本支出包括专用材料及一般设备购置费。

错误：
青山县档案局2026年部门预算
公务用车运行维户费预算5.00万元，比上年预算减少1.00万元。
基本支出包括专项材料及一般设备购置费。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Verdict
from budgetaudit.rules.near import near_misses
from budgetaudit.rules.phrases import Whole, also
from budgetaudit.rules.statement import clause, data, statement, texts
from budgetaudit.rules.subjects import DEPARTMENT, codes_named

CODE, CATEGORY, SEVERITY = "F611", "name-mismatch", "notice"
BASIS = "财预〔2016〕143号：内容准确、形式规范"

_RUN = re.compile(r"[^，。；：:,;\n]+")
MIN_KNOWN = 3
"""Economic subjects in an enumeration from which its other items are expected to be some too."""


@dataclass(frozen=True, slots=True)
class _Words:
    loose: frozenset[str]
    terms: tuple[str, ...]
    phrases: tuple[str, ...]
    right: frozenset[str]
    slips: tuple[tuple[re.Pattern[str], str, str], ...]
    misprints: Mapping[str, str]
    any_misprint: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    words = data("terms.toml")
    misprints = dict(pair.split("=") for pair in words["misprints"])
    return _Words(
        loose=frozenset(words["loose"]),
        terms=tuple(words["terms"]),
        phrases=tuple(words["phrases"]),
        right=frozenset([*words["terms"], *words["phrases"], *words["also"]]),
        misprints=misprints,
        any_misprint=re.compile("|".join(map(re.escape, misprints))),
        slips=tuple((re.compile(e["pattern"]), e["right"], e.get("section", "")) for e in words["slip"]),
    )


def check(book: Book) -> Iterator[Check]:
    """One check for each way of writing a term wrongly, and one for each sentence with a term written right."""
    whole = Whole(texts(book, contents=True), widths=True)
    found: dict[tuple[str, str], list[int]] = {}
    taken: set[int] = set()
    for start, printed, right in _found(whole):
        if start not in taken:
            taken.update(range(start, start + len(printed)))
            found.setdefault((printed, right), []).append(start)
    for (printed, right), starts in found.items():
        yield _failed(whole, printed, right, starts)
    for text in whole.parts:
        if text.kind == "sentence" and any(term in text.text for term in _words().terms):
            yield statement(CODE, Verdict.HELD, text.place, text.text[:40])


def _found(whole: Whole) -> Iterator[tuple[int, str, str]]:
    """Start, printed words and right words of each slip; near misses of terms first."""
    words = _words()
    for near in near_misses(whole.text, words.terms, loose=words.loose):
        if near.printed not in words.right:
            yield near.start, near.printed, near.term
    for near in near_misses(whole.text, words.phrases, loose=words.loose, lengths=(0,)):
        if near.printed not in words.right:
            yield near.start, near.printed, near.term
    for misprint in words.any_misprint.finditer(whole.text):
        yield misprint.start(), misprint.group(), words.misprints[misprint.group()]
    for listed in _RUN.finditer(whole.text):
        if listed.group().count("、") < MIN_KNOWN or _known(listed) < MIN_KNOWN:
            continue
        for start, printed in _items(listed):
            if (right := _subject(printed)) and right not in listed.group():
                yield listed.start() + start, printed, right
    for pattern, right, section in words.slips:
        for slip in pattern.finditer(whole.text):
            if not section or any(section in heading for heading in whole.at(slip.start())[0].section):
                yield slip.start(), slip.group(), right


def _items(listed: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Where the items of an enumeration begin, and their words."""
    start = 0
    for item in listed.group().split("、"):
        yield start, item
        start += len(item) + 1


def _known(listed: re.Match[str]) -> int:
    """How many items of an enumeration are economic subjects by their full name."""
    names = codes_named(DEPARTMENT, None)
    return sum(item in names for _, item in _items(listed))


@lru_cache(maxsize=4096)
def _subject(printed: str) -> str:
    """The one economic subject whose name differs from these words by one other character; empty where they are a name."""
    names = codes_named(DEPARTMENT, None)
    if printed in names or not printed.isalpha():
        return ""
    near = [n for n in names if len(n) == len(printed) and sum(a != b for a, b in zip(n, printed, strict=True)) == 1]
    return near[0] if len(near) == 1 else ""


def _failed(whole: Whole, printed: str, right: str, starts: list[int]) -> Check:
    places = whole.places(starts)
    text, offset = whole.at(starts[0])
    return statement(
        CODE,
        Verdict.FAILED,
        places[0],
        clause(text.text, offset, offset + len(printed), before=8, after=8),
        _("“{printed}”似应为“{right}”").format(printed=printed, right=right) + also(places),
        expected_text=right,
        reported=printed,
    )
