"""The rules for readers: a list, a page each for the terminal, the whole handbook as Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from budgetaudit.lang import _
from budgetaudit.report.fold import fold
from budgetaudit.report.markdown import escaped, heading, table
from budgetaudit.report.words import SEVERITY, visible
from budgetaudit.rules import FAMILIES, Rule, all_rules

SCHEMA = "budgetaudit-rules/1"
_MAX_WIDTH = 100
_HEAD = 12
"""Characters below which what stands before the first colon of a section is its head."""
_STYLE = {"error": "red", "warning": "yellow", "notice": "cyan"}


def in_order() -> list[Rule]:
    """Rules by family, then by code."""
    families = list(FAMILIES)
    return sorted(all_rules(), key=lambda rule: (families.index(rule.family), rule.code))


def print_list(console: Console) -> None:
    """One line a rule."""
    grid = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for title in (_("规则"), _("类别"), _("级别")):
        grid.add_column(title, no_wrap=True)
    grid.add_column(_("内容"), overflow="fold")
    for rule in in_order():
        severity = Text(SEVERITY[rule.severity], _STYLE[rule.severity.value])
        grid.add_row(Text(rule.code, "bold"), Text(_(FAMILIES[rule.family])), severity, Text(rule.title))
    console.print(grid)
    console.print(_("某条规则的说明和例子：budgetaudit explain 规则"), soft_wrap=True)


def as_json() -> dict[str, Any]:
    """All rules with their pages."""
    return {
        "schema": SCHEMA,
        "rules": [
            {
                "code": rule.code,
                "family": rule.family,
                "title": rule.title,
                "category": rule.category,
                "severity": rule.severity.value,
                "basis": rule.basis,
                "page": rule.page.words,
                "good": rule.page.good,
                "bad": rule.page.bad,
            }
            for rule in in_order()
        ],
    }


# ------------------------------------------------------------------------------------------------------ one page


def print_page(rule: Rule, console: Console) -> None:
    """The page of a rule: its sections, then its examples with their columns aligned."""
    width = min(_MAX_WIDTH, console.width)
    console.print(Text(f"{rule.code} {rule.title}", "bold"), soft_wrap=True)
    severity = Text(SEVERITY[rule.severity], _STYLE[rule.severity.value])
    console.print(Text(f"{_(FAMILIES[rule.family])} · ").append_text(severity), soft_wrap=True)
    for paragraph in paragraphs(rule):
        console.print()
        _print_paragraph(paragraph, width, console)
    good, bad = rule.page.good, rule.page.bad
    for title, example, other, style in ((_("正确："), good, bad, "green"), (_("错误："), bad, good, "red")):
        console.print()
        console.print(Text(title, f"bold {style}"))
        _print_example(example, _unlike(example, other), style, console)


def paragraphs(rule: Rule) -> list[str]:
    """The words of a page below its title, one text a section; lines of a section are joined."""
    _title, _gap, rest = rule.page.words.partition("\n")
    parts = [[line.strip() for line in part.splitlines()] for part in rest.strip().split("\n\n")]
    return [_joined(lines) for lines in parts if any(lines)]


def _joined(lines: Iterable[str]) -> str:
    """Lines as one text: a blank goes between words, none beside Chinese characters."""
    text = ""
    for line in lines:
        text += (" " if text and cell_len(text[-1]) == cell_len(line[:1]) == 1 else "") + line
    return text


def _section(text: str) -> tuple[str, str]:
    """The head of a section (Why, How, Limits, Basis) and what follows it; no head where it has none."""
    for colon in ("：", ": "):
        head, found, rest = text.partition(colon)
        if found and len(head) < _HEAD:
            return head, rest.strip()
    return "", text


def _print_paragraph(text: str, width: int, console: Console) -> None:
    head, rest = _section(text)
    if head:
        console.print(Text(head, "bold"))
    for line in fold(rest, width - 2):
        console.print(Text(f"  {line}"), soft_wrap=True)


def blocks(example: str) -> list[list[list[str]]]:
    """An example as runs of lines: a run of tabbed lines is a table, of others is prose of one cell a line."""
    runs: list[list[list[str]]] = []
    for line in example.splitlines():
        cells = line.split("\t")
        if runs and (len(runs[-1][0]) > 1) == (len(cells) > 1):
            runs[-1].append(cells)
        else:
            runs.append([cells])
    return runs


def _unlike(example: str, other: str) -> set[tuple[int, int]]:
    """(line, cell) of what an example has and the other has not, where both have the same lines."""
    ours, theirs = example.splitlines(), other.splitlines()
    if len(ours) != len(theirs):
        return set()
    return {
        (number, col)
        for number, (one, two) in enumerate(zip(ours, theirs, strict=True))
        for col, cell in enumerate(one.split("\t"))
        if [cell] != two.split("\t")[col : col + 1]
    }


def _print_example(example: str, marked: set[tuple[int, int]], style: str, console: Console) -> None:
    """Tables with their columns aligned; what is marked stands out in the style."""
    number = 0
    for run in blocks(example):
        if len(run[0]) == 1:
            for at, line in enumerate(run, number):
                for part in fold(visible(line[0]), min(_MAX_WIDTH, console.width) - 2):
                    console.print(Text(f"  {part}", style if (at, 0) in marked else ""), soft_wrap=True)
        else:
            grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
            width = max(map(len, run))
            for col in range(width):
                numbers = _numeric(run, col)
                grid.add_column(justify="right" if numbers else "left", overflow="fold", no_wrap=numbers)
            for at, cells in enumerate(run, number):
                filled = [*cells, *[""] * (width - len(cells))]
                grid.add_row(
                    *(Text(visible(c), f"bold {style}" if (at, col) in marked else "") for col, c in enumerate(filled))
                )
            console.print(Padding(grid, (0, 0, 0, 2)))
        number += len(run)


def _numeric(run: list[list[str]], col: int) -> bool:
    """Whether what stands below the head of a column are figures."""
    cells = [row[col].strip() for row in run[1:] if col < len(row) and row[col].strip()]
    return bool(cells) and all(cell.strip("-,.%0123456789") == "" for cell in cells)


# ------------------------------------------------------------------------------------------------- the handbook


def as_markdown() -> str:
    """The handbook: what is checked, by family, each rule with its page."""
    parts = [heading(1, _("规则手册"))]
    listed = in_order()
    rows = [
        [f"[{r.code}](#{r.code.lower()})", escaped(_(FAMILIES[r.family])), SEVERITY[r.severity], escaped(r.title)]
        for r in listed
    ]
    parts.append(table([_("规则"), _("类别"), _("级别"), _("内容")], rows))
    family = ""
    for rule in listed:
        if rule.family != family:
            family = rule.family
            parts.append(heading(2, f"{family} {_(FAMILIES[family])}"))
        parts.append(f'<a id="{rule.code.lower()}"></a>')
        parts.append(heading(3, f"{rule.code} {rule.title}"))
        parts.append(markdown_page(rule))
    return "\n\n".join(parts) + "\n"


def markdown_page(rule: Rule) -> str:
    """The page of a rule below its title: its sections, then its examples as tables."""
    parts = []
    for text in paragraphs(rule):
        head, rest = _section(text)
        said = _("{where}：{what}").format(where=f"**{escaped(head)}**", what=escaped(rest))
        parts.append(said if head else escaped(text))
    for title, example in ((_("正确："), rule.page.good), (_("错误："), rule.page.bad)):
        parts.append(f"**{title}**")
        for run in blocks(example):
            if len(run[0]) == 1:
                parts.append("  \n".join(escaped(line[0]) for line in run))
            else:
                right = [col for col in range(len(run[0])) if _numeric(run, col)]
                rows = [[escaped(cell) for cell in row] for row in run]
                parts.append(table(rows[0], rows[1:], right))
    return "\n\n".join(parts)
