"""What the worker runs in the tests of isolation: a text file's first line is the trouble it makes."""

from __future__ import annotations

import os
import time
from typing import Any

from budgetaudit.scan import worker
from budgetaudit.scan.link_work import LinkJob


def run(job: worker.FileJob | LinkJob) -> Any:
    """Audit a file, or make the trouble that it names."""
    if isinstance(job, LinkJob):
        return job.run()
    name = job.path.read_bytes().split(b"\n")[0].decode("utf-8", "replace")
    if name in _TROUBLES:
        worker.read = _TROUBLES[name]  # type: ignore[attr-defined]
        return job.run()
    from budgetaudit.reading import read

    worker.read = read  # type: ignore[attr-defined]
    return job.run()


def ending_at_links(job: worker.FileJob | LinkJob) -> Any:
    """Audit files, and end the process at a link."""
    return os._exit(3) if isinstance(job, LinkJob) else job.run()


def _sleep(*_: object, **__: object) -> None:
    time.sleep(600)


def _spin(*_: object, **__: object) -> None:
    while True:
        pass


def _exit(*_: object, **__: object) -> None:
    os._exit(3)


def _abort(*_: object, **__: object) -> None:
    os.abort()


def _slow_eat(*_: object, **__: object) -> None:
    eaten = []
    while True:
        eaten.append(bytearray(2**20))


def _big_eat(*_: object, **__: object) -> None:
    bytearray(2**40)


def _bug(*_: object, **__: object) -> None:
    raise ZeroDivisionError


_TROUBLES = {
    "sleep": _sleep,
    "spin": _spin,
    "exit": _exit,
    "abort": _abort,
    "slow-eat": _slow_eat,
    "big-eat": _big_eat,
    "bug": _bug,
}
