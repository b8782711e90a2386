"""Text files: runs of tabbed lines are grids whose places are lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetaudit.errors import UnreadableError
from budgetaudit.model import Document
from budgetaudit.reading import read, text

from .conftest import table

SAMPLE = """\
青岚市档案局 2031 年预算

表 1
单位：万元

项目\t预算数\t备注
一、本年收入\t1,208.25
\u3000\u3000其中：拨款\t1,200.00\t说明
以下各项另列
二、上年结转\t8.25\t
合计\t1,216.50\t

一句说明\t只有一个制表符
\t\t\t续页的一行
"""


def _read(tmp_path: Path, content: bytes) -> Document:
    path = tmp_path / "sample.txt"
    path.write_bytes(content)
    return read(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_and_lines(tmp_path: Path, encoding: str) -> None:
    document = _read(tmp_path, SAMPLE.encode(encoding))
    assert document.format == "text"
    (page,) = document.pages
    assert [(line.text, line.place.line) for line in page.lines] == [
        ("青岚市档案局 2031 年预算", 1), ("表 1", 3), ("单位：万元", 4),
    ]  # fmt: skip
    first = page.grids[0]
    assert table(first) == [
        ["项目", "预算数", "备注"],
        ["一、本年收入", "1,208.25", ""],
        ["其中：拨款", "1,200.00", "说明"],
        ["以下各项另列", "", ""],
        ["二、上年结转", "8.25", ""],
        ["合计", "1,216.50", ""],
    ]
    wide = next(cell for cell in first.cells if cell.text == "以下各项另列")
    assert (wide.colspan, wide.place.line) == (3, 9)
    part = next(cell for cell in first.cells if cell.text == "其中：拨款")
    assert part.indent == 2


def test_a_tabbed_run_that_opens_with_blanks_keeps_its_columns(tmp_path: Path) -> None:
    grids = _read(tmp_path, SAMPLE.encode()).pages[0].grids
    assert table(grids[1]) == [["一句说明", "只有一个制表符", "", ""], ["", "", "", "续页的一行"]]
    assert grids[1].place.line == 13


def test_a_lone_tab_makes_no_table(tmp_path: Path) -> None:
    page = _read(tmp_path, "1.\t一项职责\n\n正文\n".encode()).pages[0]
    assert not page.grids
    assert [line.text for line in page.lines] == ["1. 一项职责", "正文"]


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_COLUMNS", 2)
    document = _read(tmp_path, SAMPLE.encode())
    assert document.pages[0].grids[0].n_cols == 2
    assert any("2 列" in problem.what for problem in document.problems)
    monkeypatch.setattr(text, "MAX_BYTES", 20)
    with pytest.raises(UnreadableError) as caught:
        _read(tmp_path, SAMPLE.encode())
    assert caught.value.kind == "too-large"


def test_same_content_has_the_same_fingerprint(tmp_path: Path) -> None:
    a, b = _read(tmp_path, SAMPLE.encode()), _read(tmp_path, SAMPLE.encode())
    assert a.sha256 == b.sha256 and len(a.sha256) == 64
