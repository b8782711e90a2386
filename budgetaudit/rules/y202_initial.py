"""Y202 年初预算数：决算文件写的年初预算数应与预算文件相符

为什么：决算要与预算比较完成多少；年初预算数抄错，完成率和增减原因都跟着错，只有与当年的预算文件对照才能发现。

怎么查：决算文件的文字和表中的年初预算数，与同一年度预算文件同一科目（事项）的数比较。没有当年预算文件而有下一年度预算文件的，
用下一年度预算文件写的“比上年预算增加（减少）多少”推算，与决算文件的年初预算数比较。

限度：先看总数，与 Y201 相同：总数对不上（年初预算含结转、按部门或按本级、已按机构调整重列）的，各项列为未能检查并写出两边的数。
预算文件只有部门汇总数而决算文件是单位的，不比较。

依据：部门决算的年初预算数即本级人民代表大会批准、部门公开的预算数（《中华人民共和国预算法》第十四条、第七十五条）。

正确：
2029年度云溪县示例局部门决算公开
第三部分 部门决算情况说明
一、一般公共预算财政拨款支出决算情况说明
1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）年初预算为70.00万元，支出决算为72.00万元。
2.住房保障支出（类）住房改革支出（款）住房公积金（项）年初预算为30.00万元，支出决算为30.00万元。
======== 同一年度的预算 ========
2029年度云溪县示例局部门预算公开
表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	70.00	50.00	20.00
20103	政府办公厅（室）及相关机构事务	70.00	50.00	20.00
2010301	行政运行	70.00	50.00	20.00
221	住房保障支出	30.00	30.00
22102	住房改革支出	30.00	30.00
2210201	住房公积金	30.00	30.00
合计		100.00	80.00	20.00

错误：
2029年度云溪县示例局部门决算公开
第三部分 部门决算情况说明
一、一般公共预算财政拨款支出决算情况说明
1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）年初预算为70.00万元，支出决算为72.00万元。
2.住房保障支出（类）住房改革支出（款）住房公积金（项）年初预算为30.00万元，支出决算为30.00万元。
3.住房保障支出（类）住房改革支出（款）购房补贴（项）年初预算为8.00万元，支出决算为6.00万元。
======== 同一年度的预算 ========
2029年度云溪县示例局部门预算公开
表1 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	70.00	50.00	20.00
20103	政府办公厅（室）及相关机构事务	70.00	50.00	20.00
2010301	行政运行	70.00	50.00	20.00
221	住房保障支出	36.00	36.00
22102	住房改革支出	36.00	36.00
2210201	住房公积金	30.00	30.00
2210203	购房补贴	6.00	6.00
合计		106.00	86.00	20.00
"""

from __future__ import annotations

from collections.abc import Iterator

from budgetaudit.lang import _
from budgetaudit.model import Check
from budgetaudit.rules.linked import Linked
from budgetaudit.rules.priors import priors
from budgetaudit.rules.stated import Stated

CODE, CATEGORY, SEVERITY, LINKS = "Y202", "cross-table", "warning", ("stages", "bases")
BASIS = "《中华人民共和国预算法》第十四条、第七十五条"


def check(linked: Linked) -> Iterator[Check]:
    """The final account's figures of the budget against the budget, or what the next budget says of it."""
    this, before = linked.books
    if linked.kind == "bases":
        yield from priors(CODE, this, before, _("上年决算文件的年初预算数"), measure="initial-budget")
        return
    said = (Stated(None, claim, "prior") for claim in this.claims if claim.role == "initial-budget")
    yield from priors(CODE, this, before, _("当年的预算文件"), said=said)
