"""The report that a finance clerk reads: the place first, the numbers next to each other, short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from budgetaudit.amount import money
from budgetaudit.lang import Nn_, _, n_
from budgetaudit.model import CellRef, Check, Finding, Operand, Place, Report, Severity, Table, Verdict
from budgetaudit.report import words
from budgetaudit.report.fold import fold
from budgetaudit.report.left_out import hidden, not_checked
from budgetaudit.report.words import visible

STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTICE: "cyan"}
_VERDICT_STYLE = {Verdict.FAILED: "red", Verdict.ROUNDING: "cyan", Verdict.EXPLAINED: "yellow", Verdict.UNKNOWN: "dim"}
_RARE = (Verdict.EXPLAINED, Verdict.UNKNOWN)
_NARROW, _TIGHT = 76, 60
"""Cells of a terminal from which on the list of tables has all its columns, and most of them."""
_OPERANDS_SHOWN = 8
_NOTICES_SHOWN = 3
_PROBLEMS_SHOWN = 10
_FULL_SHOWN = 15
_MORE = Nn_("另有 {n} 处，用 -v 全部列出。")


def print_report(report: Report, console: Console, verbose: bool = False) -> None:
    """Print one report. ``verbose`` shows every check, every notice and every operand."""
    _Printer(report, console, verbose).run()


class _Printer:
    """One run over one report; holds what every block needs."""

    def __init__(self, report: Report, console: Console, verbose: bool) -> None:
        self.report = report
        self.console = console
        self.verbose = verbose
        self.width = max(20, console.width)
        self.tables = {table.id: table for table in report.tables}
        self.made_from = words.checks_by_target(report)

    def run(self) -> None:
        self._head()
        self._tables()
        for severity in Severity:
            self._findings(severity)
        if self.verbose:
            self._checks()
        self._end()

    # ------------------------------------------------------------------------------------------------------- blocks

    def _head(self) -> None:
        profile = self.report.profile
        self._line(visible(profile.title, 120) or visible(self.report.document.path), "bold")
        self._line(words.head_words(profile, self.report), "dim")
        parts = self.report.document.parts
        for part in parts:
            last = part.first_page + part.pages - 1
            pages = _("第{first}-{last}页：{path}").format(first=part.first_page, last=last, path=visible(part.path))
            self._line(pages, "dim")
        if not parts:
            self._line(visible(self.report.document.path), "dim")
        self._gap()
        serious = any(f.severity is not Severity.NOTICE for f in self.report.findings)
        compared = any(check.verdict is not Verdict.UNKNOWN for check in self.report.checks)
        self._line(
            words.conclusion(self.report), "bold red" if serious else "bold green" if compared else "bold yellow"
        )
        for sentence in words.coverage_words(self.report):
            self._line(sentence)

    def _tables(self) -> None:
        if not self.report.tables:
            return
        self._title(n_("表格 {n} 张", len(self.report.tables)))
        narrow = self.width < _NARROW
        grid = Grid(box=box.SIMPLE_HEAD if not narrow else None, padding=(0, 1), pad_edge=False, show_edge=False)
        grid.add_column(_("页") if self.report.document.format == "pdf" else _("位置"), no_wrap=True)
        grid.add_column(_("表名"), overflow="fold")
        if not narrow:
            grid.add_column(_("识别为"), overflow="fold")
        grid.add_column(_("单位"), no_wrap=True)
        grid.add_column(_("数字"), justify="right", no_wrap=True)
        wanted = (Verdict.FAILED, Verdict.UNKNOWN) if self.width < _TIGHT else Verdict
        shown = [v for v in wanted if v not in _RARE or self.report.count(v)]
        for verdict in shown:
            grid.add_column(words.VERDICT_SHORT[verdict], justify="right", no_wrap=True)
        tally = self._tally()
        for table in self.report.tables:
            title = Text(visible(table.title, 60) or _("（无表名）"))
            if narrow and not table.form:
                title.append(_("（未识别）"), "yellow")
            row = [Text(self._where(table)), title]
            if not narrow:
                row.append(Text(visible(_(table.form_name))) if table.form else Text(_("未识别"), "yellow"))
            figures = sum(1 for amount in table.amounts.values() if not amount.blank)
            checked = any(tally[table.id, v] for v in Verdict if v is not Verdict.UNKNOWN)
            unit = visible(words.table_unit(table), 10)
            row.append(Text(unit) if unit else Text(_("未标"), "yellow") if figures else Text("·", "dim"))
            row.append(Text(str(figures), "" if checked else "yellow") if figures else Text("·", "dim"))
            for verdict in shown:
                number = tally[table.id, verdict]
                row.append(Text(str(number) if number else "·", _VERDICT_STYLE.get(verdict, "") if number else "dim"))
            grid.add_row(*row)
        self.console.print(grid)
        self._line(_("表间勾稽在所涉各表分别计数。"), "dim")
        for table in self.report.tables:
            if table.doubt:
                note = _("注意 {where} {title}：{doubt}").format(
                    where=self._where(table), title=visible(table.title, 60), doubt=visible(table.doubt, 200)
                )
                self._line(note, "yellow")

    def _where(self, table: Table) -> str:
        if self.report.document.format == "pdf":
            return words.pages_words(table.pages)
        return words.place_words(table.place)

    def _tally(self) -> Counter[tuple[str, Verdict]]:
        tally: Counter[tuple[str, Verdict]] = Counter()
        for check in self.report.checks:
            for table in {ref.table for ref in check.refs}:
                tally[table, check.verdict] += 1
        return tally

    def _findings(self, severity: Severity) -> None:
        heads = [(head, rest) for head, rest in words.grouped(self.report) if head.severity is severity]
        if not heads:
            return
        self._title(n_(words.SEVERITY_COUNT[severity], len(heads)), STYLE[severity])
        if severity is Severity.NOTICE:
            self._notices([head for head, _dependants in heads])
            return
        for number, (head, dependants) in enumerate(heads, 1):
            if number > _FULL_SHOWN and not self.verbose:
                break
            self._finding(number, head)
            if dependants:
                self._line(words.dependants_words(head, dependants), indent=4)
            for other in dependants:
                same_cell = other.ref is not None and other.ref == head.ref
                where = _("规则 {code}").format(code=visible(other.code)) if same_cell else words.where_words(other)
                said = _computed(other) if other.root else _figures(other)
                said = visible(other.quote, 60) if words.repeated(head, other) else said
                self._line(_said(where, said), indent=6, hang=2)
        short = [] if self.verbose else heads[_FULL_SHOWN:]
        if short:
            self._gap()
            self._line(n_("其余 {n} 处（算式用 -v 列出）：", len(short)))
        for number, (head, _dependants) in enumerate(short, _FULL_SHOWN + 1):
            place = f"{number}. {words.where_words(head)} [{visible(head.code)}]"
            self._line(_said(place, _figures(head)), hang=len(str(number)) + 2)

    def _finding(self, number: int, finding: Finding) -> None:
        self._gap()
        code = visible(finding.code)
        if finding.confidence < 0.9:
            code = _("{code}，把握 {sure:.0%}").format(code=code, sure=finding.confidence)
        head = f"{number}. {words.where_words(finding)} [{code}]"
        self._line(head, "bold", hang=len(str(number)) + 2)
        if not words.only_figures(finding):
            self._line(visible(finding.message, 400), indent=4)
        if finding.reported or finding.expected:
            self._numbers(finding)
        self._formula(finding)
        if finding.quote and finding.quote not in (finding.row, finding.message):
            self._line(_("原文：{quote}").format(quote=visible(finding.quote, 120)), "dim", indent=4, hang=6)
        if finding.suggestion:
            advice = _("建议：{suggestion}").format(suggestion=visible(finding.suggestion, 300))
            self._line(advice, "green", indent=4, hang=6)

    def _numbers(self, finding: Finding) -> None:
        parts = [
            f"{name} {visible(value, 60)}"
            for name, value in (
                (_("报告数"), finding.reported or _("（空白）")),
                (_("应为"), finding.expected),
                (_("差额"), finding.difference),
            )
            if value
        ]
        unit = _("（{unit}）").format(unit=visible(_(finding.unit), 20)) if finding.unit else ""
        line = " | ".join(parts) + unit
        if cell_len(line) <= self.width - 4:
            self._line(line, "bold", indent=4)
        else:
            for part in parts:
                self._line(part + unit, "bold", indent=4)

    def _formula(self, finding: Finding) -> None:
        """The relation with its numbers: what should be equal, then each operand; blanks and zeros are only counted."""
        operands = finding.operands
        check = self.made_from.get((finding.code, finding.ref, len(operands)))
        joined = check is None or check.kind != "same"
        left, equals, right = finding.formula.partition(" = ")
        told = bool(equals) and all(operand.label in right for operand in operands[:_OPERANDS_SHOWN])
        if finding.formula:
            formula = f"{visible(left, 120)} =" if told and operands else visible(finding.formula, 200)
            self._line(_("关系：{formula}").format(formula=formula), indent=4, hang=6)
        filled = [operand for operand in operands if operand.amount.value] or list(operands)
        capped = not self.verbose and len(filled) > _OPERANDS_SHOWN
        shown = filled[: _OPERANDS_SHOWN - 1] if capped else filled
        grid = Grid.grid(padding=(0, 1), pad_edge=False)
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_column(justify="right", overflow="fold")
        grid.add_column(no_wrap=True, style="dim")
        for index, operand in enumerate(shown):
            sign = "−" if operand.sign < 0 else "+" if index and joined else " "
            elsewhere = operand.place.page != finding.place.page or _table(operand.ref) != _table(finding.ref)
            place = words.place_words(operand.place) if elsewhere else ""
            figure, unit = words.printed(operand.amount), words.unit_name(operand.amount.unit)
            if finding.unit and unit != _(finding.unit):
                figure = words.in_words(figure, unit)
            grid.add_row(Text(f"      {sign}"), Text(visible(operand.label, 60)), Text(figure), Text(place))
        if shown:
            self.console.print(grid)
        rest = filled[len(shown) :]
        if rest:
            self._line(_rest(rest, joined), "dim", indent=8)
        if blank := len(operands) - len(filled):
            self._line(n_("另有 {n} 项空白或为 0。", blank), "dim", indent=8)

    def _notices(self, found: list[Finding]) -> None:
        groups: dict[str, list[Finding]] = {}
        for finding in found:
            groups.setdefault(finding.category, []).append(finding)
        for category, members in groups.items():
            name = words.CATEGORY.get(category) or visible(category)
            self._line(_("{name} {number} 处").format(name=name, number=len(members)), "bold", indent=2)
            shown = members if self.verbose else members[:_NOTICES_SHOWN]
            for finding in shown:
                self._line(_said(words.where_words(finding), _figures(finding)), indent=4, hang=2)
            self._more(len(members) - len(shown), indent=4)

    def _checks(self) -> None:
        self._title(_("全部勾稽"))
        for check in self.report.checks:
            line = Text("  ").append(words.VERDICT[check.verdict], _VERDICT_STYLE.get(check.verdict, "green"))
            self.console.print(line, end=" ")
            self._line(_check_words(check, self.tables), hang=4, start=cell_len(line.plain) + 1)

    def _end(self) -> None:
        problems = words.all_problems(self.report)
        if problems:
            self._title(_("读取中的问题"))
            shown = problems if self.verbose else problems[:_PROBLEMS_SHOWN]
            for problem in shown:
                place = words.place_words(Place(problem.page))
                self._line(" ".join(w for w in ("·", place, visible(problem.what, 200)) if w), hang=2)
            self._more(len(problems) - len(shown))
        skipped = not_checked(self.report)
        if skipped:
            self._title(_("没有检查的内容及原因"))
            reasons = skipped if self.verbose else skipped[:_PROBLEMS_SHOWN]
            for code, reason in reasons:
                self._line(f"· {code} {reason}", hang=2)
            self._more(len(skipped) - len(reasons))
        self._gap()
        for line in hidden(self.report):
            self._line(line, "dim")
        self._line(words.check_totals(self.report), "bold")

    # ------------------------------------------------------------------------------------------------------- output

    def _title(self, text: str, style: str = "bold") -> None:
        self._gap()
        self._line(text, style)
        self._line("─" * min(self.width, 60), "dim")

    def _more(self, number: int, indent: int = 2) -> None:
        if number > 0:
            self._line(n_(_MORE, number), "dim", indent=indent)

    def _gap(self) -> None:
        self.console.print()

    def _line(self, text: str, style: str = "", indent: int = 0, hang: int = 0, start: int = 0) -> None:
        """One paragraph. ``hang`` indents its further lines, ``start`` cells of its first line are already printed."""
        first = True
        room = max(12, self.width - indent - hang)
        for part in fold(text, room - max(0, start - hang)):
            blanks = 0 if first and start else indent if first else indent + hang
            self.console.print(Text(" " * blanks + part, style), soft_wrap=True)
            first = False


def _computed(finding: Finding) -> str:
    """The two figures that differ because another one is wrong: neither need be."""
    if not finding.reported or not finding.expected or not finding.difference:
        return _figures(finding)
    unit = visible(_(finding.unit), 20)
    return _("印出 {reported}，按现有数字算得 {expected}，差 {difference}").format(
        reported=visible(finding.reported, 60),
        expected=visible(finding.expected, 60),
        difference=words.in_words(visible(finding.difference, 60), unit),
    )


def _figures(finding: Finding) -> str:
    """Reported, expected and difference in a short run; the message, with the words in question, where nothing is expected."""
    if not finding.expected:
        message = visible(finding.message, 200)
        printed = visible(finding.reported, 60)
        return _("{message}：“{words}”").format(message=message, words=printed) if printed else message
    figures = _("报告数 {reported}，应为 {expected}").format(
        reported=visible(finding.reported, 60) or _("（空白）"), expected=visible(finding.expected, 60)
    )
    unit = visible(_(finding.unit), 20)
    if not finding.difference:
        return words.in_words(figures, unit)
    difference = words.in_words(visible(finding.difference, 60), unit)
    return _("{figures}，差 {difference}").format(figures=figures, difference=difference)


def _said(where: str, what: str) -> str:
    return _("{where}：{what}").format(where=where, what=what)


def _table(ref: CellRef | None) -> str:
    return ref.table if ref is not None else ""


def _rest(operands: Iterable[Operand], joined: bool) -> str:
    rest = tuple(operands)
    if not joined:
        return n_(_MORE, len(rest))
    total = sum((o.amount.value * o.sign for o in rest), start=rest[0].amount.value * 0)
    more = n_("另有 {n} 项", len(rest))
    return _("{more}，合计 {total}，用 -v 全部列出。").format(more=more, total=money(total, rest[0].amount))


def _check_words(check: Check, tables: dict[str, Table]) -> str:
    target = check.target
    title = visible(tables[target.ref.table].title, 40) if target.ref and target.ref.table in tables else _("正文")
    where = f"{check.rule} {words.place_words(target.place)} {title}"
    said = _said(where, visible(check.formula, 160) or visible(target.label, 80))
    reason = _("（{reason}）").format(reason=visible(check.reason, 120))
    if check.verdict is Verdict.UNKNOWN:
        return said + reason
    said = _("{said}，报告数 {reported}").format(said=said, reported=words.printed(target.amount))
    if check.difference:
        said = _("{said}，应为 {expected}，差 {difference}").format(
            said=said, expected=words.expected_text(check), difference=words.difference_text(check)
        )
    return said + reason if check.verdict is Verdict.EXPLAINED else said
