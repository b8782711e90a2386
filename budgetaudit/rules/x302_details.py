"""X302 表间明细：同一科目、同一口径的数在各表中应相同

为什么：支出总表、一般公共预算支出表、收入总表按同一套科目列示同一笔钱；收支总表的类级数等于明细表的类级数；基本支出表等同理。

怎么查：两列的收支、性质、事项、年度口径相同、资金来源相同或互为包含，并且合计相等时，逐个科目核对；一张表只列到项级时先求和。
名称按本文件自己的“编码-名称”对应。多数一致时，不一致的才是问题。明细表所列各行不到合计的一半时，按类与收支总表对照，
少的都在同一类，即指出这一类没有列全。

限度：合计不等的两列不逐项比较；收入与支出按科目对照时，多数不一致则视为口径不同。

依据：同一数字在同一文件中只能有一个值。

正确：
表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
208	社会保障和就业支出	5.00	5.00
221	住房保障支出	4.00	4.00
合计		39.00	19.00	20.00

表2 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
208	社会保障和就业支出	5.00	5.00
221	住房保障支出	4.00	4.00
合计		39.00	19.00	20.00

错误：
表1 支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
205	教育支出	1.00	1.00
208	社会保障和就业支出	5.00	5.00
221	住房保障支出	4.00	4.00
合计		40.00	20.00	20.00

表2 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
205	教育支出	1.00	1.00
208	社会保障和就业支出	6.00	6.00
221	住房保障支出	3.00	3.00
合计		40.00	20.00	20.00
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgetaudit.amount import money
from budgetaudit.facts import Book, Series
from budgetaudit.funds import nested
from budgetaudit.lang import _
from budgetaudit.model import Check, Operand, Severity, Verdict
from budgetaudit.rules.base import compare, slack, total
from budgetaudit.vocabulary import strip_numbering

CODE, CATEGORY, SEVERITY = "X302", "cross-table", "error"
BASIS = "同一数字在同一文件中只能有一个值"
ZERO = Decimal(0)


@dataclass(slots=True)
class _Print:
    """One code's figure in one series: its operands, none where the series is complete and does not list it."""

    series: Series
    operands: list[Operand]

    @property
    def value(self) -> Decimal:
        return total(self.operands)

    @property
    def half(self) -> Decimal:
        return slack(self.operands)


def check(book: Book) -> Iterator[Check]:
    """Checks code by code over groups of series whose totals agree."""
    settled: set[int] = set()
    for cluster in _clusters(book.series):
        agreeing = _comparable(cluster)
        if len({s.table.id for s in agreeing}) > 1:
            settled.update(id(s) for s in agreeing)
            yield from _codes(agreeing)
    usable = _usable(book.series)
    for series in usable:
        if id(series) not in settled and (wider := _wider(series, usable)) is not None:
            yield from _under_equal_parents(series, wider)
    for series in usable:
        yield from _left_out(series, usable)


def _clusters(series: Sequence[Series]) -> list[list[Series]]:
    """Series that may be the same figures: equal dimension, nature, item and measure, nested funds, equal totals."""
    clusters: list[list[Series]] = []
    usable = _usable(series)
    usable.sort(key=lambda s: (s.key.flow != "expenditure", -len(s.by_code)))
    for one in usable:
        home = next((c for c in clusters if all(_alike(one, other) for other in c)), None)
        if home is None:
            clusters.append([one])
        else:
            home.append(one)
    return [c for c in clusters if len(c) > 1]


def _usable(series: Sequence[Series]) -> list[Series]:
    return [
        s
        for s in series
        if s.dimension and s.key.flow in ("income", "expenditure") and s.total_value() and not s.sheet.side(s.column)
    ]


def _equal_parents(a: Series, b: Series) -> list[str]:
    """Codes with codes under them in both series that print the same figure."""
    found: list[str] = []
    for code in set(a.by_code) & set(b.by_code):
        if len(code) >= 7 or not any(c != code and c.startswith(code) for c in a.by_code):
            continue
        left, right = a.code_operands(code), b.code_operands(code)
        if (
            total(left)
            and len(left) == len(right) == 1
            and abs(total(left) - total(right)) <= slack(left) + slack(right)
        ):
            found.append(code)
    return found


def _wider(series: Series, others: Sequence[Series]) -> Series | None:
    """The series of another table with a wider fund that shares the most sections with this one to the cent."""
    candidates = [
        o
        for o in others
        if o.table.id != series.table.id
        and (o.dimension, o.key.flow, o.key.nature, o.key.item, o.key.measure)
        == (series.dimension, series.key.flow, series.key.nature, series.key.item, series.key.measure)
        and nested(series.key.fund, o.key.fund)
        and o.total_value() > series.total_value()
    ]
    scored = [(len(_equal_parents(series, o)), -index, o) for index, o in enumerate(candidates)]
    best = max(scored, key=lambda entry: entry[:2], default=None)
    return best[2] if best is not None and best[0] else None


def _under_equal_parents(series: Series, wider: Series) -> Iterator[Check]:
    """A section that is the same in a table of one fund and in the table of all funds holds the same items."""
    for parent in sorted(_equal_parents(series, wider)):
        for code in sorted(c for c in series.by_code if c.startswith(parent) and len(c) == len(parent) + 2):
            prints = [_Print(s, operands) for s in (wider, series) if (operands := s.code_operands(code))]
            if len(prints) == 2 and any(p.value for p in prints):
                yield from (replace(c, confidence=0.75) if c.verdict is Verdict.FAILED else c for c in _prints(prints))


def _left_out(series: Series, others: Sequence[Series]) -> Iterator[Check]:
    """A table whose rows are less than half of its total, where an overview shows that all that lacks is of one class.

    Within the table such a total would rather speak against the structure that was read (T103).
    """
    if len(series.total) != 1 or series.grand_total is None or series.dimension != "function" or series.complete:
        return
    whole = series.total[0]
    listed = {code: series.listed(code) for code in sorted(series.codes()) if len(code) == 3}
    rows = [o for operands in listed.values() for o in operands]
    if not rows or 2 * total(rows) > whole.amount.value:
        return
    for overview in others:
        if overview.table.id == series.table.id or not overview.complete or not _alike(series, overview):
            continue
        printed = {code: overview.code_operands(code) for code in overview.by_code if len(code) == 3}
        equal = {c for c, p in printed.items() if _even(p, listed.get(c, []))}
        lacking = [c for c in printed if c not in equal and total(printed[c]) > total(listed.get(c, []))]
        if len(lacking) == 1 and len(equal) == len(printed) - 1 and sum(1 for c in equal if total(printed[c])) >= 2:
            (code,) = lacking
            yield _told(compare(CODE, "sum", whole, rows), overview, code, listed.get(code, []))
            return


def _even(a: Sequence[Operand], b: Sequence[Operand]) -> bool:
    return abs(total(a) - total(b)) <= slack(a) + slack(b)


def _told(check: Check, overview: Series, code: str, listed: Sequence[Operand]) -> Check:
    like = check.target.amount
    row = overview.table.rows[overview.by_code[code][0]]
    message = _(
        "合计印出 {total}，所列各行相加只有 {rows}，少的都在“{label}”：“{overview}”里是 {printed}，本表只列出 {listed}，"
        "其他各类都相等；依法不公开的应在表下说明"
    ).format(
        total=like.text,
        rows=money(check.expected, like),
        label=strip_numbering(row.label),
        overview=overview.table.title or overview.table.form_name,
        printed=money(total(overview.code_operands(code)), like),
        listed=money(total(listed), like),
    )
    return replace(check, message=message, severity=Severity.WARNING, confidence=0.75, category="table-rollup")


def _alike(a: Series, b: Series) -> bool:
    if a.dimension != b.dimension or (a.key.nature, a.key.item, a.key.measure) != (
        b.key.nature,
        b.key.item,
        b.key.measure,
    ):
        return False
    if a.key.flow != b.key.flow and (a.key.nature or a.key.item):
        return False
    if not nested(a.key.fund, b.key.fund):
        return False
    allowed = slack(a.total) + slack(b.total)
    return any(abs(x - y) <= allowed for x in a.wholes for y in b.wholes)


def _comparable(cluster: Sequence[Series]) -> list[Series]:
    """The series that agree with the first one on most codes."""
    first, kept = cluster[0], [cluster[0]]
    for other in cluster[1:]:
        same = different = 0
        for code in first.codes() & other.codes():
            a, b = first.code_operands(code), other.code_operands(code)
            if not a or not b or not (total(a) or total(b)):
                continue
            if abs(total(a) - total(b)) <= slack(a) + slack(b):
                same += 1
            else:
                different += 1
        if same > different or same == different > 1:
            kept.append(other)
    return kept


def _codes(cluster: Sequence[Series]) -> Iterator[Check]:
    complete = {id(s): s.complete for s in cluster}
    lengths = {id(s): {(c[:3], len(c)) for c in s.by_code} for s in cluster}
    for code in sorted({code for s in cluster for code in s.codes()}):
        prints: list[_Print] = []
        for series in cluster:
            operands = series.code_operands(code)
            if operands:
                prints.append(_Print(series, operands))
            elif complete[id(series)] and len(code) == 3 and any(length == 3 for _, length in lengths[id(series)]):
                prints.append(_Print(series, []))
        if len({p.series.table.id for p in prints}) > 1 and any(p.value for p in prints):
            yield from _prints(prints)


def _detailed(series: Series) -> bool:
    return any(len(code) > 3 for code in series.by_code)


def _agree(a: _Print, b: _Print) -> bool:
    return abs(a.value - b.value) <= a.half + b.half


def _prints(prints: Sequence[_Print]) -> Iterator[Check]:
    """One check for the prints that agree; one for each print that does not agree with most."""
    single = [p for p in prints if len(p.operands) == 1]
    if not single:
        return
    votes = Counter({id(p): sum(_agree(p, q) for q in prints) for p in single})
    # Among prints that differ by rounding only, a table of items leads: its classes are summed, an overview's are copied.
    lead = max(single, key=lambda p: (votes[id(p)], not p.operands[0].amount.blank, _detailed(p.series)))
    same = [p for p in single if p is not lead and _agree(p, lead) and p.series.table.id != lead.series.table.id]
    exact = [p for p in same if p.value == lead.value]
    if exact and (lead.value or any(not p.operands[0].amount.blank for p in exact)):
        made = compare(CODE, "same", lead.operands[0], exact[0].operands)
        yield replace(
            made,
            operands=tuple(p.operands[0] for p in exact),
            formula=" = ".join(o.label for o in (lead.operands[0], *(p.operands[0] for p in exact))),
        )
    for other in same:
        if other.value != lead.value:
            yield compare(CODE, "same", other.operands[0], lead.operands)
    for other in prints:
        if other is lead or other.series.table.id == lead.series.table.id:
            continue
        if len(other.operands) == 1 and not _agree(other, lead):
            yield compare(CODE, "same", other.operands[0], lead.operands)
        elif len(other.operands) > 1:
            yield compare(CODE, "sum", lead.operands[0], other.operands)
