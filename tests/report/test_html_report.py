from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from budgetaudit.audit import audit
from budgetaudit.model import Cell, Change, Document, Hidden, Page, Place, Repair, Report, Table
from budgetaudit.reading import read
from budgetaudit.report.html import cards as card_module
from budgetaudit.report.html import checklist as checklist_module
from budgetaudit.report.html import heat as heat_module
from budgetaudit.report.html import pictures as picture_module
from budgetaudit.report.html.heat import State, heats
from budgetaudit.report.html.report import page, write_html
from tests.reading.drawing import Sheet, save
from tests.report import factory

EVIL = (
    '=HYPERLINK("http://evil.example","点我")',
    "<script>window.hit=1</script>",
    "</script><img src=x onerror='window.hit=2'>",
    "</style><b>",
    "<!--",
    "]]>",
    "\" onmouseover='window.hit=3' x=\"",
    "{{ 7 * 191 }}{% raw %}",
    "甲\u202e乙\u2028丙\x1b[31m",
    "长" * 40_000,
)
EVERYTHING = "".join(EVIL[:-1])


class Elements(HTMLParser):
    """Every element with its attributes, and the text of the scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text = ""
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            self.scripts.append((self.found[-1][1], data))
        elif self._open != "style":
            self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.found)


def hostile(evil: str) -> Report:
    """A report in which every text that comes from a document is this one."""
    report = factory.report()
    texts = {"message": evil, "table": evil, "row": evil, "column": evil, "quote": evil + "x", "suggestion": evil}
    operand = replace(report.findings[-1].operands[0], label=evil)
    repairs = (Repair((Change(operand, evil),), 3), Repair((Change(operand, evil), Change(operand, "1")), 2, evil))
    findings = tuple(
        replace(f, **texts, operands=(operand,), formula=evil, reported=evil, repairs=repairs) for f in report.findings
    )
    checks = tuple(replace(c, formula=evil, reason=evil, quote=evil, message=evil) for c in report.checks)
    tables = tuple(
        replace(t, title=evil, doubt=evil, grid=tuple(tuple(c and replace(c, text=evil) for c in r) for r in t.grid))
        for t in report.tables
    )
    return replace(
        report,
        document=replace(report.document, path=evil),
        profile=replace(report.profile, title=evil, department=evil),
        tables=tables,
        checks=checks,
        findings=findings,
        hidden=(Hidden(findings[0], evil),),
    )


@pytest.mark.parametrize("evil", [*EVIL, EVERYTHING])
def test_what_a_document_says_stays_text(evil: str) -> None:
    harmless = Elements(page(hostile("无害")))
    found = Elements(page(hostile(evil)))
    # The rule pages aside, which only real texts bring, both pages have the same elements in the same order.
    assert [tag for tag, _ in found.found] == [tag for tag, _ in harmless.found]
    for tag, attributes in found.found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
    assert "1337" not in found.text
    assert "\u202e" not in found.text and "\x1b" not in found.text


def test_a_cell_of_forty_thousand_characters_does_not_fill_the_page() -> None:
    assert len(page(hostile(EVIL[-1]))) < 250_000


def test_data_elements_are_json_that_no_text_can_leave() -> None:
    found = Elements(page(hostile(EVERYTHING)))
    data = {attributes["id"]: text for attributes, text in found.scripts if "id" in attributes}
    assert set(data) == {"check-data", "texts"}
    rows = json.loads(data["check-data"])["rows"]
    assert len(rows) == 6
    assert any("</script>" in str(row) for row in rows)
    assert all("<" not in text for text in data.values())


def test_the_policy_names_the_only_script_and_style() -> None:
    text = page(factory.report())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    said = policy.group(1).replace("&#39;", "'")
    assert said.startswith("default-src 'none'; img-src data:;")
    for element, directive in (("script", "script-src"), ("style", "style-src")):
        inline = re.findall(rf"<{element}>(.*?)</{element}>", text, re.S)
        assert len(inline) == 1
        digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in said
    for tag, attributes in Elements(text).found:
        for name in ("src", "href", "action", "data", "poster", "srcset"):
            assert (attributes.get(name) or "#").startswith(("#", "data:image/png;base64,")), (tag, name)


def test_cards_are_roots_with_their_dependants_folded_in() -> None:
    report = factory.report()
    head, other = report.findings[-1], report.findings[-2]
    report = replace(report, findings=(head, replace(other, root=head.id)))
    text = page(report)
    found = Elements(text)
    cards = [attributes for tag, attributes in found.found if tag == "article"]
    assert [card["id"] for card in cards] == ["f1"]
    assert "由此引起的其他不符 1 处" in text
    assert text.index("12,345,600.00") > text.index("由此引起的其他不符")


def test_repairs_that_are_alternatives_are_told_one_by_one() -> None:
    report = factory.report()
    head = report.findings[-1]
    one = Repair((Change(head.operands[0], "1,134.56"),), 4)
    other = Repair((Change(head.operands[1], "100.06"),), 4)
    text = page(replace(report, findings=(replace(head, repairs=(one, other)),)))
    assert "更正方案 1" in text and "1,134.56" in text
    assert "更正方案 2" in text and "100.06" in text
    assert "更正方案" not in page(replace(report, findings=(replace(head, repairs=(one,)),)))


def test_nothing_found_and_nothing_checked_are_told_apart() -> None:
    clean, empty = Elements(page(factory.clean_report())), Elements(page(factory.clean_report(checked=False)))
    assert ("p", {"class": "verdict good"}) in clean.found
    assert ("p", {"class": "verdict none"}) in empty.found
    assert "没有可列的问题" in clean.text and "没有核对任何数字" in empty.text
    assert "没有三公经费表" in clean.text and "表格没有表名" in clean.text


def test_hidden_findings_are_counted_with_their_reason() -> None:
    report = factory.report()
    text = Elements(page(replace(report, hidden=(Hidden(report.findings[0], "低于 --min-severity"),) * 3))).text
    assert "未列出 3 处：低于 --min-severity" in text


def test_a_figure_in_question_is_told_from_those_that_are_only_compared_with_it() -> None:
    report = factory.report()
    report = replace(report, checks=report.checks[2:3], findings=report.findings[-1:])
    found = heats(report, {})[1].counts
    assert found == {State.FAILED: 1, State.INVOLVED: 2, State.UNCHECKED: 8}


def test_states_come_from_what_the_checks_decided() -> None:
    report = factory.report()
    held, rounding, _failed, _same, _explained, unknown = report.checks
    report = replace(report, findings=())

    def counts(*checks: object) -> dict[State, int]:
        return dict(heats(replace(report, checks=checks), {})[1].counts)  # type: ignore[arg-type]

    assert counts(held) == {State.HELD: 3, State.UNCHECKED: 8}
    assert counts(unknown) == {State.UNCHECKED: 11}
    assert counts(rounding) == {State.ROUNDING: 1, State.HELD: 2, State.UNCHECKED: 8}
    assert counts() == {State.UNCHECKED: 11}


def test_a_table_that_is_too_large_is_told_in_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heat_module, "MAX_CELLS", 10)
    report = factory.report()
    drawn, large = heats(report, {})
    assert drawn.rows and not large.rows
    assert sum(large.counts.values()) == 11
    assert "这张表太大，没有画出" in page(report)


def test_many_findings_and_checks_are_bounded_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_module, "MAX_CARDS", 2)
    monkeypatch.setattr(card_module, "MAX_LISTED", 3)
    monkeypatch.setattr(checklist_module, "MAX_CHECKS", 4)
    found = Elements(page(factory.report()))
    assert sum("finding" in (attributes.get("class") or "") for _, attributes in found.found) == 2
    assert "另有 2 处未列出" in found.text
    assert "只列出 4 项（不符的在先），其余 2 项" in found.text
    rows = json.loads(next(text for attributes, text in found.scripts if attributes.get("id") == "check-data"))["rows"]
    assert [row[0] for row in rows] == [0, 0, 1, 2]


def test_twenty_thousand_checks_stay_small() -> None:
    report = factory.report()
    text = page(replace(report, checks=report.checks * 3_400))
    assert len(text) < 5_000_000
    assert "其余 10,400 项" in text or "其余 10400 项" in text


# ----------------------------------------------------------------------------------------------------------- pictures


def drawn(tmp_path: Path, *sheets: Sheet) -> Report:
    """The report of factory over pages that exist: table t1 stands on page 2, in the middle of which is its total."""
    path = save(tmp_path, *sheets)
    pages = tuple(Page(n, s.width, s.height) for n, s in enumerate(sheets, 1))
    report = factory.report()
    return replace(report, document=Document(str(path), "", "pdf", pages))


def moved(report: Report, number: int) -> Report:
    """Every place on one page."""

    def place(old: Place) -> Place:
        return replace(old, page=number)

    def cell(old: Cell | None) -> Cell | None:
        return old and replace(old, place=place(old.place))

    def table(old: Table) -> Table:
        return replace(old, pages=(number,), grid=tuple(tuple(map(cell, row)) for row in old.grid))

    return replace(
        report,
        tables=tuple(map(table, report.tables)),
        findings=tuple(
            replace(
                f,
                place=place(f.place),
                operands=tuple(replace(o, place=place(o.place)) for o in f.operands),
            )
            for f in report.findings
        ),
    )


def test_each_page_is_pictured_once_however_often_it_is_shown(tmp_path: Path) -> None:
    report = moved(drawn(tmp_path, Sheet(), Sheet().text(100, 700, "page two")), 2)
    found = Elements(page(report))
    images = [attributes for tag, attributes in found.found if tag == "image"]
    assert [image["id"] for image in images] == ["p2"]
    assert {attributes["href"] for tag, attributes in found.found if tag == "use"} == {"#p2"}
    assert found.count("rect") >= 4


def test_a_finding_without_a_picture_is_told_all_the_same(tmp_path: Path) -> None:
    report = moved(drawn(tmp_path, Sheet()), 1)
    gone = replace(report, document=replace(report.document, path=str(tmp_path / "gone.pdf")))
    found = Elements(page(gone))
    assert not found.count("image") and not found.count("use")
    assert "合计不等于各类之和" in found.text
    assert "未附图" in found.text


def test_pictures_are_bounded_in_number_size_and_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = drawn(tmp_path, *(Sheet() for _ in range(4))).document
    assert list(picture_module.pictures(document, [3, 1, 4, 9])) == [3, 1, 4]
    monkeypatch.setattr(picture_module, "MAX_PAGES", 2)
    assert list(picture_module.pictures(document, [3, 1, 4])) == [3, 1]
    monkeypatch.setattr(picture_module, "MAX_SECONDS", -1.0)
    assert len(picture_module.pictures(document, [3, 1])) <= 1
    monkeypatch.setattr(picture_module, "MAX_SECONDS", 15.0)
    monkeypatch.setattr(picture_module, "MAX_BYTES", 10)
    assert picture_module.pictures(document, [3, 1]) == {}


def test_a_thousand_pages_in_question_make_no_page_of_a_hundred_megabytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_module, "MAX_PAGES", 5)
    report = drawn(tmp_path, *(Sheet(200, 200) for _ in range(40)))
    error = report.findings[-1]
    many = tuple(
        replace(error, id=f"F{n}", ref=None, operands=(), place=replace(error.place, page=n)) for n in range(1, 41)
    )
    text = page(replace(report, findings=many))
    assert text.count("<image ") == 5
    assert "有 35 页未附图" in text


def test_an_enormous_page_becomes_a_small_picture(tmp_path: Path) -> None:
    document = drawn(tmp_path, Sheet(14_000, 14_000)).document
    picture = picture_module.pictures(document, [1])[1]
    assert len(picture.address) < 100_000


# --------------------------------------------------------------------------------------------------------- text files


def test_a_text_file_shows_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    table = "表1 支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    rows = "201\t一般公共服务支出\t30.00\t10.00\t20.00\n208\t社会保障支出\t5.00\t5.00\t\n合计\t\t36.00\t15.00\t20.00\n"
    path.write_text(table + rows, "utf-8")
    target = tmp_path / "a.html"
    write_html(audit(read(path)), target)
    found = Elements(target.read_text("utf-8"))
    assert found.count("image") == 0
    marked = [attributes for tag, attributes in found.found if tag == "tr" and attributes.get("class") == "culprit"]
    assert marked
    assert "36.00" in found.text
