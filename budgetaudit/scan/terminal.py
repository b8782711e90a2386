"""The end of a scan on the terminal: one row a file, totals, what repeats by rule."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from budgetaudit.report.words import CATEGORY, KIND, visible
from budgetaudit.scan.outcome import AUDITED, WORDS, FileVerdict
from budgetaudit.scan.summary import FileRow, by_verdict

_STYLE = {FileVerdict.CLEAN: "green", FileVerdict.FINDINGS: "red", FileVerdict.UNREADABLE: "yellow"}
_KINDS = {kind: word.removeprefix("部门") for kind, word in KIND.items()}
_NAMED = AUDITED | {FileVerdict.DUPLICATE}
_REPEATED = 20


def print_rows(rows: Sequence[FileRow], console: Console) -> None:
    """One row a file; what was not audited says why."""
    grid = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for title, right in (
        ("结论", False), ("部门", False), ("年度", False), ("类型", False),
        ("错误", True), ("需核实", True), ("提示", True), ("核对", True), ("文件", False),
    ):  # fmt: skip
        wide = title in ("部门", "文件")
        grid.add_column(title, justify="right" if right else "left", overflow="fold", no_wrap=not wide)
    for row in rows:
        d = row.document
        counts = [str(d[name]) if row.audited else "" for name in ("errors", "warnings", "notices")]
        share = f"{row.share:.0%}" if row.share is not None else ""
        name = visible(row.shown) + (f"：{visible(row.reason)}" if row.reason else "")
        grid.add_row(
            Text(WORDS[row.verdict], style=_STYLE.get(row.verdict, "")),
            Text(visible(d.get("department") or "", 40) if row.verdict in _NAMED else ""),
            Text(str(d.get("year") or "") if row.verdict in _NAMED else ""),
            Text(_KINDS[d["kind"]] if row.verdict in _NAMED and d.get("kind") in ("budget", "final-account") else ""),
            *(Text(count) for count in counts),
            Text(share),
            Text(name),
        )
    console.print(grid)


def print_totals(rows: Sequence[FileRow], repeats: Sequence[tuple[str, str, int, int]], console: Console) -> None:
    """How many files came to what, and the rules that fail in most documents."""
    counts = by_verdict(rows)
    parts = [f"{word} {counts[verdict]}" for verdict, word in WORDS.items() if counts[verdict]]
    console.print(f"\n共 {len(rows)} 个文件：{'、'.join(parts) or '没有'}", markup=False)
    bare = sum(1 for row in rows if row.audited and row.share is None)
    if bare:
        console.print(f"其中 {bare} 份没有表格数字，只核对了正文", markup=False)
    audited = [row.document for row in rows if row.audited]
    if audited:
        cells = sum(d["numeric_cells"] for d in audited)
        checked = sum(d["numeric_cells_checked"] for d in audited)
        share = f"（{checked / cells:.0%}）" if cells else ""
        console.print(
            f"核对过的 {len(audited)} 份：错误 {sum(d['errors'] for d in audited):,} 处，"
            f"需核实 {sum(d['warnings'] for d in audited):,} 处，提示 {sum(d['notices'] for d in audited):,} 处；"
            f"表中数字 {cells:,} 个，参与勾稽 {checked:,} 个{share}",
            markup=False,
        )
    if repeats:
        console.print("\n反复出现的问题：", markup=False)
        for code, category, findings, documents in repeats[:_REPEATED]:
            word = CATEGORY.get(category, category)
            console.print(f"  {code} {word}：{documents} 份文件，{findings} 处", markup=False)
