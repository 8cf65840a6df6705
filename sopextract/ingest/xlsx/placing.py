"""Which cell of a step table a symbol stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.ingest.xlsx.blocks import Segment
from sopextract.ingest.xlsx.geometry import Box, shared
from sopextract.ingest.xlsx.grids import step_bands
from sopextract.ingest.xlsx.header import Lane
from sopextract.ingest.xlsx.sheet import Sheet

_WITHIN_ROW = 0.8  # share of its height from which a symbol counts as standing in its row
_LEAST_SCORE = 0.2
_TOUCHES_LANE = 0.3  # share of its width that must be in an actor's column, if its middle is not


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of a table: positions of its table, band and lane, and the cell of the sheet.

    `score` says how surely it is this cell.
    """

    table: int
    band: int
    lane: int
    row: int
    column: int
    score: float


def find_place(box: Box, segments: Sequence[Segment], sheet: Sheet) -> Placed | None:
    """The cell in an actor's column that holds a shape, or None where no table has one there.

    Across, the middle decides; down, the step that the larger share of the shape stands in. A share
    below four fifths lowers the score.
    """
    x, y = box.centre
    row, column = sheet.rows.at(y), sheet.columns.at(x)
    for position, table in enumerate(segments):
        header = table.header
        if header is None or not header.bottom < row <= table.bottom:
            continue
        lane = _find_lane(box, header.lanes, sheet)
        if lane is None:
            continue
        bands = step_bands(table)
        start = sheet.rows.start
        shares = [
            shared(box.top, box.bottom, start(band.top), start(band.bottom + 1)) for band in bands
        ]
        if not shares or max(shares) <= 0:
            continue
        at = max(range(len(bands)), key=lambda i: shares[i])
        share = shares[at] / box.height if box.height > 0 else 1.0
        band = bands[at]
        row = min(max(row, band.top), band.bottom)
        inside = header.lanes[lane]
        area = sheet.area_at(row, min(max(column, inside.left), inside.right))
        score = 1.0 if share >= _WITHIN_ROW else max(share + 1 - _WITHIN_ROW, _LEAST_SCORE)
        return Placed(position, at, lane, max(area.top, band.top), area.left, score)
    return None


def _find_lane(box: Box, lanes: Sequence[Lane], sheet: Sheet) -> int | None:
    """The actor's lane in which the middle lies, else the one that holds the most of the shape."""
    start = sheet.columns.start
    spans = [(start(lane.left), start(lane.right + 1)) for lane in lanes]
    x = box.centre[0]
    best: tuple[float, int | None] = (_TOUCHES_LANE * box.width, None)
    for i, (left, right) in enumerate(spans):
        if not lanes[i].actor:
            continue
        if left <= x < right:
            return i
        overlap = shared(box.left, box.right, left, right)
        if overlap > best[0]:
            best = (overlap, i)
    return best[1]
