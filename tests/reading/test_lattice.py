"""Rules to grids, without any PDF."""

from __future__ import annotations

import random

import pytest

from budgetaudit.reading.lattice import build, merge
from budgetaudit.reading.strokes import Rule


def test_pieces_of_one_rule_are_joined_and_parallel_ones_are_not() -> None:
    assert merge([(10, 0, 50), (10.4, 52, 100), (20, 0, 100), (10, 150, 200)]) == [
        (pytest.approx(10.2, abs=0.01), 0, 100), (10, 150, 200), (20, 0, 100),
    ]  # fmt: skip


def test_rules_that_meet_no_other_make_no_grid() -> None:
    assert build([(10, 0, 100), (50, 0, 100)], []) == []
    assert build([(10, 0, 100)], [(50, 0, 100)]) == []


def test_a_region_that_is_no_rectangle_is_cut_into_rectangles() -> None:
    horizontal = [(0, 0, 100), (20, 50, 100), (40, 0, 100)]
    vertical = [(0, 0, 40), (50, 20, 40), (100, 0, 40)]
    (lattice,) = build(horizontal, vertical)
    assert sum(span.rowspan * span.colspan for span in lattice.spans) == 4
    assert {(s.row, s.col, s.rowspan, s.colspan) for s in lattice.spans} == {(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)}


def test_hostile_numbers_of_rules_are_refused_quickly() -> None:
    many: list[Rule] = [(float(4 * i), 0.0, 5000.0) for i in range(1200)]
    assert build(many, many) == []


def _partition(rows: int, cols: int, seed: int) -> list[tuple[int, int, int, int]]:
    """Cut a grid of positions into rectangles at random, guillotine fashion."""
    rng = random.Random(seed)
    done, todo = [], [(0, 0, rows, cols)]
    while todo:
        row, col, high, wide = todo.pop()
        if high * wide == 1 or (rng.random() < 0.25 and (high, wide) != (rows, cols)):
            done.append((row, col, high, wide))
        elif wide == 1 or (high > 1 and rng.random() < 0.5):
            at = rng.randrange(1, high)
            todo += [(row, col, at, wide), (row + at, col, high - at, wide)]
        else:
            at = rng.randrange(1, wide)
            todo += [(row, col, high, at), (row, col + at, high, wide - at)]
    return sorted(done)


@pytest.mark.parametrize("seed", range(150))
def test_any_partition_drawn_is_the_partition_read(seed: int) -> None:
    parts = _partition(2 + seed % 6, 1 + seed % 5, seed)
    horizontal, vertical = [], []
    for row, col, high, wide in parts:
        x0, x1, y0, y1 = 40.0 * col, 40.0 * (col + wide), 15.0 * row, 15.0 * (row + high)
        horizontal += [(y0, x0, x1), (y1, x0, x1)]
        vertical += [(x0, y0, y1), (x1, y0, y1)]
    (lattice,) = build(merge(horizontal), merge(vertical))
    # Edges that no part of this partition uses do not exist; number the used ones.
    ys = sorted({15.0 * r for row, _, high, _ in parts for r in (row, row + high)})
    xs = sorted({40.0 * c for _, col, _, wide in parts for c in (col, col + wide)})
    expected = {
        (ys.index(15.0 * r), xs.index(40.0 * c), ys.index(15.0 * (r + h)) - ys.index(15.0 * r),
         xs.index(40.0 * (c + w)) - xs.index(40.0 * c))
        for r, c, h, w in parts
    }  # fmt: skip
    assert {(s.row, s.col, s.rowspan, s.colspan) for s in lattice.spans} == expected
    for number, span in enumerate(lattice.spans):
        x0, y0, x1, y1 = span.bbox
        assert lattice.locate((x0 + x1) / 2, (y0 + y1) / 2) == number
