"""Vocabulary as data: which printed words give which aspects, forms and roles.

The files in ``budgetaudit/data`` are read once, on first use, and checked: a wrong file is a programming error and raises
VocabularyError at load, not a wrong report later.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from budgetaudit.amount import normalise

DIMENSIONS = frozenset({"flow", "fund", "nature", "item", "measure"})
MIN_CLASS = 5
"""Characters of the name of an economic class that tell it in a longer text."""
_QUOTES = re.compile("[“”\"'‘’《》「」]")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十]+[、.]?|[(][一二三四五六七八九十]+[)]、?|[一二三四五六七八九十]+[、.]|[(]\d{1,2}[)]|\d{1,2}[、.](?!\d)|[①-⑳])"
)


class VocabularyError(ValueError):
    """A data file contradicts itself or names something unknown."""


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of table, recognised by the words of its title."""

    key: str
    name: str
    any: tuple[str, ...]
    all: tuple[str, ...]
    none: tuple[str, ...]
    weight: int
    aspects: Mapping[str, str]
    amounts: bool
    """False where the figures of the form are not amounts of the budget (performance targets, assets)."""
    cells: tuple[str, ...] = ()
    """Words of cells, two of which tell the form of a table without a title."""
    header: tuple[str, ...] = ()
    """Words that the header of a table without a title must hold, all of them."""

    def matches(self, title: str) -> bool:
        """Whether a normalised title has what this form asks for."""
        return (
            (not self.any or any(word in title for word in self.any))
            and all(word in title for word in self.all)
            and not any(word in title for word in self.none)
        )


@lru_cache(maxsize=16384)
def squash(text: str) -> str:
    """The form in which printed words are compared: no white space, half-width brackets, no quotation marks."""
    return _QUOTES.sub("", normalise(text)).replace("【", "[").replace("】", "]").replace("〔", "(").replace("〕", ")")


@lru_cache(maxsize=4096)
def strip_numbering(text: str) -> str:
    """A squashed label without its numbering (一、 (一) 1. ①)."""
    return _NUMBERING.sub("", text, count=1)


def numbering(text: str) -> str:
    """The numbering that a squashed label begins with, or an empty string."""
    found = _NUMBERING.match(text)
    return found.group() if found else ""


def _data(name: str) -> str:
    return resources.files("budgetaudit").joinpath("data", name).read_text("utf-8")


@lru_cache(maxsize=1)
def aliases() -> Mapping[str, Mapping[str, str]]:
    """Printed form -> aspects it sets. Raises VocabularyError for an unknown dimension or an alias given twice."""
    table: dict[str, Mapping[str, str]] = {}
    for entry in tomllib.loads(_data("aspects.toml"))["alias"]:
        unknown = set(entry["set"]) - DIMENSIONS
        if unknown:
            raise VocabularyError(f"aspects.toml: unknown dimension {sorted(unknown)}")
        for text in entry["texts"]:
            if squash(text) != text:
                raise VocabularyError(f"aspects.toml: {text!r} is not in normal form")
            if text in table:
                raise VocabularyError(f"aspects.toml: {text!r} stands twice")
            table[text] = entry["set"]
    return table


@lru_cache(maxsize=1)
def _scanner() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(text) for text in sorted(aliases(), key=len, reverse=True)))


@lru_cache(maxsize=4096)
def aspects(text: str) -> Mapping[str, str]:
    """The aspects that a printed text gives: longest aliases from the left; the last word on a dimension counts."""
    found: dict[str, str] = {}
    for match in _scanner().finditer(squash(text)):
        found.update(aliases()[match.group()])
    return found


def items(text: str) -> tuple[str, ...]:
    """All items that a printed text names (三公, 会议费, 培训费), in their order, each once."""
    named = (aliases()[match.group()].get("item", "") for match in _scanner().finditer(squash(text)))
    return tuple(dict.fromkeys(item for item in named if item))


def composed_aspects(text: str, filler: str) -> Mapping[str, str]:
    """The aspects of a text that is nothing but aliases and filler (an expression); empty for any other."""
    words = squash(text)
    return aspects(words) if not re.sub(filler, "", _scanner().sub("", words)) else {}


def exact_aspects(text: str) -> Mapping[str, str] | None:
    """The aspects of a text that is an alias and nothing else; None otherwise."""
    return aliases().get(squash(text))


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(_data("words.toml"))


@lru_cache(maxsize=256)
def words(section: str, key: str) -> frozenset[str]:
    """A list of words.toml as a set. Raises KeyError for a list that does not exist."""
    return frozenset(_words()[section][key])


def collective(name: str) -> frozenset[str]:
    """The economic codes (款) that a name of the text stands for together; empty for any other name."""
    return frozenset(_words()["collective"].get(squash(name), ()))


@lru_cache(maxsize=4096)
def total_scope(label: str) -> str | None:
    """``year``, ``all`` or ``plain`` for a label that names a total row; None for any other label."""
    text = squash(label)
    for candidate in (text, text.rstrip(":"), re.sub(r"[(](?:万元|元)[)]$", "", text)):
        for scope in ("plain", "year", "all"):
            if candidate in words("total", scope):
                return scope
    bare = strip_numbering(text)  # 一、本年收入 heads its parts; 三、收入总计 is a total
    for scope in ("plain", "all"):
        if bare in words("total", scope):
            return scope
    if text.endswith(("合计", "总计", "小计")) and not is_partial(text):
        return "plain"
    return None


@lru_cache(maxsize=4096)
def is_whole(header: str) -> bool:
    """Whether a column header names the whole of its group (合计, 小计 ...)."""
    text = squash(header)
    text = re.sub(r"[(](?:万元|元)[)]$", "", text)
    bare = _YEAR.sub("", text)
    return (
        text in words("whole", "texts")
        or bare in words("whole", "texts")
        or bare.endswith(("合计", "总计", "小计", "总数", "总额"))
    )


def is_partial(label: str) -> bool:
    """Whether a label begins a partial listing (其中：)."""
    return squash(label).startswith(("其中", "含:"))


def without_partial(label: str) -> str:
    """A squashed label without the leading 其中."""
    return re.sub(r"^其中:?", "", squash(label))


@lru_cache(maxsize=1)
def forms() -> tuple[Form, ...]:
    """All forms, heaviest first. Raises VocabularyError where a key stands twice or an aspect is unknown."""
    found: list[Form] = []
    for entry in tomllib.loads(_data("forms.toml"))["form"]:
        if set(entry.get("aspects", {})) - DIMENSIONS:
            raise VocabularyError(f"forms.toml: unknown dimension in {entry['key']}")
        found.append(
            Form(
                key=entry["key"],
                name=entry["name"],
                any=tuple(entry.get("any", ())),
                all=tuple(entry.get("all", ())),
                none=tuple(entry.get("none", ())),
                weight=entry["weight"],
                aspects=entry.get("aspects", {}),
                amounts=entry.get("amounts", True),
                cells=tuple(entry.get("cells", ())),
                header=tuple(entry.get("header", ())),
            )
        )
    if len({form.key for form in found}) != len(found):
        raise VocabularyError("forms.toml: a key stands twice")
    return tuple(sorted(found, key=lambda form: -form.weight))


@lru_cache(maxsize=1024)
def form_of(title: str) -> Form | None:
    """The form that a table title names, None where no form fits."""
    text = squash(title)
    return next((form for form in forms() if form.matches(text)), None)


def form_by_content(cells: Iterable[str], header: Iterable[str]) -> Form | None:
    """The form of a table without a title: by two words of its cells, else by the words of its header."""
    texts = [squash(text) for text in cells if text]
    heads = " ".join(squash(text) for text in header if text)
    for form in forms():
        if form.cells and sum(1 for word in form.cells if any(word in text for text in texts)) >= 2:
            return form
    return next((form for form in forms() if form.header and all(word in heads for word in form.header)), None)


def _pairs(name: str) -> Iterable[tuple[str, str]]:
    return ((row["code"], row["name"]) for row in csv.DictReader(io.StringIO(_data(f"subjects/{name}"))))


@lru_cache(maxsize=1)
def function_class_codes() -> Mapping[str, str]:
    """Squashed name of a functional class (类) -> its code, former names included."""
    return {squash(name): code for code, name in _pairs("function_classes.csv")}


@lru_cache(maxsize=1)
def economic_class_codes() -> Mapping[str, str]:
    """Squashed name of a department economic class (3xx) -> its code, former names included."""
    return {squash(name): code for code, name in _pairs("economic_classes.csv") if code.startswith("3")}


@lru_cache(maxsize=256)
def economic_class_in(text: str) -> str:
    """The code of the one department economic class (工资福利支出) that a text names; empty where it names none or more."""
    named = {code for name, code in economic_class_codes().items() if len(name) >= MIN_CLASS and name in squash(text)}
    return next(iter(named)) if len(named) == 1 else ""


@lru_cache(maxsize=1)
def _economic_items() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, name in _pairs("economic_names.csv"):
        if len(code) == 5 and code.startswith("3") and code[:3] not in ("309", "311", "312"):  # shared by name with 310
            found.setdefault(squash(name), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def economic_item_codes(name: str) -> frozenset[str]:
    """The codes of the department economic items (款) of a squashed name, with or without 支出; empty for no item's name."""
    known = _economic_items()
    return next((known[n] for n in (name, name.removesuffix("支出"), f"{name}支出") if n in known), frozenset())


@lru_cache(maxsize=1)
def function_item_codes() -> Mapping[str, frozenset[str]]:
    """Squashed name of a functional item (项) -> the codes that bear it."""
    found: dict[str, set[str]] = {}
    for code, name in _pairs("function_names.csv"):
        if len(code) == 7:
            found.setdefault(squash(name), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


@lru_cache(maxsize=1)
def function_group_names() -> Mapping[str, frozenset[str]]:
    """Code of a functional class (类) or section (款) -> its squashed names, former names of classes included."""
    found: dict[str, set[str]] = {}
    for code, name in (*_pairs("function_names.csv"), *_pairs("function_classes.csv")):
        if len(code) < 7:
            found.setdefault(code, set()).add(squash(name))
    return {code: frozenset(names) for code, names in found.items()}
