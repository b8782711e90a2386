"""What a template leaves behind, doubled words and punctuation on small documents, with neighbours that are right."""

from __future__ import annotations

import pytest

from budgetaudit.model import Severity
from tests.rules.small import failed

HEAD = "青山县档案局2026年部门预算\n2026年部门预算编制说明\n"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("组织对0个项目开展了重点评价（如有）。", "（如有）"),
        ("五、国有资产占有使用情况（增加内容）", "（增加内容）"),
        ("主要包括：（按“基本支出预算表”中实际发生的科目填写）", "填写）"),
        ("收入总表反映各项收入，填列数应与《收支预算总表》收入数一致。", "应与《收支预算总表》"),
        ("档案局包括4个机关处（科、股）室。", "处（科、股）室"),
        ("公务用车保有量0辆，主要用于无。", "用于无"),
    ],
)
def test_hints_of_the_template(sentence: str, quote: str) -> None:
    (found,) = failed("F603", HEAD + sentence)
    assert quote in found.quote and found.severity is not Severity.ERROR


@pytest.mark.parametrize(
    "sentence",
    [
        "填列数与《收支预算总表》收入数一致。",
        "会计核算结果应与实际情况一致。",
        "审核批复部门（单位）的年度预决算。",
        "县档案局设三个处室，含办公室（人事科）。",
        "按照规定填写档案目录。",
    ],
)
def test_what_is_no_hint(sentence: str) -> None:
    assert not failed("F603", HEAD + sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "20XX年收入预算120.00万元。",
        "某某局2026年收入预算120.00万元。",
        "第二部分 青山县档案局年部门预算表",
        "一、部门职责 PAGEREF _Toc25831 h 3",
        "支出增加5.00万元（说明增减变动的主要原因）。",
        "没有数据的表应当列出空表。",
        "比上年增加5.00万元，主要原因是……。",
        "支出增加（减少）的主要原因是人员增加。",
        "一般公共决算财政拨款支出120.00万元。",
        "决算数大于决算数的主要原因是人员增加。",
    ],
)
def test_other_residue(sentence: str) -> None:
    assert len(failed("F603", HEAD + sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年部门预算表附后。",
        "编制本年部门预算情况说明。",
        "附件（说明书见第3页）。",
        "汇总一般公共预算决算。",
        "空表是因为没有此项支出。",
        "收集资料……，整理成册。",
    ],
)
def test_what_is_no_residue(sentence: str) -> None:
    assert not failed("F603", HEAD + sentence)


def test_a_placeholder_in_the_contents() -> None:
    text = "青山县档案局2026年部门预算\n目录\n第一部分 XX部门概况\n第二部分 预算表\n第三部分 名词解释\n\n第一部分 概况\n职责。\n"
    assert [check.quote for check in failed("F603", text)] == ["第一部分XX部门概况"]


def test_half_width_texts_are_searched_like_full_width_ones() -> None:
    (found,) = failed("F604", HEAD + "购置打印机,扫描仪等办公设备等,已经验收.")
    assert found.quote.startswith("扫描仪等办公设备等")


def test_a_demand_on_the_figures_is_told_once_with_its_places() -> None:
    text = HEAD + "填列数应与《收支预算总表》收入数一致。\n支出安排数应与《收支预算总表》支出数一致。\n"
    (found,) = failed("F603", text)
    assert "2处" in found.message


@pytest.mark.parametrize(
    "sentence",
    [
        "比上年预算增加5.00万元，主要原因人员增加。",
        "购置打印机、扫描仪等办公设备等。",
        "比上年决算数相比增加5.00万元。",
        "负责提出利用和保护档案资源的建设。",
        "深入“书香青山”建设。",
        "通过培训，增强业务技能提升。",
        "青山县档案中心单位设3个内设机构。",
        "没有单价100万以上的设备。",
        "收入预算12.34.56万元。",
        "收入预算1，234.56万元。",
        "收入预算1,23.45万元。",
        "占比5.00%%。",
        "226年部门预算已经批复。",
        "截至2025年6月31日。",
        "”三公“经费2.00万元。",
    ],
)
def test_slips_of_the_pen(sentence: str) -> None:
    assert [check.severity for check in failed("F604", HEAD + sentence)] == [Severity.NOTICE]


@pytest.mark.parametrize(
    "sentence",
    [
        "比上年预算增加5.00万元，主要原因是人员增加。",
        "变动原因如下：人员增加。",
        "因退休等原因相应减少。",
        "发展中等职业教育等。",
        "与上年决算数相比增加5.00万元。",
        "负责提出档案工作的建议，组织档案馆的建设。",
        "深入推进“书香青山”建设。",
        "提高服务能力，促进水平提升。",
        "归档文件100万以上页。",
        "没有单价100万元以上的设备。",
        "收入预算1,234.56万元，支出预算234.56万元。",
        "2026年部门预算按3.1.2条编制。",
        "2025年12月31日，2024年2月29日。",
        "“三公”经费2.00万元。",
        "服务期36月，第13月起付款。",
    ],
)
def test_neighbours_of_slips(sentence: str) -> None:
    assert not failed("F604", HEAD + sentence)


def test_a_word_printed_twice() -> None:
    usual = "开展应急演练。\n储备应急物资。\n完善应急预案。\n"
    (found,) = failed("F604", HEAD + usual + "购置应急应急监测帐篷。")
    assert "应急" in found.message
    assert not failed("F604", HEAD + usual + "购置应急监测帐篷。")
    assert not failed(
        "F604",
        HEAD + "设低空航空航天科。\n",
    ), "characters that no other place shows to be a word"


def test_words_that_may_stand_twice() -> None:
    usual = "".join(f"{word}管理。\n{word}建设。\n{word}保障。\n" for word in ("工作", "人员"))
    assert not failed("F604", HEAD + usual + "提高档案工作工作人员的能力。")
    assert not failed("F604", HEAD + usual + "主要是在职人员人员经费增加。")


def test_mixed_brackets_are_one_notice() -> None:
    (found,) = failed("F604", HEAD + "设督查科（档案管理科)和库房。\n(二）负责修复。\n")
    assert "2处" in found.message
    assert not failed("F604", HEAD + "设督查科（档案管理科）和库房(一期)。\n排放氮氧化物(NOx）检验。")


def test_half_width_commas_among_full_ones() -> None:
    full = "负责档案收集，负责档案整理，负责档案修复，负责档案利用，负责档案宣传，负责档案研究，负责指导下级，负责人员培训，负责物业，负责安全。\n负责档案收集，负责档案登记。\n"
    (found,) = failed("F604", HEAD + full + "开展普查,摸清底数。")
    assert "半角" in found.message
    assert not failed("F604", HEAD + full + "支出1,200.00万元。")
    assert not failed("F604", HEAD + "负责收集,负责整理。\n负责修复,负责利用。")


def test_a_paragraph_without_its_full_stop() -> None:
    ended = "".join(f"{n}.负责第{n}类档案的收集、整理、修复和利用，并组织宣传和研究。\n" for n in range(1, 13))
    open_end = "全年接待查档群众一千人次，主要包括单位和个人查阅档案所产生的费用\n"
    (found,) = failed("F604", HEAD + ended + open_end + "14.负责其他档案的收集，完成交办的任务。\n")
    assert found.quote.endswith("费用")
    assert not failed("F604", HEAD + ended)
    assert not failed("F604", HEAD + ended.replace("。", "") + open_end), "no paragraph has one"


def test_a_paragraph_printed_twice() -> None:
    twice = "住房公积金支出20.00万元，主要用于为在职人员缴纳住房公积金。\n"
    (found,) = failed("F604", HEAD + twice + "购房补贴支出5.00万元，主要用于发放在职人员的购房补贴。\n" + twice)
    assert found.quote.startswith("住房公积金支出")
    assert not failed("F604", HEAD + "一、县档案局\n" + twice + "二、县档案馆\n" + twice)
    assert not failed("F604", HEAD + "无其他事项。\n无其他事项。\n"), "too short to be a slip"
