"""The head of the flow table: the names of the lanes, as far as there is room for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sopextract.render.sheet.measure import text_height_mm, text_width_mm, wrap_lines
from sopextract.render.sheet.model import Columns, SheetModel
from sopextract.render.sheet.rows import FILL

HEAD_PADDING_MM = 0.9
HEAD_MM = 6.0  # the upper row of the head: one line at 8 points with air
TURNED_MM = 36.0  # the most that upright heads may take
MOST_MM = 60.0  # that level heads may take: a third of a page that lies; own judgement
SMALLEST_PT = 4.5  # below this a name cannot be read in print
CUT = " … [terpotong]"


@dataclass(frozen=True, slots=True)
class Head:
    """The two rows of the table's head: heights, and each lane's name line by line."""

    upper_mm: float
    lower_mm: float
    names: tuple[tuple[str, ...], ...]

    @property
    def total_mm(self) -> float:
        """Height of both rows."""
        return self.upper_mm + self.lower_mm


def fit_heads(sheet: SheetModel, columns: Columns) -> tuple[SheetModel, Columns]:
    """The sheet with lane names that its head has room for.

    Names of many lines are set smaller; what is too long even then is no post, and is cut with
    words that say so.
    """
    while not all(_fits(lane.nama, columns) for lane in sheet.lanes):
        if columns.head_pt <= SMALLEST_PT:
            lanes = (replace(lane, nama=_cut(lane.nama, columns)) for lane in sheet.lanes)
            return replace(sheet, lanes=tuple(lanes)), columns
        columns = replace(columns, head_pt=max(SMALLEST_PT, columns.head_pt - 0.5))
    return sheet, columns


def measure_head(sheet: SheetModel, columns: Columns) -> Head:
    """How high the table's head is."""
    names = [lane.nama for lane in sheet.lanes]
    lines = tuple(_lines(name, columns) for name in names)
    if columns.turned:
        width = max((text_width_mm(n, columns.head_pt, bold=True) for n in names), default=0.0)
        lower = min(TURNED_MM, width + 4 * HEAD_PADDING_MM)
    else:
        tall = max(map(len, lines), default=1)
        lower = text_height_mm(max(tall, 1), columns.head_pt) + 3 * HEAD_PADDING_MM
    return Head(HEAD_MM, max(lower, HEAD_MM), lines)


def _lines(name: str, columns: Columns) -> tuple[str, ...]:
    room = TURNED_MM if columns.turned else columns.lane
    return wrap_lines(name, (room - 2 * HEAD_PADDING_MM) * FILL, columns.head_pt, bold=True)


def _fits(name: str, columns: Columns) -> bool:
    room = columns.lane if columns.turned else MOST_MM
    tall = text_height_mm(len(_lines(name, columns)), columns.head_pt)
    return tall <= room - (0.0 if columns.turned else 3 * HEAD_PADDING_MM)


def _cut(name: str, columns: Columns) -> str:
    """The name, or as much of its beginning as fits with the words that tell it."""
    if _fits(name, columns):
        return name
    least, most = 0, len(name)
    while least < most - 1:
        middle = (least + most) // 2
        if _fits(name[:middle].rstrip() + CUT, columns):
            least = middle
        else:
            most = middle
    return name[:least].rstrip() + CUT
