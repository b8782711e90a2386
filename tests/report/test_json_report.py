from __future__ import annotations

import json
from dataclasses import replace

from budgetaudit.errors import UnreadableError
from budgetaudit.model import Place
from budgetaudit.report.json_report import error_json, tables_json, to_json
from tests.report import factory

# The contract of the machine output: a key may be added here, never taken away.
CONTRACT = {
    "": {"schema", "document", "coverage", "checks", "findings", "not_checked", "hidden", "stale", "problems"},
    "document": {"path", "sha256", "parts", "title", "department", "kind", "year", "pages", "format"},
    "coverage": {
        "tables",
        "tables_recognised",
        "numeric_cells",
        "numeric_cells_checked",
        "numeric_cells_checked_twice",
        "numeric_cells_cross_checked",
        "amounts",
        "amounts_matched",
        "amounts_checked",
    },
    "checks": {"held", "rounding", "explained", "failed", "unknown"},
}
FINDING = {
    "id",
    "fingerprint",
    "code",
    "category",
    "severity",
    "confidence",
    "message",
    "page",
    "line",
    "bbox",
    "table",
    "row",
    "column",
    "quote",
    "reported",
    "expected",
    "difference",
    "unit",
    "operands",
    "root",
    "suggestion",
}


def test_keys_are_the_contract_and_always_present() -> None:
    for report in (factory.report(), factory.clean_report(checked=False)):
        made = to_json(report)
        assert made["schema"] == "budgetaudit/1"
        assert set(made) == CONTRACT[""]
        for part in ("document", "coverage", "checks"):
            assert set(made[part]) == CONTRACT[part]
        for finding in made["findings"]:
            assert set(finding) >= FINDING
            for operand in finding["operands"]:
                assert set(operand) >= {"label", "value", "page", "bbox"}
        assert all(set(entry) == {"code", "reason", "by_choice"} for entry in made["not_checked"])
        assert all(set(entry) == {"page", "what"} for entry in made["problems"])


def test_figures_are_strings_as_printed_and_boxes_rounded() -> None:
    made = to_json(factory.report())
    error = next(f for f in made["findings"] if f["severity"] == "error")
    assert (error["reported"], error["expected"], error["difference"]) == ("1,234.56", "1,234.5", "0.06")
    assert [o["value"] for o in error["operands"]] == ["1,134.50", "100.00"]
    assert error["bbox"] == [370.0, 140.0, 450.0, 160.0]
    assert made["checks"] == {"held": 1, "rounding": 1, "explained": 1, "failed": 2, "unknown": 1}
    assert made["document"]["pages"] == 10


def test_a_text_file_has_lines_in_place_of_pages() -> None:
    report = factory.report()
    finding = replace(report.findings[-1], place=Place(line=120))
    made = to_json(replace(report, findings=(finding,)))["findings"][0]
    assert (made["page"], made["line"], made["bbox"]) == (None, 120, None)


def test_the_object_survives_json() -> None:
    made = to_json(factory.report())
    assert json.loads(json.dumps(made, ensure_ascii=False)) == made


def test_tables_are_printed_as_they_stand() -> None:
    report = factory.report()
    made = tables_json(report.document, report.profile, report.tables)
    assert set(made) == {"document", "tables"}
    overview, expenditure = made["tables"]
    assert overview["title"] == "收支总表[*/:]"
    assert expenditure["unit"] == "万元"
    assert expenditure["pages"] == [8]
    assert expenditure["header"] == [
        ["功能分类", "", "", "科目名称", "合计", "基本支出", "项目支出"],
        ["类", "款", "项", "", "", "", ""],
    ]
    assert expenditure["rows"][0] == ["合计", "", "", "", "1,234.56", "234.50", "1,000.00"]
    assert expenditure["rows"][1][3] == "一般公共服务支出"
    assert len(expenditure["rows"]) == 4


def test_an_unreadable_file_is_an_object_with_kind_and_message() -> None:
    made = error_json("a.pdf", UnreadableError("empty", "文件是空的"))
    assert made == {"schema": "budgetaudit/1", "path": "a.pdf", "error": {"kind": "empty", "message": "文件是空的"}}
    assert error_json("a.pdf", ZeroDivisionError("secret path"))["error"] == {
        "kind": "internal",
        "message": "ZeroDivisionError",
    }
