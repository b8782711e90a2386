"""Rules of form and wording on small documents."""

from __future__ import annotations

import pytest

from budgetaudit.model import Severity
from tests.rules.small import failed

HEAD = "青山县档案局2026年部门预算\n2026年部门预算编制说明\n"
ACCOUNT = "青山县档案局2024年度部门决算\n第三部分青山县档案局2024年度部门决算情况说明\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "财政拨款支出预算120.00万元，比2025年预算增加5.00万元。",
        "政府性基金支出预算0万元，与2025年预算持平。",
        "截至2025年8月31日，本部门共有车辆2辆。",
        "按照《档案事业规划》（青政办发〔2021〕58号）执行。",
        "与2026年国民经济和社会发展计划一致。",
    ],
)
def test_right_years_are_left_alone(sentence: str) -> None:
    assert not failed("F601", HEAD + sentence)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("财政拨款支出预算120.00万元，比2026年预算增加5.00万元。", "比2026年预算增加5.00万元"),
        ("政府性基金支出预算0万元，与2026年预算持平。", "与2026年预算持平"),
        ("按照《档案事业规划》（青政办发〔2121〕58号）执行。", "2121"),
        ("五、实施周期\n2025年1月1日-2025年12月31日。", "2025年1月1日-2025年12月31日"),
    ],
)
def test_wrong_years_of_a_budget(sentence: str, quote: str) -> None:
    found = failed("F601", HEAD + sentence)
    assert [quote in check.quote for check in found] == [True]


def test_final_accounts_compare_with_the_year_before_or_their_own_budget() -> None:
    assert not failed("F601", ACCOUNT + "支出决算120.00万元，比2024年初预算增加5.00万元，比2023年度增加3.00万元。")
    assert failed("F601", ACCOUNT + "支出决算120.00万元，与2024年度相比增加3.00万元。")


@pytest.mark.parametrize(
    ("start", "sentence", "severity"),
    [
        (HEAD, "纳入本部门2025年部门预算编制范围的单位共2家。", Severity.WARNING),
        (HEAD, "2026年收入预算9.00万元。\n2026年支出预算9.00万元。\n2025年政府采购预算3.00万元。", Severity.ERROR),
        (ACCOUNT, "2023年度收入总计、支出总计均为9.00万元，比2023年度增加1.00万元。", Severity.ERROR),
    ],
)
def test_a_document_speaks_of_its_own_year(start: str, sentence: str, severity: Severity) -> None:
    (found,) = failed("F601", start + sentence)
    assert found.severity in (severity, None if severity is Severity.ERROR else severity)


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (HEAD, "2025年收入预算执行数9.00万元。"),
        (HEAD, "2025年预算8.00万元，2026年预算9.00万元。\n2025年支出8.00万元。\n2025年收入8.00万元。"),
        (ACCOUNT, "2024年度收入总计9.00万元，比2023年度增加1.00万元。"),
        (ACCOUNT, "2023年度结转收入1.00万元，在2024年使用。"),
    ],
)
def test_sentences_on_the_year_before_are_left_alone(start: str, sentence: str) -> None:
    assert not failed("F601", start + sentence)


def test_the_day_of_assets_is_the_end_of_the_year_of_account() -> None:
    assert failed("F601", ACCOUNT + "截至2023年12月31日，本部门共有车辆2辆。")
    assert not failed("F601", ACCOUNT + "截至2024年12月31日，本部门共有车辆2辆。")


def test_a_base_two_years_back_is_doubted_where_all_others_are_the_year_before() -> None:
    text = HEAD + "".join(f"第{i}项支出{i}.00万元，比2025年预算增加1.00万元。\n" for i in range(1, 5))
    (found,) = failed("F601", text + "第5项支出5.00万元，比2024年预算增加1.00万元。")
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    "sentence",
    [
        "提供7×24小时服务，费用4000元×12个月。",
        "比上年增加5.00万元，主要原因是人员增加。",
        "单位性质选XXL码工作服。",
        "没有涉密内容的，依法公开。",
    ],
)
def test_ordinary_text_is_no_residue(sentence: str) -> None:
    assert not failed("F603", HEAD + sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "XX局2026年收入预算120.00万元。",
        "收入预算××万元。",
        "比上年增加（减少）5.00万元。",
        "增加5.00万元，主要原因是。",
        "无政府性基金收支的，仍保留该表格式，并在本表下方作下述说明：本部门无政府性基金。",
        "（请核实后填写）",
        "合计#REF!万元。",
    ],
)
def test_residue_is_found(sentence: str) -> None:
    assert failed("F603", HEAD + sentence)


def test_text_of_final_accounts_in_a_budget() -> None:
    text = "从预算单位构成看，部门预算包括：青山县档案局本级决算（行政单位）。"
    assert failed("F603", HEAD + text)
    assert not failed("F603", HEAD + text.replace("决算", "预算"))


@pytest.mark.parametrize(
    "sentence",
    [
        "主要用于信息化建设等方面的支出。。",
        "档案管理软件的的运维服务。",
        "推动档案服务体系建设和。",
        "开展“档案日”、优秀案例”活动。",
        "比2025年预算持平。",
        "<p>保障档案安全。</p>",
        "服务企业and群众。",
    ],
)
def test_wording_is_a_notice(sentence: str) -> None:
    found = failed("F604", HEAD + sentence)
    assert found and {check.severity for check in found} == {Severity.NOTICE}


@pytest.mark.parametrize("sentence", ["积极推进社会参与。", "1）整理档案；2）修复档案。", "普及档案知识，为人民服务。"])
def test_ordinary_wording(sentence: str) -> None:
    assert not failed("F604", HEAD + sentence)


def test_a_namesake_of_another_place() -> None:
    text = "青山县档案局2026年部门预算\n" + "".join(
        f"{n}、关于青山县档案局2026年{w}的说明\n"
        for n, w in zip("一二三", ("收支预算", "支出预算", "收入预算"), strict=True)
    )
    assert failed("F602", text + "青山市档案局2026年支出预算5.00万元。")
    assert not failed("F602", text + "县档案局2026年支出预算5.00万元。")


def test_the_odd_department_among_units() -> None:
    text = HEAD + "".join(f"第{i}项由本单位负责。\n" for i in range(1, 9))
    assert [c.severity for c in failed("F602", text + "本部门无其他事项。")] == [Severity.NOTICE]


def test_a_change_without_reason_among_others_with_one() -> None:
    items = "".join(f"{i}.第{i}项{i}.00万元，比2025年预算增加1.00万元，主要原因是人员增加。\n" for i in range(1, 5))
    assert failed("F606", HEAD + items + "5.第5项5.00万元，比2025年预算增加1.00万元。")
    assert not failed("F606", HEAD + items + "5.第5项5.00万元，比2025年预算增加0.00万元。")
    assert not failed("F606", HEAD + items)


def test_a_cited_title_with_characters_missing() -> None:
    full = "根据《青山县数字档案项目建设管理办法（试行）》立项。\n"
    assert failed("F608", HEAD + full + "按照《青山县数字档案项目管理办法》验收。")
    assert not failed("F608", HEAD + full + "按照《青山县数字档案项目建设管理办法》验收。")
    assert not failed("F608", HEAD + full + "按照《青山县数字档案项目建设管理办法实施细则》验收。")


def test_a_comparison_cut_off_by_a_full_stop() -> None:
    assert failed("F604", HEAD + "公务接待费0.80万元。与2025年预算持平，主要原因是厉行节约。")
    assert not failed("F604", HEAD + "公务接待费0.80万元，与2025年预算持平，主要原因是厉行节约。")


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("编制档案事业（2022-2025年）三年行动计划。", 4),
        ("落实档案事业三年行动计划（2023—2024年）。", 2),
        ("落实档案事业三年行动计划（2023—2025年）。", 0),
        ("编制2026—2030年五年规划。", 0),
        ("档案事业（2022-2025年）规划，三年后评估。", 0),
    ],
)
def test_spans_of_plans(sentence: str, years: int) -> None:
    found = failed("F601", HEAD + sentence)
    assert [f"{years}个年度" in check.message for check in found] == ([True] if years else [])
