"""Pages, text and the flow of a document on a reportlab canvas; coordinates run from the top left as displayed."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"  # one of the standard CID fonts: nothing is embedded, files stay small
A4 = (595.0, 842.0)
MARGIN = 48.0

pdfmetrics.registerFont(UnicodeCIDFont(FONT))

_NEVER_FIRST = "，。；：、）》”！？％"


def width_of(text: str, size: float) -> float:
    """Width of a text in points."""
    return float(pdfmetrics.stringWidth(text, FONT, size))


def wrap(text: str, size: float, room: float) -> list[str]:
    """Lines no wider than ``room`` points, broken between Chinese characters; digits of a number stay together."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width_of(line + piece, size) > room and piece not in _NEVER_FIRST:
            lines.append(line)
            line = piece
        else:
            line += piece
    return [*lines, line] if line or not lines else lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        glued = character.isascii() and not character.isspace() and pieces and pieces[-1][-1].isascii()
        if glued:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


class Press:
    """A canvas with a cursor that runs down the page and turns it when it is full."""

    def __init__(self, path: Path, *, rotated_tables: bool = False, footer: str = "{page}") -> None:
        self._canvas = Canvas(str(path), pagesize=A4, invariant=1, pageCompression=1)
        self._rotated_tables = rotated_tables
        self._footer = footer
        self.page = 0
        self.width, self.height = A4
        self.y = 0.0

    def turn(self, *, landscape: bool = False) -> None:
        """Begin a page. A landscape page is a wide one, or an upright one with /Rotate 90 where the layout says so."""
        self._finish_page()
        self.page += 1
        short, long = A4
        self.width, self.height = (long, short) if landscape else (short, long)
        if landscape and self._rotated_tables:
            self._canvas.setPageSize((long, short))  # as displayed: reportlab turns the MediaBox of a rotated page
            self._canvas.setPageRotation(90)
            # A trace of skew: without a Chinese font on the machine pdfium drops glyphs set at exactly 90 degrees.
            self._canvas.transform(0.002, 1, -1, 0.002, short, 0)
        else:
            self._canvas.setPageSize((self.width, self.height))
            self._canvas.setPageRotation(0)
        self.y = MARGIN

    def _finish_page(self) -> None:
        if self.page:
            text = self._footer.format(page=self.page)
            self.text(text, (self.width - width_of(text, 9)) / 2, self.height - 24, 9)
            self._canvas.showPage()

    def save(self) -> None:
        """Write the file."""
        self._finish_page()
        self._canvas.save()

    @property
    def room(self) -> float:
        """Points left on the page above the footer."""
        return self.height - MARGIN - self.y

    def text(self, text: str, x: float, baseline: float, size: float) -> None:
        """Draw a text with its baseline so far below the top."""
        self._canvas.setFont(FONT, size)
        self._canvas.drawString(x, self.height - baseline, text)

    def centred(self, text: str, size: float, gap: float = 8.0) -> None:
        """Draw a centred line at the cursor."""
        self.y += size
        self.text(text, (self.width - width_of(text, size)) / 2, self.y, size)
        self.y += gap

    def paragraph(self, text: str, size: float = 10.5, leading: float = 18.0, indent: float = 21.0) -> None:
        """Draw a paragraph at the cursor; turns the page where it is full."""
        room = self.width - 2 * MARGIN
        lines = wrap("\u3000" * round(indent / size) + text, size, room)
        for line in lines:
            if self.room < leading:
                self.turn()
            self.y += leading
            self.text(line, MARGIN, self.y - (leading - size) / 2, size)

    def segment(self, x0: float, y0: float, x1: float, y1: float, style: str) -> None:
        """Draw one rule as a ``line``, a thin filled ``rect`` or a ``curve``."""
        top, bottom = self.height - y0, self.height - y1
        canvas = self._canvas
        if style == "rect":
            canvas.rect(x0 - 0.25, bottom - 0.25, x1 - x0 + 0.5, top - bottom + 0.5, stroke=0, fill=1)
            return
        canvas.setLineWidth(0.5)
        if style == "curve":
            path = canvas.beginPath()
            path.moveTo(x0, top)
            path.curveTo(
                x0 + (x1 - x0) / 3,
                top + (bottom - top) / 3,
                x0 + (x1 - x0) * 2 / 3,
                top + (bottom - top) * 2 / 3,
                x1,
                bottom,
            )
            canvas.drawPath(path, stroke=1, fill=0)
        else:
            canvas.line(x0, top, x1, bottom)
