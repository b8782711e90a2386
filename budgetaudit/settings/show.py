"""Every setting with its value and where it came from."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from budgetaudit.lang import _
from budgetaudit.report.words import visible
from budgetaudit.rules import all_rules
from budgetaudit.settings.model import DEFAULT, KEYS, Choice, Settings, origin_words
from budgetaudit.settings.selection import switched_off, unused


def show(settings: Settings, console: Console) -> None:
    """Print the settings and what they come to."""
    grid = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for title in (_("设置"), _("值"), _("来自")):
        grid.add_column(title, overflow="fold")
    for key in KEYS:
        value = getattr(settings, key.field)
        if isinstance(value, tuple) and value:
            for number, choice in enumerate(value):
                name = key.name if not number else ""
                grid.add_row(Text(name), Text(_choice(choice)), Text(origin_words(choice.origin)))
            continue
        default = _("全部") if key.name == "select" else _("无")
        shown = default if isinstance(value, tuple) else f"{value:g}" if isinstance(value, float) else value
        grid.add_row(Text(key.name), Text(shown), Text(origin_words(settings.origins.get(key.name, DEFAULT))))
    console.print(grid)
    where = visible(str(settings.path)) if settings.path is not None else _("没有用到")
    console.print(_("\n设置文件：{where}").format(where=where), soft_wrap=True)
    total, off = len(all_rules()), switched_off(settings)
    console.print(_("查 {on} 条规则，不查 {off} 条。").format(on=total - len(off), off=len(off)), soft_wrap=True)
    for choice in unused(settings):
        console.print(idle_words(choice), soft_wrap=True)


def idle_words(choice: Choice) -> str:
    """That something is left out without effect."""
    said = _("ignore 里的 {code} 没有作用：没有它这些规则也不查（{origin}）")
    return said.format(code=choice.code, origin=origin_words(choice.origin))


def _choice(choice: Choice) -> str:
    reason = _("（{reason}）").format(reason=visible(choice.reason, 80)) if choice.reason else ""
    return choice.code + reason
