"""Performance indicators on small documents: units, neighbours of one name, and one indicator in two tables."""

from __future__ import annotations

import pytest

from tests.rules.small import failed

HEAD = "青山县档案局2026年部门预算\n\n项目支出绩效目标表\n（2026年）\n\n"
FORM = "项目名称\t档案数字化项目\n项目资金（万元）\t年度预算总额\t30.00\n一级指标\t二级指标\t三级指标\t指标值\n"
WHOLE = (
    "\n部门整体支出绩效目标表\n（2026年）\n\n部门名称\t青山县档案局\n预算支出总额\t30.00\n"
    "一级指标\t二级指标\t三级指标\t指标值\n"
)


def rows(*lines: str) -> str:
    """Rows of indicators: class, name and value with blanks between."""
    return "".join("产出指标\t" + line.replace(" ", "\t") + "\n" for line in lines)


@pytest.mark.parametrize(
    "line",
    [
        "质量指标 扫描合格率 >=95页",
        "时效指标 按时完成率 <=11月",
        "数量指标 文化产业增加值 >=5%",
        "数量指标 海报数量 >=20%",
    ],
)
def test_units_that_do_not_fit(line: str) -> None:
    (found,) = failed("P906", HEAD + FORM + rows("数量指标 扫描页数 >=10000页", line))
    assert line.split()[1] in found.quote


@pytest.mark.parametrize(
    "line",
    [
        "质量指标 扫描合格率 >=95%",
        "质量指标 视频分辨率 >=1080线",
        "数量指标 巡检频率 >=12次",
        "数量指标 文化产业增加值增速 >=5%",
        "数量指标 论文占比数量 >=5%",
        "数量指标 海报数量 >=20张",
    ],
)
def test_units_that_fit(line: str) -> None:
    assert not failed("P906", HEAD + FORM + rows(line))


def test_neighbours_of_one_name() -> None:
    twice = rows("生态效益指标 污染物年均浓度 <=37微克", "生态效益指标 污染物年均浓度 <=20微克")
    (found,) = failed("P906", HEAD + FORM + twice)
    assert "37" in found.message and "20" in found.message
    apart = rows(
        "生态效益指标 污染物年均浓度 <=37微克", "数量指标 监测次数 >=9次", "生态效益指标 污染物年均浓度 <=20微克"
    )
    assert not failed("P906", HEAD + FORM + apart), "parts of a project with a form each"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("质量指标 举办读者座谈会场次 >=6场", "类别"),
        ("数量指标 举办读者座谈会场次 =6场", "符号"),
        ("数量指标 举办读者座谈会场次 >=6次", "单位"),
        ("数量指标 举办读者座谈会场次 >=5场", "指标值"),
        ("数量指标 举办读者、座谈会场次 >=6场", "标点"),
    ],
)
def test_one_indicator_in_two_tables(line: str, what: str) -> None:
    own = rows("数量指标 举办读者座谈会场次 >=6场")
    (found,) = failed("P906", HEAD + FORM + own + WHOLE + rows(line))
    assert what in found.message
    assert not failed("P906", HEAD + FORM + own + WHOLE + own)


def test_indicators_that_are_alike_only() -> None:
    own = rows("数量指标 举办读者座谈会场次 >=6场", "质量指标 服务对象满意度 >=95%", "质量指标 修复合格率 =100%")
    other = rows("数量指标 举办专家座谈会场次 >=5场", "质量指标 服务对象满意度 >=90%", "质量指标 修复合格率 >=100%")
    assert not failed("P906", HEAD + FORM + own + WHOLE + other)
