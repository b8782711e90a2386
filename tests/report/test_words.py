from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from budgetaudit.amount import money
from budgetaudit.model import Amount, CellRef, Finding, Relation, Severity, Verdict
from budgetaudit.report import words
from budgetaudit.report.fold import fold
from tests.report import factory


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("星湖局\u202e办", "星湖局\\u202e办"),
        ("\x1b[31m红", "\\x1b[31m红"),
        ("上\n下\t右", "上 下 右"),
        ("私\ue001有", "私\\ue001有"),
        ("零\u200b宽", "零\\u200b宽"),
        ("\udcff", "\\udcff"),
        ("全角\u3000空格", "全角\u3000空格"),
        ("[bold]=1+1", "[bold]=1+1"),
    ],
)
def test_hidden_characters_are_shown_as_escapes(text: str, shown: str) -> None:
    assert words.visible(text) == shown
    assert "\u202e" not in words.visible(text)


def test_long_text_is_cut_with_a_mark() -> None:
    assert words.visible("甲" * 50, 10) == "甲" * 9 + "…"


def test_place_comes_first_and_names_row_and_column() -> None:
    finding = factory.report().findings[-1]
    assert words.where_words(finding) == "第8页 支出预算总表 · 行「合计」 · 列「合计」"


def test_pages_fold_into_runs() -> None:
    assert words.pages_words((12, 8, 10, 11)) == "8、10-12"


@pytest.mark.parametrize(
    ("value", "text", "unit", "said"),
    [
        ("12345000", "1,234.56", 10_000, "1,234.50"),
        ("12345001", "1,234.56", 10_000, "1,234.5001"),
        ("12345600", "12,345,600", 1, "12,345,600"),
        ("-600", "0", 10_000, "-0.06"),
        ("0", "", 10_000, "0"),
    ],
)
def test_money_keeps_printed_decimals_and_loses_no_digit(value: str, text: str, unit: int, said: str) -> None:
    assert money(Decimal(value), Amount(text, Decimal(0), unit=Decimal(unit))) == said


def test_shares_are_never_rounded_up_to_all() -> None:
    assert words.share_words(9_999, 10_000) == "99.9%"
    assert words.share_words(10_000, 10_000) == "100%"
    assert words.share_words(0, 0) == "—"


def test_nothing_found_and_nothing_checked_differ() -> None:
    found_nothing = words.conclusion(factory.clean_report(checked=True))
    checked_nothing = words.conclusion(factory.clean_report(checked=False))
    assert "未发现错误" in found_nothing
    assert "未发现" not in checked_nothing
    assert "不能据此认为" in checked_nothing


def test_a_check_that_could_not_be_decided_counts_as_not_checked() -> None:
    report = factory.report()
    unknown = tuple(c for c in report.checks if c.verdict is Verdict.UNKNOWN)
    assert "未发现" not in words.conclusion(replace(report, findings=(), checks=unknown))


def test_coverage_says_what_was_left_out() -> None:
    said = "".join(words.coverage_words(factory.report()))
    assert "另有 1 个数字没有勾稽关系可用" in said
    assert "正文中的金额没有核对" in said


def test_a_check_is_written_with_labels_figures_and_units_where_they_differ() -> None:
    failed, same = factory.report().checks[2:4]
    assert words.sum_words(failed) == "合计 1,234.56 = 一般公共服务支出 1,134.50 + 社会保障 100.00"
    assert words.sum_words(same) == "本年收入合计 12,345,600.00元 = 支出预算总表 合计 1,234.56万元"
    assert words.sum_words(failed, limit=20).endswith("（共 2 项）")


def test_a_brief_formula_only_counts_what_is_nothing() -> None:
    failed = factory.report().checks[2]
    nothing = replace(failed.operands[0], label="空", amount=Amount("0.00", Decimal(0), unit=factory.WAN))
    check = replace(failed, operands=(*failed.operands, nothing))
    assert "空 0.00" in words.sum_words(check)
    assert words.sum_words(check, brief=True).endswith("社会保障 100.00（另有 1 项空白或为 0）")
    assert "空 0.00" in words.sum_words(replace(failed, operands=(nothing,)), brief=True)


def test_further_prints_of_one_figure_are_joined_by_equals() -> None:
    failed = factory.report().checks[2]
    assert " = 社会保障 100.00" in words.sum_words(replace(failed, kind="same"))


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        (Relation.QUOTIENT, "增长25.00% = 预算500.00万元 ÷ 增加100.00万元"),
        (Relation.GROWTH, "增长25.00% = 增加100.00万元 ÷（预算500.00万元 - 100.00）"),
        (Relation.DECLINE, "增长25.00% = 增加100.00万元 ÷（预算500.00万元 + 100.00）"),
        (Relation.GROWTH_FROM, "增长25.00% =（增加100.00万元 - 预算500.00万元）÷ 500.00"),
        (Relation.DECLINE_FROM, "增长25.00% =（预算500.00万元 - 增加100.00万元）÷ 500.00"),
        (Relation.DIFFERENCE, "增长25.00% = 预算500.00万元 与 增加100.00万元 之差"),
        (Relation.AT_MOST, "增长25.00% 不大于 预算500.00万元"),
    ],
)
def test_what_is_no_sum_is_not_written_as_one(relation: Relation, said: str) -> None:
    """A rate has no unit of money, and a figure that the text's own words end in is not said twice."""
    assert set(Relation) == set(words.RELATIONS)
    check = factory.report().checks[2]
    rate, value, change = (
        replace(check.target, label=label, amount=Amount(text, Decimal(text.rstrip("%")), unit=unit))
        for label, text, unit in (
            ("增长25.00%", "25.00%", Decimal(1)),
            ("预算500.00万元", "500.00", factory.WAN),
            ("增加100.00万元", "100.00", factory.WAN),
        )
    )
    assert words.sum_words(replace(check, target=rate, operands=(value, change), relation=relation)) == said
    plain = words.sum_words(replace(check, target=replace(rate, label="增幅"), operands=(value, change)))
    assert plain.startswith("增幅 25.00% = ")


def test_each_problem_is_named_once() -> None:
    assert [p.what for p in words.all_problems(factory.report())] == ["整页是图片", "表格没有表名"]


def _finding(id: str, severity: Severity, root: str = "") -> Finding:
    return replace(factory.report().findings[-1], id=id, severity=severity, root=root, ref=CellRef("t1", ord(id[0]), 0))


def test_findings_stand_under_their_root() -> None:
    report = replace(
        factory.report(),
        findings=(
            _finding("b", Severity.WARNING, "a"),
            _finding("a", Severity.ERROR, "a"),
            _finding("c", Severity.ERROR),
            _finding("d", Severity.ERROR, "n"),
            _finding("n", Severity.NOTICE),
            _finding("e", Severity.ERROR, "gone"),
        ),
    )
    groups = {head.id: [f.id for f in rest] for head, rest in words.grouped(report)}
    assert groups == {"a": ["b"], "c": [], "d": [], "e": [], "n": []}


def test_no_finding_is_lost_where_roots_form_a_ring() -> None:
    ring = (_finding("a", Severity.ERROR, "b"), _finding("b", Severity.ERROR, "a"))
    groups = words.grouped(replace(factory.report(), findings=ring))
    assert sorted(f.id for head, rest in groups for f in (head, *rest)) == ["a", "b"]


@pytest.mark.parametrize("width", [12, 20, 37])
def test_lines_fit_and_nothing_is_lost(width: int) -> None:
    from rich.cells import cell_len

    text = "一般公共预算财政拨款支出1,234,567.89万元，比上年增加（减少）12.5%。" + "A" * 50
    lines = list(fold(text, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)
    assert not any(line.startswith(("，", "。", "）")) for line in lines)


def test_figures_are_not_broken_where_there_is_room() -> None:
    assert any("1,234,567.89" in line for line in fold("支出一二三四五六1,234,567.89万元", 20))


def test_rates_and_words_have_no_difference_in_money() -> None:
    from dataclasses import replace
    from decimal import Decimal

    from budgetaudit.model import Amount
    from budgetaudit.report.words import CHECK_KIND, difference_text, expected_text
    from budgetaudit.rules import find
    from tests.rules.small import book_of

    doc = find("C501").doc.split("\n错误：\n", 1)[1]
    check = next(c for c in find("C501").run(book_of(doc)) if c.expected_text)
    assert (expected_text(check), difference_text(check)) == (check.expected_text, "")
    amount = replace(
        check, kind="sum", target=replace(check.target, amount=Amount("3.00", Decimal(3))), expected=Decimal(2)
    )
    assert (expected_text(amount), difference_text(amount)) == ("2.00", "1.00")
    assert {"sum", "same", "balance", "derived", "statement"} == set(CHECK_KIND)
