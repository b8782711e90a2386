"""Text files whose tables are runs of tab-separated lines."""

from __future__ import annotations

from pathlib import Path

from budgetaudit.errors import UnreadableError
from budgetaudit.lang import _
from budgetaudit.model import Cell, Document, Grid, Line, Page, Place, Problem
from budgetaudit.reading.radicals import plain

MAX_BYTES = 20_000_000
MAX_COLUMNS = 400
_LONE_TABS = 3
"""A single tabbed line makes a table only from this many tabs on: indented prose has fewer."""


def read_text(path: Path, data: bytes, sha256: str) -> Document:
    """A text file as one page whose places are lines from 1. Raises UnreadableError for binary or oversized data."""
    if len(data) > MAX_BYTES:
        raise too_large()
    text = _decoded(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    problems: list[Problem] = []
    outside: list[Line] = []
    grids: list[Grid] = []
    index = 0
    while index < len(lines):
        stop = _run(lines, index)
        if stop > index:
            grids.append(_grid(lines, index, stop, problems))
            index = stop
            continue
        if content := plain(lines[index]).replace("\t", " ").strip():
            outside.append(Line(content, Place(line=index + 1)))
        index += 1
    characters = sum(not char.isspace() for char in text)
    page = Page(1, 0.0, 0.0, tuple(outside), tuple(grids), characters)
    return Document(str(path), sha256, "text", (page,), tuple(problems))


def too_large() -> UnreadableError:
    """The error for a text file beyond MAX_BYTES."""
    message = _("文本文件超过 {megabytes} MB，不读取").format(megabytes=MAX_BYTES // 1_000_000)
    return UnreadableError("too-large", message)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableError("not-pdf", _("既不是 PDF 也不是文本文件，无法读取"))


def _run(lines: list[str], start: int) -> int:
    """The end of the table that starts at a line; the start itself where none does.

    A line without tabs belongs to the table where tabbed lines stand directly above and below it.
    """
    if "\t" not in lines[start]:
        return start
    stop = start + 1
    while stop < len(lines):
        if "\t" in lines[stop]:
            stop += 1
        elif lines[stop].strip() and stop + 1 < len(lines) and "\t" in lines[stop + 1]:
            stop += 2
        else:
            break
    if stop == start + 1 and lines[start].count("\t") < _LONE_TABS:
        return start
    return stop


def _grid(lines: list[str], start: int, stop: int, problems: list[Problem]) -> Grid:
    split = [plain(line).split("\t") for line in lines[start:stop]]
    width = max(len(row) for row in split)
    if width > MAX_COLUMNS:
        problems.append(
            Problem(_("第 {line} 行起的表超过 {most} 列，其余列未读").format(line=start + 1, most=MAX_COLUMNS))
        )
        width = MAX_COLUMNS
    cells: list[Cell] = []
    for row, fields in enumerate(split):
        place = Place(line=start + row + 1)
        if len(fields) == 1:
            cells.append(_cell(fields[0], place, row, 0, width))
            continue
        fields = (fields + [""] * width)[:width]
        cells.extend(_cell(field, place, row, col, 1) for col, field in enumerate(fields))
    return Grid(tuple(cells), len(split), width, Place(line=start + 1), engine="text")


def _cell(field: str, place: Place, row: int, col: int, colspan: int) -> Cell:
    content = field.strip()
    indent = len(field) - len(field.lstrip()) if content else 0
    return Cell(content, place, row, col, 1, colspan, float(indent))
