"""F603 模板残留：占位符、填写说明、未选的选项、空白原因不应留在公开文件里

为什么：说明按财政部门下发的模板填写，“XX局”“增加（减少）”“如无……请删除”“仍保留该表格式”这些话是给填表人看的，留在公开文件里是明显的差错。

怎么查：全文（含目录、标题、表下注、表内长文字）逐句找占位符（XX万元、20XX年、____年）、填写说明和提示（（如有）、（说明原因））、没有选定的
“增加（减少）”、“主要原因是。”电子表格的错误值（#REF!）、域代码、“预算”“决算”替换错的词，以及预算文件里的决算用语。
用语在 data/phrases_form.toml。

限度：乘号（7×24、4000×12）和英文缩写不算；引号里的题目不算。

依据：《地方预决算公开操作规程》（财预〔2016〕143号）第四条：内容准确、形式规范

正确：
青山县档案局2026年部门预算
财政拨款支出预算120.00万元，比2025年预算增加5.00万元，主要原因是人员增加。

错误：
青山县档案局2026年部门预算
XX局2026年收支预算总表说明
财政拨款支出预算120.00万元，比2025年预算增加（减少）5.00万元，主要原因是。
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from budgetaudit.facts import Book
from budgetaudit.model import Check, Severity
from budgetaudit.rules.phrases import Phrase, look, phrases
from budgetaudit.rules.statement import data, texts

CODE, CATEGORY, SEVERITY = "F603", "template-residue", "error"
BASIS = "财预〔2016〕143号第四条：内容准确、形式规范"


@lru_cache(maxsize=4)
def _sought(kind: str) -> tuple[Phrase, ...]:
    """Residue of templates, and text of the other kind of document."""
    words = data("phrases_form.toml")
    other = [entry for entry in words["other_kind"] if entry["kind"] == kind]
    return phrases(words["residue"], Severity.ERROR) + phrases(other, Severity.WARNING)


def check(book: Book) -> Iterator[Check]:
    """One check for each text with residue, and one that holds for each text of the narrative without any."""
    yield from look(CODE, texts(book, contents=True), _sought(book.profile.kind), before=8, after=12)
