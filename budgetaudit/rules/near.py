"""Texts that come near to a known one: a single character changed, added, left out, or two swapped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

MIN_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Near:
    """A text at ``start`` that differs from ``term`` in one place inside it."""

    start: int
    printed: str
    term: str


def near_misses(
    text: str, terms: Iterable[str], *, loose: Collection[str] = (), lengths: Iterable[int] = (-1, 0, 1)
) -> Iterator[Near]:
    """What of a text is nearly one of the terms, each of at least five characters.

    One of the two halves of a text with a single slip is untouched, so only places of a half are looked at. ``loose`` are
    characters whose coming and going is no slip; ``lengths`` how much longer than the term a text may be.
    """
    for term in terms:
        half = len(term) // 2
        first, second = term[:half], term[half:]
        starts: set[tuple[int, int]] = set()
        for at in _places(text, first):
            starts.update((at, len(term) + more) for more in lengths)
        for at in _places(text, second):
            starts.update((at + len(second) - len(term) - more, len(term) + more) for more in lengths)
        for start, length in sorted(starts):
            printed = text[start : start + length] if start >= 0 else ""
            if len(printed) == length and one_slip(printed, term, loose):
                yield Near(start, printed, term)


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def one_slip(printed: str, term: str, loose: Collection[str] = ()) -> bool:
    """Whether two texts with the same first and last character differ by one slip of Chinese characters."""
    if printed == term or printed[0] != term[0] or printed[-1] != term[-1]:
        return False
    left = 0
    while left < min(len(printed), len(term)) and printed[left] == term[left]:
        left += 1
    right = 0
    while right < min(len(printed), len(term)) - left and printed[-1 - right] == term[-1 - right]:
        right += 1
    here, there = printed[left : len(printed) - right], term[left : len(term) - right]
    if len(here) > 1 or len(there) > 1:
        return len(here) == len(there) == 2 and here == there[::-1] and _chinese(here)
    return _chinese(here + there) and not any(c in loose for c in here + there)


def _chinese(text: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in text)
