"""N407 数目与清单：写明的个数应与列出的名称相符

为什么：机构调整后改了名单没有改个数（或相反）：“内设机构包括……等21个处室”，而只列出 19 个。

怎么查：“设 N 个内设机构，分别是（包括）甲、乙……”或“有以下机构：甲、乙……等 N 个处室”，数出名称的个数与 N 比较；括号里的内容不计。
“共有车辆 N 辆，其中：……a 辆、……b 辆”“建筑面积 N 平方米（其中……）”一类至少两项的分列，各数相加与 N 比较：多于 N 的为错误，少于 N 的警示。
用顿号列举的名称（至少四项）中同一个名称写了两次的，警示。

限度：只列出少数几个名称的“等 N 个”是举例，不查；“按规定设置”的机构不计；名称比个数多的（机关党委等常不计入）不查。

依据：同一句话前后应一致。

正确：
第一部分 部门概况
一、机构设置
本部门设4个内设机构，分别是办公室、人事处（挂老干部处牌子）、业务处和法规处。

错误：
第一部分 部门概况
一、机构设置
本部门设5个内设机构，分别是办公室、人事处（挂老干部处牌子）、业务处和法规处。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Amount, Check, Operand, Severity, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import plain
from budgetaudit.rules.statement import statement

CODE, CATEGORY, SEVERITY = "N407", "list-mismatch", "warning"
BASIS = "同一句话前后应一致"
_WHAT = r"(?:个)?(?:职能|内设)?(?:内设机构|职能处室|内设处室|内设科室|处室|科室|处\(室\)|机构|部门)"
_BEFORE = re.compile(
    rf"(?:内设处室|内设机构|内设科室|设有?|下设)\D{{0,6}}?(\d{{1,2}})个?{_WHAT}?[，,：:]?(?:分别是|分别为|即|具体为|具体包括|包括)[：:]?([^。；]+)"
)
_AFTER = re.compile(
    rf"(?:以下(?:机构|处室|科室)[：:]?|分别[是为][：:]?|^|[，,。；：:])([^，,。；：:]+?)等(\d{{1,2}})[个家](?:{_WHAT}|[^，。；：、]{{0,4}}单位)"
)
_NUMBER = r"(?<![\d.,])\d{1,3}(?:,?\d{3})*(?:\.\d+)?"
_UNITS = "平方米|平方公里|公里|千米|公顷|亩|辆|台|套|名|人|个|家|所|户|处|间"
_WHOLE = re.compile(rf"({_NUMBER})({_UNITS})(?:[(](?!其中|包括)[^()]*[)])?[，,、；;。]?([(])?(?:其中|包括|分别)")
_PARTS = {unit: re.compile(rf"({_NUMBER}){unit}") for unit in _UNITS.split("|")}
_ASIDE = re.compile(r"其中|包括|含|另有|另外|此外|还有|单价|单位价值|主要|等(?:[，,。；]|$)")
_DULY = re.compile(r"[、，,]?(?:另)?(?:按照?|根据)(?:有关)?规定设(?:置|立)")
"""What is set up by law stands in the list and is not counted."""
_ORDINALS = "一二三四五六七八九十"
_RANGE = re.compile(rf"[^至]*([{_ORDINALS}])[处科室部队]?[至到-][^至]*?([{_ORDINALS}])[处科室部队]?")
MIN_COUNT, MIN_PARTS = 4, 2
_RUN = re.compile(r"[^，。；：:,;]+")
MIN_LISTED = 4
"""Names from which words between ideographic commas are an enumeration."""
_LEADING = re.compile(r"^.*(?:包括|用于|设置|设有|分别是|分别为|有|为|是)")
MAX_GAP = 24
"""Characters between two counts of one listing, at most."""


def check(book: Book) -> Iterator[Check]:
    """Numbers of offices against the names that follow or precede them, and counts against what they are split into."""
    yield from _parts(book)
    for sentence in book.narrative.sentences:
        yield from _twice(sentence)
        for match in _BEFORE.finditer(sentence.text):
            names = _names(match.group(2))
            if not names or re.search(r"等(?:\d+个)?[^，、]{0,6}$", match.group(2)) or "；" in match.group(2):
                continue
            yield from _result(sentence, match.group(), int(match.group(1)), names, match.start(1))
        for match in _AFTER.finditer(sentence.text):
            quote = match.group() + re.split(r"[，。；：]", sentence.text[match.end() :])[0][:8]
            yield from _result(sentence, quote, int(match.group(2)), _names(match.group(1)), match.start(2))


def _twice(sentence: Sentence) -> Iterator[Check]:
    """A list that names the same thing twice: one of the two was to be another, or is left over."""
    text = _blanked(_blanked(sentence.text))
    for listed in _RUN.finditer(text):
        if listed.group().count("、") < MIN_LISTED - 1:
            continue
        met: set[str] = set()
        start = listed.start()
        for item in listed.group().split("、"):
            printed = sentence.text[start : start + len(item)]
            name = printed if met else _LEADING.sub("", printed)
            if len(name) >= 2 and name in met:
                yield statement(
                    CODE,
                    Verdict.FAILED,
                    sentence.place_at(start),
                    sentence.text[max(listed.start(), start - 16) : start + len(item)],
                    _("“{name}”在同一串列举里写了两次").format(name=name),
                    reported=name,
                )
            met.add(name)
            start += len(item) + 1


def _blanked(text: str) -> str:
    """The text with its innermost brackets as dashes."""
    return re.sub(r"[（(][^（()）]*[)）]", lambda found: "-" * len(found.group()), text)


def _parts(book: Book) -> Iterator[Check]:
    """Counts against the counts that they are split into, which may follow in the next sentence."""
    sentences = book.narrative.sentences
    for at, sentence in enumerate(sentences):
        text = plain(sentence.text)
        own = len(text)
        if at + 1 < len(sentences) and sentences[at + 1].paragraph == sentence.paragraph:
            text += plain(sentences[at + 1].text)
        for match in _WHOLE.finditer(text):
            if match.start() < own:
                rest = text[match.end() :].split("。")[0]
                yield from _added(sentence, match, _within(rest) if match.group(3) else rest)


def _within(text: str) -> str:
    """What stands before the bracket that was open at its start is closed."""
    depth = 0
    for at, char in enumerate(text):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return text[:at]
    return text


def _added(sentence: Sentence, whole: re.Match[str], rest: str) -> Iterator[Check]:
    rest = re.sub(r"[(][^()]*[)]", lambda found: "-" * len(found.group()), rest)
    aside = _ASIDE.search(rest)
    parts: list[Decimal] = []
    end = 0
    for found in _PARTS[whole.group(2)].finditer(rest[: aside.start()] if aside else rest):
        if len(rest[end : found.start()].replace("-", "")) > MAX_GAP:
            break
        parts.append(_value(found.group(1)))
        end = found.end()
    count = _value(whole.group(1))
    if len(parts) < MIN_PARTS or not any(parts) or (aside is not None and sum(parts) < count):
        return
    good = count in accumulate(parts)
    quote = sentence.text[max(0, whole.start() - 12) : whole.end() + end]
    yield Check(
        rule=CODE,
        kind="statement",
        verdict=Verdict.HELD if good else Verdict.FAILED,
        target=Operand(_("个数"), Amount(whole.group(1), count), sentence.place_at(whole.start(1))),
        operands=(),
        expected=sum(parts, Decimal(0)),
        quote=quote,
        message=""
        if good
        else _("写明 {stated}，而分列的各数相加是 {listed}（{parts}）").format(
            stated=whole.group(1) + whole.group(2), listed=sum(parts), parts="+".join(map(str, parts))
        ),
        expected_text=f"{sum(parts)}{whole.group(2)}",
        severity=Severity.ERROR if sum(parts) > count else Severity.WARNING,
        confidence=0.85,
    )


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _names(text: str) -> list[str]:
    bare = re.sub(r"[（(][^（()）]*[)）]", "", _DULY.split(text)[0])
    bare = re.sub(r"[（(][^（()）]*[)）]", "", bare)
    parts = [
        part
        for piece in re.split(r"[、，,]", bare)
        for part in re.split(r"(?<=[处室科部局委心队办])[和及](?=[\u4e00-\u9fff]{2,}[处室科部局委心队办]$)", piece)
    ]
    return [name for part in parts if part.strip() for name in _range(part.strip())]


def _range(name: str) -> list[str]:
    """The names of 秘书一处至七处; any other name alone."""
    found = _RANGE.fullmatch(name)
    first, last = (_ORDINALS.find(text) for text in found.groups()) if found else (0, 0)
    return [f"{name}{number}" for number in range(first, last + 1)] if first < last else [name]


def _result(sentence: Sentence, quote: str, count: int, names: list[str], offset: int) -> Iterator[Check]:
    if count < MIN_COUNT or not 2 * len(names) >= count or 3 * abs(len(names) - count) > count:
        return
    if any(len(name) > 24 for name in names):
        return
    if len(names) > count:
        return  # 机关党委, 离退休干部处 and the like are named but often not counted
    good = len(names) == count
    yield Check(
        rule=CODE,
        kind="statement",
        verdict=Verdict.HELD if good else Verdict.FAILED,
        target=Operand(_("个数"), Amount(str(count), Decimal(count)), sentence.place_at(offset)),
        operands=(),
        expected=Decimal(len(names)),
        quote=quote if len(quote) < 60 else quote[:40] if quote.find(str(count)) < 40 else quote[-40:],
        message=""
        if good
        else _("写明 {stated} 个，而列出的名称有 {listed} 个").format(stated=count, listed=len(names)),
        expected_text=f"{len(names)}个",
        confidence=0.75,
    )
