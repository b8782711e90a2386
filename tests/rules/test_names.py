"""Names of the document's own bodies with a character wrong, and names of other bodies that come near."""

from __future__ import annotations

import pytest

from budgetaudit.model import Severity
from tests.rules.small import failed

HEAD = (
    "青山县城市档案管理局2026年部门预算\n一、关于青山县城市档案管理局2026年收支预算情况的说明\n"
    "青山县城市档案管理局2026年收入预算120.00万元。\n二、关于青山县城市档案管理局2026年支出预算情况的说明\n"
)


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("青山县城市档案管档局", Severity.WARNING),
        ("青山县城城档案管理局", Severity.ERROR),
        ("青山县城市档桉管理局", Severity.WARNING),
        ("青山县城市档案的管理局", Severity.NOTICE),
        ("青山县城市案管理局", Severity.NOTICE),
    ],
)
def test_the_own_name_misspelt(name: str, severity: Severity) -> None:
    found = failed("F602", HEAD + f"{name}（以下简称县档案局）负责全县档案工作。")
    assert [check.severity for check in found] == [severity]


@pytest.mark.parametrize(
    "name",
    ["青山县城市档案管理局", "青山城市档案管理局", "县城市档案管理局", "青山县城市档案局", "青山市城市档案管理局"],
)
def test_other_names_and_short_ones(name: str) -> None:
    assert not failed("F602", HEAD + f"经与{name}会商，报送{name}。")


def test_numbered_bodies_are_others() -> None:
    head = HEAD.replace("城市档案管理局", "档案局第一分馆")
    assert not failed("F602", head + "青山县档案局第二分馆另行公开。")


def test_a_name_that_goes_on() -> None:
    head = HEAD.replace("城市档案管理局", "城市档案医院")
    assert not failed("F602", head + "青山县城市档案医院院区消防改造。")


def test_another_spelling_in_several_places_is_left_alone() -> None:
    assert not failed("F602", HEAD + "报送青山县城市档案管档局。\n" * 3)


def test_the_heading_of_the_first_part_names_another_body() -> None:
    assert failed("F602", HEAD + "第一部分 青山市城市档案管理局概况\n负责档案工作。\n")
    assert not failed("F602", HEAD + "第一部分 青山县城市档案管理局概况\n负责档案工作。\n")
    assert not failed("F602", HEAD + "第一部分 县城市档案管理局概况\n负责档案工作。\n")
