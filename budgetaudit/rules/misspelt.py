"""Names of the document's own bodies with a character wrong, added or missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Severity, Verdict
from budgetaudit.rules.near import Near, near_misses
from budgetaudit.rules.phrases import Whole, also
from budgetaudit.rules.statement import clause, data, statement, texts

MAX_UNITS = 60
"""Units up to which their names are looked for: time goes with names times text."""
MIN_NAME, MAX_PRINTED, MIN_RIGHT = 6, 2, 2
"""Characters of a name that is looked for; places of another spelling that are slips; places of the right one that show it."""


def misspelt(rule: str, book: Book, own: str, plain: Callable[[str], str]) -> Iterator[Check]:
    """Checks of spellings that come near to the document's own name, or to those of its units.

    ``plain`` makes the bare name of a body from a label.
    """
    units = {plain(row.label) for table in book.tables for row in table.rows if "unit" in row.aspects}
    ours = {name for full in (own, own.removeprefix("中共")) for name in (full, re.sub("办公[室厅]$", "", full))}
    names = {name for name in (ours | units if len(units) <= MAX_UNITS else ours) if len(name) >= MIN_NAME}
    whole = Whole(texts(book))
    found: dict[tuple[str, str], list[int]] = {}
    for near in near_misses(whole.text, sorted(names)):
        if near.printed not in names and _slip(near):
            found.setdefault((near.printed, near.term), []).append(near.start)
    for (printed, name), starts in found.items():
        right = whole.text.count(name)
        if len(starts) > MAX_PRINTED or right < max(MIN_RIGHT, len(starts)):
            continue
        text, offset = whole.at(starts[0])
        places = whole.places(starts)
        yield statement(
            rule,
            Verdict.FAILED,
            places[0],
            clause(text.text, offset, offset + len(printed), before=4, after=4),
            _("“{printed}”与“{name}”差一个字").format(printed=printed, name=name) + also(places),
            expected_text=name,
            reported=printed,
            severity=_severity(printed, name) if name == own else Severity.NOTICE,
        )


def _slip(near: Near) -> bool:
    """Whether a near miss is a slip: no other body's name (第一、第二 ...), no name that goes on with other words."""
    distinct, ending = data("names.toml")["distinct"], re.compile(data("names.toml")["ending"])
    wrong, right = _difference(near.printed, near.term)
    if all(character in distinct for character in wrong + right):
        return False  # 第一分队 and 第二分队, 青山市 and 青山
    head = near.printed[: _first(near.printed, near.term)]
    if ending.search(re.sub("委员会|人民政府|办公室", "", head[4:])):
        return False  # 某局甲分局 and 某局乙分局
    return not (wrong and not right and near.printed[-2:] == near.printed[-1] * 2)  # 某院 + 院区


def _first(printed: str, name: str) -> int:
    """Where two names begin to differ."""
    return next(
        (i for i, (a, b) in enumerate(zip(printed, name, strict=False)) if a != b), min(len(printed), len(name))
    )


def _difference(printed: str, name: str) -> tuple[str, str]:
    """The characters in which two names differ, without those that only one of them has (an empty string then)."""
    more, less = Counter(printed) - Counter(name), Counter(name) - Counter(printed)
    return "".join(more.elements()), "".join(less.elements())


def _severity(printed: str, name: str) -> Severity:
    """A neighbour printed in a character's place is a slip of the hand; another character very likely one."""
    if len(printed) != len(name):
        return Severity.NOTICE
    at = _first(printed, name)
    around = name[max(0, at - 1) : at] + name[at + 1 : at + 2]
    return Severity.ERROR if printed[at] in around else Severity.WARNING
