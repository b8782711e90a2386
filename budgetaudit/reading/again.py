"""A second look at single places of a PDF: the text that pdfium itself finds in a box, past our sorting into cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetaudit.model import Document, Part, Place
from budgetaudit.reading.frame import Frame

_ROOM = 2.0
"""Points around a box in which a character that was sorted into the neighbouring cell may stand."""


def texts(document: Document, places: Iterable[Place]) -> dict[Place, str]:
    """The text of each place that can be read again; places of text files and of pages that do not open are left out."""
    if document.format != "pdf":
        return {}
    parts = document.parts or (Part(document.path, 1, len(document.pages)),)
    by_page: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        if place.page is not None and place.bbox is not None:
            by_page[place.page].append(place)
    found: dict[Place, str] = {}
    for part in parts:
        wanted = {n: p for n, p in by_page.items() if part.first_page <= n < part.first_page + part.pages}
        if wanted:
            found.update(_of_file(part, wanted))
    return found


def _of_file(part: Part, wanted: dict[int, list[Place]]) -> dict[Place, str]:
    found: dict[Place, str] = {}
    try:
        with pdfium.PdfDocument(part.path) as pdf:
            for number, places in wanted.items():
                page = pdf[number - part.first_page]
                frame = Frame((raw.FPDFPage_GetRotation(page.raw) or 0) % 4, page.get_bbox())
                textpage = page.get_textpage()
                for place in places:
                    if place.bbox is not None:
                        x0, y0, x1, y1 = place.bbox
                        found[place] = textpage.get_text_bounded(*frame.to_user((x0 - _ROOM, y0, x1 + _ROOM, y1)))
    except (pdfium.PdfiumError, OSError, IndexError):
        return found
    return found
