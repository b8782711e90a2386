"""Characters of a page in the frame in which most of them read upright."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from budgetaudit.reading import native
from budgetaudit.reading.frame import Frame
from budgetaudit.reading.radicals import is_unreadable, plain

Glyph = tuple[str, float, float, float, float, float, int]
"""character, x0, y0, x1, y1 of its ink, baseline y, position in the page's text order. Frame coordinates, in points."""

MAX_CHARS = 60_000
_SAMPLE = 30
_NO_INK = 0.12
"""Boxes lower than this (points) say that pdfium knows no outline of the character."""
_BLANK = frozenset(" \t\r\n\u3000\x00\x0b\x0c")


@dataclass(slots=True)
class Glyphs:
    """What stands on a page. ``strays`` run in another direction (sideways stamps, upright page numbers)."""

    main: list[Glyph]
    strays: dict[int, list[Glyph]] = field(default_factory=dict)
    turn: int = 0
    total: int = 0
    unreadable: int = 0
    outside: int = 0
    """Characters that lie outside the page box: a sign of clipped text."""
    skipped: int = 0
    """Characters beyond MAX_CHARS, not read."""


def _text(textpage: Any, count: int) -> str:
    """The page's characters, one per pdfium index, with look-alikes replaced."""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    if got == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(text) == count:
            return plain(text)
    # Some characters have no Unicode value or need two code units: ask for each one, so that positions stay true.
    page = native.address(textpage)
    codes = (native.char_unicode(page, index) for index in range(count))
    return plain("".join(chr(code) if 0 < code < 0x110000 else "\ufffd" if code else " " for code in codes))


def _direction(page: int, index: int, matrix: native.Floats) -> int | None:
    """Which way a character runs: 0 right, 1 up, 2 left, 3 down in user space; None for slanted ones."""
    if not native.char_matrix(page, index, matrix.at[0]):
        return 0
    a, b = matrix.values()[:2]
    if not a and not b:
        return 0
    quarter = math.degrees(math.atan2(b, a)) / 90
    turn = round(quarter)
    return turn % 4 if abs(quarter - turn) < 0.12 else None


def _sample(page: int, text: str) -> tuple[int | None, bool]:
    """The prevailing direction of about thirty characters, and whether all of them share it."""
    inked = [index for index, char in enumerate(text) if char not in _BLANK]
    if not inked:
        return None, True
    matrix = native.Floats(6)
    step = max(1, len(inked) // _SAMPLE)
    # The last characters are looked at too: page numbers come last and may stand upright on a sideways page.
    seen = Counter(_direction(page, index, matrix) for index in (*inked[::step], *inked[-3:]))
    straight = [(turn, votes) for turn, votes in seen.most_common() if turn is not None]
    return (straight[0][0] if straight else 0), len(seen) == 1


def read_glyphs(textpage: Any, box: tuple[float, float, float, float], shown_turn: int) -> Glyphs:
    """Read every inked character of a page.

    ``box`` is the page box in user space, ``shown_turn`` the frame in which the page is displayed (used for an
    empty page).
    """
    total = pdfium.FPDFText_CountChars(textpage)
    count = min(max(total, 0), MAX_CHARS)
    page = native.address(textpage)
    text = _text(textpage, count) if count else ""
    turn, uniform = _sample(page, text)
    if turn is None:
        return Glyphs([], turn=shown_turn)
    glyphs = Glyphs([], turn=turn, skipped=max(total - count, 0))
    if uniform:
        glyphs.main = _upright(page, text, box) if turn == 0 else _turned(page, text, Frame(turn, box), None, turn)
    else:
        matrix = native.Floats(6)
        directions = [0 if char in _BLANK else _direction(page, k, matrix) for k, char in enumerate(text)]
        glyphs.main = _turned(page, text, Frame(turn, box), directions, turn)
        for other in {d for d in directions if d is not None and d != turn}:
            if found := _turned(page, text, Frame(other, box), directions, other):
                glyphs.strays[other] = found
    frame = Frame(turn, box)
    width, height = frame.width, frame.height
    inside = [g for g in glyphs.main if g[3] > 0 and g[1] < width and g[4] > 0 and g[2] < height]
    glyphs.outside = len(glyphs.main) - len(inside)
    glyphs.main = inside
    glyphs.total = len(inside) + sum(len(s) for s in glyphs.strays.values())
    glyphs.unreadable = sum(is_unreadable(char) for char in text if char > "\udfff") if text else 0
    return glyphs


class _LooseBox:
    """The box of a character whose font is neither in the file nor on the machine: from the font's metrics."""

    def __init__(self) -> None:
        self._rect = native.Floats(4)

    def __call__(self, page: int, index: int) -> tuple[float, float, float, float]:
        """Left, right, bottom and top in user space."""
        native.char_loose_box(page, index, self._rect.at[0])
        left, top, right, bottom = self._rect.values()
        return left, right, bottom, top


def _upright(page: int, text: str, box: tuple[float, float, float, float]) -> list[Glyph]:
    """The common case, written for speed: about 1.5 microseconds a character.

    The baseline is asked for once per run: a character that continues its neighbour on the right and overlaps it
    vertically stands on the same line, whatever its font says.
    """
    left, top = box[0], box[3]
    buffer = native.Doubles(6)
    a0, a1, a2, a3, a4, a5 = buffer.at
    values, char_box, char_origin = buffer.values, native.char_box, native.char_origin
    loose = _LooseBox()
    blank = _BLANK
    glyphs: list[Glyph] = []
    add = glyphs.append
    base = end = low = high = 0.0
    last = -2
    for index, char in enumerate(text):
        if char in blank:
            continue
        char_box(page, index, a0, a1, a2, a3)
        x0, x1, y0, y1, _, _ = values()
        if y1 - y0 < _NO_INK:
            x0, x1, y0, y1 = loose(page, index)
        if index != last + 1 or x0 < end - 3 or x0 > end + 14 or y0 >= high or y1 <= low:
            char_origin(page, index, a4, a5)
            base = top - values()[5]
        last, end, low, high = index, x1, y0, y1
        add((char, x0 - left, top - y1, x1 - left, top - y0, base, index))
    return glyphs


def _turned(page: int, text: str, frame: Frame, directions: list[int | None] | None, wanted: int) -> list[Glyph]:
    """Characters of one direction, in its frame."""
    buffer = native.Doubles(6)
    at, values = buffer.at, buffer.values
    loose = _LooseBox()
    glyphs: list[Glyph] = []
    for index, char in enumerate(text):
        if char in _BLANK or (directions is not None and directions[index] != wanted):
            continue
        native.char_box(page, index, *at[:4])
        native.char_origin(page, index, at[4], at[5])
        left, right, bottom, top, x, y = values()
        if top - bottom < _NO_INK or right - left < _NO_INK:
            left, right, bottom, top = loose(page, index)
        x0, y0, x1, y1 = frame.from_user(left, bottom, right, top)
        glyphs.append((char, x0, y0, x1, y1, frame.point(x, y)[1], index))
    return glyphs
