"""The plain words that every report shares, and the one way foreign text is made fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from budgetaudit.amount import money
from budgetaudit.errors import UnreadableError
from budgetaudit.lang import N_, Names, Nn_, _, n_
from budgetaudit.model import (
    Amount,
    CellRef,
    Check,
    Finding,
    Operand,
    Place,
    Problem,
    Profile,
    Relation,
    Report,
    Severity,
    Table,
    Verdict,
)
from budgetaudit.report.visible import visible as visible

SEVERITY = Names({Severity.ERROR: N_("错误"), Severity.WARNING: N_("需核实"), Severity.NOTICE: N_("提示")})
VERDICT = Names(
    {
        Verdict.HELD: N_("成立"),
        Verdict.ROUNDING: N_("尾差"),
        Verdict.EXPLAINED: N_("有说明"),
        Verdict.FAILED: N_("不符"),
        Verdict.UNKNOWN: N_("未能检查"),
    }
)
KIND = Names({"budget": N_("部门预算"), "final-account": N_("部门决算"), "other": N_("未能判断")})
VERDICT_SHORT = Names(
    {
        Verdict.HELD: N_("成立"),
        Verdict.ROUNDING: N_("尾差"),
        Verdict.EXPLAINED: N_("说明"),
        Verdict.FAILED: N_("不符"),
        Verdict.UNKNOWN: N_("未检"),
    }
)
SEVERITY_COUNT = {
    Severity.ERROR: Nn_("错误 {n:,} 处"),
    Severity.WARNING: Nn_("需核实 {n:,} 处"),
    Severity.NOTICE: Nn_("提示 {n:,} 处"),
}
"""A number of findings of a severity, for ``n_``."""
CHECK_KIND = Names(
    {"sum": N_("合计"), "same": N_("同一数字"), "balance": N_("平衡"), "derived": N_("推算"), "statement": N_("文字")}
)
CATEGORY = Names(
    {
        "table-rollup": N_("上下级合计"),
        "table-rowsum": N_("行内合计"),
        "balance": N_("收支平衡"),
        "cross-table": N_("表间一致"),
        "rounding": N_("四舍五入尾差"),
        "narrative-table": N_("文字与表"),
        "narrative-arithmetic": N_("文字中的计算"),
        "narrative-narrative": N_("文字前后"),
        "direction-word": N_("增减方向用词"),
        "list-mismatch": N_("清单不一致"),
        "code-name": N_("科目编码与名称"),
        "year-date": N_("年份日期"),
        "name-mismatch": N_("名称不一致"),
        "template-residue": N_("模板残留"),
        "missing-content": N_("缺少内容"),
        "unit": N_("计量单位"),
        "sensitive-info": N_("敏感信息"),
        "semantic": N_("语义"),
        "performance": N_("绩效目标"),
    }
)
RELATIONS = {
    Relation.QUOTIENT: N_("{target} = {first} ÷ {second}"),
    Relation.GROWTH: N_("{target} = {second} ÷（{first} - {b}）"),
    Relation.DECLINE: N_("{target} = {second} ÷（{first} + {b}）"),
    Relation.GROWTH_FROM: N_("{target} =（{second} - {first}）÷ {a}"),
    Relation.DECLINE_FROM: N_("{target} =（{first} - {second}）÷ {a}"),
    Relation.DIFFERENCE: N_("{target} = {first} 与 {second} 之差"),
    Relation.AT_MOST: N_("{target} 不大于 {first}"),
}
"""Relations that are no sum: figures with their labels, and ``a`` and ``b`` where a figure stands a second time."""
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
_UNIT_NAMES = {
    Decimal(1): N_("元"),
    Decimal(1000): N_("千元"),
    Decimal(10_000): N_("万元"),
    Decimal(100_000_000): N_("亿元"),
}
_SHORT = 80
"""Characters of a message that can hardly say more than its figures."""


def place_words(place: Place) -> str:
    """第8页 or 第120行; empty where the place names neither."""
    if place.page is not None:
        return _("第{page}页").format(page=place.page)
    return _("第{line}行").format(line=place.line) if place.line is not None else ""


def pages_words(pages: tuple[int, ...]) -> str:
    """Page numbers with runs folded: 8、10-12."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return _("、").join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)


def unit_name(unit: Decimal | None) -> str:
    """元, 万元 ...; empty for None."""
    if unit is None:
        return ""
    name = _UNIT_NAMES.get(unit.normalize()) or _UNIT_NAMES.get(unit)
    return _(name) if name else _("{unit}元").format(unit=f"{unit:f}")


def table_unit(table: Table) -> str:
    """The unit as the table prints it, in the language of the call where that is a plain name, else by its value."""
    return _(table.unit_text) or unit_name(table.unit)


def head_words(profile: Profile, report: Report) -> str:
    """The document in one line: department, year, kind, pages."""
    parts = [
        _("单位 {name}").format(name=visible(profile.department, 60) or _("未能识别")),
        _("年度 {year}").format(year=profile.year or _("未能识别")),
        _("类型 {kind}").format(kind=KIND.get(profile.kind) or KIND["other"]),
    ]
    if report.document.format == "pdf":
        parts.append(n_("共 {n} 页", len(report.document.pages)))
    return " · ".join(parts)


def where_words(finding: Finding) -> str:
    """The place of a finding, the page first: 第8页 收支总表 · 行「合计」 · 列「预算数」."""
    parts = [" ".join(p for p in (place_words(finding.place), visible(finding.table, 60)) if p)]
    if finding.row:
        parts.append(_("行「{name}」").format(name=visible(finding.row, 40)))
    if finding.column:
        parts.append(_("列「{name}」").format(name=visible(finding.column, 40)))
    return " · ".join(p for p in parts if p) or _("全文")


def only_figures(finding: Finding) -> bool:
    """True for a message that says no more than the figures of its finding, or its suggestion, do."""
    figures = (finding.reported, finding.expected, *(() if finding.repairs else (finding.difference,)))
    return len(finding.message) < _SHORT and all(figure and figure in finding.message for figure in figures)


def printed(amount: Amount) -> str:
    """A figure as printed; a blank one is named as such, so that it cannot be taken for a figure."""
    return visible(amount.text, 40) or _("（空白）")


def in_money(check: Check) -> bool:
    """Whether a check compares amounts of money: not words, not percentages."""
    return check.kind != "statement" and "%" not in check.target.amount.text


def expected_text(check: Check) -> str:
    """What the target should print, in the target's own unit; words and rates as their rule writes them."""
    if not in_money(check):
        return check.expected_text
    return money(check.expected, check.target.amount)


def difference_text(check: Check) -> str:
    """Printed minus expected in the target's own unit; empty for words and rates."""
    if not in_money(check):
        return ""
    return money(check.difference, check.target.amount)


def sum_words(check: Check, limit: int = 30_000, brief: bool = False) -> str:
    """A check on one line, labels and figures as printed: 合计 100 = 基本 60 + 项目 40; same figures a = b = c.

    ``brief`` only counts the operands that are blank or zero.
    """
    figures = (check.target, *check.operands)
    mixed = len({figure.amount.unit for figure in figures if not _rate(figure.amount)}) > 1
    if check.relation is not None:
        return _related(check, RELATIONS[check.relation], mixed)[:limit]
    operands = [o for o in check.operands if o.amount.value] or list(check.operands) if brief else list(check.operands)
    same = check.kind == "same"
    text = f"{_figure_words(check.target, mixed)} = "
    for index, operand in enumerate(operands):
        sign = " = " if same and index else " − " if operand.sign < 0 else " + " if index else ""
        text += sign + _figure_words(operand, mixed)
        if len(text) > limit:
            return text[:limit] + n_("…（共 {n} 项）", len(check.operands))
    nothing = len(check.operands) - len(operands)
    return text + n_("（另有 {n} 项空白或为 0）", nothing) if nothing else text


def _related(check: Check, relation: str, mixed: bool) -> str:
    first, second = check.operands[0], check.operands[-1]
    return _(relation).format(
        target=_figure_words(check.target, mixed),
        first=_figure_words(first, mixed),
        second=_figure_words(second, mixed),
        a=printed(first.amount),
        b=printed(second.amount),
    )


def _figure_words(operand: Operand, with_unit: bool) -> str:
    """Label and figure; a label that is the text's own words may end in the figure, which is not said twice."""
    label, figure = visible(operand.label, 60), printed(operand.amount)
    if re.search(rf"(?<![\d,.]){re.escape(figure)}[百千]?[万亿]?元?$", label):
        return label
    if with_unit and not _rate(operand.amount):
        figure = in_words(figure, unit_name(operand.amount.unit))
    return f"{label} {figure}"


def _rate(amount: Amount) -> bool:
    return amount.text.endswith(("%", "％"))


def in_words(figure: str, unit: str) -> str:
    """A figure with the name of its unit: 5.00万元."""
    return _("{figure}{unit}").format(figure=figure, unit=unit) if unit else figure


def checks_by_target(report: Report) -> dict[tuple[str, CellRef | None, int], Check]:
    """Checks by rule, target cell and number of operands: finds the check that a finding was made from."""
    return {(check.rule, check.target.ref, len(check.operands)): check for check in report.checks}


def grouped(report: Report) -> list[tuple[Finding, list[Finding]]]:
    """Findings in reading order, each with those of the same root; errors and warnings also by their cell.

    A finding is listed under another only where that one is no notice and at least as grave: nothing serious may hide
    in a folded block.
    """
    ordered = finding_order(report)
    by_id = {finding.id: index for index, finding in enumerate(ordered)}
    by_cell: dict[CellRef, int] = {}
    members: dict[int, list[Finding]] = {}
    for index, finding in enumerate(ordered):
        at = by_id.get(finding.root, index)
        if at == index and finding.ref is not None and finding.severity is not Severity.NOTICE:
            at = by_cell.setdefault(finding.ref, index)
        head = ordered[at]
        is_head = not head.root or head.root == head.id
        if is_head and head.severity is not Severity.NOTICE and _RANK[head.severity] <= _RANK[finding.severity]:
            rest = members.setdefault(at, [])
            if at != index:
                rest.append(finding)
        else:
            members.setdefault(index, [])
    return [(ordered[at], members[at]) for at in sorted(members)]


def repeated(head: Finding, other: Finding) -> bool:
    """Whether a dependant is the same slip made again, rather than what follows from a wrong figure."""
    return bool(other.root) and not head.repairs and not other.difference


def dependants_words(head: Finding, dependants: Sequence[Finding]) -> str:
    """The heading over the dependants of a finding."""
    if all(repeated(head, other) for other in dependants):
        return _("同样的问题还在：")
    if head.repairs:
        return _("由它引起的其他不符：")
    return _("同一处的其他不符：")


def all_problems(report: Report) -> tuple[Problem, ...]:
    """What could not be read or recognised, each once."""
    return tuple(dict.fromkeys((*report.document.problems, *report.problems)))


def finding_order(report: Report) -> tuple[Finding, ...]:
    """Findings as a person should meet them: the gravest first, then in page order."""
    return tuple(
        sorted(report.findings, key=lambda f: (_RANK[f.severity], f.place.page or f.place.line or 0, -f.confidence))
    )


def conclusion(report: Report) -> str:
    """The verdict in one sentence. Nothing found and nothing checked are never said in the same words."""
    compared = sum(report.count(v) for v in Verdict if v is not Verdict.UNKNOWN)
    groups = grouped(report)
    counts = {s: sum(1 for head, _rest in groups if head.severity is s) for s in Severity}
    dependants = sum(len(rest) for _head, rest in groups)
    if not compared and not report.findings:
        return _("没有核对任何数字：未找到可以勾稽的数字，不能据此认为文件没有问题。")
    if counts[Severity.ERROR] or counts[Severity.WARNING]:
        found = _("、").join(n_(SEVERITY_COUNT[s], number) for s, number in counts.items() if number)
        said = _("发现{found}").format(found=found)
        if dependants:
            said += n_("（由它们引起的其他不符 {n} 项，列在各处之下）", dependants)
    elif counts[Severity.NOTICE]:
        said = n_("未发现错误，另有提示 {n} 处（尾差、措辞等，一般不必更正）", counts[Severity.NOTICE])
    else:
        said = _("未发现错误")
    if compared:
        return _("{checked}：{said}。").format(checked=n_("核对了 {n:,} 项勾稽关系", compared), said=said)
    return _("没有一项勾稽关系得到核对；另外{said}。").format(said=said)


def share_words(part: int, whole: int) -> str:
    """A share cut (never rounded up) to one decimal, so that 100% means all of them."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def coverage_words(report: Report) -> list[str]:
    """Coverage in plain words, one sentence a line."""
    c = report.coverage
    tables = _("识别出表格 {recognised}/{tables} 张。").format(recognised=c.tables_recognised, tables=c.tables)
    lines = []
    if c.numeric_cells:
        cells = c.numeric_cells
        left = cells - c.numeric_cells_checked
        lines.append(
            _("{tables}表中数字 {cells:,} 个：参与勾稽 {checked}，两项以上 {twice}，表间互相核对 {across}。").format(
                tables=tables,
                cells=cells,
                checked=share_words(c.numeric_cells_checked, cells),
                twice=share_words(c.numeric_cells_checked_twice, cells),
                across=share_words(c.numeric_cells_cross_checked, cells),
            )
        )
        if left:
            lines.append(n_("另有 {n:,} 个数字没有勾稽关系可用：未核对，不等于正确。", left))
    else:
        lines += [tables, _("表中没有读到数字。")]
    if c.amounts:
        lines.append(
            _("正文金额 {amounts:,} 个：核对了 {checked:,} 个，其中与表中数字对上的 {matched:,} 个。").format(
                amounts=c.amounts, checked=c.amounts_checked, matched=c.amounts_matched
            )
        )
    else:
        lines.append(_("正文中的金额没有核对。"))
    return lines


def check_totals(report: Report) -> str:
    """勾稽 N 项：成立 / 尾差 / 有说明 / 不符 / 未能检查, with their numbers."""
    parts = " / ".join(f"{VERDICT[v]} {report.count(v)}" for v in Verdict)
    return _("勾稽 {number} 项：{parts}").format(number=len(report.checks), parts=parts)


def error_words(error: Exception | None) -> str:
    """Why an input was not audited, in one line."""
    if isinstance(error, UnreadableError):
        return visible(str(error))
    return _("程序出错（{name}），这个文件没有核对").format(name=type(error).__name__)
