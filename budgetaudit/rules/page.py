"""The page of a rule: Chinese as its module's docstring says it, English from a file of the catalogue's folder.

An English page holds the words only. The examples are documents, and stay as the Chinese page shows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from budgetaudit.lang import ENGLISH, LOCALE

_GOOD, _BAD = "\n正确：\n", "\n错误：\n"
_TITLE = re.compile(r"([A-Z]\d{3}) (.+?)。?$")
_BASIS = re.compile(r"^(?:依据：|Basis: )(.+?)\s*(?:^$|\Z)", re.M | re.S)
FOLDER = LOCALE / ENGLISH


@dataclass(frozen=True, slots=True)
class Page:
    """What a rule says of itself. ``words`` go from the title line to the basis; the examples are text tables."""

    code: str
    title: str
    words: str
    basis: str
    good: str = ""
    bad: str = ""


def page_of(text: str) -> Page:
    """A page from its text. Raises ValueError where it has no title line that begins with the code."""
    words, _, examples = text.strip("\n").partition(_GOOD)
    good, _, bad = examples.partition(_BAD)
    found = _TITLE.match(words.splitlines()[0] if words else "")
    if found is None:
        raise ValueError(f"a rule's page begins with its code and title, not with {words[:40]!r}")
    basis = _BASIS.search(words)
    return Page(
        code=found.group(1),
        title=found.group(2),
        words=words.strip(),
        basis=" ".join(basis.group(1).split()) if basis else "",
        good=good.strip("\n"),
        bad=bad.strip("\n"),
    )


@cache
def english(chinese: Page) -> Page:
    """The English page with the examples of the Chinese one; the Chinese page where there is no English one."""
    path = FOLDER / f"{chinese.code}.txt"
    if not path.is_file():
        return chinese
    return replace(page_of(path.read_text("utf-8")), good=chinese.good, bad=chinese.bad)
