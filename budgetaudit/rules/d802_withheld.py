"""D802 不公开的内容：说不予公开的项目，不应在同一文件的别处公开

为什么：涉密项目依法不公开，但只在一处隐去名称、在另一张表里照印项目名称和金额，等于没有隐去。

怎么查：“……304.80万元，不予公开”这样的句子里的金额，若别的表里有同一金额的行，并且印出了项目名称，就指出。

限度：只有一处同额、且是有名称的项目行才算；合计、小计和按科目列的行不算。是否真的涉密由单位判断。

依据：预算法第十四条第四款；保守国家秘密法

正确：
青山县档案局2026年部门预算
2.特定目标结转304.80万元，不予公开。

表1 上年结转结余情况表
单位：万元
项目	合计
档案馆改造工程	19.07
合计	19.07

错误：
青山县档案局2026年部门预算
2.特定目标结转304.80万元，不予公开。

表1 上年结转结余情况表
单位：万元
项目	合计
青山工程第二批专项	304.80
档案馆改造工程	19.07
合计	323.87
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Place, RowRole, Verdict
from budgetaudit.rules.projects import projects
from budgetaudit.rules.statement import clause, data, statement
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "D802", "sensitive-info", "error"
BASIS = "预算法第十四条第四款；保守国家秘密法"
_UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
MIN_NAME = 5


def check(book: Book) -> Iterator[Check]:
    """One check for each amount said to be withheld."""
    words = data("duties.toml")["withheld"]
    said, amount, general = (re.compile(words[key]) for key in ("said", "amount", "general"))
    for sentence in (*book.narrative.sentences, *book.narrative.notes):
        found = said.search(sentence.text)
        if not found or general.search(sentence.text):
            continue
        for figure in amount.finditer(sentence.text):
            value = Decimal(figure.group("amount").replace(",", "")) * _UNITS[figure.group("unit")]
            names = _named(book, value)
            place = sentence.place_at(figure.start())
            start, end = min(figure.start(), found.start()), max(figure.end(), found.end())
            quote = clause(sentence.text, start, end)
            if len(names) != 1:
                yield statement(CODE, Verdict.HELD, place, quote)
                continue
            (name, (where, table)) = names.popitem()
            page = _("第{page}页").format(page=where.page) if where.page else _("第{line}行").format(line=where.line)
            yield statement(
                CODE,
                Verdict.FAILED,
                place,
                quote,
                _("{page}“{table}”印出了这笔金额的项目名称“{name}”").format(page=page, table=table, name=name),
                reported=figure.group("amount"),
            )


def _named(book: Book, value: Decimal) -> dict[str, tuple[Place, str]]:
    """Project names that stand beside an amount, with their place and table."""
    names = {
        squash(project.name): (project.operands[0].place, project.table)
        for project in projects(book)
        if project.value == value and len(project.name) >= MIN_NAME
    }
    for sheet in book.sheets:
        for position, row in enumerate(sheet.table.rows):
            if (
                row.role is RowRole.TOTAL
                or row.dimension in ("function", "economic", "government-economic")
                or len(row.label) < MIN_NAME
            ):
                continue
            if any(
                (a := sheet.amount(position, c.index)) is not None and a.value == value
                for c in sheet.amount_columns(row.block)
            ):
                names.setdefault(squash(row.label), (row.place, sheet.table.title or sheet.table.form_name))
    return names
