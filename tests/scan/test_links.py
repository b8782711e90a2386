"""Links between documents: from files in a folder to the store, the terminal, the workbook and the exports."""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from budgetaudit.rules import find
from budgetaudit.scan import Settings, Store, pool, scan
from budgetaudit.scan.linking import link_jobs
from budgetaudit.scan.live import Quiet
from tests.scan.trouble import ending_at_links

Call = Callable[..., subprocess.CompletedProcess[str]]
ONE = Settings(jobs=1)


def parts(code: str, which: str) -> list[str]:
    """The documents of an example of a rule's page."""
    page = find(code).chinese
    text = page.bad if which == "bad" else page.good
    documents: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("===="):
            documents.append([])
        else:
            documents[-1].append(line)
    return ["\n".join(lines) + "\n" for lines in documents]


def folder_of(folder: Path, code: str, which: str = "bad") -> Path:
    """The documents of an example as files whose names say nothing."""
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(parts(code, which)):
        (folder / f"{chr(ord('z') - number)}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.sqlite") as opened:
        yield opened


def links(store: Store) -> list[sqlite3.Row]:
    return list(store.query("SELECT * FROM links ORDER BY kind"))


@pytest.mark.parametrize(
    ("code", "kind", "members"), [("Y201", "years", 2), ("Y202", "stages", 2), ("Y301", "units", 3)]
)
def test_documents_are_linked_by_their_text(tmp_path: Path, store: Store, code: str, kind: str, members: int) -> None:
    scan([folder_of(tmp_path / "in", code)], store, ONE, Quiet())
    (link,) = links(store)
    assert link["kind"] == kind and link["failed"] >= 1 and link["held"] >= 1
    roles = [row["role"] for row in store.query("SELECT role FROM link_members ORDER BY seq")]
    assert len(roles) == members
    finding = next(store.query("SELECT * FROM link_findings WHERE severity = 'warning'"))
    assert finding["code"] == code and finding["line"] and finding["other_line"]
    assert finding["member"] != finding["other_member"]


def test_a_text_and_its_table_book_are_one_disclosure(tmp_path: Path, store: Store) -> None:
    scan([folder_of(tmp_path / "in", "Y201")], store, ONE, Quiet())
    this = (tmp_path / "in" / "z.txt").read_text("utf-8")
    tables, text = this.split("第三部分", 1)
    more = "机关运行经费10.00万元。政府采购预算5.00万元。“三公”经费1.00万元。基本支出70.00万元。"
    text = f"2030年度云溪县示例局部门预算公开\n第三部分{text}{more}\n"
    (tmp_path / "in" / "z.txt").write_text(tables.replace("云溪县示例局", "中共云溪县示例局"), "utf-8")
    (tmp_path / "in" / "w.txt").write_text(text, "utf-8")
    scan([tmp_path / "in"], store, ONE, Quiet())
    assert {link["kind"]: link["rivals"] for link in links(store)} == {"parts": 0, "years": 0}
    sql = "SELECT role FROM link_members JOIN links ON links.id = link WHERE kind = 'years' ORDER BY seq"
    assert [row["role"] for row in store.query(sql)] == ["this", "this", "before"]
    (parts,) = [link for link in links(store) if link["kind"] == "parts"]
    assert parts["held"] >= 3 and parts["failed"] == 0


def test_two_candidates_are_said_not_guessed(tmp_path: Path, store: Store) -> None:
    folder = folder_of(tmp_path / "in", "Y201")
    before = (folder / "y.txt").read_text("utf-8")
    (folder / "copy.txt").write_text(before + "\n", "utf-8")
    scan([folder], store, ONE, Quiet())
    (link,) = links(store)
    assert (link["rivals"], link["failed"]) == (0, 1), "two files that say the same are one document"
    (folder / "copy.txt").write_text(before.replace("35.00", "34.00"), "utf-8")
    scan([folder], store, ONE, Quiet())
    (link,) = links(store)
    assert (link["rivals"], link["held"], link["failed"]) == (2, 0, 0)


def _link_again(store: Store) -> int:
    """Compute what links are missing, without workers; how many these were."""
    outcomes = [job.compute() for job in link_jobs(store)]
    for outcome in outcomes:
        store.put_link(outcome.link, outcome.parts)
    return len(outcomes)


def test_another_scope_accuses_nobody(tmp_path: Path, store: Store) -> None:
    folder = folder_of(tmp_path / "in", "Y201")
    before = (folder / "y.txt").read_text("utf-8")
    for old, new in (("100.00", "90.00"), ("65.00", "55.00")):
        before = before.replace(old, new)
    (folder / "y.txt").write_text(before, "utf-8")
    scan([folder], store, ONE, Quiet())
    (link,) = links(store)
    assert (link["failed"], link["held"]) == (0, 0) and link["unknown"] >= 3
    reasons = [row["reason"] for row in store.query("SELECT reason FROM link_checks WHERE verdict = 'unknown'")]
    assert any("100.00" in reason and "90.00" in reason for reason in reasons), "both readings are shown"


def test_a_rescan_computes_only_what_changed(tmp_path: Path, store: Store) -> None:
    folder = folder_of(tmp_path / "in", "Y201")
    scan([folder], store, ONE, Quiet())
    digest = store.digest()
    assert not list(link_jobs(store))
    (folder / "y.txt").unlink()
    scan([folder], store, ONE, Quiet())
    assert links(store) == [] and not list(store.query("SELECT * FROM link_checks"))
    folder_of(folder, "Y201")
    scan([folder], store, ONE, Quiet())
    assert store.digest() == digest


def test_a_stopped_computation_goes_on_to_the_same_store(tmp_path: Path, store: Store) -> None:
    for code in ("Y201", "Y202", "Y301"):
        folder = folder_of(tmp_path / code, code)
        for file in folder.iterdir():
            file.write_text(
                file.read_text("utf-8").replace("示例", {"Y201": "甲", "Y202": "乙", "Y301": "丙"}[code]), "utf-8"
            )
    scan([tmp_path], store, ONE, Quiet())
    digest = store.digest()
    (first, *_rest) = links(store)
    store.drop_links([first["id"]])
    assert store.digest() != digest
    assert _link_again(store) == 1
    assert store.digest() == digest


def test_people_and_programs_see_both_places(tmp_path: Path, call: Call) -> None:
    folder = folder_of(tmp_path / "in", "Y201")
    result = call("scan", folder)
    assert result.returncode == 1, "a finding across files counts"
    assert "跨文件核对 1 组" in result.stdout and "Y201" in result.stdout
    assert "z.txt" in result.stdout and "y.txt" in result.stdout
    call("report", "budgetaudit.sqlite", "--findings", "f.csv", "--xlsx", "s.xlsx")
    here = tmp_path / "工作"
    with (here / "f.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = [row for row in csv.DictReader(stream) if row["code"] == "Y201"]
    assert (row["path"], row["other_path"]) == ("z.txt", "y.txt")
    assert row["line"] and row["other_line"] and row["other_printed"] == "35.00"
    book = openpyxl.load_workbook(here / "s.xlsx")
    assert book["跨文件"]["F2"].value == 1
    paper = book["跨文件勾稽"]
    assert paper["A2"].value == "不符" and paper["H2"].value == 6 and paper["O2"].value == 35
    assert call("scan", folder, "--fail-on", "never").returncode == 0


def test_one_cause_has_one_head(tmp_path: Path, store: Store) -> None:
    scan([folder_of(tmp_path / "in", "Y301")], store, ONE, Quiet())
    found = list(store.query("SELECT * FROM link_findings ORDER BY seq"))
    (head,) = [row for row in found if not row["root"]]
    assert (head["row"], head["column"], head["difference"]) == ("2010301 行政运行", "项目支出", "-2.00")
    assert len(found) == 8 and {row["root"] for row in found if row["root"]} == {head["id"]}


def test_a_link_that_ends_its_worker_is_told_and_tried_again(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path / "in", "Y201")
    monkeypatch.setattr(pool, "_run", ending_at_links)
    scan([folder], store, ONE, Quiet())
    (link,) = links(store)
    assert "退出码 3" in link["problem"] and link["held"] == 0 and link["basis"] == ""
    monkeypatch.undo()
    scan([folder], store, ONE, Quiet())
    (link,) = links(store)
    assert not link["problem"] and link["held"]


def test_a_damaged_record_costs_its_own_links(tmp_path: Path, store: Store) -> None:
    scan([folder_of(tmp_path / "in", "Y201")], store, ONE, Quiet())
    store.drop_links([link["id"] for link in links(store)])
    sha256 = next(store.query("SELECT sha256 FROM records"))["sha256"]
    list(store.query("UPDATE records SET record = ? WHERE sha256 = ?", (zlib.compress(b"[1, 2]"), sha256)))
    assert _link_again(store) == 1
    (link,) = links(store)
    assert link["problem"] and link["held"] == 0
