"""The pictures of README: the report of a sample as SVG, a page of it with its findings marked as PNG (``make pictures``).

The SVG is text and does not depend on the machine; tests/test_readme.py holds it against what the program prints now. The
PNG is drawn with the fonts of the machine.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import MONOKAI
from rich.text import Text

from budgetaudit.audit import audit
from budgetaudit.model import Report
from budgetaudit.reading import read
from budgetaudit.report.annotate import write_annotated
from budgetaudit.report.terminal import print_report

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "samples" / "pictures"
SAMPLE = "samples/numbered-errors.pdf"
WIDTH, LINES = 100, 55
"""Columns of the terminal, and how much of the report is shown."""
SIZE, CELL, LINE, EDGE = 14, 8.0, 20, 16
"""Of the SVG, in pixels: letters, columns, lines and the margin."""
PAGE, SCALE, MARGIN = 8, 1.4, 30
"""Page that is drawn, pixels a point, and pixels kept around what is printed on it."""
_COLOURS = 32
_FONTS = "'Noto Sans Mono CJK SC','Sarasa Mono SC',Menlo,Consolas,'PingFang SC','Microsoft YaHei',monospace"
_RUN = re.compile(r"[\u2e80-\uffff]+|[^\s\u2e80-\uffff]+(?: [^\s\u2e80-\uffff]+)*")
"""Letters two columns wide, or words of letters one column wide."""


def sample() -> Report:
    """The audit of the sample; its path is relative to the root of the project, which must be the current directory."""
    return audit(read(Path(SAMPLE)))


def report_svg(report: Report) -> str:
    """The first lines of the report as a terminal of WIDTH columns shows them.

    Rich's own export takes every letter for one column, which sets Chinese text on top of itself.
    """
    printed = io.StringIO()
    console = Console(file=printed, width=WIDTH, force_terminal=True, color_system="standard", highlight=False)
    print_report(report, console)
    lines = [Text(f"$ budgetaudit check {SAMPLE}", "bold"), Text()]
    lines += map(Text.from_ansi, printed.getvalue().splitlines()[:LINES])
    lines.append(Text("…", "dim"))
    width, height = round(WIDTH * CELL) + 2 * EDGE, len(lines) * LINE + 2 * EDGE
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f'<rect width="100%" height="100%" rx="8" fill="{MONOKAI.background_color.hex}"/>',
        f'<g font-family="{_FONTS}" font-size="{SIZE}">',
    ]
    for number, line in enumerate(lines, 1):
        drawn += _pieces(console.render(line), EDGE + number * LINE - 5)
    return "\n".join([*drawn, "</g>", "</svg>", ""])


def _pieces(segments: Iterable[Segment], y: int) -> Iterator[str]:
    """One line: runs of letters of one width, each at its column."""
    column = 0
    for segment in segments:
        text = segment.text.rstrip("\n")
        look = _look(segment.style or Style.null())
        for run in _RUN.finditer(text):
            x, length = EDGE + (column + cell_len(text[: run.start()])) * CELL, cell_len(run[0]) * CELL
            yield f'<text x="{x:g}" y="{y}" textLength="{length:g}" {look}>{escape(run[0])}</text>'
        column += cell_len(text)


def _look(style: Style) -> str:
    colour = style.color.get_truecolor(MONOKAI) if style.color else MONOKAI.foreground_color
    return (
        f'fill="{colour.hex}"' + (' font-weight="bold"' if style.bold else "") + (' opacity="0.6"' if style.dim else "")
    )


def text_of(svg: str) -> list[str]:
    """What the SVG says, piece by piece."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def page_png(report: Report) -> bytes:
    """The upper part of the page, with its findings marked."""
    with tempfile.TemporaryDirectory() as folder:
        marked = Path(folder) / "marked.pdf"
        write_annotated(report, marked)
        with pypdfium2.PdfDocument(marked) as document:
            drawn = document[PAGE - 1].render(scale=SCALE).to_pil().convert("RGB")
    body = drawn.crop((0, 0, drawn.width, drawn.height * 9 // 10))
    _left, top, _right, bottom = ImageOps.invert(body.convert("L")).getbbox() or (0, 0, *body.size)
    cut = drawn.crop((0, max(0, top - MARGIN), drawn.width, bottom + MARGIN))
    stream = io.BytesIO()
    ImageOps.expand(cut, 1, "#bbbbbb").quantize(_COLOURS, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def main() -> None:
    """Write both pictures."""
    FOLDER.mkdir(exist_ok=True)
    with contextlib.chdir(ROOT):
        report = sample()
        (FOLDER / "report.svg").write_text(report_svg(report), "utf-8")
        (FOLDER / "page.png").write_bytes(page_png(report))


if __name__ == "__main__":
    main()
