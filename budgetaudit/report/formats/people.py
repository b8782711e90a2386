"""The report for people, one input after the other."""

from __future__ import annotations

from typing import TextIO

from budgetaudit.lang import _
from budgetaudit.report.console import console_on
from budgetaudit.report.outputs import Audited, How
from budgetaudit.report.terminal import print_report
from budgetaudit.report.words import error_words, visible


class Terminal:
    """Coloured on a terminal, plain elsewhere."""

    def __init__(self, stream: TextIO, how: How) -> None:
        self._console = console_on(stream)
        self._how = how
        self._begun = False

    def add(self, audited: Audited) -> None:
        """Print one report; of what failed, standard error has told on the screen, but a file must tell itself."""
        if audited.report is None and not self._how.to_file:
            return
        if self._begun:
            self._console.print("═" * min(60, self._console.width))
        self._begun = True
        if audited.report is not None:
            print_report(audited.report, self._console, self._how.verbose)
        else:
            said = _("{path}：没有核对：{reason}").format(path=visible(audited.path), reason=error_words(audited.error))
            self._console.print(said, soft_wrap=True)

    def end(self) -> None:
        """Nothing is left."""
