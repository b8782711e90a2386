"""Roots: each a set of failing equations with the smallest repairs that satisfy them, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from budgetaudit.diagnosis.exchanges import exchanges, shifts
from budgetaudit.diagnosis.search import Changes, Search, components
from budgetaudit.diagnosis.slips import WEIGHTS, slip
from budgetaudit.diagnosis.system import Figure, System
from budgetaudit.model import CellRef, Row, RowRole, Table

DECISIVE = 1.0
"""By how much the likeliest repair must lead the next for the culprit to count as found."""
_TARGET, _TOTAL, _EXACT, _NOTHING = 0.5, 0.25, 0.25, 0.5
_BREAKS = 3
"""What it costs a repair that a sentence no longer says the same as the cell it was matched with."""


@dataclass(frozen=True, slots=True)
class Solution:
    """One repair: the changed figures, what the slip looks like, how many checks hold with it, how many matches of the
    text it breaks, and how likely it is.
    """

    changes: Mapping[Figure, Decimal]
    slip: str
    checks: int
    broken: int
    score: float


@dataclass(frozen=True, slots=True)
class Root:
    """One cause: the checks that fail by it and its smallest repairs, the likeliest first."""

    failing: frozenset[int]
    """Numbers of checks."""
    solutions: tuple[Solution, ...]

    @property
    def likely(self) -> tuple[Solution, ...]:
        """The likeliest repair and those that the evidence does not clearly put behind it."""
        best = self.solutions[0].score
        return tuple(s for s in self.solutions if best - s.score < DECISIVE)


class Finder:
    """Finds the roots of one document."""

    def __init__(self, system: System, tables: Sequence[Table]) -> None:
        self.system = system
        self.tables = {table.id: table for table in tables}
        self._rows = {(t.id, row.index): row for t in tables for row in t.rows}

    def roots(self) -> list[Root]:
        """All roots that a small repair explains; failing checks in none of them stay on their own."""
        found: list[Root] = []
        open_: set[int] = set(self.system.failing)
        for failing, repairs in self._exchanged(open_):
            found.append(self._root(failing, repairs))
            open_ -= failing
        for group in components(self.system, open_):
            for failing, repairs in self._parts([n for n in group if n in open_]):
                root = self._root(failing, repairs)
                found.append(root)
                open_ -= failing | self._repaired(root.solutions[0].changes)
        return found

    def _repaired(self, changes: Mapping[Figure, Decimal]) -> set[int]:
        """Every failing equation that changed figures take part in."""
        return {n for figure in changes for n in self.system.incident[figure]} & set(self.system.failing)

    def _exchanged(self, failing: set[int]) -> Iterator[tuple[frozenset[int], list[tuple[Changes, str]]]]:
        """Exchanges that no single changed figure explains as well; those that repair the same are alternatives."""
        same: dict[frozenset[int], list[tuple[Changes, str]]] = {}
        for changes, name, repaired in chain(exchanges(self.system, failing), shifts(self.system, failing)):
            same.setdefault(repaired, []).append((changes, name))
        taken: set[int] = set()
        for repaired in sorted(same, key=lambda numbers: (-len(numbers), sorted(numbers))):
            if not repaired & taken and not Search(self.system).smallest(repaired, 1):
                taken |= repaired
                yield repaired, same[repaired]

    def _parts(self, group: Sequence[int]) -> Iterator[tuple[frozenset[int], list[tuple[Changes, str]]]]:
        """A group of failing equations as roots: all of it by one small repair, else figure by figure."""
        search = Search(self.system)
        left = frozenset(group)
        while left:
            repairs = [r for r in search.smallest(left) if self._plausible(r)]
            if repairs:
                yield from self._split(left, repairs)
                return
            single = search.best_single(left)
            if single is None:
                return
            values, repaired = single
            yield repaired, [(changes, "") for changes in values]
            left -= repaired

    def _plausible(self, changes: Changes) -> bool:
        """More changes than failing checks explain nothing, unless they are one exchange."""
        return len(changes) <= len(self._repaired(changes)) or self._slip(changes) == "exchanged"

    def _split(
        self, failing: frozenset[int], repairs: list[Changes]
    ) -> Iterator[tuple[frozenset[int], list[tuple[Changes, str]]]]:
        """One root for each figure of a single repair whose changes do not depend on each other; else one for all."""
        best = max(repairs, key=self._score)
        parts: list[tuple[frozenset[int], Changes]] = []
        for figure, value in best.items():
            own = frozenset(n for n in self.system.incident[figure] if n in failing)
            parts.append((own, {figure: value}))
        independent = len(parts) > 1 and all(
            own and all(self.system.holds(n, change) for figure in change for n in self.system.incident[figure])
            for own, change in parts
        )
        if not independent:
            yield failing, [(changes, "") for changes in repairs]
            return
        for own, change in parts:
            figure = next(iter(change))
            others = [{f: v} for r in repairs for f, v in r.items() if self._alone(f, v, own) and f != figure]
            yield own, [(change, ""), *((o, "") for o in others)]

    def _alone(self, figure: Figure, value: Decimal, failing: frozenset[int]) -> bool:
        touched = self.system.incident[figure]
        return failing <= set(touched) and all(self.system.holds(n, {figure: value}) for n in touched)

    def _root(self, failing: frozenset[int], repairs: Sequence[tuple[Changes, str]]) -> Root:
        unique: dict[frozenset[Figure], Solution] = {}
        for changes, name in repairs:
            solution = Solution(
                changes,
                name or self._slip(changes),
                self._checks(changes),
                self._broken(changes),
                self._score(changes, name),
            )
            key = frozenset(changes)
            if key not in unique or unique[key].score < solution.score:
                unique[key] = solution
        ranked = sorted(unique.values(), key=lambda s: -s.score)
        failing = failing | self._repaired(ranked[0].changes)
        return Root(frozenset(self.system.equations[n].check for n in failing), tuple(ranked))

    def _checks(self, changes: Changes) -> int:
        """Checks that the changed figures take part in and that hold once the changes are made."""
        numbers = {n for f in changes for n in (*self.system.incident[f], *self.system.weak.get(f, ()))}
        return len({self.system.equations[n].check for n in numbers if self.system.holds(n, changes)})

    def _broken(self, changes: Changes) -> int:
        """Matches of the text that agree no longer once the changes are made."""
        weak = {n for figure in changes for n in self.system.weak.get(figure, ())}
        return sum(not self.system.holds(n, changes) for n in weak)

    # ------------------------------------------------------------------------------------------------------ likelihood

    def _score(self, changes: Changes, name: str = "") -> float:
        name = name or self._slip(changes)
        score = float(WEIGHTS.get(name, 0))
        failing = {n for figure in changes for n in self.system.incident[figure]} & set(self.system.failing)
        score += _TARGET * any(next(iter(self.system.equations[n].terms)) in changes for n in failing)
        if all(self._is_total(figure) for figure in changes):
            score += _TOTAL
        # A figure printed once more says more than a sum of many rounded ones.
        exact = sum(1 / self._others(n, changes) for n in failing if self._exact(n, changes))
        if all(not value for value in changes.values()):
            score += _NOTHING
        score -= _BREAKS * (self._broken(changes) > 0)
        return score + _EXACT * min(exact, 1)

    def _exact(self, number: int, changes: Changes) -> bool:
        return self.system.equations[number].relation is not None or not self.system.residual(number, changes)

    def _others(self, number: int, changes: Changes) -> int:
        """Figures of an equation that are not changed and not zero, one at least."""
        terms = self.system.equations[number].terms
        return max(sum(1 for figure in terms if figure not in changes and self.system.value(figure)), 1)

    def _is_total(self, figure: Figure) -> bool:
        row = self._row(figure)
        return row is not None and row.role is RowRole.TOTAL

    def _row(self, figure: Figure) -> Row | None:
        return self._rows.get((figure.table, figure.row)) if isinstance(figure, CellRef) else None

    def _slip(self, changes: Changes) -> str:
        """The shape of a repair: of its one change, or of two figures that took each other's place."""
        if len(changes) == 2:
            (a, new_a), (b, new_b) = changes.items()
            if new_a == self.system.value(b) and new_b == self.system.value(a):
                return "exchanged"
        names = {self._shape(figure, value, changes) for figure, value in changes.items()}
        return names.pop() if len(names) == 1 else ""

    def _shape(self, figure: Figure, value: Decimal, changes: Changes) -> str:
        amount = self.system.operands[figure].amount
        unit = amount.unit or Decimal(1)
        name = slip(amount.text, value / unit, self._neighbours(figure, unit, changes))
        return name or ("total-not-updated" if self._is_total(figure) else "")

    def _neighbours(self, figure: Figure, unit: Decimal, changes: Changes) -> Iterator[tuple[str, Decimal]]:
        """Figures beside a cell that stay as they are, with the slip that copying them would be."""
        if not isinstance(figure, CellRef):
            return
        amounts = self.tables[figure.table].amounts if figure.table in self.tables else {}
        for name, row, col in (
            ("copied-across", 0, -1),
            ("copied-across", 0, 1),
            ("copied-down", -1, 0),
            ("copied-up", 1, 0),
        ):
            beside = CellRef(figure.table, figure.row + row, figure.col + col)
            amount = amounts.get((beside.row, beside.col))
            if amount is not None and not amount.blank and beside not in changes:
                yield name, amount.value / unit
