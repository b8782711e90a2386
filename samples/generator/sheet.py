"""A table before it is drawn: a header tree, body rows of cells, and the place each cell gets on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell; ``indent`` counts levels, ``align`` is l, c or r."""

    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    align: str = "l"
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """A node of the header tree; leaves have a key and a relative width."""

    text: str
    children: tuple[Head, ...] = ()
    key: str = ""
    width: float = 1.0

    def leaves(self) -> Iterator[tuple[Head, tuple[str, ...]]]:
        """Each leaf below with the header texts from the top."""
        if not self.children:
            yield self, (self.text,)
        for child in self.children:
            for leaf, path in child.leaves():
                yield leaf, (self.text, *path)

    @property
    def depth(self) -> int:
        """Number of header rows that it needs."""
        return 1 + max((child.depth for child in self.children), default=0)


def head(text: str, key: str, width: float = 1.0) -> Head:
    """A leaf of the header tree."""
    return Head(text, (), key, width)


def group(text: str, *children: Head) -> Head:
    """A merged header over its children."""
    return Head(text, children)


@dataclass(slots=True)
class BodyRow:
    """Cells by column, None where a merged cell covers the position; ``keys`` are the names of the row (one a side)."""

    keys: tuple[str, ...]
    cells: list[Cell | None]


@dataclass(slots=True)
class Sheet:
    """A table of a sample document."""

    key: str
    title: str
    form: str
    unit: str
    heads: tuple[Head, ...]
    body: list[BodyRow] = field(default_factory=list)
    number: str = ""
    organisation: str = ""
    notes: tuple[str, ...] = ()
    ordinal: tuple[str, ...] = ()
    """A header row of column numbers under the header, or nothing."""
    title_inside: bool = False
    repeat_header: bool = True
    places: dict[tuple[int, int], list[tuple[int, Bounds]]] = field(default_factory=dict)
    """(body row, column) -> the pages and boxes it was drawn on."""
    pages: list[int] = field(default_factory=list)

    def leaves(self) -> list[tuple[Head, tuple[str, ...]]]:
        """Columns from the left, each with its header path."""
        return [pair for node in self.heads for pair in node.leaves()]

    def column(self, key: str) -> int:
        """Index of a column; KeyError where there is none."""
        for index, (leaf, _) in enumerate(self.leaves()):
            if leaf.key == key:
                return index
        raise KeyError(f"{self.key}: no column {key}")

    def find(self, row_key: str) -> int:
        """Index of the body row with this name; KeyError where there is none."""
        for index, row in enumerate(self.body):
            if row_key in row.keys:
                return index
        raise KeyError(f"{self.key}: no row {row_key}")

    def text(self, row_key: str, column_key: str) -> str:
        """What is printed in a cell; KeyError where there is none."""
        cell = self.body[self.find(row_key)].cells[self.column(column_key)]
        if cell is None:
            raise KeyError(f"{self.key}: {row_key}/{column_key} is covered")
        return cell.text

    def put(self, row_key: str, column_key: str, text: str) -> None:
        """Print something else in a cell."""
        row, column = self.body[self.find(row_key)], self.column(column_key)
        cell = row.cells[column]
        if cell is None:
            raise KeyError(f"{self.key}: {row_key}/{column_key} is covered")
        row.cells[column] = replace(cell, text=text)

    def header_rows(self) -> list[list[Cell | None]]:
        """The header as rows of cells, merged ones spanning."""
        depth = max(node.depth for node in self.heads)
        width = len(self.leaves())
        rows: list[list[Cell | None]] = [[None] * width for _ in range(depth)]

        def place(node: Head, level: int, left: int) -> int:
            span = sum(1 for _ in node.leaves())
            rowspan = 1 if node.children else depth - level
            rows[level][left] = Cell(node.text, span, rowspan, "c")
            start = left
            for child in node.children:
                start = place(child, level + 1, start)
            return left + span

        left = 0
        for node in self.heads:
            left = place(node, 0, left)
        if self.ordinal:
            rows.append([Cell(text, align="c") for text in self.ordinal])
        if self.title_inside:
            inner: list[Cell | None] = [None] * width
            inner[0] = Cell(self.title, width, 1, "c")
            rows.insert(0, inner)
        return rows


def row(keys: str | Sequence[str], *cells: Cell | str | None) -> BodyRow:
    """A body row; a plain string that holds a number is an amount and stands right, other text stands left."""
    names = (keys,) if isinstance(keys, str) else tuple(keys)
    return BodyRow(names, [amount(c) if isinstance(c, str) else c for c in cells])


def amount(text: str) -> Cell:
    """A cell that stands right."""
    return Cell(text, align="r")


def label(text: str, indent: int = 0, colspan: int = 1) -> Cell:
    """A cell that stands left, so many levels in."""
    return Cell(text, colspan, 1, "l", indent)


def middle(text: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    """A cell that stands in the middle."""
    return Cell(text, colspan, rowspan, "c")
