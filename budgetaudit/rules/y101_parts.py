"""Y101 文字与表格分成两个文件：两个文件里的数应相符

为什么：文字说明和表格分别公开时，两个文件常由不同的人修改，改了一个忘了另一个；单独看每个文件都没有问题。

怎么查：部门、年度、类型相同，一个文件只有文字、一个文件只有表格的，合在一起按文字与表、文字计算各条规则核对，只保留两个文件都涉及的项。
文字里写的金额在表格文件里找不到对应数的，列为未能检查。

限度：同一部门同一年度有两份以上文字或两份以上表格、内容又不同的，不能确定哪两份是一套，不查。

依据：同一数字在同一次公开中只能有一个值。

正确：
2030年度云溪县示例局部门预算公开
第三部分 部门预算情况说明
一、一般公共预算支出情况说明
1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）30.00万元。
======== 另一个文件 ========
表1 一般公共预算支出表
部门：云溪县示例局
2030年度
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
20103	政府办公厅（室）及相关机构事务	30.00	10.00	20.00
2010301	行政运行	30.00	10.00	20.00
合计		30.00	10.00	20.00

错误：
2030年度云溪县示例局部门预算公开
第三部分 部门预算情况说明
一、一般公共预算支出情况说明
1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）33.00万元。
======== 另一个文件 ========
表1 一般公共预算支出表
部门：云溪县示例局
2030年度
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	30.00	10.00	20.00
20103	政府办公厅（室）及相关机构事务	30.00	10.00	20.00
2010301	行政运行	30.00	10.00	20.00
合计		30.00	10.00	20.00
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from budgetaudit.lang import _
from budgetaudit.model import Check, Place, Verdict
from budgetaudit.rules import document_rules
from budgetaudit.rules.linked import Linked

CODE, CATEGORY, SEVERITY, LINKS = "Y101", "narrative-table", "error", ("parts",)
BASIS = "同一数字在同一次公开中只能有一个值"
_FAMILIES = frozenset("NC")


def check(linked: Linked) -> Iterator[Check]:
    """What the rules over text and tables say of both files together."""
    book = linked.books[0]
    met: set[Place] = set()
    for rule in document_rules():
        if rule.family not in _FAMILIES:
            continue
        for found in rule.run(book):
            if found.category == "rounding" and found.verdict is Verdict.FAILED:
                continue  # the last digit of a percentage is the text's own matter
            operands = (found.target, *found.operands)
            if len({operand.place.file for operand in operands}) > 1:
                met.update(operand.place for operand in operands)
                yield replace(
                    found,
                    rule=CODE,
                    category=found.category or rule.category,
                    severity=found.severity or rule.severity,
                )
    for claim in book.claims:
        if claim.percent or claim.role != "value" or claim.place in met:
            continue
        yield Check(
            rule=CODE,
            kind="same",
            verdict=Verdict.UNKNOWN,
            target=claim.operand(),
            operands=(),
            expected=Decimal(0),
            reason=_("另一个文件里没有找到对应的数"),
            quote=claim.quote,
        )
