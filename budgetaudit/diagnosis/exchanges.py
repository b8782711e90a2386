"""Figures that changed places: two rows, two figures of a row, a run of a column. One act, however many it moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from budgetaudit.diagnosis.search import Changes
from budgetaudit.diagnosis.system import System
from budgetaudit.model import CellRef

MOST_LINES = 12
"""Rows (or columns) of one table with failing figures beyond which no pairs are tried: then more than two moved."""
_SHORTEST, _LONGEST = 3, 30
"""Figures of a run that moved by one row; two that moved are an exchange or two slips."""


def exchanges(system: System, failing: Iterable[int]) -> Iterator[tuple[Changes, str, frozenset[int]]]:
    """Exchanges that make every failing equation of the moved figures hold, at least two, and break none: the changes,
    the name of the slip and the equations repaired.
    """
    goal = frozenset(failing)
    figures = {f for n in goal for f in system.equations[n].terms if isinstance(f, CellRef)}
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
            shared = by_row[table, one] & by_row[table, other]
            for col in sorted(shared):
                yield from _tried(system, goal, [(CellRef(table, one, col), CellRef(table, other, col))], "exchanged")
            if shared:
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


def shifts(system: System, failing: Iterable[int]) -> Iterator[tuple[Changes, str, frozenset[int]]]:
    """Runs of figures of one column that stand a row too low or too high: each takes its neighbour's figure, and the one
    that was pushed out is what its equations ask for. As ``exchanges``: all hold then, at least two did not.
    """
    goal = frozenset(failing)
    lines: dict[tuple[str, int], list[int]] = defaultdict(list)
    for figure in system.incident:
        if isinstance(figure, CellRef) and (system.value(figure) or _fails_across(system, goal, figure)):
            lines[figure.table, figure.col].append(figure.row)
    moved: dict[tuple[str, int], list[int]] = defaultdict(list)
    for figure in {f for n in goal for f in system.equations[n].terms if isinstance(f, CellRef)}:
        if figure.row in lines[figure.table, figure.col]:
            moved[figure.table, figure.col].append(figure.row)
    for (table, col), wrong in moved.items():
        rows = sorted(set(lines[table, col]))
        low, high = rows.index(min(wrong)), rows.index(max(wrong)) + 1
        if not _SHORTEST <= high - low <= _LONGEST:
            continue
        for begin in range(low, high - _SHORTEST + 1):
            for end in range(begin + _SHORTEST, high + 1):
                run = [CellRef(table, row, col) for row in rows[begin:end]]
                yield from _moved(system, goal, run)
                yield from _moved(system, goal, run[::-1])


def _fails_across(system: System, goal: frozenset[int], figure: CellRef) -> bool:
    """Whether an equation of a figure with others than its own column fails."""
    return any(
        n in goal and any(not isinstance(f, CellRef) or f.col != figure.col for f in system.equations[n].terms)
        for n in system.incident[figure]
    )


def _moved(system: System, goal: frozenset[int], run: list[CellRef]) -> Iterator[tuple[Changes, str, frozenset[int]]]:
    """The figures of a run moved back one place towards its start."""
    changes: Changes = {
        figure: system.value(after) for figure, after in pairwise(run) if system.value(after) != system.value(figure)
    }
    last = run[-1]
    if not changes:
        return
    for number in system.incident[last]:
        value = system.wanted(number, last, changes)
        if value is None or value == system.value(last):
            continue
        tried = {**changes, last: value}
        touched = {n for figure in tried for n in system.incident[figure]}
        repaired = goal & touched
        if len(repaired) >= len(tried) and all(system.holds(n, tried) for n in touched):
            yield tried, "rows-shifted", repaired
            return
