"""One link between documents, from their stored records to the rows that the store keeps. Runs in a worker process."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from budgetaudit.facts import Book
from budgetaudit.findings import raised
from budgetaudit.lang import _
from budgetaudit.links.build import linked
from budgetaudit.links.plan import Link
from budgetaudit.model import Check, Finding, Operand, Severity, Verdict
from budgetaudit.report.words import error_words
from budgetaudit.rules import link_rules
from budgetaudit.scan.bounds import at_work
from budgetaudit.scan.outcome import Row
from budgetaudit.scan.record import unpack
from budgetaudit.scan.worker import packed, place_row, plain


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """The rows of a link: its own, and those of its parts by table."""

    link: Row
    parts: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class LinkJob:
    """A link to compute. It brings the records of its members (none where no other side was chosen), so that a worker
    needs no store.
    """

    link: Link
    basis: str
    """Digest of what it is computed from."""
    records: tuple[bytes, ...]

    def run(self) -> LinkOutcome:
        """Check the link in a worker: memory beyond the bound ends the process."""
        with at_work():
            return self.compute()

    def compute(self) -> LinkOutcome:
        """Check the link."""
        return _outcome(self.link, self.basis, *_computed(self.link, self.records))

    def failed(self, problem: str) -> LinkOutcome:
        """The outcome where no worker could compute it; without a basis, so that the next scan tries again."""
        return _outcome(self.link, "", [], [], problem)


def _outcome(link: Link, basis: str, checks: Sequence[Check], findings: Sequence[Finding], problem: str) -> LinkOutcome:
    return LinkOutcome(
        _link_row(link, basis, checks, problem),
        {
            "link_members": [(member.sha256, member.role) for member in link.members],
            "link_checks": [_check_row(check) for check in checks],
            "link_findings": [_finding_row(finding) for finding in findings],
        },
    )


def _computed(link: Link, records: Sequence[bytes]) -> tuple[list[Check], list[Finding], str]:
    """Checks and findings of a link; a rule that fails costs its own checks, and is named."""
    if link.rivals:
        return [], [], ""

    def load(_sha256: str, number: int) -> Book:
        record = unpack(records[number], number)
        return Book(record.profile, record.tables, record.narrative)

    try:
        books = linked(link, load)
    except ValueError as error:  # the store is a file: anything may have been done to it
        return [], [], error_words(error)
    checks: list[Check] = []
    problems: list[str] = []
    for rule in link_rules(books.kind):
        try:
            checks.extend(rule.run(books))
        except Exception as error:  # a rule that fails must not hide what the others found
            problems.append(f"{rule.code} {error_words(error)}")
    tables = [table for book in books.books for table in book.tables]
    return checks, _rooted([one.finding for one in raised(checks, tables)]), _("；").join(problems)


def _link_row(link: Link, basis: str, checks: Sequence[Check], problem: str) -> Row:
    counts = Counter(check.verdict for check in checks)
    return (
        link.id,
        link.kind.value,
        basis,
        int(link.complete),
        packed(link.missing),
        link.rivals,
        problem,
        *(counts[verdict] for verdict in Verdict),
    )


def _check_row(check: Check) -> Row:
    target = check.target
    return (
        check.rule,
        check.kind,
        check.verdict.value,
        target.place.file + 1,
        *place_row(target.place),
        target.label,
        target.amount.text,
        plain(target.amount.value),
        plain(check.expected),
        plain(check.difference),
        plain(check.slack),
        plain(target.amount.unit),
        check.formula,
        check.reason,
        check.quote,
        check.message,
        packed([_operand(operand) for operand in check.operands]),
    )


def _operand(operand: Operand) -> dict[str, Any]:
    page, line, *box = place_row(operand.place)
    return {
        "member": operand.place.file + 1,
        "label": operand.label,
        "printed": operand.amount.text,
        "value": plain(operand.amount.value),
        "unit": plain(operand.amount.unit),
        "sign": operand.sign,
        "page": page,
        "line": line,
        "bbox": box if operand.place.bbox else None,
    }


def _rooted(found: Sequence[Finding]) -> list[Finding]:
    """Findings with ids. One wrong cell shows again in every total above it, by the same amount: those name the most
    detailed row as their root.
    """
    named = [replace(finding, id=f"Y{number}") for number, finding in enumerate(found, 1)]
    groups: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in named:
        if finding.ref is not None and finding.severity is not Severity.NOTICE:
            groups[finding.code, finding.unit, finding.difference].append(finding)
    heads = {
        member.id: max(group, key=lambda f: (len(f.row.split(" ")[0]) if f.row[:1].isdigit() else 0, f.column)).id
        for group in groups.values()
        for member in group
    }
    return [replace(f, root="" if heads.get(f.id, f.id) == f.id else heads[f.id]) for f in named]


def _finding_row(finding: Finding) -> Row:
    names = (
        "table",
        "row",
        "column",
        "quote",
        "reported",
        "expected",
        "difference",
        "unit",
        "root",
        "suggestion",
        "formula",
    )
    other = next(_elsewhere(finding), None)
    return (
        finding.place.file + 1,
        finding.id,
        finding.code,
        finding.category,
        finding.severity.value,
        finding.confidence,
        finding.message,
        *place_row(finding.place),
        *(getattr(finding, name) for name in names),
        *((other.place.file + 1, *place_row(other.place)) if other is not None else (None,) * 7),
        *((other.label, other.amount.text) if other is not None else (None, None)),
    )


def _elsewhere(finding: Finding) -> Iterator[Operand]:
    """The figures in other files, the first of which a reader should look at."""
    yield from (operand for operand in finding.operands if operand.place.file != finding.place.file)
