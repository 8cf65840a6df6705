"""A Word file as read, before anything is placed: paragraphs and tables in order, with shapes."""

from __future__ import annotations

from dataclasses import dataclass

from sopextract.ingest.docx.shape import Drawing
from sopextract.model.source import Emphasis


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The paper and margins of a section, in points."""

    width_pt: float = 595.3
    height_pt: float = 841.9
    left_pt: float = 72.0
    right_pt: float = 72.0
    top_pt: float = 72.0

    @property
    def text_width_pt(self) -> float:
        """How wide the text is."""
        return self.width_pt - self.left_pt - self.right_pt


@dataclass(frozen=True, slots=True)
class Metrics:
    """What the height of a paragraph is made of, in points.

    `line` multiplies the height of a line; `line_pt`, where given, is the height itself.
    """

    size_pt: float = 11.0
    before_pt: float = 0.0
    after_pt: float = 0.0
    line: float = 1.0
    line_pt: float | None = None
    font: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as printed: its number in front, line breaks as newlines.

    `number` is unique in the file; `ordinal` counts the paragraphs outside tables from 1, those
    inside having that of the one before. `page_break` says that a page begins with
    it. `align` is that of Word: `left`, `center`, `right`, `both`.
    `page` is the page of its section.
    """

    text: str
    number: int
    emphasis: Emphasis = Emphasis.PLAIN
    drawings: tuple[Drawing, ...] = ()
    metrics: Metrics = Metrics()
    page_break: bool = False
    align: str = "left"
    ordinal: int = 0
    page: PageSetup = PageSetup()


@dataclass(frozen=True, slots=True)
class StoryCell:
    """One cell. `start` and `end` are columns of its table's `edges`, `end` not included.

    `ordinal` counts the cells of the row as Word does, from 1. `rows` is how many rows it spans; 0
    for the part of a merged cell that lies below its top. `aligned` is where its text stands in a
    cell that is higher: `top`, `center`, `bottom`.
    """

    start: int
    end: int
    ordinal: int
    content: tuple[Paragraph | Table, ...]
    rows: int = 1
    aligned: str = "top"


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One row; `height_pt` is at least so much, or exactly so much; 0 when not given."""

    cells: tuple[StoryCell, ...]
    height_pt: float = 0.0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `edges` are the left edges of its columns and the right one of the last, in points
    from its own left; `left_pt` is where that is from the left of the text. `padding_pt` is the
    room left free in a cell at left and right. `number` counts all tables of the file from 1.
    """

    number: int
    edges: tuple[float, ...]
    rows: tuple[StoryRow, ...]
    left_pt: float = 0.0
    padding_pt: float = 5.4

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.edges) - 1


Content = tuple[Paragraph | Table, ...]


def plain_text(content: Content) -> str:
    """The text of a content, a line for each paragraph and for each row of a table in it."""
    lines: list[str] = []
    for piece in content:
        if isinstance(piece, Paragraph):
            lines.append(piece.text)
        else:
            lines.extend(
                " ".join(t for c in row.cells if (t := plain_text(c.content))) for row in piece.rows
            )
    return "\n".join(line.strip() for line in lines if line.strip())
