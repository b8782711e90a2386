from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from budgetaudit.cli import app
from budgetaudit.model import Report, Severity
from tests.report import factory

Make = Callable[..., Path]


def run(*args: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, args)], env={"COLUMNS": "100"})


@pytest.mark.parametrize(
    ("severity", "limit", "code"),
    [
        (Severity.ERROR, "error", 1),
        (Severity.WARNING, "error", 0),
        (Severity.WARNING, None, 1),
        (Severity.NOTICE, None, 0),
        (Severity.NOTICE, "notice", 1),
        (Severity.ERROR, "never", 0),
        (None, "notice", 0),
    ],
)
def test_exit_code_follows_fail_on(
    audited: Callable[[Report], None], text_file: Make, severity: Severity | None, limit: str | None, code: int
) -> None:
    report = factory.report()
    findings = (replace(report.findings[0], severity=severity),) if severity else ()
    audited(replace(report, findings=findings))
    assert run(text_file(), *(("--fail-on", limit) if limit else ())).exit_code == code


def test_the_report_is_printed_for_people(found: None, text_file: Make) -> None:
    result = run(text_file())
    assert "错误 1 处" in result.stdout and "勾稽 6 项" in result.stdout
    assert "\x1b[" not in result.stdout, "no colour codes in a pipe"
    assert result.stderr == ""


def test_json_is_one_object_for_one_file(found: None, text_file: Make) -> None:
    result = run(text_file(), "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["schema"] == "budgetaudit/1"
    assert "二〇二六" not in result.stdout and "支出预算总表" in result.stdout, "Chinese is not escaped"


def test_json_of_several_files_is_one_line_each_errors_too(found: None, text_file: Make, tmp_path: Path) -> None:
    gone = tmp_path / "没有.pdf"
    result = run(text_file("a.txt"), gone, text_file("notdisclosure.txt"), text_file("bug.txt"), "--format", "json")
    first, second, third, fourth = map(json.loads, result.stdout.splitlines())
    assert first["document"]["path"].endswith("a.txt")
    assert second["path"] == str(gone) and second["error"]["kind"] == "missing"
    assert third["error"]["kind"] == "not-a-disclosure"
    assert fourth["error"] == {"kind": "internal", "message": "ZeroDivisionError"}
    assert result.exit_code == 2


def test_a_bad_file_is_one_line_and_the_others_still_run(found: None, text_file: Make, tmp_path: Path) -> None:
    (tmp_path / "空.pdf").write_bytes(b"")
    result = run(text_file("a.txt"), tmp_path / "空.pdf", text_file("b.txt"))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1 and result.stderr.startswith(f"{tmp_path / '空.pdf'}：")
    assert result.stdout.count("勾稽 6 项") == 2


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("空.pdf", b"", "空"),
        ("网页.pdf", b"<!DOCTYPE html><html><body>404</body></html>", "网页"),
        ("断.pdf", b"%PDF-1.7\n1 0 obj\n<<", "不完整"),
        ("乱.pdf", bytes(range(256)) * 4, "不是 PDF"),
        ("图.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "图片"),
    ],
)
def test_bad_input_is_one_chinese_line_and_exit_2(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = run(path)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1 and result.stderr.startswith(f"{path}：") and word in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.pdf", tmp_path):
        result = run(path)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_a_bug_is_one_line_that_names_file_and_class(found: None, text_file: Make) -> None:
    path = text_file("bug.txt")
    result = run(path)
    assert result.exit_code == 2
    assert result.stderr == f"{path}：程序出错（ZeroDivisionError），这个文件没有核对；加 --debug 可看详情\n"
    assert "Traceback (most recent call last)" in run(path, "--debug").stderr


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    result = run(tmp_path / "\x1b[31m[red]\u202e.pdf")
    assert "\x1b" not in result.stderr and "\u202e" not in result.stderr
    assert "\\x1b[31m[red]\\u202e.pdf" in result.stderr


def test_output_file_holds_the_report(found: None, text_file: Make, tmp_path: Path) -> None:
    target = tmp_path / "报告.json"
    result = run(text_file(), "--format", "json", "--output-file", target)
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(target.read_text("utf-8"))["checks"]["held"] == 1
    run(text_file("a.txt"), text_file("b.txt"), "--output-file", target)
    assert target.read_text("utf-8").count("勾稽 6 项") == 2


def test_output_never_replaces_an_input(found: None, text_file: Make) -> None:
    path = text_file()
    before = path.read_bytes()
    result = run(path, "--output-file", path)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert path.read_bytes() == before


def test_one_workbook_for_one_file(found: None, text_file: Make, tmp_path: Path) -> None:
    result = run(text_file(), "--xlsx", tmp_path / "neu" / "底稿.xlsx")
    assert result.exit_code == 1
    assert load_workbook(tmp_path / "neu" / "底稿.xlsx").sheetnames[0] == "概览"


def test_one_workbook_each_for_several_files(found: None, text_file: Make, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    paths = [text_file("x/a.txt"), text_file("y/a.txt")]
    run(*paths, "--xlsx", tmp_path / "books")
    assert sorted(p.name for p in (tmp_path / "books").iterdir()) == ["a-2.xlsx", "a.xlsx"]


@pytest.mark.parametrize("target", ["out.xlsx", "file"])
def test_one_workbook_for_several_files_is_refused(found: None, text_file: Make, tmp_path: Path, target: str) -> None:
    (tmp_path / "file").touch()
    result = run(text_file("a.txt"), text_file("b.txt"), "--xlsx", tmp_path / target)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "目录" in result.stderr


def test_a_workbook_that_cannot_be_written_is_one_line(found: None, text_file: Make, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run(text_file(), "--xlsx", tmp_path / "file" / "a.xlsx")
    assert result.exit_code == 2
    assert "无法写入" in result.stderr and result.stderr.count("\n") == 1


def test_clean_says_so(clean: None, text_file: Make) -> None:
    result = run(text_file())
    assert result.exit_code == 0 and "未发现错误" in result.stdout


def test_what_a_reviewer_confirmed_in_the_workbook_is_not_told_again(
    found: None, text_file: Make, tmp_path: Path
) -> None:
    path = text_file()
    book = tmp_path / "核对.xlsx"
    assert run(path, "--xlsx", book).exit_code == 1
    marked = load_workbook(book)
    sheet = marked["问题清单"]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 14).value = "已核实"
    marked.save(book)
    result = run(path, "--baseline", book)
    assert result.exit_code == 0 and "已核实" in result.stdout
    assert json.loads(run(path, "--baseline", book, "--format", "json").stdout)["findings"] == []
    assert run(path, "--baseline", book, "--xlsx", book).exit_code == 2, "the reviewer's work is not written over"
    assert load_workbook(book)["问题清单"].cell(2, 14).value == "已核实"


def test_an_unusable_baseline_ends_the_call_before_anything_is_read(
    found: None, text_file: Make, tmp_path: Path
) -> None:
    result = run(text_file(), "--baseline", tmp_path / "没有.xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1 and "没有.xlsx" in result.stderr
