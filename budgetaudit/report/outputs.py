"""Every form in which an audit is handed over, in one table: a new one is one entry, and what it names is imported only
when it is asked for.

There are two kinds. A *stream* is text that takes in all inputs of a run, one after the other: its class is made with
(stream, How) and has ``add(Audited)`` and ``end()``. A *file* belongs to one document: its function is called with
(Report, Path), creates the file and raises OSError where it cannot; of several inputs each gets a file of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from budgetaudit.lang import N_

if TYPE_CHECKING:
    from budgetaudit.model import Report, Severity


@dataclass(frozen=True, slots=True)
class Audited:
    """What became of one input: its report, or the error for which there is none."""

    path: str
    """As the user named it."""
    report: Report | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class How:
    """What a stream is written for."""

    several: bool = False
    """Whether more than one input is to come."""
    verbose: bool = False
    to_file: bool = False
    """Whether it goes into a file of its own, in place of standard output."""
    failing: frozenset[Severity] = frozenset()
    """Severities that make the run fail."""


class Stream(Protocol):
    """Text over all inputs of a run."""

    def __init__(self, stream: TextIO, how: How) -> None:
        """Begin; nothing need be written yet."""

    def add(self, audited: Audited) -> None:
        """Take in one input."""

    def end(self) -> None:
        """Write what could not be written before all inputs were known."""


@dataclass(frozen=True, slots=True)
class Output:
    """One form: its name on the command line, the suffixes that mean it, what it is for, and who writes it."""

    name: str
    suffixes: tuple[str, ...]
    what: str
    maker: str
    """module:name of the Stream class, or of the function(report, path) of a file."""
    per_document: bool = False
    needs: str = ""
    """Format of the documents that it can be made for (``pdf``); empty for any."""
    bom: bool = False
    """Whether a file of it begins with a byte order mark: spreadsheets take UTF-8 for something else without."""

    def stream(self, stream: TextIO, how: How) -> Stream:
        """The stream, begun."""
        made: Stream = self._made()(stream, how)
        return made

    def write(self, report: Report, path: Path) -> None:
        """Write the file of one document. Raises OSError where the system refuses."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._made()(report, path)

    def _made(self) -> Any:
        module, name = self.maker.split(":")
        return getattr(import_module(module), name)


_FORMATS = "budgetaudit.report.formats"
_HTML = "budgetaudit.report.html.report"
OUTPUTS = (
    Output("terminal", (".txt",), N_("给人看的报告"), f"{_FORMATS}.people:Terminal"),
    Output("json", (".json",), N_("一个对象；多个文件时一行一个"), f"{_FORMATS}.json_lines:Json"),
    Output("jsonl", (".jsonl",), N_("一个文件一行"), f"{_FORMATS}.json_lines:JsonLines"),
    Output("sarif", (".sarif", ".sarif.json"), N_("SARIF 2.1.0，供代码平台使用"), f"{_FORMATS}.sarif:Sarif"),
    Output("junit", (".xml",), N_("JUnit XML，供持续集成使用"), f"{_FORMATS}.junit:Junit"),
    Output("github", (), N_("GitHub 工作流命令"), f"{_FORMATS}.github:Github"),
    Output("markdown", (".md",), N_("可贴进邮件或合并请求"), f"{_FORMATS}.markdown_report:MarkdownReport"),
    Output("csv", (".csv",), N_("问题清单，一处一行"), f"{_FORMATS}.findings_csv:FindingsCsv", bom=True),
    Output("statistics", (), N_("各规则的问题数"), f"{_FORMATS}.statistics:Statistics"),
    Output("xlsx", (".xlsx",), N_("工作簿"), "budgetaudit.report.workbook:write_report", per_document=True),
    Output("html", (".html", ".htm"), N_("网页：问题和页面图并排，可筛选"), f"{_HTML}:write_html", per_document=True),
    Output(
        "annotate",
        (".pdf",),
        N_("加了批注和书签的 PDF"),
        "budgetaudit.report.annotate:write_annotated",
        per_document=True,
        needs="pdf",
    ),
)


def named(name: str) -> Output | None:
    """The output of this name."""
    return next((output for output in OUTPUTS if output.name == name), None)


def by_suffix(path: Path) -> Output | None:
    """The output whose suffix the file name ends with, the longest first."""
    name = path.name.lower()
    fitting = [(len(s), output) for output in OUTPUTS for s in output.suffixes if name.endswith(s)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
