"""A store as pages for a browser: an index of all files, and a page of findings for each document that was audited.

The documents themselves are not at hand any more: their pages show what the store kept, every finding with its place
and its numbers. `check FILE --html` draws the pages of one document as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from budgetaudit.lang import _, n_
from budgetaudit.model import Place, Severity, Verdict
from budgetaudit.report.html.page import render
from budgetaudit.report.words import CATEGORY, KIND, SEVERITY, place_words, share_words, visible
from budgetaudit.rules import all_rules
from budgetaudit.scan.link_rows import KINDS, LinkRow, place_of
from budgetaudit.scan.outcome import WORDS, FileVerdict
from budgetaudit.scan.store import Store
from budgetaudit.scan.summary import FileRow, by_verdict

_COUNTS = {"errors": Severity.ERROR, "warnings": Severity.WARNING, "notices": Severity.NOTICE}
_MOOD = {FileVerdict.CLEAN: "good", FileVerdict.FINDINGS: "error", FileVerdict.UNREADABLE: "warning"}
_LONG = 400
_OPERANDS = 12
_LINK_VERDICTS = (Verdict.HELD, Verdict.ROUNDING, Verdict.FAILED, Verdict.UNKNOWN)


def write_index(
    store: Store,
    rows: Sequence[FileRow],
    repeats: Sequence[tuple[str, str, int, int]],
    links: Sequence[LinkRow],
    target: Path,
) -> Path:
    """Write the index to ``target`` (a file that ends in .html, or a folder for index.html) and the documents' pages
    into a folder beside it; return the index. Raises OSError where that is impossible.
    """
    single = target.suffix.lower() == ".html"
    index = target if single else target / "index.html"
    folder = index.parent / (f"{index.stem}-documents" if single else "documents")
    audited = [row for row in rows if row.audited]
    pages = {row.sha256: f"{row.sha256[:20]}.html" for row in audited}
    (folder if pages else index.parent).mkdir(parents=True, exist_ok=True)
    for row in audited:
        text = render("stored.html", js=("stored.js",), **_document(store, row, f"../{index.name}"))
        (folder / pages[row.sha256]).write_text(text, "utf-8", errors="backslashreplace")
    text = render(
        "index.html",
        css=("index.css",),
        js=("index.js",),
        files=[_file(row, f"{folder.name}/{pages[row.sha256]}" if row.audited else "") for row in _worst_first(rows)],
        totals=[(v.value, _MOOD.get(v, ""), WORDS[v], n) for v in WORDS if (n := by_verdict(rows)[v])],
        counts=[(s.value, SEVERITY[s], sum(r.document[name] for r in audited)) for name, s in _COUNTS.items()],
        coverage=share_words(
            sum(r.document["numeric_cells_checked"] for r in audited), sum(r.document["numeric_cells"] for r in audited)
        ),
        numbers=sum(r.document["numeric_cells"] for r in audited),
        repeats=_repeats(repeats),
        links=[_link(link) for link in links],
    )
    index.write_text(text, "utf-8", errors="backslashreplace")
    return index


def _worst_first(rows: Sequence[FileRow]) -> list[FileRow]:
    def rank(row: FileRow) -> tuple[int, int]:
        return (-row.document["errors"], -row.document["warnings"]) if row.audited else (0, 0)

    return sorted(rows, key=rank)


def _file(row: FileRow, page: str) -> dict[str, Any]:
    d = row.document
    named = row.audited or row.verdict is FileVerdict.DUPLICATE
    return {
        "path": visible(row.shown, _LONG),
        "page": page,
        "reason": visible(row.reason, _LONG),
        "department": visible(d.get("department") or "", 80) if named else "",
        "year": (d.get("year") or "") if named else "",
        "kind": KIND.get(d.get("kind") or "", "") if named else "",
        "verdict": row.verdict.value,
        "words": WORDS[row.verdict],
        # What has no tables must not look as if its figures had been checked.
        "mood": "unknown" if row.audited and row.share is None else _MOOD.get(row.verdict, "unknown"),
        "counts": [(name, d[name]) for name in _COUNTS] if row.audited else [],
        "share": share_words(d["numeric_cells_checked"], d["numeric_cells"]) if row.share is not None else "",
        "tenths": round(row.share * 1000) if row.share is not None else -1,
    }


def _repeats(repeats: Sequence[tuple[str, str, int, int]]) -> list[tuple[str, str, str, int, int]]:
    titles = {rule.code: rule.title for rule in all_rules()}
    return [(code, titles.get(code, ""), CATEGORY.get(c, c), documents, n) for code, c, n, documents in repeats]


def _link(link: LinkRow) -> dict[str, Any]:
    return {
        "kind": KINDS[link.kind],
        "department": visible(link.department, 80),
        "year": link.year or "",
        "files": [f"{side.words} {visible(side.file.shown, _LONG)}" for side in link.sides],
        "counts": [link.counts[verdict] for verdict in _LINK_VERDICTS],
        "remark": visible(link.remark, _LONG),
        "found": [
            f"{item['code']} {item['side'].words} {place_of(item['page'], item['line'])} {visible(item['message'], _LONG)}"
            for item in link.serious
        ],
    }


def _document(store: Store, row: FileRow, back: str) -> dict[str, Any]:
    d = row.document
    found = [_finding(dict(record)) for record in _of(store, "findings", row)]
    notes = [dict(record) for record in _of(store, "notes", row)]
    return {
        "back": back,
        "path": visible(row.shown, _LONG),
        "name": visible(d["title"] or "", 160) or visible(row.shown, 160),
        "identity": [
            text
            for text in (
                visible(d["department"] or "", 80),
                _("{year}年").format(year=d["year"]) if d["year"] else "",
                KIND.get(d["kind"] or "", ""),
                n_("{n} 页", d["pages"] or 0) if d["format"] == "pdf" else "",
            )
            if text
        ],
        "counts": [(severity.value, SEVERITY[severity], d[name]) for name, severity in _COUNTS.items()],
        "coverage": share_words(d["numeric_cells_checked"], d["numeric_cells"]),
        "checks": d["checks_held"] + d["checks_rounding"] + d["checks_explained"] + d["checks_failed"],
        "reason": visible(row.reason, _LONG),
        "findings": [f for f in found if not f["root"]],
        "dependants": {f["id"]: [g for g in found if g["root"] == f["id"]] for f in found},
        "skipped": [(visible(n["code"], 8), visible(n["what"], _LONG)) for n in notes if n["kind"] == "not-checked"],
        "problems": [(place_of(n["page"], None), visible(n["what"], _LONG)) for n in notes if n["kind"] == "problem"],
    }


def _of(store: Store, part: str, row: FileRow) -> Iterator[Any]:
    return store.query(f"SELECT * FROM {part} WHERE sha256 = ? ORDER BY seq", (row.sha256,))


def _finding(record: dict[str, Any]) -> dict[str, Any]:
    """A finding of the store with its words; all texts of it are shown as they are, control characters aside."""
    where = [place_words(Place(page=record["page"], line=record["line"]))]
    where += [visible(record[name] or "", 120) for name in ("table", "row", "column")]
    printed = [_operand(item) for item in json.loads(record["operands"] or "[]") if item.get("value")]
    return {
        "id": record["id"],
        "root": record["root"],
        "code": record["code"],
        "severity": record["severity"],
        "words": SEVERITY[Severity(record["severity"])],
        "category": CATEGORY.get(record["category"], record["category"]),
        "where": [part for part in where if part],
        "message": visible(record["message"] or "", _LONG),
        "quote": visible(record["quote"] or "", _LONG),
        "numbers": [visible(record[name] or "", 60) for name in ("reported", "expected", "difference")],
        "unit": record["unit"] or "",
        "suggestion": visible(record["suggestion"] or "", _LONG),
        "operands": printed[:_OPERANDS],
        "more": max(0, len(printed) - _OPERANDS),
    }


def _operand(item: dict[str, Any]) -> tuple[str, str, str]:
    place = place_of(item.get("page"), item.get("line"))
    return visible(item.get("label") or "", 160), visible(str(item.get("value") or ""), 60), place
