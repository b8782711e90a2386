"""The end of a scan on the terminal: one row a file, totals, what repeats by rule."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from budgetaudit.lang import N_, Names, _, n_
from budgetaudit.model import Severity
from budgetaudit.report.words import CATEGORY, SEVERITY_COUNT, share_words, visible
from budgetaudit.scan.outcome import AUDITED, WORDS, FileVerdict
from budgetaudit.scan.summary import FileRow, by_verdict

_STYLE = {FileVerdict.CLEAN: "green", FileVerdict.FINDINGS: "red", FileVerdict.UNREADABLE: "yellow"}
_KINDS = Names({"budget": N_("预算"), "final-account": N_("决算")})
_NAMED = AUDITED | {FileVerdict.DUPLICATE}
_REPEATED = 20


def print_rows(rows: Sequence[FileRow], console: Console) -> None:
    """One row a file; what was not audited says why."""
    grid = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for title, right, wide in (
        (_("结论"), False, False), (_("部门"), False, True), (_("年度"), False, False), (_("类型"), False, False),
        (_("错误"), True, False), (_("需核实"), True, False), (_("提示"), True, False), (_("核对"), True, False),
        (_("文件"), False, True),
    ):  # fmt: skip
        grid.add_column(title, justify="right" if right else "left", overflow="fold", no_wrap=not wide)
    for row in rows:
        d = row.document
        counts = [str(d[name]) if row.audited else "" for name in ("errors", "warnings", "notices")]
        share = f"{row.share:.0%}" if row.share is not None else ""
        name = visible(row.shown)
        if row.reason:
            name = _("{path}：{reason}").format(path=name, reason=visible(row.reason))
        grid.add_row(
            Text(WORDS[row.verdict], style=_STYLE.get(row.verdict, "")),
            Text(visible(d.get("department") or "", 40) if row.verdict in _NAMED else ""),
            Text(str(d.get("year") or "") if row.verdict in _NAMED else ""),
            Text(_KINDS.get(d.get("kind") or "", "") if row.verdict in _NAMED else ""),
            *(Text(count) for count in counts),
            Text(share),
            Text(name),
        )
    console.print(grid)


def print_totals(rows: Sequence[FileRow], repeats: Sequence[tuple[str, str, int, int]], console: Console) -> None:
    """How many files came to what, and the rules that fail in most documents."""
    counts = by_verdict(rows)
    parts = [f"{word} {counts[verdict]}" for verdict, word in WORDS.items() if counts[verdict]]
    total = n_("共 {n} 个文件", len(rows))
    _print(console, "\n" + _("{total}：{verdicts}").format(total=total, verdicts=_("、").join(parts) or _("没有")))
    if bare := sum(1 for row in rows if row.audited and row.share is None):
        _print(console, n_("其中 {n} 份没有表格数字，只核对了正文", bare))
    audited = [row.document for row in rows if row.audited]
    if audited:
        cells = sum(d["numeric_cells"] for d in audited)
        checked = sum(d["numeric_cells_checked"] for d in audited)
        names = {"errors": Severity.ERROR, "warnings": Severity.WARNING, "notices": Severity.NOTICE}
        found = _("，").join(n_(SEVERITY_COUNT[s], sum(d[name] for d in audited)) for name, s in names.items())
        said = _("核对过的 {documents} 份：{found}；表中数字 {cells:,} 个，参与勾稽 {checked:,} 个（{share}）").format(
            documents=len(audited), found=found, cells=cells, checked=checked, share=share_words(checked, cells)
        )
        _print(console, said)
    if repeats:
        _print(console, "\n" + _("反复出现的问题："))
        for code, category, findings, documents in repeats[:_REPEATED]:
            said = _("{code} {category}：{documents} 份文件，{findings} 处").format(
                code=code, category=CATEGORY.get(category, category), documents=documents, findings=findings
            )
            _print(console, f"  {said}")


def _print(console: Console, text: str) -> None:
    console.print(text, markup=False)
