"""JSON as text, for a stream that may not hold Chinese."""

from __future__ import annotations

import json
from typing import Any, TextIO


def dump(value: Any, stream: TextIO, indent: int | None = None) -> str:
    """JSON with a line end; what is not ASCII is escaped only where the stream is not UTF-8."""
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    return json.dumps(value, ensure_ascii=encoding != "utf8", indent=indent) + "\n"
