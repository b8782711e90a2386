"""The reviewer's form: section or table, whether it meets the requirements, and the problems, ready to paste."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from budgetaudit.lang import N_, _
from budgetaudit.model import Check, Finding, Heading, Place, Report, Severity, Table, Verdict
from budgetaudit.report import words
from budgetaudit.report.sheets import FILL, Sheet
from budgetaudit.report.words import visible

REVIEW_SHEET = N_("检查表")
_COLUMNS = ((N_("检查内容"), 46), (N_("位置"), 12), (N_("符合要求"), 10), (N_("问题"), 84))
YES, NO, OPEN = N_("是"), N_("否"), N_("未能检查")
_ANSWERS = (YES, NO, OPEN)
_FILL = {YES: "E2EFDA", NO: FILL[Severity.ERROR], OPEN: "EDEDED"}
_MISSING = "missing-content"
Position = tuple[int, float]


@dataclass(slots=True)
class _Item:
    """One line of the form, with what was checked and found there."""

    name: str
    where: str
    start: Position
    table: Table | None = None
    level: int = 0
    checked: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def answer(self) -> str:
        """YES, NO or OPEN."""
        if any(finding.severity is not Severity.NOTICE for finding in self.findings):
            return NO
        return YES if self.checked or self.findings else OPEN


def write_review(sheet: Sheet, report: Report, sheets: Mapping[str, Sheet]) -> None:
    """Fill the sheet."""
    title = visible(report.profile.title) or _("预决算公开")
    sheet.put(1, 1, _("{title} 公开情况检查表").format(title=title), "title")
    sheet.put(2, 1, words.head_words(report.profile, report), "plain")
    sheet.head(4, [(_(name), width) for name, width in _COLUMNS])
    row = 4
    for item in _items(report):
        row += 1
        heading = bool(item.where) and item.table is None and item.level == 1 and item.answer is OPEN
        if item.table is not None:
            sheet.link(row, 1, item.name, sheets[item.table.id])
        else:
            sheet.put(row, 1, item.name, "group" if item.level == 1 else "text")
        sheet.put(row, 2, item.where, "centre")
        sheet.put(row, 3, "" if heading else _(item.answer), "centre")
        sheet.put(row, 4, _problems(item))
    sheet.put(row + 1, 1, _("“是”指程序在此检查过的内容没有发现问题；文意、真实性和及时性须由人核对。"), "plain")
    last = max(row, 5)
    sheet.choices(3, 5, last, [_(answer) for answer in _ANSWERS])
    sheet.colours(3, 5, last, {_(answer): fill for answer, fill in _FILL.items()})


def _items(report: Report) -> list[_Item]:
    """The lines in reading order: cover, sections and tables, then what the whole file must hold."""
    end = (len(report.document.pages) + 1, 0.0) if report.document.format == "pdf" else (10**9, 0.0)
    cover = _Item(_("封面、目录"), "", (0, 0.0), level=1)
    items = [cover, *_sections(report.narrative.headings), *_tables(report.tables)]
    items.sort(key=lambda item: item.start)
    duties = _Item(_("应公开的内容是否齐全"), "", end, level=1)
    text = [item for item in items if item.table is None]
    by_table = {item.table.id: item for item in items if item.table is not None}
    by_cell = {
        cell.place: item
        for item in by_table.values()
        if item.table is not None
        for row in item.table.grid
        for cell in row
        if cell is not None
    }

    def home(place: Place, table: str, duty: bool) -> _Item:
        if table in by_table:
            return by_table[table]
        if duty:
            return duties
        if place in by_cell:
            return by_cell[place]
        at = _position(place)
        return next((item for item in reversed(text) if item.start <= at), cover)

    for check in report.checks:
        if check.verdict is not Verdict.UNKNOWN:
            for item in _homes(check, home):
                item.checked += 1
    for finding, _dependants in words.grouped(report):  # what follows from an error elsewhere is no fault of this place
        table = finding.ref.table if finding.ref is not None else ""
        home(finding.place, table, finding.category == _MISSING).findings.append(finding)
    timely = _Item(_("及时性：是否按时公开"), "", (0, 0.0), level=1)
    return [timely, *items, duties]


def _homes(check: Check, home: Callable[[Place, str, bool], _Item]) -> Iterator[_Item]:
    duty = check.category == _MISSING or check.rule.startswith("D801")
    tables = dict.fromkeys(ref.table for ref in check.refs)
    if check.target.ref is None:
        yield home(check.target.place, "", duty)
    for table in tables:
        yield home(check.target.place, table, False)


def _sections(headings: Sequence[Heading]) -> Iterator[_Item]:
    for heading in headings:
        if heading.level <= 2 and _position(heading.place) >= (2, 0.0):
            name = visible(heading.text, 120)
            yield _Item(name, words.place_words(heading.place), _position(heading.place), level=heading.level)


def _tables(tables: Sequence[Table]) -> Iterator[_Item]:
    for table in tables:
        where = _("第{pages}页").format(pages=words.pages_words(table.pages))
        if table.place.line is not None:
            where = words.place_words(table.place)
        name = _("《{title}》").format(title=visible(table.title, 120) or _("（无表名）"))
        yield _Item(name, where, _position(table.place), table, level=2)


def _position(place: Place) -> Position:
    if place.page is None:
        return (place.line or 0, 0.0)
    return (place.page, place.bbox[1] if place.bbox else 0.0)


def _problems(item: _Item) -> str:
    """The problems as a reviewer writes them: numbered, the place first, rounding residues only counted."""
    if item.table is not None and not item.table.form and not item.findings:
        return _("程序没有识别出这是哪张表，请人工核对。")
    told = [finding for finding in item.findings if finding.category != "rounding"]
    lines = [_line(finding) for finding in told]
    if len(lines) > 1:
        lines = [f"{number}.{line}" for number, line in enumerate(lines, 1)]
    residues = len(item.findings) - len(told)
    if residues:
        lines.append(_("另有四舍五入尾差 {n} 处，一般不必更正。").format(n=residues))
    return "\n".join(lines)


def _line(finding: Finding) -> str:
    where = words.place_words(finding.place)
    cell = "".join(f"“{visible(part, 40)}”" for part in (finding.row, finding.column) if part)
    quote = "" if cell or not finding.quote else f"“{visible(finding.quote, 60)}”"
    told = visible(finding.message, 300)
    at = _("{place}{table}{cell}").format(place=where, table="", cell=cell or quote).strip()
    said = _("：").join(part for part in (at, told) if part)
    mark = _("（提示）") if finding.severity is Severity.NOTICE else ""
    return f"{mark}{said}" if said.endswith(("。", "！", "？", ".")) else mark + said + _("。")
