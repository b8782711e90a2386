"""How much of a document the checks reached: cells in a check, in two, in one across tables; amounts of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from budgetaudit.model import Check, Coverage, Place, Table, Verdict
from budgetaudit.narrative.claims import Claim


def numeric_cells(table: Table) -> list[tuple[int, int]]:
    """Grid positions of printed numbers in amount columns."""
    return [position for position, amount in table.amounts.items() if not amount.blank]


def coverage(checks: Iterable[Check], tables: Sequence[Table], claims: Sequence[Claim] = ()) -> Coverage:
    """Counts over the printed numbers of amount columns and the amounts of the text; a check that could not be decided reaches nothing."""
    reached: Counter[tuple[str, int, int]] = Counter()
    crossed: set[tuple[str, int, int]] = set()
    said: set[tuple[Place, str]] = set()
    matched: set[tuple[Place, str]] = set()
    for check in checks:
        if check.verdict is Verdict.UNKNOWN:
            continue
        if check.kind != "statement":  # words that were checked say nothing about their figures
            spoken = {(o.place, o.amount.text) for o in (check.target, *check.operands) if o.ref is None}
            said |= spoken
            if check.refs:
                matched |= spoken
        refs = {(ref.table, ref.row, ref.col) for ref in check.refs}
        reached.update(refs)
        if len({table for table, _, _ in refs}) > 1:
            crossed |= refs
    cells = [(table.id, row, col) for table in tables for row, col in numeric_cells(table)]
    amounts = [claim for claim in claims if not claim.percent]
    return Coverage(
        tables=len(tables),
        tables_recognised=sum(1 for table in tables if table.form),
        numeric_cells=len(cells),
        numeric_cells_checked=sum(1 for cell in cells if reached[cell]),
        numeric_cells_checked_twice=sum(1 for cell in cells if reached[cell] > 1),
        numeric_cells_cross_checked=sum(1 for cell in cells if cell in crossed),
        amounts=len(amounts),
        amounts_matched=sum(1 for claim in amounts if (claim.place, claim.amount.text) in matched),
        amounts_checked=sum(1 for claim in amounts if (claim.place, claim.amount.text) in said),
    )
