"""What keeps a worker within its bounds: memory for the file at hand, and an end when the scan itself is gone."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path

OUT_OF_MEMORY = 77
"""Exit code of a worker that ended itself for memory."""
_STATM = Path("/proc/self/statm")
_TICK = 0.1
_busy = threading.Event()


def guard(max_memory: int) -> None:
    """Set a worker's bounds, in bytes; call once in the worker, after its imports.

    Two bounds work together: a watch on resident memory, which ends the worker with an exit code that tells why, and
    the kernel's limit on address space for what allocates too quickly to be seen. Systems without /proc have the
    second only, Windows none.
    """
    _limit_address_space(max_memory)
    threading.Thread(target=_watch, args=(max_memory,), daemon=True).start()


@contextmanager
def at_work() -> Iterator[None]:
    """The stretch in which the watch may end the worker: outside of it a lock that others need may be held."""
    _busy.set()
    try:
        yield
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        _busy.clear()


def _limit_address_space(max_memory: int) -> None:
    try:
        import resource
    except ImportError:
        return
    # Libraries reserve address space that they never touch: the limit counts from what is reserved already.
    limit = _memory()[0] + max_memory
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ValueError, OSError):
        return


def _memory() -> tuple[int, int]:
    """Reserved and resident memory of this process in bytes; zeros where the system does not say."""
    try:
        reserved, resident = _STATM.read_text().split()[:2]
    except OSError:
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return int(reserved) * page, int(resident) * page


def _watch(max_memory: int) -> None:
    parent = parent_process()
    ends = [parent.sentinel] if parent is not None else []
    while not wait(ends, timeout=_TICK):
        if _busy.is_set() and _memory()[1] > max_memory:
            os._exit(OUT_OF_MEMORY)
    os._exit(1)
