"""The two overviews of a final account, with 行次 columns on both sides."""

from __future__ import annotations

from samples.generator.classification import CLASSES
from samples.generator.ledger import FISCAL, Fund, Ledger
from samples.generator.money import blank_zero, wan_plain
from samples.generator.rows import class_labels
from samples.generator.sheet import BodyRow, Cell, Sheet, amount, group, head, label, middle
from samples.generator.yearend import YearEnd

_UNIT = "单位：万元"
_print = blank_zero(wan_plain)
_Line = tuple[str, Cell, list[str]]
"""Key, label, amounts of one side of a row."""

_FUNDS = (
    ("一、一般公共预算财政拨款", Fund.GENERAL),
    ("二、政府性基金预算财政拨款", Fund.GOVERNMENT),
    ("三、国有资本经营预算财政拨款", Fund.CAPITAL),
)
_LISTED = [code for code in CLASSES if code not in ("209", "227", "230", "233")]


def _numbered(left: list[_Line], right: list[_Line], left_width: int, right_width: int) -> list[BodyRow]:
    height = max(len(left), len(right))
    rows = []
    for index in range(height):
        keys: tuple[str, ...] = ()
        cells: list[Cell | None] = []
        for lines, width, first in ((left, left_width, 1), (right, right_width, height + 1)):
            key, name, figures = lines[index] if index < len(lines) else ("", Cell(), [""] * width)
            keys += (key,) if key else ()
            cells += [name, middle(str(first + index)), *[amount(text) for text in figures]]
        rows.append(BodyRow(keys, cells))
    return rows


def overview(year: YearEnd) -> Sheet:
    """收入支出决算总表."""
    d = year.department
    received = year.received

    def line(key: str, name: Cell, value: int) -> _Line:
        return key, name, [_print(value)]

    sources = [
        ("一般", "一、一般公共预算财政拨款收入", (Fund.GENERAL,)),
        ("基金", "二、政府性基金预算财政拨款收入", (Fund.GOVERNMENT,)),
        ("国资", "三、国有资本经营预算财政拨款收入", (Fund.CAPITAL,)),
        ("上级", "四、上级补助收入", ()),
        ("事业", "五、事业收入", (Fund.OWN,)),
        ("经营", "六、经营收入", ()),
        ("附属", "七、附属单位上缴收入", ()),
        ("其他", "八、其他收入", ()),
    ]
    left = [line(key, label(text), received.where(funds=funds).total if funds else 0) for key, text, funds in sources]
    right = [line(code, label(text), d.ledger.where(function=code).total) for code, text in class_labels(_LISTED)]
    left += [("", Cell(), [""])] * (len(right) - len(left))
    everything = tuple(Fund)
    total = received.total + year.opening(everything)
    left += [
        line("本年收入合计", middle("本年收入合计"), received.total),
        line("使用结余", label("使用非财政拨款结余"), 0),
        line("年初结转", label("年初结转和结余"), year.opening(everything)),
        line("收入总计", middle("总计"), total),
    ]
    right += [
        line("本年支出合计", middle("本年支出合计"), d.ledger.total),
        line("结余分配", label("结余分配"), 0),
        line("年末结转", label("年末结转和结余"), year.closing(everything)),
        line("支出总计", middle("总计"), d.ledger.total + year.closing(everything)),
    ]
    heads = (
        group("收入", head("项目", "income", 3), head("行次", "n1", 0.6), head("决算数", "received", 1.4)),
        group("支出", head("项目", "use", 3), head("行次", "n2", 0.6), head("决算数", "spent", 1.4)),
    )
    ordinal = ("栏次", "", "1", "栏次", "", "2")
    note = "注：本表反映部门本年度的总收支和年末结转结余。"
    body = _numbered(left, right, 1, 1)
    return Sheet("overview", "收入支出决算总表", "overview", _UNIT, heads, body, notes=(note,), ordinal=ordinal)


def fiscal_overview(year: YearEnd) -> Sheet:
    """财政拨款收入支出决算总表."""
    spent = year.department.ledger.where(funds=FISCAL)
    received = year.received.where(funds=FISCAL)

    def figures(lines: Ledger) -> list[str]:
        return [_print(lines.total), *[_print(lines.where(funds=(fund,)).total) for _, fund in _FUNDS]]

    def closing() -> list[int]:
        parts = [year.closing((fund,)) for _, fund in _FUNDS]
        return [sum(parts), *parts]

    left: list[_Line] = [(name, label(name), [_print(received.where(funds=(fund,)).total)]) for name, fund in _FUNDS]
    right: list[_Line] = [
        (code, label(text), figures(spent.where(function=code))) for code, text in class_labels(_LISTED)
    ]
    left += [("", Cell(), [""])] * (len(right) - len(left))
    opening = year.opening(FISCAL)
    left += [
        ("本年收入合计", middle("本年收入合计"), [_print(received.total)]),
        ("年初结转", label("年初财政拨款结转和结余"), [_print(opening)]),
        *[(f"年初{name}", label(name, 1), [_print(year.opening((fund,)))]) for name, fund in _FUNDS],
        ("收入总计", middle("总计"), [_print(received.total + opening)]),
    ]
    by_fund = [spent.total, *[spent.where(funds=(fund,)).total for _, fund in _FUNDS]]
    right += [
        ("本年支出合计", middle("本年支出合计"), figures(spent)),
        ("年末结转", label("年末财政拨款结转和结余"), [_print(value) for value in closing()]),
        *[("", Cell(), [""] * 4)] * 3,
        ("支出总计", middle("总计"), [_print(a + b) for a, b in zip(by_fund, closing(), strict=True)]),
    ]
    heads = (
        group("收入", head("项目", "income", 2.6), head("行次", "n1", 0.6), head("决算数", "received", 1.3)),
        group(
            "支出",
            head("项目", "use", 2.8),
            head("行次", "n2", 0.6),
            head("合计", "total", 1.3),
            head("一般公共预算财政拨款", "general", 1.3),
            head("政府性基金预算财政拨款", "government", 1.3),
            head("国有资本经营预算财政拨款", "capital", 1.3),
        ),
    )
    ordinal = ("栏次", "", "1", "栏次", "", "2", "3", "4", "5")
    body = _numbered(left, right, 1, 4)
    return Sheet("fiscal", "财政拨款收入支出决算总表", "fiscal-overview", _UNIT, heads, body, ordinal=ordinal)
