"""The workers of a Dask cluster behind the interface of the local pool.

Each worker of the cluster keeps a local pool of its own and hands it one file a thread, so that a file meets the same
bounds of time and memory there as here, and costs its own result only. What a worker was at when it ended is given to
another one by the scheduler, which also sees to it that no result comes twice.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
import warnings
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from uuid import uuid4

from budgetaudit.lang import _
from budgetaudit.scan.outcome import failed
from budgetaudit.scan.pool import Bounds, Job, Pool, PoolError, WorkerLostError
from budgetaudit.scan.tool import tool_digest
from budgetaudit.scan.worker import FileJob

CONNECT_SECONDS = 5
"""How long a scheduler may take to answer."""


class Cluster:
    """Workers of the scheduler at ``address`` (tcp://HOST:PORT). Raises PoolError where they cannot be used.

    The workers open the files themselves, so that they must see the ``roots``; or files are sent by content.
    """

    def __init__(self, address: str, bounds: Bounds, roots: list[Path], *, by_content: bool = False) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise PoolError(_("--cluster 需要 distributed：pip install 'budgetaudit[cluster]'")) from error
        # Dask warns of files of some megabytes in its messages, which is what sending by content means.
        warnings.filterwarnings("ignore", message="Sending large graph", module="distributed")
        try:
            _reach(address)
            self._client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:  # TimeoutError is an OSError; an address that is none, a ValueError
            raise PoolError(_("连不上调度器 {address}").format(address=address)) from error
        self._call = _Call(tool_digest(), bounds, uuid4().hex)
        self._by_content = by_content
        self._tasks: dict[Future[Any], Any] = {}
        try:
            self.jobs = sum(self._client.nthreads().values())
            self._inspect([] if by_content else roots)
        except BaseException:
            self._client.close()
            raise

    def submit(self, job: Job) -> Future[Any]:
        """Have a worker of the cluster run the job within the bounds."""
        future: Future[Any] = Future()
        content = None
        if self._by_content and isinstance(job, FileJob):
            try:
                content = job.path.read_bytes()
            except OSError:
                future.set_result(failed(job.sha256, "changed", _("文件在扫描时不见了")))
                return future
        task = self._tasks[future] = self._client.submit(self._call, job, content, pure=False)
        task.add_done_callback(partial(self._settle, future))
        return future

    def renew(self) -> None:
        """Give up what is under way. Jobs that were not done must be submitted again."""
        tasks, self._tasks = list(self._tasks.values()), {}
        self._client.cancel(tasks)

    def stop(self) -> None:
        """Give up what is under way and leave the cluster as it was found."""
        if self._client.status == "running":
            self.renew()
            self._client.run(_leave, self._call.scan, on_error="ignore")
        self._client.close()

    def _settle(self, future: Future[Any], task: Any) -> None:
        from distributed import KilledWorker

        if self._tasks.pop(future, None) is None:
            return  # given up
        if task.status == "finished":
            try:
                future.set_result(task.result())
                return
            except Exception:  # the connection ended before the result was here
                failure: BaseException | None = None
        else:
            failure = task.exception() if task.status == "error" else None
        if failure is None:
            failure = PoolError(_("与调度器的连接中断"))
        elif isinstance(failure, KilledWorker):
            failure = WorkerLostError()
        elif isinstance(failure, _OtherToolError):
            failure = _skewed(failure)
        future.set_exception(failure)

    def _inspect(self, roots: list[Path]) -> None:
        """Refuse a cluster whose workers are not there, not ours, or do not see the files."""
        if not self.jobs:
            raise PoolError(_("调度器上没有工作进程"))
        seen = self._client.run(_seen, self._call.tool, [str(root) for root in roots], on_error="return")
        for worker, answer in seen.items():
            if isinstance(answer, ModuleNotFoundError):
                raise PoolError(_("工作进程 {worker} 上没有装 budgetaudit").format(worker=worker)) from answer
            if isinstance(answer, _OtherToolError):
                raise _skewed(answer)
            if isinstance(answer, Exception):
                raise PoolError(
                    _("工作进程 {worker} 无法使用（{name}）").format(worker=worker, name=type(answer).__name__)
                ) from answer
            if answer:
                raise PoolError(
                    _("工作进程 {worker} 看不到 {path}：请用各机相同的共享路径，或加 --by-content").format(
                        worker=worker, path=answer
                    )
                )


def _reach(address: str) -> None:
    """Connect once. Raises OSError where nobody answers, ValueError for what is no address.

    A Client that fails to connect leaves a loop behind that closes itself whenever garbage is collected, in any thread,
    and may then wait for ever: none is made for a scheduler that is not there.
    """
    from distributed.comm.addressing import get_address_host_port

    socket.create_connection(get_address_host_port(address), CONNECT_SECONDS).close()


@dataclass(frozen=True, slots=True)
class _Call:
    """What a task of the cluster runs: a job in the local pool of the worker that it came to."""

    tool: str
    bounds: Bounds
    scan: str
    """Names the scan, each of which has pools of its own."""

    def __call__(self, job: Job, content: bytes | None) -> Any:
        from distributed import get_worker

        _refuse_skew(self.tool)
        if content is None or not isinstance(job, FileJob):
            return self._run(job)
        # Kept here, not in the process that may be ended, and where Dask clears away what a lost worker leaves.
        with TemporaryDirectory(dir=get_worker().local_directory) as folder:
            copy = Path(folder, "document.pdf" if job.path.suffix.lower() == ".pdf" else "document")
            copy.write_bytes(content)
            return self._run(replace(job, path=copy))

    def _run(self, job: Job) -> Any:
        pool = self._pool()
        try:
            return pool.submit(job).result()
        except BrokenProcessPool:
            _leave(self.scan)
            raise

    def _pool(self) -> Pool:
        """The pool of this worker, made at the first file."""
        from distributed import get_worker

        with _lock:
            if self.scan not in _here:
                # The nanny starts workers as daemons, which may have no children lest these outlive them: ours end by
                # themselves when their parent is gone (bounds.py).
                multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
                _here[self.scan] = _Kept(Pool(get_worker().state.nthreads, self.bounds))
            kept = _here[self.scan]
            kept.used = monotonic()
            for scan, other in [*_here.items()]:
                if monotonic() - other.used > _IDLE + other.pool.bounds.timeout:  # its client ended without a word
                    _here.pop(scan).pool.stop()
            return kept.pool


@dataclass(slots=True)
class _Kept:
    pool: Pool
    used: float = 0.0


_IDLE = 600.0
_here: dict[str, _Kept] = {}
_lock = threading.Lock()


def _leave(scan: str) -> None:
    with _lock:
        kept = _here.pop(scan, None)
    if kept is not None:
        kept.pool.stop()


def _seen(tool: str, paths: list[str]) -> str:
    """The first of the paths that is not seen from here, empty where all are."""
    _refuse_skew(tool)
    return next((path for path in paths if not os.path.exists(path)), "")  # noqa: PTH110


class _OtherToolError(Exception):
    """A worker runs another version of the program; its argument is that version."""


def _refuse_skew(tool: str) -> None:
    if tool_digest() != tool:
        raise _OtherToolError(tool_digest())


def _skewed(error: BaseException) -> PoolError:
    return PoolError(
        _("工作进程上的 budgetaudit 是另一个版本（{there}，这里是 {here}）：请装同一版本").format(
            there=error.args[0], here=tool_digest()
        )
    )
