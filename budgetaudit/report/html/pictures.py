"""Pictures of pages, each rendered once: grey in 16 steps, which is a third of the size and of the time of colour."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image

from budgetaudit.model import Document, Page

MAX_PAGES = 60
MAX_BYTES = 9_000_000
"""Of all pictures together, before they are written as text."""
MAX_SECONDS = 15.0
_SCALE = 2.0
_MAX_PIXELS = 2_400_000
_LEVELS = 16
_AHEAD = 6


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture: its size in points and its PNG as a data address."""

    page: int
    width: float
    height: float
    address: str


def pictures(document: Document, wanted: Iterable[int]) -> dict[int, Picture]:
    """Pictures of the wanted pages, the first ones where the bounds on number, size and time do not allow all.

    A page or a file that cannot be drawn is left out: its finding is told without a picture.
    """
    pages = {page.number: page for page in document.pages}
    asked = [pages[number] for number in wanted if number in pages][:MAX_PAGES]
    found: dict[int, Picture] = {}
    spent = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        packing: list[tuple[Page, Future[bytes]]] = []
        for page, image in _rendered(document, asked, time.monotonic() + MAX_SECONDS):
            # pdfium draws the next page while zlib, which needs no interpreter, packs this one.
            packing.append((page, pool.submit(_png, image)))
            if len(packing) > _AHEAD:
                packing[-_AHEAD][1].result()  # so that few unpacked pages are in memory
        for page, packed in packing:
            data = packed.result()
            spent += len(data)
            if spent > MAX_BYTES:
                break
            address = "data:image/png;base64," + base64.b64encode(data).decode("ascii")
            found[page.number] = Picture(page.number, page.width, page.height, address)
    return found


def _rendered(document: Document, pages: Sequence[Page], deadline: float) -> Iterator[tuple[Page, Image.Image]]:
    files = [(part.first_page, Path(part.path)) for part in document.parts] or [(1, Path(document.path))]
    with _opened() as pdfs:
        for page in pages:
            first, path = max(entry for entry in files if entry[0] <= page.number)
            try:
                if path not in pdfs:
                    pdfs[path] = pypdfium2.PdfDocument(path)
                source = pdfs[path][page.number - first]
                try:
                    image = _drawn(source, page, deadline)
                finally:
                    source.close()
            except (pypdfium2.PdfiumError, OSError, IndexError, ValueError):
                continue
            if image is None:
                return
            yield page, image


def _drawn(source: Any, page: Page, deadline: float) -> Image.Image | None:
    """The page in grey; None where it was not done by the deadline (time.monotonic)."""
    scale = min(_SCALE, (_MAX_PIXELS / max(1.0, page.width * page.height)) ** 0.5)
    width, height = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_Gray)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        late = type(raw.IFSDK_PAUSE().NeedToPauseNow)(lambda _pause: time.monotonic() > deadline)
        pause = raw.IFSDK_PAUSE(version=1, NeedToPauseNow=late)
        flags = raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE
        status = raw.FPDF_RenderPageBitmap_Start(bitmap, source, 0, 0, width, height, 0, flags, pause)
        raw.FPDF_RenderPage_Close(source)
        return bitmap.to_pil().copy() if status == raw.FPDF_RENDER_DONE else None
    finally:
        bitmap.close()


@contextmanager
def _opened() -> Iterator[dict[Path, Any]]:
    pdfs: dict[Path, Any] = {}
    try:
        yield pdfs
    finally:
        for pdf in pdfs.values():
            pdf.close()


def _png(image: Image.Image) -> bytes:
    grey = image.convert("L").point([value * _LEVELS // 256 for value in range(256)])
    packed = Image.frombytes("P", grey.size, grey.tobytes())
    packed.putpalette([step * 255 // (_LEVELS - 1) for step in range(_LEVELS) for _ in range(3)])
    out = io.BytesIO()
    packed.save(out, "PNG", bits=4, compress_level=4)
    return out.getvalue()
