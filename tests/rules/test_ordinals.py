"""Numbers of rows in tables (F609)."""

from __future__ import annotations

import pytest

from tests.rules.small import failed

NAMES = ("一般公共服务支出", "教育支出", "科学技术支出", "卫生健康支出", "住房保障支出")


def table(numbers: list[str], names: tuple[str, ...] = NAMES) -> str:
    rows = "".join(f"{name}\t{number}\t1.00\n" for name, number in zip(names, numbers, strict=True))
    head = "表1 支出决算总表\n单位：万元\n支出\n项目\t行次\t决算数\n"
    return f"{head}{rows}支出合计\t{int(numbers[-1]) + 1}\t{len(numbers)}.00\n"


@pytest.mark.parametrize(
    ("numbers", "printed", "expected"),
    [
        (["28", "39", "30", "31", "32"], "39", "29"),
        (["1", "2", "3", "3", "4"], "3", "4"),
    ],
)
def test_a_number_out_of_line(numbers: list[str], printed: str, expected: str) -> None:
    (found,) = failed("F609", table(numbers))
    assert (found.target.amount.text, found.expected_text) == (printed, expected)


@pytest.mark.parametrize("numbers", [["1", "2", "5", "6", "9"], ["1", "2", "3", "1", "2"], ["4", "5", "6", "7", "8"]])
def test_gaps_and_new_beginnings_are_regular(numbers: list[str]) -> None:
    assert not failed("F609", table(numbers))


def test_the_numbering_before_names() -> None:
    names = tuple(f"{number}、{name}" for number, name in zip("一二四四五", NAMES, strict=True))
    (found,) = failed("F609", table(["1", "2", "3", "4", "5"], names))
    assert found.quote == "四、科学技术支出" and found.expected_text == "3"
    nested = ("一、本年支出", "一、教育支出", "二、科学技术支出", "三、卫生健康支出", "二、年终结转结余")
    assert not failed("F609", table(["1", "2", "3", "4", "5"], nested))
