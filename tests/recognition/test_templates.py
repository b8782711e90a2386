"""Published layouts of many regions, each as a small fictional document that is in order (templates/*.txt).

Each must be understood as a whole: who and when, every table as its form, every figure in a check and no finding; and a
digit that is changed must be found where it stands, or among the figures that a finding compares.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from budgetaudit.audit import audit
from budgetaudit.model import Report, Severity, Table
from budgetaudit.reading.text import read_text

FOLDER = Path(__file__).parent / "templates"
IDENTITY = {
    "ministry-budget": ("中国示例科学研究发展总署", "budget", 2030, "department"),
    "unit-code-columns": ("云溪县示例林业局", "budget", 2030, "department"),
    "three-code-columns": ("云溪市示例体育局", "budget", 2030, "department"),
    "ministry-final-account": ("云溪市示例司法局", "final-account", 2030, "department"),
    "project-codes": ("云溪县示例街道办事处", "budget", 2030, "department"),
    "four-sides-hospital": ("云溪县示例医院", "budget", 2030, "unit"),
    "situation-tables-school": ("云溪县第一示例小学", "budget", 2030, "unit"),
    "four-sides-township": ("云溪县示例镇人民政府", "budget", 2030, "department"),
    "six-decimals": ("云溪市示例审计局", "budget", 2030, "department"),
    "university": ("云溪市示例大学", "budget", 2030, "department"),
    "integrated-system": ("云溪市示例自然资源和规划局", "budget", 2030, "department"),
    "township-final-account": ("云溪县示例镇人民政府", "final-account", 2030, "department"),
    "ordinal-columns": ("云溪县示例供销合作社联合社", "budget", 2030, "department"),
    "township-hospital": ("云溪县示例中心卫生院", "budget", 2030, "unit"),
}
FORMS = {
    "ministry-budget": "overview income expenditure fiscal-overview general basic three-public government-fund capital",
    "unit-code-columns": "overview income expenditure fiscal-overview fiscal general basic project three-public "
    "government-fund three-public capital",
    "three-code-columns": "overview income expenditure fiscal-overview general basic expenditure three-public "
    "government-fund project",
    "ministry-final-account": "overview income expenditure fiscal-overview general basic government-fund capital "
    "three-public",
    "project-codes": "overview income expenditure fiscal-overview general three-public basic project government-fund "
    "procurement assets medium-term",
    "four-sides-hospital": "overview general general expenditure three-public",
    "situation-tables-school": "overview income expenditure fiscal-overview general basic project three-public "
    "government-fund",
    "four-sides-township": "overview income expenditure expenditure fiscal-overview general basic three-public "
    "performance performance",
    "six-decimals": "overview income expenditure fiscal-overview general basic government-fund capital three-public "
    "project procurement purchased-services",
    "university": "overview income expenditure fiscal-overview general basic government-fund capital three-public project",
    "integrated-system": "overview income expenditure fiscal-overview general basic three-public government-fund project",
    "township-final-account": "overview expenditure fiscal-overview general basic government-fund capital three-public",
    "ordinal-columns": "overview expenditure fiscal-overview general basic government-fund three-public procurement assets",
    "township-hospital": "overview income expenditure fiscal-overview general basic three-public government-fund",
}
SERIOUS = (Severity.ERROR, Severity.WARNING)


@lru_cache
def text_of(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text("utf-8")


def report(text: str) -> Report:
    return audit(read_text(Path("x.txt"), text.encode(), "0" * 64), strict=True)


@lru_cache
def clean(name: str) -> Report:
    return report(text_of(name))


def changed(text: str, table: Table) -> tuple[str, int]:
    """The text with one digit of a figure in the last column that holds any changed, and the line of that figure."""
    printed = [position for position, amount in table.amounts.items() if amount.value]
    row, column = max(printed, key=lambda position: (position[1], -position[0]))
    cell = table.grid[row][column]
    assert cell is not None and cell.place.line is not None
    lines = text.split("\n")
    fields = lines[cell.place.line - 1].split("\t")
    digit = re.search("[1-9]", fields[column])
    assert digit is not None
    fields[column] = fields[column].replace(digit.group(), str(int(digit.group()) % 9 + 1), 1)
    lines[cell.place.line - 1] = "\t".join(fields)
    return "\n".join(lines), cell.place.line


def test_every_template_is_listed() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(IDENTITY) == set(FORMS)


@pytest.mark.parametrize("name", IDENTITY)
def test_a_template_is_understood_as_a_whole_and_in_order(name: str) -> None:
    found = clean(name)
    profile = found.profile
    assert (profile.department, profile.kind, profile.year, profile.level) == IDENTITY[name]
    assert [table.form for table in found.tables] == FORMS[name].split()
    assert {table.unit_text for table in found.tables if table.amounts} in ({"万元"}, {"元"})
    assert [f"{finding.code} {finding.message}" for finding in found.findings] == []
    assert found.coverage.numeric_cells - found.coverage.numeric_cells_checked <= 2


@pytest.mark.parametrize("name", IDENTITY)
def test_a_changed_digit_is_found(name: str) -> None:
    missed = []
    for table in clean(name).tables:
        if any(amount.value for amount in table.amounts.values()):
            text, line = changed(text_of(name), table)
            findings = [finding for finding in report(text).findings if finding.severity in SERIOUS]
            if not any(line in {finding.place.line, *(o.place.line for o in finding.operands)} for finding in findings):
                missed.append(f"{table.title}, line {line}")
    assert missed == []
