"""Hand-made text documents as books."""

from __future__ import annotations

from pathlib import Path

from budgetaudit.audit import recognise
from budgetaudit.facts import Book
from budgetaudit.model import Check, Verdict
from budgetaudit.narrative.text import narrative
from budgetaudit.reading import read
from budgetaudit.rules import find


def book_of(text: str, folder: Path) -> Book:
    """The book of a tabbed text."""
    path = folder / "document.txt"
    path.write_text(text, "utf-8")
    document = read(path)
    profile, tables = recognise(document)
    return Book(profile, tables, narrative(document, tables), document)


def run(code: str, text: str, folder: Path) -> list[Check]:
    """All checks of one rule over a tabbed text."""
    return list(find(code).run(book_of(text, folder)))


def failed(code: str, text: str, folder: Path) -> list[Check]:
    """Failed checks of one rule."""
    return [check for check in run(code, text, folder) if check.verdict is Verdict.FAILED]
