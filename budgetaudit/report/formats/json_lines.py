"""The machine contract as text: one object, or one object a line."""

from __future__ import annotations

from typing import TextIO

from budgetaudit.report.json_report import error_json, to_json
from budgetaudit.report.json_text import dump
from budgetaudit.report.outputs import Audited, How


class Json:
    """One object for one input, laid out for reading; one line each for several."""

    def __init__(self, stream: TextIO, how: How) -> None:
        self._stream = stream
        self._indent = None if how.several else 2

    def add(self, audited: Audited) -> None:
        """Write one object: the report, or the error in its place."""
        report = audited.report
        value = to_json(report) if report is not None else error_json(audited.path, audited.error)
        self._stream.write(dump(value, self._stream, self._indent))
        self._stream.flush()

    def end(self) -> None:
        """Nothing is left."""


class JsonLines(Json):
    """One line each, however many there are."""

    def __init__(self, stream: TextIO, how: How) -> None:
        super().__init__(stream, how)
        self._indent = None
