"""The text of a budget document: sentences of our own that agree with its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samples.generator.classification import CLASSES, ECONOMIC, FUNCTIONS
from samples.generator.department import Department
from samples.generator.document import Text
from samples.generator.ledger import CARRIED, FISCAL, Fund, Ledger
from samples.generator.money import percent, wan
from samples.generator.rows import chinese, used_classes


@dataclass(frozen=True, slots=True)
class Voice:
    """How a layout words things and which money its tables call general budget and fiscal appropriation."""

    general: tuple[Fund, ...] = (Fund.GENERAL,)
    fiscal: tuple[Fund, ...] = FISCAL
    codes: bool = False
    """Whether items are named with their codes (208类 05款 05项)."""
    share: str = "占"


def change(now: int, before: int, base: str = "上年预算") -> str:
    """A clause on growth: direction, difference in 万元, rate."""
    if now == before:
        return f"与{base}持平"
    more = now > before
    gap = wan(abs(now - before))
    rate = percent(abs(now - before), before)
    return f"比{base}{'增加' if more else '减少'}{gap}万元，{'增长' if more else '下降'}{rate}%"


def budget_text(d: Department, voice: Voice) -> Iterator[Text]:
    """The sections on a budget."""
    yield from _totals(d, voice)
    yield from _general(d, voice)
    yield from _three_public(d)
    yield from _others(d)


def _totals(d: Department, voice: Voice) -> Iterator[Text]:
    ledger, year = d.ledger, d.year
    total = ledger.total
    carried = ledger.where(funds=CARRIED).total
    yield Text(f"一、{year}年部门收支预算总体说明", heading=True)
    sources = f"，由本年收入{wan(total - carried)}万元和上年结转结余{wan(carried)}万元组成" if carried else ""
    yield Text(
        f"{d.name}{year}年收入预算{wan(total)}万元{sources}，{change(total, d.last.total)}，"
        f"主要是重点工作经费的安排有所变化。{year}年支出预算{wan(total)}万元，收支平衡。",
        "totals",
    )
    yield Text(f"二、{year}年收入预算说明", heading=True)
    names = {
        "一般公共预算拨款收入": (Fund.GENERAL,),
        "政府性基金预算拨款收入": (Fund.GOVERNMENT,),
        "单位资金收入": (Fund.OWN,),
        "上年结转结余": CARRIED,
    }
    shares = [
        f"{name}{wan(value)}万元，{voice.share}{percent(value, total)}%"
        for name, funds in names.items()
        if (value := ledger.where(funds=funds).total)
    ]
    yield Text(f"收入预算{wan(total)}万元，其中：{'；'.join(shares)}。", "income")
    yield Text(f"三、{year}年支出预算说明", heading=True)
    basic, project = ledger.where(basic=True).total, ledger.where(basic=False).total
    yield Text(
        f"支出预算{wan(total)}万元，其中：基本支出{wan(basic)}万元，{voice.share}{percent(basic, total)}%，"
        f"{change(basic, d.last.basic)}；项目支出{wan(project)}万元，{voice.share}{percent(project, total)}%，"
        f"{change(project, d.last.project)}。",
        "expenditure",
    )
    yield Text(f"四、{year}年财政拨款收支预算说明", heading=True)
    fiscal = ledger.where(funds=voice.fiscal)
    uses = [f"{CLASSES[code]}{wan(fiscal.where(function=code).total)}万元" for code in used_classes(fiscal)]
    yield Text(f"财政拨款收支预算{wan(fiscal.total)}万元。按功能分类，{'、'.join(uses)}。", "fiscal")


def _general(d: Department, voice: Voice) -> Iterator[Text]:
    general = d.ledger.where(funds=voice.general)
    total = general.total
    yield Text(f"五、{d.year}年一般公共预算支出说明", heading=True)
    shares = [
        f"{CLASSES[code]}（类）{wan(value)}万元，{voice.share}{percent(value, total)}%"
        for code in used_classes(general)
        if (value := general.where(function=code).total)
    ]
    yield Text(f"一般公共预算支出{wan(total)}万元，用于以下方面：{'；'.join(shares)}。", "general")
    for number, code in enumerate(general.items(), 1):
        yield Text(_item(general, code, number, voice), f"item-{code}")
    yield Text(f"六、{d.year}年一般公共预算基本支出说明", heading=True)
    basic = general.where(basic=True)
    yield Text(
        f"一般公共预算基本支出{wan(basic.total)}万元，其中：人员经费{wan(basic.where(personnel=True).total)}万元，"
        f"主要包括{_names(basic.where(personnel=True))}；公用经费{wan(basic.where(personnel=False).total)}万元，"
        f"主要包括{_names(basic.where(personnel=False))}。",
        "basic",
    )


def _item(general: Ledger, code: str, number: int, voice: Voice) -> str:
    cut = (code[:3], code[:5], code)
    names = [FUNCTIONS[part] for part in cut]
    marks = ["（类）", "（款）", "（项）"]
    if voice.codes:
        marks = [f"（{code[:3]}类）", f"（{code[3:5]}款）", f"（{code[5:]}项）"]
    name = "".join(n + m for n, m in zip(names, marks, strict=True))
    lines = general.where(function=code)
    parts = [
        f"{kind}{wan(value)}万元"
        for kind, value in (
            ("基本支出", lines.where(basic=True).total),
            ("项目支出", lines.where(basic=False).total),
        )
        if value
    ]
    split = f"，其中{'、'.join(parts)}" if len(parts) > 1 else f"，全部为{parts[0][:4]}"
    return f"{number}.{name}{wan(lines.total)}万元{split}。"


def _names(ledger: Ledger) -> str:
    return "、".join(ECONOMIC[code] for code in ledger.economics() if len(code) == 5)


def _three_public(d: Department) -> Iterator[Text]:
    t, last = d.three_public, d.last
    yield Text(f"七、{d.year}年财政拨款“三公”经费预算说明", heading=True)
    yield Text(
        f"财政拨款安排的“三公”经费预算{wan(t.total)}万元，{change(t.total, last.three_public)}。", "three-public"
    )
    yield Text("（一）因公出国（境）费0万元，本年没有安排，与上年预算持平。", "abroad")
    yield Text(
        f"（二）公务用车购置及运行维护费{wan(t.vehicles)}万元，{change(t.vehicles, last.vehicles)}。"
        f"其中：公务用车购置费{wan(t.purchase)}万元，公务用车运行维护费{wan(t.running)}万元。",
        "vehicles",
    )
    yield Text(f"（三）公务接待费{wan(t.reception)}万元，{change(t.reception, last.reception)}。", "reception")


def _others(d: Department) -> Iterator[Text]:
    yield Text("八、其他重要事项说明", heading=True)
    growth = change(d.operation, d.last.operation)
    yield Text(f"（一）机关运行经费。{d.year}年机关运行经费预算{wan(d.operation)}万元，{growth}。", "operation")
    kinds = [("货物", d.goods), ("工程", d.works), ("服务", d.services)]
    split = "、".join(f"政府采购{name}预算{wan(value)}万元" for name, value in kinds)
    yield Text(f"（二）政府采购。{d.year}年政府采购预算{wan(d.procurement)}万元，其中：{split}。", "procurement")
    yield Text(
        f"（三）国有资产。截至{d.year - 1}年12月31日，本部门共有公务用车{d.vehicles}辆，单价100万元以上设备0台（套）。",
        "assets",
    )
    projects = d.ledger.where(basic=False)
    yield Text(
        f"（四）绩效目标。{d.year}年编报绩效目标的项目{len(projects.projects())}个，涉及资金{wan(projects.total)}万元。",
        "performance",
    )
    yield from glossary()


def glossary() -> Iterator[Text]:
    """What the terms of the text mean, in our own words."""
    yield Text("第四部分　名词解释", heading=True)
    yield Text("一、财政拨款：由同级财政用当年收入安排给本部门使用的资金。")
    yield Text("二、基本支出：维持机构正常运转、支付人员和日常公用所需的开支。")
    yield Text("三、项目支出：为完成特定任务，在基本支出之外安排的开支。")
    yield Text("四、“三公”经费：因公出国（境）、公务用车购置及运行维护、公务接待三项开支的合称。")
    yield Text("五、机关运行经费：行政单位和参照公务员法管理的单位用于日常公用的财政拨款。")


def front_matter(d: Department, what: str, titles: list[str]) -> Iterator[Text]:
    """Duties, structure and the list of tables."""
    yield Text(f"第一部分　{d.name}概况", heading=True)
    yield Text("一、主要职责", heading=True)
    for number, duty in enumerate(d.duties, 1):
        yield Text(f"（{chinese(number)}）{duty}")
    yield Text("二、机构设置", heading=True)
    if d.units:
        yield Text(f"纳入{what}编制范围的单位共{len(d.units)}家，具体是：{'、'.join(d.units)}。", "units")
    else:
        yield Text(f"{d.name}没有下属预算单位，{what}即本级{what[2:]}。", "units")
    yield Text(f"第二部分　{what}公开表目录", heading=True)
    for title in titles:
        yield Text(title)
