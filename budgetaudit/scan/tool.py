"""Which program made a result: results of another one are made again, workers that run another one are refused."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from budgetaudit import __version__


@cache
def tool_digest() -> str:
    """Version of the program and a digest of its code, its data and the readers it stands on."""
    package = Path(__file__).parents[1]
    total = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        if file.is_file() and file.suffix in (".py", ".toml", ".csv", ".mo"):
            total.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    for name in ("pypdfium2", "camelot-py"):
        try:
            total.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            continue
    return f"{__version__}+{total.hexdigest()[:16]}"
