"""A pencil for small PDFs: every operator of a page is in the test's own hand.

Coordinates are PDF user space: points from the bottom left corner. Figures and Latin text use Helvetica, which every
PDF program holds; ideographs use STSong-Light, which none needs to hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

_FONTS = (
    "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> "
    "/F2 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ << "
    "/Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo << /Registry (Adobe) "
    "/Ordering (GB1) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 "
    "/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >> >> ] >> "
)


class Sheet:
    """One page. Its methods return it, so that a drawing reads as one chain."""

    def __init__(self, width: float = 595, height: float = 842, rotate: int = 0, extra: str = "") -> None:
        self.width, self.height, self.rotate, self.extra = width, height, rotate, extra
        self.code: list[str] = []
        self.objects: dict[str, str] = {}

    def raw(self, code: str) -> Sheet:
        self.code.append(code)
        return self

    def text(self, x: float, y: float, text: str, size: float = 9) -> Sheet:
        """Text with its baseline at y; ASCII in Helvetica, anything else in the song face."""
        if text.isascii():
            escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            return self.raw(f"BT /F1 {size} Tf {x} {y} Td ({escaped}) Tj ET")
        return self.raw(f"BT /F2 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        return self.raw(f"0.5 w {x0} {y0} m {x1} {y1} l S")

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A rule as a filled rectangle half a point thick."""
        return self.raw(f"{x0 - 0.25} {y0 - 0.25} {x1 - x0 + 0.5} {y1 - y0 + 0.5} re f")

    def curve(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A rule as a Bézier curve that happens to be straight."""
        return self.raw(f"0.5 w {x0} {y0} m {x0} {y0} {x1} {y1} {x1} {y1} c S")

    def dashes(self, x0: float, y0: float, x1: float, y1: float, dash: float = 2.5, gap: float = 2.0) -> Sheet:
        """A rule as many short strokes."""
        length, at = max(x1 - x0, y1 - y0), 0.0
        while at < length:
            end = min(at + dash, length)
            if y0 == y1:
                self.line(x0 + at, y0, x0 + end, y0)
            else:
                self.line(x0, y0 + at, x0, y0 + end)
            at += dash + gap
        return self

    def double(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """Two rules two points apart."""
        dx, dy = (0, 1) if y0 == y1 else (1, 0)
        return self.line(x0 - dx, y0 - dy, x1 - dx, y1 - dy).line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)

    def grid(self, xs: Sequence[float], ys: Sequence[float], how: str = "line") -> Sheet:
        """All rules of a grid, drawn with the method of that name."""
        draw = getattr(self, how)
        for y in ys:
            draw(min(xs), y, max(xs), y)
        for x in xs:
            draw(x, min(ys), x, max(ys))
        return self

    def rows(self, xs: Sequence[float], ys: Sequence[float], texts: Iterable[Sequence[str]], size: float = 9) -> Sheet:
        """Write texts into the cells of a grid whose ys go down, row by row."""
        for (top, bottom), row in zip(pairwise(ys), texts, strict=False):
            for x, text in zip(xs, row, strict=False):
                if text:
                    self.text(x + 3, (top + bottom) / 2 - size * 0.35, text, size)
        return self


def pdf(*sheets: Sheet) -> bytes:
    """The file, with a cross-reference table."""
    bodies: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for sheet in sheets:
        stream = "\n".join(sheet.code).encode("latin-1")
        bodies.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
        content, named = len(bodies), ""
        for name, body in sheet.objects.items():
            bodies.append(body.encode("latin-1"))
            named += f"/{name} {len(bodies)} 0 R "
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] /Rotate {sheet.rotate} "
            f"/Contents {content} 0 R /Resources << /Font << {_FONTS}{sheet.extra} >> /XObject << {named} >> >> >>"
        )
        bodies.append(page.encode("latin-1"))
        kids.append(f"{len(bodies)} 0 R")
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(out)


def save(folder: Path, *sheets: Sheet, name: str = "sample.pdf") -> Path:
    path = folder / name
    path.write_bytes(pdf(*sheets))
    return path


IMAGE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
    "stream\n\x80\nendstream"
)
"""A grey picture of one pixel: name it in Sheet.objects and paint it over the page to make a scan."""
