"""Small documents in the tabbed text notation, made into books for rules."""

from __future__ import annotations

from pathlib import Path

from budgetaudit.facts import Book
from budgetaudit.model import Check, Verdict
from budgetaudit.narrative.text import narrative
from budgetaudit.reading.text import read_text
from budgetaudit.recognition import recognise
from budgetaudit.rules import find


def book_of(text: str) -> Book:
    """The book of a text document."""
    document = read_text(Path("small.txt"), text.encode("utf-8"), "0" * 64)
    profile, tables = recognise(document)
    return Book(profile, tables, narrative(document, tables), document)


def failed(code: str, text: str) -> list[Check]:
    """The failed checks of one rule over a text document."""
    return [check for check in find(code).run(book_of(text)) if check.verdict is Verdict.FAILED]
