"""T106 增减额：增减 = 本年数 - 上年数

为什么：一般公共预算支出、三公经费等表并列上年、本年和增减，增减额、增减率由前两者得出。

怎么查：同一项目按年份识别上年与本年的行或列（分成若干列的年份取其合计列，或者名称相同的分列），核对“增减”行或列的金额和增减率。

限度：没有写明年份（或“上年”）的不查；上年为零的不核对增减率。

依据：会计恒等式（差额等于两数相减）。

正确：
表1 财政拨款三公经费支出表
单位：万元
项目	2025年预算数	2026年预算数	增减额
公务接待费	3.00	2.00	-1.00
公务用车购置及运行费	5.00	5.00	0.00

错误：
表1 财政拨款三公经费支出表
单位：万元
项目	2025年预算数	2026年预算数	增减额
公务接待费	3.00	2.00	-1.50
公务用车购置及运行费	5.00	5.00	0.00
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetaudit.amount import decimals, parse_number
from budgetaudit.facts import Book, Sheet
from budgetaudit.lang import _
from budgetaudit.model import Amount, Check, Column, ColumnRole, Operand, Relation, Row, Verdict
from budgetaudit.rules.base import compare, held, trivial, unknown
from budgetaudit.rules.prose import percent_text
from budgetaudit.rules.relations import fits, interval, percentage
from budgetaudit.vocabulary import is_whole, squash

CODE, CATEGORY, SEVERITY = "T106", "table-rowsum", "error"
BASIS = "会计恒等式：差额等于两数相减"
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_RATE = re.compile("增|减|变动|变化")


@dataclass(frozen=True, slots=True)
class _Pair:
    """The columns of two years that a change is between."""

    older: Column
    newer: Column


def check(book: Book) -> Iterator[Check]:
    """Checks of change columns and change rows, and of rates of change."""
    for sheet in book.sheets:
        for block in sheet.blocks():
            columns = sheet.amount_columns(block)
            yield from _settled([*_by_columns(sheet, block, columns), *_by_rows(sheet, block)])
            for column in sheet.table.columns:
                rate = column.role is ColumnRole.RATIO and column.block == block and column.path
                if rate and _RATE.search(column.path[-1]) and (pair := _pair(sheet, columns, column)):
                    yield from _settled(list(_rates(sheet, block, column, pair)))


def _settled(found: Sequence[Check]) -> Iterator[Check]:
    telling = [c for c in found if not trivial(c)]
    applies = 2 * sum(map(held, telling)) >= len(telling)
    yield from (c if applies or held(c) else unknown(c, _("增减栏与两年之差多数不符，含义不明")) for c in found)


def _pair(sheet: Sheet, columns: Sequence[Column], change: Column) -> _Pair | None:
    """The two years of a change: the columns beside it under one header, else those of its own name, else the wholes."""
    years = [c for c in columns if c.aspects.get("measure") != "change" and c.path]
    beside = [c for c in years if c.path[:-1] == change.path[:-1]]
    named = [(max(map(int, y)), c) for c in beside if (y := _YEAR.findall(c.path[-1]))]
    if len(named) == 2 and named[0][0] != named[1][0]:
        (_y, older), (_z, newer) = sorted(named, key=lambda entry: entry[0])
        return _Pair(older, newer)
    prior = [c for c in beside if c.aspects.get("measure") == "prior"]
    if len(prior) == 1 and len(beside) == 2:
        return _Pair(prior[0], next(c for c in beside if c is not prior[0]))
    old = [c for c in years if sheet.measure(c) == "prior" or sheet.measure(c).startswith("year-")]
    new = [c for c in years if sheet.measure(c) in ("", "initial-budget") and any(_YEAR.search(t) for t in c.path)]
    if len({sheet.measure(c) for c in old}) != 1:
        return None
    for some in (lambda c: len(c.path) > 1 and c.path[1:] == change.path[1:], _is_whole, lambda c: True):
        left, right = list(filter(some, old)), list(filter(some, new))
        if len(left) == 1 and len(right) == 1:
            return _Pair(left[0], right[0])
    return _Pair(old[0], whole[0]) if len(old) == 1 and len(whole := list(filter(_is_whole, new))) == 1 else None


def _is_whole(column: Column) -> bool:
    return is_whole(column.path[-1])


def _by_columns(sheet: Sheet, block: int, columns: Sequence[Column]) -> Iterator[Check]:
    for change in columns:
        if change.aspects.get("measure") != "change" or (pair := _pair(sheet, columns, change)) is None:
            continue
        for position in sheet.rows(block):
            target = sheet.operand(position, change, by="column")
            operands = [
                o
                for o in (
                    sheet.operand(position, pair.newer, by="column"),
                    sheet.operand(position, pair.older, -1, by="column"),
                )
                if o
            ]
            if target is not None and not target.amount.blank and len(operands) == 2:
                yield compare(
                    CODE, "sum", target, operands, f"{target.label} = {operands[0].label} - {operands[1].label}"
                )


def _rates(sheet: Sheet, block: int, column: Column, pair: _Pair) -> Iterator[Check]:
    """The rate of change that each row prints, against its figures of both years."""
    for position in sheet.rows(block):
        row = sheet.table.rows[position]
        cell = sheet.table.cell(row.index, column.index)
        printed = squash(cell.flat).rstrip("%％") if cell is not None else ""
        said = parse_number(printed)
        older = sheet.operand(position, pair.older, by="column")
        newer = sheet.operand(position, pair.newer, by="column")
        if cell is None or said is None or older is None or newer is None or older.amount.value <= 0:
            continue
        exact = percentage(Relation.GROWTH_FROM, interval(older.amount), interval(newer.amount))
        places = decimals(printed)
        if exact is None:
            continue
        good = fits(said, places, exact) or fits(said * 100, max(places - 2, 0), exact)
        expected = (newer.amount.value - older.amount.value) / older.amount.value * 100
        right = percent_text(expected, places)
        formula = f"（{newer.amount.text or 0}-{older.amount.text}）÷{older.amount.text}"
        yield Check(
            rule=CODE,
            kind="derived",
            verdict=Verdict.HELD if good else Verdict.FAILED,
            target=Operand(column.path[-1], Amount(cell.flat, said, Decimal("0.5").scaleb(-places)), cell.place),
            operands=(older, newer),
            expected=expected,
            formula=formula,
            quote=f"{row.label} {older.amount.text} {newer.amount.text} {cell.flat}",
            message=""
            if good
            else _("印出 {said}，按 {formula} 计算为 {right}").format(said=cell.flat, formula=formula, right=right),
            expected_text=right,
            relation=Relation.GROWTH_FROM,
        )


def _row_year(row: Row) -> int | None:
    found = _YEAR.match(row.label)
    return int(found.group(1)) if found else None


def _by_rows(sheet: Sheet, block: int) -> Iterator[Check]:
    rows: Sequence[int] = sheet.rows(block)
    for index in range(2, len(rows)):
        change = sheet.table.rows[rows[index]]
        years = [(_row_year(sheet.table.rows[rows[i]]), rows[i]) for i in (index - 2, index - 1)]
        if change.aspects.get("measure") != "change" or any(y is None for y, _ in years) or years[0][0] == years[1][0]:
            continue
        (_, older), (_, newer) = sorted(years, key=lambda pair: pair[0] or 0)
        for column in sheet.amount_columns(block):
            target = sheet.operand(rows[index], column)
            operands = [o for o in (sheet.operand(newer, column), sheet.operand(older, column, -1)) if o]
            if target is not None and not target.amount.blank and len(operands) == 2:
                yield compare(
                    CODE, "sum", target, operands, f"{target.label} = {operands[0].label} - {operands[1].label}"
                )
