"""What the loop does when the pool itself is lost, and when the store cannot be written."""

from __future__ import annotations

import io
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import ClassVar

import pytest
from rich.console import Console

from budgetaudit.scan import Outcome, Settings, Store, StoreError, run, scan
from budgetaudit.scan.discover import Entry
from budgetaudit.scan.live import Quiet
from budgetaudit.scan.outcome import FileVerdict
from budgetaudit.scan.summary import file_rows
from budgetaudit.scan.terminal import print_totals
from budgetaudit.scan.worker import FileJob


class Fragile:
    """A pool that breaks as often as it is told, and takes all that is under way with it."""

    breaks = 0
    jobs = 1
    submitted: ClassVar[list[str]] = []

    def __init__(self, *_: object) -> None:
        pass

    def submit(self, job: FileJob) -> Future[Outcome]:
        Fragile.submitted.append(job.path.name)
        future: Future[Outcome] = Future()
        if Fragile.breaks and len(Fragile.submitted) % 2:
            Fragile.breaks -= 1
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(Outcome(job.sha256, FileVerdict.UNREADABLE, "看不懂", "engine"))
        return future

    def renew(self) -> None:
        pass

    def stop(self) -> None:
        pass


@pytest.mark.parametrize(("breaks", "failures"), [(1, {"engine"}), (1000, {"crash", "engine"})])
def test_a_lost_pool_is_replaced_and_no_file_is_lost(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaks: int, failures: set[str]
) -> None:
    monkeypatch.setattr(run, "Pool", Fragile)
    monkeypatch.setattr(Fragile, "breaks", breaks)
    monkeypatch.setattr(Fragile, "submitted", [])
    with Store(tmp_path / "s.sqlite") as store:
        result = scan([folder], store, Settings(jobs=1), Quiet())
        rows = file_rows(store)
    assert result.read == 5 and len(rows) == 6
    assert {row.document["failure"] for row in rows} <= failures
    assert len(Fragile.submitted) > 5


def test_a_store_that_cannot_be_made_or_written_says_so(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="目录不存在"):
        Store(tmp_path / "没有" / "s.sqlite")
    with pytest.raises(StoreError, match="磁盘已满"), Store(tmp_path / "s.sqlite") as store:
        list(store.query("PRAGMA max_page_count = 40"))
        scan([folder], store, Settings(jobs=1), Quiet())
    with Store(tmp_path / "s.sqlite") as store:
        assert scan([folder], store, Settings(jobs=1), Quiet()).total == 6
        assert len(file_rows(store)) == 6


def test_a_document_without_figures_never_looks_checked(tmp_path: Path) -> None:
    document = dict.fromkeys(("errors", "warnings", "notices", "numeric_cells", "numeric_cells_checked"), 0)
    with Store(tmp_path / "s.sqlite") as store:
        entry = Entry(tmp_path / "a.pdf", tmp_path, "0" * 64)
        store.put_outcome(entry, Outcome("0" * 64, FileVerdict.CLEAN, document=document), "", "", "")
        (row,) = file_rows(store)
        assert "没有表格数字" in row.reason and row.share is None
        console = Console(file=io.StringIO(), width=120)
        print_totals([row], [], console)
        assert "1 份没有表格数字" in console.file.getvalue()  # type: ignore[attr-defined]
