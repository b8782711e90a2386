"""The pipeline on one screen: a document in, a report out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from budgetaudit import recognition
from budgetaudit.coverage import coverage
from budgetaudit.diagnosis import diagnose, undiagnosed
from budgetaudit.errors import UnreadableError
from budgetaudit.facts import Book
from budgetaudit.lang import _
from budgetaudit.model import Check, Document, NotChecked, Problem, Profile, Report, Table, Verdict
from budgetaudit.narrative import Narrative
from budgetaudit.narrative.text import narrative
from budgetaudit.rules import document_rules
from budgetaudit.suspect import set_aside
from budgetaudit.vocabulary import words
from budgetaudit.withheld import explain

__all__ = ["audit", "recognise"]

MIN_SUBJECTS, MIN_AMOUNTS = 3, 5
"""What a text without tables must at least speak of to be taken for the text of a disclosure."""


def recognise(document: Document) -> tuple[Profile, tuple[Table, ...]]:
    """Identity and tables of a document."""
    return recognition.recognise(document)


def _silent(_stage: str) -> None:
    """Nobody listens."""


def audit(
    document: Document,
    *,
    strict: bool = False,
    off: Mapping[str, str] | None = None,
    told: Callable[[str], None] = _silent,
) -> Report:
    """Audit a document that was read. With ``strict`` an exception inside a rule is raised instead of being reported.

    ``off`` are codes of rules that must not run, with the reason: each is listed as not checked, and its checks count
    in no coverage. ``told`` is called with a short Chinese name of each stage as it begins.

    Raises UnreadableError("not-a-disclosure") where it holds neither a table of a budget or final account nor the text
    that explains one.
    """
    told(_("识别表格"))
    profile, tables = recognise(document)
    text = narrative(document, tables)
    checks: list[Check] = []
    problems: list[Problem] = list(document.problems)
    not_checked: list[NotChecked] = []
    if not any(table.form and table.amounts for table in tables):
        if not _explains_a_budget(text):
            message = _("没有找到预算或决算表格，也没有预决算说明：可能不是部门预决算公开文件")
            raise UnreadableError("not-a-disclosure", message)
        not_checked.append(NotChecked("R000", _("文件里没有预算或决算表格（可能在另一个文件里），只核对了文字")))
    book = Book(profile, tables, text, document)
    told(_("逐项核对"))
    for rule in document_rules():
        if off and rule.code in off:
            not_checked.append(NotChecked(rule.code, off[rule.code], by_choice=True))
            continue
        try:
            checks.extend(rule.run(book))
        except Exception as error:  # a rule that fails must not hide what the others found
            if strict:
                raise
            not_checked.append(NotChecked(rule.code, _("规则运行出错：{name}").format(name=type(error).__name__)))
    checks = explain(checks, document)
    checks, suspects = set_aside(checks, tables)
    problems.extend(suspects)
    not_checked.extend(_undecided(checks))
    unrecognised = _("第{page}页的表“{table}”未能识别")
    not_checked.extend(
        NotChecked("R000", unrecognised.format(page=t.pages[0], table=t.title or _("无表题")))
        for t in tables
        if not t.form
    )
    told(_("归并到有误的数字"))
    try:
        found = diagnose(checks, tables)
    except Exception as error:  # what failed is told all the same
        if strict:
            raise
        found = undiagnosed(checks, tables)
        not_checked.append(
            NotChecked("R000", _("归并出错（{name}），各项不符分别列出").format(name=type(error).__name__))
        )
    return Report(
        document=document,
        profile=profile,
        tables=tables,
        checks=tuple(checks),
        findings=tuple(found),
        coverage=coverage(checks, tables, book.claims),
        not_checked=tuple(not_checked),
        problems=tuple(problems),
        facts=tuple(book.facts),
        narrative=text,
    )


def _explains_a_budget(text: Narrative) -> bool:
    """Whether the text speaks of a department's money as the text of a disclosure does: several subjects, many amounts."""
    marks = words("statement", "disclosure")
    spoken = {mark for sentence in text.sentences for mark in marks if mark in sentence.text}
    amounts = sum(1 for sentence in text.sentences if "万元" in sentence.text)
    return len(spoken) >= MIN_SUBJECTS and amounts >= MIN_AMOUNTS


def _undecided(checks: list[Check]) -> list[NotChecked]:
    """One line for each rule and reason, with its count."""
    counts: dict[tuple[str, str], int] = {}
    for check in checks:
        if check.verdict is Verdict.UNKNOWN:
            key = (check.rule, check.reason)
            counts[key] = counts.get(key, 0) + 1
    counted = _("{reason}（{count} 项）")
    return [NotChecked(code, counted.format(reason=reason, count=n)) for (code, reason), n in counts.items()]
