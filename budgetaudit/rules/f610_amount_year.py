"""F610 金额的年份：说明本年金额的句子不应写成上一年

为什么：套用上年文本时，“2029年政府采购预算××万元”里的年份忘了改，金额却是本年的。

怎么查：句首写年份、随后直接是本年事项和金额的句子，年份应为本文件的年度；文件里同样写法的句子多数用本年时，用上一年的那句才列出。

限度：与上年比较、说明上年执行或决算情况、同句又写了本年的句子不查。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：公开本年度预算、决算；年份应与文件一致。

正确：
第三部分 2030年部门预算情况说明
一、收入支出预算情况
2030年收入预算120.00万元，收支平衡。
2030年支出预算120.00万元，其中基本支出100.00万元。
2030年政府采购预算20.00万元。
表1 2030年部门收支总表
项目	预算数
一、财政拨款收入	120.00
收入总计	120.00

错误：
第三部分 2030年部门预算情况说明
一、收入支出预算情况
2030年收入预算120.00万元，收支平衡。
2030年支出预算120.00万元，其中基本支出100.00万元。
2029年政府采购预算20.00万元。
表1 2030年部门收支总表
项目	预算数
一、财政拨款收入	120.00
收入总计	120.00
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Amount, Check, Operand, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.rules.base import ZERO

CODE, CATEGORY, SEVERITY = "F610", "year-date", "error"
BASIS = "财预〔2016〕143号《地方预决算公开操作规程》：公开本年度预算、决算"
MINIMUM = 2
"""Sentences of the same make with this year's date that make another date an oversight."""
_STATED = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[、.．])?(?:[^，。；：]{0,12}[。：])?"
    r"(?P<year>(?:19|20)\d\d)\s*年度?(?P<what>[^，。；：\d]{0,24}?(?:预算|决算|收入|支出|经费)[^，。；：\d]{0,8})[\d,.]+\s*(?:万|亿)?元"
)
_OTHER = re.compile(r"上年|执行|比|较|同期|截至|结转|年初|下达|批复")


def check(book: Book) -> Iterator[Check]:
    """Sentences that state an amount of a year, against the document's year."""
    year = book.profile.year
    if year is None:
        return
    stated = [
        (s, m)
        for s in book.narrative.sentences
        if (m := _STATED.match(s.text.replace(" ", ""))) and _of_this_year(s, m, year)
    ]
    current = sum(1 for _, m in stated if int(m.group("year")) == year)
    for sentence, match in stated:
        printed = int(match.group("year"))
        if printed == year:
            yield _check(sentence, match, year, Verdict.HELD)
        elif printed == year - 1 and current >= MINIMUM:
            yield _check(sentence, match, year, Verdict.FAILED)


def _of_this_year(sentence: Sentence, match: re.Match[str], year: int) -> bool:
    """Whether a sentence states something of one year and compares nothing."""
    if _OTHER.search(match.group("what")):
        return False
    rest = sentence.text.replace(" ", "")[match.end() :]
    return int(match.group("year")) == year or (
        str(year) not in rest and not re.match(r"[，,]?(?:其中)?.{0,6}(?:执行|实际)", rest)
    )


def _check(sentence: Sentence, match: re.Match[str], year: int, verdict: Verdict) -> Check:
    printed = match.group("year") + "年"
    offset = max(sentence.text.find(match.group("year")), 0)
    quote = match.group()[match.start("year") :]
    failed = verdict is Verdict.FAILED
    return Check(
        rule=CODE,
        kind="statement",
        verdict=verdict,
        target=Operand(quote, Amount(printed, ZERO), sentence.place_at(offset)),
        operands=(),
        expected=ZERO,
        quote=quote,
        message=_("说的是本年的金额，却写成{printed}，应为{year}年").format(printed=printed, year=year)
        if failed
        else "",
        expected_text=f"{year}年",
        confidence=0.9,
    )
