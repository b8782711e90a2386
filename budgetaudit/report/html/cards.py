"""Findings as cards: what a card says, in words, and which cuts of pages stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetaudit.amount import money
from budgetaudit.lang import _, n_
from budgetaudit.model import CellRef, Check, Finding, Operand, Repair, Report
from budgetaudit.report import words
from budgetaudit.report.boxes import boxes
from budgetaudit.report.html.crops import Crop, Cropper
from budgetaudit.report.html.lines import Quote, Quoter
from budgetaudit.report.words import visible

MAX_CARDS = 300
"""Heads that get a card; the rest are listed in one line each."""
MAX_LISTED = 2_000
_OPERANDS = 24
_DEPENDANTS = 60


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a relation: its sign, label and print, and where it stands if elsewhere."""

    sign: str
    label: str
    printed: str
    where: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One repair: what to change into what, and how many checks hold then."""

    changes: tuple[tuple[str, str, str, str], ...]
    """Place, label, printed figure, repaired figure."""
    checks: int


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one finding, without pictures."""

    id: str
    code: str
    severity: str
    severity_word: str
    category: str
    where: str
    message: str
    reported: str
    expected: str
    difference: str
    unit: str
    relation: str
    figures: tuple[Figure, ...]
    rest: str
    quote: str
    suggestion: str
    sure: str


@dataclass(frozen=True, slots=True)
class Card:
    """One root: its head, its repairs, its dependants and its pictures or quoted lines."""

    number: int
    head: Said
    fixes: tuple[Fix, ...]
    dependants: tuple[Said, ...]
    left_out: int
    """Dependants beyond those that are shown."""
    crops: tuple[Crop, ...]
    quotes: tuple[Quote, ...]


def cards(report: Report) -> tuple[list[Card], list[Said], int]:
    """Cards of the first MAX_CARDS heads, the next ones in short, and how many are told in neither way."""
    groups = words.grouped(report)
    made_from = words.checks_by_target(report)
    cropper = Cropper(report.document.pages, report.tables)
    quoter = Quoter(report.document)
    found: list[Card] = []
    for number, (head, rest) in enumerate(groups[:MAX_CARDS], 1):
        marked = boxes(head)
        # Residues of rounding need no picture: nothing is wrong there, and there can be hundreds.
        pictured = head.category != "rounding"
        found.append(
            Card(
                number=number,
                head=_said(head, made_from),
                fixes=tuple(_fix(repair) for repair in head.repairs),
                dependants=tuple(_said(other, made_from) for other in rest[:_DEPENDANTS]),
                left_out=max(0, len(rest) - _DEPENDANTS),
                crops=cropper.crops(marked) if pictured else (),
                quotes=quoter.quotes(marked),
            )
        )
    listed = [_said(head, made_from) for head, _rest in groups[MAX_CARDS : MAX_CARDS + MAX_LISTED]]
    return found, listed, max(0, len(groups) - MAX_CARDS - MAX_LISTED)


def _said(finding: Finding, made_from: dict[tuple[str, CellRef | None, int], Check]) -> Said:
    operands = finding.operands
    check = made_from.get((finding.code, finding.ref, len(operands)))
    joined = check is None or check.kind != "same"
    filled = [operand for operand in operands if operand.amount.value] or list(operands)
    shown = filled if len(filled) <= _OPERANDS else filled[: _OPERANDS - 1]
    rest = _left_out(filled[len(shown) :], len(operands) - len(filled), joined)
    formula = visible(finding.formula, 300)
    left, equals, right = formula.partition(" = ")
    told = bool(equals) and bool(shown) and all(visible(operand.label, 60) in right for operand in shown[:8])
    return Said(
        id=finding.id,
        code=visible(finding.code, 10),
        severity=finding.severity.value,
        severity_word=words.SEVERITY[finding.severity],
        category=words.CATEGORY.get(finding.category, ""),
        where=words.where_words(finding),
        message="" if words.only_figures(finding) else visible(finding.message, 600),
        reported=visible(finding.reported, 80),
        expected=visible(finding.expected, 80),
        difference=visible(finding.difference, 80),
        unit=visible(_(finding.unit), 20),
        relation=f"{left} =" if told else formula,
        figures=tuple(
            Figure(
                sign="−" if operand.sign < 0 else "+" if index and joined else "=" if index else "",
                label=visible(operand.label, 60),
                printed=_printed(operand, finding),
                where=_where(operand, finding),
            )
            for index, operand in enumerate(shown)
        ),
        rest=rest,
        quote=visible(finding.quote, 240) if finding.quote not in (finding.row, finding.message) else "",
        suggestion=visible(finding.suggestion, 400),
        sure=f"{finding.confidence:.0%}" if finding.confidence < 0.9 else "",
    )


def _left_out(operands: Sequence[Operand], blank: int, joined: bool) -> str:
    """What is said of operands that are not listed, and of those that are blank or zero."""
    said = []
    if operands and joined:
        total = sum((o.amount.value * o.sign for o in operands), start=Decimal(0))
        figure = money(total, operands[0].amount)
        said.append(_("{counted}，合计 {total}").format(counted=n_("另有 {n} 项", len(operands)), total=figure))
    elif operands:
        said.append(n_("另有 {n} 处", len(operands)))
    if blank:
        said.append(n_("另有 {n} 项空白或为 0", blank))
    return " · ".join(said)


def _printed(operand: Operand, finding: Finding) -> str:
    figure, unit = words.printed(operand.amount), words.unit_name(operand.amount.unit)
    return words.in_words(figure, unit) if finding.unit and unit != _(finding.unit) else figure


def _where(operand: Operand, finding: Finding) -> str:
    same_table = (operand.ref.table if operand.ref else "") == (finding.ref.table if finding.ref else "")
    if same_table and operand.place.page == finding.place.page and operand.place.line == finding.place.line:
        return ""
    return words.place_words(operand.place)


def _fix(repair: Repair) -> Fix:
    return Fix(
        tuple(
            (
                words.place_words(change.operand.place),
                visible(change.operand.label, 80),
                words.printed(change.operand.amount),
                visible(change.expected, 80),
            )
            for change in repair.changes[:20]
        ),
        repair.checks,
    )
