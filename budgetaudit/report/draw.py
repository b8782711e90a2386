"""What was read and recognised, painted over the page images: the way to see why a table was misread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from budgetaudit.lang import N_, _, in_every_language
from budgetaudit.model import BBox, Cell, ColumnRole, Document, Page, RowRole, Table
from budgetaudit.report.tables import is_origin
from budgetaudit.report.words import table_unit, visible

SCALE = 2.0
_MAX_PIXELS = 24_000_000
_HEADER = (70, 130, 220)
_UNKNOWN = (220, 30, 30)
_COLUMNS = {
    ColumnRole.CODE: ((150, 90, 200), N_("编码列")),
    ColumnRole.NAME: ((60, 160, 90), N_("名称列")),
    ColumnRole.AMOUNT: ((240, 170, 40), N_("金额列")),
    ColumnRole.ORDINAL: ((120, 120, 120), N_("序号列")),
    ColumnRole.RATIO: ((30, 170, 180), N_("比率列")),
    ColumnRole.TEXT: ((160, 140, 120), N_("文字列")),
}
_ROWS = {
    RowRole.TOTAL: ((190, 20, 60), N_("合计行")),
    RowRole.ITEM: ((120, 120, 120), N_("明细行")),
    RowRole.PART: ((230, 120, 0), N_("其中行")),
    RowRole.UNIT: ((20, 90, 160), N_("单位行")),
    RowRole.BLANK: ((205, 205, 205), N_("空行")),
}
# Pillow ships no Chinese font: one of these is found by name where the system has it.
_FONTS = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "msyh.ttc",
    "simsun.ttc",
    "simhei.ttf",
    "PingFang.ttc",
    "STHeiti Medium.ttc",
)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Colour = tuple[int, int, int]


def draw(document: Document, tables: Sequence[Table], pdf_path: Path, out_dir: Path) -> tuple[Path, ...]:
    """Paint each page of a PDF into ``out_dir`` (page-001.png ...) and return the files.

    Raises OSError where a file cannot be written, and pypdfium2.PdfiumError where the PDF cannot be opened.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    font, chinese = _font(20)
    known = {_key(cell.place.page, cell.place.bbox) for table in tables for cell in _cells(table)}
    written = []
    pdf = pypdfium2.PdfDocument(str(pdf_path))
    try:
        for page in document.pages:
            if page.number > len(pdf):
                break
            scale = min(SCALE, (_MAX_PIXELS / max(1.0, page.width * page.height)) ** 0.5)
            source = pdf[page.number - 1]
            try:
                image = source.render(scale=scale).to_pil().convert("RGB")
            finally:
                source.close()
            painted = _PagePainter(page, image, scale, font, chinese).paint(tables, known)
            target = out_dir / f"page-{page.number:03d}.png"
            painted.save(target)
            written.append(target)
    finally:
        pdf.close()
    return tuple(written)


class _PagePainter:
    """The layers over one page image."""

    def __init__(self, page: Page, image: Image.Image, scale: float, font: Font, chinese: bool) -> None:
        self.page = page
        self.scale = scale
        self.font = font
        self.chinese = chinese
        self.image = image
        self.layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
        self.pen = ImageDraw.Draw(self.layer)

    def paint(self, tables: Sequence[Table], known: set[tuple[int | None, ...]]) -> Image.Image:
        for table in tables:
            self._table(table)
        for grid in self.page.grids:
            if not any(_key(cell.place.page, cell.place.bbox) in known for cell in grid.cells):
                if grid.place.bbox:
                    self._outline(grid.place.bbox, _UNKNOWN, 5)
                    self._label(grid.place.bbox, self._word(N_("未归入任何表")), _UNKNOWN)
            elif grid.doubt and grid.place.bbox:
                x0, _y0, x1, y1 = grid.place.bbox
                doubts = " ".join(self._word(doubt) for doubt in grid.doubts)
                self._label((x0, y1 + 14, x1, y1), f"? {visible(doubts, 60)}", _UNKNOWN)
        merged = Image.alpha_composite(self.image.convert("RGBA"), self.layer).convert("RGB")
        return self._with_legend(merged)

    def _table(self, table: Table) -> None:
        here = [cell for cell in _cells(table) if cell.place.page == self.page.number]
        if not here:
            return
        roles = {column.index: column.role for column in table.columns}
        for row in range(len(table.grid)):
            for col in range(len(table.grid[row])):
                cell = table.grid[row][col]
                if cell is None or cell.place.page != self.page.number or not is_origin(table, row, col):
                    continue
                if row in table.header_rows:
                    self._cell(cell, _HEADER)
                elif (role := roles.get(col)) is not None:
                    unread = role is ColumnRole.AMOUNT and cell.flat and (row, col) not in table.amounts
                    self._cell(cell, _UNKNOWN if unread else _COLUMNS[role][0])
                else:
                    self._outline(cell.place.bbox, (0, 0, 0), 1)
        self._rows(table)
        bounds = _bounds(cell.place.bbox for cell in here)
        if bounds is None:
            return
        colour = _HEADER if table.form else _UNKNOWN
        self._outline(bounds, colour, 4)
        unknown = self._word(N_("未识别"))
        name = self._word(table.form_name) if table.form else unknown
        title = visible(table.title, 40) if self.chinese else ""
        unit = self._word(table_unit(table) or N_("未标单位"))
        doubt = f"? {visible(table.doubt, 40)}" if table.doubt and self.chinese else ""
        self._label(bounds, " ".join(filter(None, (visible(table.id, 12), name, title, unit, doubt))), colour)

    def _rows(self, table: Table) -> None:
        """A bar at the left edge of each row's block: its colour is the row's role, its indent the level."""
        firsts = {block: min(c.index for c in table.columns if c.block == block) for block in _blocks(table)}
        for row in table.rows:
            if row.index >= len(table.grid):
                continue
            cells = table.grid[row.index]
            first = firsts.get(row.block, 0)
            cell = next((c for c in cells[first:] if c is not None and c.place.bbox), None)
            if cell is None or cell.place.page != self.page.number or cell.place.bbox is None:
                continue
            x0, y0, _x1, y1 = (edge * self.scale for edge in cell.place.bbox)
            left = x0 + 3 + 7 * min(row.level, 8)
            self.pen.rectangle((left, y0 + 2, left + 5, y1 - 2), fill=(*_ROWS[row.role][0], 170))

    def _cell(self, cell: Cell, colour: Colour) -> None:
        if cell.place.bbox is None:
            return
        box = self._box(cell.place.bbox)
        self.pen.rectangle(box, fill=(*colour, 60), outline=(*colour, 220), width=2)

    def _outline(self, bbox: BBox | None, colour: Colour, width: int) -> None:
        if bbox is not None:
            self.pen.rectangle(self._box(bbox), outline=(*colour, 230), width=width)

    def _label(self, bbox: BBox, text: str, colour: Colour) -> None:
        x, y = bbox[0] * self.scale, max(0.0, bbox[1] * self.scale - 28)
        x0, y0, x1, y1 = self.pen.textbbox((x + 4, y + 2), text, font=self.font)
        self.pen.rectangle((x0 - 4, y0 - 3, x1 + 4, y1 + 3), fill=(*colour, 235))
        self.pen.text((x + 4, y + 2), text, fill=(255, 255, 255, 255), font=self.font)

    def _box(self, bbox: BBox) -> tuple[float, float, float, float]:
        x0, y0, x1, y1 = (edge * self.scale for edge in bbox)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _word(self, text: str) -> str:
        """A text of the catalogue: English as well where no font of the system draws Chinese."""
        return _(text) if self.chinese else in_every_language(text)[-1]

    def _with_legend(self, image: Image.Image) -> Image.Image:
        """The page with a strip below it that says what the colours mean."""
        items: list[tuple[Colour, str]] = [(_HEADER, self._word(N_("表头")))]
        items += [(colour, self._word(text)) for colour, text in _COLUMNS.values()]
        items.append((_UNKNOWN, self._word(N_("未识别或读不出的金额"))))
        bars = [(colour, self._word(text)) for colour, text in _ROWS.values()]
        spots: list[tuple[int, int, Colour, str, int]] = []
        x, y = 10, 8
        for wide, entries in ((20, items), (6, bars)):
            for colour, word in entries:
                length = int(self.font.getlength(word)) + 50
                if x + length > image.width and x > 10:
                    x, y = 10, y + 32
                spots.append((x, y, colour, word, wide))
                x += length
            x, y = 10, y + 32
        canvas = Image.new("RGB", (image.width, image.height + y), "white")
        canvas.paste(image, (0, 0))
        pen = ImageDraw.Draw(canvas)
        for left, top, colour, word, wide in spots:
            top += image.height
            pen.rectangle((left, top, left + wide, top + 22), fill=colour)
            pen.text((left + wide + 6, top), word, fill=(0, 0, 0), font=self.font)
        return canvas


def _font(size: int) -> tuple[Font, bool]:
    """A font and whether it can write Chinese."""
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size), True
        except OSError:
            continue
    return ImageFont.load_default(size), False


def _cells(table: Table) -> list[Cell]:
    """The cells of a table, each once."""
    return list({id(cell): cell for row in table.grid for cell in row if cell is not None}.values())


def _blocks(table: Table) -> set[int]:
    return {column.block for column in table.columns}


def _key(page: int | None, bbox: BBox | None) -> tuple[int | None, ...]:
    return (page, *(round(edge) for edge in bbox)) if bbox else (page,)


def _bounds(boxes: Iterable[BBox | None]) -> BBox | None:
    real = [box for box in boxes if box is not None]
    if not real:
        return None
    return min(b[0] for b in real), min(b[1] for b in real), max(b[2] for b in real), max(b[3] for b in real)
