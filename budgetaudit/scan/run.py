"""A scan from its folders to the store: what is known is not read again, what is equal is read once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Protocol

from budgetaudit.lang import _, language
from budgetaudit.scan.discover import Entry, absolute, find, identify, largest_first, text_of
from budgetaudit.scan.link_work import LinkJob, LinkOutcome
from budgetaudit.scan.linking import link_jobs
from budgetaudit.scan.outcome import Outcome, failed
from budgetaudit.scan.pool import Bounds, Pool, WorkerLostError, Workers, outcome_of
from budgetaudit.scan.store import Store
from budgetaudit.scan.tool import tool_digest
from budgetaudit.scan.worker import FileJob

_TICK = 0.2
_KEEP = 1.0
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """How to scan: worker processes, seconds a file, bytes a worker, how a PDF is read; or whose workers do it."""

    jobs: int = 1
    timeout: float = 60.0
    max_memory: int = 2 * 2**30
    engine: str = "auto"
    language: str = field(default_factory=language)
    """Of the messages that are stored."""
    cluster: str = ""
    """Address of a Dask scheduler (tcp://HOST:PORT) whose workers do the work; empty for processes of this machine."""
    by_content: bool = False
    """Whether the cluster's workers are sent what is in the files, in place of their paths."""

    @property
    def bounds(self) -> Bounds:
        """What a file may cost."""
        return Bounds(self.timeout, self.max_memory, self.language)

    @property
    def reading(self) -> str:
        """What the results depend on."""
        return json.dumps({"engine": self.engine, "language": self.language}, sort_keys=True)

    @property
    def limits(self) -> str:
        """What a file that was stopped depends on."""
        return json.dumps({"max_memory": self.max_memory, "timeout": self.timeout}, sort_keys=True)


@dataclass(slots=True)
class Scan:
    """What a scan did. ``paths`` are the keys of the files it came to, in order."""

    total: int = 0
    read: int = 0
    """Contents that were audited now."""
    reused: int = 0
    """Contents that the store held already."""
    gone: int = 0
    """Files that are in the store's list no longer."""
    seconds: float = 0.0
    interrupted: bool = False
    paths: list[str] = field(default_factory=list)


class Watcher(Protocol):
    """Who is told how a scan goes on."""

    def begin(self, total: int) -> None:
        """Told once how many files there are."""

    def done(self, verdict: str) -> None:
        """Told of each file; ``verdict`` is a FileVerdict, ``reused`` or ``duplicate``."""

    def busy(self, paths: Sequence[Path]) -> None:
        """Told now and then which files are being read."""


@dataclass(slots=True)
class _Flight:
    entry: Entry
    tries: int = 1
    alone: bool = False


def scan(roots: Sequence[Path], store: Store, settings: Settings, watcher: Watcher) -> Scan:
    """Scan the roots into the store. Ctrl-C ends it cleanly: what is done is kept, ``interrupted`` is set."""
    result, begun = Scan(), monotonic()
    try:
        _scan(roots, store, settings, watcher, result)
    except KeyboardInterrupt:
        result.interrupted = True
        store.commit()
    result.seconds = monotonic() - begun
    return result


def _scan(roots: Sequence[Path], store: Store, settings: Settings, watcher: Watcher, result: Scan) -> None:
    files = find(roots)
    result.total = len(files)
    watcher.begin(len(files))
    tool, met, kept, closed = tool_digest(), set[str](), monotonic(), False
    work = _Work(roots, store, settings, watcher, tool)
    try:
        # The largest first: at the end no worker is left alone with a long one.
        for entry in identify(largest_first(files)):
            known = entry.sha256 in met or bool(
                entry.sha256 and store.known(entry.sha256, tool, settings.reading, settings.limits)
            )
            if entry.sha256 and not known:
                work.begin(entry)
            else:
                store.put_file(entry)
                if entry.sha256 and entry.sha256 not in met:
                    result.reused += 1
                watcher.done("unreadable" if not entry.sha256 else "duplicate" if entry.sha256 in met else "reused")
            met.add(entry.sha256)
            closed = closed or entry.closed
            result.paths.append(entry.key)
            while work.full:
                work.harvest()
            if monotonic() - kept > _KEEP:
                store.commit()
                kept = monotonic()
        work.finish()
        if not closed:  # files that could not be seen are not gone
            result.gone = store.prune([text_of(absolute(root)) for root in roots if root.is_dir()], result.paths)
        store.commit()
        for outcome in work.links(link_jobs(store)):
            store.put_link(outcome.link, outcome.parts)
    finally:
        result.read = work.done
        work.pool_stop()


class _Work:
    """The files under way."""

    def __init__(self, roots: Sequence[Path], store: Store, settings: Settings, watcher: Watcher, tool: str) -> None:
        self.roots, self.store, self.settings, self.watcher, self.tool = roots, store, settings, watcher, tool
        self.flights: dict[Future[Outcome], _Flight] = {}
        self.done = 0
        self._pool: Workers | None = None
        self._suspects: list[_Flight] = []
        self._moved = monotonic()

    @property
    def full(self) -> bool:
        """Whether enough waits for the workers; more would only take memory."""
        return self._pool is not None and len(self.flights) >= 2 * self._pool.jobs

    def begin(self, entry: Entry, tries: int = 1, *, alone: bool = False) -> None:
        """Hand a file to the workers, which start with the first."""
        if self._pool is None:
            self._pool = self._workers()
        if not self.flights:
            self._moved = monotonic()
        job = FileJob(entry.path, entry.sha256, self.settings.engine)
        self.flights[self._pool.submit(job)] = _Flight(entry, tries, alone)

    def harvest(self) -> None:
        """Keep what is done; where nothing has come for too long, the pool is stuck and is replaced."""
        done, _pending = wait(self.flights, _TICK, FIRST_COMPLETED)
        for future in done:
            flight = self.flights[future]
            try:
                outcome = outcome_of(future, flight.entry.sha256, self.settings.bounds)
            except BrokenProcessPool:
                self._again()
                return
            except WorkerLostError:
                if not flight.alone:
                    self._suspects.append(self.flights.pop(future))
                    continue
                outcome = _given_up(flight.entry)
            del self.flights[future]
            self._keep(flight.entry, outcome)
        self.watcher.busy([f.entry.path for future, f in self.flights.items() if future.running()])
        if not done and monotonic() - self._moved > self._patience:
            self._again()

    @property
    def _patience(self) -> float:
        """Seconds after which a pool that gives nothing is stuck.

        A job takes at most its timeout; the pool itself allows a minute for a lock whose holder was killed.
        """
        return 2 * self.settings.timeout + 90

    def finish(self) -> None:
        """See to all that is under way; then to the files at which workers were lost, one by one."""
        while self.flights or self._suspects:
            if not self.flights:
                self.begin(self._suspects.pop().entry, alone=True)
            self.harvest()

    def links(self, jobs: Iterator[LinkJob]) -> Iterator[LinkOutcome]:
        """What links come to, computed by the workers; here where none were needed for files."""
        if self._pool is None:
            yield from (job.compute() for job in jobs)
            return
        under_way: dict[Future[LinkOutcome], LinkJob] = {}
        for job in jobs:
            under_way[self._pool.submit(job)] = job
            if len(under_way) >= 2 * self._pool.jobs:
                yield from self._linked(under_way)
        while under_way:
            yield from self._linked(under_way)

    def _linked(self, under_way: dict[Future[LinkOutcome], LinkJob]) -> Iterator[LinkOutcome]:
        """Those that are done next; all of them where the pool is stuck."""
        done, _pending = wait(under_way, self._patience, FIRST_COMPLETED)
        for future in done or list(under_way):
            job = under_way.pop(future)
            if future not in done:
                yield job.failed(_("核对时进程没有回应"))
                continue
            try:
                outcome = outcome_of(future, "", self.settings.bounds)
            except (BrokenProcessPool, WorkerLostError):
                outcome = job.failed(_("核对时进程中断"))
            yield job.failed(outcome.reason) if isinstance(outcome, Outcome) else outcome

    def pool_stop(self) -> None:
        """End the workers."""
        if self._pool is not None:
            self._pool.stop()

    def _workers(self) -> Workers:
        if not self.settings.cluster:
            return Pool(self.settings.jobs, self.settings.bounds)
        from budgetaudit.scan.cluster import Cluster

        roots = [absolute(root) for root in self.roots]
        return Cluster(self.settings.cluster, self.settings.bounds, roots, by_content=self.settings.by_content)

    def _keep(self, entry: Entry, outcome: Outcome) -> None:
        self.store.put_outcome(entry, outcome, self.tool, self.settings.reading, self.settings.limits)
        self.done += 1
        self._moved = monotonic()
        self.watcher.done(outcome.verdict.value)

    def _again(self) -> None:
        """Submit what was under way to new workers; a file that was under way too often is given up."""
        assert self._pool is not None
        self._pool.renew()
        lost, self.flights = self.flights, {}
        self._moved = monotonic()
        for flight in lost.values():
            if flight.tries >= _TRIES:
                self._keep(flight.entry, _given_up(flight.entry))
            else:
                self.begin(flight.entry, flight.tries + 1, alone=flight.alone)


def _given_up(entry: Entry) -> Outcome:
    return failed(entry.sha256, "crash", _("读取进程反复中断，这个文件没有核对"))
