"""Failing checks to findings: one for each figure in question, with its place, the numbers and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetaudit.amount import YUAN, decimals, in_unit
from budgetaudit.lang import N_, _
from budgetaudit.model import CellRef, Check, Finding, Severity, Table, Verdict
from budgetaudit.rules import Rule, find

MAX_OPERANDS = 60
UNIT_NAMES = {
    Decimal(1): N_("元"),
    Decimal(1000): N_("千元"),
    Decimal(10_000): N_("万元"),
    Decimal(1_000_000): N_("百万元"),
    Decimal(100_000_000): N_("亿元"),
}


@dataclass(frozen=True, slots=True)
class Raised:
    """A finding and the numbers of the checks it stands for."""

    finding: Finding
    checks: frozenset[int]


def raised(checks: Sequence[Check], tables: Sequence[Table]) -> list[Raised]:
    """What failed and what is off by rounding, one finding for each figure and the value it should have. Without ids."""
    by_id = {table.id: table for table in tables}
    found: list[Finding] = []
    numbers: list[set[int]] = []
    seen: dict[tuple[str, CellRef, Decimal], int] = {}
    for number, check in enumerate(checks):
        if check.verdict not in (Verdict.FAILED, Verdict.ROUNDING):
            continue
        if check.target.ref is not None and not check.message:
            key = (check.verdict.value, check.target.ref, check.expected)
            if key in seen:
                at = seen[key]
                numbers[at].add(number)
                found[at] = min(found[at], _finding(check, by_id), key=_weight)  # the gravest speaks for all
                continue
            seen[key] = len(found)
        found.append(_finding(check, by_id))
        numbers.append({number})
    return [Raised(f, frozenset(n)) for f, n in zip(found, numbers, strict=True)]


def _finding(check: Check, tables: dict[str, Table]) -> Finding:
    rule = find(check.rule)
    target = check.target
    table = tables.get(target.ref.table) if target.ref is not None else None
    rounding = check.verdict is Verdict.ROUNDING
    rate = target.amount.text.endswith(("%", "％"))
    unit = target.amount.unit
    places = _places(check)
    expected = in_unit(check.expected, unit, places)
    difference = in_unit(check.difference, unit, places)
    row, column = row_and_column(table, target.ref)
    return Finding(
        id="",
        code=rule.code,
        category="rounding" if rounding else check.category or rule.category,
        severity=Severity.NOTICE if rounding else _severity(rule, check),
        confidence=check.confidence,
        message=check.message or _message(check, expected, difference, unit),
        place=target.place,
        table=table.title if table is not None else "",
        row=row,
        column=column,
        quote=check.quote or row_quote(table, target.ref),
        reported=target.amount.text or (_("（空白）") if target.ref is not None else ""),
        expected=check.expected_text or (expected if check.kind != "statement" else ""),
        difference=difference if check.kind != "statement" and not check.expected_text else "",
        unit=UNIT_NAMES.get(unit, "") if check.kind != "statement" and not rate else "",
        operands=check.operands[:MAX_OPERANDS],
        suggestion=check.suggestion,
        ref=target.ref,
        formula=check.formula,
    )


def _weight(finding: Finding) -> tuple[int, float]:
    return list(Severity).index(finding.severity), -finding.confidence


def _severity(rule: Rule, check: Check) -> Severity:
    if check.severity is not None:
        return check.severity
    if check.confidence < 0.8 and rule.severity is Severity.ERROR:
        return Severity.WARNING
    return rule.severity


def _places(check: Check) -> int:
    places = max(
        (decimals(o.amount.text) for o in (check.target, *check.operands) if o.amount.unit == check.target.amount.unit),
        default=2,
    )
    return places if check.target.amount.unit == YUAN or places else max(places, 2)


def row_and_column(table: Table | None, ref: CellRef | None) -> tuple[str, str]:
    """A cell's row (code and label) and column (header texts) for a person; empty without a table."""
    if table is None or ref is None:
        return "", ""
    block = next((c.block for c in table.columns if c.index == ref.col), 0)
    row = next((r for r in table.rows if r.index == ref.row and r.block == block), None)
    column = next((c for c in table.columns if c.index == ref.col), None)
    label = ""
    if row is not None:
        code = row.code if row.code and not row.dimension.endswith("-name") else ""
        label = f"{code} {row.label}".strip()
    head = "/".join(column.path) if column is not None else ""
    return label, head or _("第{column}列").format(column=ref.col + 1)


def row_quote(table: Table | None, ref: CellRef | None) -> str:
    """A cell's row as printed; empty without a table."""
    if table is None or ref is None:
        return ""
    cells = dict.fromkeys(cell for cell in table.grid[ref.row] if cell is not None)
    return " ".join(cell.flat for cell in cells if cell.flat)


def _message(check: Check, expected: str, difference: str, unit: Decimal) -> str:
    if check.verdict is Verdict.ROUNDING:
        said = _("印出 {printed}，按分项应为 {expected}，尾差 {difference} {unit}，在四舍五入允许的 ±{allowed} 以内")
    elif check.kind == "same":
        said = _("印出 {printed}，其他表同一数字为 {expected}，相差 {difference} {unit}")
    elif check.kind == "balance":
        said = _("印出 {printed}，与之应相等的数为 {expected}，相差 {difference} {unit}")
    else:
        said = _("印出 {printed}，按分项相加应为 {expected}，相差 {difference} {unit}")
    return said.format(
        printed=check.target.amount.text or _("空白"),
        expected=expected,
        difference=difference,
        unit=_(UNIT_NAMES[unit]) if unit in UNIT_NAMES else "",
        allowed=in_unit(check.slack, unit),
    )
