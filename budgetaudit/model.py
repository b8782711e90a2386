"""The nouns of budgetaudit: frozen values that travel from the reader to the reports.

Every printed figure keeps its place (page and box, or the line of a text file) from the moment it is read. Amounts are
``Decimal`` in yuan. Boxes are in points from the top left corner of the page as a viewer shows it (after /Rotate).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

BBox = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points; the origin is the top left corner of the displayed page."""


# ---------------------------------------------------------------------------------------------- what a reader delivers


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a page from 1 with a box, or a line from 1 of a text file.

    ``file`` counts from 0 the documents that are audited together (links between documents); 0 for a single one.
    """

    page: int | None = None
    bbox: BBox | None = None
    line: int | None = None
    file: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a ruled grid; a merged cell is one Cell that spans rows and columns.

    ``text`` is as printed, visual lines joined by a line feed. ``indent`` is the distance in points (characters for
    text files) between the cell's left edge and its first ink: some layouts show levels only so.
    """

    text: str
    place: Place
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    indent: float = 0.0

    @property
    def flat(self) -> str:
        """The text on one line: wrapped lines joined without a space, outer blanks dropped."""
        return self.text.replace("\n", "").strip()

    def __hash__(self) -> int:
        # Cells are put into sets by the hundred thousand; these three tell the cells of a grid apart.
        return hash((self.text, self.row, self.col))


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled grid as it stands on one page (or a run of tabbed lines of a text file)."""

    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    place: Place
    x_edges: tuple[float, ...] = ()
    y_edges: tuple[float, ...] = ()
    engine: str = "pdfium"
    doubt: str = ""
    """Why this reading should not be trusted blindly, reasons joined by "；"; empty when nothing speaks against it."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Each reason, a text that ``lang._`` translates."""
        return tuple(self.doubt.split("；")) if self.doubt else ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text that stands outside every grid."""

    text: str
    place: Place
    size: float = 0.0
    """Height of its characters in points."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines outside grids and its grids, both from top to bottom."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    grids: tuple[Grid, ...] = ()
    characters: int = 0
    image_share: float = 0.0
    """Share of the page that images cover, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or recognised, and where."""

    what: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a disclosure that was published in several: its pages are counted on from the file before it."""

    path: str
    first_page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: pages of lines and grids. A text file is one page whose places are lines."""

    path: str
    sha256: str
    format: str
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...] = ()
    parts: tuple[Part, ...] = ()
    """The files it was joined from, in order; empty for a single file."""


# -------------------------------------------------------------------------------------------------- recognised tables


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed figure in yuan. ``half`` is half a unit of its last printed digit (0 where fen are exact).

    ``text`` is as printed, so that blank, zero, a dash and an unreadable text stay apart.
    """

    text: str
    value: Decimal
    half: Decimal = Decimal(0)
    unit: Decimal = Decimal(1)

    @property
    def blank(self) -> bool:
        """True where nothing (or a dash) was printed: it counts as zero in sums."""
        return not any(character.isdigit() for character in self.text)


class RowRole(StrEnum):
    """What a row of a table is for."""

    TOTAL = "total"
    ITEM = "item"
    PART = "part"  # 其中: a partial listing of the row above
    UNIT = "unit"  # the head of a sub-unit's block
    BLANK = "blank"


class ColumnRole(StrEnum):
    """What a column of a table holds."""

    CODE = "code"
    NAME = "name"
    AMOUNT = "amount"
    ORDINAL = "ordinal"  # 序号, 行次
    RATIO = "ratio"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header texts from the top (a merged header counts for each column under it)."""

    index: int
    path: tuple[str, ...]
    role: ColumnRole
    block: int = 0
    """Number of the side it belongs to in a table whose blocks stand side by side, from 0."""
    aspects: Mapping[str, str] = field(default_factory=dict)
    unit: Decimal | None = None
    """Yuan per printed unit where the column's own header says so, else None."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one block of a table."""

    index: int
    block: int
    role: RowRole
    label: str
    code: str = ""
    dimension: str = ""
    """function, economic, government-economic, item, project, unit, procurement or empty."""
    level: int = 0
    parent: int | None = None
    """Position of its parent in Table.rows, None at the top."""
    aspects: Mapping[str, str] = field(default_factory=dict)
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its continuation pages joined and its parts named.

    ``grid[r][c]`` is the Cell that covers that position (a merged cell appears at each position it covers). ``rows``
    are the body rows block after block, so that a two-sided table has two rows for one grid row.
    """

    id: str
    title: str
    pages: tuple[int, ...]
    grid: tuple[tuple[Cell | None, ...], ...]
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    form: str = ""
    """Key of the recognised form (data/forms.toml); empty where the table was not recognised."""
    form_name: str = ""
    number: str = ""
    unit: Decimal | None = None
    """Yuan per printed unit: 1, 10000 ...; None where no unit is printed."""
    unit_text: str = ""
    organisation: str = ""
    aspects: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Line, ...] = ()
    place: Place = Place()
    amounts: Mapping[tuple[int, int], Amount] = field(default_factory=dict)
    """(grid row, grid column) -> figure, for every cell of an amount column in a body row, blank ones included."""
    doubt: str = ""
    empty_statement: str = ""
    """The sentence that says why the table is blank, where there is one."""

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell that covers a position of the joined grid, or None outside of it."""
        if 0 <= row < len(self.grid) and 0 <= col < len(self.grid[row]):
            return self.grid[row][col]
        return None

    def body_indices(self) -> Iterator[int]:
        """Grid row numbers below the header, in order, each once."""
        head = set(self.header_rows)
        return (index for index in range(len(self.grid)) if index not in head)


@dataclass(frozen=True, slots=True)
class Profile:
    """Who published what: taken from the text, never from the file name."""

    title: str = ""
    department: str = ""
    kind: str = "other"
    """budget, final-account or other."""
    year: int | None = None
    level: str = ""
    """department (with its units), unit (one of them, or the department's own level); empty where the text does not say."""


# ------------------------------------------------------------------------------------------------- facts and checks


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
    """How the target of a derived check follows from its operands, in their order; percentages are per hundred."""

    QUOTIENT = "quotient"  # a / b, a percentage
    GROWTH = "growth"  # change / (value - change), a percentage
    DECLINE = "decline"  # change / (value + change), a percentage
    GROWTH_FROM = "growth-from"  # (value - prior) / prior for prior, value, a percentage
    DECLINE_FROM = "decline-from"  # (prior - value) / prior for prior, value, a percentage
    DIFFERENCE = "difference"  # |a - b|, an amount


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
    """For a derived check: how its target follows from its operands; None where it is their sum or not told."""

    @property
    def difference(self) -> Decimal:
        """Printed minus expected, in yuan."""
        return self.target.amount.value - self.expected

    @property
    def refs(self) -> tuple[CellRef, ...]:
        """Cells of tables that take part."""
        return tuple(o.ref for o in (self.target, *self.operands) if o.ref is not None)


# ---------------------------------------------------------------------------------------------------------- findings


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
class Section:
    """A heading of the text: what is printed there, its level from 1 (the widest), and where."""

    title: str
    level: int
    place: Place


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
    sections: tuple[Section, ...] = ()
    """Headings of the text in reading order."""

    def count(self, verdict: Verdict) -> int:
        """Number of checks with this verdict."""
        return sum(1 for check in self.checks if check.verdict is verdict)
