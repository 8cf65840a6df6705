"""Takes off the marks of sheets that this program drew: what was doubted there is doubted again."""

from __future__ import annotations

from dataclasses import replace

from sopextract.core.marks import strip_marks
from sopextract.model.source import Block, Grid, Outline, Page, TextLine

# A box drawn dashed: which of the symbols it is was inferred or not read at all; own judgement
DASHED_BOX = 0.5


def outline_score(outline: Outline, score: float, *, dashed: bool) -> float:
    """How surely a symbol is of the kind that its outline says: a dashed box hardly is."""
    return min(score, DASHED_BOX) if dashed and outline is Outline.BOX else score


def without_marks(page: Page) -> Page:
    """The page without "[tidak ada]", "[belum terbaca]" and the sign for what was inferred."""
    blocks = tuple(_clean(block) for block in page.blocks)
    same = all(a is b for a, b in zip(blocks, page.blocks, strict=True))
    return page if same else replace(page, blocks=blocks)


def _clean(block: Block) -> Block:
    if isinstance(block, TextLine):
        text = strip_marks(block.text)
        return block if text == block.text else replace(block, text=text)
    if not isinstance(block, Grid):
        return block
    if all(strip_marks(cell.text) == cell.text for row in block.rows for cell in row):
        return block
    rows = tuple(
        tuple(replace(cell, text=strip_marks(cell.text)) for cell in row) for row in block.rows
    )
    return replace(block, rows=rows)
