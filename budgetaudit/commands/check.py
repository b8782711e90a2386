"""check: every figure of the files, and what does not agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from budgetaudit.chosen import chosen, show_and_end
from budgetaudit.commands.delivery import STDOUT, Target, output_named, parse, plan, stream_named
from budgetaudit.commands.inputs import STDIN, check_inputs, guarded, on_disk
from budgetaudit.commands.progress import stages
from budgetaudit.errors import UnreadableError
from budgetaudit.lang import N_, _
from budgetaudit.options import (
    ConfigOption,
    DebugOption,
    EngineOption,
    ExitZeroOption,
    FailOnOption,
    IgnoreOption,
    IsolatedOption,
    MinConfidenceOption,
    MinSeverityOption,
    OutputFileOption,
    SelectOption,
    ShowSettingsOption,
    argument,
    option,
    output_specs,
    stream_names,
)
from budgetaudit.outlet import refuse
from budgetaudit.report.outputs import Audited, How
from budgetaudit.usage import CHOICE, OUTPUT, READING, UNUSABLE

if TYPE_CHECKING:
    from budgetaudit.model import Document, Report
    from budgetaudit.report.baseline import Entry
    from budgetaudit.settings import Settings

FOUND = 1
HELP = N_("核对文件里的全部数字，报告不符之处。")


def check(
    files: Annotated[
        list[Path] | None, argument(N_("文件…"), N_("要核对的 PDF 或文本文件，可以有多个；- 为标准输入。"))
    ] = None,
    format: Annotated[
        str | None,
        option(
            "--format",
            metavar=N_("格式"),
            help=N_("terminal（默认，给人看）、json、jsonl、sarif、junit、github、markdown、csv 或 statistics。"),
            group=OUTPUT,
            complete=stream_names,
        ),
    ] = None,
    output_file: OutputFileOption = None,
    output: Annotated[
        list[str] | None,
        option(
            "--output",
            metavar=N_("格式=文件"),
            help=N_("另存一种格式，可以写多次，如 --output sarif=结果.sarif；- 为屏幕；后缀说明格式时只写文件名。"),
            group=OUTPUT,
            complete=output_specs,
        ),
    ] = None,
    xlsx: Annotated[
        Path | None,
        option(
            "--xlsx",
            metavar=N_("文件"),
            help=N_("另存工作簿：概览、问题清单、勾稽底稿、各表。多个文件时写目录名。"),
            group=OUTPUT,
        ),
    ] = None,
    html: Annotated[
        Path | None,
        option(
            "--html",
            metavar=N_("文件"),
            help=N_("另存网页：问题和页面图并排，每张表的核对情况，全部勾稽可筛选。多个文件时写目录名。"),
            group=OUTPUT,
        ),
    ] = None,
    annotate: Annotated[
        Path | None,
        option(
            "--annotate",
            metavar=N_("文件"),
            help=N_("另存 PDF：原文件上标出有关数字，加批注和书签。多个文件时写目录名。"),
            group=OUTPUT,
        ),
    ] = None,
    statistics: Annotated[bool, option("--statistics", help=N_("只列各规则的问题数。"), group=OUTPUT)] = False,
    verbose: Annotated[bool, option("--verbose", "-v", help=N_("列出每一项勾稽和每一处尾差。"), group=OUTPUT)] = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    min_severity: MinSeverityOption = None,
    min_confidence: MinConfidenceOption = None,
    baseline: Annotated[
        Path | None,
        option(
            "--baseline",
            metavar=N_("文件"),
            help=N_("已看过的问题不再报告：工作簿中状态为“已核实”“不采纳”的，或 json 报告列出的。"),
            group=CHOICE,
        ),
    ] = None,
    fail_on: FailOnOption = None,
    exit_zero: ExitZeroOption = False,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    show_settings: ShowSettingsOption = False,
    engine: EngineOption = None,
    verify: Annotated[
        bool, option("--verify", help=N_("用两种方式各读一遍，列出读法不同的地方。"), group=READING)
    ] = False,
    together: Annotated[
        bool,
        option("--together", help=N_("把几个 PDF（说明和报表分开公开的）当作一份文件核对，页码接续。"), group=READING),
    ] = False,
    debug: DebugOption = False,
) -> None:
    """Check every figure of the files and report what does not agree."""
    from budgetaudit.rules import document_rules
    from budgetaudit.settings import reaches, switched_off
    from budgetaudit.settings.limits import failing

    settings = chosen(
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
        show_and_end(settings)
    given = files or []
    if not given:
        refuse(_("缺少文件：请写出要核对的文件名。"))
    if {rule.code for rule in document_rules()} <= switched_off(settings).keys():
        refuse(_("按设置没有一条规则可查：核对单个文件时只用到 Y 以外的规则。"))
    check_inputs(given)
    if together and STDIN in given:
        refuse(_("--together 不能用标准输入。"))
    paths = given[:1] if together else given
    targets = _targets(
        format,
        statistics,
        output_file,
        [parse(spec) for spec in output or []],
        {"xlsx": xlsx, "html": html, "annotate": annotate},
    )
    accepted = _accepted(baseline)
    delivery = plan(
        targets,
        paths,
        [*given, baseline] if baseline else given,
        How(len(paths) > 1, verbose, failing=failing(settings)),
    )
    delivery.begin()
    worst = 0
    for number, path in enumerate(paths, 1):
        with ExitStack() as lasting:
            with stages(path, number, len(paths)) as told:
                work = partial(_audit, path, given[1:] if together else [], settings, verify, accepted, lasting, told)
                error, report = guarded(path, debug, work)
            if report is None:
                worst = UNUSABLE
                delivery.add(path, Audited(str(path), error=error), None)
            else:
                worst = max(worst, FOUND if reaches(report, settings) and not exit_zero else 0)
                delivery.add(path, Audited(str(path), _named(report, path)), report)
    delivery.end()
    raise typer.Exit(UNUSABLE if delivery.failed else worst)


def _targets(
    format: str | None,
    statistics: bool,
    output_file: Path | None,
    more: Sequence[Target],
    shorthands: Mapping[str, Path | None],
) -> list[Target]:
    """All outputs that were asked for; the report for people on the screen where nothing else goes there."""
    if statistics:
        if format is not None:
            refuse(_("--statistics 和 --format 不能同时写。"))
        format = "statistics"
    targets = [Target(output_named(name, f"--{name}"), path) for name, path in shorthands.items() if path is not None]
    if format is not None or output_file is not None or not any(target.path == STDOUT for target in more):
        targets.insert(0, Target(stream_named(format or "terminal"), output_file or STDOUT))
    return [*targets, *more]


def _audit(
    path: Path,
    others: Sequence[Path],
    settings: Settings,
    verify: bool,
    accepted: Sequence[Entry],
    lasting: ExitStack,
    told: Callable[[str], None],
) -> Report:
    """Read, audit and filter one input. Standard input is on disk as long as ``lasting``. Raises UnreadableError."""
    from budgetaudit.reading import read
    from budgetaudit.reading.together import together

    files = [lasting.enter_context(on_disk(one)) for one in (path, *others)]
    documents = [read(file, engine=settings.engine) for file in files]
    from budgetaudit.audit import audit
    from budgetaudit.second_look import second_look
    from budgetaudit.settings import switched_off, within

    document = together(documents) if others else documents[0]
    report = second_look(audit(document, off=switched_off(settings), told=told))
    if verify:
        told(_("另一种方式再读一遍"))
        report = _verified(report, documents)
    if accepted:
        from budgetaudit.report.baseline import apply_baseline

        report = apply_baseline(report, accepted)
    return within(report, settings)


def _accepted(baseline: Path | None) -> tuple[Entry, ...]:
    """What the user has looked at already; refuses a file that does not say."""
    if baseline is None:
        return ()
    from budgetaudit.report.baseline import load_baseline

    try:
        return load_baseline(baseline)
    except UnreadableError as error:
        refuse(str(error))


def _verified(report: Report, documents: Sequence[Document]) -> Report:
    """The report with what a second reading of its documents reads differently among its problems."""
    from budgetaudit.diagnosis.reread import reread
    from budgetaudit.model import Problem
    from budgetaudit.reading.verify import compare

    problems, theirs = list(report.problems), {}
    for number, document in enumerate(documents):
        offset = report.document.parts[number].first_page - 1 if report.document.parts else 0
        differing, failed = compare(document)
        problems += [replace(one, page=(one.page or 0) + offset) for one in failed]
        for one in differing:
            said = _("两种读法不同（{what}）：本程序读作“{ours}”，camelot 读作“{camelot}”")
            what = said.format(what=one.what, ours=one.ours, camelot=one.camelot)
            place = replace(one.place, page=(one.place.page or 0) + offset)
            problems.append(Problem(what, place.page))
            theirs[place] = one.camelot
    return replace(report, problems=tuple(problems), findings=tuple(reread(report.findings, theirs)))


def _named(report: Report, path: Path) -> Report:
    """The report by the name that the user gave: standard input has a copy on disk, whose name is nobody's business."""
    if path != STDIN:
        return report
    return replace(report, document=replace(report.document, path=str(path)))
