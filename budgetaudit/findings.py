"""Failing checks to findings: one for each figure in question, with its place, the numbers and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from budgetaudit.amount import YUAN, decimals, in_unit
from budgetaudit.model import CellRef, Check, Finding, Severity, Table, Verdict
from budgetaudit.rules import Rule, find

MAX_OPERANDS = 60
_UNIT_NAMES = {
    Decimal(1): "元",
    Decimal(1000): "千元",
    Decimal(10_000): "万元",
    Decimal(1_000_000): "百万元",
    Decimal(100_000_000): "亿元",
}


def findings(checks: Iterable[Check], tables: Sequence[Table]) -> list[Finding]:
    """Findings in order of severity, then of place. Rounding residues are notices."""
    by_id = {table.id: table for table in tables}
    found: list[Finding] = []
    seen: set[tuple[str, CellRef | None, Decimal]] = set()
    for check in checks:
        if check.verdict not in (Verdict.FAILED, Verdict.ROUNDING):
            continue
        key = (check.verdict.value, check.target.ref, check.expected)
        if check.target.ref is not None and not check.message:
            if key in seen:
                continue
            seen.add(key)
        found.append(_finding(check, by_id, f"F{len(found) + 1}"))
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
    found.sort(key=lambda f: (order[f.severity], f.place.page or 0, f.place.line or 0))
    return found


def _finding(check: Check, tables: dict[str, Table], identity: str) -> Finding:
    rule = find(check.rule)
    target = check.target
    table = tables.get(target.ref.table) if target.ref is not None else None
    rounding = check.verdict is Verdict.ROUNDING
    unit = target.amount.unit
    places = _places(check)
    expected = in_unit(check.expected, unit, places)
    difference = in_unit(check.difference, unit, places)
    row, column = _row_and_column(table, target.ref)
    return Finding(
        id=identity,
        code=rule.code,
        category="rounding" if rounding else check.category or rule.category,
        severity=Severity.NOTICE if rounding else _severity(rule, check),
        confidence=check.confidence,
        message=check.message or _message(check, expected, difference, unit),
        place=target.place,
        table=table.title if table is not None else "",
        row=row,
        column=column,
        quote=check.quote or _quote(table, target.ref),
        reported=target.amount.text or ("（空白）" if target.ref is not None else ""),
        expected=check.expected_text or (expected if check.kind != "statement" else ""),
        difference=difference if check.kind != "statement" and not check.expected_text else "",
        unit=_UNIT_NAMES.get(unit, "") if check.kind != "statement" else "",
        operands=check.operands[:MAX_OPERANDS],
        suggestion=check.suggestion,
        ref=target.ref,
        formula=check.formula,
    )


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


def _row_and_column(table: Table | None, ref: CellRef | None) -> tuple[str, str]:
    if table is None or ref is None:
        return "", ""
    block = next((c.block for c in table.columns if c.index == ref.col), 0)
    row = next((r for r in table.rows if r.index == ref.row and r.block == block), None)
    column = next((c for c in table.columns if c.index == ref.col), None)
    label = ""
    if row is not None:
        code = row.code if row.code and not row.dimension.endswith("-name") else ""
        label = f"{code} {row.label}".strip()
    return label, "/".join(column.path) if column is not None and column.path else f"第{ref.col + 1}列"


def _quote(table: Table | None, ref: CellRef | None) -> str:
    if table is None or ref is None:
        return ""
    cells = dict.fromkeys(cell for cell in table.grid[ref.row] if cell is not None)
    return " ".join(cell.flat for cell in cells if cell.flat)


def _message(check: Check, expected: str, difference: str, unit: Decimal) -> str:
    printed = check.target.amount.text or "空白"
    name = _UNIT_NAMES.get(unit, "")
    if check.verdict is Verdict.ROUNDING:
        allowed = in_unit(check.slack, unit)
        return f"印出 {printed}，按分项应为 {expected}，尾差 {difference} {name}，在四舍五入允许的 ±{allowed} 以内"
    if check.kind == "same":
        return f"印出 {printed}，其他表同一数字为 {expected}，相差 {difference} {name}"
    if check.kind == "balance":
        return f"印出 {printed}，与之应相等的数为 {expected}，相差 {difference} {name}"
    return f"印出 {printed}，按分项相加应为 {expected}，相差 {difference} {name}"
