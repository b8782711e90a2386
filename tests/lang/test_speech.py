"""The program speaks the language that is asked for: from the call, in reports, in the store of a scan."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

from budgetaudit import lang
from budgetaudit.report.fold import fold
from budgetaudit.scan import Settings, Store
from budgetaudit.scan import scan as run_scan
from budgetaudit.scan.live import Quiet
from tests.lang.messages import catalogue, messages, texts

SAMPLES = Path(__file__).parents[2] / "samples"
FAULTY = SAMPLES / "columns-errors.pdf"
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@pytest.fixture(autouse=True)
def chinese_afterwards() -> Iterator[None]:
    yield
    lang.set_language(lang.CHINESE)


def call(*args: object, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if name != lang.VARIABLE} | environment
    command = [sys.executable, "-m", "budgetaudit", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=settings)


# ------------------------------------------------------------------------------------------------- what is asked for


@pytest.mark.parametrize(
    ("arguments", "variable", "language", "rest"),
    [
        (["check", "a.pdf"], "", "zh", ["check", "a.pdf"]),
        (["--lang", "en", "check", "a.pdf"], "", "en", ["check", "a.pdf"]),
        (["check", "a.pdf", "--lang", "en"], "", "en", ["check", "a.pdf"]),
        (["check", "--lang=en", "a.pdf"], "", "en", ["check", "a.pdf"]),
        (["check"], "en", "en", ["check"]),
        (["check"], "en_US.UTF-8", "en", ["check"]),
        (["check"], "zh-CN", "zh", ["check"]),
        (["check", "--lang", "zh"], "en", "zh", ["check"]),
        (["check", "--", "--lang", "en"], "", "zh", ["check", "--", "--lang", "en"]),
    ],
)
def test_the_call_goes_before_the_variable(arguments: list[str], variable: str, language: str, rest: list[str]) -> None:
    assert lang.asked_for(arguments, {lang.VARIABLE: variable, "LANG": "de_DE.UTF-8"}) == (language, rest)


@pytest.mark.parametrize(
    ("arguments", "variable"), [(["--lang", "fr"], ""), (["--lang"], ""), (["--lang="], ""), ([], "fr")]
)
def test_a_language_that_is_not_spoken_is_refused(arguments: list[str], variable: str) -> None:
    with pytest.raises(ValueError):
        lang.asked_for(arguments, {lang.VARIABLE: variable})
    with pytest.raises(ValueError):
        lang.set_language("fr")
    result = call("rules", *arguments, **{lang.VARIABLE: variable})
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.rstrip().endswith("zh | en") and result.stderr.count("\n") == 1


def test_counts_take_the_form_of_their_number() -> None:
    assert [lang.n_("表格 {n} 张", n) for n in (1, 2)] == ["表格 1 张", "表格 2 张"]
    lang.set_language(lang.ENGLISH)
    assert [lang.n_("表格 {n} 张", n) for n in (0, 1, 2)] == ["0 tables", "1 table", "2 tables"]


def test_names_follow_the_language() -> None:
    names = lang.Names({"a": "错误"})
    assert names["a"] == "错误" and dict(names) == {"a": "错误"} and names.get("b") is None
    lang.set_language(lang.ENGLISH)
    assert names["a"] == "Error" and list(names.values()) == ["Error"] and len(names) == 1


def test_what_is_not_in_the_catalogue_stays_as_it_is() -> None:
    lang.set_language(lang.ENGLISH)
    assert lang._("某县某局") == "某县某局" and lang._("") == ""


# --------------------------------------------------------------------------------------------------- what is answered


@pytest.mark.parametrize("command", [[], ["check"], ["scan"], ["report"], ["extract"], ["rules"], ["explain"]])
def test_help_is_in_one_language(command: list[str]) -> None:
    english = call(*command, "--help", "--lang", "en")
    assert english.returncode == 0 and not CHINESE.search(english.stdout), english.stdout
    assert english.stdout.startswith("Usage: ")
    assert "--lang LANG" in english.stdout
    chinese = call(*command, "--help", LANG="en_US.UTF-8", LC_ALL="C.UTF-8", LANGUAGE="en")
    assert chinese.stdout.startswith("用法：")


@pytest.mark.parametrize(
    "arguments", [["chek"], ["check", "--nosuch"], ["check"], ["check", "missing.pdf"], ["explain", "T999"], ["scan"]]
)
def test_complaints_are_in_the_language_of_the_call(arguments: list[str]) -> None:
    english = call(*arguments, BUDGETAUDIT_LANG="en")
    assert english.returncode == 2 and english.stderr and not CHINESE.search(english.stderr)
    assert CHINESE.search(call(*arguments).stderr)


def test_a_report_in_english_keeps_chinese_for_the_document_only() -> None:
    """Findings, verdicts and places are English; what stands in Chinese is printed in the document itself."""
    english = call("check", FAULTY, "--lang", "en", COLUMNS="120").stdout
    chinese = call("check", FAULTY, COLUMNS="120").stdout
    assert "relations checked: found" in english and "项勾稽关系" in chinese
    assert re.findall(r"\[([A-Z]\d{3})", english) == re.findall(r"\[([A-Z]\d{3})", chinese)
    for label in ("报告数", "差额", "关系：", "原文：", "建议：", "未能检查", "规则", "印出"):
        assert label not in english, label


def test_a_page_and_a_workbook_in_english(tmp_path: Path) -> None:
    """No text of the program is left in Chinese: what stands in Chinese is the document's."""
    page, book = tmp_path / "a.html", tmp_path / "a.xlsx"
    call("check", FAULTY, "--lang", "en", "--html", page, "--xlsx", book)
    shown = page.read_text("utf-8")
    assert '<html lang="en">' in shown
    own = {text for message in messages(catalogue()) for text in texts(message.id) if "{" not in text}
    parts = {part.strip() for part in re.split(r"<[^>]*>|\"", html.unescape(shown))}
    cells = set()
    workbook = openpyxl.load_workbook(book, read_only=True)
    for sheet in workbook.worksheets:
        if not sheet.title[:1].isdigit():  # the other sheets are the document's tables
            cells |= {value for row in sheet.iter_rows(values_only=True) for value in row if isinstance(value, str)}
    document = call("extract", FAULTY, "--format", "json").stdout
    assert {text for text in own & (parts | cells) if text not in document or text == "万元"} == set()
    assert CHINESE.search("".join(cells)) and "Working paper" in workbook.sheetnames


def test_a_rule_is_explained_in_english() -> None:
    page = call("explain", "T101", "--lang", "en").stdout
    assert page.startswith("T101 Row totals") and "Why" in page and "Basis" in page and "科目编码" in page
    listed = call("rules", "--lang", "en", COLUMNS="200").stdout
    assert not CHINESE.search(listed.replace("元", ""))


# --------------------------------------------------------------------------------------------------------- the store


def test_a_scan_in_another_language_reads_again(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(FAULTY, folder / "a.pdf")
    read, messages = [], {}
    with Store(tmp_path / "s.sqlite") as store:
        for language in (lang.CHINESE, lang.ENGLISH, lang.ENGLISH):
            lang.set_language(language)
            read.append(run_scan([folder], store, Settings(), Quiet()).read)
            messages[language] = [row["message"] for row in store.query("SELECT message FROM findings")]
    assert read == [1, 1, 0]
    assert len(messages["zh"]) == len(messages["en"]) > 0
    assert any(text.startswith("印出 ") for text in messages["zh"])
    assert any(text.startswith("printed ") for text in messages["en"])
    assert not any(text.startswith("印出 ") for text in messages["en"])


# ------------------------------------------------------------------------------------------------------- the lines


def test_english_breaks_at_blanks() -> None:
    text = "The same cause makes 12 more figures wrong: see the working paper, page 3."
    lines = list(fold(text, 20))
    assert " ".join(lines) == text and all(len(line) <= 20 for line in lines)


def test_quotation_marks_stay_with_what_they_quote() -> None:
    for width in range(8, 24):
        for line in fold("第8页的表“收支总表”第2列的勾稽“合计”多数不成立，读取存疑", width):
            assert cell_len(line) <= width and not line.startswith("”") and not line.endswith("“")
