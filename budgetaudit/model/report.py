"""Findings and the report: what people are told, with what was checked and what could not be."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetaudit.model.check import CellRef, Check, Fact, Operand, Severity, Verdict
from budgetaudit.model.document import Document, Place, Problem
from budgetaudit.model.table import Profile, Table
from budgetaudit.model.text import Narrative


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that a repair changes: where it stands, what is printed there and what should be."""

    operand: Operand
    expected: str
    """The repaired figure as it would be printed, in the unit of the printed one."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A smallest set of changes that makes every failing check of one root hold and breaks none that held."""

    changes: tuple[Change, ...]
    checks: int
    """How many checks hold once the changes are made, those that failed and those that held already."""
    slip: str = ""
    """What most likely happened, as a short name (digits-swapped, decimal-shift, ...); empty where it has no shape."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the reader of a report should look at. It cannot exist without a place.

    Findings of one cause share a root: the head has an empty ``root``, its dependants name the head's ``id``.
    """

    id: str
    code: str
    category: str
    severity: Severity
    confidence: float
    message: str
    place: Place
    table: str = ""
    """Title of the table."""
    row: str = ""
    column: str = ""
    quote: str = ""
    reported: str = ""
    """The printed figure as printed."""
    expected: str = ""
    difference: str = ""
    unit: str = ""
    operands: tuple[Operand, ...] = ()
    root: str = ""
    suggestion: str = ""
    ref: CellRef | None = None
    formula: str = ""
    repairs: tuple[Repair, ...] = ()
    """Smallest repairs of this root, the likeliest first; several are alternatives, none was found where it is empty."""


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule (or part of it) that could not run, and why."""

    code: str
    reason: str
    by_choice: bool = False
    """Whether the user switched the rule off, in place of something missing in the document."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A finding that a report leaves out, and why: below what the user wants to see, or accepted earlier."""

    finding: Finding
    reason: str
    accepted: bool = False
    """Whether a person looked at it and accepted it, in place of a limit that hides all of its kind."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the document was reached by checks. Cells are printed numbers of amount columns."""

    tables: int = 0
    tables_recognised: int = 0
    numeric_cells: int = 0
    numeric_cells_checked: int = 0
    numeric_cells_checked_twice: int = 0
    numeric_cells_cross_checked: int = 0
    amounts: int = 0
    amounts_matched: int = 0
    """Amounts of the text that were compared with a figure of a table."""
    amounts_checked: int = 0
    """Amounts of the text in any check, the text's own arithmetic included."""


@dataclass(frozen=True, slots=True)
class Stale:
    """What a baseline covers and no finding says any more: the rule and the place, and how many of them."""

    what: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one audit found out."""

    document: Document
    profile: Profile
    tables: tuple[Table, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    not_checked: tuple[NotChecked, ...] = ()
    problems: tuple[Problem, ...] = ()
    facts: tuple[Fact, ...] = ()
    """Every printed amount of the tables with its aspects: the tidy form of the document."""
    hidden: tuple[Hidden, ...] = ()
    """Findings that are not among ``findings`` because the user does not want them there."""
    stale: tuple[Stale, ...] = ()
    """Entries of the user's baseline to which no finding answers."""
    narrative: Narrative = field(default_factory=Narrative)
    """The text outside the tables."""

    def count(self, verdict: Verdict) -> int:
        """Number of checks with this verdict."""
        return sum(1 for check in self.checks if check.verdict is verdict)
