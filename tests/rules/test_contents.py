"""The contents of a document against its body: order of tables, numbers and names of headings."""

from __future__ import annotations

from budgetaudit.model import Severity
from tests.rules.small import failed

TABLES = {
    "收支总表": "收支总表\n单位：万元\n收入\t\t支出\n一般公共预算\t30.00\t一般公共服务支出\t30.00\n收入总计\t30.00\t支出总计\t30.00\n\n",
    "收入总表": "收入总表\n单位：万元\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t30.00\n合计\t\t30.00\n\n",
    "支出总表": "支出总表\n单位：万元\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t30.00\n合计\t\t30.00\n\n",
    "政府性基金支出表": "政府性基金支出表\n单位：万元\n科目编码\t科目名称\t合计\n212\t城乡社区支出\t3.00\n合计\t\t3.00\n\n",
}
NAMES = list(TABLES)
NUMBERS = "一二三四"


def document(
    order: list[str] = NAMES, explained: list[str] = NAMES, duties: str = "一、主要职责", glossary: str = "名词解释"
) -> str:
    """A disclosure whose contents list the tables in their usual order."""
    listed = "".join(f"{n}、{name}\n" for n, name in zip(NUMBERS, NAMES, strict=True))
    said = "".join(f"{n}、{name}情况说明\n本表反映收支。\n" for n, name in zip(NUMBERS, explained, strict=True))
    return (
        "青山县档案局2026年部门预算\n目录\n第一部分 部门概况\n一、主要职责\n第二部分 预算表\n"
        f"{listed}第三部分 情况说明\n第四部分 {glossary}\n\n"
        f"第一部分 部门概况\n{duties}\n负责全县档案工作。\n第二部分 预算表\n\n"
        f"{''.join(TABLES[name] for name in order)}"
        f"第三部分 情况说明\n{said}第四部分 名词解释\n一般公共预算：指以税收为主的收支预算。\n"
    )


def test_a_body_like_its_contents() -> None:
    assert not failed("F605", document())


def test_two_tables_the_other_way_round() -> None:
    (found,) = failed("F605", document(order=["收支总表", "支出总表", "收入总表", "政府性基金支出表"]))
    assert found.quote == "收入总表" and found.severity is Severity.NOTICE


def test_tables_in_quite_another_order_are_their_own_order() -> None:
    assert not failed("F605", document(order=NAMES[::-1]))


def test_an_explanation_of_a_table_that_the_contents_name_otherwise() -> None:
    (found,) = failed("F605", document(explained=[*NAMES[:3], "政府性基金基本支出表"]))
    assert found.quote == "四、政府性基金基本支出表情况说明"


def test_explanations_of_other_matters() -> None:
    assert not failed("F605", document(explained=["收支总体", "收入", "支出", "政府采购"]))
    assert not failed("F605", document(explained=["总体", "财政拨款", "采购", "绩效"]))


def test_a_heading_with_another_number() -> None:
    (found,) = failed("F605", document(duties="（一）主要职责"))
    assert found.quote == "（一）主要职责"


def test_a_short_part_with_another_name() -> None:
    (found,) = failed("F605", document(glossary="名称解释"))
    assert found.expected_text == "名词解释"


def test_an_entry_without_its_first_character_is_no_missing_table() -> None:
    text = document().replace("三、支出总表\n四", "三、出总表\n四")
    (found,) = failed("F605", text)
    assert found.severity is Severity.NOTICE and found.expected_text == "支出总表"
