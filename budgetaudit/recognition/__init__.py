"""From grids to tables of a known form: titles, units, continuations, header tree, row tree."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from budgetaudit.amount import UNITS, amount, parse_number, printed_decimals
from budgetaudit.lang import _
from budgetaudit.model import Amount, Cell, Column, ColumnRole, Document, Profile, Row, RowRole, Table
from budgetaudit.recognition.assemble import RawTable, assemble
from budgetaudit.recognition.header import columns, header_depth
from budgetaudit.recognition.profile import profile
from budgetaudit.recognition.rows import build_rows
from budgetaudit.vocabulary import Form, aspects, economic_class_in, form_by_content, form_of, items

DEFAULT_UNIT = UNITS["万元"]

__all__ = ["recognise"]


def recognise(document: Document) -> tuple[Profile, tuple[Table, ...]]:
    """Identity and tables of a document. A table whose form is not known keeps an empty ``form``."""
    tables = tuple(_table(raw, f"T{number}") for number, raw in enumerate(assemble(document), 1))
    return profile(document, tables), tables


def _table(raw: RawTable, identity: str) -> Table:
    context = raw.context
    form = form_of(context.title) if context.title else None
    titled = form is not None
    if form is None:
        form = _form_by_content(raw)
    wants_amounts = form.amounts if form is not None else True
    depth = header_depth(raw.matrix) if wants_amounts else 0
    heads = columns(raw.matrix, depth) if wants_amounts else _plain_columns(raw)
    rows = build_rows(raw.matrix, depth, heads) if wants_amounts else []
    unit = context.unit or next((column.unit for column in heads if column.unit), None)
    return Table(
        id=identity,
        title=context.title,
        pages=tuple(dict.fromkeys(raw.pages)),
        grid=tuple(tuple(row) for row in raw.matrix),
        header_rows=tuple(range(depth)),
        columns=tuple(heads),
        rows=tuple(rows),
        form=form.key if form else "",
        form_name=form.name if form else "",
        number=context.number,
        unit=unit,
        unit_text=context.unit_text or next((name for name, value in UNITS.items() if value == unit), ""),
        organisation=context.organisation,
        aspects=_table_aspects(context.title, form, titled=titled),
        notes=tuple(context.notes),
        place=raw.first.place,
        amounts=_amounts(raw.matrix, heads, rows, unit) if wants_amounts else {},
        doubt=_("；").join(_(doubt) for doubt in dict.fromkeys(raw.doubts)),
        empty_statement=raw.statement,
    )


def _plain_columns(raw: RawTable) -> list[Column]:
    width = len(raw.matrix[0]) if raw.matrix else 0
    return [Column(index=i, path=(), role=ColumnRole.TEXT) for i in range(width)]


def _form_by_content(raw: RawTable) -> Form | None:
    depth = header_depth(raw.matrix)
    texts = [
        [cell.flat for cell in dict.fromkeys(c for c in row if c is not None)] for row in raw.matrix[: max(depth, 6)]
    ]
    return form_by_content([t for row in texts for t in row if len(t) < 40], [t for row in texts[:depth] for t in row])


def _table_aspects(title: str, form: Form | None, *, titled: bool) -> Mapping[str, str]:
    """What the title's own words say, below what the form fixes. Without a title the fund is unknown, not the whole."""
    found = {key: value for key, value in aspects(title).items() if key in ("fund", "nature", "item", "flow")}
    if len(joint := items(title)) > 1:
        found["item"] = "+".join(joint)
    if form is not None:
        if form.key in ("overview", "fiscal-overview"):
            found.pop("flow", None)
        found.update(form.aspects)
        if part := economic_class_in(title):  # a table of 工资福利支出 alone is no table of all basic expenditure
            found["item"] = part
        if not titled:
            found["fund"] = "unknown"
    return found


def _amounts(
    matrix: list[list[Cell | None]], heads: list[Column], rows: list[Row], unit: Decimal | None
) -> dict[tuple[int, int], Amount]:
    found: dict[tuple[int, int], Amount] = {}
    cells: dict[Decimal, list[tuple[int, int, str]]] = {}
    blocks = {row.index: True for row in rows if row.role is not RowRole.BLANK}
    figures = {column.index for column in heads if column.role is ColumnRole.AMOUNT}
    for column in heads:
        if column.role is not ColumnRole.AMOUNT:
            continue
        own_unit = column.unit or unit or DEFAULT_UNIT
        for index in blocks:
            cell = matrix[index][column.index]
            text = cell.flat if cell is not None else ""
            merged = cell is not None and column.index and matrix[index][column.index - 1] is cell
            # a figure in a cell merged with its label's column stands here; a merged label or a further column does not
            if merged and (column.index - 1 in figures or parse_number(text) is None):
                continue
            if cell is not None and index and matrix[index - 1][column.index] is cell:
                continue
            cells.setdefault(own_unit, []).append((index, column.index, text))
    for own_unit, entries in cells.items():
        places = printed_decimals(entry[2] for entry in entries)
        for index, col, text in entries:
            value = amount(text, own_unit, places)
            if value is not None:
                found[index, col] = value
    return found
