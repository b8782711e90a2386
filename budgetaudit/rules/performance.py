"""Performance tables read cell by cell: one target form for each project, its money and its indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgetaudit.amount import amount as read_amount
from budgetaudit.amount import decimals
from budgetaudit.facts import Book
from budgetaudit.model import Amount, Cell, Operand, Table
from budgetaudit.vocabulary import squash

TEN_THOUSAND = Decimal(10_000)
_TOTAL = re.compile(r"(?:年度|项目)?(?:预算|资金)总额|项目总额|年度资金申请总额")
_FISCAL = re.compile(r"^(?:其中:?)?(?:当年)?财政(?:拨款|资金|拨款资金)$")
_OTHER = re.compile(r"^(?:其中:?)?其他资金$")
_YEARLY = re.compile(r"年度(?:资金|预算)(?:申请)?总额|年度申请资金总额")
_CURRENT = re.compile(r"^(?:其中:?)?当年财政拨款(?:资金)?$")
_CARRIED = re.compile(r"^(?:其中:?)?(?:上年|以前年度)结转(?:资金|结余)?(?:资金)?$")
_SIGN = re.compile(r"^(?:≤|≦|<=|<|≥|≧|>=|>|=|定性)")
_VALUE = re.compile(r"^(?P<sign>≤|≦|<=|<|≥|≧|>=|>|=)?\|?(?P<number>\d+(?:\.\d+)?)\|?(?P<unit>[^|]*)")
LIST_HEADER = frozenset({"预算数", "绩效目标", "项目总额", "金额", "自评分数", "预算数(万元)"})
"""Words that show a row to be the header of a list of projects, not the head of one form."""
_WEIGHT = re.compile(r"权重|分值")
_CLASS = re.compile(
    r"^(?:产出|效益|满意度|成本)指标(?P<kind>(?:数量|质量|时效|经济成本|社会成本|生态环境成本|成本|经济效益|社会效益|生态效益|可持续影响"
    r"|服务对象满意度|满意度)指标)"
)
"""The classes printed before an indicator's name in one cell."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: name, printed value (sign, number and unit joined) and weight, with their cells."""

    name: Cell
    value: str
    sign: str = ""
    number: Decimal | None = None
    unit: str = ""


@dataclass(slots=True)
class Target:
    """The target form of one project; money is None where it is not printed."""

    name: str
    name_cell: Cell
    table: Table
    total: Operand | None = None
    fiscal: Operand | None = None
    other: Operand | None = None
    yearly: Operand | None = None
    """The year's total, where the form splits it beside the project's: ``of_year`` are the parts printed below it."""
    of_year: dict[str, Operand] = field(default_factory=dict)
    indicators: list[Indicator] = field(default_factory=list)
    weights: list[tuple[Cell, Decimal]] = field(default_factory=list)


def targets(book: Book) -> list[Target]:
    """All target forms of a document, project by project, in order. A table without title goes on with the form before it."""
    return book.once(_targets)


def _targets(book: Book) -> list[Target]:
    found: list[Target] = []
    state = _State()
    width = 0
    for table in book.tables:
        if table.form != "performance" or not table.grid:
            continue
        if table.title or len(table.grid[0]) != width:
            state = _State()
        width = len(table.grid[0])
        for row in table.grid:
            _read(row, table, state, found)
    return found


@dataclass(slots=True)
class _State:
    current: Target | None = None
    weight_column: int | None = None
    seen: set[Cell] = field(default_factory=set)


def _cells(row: Sequence[Cell | None]) -> list[Cell]:
    """The cells of a row, a merged one once, without blank ones."""
    return [cell for cell in dict.fromkeys(c for c in row if c is not None) if cell.flat]


def _read(row: Sequence[Cell | None], table: Table, state: _State, found: list[Target]) -> None:
    """Take one row into the form that is being read; a row that names a project begins the next one."""
    cells = _cells(row)
    words = [squash(cell.text) for cell in cells]
    if len(cells) >= 2 and words[0] == "项目名称":
        state.current, state.weight_column = None, None
        if not any(w in LIST_HEADER for w in words):
            state.current = Target(cells[1].flat, cells[1], table)
            found.append(state.current)
        return
    column = next(
        (i for i, c in enumerate(row) if c is not None and len(c.text) < 16 and _WEIGHT.search(squash(c.text))), None
    )
    if column is not None and "指标" in "".join(words):
        state.weight_column = column
        return
    if state.current is None:
        return
    _money(state.current, cells, words)
    indicator = _indicator(cells, words)
    if indicator is not None:
        state.current.indicators.append(indicator)
    cell = row[state.weight_column] if state.weight_column is not None and state.weight_column < len(row) else None
    if cell is not None and cell not in state.seen and re.fullmatch(r"\d+(?:\.\d+)?%?", squash(cell.text)):
        state.seen.add(cell)
        state.current.weights.append((cell, Decimal(squash(cell.text).rstrip("%"))))


def _money(target: Target, cells: Sequence[Cell], words: Sequence[str]) -> None:
    text = "".join(words)
    unit = TEN_THOUSAND if "万元" in text else Decimal(1) if "(元)" in text else target.table.unit or TEN_THOUSAND
    for position, word in enumerate(words[:-1]):
        bare = re.sub(r"[(](?:万元|元)[)]", "", word)
        figure = _amount(cells[position + 1], unit)
        if figure is None:
            continue
        if target.total is None and _TOTAL.search(bare) and len(bare) < 12:
            target.total = figure
        elif target.total is not None and _YEARLY.search(bare):
            target.yearly = figure
        elif target.yearly is not None and (_CURRENT.match(bare) or _CARRIED.match(bare) or position > 1):
            target.of_year.setdefault(bare.removeprefix("其中").lstrip(":"), figure)
        elif target.fiscal is None and _FISCAL.match(bare):
            target.fiscal = figure
        elif target.other is None and _OTHER.match(bare):
            target.other = figure


def _amount(cell: Cell, unit: Decimal) -> Operand | None:
    if not re.fullmatch(r"[\d,]+(?:\.\d+)?", squash(cell.text)):
        return None
    amount: Amount | None = read_amount(cell.text, unit, decimals(cell.text))
    return Operand(cell.flat, amount, cell.place) if amount is not None else None


def indicators(book: Book) -> Iterator[Indicator]:
    """Every indicator with a value, of all performance tables."""
    for table in book.tables:
        if table.form == "performance":
            for row in table.grid:
                cells = _cells(row)
                found = _indicator(cells, [squash(cell.text) for cell in cells])
                if found is not None:
                    yield found


def _indicator(cells: Sequence[Cell], words: Sequence[str]) -> Indicator | None:
    """The indicator of a row: its name stands before the first cell that begins with a sign of comparison."""
    position = next((i for i, word in enumerate(words) if i and _SIGN.match(word)), None)
    if position is None or len(words[position - 1]) < 3:
        return None
    value = words[position] if re.search(r"\d", words[position]) else "|".join(words[position : position + 3])
    found = _VALUE.match(value)
    if not found:
        return Indicator(cells[position - 1], value)
    return Indicator(
        cells[position - 1], value, found.group("sign") or "", Decimal(found.group("number")), found.group("unit")
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """An indicator where it stands: its bare name, its second-level class and its project, empty where not printed."""

    indicator: Indicator
    name: str
    kind: str
    project: str
    table: Table
    overall: bool
    """Whether it belongs to the form of the whole department (部门整体支出绩效目标表)."""


def listed(book: Book) -> tuple[Listed, ...]:
    """Every indicator of all performance tables with its surroundings, in order."""
    return book.once(lambda own: tuple(_listed(own)))


def _listed(book: Book) -> Iterator[Listed]:
    for table in book.tables:
        if table.form != "performance" or not table.grid:
            continue
        head = "".join(squash(cell.text) for cell in _cells(table.grid[0]))
        overall = "整体" in table.title or "部门名称" in head
        project = ""
        for row in table.grid:
            cells = _cells(row)
            words = [squash(cell.text) for cell in cells]
            if len(cells) >= 2 and words[0] == "项目名称":
                project = "" if any(word in LIST_HEADER for word in words) else words[1]
            found = _indicator(cells, words)
            if found is None:
                continue
            position = cells.index(found.name)
            prefix = _CLASS.match(words[position])
            above = words[position - 1] if position and words[position - 1].endswith("指标") else ""
            name = words[position][prefix.end() :] if prefix else words[position]
            kind = prefix.group("kind") if prefix else above
            yield Listed(found, name, kind, project or (words[0] if position > 1 else ""), table, overall)
