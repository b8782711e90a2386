from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from budgetaudit.errors import UnreadableError
from budgetaudit.model import Amount, BBox, Document, Finding, Operand, Page, Part, Place, Report, Severity
from budgetaudit.report import annotate
from budgetaudit.report.annotate import write_annotated
from budgetaudit.report.outputs import named
from budgetaudit.report.words import grouped
from tests.reading.drawing import Sheet, pdf, save
from tests.report import factory

WIDE, HIGH = 400, 300
CULPRIT: BBox = (50, 60, 90, 75)
OTHER: BBox = (200, 100, 240, 115)


def finding(page: int = 1, **more: object) -> Finding:
    """An error at CULPRIT that was compared with OTHER, in points of the displayed page."""
    operand = Operand("各类之和", Amount("12.00", Decimal(120_000), unit=Decimal(10_000)), Place(page, OTHER))
    made = Finding(
        id="F1", code="T102", category="table-rollup", severity=Severity.ERROR, confidence=1.0,
        message="合计与各类之和不等", place=Place(page, CULPRIT), table="支出总表", row="合计", column="合计",
        reported="13.00", expected="12.00", difference="1.00", unit="万元", operands=(operand,),
        formula="合计 = 各类之和", suggestion="核对合计",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def report_on(path: Path, *findings: Finding, pages: int = 1) -> Report:
    document = Document(str(path), "", "pdf", tuple(Page(n, WIDE, HIGH) for n in range(1, pages + 1)))
    return replace(factory.report(), document=document, findings=findings)


def annotated(report: Report, tmp_path: Path) -> Path:
    target = tmp_path / "annotated.pdf"
    write_annotated(report, target)
    return target


def coloured(path: Path, page: int = 0) -> dict[str, BBox]:
    """Where the page as pdfium shows it is red, blue and yellow: the bounds in points from its top left."""
    document = pypdfium2.PdfDocument(path)
    image = document[page].render(scale=2, draw_annots=True).to_pil().convert("RGB")
    document.close()
    found: dict[str, list[tuple[int, int]]] = {}
    for y in range(image.height):
        for x in range(image.width):
            red, green, blue = image.getpixel((x, y))
            name = "red" if red - blue > 60 and red - green > 60 else "blue" if blue - red > 60 else ""
            name = name or ("yellow" if red - blue > 60 else "")
            if name:
                found.setdefault(name, []).append((x, y))
    return {name: _bounds(spots) for name, spots in found.items()}


def _bounds(spots: Sequence[tuple[int, int]]) -> BBox:
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return min(xs) / 2, min(ys) / 2, (max(xs) + 1) / 2, (max(ys) + 1) / 2


def outline(path: Path) -> list[tuple[int, str, int | None]]:
    document = pypdfium2.PdfDocument(path)
    entries = [(b.level, b.get_title(), d.get_index() if (d := b.get_dest()) else None) for b in document.get_toc()]
    document.close()
    return entries


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_highlight_lies_on_the_figure_as_displayed(tmp_path: Path, rotate: int) -> None:
    size = (WIDE, HIGH) if rotate % 180 == 0 else (HIGH, WIDE)
    path = save(tmp_path, Sheet(*size, rotate=rotate))
    found = coloured(annotated(report_on(path, finding()), tmp_path))
    assert found["red"] == pytest.approx(CULPRIT, abs=3)
    assert found["blue"] == pytest.approx(OTHER, abs=3)
    assert set(found) == {"red", "blue"}


@pytest.mark.parametrize(("rotate", "box"), [(0, (30, 20, 430, 320)), (90, (30, 20, 330, 420))])
def test_a_crop_box_moves_the_origin(tmp_path: Path, rotate: int, box: BBox) -> None:
    writer = PdfWriter(clone_from=str(save(tmp_path, Sheet(500, 500, rotate=rotate))))
    writer.pages[0].cropbox = RectangleObject(box)
    path = tmp_path / "b.pdf"
    writer.write(path)
    found = coloured(annotated(report_on(path, finding()), tmp_path))
    assert found["red"] == pytest.approx(CULPRIT, abs=3)
    assert found["blue"] == pytest.approx(OTHER, abs=3)


def test_the_original_bytes_stay_in_front(tmp_path: Path) -> None:
    path = save(tmp_path, Sheet(WIDE, HIGH).text(100, 100, "12.00"), Sheet())
    target = annotated(report_on(path, finding(), pages=2), tmp_path)
    assert target.read_bytes().startswith(path.read_bytes())
    assert len(pypdfium2.PdfDocument(target)) == 2


def test_notes_say_what_a_reader_needs(tmp_path: Path) -> None:
    path = save(tmp_path, Sheet(WIDE, HIGH))
    notes = [a.get_object() for a in PdfReader(annotated(report_on(path, finding()), tmp_path)).pages[0]["/Annots"]]
    assert [note["/Subtype"] for note in notes] == ["/Highlight", "/Highlight"]
    culprit, compared = (note["/Contents"] for note in notes)
    for part in (
        "错误 T102",
        "合计与各类之和不等",
        "报告数 13.00",
        "应为 12.00",
        "计算：合计 = 各类之和 12.00",
        "核对合计",
    ):
        assert part in culprit
    assert "行「合计」" in compared and "12.00" in compared
    assert notes[0]["/F"] & 4, "printed with the page"


def test_one_note_at_a_place_that_several_findings_speak_of(tmp_path: Path) -> None:
    path = save(tmp_path, Sheet(WIDE, HIGH))
    second = finding(id="F2", code="X301", message="与另一张表不等", root="F1")
    notes = PdfReader(annotated(report_on(path, finding(), second), tmp_path)).pages[0]["/Annots"]
    assert len(notes) == 2
    said = notes[0].get_object()["/Contents"]
    assert "T102" in said and "X301" in said


def test_a_notice_is_yellow_and_marks_only_its_own_place(tmp_path: Path) -> None:
    path = save(tmp_path, Sheet(WIDE, HIGH))
    found = coloured(annotated(report_on(path, finding(severity=Severity.NOTICE)), tmp_path))
    assert found == {"yellow": pytest.approx(CULPRIT, abs=3)}


def test_every_root_has_an_entry_behind_the_outline_of_the_document(tmp_path: Path) -> None:
    plain = save(tmp_path, Sheet(WIDE, HIGH), Sheet(WIDE, HIGH))
    writer = PdfWriter(clone_from=str(plain))
    chapter = writer.add_outline_item(title="第一部分", page_number=0)
    writer.add_outline_item(title="表1", page_number=1, parent=chapter)
    path = tmp_path / "b.pdf"
    writer.write(path)
    report = report_on(path, finding(), finding(2, id="F2"), finding(2, id="F3", root="F2"), pages=2)
    assert outline(annotated(report, tmp_path)) == [
        (0, "第一部分", 0),
        (1, "表1", 1),
        (0, "核对结果（2 处）", 0),
        (1, "1. [错误] 第1页 支出总表 · 行「合计」 · 列「合计」", 0),
        (1, "2. [错误] 第2页 支出总表 · 行「合计」 · 列「合计」", 1),
    ]


def test_a_document_in_several_files_becomes_one(tmp_path: Path) -> None:
    first, second = save(tmp_path, Sheet(WIDE, HIGH), name="a.pdf"), save(tmp_path, Sheet(WIDE, HIGH), name="b.pdf")
    report = report_on(first, finding(2), pages=2)
    parts = (Part(str(first), 1, 1), Part(str(second), 2, 1))
    target = annotated(replace(report, document=replace(report.document, parts=parts)), tmp_path)
    assert coloured(target, 0) == {}
    assert coloured(target, 1)["red"] == pytest.approx(CULPRIT, abs=3)


def test_hostile_texts_are_contents_and_nothing_else(tmp_path: Path) -> None:
    path = save(tmp_path, Sheet(WIDE, HIGH))
    evil = "\u202e)>> /AA << /O << /S /JavaScript >> \x00" + "长" * 40_000
    said = finding(message=evil, suggestion=evil, formula=evil, table=evil, row=evil, reported=evil, expected=evil)
    target = annotated(report_on(path, said), tmp_path)
    note = PdfReader(target).pages[0]["/Annots"][0].get_object()
    assert "/AA" not in note and "/A" not in note
    assert "\u202e" not in note["/Contents"] and len(note["/Contents"]) <= 1_500
    assert all(len(title) < 500 for _, title, _ in outline(target))


def test_the_number_of_notes_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotate, "MAX_NOTES", 5)
    path = save(tmp_path, Sheet(WIDE, HIGH))
    many = [replace(finding(id=f"F{n}"), place=Place(1, (10.0 + n, 20, 30.0 + n, 40)), operands=()) for n in range(20)]
    target = annotated(report_on(path, *many), tmp_path)
    assert len(PdfReader(target).pages[0]["/Annots"]) == 5


def test_a_report_without_findings_gives_the_document_as_it_is(tmp_path: Path) -> None:
    path = save(tmp_path, Sheet(WIDE, HIGH))
    target = annotated(report_on(path), tmp_path)
    assert coloured(target) == {} and outline(target) == []


def protected(tmp_path: Path, password: str) -> Path:
    writer = PdfWriter(clone_from=str(save(tmp_path, Sheet(WIDE, HIGH))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    return path


def test_a_pdf_that_opens_without_a_password_is_marked(tmp_path: Path) -> None:
    found = coloured(annotated(report_on(protected(tmp_path, ""), finding()), tmp_path))
    assert found["red"] == pytest.approx(CULPRIT, abs=3)


def test_what_cannot_be_marked_is_one_error_and_no_file(tmp_path: Path) -> None:
    whole = pdf(Sheet(WIDE, HIGH), Sheet(WIDE, HIGH))
    broken = {
        "locked": protected(tmp_path, "secret").read_bytes(),
        "cyclic pages": whole.replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [2 0 R 2 0 R]"),
        "no pages": whole.replace(b"/Kids [4 0 R 6 0 R]", b"/Kids 17          "),
        "cut": whole[: len(whole) // 3],
        "not a pdf": b"hello" * 100,
        "empty": b"",
    }
    target = tmp_path / "annotated.pdf"
    for name, data in broken.items():
        path = tmp_path / "broken.pdf"
        path.write_bytes(data)
        with pytest.raises(UnreadableError) as caught:
            write_annotated(report_on(path, finding(), pages=2), target)
        assert caught.value.kind == "annotate", name
        assert "\n" not in str(caught.value), name
        assert not target.exists(), name


def test_numbers_of_notes_and_entries_are_those_of_the_cards(tmp_path: Path) -> None:
    path = save(tmp_path, Sheet(WIDE, HIGH))
    report = report_on(path, finding(), finding(id="F2", place=Place(1, OTHER), ref=None, operands=()))
    numbered = {head.id: number for number, (head, _) in enumerate(grouped(report), 1)}
    titles = [title for _, title, _ in outline(annotated(report, tmp_path))][1:]
    assert [title.split(".")[0] for title in titles] == [str(numbered["F1"]), str(numbered["F2"])]


def test_the_output_table_knows_it_and_only_for_pdf() -> None:
    output = named("annotate")
    assert output is not None and output.needs == "pdf" and output.per_document
