"""Cuts the cells of a sheet into step tables and what stands round them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sopextract.core.text import squeeze
from sopextract.ingest.xlsx.area import Area
from sopextract.ingest.xlsx.header import Header, begins_header, column_field, read_header
from sopextract.ingest.xlsx.sheet import Sheet, TextCell
from sopextract.lexicon.labels import IDENTITY_GROUPS, match_label

_NEW_SHEET = 3  # labels of the identity part that begin another SOP below a table; own judgement
_WITHIN = 10  # rows of text in which they must stand
_BESIDE = 3  # labels of either kind that make two parts standing side by side of one sheet


@dataclass(frozen=True, slots=True)
class Segment:
    """Cells that belong together; `header` is that of the step table, if they are one.

    `top` and `bottom` are rows of the sheet: a table owns what is drawn between them.
    """

    cells: tuple[TextCell, ...]
    top: int
    bottom: int
    header: Header | None = None


def identity_labels(text: str) -> bool:
    """Whether a text is a label of the identity part, or begins with one and a colon."""
    head = squeeze(text.partition(":")[0])
    hit = match_label(head, IDENTITY_GROUPS, 0.9) if 0 < len(head) <= 60 else None
    return hit is not None and hit.group != "lainnya"


def side_by_side(cells: Sequence[TextCell]) -> list[list[TextCell]]:
    """The cells in the order of reading: parts with an empty column between them, left to right.

    Only where each part has labels of its own, as a gap within the identity box is common.
    """
    columns = sorted({(c.area.left, c.area.right) for c in cells})
    edge = -1
    for left, right in columns:
        if edge >= 0 and left > edge + 1:
            here = [c for c in cells if c.area.left < left]
            beyond = [c for c in cells if c.area.left >= left]
            if _stands_alone(here) and _has_table(beyond):
                return [here, *side_by_side(beyond)]
        edge = max(edge, right)
    return [list(cells)]


def _stands_alone(cells: Sequence[TextCell]) -> bool:
    labels = {squeeze(c.text).casefold() for c in cells if identity_labels(c.text)}
    return len(labels) >= _BESIDE or _has_table(cells)


def _has_table(cells: Sequence[TextCell]) -> bool:
    """Whether a whole header stands there, Kegiatan and all; half a table has none."""
    return any(
        begins_header(row) and any(column_field(c.text) == "kegiatan" for c in row)
        for row in rows_of(cells).values()
    )


def rows_of(cells: Sequence[TextCell]) -> dict[int, list[TextCell]]:
    """The cells by the row that they begin in, both in order."""
    found: dict[int, list[TextCell]] = {}
    for cell in sorted(cells, key=lambda c: (c.area.top, c.area.left)):
        found.setdefault(cell.area.top, []).append(cell)
    return found


def cut(cells: Sequence[TextCell], sheet: Sheet, area: Area) -> list[Segment]:
    """The segments from top to bottom, within the rows of `area`."""
    rows = rows_of(cells)
    order = list(rows)
    headers: list[Header] = []
    for at, row in enumerate(order):
        if begins_header(rows[row]) and not (headers and row <= headers[-1].bottom):
            headers.append(read_header(rows, order, at))
    found: list[Segment] = []
    start = area.top
    for number, header in enumerate(headers):
        limit = headers[number + 1].top if number + 1 < len(headers) else area.bottom + 1
        end = _table_end(rows, sheet, header, limit)
        found.extend(_between(rows, start, header.top))
        inside = tuple(c for row in order if header.top <= row < end for c in rows[row])
        found.append(Segment(inside, header.top, end - 1, header))
        start = end
    found.extend(_between(rows, start, area.bottom + 1))
    return [_reaching(segment, found, area) for segment in found]


def _reaching(segment: Segment, all_of_them: Sequence[Segment], area: Area) -> Segment:
    """A table owns the rows below it too, up to what follows: symbols may stand there."""
    if segment.header is None:
        return segment
    below = [s.top for s in all_of_them if s.top > segment.bottom]
    return replace(segment, bottom=(min(below) if below else area.bottom + 1) - 1)


def _between(rows: dict[int, list[TextCell]], start: int, end: int) -> list[Segment]:
    inside = [row for row in rows if start <= row < end]
    cells = tuple(c for row in inside for c in rows[row])
    return [Segment(cells, inside[0], inside[-1])] if inside else []


def _table_end(rows: dict[int, list[TextCell]], sheet: Sheet, header: Header, limit: int) -> int:
    """The first row that is no longer the table's.

    Another identity part ends it, and so do, after its last numbered row, rows without a rule
    where the table has rules, and rows after an empty one where it has none.
    """
    body = [row for row in rows if header.bottom < row < limit]
    ends = [row for row in body if _new_sheet(rows, body, row, header)]
    stop = ends[0] if ends else limit
    body = [row for row in body if row < stop]
    steps = [row for row in body if _is_step(rows[row], header)]
    last = steps[-1] if steps else header.bottom
    ruled = bool(sheet.ruled & set(range(header.top, header.bottom + 1)))
    reach = max((c.area.bottom for c in rows.get(last, ())), default=last)
    for row in (r for r in body if r > last):
        gap = row > reach + 1
        if (row not in sheet.ruled) if ruled else gap:
            return row
        if ends and gap:
            return row  # the head of the next sheet, above its first label
        reach = max(reach, *(c.area.bottom for c in rows[row]))
    return stop


def _is_step(cells: Sequence[TextCell], header: Header) -> bool:
    """Whether a row has a number and words in the columns of the table."""
    number = any(
        squeeze(c.text).strip("().").isalnum() and any(d.isdecimal() for d in c.text)
        for c in cells[:1]
    )
    inside = any(lane.left == cells[0].area.left for lane in header.lanes[:2])
    return number and inside and len(cells) > 1


def _new_sheet(
    rows: dict[int, list[TextCell]], body: Sequence[int], row: int, header: Header
) -> bool:
    """Whether the labels of another SOP's identity part begin in a row below a table.

    They come one after another. Near miss: a step whose Keterangan says "SOP terkait".
    """
    if not any(identity_labels(c.text) for c in rows[row]):
        return False
    at = body.index(row)
    seen: set[str] = set()
    for below in body[at : at + _WITHIN]:
        if _is_step(rows[below], header):
            break
        seen.update(squeeze(c.text).casefold() for c in rows[below] if identity_labels(c.text))
    return len(seen) >= _NEW_SHEET
