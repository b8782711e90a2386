"""C503 占比：占比 = 部分 ÷ 总体

为什么：“基本支出 X 万元，占 Y%”可由同一节的总数算出；照抄上年的百分比、张冠李戴、分母用错，占比就对不上。

怎么查：同一节里成组的占比，找出它们的总体，再逐项计算：一、组前写出的数，使多数占比成立，或等于各部分之和；二、各部分之和，占比合计为 100%
的，或只有一项不符的；三项“三公”经费的占比，总体就是三项之和；三、写明“占本年支出合计的”“占‘三公’经费的”而只有一个占比的，用表中或文中的那个总数。
按区间比较，四舍五入和截断都接受；末位不是四舍五入的（为使各项合计 100%，或截断）只提示，全文都截断的不提示。占比若恰好是另一个总数的，一并指出。

限度：说不出总体是哪个数的不查。

依据：同一节中的数字应能互相推出。

正确：
第三部分 部门预算情况说明
一、支出预算情况说明
示例局2030年支出预算200.00万元，其中：基本支出50.00万元，占25.00%；项目支出120.00万元，占60.00%；其他支出30.00万元，占15.00%。

错误：
第三部分 部门预算情况说明
一、支出预算情况说明
示例局2030年支出预算200.00万元，其中：基本支出50.00万元，占25.00%；项目支出120.00万元，占68.00%；其他支出30.00万元，占15.00%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Operand, Relation, Severity
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.prose import derived, last_digit, meets, percent_text, reach, unless_cut
from budgetaudit.rules.relations import HUNDRED
from budgetaudit.rules.statement import data
from budgetaudit.rules.wholes import SUMMED, Share, Whole, nested, others, whole_of

CODE, CATEGORY, SEVERITY = "C503", "narrative-arithmetic", "error"
BASIS = "同一节中的数字应能互相推出"
MAX_GAP = 50
MAX_BEFORE = 6
_BASE = re.compile("上年|去年|年初|预算数|计划|目标|标准")
_OF = re.compile(r"占([^，。；占]{2,40}?)(?:的)?(?:比重|比例|比)?(?:约|为|是)?$")


def check(book: Book) -> Iterator[Check]:
    """Shares of the text, group by group."""
    yield from unless_cut(check for group, before in _groups(book) for check in _group(book, group, before))


def _groups(book: Book) -> Iterator[tuple[list[Share], list[Claim]]]:
    """Amounts that are followed by their shares, one after the other, with the figures before each group."""
    claims = book.claims
    group: list[Share] = []
    before: list[Claim] = []
    recent: list[Claim] = []
    section: tuple[str, ...] | None = None
    for index, claim in enumerate(claims):
        if claim.sentence.section != section:
            if group:
                yield group, before
            group, recent, section = [], [], claim.sentence.section
        if claim.percent and claim.role == "share":
            part = claims[index - 1] if index else None
            if part is None or not _shared(part, claim):
                continue
            named = _OF.search(claim.lead)
            printed = named[1] if named else ""
            of = _meaning(printed)
            if group and of and group[-1].of not in ("", of):
                yield group, before
                group = []
            if not group:
                before = [c for c in recent if c is not part][-MAX_BEFORE:]
            group.append(Share(part, claim, of, of != printed))
        elif not claim.percent and claim.role in ("value", "outturn"):
            follows = index + 1 < len(claims) and claims[index + 1].role == "share"
            if group and not follows:
                yield group, before
                group = []
            recent.append(claim)
    if group:
        yield group, before


@lru_cache(maxsize=1)
def _wholes() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(entry["pattern"]), entry["means"]) for entry in data("phrases.toml")["share"]["named"]]


def _meaning(of: str) -> str:
    """The words that name a whole, or those that say the same where it is named by what it leaves out."""
    return next((means for pattern, means in _wholes() if pattern.search(of)), of)


def _shared(part: Claim, share: Claim) -> bool:
    """Whether a share speaks of the amount before it."""
    return (
        not part.percent
        and part.role in ("value", "outturn")
        and part.sentence is share.sentence
        and share.start - part.end <= MAX_GAP
    )


def _group(book: Book, group: list[Share], before: list[Claim]) -> Iterator[Check]:
    telling = [s for s in group if s.part.amount.value or s.share.amount.value]
    whole = whole_of(book, group, before) if telling else None
    for share in telling:
        if whole is not None:
            inner = nested(telling, share) if not share.fits(whole.operand) else None
            yield from _share(book, share, Whole(inner) if inner is not None else whole)
        elif not share.part.amount.value:
            yield _nothing(share)
        elif share.share.amount.value > HUNDRED and not _BASE.search(share.of):
            yield _beyond(share)


def _share(book: Book, share: Share, whole: Whole) -> Iterator[Check]:
    part, said, total = share.part, share.share, whole.operand
    exact = share.exact(total)
    if exact is None:
        return
    step = said.amount.half * 3  # one unit of the last digit, given so that the shares add up to 100
    good = meets(said, exact) or exact[0] - step <= said.amount.value <= exact[1] + step
    good = good and (said.amount.value <= HUNDRED or part.amount.value > total.amount.value)
    expected = part.amount.value / total.amount.value * 100
    text = percent_text(expected, said.places)
    check = derived(
        CODE,
        said,
        [part.operand(), total],
        expected,
        good=good,
        message="" if good else _words(book, share, whole, text),
        quote=reach(part, said),
        expected_text=text,
        formula=f"{part.amount.text}÷{total.amount.text}",
        relation=Relation.QUOTIENT if whole.printed else None,
        severity=None if whole.sure else Severity.WARNING,
    )
    yield from last_digit(check, said, Relation.QUOTIENT)


def _words(book: Book, share: Share, whole: Whole, right: str) -> str:
    said = _("文中写占 {said}，按 {part}÷{whole}计算为 {right}").format(
        said=share.share.amount.text, part=share.part.amount.text, whole=_total(whole.operand), right=right
    )
    for other in islice(others(book, share, whole), 1):
        said += _("；{said} 是按 {whole}算的").format(said=share.share.amount.text, whole=_total(other))
    return said


def _total(operand: Operand) -> str:
    """A total with where it stands, unless the text has just given it."""
    if operand.ref is None and operand.label != _(SUMMED):
        return f"{operand.amount.text} "
    name = operand.label.replace(_("（无名行）") + "·", "")
    return _("{figure}（{name}）").format(figure=operand.amount.text, name=name)


def _nothing(share: Share) -> Check:
    """A share of nothing: whatever the whole, it is 0 %."""
    return derived(
        CODE,
        share.share,
        [share.part.operand()],
        share.part.amount.value,
        good=False,
        message=_("金额为 {part}，占比却写 {said}").format(part=share.part.amount.text, said=share.share.amount.text),
        quote=reach(share.part, share.share),
        expected_text="0%",
    )


def _beyond(share: Share) -> Check:
    """More than all: whatever the whole, no part of it is more than 100 %."""
    return derived(
        CODE,
        share.share,
        [share.part.operand()],
        HUNDRED,
        good=False,
        message=_("占比写 {said}，部分不会超过总体的 100%").format(said=share.share.amount.text),
        quote=reach(share.part, share.share),
        expected_text=_("不超过 100%"),
    )
