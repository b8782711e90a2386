"""What the settings leave of a store when it is read; the store itself keeps everything."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from budgetaudit.cli import app
from budgetaudit.scan import Store
from budgetaudit.scan.narrow import narrow
from budgetaudit.scan.summary import file_rows

SAMPLES = Path(__file__).parents[2] / "samples"


def run(*args: object) -> Result:
    return CliRunner().invoke(app, [*map(str, args)], env={"COLUMNS": "120"})


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of two documents, and the store of their scan."""
    home = tmp_path_factory.mktemp("narrow")
    folder, store = home / "各部门", home / "a.sqlite"
    folder.mkdir()
    for name in ("numbered-errors.pdf", "yuan-clean.pdf"):
        shutil.copy(SAMPLES / name, folder)
    assert run("scan", folder, "--store", store, "--isolated").exit_code == 1
    return folder, store


def counts(store: Path, **wanted: object) -> dict[str, tuple[int, int, int, str]]:
    with Store(store, create=False) as opened:
        if wanted:
            narrow(opened, **wanted)  # type: ignore[arg-type]
        return {
            row.shown: (row.document["errors"], row.document["warnings"], row.document["notices"], row.verdict.value)
            for row in file_rows(opened)
        }


EVERY = ("error", "warning", "notice")


def test_wanting_everything_changes_nothing(scanned: tuple[Path, Path]) -> None:
    assert counts(scanned[1], off=(), severities=EVERY, confidence=0.0) == counts(scanned[1])


def test_counts_and_verdict_follow_what_is_shown(scanned: tuple[Path, Path]) -> None:
    full = counts(scanned[1])["numbered-errors.pdf"]
    less = counts(scanned[1], off=(), severities=("error",), confidence=0.0)["numbered-errors.pdf"]
    assert full[0] == less[0] > 0 and less[1:] == (0, 0, "findings")
    with Store(scanned[1], create=False) as opened:
        codes = {row["code"] for row in opened.query("SELECT code FROM findings")}
    assert counts(scanned[1], off=codes, severities=EVERY, confidence=0.0)["numbered-errors.pdf"] == (0, 0, 0, "clean")


def test_a_finding_that_lost_its_head_counts_itself(scanned: tuple[Path, Path]) -> None:
    with Store(scanned[1], create=False) as opened:
        dependants = list(opened.query("SELECT * FROM findings WHERE root <> ''"))
        heads = {row["id"]: row["code"] for row in opened.query("SELECT * FROM findings")}
    orphan = next(d for d in dependants if heads[d["root"]] != d["code"])
    with Store(scanned[1], create=False) as opened:
        narrow(opened, {heads[orphan["root"]]}, EVERY, 0.0)
        shown = {row["id"] for row in opened.query("SELECT id FROM findings")}
        total = sum(row.document[name] for row in file_rows(opened) for name in ("errors", "warnings", "notices"))
        alone = [row for row in opened.query("SELECT * FROM findings") if not row["root"] or row["root"] not in shown]
    assert orphan["id"] in shown and orphan["root"] not in shown
    assert total == len(alone)


def test_words_that_are_no_codes_never_reach_sql(scanned: tuple[Path, Path]) -> None:
    with Store(scanned[1], create=False) as opened, pytest.raises(ValueError, match="DROP"):
        narrow(opened, {"T101'); DROP TABLE x; --"}, EVERY, 0.0)


def test_scan_and_report_take_the_same_filters(scanned: tuple[Path, Path], tmp_path: Path) -> None:
    folder, store = scanned
    with Store(store, create=False) as opened:
        before = opened.digest()
    result = run("scan", folder, "--store", store, "--isolated", "--select", "T", "--format", "json")
    assert "按设置没有列出" in result.stderr and result.exit_code == 1
    first = json.loads(result.stdout.splitlines()[0])
    assert first["findings"]["error"] > 0
    run("report", store, "--isolated", "--select", "T", "--min-severity", "error", "--findings", tmp_path / "a.csv")
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert rows and {row["code"][0] for row in rows} == {"T"} and {row["severity"] for row in rows} == {"error"}
    with Store(store, create=False) as opened:
        assert opened.digest() == before, "the store keeps everything"


def test_the_file_of_settings_holds_for_a_scan_too(
    scanned: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "budgetaudit.toml").write_text('fail-on = "never"\n', "utf-8")
    assert run("scan", scanned[0], "--store", scanned[1]).exit_code == 0
    assert "fail-on" in run("scan", "--show-settings").stdout
    (tmp_path / "budgetaudit.toml").write_text("fail = 1\n", "utf-8")
    assert run("scan", scanned[0], "--store", scanned[1]).exit_code == 2
