"""completion: the script that makes a shell complete commands, options, formats and rules."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from budgetaudit.lang import N_, _
from budgetaudit.options import argument
from budgetaudit.outlet import refuse
from budgetaudit.usage import COMPLETING

HELP = N_("打印命令补全脚本，供 bash、zsh、fish 使用。")
PROGRAM = "budgetaudit"


class Shell(StrEnum):
    """A shell that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completion(
    shell: Annotated[
        Shell | None,
        argument(
            N_("外壳"),
            N_(
                'bash、zsh 或 fish，默认看环境变量 SHELL。启用：把 eval "$(budgetaudit completion bash)" 写进 ~/.bashrc。'
            ),
        ),
    ] = None,
) -> None:
    """Print the completion script of a shell."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    name = shell.value if shell else Path(os.environ.get("SHELL", "")).name
    if name not in list(Shell):
        refuse(_("不知道是哪种外壳：请写 bash、zsh 或 fish。"))
    print(get_completion_script(prog_name=PROGRAM, complete_var=COMPLETING, shell=name))
