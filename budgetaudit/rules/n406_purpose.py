"""N406 用途说明：科目的“主要用于”不应是别的科目的用途

为什么：逐项说明时复制上一条，用途没有改：“住房公积金（项）。主要用于：事业单位医疗保险支出”。

怎么查：两个科目的用途说明完全相同，而用途里写的是其中一个科目的名称、与另一个科目的名称没有共同的词，另一个即为照抄。

限度：用途里没有出现科目名称的（如“退休人员经费支出”）不查。

依据：文字应与所说的科目相符。

正确：
第三部分 部门决算情况说明
一、支出决算情况说明
1、卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）。主要用于：事业单位医疗保险支出。
2、住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：住房公积金支出。

错误：
第三部分 部门决算情况说明
一、支出决算情况说明
1、卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）。主要用于：事业单位医疗保险支出。
2、住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：事业单位医疗保险支出。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.model import Amount, Check, Operand, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import words
from budgetaudit.narrative.paths import path_in
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "N406", "semantic", "error"
BASIS = "文字应与所说的科目相符"
_PURPOSE = re.compile(r"主要用于[:：]?([^。；，]{5,60})")
MIN_NAME = 4


def check(book: Book) -> Iterator[Check]:
    """Purposes of functional subjects, each against the other subjects with the same words."""
    entries: list[tuple[str, str, Sentence]] = []
    name, paragraph = "", -1
    for sentence in book.narrative.sentences:
        if sentence.paragraph != paragraph:
            name, paragraph = "", sentence.paragraph
        found = path_in(squash(sentence.text))
        name = found.get("项", name)
        match = _PURPOSE.search(sentence.text)
        if match and name:
            entries.append((name, squash(match.group(1)), sentence))
    for own, purpose, sentence in entries:
        other = next(
            (
                n
                for n, p, s in entries
                if p == purpose
                and n != own
                and s is not sentence
                and len(n) >= MIN_NAME
                and n in purpose
                and n not in words("subject", "generic")
            ),
            None,
        )
        bad = other is not None and own not in purpose and not _shares(own, purpose)
        text = sentence.text
        yield Check(
            rule=CODE,
            kind="statement",
            verdict=Verdict.FAILED if bad else Verdict.HELD,
            target=Operand(own, Amount(purpose, Decimal(0)), sentence.place),
            operands=(),
            expected=Decimal(0),
            quote=text[:80],
            message=f"“{own}”的用途写成“{purpose}”，与“{other}”相同，疑为照抄" if bad else "",
            expected_text=f"{own}的用途" if bad else "",
            confidence=0.9,
        )


def _shares(name: str, purpose: str) -> bool:
    pairs = {name[i : i + 2] for i in range(len(name) - 1)} - {"支出", "事业", "单位", "行政", "其他"}
    return any(pair in purpose for pair in pairs)
