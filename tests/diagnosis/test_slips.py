"""Shapes of slips, both ways: named from print and truth, and undone from the print."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetaudit.diagnosis.slips import SLIPS, WEIGHTS, before, slip


@pytest.mark.parametrize(
    ("printed", "expected", "name"),
    [
        ("263.85", "623.85", "digits-swapped"),
        ("52.83", "53.82", "digits-exchanged"),
        ("1715.16", "1175.16", "digits-swapped"),
        ("4.23", "4.29", "digit-changed"),
        ("116.29", "16.29", "digit-doubled"),
        ("162.29", "16.29", "digit-added"),
        ("14913.5", "14913.65", "digit-dropped"),
        ("20.63", "2.063", "decimal-shift"),
        ("196", "1960000", "unit-shift"),
        ("-22.00", "22.00", "sign"),
        ("0", "12.50", "left-blank"),
        ("12.50", "0", "should-be-blank"),
        ("123.45", "678.90", ""),
    ],
)
def test_each_shape_has_its_name(printed: str, expected: str, name: str) -> None:
    assert slip(printed, Decimal(expected)) == name


def test_a_neighbours_figure_was_copied() -> None:
    beside = [("copied-down", Decimal("16380.45")), ("copied-across", Decimal("9.10"))]
    assert slip("16,380.45", Decimal("74215.80"), beside) == "copied-down"
    assert slip("2.00", Decimal("7.30"), [("copied-down", Decimal("2.00"))]) == "", "one digit proves nothing"


@pytest.mark.parametrize(
    ("printed", "truth"),
    [("2,446.66", "4246.66"), ("14,913.5", "14913.65"), ("28.446", "28.46"), ("473.09", "47.309"), ("800.00", "0.08")],
)
def test_a_print_can_be_undone(printed: str, truth: str) -> None:
    assert Decimal(truth) in before(printed)
    assert Decimal(printed.replace(",", "")) not in before(printed)


def test_only_a_negative_print_changes_its_sign() -> None:
    assert Decimal("22.00") in before("-22.00")
    assert Decimal("-22.00") not in before("22.00")


def test_every_weight_belongs_to_a_named_slip() -> None:
    assert set(WEIGHTS) <= set(SLIPS)
