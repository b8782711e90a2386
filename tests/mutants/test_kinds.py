"""Every kind plants what it says, the same again for the same seed."""

from __future__ import annotations

import pytest

from budgetaudit.model import CellRef
from tests.mutants.kinds import PAIR, PLANTERS, TABLE_KINDS, Subject, mutants


@pytest.mark.parametrize("kind", PLANTERS)
def test_mutants_change_something_and_repeat(small: Subject, kind: str) -> None:
    planted = mutants(small, kind, 1, 5)
    assert planted and len(planted) <= 5
    assert planted == mutants(small, kind, 1, 5)
    for mutant in planted:
        for edit in mutant.edits:
            assert edit.new != edit.old
            assert (edit.value != edit.figure.amount.value) == (kind != "text-direction")
            assert isinstance(edit.figure.key, CellRef) == (kind in TABLE_KINDS or kind == PAIR)


def test_another_seed_plants_others(small: Subject) -> None:
    assert mutants(small, "digit-changed", 1, 5) != mutants(small, "digit-changed", 2, 5)


def test_copies_are_the_neighbours_figure(small: Subject) -> None:
    for kind, step in (("copied-above", (-1, 0)), ("copied-left", (0, -1))):
        for mutant in mutants(small, kind, 1, 20):
            key = mutant.edits[0].figure.key
            assert isinstance(key, CellRef)
            near = [
                f.text
                for f in small.figures
                if isinstance(f.key, CellRef)
                and f.key.table == key.table
                and (f.key.row - key.row if step[0] else f.key.row == key.row)
                and (f.key.col == key.col if step[0] else f.key.col < key.col)
            ]
            assert mutant.edits[0].new in near


def test_natures_are_exchanged_with_the_column_beside(small: Subject) -> None:
    for mutant in mutants(small, "nature-exchanged", 1, 20):
        one, other = mutant.edits
        assert isinstance(one.figure.key, CellRef) and isinstance(other.figure.key, CellRef)
        assert one.figure.key.row == other.figure.key.row and abs(one.figure.key.col - other.figure.key.col) == 1
        assert (one.new, other.new) == (other.old, one.old)


def test_two_errors_stand_in_two_tables(small: Subject) -> None:
    for mutant in mutants(small, PAIR, 1, 10):
        tables = [e.figure.key.table for e in mutant.edits if isinstance(e.figure.key, CellRef)]
        assert len(set(tables)) == 2


def test_a_stale_total_is_a_total(small: Subject) -> None:
    targets = {c.target.ref for c in small.report.checks if c.kind == "sum"}
    assert all(m.edits[0].figure.key in targets for m in mutants(small, "total-stale", 1, 20))
    leaves = mutants(small, "component-off", 1, 20)
    assert leaves and not any(m.edits[0].figure.key in targets for m in leaves)


def test_an_unknown_kind_is_refused(small: Subject) -> None:
    with pytest.raises(KeyError):
        mutants(small, "no-such-kind", 1, 1)
