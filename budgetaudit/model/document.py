"""What a reader delivers: a document's pages, their lines and ruled grids, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

BBox = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points; the origin is the top left corner of the displayed page."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a page from 1 with a box, or a line from 1 of a text file.

    ``file`` counts from 0 the documents that are audited together (links between documents); 0 for a single one.
    """

    page: int | None = None
    bbox: BBox | None = None
    line: int | None = None
    file: int = 0


NOWHERE = Place()
"""The place of what was not read from a document."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a ruled grid; a merged cell is one Cell that spans rows and columns.

    ``text`` is as printed, visual lines joined by a line feed. ``indent`` is the distance in points (characters for
    text files) between the cell's left edge and its first ink: some layouts show levels only so.
    """

    text: str
    place: Place
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    indent: float = 0.0

    @property
    def flat(self) -> str:
        """The text on one line: wrapped lines joined without a space, outer blanks dropped."""
        return self.text.replace("\n", "").strip()

    def __hash__(self) -> int:
        # Cells are put into sets by the hundred thousand; these three tell the cells of a grid apart.
        return hash((self.text, self.row, self.col))


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled grid as it stands on one page (or a run of tabbed lines of a text file)."""

    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    place: Place
    x_edges: tuple[float, ...] = ()
    y_edges: tuple[float, ...] = ()
    engine: str = "pdfium"
    doubt: str = ""
    """Why this reading should not be trusted blindly, reasons joined by "；"; empty when nothing speaks against it."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Each reason, a text that ``lang._`` translates."""
        return tuple(self.doubt.split("；")) if self.doubt else ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text that stands outside every grid."""

    text: str
    place: Place
    size: float = 0.0
    """Height of its characters in points."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines outside grids and its grids, both from top to bottom."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    grids: tuple[Grid, ...] = ()
    characters: int = 0
    image_share: float = 0.0
    """Share of the page that images cover, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or recognised, and where."""

    what: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a disclosure that was published in several: its pages are counted on from the file before it."""

    path: str
    first_page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: pages of lines and grids. A text file is one page whose places are lines."""

    path: str
    sha256: str
    format: str
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...] = ()
    parts: tuple[Part, ...] = ()
    """The files it was joined from, in order; empty for a single file."""
