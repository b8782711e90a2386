"""Pebble's pool, which charges a worker's end to its task only when all that the worker said has been heard.

Pebble reads the workers' messages in one thread and looks for ended workers in another. A worker that ends just after it
took a task may be found before its word that it took it: pebble then gives up the whole pool, or leaves the task to run
into its timeout, and the file gets the wrong reason. Only the order of these steps is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pebble import ProcessPool
from pebble.pool.process import PoolManager, WorkerManager


class PatientPool(ProcessPool):
    """A ProcessPool whose tasks end with the reason that their worker ended for."""

    def __init__(self, *, context: Any, **settings: Any) -> None:
        super().__init__(context=context, **settings)
        self._pool_manager = _Manager(self._context, context)


@dataclass(slots=True)
class _Ended:
    expiration: tuple[int, int]
    """Process id and exit code."""
    turn: int | None = None
    """The turn of the message thread at which nothing more of the worker was to be read."""


class _Workers(WorkerManager):
    def maybe_stop_worker(self, worker_id: int) -> bool:
        # A worker that has ended did not run out of time, however late its pool comes to look at it.
        worker = self.workers.get(worker_id)
        if worker is not None and not worker.is_alive():
            return False
        return super().maybe_stop_worker(worker_id)


class _Manager(PoolManager):
    def __init__(self, context: Any, mp_context: Any) -> None:
        super().__init__(context, mp_context)
        self.worker_manager = _Workers(context.workers, context.worker_parameters, mp_context)
        self._turns = 0
        self._ended: list[_Ended] = []

    def process_next_message(self, timeout: float) -> None:
        super().process_next_message(timeout)
        self._turns += 1

    def update_status(self) -> None:
        self.update_workers()
        if not self._ended:
            self.update_tasks()  # type: ignore[no-untyped-call]

    def handle_worker_expiration(self, expiration: tuple[int, int]) -> None:
        self._ended.append(_Ended(expiration))

    def update_workers(self) -> None:
        super().update_workers()  # type: ignore[no-untyped-call]
        ended, self._ended = self._ended, []
        for worker in ended:
            if worker.turn is not None and self._turns > worker.turn:
                super().handle_worker_expiration(worker.expiration)
                continue
            if worker.turn is None and not self.worker_manager.pool_channel.poll(0):  # type: ignore[union-attr]
                worker.turn = self._turns
            self._ended.append(worker)
