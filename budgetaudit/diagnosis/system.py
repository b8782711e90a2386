"""Checks as equations over printed figures: cells of tables and amounts of the text, each one unknown.

A check that holds or fails becomes one equation (a figure printed in n other places becomes n); what is explained or
undecided binds nothing. An equation holds where its residual lies within the slack that printing implies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgetaudit.model import CellRef, Check, Operand, Place, Relation, Verdict
from budgetaudit.rules.relations import agrees, solve

ZERO = Decimal(0)
Figure = CellRef | tuple[Place, str]
"""A printed figure: its cell, or for the text its place and its print."""
_LINEAR = frozenset({"sum", "same", "balance"})


def figure_of(operand: Operand) -> Figure:
    """The unknown that an operand stands for."""
    return operand.ref if operand.ref is not None else (operand.place, operand.amount.text)


@dataclass(frozen=True, slots=True)
class Equation:
    """One equation. ``check`` is the number of its check; a linear one says that its figures times their factors add
    up to zero. The target comes first.
    """

    check: int
    terms: Mapping[Figure, int]
    slack: Decimal
    one_sided: bool = False
    """A partial listing: the whole may be larger than its parts."""
    relation: Relation | None = None
    """For a derived figure: how it follows from the others."""
    operands: tuple[Operand, ...] = ()

    def holds_at(self, residual: Decimal) -> bool:
        """Whether a linear equation holds at this residual (yuan)."""
        return abs(residual) <= self.slack or (self.one_sided and residual > 0)


@dataclass(slots=True)
class System:
    """All equations of a document with the printed figures and the residuals at the printed values."""

    equations: list[Equation] = field(default_factory=list)
    operands: dict[Figure, Operand] = field(default_factory=dict)
    incident: dict[Figure, list[int]] = field(default_factory=lambda: defaultdict(list))
    weak: dict[Figure, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Matches of the text with a cell that hold: found by their value, they may be broken, though at a price."""
    residuals: list[Decimal] = field(default_factory=list)
    failing: list[int] = field(default_factory=list)

    def value(self, figure: Figure) -> Decimal:
        """The printed value in yuan (a percentage as its number)."""
        return self.operands[figure].amount.value

    def holds(self, number: int, changed: Mapping[Figure, Decimal]) -> bool:
        """Whether an equation holds once these figures are changed."""
        equation = self.equations[number]
        if equation.relation is not None:
            values = [changed.get(figure_of(o), o.amount.value) for o in equation.operands]
            return agrees(equation.relation, equation.operands, values)
        return equation.holds_at(self.residual(number, changed))

    def residual(self, number: int, changed: Mapping[Figure, Decimal]) -> Decimal:
        """The residual of a linear equation in yuan once these figures are changed."""
        residual, terms = self.residuals[number], self.equations[number].terms
        for figure, value in changed.items():
            if factor := terms.get(figure):
                residual += factor * (value - self.operands[figure].amount.value)
        return residual

    def wanted(self, number: int, figure: Figure, changed: Mapping[Figure, Decimal]) -> Decimal | None:
        """The value of one figure at which an equation holds exactly, the other figures given; None where none does."""
        equation = self.equations[number]
        if equation.relation is not None:
            if figure_of(equation.operands[0]) != figure:
                return None
            return solve(equation.relation, [changed.get(figure_of(o), o.amount.value) for o in equation.operands])
        others = {other: value for other, value in changed.items() if other != figure}
        return self.operands[figure].amount.value - self.residual(number, others) / equation.terms[figure]


def system_of(checks: Sequence[Check]) -> System:
    """The equations of all checks that hold or fail."""
    system = System()
    for number, check in enumerate(checks):
        if check.verdict in (Verdict.EXPLAINED, Verdict.UNKNOWN):
            continue
        if check.kind == "statement" and check.relation is None:
            continue
        for operand in (check.target, *check.operands):
            system.operands.setdefault(figure_of(operand), operand)
        for equation, residual in _equations(number, check):
            failed = check.verdict is Verdict.FAILED
            system.equations.append(equation)
            system.residuals.append(residual)
            position = len(system.equations) - 1
            if system.holds(position, {}) is failed:  # its rule judged by more than these figures
                system.equations.pop()
                system.residuals.pop()
                continue
            found_by_value = not failed and check.target.ref is None and bool(check.refs)
            for figure in equation.terms:
                (system.weak if found_by_value else system.incident)[figure].append(position)
            if failed:
                system.failing.append(position)
    return system


def _equations(number: int, check: Check) -> Iterator[tuple[Equation, Decimal]]:
    """Equations of a check, each with its residual at the printed values."""
    if check.relation is not None:
        operands = (check.target, *check.operands)
        yield Equation(number, dict.fromkeys(map(figure_of, operands), 1), ZERO, False, check.relation, operands), ZERO
    elif check.kind == "same":
        for operand in check.operands:
            residual = check.target.amount.value - operand.amount.value
            slack = max(check.slack, check.target.amount.half + operand.amount.half)
            yield _linear(number, check, [(check.target, 1), (operand, -1)], residual, slack)
    else:
        residual = check.target.amount.value - sum((o.sign * o.amount.value for o in check.operands), ZERO)
        if check.kind in _LINEAR or residual == check.difference:
            signed = [(check.target, 1), *((o, -o.sign) for o in check.operands)]
            yield _linear(number, check, signed, residual, check.slack)


def _linear(
    number: int, check: Check, signed: Sequence[tuple[Operand, int]], residual: Decimal, slack: Decimal
) -> tuple[Equation, Decimal]:
    factors: dict[Figure, int] = {}
    for operand, factor in signed:
        figure = figure_of(operand)
        factors[figure] = factors.get(figure, 0) + factor
    terms = {figure: factor for figure, factor in factors.items() if factor}
    failed = check.verdict is Verdict.FAILED
    one_sided = not failed and check.kind == "sum" and residual > slack
    if not failed and not one_sided:
        slack = max(slack, abs(residual))
    return Equation(number, terms, slack, one_sided), residual
