"""Areas filled with a dark colour given back as areas that are drawn: an outline and dark letters.

Headers are filled dark and lettered white, symbols are filled with ink. To all that looks for
lines, outlines and letters a filled area is paper of another colour. So it is made paper: what is
lighter than the filling becomes as much darker than the paper, and the area gets an edge.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.morphology import closed, narrowed, opened, square, widened
from sopextract.ingest.scan.raster import Grey, Mask, Pixels

Floats = npt.NDArray[np.float32]

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
_INK, _PAPER, _PALE_EDGE = 20, 250, 234  # of 255: what is given back
# What is as dark, as thin as `_TIP` and as long (points) is a rule on a filling, of any colour.
_RULE_INK, _RULE = 225, 15.0
_LEAST = 0.35  # of the paper: as much a channel's span to white counts at least
# Of the paper, in the darkest channel: levelling (ink.py) does for lighter shades. An area ends
# where it is half as light again. Points: forms of the flow are narrower.
_SHADED, _WIDE = 0.82, 60.0
# How much of ink another colour is, of the paper and at most: thin rules are blurred to a third of
# their colour. In the channels of that colour it is less: stamps are told by theirs (ink.py).
_TINT, _MOST_TINT, _OWN = 4.0, 0.5, 0.3
# Points: the filling's own colour is the median as far round about, in steps; letters cover less.
_GROUND, _STEP = 45.0, 1.0
_SCALE = 200.0  # of a share of paper in a byte; light noise on paper goes beyond 1


def open_fills(pixels: Pixels, per_pt: float) -> Pixels:
    """The page with its filled areas made paper; the same array where there are none."""
    reduced = _paper(pixels, per_pt)
    filled = _filled(_halved(pixels), reduced, per_pt / 2)
    shaded = _shaded(pixels, reduced, filled, per_pt)
    if not (filled.any() or shaded.any()):
        return pixels
    given, paper = pixels.copy(), _sized(reduced, pixels)
    for areas, is_dark in ((filled, True), (shaded, False)):
        size = (pixels.shape[1], pixels.shape[0])
        whole = np.asarray(cv2.resize(areas, size, interpolation=cv2.INTER_NEAREST), np.uint8)
        for box, mask in _areas(whole, per_pt):
            edge = _edge(mask, per_pt)
            level = _as_paper(given[box], paper[box], mask, mask & ~edge | is_dark, per_pt)
            if is_dark:
                _uncolour_rules(level, per_pt)
                level[edge] = _INK
            else:  # its edge is a rule that is too pale to be ink (hairlines.py)
                level[edge] = np.minimum(level[edge], _PALE_EDGE)
            shade = cv2.multiply(level, paper[box], scale=1 / 255)  # as light as the paper about it
            given[box] = np.where((mask | edge)[:, :, None], shade, given[box])
    return given


def _areas(filled: Grey, per_pt: float) -> Iterator[tuple[tuple[slice, slice], Mask]]:
    """Each area by itself: a box with a little room about it, and where in it the area is."""
    count, names, stats = connected(filled, 4)
    pad = max(2, round(per_pt))
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        box = slice(max(0, y - pad), y + h + pad), slice(max(0, x - pad), x + w + pad)
        yield box, names[box] == k


def _edge(mask: Mask, per_pt: float) -> Mask:
    """The rim of an area, as thick as a rule."""
    area, ring = mask.astype(np.uint8), square(2 * _EDGE, per_pt)
    return widened(area, ring) > narrowed(area, ring)


def _halved(pixels: Pixels) -> Grey:
    """Half as large, without colours: areas of some points are seen there as well, in less time."""
    height, width = pixels.shape[:2]
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(grey, (width // 2, height // 2), interpolation=cv2.INTER_AREA))


def _sized(reduced: Grey, like: Grey) -> Grey:
    """What changes slowly, in the size of another picture."""
    size = (like.shape[1], like.shape[0])
    return np.asarray(cv2.resize(reduced, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _paper(pixels: Pixels, per_pt: float) -> Pixels:
    """How light the paper is round about, whatever is printed on it; much reduced."""
    height, width = pixels.shape[:2]
    small = cv2.resize(pixels, (max(1, width // _REDUCED), max(1, height // _REDUCED)),
                       interpolation=cv2.INTER_AREA)  # fmt: skip
    size = max(3, round(_SHADE * per_pt / _REDUCED)) | 1
    light = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((size, size)))
    return np.asarray(cv2.blur(light, (size, size)), np.uint8)


def _filled(grey: Grey, reduced: Pixels, per_pt: float) -> Grey:
    """1 in areas that are filled dark, with the light letters and rules in them."""
    paper = _sized(np.asarray(cv2.cvtColor(reduced, cv2.COLOR_RGB2GRAY), np.uint8), grey)
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
    return _kept(whole, core)


def _shaded(pixels: Pixels, reduced: Pixels, filled: Grey, per_pt: float) -> Grey:
    """1 in areas that are shaded: not `filled` dark, but darker than paper all over.

    Only wide ones, rows and headers: an outline tells what a symbol is, whatever it is filled with.
    """
    height, width = pixels.shape[:2]
    step = max(1, round(_STEP * per_pt))
    size = (max(1, width // step), max(1, height // step))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    white = _sized(reduced, small).astype(np.float32)
    share = cv2.blur(small, (3, 3)).astype(np.float32) / np.maximum(white, 1)
    known = cv2.resize(filled, size, interpolation=cv2.INTER_NEAREST)
    known = widened(np.asarray(known), square(_LETTER, per_pt / step))
    share, free = share.min(axis=2), known == 0
    dark: Grey = ((share < (1 + _SHADED) / 2) & free).astype(np.uint8)
    wide, high = round(_WIDE * per_pt / step), round(_CORE * per_pt / step)
    core = opened(((share < _SHADED) & free).astype(np.uint8), (wide, high))
    if not core.any():
        return core
    near = square(_LETTER, per_pt / step)
    return _kept(
        opened(closed(dark, near) & widened(core, near), square(_CORE, per_pt / step)), core
    )


def _kept(areas: Grey, core: Grey) -> Grey:
    """The areas that are core for the most part, and no ground of the whole page."""
    count, names, stats = connected(areas, 4)
    cores = np.bincount(names[core > 0], minlength=count)
    sizes = stats[:, cv2.CC_STAT_AREA]
    kept = (cores >= _SOLID * sizes) & (sizes <= _MOST * areas.size)
    kept[0] = False
    found: Grey = kept[names].astype(np.uint8)
    return found


def _as_paper(pixels: Pixels, paper: Pixels, mask: Mask, inner: Mask, per_pt: float) -> Pixels:
    """One area made paper: what is darker, of another colour or, `inner`, lighter becomes ink.

    Each channel is taken by itself: a rule as dark as the filling is seen by its colour.
    """
    share: Floats = _quiet_colours(pixels).astype(np.float32)
    share /= np.maximum(paper, 1)
    ground = _ground(share, mask, per_pt)
    light = (share - ground) / np.maximum(1.0 - ground, _LEAST)
    light[~inner] = 0.0
    off = np.maximum(light, (ground - share) / np.maximum(ground, _BLACK))
    other = share - ground
    other -= other.mean(axis=2, keepdims=True)
    tint = np.minimum(_TINT * np.abs(other).max(axis=2, keepdims=True), _MOST_TINT)
    off = np.maximum(off, np.where(other > 0, _OWN * tint, tint))
    level: Pixels = np.clip(_PAPER - off * (_PAPER - _INK), _INK, _PAPER).astype(np.uint8)
    return level


def _uncolour_rules(level: Pixels, per_pt: float) -> None:
    """Make the rules on a filling grey: of what colour they are is the filling's doing."""
    darkest = level.min(axis=2)
    ink: Grey = (darkest < _RULE_INK).astype(np.uint8)
    thick, run = round(_TIP * per_pt) | 1, round(_RULE * per_pt)
    thin = ink & ~widened(opened(ink, (thick, thick)), (3, 3))
    rules = widened(opened(thin, (run, 1)) | opened(thin, (1, run)), (3, 3)) > 0
    level[rules] = darkest[rules][:, None]


def _quiet_colours(pixels: Pixels) -> Pixels:
    """The pixels with their colour averaged as JPEG does; their light stays sharp."""
    parts = cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb)
    parts[:, :, 1:] = cv2.blur(parts[:, :, 1:], (3, 3))
    return np.asarray(cv2.cvtColor(parts, cv2.COLOR_YCrCb2RGB), np.uint8)


def _ground(share: Floats, mask: Mask, per_pt: float) -> Floats:
    """The filling's own colour, channel by channel as a share of the paper, place by place.

    Header rows may be filled in two tones, and shade runs over them.
    """
    whole = np.median(share[mask], axis=0)
    known = np.where(mask[:, :, None], share, whole)
    step = max(1, round(_STEP * per_pt))
    height, width = mask.shape
    size = (max(1, width // step), max(1, height // step))
    small = np.clip(cv2.resize(known, size, interpolation=cv2.INTER_AREA) * _SCALE, 0, 255)
    reach = min(255, max(3, round(_GROUND / _STEP) | 1))
    small = cv2.medianBlur(small.astype(np.uint8), reach)
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(large.astype(np.float32) / _SCALE)
