"""T102 科目汇总：类 = 各款之和，款 = 各项之和

为什么：支出按类、款、项三级编码列示，上级科目的每一列都等于其下级科目之和；经济分类的类、款同理。

怎么查：按科目编码（三列、一列、分段或“编码-名称”写在一格）得出上下级，对每个金额列逐一核对。单位分块重复编码的，在块内核对。

限度：下级全部未填列的不查；文件声明有涉密等不公开的经费、项目时，同一正差额出现两处以上的记为“有说明”；没有声明而差额落在外交、国防、公共安全、
退役安置科目的，多是没有说明的不公开内容，降为提醒。

依据：《政府收支分类科目》的类、款、项层级；总数等于分项之和。

正确：
表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
20103	政府办公厅（室）及相关机构事务	30.00	10.00	20.00
2010301	行政运行	10.00	10.00
2010302	一般行政管理事务	20.00		20.00
合计		30.00	10.00	20.00

错误：
表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
20103	政府办公厅（室）及相关机构事务	30.00	10.00	20.00
2010301	行政运行	10.00	10.00
2010302	一般行政管理事务	21.00		21.00
合计		30.00	10.00	20.00
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetaudit.facts import Book, Sheet
from budgetaudit.lang import N_, _
from budgetaudit.model import Check, RowRole
from budgetaudit.rules.base import compare, held, settle, trivial

CODE, CATEGORY, SEVERITY = "T102", "table-rollup", "error"
BASIS = "《政府收支分类科目》类、款、项层级；总数等于分项之和"
REASON = N_("按编码得出的上下级与表中数字多数不符，层级不明")


def check(book: Book) -> Iterator[Check]:
    """Checks of every coded parent row against its children."""
    for sheet in book.sheets:
        for group in sheet.groups():
            instances = [found for parent in sheet.group_rows(group) if (found := _parent_checks(sheet, group, parent))]
            yield from settle(instances, trusted=True, reason=_(REASON))


def _parent_checks(sheet: Sheet, group: Sequence[int], parent: int) -> list[Check]:
    row = sheet.table.rows[parent]
    children = [c for c in sheet.children.get(parent, ()) if sheet.table.rows[c].role is not RowRole.PART]
    if not row.code or not children or row.dimension == "unit" or row.dimension.endswith("-name"):
        return []
    checks = _columns(sheet, group, parent, children)
    telling = [c for c in checks if not trivial(c)]
    if telling and not any(map(held, telling)):
        alternative = _without_repeats(sheet, children)
        if len(alternative) < len(children):
            other = _columns(sheet, group, parent, alternative)
            if all(map(held, other)):
                return other
    return checks


def _without_repeats(sheet: Sheet, children: Sequence[int]) -> list[int]:
    """Children without the further prints of one code: some layouts print the section's code again for its items."""
    seen: set[str] = set()
    kept: list[int] = []
    for child in children:
        code = sheet.table.rows[child].code
        if code not in seen:
            kept.append(child)
        seen.add(code)
    return kept


def _columns(sheet: Sheet, group: Sequence[int], parent: int, children: Sequence[int]) -> list[Check]:
    found: list[Check] = []
    for column in sheet.amount_columns(group[0]):
        target = sheet.operand(parent, column)
        operands = [o for child in children if (o := sheet.operand(child, column)) is not None]
        if target is None or not operands or (target.amount.blank and all(o.amount.blank for o in operands)):
            continue
        found.append(compare(CODE, "sum", target, operands))
    if all(o.amount.blank for c in found for o in c.operands):
        return []  # the level below is not filled in at all
    return found
