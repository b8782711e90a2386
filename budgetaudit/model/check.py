"""Facts and checks: figures with their aspects, and the comparisons between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budgetaudit.model.document import Place
from budgetaudit.model.table import Amount


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell of a recognised table: table id, grid row and grid column."""

    table: str
    row: int
    col: int


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount with its aspects (flow, fund, function, economic, nature, item, measure, scope ...)."""

    amount: Amount
    ref: CellRef
    place: Place
    label: str
    aspects: Mapping[str, str]


class Verdict(StrEnum):
    """What became of a comparison."""

    HELD = "held"
    ROUNDING = "rounding"  # off by no more than the printed precision allows
    EXPLAINED = "explained"  # the gap is declared in the document
    FAILED = "failed"
    UNKNOWN = "unknown"  # could not be decided; Check.reason says why


class Severity(StrEnum):
    """error: the document contradicts itself; warning: very likely wrong; notice: rounding, wording, style."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Relation(StrEnum):
    """How the target of a check follows from its operands, in their order; percentages are per hundred."""

    QUOTIENT = "quotient"  # a / b, a percentage
    GROWTH = "growth"  # change / (value - change), a percentage
    DECLINE = "decline"  # change / (value + change), a percentage
    GROWTH_FROM = "growth-from"  # (value - prior) / prior for prior, value, a percentage
    DECLINE_FROM = "decline-from"  # (prior - value) / prior for prior, value, a percentage
    DIFFERENCE = "difference"  # |a - b|, an amount
    AT_MOST = "at-most"  # no more than a: a part of it, or its increase


@dataclass(frozen=True, slots=True)
class Operand:
    """One figure of a comparison. ``sign`` is +1 or -1; ``ref`` is None for figures of the narrative."""

    label: str
    amount: Amount
    place: Place
    ref: CellRef | None = None
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: ``target`` should equal the signed sum of ``operands``.

    For a SAME check each operand is a further print of the same figure (``kind`` is ``same``) and ``expected`` is the
    value most prints agree on. ``slack`` is the largest difference (yuan) that rounding alone can produce.
    """

    rule: str
    kind: str  # sum, same, balance; derived (share, growth, difference) and statement (words) for the text
    verdict: Verdict
    target: Operand
    operands: tuple[Operand, ...]
    expected: Decimal
    slack: Decimal = Decimal(0)
    formula: str = ""
    reason: str = ""
    confidence: float = 1.0
    quote: str = ""
    """The sentence in question, for checks of the text; empty where the row of the target cell is the quote."""
    message: str = ""
    """The finding's sentence where the numbers alone do not say it; empty for the standard one."""
    category: str = ""
    """Overrides the rule's category; empty keeps it."""
    severity: Severity | None = None
    """Overrides the rule's severity; None keeps it."""
    suggestion: str = ""
    expected_text: str = ""
    """What should stand there, where that is no amount (a word, a name, a date, a percentage)."""
    relation: Relation | None = None
    """How its target follows from its operands, for derived checks and statements about figures; None where it is their
    sum or not told.
    """

    @property
    def difference(self) -> Decimal:
        """Printed minus expected, in yuan."""
        return self.target.amount.value - self.expected

    @property
    def refs(self) -> tuple[CellRef, ...]:
        """Cells of tables that take part."""
        return tuple(o.ref for o in (self.target, *self.operands) if o.ref is not None)
