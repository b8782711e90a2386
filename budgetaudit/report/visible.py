"""The one way foreign text is made fit to be shown; it needs nothing else, so that --help stays quick."""

from __future__ import annotations

import unicodedata

# Cc control, Cf format (bidi overrides, zero width), Cs surrogates, Co private use, Cn unassigned, Zl/Zp separators:
# none of them may reach a terminal or a page unseen.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, limit: int = 0) -> str:
    """Text of a document on one line, fit to be shown: hidden characters as escapes, cut at ``limit`` characters."""
    flat = text.replace("\r\n", "\n").strip().replace("\n", " ")
    if limit and len(flat) > limit:
        flat = flat[: limit - 1] + "…"
    if flat.isprintable():
        return flat
    return "".join(_escape(c) if unicodedata.category(c) in _HIDDEN else c for c in flat)


def _escape(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return " "
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
