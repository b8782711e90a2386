"""Rules of a page: thin visible lines, however they were drawn, and the share that images cover."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from budgetaudit.model import BBox
from budgetaudit.reading import native
from budgetaudit.reading.frame import Frame

Rule = tuple[float, float, float]
"""position across the rule, start and end along it; frame coordinates in points."""

Matrix = tuple[float, float, float, float, float, float]

MAX_OBJECTS = 40_000
MAX_SEGMENTS = 40_000
_THIN = 3.0
_LONG = 4.0
_MAX_DEPTH = 4
_WHITE = 250
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE, _BEZIER, _MOVE = 0, 1, 2


@dataclass(slots=True)
class Strokes:
    """Horizontal and vertical rules and the area of images. ``skipped`` counts objects beyond the limits."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    image_area: float = 0.0
    skipped: int = 0


class StrokeReader:
    """Reads the rules of one page after another with one set of buffers."""

    def __init__(self) -> None:
        self._bounds = native.Floats(4)
        self._point = native.Floats(2)
        self._color = native.Unsigned(4)
        self._mode = (ctypes.c_int * 2)()
        self._mode_at = (ctypes.addressof(self._mode), ctypes.addressof(self._mode) + ctypes.sizeof(ctypes.c_int))
        self._matrix = native.Floats(6)
        self._budget = 0

    def read(self, page: Any, frame: Frame) -> Strokes:
        """All rules of a page in a frame."""
        strokes = Strokes()
        self._budget = MAX_SEGMENTS
        handle = native.address(page)
        count = pdfium.FPDFPage_CountObjects(page)
        strokes.skipped += max(count - MAX_OBJECTS, 0)
        for index in range(min(count, MAX_OBJECTS)):
            self._object(native.page_object(handle, index), None, frame, strokes, 0)
        return strokes

    def _object(self, item: int, matrix: Matrix | None, frame: Frame, strokes: Strokes, depth: int) -> None:
        kind = native.object_type(item)
        if kind == _TEXT:
            return
        if kind == _FORM:
            self._form(item, matrix, frame, strokes, depth)
            return
        if kind not in (_PATH, _IMAGE) or not native.object_bounds(item, *self._bounds.at):
            return
        left, bottom, right, top = self._bounds.values()
        if matrix is not None:
            left, bottom, right, top = _mapped(matrix, left, bottom, right, top)
        width, height = right - left, top - bottom
        if kind == _IMAGE:
            strokes.image_area += _overlap(frame.box, left, bottom, right, top)
            if min(width, height) <= _THIN and max(width, height) > _LONG:
                _add(strokes, frame, left, bottom, right, top)
            return
        if width <= _THIN or height <= _THIN:
            if self._visible(item):
                _add(strokes, frame, left, bottom, right, top)
            return
        if self._visible(item):
            self._outline(item, matrix, frame, strokes)

    def _form(self, item: int, matrix: Matrix | None, frame: Frame, strokes: Strokes, depth: int) -> None:
        if depth >= _MAX_DEPTH or not native.object_matrix(item, self._matrix.at[0]):
            strokes.skipped += depth >= _MAX_DEPTH
            return
        inner = self._matrix.values()
        combined = _combined(inner, matrix) if matrix is not None else inner
        handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
        count = max(pdfium.FPDFFormObj_CountObjects(handle), 0)
        strokes.skipped += max(count - MAX_OBJECTS, 0)
        for index in range(min(count, MAX_OBJECTS)):
            self._object(native.form_object(item, index), combined, frame, strokes, depth + 1)

    def _visible(self, item: int) -> bool:
        """True where it is painted in something else than white or nothing."""
        filled, stroked = self._painted(item)
        return (filled and self._inked(native.fill_color, item)) or (stroked and self._inked(native.stroke_color, item))

    def _painted(self, item: int) -> tuple[bool, bool]:
        if not native.draw_mode(item, *self._mode_at):
            return True, True
        return self._mode[0] != 0, self._mode[1] != 0

    def _inked(self, getter: Any, item: int) -> bool:
        if not getter(item, *self._color.at):
            return True
        red, green, blue, alpha = self._color.values()
        return alpha > 8 and not (red >= _WHITE and green >= _WHITE and blue >= _WHITE)

    def _outline(self, item: int, matrix: Matrix | None, frame: Frame, strokes: Strokes) -> None:
        """Rules of a path that is not thin as a whole: its straight sides, or its thin parts where it is filled."""
        count = native.count_segments(item)
        if count <= 0:
            return
        if count > self._budget:
            strokes.skipped += 1
            return
        self._budget -= count
        stroked = self._painted(item)[1] and self._inked(native.stroke_color, item)
        own = self._matrix.values() if native.object_matrix(item, self._matrix.at[0]) else (1.0, 0, 0, 1.0, 0, 0)
        full = _combined(own, matrix) if matrix is not None else own
        for part in self._parts(item, count, full):
            xs, ys = [x for x, _ in part], [y for _, y in part]
            left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
            if right - left <= _THIN or top - bottom <= _THIN:
                _add(strokes, frame, left, bottom, right, top)
            elif stroked:
                for (x0, y0), (x1, y1) in pairwise(part):
                    if abs(x1 - x0) <= 0.6 or abs(y1 - y0) <= 0.6:
                        _add(strokes, frame, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _parts(self, item: int, count: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        """Subpaths as points in user space; curves count by their end points."""
        a, b, c, d, e, f = matrix
        parts: list[list[tuple[float, float]]] = []
        for index in range(count):
            segment = native.path_segment(item, index)
            if not segment:
                continue
            native.segment_point(segment, *self._point.at)
            x, y = self._point.values()
            point = (a * x + c * y + e, b * x + d * y + f)
            if native.segment_type(segment) == _MOVE or not parts:
                parts.append([point])
            else:
                parts[-1].append(point)
            if native.segment_close(segment):
                parts[-1].append(parts[-1][0])
        return parts


def _add(strokes: Strokes, frame: Frame, left: float, bottom: float, right: float, top: float) -> None:
    x0, y0, x1, y1 = frame.from_user(left, bottom, right, top)
    if x1 < 0 or y1 < 0 or x0 > frame.width or y0 > frame.height:
        return  # beside the page
    width, height = x1 - x0, y1 - y0
    if height <= _THIN and width >= height:
        strokes.horizontal.append(((y0 + y1) / 2, x0, x1))
    if width <= _THIN and height >= width:
        strokes.vertical.append(((x0 + x1) / 2, y0, y1))


def _combined(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _mapped(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> BBox:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(box: tuple[float, float, float, float], left: float, bottom: float, right: float, top: float) -> float:
    width = min(right, box[2]) - max(left, box[0])
    height = min(top, box[3]) - max(bottom, box[1])
    return max(width, 0.0) * max(height, 0.0)
