"""Tables by meaning: titles, units, headers, codes, blocks and trees on small hand-made documents."""

from decimal import Decimal

import pytest

from budgetaudit.model import BBox, Cell, ColumnRole, Document, Grid, Line, Page, Place, Row, RowRole, Table
from budgetaudit.recognition import recognise
from tests.rules.small import book_of


def table_of(text: str) -> Table:
    return book_of(text).tables[0]


def row(table: Table, label: str) -> Row:
    return next(r for r in table.rows if r.label == label)


def page_of(
    number: int,
    lines: list[tuple[str, float]],
    rows: list[list[str]],
    *,
    top: float = 100.0,
    edges: tuple[float, ...] = (),
) -> Page:
    """A page with lines at heights and one grid of equal rows."""
    width = len(rows[0])
    xs = edges or tuple(50.0 + 80 * i for i in range(width + 1))
    cells = tuple(
        Cell(text, Place(number, (xs[c], top + 20 * r, xs[c + 1], top + 20 * (r + 1))), r, c)
        for r, line in enumerate(rows)
        for c, text in enumerate(line)
    )
    box: BBox = (xs[0], top, xs[-1], top + 20 * len(rows))
    grid = Grid(cells, len(rows), width, Place(number, box), xs, tuple(top + 20 * r for r in range(len(rows) + 1)))
    return Page(number, 600, 800, tuple(Line(t, Place(number, (50, y, 400, y + 10)), 10) for t, y in lines), (grid,))


def document(*pages: Page) -> Document:
    return Document("x.pdf", "0" * 64, "pdf", pages)


HEAD = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]


def test_title_unit_organisation_and_number_are_taken_from_around_the_table() -> None:
    table = table_of(
        "表3\n2030年部门支出总体情况表\n编制部门：云溪县示例局\n单位：万元\n\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t3.00\n\t合计\t3.00\n"
    )
    assert (table.form, table.unit, table.organisation, table.number) == (
        "expenditure",
        Decimal(10_000),
        "云溪县示例局",
        "表3",
    )


def test_codes_in_three_columns_in_one_and_with_the_name_give_one_tree() -> None:
    three = table_of(
        "表1 支出总表\n类\t款\t项\t科目名称\t合计\n201\t\t\t一般公共服务支出\t3.00\n201\t03\t\t政府办公厅\t3.00\n201\t03\t01\t行政运行\t3.00\n"
    )
    one = table_of(
        "表1 支出总表\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t3.00\n20103\t政府办公厅\t3.00\n2010301\t行政运行\t3.00\n"
    )
    glued = table_of(
        "表1 支出总表\n功能分类科目\t合计\n[201]一般公共服务支出\t3.00\n[20103]政府办公厅\t3.00\n2010301-行政运行\t3.00\n"
    )
    for table in (three, one, glued):
        assert [(r.code, r.parent) for r in table.rows] == [("201", None), ("20103", 0), ("2010301", 1)]
        assert table.rows[2].label == "行政运行"


def test_leaf_pieces_build_on_the_rows_above() -> None:
    table = table_of(
        "表1 支出总表\n类\t款\t项\t科目名称\t合计\n201\t\t\t一般公共服务支出\t3.00\n\t03\t\t政府办公厅\t3.00\n\t\t01\t行政运行\t2.00\n\t\t02\t一般行政管理事务\t1.00\n"
    )
    assert [r.code for r in table.rows] == ["201", "20103", "2010301", "2010302"]


def test_numbers_that_are_no_codes_stay_in_the_name() -> None:
    table = table_of(
        "表1 项目支出表\n项目名称\t合计\n12345政务服务热线运行经费\t3.00\nCC（市本级）\t1.00\n合计\t4.00\n"
    )
    assert [r.code for r in table.rows] == ["", "", ""]


def test_two_sides_are_two_blocks_and_numbering_is_no_code() -> None:
    table = table_of(
        "表1 收支总表\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、财政拨款收入\t3.00\t一、一般公共服务支出\t3.00\n收入总计\t3.00\t支出总计\t3.00\n"
    )
    assert [c.block for c in table.columns] == [0, 0, 1, 1]
    assert row(table, "一、一般公共服务支出").code == "201"
    assert row(table, "收入总计").role is RowRole.TOTAL and row(table, "支出总计").block == 1


def test_partial_rows_and_numbering_levels() -> None:
    table = table_of(
        "表1 收支总表\n项目\t预算数\n一、本年收入\t5.00\n1. 一般公共预算拨款\t4.00\n其中：一般财力\t3.00\n2. 单位资金\t1.00\n收入总计\t5.00\n"
    )
    assert row(table, "2.单位资金").parent == 0
    assert row(table, "其中:一般财力").role is RowRole.PART and row(table, "其中:一般财力").parent == 1


def test_a_header_of_two_rows_gives_paths_and_aspects() -> None:
    table = table_of(
        "表2 收入总表\n科目编码\t科目名称\t合计\t财政拨款\t\t事业收入\n\t\t\t小计\t政府性基金预算\t\n201\t一般公共服务支出\t3.00\t2.00\t2.00\t1.00\n"
    )
    assert table.columns[4].path == ("财政拨款", "政府性基金预算")
    assert table.columns[4].aspects["fund"] == "government-fund"
    assert table.columns[5].aspects["fund"] == "business"


def test_header_number_rows_are_no_figures() -> None:
    table = table_of(
        "收入支出决算总表\n单位：万元\n项目\t行次\t决算数\n栏次\t\t1\n一、财政拨款收入\t1\t3.00\n本年收入合计\t2\t3.00\n"
    )
    assert table.header_rows == (0, 1)
    assert table.columns[1].role is ColumnRole.ORDINAL
    assert len(table.amounts) == 2


def test_a_column_of_dashes_is_a_column_of_amounts() -> None:
    table = table_of(
        "表1 支出总表\n科目名称\t合计\t项目支出\n教育支出\t3.00\t-\n住房保障支出\t2.00\t-\n合计\t5.00\t-\n"
    )
    assert table.columns[2].role is ColumnRole.AMOUNT


def test_a_blank_table_keeps_the_sentence_that_says_why() -> None:
    table = table_of(
        "表8 政府性基金预算支出表\n单位：万元\n科目编码\t科目名称\t合计\n\t合计\t\n\n注：本部门没有使用政府性基金预算安排的支出，故本表为空表。\n"
    )
    assert table.form == "government-fund" and "空表" in table.empty_statement


def test_a_table_continues_on_the_next_page_with_and_without_header() -> None:
    first = page_of(1, [("支出总表", 60), ("单位：万元", 80)], [HEAD, ["201", "一般公共服务支出", "3.00", "3.00", ""]])
    bare = page_of(2, [("- 2 -", 780)], [["205", "教育支出", "2.00", "", "2.00"]])
    again = page_of(3, [], [HEAD, ["", "合计", "5.00", "3.00", "2.00"]])
    _, tables = recognise(document(first, bare, again))
    assert [(t.pages, len(t.grid)) for t in tables] == [((1, 2, 3), 4)]


def test_running_heads_do_not_break_a_table_but_a_title_does() -> None:
    head = ("云溪县示例局2030年部门预算", 20.0)
    pages = [
        page_of(1, [head, ("支出总表", 60)], [HEAD, ["201", "一般公共服务支出", "3.00", "3.00", ""]]),
        page_of(2, [head], [["205", "教育支出", "2.00", "", "2.00"]]),
        page_of(3, [head, ("一般公共预算支出表", 60)], [HEAD, ["201", "一般公共服务支出", "3.00", "3.00", ""]]),
        page_of(4, [head], [["205", "教育支出", "2.00", "", "2.00"]]),
    ]
    _, tables = recognise(document(*pages))
    assert [(t.title, t.pages) for t in tables] == [("支出总表", (1, 2)), ("一般公共预算支出表", (3, 4))]


def test_a_row_cut_by_the_page_is_one_row_even_within_a_figure() -> None:
    first = page_of(
        1,
        [("支出总表", 60)],
        [HEAD, ["205", "教育支出", "2.25", "2.25", ""], ["2050803", "培训经费及机动车", "12,437.3", "12,437.3", ""]],
    )
    second = page_of(2, [], [["", "驾驶员考试支出", "6", "6", ""], ["", "合计", "12,439.61", "12,439.61", ""]])
    _, (table,) = recognise(document(first, second))
    cut = next(r for r in table.rows if r.code == "2050803")
    assert cut.label == "培训经费及机动车驾驶员考试支出"
    assert table.amounts[cut.index, 2].text == "12,437.36"


def test_a_wide_table_goes_on_to_the_right_on_the_next_page() -> None:
    left = page_of(1, [("收入总表", 60)], [["单位名称", "合计", "财政拨款"], ["示例局", "5.00", "3.00"]])
    right = page_of(2, [], [["事业收入", "其他收入"], ["1.00", "1.00"]])
    _, tables = recognise(document(left, right))
    assert [len(t.columns) for t in tables] == [5]


def test_a_figure_in_a_cell_merged_with_the_column_before_it_stands_in_its_own_column() -> None:
    page = page_of(
        1, [("支出总表", 60)], [HEAD, ["201", "一般公共服务支出", "3.00", "3.00", ""], ["", "合计", "3.00", "3.00", ""]]
    )
    grid = page.grids[0]
    merged = [
        Cell(c.text, c.place, c.row, c.col, 1, 2) if (c.row, c.col) == (2, 1) else c
        for c in grid.cells
        if (c.row, c.col) != (2, 2)
    ]
    merged = [Cell("3.00", c.place, 2, 1, 1, 2) if (c.row, c.col) == (2, 1) else c for c in merged]
    total = [Cell("合计", c.place, 2, 0) if (c.row, c.col) == (2, 0) else c for c in merged]
    whole = Page(1, 600, 800, page.lines, (Grid(tuple(total), 3, 5, grid.place, grid.x_edges, grid.y_edges),))
    _, (table,) = recognise(document(whole))
    assert table.amounts[2, 2].text == "3.00"


def test_centred_labels_have_no_levels() -> None:
    page = page_of(
        1, [("项目支出表", 60)], [["支出项目", "合计"], ["甲", "6.00"], ["乙项目", "2.00"], ["丙丁戊己", "4.00"]]
    )
    grid = page.grids[0]
    cells = tuple(
        Cell(c.text, c.place, c.row, c.col, indent=40.0 - 5 * len(c.text)) if c.col == 0 else c for c in grid.cells
    )
    _, (table,) = recognise(
        document(Page(1, 600, 800, page.lines, (Grid(cells, 4, 2, grid.place, grid.x_edges, grid.y_edges),)))
    )
    assert [r.parent for r in table.rows] == [None, None, None]


def test_an_untitled_table_is_known_by_its_words_and_its_fund_is_unknown() -> None:
    targets = table_of("一级指标\t二级指标\t指标值\n产出指标\t数量指标\t≥3\n")
    nameless = table_of("科目编码\t科目名称\t合计\t基本支出\t项目支出\n201\t一般公共服务支出\t3.00\t3.00\t\n")
    assert targets.form == "performance" and not targets.amounts
    assert nameless.form == "expenditure" and nameless.aspects["fund"] == "unknown"


def test_what_no_form_fits_is_left_without_a_form() -> None:
    assert table_of("品种\t产量\n小麦\t3.00\n玉米\t4.00\n").form == ""


def test_the_profile_comes_from_the_text() -> None:
    profile = book_of(
        "云溪县示例局\n2030年度部门决算\n\n表1 收入支出决算总表\n部门：云溪县示例局\n项目\t决算数\n一、财政拨款收入\t3.00\n"
    ).profile
    assert (profile.department, profile.year, profile.kind) == ("云溪县示例局", 2030, "final-account")


def test_a_numbered_partial_list_is_one_list() -> None:
    table = table_of(
        "表9 三公经费预算表\n项目\t预算数\n合计\t430.87\n1、因公出国（境）费用\t0.00\n2、公务接待费\t4.12\n"
        "3、公务用车购置及运行费\t426.75\n其中：（1）公务用车购置费\t200.00\n（2）公务用车运行费\t226.75\n"
    )
    assert [(r.role, r.parent) for r in table.rows[4:]] == [(RowRole.PART, 3), (RowRole.PART, 3)]


def test_a_table_number_does_not_eat_into_the_title() -> None:
    for head in (
        "表5 一般公共预算支出表",
        "表五 一般公共预算支出表",
        "公开05表 一般公共预算支出表",
        "表一一般公共预算支出表",
    ):
        assert (
            table_of(f"{head}\n单位：万元\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t3.00\n").title
            == "一般公共预算支出表"
        )


def test_a_column_of_codes_is_known_without_its_header() -> None:
    table = table_of(
        "表1 支出总表\n功能分类科目编\t科目名称\t合计\n201\t一般公共服务支出\t3.00\n20103\t政府办公厅\t3.00\n2010301\t行政运行\t3.00\n"
    )
    assert table.columns[0].role is ColumnRole.CODE


def test_the_department_may_stand_only_in_a_form() -> None:
    text = "预算01表 收支总表\n项目\t预算数\n一、财政拨款收入\t3.00\n\n预算13表 部门整体支出绩效目标表\n部门名称\t云溪县示例局\n年度目标\t做好工作\n"
    assert book_of(text).profile.department == "云溪县示例局"


def test_a_unit_at_one_height_on_every_page_is_no_running_head() -> None:
    rows = [HEAD, ["201", "一般公共服务支出", "3.00", "3.00", ""]]
    titles = ("支出总表", "一般公共预算支出表", "政府性基金预算支出表", "财政拨款支出表")
    pages = [page_of(n, [(title, 60), ("部门：云溪县示例局 单位：元", 80)], rows) for n, title in enumerate(titles, 1)]
    _, tables = recognise(document(*pages))
    assert [(t.unit, t.unit_text, t.organisation) for t in tables] == [(Decimal(1), "元", "云溪县示例局")] * 4


def test_a_document_says_whether_it_is_a_departments_or_a_units() -> None:
    cover = "2030年云溪县示例局{}\n一、总体情况\n收入预算3.00万元。\n"
    assert book_of(cover.format("部门预算")).profile.level == "department"
    assert book_of(cover.format("单位预算")).profile.level == "unit"
    assert book_of(cover.format("（本级）部门预算")).profile.level == "unit", "a department's own level is a unit"


def test_sentences_name_the_body_that_the_cover_leaves_out() -> None:
    text = "第一部分2030年度部门预算情况说明\n一、部门情况说明\n云溪县示例办公厅主要职责包括：\n1.办文。\n二、收入\n2030年收入预算3.00万元。\n"
    assert book_of(text).profile.department == "云溪县示例办公厅"


COVERS = [
    ("2030年度云溪镇人民政府部门预算公开\n目录\n第一部分 部门概况", "云溪镇人民政府", 2030, "department"),
    ("云溪区教育局\n二〇三〇年部门预算", "云溪区教育局", 2030, "department"),
    ("二○三○年度云溪区教育局部门预算", "云溪区教育局", 2030, "department"),
    ("2030年度\n云溪县人民医院\n单位决算", "云溪县人民医院", 2030, "unit"),
    ("附件1\n部门代码：105\n云溪县示例街道办事处2030年度部门决算公开说明", "云溪县示例街道办事处", 2030, "department"),
    ("云溪县示例乡人民政府关于2030年部门预算的公开说明", "云溪县示例乡人民政府", 2030, "department"),
    ("云溪县示例局（部门）2030年部门预算公开情况说明", "云溪县示例局", 2030, "department"),
    ("（2030年度）\n云溪县示例局部门预算", "云溪县示例局", 2030, "department"),
    ("云溪县示例局2030年部门预算公开表", "云溪县示例局", 2030, "department"),
    ("云溪县示例院2030年单位综合预算", "云溪县示例院", 2030, "unit"),
    (
        "目录\n第一部分 云溪县示例局概况\n一、主要职能\n第二部分 2030年部门预算表\n第三部分 云溪县示例局2030年部门预算情况说明",
        "云溪县示例局",
        2030,
        "department",
    ),
    ("第一部分 云溪县示例局概况\n一、主要职责", "云溪县示例局", 2030, ""),
]


@pytest.mark.parametrize(("cover", "department", "year", "level"), COVERS)
def test_covers_are_read_whatever_stands_around_the_name(cover: str, department: str, year: int, level: str) -> None:
    table = "表1 2030年收支总表\n单位：万元\n项目\t预算数\n一、财政拨款收入\t3.00\n收入总计\t3.00\n"
    profile = book_of(f"{cover}\n\n{table}").profile
    assert (profile.department, profile.year, profile.level) == (department, year, level)


def test_a_line_of_prose_that_ends_like_a_name_is_no_name() -> None:
    text = "第一部分 2030年度部门预算情况说明\n4.研究审核各部门、各机构向市政府\n请示的事项。\n\n表1 收支总表\n项目\t预算数\n收入总计\t3.00\n"
    assert book_of(text).profile.department == ""


def test_the_year_of_a_title_is_no_part_of_the_tables_number() -> None:
    tables = "表1 2030年收支总表\n项目\t预算数\n收入总计\t3.00\n\n表12 2030年项目支出表\n项目名称\t合计\n合计\t3.00\n"
    assert [(t.number, t.title) for t in book_of(tables).tables] == [
        ("表1", "2030年收支总表"),
        ("表12", "2030年项目支出表"),
    ]


def test_codes_of_units_are_no_part_of_the_subjects_codes_beside_them() -> None:
    table = table_of(
        "表3 支出总表\n单位：万元\n科目编码\t\t\t单位代码\t单位名称（科目）\t合计\n类\t款\t项\t\t\t\n"
        "\t\t\t\t合计\t3.00\n\t\t\t301\t示例局\t3.00\n201\t03\t01\t301001\t行政运行\t3.00\n"
    )
    assert [(r.code, r.dimension, r.role) for r in table.rows[1:]] == [
        ("301", "unit", RowRole.UNIT),
        ("2010301", "function", RowRole.ITEM),
    ]


def test_projects_that_print_their_items_code_stand_under_the_item() -> None:
    table = table_of(
        "表3 项目支出表\n单位：万元\n科目编码\t\t\t单位名称（科目）\t金额\n类\t款\t项\t\t\n\t\t\t合计\t3.00\n"
        "\t\t\t一般行政管理事务\t3.00\n201\t03\t02\t甲项目\t2.00\n201\t03\t02\t乙项目\t1.00\n"
    )
    assert [(r.label, r.code, r.parent) for r in table.rows[1:]] == [
        ("一般行政管理事务", "2010302", None),
        ("甲项目", "", 1),
        ("乙项目", "", 1),
    ]


def test_a_total_of_blocks_side_by_side_has_its_figure_in_the_last_of_them() -> None:
    table = table_of(
        "一般公共预算财政拨款基本支出决算表\n单位：万元\n人员经费\t\t\t公用经费\t\t\t\t\t\n"
        "科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\n"
        "301\t工资福利支出\t5.00\t302\t商品和服务支出\t3.00\t310\t资本性支出\t1.00\n"
        "人员经费合计\t\t5.00\t公用经费合计\t\t\t\t\t4.00\n"
    )
    total = next(r for r in table.rows if r.label == "公用经费合计")
    assert total.role is RowRole.TOTAL and table.amounts[total.index, 8].text == "4.00" and total.block == 2


def test_four_sides_with_headers_of_their_own_are_four_blocks() -> None:
    table = table_of(
        "表1 收支总表\n单位：万元\n收入\t\t支出\t\t\t\t\t\n项目\t预算数\t功能分类（大类）\t预算数\t部门支出分类（大类）\t预算数\t政府支出分类（大类）\t预算数\n"
        "一、财政拨款\t3.00\t一、教育支出\t3.00\t一、基本支出\t3.00\t一、经常性补助\t3.00\n"
        "收入总计\t3.00\t支出总计\t3.00\t支出总计\t3.00\t支出总计\t3.00\n"
    )
    assert [c.block for c in table.columns] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_rows_of_counts_are_no_money() -> None:
    table = table_of(
        "“三公”经费情况表\n单位：万元\n项目\t预算数\t决算数\n公务接待费\t3.00\t2.00\n国内公务接待批次（个）\t—\t20\n公务用车保有量（辆）\t—\t3\n"
    )
    assert len(table.amounts) == 2
