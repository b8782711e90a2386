"""The published classification of expenditure: which names a code had in which year, and which codes bear a name.

The lists are data (``data/subjects``): functional classes 2xx to their items, departmental (3xx) and government (5xx)
economic classes to their sections. The economic lists are complete; of the functional one classes and sections are,
items are those that were met.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from budgetaudit.model import Table
from budgetaudit.vocabulary import squash, strip_numbering, without_partial

FUNCTION, DEPARTMENT, GOVERNMENT = "2", "3", "5"
SYSTEMS = (FUNCTION, DEPARTMENT, GOVERNMENT)
"""First digits of the codes of the three classifications."""
IN_USE = 9999
_PUNCTUATION = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of subjects. Raises FileNotFoundError for a name that does not exist."""
    text = resources.files("budgetaudit").joinpath("data", "subjects", name).read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """A name without numbering, 其中, blanks and punctuation."""
    return _PUNCTUATION.sub("", strip_numbering(without_partial(squash(name))))


@lru_cache(maxsize=1)
def _published() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Code -> its names as printed, the current one first, each with the last year it was in use.

    The lists of classes hold names of every year: that a class was renamed is a matter of its own.
    """
    found: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for file in ("function_names.csv", "economic_names.csv", "function_classes.csv", "economic_classes.csv"):
        for row in rows(file):
            found[row["code"]].setdefault(core(row["name"]), (row["name"], IN_USE))
    for row in rows("former_names.csv"):
        found[row["code"]].setdefault(core(row["name"]), (row["name"], int(row["until"])))
    return {code: tuple(names.values()) for code, names in found.items()}


def names_of(code: str, year: int | None) -> tuple[str, ...]:
    """Names that a code may bear in a year, the current one first; every name it ever had where no year is known."""
    return tuple(name for name, until in _published().get(code, ()) if year is None or year <= until)


@lru_cache(maxsize=64)
def codes_named(system: str, year: int | None) -> Mapping[str, tuple[str, ...]]:
    """Core of a name -> the codes that bear it, in one classification."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in _published():
        if code.startswith(system):
            for name in names_of(code, year):
                found[core(name)].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def home_of(code: str, name: str, year: int | None) -> tuple[str, ...]:
    """Codes of the same level whose name a row prints beside another code: those under the same parent first; for the
    economic classifications any of them; else the only one that bears the name. Empty where the name leads nowhere.
    """
    bearers = [c for c in codes_named(code[0], year).get(core(name), ()) if c != code]
    level = [c for c in bearers if len(c) == len(code)]
    near = tuple(c for c in level if c[:-2] == code[:-2])
    if near or code[0] != FUNCTION:
        return near or tuple(level)
    return tuple(level) if len(level) == 1 else ()


def lists_projects(table: Table) -> bool:
    """Whether the names of a table are those of projects, beside the codes of their subjects."""
    heads = [squash(column.path[-1]) for column in table.columns if column.path]
    return any("项目名称" in head for head in heads) and not any("科目" in head and "名称" in head for head in heads)
