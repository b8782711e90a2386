"""Which links between the documents of a store are to be computed, from what it holds: no file is read again.

What is written depends on the documents alone, so that an undisturbed scan and one that was stopped and run again leave
the same; a link whose documents did not change is not computed again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from budgetaudit.links.plan import Identity, Link, plan
from budgetaudit.scan.link_work import LinkJob
from budgetaudit.scan.outcome import AUDITED
from budgetaudit.scan.store import Store

_DOCUMENTS = """
    SELECT sha256, tool, settings, verdict, department, year, kind, level, units, unit_count, content,
           numeric_cells, amounts
    FROM documents WHERE sha256 IN (SELECT sha256 FROM files) ORDER BY sha256"""


def link_jobs(store: Store) -> Iterator[LinkJob]:
    """Drop the links that are out of date, then give those that must be computed, each with its documents' records."""
    documents = [row for row in store.query(_DOCUMENTS) if row["verdict"] in AUDITED]
    basis = {row["sha256"]: f"{row['sha256']} {row['tool']} {row['settings']}" for row in documents}
    wanted = {link.id: link for link in plan(_identity(row) for row in documents)}
    bases = {identity: _basis(link, basis) for identity, link in wanted.items()}
    kept = {row["id"]: row["basis"] for row in store.query("SELECT id, basis FROM links")}
    store.drop_links(identity for identity, old in kept.items() if bases.get(identity) != old)
    for identity, link in wanted.items():
        if kept.get(identity) != bases[identity]:
            members = () if link.rivals else link.members
            yield LinkJob(link, bases[identity], tuple(_record(store, member.sha256) for member in members))


def _record(store: Store, sha256: str) -> bytes:
    rows = store.query("SELECT record FROM records WHERE sha256 = ?", (sha256,))
    return next((row["record"] for row in rows), b"")  # no record is found out where it is unpacked


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
