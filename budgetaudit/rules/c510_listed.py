"""C510 列示：总数应等于随后列出的各项之和

为什么：“预算 X 万元，包括人员经费 A 万元、公用经费 B 万元、项目支出 C 万元”，改了一项没有改总数（或相反），就加不起来。

怎么查：一个金额之后以“包括”“其中”“分别为”“用于”等引出的各项金额，依次相加；列在前面、以“共计”“合计”收尾的也是。恰好等于总数的记为已查，只差四舍五入尾差的提示；
相加不等，而差额恰好是其中某个数写错、颠倒、多写或漏写一位数字的，警示。写明“由……和……组成”的，不等即为错误。

限度：列出的可能只是主要内容，与总数不等又看不出是哪一个数写错的不查；整数的差额可能是没有列出的一项，写明“包括”而没有“主要”的才查。

依据：总数等于分项之和。

正确：
第三部分 部门预算情况说明
一、支出预算情况说明
示例局预算200.57万元，包括人员经费120.34万元、公用经费30.11万元、项目支出50.12万元。

错误：
第三部分 部门预算情况说明
一、支出预算情况说明
示例局预算200.57万元，包括人员经费120.34万元、公用经费30.11万元、项目支出55.12万元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from budgetaudit.amount import in_unit
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.narrative.claims import Claim, plain
from budgetaudit.rules.base import ZERO, compare
from budgetaudit.rules.outline import closed, complete, label, level_with, listings, slipped

CODE, CATEGORY, SEVERITY = "C510", "narrative-arithmetic", "warning"
BASIS = "总数等于分项之和"
ROLES = ("value", "outturn", "initial-budget")
_FULL = re.compile(r"(?<!主要)包括|分别|组成")
_MADE_OF, _MADE_UP = re.compile("[，,]?由[^由，。；]*$"), re.compile("^(?:等?[两二三四五]?部分)?(?:共同)?[组构]成")
_TOTAL = re.compile("^[，,、；;]?(?:以上|两项|各项|三项)?(?:共计|合计|总计|共需|共)(?:安排|支出|需|为)*$")
_OPEN_END = re.compile(r"^[^。；]{0,8}等")


def check(book: Book) -> Iterator[Check]:
    """Figures and the listings after them."""
    for listing in listings(book, ROLES):
        parts = complete(listing)
        if parts:
            check = compare(CODE, "sum", listing.whole.operand(), [c.operand() for c in parts])
            yield replace(check, quote=listing.whole.quote)
        elif listing.introduced:
            yield from _off(listing.whole, listing.following)
    yield from _summed_up(book)


def _summed_up(book: Book) -> Iterator[Check]:
    """Totals at the end of their listing (电费9万元，水费1万元，共计10万元)."""
    for _sentence, group in groupby([c for c in book.claims if not c.percent], key=lambda c: id(c.sentence)):
        claims = list(group)
        for index, whole in enumerate(claims):
            parts = [c for c in claims[:index] if c.role == whole.role]
            if whole.role not in ROLES or len(parts) < 2 or not _TOTAL.search(plain(whole.lead)):
                continue
            runs = [parts[start:] for start in range(len(parts) - 1)]
            checks = [compare(CODE, "sum", whole.operand(), [c.operand() for c in run]) for run in runs]
            good = next((check for check in checks if check.verdict is not Verdict.FAILED), None)
            if good is not None:
                yield replace(good, quote=whole.quote)
            elif slipped(whole, parts):
                yield _slip(whole, checks[0])


def _slip(whole: Claim, check: Check) -> Check:
    message = _("写 {whole}，前面列出的各项相加为 {total}；差额像是其中一个数写错了一位").format(
        whole=whole.amount.text, total=in_unit(check.expected, whole.amount.unit, 2)
    )
    return replace(check, quote=whole.quote, message=message, confidence=0.75)


def _off(whole: Claim, following: Sequence[Claim]) -> Iterator[Check]:
    """A listing that misses its total by a slip in one figure: to the end of the sentence, or of the paragraph."""
    for parts in _extents(whole, following):
        gap = whole.amount.value - sum((c.amount.value for c in parts), ZERO)
        composed = len(parts) > 1 and _composed(whole, parts)
        slip = len(parts) > 1 and slipped(whole, parts) and (_odd(gap, whole) or _full(whole, parts))
        check = compare(CODE, "sum", whole.operand(), [c.operand() for c in parts])
        if check.verdict is not Verdict.FAILED or not (slip or composed):
            continue
        message = _("写 {whole}，随后列出的各项相加为 {total}").format(
            whole=whole.amount.text, total=in_unit(check.expected, whole.amount.unit, 2)
        )
        message += _("；差额像是其中一个数写错了一位") if slip else ""
        severity = Severity.ERROR if composed else None
        yield replace(
            check, quote=whole.quote, message=message, severity=severity, confidence=0.9 if composed else 0.75
        )
        return


def _composed(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the text says that the parts make up the whole (由……和……组成), so that nothing can be left out."""
    if any(part.sentence is not whole.sentence for part in parts):
        return False
    text = plain(whole.sentence.text)
    return bool(_MADE_OF.search(text[whole.end : parts[0].start]) and _MADE_UP.match(text[parts[-1].end :]))


def _extents(whole: Claim, following: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The figures of the listing on its own level, up to the full stop and up to the end of the paragraph."""
    every = level_with(whole, following)
    runs_on = whole.sentence.text.endswith(("；", ";"))
    stopped = [part for part in every if part.sentence is whole.sentence or runs_on]
    yield stopped
    if len(every) > len(stopped):
        yield every


def _odd(gap: Decimal, whole: Claim) -> bool:
    """Whether a gap is no round amount, as an item left out often is."""
    return gap % whole.amount.unit != 0


def _full(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the listing says that it is complete, or its names make it so."""
    said = plain(whole.sentence.text[whole.end : parts[0].start]) if parts[0].sentence is whole.sentence else ""
    if _OPEN_END.match(plain(parts[-1].sentence.text[parts[-1].end :])):
        return False
    return bool(_FULL.search(said)) or closed(label(whole.quote), [label(c.quote) for c in parts])
