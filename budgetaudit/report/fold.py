"""Line breaking for text of Chinese, whose characters take two cells and have no blanks between them, and English."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

_NO_LINE_START = frozenset("，。、；：？！）》」』】〕”’,.;:?!)]}%…")
_NO_LINE_END = frozenset("（《「『【〔“‘([{")


def fold(text: str, width: int) -> Iterator[str]:
    """Lines of at most ``width`` cells: between any two characters of Chinese, else at blanks; figures stay whole."""
    line = ""
    for piece in _pieces(text):
        if line and cell_len(line) + cell_len(piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        if not line:
            piece = piece.lstrip()
        while cell_len(piece) > width:
            head = _head(piece, width)
            yield head
            piece = piece[len(head) :]
        line += piece
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Runs that must not be broken: closing marks stay with what they close."""
    piece = ""
    for character in text:
        if (
            piece
            and character not in _NO_LINE_START
            and piece[-1] not in _NO_LINE_END
            and (cell_len(character) > 1 or cell_len(piece[-1]) > 1 or piece[-1] == " ")
        ):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _head(piece: str, width: int) -> str:
    size = 1
    while size < len(piece) and cell_len(piece[: size + 1]) <= width:
        size += 1
    return piece[:size]
