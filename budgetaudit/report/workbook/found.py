"""The list of findings: one row a root, with room for the reviewer and what the working paper says after a correction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from budgetaudit.findings import MAX_OPERANDS
from budgetaudit.lang import N_, _
from budgetaudit.model import CellRef, Check, Finding, Report, Verdict
from budgetaudit.report import words
from budgetaudit.report.baseline import CONFIRMED, OPEN, STATES
from budgetaudit.report.fingerprint import SCHEME, fingerprint
from budgetaudit.report.sheets import FILL, Sheet, column_letter, printed_number
from budgetaudit.report.words import visible
from budgetaudit.report.workbook.figures import FIRST_GRID_ROW, Figures
from budgetaudit.report.workbook.paper import Paper, colour_verdicts
from budgetaudit.rules import find

FOUND_SHEET = N_("问题清单")
_COLUMNS = (
    (N_("序号"), 5), (N_("严重程度"), 8), (N_("页"), 8), (N_("位置"), 24), (N_("报告数"), 13), (N_("应为"), 13), (N_("差额"), 11),
    (N_("单位"), 8), (N_("计算式"), 38), (N_("说明与建议"), 42), (N_("规则"), 6), (N_("依据"), 18),
    (N_("复算"), 8), (N_("状态"), 9), (N_("备注"), 18), (SCHEME, 20),
)  # fmt: skip
_CHECKED_COLUMN, _STATE_COLUMN, _MARK_COLUMN = 13, 14, 16
_SHOWN_DEPENDANTS = 8
_FORMULA_LIMIT = 600
_MOST_CHECKS = 60
"""Lines of the working paper that one cell looks at."""


def write_findings(
    sheet: Sheet,
    report: Report,
    sheets: Mapping[str, Sheet],
    paper: Paper,
    text: tuple[Figures, Sheet],
) -> None:
    """Fill the sheet: findings with their dependants, then those that were accepted earlier, grey."""
    sheet.head(1, [(_(title), width) for title, width in _COLUMNS])
    sheet.hide(_MARK_COLUMN)
    sources = _Sources(report, sheets, text)
    row = 1
    for number, (head, rest) in enumerate(words.grouped(report), 1):
        row += 1
        sheet.put(row, 1, number, "centre")
        _finding(sheet, row, head, rest, sources)
        _checked(sheet, row, sources.checks(head, rest), paper)
        sheet.put(row, _STATE_COLUMN, _(OPEN), "centre")
    for hidden in report.hidden:
        if hidden.accepted:
            row += 1
            sheet.put(row, 1, "—", "centre")
            _finding(sheet, row, hidden.finding, (), sources)
            state, _mark, note = hidden.reason.partition("：")
            known = state in [_(one) for one in STATES]
            sheet.put(row, _STATE_COLUMN, state if known else _(CONFIRMED), "centre")
            sheet.put(row, _STATE_COLUMN + 1, visible(note if known else hidden.reason))
    if row == 1:
        sheet.put(2, 1, words.conclusion(report), "plain")
        return
    last = _STATE_COLUMN + 1
    sheet.filter(row, last)
    sheet.print_area(row, last)
    sheet.choices(_STATE_COLUMN, 2, row, [_(state) for state in STATES])
    colour_verdicts(sheet, 2, row, _CHECKED_COLUMN)
    state = f"${column_letter(_STATE_COLUMN)}2"
    sheet.shade(2, row, last, f'AND({state}<>"",{state}<>"{_(OPEN)}")')


def _finding(sheet: Sheet, row: int, head: Finding, rest: Sequence[Finding], sources: _Sources) -> None:
    sheet.put(row, 2, words.SEVERITY[head.severity], "centre", FILL[head.severity])
    page, cell = words.place_words(head.place), sources.cell(head)
    if cell is not None:
        sheet.link(row, 3, page or _("见表"), cell[0], cell[1:], "line-link")
    else:
        sheet.put(row, 3, page, "line")
    sheet.put(row, 4, _where(head))
    for col, figure in ((5, head.reported), (6, head.expected), (7, head.difference)):
        _figure(sheet, row, col, figure)
    sheet.put(row, 8, visible(_(head.unit)) if head.unit else "", "centre")
    sheet.put(row, 9, sources.formula(head))
    sheet.put(row, 10, _said(head, rest))
    sheet.put(row, 11, visible(head.code), "centre")
    sheet.put(row, 12, _basis(head.code))
    sheet.put(row, _CHECKED_COLUMN, None, "centre")
    sheet.put(row, _STATE_COLUMN + 1, None)
    sheet.put(row, _MARK_COLUMN, " ".join(fingerprint(finding) for finding in (head, *rest)), "line")


def _where(finding: Finding) -> str:
    """The table, the row and the column on lines of their own; the beginning of the sentence for a place in the text."""
    lines = [
        visible(finding.table, 60),
        _("行「{name}」").format(name=visible(finding.row, 40)) if finding.row else "",
        _("列「{name}」").format(name=visible(finding.column, 40)) if finding.column else "",
    ]
    return "\n".join(line for line in lines if line) or visible(finding.quote, 60)


def _figure(sheet: Sheet, row: int, col: int, text: str) -> None:
    """A number as one; words (what a phrase should say) in full."""
    if printed_number(text)[0] is None:
        sheet.put(row, col, visible(text, 200))
    else:
        sheet.number(row, col, text)


def _said(head: Finding, rest: Sequence[Finding]) -> str:
    lines = [visible(head.message, 1_000)]
    if head.suggestion:
        lines.append(_("建议：{suggestion}").format(suggestion=visible(head.suggestion, 1_000)))
    if head.confidence < 0.9:
        lines.append(_("把握 {sure:.0%}").format(sure=head.confidence))
    if rest:
        lines.append(_("同一原因还使这些地方不符："))
        lines += [f"· {_dependant(finding)}" for finding in rest[:_SHOWN_DEPENDANTS]]
    if len(rest) > _SHOWN_DEPENDANTS:
        lines.append(_("· 另有 {n} 处，见勾稽底稿").format(n=len(rest) - _SHOWN_DEPENDANTS))
    return "\n".join(lines)


def _dependant(finding: Finding) -> str:
    where = f"{words.where_words(finding)} [{visible(finding.code)}]"
    if not finding.expected:
        return where
    return _("{where} 印 {reported}，应为 {expected}").format(
        where=where, reported=visible(finding.reported, 40), expected=visible(finding.expected, 60)
    )


def _basis(code: str) -> str:
    try:
        return visible(find(code).basis, 300)
    except KeyError:
        return ""


def _checked(sheet: Sheet, row: int, checks: Sequence[Check], paper: Paper) -> None:
    """What the working paper says of all checks of a root now, and after a correction."""
    if not checks:
        return
    cells = [paper.verdict_cell(check) for check in checks[:_MOST_CHECKS]]
    verdicts = {check.verdict for check in checks}
    text = f'"{words.VERDICT[Verdict.HELD]}"'
    now = Verdict.HELD
    for verdict in (Verdict.ROUNDING, Verdict.FAILED):
        said = f'"{words.VERDICT[verdict]}"'
        text = f"IF(OR({','.join(f'{cell}={said}' for cell in cells)}),{said},{text})"
        now = verdict if verdict in verdicts else now
    sheet.formula(row, _CHECKED_COLUMN, text, words.VERDICT[now], style="centre")


class _Sources:
    """The checks that findings were made from, and the cells that they speak of."""

    def __init__(self, report: Report, sheets: Mapping[str, Sheet], text: tuple[Figures, Sheet]) -> None:
        self._sheets = sheets
        self._figures, self._text = text
        self._by_key: dict[object, Check] = {}
        self._at_cell: dict[CellRef, list[Check]] = {}
        for check in report.checks:
            if check.verdict in (Verdict.FAILED, Verdict.ROUNDING):
                key = (check.rule, check.target.place, check.target.ref, check.operands[:MAX_OPERANDS])
                self._by_key.setdefault(key, check)
                for ref in dict.fromkeys(check.refs):
                    self._at_cell.setdefault(ref, []).append(check)

    def _own(self, finding: Finding) -> Check | None:
        return self._by_key.get((finding.code, finding.place, finding.ref, finding.operands))

    def cell(self, finding: Finding) -> tuple[Sheet, int, int] | None:
        """The cell in question: of a table, or the figure of the text."""
        ref = finding.ref
        if ref is not None and ref.table in self._sheets:
            return self._sheets[ref.table], FIRST_GRID_ROW + ref.row, ref.col + 1
        check = self._own(finding)
        spot = self._figures.spot(check.target) if check is not None and check.target.ref is None else None
        return (self._text, spot.row, spot.col) if spot is not None else None

    def checks(self, head: Finding, rest: Iterable[Finding]) -> list[Check]:
        """Checks with arithmetic of a root: those that its findings stand for, and those that fail at its cell."""
        found = [check for finding in (head, *rest) if (check := self._own(finding)) is not None]
        if head.ref is not None:
            own = Verdict.ROUNDING if head.category == "rounding" else Verdict.FAILED
            found += [check for check in self._at_cell.get(head.ref, ()) if check.verdict is own]
        return [check for check in {id(check): check for check in found}.values() if check.kind != "statement"]

    def formula(self, finding: Finding) -> str:
        """The relation with its figures as printed."""
        check = self._own(finding)
        if check is not None and check.kind not in ("statement", "derived"):
            return words.sum_words(check, brief=True, limit=_FORMULA_LIMIT)
        parts = [f"{visible(o.label, 60)} {words.printed(o.amount)}" for o in finding.operands]
        return _("；").join(part for part in (visible(finding.formula, _FORMULA_LIMIT), _("、").join(parts)) if part)
