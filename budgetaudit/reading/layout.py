"""Characters to cells and lines: by the centre of their ink, then by baseline, then from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from budgetaudit.model import BBox
from budgetaudit.reading.glyphs import Glyph
from budgetaudit.reading.lattice import Lattice

_SAME_BASE = 0.5
"""Baselines closer than this share of the tallest character make one line."""
_BLANK_GAP = 0.22
_OVERLAP = 0.5
"""Two characters that share more than this share of the narrower one cannot both be seen."""
_TWICE = 0.06
_STRADDLE = 0.6
_NATURAL_GAP = 0.5
_MAIN_PART = 0.65
"""Share of an overflowing word that its own cell holds at least; two glued words divide more evenly."""
_FILLS = 0.9
"""Only a word that nearly fills its cell overflows it."""


@dataclass(slots=True)
class TextLine:
    """Characters of one visual line as text, with their box in frame coordinates."""

    text: str
    bbox: BBox
    size: float
    base: float
    first: Glyph
    overlapping: tuple[Glyph, ...] = ()
    """Characters printed over others, and those others."""


_left = itemgetter(1)

Owned = dict[int, list[Glyph]]
"""Characters by index of the lattice's span."""


@dataclass(slots=True)
class Assigned:
    """Characters by lattice and span; ``rest`` stands outside of every lattice."""

    cells: list[Owned] = field(default_factory=list)
    rest: list[Glyph] = field(default_factory=list)
    moved_figures: list[int] = field(default_factory=list)
    """Per lattice, digits that stood over a rule and were put with the rest of their figure."""


def assign(glyphs: Sequence[Glyph], lattices: Sequence[Lattice]) -> Assigned:
    """Give each character to the innermost lattice's cell that holds its centre."""
    result = Assigned([{} for _ in lattices], [], [0] * len(lattices))
    if not lattices:
        result.rest = list(glyphs)
        return result
    order = sorted(range(len(lattices)), key=lambda i: _area(lattices[i].bbox))
    targets = [(i, lattices[i].locate, result.cells[i]) for i in order]
    outside = result.rest.append
    crossings: list[tuple[int, int]] = []
    last, last_cell, last_base, level, tallest = -2, -1, 0.0, 0.0, 0.0
    left = right = 0.0
    home: list[Glyph] = []
    for number, glyph in enumerate(glyphs):
        _, x0, y0, x1, y1, base, position = glyph
        x, y, height = (x0 + x1) / 2, (y0 + y1) / 2, y1 - y0
        follows = position == last + 1 and base == last_base
        last, last_base = position, base
        if not follows or height > 1.25 * tallest:
            level, tallest = y, height
        else:
            if left <= x < right:
                home.append(glyph)  # the common case: it goes on in the cell of its neighbour
                continue
            y = level  # a comma at the foot of its line belongs where the line is
        for which, locate, cells in targets:
            index = locate(x, y)
            if index >= 0:
                if index in cells:
                    home = cells[index]
                    home.append(glyph)
                else:
                    home = cells[index] = [glyph]
                left, _, right, _ = lattices[which].spans[index].bbox
                if index != last_cell and last_cell >= 0 and follows:
                    crossings.append((which, number))
                last_cell = index
                break
        else:
            outside(glyph)
            last_cell, left, right = -1, 0.0, 0.0
    for which, number in crossings:
        result.moved_figures[which] += _reunite(glyphs, number, lattices[which], result.cells[which])
    return result


def _area(bbox: BBox) -> float:
    return (bbox[2] - bbox[0]) * (bbox[3] - bbox[1])


def _reunite(glyphs: Sequence[Glyph], number: int, lattice: Lattice, cells: Owned) -> int:
    """Put a word that was drawn across a rule into the one cell that holds most of it.

    Text that overflows its cell runs on evenly, with a character on the rule or close to it on both sides; two cells'
    texts that were glued in the file keep away from the rule. Returns the number of digits that changed cells.
    """
    before, after = glyphs[number - 1], glyphs[number]
    size = max(before[4] - before[2], after[4] - after[2])
    owner = lattice.locate((after[1] + after[3]) / 2, (after[2] + after[4]) / 2)
    if owner < 0:
        return 0
    rule = lattice.spans[owner].bbox[0]
    crossing = before[3] > rule + _STRADDLE or after[1] < rule - _STRADDLE
    gap = after[1] - before[3]
    if gap > _NATURAL_GAP * size or (not crossing and gap > min(1.2, 0.15 * size)):
        return 0
    start, stop = number - 1, number + 1
    while start > 0 and _continues(glyphs[start - 1], glyphs[start]):
        start -= 1
    while stop < len(glyphs) and _continues(glyphs[stop - 1], glyphs[stop]):
        stop += 1
    word = glyphs[start:stop]
    owners = [lattice.locate((g[1] + g[3]) / 2, (g[2] + g[4]) / 2) for g in word]
    inside = [index for index in owners if index >= 0]
    home = max(set(inside), key=inside.count)
    bbox = lattice.spans[home].bbox
    if inside.count(home) < _MAIN_PART * len(word) or word[-1][3] - word[0][1] < _FILLS * (bbox[2] - bbox[0]):
        return 0
    moved = 0
    for glyph, index in zip(word, owners, strict=True):
        if index not in (home, -1) and glyph in cells.get(index, ()):
            cells[index].remove(glyph)
            cells[home].append(glyph)
            moved += glyph[0].isdigit()
            if not cells[index]:
                del cells[index]
    return moved


def _continues(before: Glyph, after: Glyph) -> bool:
    size = max(before[4] - before[2], after[4] - after[2])
    gap = after[1] - before[3]
    return after[6] == before[6] + 1 and after[5] == before[5] and -0.3 * size < gap <= _NATURAL_GAP * size


def text_lines(glyphs: list[Glyph]) -> list[TextLine]:
    """Visual lines from top to bottom."""
    bases = [glyph[5] for glyph in glyphs]
    size = max([glyph[4] - glyph[2] for glyph in glyphs])
    if max(bases) - min(bases) <= _SAME_BASE * size:
        return [_line(glyphs, size)]
    return [_line(group, max([glyph[4] - glyph[2] for glyph in group])) for group in by_base(glyphs)]


def by_base(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group characters by baseline; small steps (digits set lower than their ideographs) stay on one line."""
    levels: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        levels.setdefault(round(glyph[5], 1), []).append(glyph)
    groups: list[list[Glyph]] = []
    height = base = 0.0
    for level in sorted(levels):
        members = levels[level]
        tallest = max([glyph[4] - glyph[2] for glyph in members])
        if groups and level - base <= _SAME_BASE * max(min(height, tallest), 0.6 * max(height, tallest)):
            if len(members) > len(groups[-1]):
                base = level
            groups[-1].extend(members)
            height = max(height, tallest)
        else:
            groups.append(list(members))
            base, height = level, tallest
    return groups


def _line(glyphs: list[Glyph], size: float) -> TextLine:
    glyphs = sorted(glyphs, key=_left)
    before = glyphs[0]
    char, left, top, right, bottom, base, index = before
    parts = [char]
    start, end, blank = left, right, _BLANK_GAP * size
    overlapping: list[Glyph] = []
    for glyph in glyphs[1:]:
        other, x0, y0, x1, y1, _, position = glyph
        if x0 < end:
            shared = min(x1, end) - x0
            if other == char and x0 - start < max(0.3 * (x1 - x0), _TWICE * size):
                continue  # struck twice to look bold
            # Neighbours in the text that touch are a narrow font, not two texts in one place.
            if position != index + 1 and shared > _OVERLAP * min(x1 - x0, end - start):
                overlapping += (before, glyph)
        elif position != index + 1 and x0 - end > blank:
            parts.append(" ")
        parts.append(other)
        before, char, index, start, end = glyph, other, position, x0, x1
        if y0 < top:
            top = y0
        if y1 > bottom:
            bottom = y1
        if x1 > right:
            right = x1
    return TextLine("".join(parts), (left, top, right, bottom), size, base, glyphs[0], tuple(overlapping))
