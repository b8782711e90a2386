"""What a person sees while a scan runs: progress, speed, counts by verdict, the files at hand. Only on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from budgetaudit.lang import _
from budgetaudit.report.words import visible
from budgetaudit.scan.outcome import WORDS, FileVerdict

_REUSED = "reused"
_SHOWN = (*(verdict.value for verdict in WORDS), _REUSED)


class Quiet:
    """Shows nothing."""

    def begin(self, total: int) -> None:
        """Nothing to show."""

    def done(self, verdict: str) -> None:
        """Nothing to show."""

    def busy(self, paths: Sequence[Path]) -> None:
        """Nothing to show."""


class View(Quiet):
    """The live view; use as a context manager."""

    def __init__(self, console: Console) -> None:
        self._counts: Counter[str] = Counter()
        self._busy: Sequence[Path] = ()
        self._progress = Progress(
            TextColumn(_("扫描")),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TextColumn(_("剩余")),
            TimeRemainingColumn(),
            console=console,
        )
        self._task = self._progress.add_task("", total=None, rate="")
        self._live = Live(console=console, get_renderable=self._draw, refresh_per_second=5, transient=True)

    def __enter__(self) -> View:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def begin(self, total: int) -> None:
        """Set the length of the bar."""
        self._progress.update(self._task, total=total)

    def done(self, verdict: str) -> None:
        """Count a file."""
        self._counts[verdict] += 1
        speed = self._progress.tasks[0].speed
        self._progress.update(self._task, advance=1, rate=_("{speed:.1f} 个/秒").format(speed=speed) if speed else "")

    def busy(self, paths: Sequence[Path]) -> None:
        """Show the files at hand."""
        self._busy = paths

    def _draw(self) -> Group:
        counts = " · ".join(f"{_word(name)} {self._counts[name]}" for name in _SHOWN if self._counts[name])
        lines = [Text(counts)] if counts else []
        lines += [Text(_("正在读：{name}").format(name=visible(path.name, 60)), style="dim") for path in self._busy]
        return Group(self._progress, *lines)


def _word(name: str) -> str:
    return _("未变化") if name == _REUSED else WORDS[FileVerdict(name)]
