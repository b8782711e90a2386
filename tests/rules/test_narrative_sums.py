"""Sums, repeats and changes of the text, on small documents: what a slip in one figure breaks, and what is no slip."""

from __future__ import annotations

import pytest

from tests.rules.small import book_of, failed

HEAD = "青山县档案局2030年部门预算\n第三部分 部门预算情况说明\n一、情况说明\n"
INCOME = HEAD + (
    "2030年收入预算105.57万元。\n（一）财政拨款收入{a}万元\n1.一般公共预算拨款收入85.29万元。\n2.政府性基金预算拨款收入0.00万元。\n"
    "（二）其他资金收入8.31万元\n3.事业收入7.83万元。\n4.其他收入0.48万元。\n（三）上年结转结余{b}万元\n5.上年结转结余11.97万元。\n"
)
THREE = HEAD + (
    "2030年“三公”经费20.57万元，比上年减少{a}万元。其中：因公出国（境）费5.00万元，与上年持平；"
    "公务用车购置及运行费12.57万元（公务用车购置费0万元，比上年增加0万元；公务用车运行维护费12.57万元，比上年减少3.00万元。）比上年减少{b}万元；"
    "公务接待费3.00万元，比上年减少0.30万元。"
)


def test_numbers_go_on_under_the_next_parent() -> None:
    good = INCOME.format(a="85.29", b="11.97")
    assert not failed("C509", good) and not failed("N408", good)
    (check,) = failed("C509", INCOME.format(a="85.29", b="11.97").replace("7.83", "7.53"))
    assert check.target.amount.text == "8.31" and check.expected == 80_100


def test_an_item_that_repeats_its_heading() -> None:
    (check,) = failed("N408", INCOME.format(a="85.29", b="11.79"))
    assert (check.target.amount.text, check.operands[0].amount.text) == ("11.97", "11.79")


def test_income_and_expenditure_are_two_sides_of_one_total() -> None:
    text = HEAD + "2030年收入、支出预算总计105.57万元。\n（一）收入预算总计105.57万元。\n（二）支出预算总计{}万元。\n"
    assert not failed("C509", text.format("105.57"))
    assert [c.target.amount.text for c in failed("C509", text.format("105.75"))] == ["105.75"]


def test_partial_items_are_no_slip() -> None:
    text = HEAD + "支出预算60.60万元，主要用于：\n1.运转30.20万元。\n2.培训12.13万元。\n"
    assert not failed("C509", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("预算200.57万元，包括人员经费120.34万元、公用经费30.11万元、项目支出50.12万元。", False),
        ("预算200.57万元，包括人员经费120.34万元、公用经费30.11万元、项目支出50.72万元。", True),
        ("预算200.57万元，包括人员经费120.34万元、公用经费30.11万元、项目支出10.12万元。", True),  # says it is all
        ("预算200.57万元，主要包括人员经费120.34万元、公用经费30.11万元、项目支出10.12万元。", False),  # 40.00 left out
        ("预算200.57万元，包括人员经费120.34万元、公用经费30.11万元、项目支出10.12万元等。", False),
        ("预算60.60万元，包括运转30.20万元（其中电费10.10万元）、培训30.40万元。", False),
    ],
)
def test_listings(text: str, found: bool) -> None:
    assert bool(failed("C510", HEAD + text)) is found


def test_changes_of_all_three_items() -> None:
    assert not failed("C511", THREE.format(a="3.30", b="3.00"))
    (check,) = failed("C511", THREE.format(a="8.15", b="3.00"))
    assert check.target.amount.text == "8.15" and check.expected == 33_000 and check.severity is None


def test_an_item_that_fell_to_nothing_counts() -> None:
    text = "2030年“三公”经费8.00万元，比上年减少5.00万元。其中：因公出国（境）费5.00万元，与上年持平；公务接待费3.00万元，与上年持平；公务用车运行维护费0万元，比上年减少5.00万元。"
    assert not failed("C511", HEAD + text)


def test_overview_and_items_of_equal_names() -> None:
    text = HEAD + (
        "示例站预算200.57万元，包括在职人员经费120.34万元、公用经费30.11万元、对个人和家庭的补助支出50.12万元。\n"
        "（一）在职人员经费120.34万元，用于工资。\n（二）公用经费{}万元，用于办公。\n（三）对个人和家庭补助支出50.12万元，用于补助。\n"
    )
    assert not failed("N408", text.format("30.11"))
    (check,) = failed("N408", text.format("31.01"))
    assert check.target.amount.text == "31.01" and "公用经费30.11万元" in check.message


def test_head_of_an_item_and_what_is_budgeted() -> None:
    text = HEAD + (
        "1.住房公积金（项）208.8万元。2029年当年预算执行数为198.34万元，2030年预算安排{}万元，比2029年预算执行数增加5.27%。\n"
    )
    assert not failed("N408", text.format("208.80"))
    assert failed("N408", text.format("201.50"))


def test_change_from_a_base_that_the_text_names() -> None:
    text = HEAD + "2030年支出预算{}万元，比2029年年初预算数122.21万元减少{}万元，下降{}%。"
    assert not failed("C502", text.format("105.56", "16.65", "13.62"))
    assert not failed("C501", text.format("105.56", "16.65", "13.62"))
    assert failed("C502", text.format("105.56", "16.05", "13.62"))
    assert failed("C502", text.format("150.56", "16.65", "13.62"))
    (check,) = failed("C501", text.format("105.56", "16.65", "18.62"))
    assert [o.amount.text for o in check.operands] == ["16.65", "122.21"]


def test_share_between_amount_and_comparison() -> None:
    text = HEAD + "2030年支出120.00万元，占本年支出合计的100%。与上年相比，财政拨款支出增加20.00万元，增长{}%。"
    assert not failed("C501", text.format("20.00"))
    assert failed("C501", text.format("12.00"))


def test_growth_of_nothing_from_nothing() -> None:
    text = HEAD + "机关运行经费支出97.19万元，比预算数增加97.19万元，增长{}%。"
    assert not failed("C501", text.format("100"))
    (check,) = failed("C501", text.format("0"))
    assert "基数为 0" in check.message


def test_what_went_wrong_with_a_rate() -> None:
    text = HEAD + (
        "1.运转支出183.95万元，比上年增加27.61万元，增长17.66%。\n2.培训支出91.97万元，比上年增加{}万元，增长17.66%。\n"
    )
    assert "照抄" in failed("C501", text.format("13.98"))[0].message
    (check,) = failed("C501", text.format("16.24"))
    assert "本年数作分母" in check.message


def test_a_slip_in_the_base_of_a_rate() -> None:
    text = HEAD + "1.办案支出{}2029年预算执行数为43269.3万元，2030年预算安排3845.49万元，比2029年预算执行数增加17.62%。"
    assert "43269.3 若为 3,269.3 则相符" in failed("C501", text.format(""))[0].message
    text = (
        HEAD
        + "1.办案支出45.41万元。2029年预算执行数为11.67万元，2030年预算安排45.41万元，比2029年预算执行数增加314.82%。"
    )
    assert "则相符" not in failed("C501", text)[0].message  # 48.41 would fit, but 45.41 stands there twice


def test_one_amount_with_two_changes() -> None:
    text = HEAD + (
        "财政拨款支出预算9101.68万元，比2029年预算减少2389.52万元。"
        "财政拨款支出预算中，一般公共预算拨款支出预算9101.68万元，比2029年预算减少{}万元；"
    )
    assert not failed("C507", text.format("2389.52"))
    assert failed("C507", text.format("2389.92"))
    assert not failed("C507", text.format("1045.30"))  # no slip: they may be two things


def test_an_item_in_two_sections() -> None:
    text = HEAD + (
        "1.住房改革支出（款）住房公积金（项）391.66万元，用于缴存。\n二、一般公共预算支出情况说明\n"
        "1.住房改革支出（款）住房公积金（项）{}万元，用于缴存。\n"
    )
    assert not failed("N402", text.format("391.66"))
    assert failed("N402", text.format("391.86"))
    assert not failed("N402", text.format("240.15"))  # another fund, perhaps


FUNDS = """表1 支出预算总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
208\t社会保障和就业支出\t95.84\t69.64\t26.20
20810\t社会福利\t95.84\t69.64\t26.20
2081005\t社会福利事业单位\t95.84\t69.64\t26.20
合计\t\t95.84\t69.64\t26.20

表2 一般公共预算支出表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
208\t社会保障和就业支出\t69.64\t69.64\t
20810\t社会福利\t69.64\t69.64\t
2081005\t社会福利事业单位\t69.64\t69.64\t
合计\t\t69.64\t69.64\t

第三部分 部门预算情况说明
一、预算编制说明
财政拨款支出主要内容如下：
1.社会保障和就业支出（类）社会福利（款）社会福利事业单位（项）{}万元，用于人员。
"""


@pytest.mark.parametrize(("amount", "found"), [("69.64", False), ("95.84", False), ("73.86", True)])
def test_an_item_against_the_tables_of_its_fund(amount: str, found: bool) -> None:
    assert bool(failed("N401", FUNDS.format(amount))) is found


def test_codes_and_full_names_in_the_text() -> None:
    text = FUNDS.split("财政拨款支出主要")[0]
    assert not failed("N401", text + "（一）2081005-社会福利事业单位95.84万元。")
    assert failed(
        "N401",
        text.replace("69.64", "95.84")
        + "（一）2081005-社会福利事业单位95.84万元。（二）2081005-社会福利事业单位64.40万元。",
    )
    assert failed("N401", text + "按功能分类，包括社会保障和就业支出95.24万元。")


def test_a_code_of_no_classification() -> None:
    assert not failed("S701", FUNDS.format("69.64"))
    checks = failed(
        "S701", FUNDS.format("69.64").replace("2081005\t社会福利事业单位\t69.64", "71005\t社会福利事业单位\t69.64")
    )
    assert [(c.target.amount.text, c.expected_text) for c in checks] == [("71005", "2081005")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("政府性基金支出预算支出万元。", "数字没有填写"),
        ("支出预算20.00万元，比上年增长%，主要原因是人员增加。", "数字没有填写"),
        ("2030年局（部、委、办）机关及下属单位购置车辆0辆。", "选项没有选定"),
    ],
)
def test_what_was_not_filled_in(text: str, message: str) -> None:
    assert any(message in check.message for check in failed("F603", HEAD + text))


@pytest.mark.parametrize(
    "text", ["支出预算20万元。", "单位：万元", "以下金额以万元为单位。", "市局（机关、直属单位）经费20万元。"]
)
def test_what_is_filled_in(text: str) -> None:
    assert not failed("F603", HEAD + text)


def test_captions_of_charts_are_no_headings() -> None:
    book = book_of(HEAD + "2030年收入预算105.57万元。\n图1：收入预算\n2030年支出预算105.57万元。")
    assert not any(heading.text.startswith("图") for heading in book.narrative.headings)


def test_a_total_over_a_column_without_figures() -> None:
    text = """青山县档案局2030年部门预算
表1 一般公共预算支出表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
201\t一般公共服务支出\t10.00\t10.00\t
208\t社会保障和就业支出\t5.00\t5.00\t
210\t卫生健康支出\t3.00\t3.00\t
合计\t\t18.00\t18.00\t7.00
"""
    (check,) = [c for c in failed("T103", text) if c.target.amount.text == "7.00"]
    assert "明细没有列出" in check.message


def test_two_shares_of_a_whole_that_their_parts_add_up_to() -> None:
    text = HEAD + "本年收入合计100.00万元，其中：财政拨款收入80.00万元，占{a}%；其他收入20.00万元，占20.00%。\n"
    assert not failed("C503", text.format(a="80.00"))
    (check,) = failed("C503", text.format(a="86.00"))
    assert check.target.amount.text == "86.00%" and check.expected == 80


def test_a_change_in_yuan_of_an_amount_in_ten_thousands() -> None:
    text = HEAD + "基本支出135.20万元，比上年预算增加{}。\n"
    assert [c.expected_text for c in failed("C508", text.format("79.31元"))] == ["79.31万元"]
    for good in ("79.31万元", "500元", "86,400.00元"):
        assert not failed("C508", text.format(good)), good
