"""Roots as people read them: one finding for a cause, at the figure to correct, with what it should be and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from budgetaudit.amount import money
from budgetaudit.diagnosis.roots import Root, Solution
from budgetaudit.diagnosis.slips import SLIPS, WEIGHTS
from budgetaudit.diagnosis.system import Figure, System, figure_of
from budgetaudit.findings import MAX_OPERANDS, UNIT_NAMES, Raised, row_and_column, row_quote
from budgetaudit.lang import _
from budgetaudit.model import CellRef, Change, Check, Finding, Operand, Place, Repair, Table

MOST_SHOWN = 3
"""Alternatives that a finding names; where more are equally likely, none is."""


class Heads:
    """Makes the head finding of a root out of what its checks raised."""

    def __init__(self, system: System, checks: Sequence[Check], tables: Sequence[Table]) -> None:
        self.system = system
        self.checks = checks
        self.tables = {table.id: table for table in tables}

    def head(self, root: Root, members: Sequence[Raised]) -> tuple[Finding, Raised | None]:
        """The head of a root, and the member that became it; None where the figure to correct had no finding of its own.

        ``members`` are the findings of the root, the gravest first.
        """
        likely = root.likely
        if len(likely) > MOST_SHOWN:
            lead = members[0]
            return replace(lead.finding, suggestion=_also(lead, self._undecided(lead))), lead
        best = likely[0]
        repairs = tuple(self._repair(solution) for solution in likely)
        figure = self._culprit(best, members)
        if len(likely) > 1:  # the place and the figures stay those of a check that fails: none is picked
            lead = members[0]
            suggestion = _also(lead, self._alternatives(likely, figure))
            return replace(lead.finding, suggestion=suggestion, repairs=repairs), lead
        suggestion = self._decisive(best, figure)
        if len(root.solutions) > 1 and WEIGHTS.get(best.slip, 0) <= 1:
            suggestion += _("（也可能是与它相加的某个数有误）")
        change = next(c for c in repairs[0].changes if figure_of(c.operand) == figure)
        own = next((m for m in members if self._says(m, figure, best.changes[figure])), None)
        finding = self._elsewhere(members[0].finding, root, figure, change) if own is None else own.finding
        return replace(
            finding,
            expected=change.expected,
            difference=self._difference(figure, best.changes[figure]),
            suggestion=suggestion,
            repairs=repairs,
        ), own

    def _undecided(self, lead: Raised) -> str:
        """What can be said where many figures may be the wrong one."""
        said = _("仅凭不成立的勾稽分不清是其中哪一个数有误，请逐个核对")
        check = self.checks[min(lead.checks)]
        if check.kind == "sum" and check.difference > 0 and all(o.amount.value >= 0 for o in check.operands):
            said += _("；也可能漏列了金额为 {amount} 的一项").format(amount=_money(check.difference, check.target))
        return said

    def _says(self, member: Raised, figure: Figure, value: Decimal) -> bool:
        """Whether a member already asks for this value at this figure, within rounding."""
        for number in member.checks:
            check = self.checks[number]
            if figure_of(check.target) == figure:
                rate = _rate(check.target)
                if rate or abs(check.expected - value) <= check.slack:
                    return True
        return False

    def _difference(self, figure: Figure, value: Decimal) -> str:
        operand = self.system.operands[figure]
        return "" if _rate(operand) else _money(operand.amount.value - value, operand)

    def _culprit(self, solution: Solution, members: Sequence[Raised]) -> Figure:
        """The changed figure that the head stands at: one with a finding of its own, else the first."""
        targets = {figure_of(self.checks[n].target) for m in members for n in m.checks}
        return next((figure for figure in solution.changes if figure in targets), next(iter(solution.changes)))

    def _elsewhere(self, strongest: Finding, root: Root, figure: Figure, change: Change) -> Finding:
        """A finding at a figure that no failing check has as its target."""
        check = self._check_of(root, figure)
        table = self.tables.get(figure.table) if isinstance(figure, CellRef) else None
        ref = figure if isinstance(figure, CellRef) else None
        row, column = row_and_column(table, ref)
        amount = change.operand.amount
        operands, formula = _solved(check, figure)
        message = _("印出 {printed}，由 {count} 项勾稽推算应为 {expected}").format(
            printed=amount.text or _("空白"), count=len(root.failing), expected=change.expected
        )
        return replace(
            strongest,
            message=message,
            place=change.operand.place,
            table=table.title if table is not None else "",
            row=row,
            column=column,
            quote=row_quote(table, ref) if ref is not None else check.quote,
            reported=amount.text or _("（空白）"),
            unit="" if _rate(change.operand) else UNIT_NAMES.get(amount.unit, ""),
            operands=operands[:MAX_OPERANDS],
            formula=formula,
            ref=ref,
        )

    def _check_of(self, root: Root, figure: Figure) -> Check:
        """The failing check that shows a figure's value best: the one with the fewest operands."""
        with_figure = [
            self.checks[n]
            for n in sorted(root.failing)
            if any(figure_of(o) == figure for o in (self.checks[n].target, *self.checks[n].operands))
        ]
        return min(with_figure or [self.checks[min(root.failing)]], key=lambda check: len(check.operands))

    # ------------------------------------------------------------------------------------------------------- sentences

    def _repair(self, solution: Solution) -> Repair:
        changes = tuple(
            Change(self.system.operands[figure], _money(value, self.system.operands[figure]))
            for figure, value in solution.changes.items()
        )
        return Repair(changes, solution.checks, solution.slip)

    def _decisive(self, solution: Solution, at: Figure) -> str:
        """What to change, what most likely happened, and what holds then."""
        if solution.slip == "rows-exchanged":
            what = self._rows(solution.changes)
        else:
            what = self._changes(solution, at if len(solution.changes) > 1 else None)
        holds = _("改后 {count} 项勾稽全部成立").format(count=solution.checks)
        if solution.broken:
            holds = _("改后 {count} 项勾稽成立，但正文有 {broken} 处与改后的数不同").format(
                count=solution.checks, broken=solution.broken
            )
        if solution.slip:
            return _("疑似{slip}：{what}；{holds}").format(slip=_(SLIPS[solution.slip]), what=what, holds=holds)
        return _("{what}；{holds}").format(what=what, holds=holds)

    def _alternatives(self, solutions: Sequence[Solution], at: Figure) -> str:
        said = []
        for mark, solution in zip("①②③", solutions, strict=False):
            what = self._changes(solution, at, whole=True)
            slip = _("（{reason}）").format(reason=_(SLIPS[solution.slip])) if solution.slip else ""
            said.append(f"{mark}{what}{slip}")
        return _("有 {count} 种改法都能使勾稽成立：{ways}").format(count=len(solutions), ways=" ".join(said))

    def _changes(self, solution: Solution, at: Figure | None, *, whole: bool = False) -> str:
        """The changes of a repair; with ``at`` each is named by what sets it apart from the others, or ``whole``."""
        same_row = not whole and len({f.row if isinstance(f, CellRef) else None for f in solution.changes}) == 1
        same_column = not whole and len({f.col if isinstance(f, CellRef) else None for f in solution.changes}) == 1
        said = []
        for figure, value in solution.changes.items():
            operand = self.system.operands[figure]
            change = _("{printed} 应为 {expected}").format(
                printed=operand.amount.text or _("空白"), expected=_money(value, operand)
            )
            where = "" if at is None else self._where(figure, at, row=not same_row, column=not same_column) + " "
            said.append(where + change)
        return _("，").join(said)

    def _where(self, figure: Figure, at: Figure, *, row: bool, column: bool) -> str:
        """A figure's place for a reader who looks at another one: their table, and what all changes share, is left out."""
        operand = self.system.operands[figure]
        if not isinstance(figure, CellRef):
            return _("{place}正文").format(place=_page(operand.place))
        table = self.tables.get(figure.table)
        label, header = row_and_column(table, figure)
        header = header.rpartition("/")[2]
        if not isinstance(at, CellRef) or at.table != figure.table:
            title = table.title if table is not None else ""
            cell = _("「{row}」「{column}」").format(row=label, column=header)
            return _("{place}{table}{cell}").format(place=_page(operand.place), table=title, cell=cell)
        if row or not column:
            cell = _("「{row}」「{column}」") if column else _("「{row}」")
            return cell.format(row=label, column=header)
        return _("「{column}」").format(column=header)

    def _rows(self, changes: Mapping[Figure, Decimal]) -> str:
        """The two rows of an exchange."""
        named: dict[str, None] = {}
        for figure in changes:
            if isinstance(figure, CellRef):
                table = self.tables.get(figure.table)
                named[_("「{row}」").format(row=row_and_column(table, figure)[0])] = None
        return _("和").join(named)


def _page(place: Place) -> str:
    if place.page is not None:
        return _("第{page}页").format(page=place.page)
    return _("第{line}行").format(line=place.line)


def _solved(check: Check, figure: Figure) -> tuple[tuple[Operand, ...], str]:
    """A check turned so that it gives one of its operands: the other figures with their signs, and the formula."""
    own = next((o for o in check.operands if figure_of(o) == figure), None)
    if own is None or check.relation is not None:
        return (check.target, *check.operands), check.formula
    if check.kind == "same":
        return (check.target,), f"{own.label} = {check.target.label}"
    rest = [replace(o, sign=-o.sign * own.sign) for o in check.operands if figure_of(o) != figure]
    operands = (replace(check.target, sign=own.sign), *rest)
    terms = "".join(f" {'-' if o.sign < 0 else '+'} {o.label}" for o in operands).removeprefix(" + ")
    return operands, f"{own.label} = {terms}"


def _also(lead: Raised, said: str) -> str:
    """What a finding says itself of its cause, before what the search says."""
    own = lead.finding.suggestion
    return _("{own}。{said}").format(own=own, said=said) if own else said


def _rate(operand: Operand) -> bool:
    return operand.amount.text.endswith(("%", "％"))


def _money(value: Decimal, like: Operand) -> str:
    """A value as the figure would print it: in its unit, with its decimals at least and no digit lost; a rate with %."""
    if _rate(like):
        return f"{value.normalize():f}%"
    return money(value, like.amount)
