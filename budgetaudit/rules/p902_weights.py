"""P902 指标权重：一个项目各项绩效指标的权重合计应为100（或另留10分给预算执行率，合计90）

为什么：改了指标忘了改权重，合计就不是满分，自评时无法打分。

怎么查：逐个项目绩效目标表，把“权重”“分值”列的数相加，等于100或90为正确。

限度：没有权重列、或只印了个别权重的不查；整体绩效目标表不查。

依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：预算执行率和绩效指标权重合计100

正确：
青山县档案局2026年部门预算

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	30.00
一级指标	二级指标	指标值	指标分值权重
产出指标	扫描页数	>=10000页	50
效益指标	查档满意率	>=95%	40

错误：
青山县档案局2026年部门预算

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	30.00
一级指标	二级指标	指标值	指标分值权重
产出指标	扫描页数	>=10000页	50
效益指标	查档满意率	>=95%	45
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.rules.performance import targets
from budgetaudit.rules.statement import statement

CODE, CATEGORY, SEVERITY = "P902", "performance", "warning"
BASIS = "财预〔2020〕10号：预算执行率和绩效指标权重合计100"
FULL = (Decimal(100), Decimal(90))


def check(book: Book) -> Iterator[Check]:
    """One check for each project form with at least two weights."""
    for target in targets(book):
        if len(target.weights) < 2:
            continue
        whole = sum((weight for _, weight in target.weights), Decimal(0))
        place = target.name_cell.place
        if whole in FULL:
            yield statement(CODE, Verdict.HELD, place, target.name)
            continue
        complete = len(target.weights) >= len(target.indicators) and 60 <= whole <= 140
        yield statement(
            CODE,
            Verdict.FAILED,
            place,
            target.name,
            _("“{name}”各指标权重合计{whole}，应为100（或90，另10分为预算执行率）").format(
                name=target.name, whole=whole
            ),
            expected_text="100",
            reported=str(whole),
            severity=Severity.WARNING if complete else Severity.NOTICE,
        )
