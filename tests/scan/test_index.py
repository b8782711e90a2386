from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from budgetaudit.scan import Settings, Store, scan
from budgetaudit.scan.discover import Entry
from budgetaudit.scan.index import write_index
from budgetaudit.scan.link_rows import link_rows
from budgetaudit.scan.live import Quiet
from budgetaudit.scan.outcome import FileVerdict, Outcome
from budgetaudit.scan.schema import TABLES
from budgetaudit.scan.summary import file_rows, repeated

Call = Callable[..., CompletedProcess[str]]


class Page(HTMLParser):
    """What a page refers to, and its text by tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _made(store: Store, target: Path) -> Page:
    rows = file_rows(store)
    return Page(write_index(store, rows, repeated(store, rows), link_rows(store, rows), target).read_text("utf-8"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, Path]:
    samples = Path(__file__).parents[2] / "samples"
    here = tmp_path_factory.mktemp("index")
    folder = here / "in"
    folder.mkdir()
    for name in ("yuan-clean.pdf", "numbered-errors.pdf"):
        (folder / name).write_bytes((samples / name).read_bytes())
    (folder / "网页.pdf").write_text("<!DOCTYPE html><html><body>404</body></html>", "utf-8")
    with Store(here / "s.sqlite") as store:
        scan([folder], store, Settings(jobs=1), Quiet())
        return _made(store, here / "out"), here / "out"


def test_one_row_a_file_the_worst_first_and_each_document_has_its_page(pages: tuple[Page, Path]) -> None:
    page, folder = pages
    verdicts = [attrs["data-verdict"] for tag, attrs in page.tags if tag == "tr" and "data-verdict" in attrs]
    assert verdicts[0] == "findings" and sorted(verdicts[1:]) == ["clean", "unreadable"]
    links = [attrs["href"] or "" for tag, attrs in page.tags if tag == "a" and "data-stop" in attrs]
    assert len(links) == 2 and all((folder / link).is_file() for link in links)
    first = (folder / links[0]).read_text("utf-8")
    assert first.count('<article class="card error"') >= 1 and "应为" in first and "第" in first
    back = next(
        attrs["href"] for tag, attrs in Page(first).tags if tag == "a" and "index.html" in (attrs["href"] or "")
    )
    assert (folder / links[0]).parent.joinpath(back or "").resolve() == (folder / "index.html").resolve()


def test_nothing_is_fetched_from_elsewhere(pages: tuple[Page, Path]) -> None:
    for path in pages[1].rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text) and "@import" not in text and "url(" not in text
        policy = next(attrs["content"] for tag, attrs in Page(text).tags if attrs.get("http-equiv"))
        assert policy is not None and policy.startswith("default-src 'none'")


def test_what_documents_say_is_no_markup(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>\"'&"
    names = [line.split()[0].strip('"') for line in TABLES["findings"].replace(",", "\n").splitlines() if line.strip()]
    columns = names[names.index("id") : names.index("PRIMARY")]
    values = dict.fromkeys(columns, evil) | dict.fromkeys(("page", "line", "x0", "y0", "x1", "y1"))
    values |= {
        "severity": "error",
        "confidence": 1.0,
        "root": "",
        "operands": '[{"label":"<b>x</b>","value":"<i>1</i>"}]',
    }
    document = dict.fromkeys(("errors", "warnings", "notices", "numeric_cells", "numeric_cells_checked", "pages"), 1)
    document |= dict.fromkeys(("checks_held", "checks_rounding", "checks_explained", "checks_failed"), 1)
    outcome = Outcome(
        "0" * 64, FileVerdict.FINDINGS, document={**document, "department": evil, "title": evil, "kind": evil}
    )
    outcome.findings = [tuple(values[name] for name in columns)]
    with Store(tmp_path / "s.sqlite") as store:
        store.put_outcome(Entry(tmp_path / f"{evil.replace('/', '')}.pdf", tmp_path, "0" * 64), outcome, "", "", "")
        page = _made(store, tmp_path / "所有.html")
    made = [tmp_path / "所有.html", *(tmp_path / "所有-documents").iterdir()]
    assert len(made) == 2 and any(evil in word for word in page.words)
    for path in made:
        parsed = Page(path.read_text("utf-8"))
        assert not any(
            tag in ("b", "i") and word == "x" for (tag, _), word in zip(parsed.tags, parsed.words, strict=False)
        )
        assert path.read_text("utf-8").count("<script>") == 1  # our own


def test_the_command_takes_a_folder_or_a_file(folder: Path, call: Call, tmp_path: Path) -> None:
    call("scan", folder, "--store", tmp_path / "s.sqlite")
    for target, made in (("页", "页/index.html"), ("b.html", "b.html")):
        result = call("report", tmp_path / "s.sqlite", "--html", tmp_path / target)
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
        assert "核对汇总" in (tmp_path / made).read_text("utf-8")
    refused = call("report", tmp_path / "s.sqlite", "--html", tmp_path / "s.sqlite")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
