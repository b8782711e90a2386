from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from budgetaudit.cli import app

Make = Callable[..., Path]


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["extract", *map(str, args)])


def test_json_is_the_default(found: None, text_file: Make) -> None:
    result = run(text_file())
    made = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [set(table) for table in made["tables"]] == [{"title", "form", "pages", "unit", "header", "rows"}] * 2


def test_csv_to_a_file_opens_in_a_spreadsheet(found: None, text_file: Make, tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    assert run(text_file(), "--format", "csv", "--output-file", target).exit_code == 0
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == data.count(b"\n")
    assert len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))) == 1 + 3 + 6


def test_csv_to_the_screen_has_no_mark(found: None, text_file: Make) -> None:
    assert run(text_file(), "--format", "csv").stdout.startswith("表序,表名")


def test_xlsx_needs_a_file(found: None, text_file: Make, tmp_path: Path) -> None:
    refused = run(text_file(), "--format", "xlsx")
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert run(text_file(), "--format", "xlsx", "--output-file", tmp_path / "t.xlsx").exit_code == 0
    assert load_workbook(tmp_path / "t.xlsx").sheetnames == ["目录", "01 收支总表", "02 支出预算总表"]


def test_no_table_is_said_and_is_no_error(found: None, text_file: Make) -> None:
    result = run(text_file("empty.txt"))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["tables"] == []
    assert "没有读到表格" in result.stderr


def test_text_has_no_pages_to_draw(found: None, text_file: Make, tmp_path: Path) -> None:
    result = run(text_file(), "--draw", tmp_path / "pages")
    assert result.exit_code == 2 and "没有页面可画" in result.stderr


def test_bad_input_and_bugs_are_one_line(found: None, text_file: Make, tmp_path: Path) -> None:
    for path in (tmp_path / "gone.pdf", text_file("bug.txt")):
        result = run(path)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
        assert result.stderr.startswith(f"{path}：")
