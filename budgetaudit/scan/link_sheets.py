"""Links between documents in the summary workbook: one row a link, and every comparison with both places."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from budgetaudit.amount import in_unit
from budgetaudit.lang import N_, _
from budgetaudit.model import Severity, Verdict
from budgetaudit.report.sheets import FILL, Book, Sheet
from budgetaudit.report.words import VERDICT, unit_name, visible
from budgetaudit.scan.link_rows import KINDS, LinkRow, Side, document_words, place_of
from budgetaudit.scan.store import Store

_LINKS = (
    (N_("关系"), 16), (N_("部门"), 28), (N_("年度"), 7), (N_("成立"), 7), (N_("尾差"), 7), (N_("不符"), 7),
    (N_("未能检查"), 9), (N_("文件"), 70), (N_("说明"), 50),
)  # fmt: skip
_CHECKS = (
    (N_("结论"), 9), (N_("关系"), 14), (N_("规则"), 7), (N_("部门"), 22), (N_("文件"), 22), (N_("页"), 8),
    (N_("数字"), 30), (N_("印出"), 14), (N_("应为"), 14), (N_("差额"), 12), (N_("单位"), 8),
    (N_("另一文件"), 22), (N_("页"), 8), (N_("数字"), 30), (N_("印出"), 14), (N_("其他加减项"), 30), (N_("说明"), 50),
)  # fmt: skip
_ORDER = {Verdict.FAILED: 0, Verdict.ROUNDING: 1, Verdict.UNKNOWN: 2, Verdict.EXPLAINED: 3, Verdict.HELD: 4}
_FILLS = {Verdict.FAILED: FILL[Severity.ERROR], Verdict.ROUNDING: FILL[Severity.NOTICE]}
_MOST = 100_000


def link_sheets(book: Book, store: Store, links: Sequence[LinkRow]) -> None:
    """Two sheets: the links, and the working paper of their comparisons; failures first."""
    if not links:
        return
    overview, paper = book.sheet(_("跨文件")), book.sheet(_("跨文件勾稽"))
    overview.head(1, [(_(title), width) for title, width in _LINKS])
    for at, link in enumerate(links, 2):
        overview.put(at, 1, KINDS[link.kind])
        overview.put(at, 2, visible(link.department))
        overview.put(at, 3, link.year, "centre")
        for col, verdict in enumerate((Verdict.HELD, Verdict.ROUNDING, Verdict.FAILED, Verdict.UNKNOWN), 4):
            bad = verdict is Verdict.FAILED and link.counts[verdict]
            overview.put(at, col, link.counts[verdict], "number", _FILLS[verdict] if bad else "")
        overview.put(at, 8, "\n".join(f"{side.words} {visible(side.file.shown)}" for side in link.sides))
        overview.put(at, 9, visible(link.remark))
    overview.filter(len(links) + 1, len(_LINKS))
    _paper(paper, store, links)


def _paper(sheet: Sheet, store: Store, links: Sequence[LinkRow]) -> None:
    sheet.head(1, [(_(title), width) for title, width in _CHECKS])
    found = [
        (Verdict(record["verdict"]), link, record)
        for link in links
        for record in store.query("SELECT * FROM link_checks WHERE link = ? ORDER BY seq", (link.id,))
    ]
    found.sort(key=lambda item: _ORDER[item[0]])
    for at, (verdict, link, record) in enumerate(found[:_MOST], 2):
        _row(sheet, at, verdict, link, record)
    if found:
        sheet.filter(min(len(found), _MOST) + 1, len(_CHECKS))
    if len(found) > _MOST:
        sheet.put(_MOST + 3, 1, _("只列前 {count} 项").format(count=_MOST), "plain")


def _row(sheet: Sheet, at: int, verdict: Verdict, link: LinkRow, record: Any) -> None:
    side, unit = link.side(record["member"]), Decimal(record["unit"])
    operands = json.loads(record["operands"])
    other = next((o for o in operands if o["member"] != record["member"]), operands[0] if operands else None)
    sheet.put(at, 1, VERDICT[verdict], "centre", _FILLS.get(verdict, ""))
    sheet.put(at, 2, KINDS[link.kind])
    sheet.put(at, 3, record["rule"], "centre")
    sheet.put(at, 4, visible(link.department))
    sheet.put(at, 5, _file_words(link, side))
    sheet.put(at, 6, place_of(record["page"], record["line"]), "centre")
    sheet.put(at, 7, visible(record["label"], 120))
    sheet.number(at, 8, record["printed"])
    money = record["kind"] in ("same", "sum", "balance") and "%" not in record["printed"] and operands
    for col, name in ((9, "expected"), (10, "difference")):
        if money:
            sheet.number(at, col, in_unit(Decimal(record[name]), unit, 2))
        else:
            sheet.put(at, col, "")
    sheet.put(at, 11, unit_name(unit) if money else "", "centre")
    if other is not None:
        across = link.side(other["member"])
        sheet.put(at, 12, _file_words(link, across))
        sheet.put(at, 13, place_of(other["page"], other["line"]), "centre")
        sheet.put(at, 14, visible(other["label"], 120))
        sheet.number(at, 15, other["printed"])
    else:
        for col in range(12, 16):
            sheet.put(at, col, "")
    sheet.put(at, 16, _rest(link, [o for o in operands if o is not other]))
    sheet.put(at, 17, visible(record["message"] or record["reason"] or record["formula"], 400))


def _file_words(link: LinkRow, side: Side) -> str:
    """A file by its part and what tells it from the others: its body among units, else its year and kind."""
    name = visible(side.file.document["department"] or "") if link.kind == "units" else document_words(side.file)
    return f"{side.words} {name}"


def _rest(link: LinkRow, operands: Sequence[Any]) -> str:
    """The other figures of a comparison, on one line."""
    parts = []
    for operand in operands[:6]:
        sign = "−" if operand["sign"] < 0 else "+"
        where = f"{link.side(operand['member']).words} {place_of(operand['page'], operand['line'])}"
        parts.append(f"{sign} {visible(operand['printed'], 30)} ({where})")
    return " ".join(parts) + ("…" if len(operands) > len(parts) else "")
