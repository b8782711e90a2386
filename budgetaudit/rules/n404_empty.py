"""N404 空表说明：写明没有收支的表应确实没有数

为什么：照抄上年“本表无数据”的说明而表中有数，或表改了说明没有改。

怎么查：政府性基金、国有资本经营、“三公”等表下的空表说明与表中的数核对；文字中“没有使用政府性基金（国有资本经营）预算安排的支出”同样核对。

限度：说明只涉及部分内容（如“无公务用车购置”）的不查。

依据：同一事项在文字与表中应一致。

正确：
表8 政府性基金预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
合计		-	-	-
注：本单位没有使用政府性基金预算安排的支出，故本表无数据。

错误：
表8 政府性基金预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
212	城乡社区支出	30.00	10.00	20.00
合计		30.00	10.00	20.00
注：本单位没有使用政府性基金预算安排的支出，故本表无数据。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Amount, CellRef, Check, Operand, Place, Table, Verdict
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "N404", "narrative-table", "error"
BASIS = "同一事项在文字与表中应一致"
_FORMS = {"government-fund": "政府性基金", "capital": "国有资本经营"}
_EMPTY = re.compile(r"本表无数据|本表为空|为空表|故本表|没有使用|本表(?:本年度?)?无发生额")
_NONE = re.compile(
    r"(?:没有使用|无)(?:一般公共预算|政府性基金|国有资本经营)(?:预算)?(?:财政)?(?:拨款)?(?:安排的)?(?:收入和)?(?:支出|预算)?"
)


def check(book: Book) -> Iterator[Check]:
    """Statements of emptiness under tables and in the text."""
    for table in book.tables:
        if table.amounts and table.empty_statement and _EMPTY.search(squash(table.empty_statement)):
            line = next((n for n in table.notes if n.text.strip() == table.empty_statement), None)
            yield _result(table, table.empty_statement, line.place if line is not None else table.place)
    for sentence in book.narrative.sentences:
        text = squash(sentence.text)
        if not re.search(r"没有使用|无数据|空表|预算财政拨款(?:收入和)?支出。?$", text) or not _NONE.search(text):
            continue
        for form, name in _FORMS.items():
            tables = [t for t in book.tables if t.form == form and t.amounts]
            if (
                name in text
                and len(tables) == 1
                and not any(other in text for key, other in _FORMS.items() if key != form)
            ):
                yield _result(tables[0], sentence.text, sentence.place)


def _result(table: Table, statement: str, place: Place) -> Check:
    position, amount = max(table.amounts.items(), key=lambda entry: abs(entry[1].value))
    cell = table.cell(*position)
    good = not amount.value
    operand = Operand(
        table.title or table.form_name,
        amount,
        cell.place if cell is not None else table.place,
        CellRef(table.id, *position),
    )
    return Check(
        rule=CODE,
        kind="statement",
        verdict=Verdict.HELD if good else Verdict.FAILED,
        target=Operand(_("空表说明"), Amount(_("无"), amount.value), place),
        operands=(operand,),
        expected=amount.value,
        quote=statement[:100],
        message=""
        if good
        else _("说明称没有收支，而“{label}”有数（{text}）").format(label=operand.label, text=amount.text),
        confidence=0.9,
    )
