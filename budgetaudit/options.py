"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from budgetaudit.lang import N_
from budgetaudit.usage import CHOICE, OTHER, OUTPUT, READING


class Engine(StrEnum):
    """Who reads a PDF."""

    AUTO = "auto"
    PDFIUM = "pdfium"
    CAMELOT = "camelot"


class FailOn(StrEnum):
    """The severity from which on a run exits with 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    NEVER = "never"


class Least(StrEnum):
    """The severity from which on a finding is shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


def option(
    *names: str,
    help: str,
    metavar: str | None = None,
    group: str = OTHER,
    complete: Callable[[str], list[str]] | None = None,
) -> Any:
    """An option whose help says its default itself. ``complete`` gives the words that a shell offers for its value."""
    return typer.Option(
        *names, help=help, metavar=metavar, show_default=False, rich_help_panel=group, autocompletion=complete
    )


def argument(metavar: str, help: str, complete: Callable[[str], list[str]] | None = None) -> Any:
    """An argument by its Chinese name."""
    return typer.Argument(metavar=metavar, help=help, show_default=False, autocompletion=complete)


def rule_codes(begun: str) -> list[str]:
    """Families and codes of rules that continue what was begun, after the last comma and in its case of letters."""
    from budgetaudit.rules import all_rules

    before, comma, last = begun.rpartition(",")
    known = [rule.code for rule in all_rules()]
    codes = sorted({code[0] for code in known}) + known
    found = [code for code in codes if code.startswith(last.upper())]
    return [f"{before}{comma}{code.lower() if last.islower() else code}" for code in found]


def stream_names(begun: str) -> list[str]:
    """Names of formats for --format."""
    from budgetaudit.report.outputs import OUTPUTS

    return [output.name for output in OUTPUTS if not output.per_document and output.name.startswith(begun)]


def output_specs(begun: str) -> list[str]:
    """Names of formats with the equals sign, for --output; files are the shell's own."""
    from budgetaudit.report.outputs import OUTPUTS

    return [f"{output.name}=" for output in OUTPUTS if output.name.startswith(begun)]


EngineOption = Annotated[
    Engine | None,
    option(
        "--engine",
        metavar=N_("方式"),
        help=N_("读取方式：auto（默认，存疑的表再读一遍）、pdfium 或 camelot。"),
        group=READING,
    ),
]
SelectOption = Annotated[
    list[str] | None,
    option(
        "--select",
        metavar=N_("规则"),
        help=N_("只查这些规则：编号或编号的开头，逗号分开，如 T,X3,N401。"),
        group=CHOICE,
        complete=rule_codes,
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    option(
        "--ignore",
        metavar=N_("规则"),
        help=N_("不查这些规则（写法同上）；没有查的列在报告里。"),
        group=CHOICE,
        complete=rule_codes,
    ),
]
MinSeverityOption = Annotated[
    Least | None,
    option(
        "--min-severity",
        metavar=N_("级别"),
        help=N_("只报告此级别及以上的问题：error、warning、notice（默认）。"),
        group=CHOICE,
    ),
]
MinConfidenceOption = Annotated[
    float | None,
    option("--min-confidence", metavar=N_("数"), help=N_("只报告把握不低于此数的问题，0 到 1。"), group=CHOICE),
]
FailOnOption = Annotated[
    FailOn | None,
    option(
        "--fail-on",
        metavar=N_("级别"),
        help=N_("报告的问题达到此级别即以 1 退出：error、warning（默认）、notice、never。"),
        group=CHOICE,
    ),
]
ExitZeroOption = Annotated[
    bool, option("--exit-zero", help=N_("有问题也以 0 退出；读不了的文件仍是 2。"), group=CHOICE)
]
ConfigOption = Annotated[
    Path | None,
    option(
        "--config",
        metavar=N_("文件"),
        help=N_("设置文件；不写时从当前目录往上找 budgetaudit.toml 或含 [tool.budgetaudit] 的 pyproject.toml。"),
        group=CHOICE,
    ),
]
IsolatedOption = Annotated[bool, option("--isolated", help=N_("不用任何设置文件。"), group=CHOICE)]
ShowSettingsOption = Annotated[
    bool, option("--show-settings", help=N_("列出每项设置的值和来处，不核对。"), group=CHOICE)
]
DebugOption = Annotated[bool, option("--debug", help=N_("程序出错时显示完整的错误堆栈。"))]
OutputFileOption = Annotated[
    Path | None, option("--output-file", metavar=N_("文件"), help=N_("写入文件，不打印到屏幕。"), group=OUTPUT)
]
