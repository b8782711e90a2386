"""T104 分项汇总：有编号或缩进层级的行，上级 = 下级之和；“其中”不超过总数

为什么：收支总表等没有科目编码的表用“一、（一）1.”编号或缩进表示层级；三公经费等用“其中”列出部分。

怎么查：按编号、缩进得出上下级逐列相加；“其中”引出的是部分列示，只要求不超过总数，恰好相等时记为成立。没有任何标记的清单
（项目、单位、采购品目）用数字判断小计与明细，以多数列为准。

限度：下级都没有填数的不查；全表多数对不上时记为“未能检查”。

依据：会计恒等式（总数等于分项之和）。

正确：
表1 收支总表
单位：万元
项目	预算数
一、财政拨款收入	30.00
1. 一般公共预算	28.00
2. 政府性基金预算	2.00
二、事业收入	5.00
收入总计	35.00

错误：
表1 收支总表
单位：万元
项目	预算数
一、财政拨款收入	30.00
1. 一般公共预算	28.00
2. 政府性基金预算	3.00
二、事业收入	5.00
收入总计	35.00
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from budgetaudit.facts import Book, Sheet
from budgetaudit.funds import FUND_PARENT
from budgetaudit.lang import N_, _
from budgetaudit.model import Check, RowRole
from budgetaudit.rules.base import compare, held, part, settle, trivial, unknown
from budgetaudit.rules.nesting import children_by_sums, disjoint_rows
from budgetaudit.vocabulary import numbering

CODE, CATEGORY, SEVERITY = "T104", "table-rollup", "error"
BASIS = "会计恒等式：总数等于分项之和"
REASON = N_("按编号或缩进得出的层级与表中数字多数不符，层级不明")


def check(book: Book) -> Iterator[Check]:
    """Checks of numbered, indented and 其中 rows, and of lists whose levels only the figures show."""
    for sheet in book.sheets:
        for group in sheet.groups():
            yield from _trees(sheet, group)
            yield from _lists(sheet, group)


def _trees(sheet: Sheet, group: Sequence[int]) -> Iterator[Check]:
    children = _settled_children(sheet, group)
    named_instances: list[list[Check]] = []
    instances: list[list[Check]] = []
    for parent in sheet.group_rows(group):
        own = sheet.children.get(parent, [])
        if not (own or children.get(parent)) or not _uncoded(sheet, parent):
            continue
        parts = [c for c in own if sheet.table.rows[c].role is RowRole.PART]
        if parts:
            yield from _columns(sheet, group, parent, parts, partial=True)
        if children.get(parent):
            home = named_instances if _named(sheet, parent, children[parent]) else instances
            home.append(_columns(sheet, group, parent, children[parent], partial=False))
    yield from settle([i for i in named_instances if i], trusted=True, reason=_(REASON))
    yield from settle([i for i in instances if i], trusted=False, reason=_(REASON))


def _named(sheet: Sheet, parent: int, rows: Sequence[int]) -> bool:
    """Whether the rows say themselves that they are parts: by their numbering, or as funds within the parent's fund."""
    whole = sheet.table.rows[parent].aspects.get("fund")
    return all(numbering(sheet.table.rows[row].label) for row in rows) or (
        whole is not None
        and all(FUND_PARENT.get(sheet.table.rows[row].aspects.get("fund", "")) == whole for row in rows)
    )


def _uncoded(sheet: Sheet, parent: int) -> bool:
    row = sheet.table.rows[parent]
    return not row.code or row.dimension.endswith("-name") or row.dimension == "unit"


def _settled_children(sheet: Sheet, group: Sequence[int]) -> dict[int, list[int]]:
    """Children by the signs of the rows; a row whose sums fail in every column while its parent's sums hold once its
    children stand beside it is no head: its label was only indented otherwise.
    """
    children = {
        p: [c for c in sheet.children.get(p, ()) if sheet.table.rows[c].role is not RowRole.PART]
        for p in sheet.group_rows(group)
    }
    for row in sorted((p for p in children if children[p] and _uncoded(sheet, p)), reverse=True):
        parent = sheet.table.rows[row].parent
        checks = [c for c in _columns(sheet, group, row, children[row], partial=False) if not trivial(c)]
        if not checks or any(map(held, checks)):
            continue
        apart = disjoint_rows(sheet, group, children[row])
        if len(apart) < len(children[row]) and all(map(held, _columns(sheet, group, row, apart, partial=False))):
            children.update(
                {
                    head: own
                    for head, own in children_by_sums(sheet, group, children[row]).items()
                    if not children.get(head)
                }
            )
            children[row] = apart
            continue
        if _named(sheet, row, children[row]):
            continue
        if parent is None:
            if not _like_others(sheet, group, row, children):
                children[row] = []
            continue
        promoted = sorted([*children[parent], *children[row]])
        if all(map(held, _columns(sheet, group, parent, promoted, partial=False))):
            children[parent], children[row] = promoted, []
    return children


def _like_others(sheet: Sheet, group: Sequence[int], row: int, children: Mapping[int, Sequence[int]]) -> bool:
    """Whether a numbered row beside this one has rows of the same kind below it, and is their sum."""
    if not numbering(sheet.table.rows[row].label):
        return False
    kinds = {sheet.table.rows[c].dimension for c in children[row]}
    for other, own in children.items():
        beside = sheet.table.rows[other].parent is None and numbering(sheet.table.rows[other].label)
        if other != row and own and beside and kinds == {sheet.table.rows[c].dimension for c in own}:
            checks = [c for c in _columns(sheet, group, other, own, partial=False) if not trivial(c)]
            if checks and all(map(held, checks)):
                return True
    return False


def _columns(sheet: Sheet, group: Sequence[int], parent: int, children: Sequence[int], *, partial: bool) -> list[Check]:
    found: list[Check] = []
    for column in sheet.amount_columns(group[0]):
        target = sheet.operand(parent, column)
        operands = [o for child in children if (o := sheet.operand(child, column)) is not None]
        if target is None or not operands or all(o.amount.blank for o in operands):
            continue
        found.append(part(CODE, target, operands) if partial else compare(CODE, "sum", target, operands))
    if found and not partial and all(not o.amount.value for c in found for o in c.operands):
        return [c if held(c) else unknown(c, _("下级未填列")) for c in found]
    return found


def _lists(sheet: Sheet, group: Sequence[int]) -> Iterator[Check]:
    """Rows side by side whose sums show that one heads the others."""
    flat = [
        p
        for p in sheet.group_rows(group)
        if (r := sheet.table.rows[p]).parent is None
        and r.role in (RowRole.ITEM, RowRole.UNIT)
        and not r.dimension.startswith(("function", "economic"))
        and "measure" not in r.aspects
    ]
    nests = children_by_sums(sheet, group, flat)
    for parent, children in nests.items():
        if len(children) < 2 and sheet.table.rows[parent].dimension != "unit":
            continue
        checks = [c for c in _columns(sheet, group, parent, children, partial=False) if not trivial(c)]
        # Columns that print one figure again are one piece of evidence: a failure counts where two others show the structure.
        evidence = {(c.target.amount.value, tuple(o.amount.value for o in c.operands)) for c in checks if held(c)}
        if evidence:
            yield from (c for c in checks if held(c) or len(evidence) > 1)
