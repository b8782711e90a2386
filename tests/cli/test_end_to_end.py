"""The commands with everything real behind them, on small hand-made documents of a fictional department."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner, Result

from budgetaudit.cli import app

TEXT = """星湖市测绘局2026年部门预算公开

表1 部门收支总表
单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、财政拨款收入\t950.50\t一、一般公共服务支出\t800.50
二、事业收入\t50.00\t二、社会保障和就业支出\t200.00
收入总计\t1,000.50\t支出总计\t1,000.50

表2 部门支出总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
201\t一般公共服务支出\t800.50\t600.50\t200.00
20103\t政府办公厅（室）及相关机构事务\t800.50\t600.50\t200.00
2010301\t行政运行\t600.50\t600.50\t
2010302\t一般行政管理事务\t200.00\t\t200.00
208\t社会保障和就业支出\t200.00\t200.00\t
20805\t行政事业单位养老支出\t200.00\t200.00\t
2080505\t机关事业单位基本养老保险缴费支出\t200.00\t200.00\t
合计\t\t1,000.50\t800.50\t200.00
"""


def run(*args: object) -> Result:
    return CliRunner().invoke(app, [*map(str, args)], env={"COLUMNS": "120"})


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "预算.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """One page with one ruled table."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "预算.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("STSong-Light", 16)
    canvas.drawCentredString(297, 780, "2026年部门支出总表")
    canvas.setFont("STSong-Light", 10)
    canvas.drawString(480, 755, "单位：万元")
    rows = [line.split("\t") for line in TEXT.split("单位：万元\n")[2].splitlines()]
    edges = [40, 110, 310, 390, 470, 550]
    for number, row in enumerate(rows):
        top = 740 - 22 * number
        for col, cell in enumerate(row):
            canvas.rect(edges[col], top - 22, edges[col + 1] - edges[col], 22)
            canvas.drawString(edges[col] + 4, top - 15, cell)
    canvas.save()
    return path


def test_a_consistent_document_passes(text: Path) -> None:
    result = run("check", text)
    assert result.exit_code == 0, result.stdout + result.stderr
    assert "未发现错误" in result.stdout


def test_one_wrong_digit_is_found_in_its_cell(text: Path, tmp_path: Path) -> None:
    text.write_text(TEXT.replace("行政运行\t600.50\t600.50", "行政运行\t690.50\t600.50"), "utf-8")
    result = run("check", text, "--format", "json", "--xlsx", tmp_path / "底稿.xlsx")
    assert result.exit_code == 1
    errors = [f for f in json.loads(result.stdout)["findings"] if f["severity"] == "error"]
    assert errors and all(f["line"] for f in errors)
    assert any(f["reported"] == "690.50" and f["expected"] == "600.50" and "行政运行" in f["row"] for f in errors)
    book = load_workbook(tmp_path / "底稿.xlsx")
    coloured = [
        cell.value
        for sheet in book.worksheets[3:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    ]
    assert 690.5 in coloured


def test_extract_gives_the_tables_as_printed(text: Path) -> None:
    tables = json.loads(run("extract", text).stdout)["tables"]
    assert [table["unit"] for table in tables] == ["万元", "万元"]
    assert ["2010301", "行政运行", "600.50", "600.50", ""] in tables[1]["rows"]
    assert tables[1]["header"][-1] == ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]


def test_a_pdf_is_read_drawn_and_checked(pdf: Path, tmp_path: Path) -> None:
    result = run("extract", pdf, "--draw", tmp_path / "pages")
    assert result.exit_code == 0, result.stderr
    (table,) = json.loads(result.stdout)["tables"]
    assert (table["pages"], table["unit"]) == ([1], "万元")
    assert ["合计", "", "1,000.50", "800.50", "200.00"] in table["rows"]
    assert [page.name for page in (tmp_path / "pages").iterdir()] == ["page-001.png"]
    assert run("check", pdf).exit_code == 0


def test_rules_and_explain_speak_of_the_same_rules() -> None:
    listed = run("rules").stdout
    codes = [line.split()[0] for line in listed.splitlines() if line[:1].isalpha() and line[1:4].isdigit()]
    assert "T101" in codes and len(codes) == len(set(codes))
    for code in codes:
        page = run("explain", code.lower())
        assert page.exit_code == 0 and page.stdout.startswith(code) and len(page.stdout) > 100
    wrong = run("explain", "Z999")
    assert (wrong.exit_code, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)


def test_a_text_and_its_table_book_are_one_document_together(tmp_path: Path) -> None:
    import json

    sample = Path(__file__).parents[2] / "samples" / "columns-clean.pdf"
    other = tmp_path / "表.pdf"
    other.write_bytes(sample.read_bytes())
    done = run("check", str(sample), str(other), "--together", "--format", "json", "--fail-on", "never")
    document = json.loads(done.stdout)["document"]
    assert [(part["first_page"], part["pages"]) for part in document["parts"]] == [(1, 19), (20, 19)]
    assert document["pages"] == 38
