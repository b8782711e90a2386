"""The settings themselves, each with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from budgetaudit.lang import N_, _

DEFAULT, COMMAND_LINE = "", "-"
"""Origins that are no file."""


class SettingsError(Exception):
    """Settings that cannot be used. The message is one line, fit to be shown as it is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule or a family of rules that was chosen or left out: the beginning of its code, and why."""

    code: str
    reason: str = ""
    origin: str = COMMAND_LINE
    """COMMAND_LINE, or the file and line that say so."""


@dataclass(frozen=True, slots=True)
class Key:
    """One setting, named alike in the file and (after two dashes) on the command line."""

    name: str
    what: str
    default: object
    words: tuple[str, ...] = ()
    """The words that it takes; empty for codes and for a share."""

    @property
    def field(self) -> str:
        """The attribute of Settings that holds it."""
        return self.name.replace("-", "_")


SEVERITIES = ("error", "warning", "notice")
KEYS = (
    Key("select", N_("只查这些规则：编号或编号的开头，如 T、X3、N401"), ()),
    Key("ignore", N_("不查这些规则；可以写明理由"), ()),
    Key("min-severity", N_("只报告此级别及以上的问题"), "notice", SEVERITIES),
    Key("min-confidence", N_("只报告把握不低于此数的问题，0 到 1"), 0.0),
    Key("fail-on", N_("达到此级别即以 1 退出"), "warning", (*SEVERITIES, "never")),
    Key("engine", N_("读取 PDF 的方式"), "auto", ("auto", "pdfium", "camelot")),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says; None where it says nothing. Codes may stand in one text, parted by commas."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    min_severity: str | None = None
    min_confidence: float | None = None
    fail_on: str | None = None
    engine: str | None = None
    config: Path | None = None
    isolated: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a run."""

    select: tuple[Choice, ...] = ()
    """Empty for all rules."""
    ignore: tuple[Choice, ...] = ()
    min_severity: str = "notice"
    min_confidence: float = 0.0
    fail_on: str = "warning"
    engine: str = "auto"
    path: Path | None = None
    """The file that was read."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Origin of each setting that is not as it comes, by its name in the file."""


def origin_words(origin: str) -> str:
    """An origin for people."""
    return {DEFAULT: _("默认"), COMMAND_LINE: _("命令行")}.get(origin, origin)
