"""What links between documents came to, on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from rich.console import Console

from budgetaudit.lang import _
from budgetaudit.model import Verdict
from budgetaudit.report.words import VERDICT, visible
from budgetaudit.scan.link_rows import KINDS, LinkRow, Side, place_of

_SHOWN = (Verdict.HELD, Verdict.ROUNDING, Verdict.FAILED, Verdict.UNKNOWN)
_MOST = 10


def print_links(links: Sequence[LinkRow], console: Console, *, each: bool = False) -> None:
    """Totals and what does not agree; with ``each`` every link and its files."""
    if not links:
        return
    kinds = Counter(link.kind for link in links)
    named = _("、").join(f"{KINDS[kind]} {kinds[kind]}" for kind in KINDS if kinds[kind])
    counts = sum((link.counts for link in links), Counter[Verdict]())
    results = _("，").join(f"{VERDICT[verdict]} {counts[verdict]:,}" for verdict in _SHOWN)
    console.print("\n" + _("跨文件核对 {count} 组（{kinds}）：{results}").format(
        count=len(links), kinds=named, results=results
    ))  # fmt: skip
    for link in links if each else ():
        for line in _lines(link):
            console.print(line, soft_wrap=True)
    found = [(link, item) for link in links for item in link.serious if not item["root"]]
    for link, item in found if each else found[:_MOST]:
        more = sum(other["root"] == item["id"] for other in link.serious)
        rest = _("（另有 {count} 处差额相同）").format(count=more) if more else ""
        console.print(f"  {item['code']} {visible(link.department, 40)} {item['message']}{rest}", soft_wrap=True)
        cell = " ".join(visible(item[name], 60) for name in ("table", "row", "column") if item[name])
        cell = cell or f"“{visible(item['quote'], 60)}”"
        console.print(f"      {_where(item['side'], item['page'], item['line'])} {cell}", soft_wrap=True)
        if item["other"] is not None:
            where = _where(item["other"], item["other_page"], item["other_line"])
            label = f"{visible(item['other_label'], 60)} {visible(item['other_printed'], 40)}"
            console.print(f"      {where} {label}", soft_wrap=True)
    if not each and len(found) > _MOST:
        console.print(_("  另有 {count} 处，见 budgetaudit report").format(count=len(found) - _MOST))


def _where(side: Side, page: int | None, line: int | None) -> str:
    return f"{side.words} {visible(side.file.shown)} {place_of(page, line)}"


def _lines(link: LinkRow) -> list[str]:
    """A link in a few lines: what it is and how it came out, its files, what is missing."""
    counts = _("，").join(f"{VERDICT[v]} {link.counts[v]}" for v in _SHOWN if link.counts[v]) or _("没有比较")
    head = " ".join(filter(None, (KINDS[link.kind], visible(link.department, 40), str(link.year or ""))))
    lines = [_("  {link}：{results}").format(link=head, results=counts)]
    for words, sides in groupby(link.sides, key=lambda side: side.words):
        lines.append(f"      {words} " + " + ".join(visible(side.file.shown) for side in sides))
    if link.remark:
        lines.append(f"      {visible(link.remark)}")
    return lines
