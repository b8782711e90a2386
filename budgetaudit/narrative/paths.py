"""Functional subjects that the text names (类、款、项 in words, with or without codes) to codes of the own rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from budgetaudit.model import Table
from budgetaudit.vocabulary import function_class_codes, function_group_names, squash, strip_numbering

_PART = re.compile(r"([\u4e00-\u9fffA-Za-z“”、（）()]+?)[(（](\d{0,7})(类|款|项)[)）]")
_LENGTH = {"类": 3, "款": 5, "项": 7}


class Subjects:
    """Names of functional subjects by code, as the tables print them; published ones for levels that no table prints."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        for table in tables:
            for row in table.rows:
                if row.code and row.dimension == "function" and row.label:
                    self._names[row.code].add(squash(row.label))
        for code in {c[:size] for c in self._names for size in (3, 5) if len(c) > size} - self._names.keys():
            self._names[code] = set(function_group_names().get(code, ()))  # tables of items alone

    def code(self, parts: Mapping[str, str]) -> str:
        """The code of a path (level -> name); empty where no row or more than one row fits."""
        found = [""]
        for level in ("类", "款", "项"):
            name = parts.get(level, "").replace("其它", "其他")
            if not name:
                if level == "类":
                    found = [""]
                continue
            size = _LENGTH[level]
            below = [c for c in self._names if len(c) == size and any(c.startswith(p) for p in found)]
            found = [c for c in below if any(_same(name, n) for n in self._names[c])]
            found = found or [c for c in below if self._joined(name, c)]
            if level == "类" and not found and (known := function_class_codes().get(squash(name))):
                found = [known]
        return found[0] if len(found) == 1 else ""

    def _joined(self, name: str, code: str) -> bool:
        """Whether a name is that of a code with the names of the levels above it written before it, without their marks."""
        for own in self._names.get(code, ()):
            rest = name.removesuffix(own)
            if rest != name and (
                any(_same(rest, n) for n in self._names.get(code[:-2], ())) or self._joined(rest, code[:-2])
            ):
                return True
        return False


def _same(name: str, printed: str) -> bool:
    return printed in (name, name.removesuffix("支出"), name + "支出")


def path_in(text: str) -> dict[str, str]:
    """The levels that a text names last: level -> squashed name."""
    found: dict[str, str] = {}
    for match in _PART.finditer(text):
        name = strip_numbering(squash(match.group(1))).lstrip("。，、;；:：”“")
        level = match.group(3)
        if level == "类":
            found = {}
        elif level == "款":
            found.pop("项", None)
        found[level] = name
    return found
