from __future__ import annotations

from dataclasses import replace

from budgetaudit.model import Report, Verdict
from tests.mutants.figures import Edit
from tests.mutants.kinds import Subject
from tests.mutants.reach import Bonds, Reach


def test_a_figure_in_a_sum_is_bound(small: Subject) -> None:
    figure = small.figures[0]
    assert small.bonds.figure(figure) is Reach.BOUND
    assert small.bonds.of([Edit.of(figure, "999.99")]) is Reach.BOUND


def test_rounding_hides_the_last_digit(small: Subject) -> None:
    figure = small.figures[0]
    new = figure.text[:-1] + "1"
    assert small.bonds.of([Edit.of(figure, new)]) is Reach.INSIDE


def test_without_checks_nothing_reaches_a_figure(small: Subject) -> None:
    undecided = tuple(replace(c, verdict=Verdict.UNKNOWN) for c in small.report.checks)
    silent: Report = replace(small.report, checks=undecided)
    bonds = Bonds(silent)
    assert {bonds.figure(f) for f in small.figures} == {Reach.FREE}
    assert bonds.of([Edit.of(small.figures[0], "999.99")]) is Reach.FREE


def test_an_exchange_inside_one_sum_alone_is_borne(small: Subject) -> None:
    """The two parts of a total exchanged: the sum stays, so that only a check of each part can tell."""
    sums = [c for c in small.report.checks if c.rule == "T103" and len([o for o in c.operands if o.amount.value]) > 1]
    check = sums[0]
    bonds = Bonds(replace(small.report, checks=(check,)))
    one, other = (small.at[o.ref] for o in check.operands if o.amount.value and o.ref is not None)
    assert bonds.of([Edit.of(one, other.text), Edit.of(other, one.text)]) is Reach.INSIDE
    assert bonds.of([Edit.of(one, other.text)]) is Reach.BOUND


def test_a_part_is_bound_one_way_only(small: Subject) -> None:
    """Of 其中 a part may be smaller, so that no relation must break whichever way it changes."""
    check = next(c for c in small.report.checks if c.rule == "T103" and c.target.amount.value)
    part = check.operands[0]
    partial = replace(check, operands=(part,), expected=part.amount.value)
    bonds = Bonds(replace(small.report, checks=(partial,)))
    figure = small.at[part.ref] if part.ref is not None else small.figures[0]
    assert bonds.figure(figure) is Reach.FREE
    assert bonds.of([Edit.of(figure, "999.99")]) is Reach.BOUND
    assert bonds.of([Edit.of(figure, "1.00")]) is Reach.FREE
