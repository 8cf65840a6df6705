"""How high paragraphs and rows come out: estimates, because only a layout engine knows."""

from __future__ import annotations

from sopextract.ingest.docx.story import Content, Paragraph, StoryRow, Table

# Mean widths of letters in Arial, Calibri and Times New Roman, as shares of the size.
_NARROW, _USUAL, _WIDE, _CAPITAL = 0.28, 0.5, 0.82, 0.66
_NARROW_LETTERS = frozenset("iljtfr.,;:'|!()[] /-")
_WIDE_LETTERS = frozenset("mwMW@%")
_LINE_HEIGHT = 1.17  # of a line of the same three fonts, as a share of the size
_MIN_WIDTH_PT = 8.0
_MAX_LETTERS = 5000  # of one paragraph; more changes nothing that matters


def text_width(text: str, size_pt: float) -> float:
    """About how wide a text is on one line, in points."""
    total = 0.0
    for letter in text[:_MAX_LETTERS]:
        if letter in _NARROW_LETTERS:
            total += _NARROW
        elif letter in _WIDE_LETTERS:
            total += _WIDE
        else:
            total += _CAPITAL if letter.isupper() else _USUAL
    return total * size_pt


def line_count(text: str, size_pt: float, width_pt: float) -> int:
    """How many lines a text takes when it is broken between words."""
    lines = 0
    width_pt = max(width_pt, _MIN_WIDTH_PT)
    for part in text[:_MAX_LETTERS].split("\n"):
        lines += 1
        used = 0.0
        for word in part.split():
            wide = text_width(word, size_pt)
            space = text_width(" ", size_pt) if used else 0.0
            if used and used + space + wide > width_pt:
                lines += 1
                used, space = 0.0, 0.0
            lines += int(wide // width_pt) if wide > width_pt else 0
            used += space + wide % width_pt if wide > width_pt else space + wide
    return max(lines, 1)


def paragraph_height(paragraph: Paragraph, width_pt: float) -> float:
    """The height of a paragraph with the space round it, in points."""
    metrics = paragraph.metrics
    line = metrics.line_pt or metrics.size_pt * _LINE_HEIGHT * metrics.line
    lines = line_count(paragraph.text, metrics.size_pt, width_pt)
    drawn = max((d.size_pt[1] for d in paragraph.drawings if d.inline), default=0.0)
    return max(lines * line, drawn) + metrics.before_pt + metrics.after_pt


def content_height(content: Content, width_pt: float) -> float:
    """The height of paragraphs and tables below one another, in points."""
    return sum(
        paragraph_height(piece, width_pt)
        if isinstance(piece, Paragraph)
        else sum(row_height(piece, row)[0] for row in piece.rows)
        for piece in content
    )


# Text heights were within a quarter of what LibreOffice lays out, in the made sheets of the tests.
_DOUBT = 0.25


def row_height(table: Table, row: StoryRow) -> tuple[float, float]:
    """The height of a row in points, and by how much it may be wrong.

    A given height that the text does not fill is right.
    """
    if row.exact and row.height_pt > 0:
        return row.height_pt, 0.0
    text = 0.0
    for cell in row.cells:
        if cell.rows == 1:  # what a merged cell holds spreads over rows that others make high
            width = table.edges[cell.end] - table.edges[cell.start] - 2 * table.padding_pt
            text = max(text, content_height(cell.content, width))
    if row.height_pt > text:
        return row.height_pt, max(0.0, text * (1 + _DOUBT) - row.height_pt)
    return text, text * _DOUBT
