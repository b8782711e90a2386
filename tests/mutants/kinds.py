"""Kinds of errors and where in a document each can be planted; every kind yields its mutants in random order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from random import Random

from budgetaudit.amount import UNITS
from budgetaudit.model import CellRef, Document, Report, Table, Verdict
from tests.mutants.figures import Edit, Figure, blank_figure, restyled, table_figures, text_figures
from tests.mutants.reach import Bonds
from tests.mutants.slips import SLIPS, Slip, digit_changed, off_by_little

MIN_SHIFTED, MAX_SHIFTED = 3, 6
"""Rows of a column that slip together."""
_TURNED = {
    "增加": "减少",
    "减少": "增加",
    "增长": "下降",
    "下降": "增长",
    "上升": "下降",
    "提高": "降低",
    "降低": "提高",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One planted error: its kind and what is printed instead."""

    kind: str
    edits: tuple[Edit, ...]


class Subject:
    """A clean document with its audit and its figures."""

    def __init__(self, name: str, document: Document, report: Report) -> None:
        self.name, self.document, self.report = name, document, report
        self.tables: dict[str, Table] = {table.id: table for table in report.tables}
        self.figures = table_figures(report)
        self.amounts = text_figures(report)
        self.bonds = Bonds(report)
        self.at = {figure.key: figure for figure in self.figures}

    @cached_property
    def single(self) -> list[Figure]:
        """Figures whose cell covers one position of the grid and whose row is known."""
        return [f for f in self.figures if f.row is not None and getattr(f.home, "rowspan", 1) == 1]

    def row(self, figure: Figure) -> list[Figure]:
        """Figures of one row and block, from the left."""
        key = figure.key
        assert isinstance(key, CellRef) and figure.column is not None
        own = [
            f
            for f in self.figures
            if isinstance(f.key, CellRef)
            and f.key.table == key.table
            and f.key.row == key.row
            and f.column is not None
            and f.column.block == figure.column.block
        ]
        return sorted(own, key=lambda f: f.column.index if f.column else 0)

    @cached_property
    def columns(self) -> list[list[Figure]]:
        """Figures of one column from the top, for every column of every table."""
        found: dict[tuple[str, int], list[Figure]] = defaultdict(list)
        for figure in self.single:
            assert isinstance(figure.key, CellRef)
            found[figure.key.table, figure.key.col].append(figure)
        return [sorted(own, key=lambda f: f.key.row if isinstance(f.key, CellRef) else 0) for own in found.values()]


Planter = Callable[[Subject, Random], Iterator[tuple[Edit, ...]]]


def _shuffled(figures: Sequence[Figure], chance: Random) -> list[Figure]:
    return chance.sample(figures, len(figures))


def _simple(slip: Slip) -> Planter:
    def plant(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
        for figure in _shuffled(subject.single, chance):
            new = slip(figure.text, figure.amount.unit, chance)
            if new is not None:
                yield (Edit.of(figure, new),)

    return plant


def _copied(neighbour: Callable[[Subject, Figure], Figure | None]) -> Planter:
    def plant(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
        for figure in _shuffled(subject.single, chance):
            other = neighbour(subject, figure)
            if other is not None and other.amount.value != figure.amount.value:
                yield (Edit.of(figure, other.text),)

    return plant


def _above(subject: Subject, figure: Figure) -> Figure | None:
    key = figure.key
    assert isinstance(key, CellRef)
    return subject.at.get(CellRef(key.table, key.row - 1, key.col))


def _left(subject: Subject, figure: Figure) -> Figure | None:
    row = subject.row(figure)
    index = row.index(figure)
    return row[index - 1] if index else None


def _previous_item(subject: Subject, figure: Figure) -> Figure | None:
    """The figure of the row before it under the same head, in the same column."""
    key, row = figure.key, figure.row
    assert isinstance(key, CellRef) and row is not None
    siblings = [
        r.index
        for r in subject.tables[key.table].rows
        if r.block == row.block and r.parent == row.parent and r.role is row.role and r.index < key.row
    ]
    return subject.at.get(CellRef(key.table, siblings[-1], key.col)) if siblings else None


def _rows_exchanged(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
    """All figures of a row and of the one before it under the same head, exchanged."""
    for figure in _shuffled(subject.single, chance):
        other = _previous_item(subject, figure)
        if other is None:
            continue
        upper = {f.column.index: f for f in subject.row(other) if f.column}
        lower = {f.column.index: f for f in subject.row(figure) if f.column}
        edits: list[Edit] = []
        for index in sorted(upper.keys() | lower.keys()):
            a = upper.get(index) or _blank(subject, other, lower[index])
            b = lower.get(index) or _blank(subject, figure, upper[index])
            if a is not None and b is not None and a.amount.value != b.amount.value:
                edits += [Edit.of(a, b.text), Edit.of(b, a.text)]
        if edits:
            yield tuple(edits)


def _blank(subject: Subject, near: Figure, like: Figure) -> Figure | None:
    assert isinstance(near.key, CellRef) and like.column is not None
    return blank_figure(subject.tables[near.key.table], near, like.column)


def _rows_shifted(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
    """Some figures of one column, each printed a row too low; the first row is left empty."""
    columns = [c for c in subject.columns if len(c) >= MIN_SHIFTED]
    for column in chance.sample(columns, len(columns)):
        size = chance.randint(MIN_SHIFTED, min(MAX_SHIFTED, len(column)))
        start = chance.randint(0, len(column) - size)
        run = column[start : start + size]
        edits = [Edit.of(run[0], "")]
        edits += [Edit.of(low, high.text) for high, low in pairwise(run)]
        edits = [e for e in edits if e.value != e.figure.amount.value]
        if len(edits) > 1:
            yield tuple(edits)


def _nature_exchanged(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
    """基本支出 and 项目支出 (or another pair of natures) of one row printed in each other's column."""
    for figure in _shuffled(subject.single, chance):
        assert isinstance(figure.key, CellRef) and figure.column is not None
        columns = subject.tables[figure.key.table].columns
        beside = next(
            (c for c in columns if c.index == figure.column.index + 1 and c.block == figure.column.block), None
        )
        natures = {c.aspects.get("nature", "") for c in (figure.column, beside) if c is not None}
        if beside is None or len(natures) != 2 or "" in natures:
            continue
        key = CellRef(figure.key.table, figure.key.row, beside.index)
        other = subject.at.get(key) or blank_figure(subject.tables[key.table], figure, beside)
        if other is not None and other.amount.value != figure.amount.value:
            yield Edit.of(figure, other.text), Edit.of(other, figure.text)


def _total_stale(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
    """A component was revised everywhere but in one total: against the revised document that total is off by the revision."""
    for figure in _shuffled(subject.single, chance):
        leaves = [
            o
            for check in subject.bonds.checks(figure.key)
            if check.kind == "sum" and check.target.ref == figure.key and check.verdict is not Verdict.FAILED
            for o in check.operands
            if o.amount.value and o.ref is not None
        ]
        if len(leaves) < 2:
            continue
        leaf = chance.choice(leaves)
        revision = leaf.amount.value * chance.choice((-30, -20, -15, -10, -5, 5, 10, 15, 20, 30)) / 100
        new = restyled((figure.amount.value + revision) / figure.amount.unit, figure.text)
        edit = Edit.of(figure, new)
        if edit.value != figure.amount.value:
            yield (edit,)


def _component_off(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
    """A component that no sum makes up is off by a unit of its last digit."""
    for figure in _shuffled(subject.single, chance):
        checks = [c for c in subject.bonds.checks(figure.key) if c.kind == "sum"]
        if not checks or any(c.target.ref == figure.key for c in checks):
            continue
        new = off_by_little(figure.text, figure.amount.unit, chance)
        if new is not None:
            yield (Edit.of(figure, new),)


def _two(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
    """Two slips of single figures in two tables."""
    slips = [SLIPS[name] for name in sorted(SLIPS)]
    figures = [f for f in _shuffled(subject.single, chance) if f.amount.value]
    for a, b in zip(figures, reversed(_shuffled(figures, chance)), strict=True):
        assert isinstance(a.key, CellRef) and isinstance(b.key, CellRef)
        if a.key.table == b.key.table:
            continue
        texts = [chance.choice(slips)(f.text, f.amount.unit, chance) for f in (a, b)]
        if all(text is not None for text in texts):
            yield tuple(Edit.of(f, text or "") for f, text in zip((a, b), texts, strict=True))


def _said(subject: Subject, chance: Random, *, percent: bool) -> list[Figure]:
    own = [f for f in subject.amounts if f.claim and f.claim.percent == percent and f.amount.value]
    return _shuffled([f for f in own if f.claim and f.claim.role != "aside"], chance)


def _said_digit(percent: bool) -> Planter:
    def plant(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
        for figure in _said(subject, chance, percent=percent):
            new = digit_changed(figure.text, figure.amount.unit, chance)
            if new is not None:
                yield (Edit.of(figure, new),)

    return plant


def _said_neighbour(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
    """An amount and the next one of the sentence exchanged."""
    following = {id(a): b for a, b in pairwise(f for f in subject.amounts if f.claim and not f.claim.percent)}
    for figure in _said(subject, chance, percent=False):
        other = following.get(id(figure))
        if (
            other is not None
            and figure.claim is not None
            and other.claim is not None
            and other.claim.sentence is figure.claim.sentence
            and other.amount.unit == figure.amount.unit
            and other.amount.value != figure.amount.value
        ):
            yield Edit.of(figure, other.text), Edit.of(other, figure.text)


def _said_unit(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
    """元 for 万元 and the other way round."""
    for figure in _said(subject, chance, percent=False):
        found = re.match(r"万元|元", figure.home.text[figure.end :])
        if found is None:
            continue
        new = "元" if found.group() == "万元" else "万元"
        value = figure.amount.value / figure.amount.unit * UNITS[new]
        yield (Edit(figure, new, value, figure.end, figure.end + len(found.group()), UNITS[new]),)


def _said_direction(subject: Subject, chance: Random) -> Iterator[tuple[Edit, ...]]:
    """增加 for 减少 and the like, before an amount or a percentage."""
    own = [f for f in subject.amounts if f.claim and f.claim.direction and f.amount.value]
    for figure in _shuffled(own, chance):
        lead = figure.home.text[: figure.start]
        found = re.search(rf"({'|'.join(_TURNED)})[^，。；、]{{0,6}}$", lead)
        if found is not None:
            start, word = found.start(1), found.group(1)
            yield (Edit(figure, _TURNED[word], figure.amount.value, start, start + len(word), figure.amount.unit),)


TABLE_KINDS: dict[str, Planter] = {
    **{name: _simple(slip) for name, slip in SLIPS.items()},
    "copied-above": _copied(_above),
    "copied-left": _copied(_left),
    "copied-item": _copied(_previous_item),
    "rows-exchanged": _rows_exchanged,
    "rows-shifted": _rows_shifted,
    "nature-exchanged": _nature_exchanged,
    "total-stale": _total_stale,
    "component-off": _component_off,
}
"""One error in a table, by kind."""
SEVERAL = ("rows-exchanged", "rows-shifted", "nature-exchanged")
"""Kinds of one error that leave several figures wrong."""
PAIR = "two-errors"
TEXT_KINDS: dict[str, Planter] = {
    "text-digit": _said_digit(percent=False),
    "text-neighbour": _said_neighbour,
    "text-unit": _said_unit,
    "text-percent": _said_digit(percent=True),
    "text-direction": _said_direction,
}
"""One error in the text, by kind; the first three are those of amounts."""
TEXT_AMOUNTS = ("text-digit", "text-neighbour", "text-unit")
PLANTERS: dict[str, Planter] = {**TABLE_KINDS, PAIR: _two, **TEXT_KINDS}


def mutants(subject: Subject, kind: str, seed: int, limit: int) -> list[Mutant]:
    """Up to ``limit`` mutants of one kind, the same ones for the same seed. Raises KeyError for an unknown kind."""
    planted: list[Mutant] = []
    for edits in PLANTERS[kind](subject, Random(f"{seed}/{subject.name}/{kind}")):
        planted.append(Mutant(kind, edits))
        if len(planted) == limit:
            break
    return planted
