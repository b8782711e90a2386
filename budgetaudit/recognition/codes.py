"""Codes of rows: full codes, codes with names in one cell, and codes printed in pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetaudit.model import Column, ColumnRole
from budgetaudit.recognition.draft import INDENT_STEP
from budgetaudit.vocabulary import squash, words

_CODED = re.compile(r"^\[?([A-Z]?\d{2,12}|[A-Z](?=$|[-—–_、.\]]))\]?[-—–_:、. ]{0,2}(\D.*)?$")


def dimension_of(code: str) -> str:
    """The classification that a full code belongs to; empty where its shape fits none."""
    if code[:1].isalpha():
        return "procurement"
    if len(code) in (3, 5, 7, 9):
        if code[0] == "2":
            return "function"
        if code[0] == "3" and len(code) <= 7:
            return "economic"
        if code[0] == "5" and len(code) <= 7:
            return "government-economic"
        if code[:3] in ("101", "102", "103", "104", "105", "110"):
            return "revenue"
    return "unit" if len(code) >= 6 else ""


def split_code(text: str) -> tuple[str, str]:
    """Code and name of a cell that may hold both; the code is empty where there is none."""
    found = _CODED.match(squash(text))
    if found and (
        dimension_of(found.group(1)) or (found.group(1).isdigit() and len(found.group(1)) == 2 and not found.group(2))
    ):
        return found.group(1), found.group(2) or ""
    return "", squash(text)


class Pieces:
    """Full codes from the pieces that rows print: all pieces, or only the row's own (then the rows above are remembered)."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.stack: list[str] = []
        self.section_indent: float | None = None

    def code(self, texts: Sequence[str], indent: float) -> tuple[str, str]:
        """Full code and name (where a cell holds both) of a row's code cells; empty strings where they hold no code."""
        filled = [(i, text) for i, text in enumerate(texts) if text]
        code, name = split_code(filled[0][1])
        if len(filled) == 1 and name and code and len(code) >= 3:
            self._remember(code)
            return code, name
        digits = [(i, text) for i, text in filled if text.isdigit() or re.fullmatch(r"[A-Z]\d*", text)]
        if not digits:
            return "", ""
        first_column, first = digits[0]
        if len(first) >= 3 or first[:1].isalpha():
            full = first
            for _, piece in digits[1:]:
                full = piece if piece.startswith(full) else full + piece
            self._remember(full)
            return full, ""
        if not self.stack:
            return "", ""
        if first_column > 0 or len(digits) > 1:
            base = self.stack[:first_column] if first_column <= len(self.stack) else self.stack
            full = "".join([base[-1] if base else "", *(piece for _, piece in digits)])
        else:
            deeper = (
                len(self.stack) >= 2
                and self.section_indent is not None
                and indent > self.section_indent + INDENT_STEP / 2
            )
            if len(self.stack) == 1:
                self.section_indent = indent
            full = (self.stack[1] if deeper else self.stack[0]) + first
        self._remember(full)
        return full, ""

    def _remember(self, full: str) -> None:
        lengths = [n for n in (3, 5, 7, 9) if n <= len(full)]
        self.stack = [full[:n] for n in lengths] if full[:1].isdigit() else [full]


_DEEPER = {"款": "类", "项": "款", "目": "项"}
"""Headers of code columns that hold a piece of a code, and the header of the piece before it."""


@dataclass(slots=True)
class CodeGroup:
    """Code columns that together hold one code: one column of full codes, or one for each piece of it."""

    columns: list[Column]
    units: bool = False
    """True where the codes are those of units, which say nothing of the row's subject."""
    _pieces: Pieces = field(init=False)

    def __post_init__(self) -> None:
        self._pieces = Pieces(len(self.columns))

    def code(self, texts: Sequence[str], indent: float) -> tuple[str, str]:
        """Full code and name of a row's cells in these columns; empty strings where they hold no code."""
        return self._pieces.code(texts, indent)


def code_groups(columns: Sequence[Column]) -> list[CodeGroup]:
    """The codes that rows of these columns print, those of units last; numbers of projects are no codes."""
    groups: list[CodeGroup] = []
    for column in columns:
        if column.role is not ColumnRole.CODE:
            continue
        leaf = column.path[-1] if column.path else ""
        if leaf in words("header", "project_code"):
            continue
        last = groups[-1].columns[-1] if groups else None
        before = last.path[-1] if last is not None and last.path else ""
        goes_on = _DEEPER[leaf] == before if leaf in _DEEPER else leaf == before
        units = leaf in words("header", "unit_code")
        if last is not None and goes_on and last.index == column.index - 1 and not units:
            groups[-1].columns.append(column)
        else:
            groups.append(CodeGroup([column], units))
    return sorted(groups, key=lambda group: group.units)
