"""What to mark of a finding on its pages: the figures in question, and those that they are compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from budgetaudit.model import CellRef, Finding, Operand, Place
from budgetaudit.report.words import printed, visible


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to mark: where it stands, what it is, and whether it is the one in question."""

    place: Place
    label: str
    figure: str
    culprit: bool
    ref: CellRef | None = None


def boxes(finding: Finding) -> tuple[Box, ...]:
    """The places of a finding in its own document, each once, those in question first.

    In question are the figures that the likeliest repair changes; the finding's own place where there is no repair.
    """
    found: dict[Place, Box] = {}
    for box in (*_in_question(finding), *_compared(finding)):
        if box.place.file == finding.place.file and (box.place.page is not None or box.place.line is not None):
            found.setdefault(box.place, box)
    return tuple(found.values())


def _in_question(finding: Finding) -> Iterator[Box]:
    for repair in finding.repairs[:1]:
        for change in repair.changes:
            yield _of(change.operand, culprit=True)
    if not finding.repairs:
        yield _own(finding, culprit=True)


def _compared(finding: Finding) -> Iterator[Box]:
    yield _own(finding, culprit=False)
    for operand in finding.operands:
        yield _of(operand, culprit=False)
    for repair in finding.repairs[1:]:
        for change in repair.changes:
            yield _of(change.operand, culprit=False)


def _own(finding: Finding, *, culprit: bool) -> Box:
    label = visible(finding.row or finding.table, 60)
    return Box(finding.place, label, visible(finding.reported, 60), culprit, finding.ref)


def _of(operand: Operand, *, culprit: bool) -> Box:
    return Box(operand.place, visible(operand.label, 60), printed(operand.amount), culprit, operand.ref)
