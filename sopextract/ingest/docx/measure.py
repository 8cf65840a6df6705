"""How high paragraphs and rows come out: estimates, because only a layout engine knows."""

from __future__ import annotations

from dataclasses import dataclass

from sopextract.ingest.docx.story import Content, Paragraph, StoryRow, Table

# Widths of letters in thousandths of the size: those of Helvetica, which Arial shares (Adobe's font
# metrics). Letters that are not listed are as wide as "n".
_WIDTHS = {
    letter: width
    for width, letters in (
        (222, "ijl\u2019'"), (278, " ftI.,:;/!\\"), (333, "r()-"), (500, "ckvsxyzJ"),
        (556, "abdeghnopquL0123456789"), (611, "FTZ"), (667, "ABEKPSVXY&"), (722, "CDHNRUw"),
        (778, "GOQ"), (833, "Mm"), (944, "W"), (889, "%"), (1015, "@"),
    )
    for letter in letters
}  # fmt: skip
_USUAL = 556
# How wide other fonts of offices are beside it, measured over the same Indonesian text, and how
# high their lines are as a share of the size (the fonts' own ascent and descent).
_FONTS = (
    ("arial narrow", 0.82, 1.15), ("times", 0.89, 1.15), ("calibri", 0.91, 1.22),
    ("carlito", 0.91, 1.22), ("cambria", 0.95, 1.17), ("bookman", 1.1, 1.17),
    ("verdana", 1.16, 1.22), ("century gothic", 1.06, 1.2), ("garamond", 0.85, 1.13),
    ("tahoma", 0.98, 1.21),
)  # fmt: skip
_MIN_WIDTH_PT = 8.0
_MAX_LETTERS = 5000  # of one paragraph; more changes nothing that matters


def text_width(text: str, size_pt: float, font: str = "") -> float:
    """About how wide a text is on one line, in points."""
    total = sum(_WIDTHS.get(letter, _USUAL) for letter in text[:_MAX_LETTERS])
    return total * _shares(font)[0] * size_pt / 1000


def _shares(font: str) -> tuple[float, float]:
    """How wide a font is beside Arial, and how high its lines are."""
    known = ((wide, high) for start, wide, high in _FONTS if font.lower().startswith(start))
    return next(known, (1.0, 1.15))


# In sheets set in Arial and Times rows came within a hundredth of what LibreOffice lays out; where
# the machine did not have the font, up to a third off.
_DOUBT = 0.25


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures paragraphs and rows. `wider` multiplies the widths of all letters: fonts that the
    layout replaced by others show in it."""

    wider: float = 1.0

    def line_count(self, text: str, size_pt: float, width_pt: float, font: str = "") -> int:
        """How many lines a text takes when it is broken between words."""
        lines = 0
        width_pt = max(width_pt, _MIN_WIDTH_PT) / self.wider
        gap = text_width(" ", size_pt, font)
        for part in text[:_MAX_LETTERS].split("\n"):
            lines += 1
            used = 0.0
            for word in part.split():
                wide = text_width(word, size_pt, font)
                space = gap if used else 0.0
                if used and used + space + wide > width_pt:
                    lines += 1
                    used, space = 0.0, 0.0
                lines += int(wide // width_pt) if wide > width_pt else 0
                used += space + wide % width_pt if wide > width_pt else space + wide
        return max(lines, 1)

    def paragraph(self, paragraph: Paragraph, width_pt: float) -> float:
        """The height of a paragraph with the space round it, in points."""
        metrics = paragraph.metrics
        line = metrics.line_pt or metrics.size_pt * _shares(metrics.font)[1] * metrics.line
        lines = self.line_count(paragraph.text, metrics.size_pt, width_pt, metrics.font)
        drawn = max((d.size_pt[1] for d in paragraph.drawings if d.inline), default=0.0)
        return max(lines * line, drawn) + metrics.before_pt + metrics.after_pt

    def content(self, content: Content, width_pt: float) -> float:
        """The height of paragraphs and tables below one another, in points."""
        return sum(
            self.paragraph(piece, width_pt)
            if isinstance(piece, Paragraph)
            else sum(self.row(piece, row)[0] for row in piece.rows)
            for piece in content
        )

    def row(self, table: Table, row: StoryRow) -> tuple[float, float]:
        """The height of a row in points, and by how much it may be wrong.

        A given height that the text does not fill is right.
        """
        if row.exact and row.height_pt > 0:
            return row.height_pt, 0.0
        text = 0.0
        for cell in row.cells:
            if cell.rows == 1:  # what a merged cell holds spreads over rows that others make high
                width = table.edges[cell.end] - table.edges[cell.start] - 2 * table.padding_pt
                text = max(text, self.content(cell.content, width))
        if row.height_pt > text:
            return row.height_pt, max(0.0, text * (1 + _DOUBT) - row.height_pt)
        return text, text * _DOUBT
