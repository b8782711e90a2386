"""The commands. What reads, checks or draws is imported by the command that needs it, so that --help stays quick."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from budgetaudit import __version__, folders
from budgetaudit.errors import UnreadableError
from budgetaudit.lang import CHINESE, N_, OPTION
from budgetaudit.model import Problem
from budgetaudit.options import Engine, EngineOption, FailOn, argument, option
from budgetaudit.outlet import books_for, dump, guard_output, refuse, shown, warn, write
from budgetaudit.usage import UNUSABLE, Command, Group

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from budgetaudit.model import Document, Report

T = TypeVar("T")
FOUND = 1
_PIPE_WIDTH = 100
_FAMILIES = {
    "T": "表内勾稽",
    "X": "表间勾稽",
    "N": "文字与表",
    "C": "文字中的计算",
    "D": "应公开内容",
    "S": "科目编码与名称",
    "F": "格式与措辞",
    "P": "绩效目标",
    "Y": "文件之间",
    "R": "读取",
}

app = typer.Typer(
    cls=Group,
    help="核对政府部门预算、决算公开文件：读出每个数字，检查每项勾稽关系，指出哪里不符、差多少。",
    epilog="退出码：0 没有达到 --fail-on 的问题；1 有；2 输入或调用无法使用。",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


class CheckFormat(StrEnum):
    """How a report is printed."""

    TERMINAL = "terminal"
    JSON = "json"


class TableFormat(StrEnum):
    """How tables are printed."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


OutputOption = Annotated[Path | None, option("--output-file", help="写入文件，不打印到屏幕。", metavar="文件")]
DebugOption = Annotated[bool, option("--debug", help="程序出错时显示完整的错误堆栈。")]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"budgetaudit {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", help=N_("显示版本号并退出。"), callback=_version, is_eager=True),
    ] = False,
    # Taken from the call by Group.main before anything is said; declared for the help and for completion.
    lang: Annotated[
        str,
        option(OPTION, metavar=N_("语言"), help=N_("zh（中文，默认）或 en（英文）；也可设环境变量 BUDGETAUDIT_LANG。")),
    ] = CHINESE,
) -> None:
    pass


@app.command(cls=Command, help="核对文件里的全部数字，报告不符之处。")
def check(
    files: Annotated[list[Path] | None, argument("文件…", "要核对的 PDF 或文本文件，可以有多个。")] = None,
    format: Annotated[
        CheckFormat,
        option("--format", metavar="格式", help="terminal（默认，给人看）或 json（给程序用；多个文件时一行一个）。"),
    ] = CheckFormat.TERMINAL,
    xlsx: Annotated[
        Path | None,
        option("--xlsx", help="另存工作簿：概览、问题清单、勾稽底稿、各表。多个文件时写目录名。", metavar="文件"),
    ] = None,
    fail_on: Annotated[
        FailOn,
        option("--fail-on", metavar="级别", help="达到此级别即以 1 退出：error、warning（默认）、notice、never。"),
    ] = FailOn.WARNING,
    engine: EngineOption = Engine.AUTO,
    verify: Annotated[bool, option("--verify", help="用两种方式各读一遍，列出读法不同的地方。")] = False,
    together: Annotated[
        bool, option("--together", help="把几个 PDF（说明和报表分开公开的）当作一份文件核对，页码接续。")
    ] = False,
    verbose: Annotated[bool, option("--verbose", "-v", help="列出每一项勾稽和每一处尾差。")] = False,
    output_file: OutputOption = None,
    debug: DebugOption = False,
) -> None:
    """Check every figure of the files and report what does not agree."""
    given = files or []
    if not given:
        refuse("缺少文件：请写出要核对的文件名。")
    paths = given[:1] if together else given
    joined = given[1:] if together else []
    several = len(paths) > 1
    guard_output(output_file, given)
    books = books_for(xlsx, paths)
    written = io.StringIO()
    worst = 0
    for number, path in enumerate(paths):
        if several and number and format is CheckFormat.TERMINAL:
            _emit("═" * 60 + "\n", written, output_file)
        failure, report = _guarded(path, debug, partial(_audit, [path, *joined], engine, verify))
        if report is None:
            worst = UNUSABLE
            if several and format is CheckFormat.JSON and failure is not None:
                _emit(_error_line(path, failure), written, output_file)
            continue
        _print_report(report, format, several, verbose, written, output_file)
        if path in books:
            write(books[path], partial(_write_book, report, books[path]))
        worst = max(worst, FOUND if _reaches(report, fail_on) else 0)
    if output_file is not None:
        write(output_file, lambda: output_file.write_text(written.getvalue(), "utf-8", errors="backslashreplace"))
    raise typer.Exit(worst)


@app.command(cls=Command, help="读出文件里的表格，原样输出。")
def extract(
    file: Annotated[Path | None, argument("文件", "要读取的 PDF 或文本文件。")] = None,
    format: Annotated[
        TableFormat, option("--format", metavar="格式", help="json（默认）、csv 或 xlsx（须同时写 --output-file）。")
    ] = TableFormat.JSON,
    output_file: OutputOption = None,
    draw: Annotated[
        Path | None, option("--draw", help="把读到的格子和识别结果画在页面图上，存入此目录。", metavar="目录")
    ] = None,
    engine: EngineOption = Engine.AUTO,
    debug: DebugOption = False,
) -> None:
    """Print the tables of a file as they are."""
    if file is None:
        refuse("缺少文件：请写出要读取的文件名。")
    if format is TableFormat.XLSX and output_file is None:
        refuse("--format xlsx 须同时写 --output-file。")
    if draw is not None and draw.exists() and not draw.is_dir():
        refuse(f"{shown(draw)}：不是目录，无法存图。")
    guard_output(output_file, [file])
    _, read = _guarded(file, debug, lambda: _recognise(file, engine))
    if read is None:
        raise typer.Exit(UNUSABLE)
    document, profile, tables = read
    if not tables:
        warn(file, "没有读到表格")
    if format is TableFormat.XLSX and output_file is not None:
        from budgetaudit.report.workbook import write_tables

        write(output_file, lambda: write_tables(document, profile, tables, str(output_file)))
    else:
        from budgetaudit.report.json_report import tables_json
        from budgetaudit.report.tables import write_csv

        written = io.StringIO(newline="")
        if format is TableFormat.CSV:
            write_csv(tables, written)
        else:
            written.write(dump(tables_json(document, profile, tables), None))
        if output_file is None:
            sys.stdout.write(written.getvalue())
        else:
            # A byte order mark tells a spreadsheet that the CSV is UTF-8.
            data = written.getvalue().encode("utf-8-sig" if format is TableFormat.CSV else "utf-8", "backslashreplace")
            write(output_file, lambda: output_file.write_bytes(data))
    if draw is not None:
        _draw(document, tables, file, draw, debug)


@app.command(cls=Command, help="列出全部规则。")
def rules() -> None:
    """List all rules."""
    from rich.table import Table
    from rich.text import Text

    from budgetaudit.report.words import SEVERITY
    from budgetaudit.rules import all_rules

    console = _console()
    grid = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for title in ("规则", "类别", "级别", "内容"):
        grid.add_column(title, overflow="fold", no_wrap=title != "内容")
    severities = {severity.value: word for severity, word in SEVERITY.items()}
    for rule in sorted(all_rules(), key=lambda r: (list(_FAMILIES).index(r.family), r.code)):
        severity = severities.get(str(rule.severity), str(rule.severity))
        grid.add_row(Text(rule.code), Text(_FAMILIES[rule.family]), Text(severity), Text(rule.title))
    console.print(grid)
    console.print("某条规则的说明和例子：budgetaudit explain 规则", markup=False)


@app.command(cls=Command, help="说明一条规则：查什么、为什么、依据和例子。")
def explain(code: Annotated[str | None, argument("规则", "规则编号，例如 T101。")] = None) -> None:
    """Print the page of one rule."""
    from budgetaudit.rules import find

    if code is None:
        refuse("缺少规则编号：全部规则见 budgetaudit rules。")
    try:
        rule = find(code.strip().upper())
    except KeyError:
        refuse(f"没有规则 {shown(code)}：全部规则见 budgetaudit rules。")
    page = rule.doc.strip()
    print(page if page.startswith(rule.code) else f"{rule.code} {rule.title}\n\n{page}")


folders.register(app)


# ----------------------------------------------------------------------------------------------------------- one file


def _audit(paths: list[Path], engine: Engine, verify: bool) -> Report:
    from budgetaudit.reading import read
    from budgetaudit.reading.together import together

    documents = [read(path, engine=engine.value) for path in paths]
    from budgetaudit.audit import audit

    report = audit(documents[0] if len(documents) == 1 else together(documents))
    if verify:
        from budgetaudit.reading.verify import compare

        differing, failed = [], []
        for number, document in enumerate(documents):
            offset = report.document.parts[number].first_page - 1 if report.document.parts else 0
            ones, bad = compare(document)
            differing += [replace(o, place=replace(o.place, page=(o.place.page or 0) + offset)) for o in ones]
            failed += [replace(b, page=(b.page or 0) + offset) for b in bad]
        second = [
            Problem(f"两种读法不同（{one.what}）：本程序读作“{one.ours}”，camelot 读作“{one.camelot}”", one.place.page)
            for one in differing
        ]
        report = replace(report, problems=(*report.problems, *failed, *second))
    return report


def _recognise(path: Path, engine: Engine) -> Any:
    from budgetaudit.reading import read

    document = read(path, engine=engine.value)
    from budgetaudit.audit import recognise

    return document, *recognise(document)


def _guarded(path: Path, debug: bool, work: Callable[[], T]) -> tuple[Exception | None, T | None]:
    """Run the work on one file; what goes wrong is one line on stderr that names the file."""
    try:
        return None, work()
    except UnreadableError as error:
        warn(path, str(error))
        return error, None
    except Exception as error:  # a bug in one file must not take the others with it
        if debug:
            import traceback

            traceback.print_exc()
        hint = "" if debug else "，加 --debug 可看详情"
        warn(path, f"程序出错（{type(error).__name__}{hint}），这个文件没有核对")
        return error, None


def _reaches(report: Report, fail_on: FailOn) -> bool:
    grave = ("error", "warning", "notice")
    if fail_on is FailOn.NEVER:
        return False
    limit = grave.index(fail_on.value)
    return any(grave.index(finding.severity.value) <= limit for finding in report.findings)


# ------------------------------------------------------------------------------------------------------------- output


def _print_report(
    report: Report, format: CheckFormat, several: bool, verbose: bool, written: io.StringIO, output_file: Path | None
) -> None:
    if format is CheckFormat.JSON:
        from budgetaudit.report.json_report import to_json

        _emit(dump(to_json(report), None if several else 2), written, output_file)
        return
    from budgetaudit.report.terminal import print_report

    print_report(report, _console(None if output_file is None else written), verbose)


def _console(stream: io.StringIO | None = None) -> Console:
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    if not console.is_terminal and not os.environ.get("COLUMNS", "").isdigit():
        console.width = _PIPE_WIDTH
    return console


def _error_line(path: Path, error: Exception) -> str:
    from budgetaudit.report.json_report import error_json

    return dump(error_json(str(path), error), None)


def _emit(text: str, written: io.StringIO, output_file: Path | None) -> None:
    if output_file is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        written.write(text)


def _write_book(report: Report, path: Path) -> None:
    from budgetaudit.report.workbook import write_report

    path.parent.mkdir(parents=True, exist_ok=True)
    write_report(report, str(path))


def _draw(document: Document, tables: Any, file: Path, folder: Path, debug: bool) -> None:
    if document.format != "pdf":
        refuse(f"{shown(file)}：不是 PDF，没有页面可画。")
    from budgetaudit.report.draw import draw

    failure, pages = _guarded(file, debug, lambda: draw(document, tables, file, folder))
    if failure is not None or pages is None:
        raise typer.Exit(UNUSABLE)
    print(f"{shown(folder)}：存入 {len(pages)} 张页面图", file=sys.stderr)
