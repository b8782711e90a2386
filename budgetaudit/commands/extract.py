"""extract: the tables of a file as they are."""

from __future__ import annotations

import io
import sys
from contextlib import ExitStack
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from budgetaudit.commands.inputs import STDIN, guarded, on_disk, recognised
from budgetaudit.commands.progress import stages
from budgetaudit.lang import N_, _
from budgetaudit.options import DebugOption, EngineOption, OutputFileOption, argument, option
from budgetaudit.outlet import guard_output, refuse, shown, warn, write
from budgetaudit.usage import OUTPUT, UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budgetaudit.model import Document, Profile, Table

HELP = N_("读出文件里的表格，原样输出。")


class TableFormat(StrEnum):
    """How tables are printed."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def extract(
    file: Annotated[Path | None, argument(N_("文件"), N_("要读取的 PDF 或文本文件；- 为标准输入。"))] = None,
    format: Annotated[
        TableFormat,
        option(
            "--format",
            metavar=N_("格式"),
            help=N_("json（默认）、csv 或 xlsx（须同时写 --output-file）。"),
            group=OUTPUT,
        ),
    ] = TableFormat.JSON,
    output_file: OutputFileOption = None,
    draw: Annotated[
        Path | None,
        option("--draw", metavar=N_("目录"), help=N_("把读到的格子和识别结果画在页面图上，存入此目录。"), group=OUTPUT),
    ] = None,
    engine: EngineOption = None,
    debug: DebugOption = False,
) -> None:
    """Print the tables of a file as they are."""
    if file is None:
        refuse(_("缺少文件：请写出要读取的文件名。"))
    if format is TableFormat.XLSX and output_file is None:
        refuse(_("--format xlsx 须同时写 --output-file。"))
    if draw is not None and draw.exists() and not draw.is_dir():
        refuse(_("{path}：不是目录，无法存图。").format(path=shown(draw)))
    guard_output(output_file, [file])
    with ExitStack() as lasting:
        with stages(file, 1, 1):
            _error, read = guarded(file, debug, lambda: _read(file, engine.value if engine else "auto", lasting))
        if read is None:
            raise typer.Exit(UNUSABLE)
        document, profile, tables = read
        if not tables:
            warn(file, _("没有读到表格"))
        _deliver(document, profile, tables, format, output_file, file)
        if draw is not None:
            _draw(document, tables, file, draw, debug)


def _read(file: Path, engine: str, lasting: ExitStack) -> tuple[Document, Profile, Sequence[Table]]:
    return recognised(lasting.enter_context(on_disk(file)), engine)


def _deliver(
    document: Document,
    profile: Profile,
    tables: Sequence[Table],
    format: TableFormat,
    output_file: Path | None,
    file: Path,
) -> None:
    if format is TableFormat.XLSX and output_file is not None:
        from budgetaudit.report.workbook import write_tables

        write(output_file, lambda: write_tables(document, profile, tables, str(output_file)))
        return
    from dataclasses import replace

    from budgetaudit.report.json_report import tables_json
    from budgetaudit.report.json_text import dump
    from budgetaudit.report.tables import write_csv

    named = replace(document, path=str(file)) if file == STDIN else document
    stream = sys.stdout if output_file is None else io.StringIO(newline="")
    if format is TableFormat.CSV:
        write_csv(tables, stream)
    else:
        stream.write(dump(tables_json(named, profile, tables), stream))
    if output_file is not None and isinstance(stream, io.StringIO):
        # A byte order mark tells a spreadsheet that the CSV is UTF-8.
        encoding = "utf-8-sig" if format is TableFormat.CSV else "utf-8"
        data = stream.getvalue().encode(encoding, "backslashreplace")
        write(output_file, partial(output_file.write_bytes, data))


def _draw(document: Document, tables: Any, file: Path, folder: Path, debug: bool) -> None:
    if document.format != "pdf":
        refuse(_("{path}：不是 PDF，没有页面可画。").format(path=shown(file)))
    from budgetaudit.report.draw import draw

    _error, pages = guarded(file, debug, lambda: draw(document, tables, Path(document.path), folder))
    if pages is None:
        raise typer.Exit(UNUSABLE)
    print(_("{path}：存入 {n} 张页面图").format(path=shown(folder), n=len(pages)), file=sys.stderr)
