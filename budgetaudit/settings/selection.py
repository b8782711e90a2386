"""Which rules run. The longer code decides; of equal ones the command line before the file, leaving out before choosing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from budgetaudit.lang import _
from budgetaudit.report.words import visible
from budgetaudit.rules import FAMILIES, all_rules
from budgetaudit.settings.model import COMMAND_LINE, Choice, Settings, origin_words

_PARTED = re.compile(r"[,，、;；\s]+")


def codes_in(texts: Sequence[str]) -> list[str]:
    """Codes of texts in which commas may part them."""
    return [code.upper() for text in texts for code in _PARTED.split(text) if code]


def complaint(code: str) -> str:
    """What is wrong with a code, with the nearest one that exists; empty where rules begin with it."""
    known = [rule.code for rule in all_rules()]
    if code and any(rule.startswith(code) for rule in known):
        return ""
    if code in FAMILIES:
        return _("类别 {code}（{name}）还没有规则").format(code=code, name=_(FAMILIES[code]))
    said = _("没有规则 {code}").format(code=visible(code, 20) or "“”")
    near = difflib.get_close_matches(code, known, 1, 0.5)
    return said + (_("，是不是 {code}？").format(code=near[0]) if near else _("，全部规则见 budgetaudit rules"))


def switched_off(settings: Settings) -> dict[str, str]:
    """Codes of rules that must not run, each with the reason, in order of code."""
    reasons = {}
    for rule in all_rules():
        decisive = max(_matching(settings, rule.code), default=None, key=lambda found: found[0])
        if decisive is None:
            if settings.select:
                chosen = _("、").join(choice.code for choice in settings.select)
                reasons[rule.code] = _("按设置不查：只查 {codes}").format(codes=chosen)
        elif decisive[1] is not None:
            reasons[rule.code] = _reason(decisive[1])
    return reasons


def unused(settings: Settings) -> list[Choice]:
    """What is left out without effect: rules that are off without it."""
    left, idle = list(settings.ignore), []
    off = set(switched_off(settings))
    for choice in reversed(settings.ignore):
        rest = [other for other in left if other is not choice]
        if set(switched_off(_with_ignored(settings, rest))) == off:
            idle.append(choice)
            left = rest
    return idle[::-1]


def _with_ignored(settings: Settings, ignore: Sequence[Choice]) -> Settings:
    return Settings(select=settings.select, ignore=tuple(ignore))


def _matching(settings: Settings, code: str) -> list[tuple[tuple[int, bool, bool], Choice | None]]:
    """(rank, the choice that leaves it out or None) of every choice that means this rule."""
    return [
        ((len(choice.code), choice.origin == COMMAND_LINE, leaves_out), choice if leaves_out else None)
        for choices, leaves_out in ((settings.select, False), (settings.ignore, True))
        for choice in choices
        if code.startswith(choice.code)
    ]


def _reason(choice: Choice) -> str:
    if choice.reason:
        return _("按设置不查：{reason}").format(reason=visible(choice.reason, 200))
    return _("按设置不查（{origin}）").format(origin=origin_words(choice.origin))
