"""The page of a rule is its test: the good example holds, the bad one fails, without its figures nothing fails."""

import re

import pytest

from budgetaudit.model import Severity, Verdict
from budgetaudit.rules import FAMILIES, Rule, all_rules, find
from tests.rules.small import subjects_of

RULES = all_rules()
SECTIONS = ("为什么：", "怎么查：", "限度：", "依据：", "正确：\n", "错误：\n")


def examples(rule: Rule) -> tuple[str, str]:
    """The good and the bad example of a rule's page."""
    good, bad = rule.doc.split("\n正确：\n", 1)[1].split("\n错误：\n", 1)
    return good, bad


def verdicts(rule: Rule, text: str) -> list[Verdict]:
    """What the rule says of a text, over each book or each link in it."""
    return [check.verdict for subject in subjects_of(rule, text) for check in rule.run(subject)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_page_has_its_sections(rule: Rule) -> None:
    assert [s for s in SECTIONS if f"\n{s}" not in rule.doc] == []
    assert rule.family in FAMILIES and isinstance(rule.severity, Severity) and rule.basis
    assert find(rule.code.lower()) is rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_good_example_holds(rule: Rule) -> None:
    found = verdicts(rule, examples(rule)[0])
    assert Verdict.FAILED not in found
    assert Verdict.HELD in found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_bad_example_fails(rule: Rule) -> None:
    assert Verdict.FAILED in verdicts(rule, examples(rule)[1])


@pytest.mark.parametrize(
    "rule", [r for r in RULES if r.family in "TX" or "units" in r.links], ids=lambda rule: rule.code
)
def test_without_its_figures_nothing_fails(rule: Rule) -> None:
    """What is not printed is not wrong: the bad example without figures yields no failure."""
    blank = re.sub(r"(?<=\t)-?[\d,]+\.\d+", "", examples(rule)[1])
    assert Verdict.FAILED not in verdicts(rule, blank)
