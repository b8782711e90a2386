"""The commands for whole folders: scan, and report over what scans have stored."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from budgetaudit.chosen import chosen, show_and_end
from budgetaudit.lang import N_, _, n_
from budgetaudit.options import (
    ConfigOption,
    EngineOption,
    FailOn,
    FailOnOption,
    IgnoreOption,
    IsolatedOption,
    Least,
    MinConfidenceOption,
    MinSeverityOption,
    SelectOption,
    ShowSettingsOption,
    argument,
    option,
)
from budgetaudit.outlet import guard_output, refuse, shown, write
from budgetaudit.usage import UNUSABLE, Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budgetaudit.scan import Scan, Settings, Store
    from budgetaudit.scan.link_rows import LinkRow
    from budgetaudit.scan.summary import FileRow
    from budgetaudit.settings import Settings as Wanted

FOUND = 1
INTERRUPTED = 130
_STORE = Path("budgetaudit.sqlite")
_PIPE_WIDTH = 120
_LEAST_MEMORY = 256


class ScanFormat(StrEnum):
    """How the rows of a scan are printed."""

    TERMINAL = "terminal"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command(
        "scan", cls=Command, help=N_("扫描整个文件夹：逐个核对其中的文件，结果存入结果文件，再扫时只读新的和改过的。")
    )(scan)
    app.command("report", cls=Command, help=N_("从扫描的结果文件生成汇总工作簿，导出问题清单和全部数据。"))(report)


def scan(
    folders: Annotated[list[Path] | None, argument(N_("文件夹…"), N_("要扫描的文件夹（含下级），可以有多个。"))] = None,
    store: Annotated[
        Path,
        option(
            "--store",
            metavar=N_("文件"),
            help=N_("结果文件，默认当前目录下的 budgetaudit.sqlite；不能在扫描的文件夹里。"),
        ),
    ] = _STORE,
    jobs: Annotated[
        int | None, option("--jobs", metavar=N_("个数"), help=N_("同时工作的进程数，默认等于处理器核数。"))
    ] = None,
    timeout: Annotated[float, option("--timeout", metavar=N_("秒"), help=N_("每个文件最多用多少秒，默认 60。"))] = 60.0,
    max_memory: Annotated[
        int, option("--max-memory", metavar="MB", help=N_("每个进程最多占用多少内存，默认 2048。"))
    ] = 2048,
    cluster: Annotated[
        str | None,
        option("--cluster", metavar="tcp://HOST:PORT", help=N_("交给 Dask 集群的工作进程核对，写调度器的地址。")),
    ] = None,
    by_content: Annotated[
        bool, option("--by-content", help=N_("集群的机器看不到这些文件时：把文件内容随任务发过去。"))
    ] = False,
    format: Annotated[
        ScanFormat,
        option("--format", metavar=N_("格式"), help=N_("terminal（默认，每个文件一行）或 json（每行一个对象）。")),
    ] = ScanFormat.TERMINAL,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    min_severity: MinSeverityOption = None,
    min_confidence: MinConfidenceOption = None,
    fail_on: FailOnOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    show_settings: ShowSettingsOption = False,
    engine: EngineOption = None,
) -> None:
    """Audit every file of folders, each within bounds of time and memory."""
    wanted = chosen(
        select=select,
        ignore=ignore,
        min_severity=min_severity,
        min_confidence=min_confidence,
        fail_on=fail_on,
        engine=engine,
        config=config,
        isolated=isolated,
    )
    if show_settings:
        show_and_end(wanted)
    roots = folders or []
    if not roots:
        refuse(_("缺少文件夹：请写出要扫描的文件夹。"))
    for root in roots:
        if not root.exists():
            refuse(_("{path}：不存在。").format(path=shown(root)))
    if jobs is not None and jobs < 1:
        refuse(_("--jobs 至少是 1。"))
    if cluster and jobs is not None:
        refuse(_("--jobs 与 --cluster 不能同时写：集群有多少工作线程，就同时核对多少个文件。"))
    if by_content and not cluster:
        refuse(_("--by-content 须与 --cluster 同时写。"))
    if not timeout > 0:
        refuse(_("--timeout 须大于 0。"))
    if max_memory < _LEAST_MEMORY:
        refuse(_("--max-memory 至少是 {least}（MB）。").format(least=_LEAST_MEMORY))
    _guard_store(store, roots)
    from budgetaudit.scan import Settings

    settings = Settings(
        jobs or _cores(),
        timeout,
        max_memory * 2**20,
        wanted.engine,
        cluster=cluster or "",
        by_content=by_content,
    )
    result, rows, repeats, links = _scan(roots, store, settings, wanted)
    if format is ScanFormat.JSON:
        from budgetaudit.report.json_text import dump
        from budgetaudit.scan.summary import row_json

        for row in rows:
            sys.stdout.write(dump(row_json(row), sys.stdout))
        sys.stdout.flush()
    else:
        from budgetaudit.scan.link_terminal import print_links
        from budgetaudit.scan.terminal import print_rows, print_totals

        console = _console()
        print_rows(rows, console)
        print_totals(rows, repeats, console)
        print_links(links, console)
        console.print(_closing(result, store))
    if result.interrupted:
        kept = _("已中断：{kept} / {total} 个文件已存入，重新运行即从断处接着做。")
        print(kept.format(kept=len(rows), total=result.total), file=sys.stderr)
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(_exit_code(rows, links, FailOn(wanted.fail_on)))


def report(
    store: Annotated[Path | None, argument(N_("结果文件"), N_("scan 存下的结果文件。"))] = None,
    xlsx: Annotated[
        Path | None,
        option("--xlsx", metavar=N_("文件"), help=N_("汇总工作簿：概览、每个文件一行、问题清单、反复出现的问题。")),
    ] = None,
    html: Annotated[
        Path | None,
        option(
            "--html",
            metavar=N_("目录"),
            help=N_("网页：全部文件一页，可排序筛选；每份文件的问题一页。写目录，或 .html 文件名。"),
        ),
    ] = None,
    findings: Annotated[
        Path | None, option("--findings", metavar=N_("文件"), help=N_("导出问题清单：.csv、.jsonl 或 .parquet。"))
    ] = None,
    facts: Annotated[
        Path | None,
        option(
            "--facts",
            metavar=N_("文件"),
            help=N_("导出全部数据，一个数字一行（元、原文、页、位置）：.csv、.jsonl 或 .parquet。"),
        ),
    ] = None,
    digest: Annotated[
        bool, option("--digest", help=N_("打印结果文件的内容摘要：摘要相同，两个结果文件的内容就相同。"))
    ] = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    min_severity: MinSeverityOption = None,
    min_confidence: MinConfidenceOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
) -> None:
    """Summarise and export what scans have stored."""
    from budgetaudit.scan import Store as Opened
    from budgetaudit.scan import StoreError

    if store is None:
        refuse(_("缺少结果文件：请写出 scan 存下的结果文件。"))
    for target, suffixes in ((xlsx, (".xlsx",)), (findings, _SUFFIXES), (facts, _SUFFIXES)):
        guard_output(target, [store])
        if target is not None and target.suffix.lower() not in suffixes:
            refuse(
                _("{path}：文件名须以 {suffixes} 结尾。").format(path=shown(target), suffixes=_("、").join(suffixes))
            )
        if target is not None and target.suffix.lower() == ".parquet":
            _need_parquet()
    if html is not None and html.suffix.lower() == ".html":
        guard_output(html, [store])
    elif html is not None and html.exists() and not html.is_dir():
        refuse(_("{path}：不是目录，也不以 .html 结尾。").format(path=shown(html)))
    wanted = chosen(
        select=select,
        ignore=ignore,
        min_severity=min_severity,
        min_confidence=min_confidence,
        config=config,
        isolated=isolated,
    )
    try:
        with Opened(store, create=False) as opened:
            if digest:
                print(opened.digest())
            _report(opened, wanted, xlsx, html, findings, facts, quiet=digest)
    except StoreError as error:
        refuse(_("{path}：{reason}。").format(path=shown(store), reason=error))


_SUFFIXES = (".csv", ".jsonl", ".parquet")


def _scan(
    roots: Sequence[Path], path: Path, settings: Settings, wanted: Wanted
) -> tuple[Scan, list[FileRow], Any, list[LinkRow]]:
    from rich.console import Console

    from budgetaudit.scan import Store, StoreError
    from budgetaudit.scan import scan as run
    from budgetaudit.scan.link_rows import link_rows
    from budgetaudit.scan.live import Quiet, View
    from budgetaudit.scan.pool import PoolError
    from budgetaudit.scan.summary import file_rows, repeated

    try:
        with Store(path) as store:
            console = Console(stderr=True, highlight=False, markup=False, emoji=False)
            if console.is_terminal:
                with View(console) as view:
                    result = run(roots, store, settings, view)
            else:
                result = run(roots, store, settings, Quiet())
            rows = _narrowed(store, file_rows(store, result.paths), wanted)
            return result, rows, repeated(store, rows), link_rows(store, rows)
    except PoolError as error:
        refuse(_("{reason}。").format(reason=error))
    except StoreError as error:
        refuse(_("{path}：{reason}。").format(path=shown(path), reason=error))


def _report(
    store: Store,
    wanted: Wanted,
    xlsx: Path | None,
    html: Path | None,
    findings: Path | None,
    facts: Path | None,
    *,
    quiet: bool,
) -> None:
    from budgetaudit.scan.link_rows import link_rows
    from budgetaudit.scan.summary import file_rows, repeated

    rows = _narrowed(store, file_rows(store), wanted)
    repeats, links = repeated(store, rows), link_rows(store, rows)
    if xlsx is not None:
        from budgetaudit.scan.workbook import write_summary

        write(xlsx, lambda: write_summary(store, rows, repeats, links, xlsx))
    if html is not None:
        from budgetaudit.scan.index import write_index

        write(html, lambda: write_index(store, rows, repeats, links, html))
    if findings is not None or facts is not None:
        from budgetaudit.scan.exports import export_facts, export_findings

        if findings is not None:
            write(findings, lambda: export_findings(store, rows, links, findings))
        if facts is not None:
            write(facts, lambda: export_facts(store, rows, facts))
    if not quiet and (xlsx, html, findings, facts) == (None, None, None, None):
        from budgetaudit.scan.link_terminal import print_links
        from budgetaudit.scan.terminal import print_rows, print_totals

        console = _console()
        print_rows(rows, console)
        print_totals(rows, repeats, console)
        print_links(links, console, each=True)


def _narrowed(store: Store, rows: list[FileRow], wanted: Wanted) -> list[FileRow]:
    """The rows with what the settings want to see; how much that leaves out is told on stderr."""
    from budgetaudit.scan.narrow import narrow
    from budgetaudit.scan.summary import file_rows
    from budgetaudit.settings import shown_severities, switched_off

    off, severities = switched_off(wanted), shown_severities(wanted)
    if not off and len(severities) == len(Least) and not wanted.min_confidence:
        return rows
    narrow(store, off, severities, wanted.min_confidence)
    less = file_rows(store, [row.path for row in rows])
    counts = ("errors", "warnings", "notices")
    before, after = (sum(row.document[n] for row in some if row.audited for n in counts) for some in (rows, less))
    if before > after:
        said = n_("按设置没有列出 {n:,} 处问题（各项设置见 scan --show-settings）。", before - after)
        print(said, file=sys.stderr)
    return less


def _guard_store(store: Path, roots: Sequence[Path]) -> None:
    if store.is_dir():
        refuse(_("{path}：是目录，请写文件名。").format(path=shown(store)))
    target = store.resolve()
    for root in roots:
        folder = root.resolve()
        if target == folder or folder in target.parents:
            refuse(_("{path}：结果文件不能在扫描的文件夹里，请用 --store 写到别处。").format(path=shown(store)))


def _need_parquet() -> None:
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        refuse(_("导出 .parquet 需要 pyarrow：pip install 'budgetaudit[parquet]'"))


def _exit_code(rows: Sequence[FileRow], links: Sequence[LinkRow], fail_on: FailOn) -> int:
    """As `check`: 2 where a file could not be checked or there is none, else 1 where a finding reaches the limit."""
    from budgetaudit.model import Severity
    from budgetaudit.scan import FileVerdict
    from budgetaudit.scan.link_rows import reached as across

    if not rows or any(not row.audited and row.verdict is not FileVerdict.DUPLICATE for row in rows):
        return UNUSABLE
    grave = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
    limits = () if fail_on is FailOn.NEVER else grave[: grave.index(Severity(fail_on.value)) + 1]
    found = any(row.document[f"{limit.value}s"] for row in rows if row.audited for limit in limits)
    return FOUND if found or across(links, limits) else 0


def _closing(result: Scan, store: Path) -> str:
    parts = [_("本次读取 {number} 份").format(number=result.read)]
    if result.reused:
        parts.append(_("未变化 {number} 份").format(number=result.reused))
    if result.gone:
        parts.append(_("已不在的文件 {number} 个").format(number=result.gone))
    parts.append(_("用时 {seconds:.1f} 秒").format(seconds=result.seconds))
    if result.read and result.seconds:
        parts.append(_("每秒 {speed:.1f} 份").format(speed=result.read / result.seconds))
    said = _("{parts}。结果存入 {path}").format(parts=_("，").join(parts), path=shown(store))
    return f"\n{said}"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _console() -> Any:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal and not os.environ.get("COLUMNS", "").isdigit():
        console.width = _PIPE_WIDTH
    return console
