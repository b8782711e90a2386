"""From lines to paragraphs, sections and sentences, each with the place it was printed at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budgetaudit.model import Document, Line, Place, Table
from budgetaudit.narrative import Heading, Narrative, Sentence
from budgetaudit.narrative.lines import sort_lines, without_leader
from budgetaudit.vocabulary import squash

_NUMBERS = "一二三四五六七八九十百"
_LEVELS = (
    (1, re.compile(rf"^\s*第[{_NUMBERS}]+(?:部分|章)")),
    (2, re.compile(rf"^\s*[{_NUMBERS}]{{1,3}}\s*[、.．]")),
    (3, re.compile(rf"^\s*[(（][{_NUMBERS}]{{1,3}}[)）]")),
    (4, re.compile(r"^\s*\d{1,2}\s*(?:[、．]|\.(?!\d))")),
    (5, re.compile(r"^\s*(?:[(（]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳])")),
)
_TERMINAL = tuple("。；;！!？?…”")
_SPACES = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")
_SPACED_DIGIT = re.compile(r"(?<=[\d.,]) (?=[\d.,])")
_AMOUNT = re.compile(r"\d\s*(?:亿|万)?元|\d%")
_CAPTION = re.compile(r"^图\s*(?:\d|[一二三四五六七八九十])")
_LABEL = re.compile(r"^[\u4e00-\u9fff]{2,10}[:：]")
_ITEM = re.compile(r"(?<=[：:。；;，,])\s*(?=\d{1,2}(?:[、．]|\.(?!\d))|[(（]\d{1,2}[)）]|[①-⑳])")
MAX_HEADING = 70
LONG_LINE = 40
"""Characters from which a line of a text file may run on in the next one."""


@dataclass(slots=True)
class _Paragraph:
    text: str = ""
    pieces: list[tuple[int, Place]] = field(default_factory=list)
    size: float = 0.0
    centred: bool = False
    last: Line | None = None

    def add(self, line: Line) -> None:
        text = line.text.strip()
        if (
            self.text
            and self.text[-1].isascii()
            and self.text[-1].isalpha()
            and text[:1].isascii()
            and text[:1].isalpha()
        ):
            self.text += " "
        text = _SPACES.sub("", text)
        if len(_SPACED_DIGIT.findall(text)) >= 3:
            text = _SPACED_DIGIT.sub("", text)  # letter-spaced figures
        self.pieces.append((len(self.text), line.place))
        self.text += text
        self.size = max(self.size, line.size)
        self.last = line


@dataclass(frozen=True, slots=True)
class _Frame:
    """The text area of a page."""

    left: float
    right: float


def narrative(document: Document, tables: Sequence[Table]) -> Narrative:
    """The text of a document outside its tables. Blanks between Chinese characters are dropped from every text."""
    lines = sort_lines(document, tables)
    body = _body_size([line for _, line in lines.text])
    paragraphs = list(_paragraphs(lines.text))
    sentences: list[Sentence] = []
    headings: list[Heading] = []
    stack: list[tuple[int, str]] = []
    for number, paragraph in enumerate(paragraphs):
        level = _level(paragraph.text)
        heading = _is_heading(paragraph, level, body)
        if heading or level:
            depth = level or 1
            stack = [entry for entry in stack if entry[0] < depth]
        if heading:
            headings.append(Heading(paragraph.text, level or 1, paragraph.pieces[0][1]))
            stack.append((level or 1, paragraph.text))
            continue
        sentences.extend(split_sentences(paragraph.text, paragraph.pieces, tuple(text for _, text in stack), number))
    return Narrative(
        sentences=tuple(sentences),
        headings=tuple(headings),
        contents=tuple(_contents([line for _, line in lines.contents])),
        notes=tuple(
            sentence
            for number, note in enumerate(_paragraphs(lines.notes))
            for sentence in split_sentences(note.text, note.pieces, (), number)
        ),
    )


def _body_size(lines: Sequence[Line]) -> float:
    sizes = Counter(round(line.size) for line in lines for _ in range(len(line.text)))
    return float(sizes.most_common(1)[0][0]) if sizes else 0.0


def _frames(lines: Sequence[tuple[int, Line]]) -> dict[int, _Frame]:
    """Left and right edge of the text on each page; a page of few lines takes the document's usual edges."""
    edges: dict[int, list[tuple[float, float]]] = {}
    for page, line in lines:
        if line.place.bbox is not None and len(line.text) >= 10:
            edges.setdefault(page, []).append((line.place.bbox[0], line.place.bbox[2]))
    found = {
        page: _Frame(min(x for x, _ in pairs), max(x for _, x in pairs))
        for page, pairs in edges.items()
        if len(pairs) >= 6
    }
    if found:
        usual = _Frame(
            sorted(f.left for f in found.values())[len(found) // 2],
            sorted(f.right for f in found.values())[len(found) // 2],
        )
    else:
        flat = [pair for pairs in edges.values() for pair in pairs]
        usual = _Frame(min((x for x, _ in flat), default=0.0), max((x for _, x in flat), default=0.0))
    return {page: found.get(page, usual) for page, _ in lines}


def _paragraphs(lines: Sequence[tuple[int, Line]]) -> Iterator[_Paragraph]:
    frames = _frames(lines)
    current = _Paragraph()
    for page, line in lines:
        if not line.text.strip():
            continue
        if current.last is not None and _begins(current, line, frames[page]):
            yield current
            current = _Paragraph()
        if not current.pieces and line.place.bbox is not None:
            current.centred = _centred(line, frames[page])
        current.add(line)
    if current.pieces:
        yield current


def _centred(line: Line, frame: _Frame) -> bool:
    if line.place.bbox is None:
        return False
    x0, _, x1, _ = line.place.bbox
    indent, missing = x0 - frame.left, frame.right - x1
    # A full line with a deep first indent is not centred, however wide the page.
    return indent > 3 * line.size and missing > 1.5 * line.size and abs(indent - missing) < 3 * line.size


def _begins(current: _Paragraph, line: Line, frame: _Frame) -> bool:
    """Whether a line begins a new paragraph."""
    last = current.last
    assert last is not None
    if _level(line.text):
        return True
    ended = current.text.endswith(_TERMINAL) or current.text.endswith((":", "："))
    if line.place.bbox is None or last.place.bbox is None:
        return ended or len(squash(last.text)) < LONG_LINE or bool(_LABEL.match(line.text.strip()))
    size = line.size or 10.0
    missing = frame.right - last.place.bbox[2]
    indent = line.place.bbox[0] - frame.left
    if abs(line.size - last.size) > 0.3 * max(line.size, last.size) and len(line.text) > 3 and len(last.text) > 3:
        return True
    if current.centred and len(current.pieces) == 1 and not ended:
        below = line.place.page == last.place.page and line.place.bbox[1] - last.place.bbox[3] < 2 * size
        return not (below and _centred(line, frame))
    if indent > 1.3 * size:
        return (
            ended
            or missing > 2 * size
            or (line.place.bbox[0] - last.place.bbox[0] > -1 and len(current.pieces) == 1 and missing > size)
        )
    if (
        _level(current.text)
        and missing > 3 * size
        and not ended
        and len(current.pieces) == 1
        and not _AMOUNT.search(current.text)
    ):
        return missing > 8 * size or not re.search(r"[，、,（(]$", current.text)
    return missing > (3 if ended else 12) * size


def _level(text: str) -> int:
    return next((level for level, pattern in _LEVELS if pattern.match(text)), 0)


def _is_heading(paragraph: _Paragraph, level: int, body: float) -> bool:
    text = paragraph.text
    if (
        len(text) > MAX_HEADING
        or text.endswith((*_TERMINAL[:7], "，", "、", ","))
        or "。" in text[:-1]
        or _AMOUNT.search(text)
        or _CAPTION.match(text)
    ):
        return False
    if level:
        return not (text.endswith(("：", ":")) and len(text) > LONG_LINE)
    if len(text) > LONG_LINE or text.endswith(("：", ":")) or not re.search(r"[\u4e00-\u9fff]{2}", text):
        return False
    return paragraph.centred or (body > 0 and paragraph.size > 1.15 * body)


def split_sentences(
    text: str, pieces: Sequence[tuple[int, Place]], section: tuple[str, ...] = (), paragraph: int = 0
) -> Iterator[Sentence]:
    """Sentences of one paragraph: cut after 。；！？ outside brackets, and before a numbered item after a stop."""
    start = 0
    for stop in _cuts(text):
        part = text[start:stop]
        lead = len(part) - len(part.lstrip())
        if part.strip():
            offset = start + lead
            own = [(max(0, at - offset), place) for at, place in pieces if at < stop]
            begin = max((i for i, (at, _) in enumerate(pieces) if at <= offset), default=0)
            own = own[begin:]
            yield Sentence(part.strip(), own[0][1], section, paragraph, tuple(own))
        start = stop


def _cuts(text: str) -> list[int]:
    cuts: set[int] = {match.end() for match in _ITEM.finditer(text) if match.start()}
    depth = opened = 0
    for index, character in enumerate(text):
        if character in "（(":
            depth, opened = depth + 1, index
        elif character in "）)":
            depth = max(0, depth - 1)
        elif character in "。；;！!？?":
            if depth and index - opened < 80 and re.search(r"[)）]", text[index : index + 80]):
                continue
            depth = 0
            end = index + 1
            while end < len(text) and text[end] in "”’）)】":
                end += 1
            cuts.add(end)
    return sorted(cut for cut in cuts | {len(text)} if cut)


def _contents(lines: Sequence[Line]) -> Iterator[Heading]:
    """Entries of the contents; a line without numbering continues the entry above where that one has no page number."""
    entry = ""
    place = Place()
    level, led = 0, False
    for line in lines:
        text = without_leader(line.text)
        if not text:
            continue
        own = _level(text)
        if entry and not own and level and not re.match(r"^(?:附|表)", text) and not led and len(entry) > 12:
            entry += text
            led = text != re.sub(r"\s+", "", line.text)
            continue
        if entry:
            yield Heading(entry, level or 1, place)
        entry, place, level, led = text, line.place, own, text != re.sub(r"\s+", "", line.text)
    if entry:
        yield Heading(entry, level or 1, place)
