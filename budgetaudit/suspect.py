"""When most checks of one column fail together, the reading is suspect, not the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from budgetaudit.lang import _
from budgetaudit.model import CellRef, Check, Problem, Table, Verdict

MINIMUM = 3
"""Failures in one column below which they are taken as the document's own."""


def set_aside(checks: Sequence[Check], tables: Sequence[Table]) -> tuple[list[Check], list[Problem]]:
    """Checks with the failures of suspect columns made UNKNOWN, and a problem for each such column."""
    failed: Counter[tuple[str, int]] = Counter()
    cells: dict[tuple[str, int], Counter[CellRef]] = {}
    good: Counter[tuple[str, int]] = Counter()
    for check in checks:
        if check.target.ref is None or not any(o.amount.value for o in (check.target, *check.operands)):
            continue
        column = (check.target.ref.table, check.target.ref.col)
        if check.verdict is Verdict.FAILED:
            failed[column] += 1
            cells.setdefault(column, Counter()).update(set(check.refs))
        elif check.verdict in (Verdict.HELD, Verdict.ROUNDING):
            good[column] += 1
    # Where one cell takes part in (nearly) every failure, that cell is wrong, not the reading.
    suspects = {
        column
        for column, count in failed.items()
        if count >= MINIMUM and count > good[column] and cells[column].most_common(1)[0][1] < count - count // 4
    }
    if not suspects:
        return list(checks), []
    by_id = {table.id: table for table in tables}
    problems = [
        Problem(
            _("“{table}”第{column}列的勾稽多数不成立，读取存疑，请核对原件").format(
                table=by_id[table].title or _("无表题"), column=col + 1
            ),
            by_id[table].pages[0],
        )
        for table, col in sorted(suspects)
    ]
    kept = [
        replace(c, verdict=Verdict.UNKNOWN, reason=_("该列读取存疑"))
        if c.verdict is Verdict.FAILED
        and c.target.ref is not None
        and (c.target.ref.table, c.target.ref.col) in suspects
        else c
        for c in checks
    ]
    return kept, problems
