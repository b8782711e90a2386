"""S704 两套经济分类：同一行的政府预算经济科目与部门预算经济科目应对应

为什么：财政部规定了政府预算支出经济分类与部门预算支出经济分类的对应关系：会议费（30215）在机关是 50202 会议费，在事业单位是
50502 商品和服务支出。一行里两个科目对不上，必有一个列错了。

怎么查：同时列示两套经济分类的表，逐行按对照表检查；类一级就对不上的是提醒，类对得上而款对不上的是提示；三行以上合成一条。

限度：表中六成以上的行对得上，才认为两个科目是同一行的；对照表没有的科目不查；左右两栏各列各的不查。

依据：《支出经济分类科目改革方案》（财预〔2017〕98号）两套支出经济分类科目对照表

正确：
表7 一般公共预算基本支出表
单位：万元
政府支出经济分类科目	部门支出经济分类科目	合计	人员经费	公用经费
50101-工资奖金津补贴	30101-基本工资	30.00	30.00
50102-社会保障缴费	30109-职业年金缴费	4.00	4.00
50202-会议费	30215-会议费	2.00		2.00
50299-其他商品和服务支出	30299-其他商品和服务支出	1.00		1.00
合计		37.00	34.00	3.00

错误：
表7 一般公共预算基本支出表
单位：万元
政府支出经济分类科目	部门支出经济分类科目	合计	人员经费	公用经费
50101-工资奖金津补贴	30101-基本工资	30.00	30.00
50102-社会保障缴费	30109-职业年金缴费	4.00	4.00
50101-工资奖金津补贴	30215-会议费	2.00		2.00
50299-其他商品和服务支出	30299-其他商品和服务支出	1.00		1.00
合计		37.00	34.00	3.00
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Table, Verdict
from budgetaudit.rules.crossed import Crossed, crossed
from budgetaudit.rules.statement import statement
from budgetaudit.rules.subjects import rows

CODE, CATEGORY, SEVERITY = "S704", "code-name", "warning"
BASIS = "财预〔2017〕98号 两套支出经济分类科目对照表"
PAIRED = 0.6
SEVERAL = 3
LISTED = 12


def check(book: Book) -> Iterator[Check]:
    """Checks of each row that bears a subject of both economic classifications."""
    for table, found in book.once(crossed):
        known = [row for row in found if _counterparts(row)]
        right = [row for row in known if _fits(row)]
        wrong = [row for row in known if not _fits(row)]
        if len(right) < PAIRED * len(known):
            continue
        for row in right:
            yield statement(CODE, Verdict.HELD, row.department.place, _printed(row))
        if len(wrong) >= SEVERAL:
            yield _several(table, wrong)
        else:
            yield from map(_one, wrong)


@lru_cache(maxsize=1)
def _pairs() -> Mapping[str, tuple[str, ...]]:
    """Departmental code -> the government codes that may stand beside it."""
    return {row["department"]: tuple(row["government"].split()) for row in rows("economic_pairs.csv")}


def _counterparts(row: Crossed) -> tuple[str, ...]:
    """Government codes for a row's departmental subject: of its section, else of its class; empty where neither is known."""
    return _pairs().get(row.department.code[:5]) or _pairs().get(row.department.code[:3], ())


def _fits(row: Crossed) -> bool:
    code = row.government.code
    return any(code.startswith(c) or c.startswith(code) for c in _counterparts(row))


def _classes_fit(row: Crossed) -> bool:
    return row.government.code[:3] in {c[:3] for c in _pairs().get(row.department.code[:3], ())}


def _printed(row: Crossed) -> str:
    return f"{row.government.printed} {row.department.printed}"


def _severity(wrong: Sequence[Crossed]) -> Severity:
    return Severity.NOTICE if all(map(_classes_fit, wrong)) else Severity.WARNING


def _one(row: Crossed) -> Check:
    codes = "、".join(_counterparts(row))
    message = _("部门经济科目“{department}”与政府经济科目“{government}”不对应，{code} 对应 {codes}").format(
        department=row.department.printed, government=row.government.printed, code=row.department.code, codes=codes
    )
    return statement(
        CODE,
        Verdict.FAILED,
        row.government.place,
        _printed(row),
        message,
        expected_text=codes,
        severity=_severity([row]),
        confidence=0.85,
        reported=row.government.code,
    )


def _several(table: Table, wrong: Sequence[Crossed]) -> Check:
    said = [
        _("{printed}（{code} 对应 {codes}）").format(
            printed=_printed(row), code=row.department.code, codes="、".join(_counterparts(row))
        )
        for row in wrong[:LISTED]
    ]
    message = _("“{title}”有 {count} 行的政府经济科目与部门经济科目不对应：{rows}").format(
        title=table.title or table.form_name, count=len(wrong), rows="；".join(said)
    )
    first = wrong[0]
    return statement(
        CODE,
        Verdict.FAILED,
        first.government.place,
        _printed(first),
        message,
        expected_text="、".join(_counterparts(first)),
        severity=_severity(wrong),
        confidence=0.85,
        reported=first.government.code,
    )
