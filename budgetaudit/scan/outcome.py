"""What one file came to, as plain rows that travel from a worker to the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from budgetaudit.lang import N_, Names

Row = tuple[Any, ...]


class FileVerdict(StrEnum):
    """What became of a file; the values are kept in the store."""

    CLEAN = "clean"
    FINDINGS = "findings"
    NOT_A_DISCLOSURE = "not-a-disclosure"
    SCAN = "scan"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"  # only ever shown: the store keeps each content once


WORDS = Names(
    {
        FileVerdict.CLEAN: N_("无问题"),
        FileVerdict.FINDINGS: N_("有问题"),
        FileVerdict.NOT_A_DISCLOSURE: N_("不是预决算公开"),
        FileVerdict.SCAN: N_("扫描件（未装OCR）"),
        FileVerdict.UNREADABLE: N_("无法读取"),
        FileVerdict.DUPLICATE: N_("内容重复"),
    }
)
"""Verdicts for people, in the order in which totals show them."""

AUDITED = frozenset({FileVerdict.CLEAN, FileVerdict.FINDINGS})
"""Verdicts of documents whose figures were checked."""

LIMITS = frozenset({"timeout", "memory"})
"""Failures that a wider bound may cure: tried again when the bounds change."""
PASSING = frozenset({"crash", "changed"})
"""Failures that may have been the machine's, or that time may cure: tried again on every scan."""


@dataclass(slots=True)
class Outcome:
    """The result for one content. ``document`` holds columns of the store's table of that name, without its keys."""

    sha256: str
    verdict: FileVerdict
    reason: str = ""
    """Why it was not audited: one line; empty where it was."""
    failure: str = ""
    """The kind of the reason: one of UnreadableError's, or timeout, memory, crash, changed, internal."""
    document: dict[str, Any] = field(default_factory=dict)
    tables: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    checks: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    records: list[Row] = field(default_factory=list)


def failed(sha256: str, failure: str, reason: str) -> Outcome:
    """The outcome of a file that cost its worker, or could not be read."""
    verdict = {"scan": FileVerdict.SCAN, "not-a-disclosure": FileVerdict.NOT_A_DISCLOSURE}.get(failure)
    return Outcome(sha256, verdict or FileVerdict.UNREADABLE, reason, failure)
