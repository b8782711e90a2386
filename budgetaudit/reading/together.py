"""A disclosure in several files (its text and its table book) as one document with pages counted on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from budgetaudit.errors import UnreadableError
from budgetaudit.lang import _
from budgetaudit.model import Document, Page, Part, Place, Problem


def together(documents: Sequence[Document]) -> Document:
    """The documents joined in order. Page numbers of each further file go on where the file before it ended.

    Raises UnreadableError("engine", ...) for text files, whose places are lines and cannot be counted on.
    """
    for document in documents:
        if document.format != "pdf":
            raise UnreadableError("engine", _("--together 只能合并 PDF 文件"))
    pages: list[Page] = []
    problems: list[Problem] = []
    parts: list[Part] = []
    for document in documents:
        offset = len(pages)
        parts.append(Part(document.path, offset + 1, len(document.pages)))
        pages.extend(_moved(page, offset) for page in document.pages)
        problems.extend(replace(p, page=p.page + offset if p.page is not None else None) for p in document.problems)
    digest = hashlib.sha256("".join(document.sha256 for document in documents).encode()).hexdigest()
    return Document(" + ".join(d.path for d in documents), digest, "pdf", tuple(pages), tuple(problems), tuple(parts))


def _moved(page: Page, offset: int) -> Page:
    if not offset:
        return page

    def place(old: Place) -> Place:
        return replace(old, page=old.page + offset if old.page is not None else None)

    return replace(
        page,
        number=page.number + offset,
        lines=tuple(replace(line, place=place(line.place)) for line in page.lines),
        grids=tuple(
            replace(
                grid,
                place=place(grid.place),
                cells=tuple(replace(cell, place=place(cell.place)) for cell in grid.cells),
            )
            for grid in page.grids
        ),
    )
