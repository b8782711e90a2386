"""The page of a rule is its test: the good example holds, the bad one fails, without its figures nothing fails."""

import re

import pytest

from budgetaudit.model import Severity, Verdict
from budgetaudit.rules import FAMILIES, Rule, all_rules, find
from tests.rules.small import book_of

RULES = all_rules()
SECTIONS = ("为什么：", "怎么查：", "限度：", "依据：", "正确：\n", "错误：\n")


def examples(rule: Rule) -> tuple[str, str]:
    """The good and the bad example of a rule's page."""
    good, bad = rule.doc.split("\n正确：\n", 1)[1].split("\n错误：\n", 1)
    return good, bad


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_page_has_its_sections(rule: Rule) -> None:
    assert [s for s in SECTIONS if f"\n{s}" not in rule.doc] == []
    assert rule.family in FAMILIES and isinstance(rule.severity, Severity) and rule.basis
    assert find(rule.code.lower()) is rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_good_example_holds(rule: Rule) -> None:
    verdicts = [check.verdict for check in rule.run(book_of(examples(rule)[0]))]
    assert Verdict.FAILED not in verdicts
    assert Verdict.HELD in verdicts


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_bad_example_fails(rule: Rule) -> None:
    assert Verdict.FAILED in [check.verdict for check in rule.run(book_of(examples(rule)[1]))]


@pytest.mark.parametrize("rule", [r for r in RULES if r.family in "TX"], ids=lambda rule: rule.code)
def test_without_its_figures_nothing_fails(rule: Rule) -> None:
    """What is not printed is not wrong: the bad example without figures yields no failure."""
    blank = re.sub(r"(?<=\t)-?[\d,]+\.\d+", "", examples(rule)[1])
    assert Verdict.FAILED not in [check.verdict for check in rule.run(book_of(blank))]
