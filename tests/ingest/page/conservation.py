"""Whether everything of a drawn page has exactly one place in the page that was understood.

`lost_words` and the like give what breaks the rule, so that a failing test names it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sopextract.core.geometry import (
    BBox,
    centre,
    contains,
    grow,
)
from sopextract.ingest.page import DrawnPage
from sopextract.model.source import SIGNS, Grid, Outline, Page, ResidueKind

_SIGNS = str.maketrans(dict.fromkeys("".join(SIGNS.values()), ""))


@dataclass(frozen=True, slots=True)
class Written:
    """A text of the page as understood, without white space, and where it stands."""

    text: str
    box: BBox


def written(page: Page) -> Iterator[Written]:
    """Every text of a page: cells, lines, symbols, labels, residue."""
    for block in page.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    text = _bare(cell.text)
                    for symbol in cell.symbols:  # printed signs stay
                        text = text.replace(SIGNS[symbol.outline], "", 1)
                    yield Written(text, _box(cell.place.bbox))
        else:
            yield Written(_bare(block.text), _box(block.place.bbox))
    for symbol in page.symbols:
        yield Written(_bare(symbol.text), _box(symbol.place.bbox))
    for connector in page.connectors:
        if connector.label_place is not None:
            yield Written(_bare(connector.label), _box(connector.label_place.bbox))
    for one in page.residue:
        if one.kind is ResidueKind.WORD:
            yield Written(_bare(one.text), _box(one.place.bbox))


def _bare(text: str) -> str:
    return "".join(text.split())


def _box(box: BBox | None) -> BBox:
    assert box is not None
    return grow(box, 1.5)


def lost_and_doubled(drawn: DrawnPage, page: Page) -> tuple[Counter[str], Counter[str]]:
    """The characters that are on the page and not in its texts, and the other way round."""
    before = Counter("".join(_bare(word.text) for word in drawn.words))
    after = Counter("".join(one.text for one in written(page)))
    return before - after, after - before


def words_elsewhere(drawn: DrawnPage, page: Page) -> list[str]:
    """The words that stand in no text at their place."""
    texts = [one for one in written(page) if one.text]
    return [
        word.text
        for word in drawn.words
        if not any(
            _bare(word.text) in one.text and contains(one.box, centre(word.bbox)) for one in texts
        )
    ]


def symbols_astray(page: Page) -> list[str]:
    """Symbols that stand in no cell or in several, and are no residue outside the cells."""
    ids = [symbol.id for symbol in page.symbols]
    grids = [block for block in page.blocks if isinstance(block, Grid)]
    homes = Counter(s.id for grid in grids for row in grid.rows for c in row for s in c.symbols)
    left = {one.place.bbox for one in page.residue if one.kind is ResidueKind.SYMBOL}
    astray = [f"{n} unknown" for n in homes if n not in ids]
    astray += [f"{n} twice" for n, count in Counter(ids).items() if count > 1]
    for symbol in page.symbols:
        outside = symbol.place.bbox in left or symbol.outline is Outline.OFF_PAGE
        if homes[symbol.id] > 1 or (homes[symbol.id] == 1 and symbol.place.bbox in left):
            astray.append(f"{symbol.id} in several places")
        if homes[symbol.id] == 0 and not outside:
            astray.append(f"{symbol.id} nowhere")
    return astray
