"""What the user wants checked and shown: from the command line, else from a file, else as it comes.

One configuration holds for a run. It is looked for from the current directory upwards and never beside the documents:
a folder of documents that somebody sent must not bring along the settings that keep quiet about them.
"""

from __future__ import annotations

from budgetaudit.settings.limits import reaches, shown_severities, within
from budgetaudit.settings.model import Choice, Given, Settings, SettingsError
from budgetaudit.settings.resolve import resolve
from budgetaudit.settings.selection import switched_off, unused

__all__ = [
    "Choice",
    "Given",
    "Settings",
    "SettingsError",
    "reaches",
    "resolve",
    "shown_severities",
    "switched_off",
    "unused",
    "within",
]
