"""P901 绩效表资金：项目绩效目标表的金额应等于各项资金之和，并与项目支出表一致

为什么：绩效目标表单独填报，预算调整后常忘了改，同一项目在两张表里成了两个数。

怎么查：年度预算总额=财政拨款+其他资金；表内另列年度资金的，年度资金总额=其中各项之和；同名项目与项目支出表（或结转表）的金额相比，一个项目分列在几个科目下的先相加；
两边名称多数能对上、各只剩一个项目时，剩下的两个按同一项目比较（把握低一些）。

限度：没有同名项目的不比；金额与任何一张表相符即可；绩效表只列一部分项目是允许的。

依据：《预算法》第三十二条；《地方预决算公开操作规程》（财预〔2016〕143号）：内容准确

正确：
青山县档案局2026年部门预算

表1 项目支出情况表
单位：万元
科目编码	项目名称	合计
2012604	档案数字化项目	30.00
2012604	档案馆物业项目	20.00
合计		50.00

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	30.00	其中：财政拨款	30.00	其他资金	0.00
一级指标	二级指标	指标值

错误：
青山县档案局2026年部门预算

表1 项目支出情况表
单位：万元
科目编码	项目名称	合计
2012604	档案数字化项目	30.00
2012604	档案馆物业项目	20.00
合计		50.00

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	35.00	其中：财政拨款	35.00	其他资金	0.00
一级指标	二级指标	指标值
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Verdict
from budgetaudit.rules.base import compare, held
from budgetaudit.rules.performance import Target, targets
from budgetaudit.rules.projects import Pair, pairs, projects

CODE, CATEGORY, SEVERITY = "P901", "performance", "error"
BASIS = "财预〔2016〕143号：内容准确；预算法第三十二条"
MIN_PARTS = 2


def check(book: Book) -> Iterator[Check]:
    """Checks of each form's parts, and of its total against the lists of projects."""
    forms = targets(book)
    for target in forms:
        yield from _parts(target)
        yield from _year(target)
    for pair in pairs(forms, projects(book)):
        yield from _against_list(pair)


def _parts(target: Target) -> Iterator[Check]:
    if target.total is None or target.fiscal is None or target.other is None:
        return
    found = compare(
        CODE, "derived", target.total, [target.fiscal, target.other], _("年度预算总额 = 财政拨款 + 其他资金")
    )
    message = _("“{name}”的总额{total}不等于财政拨款{fiscal}加其他资金{other}").format(
        name=target.name, total=target.total.label, fiscal=target.fiscal.label, other=target.other.label
    )
    yield replace(
        found, quote=f"{target.name} {target.total.label}", message=message if found.verdict is Verdict.FAILED else ""
    )


def _year(target: Target) -> Iterator[Check]:
    """The year's total of a form that splits it beside the project's own."""
    if target.yearly is None or len(target.of_year) < MIN_PARTS:
        return
    parts = list(target.of_year.values())
    found = compare(CODE, "derived", target.yearly, parts, _("年度资金总额 = 其中各项之和"))
    message = _("“{name}”的年度资金总额{total}不等于{parts}之和").format(
        name=target.name,
        total=target.yearly.label,
        parts=_("、").join(f"{name}{part.label}" for name, part in target.of_year.items()),
    )
    quote = " ".join([target.name, target.yearly.label, *(part.label for part in parts if part.amount.value)])
    yield replace(found, quote=quote, message=message if found.verdict is Verdict.FAILED else "")


def _against_list(pair: Pair) -> Iterator[Check]:
    """The total against each project it can be; any that meets is enough."""
    target = pair.target
    if target.total is None or pair.by == "amount":
        return
    checks = [
        compare(
            CODE,
            "derived",
            target.total,
            p.operands,
            _("绩效目标表 = {table}“{name}”").format(table=p.table, name=p.name),
        )
        for p in pair.projects
    ]
    good = [c for c in checks if held(c)]
    if good:
        yield replace(good[0], quote=f"{target.name} {target.total.label}")
        return
    if target.fiscal is not None and any(
        held(compare(CODE, "derived", target.fiscal, p.operands)) for p in pair.projects
    ):
        yield compare(CODE, "derived", target.fiscal, pair.projects[0].operands)
        return
    worst = checks[0]
    project = pair.projects[0]
    listed = _("、").join(f"{o.amount.text}" for o in project.operands)
    message = _("绩效目标表“{name}”印出{printed}，“{table}”中“{project}”为{listed}").format(
        name=target.name, printed=target.total.label, table=project.table, project=project.name, listed=listed
    )
    yield replace(
        worst,
        quote=f"{target.name} {target.total.label}",
        message=message,
        confidence=0.95 if pair.by == "name" else 0.85,
    )
