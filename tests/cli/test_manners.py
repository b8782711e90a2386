"""How the commands behave among others: pipes, standard input, several outputs, shells, terminals."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len
from typer.testing import CliRunner

from budgetaudit.cli import app
from budgetaudit.report.outputs import OUTPUTS, by_suffix
from budgetaudit.rules import all_rules
from tests.cli.test_end_to_end import TEXT

PROGRAM = [sys.executable, "-m", "budgetaudit"]
SAMPLE = Path(__file__).parents[2] / "samples" / "numbered-errors.pdf"
ENV = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
Make = Callable[..., Path]


def run(*args: object, data: bytes | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *map(str, args)], input=data, capture_output=True, env={**ENV, **env}, timeout=120, check=False
    )


def on_terminal(*args: object, columns: int = 80, **env: str) -> str:
    """What the command writes on a terminal of its own (standard output and error)."""
    ours, theirs = pty.openpty()
    os.set_inheritable(theirs, True)
    process = subprocess.Popen(
        [*PROGRAM, *map(str, args)],
        stdin=theirs, stdout=theirs, stderr=theirs,
        env={**ENV, "COLUMNS": str(columns), "TERM": "xterm-256color", **env},
    )  # fmt: skip
    os.close(theirs)
    written = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            data = os.read(ours, 65_536)
        except OSError:
            break
        if not data:
            break
        written += data
    process.wait(60)
    os.close(ours)
    return written.decode("utf-8")


# ------------------------------------------------------------------------------------------------------ standard input


@pytest.mark.parametrize("data", [TEXT.encode(), SAMPLE.read_bytes()], ids=["text", "pdf"])
def test_standard_input_is_read_like_a_file(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    piped = run("check", "-", "--format", "json", data=data)
    named = run("check", path, "--format", "json")
    assert piped.returncode == named.returncode and not piped.stderr
    one, two = json.loads(piped.stdout), json.loads(named.stdout)
    assert one["document"].pop("path") == "-" and two["document"].pop("path") == str(path)
    assert one == two
    tables = json.loads(run("extract", "-", data=data).stdout)
    assert tables["document"]["path"] == "-" and tables["tables"]


def test_a_workbook_of_standard_input(tmp_path: Path) -> None:
    run("check", "-", "--xlsx", tmp_path / "底稿.xlsx", data=SAMPLE.read_bytes())
    assert load_workbook(tmp_path / "底稿.xlsx").worksheets


@pytest.mark.parametrize(("data", "word"), [(b"", "空"), (b"\x89PNG\r\n\x1a\n\0\0", "图片"), (b"<html>", "网页")])
def test_bad_standard_input_is_one_line(data: bytes, word: str) -> None:
    done = run("check", "-", data=data)
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert said.startswith("-：") and word in said and said.count("\n") == 1


def test_standard_input_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetaudit.reading.MAX_PDF_BYTES", 3_000_000)
    result = CliRunner().invoke(app, ["check", "-"], input=b"x" * 4_000_000)
    assert result.exit_code == 2 and "标准输入超过 3 MB" in result.stderr and result.stderr.count("\n") == 1


def test_standard_input_is_read_once_and_not_from_a_terminal(tmp_path: Path) -> None:
    assert "只能写一次" in run("check", "-", "-", data=b"x").stderr.decode()
    assert "不能用标准输入" in run("check", "-", SAMPLE, "--together", data=b"x").stderr.decode()
    assert "标准输入是终端" in on_terminal("check", "-")


# --------------------------------------------------------------------------------------------------------- several outputs


def test_several_outputs_in_one_run(found: None, text_file: Make, tmp_path: Path) -> None:
    targets = {
        "sarif": tmp_path / "新" / "结果.sarif",
        "junit": tmp_path / "junit.xml",
        "markdown": tmp_path / "报告.md",
        "csv": tmp_path / "问题.csv",
        "jsonl": tmp_path / "a.jsonl",
        "statistics": tmp_path / "统计",
    }
    specs = [part for name, path in targets.items() for part in ("--output", f"{name}={path}")]
    result = CliRunner().invoke(app, ["check", str(text_file()), *specs, "--xlsx", str(tmp_path / "底稿.xlsx")])
    assert result.exit_code == 1 and "错误 1 处" in result.stdout, "the report for people comes as ever"
    assert all(path.stat().st_size for path in targets.values())
    assert targets["csv"].read_bytes().startswith(b"\xef\xbb\xbf"), "a spreadsheet must take it for UTF-8"
    assert json.loads(targets["sarif"].read_text("utf-8"))["version"] == "2.1.0"
    assert load_workbook(tmp_path / "底稿.xlsx").worksheets


def test_one_output_may_go_to_the_screen_in_place_of_the_report(found: None, text_file: Make, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["check", str(text_file()), "--output", "json=-", "--output", str(tmp_path / "a.md")]
    )
    assert json.loads(result.stdout)["schema"] == "budgetaudit/1"
    assert (tmp_path / "a.md").read_text("utf-8").startswith("## ")


def test_a_file_that_was_not_checked_is_in_every_output(found: None, text_file: Make, tmp_path: Path) -> None:
    names = [o.name for o in OUTPUTS if not o.per_document]
    specs = [part for name in names for part in ("--output", f"{name}={tmp_path / name}")]
    result = CliRunner().invoke(app, ["check", str(text_file("notdisclosure.txt")), *specs])
    assert result.exit_code == 2
    for name in set(names) - {"statistics"}:
        text = (tmp_path / name).read_text("utf-8-sig")
        assert "没有预算表" in text or "\\u6ca1\\u6709" in text, name
    assert "没能核对的 1 个" in (tmp_path / "statistics").read_text("utf-8")


def test_an_output_that_cannot_be_written_does_not_take_the_others(
    found: None, text_file: Make, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    bad, good = tmp_path / "file" / "a.sarif", tmp_path / "b.md"
    result = CliRunner().invoke(app, ["check", str(text_file()), "--output", str(bad), "--output", str(good)])
    assert result.exit_code == 2 and good.exists()
    assert "无法写入" in result.stderr and result.stderr.count("\n") == 1


def test_suffixes_mean_one_format_each() -> None:
    suffixes = [suffix for output in OUTPUTS for suffix in output.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    for name, expected in (("a.sarif.json", "sarif"), ("a.json", "json"), ("A.XML", "junit"), ("a.md", "markdown")):
        output = by_suffix(Path(name))
        assert output is not None and output.name == expected


# ---------------------------------------------------------------------------------------------------- pipes and terminals


@pytest.mark.parametrize("args", [("check", SAMPLE, "-v"), ("check", SAMPLE, "--format", "sarif"), ("rules",)], ids=str)
def test_a_closed_pipe_ends_quietly(args: tuple[object, ...]) -> None:
    process = subprocess.Popen([*PROGRAM, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENV)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), said) == (141, b"")


@pytest.mark.parametrize("columns", [50, 80])
@pytest.mark.parametrize(
    "args",
    [
        ("check", SAMPLE), ("check", SAMPLE, "--statistics"), ("rules",),
        ("explain", "T102"), ("explain", "N401"), ("check", "--show-settings"),
    ],
    ids=lambda args: "-".join(str(a) for a in args if a != SAMPLE),
)  # fmt: skip
def test_a_narrow_terminal_is_wide_enough(args: tuple[object, ...], columns: int) -> None:
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", on_terminal(*args, columns=columns))
    lines = [line.rpartition("\r")[2] for line in text.replace("\r\n", "\n").split("\n")]
    wide = [line for line in lines if cell_len(line) > columns and "/" not in line]
    assert len(lines) > 5 and wide == []


def test_colours_are_for_terminals_that_want_them() -> None:
    assert re.search(r"\x1b\[[0-9;]*3[0-9]m", on_terminal("rules"))
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", on_terminal("rules", NO_COLOR="1"))
    assert b"\x1b" not in run("rules").stdout
    assert b"\x1b" not in run("explain", "T101").stdout


def test_the_stage_is_shown_on_a_terminal_only() -> None:
    assert "逐项核对…" in on_terminal("check", SAMPLE)
    assert run("check", SAMPLE).stderr == b""


# -------------------------------------------------------------------------------------------------------------- shells


def complete(line: str) -> list[str]:
    """What bash offers at the end of a line, with the script sourced as the help says."""
    words = line.split(" ")
    script = run("completion", "bash").stdout.decode()
    folder = Path(sys.executable).parent
    code = (
        f"{script}\nCOMP_WORDS=({' '.join(map(repr, words))}); COMP_CWORD={len(words) - 1}; "
        "_budgetaudit_completion budgetaudit; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    env = {**ENV, "PATH": f"{folder}:{ENV['PATH']}"}
    done = subprocess.run(["bash", "--norc", "-c", code], capture_output=True, text=True, env=env, check=True)
    return [word for word in done.stdout.splitlines() if word]


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("budgetaudit ex", {"extract", "explain"}),
        ("budgetaudit check --min-s", {"--min-severity"}),
        ("budgetaudit check --fail-on n", {"notice", "never"}),
        ("budgetaudit check --format s", {"sarif", "statistics"}),
        ("budgetaudit check --output j", {"json=", "jsonl=", "junit="}),
        ("budgetaudit explain t2", {rule.code.lower() for rule in all_rules() if rule.code.startswith("T2")}),
        ("budgetaudit check --select T,X30", {f"T,{rule.code}" for rule in all_rules() if rule.code.startswith("X30")}),
    ],
)
def test_bash_completes(line: str, offered: set[str]) -> None:
    assert set(complete(line)) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_each_shell(shell: str) -> None:
    text = run("completion", shell).stdout.decode()
    assert "_BUDGETAUDIT_COMPLETE" in text and shell in text
    assert run("completion", SHELL=f"/usr/bin/{shell}").stdout.decode() == text
    checker = shutil.which(shell)
    if checker:
        assert subprocess.run([checker, "-n"], input=text, text=True, check=False, capture_output=True).returncode == 0


def test_an_unknown_shell_is_one_line() -> None:
    done = run("completion", SHELL="/bin/unknown")
    assert done.returncode == 2 and done.stderr.decode().count("\n") == 1


# ---------------------------------------------------------------------------------------------------------- the handbook


def test_the_handbook_holds_every_rule_with_its_examples() -> None:
    text = run("rules", "--format", "markdown").stdout.decode()
    listed = json.loads(run("rules", "--format", "json").stdout)["rules"]
    assert [rule["code"] for rule in listed] == re.findall(r"^### ([A-Z]\d{3}) ", text, re.M)
    assert {rule["code"] for rule in listed} == {rule.code for rule in all_rules()}
    assert all(rule["good"] and rule["bad"] and rule["page"] and rule["basis"] for rule in listed)
    assert text.count("**错误：**") == len(listed) and "| 2010302 | 一般行政管理事务 | 21.00 |" in text


def test_a_page_has_its_sections_and_aligned_examples() -> None:
    lines = run("explain", "t102").stdout.decode().splitlines()
    for title in ("为什么", "怎么查", "限度", "依据", "正确：", "错误："):
        assert title in lines
    heads = [line for line in lines if line.startswith("  科目编码")]
    rows = [line for line in lines if line.startswith("  20103 ")]
    assert len(heads) == len(rows) == 2
    for word, figure in (("合计", "30.00"), ("基本支出", "10.00"), ("项目支出", "20.00")):
        ends = {cell_len(line[: line.index(text) + len(text)]) for text, line in ((word, heads[0]), (figure, rows[0]))}
        assert len(ends) == 1, "figures end where their head ends"
    assert "是不是 T102？" in run("explain", "T1O2").stderr.decode()
