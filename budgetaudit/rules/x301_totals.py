"""X301 表间总数：同一口径的总数在各表中应相同

为什么：部门收支总表的支出总计应等于支出总表的合计，一般公共预算支出表的合计应等于财政拨款收支总表的相应列，三公经费等同理。

怎么查：每个总数按收支、资金来源、支出性质、事项、年度口径取名；同名的总数互相核对。有的表含上年结转、有的不含，按印出的结转数判断：
差额恰为印出的结转数的，记为“有说明”。

限度：口径不明的不比较；只有两处、差额又不能由结转解释时，在别处佐证较少的一处提醒；采购、项目、事项清单可能只列一部分，不在此列。

依据：同一数字在同一文件中只能有一个值。

正确：
表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
合计		30.00	10.00	20.00

表2 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
合计		30.00	10.00	20.00

表3 财政拨款收支总表
单位：万元
收入		支出
项目	预算数	项目	一般公共预算
一般公共预算	30.00	一、一般公共服务支出	30.00
收入总计	30.00	支出总计	30.00

错误：
表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
合计		30.00	10.00	20.00

表2 支出总表（按单位）
单位：万元
单位名称	合计	基本支出	项目支出
示例局	32.00	12.00	20.00
合计	32.00	12.00	20.00

表3 收支总表
单位：万元
收入		支出
项目	预算数	项目	预算数
一、财政拨款收入	30.00	一、一般公共服务支出	30.00
收入总计	30.00	支出总计	30.00
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Verdict
from budgetaudit.rules.base import compare, unknown
from budgetaudit.rules.headline import Headline, by_carries, carries, headlines

CODE, CATEGORY, SEVERITY = "X301", "cross-table", "error"
BASIS = "同一数字在同一文件中只能有一个值"
WHOLE = frozenset(
    ("overview", "fiscal-overview", "income", "expenditure", "general", "fiscal", "government-fund", "capital")
)
"""Forms that hold all of what their title names; lists of projects, purchases and items may hold a part."""
CONFIDENCE = 0.75
"""Of two totals that differ where no third print says which is right."""


def check(book: Book) -> Iterator[Check]:
    """Checks of headline figures that share all aspects and stand in different tables."""
    lines = book.once(headlines)
    gaps = carries(lines)
    groups: dict[object, list[Headline]] = defaultdict(list)
    for line in lines:
        if (
            line.key.flow
            and line.key.fund != "unknown"
            and not line.key.measure.startswith(("year-", "prior", "change", "of-which"))
        ):
            groups[line.key].append(line)
    for group in groups.values():
        if len({line.table for line in group}) > 1:
            yield from _group(group, gaps, lines)


def _equal(a: Headline, b: Headline) -> bool:
    return abs(a.value - b.value) <= a.slack + b.slack


def _group(group: Sequence[Headline], gaps: Sequence[Headline], lines: Sequence[Headline]) -> Iterator[Check]:
    clusters: list[list[Headline]] = []
    for line in sorted(group, key=lambda h: (h.table, h.scope)):
        home = next((c for c in clusters if _equal(c[0], line)), None)
        if home is None:
            clusters.append([line])
        else:
            home.append(line)
    for cluster in clusters:
        yield from _same(cluster)
    spread = [c for c in clusters if len({h.table for h in c}) > 1]
    for cluster in clusters:
        if len({h.table for h in cluster}) == 1:
            yield from _lonely(cluster[0], clusters, spread, gaps, lines)


def _same(cluster: Sequence[Headline]) -> Iterator[Check]:
    """One check for a figure with all its prints; summed ones apart."""
    printed = [h for h in cluster if len(h.operands) == 1 and not h.blank]
    seen: dict[str, Headline] = {}
    for line in printed:
        seen.setdefault(line.table, line)
    lines = list(seen.values())
    if len(lines) > 1:
        first = max(lines, key=lambda h: sum(h.value == other.value for other in lines))
        exact = [h for h in lines if h is not first and h.value == first.value]
        if exact:
            base = compare(CODE, "same", first.operands[0], exact[0].operands)
            formula = " = ".join(h.operands[0].label for h in (first, *exact))
            yield replace(base, operands=tuple(h.operands[0] for h in exact), formula=formula)
        for line in lines:
            if line.value != first.value:
                yield compare(CODE, "same", line.operands[0], first.operands)
    for line in cluster:
        if len(line.operands) > 1 and lines and lines[0].table != line.table:
            yield compare(CODE, "sum", lines[0].operands[0], line.operands)


def _lonely(
    line: Headline,
    clusters: Sequence[Sequence[Headline]],
    spread: Sequence[Sequence[Headline]],
    gaps: Sequence[Headline],
    lines: Sequence[Headline],
) -> Iterator[Check]:
    """A figure that no other table repeats, though others print one of the same name."""
    if len(line.operands) != 1 or line.blank:
        return
    others = [
        h for cluster in clusters for h in cluster if h.table != line.table and len(h.operands) == 1 and not h.blank
    ]
    if not others or any(
        line.table in {h.table for h in c} and line not in c for c in clusters if len({h.table for h in c}) > 1
    ):
        return  # this table's other total already meets the others
    best = spread[0][0] if spread else others[0]
    if len(best.operands) != 1 or best.table == line.table:
        return
    check = compare(CODE, "same", line.operands[0], best.operands)
    if line.scope != best.scope and "plain" not in (line.scope, best.scope):
        return
    reason = by_carries(abs(line.value - best.value), check.slack, gaps)
    if reason:
        yield replace(check, verdict=Verdict.EXPLAINED, reason=reason)
    elif len(spread) == 1 and len({h.table for h in spread[0]}) > 1 and line.value:
        yield check
    elif not line.value or not best.value:
        yield unknown(check, _("一处为零，另一处有数，口径不明"))
    elif line.key.item or not (_holds_all(line) and _holds_all(best)):
        yield unknown(check, _("两处总数不同，又不能由结转数解释，口径不明"))
    elif (_support(line, lines), line.table) < (_support(best, lines), best.table):
        yield replace(check, confidence=CONFIDENCE)  # told once, at the print that fewer others repeat


def _holds_all(line: Headline) -> bool:
    """Whether a figure is all of what its table is about: a table of basic expenditure may leave its fund unsaid."""
    return line.form in WHOLE or (line.form == "basic" and line.key.fund in ("general", "fiscal"))


def _support(line: Headline, lines: Sequence[Headline]) -> int:
    """How many other totals are the same figure: in other tables, or the other side of the same one."""
    own = (line.table, line.key.flow)
    return len({place for o in lines if (place := (o.table, o.key.flow)) != own and _equal(line, o)})
