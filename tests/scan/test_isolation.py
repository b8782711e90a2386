"""Files that hang, crash or eat memory: made by patching what the worker runs, since no PDF does so on purpose."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pebble.pool.process import PoolManager

from budgetaudit.scan import Settings, Store, pool, scan
from budgetaudit.scan.live import Quiet
from budgetaudit.scan.summary import file_rows
from tests.scan.conftest import SAMPLES
from tests.scan.trouble import run as troubled

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds of memory are the kernel's")


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_hangs_crashes_or_eats_memory_costs_its_row_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(pool, "_run", troubled)
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(("sleep", "spin", "exit", "abort", "slow-eat", "big-eat", "bug")):
        (folder / f"{number}-{name}.txt").write_text(f"{name}\n", "utf-8")
    for name in ("yuan-clean", "yuan-errors", "numbered-clean"):
        shutil.copy(SAMPLES / f"{name}.pdf", folder)
    settings = Settings(jobs=jobs, timeout=5, max_memory=400 * 2**20)
    with Store(tmp_path / "s.sqlite") as store:
        result = scan([folder], store, settings, Quiet())
        rows = {row.shown: row for row in file_rows(store)}
    failures = {name: row.document["failure"] for name, row in rows.items()}
    assert failures == {
        "0-sleep.txt": "timeout",
        "1-spin.txt": "timeout",
        "2-exit.txt": "crash",
        "3-abort.txt": "crash",
        "4-slow-eat.txt": "memory",
        "5-big-eat.txt": "memory",
        "6-bug.txt": "internal",
        "yuan-clean.pdf": "",
        "yuan-errors.pdf": "",
        "numbered-clean.pdf": "",
    }
    assert "SIGABRT" in rows["3-abort.txt"].reason and "--timeout" in rows["0-sleep.txt"].reason
    assert result.read == 10
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("late", ["process_next_message", "update_tasks"])
def test_an_end_is_not_taken_for_a_timeout_when_the_pool_comes_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: str
) -> None:
    at_once = getattr(PoolManager, late)

    def slow(manager: PoolManager, *arguments: float) -> None:
        time.sleep(1.5)
        at_once(manager, *arguments)

    monkeypatch.setattr(pool, "_run", troubled)
    monkeypatch.setattr(PoolManager, late, slow)
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("big-eat", "exit"):
        (folder / f"{name}.txt").write_text(f"{name}\n", "utf-8")
    with Store(tmp_path / "s.sqlite") as store:
        scan([folder], store, Settings(jobs=2, timeout=1.3), Quiet())
        failures = {row.shown: row.document["failure"] for row in file_rows(store)}
    assert failures == {"big-eat.txt": "memory", "exit.txt": "crash"}


def test_limits_are_tried_again_when_they_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_run", troubled)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sleep.txt").write_text("sleep\n", "utf-8")
    with Store(tmp_path / "s.sqlite") as store:
        for timeout, read in ((1.0, 1), (1.0, 0), (1.5, 1)):
            assert scan([tmp_path / "in"], store, Settings(1, timeout), Quiet()).read == read


def _many(folder: Path, count: int) -> None:
    """Copies of the samples, each of another content."""
    folder.mkdir()
    for number in range(count):
        for sample in sorted(SAMPLES.glob("*.pdf")):
            (folder / f"{sample.stem}-{number}.pdf").write_bytes(sample.read_bytes() + b"\n%% %d\n" % number)


def _start(folder: Path, store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "budgetaudit", "scan", str(folder), "--store", str(store), "--jobs", "2"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def _kept(store: Path) -> int:
    try:
        with Store(store, create=False) as opened:
            return next(opened.query("SELECT count(*) FROM documents"))[0]
    except Exception:  # not there yet
        return 0


def _left(session: int) -> list[int]:
    """Processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def _all_end(session: int) -> bool:
    """Whether no process of a session runs any more, at once or soon: the server of forks ends when it sees the end."""
    limit = time.monotonic() + 10
    while _left(session) and time.monotonic() < limit:
        time.sleep(0.1)
    return not _left(session)


def test_kill_at_any_moment_and_rerun_gives_the_same_store(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    _many(folder, 2)
    whole, broken = tmp_path / "whole.sqlite", tmp_path / "broken.sqlite"
    assert _start(folder, whole).wait(300) in (0, 1)
    for target in (1, 6, 13):
        process = _start(folder, broken)
        limit = time.monotonic() + 120
        while _kept(broken) < target and process.poll() is None and time.monotonic() < limit:
            time.sleep(0.01)
        assert process.poll() is None, "killed before its end"
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert _all_end(process.pid), "workers end with the scan"
        assert _kept(broken) >= target
    assert _start(folder, broken).wait(300) in (0, 1)
    with Store(whole, create=False) as one, Store(broken, create=False) as two:
        assert list(one.dump()) == list(two.dump())


def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "s.sqlite"
    _many(folder, 8)  # far more than are done before the signal comes, on any machine
    process = _start(folder, store)
    while _kept(store) < 3 and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "已中断" in err.decode() and err.decode().count("\n") == 1
    assert "共" in out.decode() and _kept(store) >= 3
    assert _all_end(process.pid)
