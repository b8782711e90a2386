"""Items of the text that name themselves again in what they are used for and why they changed: one that names another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetaudit.facts import Book
from budgetaudit.model import Place
from budgetaudit.narrative import Sentence
from budgetaudit.vocabulary import squash

_PATH = re.compile(r"(?:([^（）“”：，。；、]{2,30})（款）)?[“”]*([^（）“”：，。；、]{2,30})（项）")
_SLOTS = (
    re.compile(r"用于(?P<said>[^，。；]{2,40})"),
    re.compile(r"原因是[:：]?(?:20\d\d年)?(?:新增|增加|减少)?(?P<said>[^，。；]{2,40})"),
)
MIN_SELF, SHARE = 4, 0.6
"""Items that name themselves, and their share of those that could, from which the others are expected to as well."""


@dataclass(frozen=True, slots=True)
class Misnamed:
    """An item (项) whose sentence names another one; ``quote`` is the printed clause."""

    own: str
    other: str
    quote: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    full: str
    """With the section (款) before it, which tells equal names apart."""
    sentences: tuple[Sentence, ...]


def misnamed(book: Book) -> Iterator[Misnamed]:
    """Items that name another where most name themselves."""
    items = list(_items(book))
    for slot in _SLOTS:
        told = [(item, sentence, found) for item in items for sentence, found in _found(item, slot)]
        own = [squash(found.group("said")).startswith((item.full, item.name)) for item, _, found in told]
        if sum(own) < MIN_SELF or sum(own) < SHARE * len(told):
            continue
        for (item, sentence, found), good in zip(told, own, strict=True):
            said = squash(found.group("said"))
            other = "" if good or item.name in said else _other(said, item, items)
            if other:
                yield Misnamed(item.name, other, found.group(), sentence.place_at(found.start("said")))


def _items(book: Book) -> Iterator[_Item]:
    """Paragraphs that begin with one item's path, with their sentences."""
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in book.narrative.sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    for sentences in paragraphs.values():
        paths = list(_PATH.finditer(sentences[0].text))
        if len(paths) == 1:
            section, name = (squash(text or "") for text in paths[0].groups())
            yield _Item(name, section + name, tuple(sentences))


def _found(item: _Item, slot: re.Pattern[str]) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """The first place of an item's text where it could name itself."""
    for sentence in item.sentences:
        found = slot.search(sentence.text)
        if found is not None:
            yield sentence, found
            return


def _other(said: str, item: _Item, items: Sequence[_Item]) -> str:
    """The one other item that the words begin with the name of."""
    full = {other.full for other in items if other is not item and said.startswith(other.full)}
    short = {other.name for other in items if other is not item and said.startswith(other.name)}
    alone = {name for name in short if sum(other.name == name for other in items) == 1}
    longest = sorted(full or alone, key=len)
    return longest[-1] if longest else ""
