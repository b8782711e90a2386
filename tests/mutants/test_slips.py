"""Every slip changes the number, keeps it a number, and is what its name says."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from budgetaudit.amount import decimals, parse_number
from tests.mutants import slips

WAN, YUAN = Decimal(10_000), Decimal(1)
NUMBERS = ["263.85", "1,234,567.80", "-12.30", "7", "0.05", "1000"]


@pytest.mark.parametrize("name", slips.SLIPS)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_slip_changes_the_value_or_does_not_apply(name: str, number: str) -> None:
    for seed in range(20):
        new = slips.SLIPS[name](number, WAN, Random(seed))
        if name == "blank":
            assert new == ""
        elif new is not None:
            assert parse_number(new) is not None
            assert parse_number(new) != parse_number(number)


@pytest.mark.parametrize("seed", range(20))
def test_what_each_slip_does(seed: int) -> None:
    chance = Random(seed)
    swapped = slips.digits_swapped("263.85", WAN, chance)
    assert swapped is not None and sorted(swapped) == sorted("263.85")
    assert swapped != "263.85" and (Decimal(swapped) - Decimal("263.85")) * 100 % 9 == 0
    changed = slips.digit_changed("263.85", WAN, chance)
    assert changed is not None and sum(a != b for a, b in zip(changed, "263.85", strict=True)) == 1
    dropped = slips.digit_dropped("1,263.85", WAN, chance)
    assert dropped is not None and sum(c.isdigit() for c in dropped) == 5 and ",".join(dropped.split(",")) == dropped
    doubled = slips.digit_doubled("1,263.85", WAN, chance)
    assert doubled is not None and sum(c.isdigit() for c in doubled) == 7
    shifted = slips.decimal_shifted("263.85", WAN, chance)
    assert shifted in ("2,638.5", "2638.5", "26.385")
    assert slips.sign_changed("263.85", WAN, chance) == "-263.85"
    assert slips.sign_changed("-263.85", WAN, chance) == "263.85"
    assert slips.unit_shifted("263.85", WAN, chance) == "2,638,500.00"
    assert slips.unit_shifted("2,638,500.00", YUAN, chance) == "263.85"
    little = slips.off_by_little("263.85", YUAN, chance)
    assert little in ("263.84", "263.86", "262.85", "264.85")
    assert slips.off_by_little("263.85", WAN, chance) in ("263.84", "263.86")


def test_a_slip_that_would_change_nothing_does_not_apply() -> None:
    assert slips.digits_swapped("77.77", WAN, Random(1)) is None
    assert slips.sign_changed("0.00", WAN, Random(1)) is None
    assert slips.blanked("0.00", WAN, Random(1)) is None


def test_no_slip_makes_a_leading_nought() -> None:
    for seed in range(50):
        new = slips.digit_changed("1,000.00", WAN, Random(seed))
        assert new is not None and not new.startswith("0")
        assert decimals(new) == 2
