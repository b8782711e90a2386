"""Numbers of headings, items and series on small documents, with lists that are right."""

from __future__ import annotations

import pytest

from tests.rules.small import failed

HEAD = "青山县档案局2026年部门预算\n"


def test_a_heading_a_level_too_high() -> None:
    text = HEAD + "一、部门职责\n二、机构设置\n三、工作任务\n（一）收集档案\n（二）整理档案\n三、修复档案\n"
    (found,) = failed("F612", text)
    assert found.quote == "三、修复档案" and "下一级" in found.message


@pytest.mark.parametrize(
    ("items", "quote"),
    [
        ("（一）收集档案\n（二）整理档案\n（二）修复档案\n（三）利用档案\n", "（二）修复档案"),
        ("（一）收集档案\n（二）整理档案\n（四）利用档案\n", "（四）利用档案"),
        ("八、收集\n一、收集\n二、整理\n四、利用\n", "四、利用"),
        ("（十九）收集\n（一）收集\n（二）整理\n（二）利用\n", "（二）利用"),
    ],
)
def test_repeated_and_missing_numbers(items: str, quote: str) -> None:
    assert [check.quote for check in failed("F612", HEAD + items)] == [quote]


@pytest.mark.parametrize(
    "items",
    [
        "（一）收集档案\n（二）整理档案\n（三）利用档案\n",
        "一、职责\n（一）收集档案\n（二）整理档案\n二、机构\n（一）机关\n（二）馆室\n",
        "第一部分 概况\n一、职责\n二、机构\n第二部分 报表\n一、收支总表\n二、收入总表\n",
        "1.收集档案\n1.登记\n2.编号\n2.整理档案\n",
        "二、收支总表\n三、收入总表\n",
        "".join(
            f"{n}、第{n}项\n" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
        ),
    ],
)
def test_lists_that_count_up(items: str) -> None:
    assert not failed("F612", HEAD + items)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("做好三项工作，一是收集，二是整理，三要利用。", "三要利用。"),
        ("一是收集，二是整理，四是利用。", "四是利用。"),
        ("一是收集，二是整理，二是利用。", "二是利用。"),
        ("存在的问题：一是经费不足。下一步抓紧落实。", "一是经费不足。"),
    ],
)
def test_series_in_a_paragraph(text: str, quote: str) -> None:
    assert [quote.startswith(check.quote.rstrip("。")) for check in failed("F612", HEAD + text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "一是收集，二是整理，三是利用。",
        "一要收集，二要整理。",
        "减少原因：一是收集减少，二是整理减少。措施：一是收集，二是整理。",
        "主要原因一是人员减少，另外压减公用经费。",
        "一是收集档案。\n二是整理档案。\n三是利用档案。",
        "统一要求，第一是收集，唯一是它。",
        "三是利用档案。",
    ],
)
def test_series_that_go_on(text: str) -> None:
    assert not failed("F612", HEAD + text)


def tables(*numbers: str) -> str:
    """Small tables, each under its number."""
    body = "单位：万元\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t30.00\n合计\t\t30.00\n\n"
    return HEAD + "\n" + "".join(f"{number}\n支出情况表\n{body}" for number in numbers)


def test_tables_that_count_up() -> None:
    assert not failed("F612", tables("公开01表", "公开02表", "公开03表", "公开04表", "公开05表", "公开06表"))
    assert not failed("F612", tables("表一", "表二", "表三", "表四", "表五"))
    assert not failed("F612", tables("公开05表", "公开07表", "公开09表")), "some tables only"
    assert not failed("F612", tables("公开01表", "公开02表", "公开02表", "公开03表", "公开04表", "公开05表")), (
        "one goes on"
    )


@pytest.mark.parametrize(
    ("numbers", "reported"),
    [
        (("公开01表", "公开02表", "公开03表", "公开05表", "公开06表", "公开07表"), "公开05表"),
        (("公开01表", "公开02表", "公开30表", "公开04表", "公开05表", "公开06表"), "公开30表"),
        (("表一", "表二", "表三", "表五", "表六", "表七"), "表五"),
        (("预算01表", "预算02表", "预算03表", "预算04表", "预算表05", "预算06表"), "预算表05"),
    ],
)
def test_numbers_of_tables_that_are_off(numbers: tuple[str, ...], reported: str) -> None:
    (found,) = failed("F612", tables(*numbers))
    assert found.quote.startswith(reported)
