from decimal import Decimal

import pytest

from budgetaudit.amount import amount, half_unit, in_unit, is_blank, parse_number, printed_decimals

WAN = Decimal(10_000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.56", "1234.56"),
        ("１，２３４．５０", "1234.50"),
        ("12 345.6", "12345.6"),
        ("576,171.1\n1", "576171.11"),
        ("-5.21", "-5.21"),
        ("(3.00)", "-3.00"),
        ("￥8", "8"),
        ("0", "0"),
    ],
)
def test_a_printed_number_is_read_whatever_its_separators(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "-", "—", "合计", "2026年", "12.3%", "1.2.3", "约5万", "30101 基本工资"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_blank_zero_dash_and_unreadable_are_four_things() -> None:
    blank, dash, zero = amount("", WAN, 2), amount("—", WAN, 2), amount("0.00", WAN, 2)
    assert blank is not None and blank.blank and blank.text == ""
    assert dash is not None and dash.blank and dash.text == "—"
    assert zero is not None and not zero.blank and zero.value == 0
    assert amount("12,3x", WAN, 2) is None
    assert is_blank("－") and not is_blank("0")


def test_trailing_zeros_are_dropped_freely_so_the_series_gives_the_precision() -> None:
    assert printed_decimals(["28.6", "200", "3.25", "合计"]) == 2
    assert half_unit(2, WAN) == Decimal(50)


def test_one_longer_print_among_prints_that_keep_their_zeros_is_no_precision() -> None:
    assert printed_decimals(["20.00", "263.85", "26.385", "7.10"]) == 2
    assert printed_decimals(["20.00", "263.85", "26.385", "7.105"]) == 3
    assert printed_decimals(["20.25", "26.385", "7.1"]) == 3
    assert printed_decimals([]) == 0
    slip, fair = amount("26.385", WAN, 2), amount("7.10", WAN, 2)
    assert slip is not None and fair is not None
    assert (slip.half, fair.half) == (Decimal(5), Decimal(50))


def test_yuan_and_exact_fen_have_no_slack() -> None:
    assert half_unit(0, Decimal(1)) == 0
    assert half_unit(6, WAN) == 0


def test_an_amount_is_printed_back_in_its_unit() -> None:
    assert in_unit(Decimal("12345678.9"), WAN, 2) == "1,234.57"
    assert in_unit(Decimal(0), WAN) == "0"
