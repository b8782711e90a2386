"""What a report does not hold, and why: rules that did not run, findings that nobody wanted to see."""

from __future__ import annotations

from collections import Counter

from budgetaudit.lang import _, n_
from budgetaudit.model import Report
from budgetaudit.report.words import visible
from budgetaudit.rules import all_rules

LIMIT = 200
"""Characters of one reason."""


def not_checked(report: Report) -> list[tuple[str, str]]:
    """(codes, reason), the codes of one reason together; what the user switched off comes last."""
    codes: dict[tuple[bool, str], list[str]] = {}
    for item in report.not_checked:
        group = codes.setdefault((item.by_choice, item.reason), [])
        if item.code not in group:
            group.append(item.code)
    ordered = sorted(codes.items(), key=lambda entry: entry[0][0])
    return [(_codes(group), visible(reason, LIMIT)) for (_chosen, reason), group in ordered]


def hidden(report: Report) -> list[str]:
    """How many findings are not listed, one line a reason; then what a baseline covers in vain."""
    counts = Counter(one.reason for one in report.hidden)
    lines = [
        _("{found}没有列出：{reason}").format(found=n_("{n:,} 处问题", number), reason=visible(reason, LIMIT))
        for reason, number in counts.items()
    ]
    for entry in report.stale:
        line = _("基线中这一条已没有对应的问题：{what}").format(what=visible(entry.what, LIMIT))
        lines.append(_("{line}（{count} 处）").format(line=line, count=entry.count) if entry.count > 1 else line)
    return lines


def _codes(codes: list[str]) -> str:
    """Codes in few words: a family all of whose rules are meant is named by its letter."""
    said: list[str] = []
    for family in dict.fromkeys(code[0] for code in codes):
        members = {rule.code for rule in all_rules() if rule.family == family}
        own = [code for code in codes if code[0] == family]
        said += [_("{family}（全部）").format(family=family)] if len(members) > 1 and members <= set(own) else own
    return _("、").join(said)
