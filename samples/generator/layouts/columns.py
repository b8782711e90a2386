"""Layout: three code columns 类|款|项, 万元, twelve tables, total row last, carry-over outside of the fiscal tables."""

from __future__ import annotations

from samples.generator.classification import CLASSES, ECONOMIC, FUNCTIONS
from samples.generator.department import Department
from samples.generator.departments.services import DEPARTMENT
from samples.generator.document import Break, Document, Part, Placed
from samples.generator.ledger import CARRIED, FISCAL, THIS_YEAR, Fund, Ledger
from samples.generator.money import blank_zero, wan
from samples.generator.narrative import Voice, budget_text, front_matter
from samples.generator.rows import economic_rows, function_rows, side_by_side, split_function
from samples.generator.ruling import Style
from samples.generator.sheet import BodyRow, Cell, Head, Sheet, amount, group, head, label, middle, row

_UNIT = "单位：万元"
_print = blank_zero(wan)

_CODE = group("科目代码", head("类", "class", 0.6), head("款", "section", 0.5), head("项", "item", 0.5))
_SUBJECT = group("科目", _CODE, head("科目名称", "name", 3.4))


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
        _projects(d),
        _blank(d, "8", "government", "政府性基金预算"),
        _blank(d, "9", "capital", "国有资本经营预算"),
        _three_public(d),
        _commissioned(d),
        _carried(d),
    ]
    parts: list[Part] = [Break((f"{d.year}年{d.name}", "部门预算公开"), cover=True), Break()]
    parts += front_matter(d, "部门预算", [f"{sheet.number}　{sheet.title}" for sheet in sheets])
    for sheet in sheets:
        sheet.organisation = f"编制部门：{d.name}"
        parts.append(Placed(sheet, Style()))
    parts.append(Break((f"第三部分　{d.year}年部门预算情况说明",)))
    parts += budget_text(d, Voice())
    return Document(
        "columns",
        "budget",
        d,
        parts,
        traps=(
            "收支总表的收入总计含上年结转结余和单位资金，财政拨款收支总表只列本年财政拨款，两者不等是口径不同。",
            "机关运行经费只算行政运行，小于一般公共预算基本支出的公用经费。",
            "万元表的合计与分项之和可能差0.01至0.02，是四舍五入的尾差。",
        ),
    )


def _total(width: int, *figures: str, name: str = "合计") -> BodyRow:
    return row("合计", middle(name, width), *[None] * (width - 1), *figures)


def _overview(d: Department) -> Sheet:
    ledger = d.ledger

    def line(key: str, text: str, *funds: Fund, indent: int = 0) -> BodyRow:
        return row(key, label(text, indent), _print(ledger.where(funds=funds).total) if funds else "")

    left = [
        line("本年收入", "一、本年收入", *THIS_YEAR),
        line("一般", "1. 一般公共预算拨款", Fund.GENERAL, indent=1),
        line("基金", "2. 政府性基金预算拨款", Fund.GOVERNMENT, indent=1),
        line("国资", "3. 国有资本经营预算拨款", Fund.CAPITAL, indent=1),
        line("专户", "4. 财政专户核拨", Fund.SPECIAL, indent=1),
        line("单位资金", "5. 单位资金", Fund.OWN, indent=1),
        line("其他收入", "其中：其他收入", Fund.OWN, indent=2),
        line("结转", "二、上年结转结余", *CARRIED),
        line("财政结转", "1. 财政拨款结转", Fund.CARRY, indent=1),
        line("非财政结转", "2. 非财政拨款结转结余", Fund.CARRY_OWN, indent=1),
    ]
    right = [
        row(code, label(f"{code} {name}"), _print(ledger.where(function=code).total)) for code, name in CLASSES.items()
    ]
    body = side_by_side(left, right, 2, 2)
    body.append(
        row(
            ("收入总计", "支出总计"),
            middle("收入总计"),
            amount(_print(ledger.total)),
            middle("支出总计"),
            amount(_print(ledger.total)),
        )
    )
    heads = (
        group("收入", head("项目", "income", 3), head("预算数", "received", 1.4)),
        group("支出", head("科目名称", "use", 3), head("预算数", "spent", 1.4)),
    )
    return Sheet("overview", "部门收支总体情况表", "overview", _UNIT, heads, body, "表1")


def _income(d: Department) -> Sheet:
    heads = (
        _CODE,
        head("科目名称", "name", 3),
        head("总计", "total", 1.2),
        group(
            "财政拨款（补助）",
            head("财政拨款（补助）小计", "fiscal", 1.2),
            head("一般公共预算", "general", 1.2),
            head("政府性基金预算", "government", 1),
            head("国有资本经营预算", "capital", 1),
        ),
        head("财政专户（教育收费）", "special", 1),
        head("单位资金", "own", 1.1),
        head("财政拨款结转", "carry", 1.1),
        head("非财政拨款结转结余", "carry_own", 1.1),
    )
    columns: tuple[tuple[Fund, ...], ...] = (
        (),
        FISCAL,
        (Fund.GENERAL,),
        (Fund.GOVERNMENT,),
        (Fund.CAPITAL,),
        (Fund.SPECIAL,),
        (Fund.OWN,),
        (Fund.CARRY,),
        (Fund.CARRY_OWN,),
    )

    def figures(lines: Ledger) -> list[str]:
        return [_print(lines.where(funds=funds).total) for funds in columns]

    body = [*function_rows(d.ledger, figures), _total(4, *figures(d.ledger))]
    return Sheet("income", "部门收入总体情况表", "income", _UNIT, heads, body, "表2")


def _by_nature(lines: Ledger) -> list[str]:
    return [_print(lines.total), _print(lines.where(basic=True).total), _print(lines.where(basic=False).total)]


def _nature_heads(title: str) -> tuple[Head, ...]:
    return (
        _SUBJECT,
        group(title, head("合计", "total", 1.4), head("基本支出", "basic", 1.4), head("项目支出", "project", 1.4)),
    )


def _expenditure(d: Department) -> Sheet:
    body = [*function_rows(d.ledger, _by_nature), _total(4, *_by_nature(d.ledger))]
    return Sheet("expenditure", "部门支出总体情况表", "expenditure", _UNIT, _nature_heads("支出预算"), body, "表3")


def _fiscal(d: Department) -> Sheet:
    fiscal = d.ledger.where(funds=FISCAL)
    left = [row("财政拨款", label("一、财政拨款（补助）"), _print(fiscal.total))]
    funds = (("一般公共预算", Fund.GENERAL), ("政府性基金预算", Fund.GOVERNMENT), ("国有资本经营预算", Fund.CAPITAL))
    left += [row(name, label(name, 1), _print(fiscal.where(funds=(fund,)).total)) for name, fund in funds]

    def figures(lines: Ledger) -> list[str]:
        return [_print(lines.total), *[_print(lines.where(funds=(fund,)).total) for _, fund in funds]]

    right = [
        row(code, label(f"{code} {name}"), *figures(fiscal.where(function=code))) for code, name in CLASSES.items()
    ]
    body = side_by_side(left, right, 2, 5)
    body.append(
        row(
            ("收入总计", "支出总计"),
            middle("收入总计"),
            amount(_print(fiscal.total)),
            middle("支出总计"),
            *figures(fiscal),
        )
    )
    heads = (
        group("财政拨款收入", head("项目", "income", 2.4), head("合计", "received", 1.2)),
        group(
            "财政拨款支出",
            head("科目名称", "use", 2.8),
            head("合计", "total", 1.2),
            head("一般公共预算", "general", 1.2),
            head("政府性基金预算", "government", 1.2),
            head("国有资本经营预算", "capital", 1.2),
        ),
    )
    return Sheet("fiscal", "财政拨款收支预算总体情况表", "fiscal-overview", _UNIT, heads, body, "表4")


def _general(d: Department) -> Sheet:
    general = d.ledger.where(funds=(Fund.GENERAL,))
    body = [*function_rows(general, _by_nature), _total(4, *_by_nature(general))]
    heads = _nature_heads("一般公共预算支出")
    return Sheet("general", "一般公共预算支出情况表", "general", _UNIT, heads, body, "表5")


def _basic(d: Department) -> Sheet:
    basic = d.ledger.where(funds=(Fund.GENERAL,), basic=True)

    def figures(lines: Ledger) -> list[str]:
        parts = (lines, lines.where(personnel=True), lines.where(personnel=False))
        return [_print(part.total) for part in parts]

    body = [*economic_rows(basic, figures), _total(3, *figures(basic))]
    heads = (
        group("科目代码", head("类", "class", 0.6), head("款", "section", 0.5)),
        head("科目名称", "name", 3.4),
        group(
            "一般公共预算基本支出",
            head("合计", "total", 1.4),
            head("人员经费", "personnel", 1.4),
            head("公用经费", "public", 1.4),
        ),
    )
    return Sheet("basic", "一般公共预算基本支出情况表", "basic", _UNIT, heads, body, "表6")


def _projects(d: Department) -> Sheet:
    projects = d.ledger.where(funds=(Fund.GENERAL,), basic=False)
    classes = ("301", "302", "303", "310")

    def figures(lines: Ledger) -> list[str]:
        return [_print(lines.total), *[_print(lines.where(economic=code).total) for code in classes]]

    body = []
    for code in projects.functions():
        of_code = projects.where(function=code)
        parts = [Cell(part, align="c") for part in split_function(code)]
        body.append(row(code, *parts, label(FUNCTIONS[code]), label(""), *figures(of_code)))
        if len(code) == 7:
            body += [
                row(
                    f"{code}/{name}",
                    *[Cell(part, align="c") for part in split_function(code)],
                    label(FUNCTIONS[code]),
                    label(name),
                    *figures(of_code.where(project=name)),
                )
                for name in of_code.projects()
            ]
    body.append(row("合计", middle("合计", 5), *[None] * 4, *figures(projects)))
    heads = (
        _CODE,
        head("科目名称", "name", 2.6),
        head("项目名称", "project", 2.6),
        head("项目支出合计", "total", 1.2),
        *[head(ECONOMIC[code], code, 1.1) for code in classes],
    )
    return Sheet("projects", "一般公共预算项目支出情况表", "project", _UNIT, heads, body, "表7")


def _blank(d: Department, number: str, key: str, what: str) -> Sheet:
    form = "government-fund" if key == "government" else "capital"
    body = [row("合计", "", "", "", middle("总计"), "", "", "")]
    note = f"说明：{d.name}{d.year}年没有{what}拨款安排的支出，本表为空表。"
    heads = _nature_heads(f"{what}支出")
    return Sheet(key, f"{what}支出情况表", form, _UNIT, heads, body, f"表{number}", notes=(note,))


def _with_funds(first: str, width: float) -> tuple[Head, ...]:
    return (
        head(first, "name", width),
        head("合计", "total", 1.2),
        group(
            "资金来源",
            head("一般公共预算", "general", 1.2),
            head("政府性基金", "government", 1.2),
            head("国有资本经营预算", "capital", 1.2),
        ),
    )


def _three_public(d: Department) -> Sheet:
    t = d.three_public

    def line(key: str, text: str, value: int, indent: int = 0) -> BodyRow:
        return row(key, label(text, indent), _print(value), _print(value), "", "")

    body = [
        line("出国", "因公出国（境）费用", t.abroad),
        line("接待", "公务接待费", t.reception),
        line("公车", "公务用车购置及运行维护费（小计）", t.vehicles),
        line("购置", "其中：公务用车购置", t.purchase, 1),
        line("运行", "公务用车运行维护费", t.running, 1),
        line("合计", "总计", t.total),
    ]
    heads = _with_funds("“三公”经费支出内容", 3)
    return Sheet("three-public", "财政拨款“三公”经费支出情况表", "three-public", _UNIT, heads, body, "表10")


def _commissioned(d: Department) -> Sheet:
    lines = d.ledger.where(funds=FISCAL, economic="30227")

    def figures(part: Ledger) -> list[str]:
        return [_print(part.total), *[_print(part.where(funds=(fund,)).total) for fund in FISCAL]]

    body = [row(d.name, label(d.name), *figures(lines))]
    body += [row(name, label(name, 1), *figures(lines.where(project=name))) for name in lines.projects()]
    body.append(row("合计", middle("总计"), *figures(lines)))
    heads = _with_funds("项目名称", 3)
    return Sheet("commissioned", "财政拨款委托业务费支出情况表", "commissioned", _UNIT, heads, body, "表11")


def _carried(d: Department) -> Sheet:
    carried = d.ledger.where(funds=CARRIED)

    def figures(part: Ledger) -> list[str]:
        texts = [_print(part.total)]
        for fund in CARRIED:
            of_fund = part.where(funds=(fund,))
            texts += [
                _print(of_fund.total),
                _print(of_fund.where(basic=True, personnel=True).total),
                _print(of_fund.where(basic=True, personnel=False).total),
                _print(of_fund.where(basic=False).total),
            ]
        return texts

    body = [row(d.name, label(d.name), *figures(carried))]
    body += [row(name, label(name, 1), *figures(carried.where(project=name))) for name in carried.projects()]
    body.append(row("合计", middle("总计"), *figures(carried)))
    sides = [
        group(
            name,
            head("小计", f"{key}", 1.1),
            group("基本支出", head("人员经费", f"{key}-personnel"), head("公用经费", f"{key}-public")),
            head("项目支出", f"{key}-project", 1.1),
        )
        for name, key in (("财政拨款", "fiscal"), ("非财政拨款", "own"))
    ]
    heads = (head("项目", "name", 3), head("合计", "total", 1.1), *sides)
    return Sheet("carried", "上年结转结余情况表", "carry-over", _UNIT, heads, body, "表12")
