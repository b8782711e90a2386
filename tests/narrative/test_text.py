"""Paragraphs, sections and sentences of hand-made documents."""

from __future__ import annotations

from pathlib import Path

from budgetaudit.model import Document, Line, Page, Place
from budgetaudit.narrative.text import narrative
from tests.narrative.helpers import book_of


def _page(number: int, lines: list[tuple[float, float, float, str]], size: float = 15.0) -> Page:
    made = tuple(Line(text, Place(number, (x0, y, x1, y + size)), size) for x0, y, x1, text in lines)
    return Page(number, 595.0, 842.0, made)


def _document(*pages: Page) -> Document:
    return Document("a.pdf", "0", "pdf", pages)


FULL = [
    (64.0, 100.0 + 30 * i, 530.0, "青山县的河流与道路管理工作需要持续推进并按计划完成年度任务安排。") for i in range(6)
]


def test_wrapped_line_and_page_break_make_one_sentence() -> None:
    first = _page(
        1, [*FULL, (97, 700, 530, "青山县档案局2030年财政拨款基本支出预算 3,373.21 "), (284, 817, 311, "- 1 -")]
    )
    second = _page(2, [(64, 82, 148, "万元，其中："), (97, 110, 530, FULL[0][3])])
    found = narrative(_document(first, second), ())
    sentence = next(s for s in found.sentences if "3,373.21" in s.text)
    assert sentence.text == "青山县档案局2030年财政拨款基本支出预算3,373.21万元，其中："
    assert sentence.place.page == 1
    assert sentence.place_at(sentence.text.index("其中")).page == 2


def test_a_full_line_with_a_deep_first_indent_is_not_centred() -> None:
    wide = [(59.0, 100.0 + 30 * i, 778.0, FULL[0][3]) for i in range(6)]
    page = _page(
        1, [*wide, (95, 300, 770, "本部门编报绩效目标的项目5个，"), (59, 330, 225, "涉及资金30.00万元。")], size=10.5
    )
    assert narrative(_document(page), ()).sentences[-1].text == "本部门编报绩效目标的项目5个，涉及资金30.00万元。"


def test_heading_without_indent_difference_is_no_sentence() -> None:
    page = _page(
        1,
        [
            *FULL,
            (121, 570, 512, "九、国有资本经营预算财政拨款收入支出决算情况说明"),
            (121, 599, 530, "青山县档案局 2030 年度无国有资本经营预算财政拨"),
            (91, 629, 184, "款收入和支出。"),
        ],
    )
    found = narrative(_document(page), ())
    assert [h.text for h in found.headings] == ["九、国有资本经营预算财政拨款收入支出决算情况说明"]
    assert found.sentences[-1].text == "青山县档案局2030年度无国有资本经营预算财政拨款收入和支出。"
    assert found.sentences[-1].section == ("九、国有资本经营预算财政拨款收入支出决算情况说明",)


def test_letter_spaced_figures_are_joined() -> None:
    page = _page(1, [*FULL, (97, 700, 400, "2 0 3 0年本部门收入预算1 6,4 1 0.7 1万元。")])
    found = narrative(_document(page), ())
    assert any(s.text == "2030年本部门收入预算16,410.71万元。" for s in found.sentences)


def test_contents_apart_and_sections_from_headings(tmp_path: Path) -> None:
    text = """青山县档案局2030年部门预算
目录
第一部分 部门概况
一、主要职能
第二部分 部门预算情况说明
一、收入预算情况说明

第一部分 部门概况
一、主要职能
负责档案工作。
第二部分 部门预算情况说明
一、收入预算情况说明
（一）总体情况
收入预算120.00万元，其中：1.一般公共预算100.00万元；2.其他收入20.00万元。
"""
    book = book_of(text, tmp_path)
    assert [h.text for h in book.narrative.contents][:2] == ["第一部分部门概况", "一、主要职能"]
    last = book.narrative.sentences[-1]
    assert last.section == ("第二部分部门预算情况说明", "一、收入预算情况说明", "（一）总体情况")
    assert [s.text for s in book.narrative.sentences[-3:]] == [
        "收入预算120.00万元，其中：",
        "1.一般公共预算100.00万元；",
        "2.其他收入20.00万元。",
    ]
    assert last.place.line == 14


def test_cells_and_notes_are_no_sentences(tmp_path: Path) -> None:
    text = """表8 政府性基金预算支出表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t\t\t
注：本单位没有政府性基金，故本表无数据。

第三部分 情况说明
一、总体情况
收入预算5.00万元。
"""
    book = book_of(text, tmp_path)
    assert [s.text for s in book.narrative.notes] == ["注：本单位没有政府性基金，故本表无数据。"]
    assert [s.text for s in book.narrative.sentences] == ["收入预算5.00万元。"]
