"""Small documents with planted slips: which finding leads, what it says should stand there, what is listed under it."""

from __future__ import annotations

import time
from decimal import Decimal

from budgetaudit.diagnosis import diagnose
from budgetaudit.diagnosis.search import Search
from budgetaudit.diagnosis.system import system_of
from budgetaudit.model import Amount, CellRef, Check, Finding, Operand, Place, Relation, Severity, Verdict
from budgetaudit.rules import document_rules
from budgetaudit.rules.base import compare
from tests.rules.small import book_of

TABLES = """\
表1 部门支出总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	412.35	301.20	111.15
20103	政府办公厅（室）及相关机构事务	412.35	301.20	111.15
2010301	行政运行	301.20	301.20
2010302	一般行政管理事务	111.15		111.15
208	社会保障和就业支出	63.85	63.85
20805	行政事业单位养老支出	63.85	63.85
2080505	机关事业单位基本养老保险缴费支出	42.50	42.50
2080506	机关事业单位职业年金缴费支出	21.35	21.35
合计		476.20	365.05	111.15

表2 一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
201	一般公共服务支出	412.35	301.20	111.15
20103	政府办公厅（室）及相关机构事务	412.35	301.20	111.15
2010301	行政运行	301.20	301.20
2010302	一般行政管理事务	111.15		111.15
208	社会保障和就业支出	63.85	63.85
20805	行政事业单位养老支出	63.85	63.85
2080505	机关事业单位基本养老保险缴费支出	42.50	42.50
2080506	机关事业单位职业年金缴费支出	21.35	21.35
合计		476.20	365.05	111.15
"""


def found(text: str) -> list[Finding]:
    book = book_of(text)
    return diagnose(
        [check for rule in document_rules() for check in rule.run(book) if rule.code[0] in "TX"], book.tables
    )


def heads(text: str) -> list[Finding]:
    return [f for f in found(text) if not f.root and f.severity is not Severity.NOTICE]


def test_the_clean_document_has_no_finding() -> None:
    assert not found(TABLES)


def test_one_wrong_cell_is_one_finding_with_its_value_and_shape() -> None:
    findings = found(
        TABLES.replace(
            "2080505	机关事业单位基本养老保险缴费支出	42.50	42.50",
            "2080505	机关事业单位基本养老保险缴费支出	42.50	45.20",
            1,
        )
    )
    (head,) = [f for f in findings if not f.root]
    assert (head.row, head.column) == ("2080505 机关事业单位基本养老保险缴费支出", "基本支出")
    assert (head.reported, head.expected, head.difference) == ("45.20", "42.50", "2.70")
    assert head.repairs[0].slip == "digits-swapped" and "数字颠倒" in head.suggestion
    dependants = [f for f in findings if f.root]
    assert dependants and {f.root for f in dependants} == {head.id}
    assert findings.index(head) < findings.index(dependants[0])


def test_a_wrong_operand_leads_although_no_check_has_it_as_target() -> None:
    text = TABLES.replace(
        "2010302	一般行政管理事务	111.15		111.15", "2010302	一般行政管理事务	11.15		11.15", 1
    )
    (head,) = heads(text)
    assert head.row == "2010302 一般行政管理事务" and head.expected == "111.15"
    assert {c.operand.amount.text for c in head.repairs[0].changes} == {"11.15"}
    assert len(head.repairs[0].changes) == 2, "the total of the row and its part were both misprinted"


def test_the_numbers_that_give_the_value_stand_beside_it() -> None:
    (head,) = heads(
        TABLES.replace(
            "2080506	机关事业单位职业年金缴费支出	21.35	21.35",
            "2080506	机关事业单位职业年金缴费支出	21.35	21.53",
            1,
        )
    )
    assert sum(o.sign * o.amount.value for o in head.operands) == Decimal("213500")
    assert head.formula == (
        "部门支出总表·2080506 机关事业单位职业年金缴费支出·基本支出 = 一般公共预算支出表·2080506 机关事业单位职业年金缴费支出·基本支出"
    )
    assert [o.amount.text for o in head.operands] == ["21.35"]


def test_two_errors_in_two_tables_are_two_findings() -> None:
    first, second = TABLES.split("表2")
    text = (
        first.replace(
            "2080505	机关事业单位基本养老保险缴费支出	42.50",
            "2080505	机关事业单位基本养老保险缴费支出	24.50",
        )
        + "表2"
        + (second.replace("合计		476.20	365.05	111.15", "合计		476.20	365.05	115.11"))
    )
    assert {(f.reported, f.expected) for f in heads(text)} == {("24.50", "42.50"), ("115.11", "111.15")}


def test_columns_exchanged_in_one_row_are_one_slip() -> None:
    text = TABLES.replace(
        "2010302	一般行政管理事务	111.15		111.15", "2010302	一般行政管理事务	111.15	111.15	", 1
    )
    (head,) = heads(text)
    assert head.repairs[0].slip == "exchanged" and len(head.repairs[0].changes) == 2


def test_rows_exchanged_are_one_slip() -> None:
    second = TABLES.split("表2")[1]
    swapped = (
        second.replace("支出	42.50	42.50", "支出	#	#")
        .replace("支出	21.35	21.35", "支出	42.50	42.50")
        .replace("#", "21.35")
    )
    (head,) = heads(TABLES.split("表2")[0] + "表2" + swapped)
    assert head.repairs[0].slip == "rows-exchanged"
    assert "机关事业单位职业年金缴费支出" in head.suggestion


def test_equally_small_repairs_are_all_told() -> None:
    text = """\
表1 项目支出表
单位：万元
项目名称	金额
城市书屋	12.00
文物修缮	30.00
合计	52.00
"""
    (head,) = heads(text)
    assert head.reported == "52.00" and head.expected == "42.00"
    assert len(head.repairs) > 1 and "①" in head.suggestion and "②" in head.suggestion
    assert {r.changes[0].expected for r in head.repairs} <= {"42.00", "22.00", "40.00"}


def test_where_many_figures_may_be_wrong_none_is_named() -> None:
    rows = [_figure(n, 1000 + 7 * n) for n in range(1, 9)]
    held = [compare("X301", "same", _figure(0, 9001), [_figure(20, 9001)])]
    (head,) = diagnose([*held, compare("T102", "sum", _figure(0, 9001), rows)], [])
    assert head.reported == "9001" and not head.repairs
    assert "分不清" in head.suggestion


def test_a_total_is_the_first_guess_and_said_to_be_one() -> None:
    rows = "".join(f"项目{n}	{n}7.31\n" for n in range(1, 9))
    (head,) = heads(f"表1 项目支出表\n单位：万元\n项目名称	金额\n{rows}合计	430.12\n")
    assert (head.reported, head.expected) == ("430.12", "418.48")
    assert head.repairs[0].slip == "total-not-updated" and "也可能" in head.suggestion


def test_a_failure_that_no_small_repair_explains_stays_on_its_own() -> None:
    ends = [_figure(n, 100) for n in range(4)]
    held = [compare("X301", "same", a, [b]) for a in ends for b in ends if a is not b]
    pinned = [_figure(n, 50) for n in range(10, 14)]
    held += [compare("X301", "same", a, [b]) for a in pinned for b in pinned if a is not b]
    (head,) = [f for f in diagnose([*held, compare("T201", "balance", ends[0], [pinned[0]])], []) if not f.root]
    assert not head.repairs and head.code == "T201"


def test_what_is_held_by_others_is_not_the_culprit() -> None:
    a, b, c = (_figure(n, v) for n, v in enumerate((100, 100, 130)))
    (head, dependant) = diagnose([compare("X301", "same", a, [b]), compare("X302", "same", a, [c])], [])
    assert (dependant.ref, dependant.root) == (a.ref, head.id)
    assert head.ref == c.ref and head.expected == "100"


def test_a_rate_follows_the_amount_that_is_wrong() -> None:
    table = _figure(1, 500)
    amount, change = _said("600元", 600), _said("100元", 100)
    growth = Operand("增长", Amount("25%", Decimal(25)), Place(page=3), None)
    checks = [
        compare("N401", "same", amount, [table]),
        compare("X301", "same", table, [_figure(2, 500)]),
        Check(
            "C501", "derived", Verdict.FAILED, growth, (amount, change), Decimal(20), relation=Relation.GROWTH,
            expected_text="20.00%",
        ),
    ]  # fmt: skip
    findings = diagnose(checks, [])
    (head,) = [f for f in findings if not f.root]
    assert head.code == "N401" and head.expected == "500"
    assert [f.code for f in findings if f.root] == ["C501"]


def test_the_same_wording_in_several_places_is_one_cause() -> None:
    from budgetaudit.rules.statement import statement

    checks = [
        statement("F601", Verdict.FAILED, Place(page=n), f"比2031年预算{word}", expected_text="2030年")
        for n, word in ((4, "增加"), (5, "减少"), (5, "持平"))
    ]
    findings = diagnose(checks, [])
    assert [f.root for f in findings] == ["", "F1", "F1"]


def test_a_large_tangle_ends_in_bounded_time() -> None:
    figures = [[_figure(1000 * r + c, (r * 37 + c * 11) % 97 + 1) for c in range(30)] for r in range(30)]
    checks = [compare("T101", "sum", row[0], row[1:]) for row in figures]
    checks += [compare("T103", "sum", column[0], column[1:]) for column in zip(*figures, strict=True)]
    begun = time.process_time()
    findings = diagnose(checks, [])
    assert time.process_time() - begun < 5
    assert len(findings) == len(checks)


def test_a_partial_listing_binds_one_way_only() -> None:
    whole, part_ = _figure(1, 100), _figure(2, 40)
    check = compare("T105", "sum", whole, [part_])
    partial = Check(**{**{f: getattr(check, f) for f in Check.__slots__}, "verdict": Verdict.HELD})
    system = system_of([partial])
    assert system.equations[0].one_sided
    assert system.holds(0, {part_.ref: Decimal(90)}) and not system.holds(0, {part_.ref: Decimal(110)})


def _figure(number: int, yuan: int) -> Operand:
    return Operand(f"数{number}", Amount(f"{yuan}", Decimal(yuan)), Place(page=1), CellRef("t", number, 1))


def _said(text: str, yuan: int) -> Operand:
    return Operand(text, Amount(text, Decimal(yuan)), Place(page=3))


def test_a_sentence_matched_by_its_value_does_not_hold_a_wrong_cell_fast() -> None:
    wrong, other, said = _figure(1, 310), _figure(2, 130), _said("310元", 310)
    third = _figure(3, 130)
    checks = [
        compare("X302", "same", wrong, [other]),
        compare("X301", "same", other, [third]),
        compare("N401", "same", said, [wrong]),
    ]
    (head,) = [f for f in diagnose(checks, []) if not f.root]
    assert head.ref == wrong.ref and head.expected == "130"


def test_a_part_larger_than_its_whole_follows_from_the_wrong_part() -> None:
    part_, whole, table = _said("460元", 460), _said("456元", 456), _figure(1, 406)
    larger = Check("C512", "statement", Verdict.FAILED, part_, (whole,), Decimal(456), relation=Relation.AT_MOST)
    checks = [compare("N401", "same", part_, [table]), compare("X301", "same", table, [_figure(2, 406)]), larger]
    head, dependant = diagnose(checks, [])
    assert (head.code, head.expected) == ("N401", "406")
    assert (dependant.code, dependant.root) == ("C512", head.id)


def test_text_and_table_that_both_add_up_are_two_scopes() -> None:
    said = [_said(f"{n}元", n) for n in (439, 100, 539)]
    cells = [_figure(1, 440), _figure(2, 60), _figure(3, 500)]
    checks = [
        compare("C509", "sum", said[2], said[:2]),
        compare("T102", "sum", cells[2], cells[:2]),
        compare("X301", "same", cells[0], [_figure(4, 440)]),
        compare("X301", "same", cells[2], [_figure(5, 500)]),
        compare("N409", "same", said[0], [cells[0]]),
    ]
    (finding,) = diagnose(checks, [])
    assert finding.severity is Severity.WARNING and "口径" in finding.suggestion
    (lone,) = [f for f in diagnose(checks[1:], []) if not f.root]
    assert lone.severity is Severity.ERROR and lone.expected == "440"


def test_a_search_that_ran_out_of_steps_names_nothing() -> None:
    rows = [_figure(n, 1000 + 7 * n) for n in range(1, 40)]
    system = system_of([compare("T102", "sum", _figure(0, 90_000), rows)])
    assert len(Search(system).smallest(system.failing)) == len(rows) + 1
    assert Search(system, steps=5).smallest(system.failing) == []


def test_a_repair_that_a_sentence_denies_does_not_claim_that_all_holds() -> None:
    wrong, other, third, said = _figure(1, 310), _figure(2, 130), _figure(3, 130), _said("310元", 310)
    checks = [
        compare("X302", "same", wrong, [other]),
        compare("X301", "same", other, [third]),
        compare("N401", "same", said, [wrong]),
    ]
    (head,) = [f for f in diagnose(checks, []) if not f.root]
    assert "全部成立" not in head.suggestion and "正文有 1 处" in head.suggestion
