"""PDF files: one pass per page with pdfium, pages closed as soon as they are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetaudit.errors import UnreadableError
from budgetaudit.model import Document, Page, Problem
from budgetaudit.reading import lattice as lattices
from budgetaudit.reading.frame import Frame, View
from budgetaudit.reading.glyphs import read_glyphs
from budgetaudit.reading.layout import assign, grid, outer_lines
from budgetaudit.reading.strokes import StrokeReader

MAX_PAGES = 1500


def read_pdf(path: Path, sha256: str, engine: str = "auto", max_pages: int | None = None) -> Document:
    """Read a PDF file. Raises UnreadableError where it cannot be opened or holds no text."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise UnreadableError("truncated", "PDF 文件损坏或不完整，无法打开") from error
    problems: list[Problem] = []
    pages: list[Page] = []
    strokes = StrokeReader()
    try:
        total = len(document)
        for index in range(min(total, max_pages or MAX_PAGES)):
            page = document[index]
            try:
                pages.append(_page(page, index + 1, strokes, problems))
            finally:
                page.close()
    finally:
        document.close()
    return Document(str(path), sha256, "pdf", tuple(pages), tuple(problems))


def _page(page: Any, number: int, reader: StrokeReader, problems: list[Problem]) -> Page:
    box = page.get_bbox()
    shown = (raw.FPDFPage_GetRotation(page.raw) or 0) % 4
    textpage = page.get_textpage()
    try:
        glyphs = read_glyphs(textpage.raw, box, shown)
    finally:
        textpage.close()
    frame = Frame(glyphs.turn, box)
    view = View(frame, Frame(shown, box))
    strokes = reader.read(page.raw, frame)
    found = lattices.build(lattices.merge(strokes.horizontal), lattices.merge(strokes.vertical))
    found = [one for one in found if len(one.spans) > 1]
    assigned = assign(glyphs.main, found)
    grids = [grid(one, cells, number, view, "") for one, cells in zip(found, assigned.cells, strict=True)]
    lines = outer_lines(assigned.rest, number, view)
    for turn, stray in glyphs.strays.items():
        lines.extend(outer_lines(stray, number, View(Frame(turn, box), view.display)))
    area = view.display.width * view.display.height
    return Page(
        number, view.display.width, view.display.height, tuple(lines), tuple(grids), glyphs.total,
        round(min(strokes.image_area / area, 1.0), 3) if area else 0.0,
    )  # fmt: skip
