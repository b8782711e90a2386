"""Cells of recognised tables as facts: amounts with aspects, grouped into series that rules can compare.

A series is one amount column of one block of one table. Columns are never merged across tables before they are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypeVar, cast

from budgetaudit.lang import _
from budgetaudit.model import Amount, CellRef, Column, ColumnRole, Document, Fact, Operand, Profile, Row, RowRole, Table
from budgetaudit.narrative import Narrative
from budgetaudit.narrative.claims import Claim, claims
from budgetaudit.vocabulary import is_whole, squash, strip_numbering, without_partial

T = TypeVar("T")
ZERO = Decimal(0)
SIDE_MEASURES = frozenset({"prior", "change", "of-which"})
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")


@dataclass(frozen=True, slots=True)
class Key:
    """Aspects that two figures must share to be the same figure; an empty string is the known total."""

    flow: str
    fund: str
    nature: str
    item: str
    measure: str


@dataclass(slots=True)
class Sheet:
    """A table with the lookups that rules need. Every rule asks for the same figures, so each is looked up once."""

    table: Table
    year: int | None
    children: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _columns: dict[int, tuple[Column, ...]] = field(default_factory=dict)
    _rows: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _measures: dict[int, str] = field(default_factory=dict)
    _operands: dict[tuple[int, int, int, str], Operand | None] = field(default_factory=dict)
    _row_labels: dict[int, str] = field(default_factory=dict)
    _column_labels: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for position, row in enumerate(self.table.rows):
            if row.parent is not None:
                self.children[row.parent].append(position)

    def blocks(self) -> list[int]:
        """Numbers of the blocks that have rows."""
        return sorted({row.block for row in self.table.rows})

    def rows(self, block: int) -> tuple[int, ...]:
        """Positions of the rows of a block that are not blank."""
        if block not in self._rows:
            own = (i for i, row in enumerate(self.table.rows) if row.block == block and row.role is not RowRole.BLANK)
            self._rows[block] = tuple(own)
        return self._rows[block]

    def groups(self) -> list[list[int]]:
        """Blocks that go on from one to the next (economic classes in two or three columns) taken together, others alone."""
        found: list[list[int]] = []
        for block in self.blocks():
            if (
                found
                and self._economic(block)
                and self._economic(found[-1][-1])
                and len(self.amount_columns(block)) == len(self.amount_columns(found[-1][0]))
            ):
                found[-1].append(block)
            else:
                found.append([block])
        return found

    def _economic(self, block: int) -> bool:
        coded = [r for r in self.table.rows if r.block == block and r.code]
        return bool(coded) and sum(r.dimension == "economic" for r in coded) >= 0.8 * len(coded)

    def group_rows(self, group: Sequence[int]) -> list[int]:
        """Positions of the rows of several blocks, block after block, without blank ones."""
        return [position for block in group for position in self.rows(block)]

    def counterpart(self, position: int, column: Column) -> Column:
        """The column that plays this column's part in the block of a row."""
        block = self.table.rows[position].block
        if column.block == block:
            return column
        order = [c.index for c in self.amount_columns(column.block)].index(column.index)
        own = self.amount_columns(block)
        return own[order] if order < len(own) else column

    def amount_columns(self, block: int) -> tuple[Column, ...]:
        """Amount columns of a block, from the left."""
        if block not in self._columns:
            own = (c for c in self.table.columns if c.block == block and c.role is ColumnRole.AMOUNT)
            self._columns[block] = tuple(own)
        return self._columns[block]

    def amount(self, position: int, column: int) -> Amount | None:
        """The figure of a row in a column; None where nothing can stand there or it is unreadable."""
        return self.table.amounts.get((self.table.rows[position].index, self._standing(position, column)))

    def _standing(self, position: int, column: int) -> int:
        """The column where a row's figure stands: right of its label where that is merged over the figure's own column."""
        row = self.table.rows[position]
        if row.role is not RowRole.TOTAL or (row.index, column) in self.table.amounts:
            return column
        cells = self.table.grid[row.index]
        label = cells[column] if column < len(cells) else None
        if label is None or column == 0 or cells[column - 1] is not label:
            return column
        return next((c for c in range(column + 1, len(cells)) if cells[c] is not label), column)

    def operand(self, position: int, column: Column, sign: int = 1, *, by: str = "row") -> Operand | None:
        """The figure with its place and a label: by ``row``, ``column``, ``both``, or ``table`` for both and the title."""
        column = self.counterpart(position, column)
        key = (position, column.index, sign, by)
        if key not in self._operands:
            self._operands[key] = self._operand(position, column, sign, by)
        return self._operands[key]

    def _operand(self, position: int, column: Column, sign: int, by: str) -> Operand | None:
        row = self.table.rows[position]
        standing = self._standing(position, column.index)
        value = self.table.amounts.get((row.index, standing))
        if value is None:
            return None
        cell = self.table.cell(row.index, standing)
        place = cell.place if cell is not None else row.place
        label = self._label(position, column, by)
        return Operand(label, value, place, CellRef(self.table.id, row.index, standing), sign)

    def _label(self, position: int, column: Column, by: str) -> str:
        parts = [self.table.title or self.table.form_name] if by == "table" else []
        if by != "column":
            if position not in self._row_labels:
                self._row_labels[position] = row_label(self.table.rows[position])
            parts.append(self._row_labels[position])
        if by != "row":
            if column.index not in self._column_labels:
                self._column_labels[column.index] = column_label(column)
            parts.append(self._column_labels[column.index])
        return "·".join(parts)

    def measure(self, column: Column) -> str:
        """The column's measure: prior where its header names another year than the document's."""
        if column.index not in self._measures:
            self._measures[column.index] = self._measure(column)
        return self._measures[column.index]

    def _measure(self, column: Column) -> str:
        measure = column.aspects.get("measure", "")
        if measure == "of-which" and column.aspects.get("nature") in ("basic", "project"):
            measure = ""  # 其中：基本支出、项目支出 part the whole between them
        if self.year is not None:
            years = [int(y) for text in column.path for y in _YEAR.findall(text)]
            if years and years[-1] != self.year:
                return f"year-{years[-1]}"
        return measure

    def side(self, column: Column) -> bool:
        """Whether a column stands aside of the year's figures: another year, a change, a partial listing."""
        measure = self.measure(column)
        return measure in SIDE_MEASURES or measure.startswith("year-")


def row_label(row: Row) -> str:
    """A row's label for a person: code and name."""
    code = row.code if row.code and not row.dimension.endswith("-name") else ""
    return f"{code} {row.label}".strip() or _("（无名行）")


def column_label(column: Column) -> str:
    """A column's header for a person."""
    texts = [text for text in column.path if text]
    return "/".join(texts[-2:]) if texts else _("第{column}列").format(column=column.index + 1)


@dataclass
class Series:
    """One amount column of one block: its aspects, its total and its rows by code."""

    sheet: Sheet
    block: int
    column: Column
    key: Key
    dimension: str
    totals: list[int]
    by_code: dict[str, list[int]]
    tops: list[int]

    @property
    def table(self) -> Table:
        """The table it belongs to."""
        return self.sheet.table

    @cached_property
    def total(self) -> list[Operand]:
        """The printed total (one operand) or, where none is printed, the top rows that make it up."""
        chosen = [self.grand_total] if self.grand_total is not None else self.tops
        return [o for p in chosen if (o := self.sheet.operand(p, self.column, by="table")) is not None]

    @cached_property
    def grand_total(self) -> int | None:
        """The total row of the whole series: not a 小计 where another total stands, the largest of several."""
        rows = self.table.rows
        grand = [p for p in self.totals if rows[p].aspects.get("scope") == "all"]
        grand = grand or [p for p in self.totals if not rows[p].label.endswith("小计")] or self.totals
        figures = [
            (a.value, p)
            for p in grand
            if (a := self.sheet.amount(p, self.sheet.counterpart(p, self.column).index)) is not None
        ]
        return max(figures)[1] if figures else None

    def total_value(self) -> Decimal:
        """The total in yuan."""
        return sum((o.amount.value for o in self.total), ZERO)

    @cached_property
    def wholes(self) -> list[Decimal]:
        """Every figure that may be the whole: with carry-over and without it, in yuan."""
        rows = self.table.rows
        printed = [p for p in self.totals if not ("unit" in rows[p].aspects and rows[p].label.endswith("小计"))]
        values = [o.amount.value for p in printed if (o := self.sheet.operand(p, self.column)) is not None]
        return list(dict.fromkeys([self.total_value(), *(v for v in values if v)]))

    def code_operands(self, code: str) -> list[Operand]:
        """Figures that make up one code: its own rows; for a class (类) without a row of its own, the rows under it where
        the rows of the series add up to its total.
        """
        positions = self.by_code.get(code)
        if positions is None:
            positions = self._class_rows(code) if len(code) == 3 and self.complete else []
        return [o for p in positions if (o := self.sheet.operand(p, self.column, by="table")) is not None]

    def listed(self, code: str) -> list[Operand]:
        """Figures of the rows that a class (类) has, whether or not the rows of the series add up to its total."""
        positions = self.by_code.get(code) or self._class_rows(code)
        return [o for p in positions if (o := self.sheet.operand(p, self.column, by="table")) is not None]

    def codes(self) -> set[str]:
        """Every code printed, and the classes (类) of codes that are printed without them."""
        return set(self.by_code) | {code[:3] for code in self.by_code if len(code) > 3}

    def _class_rows(self, code: str) -> list[int]:
        under = [c for c in self.by_code if c.startswith(code)]
        return [p for c in under if not any(c != o and c.startswith(o) for o in under) for p in self.by_code[c]]

    @cached_property
    def complete(self) -> bool:
        """Whether the rows by code add up to the total, so that a missing code means zero."""
        positions = [
            p for code in {c[:3] for c in self.by_code} for p in (self.by_code.get(code) or self._class_rows(code))
        ]
        amounts = [o.amount for p in positions if (o := self.sheet.operand(p, self.column)) is not None]
        slack = sum((a.half for a in amounts if a.value), ZERO) + sum((o.amount.half for o in self.total), ZERO)
        return abs(sum((a.value for a in amounts), ZERO) - self.total_value()) <= slack


class Book:
    """All tables of one document as sheets, series and facts."""

    def __init__(
        self,
        profile: Profile,
        tables: Sequence[Table],
        narrative: Narrative | None = None,
        document: Document | None = None,
    ) -> None:
        self.profile = profile
        self.tables = tuple(tables)
        self.narrative = narrative or Narrative()
        self.document = document
        self.sheets = [Sheet(table, profile.year) for table in tables if table.rows]
        self._names = _names(tables)
        self._made: dict[Callable[[Book], object], object] = {}

    def sheet(self, identity: str) -> Sheet:
        """The sheet of a table. Raises KeyError for a table without amounts."""
        for sheet in self.sheets:
            if sheet.table.id == identity:
                return sheet
        raise KeyError(identity)

    def code_of(self, row: Row) -> tuple[str, str]:
        """Code and dimension of a row: printed, or resolved by name through the document's own pairs."""
        if row.code and not row.dimension.endswith("-name"):
            return row.code, row.dimension
        codes = self._names.get(strip_numbering(without_partial(row.label)), {})
        if len(codes) == 1:
            return next(iter(codes.items()))
        return row.code, row.dimension.removesuffix("-name")

    def once(self, make: Callable[[Book], T]) -> T:
        """What ``make`` makes of this book, made at its first call: for what several rules read."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(T, self._made[make])

    @cached_property
    def claims(self) -> list[Claim]:
        """Amounts and percentages of the text."""
        return claims(self.narrative, self.profile.year)

    @cached_property
    def series(self) -> list[Series]:
        """All series of the document."""
        return [s for sheet in self.sheets for group in sheet.groups() for s in self._group_series(sheet, group)]

    def _group_series(self, sheet: Sheet, group: Sequence[int]) -> Iterator[Series]:
        block = group[0]
        rows = sheet.group_rows(group)
        by_code: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for position in rows:
            row = sheet.table.rows[position]
            if row.role is RowRole.TOTAL or row.role is RowRole.PART:
                continue
            code, dimension = self.code_of(row)
            if row.parent is not None and row.code and sheet.table.rows[row.parent].code == row.code:
                continue  # a project of the item whose row stands above
            if code and dimension in ("function", "economic"):
                by_code[dimension][code].append(position)
        dimension = max(by_code, key=lambda d: len(by_code[d]), default="")
        totals = [p for p in rows if sheet.table.rows[p].role is RowRole.TOTAL]
        tops = [
            p
            for p in rows
            if sheet.table.rows[p].parent is None and sheet.table.rows[p].role in (RowRole.ITEM, RowRole.UNIT)
        ]
        for column in sheet.amount_columns(block):
            yield Series(
                sheet=sheet,
                block=block,
                column=column,
                key=self.key(sheet, column),
                dimension=dimension,
                totals=totals,
                by_code={code: list(positions) for code, positions in by_code[dimension].items()} if dimension else {},
                tops=tops,
            )

    def key(self, sheet: Sheet, column: Column, row: Row | None = None) -> Key:
        """The aspects of a figure: its table's, overridden by its column's, overridden by its row's."""
        found: dict[str, str] = dict(sheet.table.aspects)
        found.update(column.aspects)
        if row is not None:
            found.update({k: v for k, v in row.aspects.items() if k in ("flow", "fund", "nature", "item")})
        measure = sheet.measure(column)
        return Key(
            flow=found.get("flow", ""),
            fund=found.get("fund", ""),
            nature=found.get("nature", ""),
            item=found.get("item", ""),
            measure=measure
            if measure in SIDE_MEASURES or measure.startswith("year-") or measure in ("initial-budget", "full-budget")
            else "",
        )

    @cached_property
    def facts(self) -> list[Fact]:
        """Every printed amount with its aspects: the tidy form of the document."""
        found: list[Fact] = []
        for sheet in self.sheets:
            of_columns = {column.index: self._aspects(sheet, column) for column in sheet.table.columns}
            for position, row in enumerate(sheet.table.rows):
                own = {name: row.aspects[name] for name in _OF_ROWS if row.aspects.get(name)}
                code, dimension = self.code_of(row)
                if code:
                    own[dimension] = code
                for column in sheet.amount_columns(row.block):
                    operand = sheet.operand(position, column, by="both")
                    if operand is not None and operand.ref is not None and not operand.amount.blank:
                        aspects = {**of_columns[column.index], **own}
                        found.append(Fact(operand.amount, operand.ref, operand.place, operand.label, aspects))
        return found

    def _aspects(self, sheet: Sheet, column: Column) -> dict[str, str]:
        """The aspects of a column's figures, those that have a value."""
        key = self.key(sheet, column)
        return {name: value for name in ("flow", "fund", "nature", "item", "measure") if (value := getattr(key, name))}


_OF_ROWS = ("flow", "fund", "nature", "item", "project", "unit", "scope")
"""Aspects that a row may give its figures, over those of its column."""


def _names(tables: Iterable[Table]) -> dict[str, dict[str, str]]:
    """Name -> {code: dimension} of the document's own pairs."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for table in tables:
        for row in table.rows:
            if row.code and row.dimension in ("function", "economic") and row.label:
                found[squash(row.label)][row.code] = row.dimension
    return found


def whole_column(column: Column) -> bool:
    """Whether a column holds the whole of its table."""
    return not column.path or is_whole(column.path[-1]) or not column.aspects
