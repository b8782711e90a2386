"""The errors that reach a user as one line."""

from __future__ import annotations


class UnreadableError(Exception):
    """The file cannot be audited.

    ``kind`` is one of: missing, empty, not-pdf, html, truncated, encrypted, scan, too-large, engine, not-a-disclosure; annotate
    where it was audited but cannot be marked.
    The message is one line in the language that was set, fit to be shown as it is.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
