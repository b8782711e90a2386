"""C509 逐项说明：各条金额之和应等于前面写出的总数

为什么：“1. …（项）X 万元；2. …（项）Y 万元”逐条说明，各条之和就是前面的支出总数；改了一条没有改总数，两边就不等。

怎么查：同一节里连续编号的各段，各取第一个金额（决算为年初预算数、决算数各一组）相加，与编号之前写出的总数比较。相等或只差
四舍五入尾差的记为已查，有尾差的提示；差额恰好等于某一条写错一位数字的，警示。

限度：各条可能只是主要内容，与总数不等又看不出是哪一条的不查。

依据：总数等于分项之和。

正确：
第三部分 部门预算情况说明
一、支出预算情况说明
支出预算60.60万元，主要支出内容如下：
1.“一般公共服务支出”科目30.20万元，主要用于日常运转。
2.“社会保障和就业支出”科目20.20万元，主要用于养老保险。
3.“住房保障支出”科目10.20万元，主要用于住房公积金。

错误：
第三部分 部门预算情况说明
一、支出预算情况说明
支出预算60.60万元，主要支出内容如下：
1.“一般公共服务支出”科目30.20万元，主要用于日常运转。
2.“社会保障和就业支出”科目20.20万元，主要用于养老保险。
3.“住房保障支出”科目18.20万元，主要用于住房公积金。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from budgetaudit.amount import in_unit
from budgetaudit.facts import Book
from budgetaudit.model import Check, Verdict
from budgetaudit.narrative.claims import Claim, by_paragraph
from budgetaudit.rules.base import ZERO, compare
from budgetaudit.rules.prose import digits, slips

CODE, CATEGORY, SEVERITY = "C509", "narrative-arithmetic", "warning"
BASIS = "总数等于分项之和"
ROLES = ("value", "outturn", "initial-budget", "full-budget")
MIN_ITEMS, MIN_SLIPPED = 3, 3
MAX_BEFORE = 14
_NUMBER = re.compile(r"^\s*(\d{1,2})\s*[、.．]")


def check(book: Book) -> Iterator[Check]:
    """Runs of numbered paragraphs against the totals before them."""
    groups = [[c for c in group if not c.percent] for group in by_paragraph(book.claims)]
    first = {s.paragraph: s.text for s in reversed(book.narrative.sentences)}
    run: list[list[Claim]] = []
    before: list[Claim] = []
    last = 0
    for group in groups:
        match = _NUMBER.match(first[group[0].sentence.paragraph]) if group else None
        number = int(match.group(1)) if match else 0
        if number and number == last + 1 and (number == 1 or run):
            run.append(group)
            last = number
            continue
        yield from _run(run, before)
        if run and number != 1:
            before = []
        run, last = ([group], 1) if number == 1 else ([], 0)
        if number != 1:
            before = [*before, *group][-MAX_BEFORE:]
    yield from _run(run, before)


def _run(run: Sequence[list[Claim]], before: Sequence[Claim]) -> Iterator[Check]:
    for role in ROLES:
        items = [next((c for c in group if c.role == role), None) for group in run]
        parts = [c for c in items if c is not None]
        if len(parts) < MIN_ITEMS or len(parts) * 10 < 8 * len(run):
            continue
        wholes = [c for c in reversed(before) if c.role == role and c.amount.value]
        checks = [compare(CODE, "sum", whole.operand(), [c.operand() for c in parts]) for whole in wholes]
        good = [i for i, c in enumerate(checks) if c.verdict is not Verdict.FAILED]
        seen: set[Decimal] = set()
        for i in good:
            if wholes[i].amount.value not in seen:
                seen.add(wholes[i].amount.value)
                yield replace(checks[i], quote=wholes[i].quote)
        if not good and len(parts) == len(run):
            yield from _slipped(wholes, parts)


def _slipped(wholes: Sequence[Claim], parts: Sequence[Claim]) -> Iterator[Check]:
    """The one item whose wrong digit explains the gap to the nearest total."""
    total = sum((c.amount.value for c in parts), ZERO)
    for whole in wholes:
        for part in parts:
            right = part.amount.value + whole.amount.value - total
            unit, places = part.amount.unit, part.places
            text = digits(part.amount.value, unit, places)
            if right <= 0 or len(text.strip("0")) < MIN_SLIPPED or len(text) != len(digits(right, unit, places)):
                continue
            if (
                digits(right, unit, places) in slips(text)
                and (right / unit).quantize(Decimal(1).scaleb(-places)) == right / unit
            ):
                expected = in_unit(right, unit, max(places, 2))
                check = compare(CODE, "sum", whole.operand(), [c.operand() for c in parts])
                message = f"各条相加为 {in_unit(total, unit, 2)}，与前面的总数 {whole.amount.text} 不等；这一条若为 {expected} 则相等"
                yield replace(
                    check,
                    target=part.operand(),
                    operands=(whole.operand(),),
                    expected=right,
                    quote=part.quote,
                    message=message,
                    confidence=0.75,
                )
                return
