"""Nested sums found by arithmetic where no code, number or indentation says so: project lists, units, procurement.

A row heads the rows below it where it equals their sum in most columns; one wrong figure does not destroy the structure
that convicts it. Rows without a sign of their level are otherwise taken as side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from budgetaudit.facts import Sheet
from budgetaudit.model import Column

ZERO = Decimal(0)
MAX_ROWS = 1500
"""Longer lists are left flat: the search is quadratic."""


def _vectors(
    sheet: Sheet, group: Sequence[int], rows: Sequence[int]
) -> tuple[Sequence[Column], list[list[Decimal]], list[Decimal]]:
    columns = sheet.amount_columns(group[0])
    figures = [[sheet.amount(p, sheet.counterpart(p, c).index) for c in columns] for p in rows]
    values = [[a.value if a is not None else ZERO for a in row] for row in figures]
    halves = [max((a.half for row in figures if (a := row[i]) is not None), default=ZERO) for i in range(len(columns))]
    return columns, values, halves


def _agree(parent: Sequence[Decimal], running: Sequence[Decimal], halves: Sequence[Decimal], count: int) -> bool:
    telling = [i for i in range(len(parent)) if parent[i] or running[i]]
    if not telling:
        return False
    good = sum(1 for i in telling if abs(parent[i] - running[i]) <= halves[i] * (count + 1))
    return good * 2 > len(telling) if len(telling) > 2 else good == len(telling)


def children_by_sums(sheet: Sheet, group: Sequence[int], rows: Sequence[int]) -> dict[int, list[int]]:
    """Row -> rows directly below it that add up to it, for a flat list of rows in order.

    Heads of several rows are looked for first: a row that equals the one below it may be its head or only its like.
    """
    if len(rows) < 2 or len(rows) > MAX_ROWS:
        return {}
    found = _search(sheet, group, rows, singles=False)
    inside = {row for members in found.values() for row in members}
    rest = [row for row in rows if row not in inside]
    for head, members in _search(sheet, group, rest, singles=True).items():
        found.setdefault(head, members)
    _, values, _ = _vectors(sheet, group, rows)
    for index, (row, below) in enumerate(pairwise(rows)):  # the last part of a head may itself have one part
        own = row in inside and row not in found and below not in inside
        if own and any(values[index]) and values[index] == values[index + 1]:
            found[row] = [below]
    return found


def _search(sheet: Sheet, group: Sequence[int], rows: Sequence[int], *, singles: bool) -> dict[int, list[int]]:
    _, values, halves = _vectors(sheet, group, rows)
    size = [1] * len(rows)
    children: dict[int, list[int]] = {}
    for start in range(len(rows) - 2, -1, -1):
        parent = values[start]
        if not any(parent):
            continue
        running = [ZERO] * len(parent)
        position, members = start + 1, list[int]()
        while position < len(rows):
            members.append(position)
            running = [a + b for a, b in zip(running, values[position], strict=True)]
            position += size[position]
            if _agree(parent, running, halves, len(members)) and (
                len(members) > 1 or (singles and _single_child(values, start, members[0]))
            ):
                children[rows[start]] = [rows[m] for m in members]
                size[start] = position - start
                break
            if all(r > p + halves[i] for i, (r, p) in enumerate(zip(running, parent, strict=True)) if p > 0):
                break
    return children


def _single_child(values: Sequence[Sequence[Decimal]], parent: int, child: int) -> bool:
    """One child equal to its parent in every column is a child, not a coincidence, only where the figures are telling."""
    return values[parent] == values[child]


def disjoint_rows(sheet: Sheet, group: Sequence[int], rows: Sequence[int]) -> list[int]:
    """The rows that remain when those that others already contain are taken out."""
    children = children_by_sums(sheet, group, rows)
    inside: set[int] = set()
    for members in children.values():
        inside.update(members)
    return [row for row in rows if row not in inside]
