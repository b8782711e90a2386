"""The text of a final account: sentences of our own that agree with its tables."""

from __future__ import annotations

from collections.abc import Iterator

from samples.generator.classification import CLASSES
from samples.generator.document import Text
from samples.generator.ledger import FISCAL, Fund
from samples.generator.money import percent, wan
from samples.generator.narrative import change, glossary
from samples.generator.rows import used_classes
from samples.generator.yearend import YearEnd


def final_text(year: YearEnd) -> Iterator[Text]:
    """The sections on a final account."""
    d = year.department
    before = f"{d.year - 1}年度"
    received, spent = year.received, d.ledger
    total = received.total + year.opening(tuple(Fund))
    yield Text("一、收入支出决算总体说明", heading=True)
    yield Text(f"{d.year}年度收入总计、支出总计均为{wan(total)}万元，{change(total, d.last.total, before)}。", "totals")
    yield Text("二、收入决算说明", heading=True)
    fiscal, own = received.where(funds=FISCAL).total, received.where(funds=(Fund.OWN,)).total
    yield Text(
        f"本年收入合计{wan(received.total)}万元，其中：财政拨款收入{wan(fiscal)}万元，"
        f"占{percent(fiscal, received.total)}%；事业收入{wan(own)}万元，占{percent(own, received.total)}%。",
        "income",
    )
    yield Text("三、支出决算说明", heading=True)
    basic, project = spent.where(basic=True).total, spent.where(basic=False).total
    yield Text(
        f"本年支出合计{wan(spent.total)}万元，其中：基本支出{wan(basic)}万元，占{percent(basic, spent.total)}%，"
        f"{change(basic, d.last.basic, before)}；项目支出{wan(project)}万元，占{percent(project, spent.total)}%，"
        f"{change(project, d.last.project, before)}。",
        "expenditure",
    )
    yield Text("四、财政拨款收入支出决算说明", heading=True)
    whole = fiscal + year.opening(FISCAL)
    yield Text(
        f"财政拨款收入支出总计{wan(whole)}万元，其中年初财政拨款结转和结余{wan(year.opening(FISCAL))}万元，"
        f"年末财政拨款结转和结余{wan(year.closing(FISCAL))}万元。",
        "fiscal",
    )
    yield Text("五、一般公共预算财政拨款支出决算说明", heading=True)
    general = spent.where(funds=(Fund.GENERAL,))
    shares = [
        f"{CLASSES[code]}（类）支出{wan(value)}万元，占{percent(value, general.total)}%"
        for code in used_classes(general)
        if (value := general.where(function=code).total)
    ]
    yield Text(f"一般公共预算财政拨款支出{wan(general.total)}万元，用于：{'；'.join(shares)}。", "general")
    yield Text("六、一般公共预算财政拨款基本支出决算说明", heading=True)
    of_basic = general.where(basic=True)
    yield Text(
        f"一般公共预算财政拨款基本支出{wan(of_basic.total)}万元，其中：人员经费"
        f"{wan(of_basic.where(personnel=True).total)}万元，公用经费{wan(of_basic.where(personnel=False).total)}万元。",
        "basic",
    )
    yield from _three_public(year, before)
    yield from _others(year, before)


def _three_public(year: YearEnd, before: str) -> Iterator[Text]:
    d = year.department
    t, planned = d.three_public, d.planned
    assert planned is not None
    yield Text("七、财政拨款“三公”经费支出决算说明", heading=True)
    yield Text(
        f"“三公”经费全年预算{wan(planned.total)}万元，支出决算{wan(t.total)}万元，"
        f"完成预算的{percent(t.total, planned.total)}%，{change(t.total, d.last.three_public, before)}。",
        "three-public",
    )
    yield Text(
        f"（一）公务用车购置及运行维护费支出{wan(t.vehicles)}万元，完成预算的{percent(t.vehicles, planned.vehicles)}%，"
        f"{change(t.vehicles, d.last.vehicles, before)}。",
        "vehicles",
    )
    yield Text(
        f"（二）公务接待费支出{wan(t.reception)}万元，完成预算的{percent(t.reception, planned.reception)}%，"
        f"{change(t.reception, d.last.reception, before)}。",
        "reception",
    )


def _others(year: YearEnd, before: str) -> Iterator[Text]:
    d = year.department
    fund = (Fund.GOVERNMENT,)
    yield Text("八、政府性基金预算财政拨款收入支出决算说明", heading=True)
    yield Text(
        f"年初结转和结余{wan(year.opening(fund))}万元，本年收入{wan(year.received.where(funds=fund).total)}万元，"
        f"本年支出{wan(d.ledger.where(funds=fund).total)}万元，年末结转和结余{wan(year.closing(fund))}万元。",
        "government",
    )
    yield Text("九、其他重要事项说明", heading=True)
    yield Text(
        f"（一）机关运行经费支出{wan(d.operation)}万元，{change(d.operation, d.last.operation, before)}。", "operation"
    )
    yield Text(
        f"（二）政府采购支出总额{wan(d.procurement)}万元，其中：货物{wan(d.goods)}万元、"
        f"工程{wan(d.works)}万元、服务{wan(d.services)}万元。",
        "procurement",
    )
    yield Text(f"（三）截至{d.year}年12月31日，本部门共有车辆{d.vehicles}辆，单价100万元以上设备0台（套）。", "assets")
    yield from glossary()
