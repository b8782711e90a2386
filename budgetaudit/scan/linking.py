"""Links between the documents of a store, computed from what it holds: no file is read again.

What is written depends on the documents alone, so that an undisturbed scan and one that was stopped and run again leave
the same; a link whose documents did not change is not computed again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from budgetaudit.facts import Book
from budgetaudit.findings import raised
from budgetaudit.lang import _
from budgetaudit.links.build import linked
from budgetaudit.links.plan import Identity, Link, plan
from budgetaudit.model import Check, Finding, Operand, Severity, Verdict
from budgetaudit.report.words import error_words
from budgetaudit.rules import link_rules
from budgetaudit.scan.outcome import AUDITED, Row
from budgetaudit.scan.record import unpack
from budgetaudit.scan.store import Store
from budgetaudit.scan.worker import packed, place_row, plain

_DOCUMENTS = """
    SELECT sha256, tool, settings, verdict, department, year, kind, level, units, unit_count, content,
           numeric_cells, amounts
    FROM documents WHERE sha256 IN (SELECT sha256 FROM files) ORDER BY sha256"""
_KEPT = 24
"""Documents held in memory at a time."""


def link_documents(store: Store) -> int:
    """Bring the store's links up to date; how many were computed now."""
    documents = [row for row in store.query(_DOCUMENTS) if row["verdict"] in AUDITED]
    basis = {row["sha256"]: f"{row['sha256']} {row['tool']} {row['settings']}" for row in documents}
    wanted = {link.id: link for link in plan(_identity(row) for row in documents)}
    bases = {identity: _basis(link, basis) for identity, link in wanted.items()}
    kept = {row["id"]: row["basis"] for row in store.query("SELECT id, basis FROM links")}
    store.drop_links(identity for identity, old in kept.items() if bases.get(identity) != old)
    new = [link for identity, link in wanted.items() if kept.get(identity) != bases[identity]]

    @lru_cache(maxsize=_KEPT)
    def load(sha256: str, file: int) -> Book:
        blob = next(store.query("SELECT record FROM records WHERE sha256 = ?", (sha256,)))["record"]
        record = unpack(blob, file)
        return Book(record.profile, record.tables, record.narrative)

    for link in new:
        checks, findings, problem = _computed(link, load)
        store.put_link(
            _link_row(link, bases[link.id], checks, problem),
            {
                "link_members": [(member.sha256, member.role) for member in link.members],
                "link_checks": [_check_row(check) for check in checks],
                "link_findings": [_finding_row(finding) for finding in findings],
            },
        )
    return len(new)


def _identity(row: Any) -> Identity:
    return Identity(
        row["sha256"],
        row["department"] or "",
        row["year"],
        row["kind"] or "",
        row["level"] or "",
        tables=bool(row["numeric_cells"]),
        text=bool(row["amounts"]),
        units=tuple(json.loads(row["units"] or "[]")),
        unit_count=row["unit_count"],
        content=row["content"] or "",
    )


def _basis(link: Link, documents: dict[str, str]) -> str:
    texts = [link.id, *(documents[member.sha256] for member in link.members)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _computed(link: Link, load: Callable[[str, int], Book]) -> tuple[list[Check], list[Finding], str]:
    """Checks and findings of a link; a rule that fails costs its own checks, and is named."""
    if link.rivals:
        return [], [], ""
    try:
        books = linked(link, load)
    except (ValueError, StopIteration) as error:  # the store is a file: anything may have been done to it
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
