"""Lines of a document that belong to its text: without page numbers, running heads, table titles and units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budgetaudit.model import Document, Grid, Line, Page, Place, Table
from budgetaudit.recognition.titles import is_note, is_page_number, looks_like_title, unit_in
from budgetaudit.vocabulary import squash

_PART = re.compile(r"^第[一二三四五六七八九十]+(?:部分|章)")
_HEADED = re.compile(r"^(?:第[一二三四五六七八九十]+(?:部分|章)|[(]?[一二三四五六七八九十]+[)]?[、.])")
_LEADER = re.compile(r"[.．·…‥⋯。_\s]{4,}\d*\s*$|(?<=[^\d\s])\s*[-—]?\s*\d{1,3}\s*[-—]?$")
_PLAIN_LEADER = re.compile(r"[.．·…‥⋯_\s]{4,}[-—\d\s]*$")
_TABLE_FURNITURE = re.compile(
    r"^(?:公开|预算|附|决算|财决|财预)?(?:公开)?(?:表[一二三四五六七八九十\d]{1,3}(?:[-—]\d+)?|\d{1,2}表|附表\d{0,2})[:：]?$"
    r"|^(?:编制|填报|公开|预算|主管)?(?:部门|单位)(?:名称|编码)?(?:[(（](?:公章|盖章)[)）])?[:：]"
)

MIN_FRAMED = 30


@dataclass(slots=True)
class Sorted:
    """The lines of a document by what they are for."""

    text: list[tuple[int, Line]] = field(default_factory=list)
    """(page number, line) in reading order."""
    contents: list[tuple[int, Line]] = field(default_factory=list)
    notes: list[tuple[int, Line]] = field(default_factory=list)


def sort_lines(document: Document, tables: Sequence[Table]) -> Sorted:
    """Every line of the text, the contents and the notes under tables."""
    running = _running(document)
    owned = {cell.place for table in tables for row in table.grid for cell in row if cell is not None}
    found = Sorted()
    for page in document.pages:
        for kind, line in _page_lines(page, running, owned):
            (found.notes if kind == "note" else found.text).append((page.number, line))
    _take_contents(found)
    return found


def _running(document: Document) -> frozenset[tuple[str, int]]:
    """Text at one height on half of the pages, or on a fifth of them within the margins."""
    pages = document.pages
    if len(pages) < 4:
        return frozenset()
    counts: Counter[tuple[str, int]] = Counter()
    edge: set[tuple[str, int]] = set()
    for page in pages:
        for key, line in {_key(line): line for line in page.lines}.items():
            counts[key] += 1
            bbox = line.place.bbox
            if bbox is not None and (bbox[3] < 0.08 * page.height or bbox[1] > 0.92 * page.height):
                edge.add(key)
    return frozenset(
        key
        for key, count in counts.items()
        if count * 2 >= len(pages) or (key in edge and count >= max(3, len(pages) // 5))
    )


def _key(line: Line) -> tuple[str, int]:
    return squash(line.text), round(_top(line.place) / 6)


def _top(place: Place) -> float:
    return place.bbox[1] if place.bbox is not None else float(place.line or 0)


def _page_lines(page: Page, running: frozenset[tuple[str, int]], owned: set[Place]) -> Iterator[tuple[str, Line]]:
    """Lines of a page with their kind, ``text`` or ``note``; frames around plain text give their lines."""
    grids = [g for g in page.grids if any(cell.place in owned for cell in g.cells)]
    frames = [g for g in page.grids if g not in grids and _is_frame(g)]
    items: list[tuple[float, int, Line | Grid]] = [(_top(line.place), 1, line) for line in page.lines]
    items += [(_top(grid.place), 0, grid) for grid in grids]
    for frame in frames:
        items += [(_top(line.place), 1, line) for line in _frame_lines(frame)]
    items.sort(key=lambda item: item[:2])
    last_grid = max((top for top, order, _ in items if order == 0), default=float("-inf"))
    below, noting = False, False
    for top, _, item in items:
        if isinstance(item, Grid):
            below, noting = True, False
            continue
        text = squash(item.text)
        if is_page_number(item.text) or _key(item) in running:
            continue
        if _HEADED.match(text):
            below = False
        if below and is_note(item.text):
            noting = True
        elif noting and (_HEADED.match(text) or looks_like_title(text) or top < last_grid):
            noting = False
        if noting:
            yield "note", item
        elif not (top < last_grid and _furniture(text)):
            yield "text", item


def _furniture(text: str) -> bool:
    """Whether a line above a table is its title, number, unit or organisation."""
    if _PART.match(text):
        return False
    return bool(_TABLE_FURNITURE.match(text)) or (len(text) < 40 and bool(unit_in(text))) or looks_like_title(text)


def _is_frame(grid: Grid) -> bool:
    """Whether a grid only frames plain text."""
    return grid.n_cols <= 2 and any(len(cell.text) >= MIN_FRAMED for cell in grid.cells)


def _frame_lines(grid: Grid) -> Iterator[Line]:
    for cell in grid.cells:
        for text in cell.text.split("\n"):
            if text.strip():
                yield Line(text.strip(), cell.place)


def _take_contents(found: Sorted) -> None:
    """Move the entries that follow 目录 out of the text: up to the first one's repetition, prose or a bare page."""
    start = next(
        (i for i, (_, line) in enumerate(found.text[:80]) if squash(line.text) in ("目录", "目次", "目錄")), None
    )
    if start is None:
        return
    first = ""
    stop = len(found.text)
    page = found.text[start][0]
    for index in range(start + 1, len(found.text)):
        number, line = found.text[index]
        entry = clean_entry(line.text)
        if not first:
            first = entry
        elif entry == first or (len(entry) > 6 and first.endswith(entry)):
            stop = index
            break
        if "。" in entry or len(entry) > 60:
            stop = index
            break
        if number != page:
            if not _goes_on(found.text, index, number):
                stop = index
                break
            page = number
    found.contents = found.text[start + 1 : stop]
    del found.text[start:stop]


def _goes_on(lines: Sequence[tuple[int, Line]], index: int, number: int) -> bool:
    """Whether the next page goes on with the contents: leaders, or nothing but short headed lines."""
    here = [line for page, line in lines[index : index + 60] if page == number]
    if any(_PLAIN_LEADER.search(line.text) for line in here):
        return True
    headed = [line for line in here if _HEADED.match(squash(line.text))]
    return len(headed) >= 3 and len(headed) * 10 >= 7 * len(here) and not any("。" in line.text for line in here)


def clean_entry(text: str) -> str:
    """A line of the contents without its leader and page number, squashed."""
    return squash(without_leader(text))


def without_leader(text: str) -> str:
    """A line of the contents as printed, without its leader, page number and blanks."""
    return re.sub(r"\s+", "", _LEADER.sub("", text.strip(" -")))
