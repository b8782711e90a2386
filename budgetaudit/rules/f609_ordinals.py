"""F609 行次：表中的行次、序号应连续

为什么：行次、序号和“一、二、三”的编号按行递增。中间一行跳到别的数、下一行又接回来，或同一编号印了两遍，是录入时改错、漏改造成的。

怎么查：行次（序号）列和行名前的“一、二、三”逐行对照：前后两行都对得上，只有中间一行不在其间的，指出这一行；编号重复而后面接着递增的同样指出。

限度：只列非零行而跳号、分块后重新从 1 编号，都属正常，不报；读不出的编号不查。

依据：表内编号的连续性。

正确：
表1 支出决算总表
单位：万元
支出
项目	行次	决算数
一、一般公共服务支出	1	10.00
二、教育支出	2	5.00
三、卫生健康支出	3	4.00
支出合计	4	19.00

错误：
表1 支出决算总表
单位：万元
支出
项目	行次	决算数
一、一般公共服务支出	1	10.00
二、教育支出	12	5.00
三、卫生健康支出	3	4.00
支出合计	4	19.00
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, ColumnRole, Place, Table, Verdict
from budgetaudit.rules.outline import numbered
from budgetaudit.rules.statement import statement

CODE, CATEGORY, SEVERITY = "F609", "template-residue", "notice"
BASIS = "表内编号的连续性"
_DIGITS = re.compile(r"\d{1,4}")
_STOP = re.compile(r"[、.．]")


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A row's number: as printed, its value, and the row it stands in."""

    text: str
    value: int
    label: str
    place: Place


def check(book: Book) -> Iterator[Check]:
    """Checks of each column of ordinals and of each block of numbered rows."""
    for table in book.tables:
        for run in (*_columns(table), *_labels(table)):
            yield from _slips(run)


def _columns(table: Table) -> Iterator[list[_Numbered]]:
    for column in table.columns:
        if column.role is not ColumnRole.ORDINAL:
            continue
        run: list[_Numbered] = []
        for row in (r for r in table.rows if r.block == column.block):
            cell = table.cell(row.index, column.index)
            if cell is not None and _DIGITS.fullmatch(text := cell.flat.strip()):
                run.append(_Numbered(text, int(text), row.label, cell.place))
        yield run


def _labels(table: Table) -> Iterator[list[_Numbered]]:
    runs: dict[int, list[_Numbered]] = {}
    for row in table.rows:
        level, number = numbered(row.label)
        if level == 1:
            text = _STOP.split(row.label.strip(), maxsplit=1)[0]
            runs.setdefault(row.block, []).append(_Numbered(text, number, row.label, row.place))
    yield from runs.values()


def _slips(run: Sequence[_Numbered]) -> Iterator[Check]:
    """The rows of a run: wrong where the rows around leave one number open and it bears another, or repeat a number."""
    for at in range(1, len(run)):
        before, row = run[at - 1], run[at]
        after = run[at + 1].value if at + 1 < len(run) else 0
        expected = before.value + 1
        if row.value == expected:
            yield statement(CODE, Verdict.HELD, row.place, row.label)
        elif after == expected + 1:
            message = _("编号印作 {printed}，前后两行是 {before}、{after}，应为 {expected}").format(
                printed=row.text, before=before.text, after=run[at + 1].text, expected=expected
            )
            yield _wrong(row, message, expected)
        elif row.value == before.value == after - 1 and _repeated(run, at):
            yield _wrong(row, _("编号 {printed} 与前一行重复").format(printed=row.text), expected)


def _repeated(run: Sequence[_Numbered], at: int) -> bool:
    """Whether the row before went on from the one before it, and is no print of this row at the foot of a page."""
    return at > 1 and run[at - 2].value == run[at - 1].value - 1 and run[at - 1].label != run[at].label


def _wrong(row: _Numbered, message: str, expected: int) -> Check:
    quote = row.label if row.label.startswith(row.text) else f"{row.label} {row.text}"
    return statement(
        CODE,
        Verdict.FAILED,
        row.place,
        quote,
        message,
        expected_text=str(expected),
        confidence=0.9,
        reported=row.text,
    )
