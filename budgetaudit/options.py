"""Options and arguments that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer


class Engine(StrEnum):
    """Who reads a PDF."""

    AUTO = "auto"
    PDFIUM = "pdfium"
    CAMELOT = "camelot"


class FailOn(StrEnum):
    """The severity from which on `check` exits with 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    NEVER = "never"


def option(*names: str, help: str, metavar: str | None = None) -> Any:
    """An option whose help says its default itself."""
    return typer.Option(*names, help=help, metavar=metavar, show_default=False)


def argument(metavar: str, help: str) -> Any:
    """An argument by its Chinese name."""
    return typer.Argument(metavar=metavar, help=help, show_default=False)


EngineOption = Annotated[
    Engine, option("--engine", metavar="方式", help="读取方式：auto（默认，存疑的表再读一遍）、pdfium 或 camelot。")
]
