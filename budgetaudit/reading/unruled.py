"""Rows of a grid that no rule divides: split by the lines of their figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from budgetaudit.reading.cells import SPLIT, Draft
from budgetaudit.reading.glyphs import Glyph
from budgetaudit.reading.lattice import Lattice, Span
from budgetaudit.reading.layout import Owned, TextLine

_FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,6}")
_ALIGNED = 2.5


def split_rows(draft: Draft) -> Draft:
    """Split each grid row in which several columns hold stacked figures on common baselines.

    A figure that was wrapped within its digits has no second part with decimals, so it never splits a row.
    """
    lattice = draft.lattice
    cuts: dict[int, list[float]] = {}
    by_row: dict[int, list[list[TextLine]]] = {}
    for index, glyphs in draft.owned.items():
        span = lattice.spans[index]
        if span.rowspan == 1 and len(glyphs) >= 8:
            lines = draft.lines(index)
            if len(lines) > 1 and all(_FIGURE.fullmatch(line.text.replace(" ", "")) for line in lines):
                by_row.setdefault(span.row, []).append(lines)
    for row, stacks in by_row.items():
        bases = [line.base for line in stacks[0]]
        agree = [stack for stack in stacks if _aligned([line.base for line in stack], bases)]
        if len(agree) >= 2 and len(agree) == len(stacks):
            cuts[row] = bases
    if not cuts:
        return draft
    return _rebuilt(draft, cuts)


def _aligned(bases: Sequence[float], others: Sequence[float]) -> bool:
    return len(bases) == len(others) and all(abs(a - b) <= _ALIGNED for a, b in zip(bases, others, strict=True))


def _rebuilt(draft: Draft, cuts: dict[int, list[float]]) -> Draft:
    old = draft.lattice
    ys, start = [old.ys[0]], []
    for row in range(len(old.ys) - 1):
        start.append(len(ys) - 1)
        if row in cuts:
            bases = cuts[row]
            step = min(b - a for a, b in pairwise(bases))
            ys.extend(base + 0.25 * step for base in bases[:-1])
        ys.append(old.ys[row + 1])
    start.append(len(ys) - 1)
    spans: list[Span] = []
    owned: Owned = {}
    sideways: dict[int, list[str]] = {}
    for index, span in enumerate(old.spans):
        first, stop = start[span.row], start[span.row + span.rowspan]
        pieces = range(first, stop) if span.rowspan == 1 else range(first, first + 1)
        height = 1 if span.rowspan == 1 else stop - first
        parts = _parts(draft.owned.get(index, []), cuts[span.row]) if len(pieces) > 1 else [draft.owned.get(index, [])]
        if index in draft.sideways:
            sideways[len(spans)] = draft.sideways[index]
        for row, glyphs in zip(pieces, parts, strict=True):
            if glyphs:
                owned[len(spans)] = glyphs
            box = (span.bbox[0], ys[row], span.bbox[2], ys[row + height])
            spans.append(Span(row, span.col, height, span.colspan, box))
    owner = [[-1] * (len(old.xs) - 1) for _ in range(len(ys) - 1)]
    for number, span in enumerate(spans):
        for row in range(span.row, span.row + span.rowspan):
            owner[row][span.col : span.col + span.colspan] = [number] * span.colspan
    lattice = Lattice(old.xs, ys, spans, owner, old.open_sides)
    return Draft(lattice, owned, sideways, [*draft.doubts, SPLIT])


def _parts(glyphs: Sequence[Glyph], bases: Sequence[float]) -> list[list[Glyph]]:
    """Characters by the nearest of the baselines."""
    parts: list[list[Glyph]] = [[] for _ in bases]
    for glyph in glyphs:
        nearest = min(range(len(bases)), key=lambda i: abs(bases[i] - glyph[5]))
        parts[nearest].append(glyph)
    return parts
