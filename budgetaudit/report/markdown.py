"""Markdown (GitHub's) in which foreign text stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetaudit.report.words import visible

# What can begin emphasis, code, a link, an image, HTML, an entity, a table cell, a mention, an issue or a formula anywhere;
# a link that is only an address; and what begins a list or a heading at the start of a line.
_MARKS = re.compile(r"[\\`*_\[\]<>#|~@$&]|(?<=[A-Za-z]):(?=/)|(?<=www)\.|^[-+=](?=\s|[-=]|$)", re.I)
_ORDINAL = re.compile(r"^(\d+)([.)])(?=\s|$)")


def escaped(text: str, limit: int = 0) -> str:
    """Text on one line in which nothing is markup, a link, a mention or HTML."""
    return _ORDINAL.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", visible(text, limit)))


def heading(level: int, text: str) -> str:
    """A heading."""
    return f"{'#' * level} {escaped(text)}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table of cells that are escaped already; ``right`` are the numbers of columns set to the right."""
    width = len(head)
    rule = ["---:" if col in right else "---" for col in range(width)]
    filled = [[*row, *[""] * (width - len(row))][:width] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in ([*head], rule, *filled))
