"""--html and --annotate from the command line, on a whole document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from budgetaudit.cli import app
from budgetaudit.report import annotate
from tests.report.test_html_report import Elements

SAMPLE = Path(__file__).parents[2] / "samples" / "columns-errors.pdf"


def test_one_run_writes_both_with_the_same_numbers(tmp_path: Path) -> None:
    html, marked = tmp_path / "a.html", tmp_path / "a.pdf"
    result = CliRunner().invoke(app, ["check", str(SAMPLE), "--html", str(html), "--annotate", str(marked)])
    assert result.exit_code == 1, result.output
    text = html.read_text("utf-8")
    cards = sum("finding" in (attributes.get("class") or "").split() for _, attributes in Elements(text).found)
    outline = PdfReader(marked).outline
    assert isinstance(outline[-1], list)
    assert len(outline[-1]) == cards > 10
    assert text.count("<image ") >= 5
    assert len(text) < 3_000_000


def test_a_pdf_that_cannot_be_marked_costs_no_other_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: Any, **_more: Any) -> Any:
        raise RecursionError("page tree")

    monkeypatch.setattr(annotate, "PdfWriter", broken)
    html, marked = tmp_path / "a.html", tmp_path / "a.pdf"
    result = CliRunner().invoke(app, ["check", str(SAMPLE), "--annotate", str(marked), "--html", str(html)])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1 and "a.pdf" in result.stderr and "不能加批注" in result.stderr
    assert html.exists() and not marked.exists()
    assert "核对了" in result.stdout


def test_a_text_file_has_a_page_and_no_pdf(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    rows = "201\t一般公共服务支出\t30.00\t10.00\t20.00\n208\t社会保障支出\t5.00\t5.00\t\n合计\t\t36.00\t15.00\t20.00\n"
    text.write_text("表1 支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n" + rows, "utf-8")
    html, marked = tmp_path / "a.html", tmp_path / "a.pdf"
    result = CliRunner().invoke(app, ["check", str(text), "--html", str(html), "--annotate", str(marked)])
    assert html.exists() and not marked.exists()
    assert "不是 PDF" in result.stderr
