"""Markdown (GitHub's) in which foreign text stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetaudit.report.words import visible

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~@$&:])")
_LEADING = re.compile(r"^(\d+)([.)])")


def escaped(text: str, limit: int = 0) -> str:
    """Text on one line with every mark escaped that could begin markup, a link, a mention or HTML."""
    return _LEADING.sub(r"\1\\\2", _MARKS.sub(_escape, visible(text, limit)))


def _escape(found: re.Match[str]) -> str:
    mark, text, at = found[1], found.string, found.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    # Figures read best as they are: none of these marks means anything between a digit and a digit or at its sign.
    if mark in "-+:" and after.isdigit() and (not before.strip() or before.isdigit()) and at:
        return mark
    return f"\\{mark}"


def heading(level: int, text: str) -> str:
    """A heading."""
    return f"{'#' * level} {escaped(text)}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table of cells that are escaped already; ``right`` are the numbers of columns set to the right."""
    width = len(head)
    rule = ["---:" if col in right else "---" for col in range(width)]
    filled = [[*row, *[""] * (width - len(row))][:width] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in ([*head], rule, *filled))
