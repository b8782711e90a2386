"""What each amount of the text is about: the path of its subject, its clause, and the fund its heading speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from budgetaudit.facts import Book
from budgetaudit.narrative.claims import Claim, plain
from budgetaudit.narrative.paths import path_in
from budgetaudit.rules.outline import numbered
from budgetaudit.vocabulary import aspects, squash, strip_numbering

_STOP = re.compile(r"[，,；;。：:]")
_BARE = re.compile(
    r"(?:(?:19|20)\d\d年度?|本年度?|当年)?(?:(?:年初|全年|调整)?预算|(?:支出)?决算)(?:安排|支出|金额|数|为|是|共计)*"
)
"""A clause that says no more than 2030年预算数 or 支出决算为: the figure is of what was named before."""
_BUDGET = re.compile(r"(?:年初|全年|调整)?预算(?:安排|数|为|是)*$")
MAX_TITLE, MAX_OPENING, MAX_BEFORE = 24, 120, 120


@dataclass(frozen=True, slots=True)
class Spoken:
    """An amount with what it is about.

    ``path`` are the levels (类、款、项) of the subject that its paragraph has come to; ``fresh`` says that they were named
    for this amount, right before it or with nothing but 年初预算 or 支出决算 between. ``clause`` are the squashed words
    right before it, or, where they name nothing, those of the figure before, of the paragraph's head or the heading.
    """

    claim: Claim
    path: Mapping[str, str]
    fresh: bool
    clause: str
    opening: str
    fund: str


def spoken(book: Book) -> list[Spoken]:
    """Every amount of this year. Use through ``book.once``."""
    openings: dict[int, str] = {}
    funds: dict[int, str] = {}
    fund = ""
    for sentence in book.narrative.sentences:
        openings.setdefault(sentence.paragraph, sentence.text)
        if not numbered(openings[sentence.paragraph])[0]:
            fund = aspects(sentence.text).get("fund", "")
        funds[sentence.paragraph] = fund
    found: list[Spoken] = []
    path: dict[str, str] = {}
    named, paragraph = False, -1
    before: Spoken | None = None
    for claim in book.claims:
        if claim.percent or claim.role in ("change", "prior", "aside"):
            continue
        sentence = claim.sentence
        opening = openings[sentence.paragraph]
        if sentence.paragraph != paragraph:
            paragraph, before = sentence.paragraph, None
            path = path_in("".join(sentence.section[-1:])) if sentence.section else {}
            head = path_in(opening) if sentence.text != opening and len(opening) <= MAX_OPENING else {}
            path, named = _joined(path, head), bool(head)
        own = path_in(claim.lead)
        bare = bool(_BARE.fullmatch(_last(claim.lead)))
        if own:
            path, named = _joined(path, own), True
        elif claim.lead and (told := path_in(sentence.text[: claim.start][-MAX_BEFORE:])):
            path, named = _joined(path, told), named and bare
        else:
            named = named and bare
        clause = _clause(claim, opening, before if bare else None)
        before = Spoken(claim, path, named, clause, opening, funds[paragraph])
        found.append(before)
    return found


def _joined(path: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """The levels that a text names, under the class (类) named before where it names none."""
    if not own:
        return dict(path)
    return {**({k: v for k, v in path.items() if k == "类"} if "类" not in own else {}), **own}


def _last(lead: str) -> str:
    return squash(_STOP.split(plain(lead))[-1])


def _clause(claim: Claim, opening: str, before: Spoken | None) -> str:
    clause = _last(claim.lead)
    if not _BARE.fullmatch(clause):
        return clause
    if before is not None and before.claim.sentence is claim.sentence:
        return _BUDGET.sub("", before.clause)
    title = squash(re.split(r"[。：:]", opening)[0])
    if claim.sentence.text == opening or len(title) > MAX_TITLE:
        title = squash("".join(claim.sentence.section[-1:]))
    return strip_numbering(title) if len(title) <= MAX_TITLE else clause
