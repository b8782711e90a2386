"""One slip made in several places is one cause: last year's year in every heading, a subject left out of every table."""

from __future__ import annotations

from collections.abc import Sequence

from budgetaudit.findings import Raised
from budgetaudit.model import Check, Verdict

FAMILIES = frozenset("FS")
"""Rules about wording and names: there the same correction in two places is the same slip."""
LISTINGS = ("T102", "T103")
"""Rules about a whole and its listed parts: there the same gap under the same row is the same part left out or added."""


def repeats(raised: Sequence[Raised], checks: Sequence[Check]) -> list[list[Raised]]:
    """Groups of two or more findings of one rule that ask for the same correction, quote the same words, or are off by the
    same amount under the same row.
    """
    groups: dict[tuple[str, str, str], list[Raised]] = {}
    for item in raised:
        finding = item.finding
        kinds = {checks[number].kind for number in item.checks}
        if finding.code[0] in FAMILIES and kinds == {"statement"}:
            wanted = ("", finding.expected) if finding.expected else (finding.quote, "")
            groups.setdefault((finding.code, *wanted), []).append(item)
        elif finding.code in LISTINGS and all(_is_off(checks[number]) for number in item.checks):
            groups.setdefault((finding.code, finding.row, finding.difference), []).append(item)
    return [group for group in groups.values() if len(group) > 1]


def _is_off(check: Check) -> bool:
    return check.kind == "sum" and check.verdict is Verdict.FAILED
