"""From the command line and the file to the settings of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from budgetaudit.lang import _
from budgetaudit.rules import all_rules
from budgetaudit.settings import file
from budgetaudit.settings.model import COMMAND_LINE, KEYS, Choice, Given, Settings, SettingsError
from budgetaudit.settings.selection import codes_in, complaint, switched_off


def resolve(given: Given, start: Path) -> Settings:
    """The settings of a run that begins in a directory.

    The command line goes before the file, setting by setting; only what it leaves out is added to what the file leaves
    out. Raises SettingsError where something given cannot be used.
    """
    if given.config is not None and given.isolated:
        raise SettingsError(_("--config 和 --isolated 不能同时写"))
    path = None if given.isolated else given.config or file.find(start)
    values, origins = file.read(path) if path is not None else ({}, {})
    for key in KEYS:
        said: Any = getattr(given, key.field)
        if said is None:
            continue
        if key.name in ("select", "ignore"):
            said = _choices(key.name, said)
            if key.name == "ignore":
                said = (*values.get("ignore", ()), *said)
        elif key.name == "min-confidence" and not 0 <= said <= 1:
            raise SettingsError(_("--min-confidence 应在 0 到 1 之间"))
        values[key.name] = said
        origins[key.name] = COMMAND_LINE
    settings = Settings(**{name.replace("-", "_"): value for name, value in values.items()}, path=path, origins=origins)
    if len(switched_off(settings)) == len(all_rules()):
        raise SettingsError(_("按设置没有一条规则可查：请看 select 和 ignore（--show-settings）"))
    return settings


def _choices(name: str, texts: tuple[str, ...]) -> tuple[Choice, ...]:
    codes = codes_in(texts)
    for code in codes:
        if said := complaint(code):
            raise SettingsError(_("{where}：{what}").format(where=f"--{name}", what=said))
    return tuple(Choice(code) for code in codes)
