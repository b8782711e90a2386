"""A small spreadsheet: enough of its formulas to calculate a workbook of this project as Excel does, in binary floats."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl.utils import column_index_from_string, range_boundaries

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<area>'(?:[^']|'')+'!\$?[A-Z]{1,3}\$?\d*(?::\$?[A-Z]{1,3}\$?\d*)?|\$?[A-Z]{1,3}\$?\d+)
    |(?P<name>[A-Z]+)(?=\()
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<mark><=|>=|<>|[-+*/=<>(),])
    )""",
    re.X,
)


class CellError(Exception):
    """#VALUE!, #DIV/0! and their like."""


class Spreadsheet:
    """The values of a workbook that openpyxl loaded with its formulas; cells may be changed before they are asked for."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._known: dict[tuple[str, int, int], Any] = {}

    def set(self, sheet: str, cell: str, value: object) -> None:
        """Type a value into a cell: everything is calculated anew."""
        self.book[sheet][cell].value = value
        self._known.clear()

    def value(self, sheet: str, row: int, col: int) -> Any:
        """What a cell shows: a float, a text, or None. Raises CellError where it shows an error."""
        key = (sheet, row, col)
        if key not in self._known:
            cell = self.book[sheet].cell(row, col)
            if cell.data_type == "f":
                self._known[key] = _Formula(self, sheet, cell.value[1:]).result()
            else:
                raw = cell.value
                self._known[key] = float(raw) if isinstance(raw, int | float | Decimal) else raw
        return self._known[key]


class _Area(list[Any]):
    """The values of referenced cells: text and blanks in it are passed over."""


class _Formula:
    def __init__(self, owner: Spreadsheet, sheet: str, text: str) -> None:
        self.owner, self.sheet = owner, sheet
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            assert found and found.lastgroup, f"no such formula: {text[at:]!r}"
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self.at = 0

    def result(self) -> Any:
        value = _scalar(self._comparison())
        assert self.at == len(self.tokens), self.tokens[self.at :]
        return 0.0 if value is None else value

    def _peek(self, *marks: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "mark" and self.tokens[self.at][1] in marks:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def _comparison(self) -> Any:
        left = self._sum()
        while mark := self._peek("<=", ">=", "<>", "=", "<", ">"):
            one, two = _scalar(left), _scalar(self._sum())
            if isinstance(one, float) or isinstance(two, float):
                one, two = one or 0.0, two or 0.0
            if type(one) is not type(two):  # numbers come before text
                one, two = float(isinstance(one, str)), float(isinstance(two, str))
            left = {
                "<=": one <= two, ">=": one >= two, "<>": one != two, "=": one == two, "<": one < two, ">": one > two,
            }[mark]  # fmt: skip
        return left

    def _sum(self) -> Any:
        left = self._product()
        while mark := self._peek("+", "-"):
            right = _number(self._product())
            left = _number(left) + right if mark == "+" else _number(left) - right
        return left

    def _product(self) -> Any:
        left = self._single()
        while mark := self._peek("*", "/"):
            right = _number(self._single())
            if mark == "/" and not right:
                raise CellError("#DIV/0!")
            left = _number(left) * right if mark == "*" else _number(left) / right
        return left

    def _single(self) -> Any:
        if self._peek("-"):
            return -_number(self._single())
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "area":
            return self._area(text)
        if kind == "name":
            return self._call(text)
        assert text == "(", text
        value = self._comparison()
        assert self._peek(")")
        return value

    def _area(self, text: str) -> _Area:
        sheet, _, cells = text.rpartition("!")
        name = sheet[1:-1].replace("''", "'") if sheet else self.sheet
        cells = cells.replace("$", "")
        if not cells[-1].isdigit():  # whole columns
            first, _, last = cells.partition(":")
            columns = column_index_from_string(first), column_index_from_string(last)
            bounds = (columns[0], 1, columns[1], self.owner.book[name].max_row)
        else:
            bounds = range_boundaries(cells)
        left, top, right, bottom = bounds
        return _Area(
            self.owner.value(name, row, col) for row in range(top, bottom + 1) for col in range(left, right + 1)
        )

    def _call(self, name: str) -> Any:
        assert self._peek("(")
        if name == "IFERROR":
            start = self.at
            try:
                value = _scalar(self._comparison())
            except CellError:
                self.at = start
                self._skip()
                value = None
            assert self._peek(",")
            instead = self._comparison()
            assert self._peek(")")
            return instead if value is None else value
        arguments = [self._comparison()]
        while self._peek(","):
            arguments.append(self._comparison())
        assert self._peek(")")
        return _FUNCTIONS[name](arguments)

    def _skip(self) -> None:
        """Pass over an argument up to its comma."""
        depth = 0
        while depth or self.tokens[self.at] != ("mark", ","):
            depth += {"(": 1, ")": -1}.get(self.tokens[self.at][1], 0) if self.tokens[self.at][0] == "mark" else 0
            self.at += 1


def _scalar(value: Any) -> Any:
    return (value[0] if value else None) if isinstance(value, _Area) else value


def _number(value: Any) -> float:
    one = _scalar(value)
    if isinstance(one, str):
        raise CellError("#VALUE!")
    return float(one or 0.0)


def _numbers(arguments: list[Any]) -> list[float]:
    """Numbers of areas and of single values; text within an area is passed over."""
    found: list[float] = []
    for argument in arguments:
        if isinstance(argument, _Area):
            found += [value for value in argument if isinstance(value, float)]
        else:
            found.append(_number(argument))
    return found


def _round(arguments: list[Any]) -> float:
    value, places = _number(arguments[0]), int(_number(arguments[1]))
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _choose(arguments: list[Any]) -> Any:
    return _scalar(arguments[1] if _scalar(arguments[0]) else arguments[2])


def _plain(arguments: list[Any]) -> float:
    value = _scalar(arguments[0])
    return value if isinstance(value, float) else 0.0


_FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "SUM": lambda a: float(sum(_numbers(a))),
    "MAX": lambda a: max(_numbers(a), default=0.0),
    "MIN": lambda a: min(_numbers(a), default=0.0),
    "ABS": lambda a: abs(_number(a[0])),
    "N": _plain,
    "ROUND": _round,
    "IF": _choose,
    "AND": lambda a: all(map(_scalar, a)),
    "OR": lambda a: any(map(_scalar, a)),
    "COUNTIF": lambda a: float(sum(1 for value in a[0] if value == _scalar(a[1]))),
}
