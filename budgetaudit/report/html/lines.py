"""Quoted lines of a text file, which has no pages to picture: each line in question with its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgetaudit.model import Document
from budgetaudit.report.boxes import Box
from budgetaudit.report.words import visible

_AROUND = 1
_MAX_LINES = 24
_MAX_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Quote:
    """One line: its number, its fields, whether it is marked and whether it is the one in question."""

    line: int
    fields: tuple[str, ...]
    marked: bool
    culprit: bool


class Quoter:
    """The lines of a text file by number; of a PDF there are none."""

    def __init__(self, document: Document) -> None:
        self._lines: dict[int, tuple[str, ...]] = {}
        if document.format == "pdf":
            return
        for page in document.pages:
            for line in page.lines:
                if line.place.line is not None:
                    self._lines[line.place.line] = (line.text,)
            for grid in page.grids:
                for cell in grid.cells:
                    if cell.place.line is not None:
                        self._lines[cell.place.line] = (*self._lines.get(cell.place.line, ()), cell.flat)

    def quotes(self, boxes: Iterable[Box]) -> tuple[Quote, ...]:
        """The lines of these boxes and their neighbours, in order, no more than fit to be read."""
        marked = {box.place.line: box.culprit for box in reversed(tuple(boxes)) if box.place.line is not None}
        wanted = sorted({n + step for n in marked for step in range(-_AROUND, _AROUND + 1)} & self._lines.keys())
        return tuple(
            Quote(
                line=number,
                fields=tuple(visible(field, _MAX_CHARACTERS) for field in self._lines[number]),
                marked=number in marked,
                culprit=marked.get(number, False),
            )
            for number in wanted[:_MAX_LINES]
        )
