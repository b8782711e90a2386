"""What real files do to a reader: each trap drawn by hand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from budgetaudit.model import Document, Grid

from .conftest import table
from .drawing import IMAGE, Sheet

Read = Callable[..., Document]
ReadGrid = Callable[[Sheet], Grid]

XS, YS = [60, 200, 300, 400], [700, 680, 660, 640]
TEXTS = [["Item", "Plan", "Done"], ["Alpha", "1,234.50", "86.34"], ["Beta", "0.00", "-5.10"]]


def test_plain_grid_keeps_texts_places_and_indent(grid: ReadGrid) -> None:
    sheet = Sheet().grid(XS, YS).rows(XS, YS, TEXTS).text(60, 720, "Table 1").text(290, 20, "- 3 -")
    found = grid(sheet)
    assert table(found) == TEXTS
    first = next(cell for cell in found.cells if cell.text == "Alpha")
    assert first.place.page == 1
    assert first.place.bbox == pytest.approx((60, 162, 200, 182), abs=0.3)
    assert first.indent == pytest.approx(3, abs=0.5)
    assert found.x_edges == pytest.approx(XS, abs=0.3)
    assert not found.doubt


def test_lines_outside_grids_keep_their_order(document: Read) -> None:
    sheet = Sheet().grid(XS, YS).rows(XS, YS, TEXTS).text(60, 720, "Table 1").text(330, 720, "Unit: yuan")
    sheet.text(60, 600, "Note: none").text(290, 20, "- 3 -")
    lines = document(sheet).pages[0].lines
    assert [line.text for line in lines] == ["Table 1 Unit: yuan", "Note: none", "- 3 -"]
    assert lines[0].place.bbox is not None and lines[0].place.bbox[1] == pytest.approx(842 - 727, abs=2)


def test_two_cells_glued_in_one_text_are_divided_by_their_rule(grid: ReadGrid) -> None:
    xs, ys = [60, 130, 260], [700, 680, 660]
    sheet = Sheet().grid(xs, ys).rows(xs, ys, [["Sum", "Class"]])
    sheet.raw("BT /F1 9 Tf 74 667 Td [(86,959,408.34) -500 (1.Public safety)] TJ ET")
    assert table(grid(sheet)) == [["Sum", "Class"], ["86,959,408.34", "1.Public safety"]]


def test_two_glued_amounts(grid: ReadGrid) -> None:
    xs, ys = [60, 130, 200], [700, 680, 660]
    sheet = Sheet().grid(xs, ys).rows(xs, ys, [["A", "B"]])
    sheet.raw("BT /F1 9 Tf 88 667 Td [(1,234.50) -800 (5,678.90)] TJ ET")
    assert table(grid(sheet))[1] == ["1,234.50", "5,678.90"]


def test_digits_that_sit_lower_than_their_row(grid: ReadGrid) -> None:
    xs, ys = [60, 200, 300], [700, 670, 640]
    sheet = Sheet().grid(xs, ys)
    for bottom, label, figure in ((670, "一般公共服务支出", "12.30"), (640, "国防支出", "4.56")):
        sheet.text(63, bottom + 12, label).text(203, bottom + 3, figure)
    assert table(grid(sheet)) == [["一般公共服务支出", "12.30"], ["国防支出", "4.56"]]


def test_digits_set_slightly_lower_share_the_line_of_their_ideographs(document: Read) -> None:
    sheet = Sheet().text(60, 700, "预算总额", 12).text(108, 697.5, "2,345.67", 12).text(155, 700, "万元", 12)
    assert [line.text for line in document(sheet).pages[0].lines] == ["预算总额2,345.67万元"]


def test_type3_dash_of_a_lying_font_stays_in_its_row(grid: ReadGrid) -> None:
    """The font's box says that its one flat character is six times as high as the row."""
    glyph = "<< /Length 36 >>\nstream\n1000 0 0 350 1000 400 d1\n0 350 1000 50 re f\nendstream"
    font = (
        "/F3 << /Type /Font /Subtype /Type3 /FontBBox [0 -3000 1000 3000] /FontMatrix [0.001 0 0 0.001 0 0] "
        "/FirstChar 97 /LastChar 97 /Widths [1000] /Encoding << /Differences [97 /emdash] >> "
        "/CharProcs << /emdash 4 0 R >> >>"
    )
    xs, ys = [60, 200, 300], [700, 680, 660, 640]
    sheet = Sheet(extra=font).grid(xs, ys).rows(xs, ys, [["A", "1.00"], ["", "2.00"], ["C", "3.00"]])
    sheet.objects["Glyph"] = glyph
    sheet.raw("BT /F3 9 Tf 63 667 Td (a) Tj ET")
    rows = table(grid(sheet))
    assert [row[1] for row in rows] == ["1.00", "2.00", "3.00"]
    assert [bool(row[0]) for row in rows] == [True, True, True]


def test_radicals_and_full_width_figures_are_read_as_meant(grid: ReadGrid) -> None:
    xs, ys = [60, 200, 300], [700, 680]
    sheet = Sheet().grid(xs, ys).text(63, 687, "⻔⺠⻓戶⼯⾏").text(203, 687, "１２．５％")
    assert table(grid(sheet)) == [["门民长户工行", "12.5%"]]


def _long_cell(page_of_two: int) -> Sheet:
    """A cell that runs over two pages: both pages hold its whole text, a clip shows one half on each."""
    xs = [60, 400, 500]
    words = [f"line {number} of a purpose that is described at length" for number in range(1, 9)]
    sheet = Sheet()
    top, bottom = (140, 60) if page_of_two == 0 else (780, 700)
    first = 120 if page_of_two == 0 else 780 + 4 * 20 - 20
    sheet.grid(xs, [top, bottom]).text(403, bottom + 5, f"{page_of_two + 1}.00")
    sheet.raw(f"q 60 {bottom} 340 {top - bottom} re W n")
    for number, word in enumerate(words):
        sheet.text(63, first - 20 * number, word)
    return sheet.raw("Q")


def test_clipped_text_is_not_read_twice(document: Read) -> None:
    pages = document(_long_cell(0), _long_cell(1)).pages
    assert [table(page.grids[0])[0][1] for page in pages] == ["1.00", "2.00"]
    first, second = (table(page.grids[0])[0][0].split("\n") for page in pages)
    assert [line.split()[1] for line in first] == ["1", "2", "3", "4"]
    assert [line.split()[1] for line in second] == ["5", "6", "7", "8"]
    assert not pages[0].lines and not pages[1].lines


def test_hidden_text_under_a_header_is_dropped(grid: ReadGrid) -> None:
    sheet = Sheet().grid(XS, YS).rows(XS, YS, TEXTS)
    sheet.raw("q 60 640 340 40 re W n").text(203, 687, "9,999,999.00").raw("Q")
    found = grid(sheet)
    assert table(found) == TEXTS
    assert not found.doubt


def test_visible_overlap_is_a_doubt_and_a_problem(document: Read) -> None:
    sheet = Sheet().grid(XS, YS).rows(XS, YS, TEXTS).text(204, 687, "XYZWV")
    read = document(sheet)
    assert "重叠" in read.pages[0].grids[0].doubt
    assert any("重叠" in problem.what and problem.page == 1 for problem in read.problems)


@pytest.mark.parametrize("paint", ["1 1 1 RG", "/Clear gs"], ids=["white", "transparent"])
def test_rules_that_nobody_sees_divide_nothing(grid: ReadGrid, paint: str) -> None:
    sheet = Sheet().grid(XS, YS).rows(XS, YS, TEXTS)
    if paint.startswith("/"):
        sheet.extra += ">> /ExtGState << /Clear << /CA 0 /ca 0 >> "
    sheet.raw(f"q {paint}").line(250, 640, 250, 700).line(60, 650, 400, 650).raw("Q")
    assert table(grid(sheet)) == TEXTS


def test_shading_is_no_rule(grid: ReadGrid) -> None:
    sheet = Sheet().raw("q 0.9 g 60 680 340 20 re f 0.8 g 60 660 70 20 re f Q").grid(XS, YS).rows(XS, YS, TEXTS)
    assert table(grid(sheet)) == TEXTS


_TURN = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}


@pytest.mark.parametrize("angle", [90, 180, 270])
@pytest.mark.parametrize("rotated", [True, False], ids=["page rotated too", "sideways on an upright page"])
def test_turned_text_reads_like_upright_text(grid: ReadGrid, angle: int, rotated: bool) -> None:
    sheet = Sheet(rotate=angle if rotated else 0).raw(f"q {_TURN[angle]} cm")
    ys = [500, 480, 460, 440]
    sheet.grid(XS, ys).rows(XS, ys, TEXTS).raw("Q")
    found = grid(sheet)
    assert table(found) == TEXTS
    box = next(cell.place.bbox for cell in found.cells if cell.text == "Alpha")
    width, height = (842, 595) if rotated and angle != 180 else (595, 842)
    assert box is not None and 0 <= box[0] < box[2] <= width and 0 <= box[1] < box[3] <= height
    wide, high = box[2] - box[0], box[3] - box[1]
    assert (wide, high) == pytest.approx((140, 20) if rotated or angle == 180 else (20, 140), abs=0.5)


def test_places_of_a_rotated_page_are_those_of_the_screen(grid: ReadGrid) -> None:
    upright = grid(Sheet(842, 595).grid(XS, [500, 480, 460, 440]).rows(XS, [500, 480, 460, 440], TEXTS))
    turned = Sheet(595, 842, rotate=90).raw("q 0 1 -1 0 595 0 cm")
    found = grid(turned.grid(XS, [500, 480, 460, 440]).rows(XS, [500, 480, 460, 440], TEXTS).raw("Q"))
    for a, b in zip(upright.cells, found.cells, strict=True):
        assert a.text == b.text
        assert a.place.bbox == pytest.approx(b.place.bbox, abs=0.3)


def test_a_header_written_sideways_stays_in_its_cell(grid: ReadGrid) -> None:
    xs, ys = [60, 90, 300, 400], [700, 640, 620]
    sheet = Sheet().grid(xs, ys).rows(xs[1:], ys, [["Long name of an item", "Amount"], ["Alpha beta gamma", "1.00"]])
    sheet.raw("BT /F1 9 Tf 0 1 -1 0 78 650 Tm (Kind) Tj ET")
    assert table(grid(sheet))[0] == ["Kind", "Long name of an item", "Amount"]


@pytest.mark.parametrize("how", ["line", "bar", "curve", "dashes", "double"])
def test_rules_however_they_are_drawn(grid: ReadGrid, how: str) -> None:
    found = grid(Sheet().grid(XS, YS, how).rows(XS, YS, TEXTS))
    assert table(found) == TEXTS
    assert found.x_edges == pytest.approx(XS, abs=1)


def test_all_rules_in_one_path(grid: ReadGrid) -> None:
    rules = [f"{XS[0]} {y} m {XS[-1]} {y} l" for y in YS] + [f"{x} {YS[0]} m {x} {YS[-1]} l" for x in XS]
    assert table(grid(Sheet().raw(f"0.5 w {' '.join(rules)} S").rows(XS, YS, TEXTS))) == TEXTS


def test_every_cell_a_stroked_rectangle(grid: ReadGrid) -> None:
    sheet = Sheet().rows(XS, YS, TEXTS)
    for left, right in pairwise(XS):
        for top, bottom in pairwise(YS):
            sheet.raw(f"{left} {bottom} {right - left} {top - bottom} re S")
    assert table(grid(sheet)) == TEXTS


def test_rules_inside_a_form(grid: ReadGrid) -> None:
    """The form is drawn at half its size and moved: its matrix counts."""
    code = "\n".join(Sheet().grid([2 * x - 100 for x in XS], [2 * y - 200 for y in YS]).code)
    sheet = Sheet().raw("q 0.5 0 0 0.5 50 100 cm /Form Do Q").rows(XS, YS, TEXTS)
    sheet.objects["Form"] = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 2000 2000] /Resources << >> /Length {len(code)} >>\n"
        f"stream\n{code}\nendstream"
    )
    assert table(grid(sheet)) == TEXTS


def test_rules_that_fall_short_of_their_crossing(grid: ReadGrid) -> None:
    sheet = Sheet().rows(XS, YS, TEXTS)
    for y in YS:
        for left, right in pairwise(XS):
            sheet.line(left + 1.2, y, right - 1.2, y)
    for x in XS:
        for top, bottom in pairwise(YS):
            sheet.line(x, bottom + 1.2, x, top - 1.2)
    assert table(grid(sheet)) == TEXTS


def test_a_number_wrapped_within_its_digits_is_one_cell(grid: ReadGrid) -> None:
    xs, ys = [60, 100, 140], [700, 660]
    sheet = Sheet().grid(xs, ys).text(62, 685, "576,171.1").text(62, 672, "1").text(103, 678, "2.00")
    cell = grid(sheet).cells[0]
    assert cell.text == "576,171.1\n1"
    assert cell.flat == "576,171.11"


def test_several_tables_on_one_page(document: Read) -> None:
    low = [y - 200 for y in YS]
    sheet = Sheet().text(60, 710, "Table 1").grid(XS, YS).rows(XS, YS, TEXTS)
    sheet.text(60, 510, "Table 2").grid(XS, low).rows(XS, low, TEXTS[:2])
    page = document(sheet).pages[0]
    assert [table(one)[1][1] for one in page.grids] == ["1,234.50", "1,234.50"]
    assert [line.text for line in page.lines] == ["Table 1", "Table 2"]
    assert page.grids[0].y_edges[-1] < page.grids[1].y_edges[0]


def test_a_page_of_one_empty_ruled_strip_is_no_scan(document: Read) -> None:
    strip = Sheet().grid(XS, [780, 760])
    read = document(Sheet().grid(XS, YS).rows(XS, YS, TEXTS), strip)
    assert not read.problems
    assert [(one.n_rows, one.n_cols) for one in read.pages[1].grids] == [(1, 3)]
    assert read.pages[1].characters == 0


def test_table_without_outer_border_lines(grid: ReadGrid) -> None:
    sheet = Sheet().rows(XS, YS, TEXTS)
    for y in YS:
        sheet.line(60, y, 400, y)
    for x in XS[1:-1]:
        sheet.line(x, YS[0], x, YS[-1])
    found = grid(sheet)
    assert table(found) == TEXTS
    assert found.x_edges == pytest.approx(XS, abs=1)


def test_table_cut_by_the_page_end_without_a_lower_rule(grid: ReadGrid) -> None:
    sheet = Sheet().rows(XS, YS, TEXTS)
    for y in YS[:-1]:
        sheet.line(60, y, 400, y)
    for x in XS:
        sheet.line(x, YS[0], x, YS[-1])
    assert table(grid(sheet)) == TEXTS


def test_a_column_that_runs_over_the_page_has_no_rules_of_its_own(grid: ReadGrid) -> None:
    sheet = Sheet().grid(XS, YS).rows(XS, YS, TEXTS).line(20, 640, 20, 700).text(25, 668, "Goal")
    found = grid(sheet)
    assert table(found)[0] == ["Goal", *TEXTS[0]]
    assert found.cells[0].rowspan == 3


def test_merged_cells(grid: ReadGrid) -> None:
    sheet = Sheet().line(60, 700, 400, 700).line(60, 640, 400, 640).line(60, 660, 400, 660).line(200, 680, 400, 680)
    for x in (60, 200, 400):
        sheet.line(x, 640, x, 700)
    sheet.line(300, 640, 300, 680).text(63, 677, "Item").text(280, 687, "Funds").rows(
        XS, YS[1:], [["", "Plan", "Done"]]
    )
    sheet.rows(XS, YS[2:], [["Alpha", "1.00", "2.00"]])
    found = grid(sheet)
    spans = {cell.text: (cell.row, cell.col, cell.rowspan, cell.colspan) for cell in found.cells}
    assert spans == {
        "Item": (0, 0, 2, 1), "Funds": (0, 1, 1, 2), "Plan": (1, 1, 1, 1), "Done": (1, 2, 1, 1),
        "Alpha": (2, 0, 1, 1), "1.00": (2, 1, 1, 1), "2.00": (2, 2, 1, 1),
    }  # fmt: skip


def test_text_wider_than_its_cell_stays_one_text(grid: ReadGrid) -> None:
    xs, ys = [60, 110, 260], [700, 680, 660]
    sheet = Sheet().grid(xs, ys).text(57.5, 687, "Classification").text(160, 687, "Name").text(63, 667, "208")
    assert table(grid(sheet)) == [["Classification", "Name"], ["208", ""]]


def test_figure_over_a_rule_is_kept_whole_and_doubted(grid: ReadGrid) -> None:
    xs, ys = [60, 150, 200, 260], [700, 680, 660]
    sheet = Sheet().grid(xs, ys).rows(xs, ys, [["Item", "Plan", "Done"], ["A"]]).text(144, 667, "123,456,789.00")
    found = grid(sheet)
    assert table(found)[1] == ["A", "123,456,789.00", ""]
    assert "竖线" in found.doubt


def test_rows_without_rules_between_them(grid: ReadGrid) -> None:
    ys = [700, 680, 620]
    sheet = Sheet().grid(XS, ys).rows(XS, ys, TEXTS[:1])
    for y, row in (
        (667, ["Alpha", "11.00", "12.00"]),
        (650, ["Beta", "21.00", "22.00"]),
        (633, ["", "31.00", "32.00"]),
    ):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 3, y, text)
    found = grid(sheet)
    assert table(found)[1:] == [["Alpha", "11.00", "12.00"], ["Beta", "21.00", "22.00"], ["", "31.00", "32.00"]]
    assert "横线" in found.doubt


def test_three_line_table(grid: ReadGrid) -> None:
    sheet = Sheet().line(60, 700, 400, 700).line(60, 680, 400, 680).line(60, 620, 400, 620)
    sheet.rows(XS, [700, 680, 660, 640, 620], [*TEXTS, ["Sum", "1,234.50", "81.24"]])
    sheet.text(60, 560, "A sentence of the text, which belongs to no table at all.")
    found = grid(sheet)
    assert table(found) == [*TEXTS, ["Sum", "1,234.50", "81.24"]]
    assert "没有竖线" in found.doubt


def test_table_without_any_rule(grid: ReadGrid) -> None:
    ys = [700, 680, 660, 640, 620, 600]
    rows = [*TEXTS, ["Gamma", "3,000.00", "12.00"], ["Sum", "4,234.50", "93.24"]]
    sheet = Sheet().text(200, 720, "A title").rows(XS, ys, rows)
    sheet.text(60, 560, "In all 4,234.50 of 5,000.00 were planned, and 93.24 were spent.")
    found = grid(sheet)
    assert table(found) == rows
    assert "没有表格线" in found.doubt


def test_sentences_full_of_figures_are_no_table(document: Read) -> None:
    sheet = Sheet()
    for number in range(8):
        sheet.text(60, 700 - 20 * number, f"支出 {number}2.50 万元，比上年 40.00 万元 增加 {number}.10 万元。")
    page = document(sheet).pages[0]
    assert not page.grids
    assert len(page.lines) == 8


def test_text_between_the_rules_of_head_and_foot_is_no_table(document: Read) -> None:
    sheet = Sheet().line(60, 800, 500, 800).line(60, 60, 500, 60).line(60, 400, 500, 400)
    for number in range(20):
        sheet.text(60, 780 - 15 * number, f"Sentence {number} says that 12.50 of 40.00 were spent on the hall.")
    page = document(sheet).pages[0]
    assert not page.grids
    assert len(page.lines) == 20


def test_a_single_frame_is_no_table(document: Read) -> None:
    page = document(Sheet().grid([60, 400], [700, 640]).text(63, 670, "A framed remark")).pages[0]
    assert not page.grids
    assert [line.text for line in page.lines] == ["A framed remark"]


def test_text_struck_twice_to_look_bold_is_read_once(grid: ReadGrid) -> None:
    sheet = Sheet().grid(XS, YS).rows(XS, YS, TEXTS).text(63.3, 686.85, "Item")
    assert table(grid(sheet)) == TEXTS


def test_leading_blanks_are_an_indent(grid: ReadGrid) -> None:
    xs, ys = [60, 200, 300], [700, 680, 660]
    sheet = Sheet().grid(xs, ys).rows(xs, ys, [["支出", "1.00"], ["\u3000\u3000基本", "1.00"]])
    first, second = (cell for cell in grid(sheet).cells if cell.col == 0)
    assert second.text == "基本"
    assert second.indent - first.indent == pytest.approx(18, abs=1.5)


def test_picture_share(document: Read) -> None:
    sheet = Sheet().text(60, 800, "A page with a picture on its lower half").raw("q 595 0 0 421 0 0 cm /Pic Do Q")
    sheet.objects["Pic"] = IMAGE
    assert document(sheet).pages[0].image_share == pytest.approx(0.5, abs=0.01)


def test_rules_drawn_as_thin_pictures(grid: ReadGrid) -> None:
    sheet = Sheet().rows(XS, YS, TEXTS)
    sheet.objects["Pic"] = IMAGE
    for y in YS:
        sheet.raw(f"q 340 0 0 0.6 60 {y} cm /Pic Do Q")
    for x in XS:
        sheet.raw(f"q 0.6 0 0 60 {x} 640 cm /Pic Do Q")
    assert table(grid(sheet)) == TEXTS


def test_crop_box_moves_the_origin(document: Read) -> None:
    sheet = Sheet().grid(XS, YS).rows(XS, YS, TEXTS)
    sheet.raw("")
    plain = document(sheet).pages[0].grids[0]
    cropped = Sheet().grid(XS, YS).rows(XS, YS, TEXTS)
    cropped.rotate = "0 /CropBox [50 100 550 800]"  # type: ignore[assignment]
    found = document(cropped).pages[0]
    assert (found.width, found.height) == (500, 700)
    assert table(found.grids[0]) == table(plain)
    a, b = plain.place.bbox, found.grids[0].place.bbox
    assert a is not None and b is not None
    assert b == pytest.approx((a[0] - 50, a[1] - 42, a[2] - 50, a[3] - 42), abs=0.1)


def test_figure_over_the_rule_between_two_rows_is_doubted(grid: ReadGrid) -> None:
    sheet = Sheet().grid(XS, YS).rows(XS, YS, TEXTS[:2]).text(63, 647, "Beta").text(203, 655, "7,654.30", 12)
    found = grid(sheet)
    assert table(found)[2][1] == "7,654.30"
    assert "横线" in found.doubt


def test_rules_beside_the_page_make_no_grid(grid: ReadGrid) -> None:
    beside = [x + 700 for x in XS]
    assert table(grid(Sheet().grid(beside, YS).grid(XS, YS).rows(XS, YS, TEXTS))) == TEXTS


def test_a_figure_beside_the_rules_is_doubted(document: Read) -> None:
    sheet = Sheet().grid(XS, YS).rows(XS, YS, TEXTS).text(410, 667, "77.00")
    page = document(sheet).pages[0]
    assert "表格线以外" in page.grids[0].doubt
    assert [line.text for line in page.lines] == ["77.00"]
