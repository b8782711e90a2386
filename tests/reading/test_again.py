"""A second look at one place of a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetaudit.model import Document, Page, Place
from budgetaudit.reading.again import texts
from tests.reading.drawing import Sheet, save


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_text_of_a_box_as_displayed(tmp_path: Path, rotate: int) -> None:
    path = save(tmp_path, Sheet(300, 200, rotate=rotate).text(50, 150, "21.35").text(150, 50, "42.50"))
    # The baseline of 21.35 is 150 points above the bottom left corner, in user space; here as displayed.
    user = (48, 148, 80, 160)
    x0, y0, x1, y1 = user
    box = {
        0: (x0, 200 - y1, x1, 200 - y0),
        90: (y0, x0, y1, x1),
        180: (300 - x1, y0, 300 - x0, y1),
        270: (200 - y1, 300 - x1, 200 - y0, 300 - x0),
    }[rotate]
    document = Document(str(path), "0" * 64, "pdf", (Page(1, 300, 200),))
    place = Place(page=1, bbox=box)
    assert {p: t.strip() for p, t in texts(document, [place]).items()} == {place: "21.35"}


def test_what_cannot_be_read_again_is_left_out(tmp_path: Path) -> None:
    gone = Document(str(tmp_path / "gone.pdf"), "0" * 64, "pdf", (Page(1, 300, 200),))
    assert texts(gone, [Place(page=1, bbox=(0, 0, 9, 9))]) == {}
    assert texts(Document("a.txt", "0" * 64, "text", ()), [Place(line=3)]) == {}
    assert texts(gone, [Place(page=7, bbox=(0, 0, 9, 9))]) == {}
