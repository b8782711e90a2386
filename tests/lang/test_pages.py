"""The English pages of the rules say what the Chinese ones say, as far as a program can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from budgetaudit import lang
from budgetaudit.rules import Rule, all_rules
from budgetaudit.rules.page import FOLDER, page_of

NOT_YET: frozenset[str] = frozenset()
"""Rules whose English page is not written yet."""
RULES = [rule for rule in all_rules() if rule.code not in NOT_YET]
SECTIONS = ("Why", "How", "Limits", "Basis")
DIGITS = "零一二三四五六七八九"


@pytest.fixture
def english() -> Iterator[None]:
    lang.set_language(lang.ENGLISH)
    yield
    lang.set_language(lang.CHINESE)


def test_every_rule_has_its_page_and_every_page_its_rule() -> None:
    pages = {path.stem for path in FOLDER.glob("*.txt")}
    rules = {rule.code for rule in all_rules()}
    assert sorted(pages - rules) == []
    assert sorted(rules - pages - NOT_YET) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_has_its_title_and_sections(rule: Rule, english: None) -> None:
    assert page_of((FOLDER / f"{rule.code}.txt").read_text("utf-8")).code == rule.code
    assert tuple(re.findall(r"^([A-Z][a-z]+): ", rule.page.words, re.M)) == SECTIONS
    assert rule.title.lstrip('"')[0].isupper()
    assert rule.basis and rule.basis in " ".join(rule.page.words.split())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_names_the_same_numbers_of_its_basis(rule: Rule) -> None:
    """Articles of laws, numbers of documents and their years: none may be lost or slip in translation."""
    chinese = numbers(rule.chinese.basis) | numbers(rule.source)
    lang.set_language(lang.ENGLISH)
    try:
        assert numbers(rule.basis) == chinese
    finally:
        lang.set_language(lang.CHINESE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_shows_the_examples_of_the_chinese_one(rule: Rule, english: None) -> None:
    assert (rule.page.good, rule.page.bad) == (rule.chinese.good, rule.chinese.bad)
    assert rule.doc.endswith(f"\n\nCorrect:\n{rule.chinese.good}\n\nWrong:\n{rule.chinese.bad}")


def test_a_term_of_the_field_is_explained_once_on_each_page_that_uses_it() -> None:
    for path in FOLDER.glob("*.txt"):
        text = path.read_text("utf-8")
        used = "three public" in " ".join(text.split()).lower()
        assert text.count("三公经费") == (1 if used else 0), path.name


def numbers(text: str) -> set[int]:
    """Numbers in digits, and in Chinese after 第."""
    return {int(n) for n in re.findall(r"\d+", text)} | {
        ordinal(n) for n in re.findall(r"第([一二三四五六七八九十]+)", text)
    }


def ordinal(text: str) -> int:
    """A Chinese number below a hundred."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return DIGITS.index(text)
    return 10 * (DIGITS.index(tens) if tens else 1) + (DIGITS.index(ones) if ones else 0)


@pytest.mark.parametrize(("text", "number"), [("四", 4), ("十", 10), ("十二", 12), ("二十五", 25), ("三十", 30)])
def test_chinese_numbers(text: str, number: int) -> None:
    assert ordinal(text) == number
