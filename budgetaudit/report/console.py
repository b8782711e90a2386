"""The one way to a rich console: no markup in what documents say, a fixed width where nobody's window gives one."""

from __future__ import annotations

import os
from typing import TextIO

from rich.console import Console

PIPE_WIDTH = 100


class _Console(Console):
    """A console that leaves a closed pipe to the program, which ends quietly."""

    def on_broken_pipe(self) -> None:
        """Go on with the error at hand, in place of ending with exit code 1: that would mean findings."""
        raise BrokenPipeError


def console_on(stream: TextIO | None = None, width: int = PIPE_WIDTH) -> Console:
    """A console on a stream (None: standard output). ``width`` holds where the stream is no terminal and COLUMNS is not set."""
    console = _Console(file=stream, highlight=False, markup=False, emoji=False)
    if not console.is_terminal and not os.environ.get("COLUMNS", "").isdigit():
        console.width = width
    return console
