from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

from budgetaudit.model import Cell, Document, Grid, Page, Place
from budgetaudit.report.draw import SCALE, draw
from tests.report import factory


def blank_pdf(path: Path, pages: int = 2) -> Path:
    pdf = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        pdf.new_page(600, 400)
    pdf.save(str(path))
    pdf.close()
    return path


def painted(tmp_path: Path, pages: tuple[Page, ...], tables: tuple[object, ...]) -> list[Image.Image]:
    pdf = blank_pdf(tmp_path / "a.pdf", len(pages))
    document = Document(str(pdf), "", "pdf", pages)
    files = draw(document, tables, pdf, tmp_path / "out")  # type: ignore[arg-type]
    assert [f.name for f in files] == [f"page-{n:03d}.png" for n in range(1, len(pages) + 1)]
    return [Image.open(f).convert("RGB") for f in files]


def at(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    return tuple(image.getpixel((int(x * SCALE), int(y * SCALE))))  # type: ignore[arg-type]


def test_roles_have_colours_of_their_own(tmp_path: Path) -> None:
    texts = [["科目", "编码", "金额"], ["甲", "201", "1.00"], ["乙", "202", "错"]]
    roles = [factory.N, factory.C, factory.A]
    table = factory.table_of("t1", "支出表", texts, roles, 1, page=1, form="expenditure", form_name="支出表")
    image = painted(tmp_path, (Page(1, 600, 400), Page(2, 600, 400)), (table,))[0]
    head, name, code, amount = (at(image, x, y) for x, y in ((110, 110), (110, 130), (190, 130), (270, 130)))
    unread = at(image, 270, 150)
    assert len({head, name, code, amount, unread}) == 5
    assert at(image, 590, 390) == (255, 255, 255)


def test_a_grid_in_no_table_is_outlined_in_red(tmp_path: Path) -> None:
    box = (100.0, 100.0, 300.0, 200.0)
    grid = Grid((Cell("x", Place(1, box), 0, 0),), 1, 1, Place(1, box))
    image = painted(tmp_path, (Page(1, 600, 400, grids=(grid,)),), ())[0]
    red, green, blue = at(image, 200, 200)
    assert red > 180 and green < 100 and blue < 100


def test_every_page_has_a_legend_and_an_enormous_page_stays_small(tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(14_000, 14_000)
    pdf.save(str(tmp_path / "big.pdf"))
    pdf.close()
    files = draw(Document("big.pdf", "", "pdf", (Page(1, 14_000, 14_000),)), (), tmp_path / "big.pdf", tmp_path / "out")
    image = Image.open(files[0])
    assert image.width * image.height < 26_000_000
    assert image.height > image.width
