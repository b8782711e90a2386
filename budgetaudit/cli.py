"""The program: its commands put together. What reads, checks or draws is imported by the command that needs it, so that
--help stays quick.
"""

from __future__ import annotations

from typing import Annotated

import typer

from budgetaudit import __version__, folders
from budgetaudit.commands import check, completion, extract, rulebook
from budgetaudit.lang import CHINESE, N_, OPTION
from budgetaudit.options import option
from budgetaudit.usage import Command, Group

app = typer.Typer(
    cls=Group,
    help=N_("核对政府部门预算、决算公开文件：读出每个数字，检查每项勾稽关系，指出哪里不符、差多少。"),
    epilog=N_("退出码：0 没有达到 --fail-on 的问题；1 有；2 输入或调用无法使用。"),
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"budgetaudit {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", help=N_("显示版本号并退出。"), callback=_version, is_eager=True),
    ] = False,
    # Taken from the call by Group.main before anything is said; declared for the help and for completion.
    lang: Annotated[
        str,
        option(OPTION, metavar=N_("语言"), help=N_("zh（中文，默认）或 en（英文）；也可设环境变量 BUDGETAUDIT_LANG。")),
    ] = CHINESE,
) -> None:
    pass


app.command("check", cls=Command, help=check.HELP)(check.check)
app.command("extract", cls=Command, help=extract.HELP)(extract.extract)
app.command("rules", cls=Command, help=rulebook.RULES_HELP)(rulebook.rules)
app.command("explain", cls=Command, help=rulebook.EXPLAIN_HELP)(rulebook.explain)
folders.register(app)
app.command("completion", cls=Command, help=completion.HELP)(completion.completion)
