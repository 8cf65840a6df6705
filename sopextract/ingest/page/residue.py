"""What of a drawn page nothing explains: it is told, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from logging import getLogger

from sopextract.core.geometry import BBox, Point, bbox_of, centre, overlaps, union
from sopextract.ingest.page.crowded import TOO_FULL
from sopextract.ingest.page.strokes import DrawnPage, Word
from sopextract.ingest.page.text import Underlines, box_of
from sopextract.ingest.page.understood import Understood
from sopextract.model.source import Outline as Kind
from sopextract.model.source import Place, Residue, ResidueKind

log = getLogger(__name__)

# Share of the page that a picture must cover to be taken for a drawn flow; logos and QR codes of
# the real sheets cover 0.2 to 1.1 per cent, the smallest picture of a flow 13.
_PICTURE_SHARE = 0.05
_MOST_STROKES = 5  # in one cell; more are a picture
_SPECK = 6.0  # points: shorter pieces of line say nothing
# A hatched plan has thousands of lines that join nothing; so many things are enough to be told.
_MOST_RESIDUE = 500

# Of each symbol the lattice and the cell that hold it, and which share of it; None outside cells.
Homes = Sequence[tuple[int, int, float] | None]
CellAt = Callable[[Point], tuple[int, int] | None]


def place_on(page: DrawnPage, box: BBox) -> Place:
    """The place of a box on its page, to a tenth of a point."""
    x0, y0, x1, y1 = box
    return Place(page.number, (round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)))


def shows_picture(found: Understood, homes: Homes) -> bool:
    """Whether a picture stands where the flow is missing, or a drawing that was left out."""
    if any(home is not None for home in homes):
        return False
    if found.too_full:
        return True
    width, height = found.page.size_pt
    whole = width * height or 1.0
    return any(
        (p.bbox[2] - p.bbox[0]) * (p.bbox[3] - p.bbox[1]) >= _PICTURE_SHARE * whole
        for p in found.page.pictures
    )


def find_residue(
    found: Understood, homes: Homes, words: Sequence[Word], cell_at: CellAt
) -> tuple[Residue, ...]:
    """What nothing explains: symbols outside the flow's cells, lines that join nothing.

    Of lines in tables but not in lanes those under words belong to the words.
    """
    left = _left_out(found)
    for stamp in _stamps(found.page.words):
        text = " ".join(word.text for word in stamp)
        left.append(Residue(ResidueKind.PICTURE, place_on(found.page, box_of(stamp)), text))
    tables = [lattice.bbox for lattice in found.lattices]
    for k, form in enumerate(found.forms):
        if homes[k] is None and form.kind is not Kind.OFF_PAGE:
            left.append(Residue(ResidueKind.SYMBOL, place_on(found.page, form.bbox)))
    lanes = _lane_boxes(found, homes)
    underlined = Underlines(words)
    strokes: dict[tuple[int, int] | None, list[BBox]] = {}
    for line in dict.fromkeys(found.wiring.loose):
        box = line.bbox
        if max(box[2] - box[0], box[3] - box[1]) <= _SPECK:
            continue
        if any(overlaps(box, lane) for lane in lanes):
            left.append(Residue(ResidueKind.CONNECTOR, place_on(found.page, box)))
        elif any(overlaps(box, table) for table in tables) and not underlined.holds(box):
            strokes.setdefault(cell_at(centre(box)), []).append(box)
    for boxes in strokes.values():
        if len(boxes) > _MOST_STROKES:  # a QR code or a stamp drawn as vectors
            left.append(Residue(ResidueKind.PICTURE, place_on(found.page, union(boxes))))
        else:
            left.extend(Residue(ResidueKind.STROKE, place_on(found.page, box)) for box in boxes)
    for head in found.wiring.heads_left:
        if any(overlaps((*head.tip, *head.tip), lane) for lane in lanes):
            box = bbox_of((head.tip, head.back))
            left.append(Residue(ResidueKind.CONNECTOR, place_on(found.page, box)))
    return tuple(left[:_MOST_RESIDUE])


def _left_out(found: Understood) -> list[Residue]:
    """What was not looked at: the whole page, or drawings that reach into its tables."""
    page = found.page
    if found.too_full:
        log.warning("page %d: its drawing is too full and was left out", page.number)
        whole = place_on(found.page, (0.0, 0.0, *page.size_pt))
        return [Residue(ResidueKind.STROKE, whole, TOO_FULL)]
    tables = [lattice.bbox for lattice in found.lattices]
    return [
        Residue(ResidueKind.STROKE, place_on(found.page, box), TOO_FULL)
        for box in page.left_out
        if any(overlaps(box, table) for table in tables)
    ]


def _lane_boxes(found: Understood, homes: Homes) -> list[BBox]:
    """The boxes around all cells that hold symbols, one a table."""
    boxes = []
    for k, lattice in enumerate(found.lattices):
        cells = [lattice.cells[home[1]] for home in homes if home is not None and home[0] == k]
        if cells:
            left, right = min(c.left for c in cells), max(c.right for c in cells)
            top, bottom = min(c.top for c in cells), max(c.bottom for c in cells)
            xs, ys = lattice.xs, lattice.ys
            boxes.append((xs[left], ys[top], xs[right + 1], ys[bottom + 1]))
    return boxes


def _stamps(words: Sequence[Word]) -> list[list[Word]]:
    """The words of stamps and watermarks: those that run across the page, as one each page."""
    slanted = [word for word in words if word.slanted]
    return [slanted] if slanted else []
