"""Findings whose repair is another reading: the reading is in doubt, and both readings are told."""

from __future__ import annotations

from budgetaudit.diagnosis.reread import questioned, reread
from budgetaudit.model import Severity
from tests.diagnosis.test_diagnosis import TABLES, found

LOST = TABLES.replace(
    "2080506	机关事业单位职业年金缴费支出	21.35	21.35",
    "2080506	机关事业单位职业年金缴费支出	21.35	1.35",
    1,
)


def test_the_cells_of_a_sure_repair_are_worth_a_second_look() -> None:
    places = questioned(found(LOST))
    assert len(places) == 1 and places[0] == next(f for f in found(LOST) if not f.root).place


def test_another_reading_that_is_the_repair_puts_the_finding_in_doubt() -> None:
    findings = found(LOST)
    doubted = reread(findings, {questioned(findings)[0]: " 21.35\n"})
    assert {f.severity for f in doubted} == {Severity.NOTICE}
    head = next(f for f in doubted if not f.root)
    assert head.confidence < 0.5 and "读作 1.35" in head.suggestion and "读作 21.35" in head.suggestion


def test_another_reading_that_agrees_changes_nothing() -> None:
    findings = found(LOST)
    assert reread(findings, {questioned(findings)[0]: "1.35"}) == findings
    assert reread(findings, {}) == findings
