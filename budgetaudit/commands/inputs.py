"""What the commands read: files, or standard input; and what becomes of those that cannot be read."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from budgetaudit.lang import _
from budgetaudit.outlet import refuse, warn

if TYPE_CHECKING:
    from budgetaudit.model import Document

T = TypeVar("T")
STDIN = Path("-")
_CHUNK = 1 << 20


@contextmanager
def on_disk(path: Path) -> Iterator[Path]:
    """The file to read: the path itself, or for ``-`` a copy of standard input that lasts as long as the context.

    Raises UnreadableError where standard input is longer than any file that is read.
    """
    if path != STDIN:
        yield path
        return
    if sys.stdin.isatty():
        refuse(_("标准输入是终端：请用管道送入文件，例如 budgetaudit check - < 部门预算.pdf"))
    with tempfile.TemporaryDirectory(prefix="budgetaudit-") as folder:
        copy = Path(folder) / "stdin"
        _spool(sys.stdin.buffer, copy)
        yield copy


def _spool(source: BinaryIO, target: Path) -> None:
    from budgetaudit.errors import UnreadableError
    from budgetaudit.reading import MAX_PDF_BYTES

    size = 0
    with target.open("wb") as stream:
        while data := source.read(_CHUNK):
            size += len(data)
            if size > MAX_PDF_BYTES:
                raise UnreadableError(
                    "too-large", _("标准输入超过 {size} MB，不读取").format(size=MAX_PDF_BYTES // 1_000_000)
                )
            stream.write(data)


def check_inputs(paths: Sequence[Path]) -> None:
    """Refuse to read standard input twice."""
    if sum(1 for path in paths if path == STDIN) > 1:
        refuse(_("标准输入（-）只能写一次。"))


def guarded(path: Path, debug: bool, work: Callable[[], T]) -> tuple[Exception | None, T | None]:
    """Run the work on one file; what goes wrong is one line on stderr that names the file."""
    from budgetaudit.errors import UnreadableError
    from budgetaudit.report.words import error_words

    try:
        return None, work()
    except UnreadableError as error:
        warn(path, str(error))
        return error, None
    except Exception as error:  # a bug in one file must not take the others with it
        if debug:
            import traceback

            traceback.print_exc()
        warn(path, error_words(error) + ("" if debug else _("；加 --debug 可看详情")))
        return error, None


def recognised(path: Path, engine: str) -> tuple[Document, Any, Any]:
    """A document with its identity and tables. Raises UnreadableError."""
    from budgetaudit.audit import recognise
    from budgetaudit.reading import read

    document = read(path, engine=engine)
    return document, *recognise(document)
