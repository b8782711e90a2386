"""Files that cannot be audited end in one plain line; what is left out of the others is said."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from budgetaudit.errors import UnreadableError
from budgetaudit.model import Document
from budgetaudit.reading import glyphs, pdf, read, strokes

from .drawing import IMAGE, Sheet
from .drawing import pdf as drawn

XS, YS = [60, 200, 300], [700, 680, 660]


def _sheet() -> Sheet:
    return Sheet().grid(XS, YS).rows(XS, YS, [["Item", "Plan"], ["Alpha", "1,234.50"]])


def _scan(text: str = "") -> Sheet:
    sheet = Sheet().raw("q 595 0 0 842 0 0 cm /Pic Do Q")
    sheet.objects["Pic"] = IMAGE
    return sheet.text(290, 20, text) if text else sheet


def _refusal(path: Path) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(path)
    message = str(caught.value)
    assert message and "\n" not in message
    assert any("\u4e00" <= char <= "\u9fff" for char in message)
    return caught.value


def test_missing(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "none.pdf").kind == "missing"
    assert _refusal(tmp_path).kind == "missing"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(drawn(_sheet()))
    path.chmod(0)
    assert "权限" in str(_refusal(path))


def test_no_permission_reported_by_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(drawn(_sheet()))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
    error = _refusal(path)
    assert error.kind == "missing" and "权限" in str(error)


@pytest.mark.parametrize(
    ("name", "content", "kind", "word"),
    [
        ("a.pdf", b"", "empty", "空"),
        ("a.pdf", b"<!DOCTYPE html>\n<html><body>404</body></html>", "html", "网页"),
        ("a.pdf", b"\xef\xbb\xbf\r\n  <HTML lang=zh>", "html", "网页"),
        ("a.txt", b"<?xml version='1.0'?><!-- x --><html>", "html", "网页"),
        ("a.pdf", b"PK\x03\x04rest", "not-pdf", "Office"),
        ("a.pdf", b"\xd0\xcf\x11\xe0rest", "not-pdf", "Office"),
        ("a.pdf", b"\x89PNG\r\n", "not-pdf", "图片"),
        ("a.zip", b"\x1f\x8b\x08", "not-pdf", "压缩"),
        ("a.pdf", "一段普通的文字".encode(), "not-pdf", "不是 PDF"),
        ("a.bin", bytes(range(256)) * 4, "not-pdf", "不是 PDF"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "not-pdf", "XML"),
    ],
)  # fmt: skip
def test_other_formats_by_content(tmp_path: Path, name: str, content: bytes, kind: str, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = _refusal(path)
    assert error.kind == kind
    assert word in str(error)


def test_pdf_under_another_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "budget.txt"
    path.write_bytes(drawn(_sheet()))
    assert read(path).format == "pdf"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_truncated(tmp_path: Path, share: float) -> None:
    whole = drawn(_sheet(), _sheet())
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert _refusal(path).kind == "truncated"


def test_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(b"%PDF-1.5\n" + b"garbage \x00\x01" * 300 + b"\nstartxref\n7\n%%EOF\n")
    assert _refusal(path).kind == "truncated"


def test_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    path.write_bytes(drawn())
    assert _refusal(path).kind == "truncated"


def test_a_missing_page_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    whole = drawn(_sheet(), _sheet())
    assert b"/Kids [4 0 R 6 0 R]" in whole
    path = tmp_path / "hurt.pdf"
    path.write_bytes(whole.replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [4 0 R 9 0 R]"))
    document = read(path)
    assert [(page.number, len(page.grids)) for page in document.pages] == [(1, 1), (2, 0)]
    assert [(problem.page, "损坏" in problem.what) for problem in document.problems] == [(2, True)]


def test_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt="secret")
    canvas.drawString(72, 700, "1,234.50")
    canvas.save()
    error = _refusal(path)
    assert error.kind == "encrypted" and "密码" in str(error)


def test_owner_password_alone_does_not_lock_the_reader_out(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
    canvas.drawString(72, 700, "Total 1,234.50 yuan")
    canvas.save()
    path = tmp_path / "owner.pdf"
    path.write_bytes(buffer.getvalue())
    assert read(path).pages[0].lines[0].text == "Total 1,234.50 yuan"


def test_image_only(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(drawn(_scan(), _scan("- 2 -")))
    error = _refusal(path)
    assert error.kind == "scan"
    assert str(error) == "没有文字层：是扫描件；未安装 OCR，无法核对"


def test_one_scanned_page_among_others(document: Callable[..., Document]) -> None:
    read_ = document(_sheet(), _scan("- 2 -"))
    assert [(problem.page, "文字层" in problem.what) for problem in read_.problems] == [(2, True)]
    assert len(read_.pages[0].grids) == 1


_BROKEN_FONT = (
    "/F4 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 65 /LastChar 90 /Encoding << /Differences "
    "[65 /uniE001 /uniE002 /uniE003] >> /ToUnicode 4 0 R >> "
)
_TO_PRIVATE = (
    "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
    "1 beginbfrange <41> <5a> <e001> endbfrange endcmap end"
)


def _broken() -> Sheet:
    sheet = Sheet(extra=_BROKEN_FONT).raw("BT /F4 12 Tf 60 700 Td (ABCABCABCABCABCABCABCABCABC) Tj ET")
    sheet.objects["Map"] = f"<< /Length {len(_TO_PRIVATE)} >>\nstream\n{_TO_PRIVATE}\nendstream"
    return sheet


def test_broken_text_layer_is_a_scan(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(drawn(_broken()))
    error = _refusal(path)
    assert error.kind == "scan"
    assert "文字层损坏" in str(error)


def test_pages_beyond_the_limit_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(drawn(_sheet(), _sheet(), _sheet()))
    part = read(path, max_pages=2)
    assert len(part.pages) == 2
    assert any("共 3 页" in problem.what and "前 2 页" in problem.what for problem in part.problems)
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 10)
    assert len(read(path).pages) == 1
    assert any("前 1 页" in problem.what for problem in read(path).problems)


def test_characters_beyond_the_limit_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dense.pdf"
    path.write_bytes(drawn(_sheet().text(60, 400, "x" * 60)))
    monkeypatch.setattr(glyphs, "MAX_CHARS", 50)
    problems = read(path, engine="pdfium").problems
    assert [problem.page for problem in problems if "字未读" in problem.what] == [1]


@pytest.mark.parametrize("limit", ["MAX_OBJECTS", "MAX_SEGMENTS"])
def test_drawings_beyond_the_limit_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    path = tmp_path / "drawn.pdf"
    many = " ".join(f"{x} 100 m {x} {100 + 3 * x} l" for x in range(10, 200, 4))
    path.write_bytes(drawn(_sheet().raw(f"{many} S")))
    monkeypatch.setattr(strokes, limit, 4)
    problems = read(path, engine="pdfium").problems
    assert any("图形过多" in problem.what and problem.page == 1 for problem in problems)


def test_unknown_engine(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="engine"):
        read(tmp_path / "x.pdf", engine="tabula")
