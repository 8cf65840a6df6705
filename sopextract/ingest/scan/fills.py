"""Areas filled with a dark colour given back as areas that are drawn: an outline and dark letters.

Headers are filled dark and lettered white, symbols are filled with ink. To all that looks for
lines, outlines and letters a filled area is paper of another colour. So it is made paper: what is
lighter than the filling becomes as much darker than the paper, and the area gets an edge.
"""

from __future__ import annotations

import cv2
import numpy as np

from sopextract.ingest.scan.morphology import closed, narrowed, opened, square, widened
from sopextract.ingest.scan.raster import Grey, Mask, Pixels

# Of the paper round about. White letters stand on a quarter to a half (Word's own table styles:
# blue 0.43, green 0.44, black-brown 0.25), dark ones on 0.65 and more.
_FILLED = 0.62
# Points. Letters of headings and rules are thinner than a core, heads of arrows too where they are
# as long; the smallest filled symbol and the lowest cell are higher. Strokes of light letters and
# light rules between filled cells are no wider than `_LETTER`, rules thinner than `_TIP`.
_CORE, _LETTER, _TIP = 6.0, 3.0, 2.0
# A line of letters stands between cores, which it parts over no more than its length.
_LINE = 200.0
_SOLID = 0.25  # of an area that is core: what else is dark, letters close to one another, has less
_MOST = 0.25  # of the page: what is filled so far is no header but the table beneath a photograph
_EDGE = 0.5  # points: half of the edge that an area is given, which is as thick as a rule
_BLACK = 0.45  # of the paper: on a darker filling what is black stands out less, and noise as much
_SHADE = 130.0  # points: the paper's shade is looked for as far away; a header is lower
_REDUCED = 8  # the shade changes slowly: it is looked for in every eighth pixel
_INK, _PAPER = 20, 250  # of 255: what is given back


def open_fills(pixels: Pixels, per_pt: float) -> Pixels:
    """The page with its dark areas made paper; the same array where there are none."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    paper = _paper(grey, per_pt)
    filled = _filled(_halved(grey), _halved(paper), per_pt / 2)
    if not filled.any():
        return pixels
    whole = cv2.resize(filled, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    given = pixels.copy()
    count, names, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=4)
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        pad = max(2, round(per_pt))
        box = (
            slice(max(0, y - pad), min(grey.shape[0], y + h + pad)),
            slice(max(0, x - pad), min(grey.shape[1], x + w + pad)),
        )
        mask = names[box] == k
        given[box] = _as_paper(given[box], grey[box], paper[box], mask, per_pt)
    return given


def _halved(grey: Grey) -> Grey:
    """Half as large: areas of some points are seen there as well, in a fourth of the time."""
    height, width = grey.shape
    return np.asarray(cv2.resize(grey, (width // 2, height // 2), interpolation=cv2.INTER_AREA))


def _paper(grey: Grey, per_pt: float) -> Grey:
    """How light the paper is round about, whatever is printed on it."""
    height, width = grey.shape
    small = cv2.resize(grey, (max(1, width // _REDUCED), max(1, height // _REDUCED)),
                       interpolation=cv2.INTER_AREA)  # fmt: skip
    size = max(3, round(_SHADE * per_pt / _REDUCED)) | 1
    light = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((size, size)))
    light = cv2.blur(light, (size, size))
    return np.asarray(cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _filled(grey: Grey, paper: Grey, per_pt: float) -> Grey:
    """1 in filled areas, with the light letters and rules in them."""
    dark: Grey = (grey < _FILLED * paper).astype(np.uint8)
    core = opened(dark, square(_CORE, per_pt))
    if not core.any():
        return core
    near = square(_LETTER, per_pt)
    around = widened(core, near) & dark
    far = max(3, round(_LINE * per_pt))
    between = widened(closed(around, (far, 1)) | closed(around, (1, far)), near)
    whole = opened(closed(dark, near) & between, square(_CORE, per_pt))
    # corners and tips, but no stubs of rules
    whole |= opened(widened(whole, square(2 * _LETTER, per_pt)) & dark, square(_TIP, per_pt))
    count, names, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=4)
    cores = np.bincount(names[core > 0], minlength=count)
    sizes = stats[:, cv2.CC_STAT_AREA]
    kept = (cores >= _SOLID * sizes) & (sizes <= _MOST * grey.size)
    kept[0] = False
    found: Grey = kept[names].astype(np.uint8)
    return found


def _as_paper(pixels: Pixels, grey: Grey, paper: Grey, mask: Mask, per_pt: float) -> Pixels:
    """One area made paper: what is lighter or darker than it becomes ink, and its edge is drawn."""
    share = grey.astype(np.float32) / np.maximum(paper, 1)
    ground = float(np.median(share[mask]))
    light = (share - ground) / max(1.0 - ground, 0.1)
    off = np.maximum(light, (ground - share) / max(ground, _BLACK))
    level = np.clip(_PAPER - off * (_PAPER - _INK), _INK, _PAPER).astype(np.uint8)
    area, ring = mask.astype(np.uint8), square(2 * _EDGE, per_pt)
    edge = widened(area, ring) > narrowed(area, ring)
    level = np.where(edge, _INK, level).astype(np.uint8)
    return np.where((mask | edge)[:, :, None], level[:, :, None], pixels).astype(np.uint8)
