from __future__ import annotations

from budgetaudit.audit import audit
from budgetaudit.model import CellRef, Verdict
from tests.mutants.figures import Edit, applied, restyled
from tests.mutants.kinds import Subject


def test_every_number_of_the_tables_and_the_text_is_a_figure(small: Subject) -> None:
    assert len(small.figures) == small.report.coverage.numeric_cells == 38
    assert [f.text for f in small.amounts] == ["155.50", "5.50", "3.67", "135.50", "20.00"]
    assert all(f.home.text[f.start : f.end] == f.text for f in small.amounts)


def test_an_edit_changes_its_figure_and_nothing_else(small: Subject) -> None:
    figure = small.figures[0]
    report = audit(applied(small.document, [Edit.of(figure, "999.99")]), strict=True)
    before = {(t.id, *at): a.text for t in small.report.tables for at, a in t.amounts.items()}
    after = {(t.id, *at): a.text for t in report.tables for at, a in t.amounts.items()}
    assert isinstance(figure.key, CellRef)
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {(figure.key.table, figure.key.row, figure.key.col)}
    assert applied(small.document, []) == small.document


def test_two_edits_of_one_line(small: Subject) -> None:
    whole, part = small.amounts[0], small.amounts[3]
    changed = applied(small.document, [Edit.of(whole, part.text), Edit.of(part, whole.text + "0")])
    line = next(line.text for page in changed.pages for line in page.lines if "其中" in line.text)
    assert "支出预算135.50万元" in line and "基本支出155.500万元" in line and "增长3.67%" in line


def test_a_clean_document_has_nothing_to_find(small: Subject) -> None:
    assert [c for c in small.report.checks if c.verdict is Verdict.FAILED] == []
    assert small.report.findings == ()


def test_a_restyled_number_looks_like_the_other_one() -> None:
    from decimal import Decimal

    assert restyled(Decimal("12345.678"), "1,000.00") == "12,345.68"
    assert restyled(Decimal("12345.678"), "1000.0") == "12345.7"
