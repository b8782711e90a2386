"""The README's commands work as written, and it tells of every command and option that it should."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PIL import Image

from budgetaudit.report.outputs import OUTPUTS
from budgetaudit.rules import all_rules
from budgetaudit.settings import file as settings_file
from budgetaudit.vocabulary import aliases
from tests import pictures, readme

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = [block for block in re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S) if "\nbudgetaudit " in f"\n{block}"]
TOML = re.findall(r"^```toml\n(.*?)^```", README, re.M | re.S)
INLINE = sorted(set(re.findall(r"`(budgetaudit [a-z]+[^`]*)`", README)))
_MADE = re.compile(r"--(?:xlsx|html|annotate|output-file|draw|findings|facts) (\S+)|--output \w+=(\S+)")
INPUTS = {
    "部门预算.pdf": "columns-errors.pdf",
    "部门决算.pdf": "final-clean.pdf",
    "情况说明.pdf": "yuan-clean.pdf",
    "预算报表.pdf": "numbered-clean.pdf",
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder that holds the files the README speaks of."""
    for name, sample in INPUTS.items():
        shutil.copy(ROOT / "samples" / sample, tmp_path / name)
    (tmp_path / "各部门").mkdir()
    for name in INPUTS:
        shutil.copy(tmp_path / name, tmp_path / "各部门")
    return tmp_path


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A line as a shell runs it, with this program under its name."""
    program = f'budgetaudit() {{ {shlex.quote(sys.executable)} -m budgetaudit "$@"; }}\n'
    return subprocess.run(["sh", "-c", program + line], cwd=folder, capture_output=True, text=True, timeout=120)


def command_of(line: str) -> str:
    words = shlex.split(line)
    return words[3] if words[1] == "--lang" else words[1]


def works(line: str, folder: Path) -> None:
    """The line ends as it should over a sample with errors, and what it names is made."""
    done = run(line, folder)
    assert "Traceback" not in done.stderr
    fails = command_of(line) in ("check", "scan") and "--show-settings" not in line
    assert done.returncode == (1 if fails else 0), f"{line}\n{done.stdout[-400:]}{done.stderr}"
    made = [folder / (path or other) for path, other in _MADE.findall(line)]
    assert [path for path in made if not path.exists() or (path.is_file() and not path.stat().st_size)] == []
    assert made or done.stdout.strip()


def test_there_are_commands_to_try() -> None:
    lines = [line for block in BLOCKS for line in block.splitlines() if line.startswith("budgetaudit ")]
    assert len(lines) >= 15
    assert {command_of(line) for line in lines + INLINE} >= {"check", "extract", "rules", "explain", "scan", "report"}


@pytest.mark.parametrize("block", BLOCKS, ids=range(1, len(BLOCKS) + 1))
def test_the_commands_of_a_block_work_one_after_the_other(block: str, desk: Path) -> None:
    """What a later line needs, an earlier line of the same block makes."""
    for line in block.splitlines():
        if line.startswith("budgetaudit "):
            works(line, desk)


@pytest.mark.parametrize("line", [line for line in INLINE if "tcp://" not in line])
def test_a_command_in_the_text_works(line: str, desk: Path) -> None:
    if command_of(line) == "report":
        run("budgetaudit scan 各部门", desk)
    works(line if line != "budgetaudit check" else f"{line} 部门预算.pdf", desk)


def test_settings_shown_are_settings(tmp_path: Path) -> None:
    (shown,) = (block for block in TOML if "[[alias]]" not in block)
    (tmp_path / "budgetaudit.toml").write_text(shown, "utf-8")
    values, _origins = settings_file.read(tmp_path / "budgetaudit.toml")
    assert set(values) == set(tomllib.loads(shown)) >= {"ignore", "min-severity", "fail-on"}


def test_a_layout_shown_is_one_that_holds() -> None:
    (shown,) = (block for block in TOML if "[[alias]]" in block)
    for entry in tomllib.loads(shown)["alias"]:
        for text in entry["texts"]:
            assert dict(aliases()[text]) == entry["set"], text


def test_the_rule_shown_is_one_that_exists() -> None:
    (shown,) = re.findall(r"^```python\n(.*?)^```", README, re.M | re.S)
    module = (ROOT / "budgetaudit" / "rules" / "t103_total.py").read_text("utf-8")
    code = [line for line in shown.splitlines() if line[:1] in ('"', "C", "B")]
    assert len(code) == 4 and [line for line in code if line not in module] == []
    assert all(section in module for section in re.findall(r"^..+：(?=…|$)", shown, re.M))


def test_every_output_is_in_its_table() -> None:
    rows = re.findall(r"^\| ([a-z、]+) \|", README, re.M)
    assert {name for row in rows for name in row.split("、")} >= {output.name for output in OUTPUTS}


def test_every_family_of_rules_is_counted() -> None:
    assert sorted(readme.families_in(README)) == ["", *sorted({rule.family for rule in all_rules()})]


def test_pictures_are_there_and_shown() -> None:
    shown = {ROOT / path for path in re.findall(r'<img src="([^"]+)"', README)}
    assert shown == set(pictures.FOLDER.iterdir())
    assert sum(path.stat().st_size for path in shown) < 100_000


def test_pictures_are_what_the_program_makes() -> None:
    with contextlib.chdir(ROOT):
        report = pictures.sample()
        drawn = pictures.report_svg(report)
        page = Image.open(io.BytesIO(pictures.page_png(report)))
    kept = (pictures.FOLDER / "report.svg").read_text("utf-8")
    assert pictures.text_of(kept) == pictures.text_of(drawn), "make pictures draws them again"
    with Image.open(pictures.FOLDER / "page.png") as image:
        assert marks(image) == marks(page) == {"red", "blue"}


def marks(image: Image.Image) -> set[str]:
    """The colours of marks that cover more than a few pixels."""
    counted = image.convert("RGB").getcolors(image.width * image.height) or []
    found = {(r > b + 60, b > r + 60) for n, (r, _g, b) in counted if n > 500}
    return {name for name, seen in (("red", (True, False)), ("blue", (False, True))) if seen in found}


def test_exit_codes_are_as_stated(desk: Path) -> None:
    assert "| 0 | 没有达到 `--fail-on` 级别（默认 `warning`，即“需核实”）的问题 |" in README
    assert run("budgetaudit check 部门预算.pdf", desk).returncode == 1
    assert run("budgetaudit check 部门预算.pdf --fail-on never", desk).returncode == 0
    assert run("budgetaudit check 没有.pdf", desk).returncode == 2


def test_help_pages_in_it_are_what_the_program_prints() -> None:
    assert "check" in readme.commands_in(README)
    assert readme.refreshed(README) == README, "make readme writes them again"


def test_the_help_blocks_are_refreshed_and_nothing_else() -> None:
    text = "前\n<!-- help: rules -->\nold\n<!-- /help -->\n后\n<!-- help: -->\n<!-- /help -->\n"
    made = readme.refreshed(text)
    assert made.startswith("前\n<!-- help: rules -->\n```text\n$ budgetaudit rules --help\n用法：budgetaudit rules")
    assert "old" not in made and "\n后\n" in made and "$ budgetaudit --help\n用法：budgetaudit [选项]" in made
    assert readme.refreshed(made) == made


def test_options_it_names_exist() -> None:
    commands = ["", "check", "extract", "rules", "explain", "scan", "report", "completion"]
    known = {o for c in commands for o in re.findall(r"--[a-z][a-z-]*", readme.help_of(*c.split()))}
    prose = re.sub(r"<!-- help:.*?<!-- /help -->", "", README, flags=re.S)
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", prose))
    assert len(named) > 10 and named <= known, named - known


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"`?make ([a-z]+)`?", README)):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_files_it_names_exist() -> None:
    for name in set(re.findall(r"`((?:budgetaudit|samples|tests)/[\w/.]*\w)`", README)):
        assert (ROOT / name).exists(), name
    for name in ("aspects.toml", "words.toml", "forms.toml"):
        assert (ROOT / "budgetaudit" / "data" / name).is_file()
