from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetaudit.audit import audit
from budgetaudit.model import Report, Severity
from budgetaudit.reading import read
from budgetaudit.scan import Settings, Store, scan
from budgetaudit.scan.live import Quiet
from budgetaudit.scan.summary import file_rows, repeated
from tests.scan.conftest import SAMPLES

Call = Callable[..., subprocess.CompletedProcess[str]]
ONE = Settings(jobs=1)


def checked(sample: str) -> Report:
    """What an audit of a sample finds: these tests are about folders, not about rules."""
    return audit(read(SAMPLES / f"{sample}.pdf"))


def grave(report: Report) -> int:
    return sum(finding.severity is not Severity.NOTICE for finding in report.findings)


def verdicts(store: Store, **_: object) -> dict[str, str]:
    return {row.shown: row.verdict.value for row in file_rows(store)}


def test_every_file_has_its_row_and_verdict(folder: Path, call: Call) -> None:
    result = call("scan", folder, "--format", "json", "--jobs", 2)
    rows = {Path(row["path"]).name: row for row in map(json.loads, result.stdout.splitlines())}
    assert {name: row["verdict"] for name, row in rows.items()} == {
        "a.pdf": "findings" if grave(checked("yuan-clean")) else "clean",
        "b.pdf": "findings",
        "c.pdf": "duplicate",
        "网页.pdf": "unreadable",
        "通知.txt": "not-a-disclosure",
        "空.pdf": "unreadable",
    }
    assert rows["网页.pdf"]["failure"] == "html" and "网页" in rows["网页.pdf"]["reason"]
    assert "b.pdf" in rows["c.pdf"]["reason"]
    assert rows["b.pdf"]["document"]["year"] == 2025 and rows["b.pdf"]["findings"]["error"] > 0
    assert rows["a.pdf"]["coverage"]["numeric_cells_checked"] > 100
    assert result.returncode == 2, "files that could not be checked"
    assert result.stderr == "", "no live view in a pipe"


def test_the_rows_are_for_people(folder: Path, call: Call) -> None:
    result = call("scan", folder)
    good = "有问题 2" if grave(checked("yuan-clean")) else "无问题 1、有问题 1"
    assert f"共 6 个文件：{good}、不是预决算公开 1、无法读取 2、内容重复 1" in result.stdout
    assert "反复出现的问题" in result.stdout and "\x1b[" not in result.stdout


@pytest.mark.parametrize(
    ("name", "limit", "code"), [("yuan-clean", None, 0), ("numbered-errors", None, 1), ("numbered-errors", "never", 0)]
)
def test_exit_codes(tmp_path: Path, call: Call, name: str, limit: str | None, code: int) -> None:
    code = code or int(limit is None and bool(grave(checked(name))))
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / f"{name}.pdf", tmp_path / "in")
    assert call("scan", tmp_path / "in", *(("--fail-on", limit) if limit else ())).returncode == code


def test_an_empty_folder_and_wrong_calls_are_refused(tmp_path: Path, call: Call) -> None:
    (tmp_path / "in").mkdir()
    assert call("scan", tmp_path / "in").returncode == 2
    for args in (
        ("scan",),
        ("scan", "没有"),
        ("scan", tmp_path / "in", "--jobs", "0"),
        ("report",),
        ("report", "没有"),
    ):
        result = call(*args)
        assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1), args


@pytest.mark.parametrize("place", ["x.sqlite", "下级/x.sqlite"])
def test_the_store_is_never_inside_the_folder(folder: Path, call: Call, place: str) -> None:
    result = call("scan", folder, "--store", folder / place)
    assert result.returncode == 2 and "--store" in result.stderr
    assert not (folder / place).exists()


def test_the_store_never_writes_to_a_strange_file(folder: Path, call: Call, tmp_path: Path) -> None:
    strange = tmp_path / "x.sqlite"
    strange.write_bytes(b"these are not the rows you are looking for" * 100)
    before = strange.read_bytes()
    result = call("scan", folder, "--store", strange)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert strange.read_bytes() == before


def test_one_and_two_workers_give_the_same_store(folder: Path, call: Call) -> None:
    call("scan", folder, "--jobs", 1, "--store", "1.sqlite")
    call("scan", folder, "--jobs", 2, "--store", "2.sqlite")
    assert call("report", "1.sqlite", "--digest").stdout == call("report", "2.sqlite", "--digest").stdout != ""


def test_a_rescan_reads_what_is_new_or_changed_and_drops_what_is_gone(folder: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        first = scan([folder], store, ONE, Quiet())
        assert (first.total, first.read, first.reused) == (6, 5, 0)
        again = scan([folder], store, ONE, Quiet())
        assert (again.read, again.reused) == (0, 5)
        (folder / "空.pdf").unlink()
        shutil.copy(SAMPLES / "yuan-errors.pdf", folder / "a.pdf")
        (folder / "下级" / "b.pdf").rename(folder / "下级" / "d.pdf")
        third = scan([folder], store, ONE, Quiet())
        assert (third.read, third.gone) == (1, 2)
        assert verdicts(store)["a.pdf"] == "findings" and "空.pdf" not in verdicts(store)
        digest = store.digest()
    with Store(tmp_path / "fresh.sqlite") as store:
        scan([folder], store, ONE, Quiet())
        assert store.digest() == digest


def test_a_part_scanned_alone_leaves_the_rest(folder: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        scan([folder], store, ONE, Quiet())
        scan([folder / "a.pdf"], store, ONE, Quiet())
        scan([folder / "下级"], store, ONE, Quiet())
        assert len(file_rows(store)) == 6


def test_other_settings_read_again(folder: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        scan([folder / "a.pdf"], store, ONE, Quiet())
        assert scan([folder / "a.pdf"], store, Settings(jobs=1, engine="pdfium"), Quiet()).read == 1


def test_strange_files_cost_nothing(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "管道.pdf")
    (folder / "断链.pdf").symlink_to(folder / "没有.pdf")
    (folder / "回环").symlink_to(folder)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.pdf")).write_bytes(b"")
    with Store(tmp_path / "s.sqlite") as store:
        scan([folder], store, ONE, Quiet())
        found = verdicts(store)
    assert found["管道.pdf"] == found["断链.pdf"] == "unreadable"
    assert found["\\xff\\xfe.pdf"] == "unreadable" and found["空.pdf"] == "duplicate"
    assert len(found) == 9


def test_repeated_problems_count_documents_once(folder: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        scan([folder], store, ONE, Quiet())
        rows = file_rows(store)
        found = repeated(store, rows)
        audited = sum(row.audited for row in rows)
        assert found and all(1 <= documents <= min(audited, count) for _, _, count, documents in found)
        errors = sum(row.document["errors"] + row.document["warnings"] for row in rows if row.audited)
        assert sum(count for _, _, count, _ in found) == errors
