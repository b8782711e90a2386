"""N404 没有的说明：写明没有收支的表、没有经费的事项，应确实没有数

为什么：照抄上年“本表无数据”的说明而表中有数，或表改了说明没有改。

怎么查：政府性基金、国有资本经营、“三公”等表下的空表说明与表中的数核对；文字中“没有使用政府性基金（国有资本经营）预算安排的支出”同样核对。
“没有因公出国（境）安排”“本单位无机关运行经费”“未安排公务用车购置经费”一类的整句，与文字里该项的金额核对：文字写了该项大于0的金额而没有写0的，警示。
一处说开展了整体支出绩效自评，别处说不属于评价范围的，警示。

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
from decimal import Decimal

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Amount, CellRef, Check, Operand, Place, Severity, Table, Verdict
from budgetaudit.narrative import Sentence
from budgetaudit.narrative.claims import Claim, plain
from budgetaudit.rules.figures import item_claims
from budgetaudit.rules.statement import data
from budgetaudit.vocabulary import squash

CODE, CATEGORY, SEVERITY = "N404", "narrative-table", "error"
BASIS = "同一事项在文字与表中应一致"
_FORMS = {"government-fund": "政府性基金", "capital": "国有资本经营"}
_EMPTY = re.compile(r"本表无数据|本表为空|为空表|故本表|没有使用|本表(?:本年度?)?无发生额")
_DENIED = re.compile(
    r"(?:(?:主要)?(?:原因)?是|[一二三]是|因为?|由于|(?:19|20)\d\d年度?|本(?:部门|单位|年度?)|我[局厅委办院]|全年|年内|当年|今年|暂|部门预算)*(?:没有|无|未安排|未发生|不涉及|未编制|未产生|未列支)[^，。；:、]{0,8}?"
    r"(?:(?P<overseas>因公出国(?:[(]境[)])?)|(?P<reception>公务接待)|(?P<operation>机关运行经费)|(?P<commissioned>委托业务费)"
    r"|(?P<purchase>(?:公务用车|车辆)购置|(?:购置|新购|更新)(?:公务用车|车辆)))(?:[(]境[)])?"
    r"(?:的)?(?:安排|计划|需求|事项|任务|经费|费用?|支出|预算)*"
)
_OTHER_TIME = re.compile(r"上年|去年|往年|以前|历年|大型|新增|超")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_NONE = re.compile(
    r"(?:没有使用|无)(?:一般公共预算|政府性基金|国有资本经营)(?:预算)?(?:财政)?(?:拨款)?(?:安排的)?(?:收入和)?(?:支出|预算)?"
)


MAX_CLAUSE = 50


def check(book: Book) -> Iterator[Check]:
    """Statements of emptiness under tables and in the text."""
    for table in book.tables:
        if table.amounts and table.empty_statement and _EMPTY.search(squash(table.empty_statement)):
            line = next((n for n in table.notes if n.text.strip() == table.empty_statement), None)
            yield _result(table, table.empty_statement, line.place if line is not None else table.place)
    yield from _denied(book)
    for words in data("duties.toml")["opposite"]:
        yield from _opposite(book, re.compile(words["done"]), re.compile(words["denied"]))
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


def _denied(book: Book) -> Iterator[Check]:
    """Clauses that say that there is nothing of an item, where the text has money for it and nowhere says 0."""
    for sentence in book.narrative.sentences:
        for clause in re.split(r"[，。；：,;:]", plain(sentence.text)):
            found = _DENIED.fullmatch(clause) if len(clause) <= MAX_CLAUSE else None
            years = [int(year) for year in _YEAR.findall(clause)]
            if found is None or _OTHER_TIME.search(clause) or any(year != book.profile.year for year in years):
                continue
            item = (found.lastgroup or "").replace("purchase", "vehicle-purchase")
            claims = book.once(item_claims).get(item, ())
            if claims and all(claim.amount.value for claim in claims):
                yield _contradiction(sentence, clause, claims[0])


def _opposite(book: Book, done: re.Pattern[str], denied: re.Pattern[str]) -> Iterator[Check]:
    """What one sentence says was done and another that it was not."""
    sentences = book.narrative.sentences
    denial = next((found for s in sentences if (found := denied.search(s.text))), None)
    if denial is None:
        return
    for sentence in sentences:
        if found := done.search(sentence.text):
            yield Check(
                rule=CODE,
                kind="statement",
                verdict=Verdict.FAILED,
                target=Operand(_("说明"), Amount(found.group(), Decimal(0)), sentence.place_at(found.start())),
                operands=(),
                expected=Decimal(0),
                quote=sentence.text[max(0, found.start() - 12) : found.end() + 16],
                message=_("这里说“{said}”，别处又写“{denied}”").format(said=found.group(), denied=denial.group()),
                severity=Severity.WARNING,
                confidence=0.75,
            )
            return


def _contradiction(sentence: Sentence, clause: str, claim: Claim) -> Check:
    at = plain(sentence.text).find(clause)
    return Check(
        rule=CODE,
        kind="statement",
        verdict=Verdict.FAILED,
        target=Operand(_("说明"), Amount(_("无"), claim.amount.value), sentence.place_at(at)),
        operands=(claim.operand(),),
        expected=claim.amount.value,
        quote=sentence.text[at : at + len(clause)],
        message=_("这里说没有，而文字写“{said}”").format(said=claim.quote[-40:]),
        severity=Severity.WARNING,
        confidence=0.75,
    )


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
