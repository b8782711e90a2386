"""Typer's help and its complaints about a call, in Chinese and within the width of the terminal."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from budgetaudit.report.fold import fold
from budgetaudit.report.words import visible

UNUSABLE = 2
"""Exit code for an input or a call that cannot be used."""
_HELP_WIDTH = 100
_LEFT_WIDTH = 28
_COMPLAINTS = (
    (re.compile(r"No such command '(?P<x>[^']*)'"), "没有这个命令：{x}"),
    (re.compile(r"No such option:? '?(?P<x>[^ ']+)"), "没有这个选项：{x}"),
    (re.compile(r"Option '?(?P<x>[^ ']+)'? requires an argument"), "选项 {x} 缺少取值"),
    (re.compile(r"Option '?(?P<x>[^ ']+)'? does not take a value"), "选项 {x} 不带取值"),
    (re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<x>.+)\)"), "多余的参数：{x}"),
    (re.compile(r"Invalid value for '(?P<x>[^']+)': .*is not one of (?P<y>.+?)\.?$"), "选项 {x} 只能是：{y}"),
    (re.compile(r"Missing command"), "缺少命令"),
)


class Command(TyperCommand):
    """A command whose help is Chinese throughout."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(help_page(self, ctx))


class Group(TyperGroup):
    """The command group: Chinese help; a wrong call is one line on stderr and exit code 2."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(help_page(self, ctx))

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run as Typer does, but say what is wrong with a call in one Chinese line."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        standalone = extra.pop("standalone_mode", True)
        extra["standalone_mode"] = False
        if not standalone:
            return super().main(*args, **extra)
        try:
            code = super().main(*args, **extra)
        except Exception as error:  # Typer's own exception classes move between its versions
            if not hasattr(error, "format_message"):
                raise
            if type(error).__name__ == "NoArgsIsHelpError":
                print(error.format_message(), file=sys.stderr)
            else:
                print(complaint(error), file=sys.stderr)
            sys.exit(UNUSABLE)
        sys.exit(code if isinstance(code, int) else 0)


def complaint(error: Any) -> str:
    """A usage error of Typer in one Chinese line, with the way to the help."""
    message = " ".join(str(error.format_message()).split())
    said = f"调用有误：{message}"
    for pattern, chinese in _COMPLAINTS:
        found = pattern.search(message)
        if found:
            said = chinese.format(**found.groupdict()).replace("'", "").replace(", ", "、")
            break
    path = getattr(getattr(error, "ctx", None), "command_path", "") or "budgetaudit"
    return visible(f"{said}（用法见 {path} --help）")


def help_page(command: Any, ctx: Any) -> str:
    """The help of a command: usage, what it does, arguments, options, commands."""
    width = max(40, min(_HELP_WIDTH, shutil.get_terminal_size((80, 24)).columns))
    parameters = [p for p in command.get_params(ctx) if not getattr(p, "hidden", False)]
    arguments = [(str(p.metavar), p.help or "") for p in parameters if p.param_type_name == "argument"]
    options = [_option(p) for p in parameters if p.param_type_name == "option"]
    commands = []
    if isinstance(command, TyperGroup):
        named = ((name, command.get_command(ctx, name)) for name in command.list_commands(ctx))
        commands = [(name, sub.help or "") for name, sub in named if sub is not None and not sub.hidden]
    call = [ctx.command_path, "[选项]", *(f"[{name}]" for name, _ in arguments), *(["命令 …"] if commands else [])]
    lines = [f"用法：{' '.join(call)}", "", *fold(command.help or "", width)]
    for title, rows in (("参数", arguments), ("选项", options), ("命令", commands)):
        if rows:
            lines += ["", f"{title}：", *_columns(rows, width)]
    if command.epilog:
        lines += ["", *fold(command.epilog, width)]
    return "\n".join(lines) + "\n"


def _option(option: Any) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    if "--help" in option.opts:
        return names, "显示帮助并退出。"
    value = "" if option.is_flag else f" {option.metavar or '值'}"
    return names + value, option.help or ""


def _columns(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    left = min(_LEFT_WIDTH, max(cell_len(name) for name, _ in rows)) + 4
    for name, text in rows:
        lines = list(fold(text, width - left)) or [""]
        head = f"  {name}"
        if cell_len(head) + 2 > left:
            yield head
        else:
            yield head + " " * (left - cell_len(head)) + lines.pop(0)
        for line in lines:
            yield " " * left + line
