"""The report that a finance clerk reads: the place first, the numbers next to each other, short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from budgetaudit.model import CellRef, Check, Finding, Operand, Report, Severity, Table, Verdict
from budgetaudit.report import words
from budgetaudit.report.fold import fold
from budgetaudit.report.words import visible

STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTICE: "cyan"}
_VERDICT_STYLE = {Verdict.FAILED: "red", Verdict.ROUNDING: "cyan", Verdict.EXPLAINED: "yellow", Verdict.UNKNOWN: "dim"}
_RARE = (Verdict.EXPLAINED, Verdict.UNKNOWN)
_NARROW = 76
_OPERANDS_SHOWN = 8
_NOTICES_SHOWN = 3
_PROBLEMS_SHOWN = 10
_FULL_SHOWN = 15


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
            self._line(f"第{part.first_page}-{last}页：{visible(part.path)}", "dim")
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
        self._title(f"表格 {len(self.report.tables)} 张")
        narrow = self.width < _NARROW
        grid = Grid(box=box.SIMPLE_HEAD if not narrow else None, padding=(0, 1), pad_edge=False, show_edge=False)
        grid.add_column("页" if self.report.document.format == "pdf" else "位置", no_wrap=True)
        grid.add_column("表名", overflow="fold")
        if not narrow:
            grid.add_column("识别为", overflow="fold")
        grid.add_column("单位", no_wrap=True)
        grid.add_column("数字", justify="right", no_wrap=True)
        shown = [v for v in Verdict if v not in _RARE or self.report.count(v)]
        for verdict in shown:
            grid.add_column(words.VERDICT_SHORT[verdict], justify="right", no_wrap=True)
        tally = self._tally()
        for table in self.report.tables:
            title = Text(visible(table.title, 60) or "（无表名）")
            if narrow and not table.form:
                title.append("（未识别）", "yellow")
            row = [Text(self._where(table)), title]
            if not narrow:
                row.append(Text(visible(table.form_name)) if table.form else Text("未识别", "yellow"))
            figures = sum(1 for amount in table.amounts.values() if not amount.blank)
            checked = any(tally[table.id, v] for v in Verdict if v is not Verdict.UNKNOWN)
            unit = visible(words.table_unit(table), 10)
            row.append(Text(unit) if unit else Text("未标", "yellow") if figures else Text("·", "dim"))
            row.append(Text(str(figures), "" if checked else "yellow") if figures else Text("·", "dim"))
            for verdict in shown:
                number = tally[table.id, verdict]
                row.append(Text(str(number) if number else "·", _VERDICT_STYLE.get(verdict, "") if number else "dim"))
            grid.add_row(*row)
        self.console.print(grid)
        self._line("表间勾稽在所涉各表分别计数。", "dim")
        for table in self.report.tables:
            if table.doubt:
                self._line(
                    f"注意 {self._where(table)} {visible(table.title, 60)}：{visible(table.doubt, 200)}", "yellow"
                )

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
        found = [f for f in words.finding_order(self.report) if f.severity is severity]
        if not found:
            return
        self._title(f"{words.SEVERITY[severity]} {len(found)} 处", STYLE[severity])
        if severity is Severity.NOTICE:
            under_root = {f.id for _, rest in words.grouped(self.report) for f in rest}
            self._notices([f for f in found if f.id not in under_root])
            return
        heads = [(head, rest) for head, rest in words.grouped(self.report) if head.severity is severity]
        for number, (head, dependants) in enumerate(heads, 1):
            if number > _FULL_SHOWN and not self.verbose:
                break
            self._finding(number, head)
            if dependants:
                self._line("同一处的其他不符：", indent=4)
            for other in dependants:
                same_cell = other.ref is not None and other.ref == head.ref
                where = f"规则 {visible(other.code)}" if same_cell else words.where_words(other)
                self._line(f"{where}：{_figures(other)}", indent=6, hang=2)
        short = [] if self.verbose else heads[_FULL_SHOWN:]
        if short:
            self._gap()
            self._line(f"其余 {len(short)} 处（算式用 -v 列出）：")
        for number, (head, _) in enumerate(short, _FULL_SHOWN + 1):
            place = f"{number}. {words.where_words(head)} [{visible(head.code)}]"
            self._line(f"{place}：{_figures(head)}", hang=len(str(number)) + 2)

    def _finding(self, number: int, finding: Finding) -> None:
        self._gap()
        sure = f"，把握 {finding.confidence:.0%}" if finding.confidence < 0.9 else ""
        head = f"{number}. {words.where_words(finding)} [{visible(finding.code)}{sure}]"
        self._line(head, "bold", hang=len(str(number)) + 2)
        if not _only_figures(finding):
            self._line(visible(finding.message, 400), indent=4)
        if finding.reported or finding.expected:
            self._numbers(finding)
        self._formula(finding)
        if finding.quote and finding.quote not in (finding.row, finding.message):
            self._line(f"原文：{visible(finding.quote, 120)}", "dim", indent=4, hang=6)
        if finding.suggestion:
            self._line(f"建议：{visible(finding.suggestion, 300)}", "green", indent=4, hang=6)

    def _numbers(self, finding: Finding) -> None:
        parts = [
            f"{name} {visible(value, 60)}"
            for name, value in (
                ("报告数", finding.reported or "（空白）"),
                ("应为", finding.expected),
                ("差额", finding.difference),
            )
            if value
        ]
        unit = f"（{visible(finding.unit, 10)}）" if finding.unit else ""
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
            self._line(f"关系：{formula}", indent=4, hang=6)
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
            unit = words.unit_name(operand.amount.unit)
            figure = words.printed(operand.amount) + (unit if finding.unit and unit != finding.unit else "")
            grid.add_row(Text(f"      {sign}"), Text(visible(operand.label, 60)), Text(figure), Text(place))
        if shown:
            self.console.print(grid)
        rest = filled[len(shown) :]
        if rest:
            self._line(_rest(rest, joined), "dim", indent=8)
        if blank := len(operands) - len(filled):
            self._line(f"另有 {blank} 项空白或为 0。", "dim", indent=8)

    def _notices(self, found: list[Finding]) -> None:
        groups: dict[str, list[Finding]] = {}
        for finding in found:
            groups.setdefault(finding.category, []).append(finding)
        for category, members in groups.items():
            name = words.CATEGORY.get(category) or visible(category)
            self._line(f"{name} {len(members)} 处", "bold", indent=2)
            shown = members if self.verbose else members[:_NOTICES_SHOWN]
            for finding in shown:
                self._line(f"{words.where_words(finding)}：{_figures(finding)}", indent=4, hang=2)
            self._more(len(members) - len(shown), "处", indent=4)

    def _checks(self) -> None:
        self._title("全部勾稽")
        for check in self.report.checks:
            line = Text("  ").append(words.VERDICT[check.verdict], _VERDICT_STYLE.get(check.verdict, "green"))
            self.console.print(line, end=" ")
            self._line(_check_words(check, self.tables), hang=4, start=cell_len(line.plain) + 1)

    def _end(self) -> None:
        problems = words.all_problems(self.report)
        if problems:
            self._title("读取中的问题")
            shown = problems if self.verbose else problems[:_PROBLEMS_SHOWN]
            for problem in shown:
                where = f"第{problem.page}页 " if problem.page else ""
                self._line(f"· {where}{visible(problem.what, 200)}", hang=2)
            self._more(len(problems) - len(shown), "条")
        skipped = list(dict.fromkeys((visible(n.code), visible(n.reason, 200)) for n in self.report.not_checked))
        if skipped:
            self._title("没有检查的内容及原因")
            reasons = skipped if self.verbose else skipped[:_PROBLEMS_SHOWN]
            for code, reason in reasons:
                self._line(f"· {code} {reason}", hang=2)
            self._more(len(skipped) - len(reasons), "条")
        self._gap()
        self._line(words.check_totals(self.report), "bold")

    # ------------------------------------------------------------------------------------------------------- output

    def _title(self, text: str, style: str = "bold") -> None:
        self._gap()
        self._line(text, style)
        self._line("─" * min(self.width, 60), "dim")

    def _more(self, number: int, counter: str, indent: int = 2) -> None:
        if number > 0:
            self._line(f"另有 {number} {counter}，用 -v 全部列出。", "dim", indent=indent)

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


def _figures(finding: Finding) -> str:
    """Reported, expected and difference in a short run; the message where there are no figures."""
    if not finding.reported and not finding.expected:
        return visible(finding.message, 200)
    unit = visible(finding.unit, 10)
    figures = f"报告数 {visible(finding.reported, 60) or '（空白）'}，应为 {visible(finding.expected, 60)}"
    return f"{figures}，差 {visible(finding.difference, 60)}{unit}" if finding.difference else figures + unit


def _only_figures(finding: Finding) -> bool:
    """True for a message that says no more than the line of figures below it."""
    figures = (finding.reported, finding.expected, finding.difference)
    return len(finding.message) < 80 and all(figure and figure in finding.message for figure in figures)


def _table(ref: CellRef | None) -> str:
    return ref.table if ref is not None else ""


def _rest(operands: Iterable[Operand], joined: bool) -> str:
    rest = tuple(operands)
    if not joined:
        return f"另有 {len(rest)} 处，用 -v 全部列出。"
    total = sum((o.amount.value * o.sign for o in rest), start=rest[0].amount.value * 0)
    return f"另有 {len(rest)} 项，合计 {words.money(total, rest[0].amount)}，用 -v 全部列出。"


def _check_words(check: Check, tables: dict[str, Table]) -> str:
    target = check.target
    title = visible(tables[target.ref.table].title, 40) if target.ref and target.ref.table in tables else "正文"
    where = f"{words.place_words(target.place)} {title}".strip()
    said = f"{check.rule} {where}：{visible(check.formula, 160) or visible(target.label, 80)}"
    if check.verdict is Verdict.UNKNOWN:
        return f"{said}（{visible(check.reason, 120)}）"
    said += f"，报告数 {words.printed(target.amount)}"
    if check.difference:
        said += f"，应为 {words.expected_text(check)}，差 {words.difference_text(check)}"
    if check.verdict is Verdict.EXPLAINED:
        said += f"（{visible(check.reason, 120)}）"
    return said
