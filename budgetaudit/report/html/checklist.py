"""All checks as rows that the page's script filters: short words, never objects of the model."""

from __future__ import annotations

from dataclasses import dataclass

from budgetaudit.lang import _
from budgetaudit.model import Check, Report, Verdict
from budgetaudit.report import words
from budgetaudit.report.words import visible

MAX_CHECKS = 10_000
"""Checks that are listed, those that hold least first."""
_FIRST = (Verdict.FAILED, Verdict.UNKNOWN, Verdict.EXPLAINED, Verdict.ROUNDING, Verdict.HELD)
_MAX_WORDS = 320

Row = list[object]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The rows, what their numbers stand for, and how many checks are left out."""

    rows: list[Row]
    """verdict, rule and tables (positions), place, relation, printed, expected, difference, reason."""
    verdicts: list[tuple[str, str, int]]
    """Value, word and number of all checks with this verdict."""
    rules: list[str]
    tables: list[str]
    left_out: int
    numbers: dict[int, int]
    """Position of a check in the report -> its row."""

    def data(self) -> dict[str, object]:
        """What the script reads."""
        return {"rows": self.rows, "rules": self.rules}


def checklist(report: Report) -> Checklist:
    """The checks of a report, failures first, as rows."""
    order = sorted(range(len(report.checks)), key=lambda p: _FIRST.index(report.checks[p].verdict))[:MAX_CHECKS]
    rules = sorted({check.rule for check in report.checks})
    rule_at = {rule: n for n, rule in enumerate(rules)}
    table_at = {table.id: n for n, table in enumerate(report.tables)}
    return Checklist(
        rows=[_row(report.checks[position], rule_at, table_at) for position in order],
        verdicts=[(v.value, words.VERDICT[v], report.count(v)) for v in _FIRST],
        rules=[visible(rule, 10) for rule in rules],
        tables=[visible(table.title, 60) or _("（无表名）") for table in report.tables],
        left_out=len(report.checks) - len(order),
        numbers={position: n for n, position in enumerate(order)},
    )


def _row(check: Check, rule_at: dict[str, int], table_at: dict[str, int]) -> Row:
    target = check.target
    told = check.kind == "statement"
    relation = visible(check.message or check.quote or check.formula, _MAX_WORDS) if told else _relation(check)
    differs = bool(check.difference) and check.verdict is not Verdict.UNKNOWN
    return [
        _FIRST.index(check.verdict),
        rule_at[check.rule],
        sorted({table_at[ref.table] for ref in check.refs if ref.table in table_at}),
        words.place_words(target.place),
        relation,
        "" if told else words.printed(target.amount),
        visible(words.expected_text(check), 80) if differs or check.verdict is Verdict.FAILED else "",
        words.difference_text(check) if differs else "",
        visible(check.reason, 160),
    ]


def _relation(check: Check) -> str:
    return visible(words.sum_words(check, _MAX_WORDS, brief=True), _MAX_WORDS + 40)
