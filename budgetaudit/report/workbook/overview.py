"""The first sheet: which document, the verdict, the counts, the coverage, and what was not checked and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from budgetaudit.lang import N_, _
from budgetaudit.model import Place, Report, Severity, Table, Verdict
from budgetaudit.report import words
from budgetaudit.report.sheets import FILL, Sheet, lines_of
from budgetaudit.report.words import visible
from budgetaudit.report.workbook.paper import PAPER_SHEET

OVERVIEW_SHEET = N_("概览")
_TABLE_COLUMNS = (
    (N_("序号"), 8),
    (N_("页"), 10),
    (N_("表名"), 46),
    (N_("识别为"), 26),
    (N_("单位"), 8),
    (N_("数字"), 8),
)
_COUNT_WIDTH = 9


def write_overview(sheet: Sheet, report: Report, sheets: Mapping[str, Sheet]) -> None:
    """Fill the sheet."""
    columns = [(_(title), width) for title, width in _TABLE_COLUMNS]
    columns += [(words.VERDICT[verdict], _COUNT_WIDTH) for verdict in Verdict]
    sheet.columns([width for _title, width in columns])
    sheet.put(1, 1, visible(report.profile.title) or _("预决算公开勾稽核对"), "title")
    row = 2
    sheet.put(row, 1, words.head_words(report.profile, report), "plain")
    sheet.put(row + 1, 1, _("文件：{path}").format(path=visible(report.document.path)), "plain")
    sheet.put(row + 2, 1, f"SHA-256 {report.document.sha256}", "plain")
    row += 4
    sheet.put(row, 1, _("结论：{said}").format(said=words.conclusion(report)), "part")
    for text in words.coverage_words(report):
        row += 1
        sheet.put(row, 1, text, "plain")
    accepted = sum(1 for hidden in report.hidden if hidden.accepted)
    if accepted:
        row += 1
        sheet.put(row, 1, _("另有 {n} 处此前已核实或不采纳，列在问题清单末尾。").format(n=accepted), "plain")
    row = _counts(sheet, row + 2, report)
    row = _tables(sheet, row + 2, report, columns, sheets)
    _rest(sheet, row + 2, report, len(columns))


def _counts(sheet: Sheet, row: int, report: Report) -> int:
    """Verdicts as the audit found them, and as the working paper has them now."""
    titles = (_("勾稽（项）"), _("核对结果"), _("底稿现状（在各表改正数字后随之变化）"))
    for at, (title, style) in enumerate(zip(titles, ("head", "text", "text"), strict=True), row):
        sheet.merge(at, 1, at, 6, style)
        sheet.put(at, 1, title, style, fit=False)
    for offset, verdict in enumerate(Verdict):
        sheet.put(row, 7 + offset, words.VERDICT[verdict], "head")
    quoted = _(PAPER_SHEET).replace("'", "''")
    for offset, verdict in enumerate(Verdict):
        count = report.count(verdict)
        sheet.put(row + 1, 7 + offset, count, "centre")
        formula = f"COUNTIF('{quoted}'!$B:$B,\"{words.VERDICT[verdict]}\")"
        sheet.formula(row + 2, 7 + offset, formula, Decimal(count), style="centre")
    return row + 2


def _tables(
    sheet: Sheet, row: int, report: Report, columns: Sequence[tuple[str, float]], sheets: Mapping[str, Sheet]
) -> int:
    tally: dict[tuple[str, Verdict], int] = defaultdict(int)
    for check in report.checks:
        for key in {ref.table for ref in check.refs}:
            tally[key, check.verdict] += 1
    for col, (title, _width) in enumerate(columns, 1):
        sheet.put(row, col, title, "head")
    for number, table in enumerate(report.tables, 1):
        row += 1
        table_line(sheet, row, number, table, sheets[table.id])
        sheet.put(row, 6, sum(1 for amount in table.amounts.values() if not amount.blank), "centre")
        for offset, verdict in enumerate(Verdict):
            count = tally[table.id, verdict]
            failed = verdict is Verdict.FAILED and count
            sheet.put(row, 7 + offset, count, "centre", FILL[Severity.ERROR] if failed else "")
    sheet.put(row + 1, 1, _("表间勾稽在所涉各表分别计数。"), "plain")
    return row + 1


def table_line(sheet: Sheet, row: int, number: int, table: Table, target: Sheet) -> None:
    """One table of a list: number, pages, title that leads to its sheet, form, unit."""
    where = words.place_words(table.place) if table.place.line is not None else words.pages_words(table.pages)
    sheet.put(row, 1, number, "centre")
    sheet.put(row, 2, where, "centre")
    sheet.link(row, 3, visible(table.title) or _("（无表名）"), target)
    sheet.put(row, 4, visible(_(table.form_name)) if table.form else _("未识别"))
    sheet.put(row, 5, visible(words.table_unit(table)) or _("未标"), "centre")


def _rest(sheet: Sheet, row: int, report: Report, width: int) -> None:
    """What could not be read, what is doubtful, what was not checked: each with its reason."""
    problems = [(words.place_words(Place(p.page)), visible(p.what)) for p in words.all_problems(report)]
    doubts = [
        (words.pages_words(t.pages), _("{where}：{what}").format(where=visible(t.title), what=visible(t.doubt)))
        for t in report.tables
        if t.doubt
    ]
    skipped = list(dict.fromkeys((visible(n.code), visible(n.reason)) for n in report.not_checked))
    blocks = (
        (_("读取中的问题"), problems),
        (_("存疑的读取"), doubts),
        (_("没有检查的内容及原因"), skipped),
    )
    for title, lines in blocks:
        if not lines:
            continue
        sheet.put(row, 1, title, "part")
        for where, what in lines:
            row += 1
            sheet.put(row, 1, where, "plain")
            sheet.merge(row, 2, row, width, "wide")
            sheet.put(row, 2, what, "wide", fit=False)
            sheet.needs(row, lines_of(what, sheet.width(2, width)))
        row += 2
