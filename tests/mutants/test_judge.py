"""The judge against reports made by hand: it must not see what is not there."""

from __future__ import annotations

from dataclasses import replace

from budgetaudit.audit import audit
from budgetaudit.model import Change, Finding, Operand, Place, Repair, Severity
from tests.mutants.figures import Edit, Figure, applied
from tests.mutants.judge import judged
from tests.mutants.kinds import Subject


def finding(figure: Figure, expected: str, **more: object) -> Finding:
    ref = figure.key if not isinstance(figure.key, tuple) else None
    made = Finding("F1", "T101", "table-rowsum", Severity.ERROR, 1.0, "", figure.places[0], expected=expected, ref=ref)
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_culprit_with_its_value_is_named(small: Subject) -> None:
    figure = small.figures[0]
    edit = Edit.of(figure, "999.99")
    after = replace(small.report, findings=(finding(figure, figure.text),))
    verdict = judged(small.report, after, [edit])
    assert (verdict.found, verdict.placed, verdict.named, verdict.heads, verdict.unrelated) == (True, True, True, 1, 0)
    wrong = replace(small.report, findings=(finding(figure, "1.23"),))
    assert judged(small.report, wrong, [edit]).placed and not judged(small.report, wrong, [edit]).named


def test_an_operand_is_found_but_not_named(small: Subject) -> None:
    figure, other = small.figures[0], small.figures[5]
    operand = Operand("x", figure.amount, figure.places[0], figure.key if not isinstance(figure.key, tuple) else None)
    after = replace(small.report, findings=(finding(other, "1.00", operands=(operand,)),))
    verdict = judged(small.report, after, [Edit.of(figure, "999.99")])
    assert verdict.found and not verdict.placed and not verdict.unrelated


def test_a_repair_of_several_figures_names_them_all(small: Subject) -> None:
    a, b = small.figures[0], small.figures[5]
    edits = [Edit.of(a, b.text + "1"), Edit.of(b, a.text + "1")]
    operands = [Operand("x", f.amount, f.places[0], f.key if not isinstance(f.key, tuple) else None) for f in (a, b)]
    both = Repair(tuple(Change(o, o.amount.text) for o in operands), 4)
    after = replace(small.report, findings=(finding(a, a.text, repairs=(both,)),))
    assert judged(small.report, after, edits).named
    alone = replace(small.report, findings=(finding(a, a.text),))
    assert not judged(small.report, alone, edits).named


def test_what_was_said_before_or_elsewhere_is_no_success(small: Subject) -> None:
    figure, other = small.figures[0], small.figures[5]
    edit = Edit.of(figure, "999.99")
    said = finding(other, "1.00")
    assert not judged(small.report, small.report, [edit]).found
    old = replace(small.report, findings=(said,))
    assert judged(old, old, [edit]).unrelated == 0
    elsewhere = judged(small.report, old, [edit])
    assert not elsewhere.found and elsewhere.unrelated == 1
    dependant = replace(said, id="F2", root="F1")
    beside = replace(small.report, findings=(finding(figure, figure.text), dependant))
    assert judged(small.report, beside, [edit]).unrelated == 0
    residue = replace(said, severity=Severity.NOTICE)
    noted = judged(small.report, replace(small.report, findings=(residue,)), [edit])
    assert (noted.unrelated, noted.unrelated_notices) == (0, 1)


def test_a_notice_at_the_figure_is_not_enough(small: Subject) -> None:
    figure = small.figures[0]
    after = replace(small.report, findings=(finding(figure, figure.text, severity=Severity.NOTICE),))
    verdict = judged(small.report, after, [Edit.of(figure, "999.99")])
    assert verdict.noticed and not verdict.found


def test_a_line_of_the_text(small: Subject) -> None:
    figure = small.amounts[0]
    edit = Edit.of(figure, "156.50")
    here = replace(small.report, findings=(finding(figure, "155.50"),))
    assert judged(small.report, here, [edit]).named
    there = replace(finding(figure, "155.50"), place=Place(line=1))
    assert not judged(small.report, replace(small.report, findings=(there,)), [edit]).found


def test_a_real_audit_finds_a_real_error(small: Subject) -> None:
    figure = small.figures[0]
    edit = Edit.of(figure, "999.99")
    verdict = judged(small.report, audit(applied(small.document, [edit]), strict=True), [edit])
    assert verdict.found and verdict.heads >= 1
