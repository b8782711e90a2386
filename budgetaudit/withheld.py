"""Declared withholding: where the document says that something is not disclosed, a listing may add up to less than its total.

A gap is explained only where it shows in more than one column or table: a single wrong figure shows once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from budgetaudit.amount import money
from budgetaudit.lang import _
from budgetaudit.model import Check, Document, Severity, Verdict
from budgetaudit.vocabulary import squash, words

CONFIDENCE = 0.75
"""Of a gap under a subject whose details are often withheld, where the document says nothing of it."""


def declaration(document: Document) -> str:
    """The first sentence (or cell) that declares withholding, as printed; empty where there is none."""
    marks = words("statement", "withheld")
    denied = words("statement", "not_withheld")
    other, money = words("statement", "withheld_else"), words("statement", "withheld_money")
    for text in _texts(document):
        squashed = squash(text)
        if not any(mark in squashed for mark in marks) or any(mark in squashed for mark in denied):
            continue
        if any(word in squashed for word in other) and not any(word in squashed for word in money):
            continue  # that posts or rooms are secret accounts for no gap in a table
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
    """Checks with the failures that declared withholding accounts for made EXPLAINED.

    Where nothing is declared, the same gap under the same row says that a part was left out; under a subject of
    security it is likely to be withheld, so that the finding is a warning and says what the document fails to say.
    """
    gaps: Counter[Decimal] = Counter(c.difference for c in checks if _candidate(c))
    if not any(count > 1 for count in gaps.values()):
        return list(checks)
    sentence = declaration(document)
    if not sentence:
        rows = Counter((c.target.label, c.difference) for c in checks if _candidate(c))
        return [_left_out(c) if _candidate(c) and rows[c.target.label, c.difference] > 1 else c for c in checks]
    reason = _("文件声明有不公开内容：“{sentence}”").format(sentence=sentence)
    return [
        replace(c, verdict=Verdict.EXPLAINED, reason=reason) if _candidate(c) and gaps[c.difference] > 1 else c
        for c in checks
    ]


def _left_out(check: Check) -> Check:
    amount = money(check.difference, check.target.amount)
    suggestion = _("各列各表都少同一笔 {amount}，像是漏列了一项，请补列").format(amount=amount)
    if not check.target.label.startswith(tuple(words("statement", "security"))):
        return replace(check, suggestion=check.suggestion or suggestion)
    suggestion = _(
        "各列各表都少同一笔 {amount}，可能有不公开的科目没有列出；确属依法不公开的，应在表下说明，否则请补列"
    )
    return replace(
        check,
        severity=check.severity or Severity.WARNING,
        confidence=min(check.confidence, CONFIDENCE),
        suggestion=check.suggestion or suggestion.format(amount=amount),
    )


def _candidate(check: Check) -> bool:
    return (
        check.verdict is Verdict.FAILED
        and check.kind == "sum"
        and check.difference > 0
        and not check.rule.startswith("T101")
    )
