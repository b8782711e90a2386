"""From documents to what links are planned by and computed from: identities, and books side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from budgetaudit.facts import Book
from budgetaudit.links.plan import Identity, Link, LinkKind
from budgetaudit.links.units import units
from budgetaudit.model import Fact, Profile
from budgetaudit.narrative import Narrative
from budgetaudit.rules.linked import Linked


def identity(sha256: str, profile: Profile, facts: Sequence[Fact], narrative: Narrative, *, amounts: bool) -> Identity:
    """What a document says of itself; ``amounts`` is whether its text speaks of any."""
    covered = units(narrative)
    return Identity(
        sha256,
        profile.department,
        profile.year,
        profile.kind,
        profile.level,
        tables=bool(facts),
        text=amounts,
        units=covered.names,
        unit_count=covered.count,
        content=_content(facts, narrative),
    )


def linked(link: Link, load: Callable[[str, int], Book]) -> Linked:
    """The books of a link; ``load`` gives the book of a content whose places say that it is file number so and so."""
    roles = [(member.role, load(member.sha256, number)) for number, member in enumerate(link.members)]
    if link.kind is LinkKind.PARTS:
        books = [joined([book for _, book in roles])]
    else:
        books = [joined([book for _, book in group]) for _, group in groupby(roles, key=lambda pair: pair[0])]
    return Linked(link.kind.value, tuple(books), link.complete, link.missing)


def joined(books: Sequence[Book]) -> Book:
    """The files of one disclosure as one book; paragraphs of different files stay apart."""
    if len(books) == 1:
        return books[0]
    offset, sentences, narratives = 0, [], [book.narrative for book in books]
    for narrative in narratives:
        sentences += [replace(s, paragraph=s.paragraph + offset) for s in narrative.sentences]
        offset += 1 + max((s.paragraph for s in narrative.sentences), default=0)
    text = Narrative(
        tuple(sentences),
        tuple(heading for n in narratives for heading in n.headings),
        tuple(entry for n in narratives for entry in n.contents),
        tuple(note for n in narratives for note in n.notes),
    )
    profile = next((b.profile for b in books if b.profile.year is not None), books[0].profile)
    return Book(profile, [table for book in books for table in book.tables], text)


def _content(facts: Sequence[Fact], narrative: Narrative) -> str:
    total = hashlib.sha256()
    for fact in facts:
        total.update(f"{fact.label}\0{fact.amount.value:f}\0".encode("utf-8", "replace"))
    for sentence in narrative.sentences:
        total.update(sentence.text.encode("utf-8", "replace"))
    return total.hexdigest()[:16]
