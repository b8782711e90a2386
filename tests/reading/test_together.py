from dataclasses import replace

import pytest

from budgetaudit.errors import UnreadableError
from budgetaudit.model import Cell, Document, Grid, Line, Page, Part, Place, Problem
from budgetaudit.reading.together import together


def document(path: str, pages: int) -> Document:
    def page(number: int) -> Page:
        cell = Cell("1.00", Place(number, (1, 1, 2, 2)), 0, 0)
        grid = Grid((cell,), 1, 1, Place(number, (1, 1, 2, 2)))
        return Page(number, 600, 800, (Line("文字", Place(number, (1, 3, 2, 4))),), (grid,))

    return Document(
        path, path * 64, "pdf", tuple(page(n + 1) for n in range(pages)), (Problem("坏页", 1), Problem("全文"))
    )


def test_pages_of_the_second_file_are_counted_on_everywhere() -> None:
    joined = together([document("a", 2), document("b", 3)])
    assert joined.parts == (Part("a", 1, 2), Part("b", 3, 3))
    assert [page.number for page in joined.pages] == [1, 2, 3, 4, 5]
    last = joined.pages[-1]
    assert {last.lines[0].place.page, last.grids[0].place.page, last.grids[0].cells[0].place.page} == {5}
    assert [problem.page for problem in joined.problems] == [1, None, 3, None]


def test_the_digest_depends_on_the_order_and_text_files_are_refused() -> None:
    a, b = document("a", 1), document("b", 1)
    assert together([a, b]).sha256 != together([b, a]).sha256
    with pytest.raises(UnreadableError, match="PDF"):
        together([a, replace(b, format="text")])
