"""One slip of wording made in several places (last year's year in every heading) is one cause."""

from __future__ import annotations

from collections.abc import Sequence

from budgetaudit.findings import Raised
from budgetaudit.model import Check

FAMILIES = frozenset("FS")
"""Rules about wording and names: there the same correction in two places is the same slip."""


def repeats(raised: Sequence[Raised], checks: Sequence[Check]) -> list[list[Raised]]:
    """Groups of two or more findings of one rule that ask for the same correction, or quote the same words."""
    groups: dict[tuple[str, str, str], list[Raised]] = {}
    for item in raised:
        finding = item.finding
        kinds = {checks[number].kind for number in item.checks}
        if finding.code[0] in FAMILIES and kinds == {"statement"}:
            wanted = ("", finding.expected) if finding.expected else (finding.quote, "")
            groups.setdefault((finding.code, *wanted), []).append(item)
    return [group for group in groups.values() if len(group) > 1]
