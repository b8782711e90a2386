"""Tables without vertical rules (three-line tables) or without any rule: columns from the alignment of their text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from budgetaudit.reading.cells import NUMBER, OPEN, UNLINED, Draft
from budgetaudit.reading.glyphs import Glyph
from budgetaudit.reading.lattice import Lattice, Span
from budgetaudit.reading.layout import Owned, by_base
from budgetaudit.reading.strokes import Rule

_SAME_END = 6.0
_MIN_SHARE = 0.3
"""A rule shorter than this share of the page's width is an underline."""
MIN_RULES = 3
_MIN_ROWS = 2
_NUMERIC = 0.6
"""Share of a column's texts that are figures for it to be a column of figures."""
_WORD_GAP = 1.0
MIN_UNLINED_ROWS = 4
_MAX_HEADER = 3
_MAX_STEP = 40.0
"""Rows of a table without rules stand no farther apart than this (points)."""
_FIGURE = re.compile(r"(?<!\S)-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2,6})(?!\S)")
_SENTENCE = re.compile("[。；！？]|，")


@dataclass(slots=True)
class _Piece:
    glyphs: list[Glyph]
    x0: float
    x1: float

    @property
    def text(self) -> str:
        return "".join(glyph[0] for glyph in self.glyphs)


def find(horizontal: Sequence[Rule], lattices: Sequence[Lattice], rest: list[Glyph], width: float) -> list[Draft]:
    """Tables between rules that no vertical one meets. Characters taken are removed from ``rest``."""
    rules = [rule for rule in horizontal if rule[2] - rule[1] >= _MIN_SHARE * width and not _within(rule, lattices)]
    drafts = []
    for group in _groups(rules):
        left, right = min(rule[1] for rule in group), max(rule[2] for rule in group)
        ys = [rule[0] for rule in group]
        inside = [g for g in rest if left - 3 <= (g[1] + g[3]) / 2 <= right + 3 and ys[0] < (g[2] + g[4]) / 2 < ys[-1]]
        draft = _table(ys, left, right, inside)
        if draft is not None:
            drafts.append(draft)
            taken = {glyph[6] for glyph in inside}
            rest[:] = [glyph for glyph in rest if glyph[6] not in taken]
    return drafts


def looks_tabular(text: str) -> bool:
    """Return True for a line that may be a row of a table without rules: two figures that stand alone, no sentence."""
    return len(_FIGURE.findall(text)) >= 2 and _SENTENCE.search(text) is None


def find_unlined(rest: list[Glyph]) -> list[Draft]:
    """Tables that no rule marks: at least four rows with two columns of figures. Characters taken leave ``rest``.

    The lines of headers directly above belong to the table; where its columns cannot be told apart there is none.
    """
    lines = sorted(by_base(rest), key=lambda line: line[0][5])
    split = [_pieces(line) for line in lines]
    rows = [sum(_FIGURE.fullmatch(piece.text) is not None for piece in line) >= 2 for line in split]
    drafts = []
    for start, stop in _runs(rows, [line[0][5] for line in lines]):
        first = start
        while (
            first > 0 and start - first < _MAX_HEADER and _is_header(split[first - 1], lines[first - 1], lines[first])
        ):
            first -= 1
        draft = _unlined(split[first:stop], [split[i] for i in range(start, stop) if rows[i]])
        if draft is not None:
            drafts.append(draft)
    taken = {glyph[6] for draft in drafts for glyphs in draft.owned.values() for glyph in glyphs}
    rest[:] = [glyph for glyph in rest if glyph[6] not in taken]
    return drafts


def _runs(rows: list[bool], bases: list[float]) -> list[tuple[int, int]]:
    """Stretches of table rows, with single other lines (labels without amounts) between them."""
    runs: list[tuple[int, int]] = []
    numbers = [i for i, row in enumerate(rows) if row]
    for i in numbers:
        if runs and i - runs[-1][1] <= 1 and bases[i] - bases[runs[-1][1] - 1] <= _MAX_STEP:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return [(a, b) for a, b in runs if sum(rows[a:b]) >= MIN_UNLINED_ROWS]


def _is_header(pieces: list[_Piece], line: list[Glyph], below: list[Glyph]) -> bool:
    text = "".join(piece.text for piece in pieces)
    return len(pieces) >= 2 and below[0][5] - line[0][5] <= _MAX_STEP and _SENTENCE.search(text) is None


def _unlined(lines: list[list[_Piece]], body: list[list[_Piece]]) -> Draft | None:
    columns = _columns([piece for line in body for piece in line])
    if len(columns) < 3 or any(len(_columns(line)) != len(line) for line in body):
        return None
    for line in body:
        places = [next(i for i, (a, b) in enumerate(columns) if a <= piece.x0 and piece.x1 <= b) for piece in line]
        if len(set(places)) < len(places):
            return None
    glyphs = [glyph for line in lines for piece in line for glyph in piece.glyphs]
    left = min(piece.x0 for line in lines for piece in line) - 2
    right = max(piece.x1 for line in lines for piece in line) + 2
    xs = [left, *[(a[1] + b[0]) / 2 for a, b in pairwise(columns)], right]
    tops = [min(g[2] for piece in line for g in piece.glyphs) for line in lines]
    bottoms = [max(g[4] for piece in line for g in piece.glyphs) for line in lines]
    inner = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    draft = _draft(sorted(xs), [tops[0] - 2, *inner, bottoms[-1] + 2], glyphs)
    draft.doubts = [UNLINED]
    return draft


def _within(rule: Rule, lattices: Sequence[Lattice]) -> bool:
    middle = (rule[1] + rule[2]) / 2
    return any(
        one.xs[0] - 3 <= middle <= one.xs[-1] + 3 and one.ys[0] - 3 <= rule[0] <= one.ys[-1] + 3 for one in lattices
    )


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Runs of rules with common ends, from top to bottom."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        for group in groups:
            if abs(group[0][1] - rule[1]) <= _SAME_END and abs(group[0][2] - rule[2]) <= _SAME_END:
                if rule[0] - group[-1][0] > 3:
                    group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= MIN_RULES]


def _pieces(line: list[Glyph]) -> list[_Piece]:
    """Parts of a line that stand apart by more than a character."""
    size = max(glyph[4] - glyph[2] for glyph in line)
    pieces: list[_Piece] = []
    for glyph in sorted(line, key=lambda g: g[1]):
        if pieces and glyph[1] - pieces[-1].x1 <= _WORD_GAP * size:
            pieces[-1].glyphs.append(glyph)
            pieces[-1].x1 = max(pieces[-1].x1, glyph[3])
        else:
            pieces.append(_Piece([glyph], glyph[1], glyph[3]))
    return pieces


def _table(ys: list[float], left: float, right: float, glyphs: list[Glyph]) -> Draft | None:
    if not glyphs:
        return None
    body = [_pieces(line) for line in by_base([g for g in glyphs if (g[2] + g[4]) / 2 > ys[1]])]
    if len(body) < _MIN_ROWS:
        return None
    columns = _columns([piece for line in body for piece in line])
    if len(columns) < 2 or not _holds_figures(columns, body):
        return None
    many = sum(len(line) >= 2 for line in body)
    if many < _MIN_ROWS or many < 0.5 * len(body):
        return None
    xs = [left, *[(a[1] + b[0]) / 2 for a, b in pairwise(columns)], right]
    edges = _row_edges(ys, [line for line in body if len(line) >= 2])
    return _draft(sorted(xs), edges, glyphs)


def _columns(pieces: list[_Piece]) -> list[tuple[float, float]]:
    """Stretches of x that text covers, with clear gaps between."""
    columns: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda p: p.x0):
        if columns and piece.x0 <= columns[-1][1] + 2:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.x1))
        else:
            columns.append((piece.x0, piece.x1))
    return columns


def _holds_figures(columns: list[tuple[float, float]], body: list[list[_Piece]]) -> bool:
    for start, end in columns[1:]:
        texts = [piece.text for line in body for piece in line if start - 1 <= piece.x0 and piece.x1 <= end + 1]
        if len(texts) >= _MIN_ROWS and sum(bool(NUMBER.fullmatch(t)) for t in texts) >= _NUMERIC * len(texts):
            return True
    return False


def _row_edges(ys: list[float], body: list[list[_Piece]]) -> list[float]:
    """The rules, and where one stretch between rules holds several lines of columns, the middle between those lines."""
    edges = list(ys)
    tops = [(min(g[2] for p in line for g in p.glyphs), max(g[4] for p in line for g in p.glyphs)) for line in body]
    for (_, bottom), (top, _) in pairwise(tops):
        if not any(bottom - 3 <= y <= top + 3 for y in ys):
            edges.append((bottom + top) / 2)
    return sorted(edges)


def _draft(xs: list[float], ys: list[float], glyphs: list[Glyph]) -> Draft:
    """Cut into single cells; a header's text that runs over several columns joins them."""
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    joined = [[False] * n_cols for _ in range(n_rows)]
    plain = Lattice(xs, ys, [], [[r * n_cols + c for c in range(n_cols)] for r in range(n_rows)])
    for line in by_base(glyphs):
        for piece in _pieces(line):
            y = median((g[2] + g[4]) / 2 for g in piece.glyphs)
            a, b = plain.locate(max(piece.x0, xs[0]), y), plain.locate(min(piece.x1, xs[-1] - 0.1), y)
            if a >= 0 and b > a:
                row, first, last = a // n_cols, a % n_cols, b % n_cols
                joined[row][first + 1 : last + 1] = [True] * (last - first)
    spans: list[Span] = []
    owner = [[-1] * n_cols for _ in range(n_rows)]
    for row in range(n_rows):
        col = 0
        while col < n_cols:
            stop = col + 1
            while stop < n_cols and joined[row][stop]:
                stop += 1
            owner[row][col:stop] = [len(spans)] * (stop - col)
            spans.append(Span(row, col, 1, stop - col, (xs[col], ys[row], xs[stop], ys[row + 1])))
            col = stop
    lattice = Lattice(xs, ys, spans, owner, "lr")
    owned: Owned = {}
    for glyph in glyphs:
        x = min(max((glyph[1] + glyph[3]) / 2, xs[0]), xs[-1] - 0.1)
        index = lattice.locate(x, (glyph[2] + glyph[4]) / 2)
        if index >= 0:
            owned.setdefault(index, []).append(glyph)
    return Draft(lattice, owned, {}, [OPEN])
