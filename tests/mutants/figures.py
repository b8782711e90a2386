"""Printed figures of a document that can be changed: cells of tables and amounts of the text, and the change itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budgetaudit.amount import decimals, parse_number
from budgetaudit.coverage import numeric_cells
from budgetaudit.model import (
    Amount,
    Cell,
    CellRef,
    Column,
    Document,
    Grid,
    Line,
    Operand,
    Page,
    Place,
    Report,
    Row,
    Table,
)
from budgetaudit.narrative.claims import Claim, claims, plain
from budgetaudit.narrative.text import narrative

Key = CellRef | tuple[Place, str]
"""What tells one figure from another: a cell of a table, or a line of the text and the digits printed there."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed: the cell or line it stands in, from which offset to which, and its value in yuan.

    ``places`` are where a finding about it may stand: its cell, or the lines of its sentence.
    """

    home: Cell | Line
    start: int
    end: int
    amount: Amount
    key: Key
    places: tuple[Place, ...]
    title: str = ""
    form: str = ""
    row: Row | None = None
    column: Column | None = None
    claim: Claim | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """The figure as printed, without its unit."""
        return self.home.text[self.start : self.end]

    @property
    def label(self) -> str:
        """Table, row and column, or the words around an amount of the text."""
        if self.row is None or self.column is None:
            return self.claim.quote[-30:] if self.claim is not None else self.home.text[:30]
        return f"{self.title}·{self.row.code} {self.row.label}·{'/'.join(self.column.path)}"


@dataclass(frozen=True, slots=True)
class Edit:
    """What is printed instead, in a span of a figure's home, and what the figure then is worth in yuan."""

    figure: Figure
    new: str
    value: Decimal
    start: int
    end: int
    unit: Decimal
    """Yuan per printed unit once the edit is made."""

    @property
    def old(self) -> str:
        """What the span printed before."""
        return self.figure.home.text[self.start : self.end]

    @classmethod
    def of(cls, figure: Figure, new: str) -> Edit:
        """The figure printed as ``new``; an empty text counts as zero."""
        number = parse_number(new) or Decimal(0)
        return cls(figure, new, number * figure.amount.unit, figure.start, figure.end, figure.amount.unit)


def key_of(operand: Operand) -> Key:
    """The key of the figure that an operand of a check stands for."""
    return operand.ref if operand.ref is not None else (operand.place, operand.amount.text)


def restyled(value: Decimal, like: str) -> str:
    """A number in printed units with the decimals and the separators of another print."""
    places = decimals(like)
    whole = like.lstrip("-(").split(".")[0]
    separators = "," in like or len(whole) <= 3
    return f"{value:,.{places}f}" if separators else f"{value:.{places}f}"


def applied(document: Document, edits: Iterable[Edit]) -> Document:
    """The document with every edit printed; everything else is the same object."""
    by_home: dict[Cell | Line, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_home[edit.figure.home].append(edit)
    texts = {home: _edited(home.text, own) for home, own in by_home.items()}
    return replace(document, pages=tuple(_page(page, texts) for page in document.pages))


def _edited(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda e: -e.start):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def _page(page: Page, texts: dict[Cell | Line, str]) -> Page:
    numbers = {home.place.page for home in texts}
    if page.number not in numbers and None not in numbers:
        return page
    lines = tuple(replace(line, text=texts[line]) if line in texts else line for line in page.lines)
    return replace(page, lines=lines, grids=tuple(_grid(grid, texts) for grid in page.grids))


def _grid(grid: Grid, texts: dict[Cell | Line, str]) -> Grid:
    if not any(cell in texts for cell in grid.cells):
        return grid
    return replace(grid, cells=tuple(replace(cell, text=texts[cell]) if cell in texts else cell for cell in grid.cells))


def table_figures(report: Report) -> list[Figure]:
    """Every printed number of an amount column, as coverage counts them."""
    known = {cell for page in report.document.pages for grid in page.grids for cell in grid.cells}
    return [f for table in report.tables for f in _of_table(table) if f.home in known]


def _of_table(table: Table) -> Iterator[Figure]:
    rows = {(row.index, row.block): row for row in table.rows}
    columns = {column.index: column for column in table.columns}
    for row, col in numeric_cells(table):
        cell, column = table.grid[row][col], columns.get(col)
        if cell is None or column is None or parse_number(cell.text) is None:
            continue
        yield Figure(
            home=cell,
            start=0,
            end=len(cell.text),
            amount=table.amounts[row, col],
            key=CellRef(table.id, row, col),
            places=(cell.place,),
            title=table.title or table.form_name,
            form=table.form,
            row=rows.get((row, column.block)),
            column=column,
        )


def blank_figure(table: Table, near: Figure, column: Column) -> Figure | None:
    """The empty cell of a figure's row in another column, which an exchange may fill; None where there is none."""
    assert isinstance(near.key, CellRef)
    position = near.key.row, column.index
    cell, amount = table.cell(*position), table.amounts.get(position)
    if cell is None or amount is None or not amount.blank:
        return None
    key = CellRef(table.id, *position)
    return replace(
        near, home=cell, start=0, end=len(cell.text), amount=amount, key=key, places=(cell.place,), column=column
    )


def text_figures(report: Report) -> list[Figure]:
    """Amounts and percentages of the text that stand on one line and can be told apart there."""
    lines = {line.place: line for page in report.document.pages for line in page.lines}
    text = narrative(report.document, report.tables)
    found: list[Figure] = []
    for claim in claims(text, report.profile.year):
        line = lines.get(claim.place)
        span = _span(line.text, claim) if line is not None else None
        if line is None or span is None:
            continue
        places = tuple(dict.fromkeys((claim.place, claim.sentence.place, *(p for _, p in claim.sentence.pieces))))
        section = claim.sentence.section[-1] if claim.sentence.section else ""
        found.append(
            Figure(line, *span, claim.amount, (claim.place, claim.amount.text), places, section, "text", claim=claim)
        )
    return found


def _span(line: str, claim: Claim) -> tuple[int, int] | None:
    """Offsets of a claim's number in its printed line, found with as many characters before it as make it unique."""
    at = [i for i, character in enumerate(line) if not character.isspace()]
    printed = plain("".join(line[i] for i in at))
    number = claim.amount.text.removesuffix("%")
    lead = "".join(plain(claim.sentence.text[: claim.start]).split())
    for size in range(len(lead) + 1):
        wanted = lead[len(lead) - size :] + number
        if (count := printed.count(wanted)) == 1:
            start = printed.index(wanted) + size
            return at[start], at[start + len(number) - 1] + 1
        if not count:
            return None
    return None
