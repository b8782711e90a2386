"""Rules to grids: merge, connect, find edges and borders, cut into cells. Frame coordinates in points throughout."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgetaudit.model import BBox
from budgetaudit.reading.strokes import Rule

SAME_LINE = 1.6
"""Rules closer than this across are one rule."""
GAP = 3.2
"""Pieces of one rule with a gap up to this are joined: dashes, small holes at crossings."""
TOUCH = 3.0
"""How far a rule may end from the one it meets."""
SAME_EDGE = 3.0
"""Rules of one grid closer than this make one edge: double rules, rounding of exporters."""
BESIDE = 8.0
"""A rule that touches nothing belongs to the grid whose upper and lower end it shares this closely."""
COVER = 0.55
"""Share of a cell's side that a rule must cover to be its border."""
MAX_EDGES = 400
MAX_PAIRS = 400_000


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of a lattice: position, spans and box."""

    row: int
    col: int
    rowspan: int
    colspan: int
    bbox: BBox


@dataclass(slots=True)
class Lattice:
    """A grid of edges whose cells partition it. ``owner[row][col]`` indexes ``spans``."""

    xs: list[float]
    ys: list[float]
    spans: list[Span]
    owner: list[list[int]]
    open_sides: str = ""
    """Which outer borders were not drawn: letters of l, r, t, b."""

    @property
    def bbox(self) -> BBox:
        """Outer box."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def locate(self, x: float, y: float) -> int:
        """Index of the span that covers a point, -1 outside of the lattice."""
        xs, ys = self.xs, self.ys
        if x < xs[0] or x >= xs[-1] or y < ys[0] or y >= ys[-1]:
            return -1
        return self.owner[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]


def merge(rules: Iterable[Rule]) -> list[Rule]:
    """Join collinear pieces; the result is sorted by position."""
    merged: list[Rule] = []
    cluster: list[Rule] = []
    for rule in sorted(rules):
        if cluster and (rule[0] - cluster[-1][0] > SAME_LINE / 2 or rule[0] - cluster[0][0] > SAME_LINE):
            merged.extend(_joined(cluster))
            cluster = []
        cluster.append(rule)
    merged.extend(_joined(cluster))
    return merged


def _joined(cluster: list[Rule]) -> list[Rule]:
    joined: list[Rule] = []
    weight = total = start = end = 0.0
    for position, a, b in sorted(cluster, key=lambda rule: rule[1]):
        length = max(b - a, 0.1)
        if weight and a - end <= GAP:
            end = max(end, b)
        else:
            if weight:
                joined.append((total / weight, start, end))
            weight = total = 0.0
            start, end = a, b
        weight += length
        total += position * length
    if weight:
        joined.append((total / weight, start, end))
    return joined


def build(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Lattice]:
    """Grids of merged rules, from top to bottom. Rules that meet no other make no grid."""
    groups, loose = _components(horizontal, vertical)
    lattices = [lattice for rows, cols in groups if (lattice := _lattice(rows, cols, loose)) is not None]
    return sorted(lattices, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _components(
    horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> tuple[list[tuple[list[Rule], list[Rule]]], list[Rule]]:
    """Group rules that hang together by touching; return also the vertical ones that touch nothing."""
    count = len(horizontal)
    if count * len(vertical) > MAX_PAIRS:
        return [], []
    parent = list(range(count + len(vertical)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for j, (x, top, bottom) in enumerate(vertical, count):
        low, high, top, bottom = x - TOUCH, x + TOUCH, top - TOUCH, bottom + TOUCH
        for i, (y, left, right) in enumerate(horizontal):
            if top <= y <= bottom and left <= high and right >= low:
                a, b = find(i), find(j)
                if a != b:
                    parent[a] = b
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(horizontal):
        groups.setdefault(find(i), ([], []))[0].append(rule)
    for j, rule in enumerate(vertical, count):
        groups.setdefault(find(j), ([], []))[1].append(rule)
    loose = [rule for rows, cols in groups.values() if not rows for rule in cols]
    return [group for group in groups.values() if group[0] and group[1]], loose


def _edges(rules: Sequence[Rule]) -> list[float]:
    """Positions of rules, close ones as one, weighted by length."""
    edges: list[float] = []
    weight = total = last = first = 0.0
    for position, a, b in sorted(rules):
        if weight and position - last <= SAME_EDGE and position - first <= 2 * SAME_EDGE:
            last = position
        else:
            if weight:
                edges.append(total / weight)
            weight = total = 0.0
            first = last = position
        weight += max(b - a, 0.1)
        total += position * max(b - a, 0.1)
    if weight:
        edges.append(total / weight)
    return edges


def _open_end(ends: list[float], edge: float, sign: int) -> float | None:
    """Where at least two rules run past the outermost crossing rule, the place at which they end."""
    beyond = sorted((end for end in ends if (end - edge) * sign > 2 * SAME_EDGE), key=lambda end: -end * sign)
    if len(beyond) < 2:
        return None
    far = beyond[0]
    return far if sum(abs(end - far) <= 2 * SAME_EDGE for end in beyond) >= 2 else None


def _lattice(rows: list[Rule], cols: list[Rule], loose: list[Rule]) -> Lattice | None:
    xs, ys = _edges(cols), _edges(rows)
    if loose and len(ys) > 1:
        # Columns of one cell that runs over the whole page have a rule at their side and none above or below.
        high = max(min(rule[1] for rule in cols), ys[0])
        low = min(max(rule[2] for rule in cols), ys[-1])
        beside = [rule for rule in loose if abs(rule[1] - high) <= BESIDE and abs(rule[2] - low) <= BESIDE]
        if beside:
            cols = cols + beside
            xs = _edges(cols)
    sides = ""
    for letter, rules, edges, end, sign in (
        ("l", rows, xs, 1, -1), ("r", rows, xs, 2, 1), ("t", cols, ys, 1, -1), ("b", cols, ys, 2, 1),
    ):  # fmt: skip
        far = _open_end([rule[end] for rule in rules], edges[0] if sign < 0 else edges[-1], sign)
        if far is not None:
            sides += letter
            edges.insert(0, far) if sign < 0 else edges.append(far)
    if len(xs) < 2 or len(ys) < 2 or len(xs) > MAX_EDGES or len(ys) > MAX_EDGES:
        return None
    xs, across = _borders(cols, xs, ys, "l" in sides, "r" in sides)
    kept, along = _borders(rows, ys, xs, "t" in sides, "b" in sides)
    if len(kept) < len(ys):
        ys = kept
        xs, across = _borders(cols, xs, ys, "l" in sides, "r" in sides)
    if len(xs) < 2 or len(ys) < 2:
        return None
    spans, owner = cut(xs, ys, across, along)
    return Lattice(xs, ys, spans, owner, sides)


def _borders(
    rules: list[Rule], edges: list[float], cross: list[float], first: bool, last: bool
) -> tuple[list[float], list[list[bool]]]:
    """Which sides between two cross edges are drawn at each edge; edges without any are dropped.

    ``first`` and ``last`` say that the outer edge is closed though no rule was drawn there.
    """
    size = len(cross) - 1
    needed = [COVER * (b - a) for a, b in pairwise(cross)]
    at_edge: list[list[Rule]] = [[] for _ in edges]
    for rule in rules:
        after = bisect_right(edges, rule[0])
        near = (
            after - 1
            if after and (after == len(edges) or rule[0] - edges[after - 1] <= edges[after] - rule[0])
            else after
        )
        if abs(edges[near] - rule[0]) <= 2 * SAME_EDGE:
            at_edge[near].append(rule)
    kept: list[float] = []
    drawn: list[list[bool]] = []
    for number, edge in enumerate(edges):
        covered = [0.0] * size
        for _, start, end in at_edge[number]:
            index = max(bisect_right(cross, start) - 1, 0)
            while index < size and cross[index] < end:
                covered[index] += min(end, cross[index + 1]) - max(start, cross[index])
                index += 1
        outer = (number == 0 and first) or (number == len(edges) - 1 and last)
        row = [outer or have >= need for have, need in zip(covered, needed, strict=True)]
        if any(row):
            kept.append(edge)
            drawn.append(row)
    return kept, drawn


def cut(
    xs: list[float], ys: list[float], across: list[list[bool]], along: list[list[bool]]
) -> tuple[list[Span], list[list[int]]]:
    """Cells from borders: each grows right, then down, as long as no border stops it, so that all are rectangles.

    ``across[c][r]`` is the vertical border at x edge c beside row r, ``along[r][c]`` the horizontal one above row r.
    """
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    owner = [[-1] * n_cols for _ in range(n_rows)]
    spans: list[Span] = []
    for row in range(n_rows):
        for col in range(n_cols):
            if owner[row][col] >= 0:
                continue
            right = col + 1
            while right < n_cols and not across[right][row] and owner[row][right] < 0:
                right += 1
            down = row + 1
            while down < n_rows and _grows(down, col, right, across, along, owner):
                down += 1
            for r in range(row, down):
                owner[r][col:right] = [len(spans)] * (right - col)
            spans.append(Span(row, col, down - row, right - col, (xs[col], ys[row], xs[right], ys[down])))
    return spans, owner


def _grows(
    row: int, col: int, right: int, across: list[list[bool]], along: list[list[bool]], owner: list[list[int]]
) -> bool:
    """True where a cell over columns col..right may take in the row as well."""
    n_cols = len(owner[row])
    if any(along[row][c] or owner[row][c] >= 0 for c in range(col, right)):
        return False
    if any(across[c][row] for c in range(col + 1, right)):
        return False
    # The row below must be as wide: an L-shaped region stays cut in two.
    return (col == 0 or across[col][row] or owner[row][col - 1] >= 0) and (right == n_cols or across[right][row])
