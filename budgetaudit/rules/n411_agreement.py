"""N411 声明一致：文字写“与某表某项一致”的，两个数应当相等

为什么：说明里照抄填表要求（“与《某表》的某项数一致”），实际口径已经改了，声明就不成立。

怎么查：“与《某表》的某项数一致”后面的第一个金额（或者前面同一句的金额），与所指的表中同名的行比较；只写收入数、支出数的，与表中合计比较。
有一列相等（只差尾数也算）即成立，否则警示。

限度：表不在文件里、行名找不到的，不作结论。

依据：同一事项在文字与表中应一致

正确：
青山县档案局2026年部门预算
表1 一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
301	工资福利支出	20.00
302	商品和服务支出	10.00
合计		30.00

第三部分 部门预算情况说明
一、机关运行经费情况说明
机关运行经费支出与《一般公共预算基本支出表》的“商品和服务支出”支出数一致。
2026年机关运行经费支出10.00万元。

错误：
青山县档案局2026年部门预算
表1 一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
301	工资福利支出	20.00
302	商品和服务支出	10.00
合计		30.00

第三部分 部门预算情况说明
一、机关运行经费情况说明
机关运行经费支出与《一般公共预算基本支出表》的“商品和服务支出”支出数一致。
2026年机关运行经费支出16.50万元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Fact, Severity, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.figures import compared, equal, residue
from budgetaudit.vocabulary import form_of, squash, strip_numbering, total_scope

CODE, CATEGORY, SEVERITY = "N411", "narrative-table", "warning"
BASIS = "同一事项在文字与表中应一致"
_SAYS = re.compile(
    r"(?<!不)(?:与|和|同)《(?P<table>[^》]{4,40})》(?:中)?的?[“\"]?(?P<row>[^“”\"，。；《》]{0,24}?)[”\"]?"
    r"(?P<side>收入|支出)?(?:安排)?(?:金额|数额?|额)?(?:应|对应|保持)?(?:一致|相等|相同)"
)


def check(book: Book) -> Iterator[Check]:
    """Every statement that a figure is that of a row of another table."""
    said = [(s, m) for s in book.narrative.sentences if "《" in s.text for m in _SAYS.finditer(s.text)]
    if not said:
        return
    values = [c for c in book.claims if not c.percent and c.role in ("value", "outturn")]
    for sentence, found in said:
        facts = _facts(book, found.group("table"), found.group("row"), found.group("side") or "")
        claim = _claim(values, sentence, found.start())
        if claim is not None and facts:
            yield _compared(claim, facts, sentence, found)


def _facts(book: Book, title: str, row: str, side: str) -> Sequence[Fact]:
    """The figures of a table's row: of the name that the text gives, with its side as a part of it, or of its total."""
    form = form_of(title)
    tables = {t.id for t in book.tables if form is not None and t.form == form.key}
    facts = [f for f in book.facts if f.ref.table in tables]
    bare = squash(row)
    if not bare:
        totals = [f for f in facts if total_scope(f.label.split("·")[0]) is not None]
        word = {"收入": "income", "支出": "expenditure"}.get(side, "")
        return [f for f in totals if word and f.aspects.get("flow", word) == word]
    names = {bare, bare + side}
    return [f for f in facts if _name(f) in names and ({"function", "economic"} & set(f.aspects))]


def _name(fact: Fact) -> str:
    return strip_numbering(squash(re.sub(r"^[\d\s]+", "", fact.label.split("·")[0])))


def _claim(values: Sequence[Claim], sentence: Sentence, at: int) -> Claim | None:
    """The figure that a statement is about: the last before it in its sentence, else the first after it in its section."""
    before = [c for c in values if c.sentence is sentence and c.end <= at]
    if before:
        return before[-1]
    after = (c for c in values if c.sentence.section == sentence.section and c.sentence.paragraph >= sentence.paragraph)
    return next(
        (c for c in after if c.sentence is not sentence and c.sentence.paragraph <= sentence.paragraph + 1), None
    )


def _compared(claim: Claim, facts: Sequence[Fact], sentence: Sentence, found: re.Match[str]) -> Check:
    for fact in facts:
        if equal(claim, fact) or residue(claim, fact):
            return compared(CODE, claim, fact, Verdict.HELD)
    fact = max(facts, key=lambda f: f.amount.value)
    message = _("说明称“{said}”，而这里是 {here}，该表“{label}”为 {figure}").format(
        said=found.group(), here=claim.amount.text, label=fact.label, figure=fact.amount.text
    )
    return Check(
        CODE,
        "statement",
        Verdict.FAILED,
        claim.operand(),
        compared(CODE, claim, fact, Verdict.HELD).operands,
        fact.amount.value,
        quote=found.group(),
        message=message,
        severity=Severity.WARNING,
        confidence=0.75,
    )
