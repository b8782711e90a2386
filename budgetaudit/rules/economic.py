"""The rows of the table of basic expenditure by economic code, and the codes that a name of the text stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from budgetaudit.facts import Book, Sheet
from budgetaudit.model import Operand, Row, RowRole
from budgetaudit.rules.base import ZERO
from budgetaudit.vocabulary import collective, economic_item_codes, squash

_OTHER_FUNDS = ("government-fund", "capital")
CLASS, ITEM = 3, 5
"""Digits of the codes of a class (类) and of an item (款)."""


@dataclass(frozen=True, slots=True)
class Line:
    """An item (款): its code, its name as printed, the largest of its figures (yuan, absolute) with its place."""

    code: str
    name: str
    value: Decimal
    operand: Operand


class Basic:
    """Items of the tables of basic expenditure of a document; empty where there is none."""

    def __init__(self, book: Book) -> None:
        self.by_code: dict[str, Line] = {}
        self.classes: dict[str, list[bool]] = defaultdict(list)
        """Class -> for each column with money in it, whether the items under it add up to it."""
        self._by_name: dict[str, str] = {}
        self._whole: list[bool] = []
        for sheet in book.sheets:
            if sheet.table.form == "basic" and sheet.table.aspects.get("fund", "") not in _OTHER_FUNDS:
                self._read(book, sheet)
        for series in book.series:
            if series.table.form == "basic" and series.dimension == "economic":
                self._whole.append(series.complete)

    def _read(self, book: Book, sheet: Sheet) -> None:
        totals: dict[tuple[str, int], Operand] = {}
        parts: dict[tuple[str, int], list[Operand]] = defaultdict(list)
        for position, row in enumerate(sheet.table.rows):
            code = _code(book, row)
            if not code:
                continue
            for column in sheet.amount_columns(row.block):
                operand = sheet.operand(position, column, by="table")
                if operand is None:
                    continue
                if len(code) == CLASS:
                    totals[code, column.index] = operand
                    continue
                parts[code[:CLASS], column.index].append(operand)
                value, old = abs(operand.amount.value), self.by_code.get(code)
                self._by_name[squash(row.label)] = code
                if old is None or value > old.value:
                    self.by_code[code] = Line(code, squash(row.label), value, operand)
        for key, operand in totals.items():
            if operand.amount.value:
                gap = operand.amount.value - sum((p.amount.value for p in parts[key]), ZERO)
                slack = sum((p.amount.half for p in (operand, *parts[key]) if p.amount.value), ZERO)
                self.classes[key[0]].append(abs(gap) <= slack)

    def codes(self, name: str) -> frozenset[str]:
        """The codes that a name stands for: those of its own row, of a name for several, of the national list."""
        for text in dict.fromkeys((name, name.rpartition("的")[2])):  # 办公楼的物业管理费
            if text in self._by_name:
                return frozenset((self._by_name[text],))
            if known := collective(text) or economic_item_codes(text):
                return known
        return frozenset()

    def money(self, codes: frozenset[str]) -> Line | None:
        """The first line of some codes that has money."""
        return next((line for code in sorted(codes) if (line := self.by_code.get(code)) and line.value), None)

    def shut(self, code: str) -> bool:
        """Whether the class of a code adds up without it, so that nothing of it can stand in the table."""
        known = self.classes.get(code[:CLASS])
        return all(known) if known else bool(self._whole) and all(self._whole)

    def funded(self, classes: tuple[str, ...]) -> dict[str, Line]:
        """Code -> line of some classes, as far as they have money."""
        return {c: line for c, line in self.by_code.items() if c[:CLASS] in classes and line.value}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all lines with money."""
        return tuple(line.name for line in self.by_code.values() if line.value)


def _code(book: Book, row: Row) -> str:
    """The economic code (类 or 款) of a row: printed, or that of its name where it prints none."""
    if row.role is not RowRole.ITEM:
        return ""
    code, dimension = book.code_of(row)
    if dimension == "economic" and len(code) in (CLASS, ITEM) and code.startswith("3"):
        return code
    named = economic_item_codes(squash(row.label)) if not code else frozenset[str]()
    return next(iter(named)) if len(named) == 1 else ""


_SPLIT = re.compile("和|以及|及")
_COST = re.compile(r"(?:费用?|金|经费|补贴|工资|支出|缴费)$")


def listed(text: str) -> Iterator[str]:
    """The names of a listing, squashed, without the words that join and close it."""
    for part in _parts(text):
        name = re.sub(r"^(?:和|以及|及)|等[\u4e00-\u9fff]{0,8}$", "", squash(part))
        if not name:
            continue
        pieces = _SPLIT.split(name)
        if len(pieces) > 1 and not economic_item_codes(name) and all(len(p) > 1 and _COST.search(p) for p in pieces):
            yield from pieces
        else:
            yield name


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    depth, current = 0, ""
    for character in text:
        depth += (character in "（(") - (character in "）)")
        if character in "、，," and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += character
    return [*parts, current]


def alike(name: str, other: str) -> bool:
    """Whether two names may be one item: equal or one within the other, but for their endings."""
    bare = [re.sub(r"[()（）]|缴费$|支出$|费用?$", "", text.replace("其它", "其他")) for text in (name, other)]
    return bare[0] == bare[1] or (min(map(len, bare)) > 1 and (bare[0] in bare[1] or bare[1] in bare[0]))
