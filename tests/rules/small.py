"""Small documents in the tabbed text notation, made into books for rules."""

from __future__ import annotations

import re
from pathlib import Path

from budgetaudit.facts import Book
from budgetaudit.links.build import identity, linked
from budgetaudit.links.plan import Identity, plan
from budgetaudit.model import Check, Verdict
from budgetaudit.narrative.text import narrative
from budgetaudit.reading.text import read_text
from budgetaudit.recognition import recognise
from budgetaudit.rules import Rule, find
from budgetaudit.rules.linked import Linked
from budgetaudit.scan.record import Record, pack, unpack


def book_of(text: str) -> Book:
    """The book of a text document."""
    document = read_text(Path("small.txt"), text.encode("utf-8"), "0" * 64)
    profile, tables = recognise(document)
    return Book(profile, tables, narrative(document, tables), document)


def linked_of(text: str) -> list[Linked]:
    """The linked books of small documents in one text, parted by lines of ====: identity, plan and books as in a scan."""
    texts = [part.strip("\n") + "\n" for part in re.split(r"(?m)^={4,}.*$", text)]
    names = [f"{number:064}" for number in range(len(texts))]

    def load(sha256: str, file: int) -> Book:
        book = book_of(texts[names.index(sha256)])
        record = unpack(pack(Record(book.profile, book.tables, book.narrative)), file)
        return Book(record.profile, record.tables, record.narrative)

    def said(sha256: str) -> Identity:
        book = load(sha256, 0)
        return identity(sha256, book.profile, book.facts, book.narrative, amounts=bool(book.claims))

    return [linked(link, load) for link in plan(map(said, names)) if not link.rivals]


def subjects_of(rule: Rule, text: str) -> list[Book] | list[Linked]:
    """What a rule runs over: the book of one text, or what links of its kinds tie together."""
    return [one for one in linked_of(text) if one.kind in rule.links] if rule.links else [book_of(text)]


def failed(code: str, text: str) -> list[Check]:
    """The failed checks of one rule over a text document."""
    return [check for check in find(code).run(book_of(text)) if check.verdict is Verdict.FAILED]
