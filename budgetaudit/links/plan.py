"""Which documents belong together, by what their texts say of themselves. Nothing is guessed: where several documents
could be meant the link is made without one, and says so.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from budgetaudit.names import name_key


class LinkKind(StrEnum):
    """What ties documents together; the values are kept in the store."""

    PARTS = "parts"  # the text and the table book of one disclosure
    YEARS = "years"  # the same document of two consecutive years
    STAGES = "stages"  # a final account and the budget of its year
    BASES = "bases"  # a budget and the final account of the year before
    UNITS = "units"  # a department and its units


_ROLES = {
    LinkKind.YEARS: ("this", "before"),
    LinkKind.STAGES: ("account", "budget"),
    LinkKind.BASES: ("budget", "account"),
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself, as far as links ask for it."""

    sha256: str
    department: str
    year: int | None
    kind: str
    level: str = ""
    tables: bool = True
    """Whether it holds tables with figures."""
    text: bool = True
    """Whether its text speaks of amounts."""
    units: tuple[str, ...] = ()
    """Names of the units that it says it covers."""
    unit_count: int | None = None
    content: str = ""
    """A digest of its figures and sentences: equal for two files that say the same."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a link and its part in it: text, tables, this, before, account, budget, department or unit1, unit2 ..."""

    sha256: str
    role: str


@dataclass(frozen=True, slots=True)
class Link:
    """Documents that belong together."""

    kind: LinkKind
    members: tuple[Member, ...]
    complete: bool = True
    """For a department and its units: whether every unit that it lists is there."""
    missing: tuple[str, ...] = ()
    """Names of units that are not."""
    rivals: int = 0
    """How many documents could be the other side, where they are several, say different things and none was chosen."""

    @property
    def id(self) -> str:
        """The same for the same documents in the same parts."""
        parts = chain([self.kind.value, str(self.rivals)], *((m.sha256, m.role) for m in self.members), self.missing)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Disclosure:
    """One disclosure: a file, or the text and the tables of one in two files."""

    files: tuple[Identity, ...]

    @property
    def key(self) -> str:
        return name_key(self.files[0].department)

    @property
    def year(self) -> int:
        return next(file.year for file in self.files if file.year is not None)

    @property
    def kind(self) -> str:
        return self.files[0].kind

    @property
    def level(self) -> str:
        return next((file.level for file in self.files if file.level), "")

    @property
    def whole(self) -> bool:
        """Whether both its text and its tables are there."""
        return any(file.text for file in self.files) and any(file.tables for file in self.files)

    def members(self, role: str) -> tuple[Member, ...]:
        return tuple(Member(file.sha256, role) for file in self.files)


def plan(identities: Iterable[Identity]) -> list[Link]:
    """Every link between these documents, in an order that depends on their contents only."""
    known = [i for i in identities if i.department and i.kind in ("budget", "final-account")]
    known = sorted(_distinct(known), key=lambda i: i.sha256)
    links, disclosures = _disclosures(known)
    by_key: dict[str, list[_Disclosure]] = defaultdict(list)
    for disclosure in disclosures:
        by_key[disclosure.key].append(disclosure)
    for one in disclosures:
        links += _pair(LinkKind.YEARS, one, by_key[one.key], one.kind, one.year - 1)
        if one.kind == "final-account":
            links += _pair(LinkKind.STAGES, one, by_key[one.key], "budget", one.year)
        else:
            links += _pair(LinkKind.BASES, one, by_key[one.key], "final-account", one.year - 1)
        if one.level == "department":
            links += _units(one, by_key)
    order = list(LinkKind)
    return sorted(links, key=lambda link: (order.index(link.kind), link.id))


def _distinct(identities: Iterable[Identity]) -> Iterator[Identity]:
    """Of files that say the same thing, one."""
    seen: set[tuple[str, str, str, int | None]] = set()
    for identity in sorted(identities, key=lambda i: i.sha256):
        key = (identity.content or identity.sha256, identity.department, identity.kind, identity.year)
        if key not in seen:
            seen.add(key)
            yield identity


def _disclosures(known: Sequence[Identity]) -> tuple[list[Link], list[_Disclosure]]:
    """Texts and table books joined where each is the only one; everything else stands alone."""
    links: list[Link] = []
    joined: list[_Disclosure] = []
    alone = {i.sha256: i for i in known}
    texts = [i for i in known if i.text and not i.tables]
    books = [i for i in known if i.tables and not i.text]
    for text in texts:
        found = [book for book in books if _parts(text, book)]
        rivals = [other for other in texts if any(_parts(other, book) for book in found)]
        if not found:
            continue
        if len(found) == len(rivals) == 1:
            links.append(Link(LinkKind.PARTS, (Member(text.sha256, "text"), Member(found[0].sha256, "tables"))))
            joined.append(_Disclosure((text, found[0])))
            alone.pop(text.sha256)
            alone.pop(found[0].sha256)
        else:
            links.append(Link(LinkKind.PARTS, (Member(text.sha256, "text"),), rivals=max(len(found), len(rivals))))
    joined += [_Disclosure((identity,)) for identity in alone.values() if identity.year is not None]
    return links, sorted(joined, key=lambda d: d.files[0].sha256)


def _parts(text: Identity, book: Identity) -> bool:
    """Whether a text and a table book may be one disclosure; a table book may leave its year to the text."""
    return (
        name_key(text.department) == name_key(book.department)
        and text.kind == book.kind
        and text.year is not None
        and book.year in (text.year, None)
        and _level_fits(text.level, book.level)
    )


def _level_fits(one: str, other: str) -> bool:
    return not one or not other or one == other


def _pair(kind: LinkKind, one: _Disclosure, others: Sequence[_Disclosure], wanted: str, year: int) -> Iterator[Link]:
    found = [d for d in others if d.kind == wanted and d.year == year and _level_fits(d.level, one.level)]
    found = [d for d in found if d.level == one.level] or found
    found = [d for d in found if d.whole] or found
    if len(found) == 1:
        yield Link(kind, (*one.members(_ROLES[kind][0]), *found[0].members(_ROLES[kind][1])))
    elif found:
        yield Link(kind, one.members(_ROLES[kind][0]), rivals=len(found))


def _units(department: _Disclosure, by_key: dict[str, list[_Disclosure]]) -> Iterator[Link]:
    """The department with the documents of its own level and of the units that its text lists."""
    names = next((file.units for file in department.files if file.units), ())
    count = next((file.unit_count for file in department.files if file.unit_count is not None), None)
    keys = list(dict.fromkeys([department.key, *map(name_key, names)]))
    found: list[_Disclosure] = []
    for key in keys:
        same = [
            d
            for d in by_key.get(key, ())
            if d.level == "unit" and d.kind == department.kind and d.year == department.year
        ]
        if len(same) > 1:
            yield Link(LinkKind.UNITS, department.members("department"), rivals=len(same))
            return
        found += same
    if not found:
        return
    present = {d.key for d in found}
    missing = tuple(name for name in names if name_key(name) not in present)
    members = chain(department.members("department"), *(d.members(f"unit{n}") for n, d in enumerate(found, 1)))
    complete = count == len(found) and not missing
    yield Link(LinkKind.UNITS, tuple(members), complete, missing)
