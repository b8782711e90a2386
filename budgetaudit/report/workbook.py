"""The workbook that is filed: summary, findings with room for the reviewer, every check, every table as printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from budgetaudit.model import CellRef, Check, Document, Finding, Profile, Report, Severity, Table, Verdict
from budgetaudit.report import words
from budgetaudit.report.sheets import (
    FILL,
    FIRST_GRID_ROW,
    Book,
    fill,
    fit_rows,
    head_row,
    link,
    put,
    put_number,
    table_sheet,
)
from budgetaudit.report.words import visible

_FINDINGS = (
    ("序号", 5), ("严重程度", 8), ("页", 5), ("表", 16), ("行", 16), ("列", 12), ("报告数", 14), ("应为", 14),
    ("差额", 11), ("单位", 5), ("计算式", 44), ("说明", 30), ("规则", 6), ("状态", 8), ("备注", 14),
)  # fmt: skip
_CHECKS = (
    ("序号", 6), ("结论", 8), ("规则", 6), ("关系", 8), ("页", 5), ("表", 16), ("勾稽关系", 22),
    ("计算式（按原文）", 46), ("报告数", 14), ("应为", 14), ("差额", 11), ("允许尾差", 9), ("单位", 5), ("说明", 20),
)  # fmt: skip
_STATES = "待核实,已更正,无需更正,误报"
_VERDICT_FILL = {
    Verdict.HELD: "E2EFDA",
    Verdict.ROUNDING: FILL[Severity.NOTICE],
    Verdict.EXPLAINED: "FFF2CC",
    Verdict.FAILED: FILL[Severity.ERROR],
    Verdict.UNKNOWN: "EDEDED",
}


def write_report(report: Report, path: str) -> None:
    """Write the discrepancy workbook of one report. Raises OSError where the file cannot be written."""
    book = Book()
    summary, findings, checks = book.sheet("概览"), book.sheet("问题清单"), book.sheet("勾稽底稿")
    notes: dict[CellRef, list[tuple[Severity, str]]] = defaultdict(list)
    for finding in words.finding_order(report):
        if finding.ref is not None:
            notes[finding.ref].append((finding.severity, _note(finding)))
    sheets = {
        table.id: table_sheet(book, number, table, notes, findings) for number, table in enumerate(report.tables, 1)
    }
    _summary(summary, report, sheets)
    _findings(findings, report, sheets)
    _checks(checks, report, sheets)
    for sheet in (findings, checks, *sheets.values()):
        fit_rows(sheet)
    book.save(path)


def write_tables(document: Document, profile: Profile, tables: Sequence[Table], path: str) -> None:
    """Write tables alone: a list of them and one sheet each. Raises OSError where the file cannot be written."""
    book = Book()
    index = book.sheet("目录")
    put(index, 1, 1, visible(profile.title) or visible(document.path), "ba-title")
    head_row(index, 3, ("序号", "页", "表名", "识别为", "单位"), (6, 10, 50, 30, 8))
    for number, table in enumerate(tables, 1):
        sheet = table_sheet(book, number, table, {}, index)
        sheet["A3"].value = "返回目录"
        _table_row(index, 3 + number, number, table, sheet)
        fit_rows(sheet)
    book.save(path)


def _summary(sheet: Any, report: Report, sheets: dict[str, Any]) -> None:
    put(sheet, 1, 1, visible(report.profile.title) or "预决算公开勾稽核对", "ba-title")
    row = 2
    for text in (
        words.head_words(report.profile, report),
        f"文件：{visible(report.document.path)}",
        f"SHA-256：{report.document.sha256}",
        f"结论：{words.conclusion(report)}",
        *words.coverage_words(report),
        words.check_totals(report),
    ):
        put(sheet, row, 1, text, "ba-part" if text.startswith("结论") else "ba-plain")
        row += 1
    row += 1
    tally: dict[tuple[str, Verdict], int] = defaultdict(int)
    for check in report.checks:
        for key in {ref.table for ref in check.refs}:
            tally[key, check.verdict] += 1
    titles = ("序号", "页", "表名", "识别为", "单位", "数字", *(words.VERDICT[v] for v in Verdict))
    head_row(sheet, row, titles, (6, 10, 46, 26, 8, 8, 8, 8, 8, 8, 9))
    sheet.freeze_panes = None
    for number, table in enumerate(report.tables, 1):
        row += 1
        _table_row(sheet, row, number, table, sheets[table.id])
        put(sheet, row, 6, sum(1 for amount in table.amounts.values() if not amount.blank), "ba-centre")
        for offset, verdict in enumerate(Verdict):
            cell = put(sheet, row, 7 + offset, tally[table.id, verdict], "ba-centre")
            if verdict is Verdict.FAILED and tally[table.id, verdict]:
                fill(cell, FILL[Severity.ERROR])
    put(sheet, row + 1, 1, "表间勾稽在所涉各表分别计数。", "ba-plain")
    row += 3
    problems = [(f"第{p.page}页" if p.page else "", visible(p.what)) for p in words.all_problems(report)]
    skipped = [(n.code, visible(n.reason)) for n in report.not_checked]
    doubts = [(words.pages_words(t.pages), f"{visible(t.title)}：{visible(t.doubt)}") for t in report.tables if t.doubt]
    for title, lines in (("读取中的问题", problems), ("存疑的读取", doubts), ("没有检查的内容及原因", skipped)):
        if not lines:
            continue
        put(sheet, row, 1, title, "ba-part")
        for where, what in lines:
            row += 1
            put(sheet, row, 1, where, "ba-plain")
            put(sheet, row, 2, what, "ba-plain")
        row += 2


def _table_row(sheet: Any, row: int, number: int, table: Table, target: Any) -> None:
    where = words.pages_words(table.pages) if table.pages else words.place_words(table.place)
    put(sheet, row, 1, number, "ba-centre")
    put(sheet, row, 2, where, "ba-centre")
    link(put(sheet, row, 3, visible(table.title) or "（无表名）", "ba-text-link"), target, 1, 1)
    put(sheet, row, 4, visible(table.form_name) if table.form else "未识别")
    put(sheet, row, 5, visible(words.table_unit(table)) or "未标", "ba-centre")


def _findings(sheet: Any, report: Report, sheets: dict[str, Any]) -> None:
    titles, widths = zip(*_FINDINGS, strict=True)
    head_row(sheet, 1, titles, widths)
    made_from = words.checks_by_target(report)
    ordered = words.finding_order(report)
    for number, finding in enumerate(ordered, 1):
        row = number + 1
        check = made_from.get((finding.code, finding.ref, len(finding.operands)))
        formula = words.sum_words(check, brief=True) if check else _operands(finding)
        put(sheet, row, 1, number, "ba-centre")
        fill(put(sheet, row, 2, words.SEVERITY[finding.severity], "ba-centre"), FILL[finding.severity])
        put(sheet, row, 3, finding.place.page or words.place_words(finding.place), "ba-centre")
        target = sheets.get(finding.ref.table) if finding.ref else None
        if target is not None and finding.ref is not None:
            cell = put(sheet, row, 4, visible(finding.table) or "（无表名）", "ba-text-link")
            link(cell, target, FIRST_GRID_ROW + finding.ref.row, finding.ref.col + 1)
        else:
            put(sheet, row, 4, visible(finding.table))
        put(sheet, row, 5, visible(finding.row))
        put(sheet, row, 6, visible(finding.column))
        for col, figure in ((7, finding.reported), (8, finding.expected), (9, finding.difference)):
            put_number(sheet, row, col, figure)
        put(sheet, row, 10, visible(finding.unit), "ba-centre")
        put(sheet, row, 11, formula)
        said = [visible(finding.message), f"建议：{visible(finding.suggestion)}" if finding.suggestion else ""]
        put(sheet, row, 12, "\n".join(part for part in said if part))
        put(sheet, row, 13, visible(finding.code), "ba-centre")
        put(sheet, row, 14, None)
        put(sheet, row, 15, None)
    if not ordered:
        put(sheet, 2, 1, words.conclusion(report), "ba-plain")
        return
    last = len(ordered) + 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_FINDINGS))}{last}"
    states = DataValidation(type="list", formula1=f'"{_STATES}"', allow_blank=True)
    states.add(f"N2:N{last}")
    sheet.add_data_validation(states)


def _checks(sheet: Any, report: Report, sheets: dict[str, Any]) -> None:
    titles, widths = zip(*_CHECKS, strict=True)
    head_row(sheet, 1, titles, widths)
    names = {table.id: visible(table.title) or "（无表名）" for table in report.tables}
    for number, check in enumerate(report.checks, 1):
        row, target = number + 1, check.target
        put(sheet, row, 1, number, "ba-centre")
        fill(put(sheet, row, 2, words.VERDICT[check.verdict], "ba-centre"), _VERDICT_FILL[check.verdict])
        put(sheet, row, 3, visible(check.rule), "ba-centre")
        put(sheet, row, 4, words.CHECK_KIND.get(check.kind) or visible(check.kind), "ba-centre")
        put(sheet, row, 5, target.place.page or words.place_words(target.place), "ba-centre")
        if target.ref is not None and target.ref.table in sheets:
            cell = put(sheet, row, 6, names[target.ref.table], "ba-text-link")
            link(cell, sheets[target.ref.table], FIRST_GRID_ROW + target.ref.row, target.ref.col + 1)
        else:
            put(sheet, row, 6, "正文")
        put(sheet, row, 7, visible(check.formula))
        put(sheet, row, 8, words.sum_words(check))
        _check_figures(sheet, row, check)
        put(sheet, row, 13, words.unit_name(target.amount.unit) if words.in_money(check) else "", "ba-centre")
        put(sheet, row, 14, visible(check.reason))
    if report.checks:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(_CHECKS))}{len(report.checks) + 1}"
    else:
        put(sheet, 2, 1, words.conclusion(report), "ba-plain")


def _check_figures(sheet: Any, row: int, check: Check) -> None:
    """Reported, expected, difference and slack in the target's unit; an undecided check shows only what is printed."""
    put_number(sheet, row, 9, words.printed(check.target.amount))
    decided = check.verdict is not Verdict.UNKNOWN
    slack = words.money(check.slack, check.target.amount) if check.slack and words.in_money(check) else ""
    shown = (words.expected_text(check), words.difference_text(check), slack) if decided else ("", "", "")
    for offset, figure in enumerate(shown):
        put_number(sheet, row, 10 + offset, figure)


def _note(finding: Finding) -> str:
    figures = [
        f"{name} {visible(value, 60)}"
        for name, value in (("报告数", finding.reported), ("应为", finding.expected), ("差额", finding.difference))
        if value
    ]
    head = f"【{words.SEVERITY[finding.severity]}】{visible(finding.message, 300)}"
    return "\n".join((head, "，".join(figures) + visible(finding.unit, 10))) if figures else head


def _operands(finding: Finding) -> str:
    parts = [f"{visible(o.label, 60)} {words.printed(o.amount)}" for o in finding.operands[:200]]
    return "；".join(p for p in (visible(finding.formula), "、".join(parts)) if p)
