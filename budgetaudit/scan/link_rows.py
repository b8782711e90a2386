"""The links of a store as people and programs are shown them: who belongs to whom, and what was compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from budgetaudit.lang import N_, Names, _
from budgetaudit.model import Place, Severity, Verdict
from budgetaudit.report.words import KIND, place_words
from budgetaudit.scan.store import Store
from budgetaudit.scan.summary import FileRow, file_rows

KINDS = Names(
    {
        "parts": N_("文字与表格"),
        "years": N_("上年数"),
        "stages": N_("年初预算数"),
        "bases": N_("下年预算的上年数"),
        "units": N_("部门与单位"),
    }
)
ROLES = Names(
    {
        "text": N_("文字"),
        "tables": N_("表格"),
        "this": N_("本年"),
        "before": N_("上年"),
        "account": N_("决算"),
        "budget": N_("预算"),
        "department": N_("部门"),
        "unit": N_("单位"),
    }
)


@dataclass(frozen=True, slots=True)
class Side:
    """One file of a link."""

    role: str
    file: FileRow

    @property
    def words(self) -> str:
        """What part the file has in the link."""
        return ROLES.get(self.role.rstrip("0123456789"), self.role)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link: its files in order and how its comparisons came out."""

    id: str
    kind: str
    sides: tuple[Side, ...]
    missing: tuple[str, ...]
    rivals: int
    problem: str
    counts: Counter[Verdict]
    severities: Counter[str]
    serious: tuple[dict[str, Any], ...] = ()
    """Errors and warnings as ``link_findings`` gives them."""

    @property
    def department(self) -> str:
        """The name that its first file gives."""
        return next((side.file.document["department"] for side in self.sides if side.file.document["department"]), "")

    @property
    def year(self) -> int | None:
        """The year of the first file that names one."""
        return next((side.file.document["year"] for side in self.sides if side.file.document["year"]), None)

    @property
    def remark(self) -> str:
        """Why it could not be compared, or not wholly; empty where it could."""
        if self.rivals:
            return _("同一部门、年度和类型的文件有 {count} 份而内容不同，不能确定与哪一份比较").format(
                count=self.rivals
            )
        if self.missing:
            return _("缺少 {names} 的文件").format(names=_("、").join(self.missing))
        return self.problem

    def side(self, member: int) -> Side:
        """A file by its number, from 1."""
        return self.sides[member - 1]


def link_rows(store: Store, rows: Sequence[FileRow]) -> list[LinkRow]:
    """The links that any of these files belongs to, in order of kind, department and year."""
    known = {row.sha256: row for row in rows if row.audited}
    every = known | {row.sha256: row for row in file_rows(store) if row.audited and row.sha256 not in known}
    members: dict[str, list[Any]] = {}
    for record in store.query("SELECT * FROM link_members ORDER BY link, seq"):
        members.setdefault(record["link"], []).append(record)
    grave: dict[str, Counter[str]] = {}
    for record in store.query("SELECT link, severity, count(*) AS n FROM link_findings GROUP BY link, severity"):
        grave.setdefault(record["link"], Counter())[record["severity"]] = record["n"]
    found = [
        LinkRow(
            record["id"],
            record["kind"],
            tuple(Side(member["role"], every[member["sha256"]]) for member in members[record["id"]]),
            tuple(json.loads(record["missing"])),
            record["rivals"],
            record["problem"],
            Counter({verdict: record[verdict.value] for verdict in Verdict}),
            grave.get(record["id"], Counter()),
        )
        for record in store.query("SELECT * FROM links ORDER BY id")
        if any(member["sha256"] in known for member in members[record["id"]])
    ]
    found = [
        replace(link, serious=tuple(f for f in link_findings(store, link) if f["severity"] != Severity.NOTICE.value))
        for link in found
    ]
    order = list(KINDS)
    return sorted(found, key=lambda link: (order.index(link.kind), link.department, link.year or 0, link.id))


def link_findings(store: Store, link: LinkRow) -> Iterator[dict[str, Any]]:
    """The findings of a link as the store has them, with ``side`` and ``other`` (None where there is one file only)."""
    for record in store.query("SELECT * FROM link_findings WHERE link = ? ORDER BY seq", (link.id,)):
        other = record["other_member"]
        yield {**dict(record), "side": link.side(record["member"]), "other": link.side(other) if other else None}


def reached(links: Sequence[LinkRow], severities: Sequence[Severity]) -> bool:
    """Whether any link has a finding of one of these severities."""
    return any(link.severities[severity.value] for link in links for severity in severities)


def document_words(row: FileRow) -> str:
    """A document by its year and kind: 2030年部门预算."""
    d = row.document
    kind = KIND.get(d["kind"], "")
    return _("{year}年{kind}").format(year=d["year"], kind=kind) if d["year"] else kind


def place_of(page: int | None, line: int | None) -> str:
    """第8页 or 第120行."""
    return place_words(Place(page=page, line=line))
