"""A planted error in a sample's PDF: the generator draws the document again with the same figure wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from budgetaudit.model import Cell, Document, Place
from budgetaudit.reading import read
from samples.generator.build import BUILDERS, render
from samples.generator.document import Document as Sample
from samples.generator.document import Text
from samples.generator.sheet import Sheet
from tests.mutants.figures import Edit


class Rendering:
    """A sample of the generator, drawn once to learn where each of its cells stands."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name, self._path = name, folder / f"{name}.pdf"
        self._drawn = BUILDERS[name]()
        render(self._drawn, self._path)

    def read(self, edits: Sequence[Edit]) -> Document | None:
        """The document as read from a PDF with the edits printed in it; None where an edit has no place in the sample."""
        sample = BUILDERS[self._name]()
        texts = [edit for edit in edits if not isinstance(edit.figure.home, Cell)]
        cells = [edit for edit in edits if isinstance(edit.figure.home, Cell)]
        if not all(self._in_table(sample, edit) for edit in cells) or not _in_text(sample, texts):
            return None
        render(sample, self._path)
        return read(self._path)

    def _in_table(self, sample: Sample, edit: Edit) -> bool:
        for drawn, sheet in zip(self._drawn.sheets(), sample.sheets(), strict=True):
            for (row, column), boxes in drawn.places.items():
                if any(_covers(page, box, edit.figure.places[0]) for page, box in boxes):
                    return _put(sheet, row, column, edit)
        return False


def _covers(page: int, box: tuple[float, float, float, float], place: Place) -> bool:
    if place.page != page or place.bbox is None:
        return False
    x, y = (place.bbox[0] + place.bbox[2]) / 2, (place.bbox[1] + place.bbox[3]) / 2
    return box[0] < x < box[2] and box[1] < y < box[3]


def _put(sheet: Sheet, row: int, column: int, edit: Edit) -> bool:
    cell = sheet.body[row].cells[column]
    if cell is None or cell.text != edit.old:
        return False
    sheet.body[row].cells[column] = replace(cell, text=edit.new, align="r")
    return True


def _in_text(sample: Sample, edits: Sequence[Edit]) -> bool:
    """Print edits in the paragraphs that hold their whole lines; False, and nothing done, where one is not found."""
    spots: list[tuple[int, Text, Edit]] = []
    for edit in edits:
        line = edit.figure.home.text.strip()
        homes = [part for part in sample.parts if isinstance(part, Text) and part.text.count(line) == 1]
        if len(homes) != 1:
            return False
        lead = len(edit.figure.home.text) - len(edit.figure.home.text.lstrip())
        spots.append((homes[0].text.index(line) + edit.start - lead, homes[0], edit))
    for start, home, edit in sorted(spots, key=lambda spot: -spot[0]):
        home.text = home.text[:start] + edit.new + home.text[start + len(edit.old) :]
    return True
