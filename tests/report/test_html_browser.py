"""The report in a real browser: what a person clicks and types, on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from budgetaudit.model import Document, Page
from budgetaudit.report.html.report import write_html
from tests.reading.drawing import Sheet, save
from tests.report import factory
from tests.report.browser import Browser, chromium
from tests.report.test_html_report import EVERYTHING, hostile, moved


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    pdf = save(folder, Sheet().text(100, 700, "1,234.56"))
    made = moved(factory.report(), 1)
    document = Document(str(pdf), "", "pdf", (Page(1, 595, 842),))
    target = folder / "report.html"
    write_html(replace(made, document=document), target)
    return target


@pytest.fixture
def opened(browser: Browser, report: Path) -> Iterator[Browser]:
    browser.complaints.clear()
    browser.open(report)
    yield browser
    assert browser.complaints == []


def shown(browser: Browser, selector: str) -> int:
    return int(
        browser.run(f"[...document.querySelectorAll({selector!r})].filter((e) => e.getClientRects().length).length")
    )


def test_findings_are_filtered_by_level_and_by_words(opened: Browser) -> None:
    assert shown(opened, ".finding") == 7
    opened.run("document.querySelector('#finding-levels [data-value=error]').click()")
    assert shown(opened, ".finding") == 1
    opened.run("document.querySelector('#finding-levels [data-value=\"\"]').click()")
    opened.run("document.getElementById('finding-search').focus()")
    opened.type("科目3")
    opened.until("document.getElementById('finding-count').textContent.includes('1 / 7')")
    assert shown(opened, ".finding") == 1


def test_checks_are_filtered_by_verdict_rule_table_and_words(opened: Browser) -> None:
    rows = "#check-list tbody tr"
    assert shown(opened, rows) == 6
    opened.run("document.querySelectorAll('#check-verdicts button')[1].click()")
    assert shown(opened, rows) == 2
    opened.run("document.querySelector('#check-verdicts button').click()")
    for field, option, left in (("check-rule", "X202", 1), ("check-table", "收支总表", 1)):
        opened.run(
            f"{{ const s = document.getElementById({field!r}); s.value = [...s.options].find((o) =>"
            f" o.textContent.includes({option!r})).value; s.dispatchEvent(new Event('change')); }}"
        )
        assert shown(opened, rows) == left, field
        opened.run(
            f"{{ const s = document.getElementById({field!r}); s.value = ''; s.dispatchEvent(new Event('change')); }}"
        )
    opened.run("document.getElementById('check-search').focus()")
    opened.type("涉密")
    opened.until("document.querySelectorAll('#check-list tbody tr').length === 1")


def test_keys_walk_through_findings_and_open_help_and_search(opened: Browser) -> None:
    active = "document.activeElement.id"
    opened.press("j")
    assert opened.run(active) == "f1"
    opened.press("j")
    assert opened.run(active) == "f2"
    opened.press("k")
    assert opened.run(active) == "f1"
    opened.press("?")
    assert opened.run("document.getElementById('help').open")
    opened.press("j")
    assert opened.run("document.getElementById('help').open"), "keys belong to the dialog while it is open"
    opened.run("document.querySelector('#help [data-close]').click()")
    assert not opened.run("document.getElementById('help').open")
    opened.press("/")
    assert opened.run(active) == "finding-search"
    opened.press("j")
    assert opened.run("document.activeElement.value") == "j", "typing in the field is no command"


def test_a_click_on_a_cut_shows_the_whole_page_with_its_boxes(opened: Browser) -> None:
    opened.run("document.querySelector('#f1 .zoom').click()")
    assert opened.run("document.getElementById('whole').open")
    assert opened.run("document.querySelectorAll('#whole-page rect.culprit').length") == 1
    assert opened.run("document.querySelectorAll('#whole-page rect.operand').length") == 2
    size = opened.run("document.querySelector('#whole-page svg').getAttribute('viewBox')")
    assert size == "0 0 595.00 842.00"


def test_the_cut_shows_the_box_where_the_cell_is(opened: Browser) -> None:
    """The box of the total at (370, 140)-(450, 160) lies in the middle of its cut."""
    box = opened.run(
        "(() => { const s = document.querySelector('#f1 .wide-cut svg:last-child'); const r = "
        "s.querySelector('rect.culprit').getBoundingClientRect(), o = s.getBoundingClientRect(), v = s.viewBox.baseVal;"
        "const k = v.width / o.width; return [v.x + (r.left - o.left) * k, v.y + (r.top - o.top) * k]; })()"
    )
    assert box == pytest.approx([370, 140], abs=2)


def test_a_figure_tells_its_checks(opened: Browser) -> None:
    opened.run("document.getElementById('t2').open = true")
    opened.run("document.querySelector('#t2 td.s-failed').click()")
    said = opened.run("document.getElementById('cell-said').textContent")
    assert "1,234.56" in said and "不符" in said and "T102" in said
    assert opened.run("document.activeElement.textContent") == "1,234.56"
    opened.press("ArrowRight")
    assert opened.run("document.activeElement.textContent") == "234.50"
    opened.press("Escape")
    assert opened.run("document.getElementById('cell').hidden")


@pytest.mark.parametrize(("width", "phone"), [(1280, False), (390, True), (320, True)])
def test_the_page_is_never_wider_than_the_screen(browser: Browser, report: Path, width: int, phone: bool) -> None:
    browser.open(report, width, 800, phone=phone)
    browser.run("for (const d of document.querySelectorAll('details')) d.open = true")
    assert browser.run("document.documentElement.scrollWidth") <= width


def test_what_a_document_says_never_runs(browser: Browser, tmp_path: Path) -> None:
    target = tmp_path / "evil.html"
    write_html(hostile(EVERYTHING), target)
    browser.complaints.clear()
    browser.open(target, 390, 800, phone=True)
    browser.run("for (const d of document.querySelectorAll('details')) d.open = true")
    browser.run("document.querySelector('[data-c]').click()")
    assert shown(browser, "#check-list tbody tr") == 6
    assert browser.run("window.hit === undefined && !document.querySelector('img')")
    assert browser.run("document.documentElement.scrollWidth") <= 390
    assert browser.complaints == []
