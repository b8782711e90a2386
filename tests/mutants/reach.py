"""Which changes the relations of a document can notice at all: what no check reaches is the map of what to check next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum

from budgetaudit.model import CellRef, Check, Operand, Report, RowRole, Verdict
from tests.mutants.figures import Edit, Figure, Key, key_of

DECIDED = (Verdict.HELD, Verdict.ROUNDING, Verdict.FAILED)
"""A declared gap (EXPLAINED) may be of any size, so that it binds nothing; an undecided check neither."""


class Reach(StrEnum):
    """What the relations say about a change."""

    BOUND = "bound"  # a relation that stood is broken
    INSIDE = "inside"  # relations hold the figure, but bear the change: rounding, or an exchange inside one sum
    FREE = "free"  # no relation holds the figure


class Bonds:
    """The checks of a document by the figures that take part in them."""

    def __init__(self, report: Report) -> None:
        self._by_key: dict[Key, list[Check]] = defaultdict(list)
        self._parts = {
            CellRef(table.id, row.index, column.index)
            for table in report.tables
            for row in table.rows
            for column in table.columns
            if row.role is RowRole.PART or column.aspects.get("measure") == "of-which"
        }
        for check in report.checks:
            if check.verdict not in DECIDED or check.kind == "statement":
                continue
            for key in {key_of(operand) for operand in (check.target, *check.operands)}:
                self._by_key[key].append(check)

    def checks(self, key: Key) -> list[Check]:
        """Decided checks in which a figure takes part."""
        return self._by_key.get(key, [])

    def reach(self, values: Mapping[Key, Decimal]) -> Reach:
        """What happens when figures take other values (yuan) at once."""
        touched = {id(check): check for key in values for check in self.checks(key)}
        if not touched:
            return Reach.FREE
        if any(self._broken(check, values) for check in touched.values()):
            return Reach.BOUND
        return Reach.INSIDE if any(not self._partial(check) for check in touched.values()) else Reach.FREE

    def of(self, edits: Iterable[Edit]) -> Reach:
        """What happens when edits are printed."""
        return self.reach({edit.figure.key: edit.value for edit in edits})

    def figure(self, figure: Figure) -> Reach:
        """Whether a large change of a figure breaks a relation, whichever way it goes."""
        value = figure.amount.value
        step = abs(value) * 10 + figure.amount.unit * 1000
        found = [self.reach({figure.key: value + move}) for move in (step, -step)]
        return Reach.BOUND if all(r is Reach.BOUND for r in found) else Reach.FREE

    def _partial(self, check: Check) -> bool:
        """A partial listing (其中): its parts may only not exceed the whole."""
        listed = bool(check.operands) and all(o.ref in self._parts for o in check.operands)
        return check.kind == "sum" and (listed or (check.verdict is Verdict.HELD and check.difference > check.slack))

    def _broken(self, check: Check, values: Mapping[Key, Decimal]) -> bool:
        if check.kind == "derived":
            return True  # a percentage or difference of the text: its interval is the rule's business
        target = _value(check.target, values)
        if check.kind == "same":
            return any(abs(target - _value(o, values)) > _width(check.target) + _width(o) for o in check.operands)
        gap = target - sum((o.sign * _value(o, values) for o in check.operands), Decimal(0))
        allowed = sum((o.amount.half for o in (check.target, *check.operands) if _value(o, values)), Decimal(0))
        return gap < -allowed if self._partial(check) else abs(gap) > allowed


def _value(operand: Operand, values: Mapping[Key, Decimal]) -> Decimal:
    return values.get(key_of(operand), operand.amount.value)


def _width(operand: Operand) -> Decimal:
    """Half a unit of the last digit; a whole one for the text, which may cut a figure instead of rounding it."""
    return operand.amount.half if operand.ref is not None else 2 * operand.amount.half
