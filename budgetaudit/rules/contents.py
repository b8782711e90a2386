"""The contents of a document (目录) against its body: entries, titles, and when two names of one thing are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from budgetaudit.facts import Book
from budgetaudit.model import Place
from budgetaudit.narrative import Heading
from budgetaudit.rules.statement import bare
from budgetaudit.vocabulary import squash, strip_numbering

ALIKE = 0.82
MAX_TITLE = 60
PART = re.compile(r"^第[一二三四五六七八九十]+(?:部分|章)")
TABLE = re.compile(r"表(?:[（(][^）)]*[）)])?$")
_YEAR = re.compile(r"(?:20\d\d年度?)")
_MARK = re.compile(
    r"^(?:第[一二三四五六七八九十]+(?:部分|章)|[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\))"
)


def entries(book: Book) -> list[Heading]:
    """The entries of the contents, with the lines among and right after them that the narrative took for titles."""
    known = {e.place: e for e in book.narrative.contents}
    if book.document is None or not known:
        return list(known.values())
    return _spilled(book, _listed(book, known))


def _listed(book: Book, known: dict[Place, Heading]) -> list[Heading]:
    assert book.document is not None
    body = {place for s in book.narrative.sentences for _, place in s.pieces} | {
        h.place for h in book.narrative.headings
    }
    found: list[Heading] = []
    for page in book.document.pages:
        for line in page.lines:
            if line.place in known:
                found.append(known[line.place])
            elif found and line.place in body:
                return found
            elif (
                found
                and TABLE.search(squash(line.text))
                and len(line.text) < MAX_TITLE
                and strip_numbering(squash(line.text)) != squash(line.text)
            ):
                found.append(Heading(bare(line.text), 2, line.place))
        if found and not any(place.page == page.number + 1 for place in known):
            break
    return found


def _spilled(book: Book, found: list[Heading]) -> list[Heading]:
    """The entries with those on the next page: the headings up to the one that the contents begin with."""
    if not found:
        return found
    last = order(found[-1].place)
    after = sorted((h for h in book.narrative.headings if order(h.place) > last), key=lambda h: order(h.place))
    begin = next((i for i, h in enumerate(after) if squash(h.text) == squash(found[0].text)), 0)
    more = after[:begin]
    if any((h.place.page or 0) - (found[-1].place.page or 0) > 1 for h in more):
        return found
    whole = list(found)
    for heading in more:
        if mark(heading.text):
            whole.append(heading)
        else:
            whole[-1] = Heading(whole[-1].text + bare(heading.text), whole[-1].level, whole[-1].place)
    return whole


def order(place: Place) -> tuple[int, int, float]:
    """Where a place stands in the order of reading."""
    return (place.page or 0, place.line or 0, place.bbox[1] if place.bbox is not None else 0.0)


def mark(text: str) -> str:
    """The numbering of an entry or heading (第一部分, 一、, (一)), normalised; empty where it has none."""
    found = _MARK.match(squash(text))
    return found.group().replace(".", "、") if found else ""


def core(text: str) -> str:
    """An entry or title without numbering, year, part number, brackets and punctuation."""
    plain = PART.sub("", squash(text))
    plain = strip_numbering(strip_numbering(plain))
    plain = (
        re.sub(r"^(?:公开|预算|附|表|附件)*(?:表?[一二三四五六七八九十\d]+表?)?[:：、.]?", "", plain)
        if re.match(r"公开\d|预算\d|表\d|附", plain)
        else plain
    )
    plain = re.sub(r"\.{2,}.*$", "", _YEAR.sub("", plain))
    return re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", plain)


def titles(book: Book, listed: Sequence[Heading]) -> list[str]:
    """Headings, titles and short lines of the document outside its contents."""
    places = {e.place for e in listed} | {e.place for e in book.narrative.contents}
    found = [h.text for h in book.narrative.headings if h.place not in places]
    found += [t.title for t in book.tables if t.title]
    if book.document is not None:
        for page in book.document.pages:
            found += [line.text for line in page.lines if line.place not in places and len(line.text) <= MAX_TITLE]
            found += [
                c.text
                for grid in page.grids
                for c in grid.cells
                if c.row < 3 and 3 <= len(c.text) <= MAX_TITLE and "表" in c.text
            ]
    return list(dict.fromkeys(bared for text in found if (bared := core(text))))


def found_in(entry: str, among: Sequence[str]) -> bool:
    """Whether an entry stands among the titles, alone or behind a name."""
    if entry in among:
        return True
    return any(entry in title and _extra(entry, title) for title in among) or any(
        len(title) >= 15 and entry.startswith(title) for title in among
    )


def _extra(entry: str, title: str) -> bool:
    """Whether a longer title is the entry with a name or a year before it, and no other entry of the same words."""
    head = title[: title.index(entry)]
    return (
        bool(
            re.search(
                r"(?:局|委|办|厅|部|院|中心|会|署|站|队|校|所|部门|单位|处|馆|公司|区|市|县|乡|镇|街道)(?:[（(].*[）)])?$",
                head,
            )
        )
        or not head
    )


def nearest(entry: str, among: Sequence[str]) -> str:
    """The title that differs by a few characters only, or is the entry with its first or last one; empty where none is."""
    cut = next((title for title in among if len(title) >= 4 and entry in (title[1:], title[:-1])), "")
    if cut:
        return cut
    best = max(among, key=lambda title: alike(entry, title), default="")
    return best if len(entry) >= 6 and alike(entry, best) >= ALIKE else ""


def alike(one: str, other: str) -> float:
    """How much of two names is the same, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
