"""Coordinate frames: where text reads upright, and how a page is displayed.

PDF user space has its origin at the bottom left. A frame has it at the top left, x along the reading direction and y
downwards. There are four, by the direction in which text runs in user space: 0 right, 1 up, 2 left, 3 down. A page
with /Rotate 90 is *displayed* in frame 1; its text *reads* in whatever frame its characters were drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from budgetaudit.model import BBox


@dataclass(frozen=True, slots=True)
class Frame:
    """One of the four frames over a page box (left, bottom, right, top in user space)."""

    turn: int
    box: BBox

    @property
    def width(self) -> float:
        """Extent along the reading direction, in points."""
        return self.box[3] - self.box[1] if self.turn % 2 else self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Extent across the reading direction, in points."""
        return self.box[2] - self.box[0] if self.turn % 2 else self.box[3] - self.box[1]

    def from_user(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        """A box of user space in this frame: left, top, right, bottom."""
        left, bottom, right, top = self.box
        if self.turn == 0:
            return (x0 - left, top - y1, x1 - left, top - y0)
        if self.turn == 1:
            return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if self.turn == 2:
            return (right - x1, y0 - bottom, right - x0, y1 - bottom)
        return (top - y1, right - x1, top - y0, right - x0)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space in this frame."""
        box = self.from_user(x, y, x, y)
        return box[0], box[1]

    def to_user(self, bbox: BBox) -> BBox:
        """A box of this frame in user space: left, bottom, right, top."""
        left, bottom, right, top = self.box
        x0, y0, x1, y1 = bbox
        if self.turn == 0:
            return (x0 + left, top - y1, x1 + left, top - y0)
        if self.turn == 1:
            return (y0 + left, x0 + bottom, y1 + left, x1 + bottom)
        if self.turn == 2:
            return (right - x1, y0 + bottom, right - x0, y1 + bottom)
        return (right - y1, top - x1, right - y0, top - x0)


@dataclass(frozen=True, slots=True)
class View:
    """The frame in which a page is read beside the one in which it is displayed."""

    reading: Frame
    display: Frame

    def shown(self, bbox: BBox) -> BBox:
        """A box of the reading frame as displayed, rounded to hundredths of a point."""
        if self.reading.turn != self.display.turn:
            bbox = self.display.from_user(*self.reading.to_user(bbox))
        return (round(bbox[0], 2), round(bbox[1], 2), round(bbox[2], 2), round(bbox[3], 2))
