"""What README takes from the program, between marks: written by ``make readme``, held by tests/test_readme.py.

A help page stands between ``<!-- help: check -->`` (nothing after the colon: the program's own page) and
``<!-- /help -->``, a number of rules between ``<!-- count: T -->`` (nothing: all of them) and ``<!-- /count -->``.
"""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from budgetaudit.cli import app
from budgetaudit.lang import CHINESE, VARIABLE
from budgetaudit.rules import all_rules

README = Path(__file__).parents[1] / "README.md"
WIDTH = 88
_BLOCK = re.compile(r"(<!-- help:(?P<command>[ a-z]*)-->\n).*?(<!-- /help -->)", re.S)
_COUNT = re.compile(r"(<!-- count:(?P<family>[ A-Z]*)-->)\d*(<!-- /count -->)")


def help_of(*command: str) -> str:
    """The help page of a command, as it is on a terminal of WIDTH columns."""
    result = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": str(WIDTH), VARIABLE: CHINESE})
    if result.exit_code:
        raise ValueError(f"no help of {command}")
    return result.stdout.replace("用法：root", "用法：budgetaudit")


def commands_in(text: str) -> list[str]:
    """The commands whose help the text shows."""
    return [found["command"].strip() for found in _BLOCK.finditer(text)]


def families_in(text: str) -> list[str]:
    """The families of rules that the text counts; "" for all."""
    return [found["family"].strip() for found in _COUNT.finditer(text)]


def refreshed(text: str) -> str:
    """The text with all its blocks as the program prints them now, and its numbers of rules."""

    def block(found: re.Match[str]) -> str:
        page = help_of(*found["command"].split())
        return f"{found[1]}```text\n$ {' '.join(['budgetaudit', *found['command'].split(), '--help'])}\n{page}```\n{found[3]}"

    def count(found: re.Match[str]) -> str:
        return f"{found[1]}{sum(rule.code.startswith(found['family'].strip()) for rule in all_rules())}{found[3]}"

    return _COUNT.sub(count, _BLOCK.sub(block, text))


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text("utf-8")), "utf-8")
