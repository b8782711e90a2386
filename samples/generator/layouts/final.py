"""Layout: a final account with 行次 columns, 栏次 rows, carry-over in and out, and a two-sided economic table."""

from __future__ import annotations

from samples.generator.classification import ECONOMIC, FUNCTIONS
from samples.generator.department import Department
from samples.generator.departments.culture import DEPARTMENT
from samples.generator.document import Break, Document, Part, Placed
from samples.generator.final_narrative import final_text
from samples.generator.layouts.final_overviews import fiscal_overview, overview
from samples.generator.ledger import Fund, Ledger
from samples.generator.money import blank_zero, wan, wan_plain
from samples.generator.narrative import front_matter
from samples.generator.rows import Figures
from samples.generator.ruling import Style
from samples.generator.sheet import BodyRow, Head, Sheet, amount, group, head, label, middle, row
from samples.generator.yearend import YearEnd

_UNIT = "单位：万元"
_print = blank_zero(wan_plain)

_PERSONNEL_CODES = [code for code in ECONOMIC if code[:3] in ("301", "303")]
_PUBLIC_CODES = [code for code in ECONOMIC if code[:3] in ("302", "310")]


def build() -> Document:
    """The clean document."""
    d = DEPARTMENT
    year = YearEnd(d)
    sheets = [
        overview(year),
        _income(year),
        _expenditure(d, "expenditure", "支出决算表", d.ledger, "expenditure"),
        fiscal_overview(year),
        _general(d),
        _basic(d),
        _three_public(d),
        _government(year),
        _capital(d),
    ]
    parts: list[Part] = [Break((d.name, f"{d.year}年度部门决算"), cover=True), Break()]
    parts += front_matter(d, "部门决算", [sheet.title for sheet in sheets])
    for number, sheet in enumerate(sheets, 1):
        sheet.number = f"公开{number:02d}表"
        sheet.organisation = f"部门：{d.name}"
        parts.append(Placed(sheet, Style(rules="rect", landscape=sheet.key not in ("basic", "general"))))
    parts.append(Break((f"第三部分　{d.year}年度部门决算情况说明",)))
    parts += final_text(year)
    return Document(
        "final",
        "final-account",
        d,
        parts,
        footer="- {page} -",
        traps=(
            "收入决算表与支出决算表的科目金额不等，差额是年初与年末结转。",
            "三公经费的预算数与决算数不同，是两个口径。",
            "财政拨款总计与部门总计相差非财政资金。",
        ),
    )


def _blank_rest(width: int) -> list[str]:
    return [""] * width


def _coded(ledger: Ledger, figures: Figures) -> list[BodyRow]:
    return [
        row(code, label(code), label(FUNCTIONS[code]), *figures(ledger.where(function=code)))
        for code in ledger.functions()
    ]


def _subject() -> Head:
    return group("项目", head("功能分类科目编码", "code", 1.1), head("科目名称", "name", 3))


def _income(year: YearEnd) -> Sheet:
    received = year.received

    def figures(lines: Ledger) -> list[str]:
        fiscal = lines.where(funds=(Fund.GENERAL, Fund.GOVERNMENT)).total
        return [_print(lines.total), _print(fiscal), "", _print(lines.where(funds=(Fund.OWN,)).total), "", "", ""]

    body = [row("合计", middle("合计", 2), None, *figures(received)), *_coded(received, figures)]
    heads = (
        _subject(),
        head("本年收入合计", "total", 1.3),
        head("财政拨款收入", "fiscal", 1.3),
        head("上级补助收入", "superior", 1.1),
        head("事业收入", "business", 1.1),
        head("经营收入", "operating", 1.1),
        head("附属单位上缴收入", "subordinate", 1.2),
        head("其他收入", "other", 1.1),
    )
    ordinal = ("栏次", "", "1", "2", "3", "4", "5", "6", "7")
    note = "注：本表反映部门本年度取得的收入。"
    return Sheet("income", "收入决算表", "income", _UNIT, heads, body, notes=(note,), ordinal=ordinal)


def _expenditure(d: Department, key: str, title: str, ledger: Ledger, form: str) -> Sheet:
    def figures(lines: Ledger) -> list[str]:
        parts = (lines, lines.where(basic=True), lines.where(basic=False))
        return [*[_print(part.total) for part in parts], *_blank_rest(3)]

    body = [row("合计", middle("合计", 2), None, *figures(ledger)), *_coded(ledger, figures)]
    heads = (
        _subject(),
        head("本年支出合计", "total", 1.3),
        head("基本支出", "basic", 1.3),
        head("项目支出", "project", 1.3),
        head("上缴上级支出", "upward", 1.1),
        head("经营支出", "operating", 1.1),
        head("对附属单位补助支出", "downward", 1.2),
    )
    ordinal = ("栏次", "", "1", "2", "3", "4", "5", "6")
    note = "注：本表反映部门本年度的支出。"
    return Sheet(key, title, form, _UNIT, heads, body, notes=(note,), ordinal=ordinal)


def _general(d: Department) -> Sheet:
    general = d.ledger.where(funds=(Fund.GENERAL,))

    def figures(lines: Ledger) -> list[str]:
        return [_print(part.total) for part in (lines, lines.where(basic=True), lines.where(basic=False))]

    body = [row("合计", middle("合计", 2), None, *figures(general)), *_coded(general, figures)]
    heads = (
        _subject(),
        group("本年支出", head("小计", "total", 1.3), head("基本支出", "basic", 1.3), head("项目支出", "project", 1.3)),
    )
    ordinal = ("栏次", "", "1", "2", "3")
    title = "一般公共预算财政拨款支出决算表"
    return Sheet("general", title, "general", _UNIT, heads, body, ordinal=ordinal)


def _basic(d: Department) -> Sheet:
    basic = d.ledger.where(funds=(Fund.GENERAL,), basic=True)

    def block(codes: list[str], width: int) -> list[BodyRow]:
        rows = [
            row(code, label(code), label(ECONOMIC[code], int(len(code) > 3)), _print(basic.where(economic=code).total))
            for code in codes
        ]
        return rows + [BodyRow((), [amount(""), amount(""), amount("")]) for _ in range(width - len(rows))]

    half = (len(_PUBLIC_CODES) + 1) // 2
    height = max(len(_PERSONNEL_CODES), half)
    blocks = (
        block(_PERSONNEL_CODES, height),
        block(_PUBLIC_CODES[:height], height),
        block(_PUBLIC_CODES[height:], height),
    )
    body = [BodyRow(a.keys + b.keys + c.keys, a.cells + b.cells + c.cells) for a, b, c in zip(*blocks, strict=True)]
    personnel, public = basic.where(personnel=True).total, basic.where(personnel=False).total
    body.append(
        row(
            ("人员经费合计", "公用经费合计"),
            middle("人员经费合计", 2),
            None,
            _print(personnel),
            middle("公用经费合计", 5),
            *[None] * 4,
            _print(public),
        )
    )
    sides = [
        group(
            name,
            head("经济分类科目编码", f"code{i}", 1.2),
            head("科目名称", f"name{i}", 2.4),
            head("决算数", f"amount{i}", 1.2),
        )
        for i, name in ((1, "人员经费"),)
    ]
    public_side = group(
        "公用经费",
        *[
            node
            for i in (2, 3)
            for node in (
                head("经济分类科目编码", f"code{i}", 1.2),
                head("科目名称", f"name{i}", 2.4),
                head("决算数", f"amount{i}", 1.2),
            )
        ],
    )
    title = "一般公共预算财政拨款基本支出决算表"
    return Sheet("basic", title, "basic", _UNIT, (*sides, public_side), body)


def _three_public(d: Department) -> Sheet:
    assert d.planned is not None
    heads = tuple(
        group(
            name,
            head("合计", f"{key}-total"),
            head("因公出国（境）费", f"{key}-abroad", 1.1),
            group(
                "公务用车购置及运行维护费",
                head("小计", f"{key}-vehicles"),
                head("公务用车购置费", f"{key}-purchase", 1.1),
                head("公务用车运行维护费", f"{key}-running", 1.1),
            ),
            head("公务接待费", f"{key}-reception", 1.1),
        )
        for name, key in (("预算数", "planned"), ("决算数", "spent"))
    )
    figures = [
        wan(value)
        for t in (d.planned, d.three_public)
        for value in (t.total, t.abroad, t.vehicles, t.purchase, t.running, t.reception)
    ]
    ordinal = tuple(str(number) for number in range(1, 13))
    title = "财政拨款“三公”经费支出决算表"
    return Sheet("three-public", title, "three-public", _UNIT, heads, [row("三公", *figures)], ordinal=ordinal)


def _government(year: YearEnd) -> Sheet:
    fund = (Fund.GOVERNMENT,)
    spent = year.department.ledger.where(funds=fund)

    def figures(code: str) -> list[str]:
        lines = spent.where(function=code)
        return [
            _print(year.opening(fund, code)),
            _print(year.received.where(funds=fund, function=code).total),
            _print(lines.total),
            _print(lines.where(basic=True).total),
            _print(lines.where(basic=False).total),
            _print(year.closing(fund, code)),
        ]

    body = [row("合计", middle("合计", 2), None, *figures(""))]
    body += [row(code, label(code), label(FUNCTIONS[code]), *figures(code)) for code in spent.functions()]
    heads = (
        _subject(),
        head("年初结转和结余", "opening", 1.3),
        head("本年收入", "received", 1.3),
        group("本年支出", head("小计", "total", 1.3), head("基本支出", "basic", 1.3), head("项目支出", "project", 1.3)),
        head("年末结转和结余", "closing", 1.3),
    )
    ordinal = ("栏次", "", "1", "2", "3", "4", "5", "6")
    title = "政府性基金预算财政拨款收入支出决算表"
    return Sheet("government", title, "government-fund", _UNIT, heads, body, ordinal=ordinal)


def _capital(d: Department) -> Sheet:
    heads = (
        _subject(),
        group("本年支出", head("合计", "total"), head("基本支出", "basic"), head("项目支出", "project")),
    )
    body = [row("合计", middle("合计", 2), None, "", "", "")]
    note = f"说明：{d.name}本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。"
    ordinal = ("栏次", "", "1", "2", "3")
    title = "国有资本经营预算财政拨款支出决算表"
    return Sheet("capital", title, "capital", _UNIT, heads, body, notes=(note,), ordinal=ordinal)
