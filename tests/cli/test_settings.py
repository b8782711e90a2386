"""Settings: which hold, where they come from, and one line for those that cannot be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from budgetaudit.cli import app
from budgetaudit.rules import all_rules, document_rules
from budgetaudit.settings import Given, Settings, SettingsError, resolve, switched_off, unused
from budgetaudit.settings.file import find
from tests.cli.test_end_to_end import TEXT

Make = Callable[..., Path]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory: empty, two levels down."""
    folder = tmp_path / "局" / "2026"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def run(*args: object, columns: int = 100) -> Result:
    return CliRunner().invoke(app, [*map(str, args)], env={"COLUMNS": str(columns)})


def on(settings: Settings) -> set[str]:
    return {rule.code for rule in all_rules()} - set(switched_off(settings))


def settings(desk: Path, text: str = "", **given: object) -> Settings:
    if text:
        (desk / "budgetaudit.toml").write_text(text, "utf-8")
    return resolve(Given(**given), desk)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------------- which rules


@pytest.mark.parametrize(
    ("text", "given", "running"),
    [
        ('select = ["T"]', {}, {"T101", "T202"}),
        ('select = ["T"]\nignore = ["T1"]', {}, {"T202"}),
        ('select = ["T", "T101"]\nignore = ["T1"]', {}, {"T101", "T202"}),
        ('select = ["T101"]\nignore = ["T101", "X"]', {"select": ("T101,X301",)}, {"T101", "X301"}),
        ('ignore = ["T"]', {"select": ("T,X",)}, {"T101", "X301"}),
        ('select = ["N"]', {"select": ("t，x3",)}, {"T101", "X301"}),
        ('select = ["T"]', {"ignore": ("T101",)}, {"T102"}),
    ],
)
def test_the_longer_code_decides_then_the_command_line(
    desk: Path, text: str, given: dict[str, object], running: set[str]
) -> None:
    made = on(settings(desk, text, **given))
    every = {"T101", "T102", "T202", "X301", "N401", "D801"}
    assert running <= made
    assert not {"N401", "D801"} & made
    assert ("T101" in made) is ("T101" in running) and ("X301" in made) is ("X301" in running), made & every


def test_ignores_of_the_command_line_are_added_to_those_of_the_file(desk: Path) -> None:
    made = settings(desk, 'ignore = [{code = "F604", reason = "另有专人校对"}]', ignore=("D",))
    off = switched_off(made)
    assert {"F604", "D801"} <= off.keys()
    assert off["F604"] == "按设置不查：另有专人校对"
    assert [choice.code for choice in made.ignore] == ["F604", "D"]


def test_what_is_left_out_in_vain_is_told(desk: Path) -> None:
    made = settings(desk, 'select = ["T"]\nignore = ["F604", "T1", "T101"]')
    assert [choice.code for choice in unused(made)] == ["F604", "T101"]
    assert "第 2 行" in unused(made)[0].origin
    result = run("check", "--show-settings")
    assert "ignore 里的 F604 没有作用" in result.stderr


def test_no_rule_left_is_refused(desk: Path) -> None:
    with pytest.raises(SettingsError, match="没有一条规则"):
        settings(desk, 'select = ["T"]\nignore = ["T"]')


# ------------------------------------------------------------------------------------------------------------ the file


def test_the_nearest_file_upwards_holds_and_budgetaudit_toml_before_pyproject(desk: Path) -> None:
    assert find(desk) is None or desk not in find(desk).parents  # type: ignore[union-attr]
    (desk.parents[1] / "budgetaudit.toml").write_text("", "utf-8")
    assert find(desk) == desk.parents[1] / "budgetaudit.toml"
    (desk.parent / "pyproject.toml").write_text('[project]\nname = "x"\n', "utf-8")
    assert find(desk) == desk.parents[1] / "budgetaudit.toml", "a pyproject without our table is none of ours"
    (desk.parent / "pyproject.toml").write_text('[tool.budgetaudit]\nfail-on = "error"\n', "utf-8")
    assert find(desk) == desk.parent / "pyproject.toml"
    assert settings(desk).fail_on == "error"
    (desk.parent / "budgetaudit.toml").write_text('fail-on = "notice"\n', "utf-8")
    assert settings(desk).fail_on == "notice"


def test_settings_beside_the_documents_are_not_looked_at(desk: Path, tmp_path: Path) -> None:
    """A folder of documents that somebody sent must not bring along what keeps quiet about them."""
    sent = tmp_path / "来件"
    sent.mkdir()
    (sent / "budgetaudit.toml").write_text('select = ["D803"]\n', "utf-8")
    (sent / "预算.txt").write_text(TEXT.replace("\t800.50\t600.50\t200.00", "\t900.50\t600.50\t200.00", 1), "utf-8")
    assert run("check", sent / "预算.txt").exit_code == 1


def test_config_and_isolated(desk: Path) -> None:
    (desk / "budgetaudit.toml").write_text('fail-on = "error"\n', "utf-8")
    (desk / "另.toml").write_text('fail-on = "never"\n', "utf-8")
    assert settings(desk, isolated=True).fail_on == "warning"
    assert settings(desk, config=desk / "另.toml").fail_on == "never"
    assert settings(desk, config=desk / "另.toml", fail_on="notice").fail_on == "notice"
    with pytest.raises(SettingsError, match="不能同时"):
        settings(desk, config=desk / "另.toml", isolated=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('select = ["T"]\ningore = ["F604"]', "第 2 行：没有设置项 ingore，是不是 ignore？"),
        ('# 注\nmin_severity = "error"', "第 2 行：没有设置项 min_severity，是不是 min-severity？"),
        ("quux = 1", "第 1 行：没有设置项 quux，可用的有 select、"),
        ('\nignore = [\n  "T101",\n  "F999",\n]', "第 4 行：ignore：没有规则 F999"),
        ('select = ["T1O2"]', "第 1 行：select：没有规则 T1O2，是不是 T102？"),
        ('select = "T"', "第 1 行：select 应是规则编号的列表"),
        ("ignore = [1]", "第 1 行：ignore 应是规则编号的列表"),
        ('ignore = [{code = "T", why = "x"}]', "第 1 行：ignore 应是规则编号的列表"),
        ('fail-on = "warnings"', '第 1 行：fail-on 只能是 "error"、"warning"、"notice"、"never"，是不是 "warning"？'),
        ('min-confidence = "high"', "第 1 行：min-confidence 应是 0 到 1 之间的数"),
        ("min-confidence = 80", "第 1 行：min-confidence 应是 0 到 1 之间的数"),
        ("min-confidence = true", "第 1 行：min-confidence 应是 0 到 1 之间的数"),
        ("fail-on = error\n", "第 1 行：不是有效的 TOML"),
        ("[tool.budgetaudit]\nfail-on = 'error'", "没有设置项 tool"),
    ],
)
def test_what_cannot_be_used_is_one_line_with_its_number(desk: Path, text: str, said: str) -> None:
    (desk / "budgetaudit.toml").write_text(text, "utf-8")
    result = run("check", "没有.pdf")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(str(desk / "budgetaudit.toml")) and said in result.stderr


def test_the_line_in_pyproject_is_the_one_in_our_table(desk: Path) -> None:
    (desk / "pyproject.toml").write_text(
        '[tool.other]\nselct = 1\n\n[tool.budgetaudit]\n# 注\nselct = ["T"]\n', "utf-8"
    )
    assert "第 6 行：没有设置项 selct，是不是 select？" in run("check", "没有.pdf").stderr


@pytest.mark.parametrize("data", [b"\xff\xfe\x00s", b"#" * 1_000_001], ids=["encoding", "size"])
def test_a_hostile_file_is_one_line(desk: Path, data: bytes) -> None:
    (desk / "budgetaudit.toml").write_bytes(data)
    result = run("check", "没有.pdf")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1) and "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--select", "Q9"), "--select：没有规则 Q9"),
        (("--ignore", "T2O1"), "--ignore：没有规则 T2O1，是不是 T201？"),
        (("--select", "Y"), "没有一条规则"),
        (("--min-confidence", "2"), "--min-confidence 应在 0 到 1 之间"),
        (("--config", "没有.toml"), "没有.toml：无法读取"),
        (("--format", "sarfi"), "--format：没有格式 sarfi，是不是 sarif？"),
        (("--format", "xlsx"), "--output xlsx=文件"),
        (("--output", "结果.abc"), "看不出格式"),
        (("--output", "sarf=a.sarif"), "没有格式 sarf，是不是 sarif？"),
        (("--output", "json="), "等号后面缺少文件名"),
        (("--output", "json=-", "--output", "csv=-"), "只能有一种格式输出到屏幕"),
        (("--output", "json=a", "--output", "csv=a"), "不能同时写两种格式"),
        (("--output", "xlsx=-"), "不能输出到屏幕"),
        (("--statistics", "--format", "json"), "不能同时写"),
    ],
)
def test_a_wrong_option_is_one_line_and_exit_2(desk: Path, args: tuple[str, ...], said: str) -> None:
    result = run("check", "没有.pdf", *args)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1), result.stderr
    assert said in result.stderr


@pytest.mark.parametrize("columns", [50, 80])
def test_every_setting_is_shown_with_its_origin(desk: Path, columns: int) -> None:
    (desk / "budgetaudit.toml").write_text(
        'fail-on = "error"\nignore = [\n  {code = "F604", reason = "另有专人校对"},\n]\n', "utf-8"
    )
    result = run("check", "--show-settings", "--min-severity", "warning", "--ignore", "D", columns=columns)
    assert (result.exit_code, result.stderr) == (0, "")
    for part in ("select", "min-confidence", "engine", "F604（另有专人", "命令行", "默认", "budgetaudit.toml"):
        assert part in result.stdout
    shown = [line for line in result.stdout.splitlines() if "设置文件" not in line]
    assert max(map(cell_len, shown)) <= columns


# ---------------------------------------------------------------------------------------------------- what comes of it


@pytest.fixture
def text(desk: Path) -> Path:
    path = desk / "预算.txt"
    path.write_text(TEXT.replace("行政运行\t600.50\t600.50", "行政运行\t690.50\t600.50"), "utf-8")
    return path


def check_json(*args: object) -> dict[str, object]:
    made: dict[str, object] = json.loads(run("check", *args, "--format", "json").stdout)
    return made


def test_rules_that_are_off_do_not_run_count_nowhere_and_are_told(text: Path) -> None:
    full, less = check_json(text), check_json(text, "--select", "T101")
    assert {f["code"] for f in less["findings"]} == {"T101"}  # type: ignore[attr-defined]
    assert less["coverage"]["numeric_cells_checked"] < full["coverage"]["numeric_cells_checked"]  # type: ignore[index]
    off = {n["code"] for n in less["not_checked"] if n["by_choice"]}  # type: ignore[attr-defined]
    assert off == {rule.code for rule in document_rules()} - {"T101"}
    people = run("check", text, "--select", "T101").stdout
    assert "按设置不查：只查 T101" in people and "N（全部）" in people


def test_a_rule_that_is_off_is_not_run(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from budgetaudit import audit, rules

    def explode(book: object) -> list[object]:
        raise AssertionError("it ran")

    broken = tuple(replace(rule, run=explode) if rule.code == "T102" else rule for rule in rules.document_rules())
    monkeypatch.setattr(audit, "document_rules", lambda: broken)
    reasons = [n["reason"] for n in check_json(text, "--ignore", "T102")["not_checked"]]  # type: ignore[attr-defined]
    assert not any("AssertionError" in reason for reason in reasons)
    reasons = [n["reason"] for n in check_json(text)["not_checked"]]  # type: ignore[attr-defined]
    assert any("AssertionError" in reason for reason in reasons)


def test_limits_hide_and_count_and_decide_the_exit_code(text: Path) -> None:
    clean = text.with_name("干净.txt")
    clean.write_text(TEXT, "utf-8")
    assert run("check", clean, "--min-severity", "error").exit_code == 0
    assert run("check", text).exit_code == 1
    assert run("check", text, "--exit-zero").exit_code == 0
    assert run("check", text, text.with_name("没有.pdf"), "--exit-zero").exit_code == 2
    assert run("check", text, "--fail-on", "never").exit_code == 0
    made = check_json(text, "--min-confidence", "1", "--min-severity", "error")
    every = check_json(text)
    assert len(made["findings"]) + len(made["hidden"]) == len(every["findings"])  # type: ignore[arg-type]


def test_the_head_of_a_finding_that_stays_stays_too() -> None:
    from dataclasses import replace

    from budgetaudit.settings import within
    from tests.report import factory

    report = factory.report()
    notice, error = report.findings[0], report.findings[-1]
    report = replace(report, findings=(notice, replace(error, root=notice.id)))
    shown = within(report, Settings(min_severity="error"))
    assert len(shown.findings) == 2 and not shown.hidden
    alone = within(replace(report, findings=(notice, error)), Settings(min_severity="error"))
    assert [f.id for f in alone.findings] == [error.id]
    assert [h.reason for h in alone.hidden] == ["级别低于“错误”"]
