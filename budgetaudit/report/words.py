"""The plain Chinese words that every report shares, and the one way foreign text is made fit to be shown."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from budgetaudit.amount import decimals, in_unit
from budgetaudit.errors import UnreadableError
from budgetaudit.lang import _
from budgetaudit.model import (
    Amount,
    CellRef,
    Check,
    Finding,
    Operand,
    Place,
    Problem,
    Profile,
    Report,
    Severity,
    Table,
    Verdict,
)

SEVERITY = {Severity.ERROR: "错误", Severity.WARNING: "需核实", Severity.NOTICE: "提示"}
VERDICT = {
    Verdict.HELD: "成立",
    Verdict.ROUNDING: "尾差",
    Verdict.EXPLAINED: "有说明",
    Verdict.FAILED: "不符",
    Verdict.UNKNOWN: "未能检查",
}
KIND = {"budget": "部门预算", "final-account": "部门决算", "other": "未能判断"}
VERDICT_SHORT = {**VERDICT, Verdict.EXPLAINED: "说明", Verdict.UNKNOWN: "未检"}
CHECK_KIND = {"sum": "合计", "same": "同一数字", "balance": "平衡", "derived": "推算", "statement": "文字"}
CATEGORY = {
    "table-rollup": "上下级合计",
    "table-rowsum": "行内合计",
    "balance": "收支平衡",
    "cross-table": "表间一致",
    "rounding": "四舍五入尾差",
    "narrative-table": "文字与表",
    "narrative-arithmetic": "文字中的计算",
    "narrative-narrative": "文字前后",
    "direction-word": "增减方向用词",
    "list-mismatch": "清单不一致",
    "code-name": "科目编码与名称",
    "year-date": "年份日期",
    "name-mismatch": "名称不一致",
    "template-residue": "模板残留",
    "missing-content": "缺少内容",
    "unit": "计量单位",
    "sensitive-info": "敏感信息",
    "semantic": "语义",
    "performance": "绩效目标",
}
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
_UNIT_NAMES = {Decimal(1): "元", Decimal(1000): "千元", Decimal(10_000): "万元", Decimal(100_000_000): "亿元"}
# Cc control, Cf format (bidi overrides, zero width), Cs surrogates, Co private use, Cn unassigned, Zl/Zp separators:
# none of them may reach a terminal or a page unseen.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, limit: int = 0) -> str:
    """Text of a document on one line, fit to be shown: hidden characters as escapes, cut at ``limit`` characters."""
    flat = text.replace("\r\n", "\n").strip().replace("\n", " ")
    if limit and len(flat) > limit:
        flat = flat[: limit - 1] + "…"
    if flat.isprintable():
        return flat
    return "".join(_escape(c) if unicodedata.category(c) in _HIDDEN else c for c in flat)


def _escape(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return " "
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def place_words(place: Place) -> str:
    """第8页 or 第120行; empty where the place names neither."""
    if place.page is not None:
        return f"第{place.page}页"
    return f"第{place.line}行" if place.line is not None else ""


def pages_words(pages: tuple[int, ...]) -> str:
    """Page numbers with runs folded: 8、10-12."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)


def unit_name(unit: Decimal | None) -> str:
    """元, 万元 ...; empty for None."""
    if unit is None:
        return ""
    return _UNIT_NAMES.get(unit.normalize()) or _UNIT_NAMES.get(unit) or f"{unit:f}元"


def table_unit(table: Table) -> str:
    """The unit as the table prints it, else by its value."""
    return table.unit_text or unit_name(table.unit)


def head_words(profile: Profile, report: Report) -> str:
    """The document in one line: department, year, kind, pages."""
    parts = [
        f"单位 {visible(profile.department, 60) or '未能识别'}",
        f"年度 {profile.year or '未能识别'}",
        f"类型 {KIND.get(profile.kind, '未能判断')}",
    ]
    if report.document.format == "pdf":
        parts.append(f"共 {len(report.document.pages)} 页")
    return " · ".join(parts)


def where_words(finding: Finding) -> str:
    """The place of a finding, the page first: 第8页 收支总表 · 行「合计」 · 列「预算数」."""
    parts = [" ".join(p for p in (place_words(finding.place), visible(finding.table, 60)) if p)]
    if finding.row:
        parts.append(f"行「{visible(finding.row, 40)}」")
    if finding.column:
        parts.append(f"列「{visible(finding.column, 40)}」")
    return " · ".join(p for p in parts if p) or "全文"


def printed(amount: Amount) -> str:
    """A figure as printed; a blank one is named as such, so that it cannot be taken for a figure."""
    return visible(amount.text, 40) or "（空白）"


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


def money(value: Decimal, like: Amount) -> str:
    """A value in yuan in the unit of ``like``, with its decimals at least and no digit lost."""
    unit = like.unit if like.unit > 0 else Decimal(1)
    exponent = (value / unit).normalize().as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    return in_unit(value, unit, max(0, needed, decimals(like.text)))


def sum_words(check: Check, limit: int = 30_000, brief: bool = False) -> str:
    """A check on one line, labels and figures as printed: 合计 100 = 基本 60 + 项目 40; same figures a = b = c.

    ``brief`` only counts the operands that are blank or zero.
    """
    operands = [o for o in check.operands if o.amount.value] or list(check.operands) if brief else list(check.operands)
    same = check.kind == "same"
    mixed = len({operand.amount.unit for operand in (check.target, *check.operands)}) > 1
    text = f"{_figure_words(check.target, mixed)} = "
    for index, operand in enumerate(operands):
        sign = " = " if same and index else " − " if operand.sign < 0 else " + " if index else ""
        text += sign + _figure_words(operand, mixed)
        if len(text) > limit:
            return f"{text[:limit]}…（共 {len(check.operands)} 项）"
    nothing = len(check.operands) - len(operands)
    return f"{text}（另有 {nothing} 项空白或为 0）" if nothing else text


def _figure_words(operand: Operand, with_unit: bool) -> str:
    unit = unit_name(operand.amount.unit) if with_unit else ""
    return f"{visible(operand.label, 60)} {printed(operand.amount)}{unit}"


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
    counts = {s: sum(1 for f in report.findings if f.severity is s) for s in Severity}
    if compared:
        start = f"核对了 {compared:,} 项勾稽关系："
    elif report.findings:
        start = "没有一项勾稽关系得到核对；另外"
    else:
        return "没有核对任何数字：未找到可以勾稽的数字，不能据此认为文件没有问题。"
    if counts[Severity.ERROR] or counts[Severity.WARNING]:
        said = "、".join(f"{SEVERITY[s]} {number} 处" for s, number in counts.items() if number)
        return f"{start}发现{said}。"
    notices = counts[Severity.NOTICE]
    return f"{start}未发现错误" + (f"，另有提示 {notices} 处（尾差、措辞等，一般不必更正）。" if notices else "。")


def share_words(part: int, whole: int) -> str:
    """A share cut (never rounded up) to one decimal, so that 100% means all of them."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def coverage_words(report: Report) -> list[str]:
    """Coverage in plain words, one sentence a line."""
    c = report.coverage
    lines = [f"识别出表格 {c.tables_recognised}/{c.tables} 张。"]
    if c.numeric_cells:
        cells = c.numeric_cells
        left = cells - c.numeric_cells_checked
        lines[0] += (
            f"表中数字 {cells:,} 个：参与勾稽 {share_words(c.numeric_cells_checked, cells)}，"
            f"两项以上 {share_words(c.numeric_cells_checked_twice, cells)}，"
            f"表间互相核对 {share_words(c.numeric_cells_cross_checked, cells)}。"
        )
        if left:
            lines.append(f"另有 {left:,} 个数字没有勾稽关系可用：未核对，不等于正确。")
    else:
        lines.append("表中没有读到数字。")
    if c.amounts:
        lines.append(
            f"正文金额 {c.amounts:,} 个：核对了 {c.amounts_checked:,} 个，其中与表中数字对上的 {c.amounts_matched:,} 个。"
        )
    else:
        lines.append("正文中的金额没有核对。")
    return lines


def check_totals(report: Report) -> str:
    """勾稽 N 项：成立 / 尾差 / 有说明 / 不符 / 未能检查, with their numbers."""
    parts = " / ".join(f"{VERDICT[v]} {report.count(v)}" for v in Verdict)
    return f"勾稽 {len(report.checks)} 项：{parts}"


def error_words(error: Exception | None) -> str:
    """Why an input was not audited, in one line."""
    if isinstance(error, UnreadableError):
        return visible(str(error))
    return _("程序出错（{name}），这个文件没有核对").format(name=type(error).__name__)
