"""Which parts of which pages a finding shows: cuts around its boxes, in points of the displayed page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from budgetaudit.model import BBox, Page, Table
from budgetaudit.report.boxes import Box

MAX_CROPS = 6
_TALLEST = 260.0
"""Boxes further apart than this (points) get cuts of their own."""
_AROUND, _LOWEST = 26.0, 84.0
_NEAR = 24.0
"""How far (points) a cut is moved to the edge of a row."""
_NARROW = 300.0
"""Width of a cut on a phone, in points."""


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of a page: left, top, width, height in points."""

    x: float
    y: float
    width: float
    height: float

    def __str__(self) -> str:
        return f"{self.x:.1f} {self.y:.1f} {self.width:.1f} {self.height:.1f}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A box drawn over a page."""

    view: View
    culprit: bool


@dataclass(frozen=True, slots=True)
class Crop:
    """One cut of a page with its boxes, as wide as the page's content and, for small screens, around its first box.

    ``head`` is the header of the table, where it stands above the cut on the same page.
    """

    page: int
    wide: View
    narrow: View
    marks: tuple[Mark, ...]
    labels: tuple[str, ...]
    culprit: bool
    head: View | None = None
    narrow_head: View | None = None


class Cropper:
    """Cuts for the findings of one document; looks at each page and each header once."""

    def __init__(self, pages: Sequence[Page], tables: Sequence[Table]) -> None:
        self._pages = {page.number: page for page in pages if page.width > 0 and page.height > 0}
        self._tables = {table.id: table for table in tables}
        self._sides: dict[int, tuple[float, float]] = {}
        self._edges: dict[int, list[float]] = {}

    def crops(self, boxes: Iterable[Box]) -> tuple[Crop, ...]:
        """The cuts that show these boxes, the ones in question first; no more than MAX_CROPS."""
        by_page: dict[int, list[tuple[Box, BBox]]] = {}
        for box in boxes:
            page, bbox = box.place.page, box.place.bbox
            if page in self._pages and page is not None and bbox is not None:
                by_page.setdefault(page, []).append((box, _ordered(bbox)))
        found = [
            self._crop(self._pages[page], cluster) for page, here in by_page.items() for cluster in _clusters(here)
        ]
        found.sort(key=lambda crop: not crop.culprit)
        return tuple(found[:MAX_CROPS])

    def _crop(self, page: Page, cluster: Sequence[tuple[Box, BBox]]) -> Crop:
        top = min(b[1] for _, b in cluster)
        bottom = max(b[3] for _, b in cluster)
        spare = max(_AROUND, (_LOWEST - (bottom - top)) / 2)
        y0, y1 = self._whole_rows(page, max(0.0, top - spare), min(page.height, bottom + spare))
        left, right = self._content(page)
        left, right = min(left, *(b[0] - 4 for _, b in cluster)), max(right, *(b[2] + 4 for _, b in cluster))
        left, right = max(0.0, left), min(page.width, right)
        wide = View(left, y0, max(1.0, right - left), max(1.0, y1 - y0))
        first = next((b for box, b in cluster if box.culprit), cluster[0][1])
        narrow = _narrow(wide, first)
        head = self._head(page, cluster[0][0], y0)
        return Crop(
            page=page.number,
            wide=wide,
            narrow=narrow,
            marks=tuple(Mark(View(b[0], b[1], b[2] - b[0], b[3] - b[1]), box.culprit) for box, b in cluster),
            labels=tuple(f"{box.label} {box.figure}".strip() for box, _ in cluster[:8]),
            culprit=any(box.culprit for box, _ in cluster),
            head=replace(wide, y=head[0], height=head[1] - head[0]) if head else None,
            narrow_head=replace(narrow, y=head[0], height=head[1] - head[0]) if head else None,
        )

    def _content(self, page: Page) -> tuple[float, float]:
        if page.number not in self._sides:
            boxes = [p.bbox for p in (*(g.place for g in page.grids), *(x.place for x in page.lines)) if p.bbox]
            left = min((min(b[0], b[2]) for b in boxes), default=0.0) - 8
            right = max((max(b[0], b[2]) for b in boxes), default=page.width) + 8
            self._sides[page.number] = (left, right)
        return self._sides[page.number]

    def _whole_rows(self, page: Page, top: float, bottom: float) -> tuple[float, float]:
        """The cut moved outwards to the next edges of rows, where there are any near, so that no row is cut through."""
        if page.number not in self._edges:
            cells = [cell.place.bbox for grid in page.grids for cell in grid.cells if cell.place.bbox]
            self._edges[page.number] = sorted({edge for bbox in cells for edge in (bbox[1], bbox[3])})
        edges = self._edges[page.number]
        above = [edge for edge in edges if top - _NEAR <= edge <= top]
        below = [edge for edge in edges if bottom <= edge <= bottom + _NEAR]
        return (above[-1] - 1 if above else top), (below[0] + 1 if below else bottom)

    def _head(self, page: Page, box: Box, cut: float) -> tuple[float, float] | None:
        """Top and bottom of the table's header where it stands on this page above a cut."""
        table = self._tables.get(box.ref.table) if box.ref is not None else None
        if table is None:
            return None
        spans = [
            (cell.place.bbox[1], cell.place.bbox[3])
            for row in table.header_rows
            if row < len(table.grid)
            for cell in table.grid[row]
            if cell is not None and cell.place.page == page.number and cell.place.bbox
        ]
        if not spans:
            return None
        top, bottom = max(0.0, min(s[0] for s in spans)), min(max(s[1] for s in spans), page.height)
        return (top, bottom) if top < bottom <= cut + 1 and bottom - top <= _TALLEST else None


def _clusters(here: Sequence[tuple[Box, BBox]]) -> list[list[tuple[Box, BBox]]]:
    """Boxes of one page in groups that fit into one cut, from top to bottom."""
    found: list[list[tuple[Box, BBox]]] = []
    top = 0.0
    for box, bbox in sorted(here, key=lambda pair: (pair[1][1], pair[1][0])):
        if found and bbox[3] - top <= _TALLEST:
            found[-1].append((box, bbox))
        else:
            found.append([(box, bbox)])
            top = bbox[1]
    return found


def _narrow(wide: View, box: BBox) -> View:
    width = min(wide.width, max(_NARROW, box[2] - box[0] + 20))
    middle = (box[0] + box[2]) / 2
    left = min(max(wide.x, middle - width / 2), wide.x + wide.width - width)
    return replace(wide, x=left, width=width)


def _ordered(bbox: BBox) -> BBox:
    x0, y0, x1, y1 = bbox
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
