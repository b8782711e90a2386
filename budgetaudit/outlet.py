"""Where output goes: what may be written, what may not be written over, and one line for what went wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import typer

from budgetaudit.report.words import visible
from budgetaudit.usage import UNUSABLE


def dump(value: Any, indent: int | None) -> str:
    """JSON with a line end; escaped throughout where stdout is not UTF-8."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    return json.dumps(value, ensure_ascii=encoding != "utf8", indent=indent) + "\n"


def write(path: Path, work: Callable[[], object]) -> None:
    """Do the writing; where the system refuses, say so in one line and end."""
    try:
        work()
    except OSError as error:
        refuse(f"{shown(path)}：无法写入（{error.strerror or '系统错误'}）。")


def books_for(xlsx: Path | None, paths: list[Path]) -> dict[Path, Path]:
    """Where the workbook of each input goes; refuses a target that cannot be meant."""
    if xlsx is None:
        return {}
    if len(paths) == 1 and not xlsx.is_dir():
        if xlsx.suffix.lower() != ".xlsx":
            refuse("--xlsx 的文件名须以 .xlsx 结尾。")
        guard_output(xlsx, paths)
        return {paths[0]: xlsx}
    if xlsx.suffix.lower() == ".xlsx" or (xlsx.exists() and not xlsx.is_dir()):
        refuse("有多个文件时，--xlsx 须是目录（每个文件存一本工作簿）。")
    books: dict[Path, Path] = {}
    for path in dict.fromkeys(paths):
        taken, number = set(books.values()), 1
        target = xlsx / f"{path.stem}.xlsx"
        while target in taken:
            number += 1
            target = xlsx / f"{path.stem}-{number}.xlsx"
        books[path] = target
        guard_output(target, paths)
    return books


def guard_output(target: Path | None, inputs: list[Path]) -> None:
    """Refuse to write over an input, or into what is a folder."""
    if target is None:
        return
    if target.is_dir():
        refuse(f"{shown(target)}：是目录，请写文件名。")
    if any(target.resolve() == path.resolve() for path in inputs):
        refuse(f"{shown(target)}：就是要读取的文件，不能覆盖。")


def warn(path: Path, reason: str) -> None:
    """Say on stderr what is wrong with one file."""
    print(f"{shown(path)}：{reason}", file=sys.stderr)


def shown(path: Path | str) -> str:
    """A path fit to be shown."""
    return visible(str(path))


def refuse(line: str) -> NoReturn:
    """Say what is wrong with the call and end with the exit code for that."""
    print(line, file=sys.stderr)
    raise typer.Exit(UNUSABLE)
