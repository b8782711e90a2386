from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from openpyxl import load_workbook

from budgetaudit.scan import Settings, Store, scan
from budgetaudit.scan.discover import Entry
from budgetaudit.scan.exports import export_facts, export_findings
from budgetaudit.scan.link_rows import link_rows
from budgetaudit.scan.live import Quiet
from budgetaudit.scan.outcome import FileVerdict, Outcome
from budgetaudit.scan.schema import TABLES
from budgetaudit.scan.summary import FileRow, file_rows, repeated
from budgetaudit.scan.workbook import write_summary

Call = Callable[..., CompletedProcess[str]]


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.sqlite") as opened:
        scan([folder], opened, Settings(jobs=1), Quiet())
        yield opened


def _facts(store: Store) -> int:
    return int(next(store.query("SELECT count(*) FROM facts"))[0])


def test_the_summary_workbook(store: Store, tmp_path: Path) -> None:
    rows = file_rows(store)
    write_summary(store, rows, repeated(store, rows), link_rows(store, rows), tmp_path / "x" / "汇总.xlsx")
    book = load_workbook(tmp_path / "x" / "汇总.xlsx")
    assert book.sheetnames == ["概览", "文件", "问题清单", "反复出现的问题"]
    assert book["文件"].max_row == 1 + len(rows)
    grave = next(store.query("SELECT count(*) FROM findings WHERE severity <> 'notice'"))[0]
    assert book["问题清单"].max_row == 1 + grave > 1
    assert book["概览"]["B3"].value == len(rows)


def test_facts_in_three_formats_hold_the_same(store: Store, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = file_rows(store)
    for suffix in ("csv", "jsonl", "parquet"):
        assert export_facts(store, rows, tmp_path / f"f.{suffix}") == _facts(store) > 100
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as stream:
        flat = list(csv.DictReader(stream))
    lines = [json.loads(line) for line in (tmp_path / "f.jsonl").read_text("utf-8").splitlines()]
    table = parquet.read_table(tmp_path / "f.parquet").to_pylist()
    assert len(flat) == len(lines) == len(table)
    for one, two, three in zip(flat, lines, table, strict=True):
        assert Decimal(one["value"]) == Decimal(two["value"]) == three["value"]
        assert int(one["page"]) == two["page"] == three["page"]
        assert one["printed"] == two["printed"] == three["printed"]
        assert one["fund"] == (two["fund"] or "") == (three["fund"] or "")
    assert {line["year"] for line in lines} == {2025, 2026} and all(line["department"] for line in lines)
    assert all(line["x0"] is not None and line["table"] for line in lines)


def test_findings_are_exported_once_for_equal_files(store: Store, tmp_path: Path) -> None:
    export_findings(store, file_rows(store), [], tmp_path / "f.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "f.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == next(store.query("SELECT count(*) FROM findings"))[0]
    assert {line["path"] for line in lines if line["severity"] == "error"} >= {"下级/b.pdf"}
    assert "下级/c.pdf" not in {line["path"] for line in lines}
    assert all(line["message"] and line["page"] for line in lines)


def test_nothing_in_an_export_can_run(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x")'
    outcome = Outcome(
        "0" * 64, FileVerdict.FINDINGS, document={"department": evil, "title": "", "kind": "budget", "year": 2026}
    )
    names = [line.split()[0] for line in TABLES["findings"].replace(",", "\n").splitlines() if line.strip()]
    values = {"id": "F1", "code": "T101", "category": evil, "severity": "error", "confidence": 1.0, "message": evil}
    blank = dict.fromkeys(("page", "line", "x0", "y0", "x1", "y1"))
    columns = [name.strip('"') for name in names[names.index("id") : names.index("PRIMARY")]]
    outcome.findings = [tuple({**values, **blank}.get(name, "-1+1|calc") for name in columns)]
    for count in ("errors", "warnings", "notices", "numeric_cells", "numeric_cells_checked", "tables"):
        outcome.document[count] = 0
    for verdict in ("held", "failed", "unknown"):
        outcome.document[f"checks_{verdict}"] = 0
    with Store(tmp_path / "s.sqlite") as store:
        store.put_outcome(Entry(tmp_path / "=a.pdf", tmp_path, "0" * 64), outcome, "", "", "")
        rows: list[FileRow] = file_rows(store)
        export_findings(store, rows, link_rows(store, rows), tmp_path / "f.csv")
        write_summary(store, rows, repeated(store, rows), link_rows(store, rows), tmp_path / "f.xlsx")
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@")) or cell.startswith("-1+")]
    book = load_workbook(tmp_path / "f.xlsx")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_store_of_another_version_is_refused(store: Store, tmp_path: Path) -> None:
    from budgetaudit.scan import StoreError

    list(store.query("PRAGMA user_version = 99"))
    with pytest.raises(StoreError, match="99"):
        Store(tmp_path / "s.sqlite")


def test_the_command_writes_what_it_is_asked_for(folder: Path, call: Call, tmp_path: Path) -> None:
    call("scan", folder, "--store", tmp_path / "s.sqlite")
    targets = [tmp_path / "out" / name for name in ("a.xlsx", "b.csv", "c.jsonl")]
    result = call(
        "report", tmp_path / "s.sqlite", "--xlsx", targets[0], "--findings", targets[1], "--facts", targets[2]
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert all(target.stat().st_size > 1000 for target in targets)
    assert "共 6 个文件" in call("report", tmp_path / "s.sqlite").stdout
    for wrong in ("a.doc", "s.sqlite"):
        refused = call("report", tmp_path / "s.sqlite", "--facts", tmp_path / wrong)
        assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
