"""Layout: no codes at all, rows numbered 一、（一）1., open outer borders, rules drawn as curves.

Titles stand inside the grid. Two tables share a page; the overview shows totals without and with carry-over.
"""

from __future__ import annotations

from samples.generator.classification import ECONOMIC, FUNCTIONS
from samples.generator.department import Department
from samples.generator.departments.veterans import DEPARTMENT
from samples.generator.document import Break, Document, Part, Placed
from samples.generator.ledger import FISCAL, Fund, Ledger
from samples.generator.money import wan
from samples.generator.narrative import Voice, budget_text, front_matter
from samples.generator.rows import chinese, class_labels, side_by_side
from samples.generator.ruling import Style
from samples.generator.sheet import BodyRow, Head, Sheet, amount, group, head, label, middle, row

_UNIT = "单位：万元"
_GENERAL = (Fund.GENERAL, Fund.CARRY)
_FISCAL = (*FISCAL, Fund.CARRY)


def _print(value: int) -> str:
    return wan(value) if value else "-"


def build() -> Document:
    """The clean document."""
    d = DEPARTMENT
    sheets = [
        _overview(d, "overview", "收支预算总表", "overview", d.ledger),
        _income(d),
        _tree(d, "expenditure", "支出预算总表", "expenditure", d.ledger),
        _overview(d, "fiscal", "财政拨款收支预算总表", "fiscal-overview", d.ledger.where(funds=_FISCAL)),
        _tree(d, "general", "一般公共预算支出预算表", "general", d.ledger.where(funds=_GENERAL)),
        _basic(d),
        _three_public(d),
        _blank(d, "government", "政府性基金预算", "government-fund"),
        _blank(d, "capital", "国有资本经营预算", "capital"),
        _projects(d),
    ]
    shares_page = {"income", "three-public", "capital", "projects"}
    parts: list[Part] = [Break((f"{d.year}年{d.name}部门预算",), cover=True), Break()]
    parts += front_matter(d, "部门预算", [f"{chinese(n)}、{sheet.title}" for n, sheet in enumerate(sheets, 1)])
    style = Style(rules="curve", open_sides=True, size=9, leading=11, row=17, landscape=False)
    for sheet in sheets:
        sheet.title_inside = True
        parts.append(Placed(sheet, style, sheet.key not in shares_page))
    parts.append(Break((f"第三部分　{d.year}年部门预算情况说明",)))
    parts += budget_text(d, Voice(general=_GENERAL, fiscal=_FISCAL))
    return Document(
        "numbered",
        "budget",
        d,
        parts,
        traps=(
            "收入总计含上年结转，大于本年收入合计。",
            "基本支出表的其中项只列一部分科目，小于上级金额。",
            "行首的一、（一）、1.是序号，不是科目编码。",
        ),
    )


def _overview(d: Department, key: str, title: str, form: str, ledger: Ledger) -> Sheet:
    names = [
        ("一般公共预算拨款收入", (Fund.GENERAL,)),
        ("政府性基金预算拨款收入", (Fund.GOVERNMENT,)),
        ("国有资本经营预算拨款收入", (Fund.CAPITAL,)),
    ]
    if key == "overview":
        names += [("事业收入", (Fund.SPECIAL,)), ("其他收入", (Fund.OWN,))]
    left = [
        row(name, label(f"{chinese(i)}、{name}"), _print(ledger.where(funds=funds).total))
        for i, (name, funds) in enumerate(names, 1)
    ]
    shown = [code for code, _ in class_labels() if code in ("201", "205", "206", "208", "210", "212", "213", "221")]
    right = [row(code, label(text), _print(ledger.where(function=code).total)) for code, text in class_labels(shown)]
    body = side_by_side(left, right, 2, 2)
    year = ledger.where(funds=(*FISCAL, Fund.SPECIAL, Fund.OWN)).total
    pairs = (
        ("本年收入合计", year, "本年支出合计", ledger.total),
        ("上年结转", ledger.total - year, "结转下年", 0),
        ("收入总计", ledger.total, "支出总计", ledger.total),
    )
    for a, received, b, spent in pairs:
        body.append(row((a, b), middle(a), amount(_print(received)), middle(b), amount(_print(spent))))
    heads = (
        group("收入", head("项目", "income", 3), head("预算数", "received", 1.4)),
        group("支出", head("项目", "use", 3), head("预算数", "spent", 1.4)),
    )
    return Sheet(key, title, form, _UNIT, heads, body)


def _income(d: Department) -> Sheet:
    ledger = d.ledger
    funds = (Fund.GENERAL, Fund.GOVERNMENT, Fund.CAPITAL, Fund.OWN, Fund.CARRY)
    values = [ledger.total, *[ledger.where(funds=(fund,)).total for fund in funds]]
    body = [
        row(name, label(text), *[_print(value) for value in values])
        for name, text in (("合计", "合计"), (d.name, d.name))
    ]
    heads = (
        head("单位名称", "unit", 2.6),
        head("合计", "total", 1.2),
        head("一般公共预算拨款收入", "general", 1.3),
        head("政府性基金预算拨款收入", "government", 1.3),
        head("国有资本经营预算拨款收入", "capital", 1.3),
        head("其他收入", "other", 1.1),
        head("上年结转", "carry", 1.1),
    )
    return Sheet("income", "收入预算总表", "income", _UNIT, heads, body)


def _numbering(ledger: Ledger) -> list[tuple[str, str, int]]:
    """(code, numbered name, level) of functional classes, sections and items."""
    counts = [0, 0, 0]
    lines = []
    for code in ledger.functions():
        level = (len(code) - 3) // 2
        counts[level] += 1
        counts[level + 1 :] = [0] * (2 - level)
        number = (f"{chinese(counts[0])}、", f"（{chinese(counts[1] or 1)}）", f"{counts[2]}.")[level]
        lines.append((code, number + FUNCTIONS[code], level))
    return lines


def _natures() -> tuple[Head, ...]:
    return (
        head("支出功能分类", "name", 4),
        head("合计", "total", 1.5),
        head("基本支出", "basic", 1.5),
        head("项目支出", "project", 1.5),
    )


def _by_nature(lines: Ledger) -> list[str]:
    return [_print(lines.total), _print(lines.where(basic=True).total), _print(lines.where(basic=False).total)]


def _tree(d: Department, key: str, title: str, form: str, ledger: Ledger) -> Sheet:
    body = [
        row(code, label(text, level), *_by_nature(ledger.where(function=code)))
        for code, text, level in _numbering(ledger)
    ]
    body.append(row("合计", middle("合计"), *_by_nature(ledger)))
    return Sheet(key, title, form, _UNIT, _natures(), body)


def _basic(d: Department) -> Sheet:
    basic = d.ledger.where(funds=(Fund.GENERAL,), basic=True)
    body: list[BodyRow] = []
    for number, code in enumerate((c for c in basic.economics() if len(c) == 3), 1):
        lines = basic.where(economic=code)
        figures = [_print(lines.total), _print(lines.where(personnel=True).total)]
        body.append(
            row(
                code,
                label(f"{chinese(number)}、{ECONOMIC[code]}"),
                *figures,
                _print(lines.where(personnel=False).total),
            )
        )
        items = [c for c in lines.economics() if len(c) == 5][: 4 if code == "302" else None]
        for index, item in enumerate(items):
            of_item = basic.where(economic=item)
            head_word = "其中：" if index == 0 and code == "302" else ""
            text = f"{head_word}{ECONOMIC[item]}" if code == "302" else f"（{chinese(index + 1)}）{ECONOMIC[item]}"
            personnel, public = of_item.where(personnel=True).total, of_item.where(personnel=False).total
            body.append(row(item, label(text, 1), _print(of_item.total), _print(personnel), _print(public)))
    personnel, public = basic.where(personnel=True).total, basic.where(personnel=False).total
    body.append(row("合计", middle("合计"), _print(basic.total), _print(personnel), _print(public)))
    heads = (
        head("支出经济分类", "name", 4),
        head("合计", "total", 1.5),
        head("人员经费", "personnel", 1.5),
        head("公用经费", "public", 1.5),
    )
    return Sheet("basic", "一般公共预算基本支出预算表", "basic", _UNIT, heads, body)


def _three_public(d: Department) -> Sheet:
    t = d.three_public
    lines = (
        ("合计", "“三公”经费合计", t.total, 0),
        ("出国", "一、因公出国（境）费", t.abroad, 0),
        ("公车", "二、公务用车购置及运行维护费", t.vehicles, 0),
        ("购置", "其中：公务用车购置费", t.purchase, 1),
        ("运行", "公务用车运行维护费", t.running, 1),
        ("接待", "三、公务接待费", t.reception, 0),
    )
    body = [row(key, label(text, indent), _print(value)) for key, text, value, indent in lines]
    heads = (head("项目", "name", 4), head("预算数", "total", 2))
    return Sheet("three-public", "一般公共预算“三公”经费支出预算表", "three-public", _UNIT, heads, body)


def _blank(d: Department, key: str, what: str, form: str) -> Sheet:
    body = [row("空", label(""), "", "", ""), row("合计", middle("合计"), "", "", "")]
    note = f"说明：{d.name}{d.year}年没有{what}安排的支出，本表为空表。"
    return Sheet(key, f"{what}支出预算表", form, _UNIT, _natures(), body, notes=(note,))


def _projects(d: Department) -> Sheet:
    projects = d.ledger.where(basic=False)

    def figures(lines: Ledger) -> list[str]:
        return [_print(lines.total), *[_print(lines.where(funds=(f,)).total) for f in (Fund.GENERAL, Fund.CARRY)]]

    body = [
        row(name, label(f"{number}.{name}"), *figures(projects.where(project=name)))
        for number, name in enumerate(projects.projects(), 1)
    ]
    body.append(row("合计", middle("合计"), *figures(projects)))
    heads = (
        head("项目名称", "name", 4),
        head("合计", "total", 1.5),
        head("一般公共预算拨款", "general", 1.5),
        head("上年结转", "carry", 1.5),
    )
    return Sheet("projects", "项目支出预算表", "project", _UNIT, heads, body)
