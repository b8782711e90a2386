"""What a person has looked at: findings marked in a workbook, or listed in an earlier JSON report, are not told again.

An entry answers to a finding by its fingerprint. Each covers one finding: a second one like it, where there was one,
is new. Entries to which nothing answers are told, so that a baseline does not outlive what it was made for.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from budgetaudit.errors import UnreadableError
from budgetaudit.lang import N_, _, in_every_language
from budgetaudit.model import Finding, Hidden, Report, Stale
from budgetaudit.report.fingerprint import SCHEME, fingerprint
from budgetaudit.report.words import visible

OPEN, CONFIRMED, REJECTED, CORRECTED = N_("待核实"), N_("已核实"), N_("不采纳"), N_("已更正")
STATES = (OPEN, CONFIRMED, REJECTED, CORRECTED)
"""What a reviewer says of a finding; one that is CONFIRMED or REJECTED is not reported again."""
_ACCEPTED = (CONFIRMED, REJECTED)
_LISTED = N_("基线中已有")
_MOST_ROWS, _MOST_COLUMNS = 100_000, 64
_MOST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding that was looked at."""

    mark: str
    """Its fingerprint."""
    reason: str
    """The reviewer's state and note, in one line."""
    what: str
    """Rule and place, for the list of entries that are stale."""
    document: str = ""
    """Title of its document where the baseline holds several; empty where it holds one."""


def load_baseline(path: Path) -> tuple[Entry, ...]:
    """The entries of a workbook (.xlsx) or of a JSON report, one object or one a line.

    Raises UnreadableError("baseline") for a file that is neither.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _unusable(path, _("文件太大"))
        return tuple(_of_workbook(path) if _is_zip(path) else _of_json(path))
    except OSError as error:
        raise _unusable(path, error.strerror or _("无法读取")) from error


def apply_baseline(report: Report, entries: Sequence[Entry]) -> Report:
    """The report without the findings that the entries cover: they are hidden, and entries without a finding are stale.

    A finding whose head goes becomes a head itself: what the baseline does not name is never dropped with it.
    """
    own = [entry for entry in entries if entry.document in ("", report.profile.title)]
    waiting: dict[str, deque[Entry]] = defaultdict(deque)
    for entry in own:
        waiting[entry.mark].append(entry)
    shown: list[Finding] = []
    hidden = list(report.hidden)
    for finding in report.findings:
        found = waiting[fingerprint(finding)]
        if found:
            hidden.append(Hidden(finding, found.popleft().reason, accepted=True))
        else:
            shown.append(finding)
    stale = Counter(entry.what for left in waiting.values() for entry in left)
    return replace(
        report,
        findings=tuple(_rooted(shown)),
        hidden=tuple(hidden),
        stale=tuple(Stale(what, count) for what, count in stale.items()),
    )


def _rooted(shown: Sequence[Finding]) -> Iterator[Finding]:
    """The findings that are told; of those whose head is gone, the first one of each root is the head."""
    heads = {finding.id: finding.id for finding in shown}
    for finding in shown:
        head = heads.setdefault(finding.root, finding.id) if finding.root else ""
        yield replace(finding, root="" if head == finding.id else head)


# ------------------------------------------------------------------------------------------------------------- workbook


def _of_workbook(path: Path) -> Iterator[Entry]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise _unusable(path, _("不是工作簿")) from error
    try:
        rows = next((found for sheet in book if (found := _rows(sheet))), None)
    finally:
        book.close()
    if rows is None:
        raise _unusable(path, _("没有问题清单：请用 check --xlsx 存的工作簿"))
    accepted = {name: state for state in _ACCEPTED for name in in_every_language(state)}
    for row in rows:
        state = accepted.get(row.state)
        if state is not None:
            reason = _("：").join(part for part in (_(state), visible(row.note, 200)) if part)
            for mark in row.marks:
                yield Entry(mark, reason, row.what)


@dataclass(frozen=True, slots=True)
class _Row:
    marks: tuple[str, ...]
    state: str
    note: str
    what: str


def _rows(sheet: Any) -> list[_Row] | None:
    """The rows of the list of findings, which is known by its column of fingerprints; None for another sheet."""
    lines = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
    head = [str(value or "") for value in next(lines, ())]
    if SCHEME not in head:
        return None
    mark = head.index(SCHEME)
    state, note = (_column(head, title) for title in (N_("状态"), N_("备注")))
    told = [_column(head, title) for title in (N_("规则"), N_("页"), N_("位置"), N_("报告数"))]
    found = []
    for line in lines:
        cells = ["" if value is None else str(value) for value in line]
        cells += [""] * (len(head) - len(cells))
        marks = tuple(cells[mark].split())
        if marks:
            what = " ".join(visible(cells[at], 80) for at in told if at is not None and cells[at])
            found.append(_Row(marks, _at(cells, state).strip(), _at(cells, note), what))
    return found


def _column(head: Sequence[str], title: str) -> int | None:
    return next((index for index, name in enumerate(head) if name in in_every_language(title)), None)


def _at(cells: Sequence[str], index: int | None) -> str:
    return cells[index] if index is not None else ""


# ----------------------------------------------------------------------------------------------------------------- json


def _of_json(path: Path) -> Iterator[Entry]:
    reports = _objects(path)
    for report in reports:
        document = report.get("document")
        title = str(document.get("title", "")) if len(reports) > 1 and isinstance(document, dict) else ""
        for finding in [*_listed(report, "findings"), *(h for h in _listed(report, "hidden") if h.get("accepted"))]:
            mark = finding.get("fingerprint")
            if not isinstance(mark, str):
                raise _unusable(path, _("其中的问题没有 fingerprint：请用本程序的 json 报告"))
            told = (finding.get(name) for name in ("code", "table", "row", "column", "quote"))
            page = finding.get("page")
            where = _("第{page}页").format(page=page) if page else ""
            what = " ".join([*(visible(str(part), 60) for part in told if part), where]).strip()
            reason = finding.get("reason")
            yield Entry(mark, visible(reason, 200) if isinstance(reason, str) else _(_LISTED), what, title)


def _objects(path: Path) -> list[dict[str, Any]]:
    """The reports of a JSON file: one object, or one object a line."""
    try:
        text = path.read_text("utf-8-sig")
        try:
            values = [json.loads(text)]
        except json.JSONDecodeError:
            values = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise _unusable(path, _("既不是工作簿，也不是 json 报告")) from error
    reports = [value for value in values if isinstance(value, dict) and isinstance(value.get("findings"), list)]
    if not reports:
        raise _unusable(path, _("其中没有报告"))
    return reports


def _listed(report: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = report.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"PK"


def _unusable(path: Path, reason: str) -> UnreadableError:
    said = _("基线 {path} 无法使用：{reason}。").format(path=visible(str(path)), reason=reason)
    return UnreadableError("baseline", said)
