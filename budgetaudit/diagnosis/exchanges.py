"""Exchanges: two rows of a table, or two figures of one row, that changed places. One act, however many figures it moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from budgetaudit.diagnosis.search import Changes
from budgetaudit.diagnosis.system import System
from budgetaudit.model import CellRef

MOST_LINES = 12
"""Rows (or columns) of one table with failing figures beyond which no pairs are tried: then more than two moved."""


def exchanges(system: System, failing: Iterable[int]) -> Iterator[tuple[Changes, str, frozenset[int]]]:
    """Exchanges that make every failing equation of the moved figures hold, at least two, and break none: the changes,
    the name of the slip and the equations repaired.
    """
    goal = frozenset(failing)
    figures = {f for n in goal for f, _ in system.equations[n].terms if isinstance(f, CellRef)}
    by_row: dict[tuple[str, int], set[int]] = defaultdict(set)
    for figure in figures:
        by_row[figure.table, figure.row].add(figure.col)
    rows: dict[str, list[int]] = defaultdict(list)
    for table, row in sorted(by_row):
        rows[table].append(row)
    columns = _columns(system)
    for table, numbers in rows.items():
        if len(numbers) > MOST_LINES:
            continue
        for row in numbers:
            for a, b in combinations(sorted(by_row[table, row]), 2):
                yield from _tried(system, goal, [(CellRef(table, row, a), CellRef(table, row, b))], "exchanged")
        for one, other in combinations(numbers, 2):
            if by_row[table, one] & by_row[table, other]:
                pairs = [(CellRef(table, one, c), CellRef(table, other, c)) for c in sorted(columns[table])]
                yield from _tried(system, goal, pairs, "rows-exchanged")


def _columns(system: System) -> dict[str, set[int]]:
    columns: dict[str, set[int]] = defaultdict(set)
    for figure in system.incident:
        if isinstance(figure, CellRef):
            columns[figure.table].add(figure.col)
    return columns


def _tried(
    system: System, goal: frozenset[int], pairs: list[tuple[CellRef, CellRef]], name: str
) -> Iterator[tuple[Changes, str, frozenset[int]]]:
    changes: Changes = {}
    for a, b in pairs:
        if a not in system.operands or b not in system.operands:
            continue
        one, other = system.value(a), system.value(b)
        if one != other:
            changes[a], changes[b] = other, one
    if not changes or all(not value for value in changes.values()):
        return
    touched = {n for figure in changes for n in system.incident[figure]}
    repaired = goal & touched
    if len(repaired) > 1 and all(system.holds(n, changes) for n in touched):
        yield changes, name, repaired
