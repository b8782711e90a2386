"""Coverage as a picture: each table as printed, every figure in the colour of what its checks said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from budgetaudit.lang import N_, Names, _
from budgetaudit.model import Cell, CellRef, Check, Finding, Report, Table, Verdict
from budgetaudit.report import words
from budgetaudit.report.tables import is_origin
from budgetaudit.report.words import visible

MAX_CELLS = 20_000
"""Cells of all tables together that are drawn; later tables are told in numbers only."""
_MAX_TEXT = 60
_MAX_CHECKS = 40
_WIDE, _HIGH = 7, 6


class State(StrEnum):
    """What the checks said of one figure, the gravest first."""

    FAILED = "failed"
    INVOLVED = "involved"
    ROUNDING = "rounding"
    EXPLAINED = "explained"
    HELD = "held"
    UNCHECKED = "unchecked"


STATE_WORDS = Names(
    {
        State.FAILED: N_("不符"),
        State.INVOLVED: N_("涉及不符"),
        State.ROUNDING: N_("尾差"),
        State.EXPLAINED: N_("有说明"),
        State.HELD: N_("成立"),
        State.UNCHECKED: N_("未核对"),
    }
)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell as printed: its text, its span and, for a printed figure, its state and the numbers of its checks."""

    text: str
    rows: int
    columns: int
    head: bool
    state: State | None = None
    checks: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Heat:
    """One table: what it is called, how many figures are in each state, its small picture and its cells."""

    number: int
    title: str
    where: str
    form: str
    unit: str
    remark: str
    counts: Mapping[State, int]
    shapes: Mapping[str, str]
    """Path data of the small picture by state; ``label`` for cells that hold no figure."""
    width: int
    height: int
    rows: Sequence[Sequence[HeatCell]]
    """Empty where the table is too large to be drawn."""


def heats(report: Report, numbers: Mapping[int, int]) -> list[Heat]:
    """Every table. ``numbers`` maps the position of a check to its number in the list of checks, where it is listed."""
    marks = _marks(report.checks, report.findings)
    found: list[Heat] = []
    drawn = 0
    for number, table in enumerate(report.tables, 1):
        size = sum(len(row) for row in table.grid)
        drawn += size
        drawing = _Drawing(table, marks, numbers)
        found.append(_heat(number, table, report, drawing, draw=drawn <= MAX_CELLS))
    return found


@dataclass(slots=True)
class _Mark:
    state: State
    checks: list[int]


def _marks(checks: Sequence[Check], findings: Iterable[Finding]) -> dict[CellRef, _Mark]:
    verdicts: dict[CellRef, list[tuple[int, Verdict, bool]]] = {}
    for position, check in enumerate(checks):
        for operand in (check.target, *check.operands):
            if operand.ref is not None:
                entry = (position, check.verdict, operand is check.target)
                verdicts.setdefault(operand.ref, []).append(entry)
    convicted = {f.ref for f in findings if f.ref is not None and f.category != "rounding" and not f.root}
    convicted |= {c.operand.ref for f in findings for r in f.repairs[:1] for c in r.changes if c.operand.ref}
    return {
        ref: _Mark(_state(said, ref in convicted), [position for position, _v, _t in said])
        for ref, said in verdicts.items()
    }


def _state(said: Sequence[tuple[int, Verdict, bool]], convicted: bool) -> State:
    """FAILED is for the figures in question; any other in a sum that fails is only involved."""
    decided = [verdict for _position, verdict, _target in said if verdict is not Verdict.UNKNOWN]
    if not decided:
        return State.UNCHECKED
    if Verdict.FAILED in decided:
        return State.FAILED if convicted else State.INVOLVED
    if any(verdict is Verdict.ROUNDING and target for _position, verdict, target in said):
        return State.ROUNDING
    if any(verdict is Verdict.EXPLAINED and target for _position, verdict, target in said):
        return State.EXPLAINED
    return State.HELD


class _Drawing:
    """One table on its way to a picture."""

    def __init__(self, table: Table, marks: Mapping[CellRef, _Mark], numbers: Mapping[int, int]) -> None:
        self._table = table
        self._marks = marks
        self._numbers = numbers
        self._head = set(table.header_rows)
        self._labels = {(row.block, row.index): row.label for row in table.rows}
        self._columns = {column.index: column for column in table.columns}
        self.counts: Counter[State] = Counter()
        self.shapes: dict[str, list[str]] = {}

    def count(self) -> None:
        """Only how many figures are in each state."""
        for row, col in self._table.amounts:
            if (state := self._state_of(row, col)) is not None:
                self.counts[state] += 1

    def rows(self) -> list[list[HeatCell]]:
        """The cells row by row; a cell that others cover stands where it begins. Counts and shapes go along."""
        return [
            [self._cell(row, col, cell) for col, cell in enumerate(line) if cell is None or self._begins(row, col)]
            for row, line in enumerate(self._table.grid)
        ]

    def _begins(self, row: int, col: int) -> bool:
        return is_origin(self._table, row, col)

    def _state_of(self, row: int, col: int) -> State | None:
        """None for what is no figure: a label, or a blank that no check asks for."""
        amount = self._table.amounts.get((row, col)) if row not in self._head else None
        if amount is None:
            return None
        mark = self._marks.get(CellRef(self._table.id, row, col))
        state = mark.state if mark is not None else State.UNCHECKED
        return state if not amount.blank or state is State.FAILED else None

    def _cell(self, row: int, col: int, cell: Cell | None) -> HeatCell:
        if cell is None:
            return HeatCell("", 1, 1, False)
        across, down = _span(self._table, row, col, cell)
        state = self._state_of(row, col)
        if state is not None:
            self.counts[state] += 1
        if state is not None or cell.flat:
            wide, high = across * _WIDE - 1, down * _HIGH - 1
            shape = f"M{col * _WIDE} {row * _HIGH}h{wide}v{high}h-{wide}z"
            self.shapes.setdefault(state.value if state else "label", []).append(shape)
        text, head = visible(cell.flat, _MAX_TEXT), row in self._head
        if state is None:
            return HeatCell(text, down, across, head)
        return HeatCell(text, down, across, head, state, self._checks(row, col), self._name(row, col))

    def _checks(self, row: int, col: int) -> str:
        mark = self._marks.get(CellRef(self._table.id, row, col))
        known = [self._numbers[p] for p in mark.checks if p in self._numbers] if mark is not None else []
        return " ".join(map(str, sorted(set(known))[:_MAX_CHECKS]))

    def _name(self, row: int, col: int) -> str:
        column = self._columns.get(col)
        label = self._labels.get((column.block if column is not None else 0, row), "")
        header = "/".join(text for text in column.path if text) if column is not None else ""
        return " · ".join(text for text in (visible(label, 40), visible(header, 60)) if text)


def _heat(number: int, table: Table, report: Report, drawing: _Drawing, *, draw: bool) -> Heat:
    if draw:
        rows = drawing.rows()
    else:
        rows = []
        drawing.count()
    pages = _("第{pages}页").format(pages=words.pages_words(table.pages))
    return Heat(
        number=number,
        title=visible(table.title, 80) or _("（无表名）"),
        where=pages if report.document.format == "pdf" else words.place_words(table.place),
        form=visible(_(table.form_name), 40) if table.form else "",
        unit=visible(words.table_unit(table), 20),
        remark=visible(table.doubt or table.empty_statement, 200),
        counts={state: drawing.counts[state] for state in State if drawing.counts[state]},
        shapes={name: "".join(paths) for name, paths in drawing.shapes.items()},
        width=max((len(line) for line in table.grid), default=1) * _WIDE,
        height=max(1, len(table.grid)) * _HIGH,
        rows=rows,
    )


def _span(table: Table, row: int, col: int, cell: Cell) -> tuple[int, int]:
    """Columns and rows that a cell of the joined grid covers."""
    line = table.grid[row]
    across = next((n for n in range(1, len(line) - col) if line[col + n] is not cell), len(line) - col)
    down = 1
    while row + down < len(table.grid) and col < len(below := table.grid[row + down]) and below[col] is cell:
        down += 1
    return across, down
