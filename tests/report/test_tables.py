from __future__ import annotations

import csv
import io

import pytest

from budgetaudit.model import ColumnRole
from budgetaudit.report.tables import body_texts, csv_safe, row_texts, write_csv
from tests.report import factory

T = ColumnRole.NAME


def test_a_merged_cell_shows_its_text_once() -> None:
    table = factory.table_of("t", "表", [["甲", "<", "乙"], ["^", "<", "丙"], ["^", "<", None]], [T, T, T], 0)
    assert [row_texts(table, row) for row in range(3)] == [["甲", "", "乙"], ["", "", "丙"], ["", "", ""]]


def test_equal_neighbours_are_two_cells() -> None:
    table = factory.table_of("t", "表", [["0.00", "0.00"], ["0.00", "0.00"]], [T, T], 0)
    assert body_texts(table) == [["0.00", "0.00"], ["0.00", "0.00"]]


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+社会保障", "'+社会保障"),
        ("-1+2", "'-1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("-1,234.50", "-1,234.50"),
        ("-", "-"),
        ("--", "--"),
        ("－", "－"),
        ("+5", "+5"),
        ("2=1+1", "2=1+1"),
        ("行\x00\x1b政", "行政"),
    ],
)
def test_csv_text_cannot_run(text: str, stored: str) -> None:
    assert csv_safe(text) == stored


def test_one_csv_holds_all_tables() -> None:
    stream = io.StringIO(newline="")
    write_csv(factory.report().tables, stream)
    rows = list(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert rows[0][:5] == ["表序", "表名", "单位", "位置", "部分"]
    assert rows[1] == ["1", "收支总表[*/:]", "元", "第7页", "表头", "收入项目", "预算数", "占比"]
    assert {row[0] for row in rows[1:]} == {"1", "2"}
    assert [row for row in rows if row[0] == "2"][2] == [
        "2", "支出预算总表", "万元", "第8页", "表体", "合计", "", "", "", "1,234.56", "234.50", "1,000.00",
    ]  # fmt: skip
    injected = next(row for row in rows if "HYPERLINK" in "".join(row))
    assert injected[8].startswith("'=")
