"""The working paper: every check on one line, with formulas over the cells that hold its figures.

Lines stand in the order of the tables, those of the text after them; words that were checked come last, outside the
printed pages. Correcting a figure in its sheet changes the verdicts of all its lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from budgetaudit.amount import money
from budgetaudit.lang import N_, _
from budgetaudit.model import Check, Report, Severity, Verdict
from budgetaudit.report import words
from budgetaudit.report.sheets import FILL, Sheet, column_letter, reference
from budgetaudit.report.words import visible
from budgetaudit.report.workbook.figures import FIRST_GRID_ROW, Figures
from budgetaudit.report.workbook.formulas import Live, live

PAPER_SHEET = N_("勾稽底稿")
_COLUMNS = (
    (N_("序号"), 6), (N_("结论"), 8), (N_("规则"), 6), (N_("关系"), 9), (N_("位置"), 8), (N_("表"), 24), (N_("报告数"), 15),
    (N_("应为"), 15), (N_("差额"), 12), (N_("容差"), 10), (N_("单位"), 8), (N_("计算式（按原文）"), 72), (N_("说明"), 36),
)  # fmt: skip
_VERDICT_COLUMN = 2
_FIGURE_COLUMNS = (7, 8, 9, 10)
_ROWS_OF_A_SHEET = 1_000_000
_TEXT_LIMIT = 2_000
VERDICT_FILL = {
    Verdict.HELD: "E2EFDA",
    Verdict.ROUNDING: FILL[Severity.NOTICE],
    Verdict.EXPLAINED: "FFF2CC",
    Verdict.FAILED: FILL[Severity.ERROR],
    Verdict.UNKNOWN: "EDEDED",
}


class Paper:
    """Where each check stands on the sheet."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._order = {table.id: index for index, table in enumerate(report.tables)}
        self._ordered = sorted(enumerate(report.checks), key=lambda pair: self._rank(pair[1]))
        self._rows = {number: row for row, (number, _check) in enumerate(self._ordered, 2)}
        self._numbers = {id(check): number for number, check in enumerate(report.checks)}

    def verdict_cell(self, check: Check) -> str:
        """The cell that holds the verdict of a check, as other sheets name it."""
        return reference(_(PAPER_SHEET), self._rows[self._numbers[id(check)]], _VERDICT_COLUMN)

    def write(self, sheet: Sheet, sheets: Mapping[str, Sheet], figures: Figures) -> None:
        """Fill the sheet."""
        sheet.head(1, [(_(title), width) for title, width in _COLUMNS])
        sheet.freeze(1, 3)
        if not self._ordered:
            sheet.put(2, 1, words.conclusion(self._report), "plain")
            return
        names = {table.id: visible(table.title) or _("（无表名）") for table in self._report.tables}
        arithmetic = 0
        for number, check in self._ordered[:_ROWS_OF_A_SHEET]:
            row = self._rows[number]
            arithmetic += check.kind != "statement"
            sheet.put(row, 1, row - 1, "centre")
            sheet.put(row, 3, visible(check.rule), "centre")
            sheet.put(row, 4, words.CHECK_KIND.get(check.kind) or visible(check.kind), "centre")
            sheet.put(row, 5, words.place_words(check.target.place), "centre")
            self._table(sheet, row, check, sheets, names)
            formulas = live(check, figures)
            if formulas is None:
                self._words(sheet, row, check)
            else:
                _formulas(sheet, row, check, formulas)
            grave = check.verdict in (Verdict.FAILED, Verdict.EXPLAINED)
            money = words.in_money(check)
            sheet.put(row, 11, words.unit_name(check.target.amount.unit) if money else "", "centre")
            sheet.put(row, 12, _figures_words(check), "text" if grave else "line")
            sheet.put(row, 13, _reason(check), "text" if grave else "line")
        last = min(len(self._ordered), _ROWS_OF_A_SHEET) + 1
        sheet.filter(last, len(_COLUMNS))
        colour_verdicts(sheet, 2, last, _VERDICT_COLUMN)
        # Words that were checked are many and have no figures: they stay on the screen.
        sheet.print_area(arithmetic + 1 if arithmetic else last, len(_COLUMNS))

    def _rank(self, check: Check) -> tuple[int, int]:
        ref, after = check.target.ref, len(self._order)
        return (check.kind == "statement", self._order.get(ref.table, after) if ref is not None else after)

    def _table(
        self, sheet: Sheet, row: int, check: Check, sheets: Mapping[str, Sheet], names: Mapping[str, str]
    ) -> None:
        ref = check.target.ref
        if ref is not None and ref.table in sheets:
            at = (FIRST_GRID_ROW + ref.row, ref.col + 1)
            sheet.link(row, 6, names[ref.table], sheets[ref.table], at, "line-link")
        else:
            sheet.put(row, 6, _("正文"), "line")

    def _words(self, sheet: Sheet, row: int, check: Check) -> None:
        """A line without formulas: what was found, as it stands; an undecided check shows only what is printed."""
        sheet.put(row, _VERDICT_COLUMN, words.VERDICT[check.verdict], "centre")
        told = ["", "", "", ""]
        if check.kind != "statement":
            told[0] = words.printed(check.target.amount)
            if check.verdict is not Verdict.UNKNOWN:
                told[1], told[2] = words.expected_text(check), words.difference_text(check)
                told[3] = money(check.slack, check.target.amount) if check.slack and words.in_money(check) else ""
        for col, figure in zip(_FIGURE_COLUMNS, told, strict=True):
            sheet.number(row, col, figure)


def _formulas(sheet: Sheet, row: int, check: Check, made: Live) -> None:
    a, b, d, t = (f"{column_letter(col)}{row}" for col in _FIGURE_COLUMNS)
    texts = (made.printed, made.expected, made.difference, made.slack)
    form = _form(made.places, made.percent)
    slack = _form(4, True) if made.percent else "General"  # half units need a digit more
    forms = (form, form, form, slack)
    for col, text, now, shown in zip(_FIGURE_COLUMNS, texts, made.now, forms, strict=True):
        sheet.formula(row, col, text.format(a=a, b=b, d=d, t=t), now, shown)
    verdict = made.verdict.format(a=a, b=b, d=d, t=t)
    sheet.formula(row, _VERDICT_COLUMN, verdict, words.VERDICT[check.verdict], style="centre")


def _form(places: int, percent: bool) -> str:
    decimals = "0." + "0" * places if places else "0"
    return f"{decimals}%" if percent else f"#,##{decimals}"


def colour_verdicts(sheet: Sheet, first: int, last: int, col: int) -> None:
    """Let the cells of a column take the colour of the verdict that they show."""
    sheet.colours(col, first, last, {words.VERDICT[verdict]: fill for verdict, fill in VERDICT_FILL.items()})


def _figures_words(check: Check) -> str:
    if check.kind == "statement":
        return visible(check.quote or check.formula or check.target.label, _TEXT_LIMIT)
    if check.kind == "derived" and not words.in_money(check):
        return visible(" = ".join(part for part in (check.target.label, check.formula) if part), _TEXT_LIMIT)
    return words.sum_words(check, _TEXT_LIMIT, brief=True)


def _reason(check: Check) -> str:
    return visible(_("；").join(_parts(check)), _TEXT_LIMIT)


def _parts(check: Check) -> Iterator[str]:
    if check.reason:
        yield check.reason
    if check.message and check.verdict not in (Verdict.HELD, Verdict.UNKNOWN):
        yield check.message
