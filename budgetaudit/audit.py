"""The pipeline on one screen: a document in, a report out."""

from __future__ import annotations

from budgetaudit import recognition
from budgetaudit.coverage import coverage
from budgetaudit.errors import UnreadableError
from budgetaudit.facts import Book
from budgetaudit.findings import findings
from budgetaudit.model import Check, Document, NotChecked, Problem, Profile, Report, Table, Verdict
from budgetaudit.narrative.text import narrative
from budgetaudit.rules import all_rules
from budgetaudit.suspect import set_aside
from budgetaudit.withheld import explain

__all__ = ["audit", "recognise"]


def recognise(document: Document) -> tuple[Profile, tuple[Table, ...]]:
    """Identity and tables of a document."""
    return recognition.recognise(document)


def audit(document: Document, *, strict: bool = False) -> Report:
    """Audit a document that was read. With ``strict`` an exception inside a rule is raised instead of being reported.

    Raises UnreadableError("not-a-disclosure") where it holds no table of a budget or final account.
    """
    profile, tables = recognise(document)
    if not any(table.form and table.amounts for table in tables):
        raise UnreadableError("not-a-disclosure", "没有找到预算或决算表格：可能不是部门预决算公开文件，或表格在另一个文件里")
    book = Book(profile, tables, narrative(document, tables), document)
    checks: list[Check] = []
    problems: list[Problem] = list(document.problems)
    not_checked: list[NotChecked] = []
    for rule in all_rules():
        try:
            checks.extend(rule.run(book))
        except Exception as error:  # a rule that fails must not hide what the others found
            if strict:
                raise
            not_checked.append(NotChecked(rule.code, f"规则运行出错：{type(error).__name__}"))
    checks = explain(checks, document)
    checks, suspects = set_aside(checks, tables)
    problems.extend(suspects)
    not_checked.extend(_undecided(checks))
    not_checked.extend(NotChecked("R000", f"第{t.pages[0]}页的表“{t.title or '无表题'}”未能识别") for t in tables if not t.form)
    return Report(
        document=document,
        profile=profile,
        tables=tables,
        checks=tuple(checks),
        findings=tuple(findings(checks, tables)),
        coverage=coverage(checks, tables),
        not_checked=tuple(not_checked),
        problems=tuple(problems),
    )


def _undecided(checks: list[Check]) -> list[NotChecked]:
    """One line for each rule and reason, with its count."""
    counts: dict[tuple[str, str], int] = {}
    for check in checks:
        if check.verdict is Verdict.UNKNOWN:
            key = (check.rule, check.reason)
            counts[key] = counts.get(key, 0) + 1
    return [NotChecked(code, f"{reason}（{count} 项）") for (code, reason), count in counts.items()]
