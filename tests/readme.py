"""The help pages that README shows: between marks, written by ``make readme``, held by tests/test_readme.py.

A block begins with ``<!-- help: check -->`` (nothing after the colon: the program's own page) and ends with ``<!-- /help -->``.
"""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from budgetaudit.cli import app
from budgetaudit.lang import CHINESE, VARIABLE

README = Path(__file__).parents[1] / "README.md"
WIDTH = 88
_BLOCK = re.compile(r"(<!-- help:(?P<command>[ a-z]*)-->\n).*?(<!-- /help -->)", re.S)


def help_of(*command: str) -> str:
    """The help page of a command, as it is on a terminal of WIDTH columns."""
    result = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": str(WIDTH), VARIABLE: CHINESE})
    if result.exit_code:
        raise ValueError(f"no help of {command}")
    return result.stdout.replace("用法：root", "用法：budgetaudit")


def commands_in(text: str) -> list[str]:
    """The commands whose help the text shows."""
    return [found["command"].strip() for found in _BLOCK.finditer(text)]


def refreshed(text: str) -> str:
    """The text with all its blocks as the program prints them now."""

    def block(found: re.Match[str]) -> str:
        page = help_of(*found["command"].split())
        return f"{found[1]}```text\n$ {' '.join(['budgetaudit', *found['command'].split(), '--help'])}\n{page}```\n{found[3]}"

    return _BLOCK.sub(block, text)


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text("utf-8")), "utf-8")
