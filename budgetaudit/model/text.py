"""The text of a disclosure: headings, paragraphs and sentences, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from budgetaudit.model.document import Place


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``pieces`` are (offset, place) of each printed line it runs over, by offset in ``text``."""

    text: str
    place: Place
    section: tuple[str, ...] = ()
    """Headings above it, the widest first, as printed."""
    paragraph: int = 0
    pieces: tuple[tuple[int, Place], ...] = ()

    def place_at(self, offset: int) -> Place:
        """The place of the printed line that holds the character at ``offset``."""
        found = self.place
        for start, place in self.pieces:
            if start > offset:
                break
            found = place
        return found


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: its level from 1, its printed text with numbering, and its place."""

    text: str
    level: int
    place: Place


@dataclass(frozen=True, slots=True)
class Narrative:
    """All text outside tables in reading order; empty where the document has none."""

    sentences: tuple[Sentence, ...] = ()
    headings: tuple[Heading, ...] = ()
    contents: tuple[Heading, ...] = ()
    """Entries of the table of contents (目录)."""
    notes: tuple[Sentence, ...] = ()
    """Notes under tables (注：...)."""
