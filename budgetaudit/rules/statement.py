"""Checks that speak of words: the phrase in question with its place, and every text of a document to look for it in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from budgetaudit.facts import Book
from budgetaudit.model import Amount, Check, Operand, Place, Severity, Verdict
from budgetaudit.narrative import Sentence

MIN_CELL = 12
"""Characters from which a cell is read as prose."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the document without blanks between its characters: where it stands and what it is."""

    text: str
    kind: str  # sentence, heading, note, title, cell, line
    place: Place
    section: tuple[str, ...] = ()
    paragraph: int = 0
    sentence: Sentence | None = field(default=None, compare=False)

    def place_at(self, offset: int) -> Place:
        """The place of the printed line that holds a character."""
        return self.sentence.place_at(offset) if self.sentence is not None else self.place


def statement(
    rule: str,
    verdict: Verdict,
    place: Place,
    quote: str,
    message: str = "",
    *,
    expected_text: str = "",
    category: str = "",
    severity: Severity | None = None,
    suggestion: str = "",
    confidence: float = 1.0,
    reported: str = "",
) -> Check:
    """A check of words at a place. ``quote`` is the phrase as printed; ``reported`` the part of it that is in question."""
    return Check(
        rule=rule,
        kind="statement",
        verdict=verdict,
        target=Operand(quote[:40], Amount(reported or quote[:60], Decimal(0)), place),
        operands=(),
        expected=Decimal(0),
        confidence=confidence,
        quote=quote,
        message=message,
        category=category,
        severity=severity,
        suggestion=suggestion,
        expected_text=expected_text,
    )


def bare(text: str) -> str:
    """A text without any white space."""
    return "".join(text.split())


def texts(book: Book, *, cells: bool = True, contents: bool = False) -> Iterator[Text]:
    """Sentences, headings, notes and table titles of a document; with ``cells`` the long cells of its grids too.

    Lines that the narrative holds under no heading or sentence follow as ``line``; with ``contents``, the entries of the
    contents come first.
    """
    if contents:
        yield from (Text(bare(entry.text), "contents", entry.place) for entry in book.narrative.contents)
    yield from (text for text in book.once(_texts) if cells or text.kind != "cell")


def _texts(book: Book) -> tuple[Text, ...]:
    return tuple(_read(book))


def _read(book: Book) -> Iterator[Text]:
    narrative = book.narrative
    seen: set[Place] = set()
    for sentence in narrative.sentences:
        seen.update(place for _, place in sentence.pieces)
        yield Text(sentence.text, "sentence", sentence.place, sentence.section, sentence.paragraph, sentence)
    for note in narrative.notes:
        seen.update(place for _, place in note.pieces)
        yield Text(note.text, "note", note.place, note.section, note.paragraph, note)
    for heading in narrative.headings:
        seen.add(heading.place)
        yield Text(bare(heading.text), "heading", heading.place)
    seen.update(entry.place for entry in narrative.contents)
    if book.document is None:
        return
    for page in book.document.pages:
        for line in page.lines:
            if line.place not in seen:
                yield Text(bare(line.text), "line", line.place)
        for grid in page.grids:
            for cell in grid.cells:
                if len(cell.text) >= MIN_CELL and cell.place not in seen:
                    yield Text(bare(cell.text), "cell", cell.place)


def clause(text: str, start: int, end: int, *, before: int = 12, after: int = 12) -> str:
    """The phrase around a match: up to some characters more on both sides, cut at stops."""
    left = max(0, start - before)
    right = min(len(text), end + after)
    for index in range(start - 1, left - 1, -1):
        if text[index] in "。；;，,":
            left = index + 1
            break
    for index in range(end, right):
        if text[index] in "。；;，,":
            right = index
            break
    return text[left:right]


@lru_cache(maxsize=32)
def data(name: str) -> dict[str, Any]:
    """A data file of words as read. Raises FileNotFoundError for a name that does not exist."""
    return tomllib.loads(resources.files("budgetaudit").joinpath("data", name).read_text("utf-8"))
