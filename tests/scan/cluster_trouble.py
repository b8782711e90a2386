"""What the workers of a cluster run in its tests: the troubles of trouble.py, and a file that ends the worker itself."""

from __future__ import annotations

import os
import signal

from budgetaudit.scan import cluster, pool, worker
from budgetaudit.scan.outcome import Outcome
from tests.scan import trouble


class Call(cluster._Call):
    """A call in whose process the pool makes trouble."""

    def __call__(self, job: worker.Job, content: bytes | None) -> Outcome:
        if job.path.name == "kill-worker.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        pool._run = trouble.run
        return super().__call__(job, content)


def sees_nothing(tool: str, paths: list[str]) -> str:
    return paths[0]


def pools_left() -> int:
    return len(cluster._here)
