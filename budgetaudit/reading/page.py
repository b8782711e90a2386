"""One page of a PDF: characters and rules in, lines and grids out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from budgetaudit.lang import _
from budgetaudit.model import Line, Page, Place, Problem
from budgetaudit.reading import lattice as lattices
from budgetaudit.reading import open_tables
from budgetaudit.reading.cells import BESIDE, NUMBER, OVERLAPS, STRADDLES, Draft, finish
from budgetaudit.reading.clips import hides, visible
from budgetaudit.reading.frame import Frame, View
from budgetaudit.reading.glyphs import Glyph, Glyphs, read_glyphs
from budgetaudit.reading.layout import TextLine, assign, text_lines
from budgetaudit.reading.strokes import StrokeReader, Strokes
from budgetaudit.reading.unruled import split_rows

_FEW_CHARS = 10
"""A page with fewer characters may be a picture with a page number."""
_SCAN_IMAGE = 0.5
_BROKEN = 0.5
_BELOW, _ABOVE = 6.0, 3.0
"""Text this close (points) to the lower or upper border of a grid may be the hidden rest of a cell."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page as read, and what kind of page it is."""

    page: Page
    scanned: bool = False
    broken: bool = False
    problems: tuple[Problem, ...] = ()


def read_page(page: Any, number: int, reader: StrokeReader, *, honour_clips: bool = False) -> PageReading:
    """Read an open pypdfium2 page. ``honour_clips`` tests every character against its clip, else only where
    characters lie outside of the page or over each other.
    """
    box = page.get_bbox()
    display = Frame((pdfium.FPDFPage_GetRotation(page.raw) or 0) % 4, box)
    textpage = page.get_textpage()
    try:
        glyphs = read_glyphs(textpage.raw, box, display.turn)
        view = View(Frame(glyphs.turn, box), display)
        strokes = reader.read(page.raw, view.reading)
        tested = honour_clips or glyphs.outside > 0
        if tested:
            glyphs.main = visible(textpage.raw, glyphs.main, view.reading)
        made, suspects = _layout(glyphs, strokes, number, view)
        if suspects and not tested and hides(textpage.raw, suspects, view.reading):
            glyphs.main = visible(textpage.raw, glyphs.main, view.reading)
            made, _rest = _layout(glyphs, strokes, number, view)
    finally:
        textpage.close()
    return _judged(made, glyphs, strokes, view)


def _layout(glyphs: Glyphs, strokes: Strokes, number: int, view: View) -> tuple[Page, list[Glyph]]:
    """Lay out a page; return also characters that may be hidden: those over each other, and the first of each line
    that sticks to the outer border of a grid.
    """
    horizontal = lattices.merge(strokes.horizontal)
    found = lattices.build(horizontal, lattices.merge(strokes.vertical))
    # A single box frames text; it is no table.
    found = [one for one in found if len(one.spans) > 1]
    assigned = assign(glyphs.main, found)
    drafts = [Draft(one, cells) for one, cells in zip(found, assigned.cells, strict=True)]
    for draft, figures in zip(drafts, assigned.moved_figures, strict=True):
        if figures:
            draft.doubts.append(STRADDLES)
    drafts = [split_rows(draft) for draft in drafts]
    strays = _place_strays(glyphs, drafts, number, view)
    if len(horizontal) >= open_tables.MIN_RULES and assigned.rest:
        drafts += open_tables.find(horizontal, found, assigned.rest, view.reading.width)
    outside = text_lines(assigned.rest) if assigned.rest else []
    if sum(open_tables.looks_tabular(line.text) for line in outside) >= open_tables.MIN_UNLINED_ROWS:
        drafts += open_tables.find_unlined(assigned.rest)
        outside = text_lines(assigned.rest) if assigned.rest else []
    drafts.sort(key=lambda draft: (draft.lattice.ys[0], draft.lattice.xs[0]))
    for draft in drafts:
        if any(_stands_beside(line, draft) for line in outside):
            draft.doubts.append(BESIDE)
    grids = [finish(draft, number, view) for draft in drafts]
    lines = [Line(line.text, Place(number, view.shown(line.bbox)), round(line.size, 1)) for line in outside]
    suspects = [glyph for line in outside for glyph in line.overlapping]
    suspects += [glyph for draft in drafts for glyph in draft.overlapping]
    suspects += _sticking(outside, drafts)
    shown = view.display
    area = shown.width * shown.height
    share = round(min(strokes.image_area / area, 1.0), 3) if area else 0.0
    count = len(glyphs.main) + sum(len(stray) for stray in glyphs.strays.values())
    return Page(number, shown.width, shown.height, (*lines, *strays), tuple(grids), count, share), suspects


def _stands_beside(line: TextLine, draft: Draft) -> bool:
    """Return True for a figure to the left or right of a grid, at the height of its rows."""
    left, top, right, bottom = draft.lattice.bbox
    x0, y0, x1, y1 = line.bbox
    beside = top < (y0 + y1) / 2 < bottom and (x1 < left or x0 > right)
    return beside and NUMBER.fullmatch(line.text) is not None


def _sticking(lines: Sequence[TextLine], drafts: Sequence[Draft]) -> list[Glyph]:
    """First characters of the lines that cross or touch the upper or lower border of a grid."""
    found = []
    for draft in drafts:
        left, top, right, bottom = draft.lattice.bbox
        for line in lines:
            x0, y0, x1, y1 = line.bbox
            near = (y0 < bottom + _BELOW and y1 > bottom) or (y1 > top - _ABOVE and y0 < top)
            if near and left - 2 < x0 and x1 < right + 2:
                found.append(line.first)
    return found


def _place_strays(glyphs: Glyphs, drafts: list[Draft], number: int, view: View) -> list[Line]:
    """Give text that runs across the reading direction to the cell it stands in; return the lines outside."""
    lines: list[Line] = []
    for turn, stray in glyphs.strays.items():
        own = Frame(turn, view.reading.box)
        rest = []
        by_cell: dict[tuple[int, int], list[Any]] = {}
        for glyph in stray:
            box = view.reading.from_user(*own.to_user((glyph[1], glyph[2], glyph[3], glyph[4])))
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            for which, draft in enumerate(drafts):
                if (index := draft.lattice.locate(x, y)) >= 0:
                    by_cell.setdefault((which, index), []).append(glyph)
                    break
            else:
                rest.append(glyph)
        for (which, index), found in by_cell.items():
            drafts[which].sideways.setdefault(index, []).extend(line.text for line in text_lines(found))
        if rest:
            shown = View(own, view.display).shown
            lines.extend(Line(one.text, Place(number, shown(one.bbox)), round(one.size, 1)) for one in text_lines(rest))
    return lines


def _judged(page: Page, glyphs: Glyphs, strokes: Strokes, view: View) -> PageReading:
    problems = []
    number = page.number
    if glyphs.skipped:
        problems.append(Problem(_("文字过多，有 {number} 个字未读").format(number=glyphs.skipped), number))
    if strokes.skipped:
        what = _("图形过多，有 {number} 个未读，表格线可能不全").format(number=strokes.skipped)
        problems.append(Problem(what, number))
    if any(OVERLAPS in grid.doubts for grid in page.grids):
        problems.append(Problem(_("表格里有文字互相重叠，可能读错"), number))
    broken = glyphs.total >= 2 * _FEW_CHARS and glyphs.unreadable > _BROKEN * glyphs.total
    scanned = page.characters < _FEW_CHARS and page.image_share >= _SCAN_IMAGE
    return PageReading(page, scanned, broken, tuple(problems))
