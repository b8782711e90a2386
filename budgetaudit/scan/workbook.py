"""The summary workbook of a store: totals, one row a file, all findings, what repeats by rule."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from budgetaudit.lang import N_, _
from budgetaudit.model import Severity, Verdict
from budgetaudit.report.sheets import FILL, Book, Sheet
from budgetaudit.report.words import CATEGORY, KIND, SEVERITY, visible
from budgetaudit.scan.link_rows import LinkRow
from budgetaudit.scan.link_sheets import link_sheets
from budgetaudit.scan.outcome import WORDS
from budgetaudit.scan.store import Store
from budgetaudit.scan.summary import FileRow, by_verdict

_FILES = (
    (N_("序号"), 6), (N_("结论"), 16), (N_("部门"), 30), (N_("年度"), 7), (N_("类型"), 10), (N_("错误"), 7), (N_("需核实"), 7), (N_("提示"), 7),
    (N_("表"), 6), (N_("表中数字"), 9), (N_("参与勾稽"), 9), (N_("比例"), 7), (N_("成立"), 7), (N_("不符"), 7), (N_("未能检查"), 9),
    (N_("文件"), 60), (N_("原因"), 40),
)  # fmt: skip
_FINDINGS = (
    (N_("部门"), 24), (N_("年度"), 7), (N_("类型"), 10), (N_("严重程度"), 9), (N_("规则"), 7), (N_("类别"), 14), (N_("页"), 6), (N_("表"), 24),
    (N_("行"), 20), (N_("列"), 16), (N_("报告数"), 14), (N_("应为"), 14), (N_("差额"), 12), (N_("单位"), 8), (N_("说明"), 50), (N_("文件"), 40),
)  # fmt: skip
_REPEATED = ((N_("规则"), 8), (N_("类别"), 20), (N_("文件数"), 8), (N_("处数"), 8))
_MAX_FINDINGS = 100_000
"""A sheet takes a million rows, but nobody's program opens one with pleasure: all of them are in the export."""


def write_summary(
    store: Store,
    rows: Sequence[FileRow],
    repeats: Sequence[tuple[str, str, int, int]],
    links: Sequence[LinkRow],
    path: Path,
) -> None:
    """Write the workbook. Raises OSError where the file cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Book()
    overview, files, findings, repeated = map(book.sheet, (_("概览"), _("文件"), _("问题清单"), _("反复出现的问题")))
    _files(files, rows)
    left_out = _findings(findings, store, rows)
    _head(repeated, _REPEATED)
    for at, (code, category, count, documents) in enumerate(repeats, 2):
        repeated.put(at, 1, code, "centre")
        repeated.put(at, 2, CATEGORY.get(category, category))
        repeated.put(at, 3, documents, "number")
        repeated.put(at, 4, count, "number")
    _overview(overview, rows, links, left_out)
    link_sheets(book, store, links)
    book.save(path)


def _overview(sheet: Sheet, rows: Sequence[FileRow], links: Sequence[LinkRow], left_out: int) -> None:
    sheet.columns([28, 12])
    sheet.put(1, 1, _("预决算公开批量核对"), "title")
    counts = by_verdict(rows)
    audited = [row.document for row in rows if row.audited]
    lines: list[tuple[str, int]] = [(_("文件"), len(rows))]
    lines += [(_("其中：{verdict}").format(verdict=word), counts[verdict]) for verdict, word in WORDS.items()]
    for title, name in (
        (_("错误（处）"), "errors"), (_("需核实（处）"), "warnings"), (_("提示（处）"), "notices"),
        (_("勾稽成立（项）"), "checks_held"), (_("勾稽不符（项）"), "checks_failed"), (_("未能检查（项）"), "checks_unknown"),
        (_("表中数字（个）"), "numeric_cells"), (_("参与勾稽（个）"), "numeric_cells_checked"),
    ):  # fmt: skip
        lines.append((title, sum(document[name] for document in audited)))
    lines.append((_("跨文件核对（组）"), len(links)))
    for title, verdict in (
        (_("跨文件成立（项）"), Verdict.HELD),
        (_("跨文件不符（项）"), Verdict.FAILED),
        (_("跨文件未能检查（项）"), Verdict.UNKNOWN),
    ):
        lines.append((title, sum(link.counts[verdict] for link in links)))
    for at, (title, value) in enumerate(lines, 3):
        sheet.put(at, 1, title)
        sheet.put(at, 2, value, "number")
    if left_out:
        sheet.put(
            len(lines) + 4,
            1,
            _("问题清单只列前 {listed} 处，另有 {left_out} 处见 --findings 导出。").format(
                listed=_MAX_FINDINGS, left_out=left_out
            ),
            "plain",
        )
    sheet.put(
        len(lines) + 5,
        1,
        _("没有勾稽关系可用的数字未核对，不等于正确；没有读成的文件见“文件”一页的原因。"),
        "plain",
    )


def _files(sheet: Sheet, rows: Sequence[FileRow]) -> None:
    _head(sheet, _FILES)
    for at, row in enumerate(rows, 2):
        d = row.document
        sheet.put(at, 1, at - 1, "centre")
        sheet.put(at, 2, WORDS[row.verdict], "centre")
        sheet.put(at, 16, visible(row.shown))
        sheet.put(at, 17, visible(row.reason))
        if not row.audited:
            continue
        sheet.put(at, 3, visible(d["department"] or ""))
        sheet.put(at, 4, d["year"], "centre")
        sheet.put(at, 5, KIND.get(d["kind"], ""), "centre")
        names = ("errors", "warnings", "notices", "tables", "numeric_cells", "numeric_cells_checked")
        for col, name in enumerate(names, 6):
            sheet.put(at, col, d[name], "number")
        if row.share is not None:
            sheet.number(at, 12, f"{row.share:.0%}")
        for col, name in enumerate(("checks_held", "checks_failed", "checks_unknown"), 13):
            sheet.put(at, col, d[name], "number")
    _filter(sheet, _FILES, len(rows))


def _findings(sheet: Sheet, store: Store, rows: Sequence[FileRow]) -> int:
    """Rows of errors and warnings; how many were left out."""
    _head(sheet, _FINDINGS)
    severities = {severity.value: severity for severity in Severity}
    count = 0
    for row in (row for row in rows if row.audited):
        d = row.document
        sql = "SELECT * FROM findings WHERE sha256 = ? AND severity <> 'notice' ORDER BY seq"
        for found in store.query(sql, (row.sha256,)):
            count += 1
            if count > _MAX_FINDINGS:
                continue
            at, severity = count + 1, severities[found["severity"]]
            sheet.put(at, 1, visible(d["department"] or ""))
            sheet.put(at, 2, d["year"], "centre")
            sheet.put(at, 3, KIND.get(d["kind"], ""), "centre")
            sheet.put(at, 4, SEVERITY[severity], "centre", FILL[severity])
            sheet.put(at, 5, found["code"], "centre")
            sheet.put(at, 6, CATEGORY.get(found["category"], found["category"]))
            sheet.put(
                at,
                7,
                found["page"] if found["page"] is not None else _("第{line}行").format(line=found["line"]),
                "centre",
            )
            for col, name in ((8, "table"), (9, "row"), (10, "column"), (15, "message")):
                sheet.put(at, col, visible(found[name]))
            unit = found["unit"]
            sheet.put(at, 14, visible(_(unit)))
            for col, name in ((11, "reported"), (12, "expected"), (13, "difference")):
                sheet.number(at, col, found[name])
            sheet.put(at, 16, visible(row.shown))
    _filter(sheet, _FINDINGS, min(count, _MAX_FINDINGS))
    return max(0, count - _MAX_FINDINGS)


def _head(sheet: Sheet, columns: Sequence[tuple[str, float]]) -> None:
    sheet.head(1, [(_(title), width) for title, width in columns])


def _filter(sheet: Sheet, columns: Sequence[tuple[str, float]], rows: int) -> None:
    if rows:
        sheet.filter(rows + 1, len(columns))
