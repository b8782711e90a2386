"""Typer's help and its complaints about a call, in the language asked for and within the width of the terminal.

Typer takes the help texts while the program is imported, when no language is set yet: they are translated here, where
they are shown.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from rich.cells import cell_len
from typer import Exit
from typer.core import TyperCommand, TyperGroup

from budgetaudit.lang import CHINESE, LANGUAGES, N_, OPTION, _, asked_for, set_language
from budgetaudit.report.fold import fold
from budgetaudit.report.visible import visible

UNUSABLE = 2
"""Exit code for an input or a call that cannot be used."""
OUTPUT, CHOICE, READING, OTHER = GROUPS = (N_("输出"), N_("查什么、报告什么"), N_("读取"), N_("其他"))
"""Groups of options in a help page, in this order."""
INTERRUPTED, PIPE_CLOSED = 130, 141
"""Exit codes of shells for a program that Ctrl-C ended, and for one whose reader went away."""
COMPLETING = "_BUDGETAUDIT_COMPLETE"
"""Variable by which a shell asks for what continues a line."""
_MANY = 10
"""Options from which on a help page shows them in groups."""
_HELP_WIDTH = 100
_LEFT_WIDTH = 28
_COMPLAINTS = (
    (re.compile(r"No such command '(?P<x>[^']*)'"), N_("没有这个命令：{x}")),
    (re.compile(r"No such option:? '?(?P<x>[^ ']+)"), N_("没有这个选项：{x}")),
    (re.compile(r"Option '?(?P<x>[^ ']+)'? requires an argument"), N_("选项 {x} 缺少取值")),
    (re.compile(r"Option '?(?P<x>[^ ']+)'? does not take a value"), N_("选项 {x} 不带取值")),
    (re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<x>.+)\)"), N_("多余的参数：{x}")),
    (re.compile(r"Invalid value for '(?P<x>[^']+)': .*is not one of (?P<y>.+?)\.?$"), N_("选项 {x} 只能是：{y}")),
    (re.compile(r"Missing command"), N_("缺少命令")),
)


class Command(TyperCommand):
    """A command with a help page of ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(help_page(self, ctx))


class Group(TyperGroup):
    """The command group: help of ours; the language of the call; a wrong call is one line on stderr and exit code 2."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(help_page(self, ctx))

    def main(self, args: Sequence[str] | None = None, *others: Any, **extra: Any) -> Any:
        """Run as Typer does, but set the language first, and say what is wrong with a call in one line."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        standalone = extra.pop("standalone_mode", True)
        extra["standalone_mode"] = False
        given = _speak(sys.argv[1:] if args is None else args)
        if not standalone:
            return super().main(given, *others, **extra)
        try:
            code = super().main(given, *others, **extra)
            sys.stdout.flush()
        except BrokenPipeError:
            _write_nowhere()
            sys.exit(PIPE_CLOSED)
        except Exception as error:  # Typer's own exception classes move between its versions
            if not hasattr(error, "format_message"):
                raise
            if type(error).__name__ == "NoArgsIsHelpError":
                print(error.format_message(), file=sys.stderr)
            else:
                print(complaint(error), file=sys.stderr)
            sys.exit(UNUSABLE)
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; that nobody reads on, or that Ctrl-C ends it, is no error of the program's."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            _write_nowhere()
            raise Exit(PIPE_CLOSED) from None
        except KeyboardInterrupt:
            print(_("已中断。"), file=sys.stderr)
            raise Exit(INTERRUPTED) from None

    def _main_shell_completion(self, *arguments: Any, **extra: Any) -> None:
        """Answer a shell that completes a line; Typer knows the shells only where its own options are there too."""
        if COMPLETING in os.environ:
            from typer.completion import completion_init  # type: ignore[attr-defined]

            completion_init()
        super()._main_shell_completion(*arguments, **extra)


def _write_nowhere() -> None:
    """Let what is still to be written to standard output vanish: its reader has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak(arguments: Sequence[str]) -> list[str]:
    """Set the language of a call and give its other arguments; end where it asks for one that is not spoken."""
    try:
        wanted, others = asked_for(arguments, os.environ)
    except ValueError as error:
        source, named = error.args
        set_language(CHINESE)
        print(visible(f"{source}={named}: {' | '.join(LANGUAGES)}"), file=sys.stderr)
        sys.exit(UNUSABLE)
    set_language(wanted)
    return others


def complaint(error: Any) -> str:
    """A usage error of Typer in one line, with the way to the help."""
    message = " ".join(str(error.format_message()).split())
    said = _("调用有误：{message}").format(message=message)
    for pattern, words in _COMPLAINTS:
        found = pattern.search(message)
        if found:
            named = {name: text.replace("'", "").replace(", ", _("、")) for name, text in found.groupdict().items()}
            said = _(words).format(**named)
            break
    path = getattr(getattr(error, "ctx", None), "command_path", "") or "budgetaudit"
    return visible(_("{said}（用法见 {path} --help）").format(said=said, path=path))


def help_page(command: Any, ctx: Any) -> str:
    """The help of a command: usage, what it does, arguments, options, commands."""
    width = max(40, min(_HELP_WIDTH, shutil.get_terminal_size((80, 24)).columns))
    parameters = [p for p in command.get_params(ctx) if not getattr(p, "hidden", False)]
    arguments = [(_value(p.metavar), _said(p.help)) for p in parameters if p.param_type_name == "argument"]
    options = [p for p in parameters if p.param_type_name == "option"]
    if ctx.parent is not None:  # the program's own option, which may stand behind the command as well
        options += [p for p in ctx.find_root().command.get_params(ctx.find_root()) if OPTION in p.opts]
    commands = []
    if isinstance(command, TyperGroup):
        named = ((name, command.get_command(ctx, name)) for name in command.list_commands(ctx))
        commands = [(name, _said(sub.help)) for name, sub in named if sub is not None and not sub.hidden]
    call = [ctx.command_path, _("[选项]"), *(f"[{name}]" for name, _help in arguments)]
    lines = [_("用法：{call}").format(call=" ".join([*call, *([_("命令 …")] if commands else [])])), ""]
    lines += fold(_said(command.help), width)
    for title, rows in ((_("参数："), arguments), *_groups(options), (_("命令："), commands)):
        if rows:
            lines += ["", title, *_columns(rows, width)]
    if command.epilog:
        lines += ["", *fold(_(command.epilog), width)]
    return "\n".join(lines) + "\n"


def _value(metavar: str | None) -> str:
    """What stands for a value; capitals tell it from the words around it where a language has them."""
    return _(metavar or N_("值")).upper()


def _said(text: str | None) -> str:
    return _(text) if text else ""


def _groups(options: Sequence[Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Options under the titles of their groups, a few of one group under a plain title."""
    grouped: dict[str, list[Any]] = {}
    for option in options:
        grouped.setdefault(getattr(option, "rich_help_panel", None) or GROUPS[-1], []).append(option)
    if len(grouped) == 1 or len(options) < _MANY:
        yield _("选项："), [_option(option) for option in options]
        return
    for group in sorted(grouped, key=GROUPS.index):
        yield _("{group}：").format(group=_(group)), [_option(option) for option in grouped[group]]


def _option(option: Any) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    if "--help" in option.opts:
        return names, _("显示帮助并退出。")
    value = "" if option.is_flag else f" {_value(option.metavar)}"
    return names + value, _said(option.help)


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
