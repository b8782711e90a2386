"""A scan from its folders to the store: what is known is not read again, what is equal is read once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import monotonic
from typing import Protocol

from budgetaudit import __version__
from budgetaudit.lang import _, language
from budgetaudit.scan.discover import Entry, absolute, find, identify, text_of
from budgetaudit.scan.linking import link_documents
from budgetaudit.scan.outcome import Outcome, failed
from budgetaudit.scan.pool import Pool, outcome_of
from budgetaudit.scan.store import Store
from budgetaudit.scan.worker import Job

_TICK = 0.2
_KEEP = 1.0
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """How to scan: worker processes, seconds a file, bytes a worker, how a PDF is read."""

    jobs: int = 1
    timeout: float = 60.0
    max_memory: int = 2 * 2**30
    engine: str = "auto"
    language: str = field(default_factory=language)
    """Of the messages that are stored."""

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
    work = _Work(store, settings, watcher, tool)
    try:
        for entry in identify(files):
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
        while work.flights:
            work.harvest()
    finally:
        result.read = work.done
        work.pool_stop()
    if not closed:  # files that could not be seen are not gone
        result.gone = store.prune([text_of(absolute(root)) for root in roots if root.is_dir()], result.paths)
    store.commit()
    link_documents(store)


class _Work:
    """The files under way."""

    def __init__(self, store: Store, settings: Settings, watcher: Watcher, tool: str) -> None:
        self.store, self.settings, self.watcher, self.tool = store, settings, watcher, tool
        self.flights: dict[Future[Outcome], _Flight] = {}
        self.done = 0
        self._pool: Pool | None = None
        self._moved = monotonic()

    @property
    def full(self) -> bool:
        """Whether enough waits for the workers; more would only take memory."""
        return len(self.flights) >= 2 * self.settings.jobs

    def begin(self, entry: Entry, tries: int = 1) -> None:
        """Hand a file to the workers, which start with the first."""
        if self._pool is None:
            self._pool = Pool(
                self.settings.jobs, self.settings.timeout, self.settings.max_memory, self.settings.language
            )
        if not self.flights:
            self._moved = monotonic()
        job = Job(entry.path, entry.sha256, self.settings.engine)
        self.flights[self._pool.submit(job)] = _Flight(entry, tries)

    def harvest(self) -> None:
        """Keep what is done; where nothing has come for too long, the pool is stuck and is replaced."""
        done, _pending = wait(self.flights, _TICK, FIRST_COMPLETED)
        for future in done:
            flight = self.flights[future]
            try:
                outcome = outcome_of(future, flight.entry.sha256, self.settings.timeout, self.settings.max_memory)
            except BrokenProcessPool:
                self._again()
                return
            self._keep(future, outcome)
        self.watcher.busy([f.entry.path for future, f in self.flights.items() if future.running()])
        # A file takes at most its timeout; the pool itself allows a minute for a lock whose holder was killed.
        if not done and monotonic() - self._moved > 2 * self.settings.timeout + 90:
            self._again()

    def pool_stop(self) -> None:
        """End the workers."""
        if self._pool is not None:
            self._pool.stop()

    def _keep(self, future: Future[Outcome], outcome: Outcome) -> None:
        entry = self.flights[future].entry
        self.store.put_outcome(entry, outcome, self.tool, self.settings.reading, self.settings.limits)
        del self.flights[future]
        self.done += 1
        self._moved = monotonic()
        self.watcher.done(outcome.verdict.value)

    def _again(self) -> None:
        """Submit what was under way to new workers; a file that was under way too often is given up."""
        assert self._pool is not None
        self._pool.renew()
        lost, self.flights = self.flights, {}
        self._moved = monotonic()
        for future, flight in lost.items():
            if flight.tries >= _TRIES:
                self.flights[future] = flight
                self._keep(future, failed(flight.entry.sha256, "crash", _("读取进程反复中断，这个文件没有核对")))
            else:
                self.begin(flight.entry, flight.tries + 1)


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
