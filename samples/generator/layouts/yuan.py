"""Layout: tables in 元, header repeated on continuation pages, 三公 in one 万元 row, text before and after."""

from __future__ import annotations

from samples.generator.classification import CLASSES
from samples.generator.department import Department
from samples.generator.departments.justice import DEPARTMENT
from samples.generator.document import Break, Document, Part, Placed, Text
from samples.generator.ledger import FISCAL, Fund, Ledger
from samples.generator.money import wan, yuan
from samples.generator.narrative import Voice, budget_text, front_matter
from samples.generator.rows import chinese, economic_rows, function_rows, side_by_side, used_classes
from samples.generator.ruling import Style
from samples.generator.sheet import BodyRow, Head, Sheet, amount, group, head, label, middle, row

_UNIT = "单位：元"


def _subject(kind: str, name: str, *levels: str) -> Head:
    keys = ("class", "section", "item")
    codes = [head(level, key, 0.6) for level, key in zip(levels, keys, strict=False)]
    return group("项目", group(f"{kind}科目编码", *codes), head(f"{name}科目名称", "name", 3.6))


def build() -> Document:
    """The clean document."""
    d = DEPARTMENT
    sheets = [
        _overview(d),
        _income(d),
        _expenditure(d, "expenditure", "部门支出预算总表", "支出预算", d.ledger, "expenditure"),
        _fiscal(d),
        _expenditure(d, "general", "部门一般公共预算支出功能分类预算表", "一般公共预算支出", d.ledger, "general"),
        _blank(d, "government", "政府性基金预算", "government-fund"),
        _blank(d, "capital", "国有资本经营预算", "capital"),
        _basic(d),
        _three_public(d),
    ]
    titles = [f"{number}．{sheet.title}" for number, sheet in enumerate(sheets, 1)]
    texts = list(budget_text(d, Voice(codes=True)))
    cut = next(i for i, text in enumerate(texts) if text.text.startswith("七、"))
    parts: list[Part] = [Break((f"{d.name}{d.year}年部门预算",), cover=True), Break()]
    parts += front_matter(d, "部门预算", titles)
    parts += [Break((f"{d.year}年部门预算编制说明",)), *texts[:cut]]
    for sheet in sheets:
        sheet.organisation = f"编制部门：{d.name}"
        parts.append(Placed(sheet, Style(size=9, leading=12, row=24)))
    parts += [Break(("其他相关情况说明",)), *_renumbered(texts[cut:])]
    return Document(
        "yuan",
        "budget",
        d,
        parts,
        footer="— {page} —",
        traps=(
            "三公表以万元计，其他各表以元计，单位不同不是错误。",
            "“三公”经费含项目支出中的公务用车运行维护费和公务接待费，大于基本支出表的相应科目。",
            "“三公”经费与上年预算相等，说明中写持平。",
        ),
    )


def _renumbered(texts: list[Text]) -> list[Text]:
    """Sections seven and eight of the text are one and two behind the tables."""
    for text in texts:
        text.text = text.text.replace("七、", "一、", 1) if text.text.startswith("七、") else text.text
        text.text = text.text.replace("八、", "二、", 1) if text.text.startswith("八、") else text.text
    return texts


def _title(d: Department, rest: str) -> str:
    return f"{d.year}年{rest}"


def _overview(d: Department) -> Sheet:
    ledger = d.ledger
    fiscal = ledger.where(funds=FISCAL)

    def line(key: str, text: str, value: int) -> BodyRow:
        return row(key, label(text), yuan(value))

    left = [
        line("财政拨款", "一、财政拨款收入", fiscal.total),
        line("一般", "1. 一般公共预算", fiscal.where(funds=(Fund.GENERAL,)).total),
        line("基金", "2. 政府性基金预算", fiscal.where(funds=(Fund.GOVERNMENT,)).total),
        line("国资", "3. 国有资本经营预算", fiscal.where(funds=(Fund.CAPITAL,)).total),
        line("事业", "二、事业收入", 0),
        line("经营", "三、事业单位经营收入", 0),
        line("其他", "四、其他收入", 0),
    ]
    right = [
        line(code, f"{chinese(i)}、{CLASSES[code]}", ledger.where(function=code).total)
        for i, code in enumerate(used_classes(ledger), 1)
    ]
    body = side_by_side(left, right, 2, 2)
    body.append(
        row(
            ("收入总计", "支出总计"),
            middle("收入总计"),
            amount(yuan(ledger.total)),
            middle("支出总计"),
            amount(yuan(ledger.total)),
        )
    )
    heads = (
        group("本年收入", head("项目", "income", 3), head("预算数", "received", 2)),
        group("本年支出", head("项目", "use", 3), head("预算数", "spent", 2)),
    )
    return Sheet("overview", _title(d, "部门财务收支预算总表"), "overview", _UNIT, heads, body)


def _income(d: Department) -> Sheet:
    def figures(lines: Ledger) -> list[str]:
        return [yuan(lines.total), yuan(lines.where(funds=FISCAL).total), yuan(0), yuan(0), yuan(0)]

    body = [*function_rows(d.ledger, figures), row("合计", middle("合计", 4), None, None, None, *figures(d.ledger))]
    heads = (
        _subject("功能分类", "功能分类", "类", "款", "项"),
        group(
            "收入预算",
            head("合计", "total", 1.6),
            head("财政拨款收入", "fiscal", 1.6),
            head("事业收入", "business", 1.2),
            head("事业单位经营收入", "operating", 1.2),
            head("其他收入", "other", 1.2),
        ),
    )
    return Sheet("income", _title(d, "部门收入预算总表"), "income", _UNIT, heads, body)


def _nature_heads(title: str) -> tuple[Head, ...]:
    return (
        _subject("功能分类", "功能分类", "类", "款", "项"),
        group(title, head("合计", "total", 1.8), head("基本支出", "basic", 1.8), head("项目支出", "project", 1.8)),
    )


def _expenditure(d: Department, key: str, title: str, over: str, ledger: Ledger, form: str) -> Sheet:
    def figures(lines: Ledger) -> list[str]:
        parts = (lines, lines.where(basic=True), lines.where(basic=False))
        return [yuan(part.total) for part in parts]

    body = [*function_rows(ledger, figures), row("合计", middle("合计", 4), None, None, None, *figures(ledger))]
    return Sheet(key, _title(d, title), form, _UNIT, _nature_heads(over), body)


def _fiscal(d: Department) -> Sheet:
    fiscal = d.ledger.where(funds=FISCAL)
    funds = (("一般公共预算", Fund.GENERAL), ("政府性基金预算", Fund.GOVERNMENT), ("国有资本经营预算", Fund.CAPITAL))

    def figures(lines: Ledger) -> list[str]:
        return [yuan(lines.total), *[yuan(lines.where(funds=(fund,)).total) for _, fund in funds]]

    left = [
        row(name, label(f"{chinese(i)}、{name}"), yuan(fiscal.where(funds=(fund,)).total))
        for i, (name, fund) in enumerate(funds, 1)
    ]
    right = [
        row(code, label(f"{chinese(i)}、{CLASSES[code]}"), *figures(fiscal.where(function=code)))
        for i, code in enumerate(used_classes(fiscal), 1)
    ]
    body = side_by_side(left, right, 2, 5)
    body.append(
        row(
            ("收入总计", "支出总计"),
            middle("收入总计"),
            amount(yuan(fiscal.total)),
            middle("支出总计"),
            *figures(fiscal),
        )
    )
    heads = (
        group("财政拨款收入", head("项目", "income", 2.2), head("预算数", "received", 1.6)),
        group(
            "财政拨款支出",
            head("项目", "use", 2.8),
            head("合计", "total", 1.6),
            head("一般公共预算", "general", 1.6),
            head("政府性基金预算", "government", 1.4),
            head("国有资本经营预算", "capital", 1.4),
        ),
    )
    return Sheet("fiscal", _title(d, "部门财政拨款收支预算总表"), "fiscal-overview", _UNIT, heads, body)


def _blank(d: Department, key: str, what: str, form: str) -> Sheet:
    body = [
        row("无", "", "", "", middle("无"), "", "", ""),
        row("合计", middle("合计", 4), None, None, None, "", "", ""),
    ]
    note = f"注：{d.name}{d.year}年没有{what}安排的支出，所以本表为空表。"
    title = _title(d, f"部门{what}支出功能分类预算表")
    return Sheet(key, title, form, _UNIT, _nature_heads(f"{what}支出"), body, notes=(note,))


def _basic(d: Department) -> Sheet:
    basic = d.ledger.where(funds=(Fund.GENERAL,), basic=True)

    def figures(lines: Ledger) -> list[str]:
        parts = (lines, lines.where(personnel=True), lines.where(personnel=False))
        return [yuan(part.total) for part in parts]

    body = [*economic_rows(basic, figures), row("合计", middle("合计", 3), None, None, *figures(basic))]
    heads = (
        _subject("部门预算经济分类", "经济分类", "类", "款"),
        group(
            "一般公共预算基本支出",
            head("合计", "total", 1.8),
            head("人员经费", "personnel", 1.8),
            head("公用经费", "public", 1.8),
        ),
    )
    title = _title(d, "部门一般公共预算基本支出部门预算经济分类预算表")
    return Sheet("basic", title, "basic", _UNIT, heads, body)


def _three_public(d: Department) -> Sheet:
    t = d.three_public
    values = (t.total, t.abroad, t.reception, t.vehicles, t.purchase, t.running, d.operation)
    heads = (
        group(
            "“三公”经费预算数",
            head("合计", "total", 1.2),
            head("因公出国（境）费", "abroad", 1.2),
            head("公务接待费", "reception", 1.2),
            group(
                "公务用车购置及运行费",
                head("小计", "vehicles", 1.2),
                head("购置费", "purchase", 1.2),
                head("运行费", "running", 1.2),
            ),
        ),
        head("机关运行经费预算数", "operation", 1.4),
    )
    body = [row("三公", *[wan(value) for value in values])]
    title = _title(d, "部门“三公”经费和机关运行经费预算表")
    return Sheet("three-public", title, "three-public", "单位：万元", heads, body)
