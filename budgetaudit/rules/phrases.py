"""Phrases that should not stand in a disclosure: entries of a data file looked for in every text of a document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from budgetaudit.lang import _
from budgetaudit.model import Check, Place, Severity, Verdict
from budgetaudit.rules.statement import Text, clause, statement


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern with what is said of it. ``once``: one finding a document, at the first place, which counts the others."""

    pattern: re.Pattern[str]
    message: str
    severity: Severity
    category: str = ""
    once: bool = False
    kinds: frozenset[str] = frozenset()
    """Kinds of text that it is looked for in; empty for all."""
    needs: tuple[str, ...] = ()
    """Words of which a text must hold one to hold the pattern: cheaper to look for; empty where there are none such."""

    def may_stand(self, text: str) -> bool:
        """Whether a text holds one of the words that the pattern needs."""
        return not self.needs or any(word in text for word in self.needs)


def phrases(entries: Iterable[Mapping[str, Any]], severity: Severity) -> tuple[Phrase, ...]:
    """Phrases from data; ``severity`` where an entry says none. Raises re.error for a pattern that is none."""
    return tuple(
        Phrase(
            pattern=re.compile(e["pattern"]),
            message=e["message"],
            severity=Severity(e["severity"]) if "severity" in e else severity,
            category=e.get("category", ""),
            once=e.get("once", False),
            kinds=frozenset(e.get("kinds", ())),
            needs=tuple(e.get("needs", ())),
        )
        for e in entries
    )


def look(rule: str, texts: Iterable[Text], sought: Sequence[Phrase], *, before: int, after: int) -> Iterator[Check]:
    """A failed check for each phrase found, the same words of one page once; one that holds for each sentence without any.

    ``before`` and ``after`` are how many characters around the phrase are quoted.
    """
    reported: set[tuple[int | None, str]] = set()
    gathered: dict[Phrase, list[tuple[Place, str, str]]] = {}
    written_texts = [(text, full_width(text.text)) for text in texts]
    everything = "\n".join(written for _, written in written_texts)
    sought = [phrase for phrase in sought if phrase.may_stand(everything)]
    for text, written in written_texts:
        clean = True
        for phrase in sought:
            if (phrase.kinds and text.kind not in phrase.kinds) or not phrase.may_stand(written):
                continue
            for found in phrase.pattern.finditer(written):
                clean = False
                place = text.place_at(found.start())
                quote = clause(text.text, found.start(), found.end(), before=before, after=after)
                key = (place.page or place.line, quote)
                if key in reported:
                    continue
                reported.add(key)
                words = text.text[found.start() : found.end()]
                if phrase.once:
                    gathered.setdefault(phrase, []).append((place, quote, words))
                else:
                    yield _failed(rule, phrase, place, quote, words)
        if clean and text.kind == "sentence":
            yield statement(rule, Verdict.HELD, text.place, text.text[:40])
    for phrase, hits in gathered.items():
        yield _failed(rule, phrase, *hits[0], places=[place for place, _quote, _words in hits])


_MARKS = str.maketrans("(),;:?", "（），；：？")
_HALF = re.compile(r"[()]|(?<!\d)[,;:?]|[,;:?](?!\d)")


def full_width(text: str) -> str:
    """A text of the same length with full-width brackets and marks, but for those between digits."""
    return _HALF.sub(lambda mark: mark.group().translate(_MARKS), text)


def _failed(rule: str, phrase: Phrase, place: Place, quote: str, words: str, places: Sequence[Place] = ()) -> Check:
    return statement(
        rule,
        Verdict.FAILED,
        place,
        quote,
        _(phrase.message) + also(places),
        severity=phrase.severity,
        category=phrase.category,
        reported=words,
    )


class Whole:
    """The texts of a document in one string, and the text and offset of each of its characters."""

    def __init__(self, parts: Iterable[Text], *, widths: bool = False) -> None:
        self.parts = list(parts)
        joined = "\n".join(part.text for part in self.parts)
        self.text = full_width(joined) if widths else joined
        self._starts = list(accumulate((len(part.text) + 1 for part in self.parts[:-1]), initial=0))

    def at(self, position: int) -> tuple[Text, int]:
        """The text that holds a character, and where in it."""
        number = bisect_right(self._starts, position) - 1
        return self.parts[number], position - self._starts[number]

    def places(self, positions: Iterable[int]) -> list[Place]:
        """Where some characters are printed."""
        return [text.place_at(offset) for text, offset in map(self.at, positions)]


def also(places: Sequence[Place]) -> str:
    """What a message adds where one finding stands for several places; empty for a single one."""
    if len(places) < 2:
        return ""
    pages = list(dict.fromkeys(str(p.page) for p in places if p.page is not None))
    if len(pages) < 2:
        return _("（共{count}处）").format(count=len(places))
    shown = _("、").join(pages[:8]) + ("…" if len(pages) > 8 else "")
    return _("（共{count}处，在第{pages}页）").format(count=len(places), pages=shown)
