"""The same work list on a Dask cluster: a LocalCluster of two worker processes on this machine stands for one."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from budgetaudit.scan import Settings, Store, cluster, scan, tool
from budgetaudit.scan.live import Quiet
from budgetaudit.scan.pool import PoolError
from budgetaudit.scan.summary import file_rows
from tests.scan import cluster_trouble
from tests.scan.conftest import SAMPLES

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds of memory are the kernel's")


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    """Two worker processes of one thread each; a file is blamed at the first worker that is lost with it."""
    import dask

    options = {"distributed.scheduler.allowed-failures": 0, "distributed.worker.memory.terminate": False}
    with (
        dask.config.set(options),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
        ) as made,
    ):
        yield made


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder of five different files."""
    folder = tmp_path / "in"
    folder.mkdir()
    names = ("yuan-clean.pdf", "yuan-errors.pdf", "numbered-clean.pdf", "numbered-errors.pdf")
    for number in range(1):
        for name in names:
            (folder / f"{number}-{name}").write_bytes((SAMPLES / name).read_bytes() + b"\n%% %d\n" % number)
    (folder / "通知.txt").write_text("关于召开座谈会的通知\n请各单位派员参加。\n", "utf-8")
    return folder


class Killer(Quiet):
    """Kills one worker process of the cluster, with its children's parent, once some files are done."""

    def __init__(self, engine: Any) -> None:
        self.engine, self.seen, self.killed = engine, 0, 0

    def done(self, verdict: str) -> None:
        self.seen += 1
        if self.seen == 2:
            self.killed = next(iter(self.engine.workers.values())).process.pid
            os.kill(self.killed, signal.SIGKILL)


def _digest(folder: Path, path: Path, settings: Settings, watcher: Any = None) -> str:
    with Store(path) as store:
        scan([folder], store, settings, watcher or Quiet())
        return store.digest()


def test_a_killed_worker_loses_nothing_and_doubles_nothing(work: Path, tmp_path: Path, engine: Any) -> None:
    local = _digest(work, tmp_path / "local.sqlite", Settings(jobs=2))
    killer = Killer(engine)
    address = engine.scheduler_address
    assert local == _digest(work, tmp_path / "paths.sqlite", Settings(cluster=address), killer)
    assert killer.killed
    assert local == _digest(work, tmp_path / "content.sqlite", Settings(cluster=address, by_content=True))
    with distributed.Client(engine, set_as_default=False) as client:
        assert set(client.run(cluster_trouble.pools_left).values()) == {0}


def test_bounds_hold_on_the_cluster_and_each_file_costs_its_row_only(
    tmp_path: Path, engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_Call", cluster_trouble.Call)
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("sleep", "slow-eat", "exit", "kill-worker"):
        (folder / f"{name}.txt").write_text(f"{name}\n", "utf-8")
    shutil.copy(SAMPLES / "yuan-clean.pdf", folder)
    settings = Settings(cluster=engine.scheduler_address, timeout=6, max_memory=400 * 2**20)
    with Store(tmp_path / "s.sqlite") as store:
        scan([folder], store, settings, Quiet())
        rows = {row.shown: row for row in file_rows(store)}
    assert {name: row.document["failure"] for name, row in rows.items()} == {
        "sleep.txt": "timeout",
        "slow-eat.txt": "memory",
        "exit.txt": "crash",
        "kill-worker.txt": "crash",
        "yuan-clean.pdf": "",
    }
    assert "6 秒" in rows["sleep.txt"].reason and "400 MB" in rows["slow-eat.txt"].reason
    assert "反复中断" in rows["kill-worker.txt"].reason


def test_what_cannot_be_used_is_refused_in_one_line(
    work: Path, tmp_path: Path, engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**changes: Any) -> str:
        with Store(tmp_path / "s.sqlite") as store, pytest.raises(PoolError) as raised:
            scan([work], store, Settings(**{"cluster": engine.scheduler_address, **changes}), Quiet())
        assert "\n" not in str(raised.value)
        return str(raised.value)

    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    assert "连不上调度器" in refused(cluster="tcp://127.0.0.1:1")
    assert "连不上调度器" in refused(cluster="夜间")
    with monkeypatch.context() as context:
        context.setattr(cluster, "tool_digest", lambda: "0.0.9+other")
        assert "另一个版本" in refused() and "0.0.9+other" in refused()
    with monkeypatch.context() as context:
        context.setattr(cluster, "_seen", cluster_trouble.sees_nothing)
        assert "--by-content" in refused()
    with monkeypatch.context() as context:
        context.setitem(sys.modules, "distributed", None)
        assert "pip install 'budgetaudit[cluster]'" in refused()
    assert tool.tool_digest()
