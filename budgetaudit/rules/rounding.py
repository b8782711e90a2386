"""Figures of the text that are finer in a table: rounded, or with their last digits cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgetaudit.amount import in_unit
from budgetaudit.lang import _
from budgetaudit.model import Check, Fact, Severity, Verdict
from budgetaudit.narrative.claims import Claim
from budgetaudit.rules.figures import compared


def cut_off(claim: Claim, fact: Fact) -> bool:
    """Whether the claim is a finer figure of a table with its last digits cut off where rounding gives one more."""
    return fact.amount.half < claim.amount.half and fact.amount.value - claim.amount.value > claim.amount.half


def rounded_up(claim: Claim, fact: Fact) -> bool:
    """Whether the claim can only be a finer figure of a table that was rounded."""
    return fact.amount.half < claim.amount.half and fact.amount.value < claim.amount.value


def closest(claim: Claim, facts: Iterator[Fact]) -> Fact | None:
    """The first of some figures that are the claim's, one that it does not cut off before one that it does."""
    first = next(facts, None)
    if first is None or not cut_off(claim, first):
        return first
    return next((f for f in facts if not cut_off(claim, f)), first)


def cut(rule: str, told: Sequence[tuple[Claim, Fact]]) -> Iterator[Check]:
    """Figures with their last digits cut off, in a text that rounds others up: one that always cuts has a custom."""
    if not any(rounded_up(claim, fact) for claim, fact in told):
        return
    for claim, fact in told:
        if cut_off(claim, fact):
            finer = in_unit(fact.amount.value, claim.amount.unit, claim.places + 2)
            rounded = in_unit(fact.amount.value, claim.amount.unit, claim.places)
            message = _("文字写 {said}，表中“{label}”为 {figure}，四舍五入应为 {rounded}：这里截去了尾数").format(
                said=claim.amount.text, label=fact.label, figure=finer, rounded=rounded
            )
            yield replace(
                compared(rule, claim, fact, Verdict.FAILED),
                kind="statement",
                category="rounding",
                severity=Severity.NOTICE,
                message=message,
                expected_text=rounded,
            )
