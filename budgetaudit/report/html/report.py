"""The page of one document: what was found, beside pictures of the pages; what was checked, and what was not."""

from __future__ import annotations

from pathlib import Path

from budgetaudit.lang import _, n_
from budgetaudit.model import Place, Report, Severity, Verdict
from budgetaudit.report import words
from budgetaudit.report.html.cards import Card, Said, cards
from budgetaudit.report.html.checklist import Checklist, checklist
from budgetaudit.report.html.heat import STATE_WORDS, heats
from budgetaudit.report.html.page import render
from budgetaudit.report.html.pictures import pictures
from budgetaudit.report.words import visible
from budgetaudit.rules import Rule, find

_MAX_SAID = 300
_RANK = {Severity.ERROR.value: 0, Severity.WARNING.value: 1, Severity.NOTICE.value: 2}


def write_html(report: Report, path: Path) -> None:
    """Write the report of one document as a self-contained page. Raises OSError where the file cannot be written."""
    path.write_text(page(report), "utf-8", errors="backslashreplace")


def page(report: Report) -> str:
    """The page as text. Its size is bounded: what is left out of it is said in it."""
    shown, listed, unlisted = cards(report)
    wanted = _pages(shown)
    drawn = pictures(report.document, wanted)
    checks = checklist(report)
    skipped = list(dict.fromkeys((visible(n.code), visible(n.reason, 300)) for n in report.not_checked))
    problems = [
        f"{words.place_words(Place(page=problem.page))} {visible(problem.what, 300)}".strip()
        for problem in words.all_problems(report)
    ]
    return render(
        "report.html",
        css=("report.css",),
        js=("report.js",),
        data={"check-data": checks.data(), "texts": _texts(checks)},
        name=visible(report.profile.title, 120) or visible(report.document.path, 120),
        head=words.head_words(report.profile, report),
        files=_files(report),
        conclusion=words.conclusion(report),
        mood=_mood(report),
        coverage=words.coverage_words(report),
        severities=_severities([head.severity.value for head, _rest in words.grouped(report)]),
        levels=_severities([card.head.severity for card in shown]),
        hidden=_hidden(report),
        cards=shown,
        listed=listed,
        unlisted=unlisted,
        drawn=set(drawn),
        undrawn=sum(number not in drawn for number in wanted),
        pictures=list(drawn.values()),
        heats=heats(report, checks.numbers),
        states=STATE_WORDS,
        checks=checks,
        totals=words.check_totals(report),
        rules=[(code, rule.title if (rule := _rule(code)) else "") for code in checks.rules],
        skipped=skipped[:_MAX_SAID],
        problems=problems[:_MAX_SAID],
        more_skipped=max(0, len(skipped) - _MAX_SAID) + max(0, len(problems) - _MAX_SAID),
        explained=_explained(shown),
    )


def _pages(shown: list[Card]) -> list[int]:
    """Pages that cards show cuts of: those of the gravest findings first, the figures in question before the others."""
    ordered = sorted(shown, key=lambda card: _RANK[card.head.severity])
    first = [crop.page for card in ordered for crop in card.crops if crop.culprit]
    return list(dict.fromkeys((*first, *(crop.page for card in ordered for crop in card.crops))))


def _severities(heads: list[str]) -> list[tuple[str, str, int]]:
    """Value, word and number of roots of each severity."""
    return [(s.value, words.SEVERITY[s], heads.count(s.value)) for s in Severity]


def _files(report: Report) -> list[str]:
    parts = report.document.parts
    if not parts:
        return [visible(report.document.path, 300)]
    return [
        _("第{first}-{last}页：{path}").format(
            first=part.first_page, last=part.first_page + part.pages - 1, path=visible(part.path, 300)
        )
        for part in parts
    ]


def _mood(report: Report) -> str:
    if any(finding.severity is not Severity.NOTICE for finding in report.findings):
        return "bad"
    return "good" if any(check.verdict is not Verdict.UNKNOWN for check in report.checks) else "none"


def _hidden(report: Report) -> list[str]:
    """Findings that the report leaves out, counted by reason."""
    counts: dict[str, int] = {}
    for hidden in report.hidden:
        counts[hidden.reason] = counts.get(hidden.reason, 0) + 1
    return [
        _("{counted}：{reason}").format(counted=n_("未列出 {n} 处", count), reason=visible(reason, 200))
        for reason, count in list(counts.items())[:20]
    ]


def _texts(checks: Checklist) -> dict[str, object]:
    """What the script says."""
    return {
        "verdicts": [[value, word] for value, word, _count in checks.verdicts],
        "states": {state.value: word for state, word in STATE_WORDS.items()},
        "shown": _("显示 {shown} / {all}"),
        "page": _("第{page}页"),
        "expected": _("应为 {value}"),
        "difference": _("差 {value}"),
        "should": _("应为"),
        "off": _("差额"),
        "blank": _("（空白）"),
        "alone": _("没有勾稽关系可用：未核对，不等于正确。"),
    }


def _rule(code: str) -> Rule | None:
    try:
        return find(code)
    except KeyError:
        return None


def _explained(shown: list[Card]) -> dict[str, Rule]:
    """The rules that the cards name, in order of code."""
    said: list[Said] = [one for card in shown for one in (card.head, *card.dependants)]
    return {code: rule for code in sorted({one.code for one in said}) if (rule := _rule(code)) is not None}
