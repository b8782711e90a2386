"""T103 合计行：合计 = 各行之和

为什么：每张表的合计行应等于表中最上一级各行之和；收支总表先有本年收入（支出）合计，再加上年结转等得出收入（支出）总计。

怎么查：以没有上级的行相加；有几个合计时，后一个等于前一个加其后各行。表中单位分块、层层小计的，用数字判断哪些行互不包含。

限度：没有合计行的表不主张完整；各列都对不上、又没有编码可依的表，记为“未能检查”。

依据：会计恒等式（总数等于分项之和）。

正确：
表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
208	社会保障和就业支出	5.00	5.00
合计		35.00	15.00	20.00

错误：
表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
208	社会保障和就业支出	5.00	5.00
合计		36.00	16.00	20.00
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgetaudit.facts import Book, Sheet
from budgetaudit.lang import N_, _
from budgetaudit.model import Check, Column, RowRole, Severity, Verdict
from budgetaudit.rules.base import compare, held, trivial, unknown
from budgetaudit.rules.nesting import disjoint_rows

CODE, CATEGORY, SEVERITY = "T103", "table-rollup", "error"
BASIS = "会计恒等式：总数等于分项之和"
REASON = N_("各行相加与合计行全不相符，行间关系不明")


def check(book: Book) -> Iterator[Check]:
    """Checks of every total row against the rows it covers."""
    for sheet in book.sheets:
        for group in sheet.groups():
            yield from _group(sheet, group)


def _group(sheet: Sheet, group: Sequence[int]) -> Iterator[Check]:
    rows = sheet.group_rows(group)
    totals = [p for p in rows if sheet.table.rows[p].role is RowRole.TOTAL]
    if not totals:
        return
    tops = [
        p
        for p in rows
        if sheet.table.rows[p].role in (RowRole.ITEM, RowRole.UNIT) and sheet.table.rows[p].parent is None
    ]
    columns = sheet.amount_columns(group[0])
    done: list[int] = []
    for total_row in totals:
        candidates = _candidates(sheet, group, total_row, done, tops, totals)
        checks = _best(sheet, columns, total_row, candidates)
        done.append(total_row)
        telling = [c for c in checks if not trivial(c)]
        if telling and not any(map(held, telling)):
            trusted = len(done) > 1 or _classified(sheet, tops)
            checks = [c if held(c) else _doubted(c, telling, trusted=trusted) for c in checks]
        yield from checks


def _doubted(check: Check, telling: Sequence[Check], *, trusted: bool) -> Check:
    """A failure where no column of the total holds: the figure is wrong, or the rows are not what the total covers.

    In a single column one wrong figure is enough for that, so that a total of known rows stands unless one of them
    already is the total, and a total of other rows is doubted where both are of one size.
    """
    single = len(telling) == 1
    whole = any(o.amount.value == check.target.amount.value for o in check.operands)
    if trusted and (_near(telling) or (single and not whole)):
        return check
    return replace(check, confidence=0.75) if single and _near(telling) else unknown(check, _(REASON))


def _near(checks: Sequence[Check]) -> bool:
    """Whether printed and summed totals are of one size, so that a wrong figure is likelier than another structure."""
    return all(abs(c.difference) <= abs(c.target.amount.value) / 2 for c in checks if c.target.amount.value)


def _classified(sheet: Sheet, tops: Sequence[int]) -> bool:
    """Whether the rows are the classes of a classification, the kinds of procurement, or the sources and flows of an
    overview, which add up by definition.
    """
    overview = sheet.table.form in ("overview", "fiscal-overview")
    coded = [
        p
        for p in tops
        if (r := sheet.table.rows[p]).dimension.startswith(("function", "economic", "procurement"))
        or r.aspects.get("item") in ("goods", "works", "services")
        or (overview and set(r.aspects) & {"fund", "flow"})
    ]
    return bool(tops) and len(coded) >= 0.6 * len(tops)


def _candidates(
    sheet: Sheet,
    group: Sequence[int],
    total_row: int,
    earlier: Sequence[int],
    tops: Sequence[int],
    totals: Sequence[int],
) -> list[list[int]]:
    """Sets of rows that a total row may cover, the likeliest first."""
    before = [p for p in tops if p < total_row]
    after = [p for p in tops if p > total_row]
    found: list[list[int]] = []
    if earlier:
        last = earlier[-1]
        between = [p for p in before if p > last]
        found.append([last, *between])
        if between:
            found.append(between)
        following = [t for t in totals if t > total_row]
        found.append([p for p in tops if p > total_row and (not following or p < following[0])])
        found.append(before)
        found.append(list(earlier))
        if len(earlier) > 1:
            found.append([earlier[0], *between])
    else:
        if before and not after:
            found.append(before)
        elif after and not before:
            later = [t for t in totals if t > total_row]
            stop = later[0] if later else len(sheet.table.rows)
            found.append([p for p in after if p < stop])
            found.append(after)
            found.append(later)
        else:
            found.extend([before, before + after, after])
    for rows in list(found):
        nested = disjoint_rows(sheet, group, rows)
        if nested != rows:
            found.append(nested)
    return [rows for rows in found if rows]


def _best(sheet: Sheet, columns: Sequence[Column], total_row: int, candidates: Sequence[Sequence[int]]) -> list[Check]:
    best: list[Check] = []
    best_share = -1.0
    for rows in candidates:
        checks = _checks(sheet, columns, total_row, rows)
        telling = [c for c in checks if not trivial(c)]
        share = sum(map(held, telling)) / len(telling) if telling else 0.0
        if share > best_share:
            best, best_share = checks, share
    return best


def _checks(sheet: Sheet, columns: Sequence[Column], total_row: int, rows: Sequence[int]) -> list[Check]:
    found: list[Check] = []
    for column in columns:
        target = sheet.operand(total_row, column)
        operands = [o for p in rows if (o := sheet.operand(p, column)) is not None]
        if target is None or not operands or (target.amount.blank and all(o.amount.blank for o in operands)):
            continue
        if (
            target.amount.blank
            and any(o.amount.value for o in operands)
            and len(found) == 0
            and _blank_row(sheet, columns, total_row)
        ):
            return []
        found.append(_told(compare(CODE, "sum", target, operands)))
    return found


def _told(check: Check) -> Check:
    """A total over a column without any figure: its rows are left out rather than added up wrongly."""
    if check.verdict is not Verdict.FAILED or any(o.amount.value for o in check.operands):
        return check
    message = _("合计印出 {total}，而所列各行在这一列都没有数：明细没有列出；依法不公开的应在表下说明").format(
        total=check.target.amount.text
    )
    return replace(check, message=message, severity=Severity.WARNING)


def _blank_row(sheet: Sheet, columns: Sequence[Column], row: int) -> bool:
    return all((a := sheet.amount(row, c.index)) is None or a.blank for c in columns)
