from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from budgetaudit import __version__
from budgetaudit.cli import app

HEAVY = ("pypdfium2", "camelot", "pandas", "cv2", "numpy", "openpyxl", "jinja2", "PIL", "pdfplumber")
HAN = re.compile(r"[\u4e00-\u9fff]")


def run(*args: str, columns: int = 80) -> Result:
    return CliRunner().invoke(app, list(args), env={"COLUMNS": str(columns)})


@pytest.mark.parametrize("args", [("--help",), ("check", "--help"), ("--version",)])
def test_help_imports_nothing_that_reads_or_writes_documents(args: tuple[str, ...]) -> None:
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['budgetaudit', *{args!r}]\n"
        "from budgetaudit.cli import app\n"
        "try:\n    app()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        f"print('LOADED', [m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "LOADED []"


def test_the_heavy_modules_are_really_the_ones_that_commands_load() -> None:
    code = "import sys, budgetaudit.report.draw, budgetaudit.report.sheets; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"openpyxl", "PIL", "pypdfium2"} <= set(done.stdout.split())


@pytest.mark.parametrize("command", ["", "check", "extract", "rules", "explain"])
@pytest.mark.parametrize("columns", [50, 80, 200])
def test_help_is_chinese_and_fits_the_terminal(command: str, columns: int) -> None:
    result = run(*filter(None, [command, "--help"]), columns=columns)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert max(cell_len(line) for line in lines) <= columns
    for english in ("Usage", "Options", "Arguments", "Commands", "Show this message", "default", "required"):
        assert english not in result.stdout
    described = [line for line in lines if re.match(r"  -", line)]
    assert described and all(HAN.search(line) for line in described)


@pytest.mark.parametrize(
    "option", ["format", "xlsx", "fail-on", "engine", "verify", "verbose", "output-file", "debug", "help"]
)
def test_help_names_every_option_of_check(option: str) -> None:
    assert f"--{option}" in run("check", "--help").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("chek",), "没有这个命令：chek"),
        (("check", "--nope", "a"), "没有这个选项：--nope"),
        (("check", "a", "--engine", "magic"), "选项 --engine 只能是：auto、pdfium、camelot"),
        (("check", "a", "--engine"), "选项 --engine 缺少取值"),
        (("check", "a", "--fail-on", "x"), "选项 --fail-on 只能是：error、warning、notice、never"),
        (("rules", "extra"), "多余的参数：extra"),
        (("check",), "缺少文件"),
        (("extract",), "缺少文件"),
        (("explain",), "缺少规则编号"),
        (("extract", "a", "b"), "多余的参数：b"),
    ],
)
def test_a_wrong_call_is_one_chinese_line_and_exit_2(args: tuple[str, ...], said: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(said) and result.stderr.count("\n") == 1


def test_no_command_shows_the_help_and_is_an_unusable_call() -> None:
    result = run()
    assert result.exit_code == 2
    assert "用法：" in result.stdout + result.stderr


def test_version() -> None:
    assert run("--version").stdout == f"budgetaudit {__version__}\n"


@pytest.mark.parametrize("args", [("check", "没有.pdf"), ("--help",), ("chek",)])
def test_output_survives_a_terminal_that_cannot_write_chinese(args: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "budgetaudit", *args],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.stdout + done.stderr
    assert "Traceback" not in done.stderr
