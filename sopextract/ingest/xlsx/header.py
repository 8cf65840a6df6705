"""The header of a step table on a worksheet, and the lanes that it divides the sheet into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sopextract.core.text import squeeze
from sopextract.ingest.xlsx.sheet import TextCell
from sopextract.lexicon.labels import COLUMN_GROUPS, match_label

_GROUPS = ("pelaksana", "mutu_baku")
QUALITY = ("mutu_baku", "kelengkapan", "waktu", "output", "keterangan")
_MAX_LABEL = 70  # characters; the longest label has 47 letters
_MAX_DEPTH = 6  # rows of a header, that of the column numbers among them; three are usual


@dataclass(frozen=True, slots=True)
class Lane:
    """Neighbouring columns of the sheet that are one column of the table.

    `field` is the label's canonical name, None for an actor's or none; `actor` says that symbols
    stand in it.
    """

    left: int
    right: int
    field: str | None = None
    actor: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """A header by its first and last row on the sheet, and the lanes below it.

    `printed` False: none stands there, the table goes on from the page before, and `bottom` is the
    row above its first.
    """

    top: int
    bottom: int
    lanes: tuple[Lane, ...]
    printed: bool = True


def column_field(text: str) -> str | None:
    """The canonical name of the column that a header cell labels, or None."""
    text = squeeze(text)
    if not text or len(text) > _MAX_LABEL:
        return None
    hit = match_label(text, COLUMN_GROUPS)
    return hit.field if hit is not None else None


def begins_header(cells: Sequence[TextCell]) -> bool:
    """Whether the cells that begin in one row are the first row of a header.

    Two labels of columns or more that say enough: "Kegiatan" beside another, a group, or Waktu and
    Output. Near misses: a step that names a document, a row with a number or a long text in it.
    """
    if any(len(squeeze(c.text)) > _MAX_LABEL or _is_number(c.text) for c in cells):
        return False
    fields = {field for cell in cells if (field := column_field(cell.text)) is not None}
    if len(fields) < 2:
        return False
    beside = {"no", "waktu", "output", "kelengkapan"}
    return bool(
        fields & set(_GROUPS)
        or ("kegiatan" in fields and fields & beside)
        or {"waktu", "output"} <= fields
    )


def _is_number(text: str) -> bool:
    return text.strip("() .").isdecimal()


def read_header(rows: Mapping[int, Sequence[TextCell]], order: Sequence[int], at: int) -> Header:
    """The header whose first row is `order[at]`.

    `rows` holds the cells by the row that they begin in, `order` those rows from top to bottom.
    """
    top = order[at]
    bottom = max(min(c.area.bottom, top + _MAX_DEPTH - 1) for c in rows[top])
    cells = list(rows[top])
    for row in order[at + 1 :]:
        texts = [squeeze(c.text) for c in rows[row]]
        numbers = len(texts) > 1 and all(_is_number(text) for text in texts)
        labels = sum(column_field(text) in QUALITY for text in texts) > 1
        if row > bottom and not ((numbers or labels) and row < top + _MAX_DEPTH):
            break
        bottom = max(bottom, max(min(c.area.bottom, row + 2) for c in rows[row]))
        if not numbers:
            cells.extend(rows[row])
    return Header(top, bottom, _lanes(cells))


def _lanes(cells: Sequence[TextCell]) -> tuple[Lane, ...]:
    """Columns below the same lowest label are one lane; below a group's each is its own."""
    leaves: dict[int, TextCell] = {}
    first = min(cell.area.top for cell in cells)
    for cell in sorted(cells, key=lambda c: c.area.top):
        for column in range(cell.area.left, cell.area.right + 1):
            leaves[column] = cell
    found: list[Lane] = []
    last: TextCell | None = None
    for column in range(min(leaves), max(leaves) + 1):
        leaf = leaves.get(column)
        field = column_field(leaf.text) if leaf is not None else None
        # below the group "Pelaksana" stands the name of an actor, be it "Pelaksana"
        group = field in _GROUPS and leaf is not None and leaf.area.top == first
        if leaf is not None and leaf is last and not group:
            found[-1] = Lane(found[-1].left, column, field)
        else:
            found.append(Lane(column, column, field))
        last = leaf
    return _with_actors(found)


def _with_actors(lanes: Sequence[Lane]) -> tuple[Lane, ...]:
    """Actors stand between Kegiatan and the first column of Mutu Baku."""
    fields = [lane.field for lane in lanes]
    before = [i for i, field in enumerate(fields) if field in ("no", "kegiatan")]
    first = before[-1] + 1 if before and before[-1] <= 3 else 0
    last = next((i for i in range(first, len(fields)) if fields[i] in QUALITY), len(fields))
    return tuple(
        Lane(lane.left, lane.right, lane.field, first <= i < last) for i, lane in enumerate(lanes)
    )
