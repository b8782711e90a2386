"""C506 大小与增减：“决算数大于预算数”等用语应与数字一致

为什么：改了数字没有改用语，或照抄上一条的句子，常写出“决算数大于预算数”而数字相反的话。

怎么查：同一段中先写出的预算数与决算数，与随后“决算数大于（小于、等于）预算数”一语比较。写有全年预算的，与全年预算比。
一句里“减少3万元，增长2%”方向相反的；“财政拨款支出减少的主要原因”之前同一节写出的变动都是增加的（或相反），也报告。

限度：“基本持平”不查；数字没有写出的不查；前面的变动有增有减，或说的是另一个事项的，不查。

依据：同一段话中的数字与用语应一致。

正确：
第三部分 部门决算情况说明
一、支出决算情况说明
年初预算为20.00万元，支出决算为19.00万元。决算数小于预算数的主要原因是厉行节约。

错误：
第三部分 部门决算情况说明
一、支出决算情况说明
年初预算为20.00万元，支出决算为19.00万元。决算数大于预算数的主要原因是厉行节约。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from budgetaudit.facts import Book
from budgetaudit.lang import N_, _
from budgetaudit.model import Amount, Check, Operand, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import Claim
from budgetaudit.vocabulary import aspects, squash

CODE, CATEGORY, SEVERITY = "C506", "direction-word", "error"
BASIS = "同一段话中的数字与用语应一致"
_WORDS = re.compile(r"决算数?(?:支出)?(大于|小于|等于|高于|低于)(年初|全年)?预算数?")
_SIGN = {"大于": 1, "高于": 1, "小于": -1, "低于": -1, "等于": 0}
_RATE_WORD = re.compile(
    r"[，,、（(]?(?:同比|比上年|比重|幅度为?)?(?:增长|增加|上升|提高|下降|减少|降低)(?:了|约|率?为)?"
)
_REASON = re.compile(r"([^，。；：:]{0,24}?)(增加|增长|上升|减少|下降|降低)的?(?:主要)?原因")
_CHANGE = {"增加": 1, "增长": 1, "上升": 1, "减少": -1, "下降": -1, "降低": -1}
REACH = 4
"""Sentences between a change and the words that explain it, at most."""
_NAME = {1: N_("大于"), -1: N_("小于"), 0: N_("等于")}


def check(book: Book) -> Iterator[Check]:
    """Words of comparison against the figures before them."""
    claims: dict[int, list[Claim]] = {}
    for claim in book.claims:
        claims.setdefault(claim.sentence.paragraph, []).append(claim)
    for paragraph, sentences in groupby(book.narrative.sentences, key=lambda s: s.paragraph):
        if paragraph in claims:
            yield from _paragraph(list(sentences), claims[paragraph])
            yield from _contradictions(claims[paragraph])
    yield from _reasons(book)


def _reasons(book: Book) -> Iterator[Check]:
    """“支出减少的主要原因” against the changes that the same section has stated before it."""
    order = {id(sentence): index for index, sentence in enumerate(book.narrative.sentences)}
    changes = [
        (order[id(claim.sentence)], claim)
        for claim in book.claims
        if claim.role == "change" and claim.direction and claim.amount.value and id(claim.sentence) in order
    ]
    for index, sentence in enumerate(book.narrative.sentences):
        for match in _REASON.finditer(sentence.text):
            before = [
                claim
                for at, claim in changes
                if index - REACH <= at <= index
                and (at < index or claim.start < match.start())
                and claim.sentence.section == sentence.section
            ]
            own = [claim for claim in before if claim.sentence.paragraph == sentence.paragraph] or before
            item = aspects(squash(match.group(1))).get("item")
            if not own or any(_item(claim) != item for claim in own):
                continue
            sign = _CHANGE[match.group(2)]
            good = sign in {claim.direction for claim in own}
            last = own[-1]
            yield Check(
                rule=CODE,
                kind="statement",
                verdict=Verdict.HELD if good else Verdict.FAILED,
                target=Operand(
                    match.group(), Amount(match.group(2), last.amount.value), sentence.place_at(match.start())
                ),
                operands=(last.operand(),),
                expected=last.amount.value,
                quote=match.group(),
                message=""
                if good
                else _("这里说“{word}的原因”，前面写的却是{other} {amount}").format(
                    word=match.group(2), other=_("增加") if last.direction > 0 else _("减少"), amount=last.amount.text
                ),
                confidence=0.9,
            )


def _item(claim: Claim) -> str | None:
    """The item that a change speaks of, where its sentence names one before it."""
    return aspects(squash(claim.sentence.text[: claim.start])).get("item")


def _contradictions(claims: list[Claim]) -> Iterator[Check]:
    """A change and the rate that follows it directly go the same way (减少 3 万元，下降 2%)."""
    for change, growth in pairwise(claims):
        text = change.sentence.text
        between = text[change.end : growth.start] if change.sentence is growth.sentence else ""
        if change.role != "change" or growth.role != "growth" or not growth.percent or not change.amount.value:
            continue
        word = _RATE_WORD.fullmatch(between)
        if word is None or not change.direction or not growth.direction:
            continue
        good = change.direction == growth.direction
        quote = text[max(change.start - 8, 0) : growth.end].lstrip("，。；：、,;")
        yield Check(
            rule=CODE,
            kind="statement",
            verdict=Verdict.HELD if good else Verdict.FAILED,
            target=Operand(quote, Amount(change.amount.text, change.amount.value), change.place),
            operands=(growth.operand(),),
            expected=change.amount.value,
            quote=quote,
            message="" if good else _("同一句里增减方向相反：{quote}").format(quote=quote),
            confidence=0.95,
        )


def _paragraph(sentences: list[Sentence], claims: list[Claim]) -> Iterator[Check]:
    order = {id(sentence): index for index, sentence in enumerate(sentences)}
    for index, sentence in enumerate(sentences):
        for match in _WORDS.finditer(sentence.text):
            before = [c for c in claims if (order.get(id(c.sentence), -1), c.start) < (index, match.start())]
            finals = [c for c in before if c.role == "outturn"]
            if len(finals) != 1:
                continue  # several figures: the words may speak of their total
            budgets = [c for c in before if c.role in ("initial-budget", "full-budget")]
            wanted = {"年初": "initial-budget", "全年": "full-budget"}.get(match.group(2) or "")
            chosen = [c for c in budgets if c.role == wanted] if wanted else budgets
            signs = {_compare(finals[0], c) for c in chosen}
            if not chosen or len(chosen) > 2 or (len(signs) > 1 and not wanted and _SIGN[match.group(1)] not in signs):
                continue
            sign = _compare(finals[0], chosen[-1])
            good = _SIGN[match.group(1)] in signs
            word = match.group(1)
            message = _("文中写决算数{word}预算数，而决算 {final}，预算 {budget}，应为{right}").format(
                word=_(word), final=finals[0].amount.text, budget=chosen[-1].amount.text, right=_(_NAME[sign])
            )
            yield Check(
                rule=CODE,
                kind="statement",
                verdict=Verdict.HELD if good else Verdict.FAILED,
                target=Operand(match.group(), Amount(word, finals[0].amount.value), sentence.place_at(match.start())),
                operands=(chosen[-1].operand(), finals[0].operand()),
                expected=chosen[-1].amount.value,
                quote=match.group(),
                message="" if good else message,
                expected_text=_NAME[sign],
                confidence=0.95,
            )


def _compare(final: Claim, budget: Claim) -> int:
    a, b = final.amount.value, budget.amount.value
    return (a > b) - (a < b)
