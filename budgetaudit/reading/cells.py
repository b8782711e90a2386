"""A lattice with its characters to a Grid, with the reasons to doubt it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from budgetaudit.lang import N_
from budgetaudit.model import Cell, Grid, Place
from budgetaudit.reading.frame import View
from budgetaudit.reading.glyphs import Glyph
from budgetaudit.reading.lattice import Lattice, Span
from budgetaudit.reading.layout import Owned, TextLine, text_lines

NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_OVER_RULE = 2.5
"""Ink of a figure that reaches this far (points) over a horizontal rule may belong to the next row."""

_OVERLAPS = 4
"""Characters in one place from which on a grid is doubted; a stray comma under a word is none."""

STRADDLES = N_("有数字压在竖线上")
OVER_ROWS = N_("有数字压在横线上，可能错行")
BESIDE = N_("表格线以外的同一行有数字")
OVERLAPS = N_("有文字互相重叠")
SPLIT = N_("行之间没有横线，按文字的行分开")
UNLINED = N_("没有表格线，按文字的位置分行分列")
OPEN = N_("没有竖线，按文字的位置分列")


@dataclass(slots=True)
class Draft:
    """A grid on its way: where its characters are known, its text not yet."""

    lattice: Lattice
    owned: Owned
    sideways: dict[int, list[str]] = field(default_factory=dict)
    """Texts that run across the reading direction, by span."""
    doubts: list[str] = field(default_factory=list)
    overlapping: list[Glyph] = field(default_factory=list)
    _lines: dict[int, list[TextLine]] = field(default_factory=dict)

    def lines(self, index: int) -> list[TextLine]:
        """Visual lines of a span that holds characters."""
        if index not in self._lines:
            self._lines[index] = text_lines(self.owned[index])
        return self._lines[index]


def _reaches_over(lines: list[TextLine], span: Span, lattice: Lattice) -> bool:
    """Return True where ink crosses a rule to another row; what the end of a page cuts has no other row."""
    above = span.bbox[1] > lattice.ys[0] and lines[0].bbox[1] < span.bbox[1] - _OVER_RULE
    below = span.bbox[3] < lattice.ys[-1] and lines[-1].bbox[3] > span.bbox[3] + _OVER_RULE
    return above or below


def finish(draft: Draft, page: int, view: View) -> Grid:
    """Make the Grid: every position is covered by one Cell. Boxes are of the displayed page, edges of the reading
    frame, both in points.
    """
    lattice = draft.lattice
    made = []
    over_rows = False
    upright = view.reading.turn == view.display.turn
    xs, ys = [round(x, 2) for x in lattice.xs], [round(y, 2) for y in lattice.ys]
    for index, span in enumerate(lattice.spans):
        text, indent = "", 0.0
        if index in draft.owned:
            lines = draft.lines(index)
            text = "\n".join([line.text for line in lines]) if len(lines) > 1 else lines[0].text
            indent = round(max(lines[0].bbox[0] - span.bbox[0], 0.0), 2)
            for line in lines:
                if line.overlapping:
                    draft.overlapping.extend(line.overlapping)
            over_rows = over_rows or (_reaches_over(lines, span, lattice) and NUMBER.fullmatch(text) is not None)
        if index in draft.sideways:
            text = "\n".join([*([text] if text else []), *draft.sideways[index]])
        row, col, rowspan, colspan, bbox = span.row, span.col, span.rowspan, span.colspan, span.bbox
        shown = (xs[col], ys[row], xs[col + colspan], ys[row + rowspan]) if upright else view.shown(bbox)
        place = Place(page, shown)
        made.append(Cell(text, place, row, col, rowspan, colspan, indent))
    if over_rows:
        draft.doubts.append(OVER_ROWS)
    if len(draft.overlapping) >= _OVERLAPS:
        draft.doubts.append(OVERLAPS)
    return Grid(
        tuple(made),
        len(lattice.ys) - 1,
        len(lattice.xs) - 1,
        Place(page, view.shown(lattice.bbox)),
        tuple(xs),
        tuple(ys),
        "pdfium",
        "；".join(dict.fromkeys(draft.doubts)),
    )
