"""A sample document before it is drawn: text and tables in order, and what was planted in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from samples.generator.department import Department
from samples.generator.ruling import Style
from samples.generator.sheet import Sheet


@dataclass(slots=True)
class Text:
    """A paragraph; ``key`` names it so that an error can be planted in it; ``size`` in points."""

    text: str
    key: str = ""
    heading: bool = False
    places: list[tuple[int, int]] = field(default_factory=list)
    """(offset of a drawn line's first character, page)."""

    def page_of(self, offset: int) -> int:
        """Page on which the character at this offset was drawn."""
        return max((start, page) for start, page in self.places if start <= offset)[1]


@dataclass(slots=True)
class Break:
    """A new page, with a centred title where given."""

    titles: tuple[str, ...] = ()
    cover: bool = False


@dataclass(slots=True)
class Placed:
    """A table at its position in the document."""

    sheet: Sheet
    style: Style
    new_page: bool = True


Part = Text | Break | Placed


@dataclass(frozen=True, slots=True)
class Slip:
    """An error planted in a table: what is printed instead in one or more cells of it.

    The first of ``cells`` (row key, column key, text) is the primary one. ``text`` is printed instead of what is right.
    """

    kind: str
    sheet: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Misprint:
    """An error planted in the narrative: ``old`` becomes ``new`` in the paragraph with this key."""

    kind: str
    paragraph: str
    old: str
    new: str


@dataclass(slots=True)
class Document:
    """One sample with its parts; ``traps`` describe what looks wrong in it and is right."""

    name: str
    kind: str
    department: Department
    parts: list[Part]
    rotated_tables: bool = False
    footer: str = "{page}"
    traps: tuple[str, ...] = ()

    def sheets(self) -> list[Sheet]:
        """Its tables in order."""
        return [part.sheet for part in self.parts if isinstance(part, Placed)]

    def sheet(self, key: str) -> Sheet:
        """The table with this key; StopIteration where there is none."""
        return next(sheet for sheet in self.sheets() if sheet.key == key)

    def paragraph(self, key: str) -> Text:
        """The paragraph with this key; StopIteration where there is none."""
        return next(part for part in self.parts if isinstance(part, Text) and part.key == key)
