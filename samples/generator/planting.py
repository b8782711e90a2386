"""The errors that each layout's second file carries."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from samples.generator.departments import land, water
from samples.generator.document import Document, Misprint, Slip
from samples.generator.ledger import Fund
from samples.generator.money import wan, wan_plain, wan_six, yuan


def swapped(text: str) -> str:
    """The figure with its first two adjacent digits that differ exchanged, the leading digit kept.

    ValueError where there is no such pair.
    """
    spots = [i for i, character in enumerate(text) if character.isdigit()]
    for a, b in pairwise(spots[1:]):
        if text[a] != text[b]:
            characters = list(text)
            characters[a], characters[b] = characters[b], characters[a]
            return "".join(characters)
    raise ValueError(text)


def _swap(doc: Document, sheet: str, row: str, *columns: str) -> Slip:
    table = doc.sheet(sheet)
    cells = tuple((row, column, swapped(table.text(row, column))) for column in columns)
    return Slip("digits-swapped", sheet, cells)


def _exchange(doc: Document, kind: str, sheet: str, row: str, one: str, other: str) -> Slip:
    table = doc.sheet(sheet)
    return Slip(kind, sheet, ((row, one, table.text(row, other)), (row, other, table.text(row, one))))


def _rows_exchanged(doc: Document, sheet: str, one: str, other: str, *columns: str) -> Slip:
    table = doc.sheet(sheet)
    cells: list[tuple[str, str, str]] = []
    for column in columns:
        cells.append((one, column, table.text(other, column)))
        cells.append((other, column, table.text(one, column)))
    return Slip("rows-exchanged", sheet, tuple(cells))


def _copied(doc: Document, sheet: str, row: str, neighbour: str, *columns: str) -> Slip:
    table = doc.sheet(sheet)
    return Slip("neighbour-copied", sheet, tuple((row, c, table.text(neighbour, c)) for c in columns))


def _columns(doc: Document) -> list[Slip]:
    d = doc.department
    project = d.ledger.where(funds=(Fund.GENERAL,), basic=False).total
    moved = 6_000_000
    carry = d.ledger.where(funds=(Fund.CARRY,)).total
    carry_own = d.ledger.where(funds=(Fund.CARRY_OWN,)).total
    running = d.three_public.running + 900_000
    return [
        _swap(doc, "expenditure", "2101101", "total"),
        Slip("total-not-updated", "general", (("合计", "project", wan(project - 12_340_000)),)),
        _exchange(doc, "nature-exchanged", "expenditure", "2010302", "basic", "project"),
        Slip(
            "three-public-part",
            "three-public",
            (("运行", "total", wan(running)), ("运行", "general", wan(running))),
        ),
        Slip(
            "cross-table",
            "overview",
            (("财政结转", "received", wan(carry - moved)), ("非财政结转", "received", wan(carry_own + moved))),
        ),
    ]


def _yuan(doc: Document) -> list[Slip]:
    d = doc.department
    section = d.ledger.where(function="20406", basic=False).total
    return [
        Slip("cent-off", "general", (("20406", "project", yuan(section + 1)),)),
        Slip("income-not-expenditure", "overview", (("收入总计", "received", yuan(d.ledger.total - 9_000_000)),)),
        _copied(doc, "basic", "30206", "30205", "total", "public"),
        Slip("three-public-part", "three-public", (("三公", "running", wan(d.three_public.running - 1_100_000)),)),
        _rows_exchanged(doc, "income", "2040605", "2040607", "total", "fiscal"),
    ]


def _codename(doc: Document) -> list[Slip]:
    stale = doc.department.ledger.raised(9, -3_456_700)
    public = stale.where(funds=(Fund.GENERAL,), basic=True, personnel=False).total
    return [
        _exchange(doc, "nature-exchanged", "general", "2080501", "personnel", "public"),
        Slip("total-not-updated", "basic", (("合计", "public", wan_six(public)),)),
        _swap(doc, "income", f"{water.CENTRE}/2130301", "general"),
        Slip("total-not-updated", "procurement", (("合计", "total", wan_six(doc.department.procurement - 5_200_000)),)),
        _rows_exchanged(doc, "government", "2082201", "2082202", "total", "project"),
    ]


def _final(doc: Document) -> list[Slip]:
    d = doc.department
    return [
        _swap(doc, "government", "2296003", "closing"),
        Slip("total-not-updated", "overview", (("支出总计", "spent", wan_plain(d.ledger.total)),)),
        Slip("three-public-part", "three-public", (("三公", "spent-vehicles", wan(d.three_public.running + 310_000)),)),
        _swap(doc, "basic", "30239", "amount3"),
        _exchange(doc, "nature-exchanged", "expenditure", "2101103", "basic", "project"),
    ]


def _cascade(doc: Document) -> list[Slip]:
    ledger = doc.department.ledger
    fiscal = doc.sheet("fiscal")
    return [
        _swap(doc, "expenditure", f"{land.SURVEY}/2200109", "project"),
        _copied(doc, "basic", "30207", "30201", "total", "public"),
        Slip("total-not-updated", "projects", (("合计", "total", wan(ledger.where(basic=False).total - 5_000_000)),)),
        Slip(
            "row-shifted",
            "fiscal",
            (("210", "spent", fiscal.text("211", "spent")), ("211", "spent", fiscal.text("210", "spent"))),
        ),
    ]


def _numbered(doc: Document) -> list[Slip]:
    d = doc.department
    return [
        Slip("income-not-expenditure", "overview", (("上年结转", "received", "52.83"),)),
        _swap(doc, "expenditure", "2080501", "total", "basic"),
        Slip("three-public-part", "three-public", (("接待", "total", wan(d.three_public.reception + 400_000)),)),
        _swap(doc, "projects", "优抚对象慰问", "general"),
    ]


_SLIPS: dict[str, Callable[[Document], list[Slip]]] = {
    "columns": _columns,
    "yuan": _yuan,
    "codename": _codename,
    "final": _final,
    "cascade": _cascade,
    "numbered": _numbered,
}

_FIGURE = r"\d[\d,]*\.\d\d(?=万元)"
_RATE = r"(?<=增长)\d[\d.]*(?=%)|(?<=下降)\d[\d.]*(?=%)"


def _misprint(doc: Document, kind: str, key: str, pattern: str, change: Callable[[str], str], nth: int = 0) -> Misprint:
    """Change one match of a pattern, with as much of the text before it as makes it occur once.

    ValueError where it cannot be told apart from another.
    """
    text = doc.paragraph(key).text
    found = list(re.finditer(pattern, text))[nth]
    for start in range(found.start(), -1, -1):
        lead = text[start : found.start()]
        if text.count(lead + found.group()) == 1:
            return Misprint(kind, key, lead + found.group(), lead + change(found.group()))
    raise ValueError(f"{key}: {found.group()} cannot be told apart")


def _turned(word: str) -> str:
    return {"增加": "减少", "减少": "增加"}[word]


def slips(doc: Document) -> list[Slip]:
    """Errors for the tables of a document."""
    return _SLIPS[doc.name](doc)


def misprints(doc: Document) -> list[Misprint]:
    """Errors for the text of a document: a figure, a rate, a direction word and a year."""
    year = str(doc.department.year)
    final = doc.kind == "final-account"
    return [
        _misprint(doc, "wrong-figure", "basic", _FIGURE, swapped, 1),
        _misprint(doc, "wrong-rate", "expenditure", _RATE, lambda rate: f"{rate[:-1]}{(int(rate[-1]) + 4) % 10}"),
        _misprint(doc, "direction-word", "operation", "增加|减少", _turned),
        _misprint(
            doc,
            "last-year",
            "totals" if final else "procurement",
            year + ("年度收入" if final else "年政府采购预算"),
            lambda text: text.replace(year, str(int(year) - 1)),
        ),
    ]
