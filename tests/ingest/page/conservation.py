"""Whether everything of a drawn page has exactly one place in the page that was understood.

`faults_of` gives what breaks the rule, so that a failing test names it.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sopextract.core.geometry import (
    BBox,
    Point,
    centre,
    contains,
    distance_to_polyline,
    grow,
    length,
    overlaps,
)
from sopextract.ingest.page import DrawnPage, lay_out_page
from sopextract.ingest.page.ink import Line
from sopextract.ingest.page.rules import RulePlaces, merge_lines
from sopextract.ingest.page.symbols import Form, find_forms
from sopextract.ingest.page.understood import understand
from sopextract.ingest.page.unruled import edges_of
from sopextract.ingest.pdf.pictures import with_traced_pictures
from sopextract.ingest.pdf.rasters import Rasters
from sopextract.ingest.pdf.reader import draw_pages
from sopextract.model.source import SIGNS, Grid, Outline, Page, ResidueKind, SourceFile


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


def line_fates(drawn: DrawnPage, page: Page, above: Sequence[float] = ()) -> list[tuple[Line, str]]:
    """What became of every line of ink: `lost` is the one answer that must not be.

    `drawn` is what was laid out in the end, with the strokes of traced pictures.
    """
    found = understand(drawn, above)
    forms = find_forms(found.ink, merge_lines(found.ink, found.ink.outlines))
    ways = [connector.points for connector in page.connectors if connector.points]
    left = [_box(one.place.bbox) for one in page.residue]
    tables = [lattice.bbox for lattice in found.lattices]
    fates = []
    for line in found.ink.lines:
        if any(_is_on_outline(line, form) for form in forms):
            fate = "side"
        elif RulePlaces(found.tables).hold(line):
            fate = "rule"
        elif any(_covers(way, line.points) for way in ways):
            fate = "connector"
        elif any(_holds(box, line.bbox) for box in left):
            fate = "residue"
        elif not any(overlaps(line.bbox, table) for table in tables):
            fate = "furniture"
        elif any(_underlines(line, word.bbox) for word in drawn.words):
            fate = "underline"
        elif length(line.points) <= 6.0:
            fate = "speck"
        else:
            fate = "lost"
        fates.append((line, fate))
    return fates


def _is_on_outline(line: Line, form: Form) -> bool:
    around = (*form.points, form.points[0])
    return all(distance_to_polyline(p, around) <= 1.5 for p in line.points)


def _underlines(line: Line, word: BBox) -> bool:
    """Whether a level line runs under a word or through it."""
    x0, y0, x1, y1 = line.bbox
    height = word[3] - word[1]
    level = y1 - y0 <= 1.0
    return level and word[1] <= y0 <= word[3] + 0.3 * height and x0 < word[2] and word[0] < x1


def _covers(way: Sequence[Point], points: Sequence[Point]) -> bool:
    """Whether a line lies on a way, but for a little at its ends."""
    steps = [
        (a[0] + t / 4 * (b[0] - a[0]), a[1] + t / 4 * (b[1] - a[1]))
        for a, b in itertools.pairwise(points)
        for t in range(5)
    ]
    return sum(distance_to_polyline(p, way) <= 2.0 for p in steps) >= 0.7 * len(steps)


def _holds(outer: BBox, inner: BBox) -> bool:
    return contains(outer, inner[:2]) and contains(outer, inner[2:])


@dataclass(frozen=True, slots=True)
class Laid:
    """One page of a file: as drawn (with traced pictures), as understood, the columns above it."""

    drawn: DrawnPage
    page: Page
    above: tuple[float, ...]


def laid_pages(path: Path) -> Iterator[Laid]:
    """The pages of a PDF as the reader lays them out."""
    source = SourceFile(path.name, "", "application/pdf", path, path.stat().st_size)
    above: tuple[float, ...] = ()
    next_id = 0
    rasters = Rasters(source)
    for drawn in draw_pages(source):
        page = lay_out_page(drawn, next_id, above)
        if page.picture_flow and (traced := with_traced_pictures(rasters, drawn, page)) is not None:
            drawn, page = traced, lay_out_page(traced, next_id, above)
        next_id += len(page.symbols)
        yield Laid(drawn, page, above)
        above = next((edges_of(b) for b in reversed(page.blocks) if isinstance(b, Grid)), above)
    rasters.close()


def faults_of(laid: Laid) -> list[str]:
    """Everything of a page that is lost, doubled or in a wrong place, in words."""
    drawn, page = laid.drawn, laid.page
    lost, doubled = lost_and_doubled(drawn, page)
    faults = [f"lost {char!r} {n} times" for char, n in lost.items()]
    faults += [f"doubled {char!r} {n} times" for char, n in doubled.items()]
    faults += [f"elsewhere {word!r}" for word in words_elsewhere(drawn, page)]
    faults += [f"symbol {one}" for one in symbols_astray(page)]
    faults += [
        f"line {one.points}" for one, fate in line_fates(drawn, page, laid.above) if fate == "lost"
    ]
    faults += [f"head {tip}" for tip in heads_astray(drawn, page, laid.above)]
    return [f"{drawn.number}: {fault}" for fault in faults]


def heads_astray(drawn: DrawnPage, page: Page, above: Sequence[float] = ()) -> list[Point]:
    """The tips of heads in tables at which no connector ends and that are no residue."""
    found = understand(drawn, above)
    ends = [p for c in page.connectors if c.points for p in (c.points[0], c.points[-1])]
    left = [_box(one.place.bbox) for one in page.residue]
    tables = [lattice.bbox for lattice in found.lattices]
    astray = []
    for head in found.ink.heads:
        tips = [way.tip for way in (head, *head.others)]
        if not any(contains(table, tip) for table in tables for tip in tips):
            continue
        held = any(math.dist(tip, end) <= 1.5 for tip in tips for end in ends)
        if not held and not any(contains(box, tip) for box in left for tip in tips):
            astray.append(head.tip)
    return astray
