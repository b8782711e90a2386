"""The machine contract as text: one object, or one object a line."""

from __future__ import annotations

import json
from typing import Any, TextIO

from budgetaudit.report.json_report import error_json, to_json
from budgetaudit.report.outputs import Audited, How


def dump(value: Any, stream: TextIO, indent: int | None = None) -> str:
    """JSON with a line end; Chinese is escaped only where the stream cannot hold it."""
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    return json.dumps(value, ensure_ascii=encoding != "utf8", indent=indent) + "\n"


class Json:
    """One object for one input, laid out for reading; one line each for several."""

    def __init__(self, stream: TextIO, how: How) -> None:
        self._stream = stream
        self._indent = None if how.several else 2

    def add(self, audited: Audited) -> None:
        """Write one object: the report, or the error in its place."""
        if audited.report is not None:
            value = to_json(audited.report)
        else:
            value = error_json(audited.path, audited.error)
        self._stream.write(dump(value, self._stream, self._indent))
        self._stream.flush()

    def end(self) -> None:
        """Nothing is left."""


class JsonLines(Json):
    """One line each, however many there are."""

    def __init__(self, stream: TextIO, how: How) -> None:
        super().__init__(stream, how)
        self._indent = None
