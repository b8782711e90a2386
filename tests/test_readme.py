"""The README's commands work as written, and it tells of every command and option that it should."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import readme

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S)
INLINE = re.findall(r"`(budgetaudit [a-z]+[^`]*)`", README)
LINES = [line for block in BLOCKS for line in block.splitlines() if line.startswith("budgetaudit ")]
COMMANDS = list(dict.fromkeys(LINES + [line for line in INLINE if "FILE" not in line]))
_WRITES = ("--xlsx", "--output-file", "--draw", "--findings", "--facts")
INPUTS = {
    "部门预算.pdf": "columns-errors.pdf",
    "部门决算.pdf": "final-clean.pdf",
    "情况说明.pdf": "yuan-clean.pdf",
    "预算报表.pdf": "numbered-clean.pdf",
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder that holds the files the README speaks of."""
    for name, sample in INPUTS.items():
        shutil.copy(ROOT / "samples" / sample, tmp_path / name)
    (tmp_path / "各部门").mkdir()
    for name in INPUTS:
        shutil.copy(tmp_path / name, tmp_path / "各部门")
    return tmp_path


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "budgetaudit", *shlex.split(line)[1:]]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def test_there_are_commands_to_try() -> None:
    assert len(COMMANDS) >= 8
    assert {shlex.split(line)[1] for line in COMMANDS} == {"check", "extract", "rules", "explain", "scan", "report"}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_works_as_written(line: str, desk: Path) -> None:
    if shlex.split(line)[1] == "report":
        run("budgetaudit scan 各部门", desk)
    done = run(line, desk)
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if shlex.split(line)[1] in ("check", "scan") else 0), done.stderr
    words = shlex.split(line)
    for option in _WRITES:
        if option in words:
            made = desk / words[words.index(option) + 1]
            assert made.exists() and (made.is_dir() or made.stat().st_size > 0)
    assert done.stdout.strip() or set(_WRITES) & set(words)


def test_exit_codes_are_as_stated(desk: Path) -> None:
    assert "| 0 | 没有达到 `--fail-on` 级别（默认 `warning`，即“需核实”）的问题 |" in README
    assert run("budgetaudit check 部门预算.pdf", desk).returncode == 1
    assert run("budgetaudit check 部门预算.pdf --fail-on never", desk).returncode == 0
    assert run("budgetaudit check 没有.pdf", desk).returncode == 2


def test_help_pages_in_it_are_what_the_program_prints() -> None:
    assert "check" in readme.commands_in(README)
    assert readme.refreshed(README) == README, "make readme writes them again"


def test_the_help_blocks_are_refreshed_and_nothing_else() -> None:
    text = "前\n<!-- help: rules -->\nold\n<!-- /help -->\n后\n<!-- help: -->\n<!-- /help -->\n"
    made = readme.refreshed(text)
    assert made.startswith("前\n<!-- help: rules -->\n```text\n$ budgetaudit rules --help\n用法：budgetaudit rules")
    assert "old" not in made and "\n后\n" in made and "$ budgetaudit --help\n用法：budgetaudit [选项]" in made
    assert readme.refreshed(made) == made


def test_options_it_names_exist() -> None:
    commands = ["", "check", "extract", "rules", "explain", "scan", "report", "completion"]
    known = {o for c in commands for o in re.findall(r"--[a-z][a-z-]*", readme.help_of(*c.split()))}
    prose = re.sub(r"<!-- help:.*?<!-- /help -->", "", README, flags=re.S)
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", prose))
    assert len(named) > 10 and named <= known, named - known


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"`?make ([a-z]+)`?", README)):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_files_it_names_exist() -> None:
    for name in set(re.findall(r"`((?:budgetaudit|samples|tests)/[\w/.]*\w)`", README)):
        assert (ROOT / name).exists(), name
    for name in ("aspects.toml", "words.toml", "forms.toml"):
        assert (ROOT / "budgetaudit" / "data" / name).is_file()
