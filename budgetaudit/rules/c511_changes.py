"""C511 增减额之和：总数的增减额应等于各分项增减额之和

为什么：“三公”经费比上年减少 X 万元，其中各项分别减少 A、B、C 万元；改了一项的增减额没有改总的，就加不起来。

怎么查：各分项相加等于总数（逐条或列示），而总数和每一个分项都写明了比上年增加、减少或持平的，比较增减额之和；“增加 X 万元，主要是基本支出
减少 A 万元、项目支出增加 B 万元”也这样比较。“三公”经费、基本支出与
项目支出这类分项齐全的，不等即为错误；其他的，差额恰好是其中某个数写错、颠倒、多写或漏写一位数字的，警示。

限度：有一项没有写增减的不查；上年的分项可能与今年不同。

依据：总数等于分项之和，上年也是如此。

正确：
第三部分 部门预算情况说明
一、“三公”经费预算情况说明
2030年“三公”经费预算20.57万元，比2029年减少3.30万元。其中：因公出国（境）费5.00万元，与上年持平；公务用车购置及运行费12.57万元，比2029年减少3.00万元；公务接待费3.00万元，比2029年减少0.30万元。

错误：
第三部分 部门预算情况说明
一、“三公”经费预算情况说明
2030年“三公”经费预算20.57万元，比2029年减少3.30万元。其中：因公出国（境）费5.00万元，与上年持平；公务用车购置及运行费12.57万元，比2029年减少5.00万元；公务接待费3.00万元，比2029年减少0.30万元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, takewhile

from budgetaudit.amount import in_unit
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.narrative.claims import Claim, between, pattern, plain, words
from budgetaudit.rules.base import ZERO, compare
from budgetaudit.rules.outline import closed, complete, details, label, listings, outline, slip_of

CODE, CATEGORY, SEVERITY = "C511", "narrative-arithmetic", "error"
BASIS = "总数等于分项之和，上年也是如此"
MAX_GAP, MAX_SAME, MAX_INSIDE, MIN_PARTS = 60, 30, 8, 2
_APART = re.compile(
    r"^[,，;；:：]?(?:增长|下降|降低|减少)?[\d.%]{0,8}[,，;；:：]?(?:主要(?:原因)?[是为]|其中[:：,，]?|包括)[^，。；]{2,16}$"
)
_DIRECTION = re.compile(rf"(?:{'|'.join((*words('direction', 'up'), *words('direction', 'down')))})+(?:了|约)?$")
_SAME = re.compile(r"^[^。；]{0,16}(?:持平|一致|相同|无增减|没有变化)")


@dataclass(frozen=True, slots=True)
class Change:
    """What a figure says of last year: the figure of its change, None for no change."""

    claim: Claim | None

    @property
    def value(self) -> Decimal:
        """Signed, in yuan."""
        return self.claim.amount.value * self.claim.direction if self.claim is not None else ZERO

    @property
    def half(self) -> Decimal:
        """Half a unit of its last printed digit."""
        return self.claim.amount.half if self.claim is not None and self.claim.amount.value else ZERO


def check(book: Book) -> Iterator[Check]:
    """Changes of every total whose parts add up to it."""
    changes = _changes(book)
    seen: set[tuple[int, int]] = set()
    for whole, parts, names in _compositions(book):
        key = (id(whole), id(parts[0]))
        own = changes.get(id(whole))
        found = [changes.get(id(part)) for part in parts]
        if key in seen or own is None or own.claim is None:
            continue
        seen.add(key)
        told = [change for change in found if change is not None]
        if len(told) == len(parts) and any(change.claim for change in told):
            yield from _sum(own.claim, told, full=closed(label(whole.quote), names))
    for total, changed in _listed(book):
        full = closed("", [_named(part) for part in changed])
        for check in _sum(total, [Change(part) for part in changed], full=full):
            yield replace(check, severity=Severity.WARNING) if check.verdict is Verdict.FAILED else check


def _listed(book: Book) -> Iterator[tuple[Claim, list[Claim]]]:
    """Changes that a sentence goes on to take apart (增加 X，主要是基本支出减少 A，项目支出增加 B)."""
    for _sentence, group in groupby([c for c in book.claims if not c.percent], key=lambda c: id(c.sentence)):
        claims = list(group)
        for index, whole in enumerate(claims):
            parts = list(takewhile(lambda c: c.role == "change", claims[index + 1 :]))
            if whole.role != "change" or len(parts) < MIN_PARTS or not whole.amount.value:
                continue
            if _APART.match(plain(whole.sentence.text[whole.end : parts[0].start])):
                yield whole, parts
                break


def _named(part: Claim) -> str:
    """What a change speaks of: the words before its direction."""
    said = re.split("[，,；;、：:]|[是为]", part.lead)[-1]
    return _DIRECTION.sub("", said)


def _compositions(book: Book) -> Iterator[tuple[Claim, list[Claim], list[str]]]:
    """Totals with the parts that add up to them, and the names of the parts."""
    for listing in listings(book, ("value",)):
        parts = complete(listing)
        if parts:
            yield listing.whole, parts, [label(part.quote) for part in parts]
    for detail in details(book.once(outline)):
        first = [item.first("value") for item in detail.items]
        parts = [claim for claim in first if claim is not None]
        if detail.above is None or len(parts) < 2 or len(parts) != len(first):
            continue
        for whole in detail.above.claims:
            if whole.role == "value" and whole.amount.value:
                sums = compare(CODE, "sum", whole.operand(), [part.operand() for part in parts])
                if sums.verdict is not Verdict.FAILED:
                    yield whole, parts, [item.label for item in detail.items]
                    break


def _changes(book: Book) -> dict[int, Change]:
    """The change that the text gives right after a figure, before the next one."""
    found: dict[int, Change] = {}
    claims = [c for c in book.claims if not c.percent]
    for index, value in enumerate(claims[:-1]):
        if value.role != "value":
            continue
        after = _outside(book, value, claims[index + 1 :])
        same = after.sentence.paragraph == value.sentence.paragraph
        gap = between(value, after, book.narrative) if same else value.sentence.text[value.end :]
        gap = re.sub(r"^\(.*\)", "", gap)
        if _SAME.match(gap[:MAX_SAME]):
            found[id(value)] = Change(None)
        elif same and after.role == "change" and len(gap) <= MAX_GAP and pattern("comparison", "with").search(gap):
            found[id(value)] = Change(after)
    if claims and claims[-1].role == "value" and _SAME.match(claims[-1].sentence.text[claims[-1].end :][:MAX_SAME]):
        found[id(claims[-1])] = Change(None)
    return found


def _outside(book: Book, value: Claim, following: Sequence[Claim]) -> Claim:
    """The next figure after the brackets that detail a value."""
    for after in following[:MAX_INSIDE]:
        if after.sentence.paragraph != value.sentence.paragraph:
            break
        text = between(value, after, book.narrative)
        if not text.startswith("(") or text.count("(") <= text.count(")"):
            return after
    return following[0]


def _sum(whole: Claim, parts: Sequence[Change], *, full: bool) -> Iterator[Check]:
    told = [part.claim for part in parts if part.claim is not None]
    signs = [1 if claim.direction == whole.direction else -1 for claim in told]
    operands = [replace(claim.operand(), sign=sign) for claim, sign in zip(told, signs, strict=True)]
    check = compare(CODE, "sum", whole.operand(), operands)
    if check.verdict is not Verdict.FAILED:
        yield replace(check, quote=whole.quote)
        return
    gap = check.difference
    pairs = [(whole, -1), *zip(told, signs, strict=True)]
    slipped = any(slip_of(claim, claim.amount.value + sign * gap, check.slack) for claim, sign in pairs)
    if not full and not slipped:
        return
    message = _("总数写{word} {whole}，各分项增减相加为 {total}").format(
        word=_("增加") if whole.direction > 0 else _("减少"),
        whole=whole.amount.text,
        total=in_unit(check.expected, whole.amount.unit, max(whole.places, 2)),
    )
    yield replace(
        check, quote=whole.quote, message=message, severity=None if full else Severity.WARNING, confidence=0.9
    )
