"""Characters to cells and lines: by the centre of their ink, then by baseline, then from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetaudit.model import BBox, Cell, Grid, Line, Place
from budgetaudit.reading.frame import View
from budgetaudit.reading.glyphs import Glyph
from budgetaudit.reading.lattice import Lattice

_SAME_BASE = 0.5
"""Baselines closer than this share of the tallest character make one line."""
_BLANK_GAP = 0.22


@dataclass(slots=True)
class TextLine:
    """Characters of one visual line as text, with their box in frame coordinates."""

    text: str
    bbox: BBox
    size: float
    base: float


@dataclass(slots=True)
class Assigned:
    """Characters by lattice and span; ``rest`` stands outside of every lattice."""

    cells: list[dict[int, list[Glyph]]] = field(default_factory=list)
    rest: list[Glyph] = field(default_factory=list)


def assign(glyphs: Sequence[Glyph], lattices: Sequence[Lattice]) -> Assigned:
    """Give each character to the innermost lattice's cell that holds its centre."""
    result = Assigned([{} for _ in lattices])
    if not lattices:
        result.rest = list(glyphs)
        return result
    order = sorted(range(len(lattices)), key=lambda i: _area(lattices[i].bbox))
    targets = [(lattices[i].locate, result.cells[i]) for i in order]
    outside = result.rest.append
    for glyph in glyphs:
        x, y = (glyph[1] + glyph[3]) / 2, (glyph[2] + glyph[4]) / 2
        for locate, cells in targets:
            index = locate(x, y)
            if index >= 0:
                if index in cells:
                    cells[index].append(glyph)
                else:
                    cells[index] = [glyph]
                break
        else:
            outside(glyph)
    return result


def _area(bbox: BBox) -> float:
    return (bbox[2] - bbox[0]) * (bbox[3] - bbox[1])


def text_lines(glyphs: list[Glyph]) -> list[TextLine]:
    """Visual lines from top to bottom."""
    bases = [glyph[5] for glyph in glyphs]
    size = max([glyph[4] - glyph[2] for glyph in glyphs])
    if max(bases) - min(bases) <= _SAME_BASE * size:
        return [_line(glyphs, size)]
    lines: list[TextLine] = []
    for group in _by_base(glyphs):
        lines.append(_line(group, max([glyph[4] - glyph[2] for glyph in group])))
    return lines


def _by_base(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Groups of characters on one baseline. Runs stay together: neighbours in the text share their exact baseline."""
    levels: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        levels.setdefault(round(glyph[5], 1), []).append(glyph)
    groups: list[list[Glyph]] = []
    height = base = 0.0
    for level in sorted(levels):
        members = levels[level]
        tallest = max([glyph[4] - glyph[2] for glyph in members])
        if groups and level - base <= _SAME_BASE * max(min(height, tallest), 0.6 * max(height, tallest)):
            groups[-1].extend(members)
            if len(members) > len(groups[-1]) / 2:
                base = level
            height = max(height, tallest)
        else:
            groups.append(list(members))
            base, height = level, tallest
    return groups


def _line(glyphs: list[Glyph], size: float) -> TextLine:
    glyphs = sorted(glyphs, key=_left)
    char, left, top, right, bottom, base, index = glyphs[0]
    parts = [char]
    start, end, blank = left, right, _BLANK_GAP * size
    for other, x0, y0, x1, y1, _, position in glyphs[1:]:
        if other == char and x0 - start < 0.3 * (x1 - x0):
            continue  # struck twice to look bold
        if position != index + 1 and x0 - end > blank:
            parts.append(" ")
        parts.append(other)
        char, index, start, end = other, position, x0, x1
        if y0 < top:
            top = y0
        if y1 > bottom:
            bottom = y1
        if x1 > right:
            right = x1
    return TextLine("".join(parts), (left, top, right, bottom), size, base)


def _left(glyph: Glyph) -> float:
    return glyph[1]


def grid(lattice: Lattice, cells: dict[int, list[Glyph]], page: int, view: View, doubt: str) -> Grid:
    """The lattice with its text, placed on the displayed page."""
    made = []
    for index, span in enumerate(lattice.spans):
        text, indent = "", 0.0
        if index in cells:
            lines = text_lines(cells[index])
            text = "\n".join(line.text for line in lines)
            indent = round(max(lines[0].bbox[0] - span.bbox[0], 0.0), 2)
        place = Place(page, view.shown(span.bbox))
        made.append(Cell(text, place, span.row, span.col, span.rowspan, span.colspan, indent))
    return Grid(
        tuple(made),
        len(lattice.ys) - 1,
        len(lattice.xs) - 1,
        Place(page, view.shown(lattice.bbox)),
        tuple(round(x, 2) for x in lattice.xs),
        tuple(round(y, 2) for y in lattice.ys),
        "pdfium",
        doubt,
    )


def outer_lines(glyphs: list[Glyph], page: int, view: View) -> list[Line]:
    """Lines of the text outside grids, from top to bottom."""
    if not glyphs:
        return []
    return [Line(line.text, Place(page, view.shown(line.bbox)), round(line.size, 1)) for line in text_lines(glyphs)]
