"""Declared withholding: where the document says that something is not disclosed, a listing may add up to less than its total.

A gap is explained only where it shows in more than one column or table: a single wrong figure shows once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from budgetaudit.lang import _
from budgetaudit.model import Check, Document, Verdict
from budgetaudit.vocabulary import squash, words


def declaration(document: Document) -> str:
    """The first sentence (or cell) that declares withholding, as printed; empty where there is none."""
    marks = words("statement", "withheld")
    denied = words("statement", "not_withheld")
    for text in _texts(document):
        squashed = squash(text)
        if any(mark in squashed for mark in marks) and not any(mark in squashed for mark in denied):
            return text.strip()[:80]
    return ""


def _texts(document: Document) -> Iterator[str]:
    for page in document.pages:
        for line in page.lines:
            yield line.text
        for grid in page.grids:
            for cell in grid.cells:
                if len(cell.text) < 200:
                    yield cell.flat


def explain(checks: Sequence[Check], document: Document) -> list[Check]:
    """Checks with the failures that declared withholding accounts for made EXPLAINED."""
    gaps: Counter[Decimal] = Counter(_gap(c) for c in checks if _candidate(c))
    if not any(count > 1 for count in gaps.values()):
        return list(checks)
    sentence = declaration(document)
    if not sentence:
        return list(checks)
    reason = _("文件声明有不公开内容：“{sentence}”").format(sentence=sentence)
    return [
        replace(c, verdict=Verdict.EXPLAINED, reason=reason) if _candidate(c) and gaps[_gap(c)] > 1 else c
        for c in checks
    ]


def _candidate(check: Check) -> bool:
    return (
        check.verdict is Verdict.FAILED
        and check.kind == "sum"
        and check.difference > 0
        and not check.rule.startswith("T101")
    )


def _gap(check: Check) -> Decimal:
    return check.difference
