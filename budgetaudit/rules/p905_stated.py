"""P905 绩效项目数与金额：文字说的项目个数和金额应与后面的绩效目标表相符

为什么：“编报绩效目标的项目共6个，涉及预算金额738.00万元，见下表”，下表却是5个项目，或金额加起来不是这个数。

怎么查：说到绩效目标项目个数的段落里，财政拨款项目、非财政拨款项目和全部项目的金额，与后面各项目绩效目标表的财政拨款、其他资金、总额之和比较。
表加起来比文字多，或文字说“见下表”而不相等的，警示；其他不查。

限度：绩效表可以只印一部分项目，所以少于文字、又没有说“见下表”的不报；只有名称没有金额的表不参加。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：内容准确

正确：
青山县档案局2026年部门预算
2026年当年预算安排项目共1个，其中：财政拨款项目涉及预算金额30.00万元。具体情况见下表：

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	30.00	其中：财政拨款	30.00	其他资金	0.00
一级指标	二级指标	指标值

错误：
青山县档案局2026年部门预算
2026年当年预算安排项目共1个，其中：财政拨款项目涉及预算金额33.00万元。具体情况见下表：

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	30.00	其中：财政拨款	30.00	其他资金	0.00
一级指标	二级指标	指标值
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from budgetaudit.amount import amount, decimals
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Operand, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.rules.base import compare
from budgetaudit.rules.performance import Target, targets
from budgetaudit.rules.statement import clause, data, statement

CODE, CATEGORY, SEVERITY = "P905", "performance", "warning"
BASIS = "财预〔2016〕143号：内容准确"
_UNITS = {"元": Decimal(1), "万元": Decimal(10_000)}


def check(book: Book) -> Iterator[Check]:
    """Checks of the stated count and money of projects against the forms."""
    forms = [t for t in targets(book) if t.total is not None]
    if not forms:
        return
    words = data("performance.toml")["stated"]
    known = frozenset(a.value for t in book.tables if t.form != "performance" for a in t.amounts.values() if a.value)
    for _key, group in groupby(book.narrative.sentences, key=lambda s: s.paragraph):
        paragraph = list(group)
        whole = "".join(s.text for s in paragraph)
        if not re.search(words["count"], whole) or (
            "绩效" not in whole + "".join(paragraph[0].section) and not re.search(words["follows"], whole)
        ):
            continue
        follows = bool(re.search(words["follows"], whole))
        for sentence in paragraph:
            yield from _count(sentence, words, forms, follows)
            yield from _money(sentence, re.compile(words["fiscal"]), [t.fiscal for t in forms], follows, known)
            yield from _money(sentence, re.compile(words["other"]), [t.other for t in forms], follows, known)
            yield from _money(sentence, re.compile(words["whole"]), [t.total for t in forms], follows, known)


def _count(sentence: Sentence, words: dict[str, str], forms: Sequence[Target], follows: bool) -> Iterator[Check]:
    for found in re.finditer(words["count"], sentence.text):
        if (
            "项目" in found.group()
            and follows
            and "整体" not in sentence.text[max(0, found.start() - 8) : found.start()]
        ):
            stated = int(found.group("count"))
            quote = clause(sentence.text, found.start(), found.end())
            place = sentence.place_at(found.start())
            if stated == len(forms):
                yield statement(CODE, Verdict.HELD, place, quote)
            else:
                message = _("文字说{stated}个项目，后面的绩效目标表有{count}个").format(stated=stated, count=len(forms))
                yield statement(CODE, Verdict.FAILED, place, quote, message, expected_text=f"{len(forms)}个")


def _money(
    sentence: Sentence,
    pattern: re.Pattern[str],
    printed: Sequence[Operand | None],
    follows: bool,
    known: frozenset[Decimal],
) -> Iterator[Check]:
    """The stated amount against the sum of the forms."""
    operands = [o for o in printed if o is not None and o.amount.value]
    for found in pattern.finditer(sentence.text):
        figure = amount(found.group("amount"), _UNITS[found.group("unit")], decimals(found.group("amount")))
        if figure is None or not operands:
            continue
        target = Operand(found.group()[:24], figure, sentence.place_at(found.start("amount")))
        check_ = compare(CODE, "derived", target, operands, _("文字所说金额 = 各项目绩效目标表之和"))
        quote = found.group()
        if check_.verdict is not Verdict.FAILED:
            yield replace(check_, quote=quote)
        elif follows or check_.difference < 0:
            total = sum((o.amount.value for o in operands), Decimal(0)) / figure.unit
            said = f"{found.group('amount')}{found.group('unit')}"
            if len(operands) == 1 and figure.value in known:  # the tables agree with the text: the form is in question
                own = compare(CODE, "derived", operands[0], [target])
                message = _("绩效目标表印出{printed}，文字和其他表都是{said}").format(
                    printed=operands[0].label, said=said
                )
                yield replace(own, quote=operands[0].label, message=message)
            else:
                yield replace(
                    check_,
                    quote=quote,
                    message=_("文字说{said}，后面各表合计{total:,.2f}").format(said=said, total=total),
                )
