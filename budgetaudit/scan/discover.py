"""The files of folders, in an order that does not depend on the file system, and what is in them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetaudit.lang import _


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: where it was found; ``problem`` says why it could not be opened (then ``sha256`` is empty).

    ``closed`` is set for a folder that could not be listed.
    """

    path: Path
    root: Path
    sha256: str = ""
    problem: str = ""
    closed: bool = False

    @property
    def key(self) -> str:
        """The path as text that any database takes: bytes that are no UTF-8 are escaped."""
        return text_of(self.path)


def text_of(path: Path) -> str:
    """A path as text; names in another encoding keep their bytes as escapes."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def absolute(path: Path) -> Path:
    """The path from the root of the file system, its links kept, its dots resolved."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow links, Path.absolute keeps the dots


def find(roots: Iterable[Path]) -> list[tuple[Path, Path]]:
    """(path, root) of every file under the roots, each once, sorted by path; hidden ones and linked folders left out.

    A root may be a file. A folder that cannot be listed stands for the files in it.
    """
    found: dict[Path, Path] = {}
    for root in (absolute(root) for root in roots):
        if not root.is_dir():
            found.setdefault(root, root.parent)
            continue
        closed: list[OSError] = []
        for folder, folders, names in os.walk(root, onerror=closed.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in names:
                if not name.startswith("."):
                    found.setdefault(Path(folder, name), root)
        found.update({Path(error.filename): root for error in closed})
    return sorted(found.items(), key=lambda item: text_of(item[0]))


def largest_first(files: Sequence[tuple[Path, Path]]) -> list[tuple[Path, Path]]:
    """The same files by size, largest first; those that cannot be looked at last."""

    def size(item: tuple[Path, Path]) -> int:
        try:
            return item[0].stat().st_size
        except OSError:
            return -1

    return sorted(files, key=size, reverse=True)


def identify(files: Sequence[tuple[Path, Path]]) -> Iterator[Entry]:
    """Each file with the digest of its content. Pipes, devices and sockets are named, never opened."""
    for path, root in files:
        try:
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                closed = stat.S_ISDIR(mode)
                problem = _("文件夹无法列出，其中的文件没有扫描") if closed else _("不是普通文件，不读取")
                yield Entry(path, root, problem=problem, closed=closed)
                continue
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            problem = _("链接所指的文件不存在") if path.is_symlink() else _("文件在扫描时不见了")
            yield Entry(path, root, problem=problem)
        except PermissionError:
            yield Entry(path, root, problem=_("没有读取权限"))
        except OSError as error:
            yield Entry(path, root, problem=_("无法打开：{reason}").format(reason=error.strerror or _("系统错误")))
        else:
            yield Entry(path, root, digest)
