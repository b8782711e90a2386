"""A recognised document as bytes and back: its identity, tables and narrative, so that links between documents are
computed from the store without reading a file again.

The form follows the fields of the model's classes (msgspec reads their type hints), so that a new field needs no line
here; the schema's version tells stores of another model apart.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, cast, get_args, get_type_hints

import msgspec

from budgetaudit.model import Cell, Place, Profile, Table
from budgetaudit.narrative import Narrative


@dataclass(frozen=True, slots=True)
class Record:
    """What rules need of one document."""

    profile: Profile
    tables: tuple[Table, ...]
    narrative: Narrative


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Record)
_LIMIT = 2**30
"""Bytes that a record may unpack to: a store is a file, and may come from anywhere."""


def pack(record: Record) -> bytes:
    """The record, compressed."""
    return zlib.compress(_ENCODER.encode(record), 1)


def unpack(packed: bytes, file: int = 0) -> Record:
    """The record that ``pack`` wrote; its places and table ids say that it is document number ``file``.

    Raises ValueError where it is no record.
    """
    inflate = zlib.decompressobj()
    try:
        record = _DECODER.decode(inflate.decompress(packed, _LIMIT))
    except (zlib.error, msgspec.MsgspecError, ArithmeticError, UnicodeDecodeError) as error:
        raise ValueError("no record of a document") from error
    _number(record, file)
    tables = (replace(table, id=f"{file}.{table.id}", grid=_joined(table.grid)) for table in record.tables)
    return replace(record, tables=tuple(tables))


_Grid = tuple[tuple[Cell | None, ...], ...]


def _joined(grid: _Grid) -> _Grid:
    """The grid with a merged cell as one object again: rules ask whether two positions hold the same one."""
    joined: list[tuple[Cell | None, ...]] = []
    above: tuple[Cell | None, ...] = ()
    for row in grid:
        cells: list[Cell | None] = []
        left: Cell | None = None
        for position, cell in enumerate(row):
            top = above[position] if position < len(above) else None
            if cell is not None:
                if left is not None and left.col == cell.col and left == cell:
                    cell = left
                elif top is not None and top.row == cell.row and top == cell:
                    cell = top
            cells.append(cell)
            left = cell
        above = tuple(cells)
        joined.append(above)
    return tuple(joined)


def _number(value: Any, file: int) -> None:
    """Have all places in a value say that they are in document number ``file``."""
    kind = type(value)
    if kind is Place:
        object.__setattr__(value, "file", file)  # just decoded, and nobody else's yet
    elif kind is tuple:
        for item in value:
            _number(item, file)
    elif is_dataclass(kind):
        for name in _with_places(kind):
            _number(getattr(value, name), file)


@cache
def _with_places(kind: type) -> tuple[str, ...]:
    """The fields of a model's class that hold places, at any depth."""
    hints = get_type_hints(kind)
    return tuple(field.name for field in fields(kind) if _holds_place(hints[field.name]))


@cache
def _holds_place(hint: Any) -> bool:
    if hint is Place:
        return True
    if is_dataclass(hint):
        return bool(_with_places(cast("type", hint)))
    return any(_holds_place(argument) for argument in get_args(hint) if argument is not Ellipsis)
