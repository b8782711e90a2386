"""Layout: each row prints only its own piece of the code, on pages with /Rotate 90, rules as thin filled rectangles.

A unit column with merged cells stands at the left, zero is printed as 0.00, the total row comes first.
"""

from __future__ import annotations

from collections.abc import Sequence

from samples.generator.classification import ECONOMIC, FUNCTIONS
from samples.generator.department import Department
from samples.generator.departments.land import DEPARTMENT
from samples.generator.document import Break, Document, Part, Placed
from samples.generator.ledger import FISCAL, Fund, Ledger
from samples.generator.money import wan
from samples.generator.narrative import Voice, budget_text, front_matter
from samples.generator.rows import Figures, class_labels, side_by_side
from samples.generator.ruling import Style
from samples.generator.sheet import BodyRow, Cell, Head, Sheet, amount, group, head, label, middle, row

_UNIT = "单位：万元"


def build() -> Document:
    """The clean document."""
    d = DEPARTMENT
    sheets = [
        _overview(d),
        _income(d),
        _expenditure(d),
        _fiscal(d),
        _general(d),
        _basic(d),
        _fund(d, "government", "政府性基金预算支出表", "政府性基金", (Fund.GOVERNMENT,), "government-fund"),
        _fund(d, "capital", "国有资本经营预算支出表", "国有资本经营", (Fund.CAPITAL,), "capital"),
        _three_public(d),
        _projects(d),
    ]
    parts: list[Part] = [Break((f"{d.year}年", f"{d.name}部门预算"), cover=True), Break()]
    parts += front_matter(d, "部门预算", [f"表{n}　{sheet.title}" for n, sheet in enumerate(sheets, 1)])
    for number, sheet in enumerate(sheets, 1):
        sheet.number = f"表{number}"
        sheet.organisation = f"单位名称：{d.name}"
        parts.append(Placed(sheet, Style(rules="rect")))
    parts.append(Break((f"第三部分　{d.year}年部门预算编制说明",)))
    parts += budget_text(d, Voice())
    return Document(
        "cascade",
        "budget",
        d,
        parts,
        rotated_tables=True,
        footer="第{page}页",
        traps=(
            "每行只印科目编码的本级数字，01出现在不同的款之下，不是同一科目。",
            "两个单位的分块重复同一科目，不是重复列报。",
            "支出总表与一般公共预算支出表相差单位资金安排的项目。",
            "各处的零印作0.00，不表示有发生额。",
        ),
    )


def _pieces(ledger: Ledger, figures: Figures, codes: Sequence[str], names: dict[str, str], key: str) -> list[BodyRow]:
    """Rows of a cascade: the own piece of each code, indented by its level, and the name."""
    rows = []
    for code in codes:
        level = (len(code) - 3) // 2
        piece = code if level == 0 else code[-2:]
        part = ledger.where(**{key: code})  # type: ignore[arg-type]
        rows.append(row(code, label(piece, level), label(names[code], level), *figures(part)))
    return rows


def _unit_blocks(d: Department, ledger: Ledger, figures: Figures) -> list[BodyRow]:
    width = len(figures(ledger))
    body = [BodyRow(("合计",), [middle("合计", 3), None, None, *[amount(text) for text in figures(ledger)]])]
    for unit in d.units:
        lines = ledger.where(unit=unit)
        block = [row("小计", middle("小计", 2), None, *figures(lines))]
        block += _pieces(lines, figures, lines.functions(), FUNCTIONS, "function")
        for index, line in enumerate(block):
            owner = middle(unit, 1, len(block)) if index == 0 else None
            body.append(BodyRow((f"{unit}/{line.keys[0]}",), [owner, *line.cells]))
            assert len(line.cells) == width + 2
    return body


def _by_nature(lines: Ledger) -> list[str]:
    return [wan(lines.total), wan(lines.where(basic=True).total), wan(lines.where(basic=False).total)]


def _pairs(left: list[BodyRow], right: list[BodyRow], total: int) -> list[BodyRow]:
    body = side_by_side(left, right, 2, 2)
    last = row(("收入总计", "支出总计"), middle("收入总计"), amount(wan(total)), middle("支出总计"), amount(wan(total)))
    return [*body, last]


def _two_sides() -> tuple[Head, ...]:
    return (
        group("收入", head("项目", "income", 3), head("预算数", "received", 1.4)),
        group("支出", head("项目", "use", 3), head("预算数", "spent", 1.4)),
    )


def _overview(d: Department) -> Sheet:
    ledger = d.ledger
    sources: tuple[tuple[str, str, tuple[Fund, ...]], ...] = (
        ("财政拨款", "一、财政拨款收入", FISCAL),
        ("一般", "（一）一般公共预算拨款收入", (Fund.GENERAL,)),
        ("基金", "（二）政府性基金预算拨款收入", (Fund.GOVERNMENT,)),
        ("国资", "（三）国有资本经营预算拨款收入", (Fund.CAPITAL,)),
        ("专户", "二、财政专户管理资金收入", (Fund.SPECIAL,)),
        ("单位资金", "三、单位资金收入", (Fund.OWN,)),
    )
    left = [
        row(key, label(text, int(text.startswith("（"))), wan(ledger.where(funds=funds).total))
        for key, text, funds in sources
    ]
    right = [row(code, label(text), wan(ledger.where(function=code).total)) for code, text in class_labels()[:24]]
    body = _pairs(left, right, ledger.total)
    return Sheet("overview", "收支预算总表", "overview", _UNIT, _two_sides(), body)


def _fiscal(d: Department) -> Sheet:
    fiscal = d.ledger.where(funds=FISCAL)
    names = (
        ("一般公共预算拨款", Fund.GENERAL),
        ("政府性基金预算拨款", Fund.GOVERNMENT),
        ("国有资本经营预算拨款", Fund.CAPITAL),
    )
    left = [
        row(name, label(f"{number}、{name}"), wan(fiscal.where(funds=(fund,)).total))
        for number, (name, fund) in zip("一二三", names, strict=True)
    ]
    right = [row(code, label(text), wan(fiscal.where(function=code).total)) for code, text in class_labels()[:24]]
    body = _pairs(left, right, fiscal.total)
    return Sheet("fiscal", "财政拨款收支预算总表", "fiscal-overview", _UNIT, _two_sides(), body)


def _income(d: Department) -> Sheet:
    columns: tuple[tuple[Fund, ...], ...] = (
        (Fund.GENERAL,),
        (Fund.GOVERNMENT,),
        (Fund.CAPITAL,),
        (Fund.SPECIAL,),
        (Fund.OWN,),
    )

    def figures(lines: Ledger) -> list[str]:
        return [wan(lines.total), *[wan(lines.where(funds=funds).total) for funds in columns]]

    body = [row("合计", middle("合计"), *figures(d.ledger))]
    body += [row(unit, label(unit), *figures(d.ledger.where(unit=unit))) for unit in d.units]
    heads = (
        head("单位名称", "unit", 3),
        head("收入合计", "total", 1.3),
        group(
            "财政拨款收入",
            head("一般公共预算拨款", "general", 1.3),
            head("政府性基金预算拨款", "government", 1.3),
            head("国有资本经营预算拨款", "capital", 1.3),
        ),
        head("财政专户管理资金", "special", 1.2),
        head("单位资金", "own", 1.2),
    )
    return Sheet("income", "收入预算总表", "income", _UNIT, heads, body)


def _subject_heads(*rest: Head) -> tuple[Head, ...]:
    return (
        head("单位名称", "unit", 1.8),
        head("科目编码", "code", 1.0),
        head("科目名称", "name", 3.2),
        *rest,
    )


def _natures() -> tuple[Head, ...]:
    return head("合计", "total", 1.4), head("基本支出", "basic", 1.4), head("项目支出", "project", 1.4)


def _expenditure(d: Department) -> Sheet:
    body = _unit_blocks(d, d.ledger, _by_nature)
    return Sheet("expenditure", "支出预算总表", "expenditure", _UNIT, _subject_heads(*_natures()), body)


def _general(d: Department) -> Sheet:
    def figures(lines: Ledger) -> list[str]:
        basic = lines.where(basic=True)
        parts = (lines, basic, basic.where(personnel=True), basic.where(personnel=False), lines.where(basic=False))
        return [wan(part.total) for part in parts]

    body = _unit_blocks(d, d.ledger.where(funds=(Fund.GENERAL,)), figures)
    heads = _subject_heads(
        head("合计", "total", 1.3),
        group(
            "基本支出",
            head("小计", "basic", 1.3),
            head("人员经费", "personnel", 1.3),
            head("公用经费", "public", 1.3),
        ),
        head("项目支出", "project", 1.3),
    )
    return Sheet("general", "一般公共预算支出表", "general", _UNIT, heads, body)


def _basic(d: Department) -> Sheet:
    basic = d.ledger.where(funds=(Fund.GENERAL,), basic=True)

    def figures(lines: Ledger) -> list[str]:
        return [wan(part.total) for part in (lines, lines.where(personnel=True), lines.where(personnel=False))]

    body = [row("合计", middle("合计", 2), None, *figures(basic))]
    body += _pieces(basic, figures, basic.economics(), ECONOMIC, "economic")
    heads = (
        head("科目编码", "code", 1.0),
        head("科目名称", "name", 3.4),
        head("合计", "total", 1.4),
        head("人员经费", "personnel", 1.4),
        head("公用经费", "public", 1.4),
    )
    return Sheet("basic", "一般公共预算基本支出表（按经济分类）", "basic", _UNIT, heads, body)


def _fund(d: Department, key: str, title: str, what: str, funds: tuple[Fund, ...], form: str) -> Sheet:
    figures = _by_nature(d.ledger.where(funds=funds))
    body = [row("合计", middle("合计", 3), None, None, *figures)]
    note = f"注：{d.name}本年度没有{what}预算安排的支出。"
    return Sheet(key, title, form, _UNIT, _subject_heads(*_natures()), body, notes=(note,))


def _three_public(d: Department) -> Sheet:
    t = d.three_public
    values = (t.total, t.abroad, t.vehicles, t.purchase, t.running, t.reception)
    body = [
        row("合计", middle("合计"), *[wan(value) for value in values]),
    ]
    heads = (
        head("单位名称", "unit", 2.2),
        head("“三公”经费合计", "total", 1.2),
        head("因公出国（境）费用", "abroad", 1.2),
        group(
            "公务用车购置及运行维护费",
            head("小计", "vehicles", 1.2),
            head("公务用车购置费", "purchase", 1.2),
            head("公务用车运行维护费", "running", 1.2),
        ),
        head("公务接待费", "reception", 1.2),
    )
    for unit in d.units:
        own = d.with_ledger(d.ledger.where(unit=unit)).three_public
        parts = (own.total, own.abroad, own.vehicles, own.purchase, own.running, own.reception)
        body.append(row(unit, label(unit), *[wan(value) for value in parts]))
    title = "一般公共预算“三公”经费支出表"
    return Sheet("three-public", title, "three-public", _UNIT, heads, body)


def _projects(d: Department) -> Sheet:
    projects = d.ledger.where(basic=False)

    def figures(lines: Ledger) -> list[str]:
        funds = (Fund.GENERAL, Fund.GOVERNMENT, Fund.CAPITAL, Fund.OWN)
        return [wan(lines.total), *[wan(lines.where(funds=(fund,)).total) for fund in funds]]

    body = [BodyRow(("合计",), [middle("合计", 2), None, *[amount(text) for text in figures(projects)]])]
    for unit in d.units:
        lines = projects.where(unit=unit)
        for index, name in enumerate(lines.projects()):
            owner: Cell | None = middle(unit, 1, len(lines.projects())) if index == 0 else None
            cells = [owner, label(name), *[amount(text) for text in figures(lines.where(project=name))]]
            body.append(BodyRow((name,), cells))
    heads = (
        head("单位名称", "unit", 2),
        head("项目名称", "name", 2.6),
        head("合计", "total", 1.3),
        group(
            "财政拨款",
            head("一般公共预算", "general", 1.3),
            head("政府性基金预算", "government", 1.3),
            head("国有资本经营预算", "capital", 1.3),
        ),
        head("单位资金", "own", 1.2),
    )
    return Sheet("projects", "项目支出预算表", "project", _UNIT, heads, body)
