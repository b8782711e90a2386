"""P903 项目名称：同一项目在项目支出表和绩效目标表中应叫一个名字

为什么：绩效目标表套用别的年度或别的单位的表，项目名称没有改，读者无从知道是哪个项目的目标。

怎么查：其他项目都能按名称对上、各剩一个且金额相同而名称相近的，或只剩一个的，提示名称不同。

限度：绩效表只列一部分项目、或名称多数对不上的文件不查；不能证明是同一项目，所以只提示或警示。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：内容准确、形式规范

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
2012604	库房维修项目	8.00
合计		58.00

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	30.00	其中：财政拨款	30.00	其他资金	0.00
一级指标	二级指标	指标值
项目名称	库房维修项目
项目资金（万元）	年度预算总额	8.00	其中：财政拨款	8.00	其他资金	0.00
一级指标	二级指标	指标值
项目名称	档案馆物业服务费
项目资金（万元）	年度预算总额	20.00	其中：财政拨款	20.00	其他资金	0.00
一级指标	二级指标	指标值
"""

from __future__ import annotations

from collections.abc import Iterator

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.rules.performance import targets
from budgetaudit.rules.projects import pairs, projects
from budgetaudit.rules.statement import statement

CODE, CATEGORY, SEVERITY = "P903", "name-mismatch", "notice"
BASIS = "财预〔2016〕143号：内容准确、形式规范"


def check(book: Book) -> Iterator[Check]:
    """One check for each form that belongs to a project of the lists."""
    for pair in pairs(targets(book), projects(book)):
        cell = pair.target.name_cell
        if pair.by == "name":
            yield statement(CODE, Verdict.HELD, cell.place, cell.flat)
            continue
        project = pair.projects[0]
        same = _("金额相同") if pair.by == "amount" else _("其余项目都已对上")
        yield statement(
            CODE,
            Verdict.FAILED,
            cell.place,
            cell.flat,
            _("“{table}”没有叫“{name}”的项目；{same}的是“{project}”").format(
                table=project.table, name=cell.flat, same=same, project=project.name
            ),
            expected_text=project.name,
            severity=Severity.WARNING if pair.by == "rest" else Severity.NOTICE,
        )
