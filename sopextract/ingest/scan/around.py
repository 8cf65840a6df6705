"""What stands around a form on a page: its outline, ink on its sides, lines that go on."""

from __future__ import annotations

import numpy as np

from sopextract.core.geometry import BBox
from sopextract.ingest.scan.raster import Grey

_BEYOND_PT = 3.2  # how far beyond a corner a rule is looked for, and how near to it
_DRAWN = 0.5  # of such a place has ink where a line, even a dashed one, goes on
_CROWDED = 0.42  # of a side has ink: an arrow head at a low box has 0.35, a QR code half


def edge_thickness(
    filled: Grey, ink: Grey, corner: tuple[int, int], box: tuple[int, int, int, int]
) -> float | None:
    """How thick the ink round a region is, in pixels, from rays outwards; None without ink."""
    x, y, w, h = box
    height, width = ink.shape
    runs: list[int] = []
    for share in (0.3, 0.4, 0.6, 0.7):
        row, column = int(y + share * h), int(x + share * w)
        across = np.flatnonzero(filled[row])
        down = np.flatnonzero(filled[:, column])
        if not len(across) or not len(down):
            continue
        starts = (
            (int(across[0]) - 1, row, -1, 0),
            (int(across[-1]) + 1, row, 1, 0),
            (column, int(down[0]) - 1, 0, -1),
            (column, int(down[-1]) + 1, 0, 1),
        )
        for sx, sy, dx, dy in starts:
            run = 0
            for k in range(24):
                px, py = corner[0] + sx + k * dx, corner[1] + sy + k * dy
                if not (0 <= px < width and 0 <= py < height):
                    break
                if ink[py, px]:
                    run += 1
                elif run or k > 4:
                    break
            runs.append(run)
    if len(runs) < 8 or np.mean(np.array(runs) > 0) < 0.7:
        return None
    drawn = [r for r in runs if r]
    return float(min(np.median(drawn), 8.0))


def is_crowded(ink: Grey, box: BBox, per_pt: float) -> bool:
    """Whether a form stands amid ink on all sides, as the squares of a QR code and letters do."""
    x0, y0, x1, y1 = (v * per_pt for v in box)
    near, far = 1.6 * per_pt, 5.0 * per_pt
    strips = (
        (x0, y0 - far, x1, y0 - near),
        (x0, y1 + near, x1, y1 + far),
        (x0 - far, y0, x0 - near, y1),
        (x1 + near, y0, x1 + far, y1),
    )
    shares = []
    for strip in strips:
        sx0, sy0, sx1, sy1 = (max(0, round(v)) for v in strip)
        part = ink[sy0:sy1, sx0:sx1]
        shares.append(float(part.mean()) if part.size else 0.0)
    return sum(share > _CROWDED for share in shares) >= 2


def lines_beyond(ink: Grey, box: BBox, per_pt: float) -> tuple[int, int, int, int]:
    """At how many ends (0 to 2) the line of each side goes on beyond a box's corners.

    The sides are top, bottom, left, right.
    """
    x0, y0, x1, y1 = (v * per_pt for v in box)
    reach, near = _BEYOND_PT * per_pt, 0.9 * per_pt
    gap = 0.5 * per_pt + 1
    sides = []
    for y in (y0, y1):
        ends = ((x0 - gap - reach, x0 - gap), (x1 + gap, x1 + gap + reach))
        sides.append(sum(_is_drawn(ink, (a, y - near, b, y + near), True) for a, b in ends))
    for x in (x0, x1):
        ends = ((y0 - gap - reach, y0 - gap), (y1 + gap, y1 + gap + reach))
        sides.append(sum(_is_drawn(ink, (x - near, a, x + near, b), False) for a, b in ends))
    return sides[0], sides[1], sides[2], sides[3]


def _is_drawn(ink: Grey, box: BBox, level: bool) -> bool:
    """Whether ink runs through a strip along its length."""
    x0, y0, x1, y1 = (round(v) for v in box)
    part = ink[max(0, y0) : max(0, y1) + 1, max(0, x0) : max(0, x1) + 1]
    if not part.size:
        return False
    return bool(part.any(axis=0 if level else 1).mean() > _DRAWN)
