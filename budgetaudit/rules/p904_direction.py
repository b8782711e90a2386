"""P904 指标方向：及时率、合格率、满意度等越高越好的指标，指标值不应是“≤”

为什么：故障率写成了“故障处理及时率≤5%”，意思正好相反，常见于复制指标时只改了一半。

怎么查：指标名称以及时率、合格率、覆盖率、满意度等结尾，指标值的符号是≤或<，且不足100%。上限低于50%的为警示，其余只提示。

限度：名称里有“不合格”“未”“差错”等相反意思的不查。

依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：绩效指标应与目标相符、可衡量

正确：
青山县档案局2026年部门预算

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	30.00
一级指标	二级指标	指标值	指标分值权重
产出指标	系统故障率	<=5%	50
效益指标	故障处理及时率	>=95%	40

错误：
青山县档案局2026年部门预算

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	30.00
一级指标	二级指标	指标值	指标分值权重
产出指标	系统故障率	<=5%	50
效益指标	故障处理及时率	<=5%	40
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.rules.performance import indicators
from budgetaudit.rules.statement import data, statement
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "P904", "semantic", "warning"
BASIS = "财预〔2020〕10号：绩效指标应与目标相符、可衡量"
UPPER = frozenset({"≤", "≦", "<=", "<"})


def check(book: Book) -> Iterator[Check]:
    """One check for each rate that is better the higher it is."""
    words = data("performance.toml")["rate"]
    good, bad = re.compile(words["good"]), re.compile(words["bad"])
    for indicator in indicators(book):
        name = squash(indicator.name.text)
        if not good.search(name) or bad.search(name) or indicator.number is None or not indicator.unit.startswith("%"):
            continue
        printed = indicator.value.replace("|", "")
        if indicator.sign not in UPPER or indicator.number >= 100:
            yield statement(CODE, Verdict.HELD, indicator.name.place, f"{name} {printed}")
            continue
        yield statement(
            CODE,
            Verdict.FAILED,
            indicator.name.place,
            f"{indicator.name.flat} {printed}",
            _("“{name}”越高越好，指标值却是上限{printed}").format(name=indicator.name.flat, printed=printed),
            reported=printed,
            severity=Severity.WARNING if indicator.number < 50 else Severity.NOTICE,
        )
