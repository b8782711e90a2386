"""Layout: code and name in one cell, six-decimal 万元, department economy crossed with government economy, unit blocks.

Continuation pages carry no header. The fiscal tables include last year's fiscal carry-over in rows of its own.
"""

from __future__ import annotations

from samples.generator.classification import CLASSES, ECONOMIC, GOVERNMENT, government
from samples.generator.department import Department
from samples.generator.departments.water import DEPARTMENT
from samples.generator.document import Break, Document, Part, Placed
from samples.generator.ledger import FISCAL, Fund, Ledger
from samples.generator.money import blank_zero, wan_six
from samples.generator.narrative import Voice, budget_text, front_matter
from samples.generator.rows import chinese, coded_rows, side_by_side
from samples.generator.ruling import Style
from samples.generator.sheet import BodyRow, Head, Sheet, amount, group, head, label, middle, row

_UNIT = "金额单位：万元"
_GENERAL = (Fund.GENERAL, Fund.CARRY)
_FISCAL = (*FISCAL, Fund.CARRY)
_print = blank_zero(wan_six)
_FUNCTION = "[{code}]{name}"


def build() -> Document:
    """The clean document."""
    d = DEPARTMENT
    sheets = [
        _overview(d, "overview", "收支总表", d.ledger),
        _income(d),
        _expenditure(d),
        _overview(d, "fiscal", "财政拨款收支总表", d.ledger.where(funds=_FISCAL)),
        _general(d),
        _basic(d),
        _government(d),
        _capital(d),
        _three_public(d),
        _projects(d),
        _procurement(d),
    ]
    parts: list[Part] = [Break((d.name, f"{d.year}年部门预算信息公开"), cover=True), Break()]
    parts += front_matter(d, "部门预算", [f"{sheet.number}　{sheet.title}" for sheet in sheets])
    parts.append(Break((f"第三部分　{d.year}年部门预算说明",)))
    parts += budget_text(d, Voice(general=_GENERAL, fiscal=_FISCAL, share="占比"))
    style = Style(rules="line", size=8, leading=10, row=18)
    for sheet in sheets:
        sheet.repeat_header = False
        parts.append(Placed(sheet, style))
    return Document(
        "codename",
        "budget",
        d,
        parts,
        traps=(
            "收支总表与财政拨款收支总表的总计相差单位资金，口径不同。",
            "一般公共预算支出表含上年结转，大于收支总表中的一般公共预算拨款收入。",
            "同一科目在不同单位的分块中重复出现，不是重复列报。",
            "同一部门经济科目按政府经济科目交叉列示，各行不构成上下级。",
        ),
    )


def _overview(d: Department, key: str, title: str, ledger: Ledger) -> Sheet:
    whole = key == "overview"
    names = [
        ("一般公共预算拨款", Fund.GENERAL),
        ("政府性基金预算拨款", Fund.GOVERNMENT),
        ("国有资本经营预算拨款", Fund.CAPITAL),
    ]
    if whole:
        names += [("财政专户管理资金", Fund.SPECIAL), ("单位资金", Fund.OWN)]
    left = [
        row(name, label(f"{chinese(i)}、{name}收入"), _print(ledger.where(funds=(fund,)).total))
        for i, (name, fund) in enumerate(names, 1)
    ]
    right = [
        row(code, label(f"{chinese(i)}、{name}"), _print(ledger.where(function=code).total))
        for i, (code, name) in enumerate(CLASSES.items(), 1)
    ]
    body = side_by_side(left, right, 2, 2)
    received = ledger.where(funds=[fund for _, fund in names]).total

    def pair(a: str, received: int, b: str, spent: int) -> BodyRow:
        return row((a, b), middle(a), amount(_print(received)), middle(b), amount(_print(spent)))

    body.append(pair("本年收入合计", received, "本年支出合计", ledger.total))
    body.append(pair("上年结转结余", ledger.total - received, "年终结转结余", 0))
    body.append(pair("收入总计", ledger.total, "支出总计", ledger.total))
    heads = (
        group("收入", head("项目", "income", 3), head("预算数", "received", 1.6)),
        group("支出", head("项目", "use", 3), head("预算数", "spent", 1.6)),
    )
    number = "预算01表" if whole else "预算04表"
    return Sheet(key, title, "overview" if whole else "fiscal-overview", _UNIT, heads, body, number)


def _income(d: Department) -> Sheet:
    this_year = (Fund.GENERAL, Fund.GOVERNMENT, Fund.CAPITAL, Fund.SPECIAL, Fund.OWN)

    def figures(lines: Ledger) -> list[str]:
        carry = lines.where(funds=(Fund.CARRY,)).total
        return [
            _print(lines.total),
            _print(lines.where(funds=this_year).total),
            *[_print(lines.where(funds=(fund,)).total) for fund in this_year],
            _print(carry),
            _print(carry),
            "",
        ]

    body: list[BodyRow] = []
    for unit in d.units:
        of_unit = d.ledger.where(unit=unit)
        body.append(row(unit, label(unit), *figures(of_unit)))
        for item in coded_rows(of_unit, figures, style=_FUNCTION):
            item.keys = (f"{unit}/{item.keys[0]}",)
            body.append(item)
    body.append(row("合计", middle("合计"), *figures(d.ledger)))
    heads = (
        head("单位名称/功能分类科目", "name", 3.2),
        head("合计", "total", 1.3),
        group(
            "本年收入",
            head("小计", "year", 1.3),
            head("一般公共预算", "general", 1.3),
            head("政府性基金预算", "government", 1.2),
            head("国有资本经营预算", "capital", 1.0),
            head("财政专户管理资金", "special", 1.0),
            head("单位资金", "own", 1.1),
        ),
        group(
            "上年结转结余",
            head("小计", "carried", 1.2),
            head("一般公共预算", "carry", 1.2),
            head("单位资金", "carry_own", 1.0),
        ),
    )
    return Sheet("income", "收入总表", "income", _UNIT, heads, body, "预算02表")


def _expenditure(d: Department) -> Sheet:
    def figures(lines: Ledger) -> list[str]:
        parts = (lines, lines.where(basic=True), lines.where(basic=False))
        return [*[_print(part.total) for part in parts], "", "", ""]

    body = [*coded_rows(d.ledger, figures, style=_FUNCTION), row("合计", middle("合计"), *figures(d.ledger))]
    heads = (
        head("功能分类科目", "name", 3.4),
        head("合计", "total", 1.3),
        head("基本支出", "basic", 1.3),
        head("项目支出", "project", 1.3),
        head("事业单位经营支出", "operating", 1.0),
        head("上缴上级支出", "upward", 1.0),
        head("对附属单位补助支出", "downward", 1.0),
    )
    return Sheet("expenditure", "支出总表", "expenditure", _UNIT, heads, body, "预算03表")


def _general(d: Department) -> Sheet:
    general = d.ledger.where(funds=_GENERAL)

    def figures(lines: Ledger) -> list[str]:
        basic = lines.where(basic=True)
        parts = (lines, basic, basic.where(personnel=True), basic.where(personnel=False), lines.where(basic=False))
        return [_print(part.total) for part in parts]

    body = [*coded_rows(general, figures, style=_FUNCTION), row("合计", middle("合计"), *figures(general))]
    heads = (
        head("功能分类科目", "name", 3.4),
        head("合计", "total", 1.3),
        group(
            "基本支出",
            head("小计", "basic", 1.3),
            head("人员经费", "personnel", 1.3),
            head("公用经费", "public", 1.3),
        ),
        head("项目支出", "project", 1.3),
    )
    return Sheet("general", "一般公共预算支出表", "general", _UNIT, heads, body, "预算05表")


def _basic(d: Department) -> Sheet:
    basic = d.ledger.where(funds=(Fund.GENERAL,), basic=True)

    def figures(lines: Ledger) -> list[str]:
        parts = (lines, lines.where(personnel=True), lines.where(personnel=False))
        return [_print(part.total) for part in parts]

    body = []
    for code in basic.economics():
        if len(code) == 5:
            other = government(code)
            names = (label(f"{other}-{GOVERNMENT[other]}"), label(f"{code}-{ECONOMIC[code]}"))
            body.append(row(code, *names, *figures(basic.where(economic=code))))
    body.append(row("合计", middle("合计", 2), None, *figures(basic)))
    heads = (
        head("政府预算支出经济分类科目", "government", 2.6),
        head("部门预算支出经济分类科目", "name", 2.8),
        head("合计", "total", 1.4),
        head("人员经费", "personnel", 1.4),
        head("公用经费", "public", 1.4),
    )
    return Sheet("basic", "一般公共预算基本支出表", "basic", _UNIT, heads, body, "预算06表")


def _fund_heads() -> tuple[Head, ...]:
    return (
        head("功能分类科目", "name", 3.4),
        head("合计", "total", 1.3),
        head("基本支出", "basic", 1.3),
        head("项目支出", "project", 1.3),
    )


def _government(d: Department) -> Sheet:
    fund = d.ledger.where(funds=(Fund.GOVERNMENT,))

    def figures(lines: Ledger) -> list[str]:
        return [_print(lines.total), _print(lines.where(basic=True).total), _print(lines.where(basic=False).total)]

    body = [*coded_rows(fund, figures, style=_FUNCTION), row("合计", middle("合计"), *figures(fund))]
    return Sheet("government", "政府性基金预算支出表", "government-fund", _UNIT, _fund_heads(), body, "预算07表")


def _capital(d: Department) -> Sheet:
    body = [row("空", "", "", "", ""), row("合计", middle("合计"), "", "", "")]
    note = f"注：{d.name}没有国有资本经营预算安排的支出，本表无数据。"
    title = "国有资本经营预算支出表"
    return Sheet("capital", title, "capital", _UNIT, _fund_heads(), body, "预算08表", notes=(note,))


def _three_public(d: Department) -> Sheet:
    t = d.three_public
    values = (t.total, t.abroad, t.reception, t.vehicles, t.purchase, t.running)
    heads = (
        head("“三公”经费合计", "total", 1.2),
        head("因公出国（境）费", "abroad", 1.2),
        head("公务接待费", "reception", 1.2),
        group(
            "公务用车购置及运行维护费",
            head("小计", "vehicles", 1.2),
            head("公务用车购置费", "purchase", 1.2),
            head("公务用车运行维护费", "running", 1.2),
        ),
    )
    body = [row("三公", *[_print(value) for value in values])]
    title = "财政拨款“三公”经费支出表"
    return Sheet("three-public", title, "three-public", _UNIT, heads, body, "预算09表")


def _projects(d: Department) -> Sheet:
    projects = d.ledger.where(basic=False)

    def figures(lines: Ledger) -> list[str]:
        funds = (Fund.GENERAL, Fund.GOVERNMENT, Fund.CAPITAL, Fund.OWN, Fund.CARRY)
        return [_print(lines.total), *[_print(lines.where(funds=(fund,)).total) for fund in funds]]

    body: list[BodyRow] = []
    for unit in d.units:
        of_unit = projects.where(unit=unit)
        names = of_unit.projects()
        for index, name in enumerate(names):
            owner = label(unit) if index == 0 else None
            line = row((f"{unit}/{name}", name), owner, label(name), *figures(of_unit.where(project=name)))
            if owner is not None:
                line.cells[0] = middle(unit, 1, len(names))
            body.append(line)
    body.append(row("合计", middle("合计", 2), None, *figures(projects)))
    heads = (
        head("单位名称", "unit", 1.8),
        head("项目名称", "name", 2.4),
        head("合计", "total", 1.3),
        group(
            "本年拨款",
            head("一般公共预算", "general", 1.3),
            head("政府性基金预算", "government", 1.3),
            head("国有资本经营预算", "capital", 1.1),
        ),
        head("单位资金", "own", 1.2),
        head("财政拨款结转", "carry", 1.3),
    )
    return Sheet("projects", "项目支出表", "project", _UNIT, heads, body, "预算10表")


def _procurement(d: Department) -> Sheet:
    kinds = (("A 货物", d.goods), ("B 工程", d.works), ("C 服务", d.services))
    body = [row(name[0], label(name), _print(value)) for name, value in kinds]
    body.append(row("合计", middle("合计"), _print(d.procurement)))
    heads = (head("采购类别", "name", 3), head("金额", "total", 2))
    return Sheet("procurement", "政府采购预算明细表", "procurement", _UNIT, heads, body, "预算11表")
