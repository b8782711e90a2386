"""The units that a department's document says it covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from budgetaudit.names import vocabulary
from budgetaudit.narrative import Narrative, Sentence
from budgetaudit.vocabulary import numbering, squash, strip_numbering

MAX_NAME, MAX_BELOW = 40, 200


@dataclass(frozen=True, slots=True)
class Units:
    """How many units have a budget of their own, by the number that the text states, and their names as printed."""

    count: int | None = None
    names: tuple[str, ...] = ()

    @property
    def listed(self) -> bool:
        """Whether the names are as many as the stated number, so that the list can be relied on."""
        return bool(self.names) and self.count == len(self.names)


def units(narrative: Narrative) -> Units:
    """The first statement of a number of units, with the names that follow it."""
    for at, sentence in enumerate(narrative.sentences):
        text = squash(sentence.text)
        for pattern in vocabulary()["units"]["count"]:
            if found := re.search(pattern, text):
                count = sum(int(number) for number in found.groups() if number)
                own = bool("本部" in text or "本级" in text) and len(found.groups()) == 1 and "下属" in found.group()
                below = narrative.sentences[at + 1 : at + MAX_BELOW]
                names, merged = _names(text[found.end() :], [s for s in below if s.section == sentence.section])
                if names or pattern == vocabulary()["units"]["count"][0]:
                    return Units(count + own - merged, tuple(names))
    return Units()


def _names(rest: str, following: Sequence[Sentence]) -> tuple[list[str], int]:
    """Names after the number, in its sentence or as numbered items below it; how many have no document of their own."""
    lead = re.search(vocabulary()["units"]["names"], rest)
    if lead is None:
        return [], 0
    inline = rest[lead.end() :].rstrip("。;")
    items = [part for part in re.split(r"[、,;](?![^(]*\))", inline) if part]
    if not items:
        for sentence in following:
            text = squash(sentence.text)
            if not numbering(text):
                break
            items.append(strip_numbering(text).rstrip("。;"))
    items = [item for item in items if not item.startswith(tuple(vocabulary()["units"]["excluded"]))]
    merged = [item for item in items if any(word in item for word in vocabulary()["units"]["merged"])]
    before = re.compile(vocabulary()["units"]["before"])
    names = [re.split("[,。;]", before.sub("", item))[0] for item in items if item not in merged]
    return [name for name in names if re.search(r"[\u4e00-\u9fff]{3}", name) and len(name) <= MAX_NAME], len(merged)
