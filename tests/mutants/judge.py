"""What an audit said about a planted error: findings that were not there before, and whether they name the culprit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from budgetaudit.amount import UNITS, is_blank, parse_number
from budgetaudit.model import CellRef, Finding, Operand, Place, Report, Severity
from tests.mutants.figures import Edit

LINE = 20.0
"""Points by which a line of the text may move when its page is drawn again with other digits."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``placed``: a head stands at the culprit (all of them, for slips of several figures); ``named``: it also gives the
    right value. ``noticed``: only a notice (a rounding residue) speaks of it. Heads are findings that depend on no other.
    """

    found: bool
    noticed: bool
    placed: bool
    named: bool
    heads: int
    unrelated: int
    unrelated_notices: int
    said: tuple[str, ...] = ()


def judged(before: Report, after: Report, edits: Sequence[Edit], *, redrawn: bool = False) -> Verdict:
    """Compare the findings before and after. ``redrawn`` allows lines of the text to have moved a little."""
    known = {_identity(f) for f in before.findings}
    places = {(f.code, f.place, f.ref, f.reported) for f in before.findings}
    fresh = [f for f in after.findings if _identity(f) not in known]
    mine = [f for f in fresh if any(_speaks_of(f, edit, redrawn) for edit in edits)]
    heads = [f for f in fresh if not f.root or f.root == f.id]
    mine_heads = [f for f in heads if f in mine]
    strange = [f for f in heads if f not in mine and (f.code, f.place, f.ref, f.reported) not in places]
    grave = [f for f in strange if f.severity is not Severity.NOTICE]
    return Verdict(
        found=any(f.severity is not Severity.NOTICE for f in mine),
        noticed=bool(mine),
        placed=all(any(_culprit(f, edit, redrawn) for f in mine_heads) for edit in edits),
        named=all(any(_names(f, edit, redrawn) for f in mine_heads) for edit in edits),
        heads=sum(f.severity is not Severity.NOTICE for f in heads),
        unrelated=len(grave),
        unrelated_notices=len(strange) - len(grave),
        said=tuple(_brief(f) for f in [*mine_heads, *grave]),
    )


def _identity(finding: Finding) -> tuple[object, ...]:
    f = finding
    return f.code, f.place, f.ref, f.reported, f.expected, f.difference


def _brief(finding: Finding) -> str:
    where = f"{finding.code} p{finding.place.page} {finding.table}·{finding.row}·{finding.column}"
    return f"{finding.severity.value} {where}: {finding.reported} -> {finding.expected}"


def _operands(finding: Finding) -> Iterator[Operand]:
    yield from finding.operands
    for repair in finding.repairs:
        for change in repair.changes:
            yield change.operand


def _speaks_of(finding: Finding, edit: Edit, redrawn: bool) -> bool:
    return _at(finding.place, finding.ref, edit, redrawn) or any(
        _at(o.place, o.ref, edit, redrawn) for o in _operands(finding)
    )


def _culprit(finding: Finding, edit: Edit, redrawn: bool) -> bool:
    return _at(finding.place, finding.ref, edit, redrawn) or any(
        _at(o.place, o.ref, edit, redrawn) for o, _ in _first_repair(finding)
    )


def _first_repair(finding: Finding) -> Iterable[tuple[Operand, str]]:
    return [(c.operand, c.expected) for c in finding.repairs[0].changes] if finding.repairs else []


def _names(finding: Finding, edit: Edit, redrawn: bool) -> bool:
    """Whether a head (or its first repair) stands at the edit and gives back what was printed before."""
    said = [(finding.place, finding.ref, finding.expected)]
    said += [(o.place, o.ref, expected) for o, expected in _first_repair(finding)]
    return any(_at(place, ref, edit, redrawn) and _gives_back(expected, edit) for place, ref, expected in said)


def _gives_back(expected: str, edit: Edit) -> bool:
    if not is_blank(edit.old) and edit.old not in UNITS and not any(c.isdigit() for c in edit.old):
        return edit.old in expected
    number = parse_number(re.sub(r"[^\d.,()\-]", "", expected))
    return number is not None and number * edit.unit == edit.figure.amount.value


def _at(place: Place, ref: CellRef | None, edit: Edit, redrawn: bool) -> bool:
    if isinstance(edit.figure.key, CellRef):
        if place.bbox is None:
            return ref == edit.figure.key
        return _meets(place, edit.figure.places[0], 0.0)
    if not redrawn:
        return place in edit.figure.places
    return any(_meets(place, own, LINE) for own in edit.figure.places)


def _meets(place: Place, own: Place, room: float) -> bool:
    """Whether the middle of a box lies within another one on the same page, with some room above and below it."""
    if place.page != own.page or place.bbox is None or own.bbox is None:
        return False
    x0, y0, x1, y1 = own.bbox
    middle = (place.bbox[1] + place.bbox[3]) / 2
    if room:
        return y0 - room <= middle <= y1 + room
    return x0 <= (place.bbox[0] + place.bbox[2]) / 2 <= x1 and y0 <= middle <= y1
