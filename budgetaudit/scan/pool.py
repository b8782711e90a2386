"""Worker processes behind the interface of concurrent.futures: a file that hangs, crashes or eats memory costs its own
result, and its worker is replaced.

The pool is pebble's: of the kept libraries only it ends a worker whose task runs too long, charges the end of a worker
to the task that it ran, and goes on. concurrent.futures and loky give up the whole pool when one process ends, and know
no bound of time for a task.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from concurrent.futures import Future
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

from pebble import ProcessExpired

from budgetaudit.lang import CHINESE, _, set_language
from budgetaudit.report.words import error_words
from budgetaudit.scan.bounds import OUT_OF_MEMORY
from budgetaudit.scan.deaths import PatientPool
from budgetaudit.scan.outcome import failed

_TASKS_PER_WORKER = 500
"""A worker is replaced after so many files, so that what libraries leak stays small."""


_RUNS_PER_COLLECTION = 8
_runs = count(1)
"""Jobs of this worker."""


class PoolError(Exception):
    """The workers cannot be used any more, or not at all; the message is one line, fit to be shown as it is."""


class WorkerLostError(Exception):
    """The process that ran a job ended, and so did those that it was given to afterwards.

    Other jobs may have been at the same workers: which one is to blame shows only where each runs alone.
    """


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a file may cost: ``timeout`` in seconds, ``max_memory`` in bytes. Workers speak ``language``."""

    timeout: float
    max_memory: int
    language: str = CHINESE


class Job(Protocol):
    """What a worker can run."""

    def run(self) -> Any:
        """Do it, within the bounds of memory (bounds.at_work); the result must travel between processes."""


class Workers(Protocol):
    """Who runs the jobs: processes of this machine (Pool) or of others (cluster.Cluster)."""

    jobs: int
    """How many jobs run at the same time."""

    def submit(self, job: Job) -> Future[Any]:
        """Have a worker run the job; the result is what its ``run`` returns."""

    def renew(self) -> None:
        """Start anew, for when nothing comes any more. Jobs that were not done must be submitted again."""

    def stop(self) -> None:
        """Give up what is under way and let the workers go."""


class Pool:
    """Worker processes on this machine."""

    def __init__(self, jobs: int, bounds: Bounds) -> None:
        self.jobs = jobs
        self.bounds = bounds
        self._pool = self._new()

    def submit(self, job: Job) -> Future[Any]:
        """Have a worker run the job; the result is what its ``run`` returns."""
        if not hasattr(signal, "pthread_sigmask"):
            return self._pool.schedule(_run, (job,), timeout=self.bounds.timeout)
        # Ctrl-C goes to every process of the terminal: the pool's threads, and through them the workers, never see it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self._pool.schedule(_run, (job,), timeout=self.bounds.timeout)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def renew(self) -> None:
        """Replace all workers, for when the pool itself is stuck. Jobs that were not done must be submitted again."""
        self.stop()
        self._pool = self._new()

    def stop(self) -> None:
        """End the workers at once."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _new(self) -> PatientPool:
        # Processes forked from a process with threads may hang: the server they are forked from here has none.
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            multiprocessing.set_forkserver_preload(["budgetaudit.scan.worker", "budgetaudit.reading.pdf"])
        return PatientPool(
            max_workers=self.jobs,
            max_tasks=_TASKS_PER_WORKER,
            initializer=_start,
            initargs=(self.bounds.max_memory, self.bounds.language),
            context=context,
        )


def outcome_of(future: Future[Any], sha256: str, bounds: Bounds) -> Any:
    """The result of a job that is done, or a failed Outcome that says what its worker ended of.

    Raises BrokenProcessPool for a lost pool, WorkerLostError and PoolError.
    """
    try:
        return future.result()
    except (BrokenProcessPool, PoolError, WorkerLostError):
        raise
    except OutOfTime:
        return failed(
            sha256,
            "timeout",
            _("超过 {seconds:g} 秒还没有读完，已停止（可用 --timeout 放宽）").format(seconds=bounds.timeout),
        )
    except ProcessExpired as error:
        if error.exitcode == OUT_OF_MEMORY:
            limit = bounds.max_memory // 2**20
            return failed(
                sha256,
                "memory",
                _("占用内存超过 {megabytes} MB，已停止（可用 --max-memory 放宽）").format(megabytes=limit),
            )
        return failed(sha256, "crash", _("读取时进程崩溃（{how}），这个文件没有核对").format(how=_how(error.exitcode)))
    except Exception as error:  # what could not be sent back from the worker
        return failed(sha256, "internal", error_words(error))


def _start(max_memory: int, language: str) -> None:
    from budgetaudit.reading import pdf  # noqa: F401 - loaded before the bounds count
    from budgetaudit.scan import worker  # noqa: F401
    from budgetaudit.scan.bounds import guard

    set_language(language)
    # What is loaded stays to the end, and a document is one large tree without cycles: looking for garbage in it again
    # and again cost a tenth of the time. It is looked for between documents.
    gc.collect()
    gc.freeze()
    gc.disable()
    guard(max_memory)


def _run(job: Job) -> Any:
    if next(_runs) % _RUNS_PER_COLLECTION == 0:
        gc.collect()
    return job.run()


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return _("信号 {name}").format(name=signal.Signals(-code).name)
        except ValueError:
            return _("信号 {name}").format(name=-code)
    return _("退出码 {code}").format(code=code)
