"""D804 项目说明：各节应答其所问

为什么：项目经费情况说明按“实施主体、年度预算安排、绩效目标”等节填写，套话填空会出现“年度预算安排”没有金额、“实施主体”写成工作内容。

怎么查：年度预算安排一节要有数字；实施主体一节要有单位；绩效目标写“详见……表”的，文件里要有绩效目标表。

限度：节的标题认不出的不查；分行的短句（只有单位名、只有金额）视为已答。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：保证公开内容全面、真实、完整

正确：
青山县档案局2026年部门预算
档案数字化项目经费情况说明
三、实施主体
由青山县档案局组织实施。
六、年度预算安排
本项目安排预算30.00万元。

错误：
青山县档案局2026年部门预算
档案数字化项目经费情况说明
三、实施主体
由青山县档案局组织实施。
六、年度预算安排
结合档案数字化推进情况，根据合同条款，按时拨付资金。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.rules.statement import data, statement

CODE, CATEGORY, SEVERITY = "D804", "missing-content", "warning"
BASIS = "财预〔2016〕143号：公开内容全面、真实、完整"
_PROJECT = re.compile("项目.{0,6}说明|项目概述|项目概况|立项依据")


def check(book: Book) -> Iterator[Check]:
    """One check for each section of a project's page that asks for something."""
    forms = {table.form for table in book.tables}
    texts = [h.text for h in book.narrative.headings] + [s.text for s in book.narrative.sentences]
    if not any(_PROJECT.search(text) for text in texts):
        return
    for section, group in groupby(book.narrative.sentences, key=lambda s: s.section):
        sentences = list(group)
        if not section:
            continue
        for answer in data("duties.toml")["answer"]:
            if not re.search(answer["section"], section[-1]) or answer.get("unless_form") in forms:
                continue
            text = "".join(s.text for s in sentences)
            holds, message = bool(re.search(answer["holds"], text)), answer["message"]
            yield statement(
                CODE,
                Verdict.HELD if holds else Verdict.FAILED,
                sentences[0].place,
                sentences[0].text,
                "" if holds else _(message),
                severity=None if holds else Severity(answer["severity"]),
            )
