"""Recognised tables: figures, rows and columns with their parts, and who published them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from budgetaudit.model.document import NOWHERE, Cell, Line, Place


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
    place: Place = NOWHERE


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
    place: Place = NOWHERE
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
