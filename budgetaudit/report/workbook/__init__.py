"""The workbook that is filed: summary, findings with room for the reviewer, the reviewer's form, the working paper with
live formulas, the figures of the text, and every table as printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from budgetaudit.lang import _
from budgetaudit.model import Document, Profile, Report, Table
from budgetaudit.report.sheets import Book
from budgetaudit.report.words import visible
from budgetaudit.report.workbook.figures import TEXT_SHEET, Figures
from budgetaudit.report.workbook.found import FOUND_SHEET, write_findings
from budgetaudit.report.workbook.overview import OVERVIEW_SHEET, table_line, write_overview
from budgetaudit.report.workbook.paper import PAPER_SHEET, Paper
from budgetaudit.report.workbook.printed import notes_of, sheet_title, write_table
from budgetaudit.report.workbook.review import REVIEW_SHEET, write_review

__all__ = ["write_report", "write_tables"]


def write_report(report: Report, path: Path | str) -> None:
    """Write the workbook of one report. Raises OSError where the file cannot be written."""
    book = Book()
    names = (OVERVIEW_SHEET, FOUND_SHEET, REVIEW_SHEET, PAPER_SHEET, TEXT_SHEET)
    overview, found, review, working, text = (book.sheet(_(name)) for name in names)
    tables = {table.id: table for table in report.tables}
    sheets = {table.id: book.sheet(sheet_title(number, table)) for number, table in enumerate(report.tables, 1)}
    figures = Figures({key: sheet.title for key, sheet in sheets.items()}, tables, report.checks)
    paper = Paper(report)
    write_overview(overview, report, sheets)
    write_findings(found, report, sheets, paper, (figures, text))
    write_review(review, report, sheets)
    paper.write(working, sheets, figures)
    figures.write(text)
    notes = notes_of(report.findings, tables)
    for table in report.tables:
        write_table(sheets[table.id], table, notes, (found, _("返回问题清单")))
    book.save(path)


def write_tables(document: Document, profile: Profile, tables: Sequence[Table], path: Path | str) -> None:
    """Write tables alone: a list of them and one sheet each. Raises OSError where the file cannot be written."""
    book = Book()
    index = book.sheet(_("目录"))
    index.put(1, 1, visible(profile.title) or visible(document.path), "title")
    index.head(3, [(_("序号"), 6), (_("页"), 10), (_("表名"), 50), (_("识别为"), 30), (_("单位"), 8)])
    for number, table in enumerate(tables, 1):
        sheet = book.sheet(sheet_title(number, table))
        write_table(sheet, table, {}, (index, _("返回目录")))
        table_line(index, 3 + number, number, table, sheet)
    book.save(path)
