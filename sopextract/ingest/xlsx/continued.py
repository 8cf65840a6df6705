"""A step table that goes on without a header, on a sheet or a range of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sopextract.core.text import squeeze
from sopextract.ingest.xlsx.blocks import Segment, rows_of
from sopextract.ingest.xlsx.header import Header, Lane
from sopextract.ingest.xlsx.sheet import TextCell


def go_on(segments: Sequence[Segment], lanes: Sequence[Lane], flow: bool) -> list[Segment]:
    """The segments of a page without a header, the one that goes on with a table told to be one.

    That is one whose rows begin with numbers, from the first such row on: in the lanes of the table
    before where it fits them, else, where a flow is drawn, in lanes of its own.
    """
    found: list[Segment] = []
    for segment in segments:
        rows = rows_of(segment.cells)
        first = next((row for row, cells in rows.items() if _is_step(cells)), None)
        if first is None or not (lanes or flow):
            found.append(segment)
            continue
        above = tuple(c for c in segment.cells if c.area.top < first)
        body = tuple(c for c in segment.cells if c.area.top >= first)
        taken = tuple(lanes) if _fits(body, lanes) else _own_lanes(body) if flow else ()
        if not taken:
            found.append(segment)
            continue
        if above:
            found.append(replace(segment, cells=above, bottom=first - 1))
        header = Header(first - 1, first - 1, taken, printed=False)
        bottom = max(cell.area.bottom for cell in body)
        found.append(Segment(body, first, bottom, header))
    return found


def _is_step(cells: Sequence[TextCell]) -> bool:
    return len(cells) > 1 and squeeze(cells[0].text).strip("().").isdecimal()


def _fits(cells: Sequence[TextCell], lanes: Sequence[Lane]) -> bool:
    """Whether every text begins in a lane of the table before."""
    return bool(lanes) and all(
        any(lane.left <= cell.area.left <= lane.right for lane in lanes) for cell in cells
    )


def _own_lanes(cells: Sequence[TextCell]) -> tuple[Lane, ...]:
    """A lane for each column in which a text begins, and actors' for those without any."""
    starts = {cell.area.left: cell.area.right for cell in sorted(cells, key=lambda c: c.area.right)}
    found: list[Lane] = []
    column, last = min(starts), max(starts.values())
    fields = iter(("no", "kegiatan"))
    while column <= last:
        if column in starts:
            later = [start for start in starts if start > column]
            right = min(starts[column], min(later, default=last + 1) - 1)
            found.append(Lane(column, right, next(fields, None)))
            column = right + 1
        else:
            found.append(Lane(column, column, None, actor=True))
            column += 1
    return tuple(found)
