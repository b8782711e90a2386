"""Which documents belong together: names, units and the plan."""

from __future__ import annotations

import pytest

from budgetaudit.links.plan import Identity, LinkKind, plan
from budgetaudit.links.units import units
from budgetaudit.names import name_key, own_level
from tests.rules.small import book_of


def said(sha256: str, department: str = "云溪县示例局", year: int | None = 2030, **more: object) -> Identity:
    return Identity(sha256, department, year, **{"kind": "budget", "level": "department", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云溪县示例局（本级）", "云溪县示例局"),
        ("中国共产党云溪省委员会办公厅", "云溪省委办公厅"),
        ("中共云溪省委办公厅", "云溪省委办公厅"),
        ("云溪县示例中心（云溪县样品中心）", "云溪县示例中心"),
    ],
)
def test_forms_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云溪县财政局", "云溪市财政局"),
        ("云溪县财政局", "财政局"),
        ("云溪县发展和改革委员会", "云溪县发展和改革委"),
        ("云溪县示例局服务中心", "云溪县示例局"),
    ],
)
def test_other_bodies_have_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_own_level_is_told_by_the_name() -> None:
    assert own_level("云溪县示例局（本级）") and not own_level("云溪县示例局")


def test_units_in_one_sentence() -> None:
    found = units(
        book_of(
            "一、机构设置\n从预算单位构成看，纳入本部门预算编制范围的预算单位共计3家，具体包括：云溪县示例局（本级），"
            "云溪县示例中心（云溪县样品、标本中心），云溪县示例站，不含云溪县示例宾馆。\n"
        ).narrative
    )
    assert found.count == 3 and found.names[2] == "云溪县示例站" and found.listed


def test_units_in_a_list_below_without_those_that_are_merged() -> None:
    found = units(
        book_of(
            "二、机构设置\n本部门中，行政单位1家，事业单位2家，具体包括：\n1.云溪县示例局本部。\n"
            "2.下属事业单位云溪县示例站不单列预算，并入本部。\n3.云溪县示例中心。\n三、名词解释\n1.财政拨款收入：指拨款。\n"
        ).narrative
    )
    assert found.count == 2 and found.names == ("云溪县示例局本部", "云溪县示例中心")


def test_years_kinds_and_levels_are_kept_apart() -> None:
    links = plan(
        [
            said("a"),
            said("b", year=2029),
            said("c", year=2028),
            said("d", year=2029, level="unit"),
            said("e", year=2029, kind="final-account"),
            said("f", department="云溪市示例局", year=2029),
        ]
    )
    found = {(link.kind, tuple(m.sha256 for m in link.members)) for link in links}
    assert found == {
        (LinkKind.YEARS, ("a", "b")),
        (LinkKind.YEARS, ("b", "c")),
        (LinkKind.STAGES, ("e", "b")),
        (LinkKind.BASES, ("a", "e")),
        (LinkKind.UNITS, ("b", "d")),
    }


def test_a_table_book_may_leave_its_year_to_the_text() -> None:
    (link,) = plan([said("a", tables=False), said("b", text=False, year=None, level="")])
    assert link.kind is LinkKind.PARTS and [m.role for m in link.members] == ["text", "tables"]


def test_of_several_texts_none_is_chosen() -> None:
    links = plan([said("a", tables=False), said("b", tables=False), said("c", text=False)])
    assert links and all(link.rivals == 2 for link in links)
    (link,) = plan([said("a", tables=False, content="x"), said("b", tables=False, content="x"), said("c", text=False)])
    assert not link.rivals, "equal texts are one"


def test_units_that_are_not_there_are_named() -> None:
    (link,) = plan([said("a", units=("云溪县示例局本级", "云溪县示例站"), unit_count=2), said("b", level="unit")])
    assert (link.complete, link.missing) == (False, ("云溪县示例站",))


def test_the_order_of_files_changes_nothing() -> None:
    every = [said("a"), said("b", year=2029), said("c", level="unit"), said("d", year=2029, level="unit")]
    assert plan(every) == plan(every[::-1])
