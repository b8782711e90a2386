"""Rules: one file each, found by its name (a letter of the family and three digits). Its docstring is its page."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import lru_cache

from budgetaudit.rules.base import FAMILIES, Rule, rule_of

__all__ = ["FAMILIES", "Rule", "all_rules", "document_rules", "find", "link_rules"]


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in order of code. Raises ValueError where a rule file lacks its page or two share a code."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if re.match(r"[a-z]\d{3}_", m.name))
    rules = tuple(rule_of(importlib.import_module(f"{__name__}.{name}")) for name in names)
    if len({rule.code for rule in rules}) != len(rules):
        raise ValueError("two rules share a code")
    return rules


def document_rules() -> tuple[Rule, ...]:
    """The rules over one document: their ``run`` takes a Book."""
    return tuple(rule for rule in all_rules() if not rule.links)


def link_rules(kind: str) -> tuple[Rule, ...]:
    """The rules over documents that a link of this kind ties together: their ``run`` takes a Linked."""
    return tuple(rule for rule in all_rules() if kind in rule.links)


def find(code: str) -> Rule:
    """The rule with this code, in any case of letters. Raises KeyError where there is none."""
    for rule in all_rules():
        if rule.code == code.upper():
            return rule
    raise KeyError(code)
