"""Which characters of a page a clipping path hides.

Spreadsheet exports put a cell's whole text on both pages that the cell runs over and hide what does not belong to
the page. The test costs several calls a character; it is made only where a page shows signs of hidden text.
"""

from __future__ import annotations

from typing import Any

from budgetaudit.reading import native
from budgetaudit.reading.frame import Frame
from budgetaudit.reading.glyphs import Glyph

_MAX_SEGMENTS = 200
"""A clip with more segments than this is no cell's box; it is taken to hide nothing."""
_SLACK = 0.5


def visible(textpage: Any, glyphs: list[Glyph], frame: Frame) -> list[Glyph]:
    """Drop the characters whose ink has its centre outside of the clip of their text object."""
    kept = _seen(textpage, glyphs, frame)
    # A clip in the coordinates of a form cannot be told apart; one that hides everything is such a one.
    return kept if len(kept) * 10 >= len(glyphs) else glyphs


def hides(textpage: Any, suspects: list[Glyph], frame: Frame) -> bool:
    """Return True where a clip hides one of a few characters: then the whole page is worth the test."""
    return len(_seen(textpage, suspects, frame)) < len(suspects)


def _seen(textpage: Any, glyphs: list[Glyph], frame: Frame) -> list[Glyph]:
    page = native.address(textpage)
    boxes: dict[int, tuple[float, float, float, float] | None] = {}
    point = native.Floats(2)
    kept: list[Glyph] = []

    def clip_of(glyph: Glyph) -> tuple[float, float, float, float] | None:
        item = native.char_object(page, glyph[6])
        if item and item not in boxes:
            boxes[item] = _clip(item, point, frame)
        return boxes[item] if item else None

    for run in _runs(glyphs):
        # A line that the clip cuts lengthwise is seen or hidden as a whole.
        y = (min(glyph[2] for glyph in run) + max(glyph[4] for glyph in run)) / 2
        first, last = clip_of(run[0]), clip_of(run[-1])
        for glyph in run:
            # Neighbours on a line are clipped alike; only where its ends differ is each one asked.
            box = first if first == last else clip_of(glyph)
            x = (glyph[1] + glyph[3]) / 2
            if box is None or (box[0] - _SLACK <= x <= box[2] + _SLACK and box[1] - _SLACK <= y <= box[3] + _SLACK):
                kept.append(glyph)
    return kept


def _runs(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters that follow each other on one baseline."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and glyph[6] == runs[-1][-1][6] + 1 and glyph[5] == runs[-1][-1][5]:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _clip(item: int, point: native.Floats, frame: Frame) -> tuple[float, float, float, float] | None:
    """The box that all clipping paths of an object leave, in frame coordinates; None where nothing is clipped."""
    path = native.clip_of_object(item)
    count = native.clip_paths(path) if path else 0
    segment_point, clip_segment = native.segment_point, native.clip_segment
    at_x, at_y = point.at
    box: tuple[float, float, float, float] | None = None
    for number in range(max(count, 0)):
        segments = native.clip_segments(path, number)
        if not 0 < segments <= _MAX_SEGMENTS:
            continue
        xs, ys = [], []
        for index in range(segments):
            segment_point(clip_segment(path, number, index), at_x, at_y)
            x, y = point.values()
            xs.append(x)
            ys.append(y)
        part = frame.from_user(min(xs), min(ys), max(xs), max(ys))
        box = part if box is None else _common(box, part)
    return box


def _common(
    a: tuple[float, float, float, float], b: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
