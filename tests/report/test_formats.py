"""The formats for programs: valid by their own schemas, true to the report, and unmoved by hostile text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from budgetaudit.audit import audit, recognise
from budgetaudit.errors import UnreadableError
from budgetaudit.model import Hidden, NotChecked, Place, Report, Severity
from budgetaudit.reading import read
from budgetaudit.report.fingerprint import SCHEME, fingerprint
from budgetaudit.report.formats.sarif import uri
from budgetaudit.report.json_report import error_json, tables_json, to_json
from budgetaudit.report.outputs import OUTPUTS, Audited, How, named
from budgetaudit.rules import all_rules, document_rules
from tests.report import factory

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.pdf"))
SARIF = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
GRAVE = frozenset({Severity.ERROR, Severity.WARNING})
STREAMS = [output.name for output in OUTPUTS if not output.per_document]
UNREADABLE = Audited("坏.pdf", error=UnreadableError("empty", "文件是空的（0 字节）"))


def written(name: str, *inputs: Audited, **how: Any) -> str:
    """What a format writes for these inputs."""
    output = named(name)
    assert output is not None
    buffer = io.StringIO(newline="")
    stream = output.stream(buffer, How(several=len(inputs) > 1, failing=GRAVE, **how))
    for audited in inputs:
        stream.add(audited)
    stream.end()
    return buffer.getvalue()


def given(report: Report | None = None) -> Audited:
    return Audited("星湖局.pdf", report or factory.report())


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("budgetaudit").joinpath("data", name).read_text("utf-8"))
    return loaded


@cache
def sample(path: Path) -> Report:
    return audit(read(path))


def closed(part: Any) -> Any:
    """A schema whose objects hold no key that it does not describe."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    made = {key: closed(value) for key, value in part.items()}
    return {**made, "additionalProperties": False} if part.get("type") == "object" else made


def described(part: Any, path: str = "") -> Iterator[str]:
    """Paths of properties without a description."""
    if isinstance(part, dict):
        for key, value in part.get("properties", {}).items():
            if "$ref" not in value and not value.get("description"):
                yield f"{path}/{key}"
        for key, value in part.items():
            yield from described(value, f"{path}/{key}")


# ------------------------------------------------------------------------------------------------ the contract's schema


@pytest.mark.parametrize("name", ["report.schema.json", "tables.schema.json"])
def test_a_schema_is_valid_and_describes_every_key(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert list(described(schema(name))) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_reports_of_all_samples_are_as_the_schema_says(path: Path) -> None:
    report = sample(path)
    Draft202012Validator(closed(schema("report.schema.json"))).validate(to_json(report))
    tables = tables_json(report.document, *recognise(report.document))
    Draft202012Validator(closed(schema("tables.schema.json"))).validate(tables)


def test_reports_of_every_shape_are_as_the_schema_says() -> None:
    validator = Draft202012Validator(closed(schema("report.schema.json")))
    full = factory.report()
    hidden = replace(full, findings=(), hidden=tuple(Hidden(f, "已核实", accepted=True) for f in full.findings))
    text = replace(full, findings=tuple(replace(f, place=Place(line=3)) for f in full.findings))
    off = replace(full, not_checked=(NotChecked("N401", "按设置不查", by_choice=True),))
    for report in (full, hidden, text, off, factory.clean_report(checked=False)):
        validator.validate(to_json(report))
    validator.validate(error_json("坏.pdf", UnreadableError("empty", "文件是空的")))
    validator.validate(error_json("坏.pdf", ZeroDivisionError()))


def test_the_schema_refuses_what_is_no_report() -> None:
    validator = Draft202012Validator(schema("report.schema.json"))
    good = to_json(factory.report())
    assert validator.is_valid(good) and validator.is_valid({**good, "later": 1}), "keys may be added"
    assert not validator.is_valid({key: value for key, value in good.items() if key != "coverage"})
    wrong = json.loads(json.dumps(good))
    wrong["findings"][0]["severity"] = "fatal"
    assert not validator.is_valid(wrong)


def test_jsonl_is_one_object_a_line_even_for_one_input() -> None:
    assert [*map(json.loads, written("jsonl", given()).splitlines())] == [to_json(factory.report())]
    kinds = [set(json.loads(line)) for line in written("jsonl", given(), UNREADABLE).splitlines()]
    assert "findings" in kinds[0] and "error" in kinds[1]


# --------------------------------------------------------------------------------------------------------------- sarif


def sarif(*inputs: Audited) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(written("sarif", *inputs))
    problems = [error.message for error in Draft4Validator(SARIF).iter_errors(log)]
    assert problems == []
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("path", [path for path in SAMPLES if "errors" in path.stem], ids=lambda path: path.stem)
def test_sarif_of_samples_is_valid(path: Path) -> None:
    run = sarif(Audited(str(path), sample(path)))
    assert len(run["results"]) == len(sample(path).findings) > 0


def test_sarif_holds_findings_with_place_operands_and_fingerprint() -> None:
    report = factory.report()
    run = sarif(given(report))
    finding = report.findings[-1]
    result = run["results"][-1]
    assert (result["ruleId"], result["level"], result["rank"]) == ("T102", "error", 98.0)
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "T102"
    assert result["partialFingerprints"] == {SCHEME: fingerprint(finding)}
    location = result["locations"][0]
    assert location["properties"] == {"page": 8, "bbox": [370.0, 140.0, 450.0, 160.0]}
    assert "region" not in location["physicalLocation"], "a PDF has no lines"
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "支出预算总表/合计/合计"
    assert [r["message"]["text"] for r in result["relatedLocations"]] == [
        "一般公共服务支出 1,134.50",
        "社会保障 100.00",
    ]
    assert "1,234.56" in result["message"]["text"] and "核对合计" in result["message"]["text"]
    assert {r["level"] for r in run["results"]} == {"error", "warning", "note"}


def test_sarif_gives_a_text_file_its_line() -> None:
    report = factory.report()
    report = replace(report, findings=(replace(report.findings[-1], place=Place(line=12)),))
    assert sarif(given(report))["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 12}


def test_sarif_rules_carry_their_pages() -> None:
    rules = sarif(given())["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in all_rules()]
    assert all("|" in rule["help"]["markdown"] or "正确" in rule["help"]["markdown"] for rule in rules)
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)


def test_sarif_tells_what_was_not_checked() -> None:
    off = (NotChecked("N401", "按设置不查：另有专人核对", by_choice=True), NotChecked("X302", "没有支出总表"))
    run = sarif(given(replace(factory.report(), not_checked=off)), UNREADABLE)
    invocation = run["invocations"][0]
    assert invocation["executionSuccessful"] is False
    configured = invocation["toolConfigurationNotifications"]
    assert [n["associatedRule"]["id"] for n in configured] == ["N401"]
    said = [n["message"]["text"] for n in invocation["toolExecutionNotifications"]]
    assert "没有支出总表" in said and "表格没有表名" in said and "文件是空的（0 字节）" in said
    assert [a["location"]["uri"] for a in run["artifacts"]] == [uri("星湖局.pdf"), uri("坏.pdf")]


def test_sarif_shows_accepted_findings_as_suppressed_and_no_others_that_are_hidden() -> None:
    report = factory.report()
    hidden = (Hidden(report.findings[-1], "已核实：系分期付款", accepted=True), Hidden(report.findings[0], "级别低"))
    run = sarif(given(replace(report, findings=(), hidden=hidden)))
    assert [r["suppressions"][0]["justification"] for r in run["results"]] == ["已核实：系分期付款"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b.pdf", "a%20b.pdf"),
        ("c:d.pdf", "c%3Ad.pdf"),
        ("局/预算.pdf", "%E5%B1%80/%E9%A2%84%E7%AE%97.pdf"),
        ("-", "-"),
    ],
)
def test_uris_are_quoted_and_relative(path: str, expected: str) -> None:
    assert uri(path) == expected


def test_an_absolute_path_is_a_file_uri(tmp_path: Path) -> None:
    assert uri(str(tmp_path / "a.pdf")) == (tmp_path / "a.pdf").as_uri()


# --------------------------------------------------------------------------------------------------------------- junit


def test_junit_has_a_suite_a_document_and_a_case_a_rule() -> None:
    root = ET.fromstring(written("junit", given(), UNREADABLE))
    first, second = root.findall("testsuite")
    assert len(first.findall("testcase")) == len(document_rules()) == int(first.get("tests") or 0)
    case = next(c for c in first if (c.get("name") or "").startswith("T102"))
    failure = case.find("failure")
    assert failure is not None and "第8页" in (failure.get("message") or "") and "1,234.56" in (failure.text or "")
    assert first.get("failures") == "1"
    assert (second.get("errors"), second.find("testcase/error").get("message")) == ("1", "文件是空的（0 字节）")  # type: ignore[union-attr]
    assert root.get("tests") == str(len(document_rules()) + 1)


def test_junit_never_passes_what_was_not_checked() -> None:
    off = (NotChecked("N401", "按设置不查", by_choice=True),)
    root = ET.fromstring(written("junit", given(replace(factory.report(), not_checked=off))))
    cases = {(c.get("name") or "")[:4]: c for c in root.iter("testcase")}
    skipped = cases["N401"].find("skipped")
    assert skipped is not None and skipped.get("message") == "按设置不查"
    assert cases["D801"].find("skipped") is not None, "no check at all"
    assert cases["T101"].find("failure") is None and cases["T101"].find("skipped") is None
    assert "尾差" in (cases["T101"].findtext("system-out") or ""), "notices do not fail, but are told"


# -------------------------------------------------------------------------------------------------------------- github


def test_github_commands_are_one_line_each_and_escaped() -> None:
    report = factory.report()
    finding = replace(report.findings[-1], message="第一行\n::error::第二行 100%", table="a:b,c")
    text = written("github", Audited("a,b:c.pdf", replace(report, findings=(finding,))))
    first, last = text.splitlines()
    assert first.startswith("::error file=a%2Cb%3Ac.pdf,title=T102 错误::第8页")
    assert "100%25" in first and first.count("\n") == 0
    assert last.startswith("::notice file=a%2Cb%3Ac.pdf,title=核对结果::") and "%0A" in last
    assert written("github", UNREADABLE).startswith("::error file=坏.pdf,title=没有核对::")


# ----------------------------------------------------------------------------------------------------------------- csv


def test_csv_has_a_line_a_finding_and_one_for_what_was_not_checked() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", given(), UNREADABLE))))
    report = factory.report()
    assert [row["id"] for row in rows[:-1]] == [finding.id for finding in report.findings]
    assert rows[-1]["path"] == "坏.pdf" and rows[-1]["category"] == "unreadable" and "空" in rows[-1]["message"]
    assert (rows[-2]["reported"], rows[-2]["x0"], rows[-2]["page"]) == ("1,234.56", "370.0", "8")


# ------------------------------------------------------------------------------------------------------------ markdown


def test_markdown_reads_as_a_report() -> None:
    text = written("markdown", given(), UNREADABLE)
    assert "### 错误 1 处" in text and "### 需核实 1 处" in text
    assert "**第8页 支出预算总表 · 行「合计」 · 列「合计」** (T102)" in text
    assert "| 一般公共服务支出 | 1,134.50万元 | 第8页 |" in text
    assert "## 坏.pdf\n\n**没有核对**：文件是空的（0 字节）" in text
    assert text.count("<details>") == text.count("</details>") >= 2


# ---------------------------------------------------------------------------------------------------------- statistics


def test_statistics_count_by_rule() -> None:
    text = written("statistics", given(), given(), UNREADABLE)
    line = next(line for line in text.splitlines() if line.startswith("T102"))
    assert line.split()[1:7] == ["2", "·", "·", "2", "4", "2"]
    assert "核对了 2 个文件，没能核对的 1 个：错误 2、需核实 2、提示 10" in text


# ------------------------------------------------------------------------------------------------------------- hostile

HOSTILE = (
    "=HYPERLINK(1)",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "\u202e",
    "\x1b[31m",
    "[x](http://evil.example)",
    "]]>",
)


def hostile() -> Report:
    """A report whose every text is hostile, one of them very long."""
    report = factory.report()
    evil = " ".join(HOSTILE)
    findings = tuple(
        replace(f, message=evil, table=evil, row=evil, column=evil, quote=evil + "长" * 40_000, suggestion=evil)
        for f in report.findings
    )
    profile = replace(report.profile, title=evil, department=evil)
    return replace(report, findings=findings, profile=profile, not_checked=(NotChecked("X203", evil),))


@pytest.mark.parametrize("name", STREAMS)
def test_hostile_text_stays_text(name: str) -> None:
    text = written(
        name, Audited("=a\x1b.pdf", hostile()), Audited("<b>.pdf", error=UnreadableError("empty", "\x1b[31m"))
    )
    if name in ("json", "jsonl"):
        assert [json.loads(line) for line in text.splitlines()]
        return
    if name == "csv":
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not any(re.match(r"[=@+\t\r]", cell) for cell in cells) and "\x1b" not in text
        return
    assert "\x1b" not in text and "\u202e" not in text
    if name == "junit":
        assert "<script>" not in text and ET.fromstring(text) is not None
    if name == "markdown":
        assert not re.search(r"(?<!\\)<script|(?<!\\)\]\(http", text)
    if name == "github":
        assert all(line.startswith("::") for line in text.splitlines())
    if name not in ("sarif",):
        assert len(text) < 120_000, "a long cell is cut"


@pytest.mark.parametrize("name", STREAMS)
def test_no_input_at_all_is_no_error(name: str) -> None:
    written(name)
