"""P906 绩效指标：同一指标在各绩效表中应一致，单位应与指标相称

为什么：整体绩效目标表的指标从项目绩效目标表摘来，改了一处忘了另一处；“增加值≥5%”漏了“增速”，“按时完成率≤11月”把两个指标混成一个。

怎么查：只在一个项目里出现的指标，名称与整体绩效目标表中的相同而类别、符号、指标值、单位或标点不同的；一个项目里紧挨着的两行名称相同、
指标值不同的；名称以率、满意度结尾而单位不是百分数的，名称是数量、金额而单位是百分数的。都只是提示。

限度：频率、速率、分辨率等不是百分数的率不算；100%前面的等号与大于等于号视为相同；几个单位共用一个项目名称的不比较。

依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：绩效指标应与目标相符、可衡量

正确：
青山县档案局2026年部门预算

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	30.00
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	扫描页数	>=10000页
效益指标	质量指标	扫描合格率	>=95%

错误：
青山县档案局2026年部门预算

项目支出绩效目标表
（2026年）

项目名称	档案数字化项目
项目资金（万元）	年度预算总额	30.00
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	扫描页数	>=10000页
效益指标	质量指标	扫描合格率	>=95页
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Verdict
from budgetaudit.rules.performance import Listed, listed
from budgetaudit.rules.statement import data, statement

CODE, CATEGORY, SEVERITY = "P906", "performance", "notice"
BASIS = "财预〔2020〕10号：绩效指标应与目标相符、可衡量"
MIN_NAME, MIN_VALUED = 5, 8
"""Characters of a name that stands for one indicator in two tables, and of one whose target must be the same there."""
FULL = 100
_EQUAL = {"≥": ">=", "≦": "<=", "≤": "<=", "≧": ">="}


def check(book: Book) -> Iterator[Check]:
    """Checks of each indicator's unit, of neighbours of one name, and of one indicator in two tables."""
    everything = listed(book)
    for one in everything:
        yield from _unit(one)
    for before, after in pairwise(everything):
        yield from _neighbours(before, after)
    yield from _across(everything)


@lru_cache(maxsize=1)
def _units() -> dict[str, re.Pattern[str]]:
    return {key: re.compile(pattern) for key, pattern in data("performance.toml")["units"].items()}


def _unit(one: Listed) -> Iterator[Check]:
    """A share in another unit than per cent, or an amount in per cent."""
    words, unit, name = _units(), one.indicator.unit, one.name
    if one.indicator.number is None or not unit:
        return
    share = words["share"].search(name) and not words["not_share"].search(name)
    amount = words["amount"].search(name) and not words["not_amount"].search(name)
    if share and not words["share_unit"].search(unit):
        yield _failed(one, _("“{name}”是比率，指标值的单位却是“{unit}”").format(name=name, unit=unit))
    elif amount and re.match("[(（]?[%％]", unit):
        yield _failed(one, _("“{name}”是数量，指标值却是百分数").format(name=name))
    elif share or amount:
        yield statement(CODE, Verdict.HELD, one.indicator.name.place, f"{name} {_printed(one)}")


def _neighbours(before: Listed, after: Listed) -> Iterator[Check]:
    """Two rows of a project with one name and two targets."""
    same = (before.table is after.table, before.project == after.project != "", before.kind == after.kind)
    if not all(same) or before.name != after.name or len(after.name) < MIN_NAME or before.overall:
        return
    one, two = before.indicator, after.indicator
    if one.number is not None and two.number is not None and one.number != two.number and one.unit == two.unit:
        message = _("与上一行名称相同，指标值一为{before}、一为{after}").format(
            before=_printed(before), after=_printed(after)
        )
        yield _failed(after, message)


def _across(everything: Sequence[Listed]) -> Iterator[Check]:
    """Indicators of the department's form that stand in the forms of the projects once, under the same name."""
    places: dict[tuple[str, bool], list[Listed]] = defaultdict(list)
    for one in everything:
        if len(_words(one.name)) >= MIN_NAME:
            places[_words(one.name), one.overall].append(one)
    for (name, overall), own in places.items():
        others = places.get((name, False), [])
        if not overall or len(own) != 1 or len(others) != 1:
            continue
        different = list(_differences(own[0], others[0]))
        if different:
            page = others[0].indicator.name.place.page or others[0].indicator.name.place.line
            message = _("项目绩效目标表（第{page}页）中这一指标的{what}不同：{pairs}").format(
                page=page,
                what=_("、").join(what for what, _here, _there in different),
                pairs=_("；").join(dict.fromkeys(f"{here} / {there}" for _what, here, there in different)),
            )
            yield _failed(own[0], message)
        else:
            yield statement(CODE, Verdict.HELD, own[0].indicator.name.place, f"{name} {_printed(own[0])}")


def _differences(own: Listed, other: Listed) -> Iterator[tuple[str, str, str]]:
    """What two entries of one indicator print differently: the thing, here and there."""
    here, there = own.indicator, other.indicator
    if own.name != other.name:
        yield _("标点"), own.name, other.name
    if own.kind and other.kind and own.kind != other.kind:
        yield _("类别"), own.kind, other.kind
    if here.number is None or there.number is None:
        return
    if here.number != there.number:
        if here.unit == there.unit and len(own.name) >= MIN_VALUED and not _units()["own_target"].search(own.name):
            yield _("指标值"), _printed(own), _printed(other)
        return
    if _sign(here.sign) != _sign(there.sign) and here.number != FULL and here.sign and there.sign:
        yield _("符号"), _printed(own), _printed(other)
    if here.unit and there.unit and here.unit not in there.unit and there.unit not in here.unit:
        yield _("单位"), _printed(own), _printed(other)


def _words(name: str) -> str:
    """A name without punctuation."""
    return re.sub(r"\W", "", name)


def _sign(printed: str) -> str:
    return _EQUAL.get(printed, printed)


def _printed(one: Listed) -> str:
    return one.indicator.value.replace("|", "")


def _failed(one: Listed, message: str) -> Check:
    printed = _printed(one)
    quote = f"{one.indicator.name.flat} {printed}"
    return statement(CODE, Verdict.FAILED, one.indicator.name.place, quote, message, reported=printed)
