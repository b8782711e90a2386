"""What a reviewer marked is not told again; what a baseline covers in vain is told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from budgetaudit.errors import UnreadableError
from budgetaudit.lang import CHINESE, ENGLISH, set_language
from budgetaudit.model import Finding, Place, Report, Severity
from budgetaudit.report import words
from budgetaudit.report.baseline import apply_baseline, load_baseline
from budgetaudit.report.fingerprint import SCHEME, fingerprint
from budgetaudit.report.json_report import to_json
from budgetaudit.report.left_out import hidden
from budgetaudit.report.workbook import write_report
from tests.report import factory


def marked(report: Report, path: Path, states: dict[int, tuple[str, str]]) -> Path:
    """The workbook of a report as a reviewer gives it back: state and note by the number of the row."""
    write_report(report, path)
    book = load_workbook(path)
    sheet = book.worksheets[1]
    for number, (state, note) in states.items():
        sheet.cell(number + 1, 14).value = state
        sheet.cell(number + 1, 15).value = note
    book.save(path)
    return path


def moved(report: Report) -> Report:
    """The same findings in another version of the document: all pages are others."""
    findings = tuple(
        replace(f, id=f"X{n}", place=replace(f.place, page=(f.place.page or 0) + 3))
        for n, f in enumerate(report.findings)
    )
    return replace(report, findings=findings)


def left(report: Report) -> list[str]:
    return sorted(f.message for f in report.findings if f.severity is not Severity.NOTICE)


def test_confirmed_and_rejected_findings_are_hidden_and_corrected_ones_are_told(tmp_path: Path) -> None:
    report = factory.report()
    heads = [head for head, _rest in words.grouped(report)]
    states = {1: ("已核实", "与财政局核对"), 2: ("不采纳", ""), 3: ("已更正", ""), 4: ("待核实", "再看")}
    entries = load_baseline(marked(report, tmp_path / "a.xlsx", states))
    done = apply_baseline(moved(report), entries)
    assert len(done.findings) == len(report.findings) - 2 and left(done) == []
    assert [(h.finding.message, h.reason, h.accepted) for h in done.hidden] == [
        (heads[1].message, "不采纳", True),
        (heads[0].message, "已核实：与财政局核对", True),
    ]
    assert done.stale == ()


@pytest.mark.parametrize("change", [{"reported": "9.99"}, {"expected": "8.88"}, {"column": "别的列"}, {"code": "T103"}])
def test_a_finding_with_other_figures_or_at_another_cell_is_told(change: dict[str, str], tmp_path: Path) -> None:
    report = factory.report()
    entries = load_baseline(marked(report, tmp_path / "a.xlsx", {1: ("已核实", "")}))
    first = next(f for f in report.findings if f.id == "F1")
    done = apply_baseline(replace(report, findings=(replace(first, **change),)), entries)  # type: ignore[arg-type]
    assert len(done.findings) == 1 and done.hidden == ()
    assert len(done.stale) == 1 and done.stale[0].what.startswith("T102 第8页 支出预算总表")
    assert any("T102" in line and "没有对应的问题" in line for line in hidden(done))
    assert to_json(done)["stale"] == [{"what": done.stale[0].what, "count": 1}]


def test_one_entry_covers_one_finding(tmp_path: Path) -> None:
    report = factory.report()
    first = next(f for f in report.findings if f.id == "F1")
    report = replace(report, findings=(first,))
    entries = load_baseline(marked(report, tmp_path / "a.xlsx", {1: ("已核实", "")}))
    done = apply_baseline(replace(report, findings=(first, replace(first, id="F7"))), entries)
    assert [f.id for f in done.findings] == ["F7"]


def rooted(report: Report) -> tuple[Finding, Finding, Finding]:
    head = next(f for f in report.findings if f.id == "F1")
    return (
        head,
        replace(head, id="D1", root="F1", row="别的行", ref=None),
        replace(head, id="D2", root="F1", row="又一行", ref=None),
    )


def test_a_root_goes_with_the_dependants_that_were_listed_and_a_new_one_becomes_a_head(tmp_path: Path) -> None:
    report = factory.report()
    head, known, new = rooted(report)
    before = replace(report, findings=(head, known))
    entries = load_baseline(marked(before, tmp_path / "a.xlsx", {1: ("不采纳", "")}))
    assert len(entries) == 2
    done = apply_baseline(replace(report, findings=(head, known, new, replace(new, id="D3", row="末行"))), entries)
    assert [(f.id, f.root) for f in done.findings] == [("D2", ""), ("D3", "D2")]


def test_a_workbook_made_with_a_baseline_is_a_baseline_itself(tmp_path: Path) -> None:
    report = factory.report()
    first = load_baseline(marked(report, tmp_path / "a.xlsx", {1: ("已核实", "与财政局核对")}))
    done = apply_baseline(report, first)
    write_report(done, tmp_path / "b.xlsx")
    again = apply_baseline(moved(report), load_baseline(tmp_path / "b.xlsx"))
    assert left(again) == left(done)
    assert [h.reason for h in again.hidden] == ["已核实：与财政局核对"]


def test_a_workbook_of_one_language_is_read_in_another(tmp_path: Path) -> None:
    set_language(ENGLISH)
    try:
        path = tmp_path / "a.xlsx"
        write_report(factory.report(), path)
        book = load_workbook(path)
        sheet = book.worksheets[1]
        states = str(sheet.data_validations.dataValidation[0].formula1).strip('"').split(",")
        sheet.cell(2, 14).value = states[1]
        book.save(path)
    finally:
        set_language(CHINESE)
    assert len(load_baseline(path)) == 1


def test_a_json_report_covers_what_it_lists(tmp_path: Path) -> None:
    report = factory.report()
    path = tmp_path / "a.json"
    path.write_text(json.dumps(to_json(report), ensure_ascii=False), "utf-8")
    new = replace(report.findings[0], id="N", row="新的行")
    done = apply_baseline(replace(moved(report), findings=(*moved(report).findings, new)), load_baseline(path))
    assert done.findings == (new,) and done.stale == ()
    chained = tmp_path / "b.json"
    chained.write_text(json.dumps(to_json(done), ensure_ascii=False), "utf-8")
    assert apply_baseline(report, load_baseline(chained)).findings == ()


def test_of_several_reports_only_the_document_s_own_counts(tmp_path: Path) -> None:
    report = factory.report()
    other = replace(report, profile=replace(report.profile, title="2026年别的局部门预算"))
    path = tmp_path / "a.jsonl"
    lines = [json.dumps(to_json(one), ensure_ascii=False) for one in (other, replace(report, findings=()))]
    path.write_text("\n".join(lines), "utf-8")
    done = apply_baseline(report, load_baseline(path))
    assert done.findings == report.findings and done.stale == ()
    assert apply_baseline(other, load_baseline(path)).findings == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"[]",
        b'{"a": 1}',
        b'{"findings": [{"code": "T102"}]}',
        b"PK\x03\x04 no zip",
        b"\xff\xfe",
        b"[" * 9_999,
    ],
)
def test_what_is_no_baseline_is_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        load_baseline(path)
    assert caught.value.kind == "baseline" and str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_workbook_of_something_else_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "other.xlsx")
    for name in ("other.xlsx", "missing.xlsx"):
        with pytest.raises(UnreadableError):
            load_baseline(tmp_path / name)


def test_marks_in_a_workbook_that_was_sorted_and_filtered_go_with_their_rows(tmp_path: Path) -> None:
    report = factory.report()
    path = marked(report, tmp_path / "a.xlsx", {1: ("已核实", "")})
    book = load_workbook(path)
    sheet = book.worksheets[1]
    values = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    for row, line in enumerate(reversed(values), 2):
        for col, value in enumerate(line, 1):
            sheet.cell(row, col).value = value
    book.save(path)
    first = next(f for f in report.findings if f.id == "F1")
    assert [entry.mark for entry in load_baseline(path)] == [fingerprint(first)]
    assert SCHEME == "budgetaudit/v1" and first.place == Place(8, first.place.bbox)
