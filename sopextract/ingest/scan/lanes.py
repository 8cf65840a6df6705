"""Where the lanes of a page are: the box in which its flow is looked for.

What is in it and could be a head of an arrow is no text, so it must not reach to columns without
symbols. An identity sheet has forms too, logos, and may be one table with the steps below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.core.geometry import BBox, centre, union
from sopextract.ingest.page.lattice import Lattice
from sopextract.ingest.scan.symbols import PixelSymbol

_IN_CELL = 0.3  # of a symbol stands at least in its cell
_FLOW = 3  # symbols apart from the others are a flow of their own: a form has two logos at most
ABOVE = 60.0  # points beyond a table that its off-page symbols reach (page/layout.py)
_BESIDE = 100.0  # points: a lane is no wider; so far reaches one whose rules were not read
# Points without a symbol in a table's height that part its logos from its flow: identity sheets
# have 200 and more between them, rows of steps are 40 to 90 high.
_APART = 120.0


def find_lanes(symbols: Sequence[PixelSymbol], lattices: Sequence[Lattice]) -> BBox | None:
    """The box around all cells with symbols, and around off-page symbols beyond their table.

    Cells of other tables, or apart from the others, count where they hold as many symbols as those
    with the most, or some at least: what is less are logos and marks of a form. None: no symbols.
    """
    groups: list[list[BBox]] = []
    beyond: list[PixelSymbol] = []
    homes: dict[int, list[BBox]] = {}
    for symbol in symbols:
        held = [
            (home[1], k, lattice.box(lattice.cells[home[0]]))
            for k, lattice in enumerate(lattices)
            if (home := lattice.best_cell(symbol.bbox)) is not None and home[1] > _IN_CELL
        ]
        if held:
            _, k, cell = max(held)
            homes.setdefault(k, []).append(union([symbol.bbox, cell]))
        else:
            beyond.append(symbol)
    for boxes in homes.values():
        groups += _apart(boxes)
    if not groups:
        return union([symbol.bbox for symbol in beyond]) if beyond else None
    # of as many, the lowest: a sheet's steps stand below its identity
    most = max(groups, key=lambda boxes: (len(boxes), boxes[-1][3]))
    flows = [box for boxes in groups for box in boxes if boxes is most or len(boxes) >= _FLOW]
    around = union(flows)
    return union([*flows, *(s.bbox for s in beyond if _goes_on(s, around))])


def _apart(boxes: Sequence[BBox]) -> list[list[BBox]]:
    """Boxes in groups with at least so much height between them, from the top."""
    groups: list[list[BBox]] = []
    reach = 0.0
    for box in sorted(boxes, key=lambda box: box[1]):
        if groups and box[1] <= reach + _APART:
            groups[-1].append(box)
        else:
            groups.append([box])
            reach = box[3]
        reach = max(reach, box[3])
    return groups


def _goes_on(symbol: PixelSymbol, around: BBox) -> bool:
    """Whether a symbol in no cell is one of the flow: beside lanes, or right above or below."""
    x, y = centre(symbol.bbox)
    return (
        around[0] - _BESIDE <= x <= around[2] + _BESIDE
        and around[1] - ABOVE <= y <= around[3] + ABOVE
    )
