"""Which engine's grids are taken: pdfium's, camelot's where pdfium's are doubtful and camelot's are better."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

from budgetaudit.lang import N_, _
from budgetaudit.model import Document, Grid, Page, Problem
from budgetaudit.reading.cells import BESIDE, NUMBER, OPEN, OVERLAPS, UNLINED

_MAX_REREAD = 24
"""Doubtful pages read again per file: camelot takes about thirty times as long."""
_SAME = 0.8
REPLACED = N_("已改用 camelot 的读法")


def with_camelot(document: Document) -> Document:
    """Take camelot's grids alone; lines stay as pdfium reads them. Raises UnreadableError (engine) without camelot."""
    from budgetaudit.reading.camelot_engine import camelot_grids, replace_grids

    numbers = [page.number for page in document.pages if page.characters]
    found, failed = camelot_grids(Path(document.path), numbers)
    pages = tuple(replace_grids(page, found.get(page.number, [])) for page in document.pages)
    problems = [Problem(_("camelot 未能读取这一页，表格未读"), number) for number in failed]
    return dataclasses.replace(document, pages=pages, problems=(*document.problems, *problems))


def settle_doubts(document: Document) -> Document:
    """Read doubtful grids again with camelot and take its reading where it is better.

    Better means: no digit is lost, and more cells hold exactly one figure. Without camelot, or where it fails, the
    grid stays as it is, with its doubt.
    """
    doubtful = [page.number for page in document.pages if any(_may_improve(grid) for grid in page.grids)][:_MAX_REREAD]
    if not doubtful:
        return document
    from budgetaudit.errors import UnreadableError
    from budgetaudit.reading.camelot_engine import camelot_grids

    try:
        found, _failed = camelot_grids(Path(document.path), doubtful)
    except UnreadableError:
        return document
    pages = tuple(_settled(page, found[page.number]) if page.number in found else page for page in document.pages)
    return dataclasses.replace(document, pages=pages)


def _may_improve(grid: Grid) -> bool:
    """Return True for doubts that another engine can settle: it needs vertical rules, and cannot undo overlaps."""
    return any(doubt not in (BESIDE, OPEN, OVERLAPS, UNLINED) for doubt in grid.doubts)


def _settled(page: Page, others: list[Grid]) -> Page:
    grids = []
    for grid in page.grids:
        other = next((one for one in others if _same_place(grid, one)), None) if _may_improve(grid) else None
        if other is not None and is_better(other, grid):
            grid = dataclasses.replace(other, doubt=f"{grid.doubt}；{REPLACED}")
        grids.append(grid)
    return dataclasses.replace(page, grids=tuple(grids))


def is_better(other: Grid, grid: Grid) -> bool:
    """Return True where ``other`` keeps every digit of ``grid`` and has more cells that hold exactly one figure."""
    if _digits(grid) - _digits(other):
        return False
    return _figures(other) > _figures(grid)


def _digits(grid: Grid) -> Counter[str]:
    return Counter(char for cell in grid.cells for char in cell.text if char.isdigit())


def _figures(grid: Grid) -> int:
    return sum(bool(NUMBER.fullmatch(cell.text.replace("\n", "").replace(" ", ""))) for cell in grid.cells)


def _same_place(grid: Grid, other: Grid) -> bool:
    a, b = grid.place.bbox, other.place.bbox
    if a is None or b is None:
        return False
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return False
    larger = max((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return width * height >= _SAME * larger
