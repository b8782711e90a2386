"""Independent arithmetic over the printed cells of a sample: what must hold is written down here by hand.

Nothing of the generator's own totals is used: figures are parsed back from the printed texts, codes from the printed
code cells, and each relation is recomputed. ``broken`` returns what does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from samples.generator.document import Document
from samples.generator.sheet import Cell, Sheet
from tests.samples.relations import COLUMN_SUMS, LISTS, ROW_SUMS, SAME, TREES

FIGURE = re.compile(r"-?[\d,]+\.\d+")

Note = Callable[[str, str], None]


@dataclass
class Node:
    """A row of a code tree with what is printed under it."""

    figures: list[Decimal]
    where: str
    children: list[Node] = field(default_factory=list)


def value(text: str) -> Decimal | None:
    """The printed figure, None where it is no figure; blank and a dash are zero."""
    if text in ("", "-"):
        return Decimal(0)
    return Decimal(text.replace(",", "")) if FIGURE.fullmatch(text) else None


def at(sheet: Sheet, row: str, column: str) -> Decimal:
    """A printed figure by row and column."""
    found = value(sheet.text(row, column))
    assert found is not None, (sheet.key, row, column)
    return found


def half_unit(sheet: Sheet) -> Decimal:
    """Half of the last printed digit; nothing where figures are exact to the fen."""
    if sheet.unit.endswith("：元"):
        return Decimal(0)
    printed = next((c.text for r in sheet.body for c in r.cells if c is not None and FIGURE.fullmatch(c.text)), "0.00")
    places = len(printed.rpartition(".")[2])
    return Decimal(0) if places == 6 else Decimal(5).scaleb(-places - 1)


_NUMBERED = re.compile(r"([一二三四五六七八九十]+、)|(（[一二三四五六七八九十]+）)|(\d+\.)")
_BRACKETED = re.compile(r"\[(\d+)\]")


def level(doc: Document, cells: dict[str, Cell]) -> int | None:
    """Depth of a row as its layout prints it: by numbering, by indented pieces, in brackets, or in code columns."""
    if doc.name == "numbered":
        found = _NUMBERED.match(cells["name"].text)
        return None if found is None else [bool(group) for group in found.groups()].index(True)
    if doc.name == "cascade":
        return cells["code"].indent if cells["code"].text.isdigit() else None
    if doc.name == "codename":
        bracketed = _BRACKETED.match(cells["name"].text)
        return None if bracketed is None else (len(bracketed.group(1)) - 3) // 2
    code = "".join(cells[key].text for key in ("class", "section", "item", "code") if key in cells)
    return (len(code) - 3) // 2 if code.isdigit() else None


def trees(doc: Document, sheet: Sheet) -> tuple[list[Node], list[Node]]:
    """(roots, totals) of a table with codes or numbering, from the printed cells alone."""
    keys = [leaf.key for leaf, _ in sheet.leaves()]
    roots: list[Node] = []
    totals: list[Node] = []
    stack: list[tuple[int, Node]] = []
    for index, row in enumerate(sheet.body):
        cells = {key: cell or Cell() for key, cell in zip(keys, row.cells, strict=True)}
        figures = [value(cell.text) or Decimal(0) for key, cell in cells.items() if key not in _TEXT_COLUMNS]
        node = Node(figures, f"{sheet.key} row {index}")
        if any(cell.text == "合计" for cell in cells.values()):
            totals.append(node)
            continue
        depth = level(doc, cells)
        if depth is None:
            continue
        while stack and stack[-1][0] >= depth:
            stack.pop()
        (stack[-1][1].children if stack else roots).append(node)
        stack.append((depth, node))
    return roots, totals


_TEXT_COLUMNS = {"class", "section", "item", "name", "unit", "code"}


def _tree_breaks(doc: Document, sheet: Sheet) -> Iterator[str]:
    half = half_unit(sheet)
    roots, totals = trees(doc, sheet)

    def walk(node: Node) -> Iterator[str]:
        if node.children:
            for i, figure in enumerate(node.figures):
                parts = sum((child.figures[i] for child in node.children), Decimal(0))
                if abs(figure - parts) > half * (len(node.children) + 1):
                    yield f"{node.where}: {figure} is not {parts}"
        for child in node.children:
            yield from walk(child)

    for root in roots:
        yield from walk(root)
    if roots and totals:
        for i, figure in enumerate(totals[-1].figures):
            parts = sum((root.figures[i] for root in roots), Decimal(0))
            if abs(figure - parts) > half * (len(roots) + 1):
                yield f"{sheet.key} total: {figure} is not {parts}"


def table_breaks(doc: Document) -> dict[str, list[str]]:
    """Relations within one table that do not hold, by table."""
    found: dict[str, list[str]] = {}

    def note(key: str, what: str) -> None:
        found.setdefault(key, []).append(what)

    for key, sums in ROW_SUMS[doc.name].items():
        sheet = doc.sheet(key)
        half = half_unit(sheet)
        for row in sheet.body:
            for whole, parts in sums:
                cells = [row.cells[sheet.column(name)] for name in (whole, *parts)]
                figures = [value(cell.text) if cell is not None else None for cell in cells]
                if None in figures:
                    continue
                first, *rest = [figure or Decimal(0) for figure in figures]
                if abs(first - sum(rest)) > half * (len(rest) + 1):
                    note(key, f"{row.keys}: {whole} {first} is not {rest}")
    for key, column, whole, parts in COLUMN_SUMS[doc.name]:
        sheet = doc.sheet(key)
        gap = at(sheet, whole, column) - sum((at(sheet, part, column) for part in parts), Decimal(0))
        if abs(gap) > half_unit(sheet) * (len(parts) + 1):
            note(key, f"{whole}: off by {gap}")
    for key in TREES[doc.name]:
        for what in _tree_breaks(doc, doc.sheet(key)):
            note(key, what)
    _special(doc, note)
    return found


def _special(doc: Document, note: Note) -> None:
    """What only some layouts have: the balance of a fund, the two-sided economic table, plain lists."""
    if doc.name == "final":
        fund = doc.sheet("government")
        for row in ("合计", "229", "22960", "2296003"):
            left = at(fund, row, "opening") + at(fund, row, "received") - at(fund, row, "total")
            if abs(left - at(fund, row, "closing")) > half_unit(fund) * 4:
                note("government", f"{row}: {left} should be left")
        basic = doc.sheet("basic")
        codes = [key for row in basic.body for key in row.keys if re.fullmatch(r"(302|310)\d\d", key)]
        columns = {code: ("amount2" if code in _first_public(basic) else "amount3") for code in codes}
        gap = at(basic, "公用经费合计", "amount3") - sum((at(basic, c, columns[c]) for c in codes), Decimal(0))
        if abs(gap) > half_unit(basic) * (len(codes) + 1):
            note("basic", f"公用经费合计: off by {gap}")
    for key in LISTS.get(doc.name, ()):
        _listed(doc, doc.sheet(key), note)


def _first_public(basic: Sheet) -> set[str]:
    place = basic.column("code2")
    return {cell.text for row in basic.body if (cell := row.cells[place]) is not None}


def _listed(doc: Document, sheet: Sheet, note: Note) -> None:
    """A plain list with one total row; in the layout with codes only its project rows count."""
    keys = [leaf.key for leaf, _ in sheet.leaves()]
    texts = {"class", "section", "item", "name", "unit"} | {"project" if sheet.key == "projects" else "government"}
    texts -= {"government"} if sheet.key != "basic" else set()
    whole = sheet.body[sheet.find("合计")]
    items = [row for row in sheet.body if row is not whole and doc.department.name not in row.keys]
    if "class" in keys:
        items = [row for row in items if "/" in row.keys[0]]
    for i, key in enumerate(keys):
        total = whole.cells[i]
        if key in texts or total is None:
            continue
        figures = [value(cell.text) or Decimal(0) for row in items if (cell := row.cells[i]) is not None]
        printed = value(total.text) or Decimal(0)
        if abs(printed - sum(figures)) > half_unit(sheet) * (len(figures) + 1):
            note(sheet.key, f"list total {printed} is not {sum(figures)}")


def cross_breaks(doc: Document) -> list[tuple[str, str]]:
    """Pairs of tables that print one figure differently."""
    found = []
    for one, other in SAME[doc.name]:
        a, b = (at(doc.sheet(spot[0]), spot[1], spot[2]) for spot in (one, other))
        if abs(a - b) > half_unit(doc.sheet(one[0])) * 2:
            found.append((one[0], other[0]))
    return found


def residues(doc: Document) -> int:
    """How many sums of the code trees miss by rounding alone."""
    count = 0

    def walk(node: Node) -> int:
        if not node.children:
            return 0
        sums = [sum(figures) for figures in zip(*(child.figures for child in node.children), strict=True)]
        own = sum(a != b for a, b in zip(node.figures, sums, strict=True))
        return own + sum(walk(child) for child in node.children)

    for key in TREES[doc.name]:
        count += sum(walk(root) for root in trees(doc, doc.sheet(key))[0])
    return count
