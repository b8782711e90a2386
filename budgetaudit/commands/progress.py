"""Which stage a long check is at: one line on standard error, on a terminal only, gone when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from budgetaudit.lang import _
from budgetaudit.outlet import shown


@contextmanager
def stages(path: Path, number: int, total: int) -> Iterator[Callable[[str], None]]:
    """A function to tell the stage with; ``number`` from 1 of ``total`` inputs."""
    from rich.console import Console
    from rich.live import Live
    from rich.spinner import Spinner
    from rich.text import Text

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if not console.is_terminal or console.is_dumb_terminal:
        yield lambda stage: None
        return
    count = f"{number}/{total} " if total > 1 else ""

    def line(stage: str) -> Text:
        text = Text(_("{count}{path}：{stage}…").format(count=count, path=shown(path), stage=stage), no_wrap=True)
        text.truncate(max(10, console.width - 4), overflow="ellipsis")
        return text

    spinner = Spinner("dots", line(_("读取")))

    def tell(stage: str) -> None:
        spinner.update(text=line(stage))
        live.refresh()  # a short stage would begin and end between two turns of the spinner

    with Live(spinner, console=console, transient=True) as live:
        yield tell
