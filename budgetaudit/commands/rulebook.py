"""rules and explain: what is checked, and the page of each rule."""

from __future__ import annotations

import difflib
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from budgetaudit.lang import N_, _
from budgetaudit.options import OutputFileOption, argument, option, rule_codes
from budgetaudit.outlet import guard_output, refuse, shown, write
from budgetaudit.usage import OUTPUT

RULES_HELP = N_("列出全部规则。")
EXPLAIN_HELP = N_("说明一条规则：查什么、为什么、依据和例子。")


class RulesFormat(StrEnum):
    """How the rules are listed."""

    TERMINAL = "terminal"
    JSON = "json"
    MARKDOWN = "markdown"


def rules(
    format: Annotated[
        RulesFormat,
        option(
            "--format",
            metavar=N_("格式"),
            help=N_("terminal（默认，一条一行）、json 或 markdown（规则手册，含例子）。"),
            group=OUTPUT,
        ),
    ] = RulesFormat.TERMINAL,
    output_file: OutputFileOption = None,
) -> None:
    """List all rules."""
    from budgetaudit.report import handbook

    guard_output(output_file, [])
    if format is RulesFormat.TERMINAL:
        from budgetaudit.report.console import console_on

        if output_file is None:
            handbook.print_list(console_on())
            return
        import io

        stream = io.StringIO()
        handbook.print_list(console_on(stream))
        text = stream.getvalue()
    elif format is RulesFormat.JSON:
        from budgetaudit.report.json_text import dump

        text = dump(handbook.as_json(), sys.stdout, 2)
    else:
        text = handbook.as_markdown()
    _emit(text, output_file)


def explain(
    code: Annotated[str | None, argument(N_("规则"), N_("规则编号，例如 T101。"), rule_codes)] = None,
) -> None:
    """Print the page of one rule."""
    from budgetaudit.report.console import console_on
    from budgetaudit.report.handbook import print_page
    from budgetaudit.rules import all_rules, find

    if code is None:
        refuse(_("缺少规则编号：全部规则见 budgetaudit rules。"))
    try:
        rule = find(code.strip())
    except KeyError:
        near = difflib.get_close_matches(code.strip().upper(), [rule.code for rule in all_rules()], 1, 0.5)
        hint = _("，是不是 {code}？").format(code=near[0]) if near else _("。")
        refuse(_("没有规则 {code}：全部规则见 budgetaudit rules").format(code=shown(code)) + hint)
    print_page(rule, console_on())


def _emit(text: str, output_file: Path | None) -> None:
    if output_file is None:
        sys.stdout.write(text)
    else:
        write(output_file, lambda: output_file.write_text(text, "utf-8"))
