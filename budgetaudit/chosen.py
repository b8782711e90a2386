"""From the options of a command to the settings of its run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from budgetaudit.outlet import refuse

if TYPE_CHECKING:
    from budgetaudit.settings import Settings


def chosen(
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    min_severity: str | None = None,
    min_confidence: float | None = None,
    fail_on: str | None = None,
    engine: str | None = None,
    config: Path | None = None,
    isolated: bool = False,
) -> Settings:
    """The settings of a run; ends the program where they cannot be used. Tells on stderr what is left out in vain."""
    from budgetaudit.settings import Given, SettingsError, resolve, unused
    from budgetaudit.settings.show import idle_words

    given = Given(
        select=tuple(select) if select else None,
        ignore=tuple(ignore) if ignore else None,
        min_severity=min_severity,
        min_confidence=min_confidence,
        fail_on=fail_on,
        engine=engine,
        config=config,
        isolated=isolated,
    )
    try:
        settings = resolve(given, Path.cwd())
    except SettingsError as error:
        refuse(str(error))
    for choice in unused(settings):
        print(idle_words(choice), file=sys.stderr)
    return settings


def show_and_end(settings: Settings) -> NoReturn:
    """Print the settings and end."""
    from budgetaudit.report.console import console_on
    from budgetaudit.settings.show import show

    show(settings, console_on())
    raise typer.Exit
