"""PDF files: one pass per page with pdfium, pages closed as soon as they are read."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetaudit.errors import UnreadableError
from budgetaudit.lang import N_, _
from budgetaudit.model import Document, Page, Place, Problem
from budgetaudit.reading.page import PageReading, read_page
from budgetaudit.reading.strokes import StrokeReader

MAX_PAGES = 1500
MAX_CHARACTERS = 4_000_000
"""Characters of a whole file; pages after that are not read."""
_TAIL = 8192
_REPEATED = 60
"""A text of this many characters on two neighbouring pages is one cell that runs over both, partly hidden."""
_SCAN = N_("没有文字层：是扫描件；未安装 OCR，无法核对")
_BROKEN = N_("文字层损坏（字体没有可用的编码）：按扫描件处理；未安装 OCR，无法核对")


def read_pdf(path: Path, sha256: str, max_pages: int | None = None) -> Document:
    """Read a PDF file with pdfium. Raises UnreadableError where it cannot be opened or holds no readable text."""
    problems: list[Problem] = []
    with _opened(path) as document:
        readings = _readings(document, max_pages, problems)
        _reread_repeated(document, readings)
    _drop_cut_lines(readings)
    _refuse_unreadable(readings)
    for reading in readings:
        number = reading.page.number
        problems.extend(reading.problems)
        if reading.scanned:
            problems.append(Problem(_("这一页没有文字层（是图片），未核对"), number))
        elif reading.broken:
            problems.append(Problem(_("这一页的文字层损坏，未核对"), number))
    pages = tuple(_without_text(reading.page) if reading.broken else reading.page for reading in readings)
    return Document(str(path), sha256, "pdf", pages, tuple(problems))


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    with path.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(stream.tell() - _TAIL, 0))
        tail = stream.read()
    if b"startxref" not in tail and b"%%EOF" not in tail:
        raise UnreadableError("truncated", _("PDF 不完整（缺少结尾，可能没有下载完）：请重新下载"))
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise UnreadableError("encrypted", _("PDF 有打开密码，无法读取：请先去除密码")) from error
        if getattr(error, "err_code", None) == raw.FPDF_ERR_SECURITY:
            raise UnreadableError("encrypted", _("PDF 的加密方式不受支持，无法读取")) from error
        raise UnreadableError("truncated", _("PDF 已损坏，无法打开")) from error
    try:
        if not len(document):
            raise UnreadableError("truncated", _("PDF 已损坏：没有可读的页"))
        yield document
    finally:
        document.close()


def _readings(document: pdfium.PdfDocument, max_pages: int | None, problems: list[Problem]) -> list[PageReading]:
    strokes = StrokeReader()
    readings: list[PageReading] = []
    total = len(document)
    wanted = min(total, MAX_PAGES if max_pages is None else max_pages)
    characters = failed = 0
    for index in range(wanted):
        if characters > MAX_CHARACTERS:
            wanted = index
            break
        try:
            reading = _reading(document, index, strokes)
        except pdfium.PdfiumError:
            failed += 1
            reading = PageReading(Page(index + 1, 0.0, 0.0))
            problems.append(Problem(_("这一页已损坏，未读"), index + 1))
        characters += reading.page.characters
        readings.append(reading)
    if failed and failed == len(readings):
        raise UnreadableError("truncated", _("PDF 已损坏：没有可读的页"))
    if wanted < total:
        problems.append(
            Problem(_("文件共 {total} 页，只读了前 {wanted} 页，其余未核对").format(total=total, wanted=wanted))
        )
    return readings


def _reading(
    document: pdfium.PdfDocument, index: int, strokes: StrokeReader, *, honour_clips: bool = False
) -> PageReading:
    page: Any = document[index]
    try:
        return read_page(page, index + 1, strokes, honour_clips=honour_clips)
    finally:
        page.close()


def _long_texts(page: Page) -> set[str]:
    cells = (cell.flat for grid in page.grids for cell in grid.cells if len(cell.text) >= _REPEATED)
    lines = (line.text for line in page.lines if len(line.text) >= _REPEATED)
    return {*cells, *lines}


def _reread_repeated(document: pdfium.PdfDocument, readings: list[PageReading]) -> None:
    """Read pages again, clips honoured, where a long text stands on two neighbouring pages."""
    texts = [_long_texts(reading.page) for reading in readings]
    again = {
        index + step
        for index, (here, there) in enumerate(pairwise(texts))
        if not here.isdisjoint(there)
        for step in (0, 1)
    }
    strokes = StrokeReader()
    for index in sorted(again):
        readings[index] = _reading(document, index, strokes, honour_clips=True)


def _drop_cut_lines(readings: list[PageReading]) -> None:
    """Drop a line that the border of a grid cuts and that stands whole in a grid of the page before or after.

    A cell's text that is cut at the end of a page is half seen on both pages.
    """
    for index, reading in enumerate(readings):
        cut = [line for line in reading.page.lines if any(_meet(line.place, grid.place) for grid in reading.page.grids)]
        if not cut:
            continue
        near = [readings[i].page for i in (index - 1, index + 1) if 0 <= i < len(readings)]
        texts = "\n".join(cell.text for page in near for grid in page.grids for cell in grid.cells)
        twice = {id(line) for line in cut if all(word in texts for word in line.text.split())}
        if twice:
            lines = tuple(line for line in reading.page.lines if id(line) not in twice)
            readings[index] = dataclasses.replace(reading, page=dataclasses.replace(reading.page, lines=lines))


def _meet(a: Place, b: Place) -> bool:
    """Return True where the first box reaches into the second."""
    if a.bbox is None or b.bbox is None:
        return False
    width = min(a.bbox[2], b.bbox[2]) - max(a.bbox[0], b.bbox[0])
    height = min(a.bbox[3], b.bbox[3]) - max(a.bbox[1], b.bbox[1])
    return min(width, height) > 1


def _refuse_unreadable(readings: list[PageReading]) -> None:
    good = [r for r in readings if r.page.characters and not r.broken and not r.scanned]
    if good or not readings:
        return
    raise UnreadableError("scan", _(_BROKEN if any(reading.broken for reading in readings) else _SCAN))


def _without_text(page: Page) -> Page:
    return dataclasses.replace(page, lines=(), grids=())
