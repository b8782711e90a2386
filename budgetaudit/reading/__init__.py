"""One way from a file to a Document."""

from __future__ import annotations

import hashlib
from pathlib import Path

from budgetaudit.errors import UnreadableError
from budgetaudit.lang import _
from budgetaudit.model import Document
from budgetaudit.reading.text import MAX_BYTES as MAX_TEXT_BYTES
from budgetaudit.reading.text import read_text, too_large

ENGINES = ("auto", "pdfium", "camelot")
MAX_PDF_BYTES = 400_000_000
_HEAD = 4096
_PDF_WITHIN = 1024
"""Readers accept a PDF whose header stands within its first kilobyte."""


def read(path: str | Path, *, engine: str = "auto", max_pages: int | None = None) -> Document:
    """Read a file by its content, whatever its name says.

    ``engine`` is auto (pdfium, a doubtful grid read again by camelot), pdfium or camelot. ``max_pages`` reads the first
    pages only; what is left out is named among the document's problems. Boxes are in points. pdfium is not safe for
    threads: read several files in several processes.

    Raises UnreadableError, whose message is one line, where the file cannot be audited, and ValueError for
    an unknown engine.
    """
    if engine not in ENGINES:
        raise ValueError(f"engine must be one of {', '.join(ENGINES)}")
    file = Path(path)
    head, size = _head(file)
    if b"%PDF-" in head[:_PDF_WITHIN]:
        if size > MAX_PDF_BYTES:
            raise UnreadableError(
                "too-large", _("文件超过 {megabytes} MB，不读取").format(megabytes=MAX_PDF_BYTES // 1_000_000)
            )
        from budgetaudit.reading.pdf import read_pdf

        document = read_pdf(file, _sha256(file), max_pages)
        if engine == "pdfium":
            return document
        from budgetaudit.reading.engines import settle_doubts, with_camelot

        return with_camelot(document) if engine == "camelot" else settle_doubts(document)
    _refuse_known_formats(head)
    if size > MAX_TEXT_BYTES:
        raise too_large()
    if file.suffix.lower() == ".pdf":
        raise UnreadableError("not-pdf", _("不是 PDF：文件名是 .pdf，内容却不是"))
    return read_text(file, file.read_bytes(), _sha256(file))


def _head(file: Path) -> tuple[bytes, int]:
    try:
        if file.is_dir():
            raise UnreadableError("missing", _("这是文件夹，不是文件"))
        if not file.is_file():
            raise UnreadableError("missing", _("文件不存在") if not file.exists() else _("不是普通文件，无法读取"))
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
        size = file.stat().st_size
    except PermissionError as error:
        raise UnreadableError("missing", _("没有读取权限")) from error
    except OSError as error:
        raise UnreadableError(
            "missing", _("无法打开：{reason}").format(reason=error.strerror or _("系统错误"))
        ) from error
    if not size:
        raise UnreadableError("empty", _("文件是空的（0 字节）"))
    return head, size


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _refuse_known_formats(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")) or b"<html" in start:
        raise UnreadableError("html", _("这是网页，不是 PDF：请在网页里下载附件后再核对"))
    if start.startswith(b"<"):
        raise UnreadableError("not-pdf", _("这是 XML 文件，不是 PDF"))
    if head.startswith(b"PK\x03\x04"):
        raise UnreadableError("not-pdf", _("这是 Office 文档或压缩包，不是 PDF：请先另存为 PDF"))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError("not-pdf", _("这是旧版 Office 文档，不是 PDF：请先另存为 PDF"))
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")):
        raise UnreadableError("not-pdf", _("这是图片，不是 PDF：没有文字层，无法核对"))
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise UnreadableError("not-pdf", _("这是压缩包，不是 PDF：请先解压"))
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("not-pdf", _("不是 PDF，也不是文本文件"))
