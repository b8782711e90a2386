"""D801 应公开的内容：法定的表格和说明应齐全，空表应有说明

为什么：预算法第十四条要求部门预算、决算及报表向社会公开，并对机关运行经费、政府采购等重要事项作出说明；漏掉一项就是公开不完整。

怎么查：表格和文字在同一文件里的，看机构设置、“三公”经费、机关运行经费、政府采购、名词解释、国有资产、绩效有没有说到，八张基本表有没有；
政府性基金、国有资本经营、“三公”经费的空表，表下或文字里有没有说明。只在名词解释里解释、正文没有说的，不算说到。表在别的文件里的，只看前五项文字。

限度：只有表的文件（文字在别的文件里）不查；单位预算、单位决算各地要求不一，只作提示；除名词解释外，通篇找得到字样就算有。

依据：预算法第十四条；《地方预决算公开操作规程》（财预〔2016〕143号）；没有数据的表格应当列出空表并说明

正确：
青山县档案局2026年部门预算
一、青山县档案局负责全县档案的第一项工作。
二、青山县档案局负责全县档案的第二项工作。
三、青山县档案局负责全县档案的第三项工作。
四、青山县档案局负责全县档案的第四项工作。
五、青山县档案局负责全县档案的第五项工作。
六、青山县档案局负责全县档案的第六项工作。
七、青山县档案局负责全县档案的第七项工作。
八、青山县档案局负责全县档案的第八项工作。
九、青山县档案局负责全县档案的第九项工作。
十、青山县档案局负责全县档案的第十项工作。
青山县档案局开展全县档案第一项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第二项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第三项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第四项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第五项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第六项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第七项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第八项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第九项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第十项业务的监督和指导工作，服务单位和群众。
青山县档案局内设机构三个。

部门收支总表
单位：万元
收入		支出
一般公共预算	30.00	一般公共服务支出	30.00
收入总计	30.00	支出总计	30.00

部门收入总表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	30.00
        合计	30.00

部门支出总表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	30.00
        合计	30.00

财政拨款收支总表
单位：万元
收入		支出
一般公共预算	30.00	一般公共服务支出	30.00
收入总计	30.00	支出总计	30.00

一般公共预算支出表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	30.00
        合计	30.00

一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
301	工资福利支出	30.00
        合计	30.00

政府性基金预算支出表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	0.00
        合计	0.00
注：本部门没有政府性基金预算支出。

青山县档案局2026年“三公”经费、机关运行经费、政府采购、国有资产占用、预算绩效情况和名词解释如下。

错误：
青山县档案局2026年部门预算
一、青山县档案局负责全县档案的第一项工作。
二、青山县档案局负责全县档案的第二项工作。
三、青山县档案局负责全县档案的第三项工作。
四、青山县档案局负责全县档案的第四项工作。
五、青山县档案局负责全县档案的第五项工作。
六、青山县档案局负责全县档案的第六项工作。
七、青山县档案局负责全县档案的第七项工作。
八、青山县档案局负责全县档案的第八项工作。
九、青山县档案局负责全县档案的第九项工作。
十、青山县档案局负责全县档案的第十项工作。
青山县档案局开展全县档案第一项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第二项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第三项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第四项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第五项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第六项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第七项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第八项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第九项业务的监督和指导工作，服务单位和群众。
青山县档案局开展全县档案第十项业务的监督和指导工作，服务单位和群众。
青山县档案局内设机构三个。

部门收支总表
单位：万元
收入		支出
一般公共预算	30.00	一般公共服务支出	30.00
收入总计	30.00	支出总计	30.00

部门收入总表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	30.00
        合计	30.00

部门支出总表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	30.00
        合计	30.00

财政拨款收支总表
单位：万元
收入		支出
一般公共预算	30.00	一般公共服务支出	30.00
收入总计	30.00	支出总计	30.00

一般公共预算支出表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	30.00
        合计	30.00

一般公共预算基本支出表
单位：万元
科目编码	科目名称	合计
301	工资福利支出	30.00
        合计	30.00

政府性基金预算支出表
单位：万元
科目编码	科目名称	合计
201	一般公共服务支出	0.00
        合计	0.00
注：本部门没有政府性基金预算支出。

青山县档案局2026年“三公”经费、机关运行经费、国有资产占用、预算绩效情况和名词解释如下。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Place, Severity, Table, Verdict
from budgetaudit.rules.statement import bare, data, statement

CODE, CATEGORY, SEVERITY = "D801", "missing-content", "warning"
BASIS = "预算法第十四条；财预〔2016〕143号"
MIN_SENTENCES, MIN_TABLES = 20, 6
"""What a file must hold before it counts as a whole disclosure."""
_MAY_BE_EMPTY = {"government-fund": "政府性基金", "capital": "国有资本经营", "three-public": "三公"}


def check(book: Book) -> Iterator[Check]:
    """Checks of duties for a whole disclosure, or for a text alone; nothing for another part of one."""
    tables = [t for t in book.tables if t.form and t.form != "performance"]
    targets = {page for t in book.tables if t.form == "performance" for page in t.pages}
    prose = [s for s in book.narrative.sentences if s.place.page not in targets]
    whole = len(tables) >= MIN_TABLES
    if book.document is None or len(prose) < MIN_SENTENCES or not (whole or not book.tables):
        return
    text = _everything(book)
    yield from _sections(book, text, prose[0].place, whole=whole)
    if whole:
        yield from _tables(tables, text)


def _sections(book: Book, text: str, first: Place, *, whole: bool) -> Iterator[Check]:
    """What the text must speak of. Where the tables are in another file, only what no table can tell."""
    department = not re.search("单位(?:预算|决算)", book.profile.title)
    glossary = re.compile(data("duties.toml")["glossary"]["heading"])
    told = _told(book, glossary)
    for duty in data("duties.toml")["section"]:
        if not whole and not duty.get("alone", False):
            continue
        name, basis = duty["name"], duty["basis"]
        where, quote = _missed_at(book, duty.get("under", ""), first)
        explained = any(word in text for word in duty["words"])
        message = (
            _("只在名词解释里有{name}，正文没有说明（{basis}）") if explained else _("没有找到{name}的说明（{basis}）")
        )
        yield _duty(
            explained if glossary.search(name) else any(word in told for word in duty["words"]),
            message.format(name=_(name), basis=_(basis)),
            duty["severity"] if department else "notice",
            where,
            quote,
        )


def _tables(tables: Sequence[Table], text: str) -> Iterator[Check]:
    forms = {t.form for t in tables}
    for duty in data("duties.toml")["table"]:
        name = duty["name"]
        present = bool(forms & set(duty["forms"])) or any(word in text for word in duty["words"])
        yield _duty(present, _("没有找到{name}").format(name=_(name)), "warning", tables[0].place)
    for table in tables:
        if table.form in _MAY_BE_EMPTY and table.amounts and all(not a.value for a in table.amounts.values()):
            yield _empty(table, text)


def _told(book: Book, glossary: re.Pattern[str]) -> str:
    """All that headings, sentences, notes and tables say outside the explanation of terms, without blanks."""
    narrative = book.narrative
    parts = [s.text for s in (*narrative.sentences, *narrative.notes) if not any(map(glossary.search, s.section))]
    explaining = 0
    for heading in narrative.headings:
        if glossary.search(heading.text):
            explaining = heading.level
        elif not explaining or heading.level <= explaining:
            explaining = 0
            parts.append(heading.text)
    parts += [t.title for t in book.tables]
    parts += [cell.text for t in book.tables for row in t.grid for cell in row if cell is not None]
    return bare("\n".join(parts))


def _missed_at(book: Book, under: str, first: Place) -> tuple[Place, str]:
    """The heading under which something is missed; the beginning of the text where there is none."""
    headings = [h for h in book.narrative.headings if under and re.search(under, h.text)]
    return (headings[0].place, bare(headings[0].text)) if headings else (first, "")


def _duty(present: bool, message: str, severity: str, place: Place, quote: str = "") -> Check:
    if present:
        return statement(CODE, Verdict.HELD, place, "")
    return statement(CODE, Verdict.FAILED, place, quote, message, severity=Severity(severity), confidence=0.8)


def _everything(book: Book) -> str:
    """All printed text without blanks."""
    assert book.document is not None
    parts = [line.text for page in book.document.pages for line in page.lines]
    parts += [cell.text for page in book.document.pages for grid in page.grids for cell in grid.cells]
    return bare("\n".join(parts))


def _empty(table: Table, text: str) -> Check:
    """An empty table: a note, a statement, or the text that names its money."""
    word = _MAY_BE_EMPTY[table.form]
    explained = bool(table.empty_statement or table.notes) or text.count(word) > 2
    if explained:
        return statement(CODE, Verdict.HELD, table.place, table.title)
    message = _("“{title}”是空表，没有说明").format(title=table.title)
    return statement(CODE, Verdict.FAILED, table.place, table.title, message, severity=Severity.NOTICE)
