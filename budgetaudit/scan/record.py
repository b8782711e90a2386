"""A recognised document as text and back: its identity, tables and narrative, so that links between documents are computed
from the store without reading a file again.

The form follows the fields of the model's classes, so that a new field needs no line here; the schema's version tells
stores of another model apart. Cells are kept once and met by number: rules ask whether two positions hold the same one.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from budgetaudit.model import Cell, Place, Profile, Table
from budgetaudit.narrative import Narrative


@dataclass(frozen=True, slots=True)
class Record:
    """What rules need of one document."""

    profile: Profile
    tables: tuple[Table, ...]
    narrative: Narrative


_PLAIN = frozenset({str, int, float, bool, type(None)})


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def pack(record: Record) -> str:
    """The record as compact JSON."""
    numbers: dict[int, int] = {}
    cells: list[Any] = []

    def encode(value: Any) -> Any:
        kind: Any = type(value)
        if kind in _PLAIN:
            return value
        if kind is Cell:
            if id(value) not in numbers:
                numbers[id(value)] = len(cells)
                cells.append([encode(getattr(value, name)) for name in _names(kind)])
            return numbers[id(value)]
        if kind is Place:
            return [value.page, value.line, *(round(edge, 1) for edge in value.bbox or ())]
        if kind is tuple:
            return [encode(item) for item in value]
        if kind is Decimal:
            return f"{value:f}"
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, Mapping):
            return [[encode(key), encode(item)] for key, item in value.items()]
        return [encode(getattr(value, name)) for name in _names(kind)]

    body = encode(record)
    return json.dumps({"cells": cells, "record": body}, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str, file: int = 0) -> Record:
    """The record that ``pack`` wrote; its places and table ids say that it is document number ``file``.

    Raises ValueError where the text is no record.
    """
    try:
        stored = json.loads(text)
        context = _Context([], file)
        make = _maker(Cell)
        context.cells.extend(make(cell, context) for cell in stored["cells"])
        record: Record = _reader(Record)(stored["record"], context)
    except (KeyError, TypeError, IndexError, ArithmeticError) as error:
        raise ValueError("no record of a document") from error
    return replace(record, tables=tuple(replace(table, id=f"{file}.{table.id}") for table in record.tables))


@dataclass(frozen=True, slots=True)
class _Context:
    cells: list[Cell]
    file: int


_Reader = Callable[[Any, _Context], Any]


@cache
def _reader(hint: Any) -> _Reader:
    """What makes a value of this type from its stored form."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _reader(next(a for a in arguments if a is not types.NoneType))
        return lambda stored, context: None if stored is None else inner(stored, context)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            one = _reader(arguments[0])
            return lambda stored, context: tuple(one(item, context) for item in stored)
        each = [_reader(argument) for argument in arguments]
        return lambda stored, context: tuple(r(item, context) for r, item in zip(each, stored, strict=True))
    if origin is Mapping:
        key, item = map(_reader, arguments)
        return lambda stored, context: {key(k, context): item(v, context) for k, v in stored}
    if hint is Cell:
        return lambda stored, context: context.cells[stored]
    if hint is Place:
        return _place
    if is_dataclass(hint):
        return _maker(cast("type", hint))
    if isinstance(hint, type) and issubclass(hint, Decimal | Enum):
        return lambda stored, _: hint(stored)
    return lambda stored, _: stored


@cache
def _maker(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    readers = [_reader(hints[field.name]) for field in fields(kind)]
    return lambda stored, context: kind(*(r(item, context) for r, item in zip(readers, stored, strict=True)))


def _place(stored: Any, context: _Context) -> Place:
    page, line, *box = stored
    return Place(page, (box[0], box[1], box[2], box[3]) if box else None, line, context.file)
