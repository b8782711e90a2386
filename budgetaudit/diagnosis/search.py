"""The smallest repairs of a set of failing equations, by exact search with a stated bound.

After Fazzinga, Flesca, Furfaro and Parisi, "Consistent query answers on numerical databases under aggregate
constraints" (2006): the repair that changes the fewest figures. Here each figure has an interval, a change must break no
equation that held, and every equally small repair is returned.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from budgetaudit.amount import FEN, decimals
from budgetaudit.diagnosis.slips import before
from budgetaudit.diagnosis.system import ZERO, Figure, System

MOST_CHANGES = 3
"""Figures that one repair may change."""
STEPS = 3_000
"""Changes that are tried for one set of failing equations before the search is given up."""
MOST_REPAIRS = 200
MOST_TERMS = 60
"""Figures of an equation beyond which its slack is too wide for the shape of a slip to say anything."""
Changes = dict[Figure, Decimal]


@dataclass(slots=True)
class Search:
    """A search over one system; ``steps`` are the changes that may still be tried."""

    system: System
    steps: int = STEPS
    found: list[Changes] = field(default_factory=list)
    _slips: dict[Figure, list[Decimal]] = field(default_factory=dict)

    def smallest(self, failing: Iterable[int], most: int = MOST_CHANGES) -> list[Changes]:
        """All repairs of these failing equations with the fewest changes; empty where none is small enough, or where the
        steps ran out, so that a repair never looks like the only one because the others were not reached.
        """
        goal = frozenset(failing)
        for size in range(1, most + 1):
            self.found = []
            self._extend({}, goal, size)
            if self.steps <= 0:
                return []
            if self.found:
                break
        return self.found

    def best_single(self, failing: Iterable[int]) -> tuple[list[Changes], frozenset[int]] | None:
        """The one figure whose change repairs the most of these equations, at least two, and breaks none, with the values
        that do; None where two figures tie.
        """
        goal = frozenset(failing)
        best: list[tuple[int, Changes, frozenset[int]]] = []
        for figure in self._figures(goal):
            for value in self.values(figure, goal, {}):
                changes = {figure: value}
                left = self._left(goal, changes, figure)
                repaired = goal - left
                if len(repaired) > 1 and left <= goal:
                    best.append((len(repaired), changes, repaired))
        most = max((count for count, _, _ in best), default=0)
        leading = [(changes, repaired) for count, changes, repaired in best if count == most]
        if not leading or len({figure for changes, _ in leading for figure in changes}) > 1:
            return None
        return [changes for changes, _ in leading], leading[0][1]

    def values(self, figure: Figure, failing: Iterable[int], changed: Mapping[Figure, Decimal]) -> list[Decimal]:
        """Values of a figure that make one of the failing equations hold: exactly, as it could be printed, or by undoing
        a slip. A figure that is not negative does not become so.
        """
        found: dict[Decimal, None] = {}
        printed = self.system.value(figure)
        for number in failing:
            equation = self.system.equations[number]
            if figure not in equation.terms:
                continue
            wanted = self.system.wanted(number, figure, changed)
            if wanted is None:
                continue
            snapped = self._printable(figure, wanted)
            holds = self.system.holds(number, {**changed, figure: snapped})
            found[snapped if holds else wanted] = None
            if equation.slack and len(equation.terms) <= MOST_TERMS:
                found.update(self._undone(figure, wanted, equation.slack))
        return [value for value in found if value != printed and (value >= 0 or printed < 0)]

    def _undone(self, figure: Figure, wanted: Decimal, slack: Decimal) -> dict[Decimal, None]:
        """Values near the wanted one that a slip would have turned into the print, and nothing at all."""
        if figure not in self._slips:
            amount = self.system.operands[figure].amount
            values = (value * amount.unit for value in (*before(amount.text), ZERO))
            self._slips[figure] = sorted(value for value in values if self._printable(figure, value) == value)
        known = self._slips[figure]
        return dict.fromkeys(known[bisect_left(known, wanted - slack) : bisect_right(known, wanted + slack)])

    def _extend(self, changed: Changes, failing: frozenset[int], left: int) -> None:
        if not failing:
            if changed not in self.found and len(self.found) < MOST_REPAIRS:
                self.found.append(changed)
            return
        if not left:
            return
        if left == 1:
            figures: Iterable[Figure] = self._common(failing)
        else:
            pivot = min(failing, key=lambda number: (len(self.system.equations[number].terms), number))
            figures = self.system.equations[pivot].terms
        for figure in figures:
            if figure in changed:
                continue
            for value in self.values(figure, failing, changed):
                self.steps -= 1
                if self.steps <= 0:
                    return
                extended = {**changed, figure: value}
                self._extend(extended, self._left(failing, extended, figure), left - 1)

    def _left(self, failing: frozenset[int], changed: Changes, figure: Figure) -> frozenset[int]:
        """What fails once a figure was changed: of what failed before, and of what it takes part in."""
        touched = self.system.incident[figure]
        still = failing.difference(touched)
        return still.union(n for n in touched if not self.system.holds(n, changed))

    def _common(self, failing: frozenset[int]) -> list[Figure]:
        """Figures that take part in every failing equation."""
        numbers = iter(sorted(failing, key=lambda number: len(self.system.equations[number].terms)))
        first = self.system.equations[next(numbers)]
        common = list(first.terms)
        for number in numbers:
            terms = self.system.equations[number].terms
            common = [figure for figure in common if figure in terms]
        return common

    def _figures(self, failing: frozenset[int]) -> Iterator[Figure]:
        yield from dict.fromkeys(f for n in sorted(failing) for f in self.system.equations[n].terms)

    def _printable(self, figure: Figure, value: Decimal) -> Decimal:
        """A value rounded to the precision that the figure is printed with."""
        amount = self.system.operands[figure].amount
        if amount.text.endswith(("%", "％")):
            return round(value, decimals(amount.text[:-1]))
        step = amount.half * 2 or FEN
        return round(value / step) * step


def components(system: System, failing: Iterable[int]) -> list[list[int]]:
    """Failing equations in groups that share figures, in order."""
    groups: list[tuple[set[Figure], list[int]]] = []
    for number in sorted(failing):
        figures = set(system.equations[number].terms)
        joined = [group for group in groups if group[0] & figures]
        for group in joined:
            groups.remove(group)
        merged = (figures.union(*(g[0] for g in joined)), sorted([*(n for g in joined for n in g[1]), number]))
        groups.append(merged)
    return [numbers for _, numbers in sorted(groups, key=lambda group: group[1][0])]
