"""Y301 部门与所属单位：部门的数应等于各单位之和

为什么：部门预算、决算由本级和所属单位汇总而成，分别公开；单位改了数而部门没有重新汇总，两边各自都对得上，放在一起才看得出来。

怎么查：部门的文件与同一年度、同一类型的单位文件放在一起。部门写明的单位全部在内的，同一张表、同一行、同一栏，部门的数应等于各单位之和；
只有本级一个单位的，两边应逐项相同。单位不全的，部门的表里列有该单位一行的，与单位文件的合计比较；其余只查单位的数不大于部门的数，
不下结论的列为未能检查。

限度：上级补助收入、附属单位上缴、对附属单位补助在汇总时抵销，不比较。合计多数对不上的（汇总范围不同、两份文件不是同一版本），
各项都列为未能检查并写出两边的数。

依据：部门预算、决算由本部门及其所属各单位预算、决算组成（《中华人民共和国预算法》第八条）。

正确：
2030年度云溪县示例局部门预算公开
一、部门机构设置
本部门预算编制范围的预算单位共计2家，具体包括：云溪县示例局（本级）、云溪县示例服务中心。
表1 支出总表
部门：云溪县示例局
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	50.00	30.00	20.00
20103	政府办公厅（室）及相关机构事务	50.00	30.00	20.00
2010301	行政运行	50.00	30.00	20.00
208	社会保障和就业支出	8.00	8.00
20805	行政事业单位养老支出	8.00	8.00
2080505	机关事业单位基本养老保险缴费支出	8.00	8.00
221	住房保障支出	8.00	8.00
22102	住房改革支出	8.00	8.00
2210201	住房公积金	8.00	8.00
合计		66.00	46.00	20.00
======== 本级的文件 ========
2030年度云溪县示例局（本级）单位预算公开
表1 支出总表
部门：云溪县示例局（本级）
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	35.00	20.00	15.00
20103	政府办公厅（室）及相关机构事务	35.00	20.00	15.00
2010301	行政运行	35.00	20.00	15.00
208	社会保障和就业支出	5.00	5.00
20805	行政事业单位养老支出	5.00	5.00
2080505	机关事业单位基本养老保险缴费支出	5.00	5.00
221	住房保障支出	5.00	5.00
22102	住房改革支出	5.00	5.00
2210201	住房公积金	5.00	5.00
合计		45.00	30.00	15.00
======== 所属单位的文件 ========
2030年度云溪县示例服务中心单位预算公开
表1 支出总表
部门：云溪县示例服务中心
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	15.00	10.00	5.00
20103	政府办公厅（室）及相关机构事务	15.00	10.00	5.00
2010301	行政运行	15.00	10.00	5.00
208	社会保障和就业支出	3.00	3.00
20805	行政事业单位养老支出	3.00	3.00
2080505	机关事业单位基本养老保险缴费支出	3.00	3.00
221	住房保障支出	3.00	3.00
22102	住房改革支出	3.00	3.00
2210201	住房公积金	3.00	3.00
合计		21.00	16.00	5.00

错误：
2030年度云溪县示例局部门预算公开
一、部门机构设置
本部门预算编制范围的预算单位共计2家，具体包括：云溪县示例局（本级）、云溪县示例服务中心。
表1 支出总表
部门：云溪县示例局
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	50.00	30.00	20.00
20103	政府办公厅（室）及相关机构事务	50.00	30.00	20.00
2010301	行政运行	50.00	30.00	20.00
208	社会保障和就业支出	8.00	8.00
20805	行政事业单位养老支出	8.00	8.00
2080505	机关事业单位基本养老保险缴费支出	8.00	8.00
221	住房保障支出	8.00	8.00
22102	住房改革支出	8.00	8.00
2210201	住房公积金	8.00	8.00
合计		66.00	46.00	20.00
======== 本级的文件 ========
2030年度云溪县示例局（本级）单位预算公开
表1 支出总表
部门：云溪县示例局（本级）
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	35.00	20.00	15.00
20103	政府办公厅（室）及相关机构事务	35.00	20.00	15.00
2010301	行政运行	35.00	20.00	15.00
208	社会保障和就业支出	5.00	5.00
20805	行政事业单位养老支出	5.00	5.00
2080505	机关事业单位基本养老保险缴费支出	5.00	5.00
221	住房保障支出	5.00	5.00
22102	住房改革支出	5.00	5.00
2210201	住房公积金	5.00	5.00
合计		45.00	30.00	15.00
======== 所属单位的文件 ========
2030年度云溪县示例服务中心单位预算公开
表1 支出总表
部门：云溪县示例服务中心
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	17.00	10.00	7.00
20103	政府办公厅（室）及相关机构事务	17.00	10.00	7.00
2010301	行政运行	17.00	10.00	7.00
208	社会保障和就业支出	3.00	3.00
20805	行政事业单位养老支出	3.00	3.00
2080505	机关事业单位基本养老保险缴费支出	3.00	3.00
221	住房保障支出	3.00	3.00
22102	住房改革支出	3.00	3.00
2210201	住房公积金	3.00	3.00
合计		23.00	16.00	7.00
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from budgetaudit.amount import in_unit
from budgetaudit.facts import Book, Sheet
from budgetaudit.lang import _
from budgetaudit.model import Check, Operand, RowRole, Verdict
from budgetaudit.names import name_key
from budgetaudit.rules.base import compare, held, trivial, unknown
from budgetaudit.rules.linked import Figure, Linked, What, figures, unit_word

CODE, CATEGORY, SEVERITY, LINKS = "Y301", "cross-table", "warning", ("units",)
BASIS = "《中华人民共和国预算法》第八条"
_INTERNAL = frozenset({"superior", "subordinate"})
_WITHIN = frozenset({"上缴上级支出", "对附属单位补助支出"})


def check(linked: Linked) -> Iterator[Check]:
    """The department's figures against those of its units."""
    whole, *parts = linked.figures
    if linked.complete:
        yield from _settled(list(_sums(whole, parts)))
        return
    for number, unit in enumerate(parts, 1):
        yield from _settled(list(_own_rows(linked.books[0], linked.books[number], unit)))
        yield from _bounds(whole, unit, linked.missing)


def _sums(whole: Mapping[What, Figure], parts: Sequence[Mapping[What, Figure]]) -> Iterator[Check]:
    """Every figure of the department against the sum of the units' figures for the same cell."""
    forms = [{what.form for what in unit} for unit in parts]
    for what, figure in whole.items():
        operands = [unit[what].operand for unit in parts if what in unit]
        if not operands or _internal(what) or any(what.form not in own for own in forms):
            continue
        check = _compare(figure.operand, operands)
        missing = len(parts) - len(operands)
        if missing and not held(check):
            yield unknown(check, _("有 {count} 个单位的文件没有这一行（栏）").format(count=missing))
        elif not _blank(check):
            yield check


def _own_rows(department: Book, own: Book, unit: Mapping[What, Figure]) -> Iterator[Check]:
    """The row that the department's tables give a unit, against the total of the unit's own table."""
    totals = {replace(what, subject=""): figure for what, figure in unit.items() if what.total}
    name = name_key(own.profile.department)
    lists = {sheet.table.id for sheet in department.sheets if _lists_units(sheet)}
    rows: dict[What, list[Figure]] = defaultdict(list)
    for figure in figures(department):
        ref = figure.operand.ref
        if ref is not None and ref.table in lists and name_key(figure.what.subject) == name:
            rows[replace(figure.what, subject="")].append(figure)
    for what, named in rows.items():
        total = totals.get(what)
        if total is None:
            continue
        # A department and its own level bear one name: the row that agrees is the unit's, else the last, which is lower.
        checks = [_compare(figure.operand, [total.operand]) for figure in named]
        check = next(filter(held, checks), checks[-1])
        if not _blank(check):
            yield check


def _lists_units(sheet: Sheet) -> bool:
    """Whether a table has one row a unit and nothing else: below a category a unit's row is a part of it only."""
    named = [row for row in sheet.table.rows if row.label and row.role is not RowRole.TOTAL]
    return bool(named) and all(row.dimension == "unit" for row in named)


def _bounds(whole: Mapping[What, Figure], unit: Mapping[What, Figure], missing: Sequence[str]) -> Iterator[Check]:
    """A unit's figure is part of the department's: it cannot be larger. Whether all of them add up to the total is not
    known without the other units.
    """
    for what, figure in unit.items():
        if what not in whole or _internal(what) or figure.operand.amount.blank:
            continue
        total, own = whole[what].operand, figure.operand
        if total.amount.value < 0 or own.amount.value <= 0:
            continue
        check = replace(_compare(total, [own]), formula=f"{total.label} ≥ {own.label}")
        if check.verdict is Verdict.FAILED and check.difference > 0:
            check = replace(
                check, verdict=Verdict.HELD, message="", reason=_("单位的数是部门的一部分，没有超过部门的数")
            )
        yield check
        if what.total:
            names = _("、").join(missing) or _("其他单位")
            every = replace(check, formula=f"{total.label} = {_('各单位之和')}", message="")
            yield unknown(every, _("缺少{names}的文件，不能核对各单位之和").format(names=names))


def _compare(target: Operand, operands: Sequence[Operand]) -> Check:
    one = len(operands) == 1
    formula = (_("{label}：部门 = 单位") if one else _("{label}：部门 = 各单位之和")).format(label=target.label)
    check = compare(CODE, "same" if one else "sum", target, operands, formula, confidence=0.75)
    if held(check):
        return check
    unit = target.amount.unit
    total, printed = in_unit(check.expected, unit, 2), target.amount.text or _("空白")
    if one:
        words = _("部门的文件为 {printed}，单位的文件为 {total}").format(printed=printed, total=total)
    else:
        words = _("部门的文件为 {printed}，{count} 个单位相加为 {total}").format(
            printed=printed, count=len(operands), total=total
        )
    return replace(
        check,
        message=_("{words}，相差 {gap} {unit}").format(
            words=words, gap=in_unit(check.difference, unit, 2), unit=unit_word(unit)
        ),
    )


def _internal(what: What) -> bool:
    """Whether a figure is moved between the units of a department, so that it falls out of the sum."""
    return what.fund in _INTERNAL or not _WITHIN.isdisjoint((what.subject, *what.header))


def _blank(check: Check) -> bool:
    return all(operand.amount.blank for operand in (check.target, *check.operands))


def _settled(found: Sequence[Check]) -> Iterator[Check]:
    """Failures stand where most comparisons hold; else the two are not of one scope, and both readings are shown."""
    telling = [check for check in found if check.verdict is not Verdict.UNKNOWN and not trivial(check)]
    applies = 2 * sum(map(held, telling)) > len(telling)
    for check in found:
        if check.verdict is Verdict.FAILED and not applies:
            yield unknown(check, _("多数对不上，汇总范围可能不同：{words}").format(words=check.message))
        else:
            yield check
