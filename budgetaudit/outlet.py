"""Where output goes: what may not be written over, and one line for what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import typer

from budgetaudit.errors import UnreadableError
from budgetaudit.lang import _
from budgetaudit.report.visible import visible
from budgetaudit.usage import UNUSABLE


def save(path: Path, work: Callable[[], object]) -> bool:
    """Do the writing of a file; where the system or the document refuses, say so in one line and return False."""
    try:
        work()
    except UnreadableError as error:
        print(_("{path}：没有写出：{reason}。").format(path=shown(path), reason=error), file=sys.stderr)
        return False
    except OSError as error:
        reason = error.strerror or _("系统错误")
        print(_("{path}：无法写入（{reason}）。").format(path=shown(path), reason=reason), file=sys.stderr)
        return False
    return True


def write(path: Path, work: Callable[[], object]) -> None:
    """Do the writing; where the system refuses, say so in one line and end."""
    if not save(path, work):
        raise typer.Exit(UNUSABLE)


def guard_output(target: Path | None, inputs: Sequence[Path]) -> None:
    """Refuse to write over an input, or into what is a folder."""
    if target is None:
        return
    if target.is_dir():
        refuse(_("{path}：是目录，请写文件名。").format(path=shown(target)))
    if any(target.resolve() == path.resolve() for path in inputs):
        refuse(_("{path}：就是要读取的文件，不能覆盖。").format(path=shown(target)))


def warn(path: Path, reason: str) -> None:
    """Say on stderr what is wrong with one file."""
    print(_("{path}：{reason}").format(path=shown(path), reason=reason), file=sys.stderr)


def shown(path: Path | str) -> str:
    """A path fit to be shown."""
    return visible(str(path))


def refuse(line: str) -> NoReturn:
    """Say what is wrong with the call and end with the exit code for that."""
    print(line, file=sys.stderr)
    raise typer.Exit(UNUSABLE)
