"""The single spots of ink on a page: letters, parts of letters, and what is none.

Boxes are pixels of the picture: left, top, right, bottom, the last two one past the end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox
from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.morphology import opened, widened
from sopextract.ingest.scan.raster import Grey, Mask

PixelBox = tuple[int, int, int, int]
Numbers = npt.NDArray[np.intp]

# Grey below which a pixel is print on a levelled page: faint strokes of worn print stay above 128.
_DARK = 180
# Points. A straight run of ink longer than the first is a rule, a connector or an underline: the
# tallest letters of sheets (titles of 20 points) have strokes of 15.
_LONG = 24.0
# A spot that fills its hull but not its box is a head of an arrow or a filled diamond: such heads
# fill 0.9 to 1 and 0.45 to 0.6; letters fill less of their hull, dots and dashes more of their box.
_SOLID, _BOXY = 0.85, 0.68
_HALF_BAND = 0.6  # points: what is taken away at the sides of cells; letters may touch them
HALF_RULE = 0.9  # points: half a table rule with its blur; a rule of 1 point has 0.5
_HEAD = 2.2  # points: heads are larger than this both ways, full stops smaller


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """The spots of a page: `labels` (height, width) numbers each pixel's, 0 for none.

    The others are by number, those of 0 say nothing; `middles` (spots, 2) are those of the boxes,
    `hangs` tells spots that touch a long line. `lines` are the pixels of those. `darkest` is the
    grey of each spot's darkest pixel.
    """

    labels: npt.NDArray[np.int32]
    boxes: npt.NDArray[np.int32]
    areas: npt.NDArray[np.int32]
    middles: npt.NDArray[np.float64]
    hangs: Mask
    lines: Mask
    darkest: Grey

    def box_of(self, numbers: Numbers) -> PixelBox:
        """The box around some spots; there must be one."""
        b = self.boxes[numbers]
        x0, y0 = b[:, 0].min(), b[:, 1].min()
        return int(x0), int(y0), int(b[:, 2].max()), int(b[:, 3].max())

    def ink(self, numbers: Numbers, box: PixelBox) -> Mask:
        """The pixels of some spots within a box."""
        wanted = np.zeros(len(self.boxes), np.bool_)
        wanted[numbers] = True
        x0, y0, x1, y1 = box
        return np.asarray(wanted[self.labels[y0:y1, x0:x1]])

    def shown(
        self, picture: Grey, numbers: Numbers, box: PixelBox, tallest: float = math.inf
    ) -> tuple[Grey, Mask]:
        """The picture within a box without the spots of others, and the pixels of some spots.

        What hangs on a line is left, and what is higher than the `tallest`: it may be a letter of
        these that a line or a stamp runs through.
        """
        import cv2

        own = self.ink(numbers, box)
        x0, y0, x1, y1 = box
        labels = self.labels[y0:y1, x0:x1]
        left = self.hangs | (self.boxes[:, 3] - self.boxes[:, 1] > tallest)
        others = (labels > 0) & ~own & ~left[labels]
        crop = picture[y0:y1, x0:x1]
        if others.any():
            blurred = cv2.dilate(others.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
            crop = np.where(blurred & ~own, np.uint8(255), crop)
        return crop, own

    def crosses(self, numbers: Numbers, box: PixelBox, tallest: float) -> bool:
        """Whether a spot of others that is higher than the `tallest` reaches into a box."""
        x0, y0, x1, y1 = box
        inside = np.unique(self.labels[y0:y1, x0:x1])
        heights = self.boxes[inside, 3] - self.boxes[inside, 1]
        tall = inside[(heights > tallest) & ~self.hangs[inside] & (inside > 0)]
        return bool(len(np.setdiff1d(tall, numbers)))

    def hangs_at(self, numbers: Numbers, box: PixelBox) -> tuple[bool, bool]:
        """Whether ink that touches a line stands left, right of some spots in a box."""
        x0, y0, x1, y1 = box
        free = numbers[~self.hangs[numbers]]
        if not len(free):
            return True, True
        left, _, right, _ = self.box_of(free)
        hanging = self.hangs[self.labels[y0:y1, x0:x1]]
        columns = np.flatnonzero(hanging.any(axis=0)) + x0
        return bool((columns < left + 1).any()), bool((columns >= right - 1).any())

    def groups(self, numbers: Numbers, gap: float, over_rule: float) -> list[Numbers]:
        """Spots in groups with less than a gap between them, from the left; a rule is no gap."""
        ordered = numbers[np.argsort(self.boxes[numbers, 0], kind="stable")]
        starts = self.boxes[ordered[1:], 0]
        ends = np.maximum.accumulate(self.boxes[ordered, 2])[:-1]
        _, top, _, bottom = self.box_of(numbers)
        cuts = []
        for k in np.flatnonzero(starts - ends > gap):
            ruled = self.lines[top:bottom, ends[k] : starts[k]].any(axis=0)
            if (~ruled).sum() > (over_rule if ruled.any() else gap):
                cuts.append(k + 1)
        return np.split(ordered, cuts)

    def is_head(self, number: int, per_pt: float) -> bool:
        """Whether a spot is a filled triangle or diamond: a head of an arrow, no letter."""
        import cv2

        x0, y0, x1, y1 = self.boxes[number].tolist()
        if min(x1 - x0, y1 - y0) < _HEAD * per_pt:
            return False
        area = float(self.areas[number])
        if area > _BOXY * (x1 - x0) * (y1 - y0):
            return False
        own = (self.labels[y0:y1, x0:x1] == number).astype(np.uint8)
        points = np.argwhere(own)[:, ::-1].astype(np.int32)
        hull = cv2.convexHull(points)
        # Pixels lie half outside a hull through their middles.
        around = cv2.contourArea(hull) + cv2.arcLength(hull, True) / 2 + 1
        return area >= _SOLID * around


def find_spots(picture: Grey, cells: Sequence[BBox], per_pt: float) -> Spots:
    """What may be letters on a levelled page: dark spots that are no part of long lines.

    The sides of the cells (pixels) are lines however worn they are.
    """
    import cv2

    dark = (picture < _DARK).astype(np.uint8)
    reach = max(int(_LONG * per_pt), 3)
    ruled = widened(opened(dark, (reach, 1)) | opened(dark, (1, reach)), (3, 3))
    for x0, y0, x1, y1 in cells:
        corners = ((round(x0), round(y0)), (round(x1), round(y1)))
        cv2.rectangle(ruled, *corners, 1, thickness=2 * round(_HALF_BAND * per_pt) + 1)
    lines = ruled > 0
    _, whole, stats = connected(dark)
    long = stats[:, 2:4].max(axis=1) > reach
    dark[lines] = 0
    _, labels, stats = connected(dark)
    boxes = stats[:, :4].astype(np.int32)
    boxes[:, 2:] += boxes[:, :2]
    hangs = np.zeros(len(boxes), np.bool_)
    names = np.asarray(labels, np.int32)
    inked = names > 0
    hangs[names[inked]] = long[whole[inked]]
    areas = stats[:, 4].astype(np.int32)
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    darkest = np.full(len(boxes), 255, np.uint8)
    np.minimum.at(darkest, names[inked], picture[inked])
    return Spots(names, boxes, areas, middles, hangs, np.asarray(lines), darkest)
