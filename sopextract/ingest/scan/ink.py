"""What on a flat page is print, and what was put on it afterwards: stamps and signatures.

Colour alone does not tell: word processors draw boxes and arrows in blue, and so are links. What is
put on by hand is coloured and runs in curves, over a larger area than any symbol of the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox, overlaps, union
from sopextract.ingest.scan.pale import pale_stamps
from sopextract.ingest.scan.raster import Grey, Mask, Pixels, Raster
from sopextract.model.source import InkKind

# Of 255, after the paper was made white: print in an office's blue has 80 and more, JPEG's colour
# noise at the edges of black letters 10 to 25 after blurring (own made scans, quality 45).
_COLOURED = 42
_SHADE_PT = 30.0  # shade changes over more than this; dark symbols are smaller across
_BLOCK_PT = 12.0
_DARKER = 22  # of 255 than the surroundings: a hairline in pale blue at 200 dots an inch
# Points. A symbol of the form is at most some 45 high; a stamp of an office has 70 to 130, a
# signature runs over 30 and more.
_MIN_HAND, _MIN_ACROSS = 26.0, 8.0
_MIN_STAMP = 55.0
_MIN_STROKE = 18.0  # how high the highest stroke of a signature is; letters of headings have 14
_LEAST_INK = 30.0  # square points; less is no stamp
_RULED_PT, _THIN_PT = 11.0, 2.2  # a drawn line is longer and thinner than the level parts of a ring
_REACH_PT = 5.0  # pieces of one stamp lie as near to each other
# Degrees off level and upright that count as slanted. A ring is slanted for two thirds of its way
# and in twelve of eighteen directions; the outline of a capsule for a fifth.
_ON_AXIS = 15
_LEAST_BENDS = 0.3
_ALL_BENT = 0.64  # of worn rings 0.68 to 0.8, of broken lines 0.37 to 0.57 (made scans, seed 7)
_DIRECTIONS = 7
# The frame of a stamp may stand this far from its letters; ink is of one colour within these parts
# of 255; a share of it elsewhere on the page that says that print has the colour too.
_FRAME_PT, _ALIKE, _ELSEWHERE = 36.0, 70, 0.3
_SIDE = 0.5  # of the letters' width or height a side of their frame has; a symbol has a third
# The start symbol as a coloured line encloses it: higher and lower than this; an ellipse fills 0.78
# of its box and a capsule more, a signature's slanted loops less; most of the ink belongs to it.
_FORM_PT, _FORM_HIGH, _FORM_FULL, _CONVEX, _OF_FORM = 9.0, 45.0, 0.72, 0.95, 0.85
_DIAMOND = 0.78  # without its tips one has 0.83; an upright ellipse 0.64, a slanted loop less
_PAPER = 250  # what paper was levelled to
_PALE = 26  # what a worn stamp's thin strokes still have where they hang together with its others
# Colour within a stamp's box that is its own: black letters under it keep their dark through what
# JPEG makes of their edges (see _COLOURED), which is as much.
_TINGED = 15
# Points, and the share of coloured ink: letters leave as much of a filled symbol, strokes of stamps
# and signatures fill no more than half of as wide a square.
_AREA_PT, _AREA_FULL = 8.0, 0.62
# Points: dots of rules have 0.7 to 1.2, and what blurs them; two rows of a double rule that run
# together. Arcs and strokes as long as a signature's are higher and wider.
_DOT_PT, _ROW_PT = 2.0, 5.0
_CHROMA_GAIN = 1.6  # docs: measured on the first OCR trials; black under a stamp stays black


@dataclass(frozen=True, slots=True, eq=False)
class HandInk:
    """Ink put on by hand: its place in pixels and what it looks like.

    `bent` is the share of its edges that are slanted.
    """

    kind: InkKind
    bbox: BBox
    mask: Mask  # of the box
    bent: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """The print of a page: `grey` on white paper, `dark` where there is ink; without hand ink.

    `hand` is what was taken away; `coloured` is where the page is coloured at all.
    """

    grey: Grey
    dark: Mask
    coloured: Mask
    hand: tuple[HandInk, ...]


def read_print(raster: Raster) -> Print:
    """The black (and coloured) print of a flat page, shade levelled."""
    level = _levelled(raster.pixels, raster.per_pt)
    red, green, blue = cv2.split(level)  # NumPy takes forty times as long for what follows
    high, low = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    chroma = cv2.blur(high, (3, 3)).astype(np.int16) - cv2.blur(low, (3, 3))
    grey = np.asarray(cv2.cvtColor(level, cv2.COLOR_RGB2GRAY), np.uint8)
    coloured: Mask = (chroma > _COLOURED) & (grey < 235)
    hand = _found_hand(coloured, chroma > _PALE, raster.per_pt)
    hand = _with_frames(hand, level, coloured, raster.per_pt)
    if hand:
        clean = np.clip(high + _CHROMA_GAIN * np.maximum(chroma, 0), 0, 255).astype(np.uint8)
        stamps = [one for one in hand if one.kind is InkKind.STAMP]
        drawn = _drawn_under(hand, coloured, raster.per_pt)
        for one in hand:
            x0, y0, x1, y1 = (int(v) for v in one.bbox)
            its = one.mask
            if _meets(one, stamps):
                its = its | ((chroma[y0:y1, x0:x1] > _TINGED) & ~drawn[y0:y1, x0:x1])
            grey[y0:y1, x0:x1] = np.where(its, clean[y0:y1, x0:x1], grey[y0:y1, x0:x1])
    dark = _dark(grey, raster.per_pt)
    pale = pale_stamps(grey, dark, raster.per_pt)
    if pale.any():
        grey = np.where(pale, np.uint8(_PAPER), grey)
        dark &= ~pale
        hand = (*hand, _pale_hand(pale))
    return Print(grey, dark, coloured, hand)


def _pale_hand(pale: Mask) -> HandInk:
    """The words of stamps in grey as hand ink, all of a page's in one."""
    x, y, w, h = cv2.boundingRect(pale.astype(np.uint8))
    return HandInk(InkKind.STAMP, (x, y, x + w, y + h), pale[y : y + h, x : x + w])


def _found_hand(coloured: Mask, pale: Mask, per_pt: float) -> tuple[HandInk, ...]:
    """Hand ink, worn stamps with their paler strokes.

    These are believed where strongly coloured ink was found too, or where they are a stamp that is
    bent all over: broken lines of a flow look like bends when they are pale.
    """
    found = _hand_ink(coloured, per_pt)
    if not coloured.any():
        return found
    count, names = cv2.connectedComponents(pale.astype(np.uint8), connectivity=8)
    kept = np.zeros(count, np.bool_)
    kept[names[coloured]] = True
    kept[0] = False
    whole: list[HandInk] = []
    left = list(_hand_ink(coloured | np.asarray(kept[names]), per_pt))
    while more := [
        one
        for one in left
        if _meets(one, (*found, *whole)) or (one.kind is InkKind.STAMP and one.bent >= _ALL_BENT)
    ]:
        whole += more
        left = [one for one in left if one not in more]
    return (*whole, *(one for one in found if not _meets(one, whole)))


def _meets(one: HandInk, others: Sequence[HandInk]) -> bool:
    """Whether hand ink reaches into the box of another's."""
    return any(overlaps(one.bbox, other.bbox) for other in others)


def _drawn_under(hand: Sequence[HandInk], coloured: Mask, per_pt: float) -> Mask:
    """Coloured lines that are no part of a stamp over them: those that go on beyond it.

    Where lines are drawn in colour elsewhere on the page, they may be here too: then only the flat
    parts of its rings are the stamp's.
    """
    ruled = _ruled(coloured.astype(np.uint8), per_pt)
    count, names, stats, _ = cv2.connectedComponentsWithStats(ruled.astype(np.uint8))
    beyond = ruled.copy()
    for one in hand:
        x0, y0, x1, y1 = (int(v) for v in one.bbox)
        beyond[y0:y1, x0:x1] = False
    is_drawn = bool(beyond.sum() > _LEAST_INK * per_pt * per_pt)
    drawn = np.ones(count, np.bool_)
    drawn[0] = False
    for one in hand:
        x0, y0, x1, y1 = (int(v) for v in one.bbox)
        ink = one.mask & coloured[y0:y1, x0:x1]
        for k in (np.unique(names[y0:y1, x0:x1]))[1:].tolist():
            x, y, w, h, _ = (int(v) for v in stats[k])
            if x0 <= x and y0 <= y and x + w <= x1 and y + h <= y1:
                box = (x - x0, y - y0, x + w - x0, y + h - y0)
                drawn[k] &= is_drawn and not _goes_on(ink, box, round(_THIN_PT * per_pt))
    return np.asarray(drawn[names])


def _goes_on(ink: Mask, line: tuple[int, int, int, int], reach: int) -> bool:
    """Whether a straight line goes on in ink that bends, at both of its ends."""
    x0, y0, x1, y1 = line
    top, left = max(y0 - 1, 0), max(x0 - 1, 0)
    if x1 - x0 >= y1 - y0:
        ends = (ink[top : y1 + 1, max(x0 - reach, 0) : x0], ink[top : y1 + 1, x1 : x1 + reach])
    else:
        ends = (ink[max(y0 - reach, 0) : y0, left : x1 + 1], ink[y1 : y1 + reach, left : x1 + 1])
    return all(bool(end.any()) for end in ends)


def _levelled(pixels: Pixels, per_pt: float) -> Pixels:
    """The page with its paper white everywhere: divided by what the paper round about is."""
    small = cv2.resize(pixels, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    size = max(3, round(_SHADE_PT * per_pt / 8)) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 5), (0, 0), size / 3)
    paper = np.maximum(paper, 96)  # dark areas are no shaded paper
    height, width = pixels.shape[:2]
    large = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(pixels, large, scale=250), np.uint8)


def _dark(grey: Grey, per_pt: float) -> Mask:
    """Where there is ink: darker than the mean round about, or dark altogether (filled symbols)."""
    block = int(_BLOCK_PT * per_pt) | 1
    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    local = cv2.adaptiveThreshold(
        soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, _DARKER
    )
    dark: Mask = (local > 0) | (soft < 110)
    return dark


def _hand_ink(coloured: Mask, per_pt: float) -> tuple[HandInk, ...]:
    """Stamps and signatures among what is coloured."""
    mask = coloured.astype(np.uint8)
    strokes = mask & (1 - (_solid(mask, per_pt) | _dots(mask, per_pt)))
    if cv2.countNonZero(strokes) < _LEAST_INK * per_pt * per_pt:
        return ()
    angle, edge = _directions(strokes)
    off = np.abs(angle % 90 - 45) < 45 - _ON_AXIS
    curved = (strokes > 0) & edge & off
    reach = max(3, round(_REACH_PT * per_pt)) | 1
    near = cv2.dilate(curved.astype(np.uint8), np.ones((reach, reach), np.uint8))
    count, names, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    ruled, forms = _ruled(mask, per_pt), _forms(mask, per_pt)
    found: list[HandInk] = []
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        if max(w, h) < _MIN_HAND * per_pt or min(w, h) < _MIN_ACROSS * per_pt:
            continue
        box = (slice(y, y + h), slice(x, x + w))
        here = names[box] == k
        ink = (strokes[box] > 0) & here
        bends = curved[box] & here
        bent = float(bends.sum() / max(1, (ink & edge[box]).sum()))
        if bent < _LEAST_BENDS:
            continue
        if (ink & forms[box]).sum() > _OF_FORM * ink.sum():
            continue
        written = ink & ~forms[box]  # the outline of a box is long, the dashes and heads at it bend
        if not _bends_everywhere(angle[box][bends]) or not _has_long_stroke(written, per_pt):
            continue
        its = (ink & _near(bends, per_pt) & ~ruled[box]).astype(np.uint8)
        grown = cv2.dilate(its, np.ones((5, 5), np.uint8)) > 0
        one = _hand((x, y, x + w, y + h), grown & ~ruled[box], per_pt)
        found.append(replace(one, bent=bent))
    return _joined(found, mask, per_pt)


def _solid(mask: Grey, per_pt: float) -> Grey:
    """Where what is coloured is an area with letters in it, no strokes: a filled symbol, a row."""
    size = round(_AREA_PT * per_pt) | 1
    share = cv2.blur(mask.astype(np.float32), (size, size))
    core = (share >= _AREA_FULL).astype(np.uint8)
    grown = cv2.dilate(core, np.ones((size, size), np.uint8))
    return np.asarray(cv2.bitwise_and(mask, grown), np.uint8)


def _dots(mask: Grey, per_pt: float) -> Grey:
    """What is dotted, which bends all over: single dots of rules, and rows of them."""
    _, names, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    sides = stats[:, 2:4] / per_pt
    small = sides.max(axis=1) <= _DOT_PT
    rows = (sides.min(axis=1) <= _ROW_PT) & (sides.max(axis=1) >= _MIN_STROKE)
    return np.asarray((small | rows)[names], np.uint8)


def _hand(box: tuple[int, int, int, int], ink: Mask, per_pt: float) -> HandInk:
    """Hand ink by its size."""
    across = min(box[2] - box[0], box[3] - box[1])
    kind = InkKind.STAMP if across >= _MIN_STAMP * per_pt else InkKind.SIGNATURE
    return HandInk(kind, box, ink)


def _joined(found: Sequence[HandInk], coloured: Grey, per_pt: float) -> tuple[HandInk, ...]:
    """Hand ink with the pieces put together that one line runs through: the arcs of a ring."""
    if len(found) < 2:
        return tuple(found)
    _, lines = cv2.connectedComponents(cv2.dilate(coloured, np.ones((3, 3), np.uint8)))
    groups: list[tuple[set[int], list[HandInk]]] = []
    for one in found:
        x0, y0, x1, y1 = (int(v) for v in one.bbox)
        its = set(np.unique(lines[y0:y1, x0:x1][one.mask]).tolist()) - {0}
        pieces = [one]
        for group in [g for g in groups if g[0] & its]:
            groups.remove(group)
            its, pieces = its | group[0], [*group[1], *pieces]
        groups.append((its, pieces))
    return tuple(_as_one(pieces, per_pt) for _, pieces in groups)


def _as_one(pieces: Sequence[HandInk], per_pt: float) -> HandInk:
    if len(pieces) == 1:
        return pieces[0]
    left, top, right, bottom = (int(v) for v in union(one.bbox for one in pieces))
    mask = np.zeros((bottom - top, right - left), np.bool_)
    for one in pieces:
        x0, y0, x1, y1 = (int(v) for v in one.bbox)
        mask[y0 - top : y1 - top, x0 - left : x1 - left] |= one.mask
    bent = min(one.bent for one in pieces)
    return replace(_hand((left, top, right, bottom), mask, per_pt), bent=bent)


def _forms(mask: Grey, per_pt: float) -> Mask:
    """What lies on and in boxes, ellipses, capsules and diamonds, of a symbol's size, of a
    coloured line.
    """
    pen = round(_THIN_PT * per_pt) | 1  # gaps of a worn outline are no wider
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((pen, pen), np.uint8))
    count, names, stats, _ = cv2.connectedComponentsWithStats(1 - closed, connectivity=4)
    forms = np.zeros(mask.shape, np.uint8)
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        if not _FORM_PT * per_pt <= h <= min(w, _FORM_HIGH * per_pt):
            continue
        region = (names[y : y + h, x : x + w] == k).astype(np.uint8)
        outlines, _ = cv2.findContours(region, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        outline = max(outlines, key=cv2.contourArea)
        around, area = cv2.convexHull(outline), cv2.contourArea(outline)
        full = area >= _FORM_FULL * w * h or _diamond_fit(region) >= _DIAMOND
        if full and area >= _CONVEX * cv2.contourArea(around):
            cv2.fillConvexPoly(forms, around + np.array([x, y], np.int32), 1)
    size = 2 * round(_THIN_PT * per_pt) + 1
    return cv2.dilate(forms, np.ones((size, size), np.uint8)) > 0


def _diamond_fit(region: Grey) -> float:
    """How much a region shares with the diamond that fills its box."""
    h, w = region.shape
    tips = np.array(
        [[(w - 1) // 2, 0], [w - 1, (h - 1) // 2], [(w - 1) // 2, h - 1], [0, (h - 1) // 2]]
    )
    diamond = np.zeros_like(region)
    cv2.fillConvexPoly(diamond, tips.astype(np.int32), 1)
    return float(np.count_nonzero(region & diamond) / np.count_nonzero(region | diamond))


def _with_frames(
    hand: tuple[HandInk, ...], level: Pixels, coloured: Mask, per_pt: float
) -> tuple[HandInk, ...]:
    """Hand ink with the straight lines round it that are of its ink: the frame of a stamp.

    Where lines of that colour stand elsewhere on the page too, the flow is drawn in it: then its
    lines stay.
    """
    height, width = coloured.shape
    reach = round(_FRAME_PT * per_pt)
    wide = [
        (max(0, x0 - reach), max(0, y0 - reach), min(width, x1 + reach), min(height, y1 + reach))
        for x0, y0, x1, y1 in (tuple(int(v) for v in one.bbox) for one in hand)
    ]
    elsewhere = coloured.copy()
    for x0, y0, x1, y1 in wide:
        elsewhere[y0:y1, x0:x1] = False
    others = level[elsewhere].astype(np.int16)
    framed: list[HandInk] = []
    for one, (x0, y0, x1, y1) in zip(hand, wide, strict=True):
        hx, hy = int(one.bbox[0]), int(one.bbox[1])
        here = np.zeros((y1 - y0, x1 - x0), bool)
        h, w = one.mask.shape
        here[hy - y0 : hy - y0 + h, hx - x0 : hx - x0 + w] = one.mask
        pixels = level[y0:y1, x0:x1].astype(np.int16)
        its = here & coloured[y0:y1, x0:x1]
        tone = np.median(pixels[its], axis=0) if its.any() else np.zeros(3)
        alike = np.abs(others - tone).max(axis=1) < _ALIKE if len(others) else np.zeros(0, bool)
        if alike.sum() < its.sum() * _ELSEWHERE:
            same = coloured[y0:y1, x0:x1] & (np.abs(pixels - tone).max(axis=2) < _ALIKE)
            here |= _sides(same, (hx - x0, hy - y0, hx - x0 + w, hy - y0 + h))
            ys, xs = np.nonzero(here.any(axis=1))[0], np.nonzero(here.any(axis=0))[0]
            top, bottom, left, right = ys[0], ys[-1] + 1, xs[0], xs[-1] + 1
            box = (x0 + int(left), y0 + int(top), x0 + int(right), y0 + int(bottom))
            one = HandInk(one.kind, box, here[top:bottom, left:right])
        framed.append(one)
    return tuple(framed)


def _sides(ink: Mask, around: tuple[int, int, int, int]) -> Mask:
    """Those pieces of ink that are as long as what they stand around, or lie on it."""
    x0, y0, x1, y1 = around
    grown = cv2.dilate(ink.astype(np.uint8), np.ones((5, 5), np.uint8))
    count, names, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    kept = np.zeros(count, np.bool_)
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        along = min(x + w, x1) - max(x, x0), min(y + h, y1) - max(y, y0)
        side = along[0] >= _SIDE * (x1 - x0) or along[1] >= _SIDE * (y1 - y0)
        kept[k] = side or (along[0] >= w and along[1] >= h)
    return np.asarray(kept[names])


def _directions(mask: Grey) -> tuple[npt.NDArray[np.float32], Mask]:
    """The direction across a mask's edges in degrees from 0 to 180, and where edges are."""
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.5)
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    size, angle = cv2.cartToPolar(dx, dy, angleInDegrees=True)
    return np.asarray(angle % 180, np.float32), size > 0.5


def _ruled(mask: Grey, per_pt: float) -> Mask:
    """Thin level and upright lines among what is coloured: drawn, not written."""
    run, thick = max(3, round(_RULED_PT * per_pt)), round(_THIN_PT * per_pt) | 1
    heavy = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
    thin = mask & ~np.asarray(heavy, np.uint8)
    level = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    upright = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((run, 1), np.uint8))
    return cv2.dilate(cv2.bitwise_or(level, upright), np.ones((3, 3), np.uint8)) > 0


def _bends_everywhere(angles: npt.NDArray[np.float32]) -> bool:
    """Whether slanted edges lie in many directions; a diamond's lie in two, an arrow's in one."""
    shares = np.histogram(angles, bins=18, range=(0, 180))[0] / max(1, len(angles))
    return int((shares > 0.03).sum()) >= _DIRECTIONS


def _has_long_stroke(ink: Mask, per_pt: float) -> bool:
    """Whether one piece is longer than letters and dashes are."""
    joined = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return bool((stats[1:count, 3] >= _MIN_STROKE * per_pt).any())


def _near(bends: Mask, per_pt: float) -> Mask:
    """What lies within a pen's width of what bends: the level parts of a ring too."""
    size = max(3, round(_REACH_PT * 2 * per_pt)) | 1
    return cv2.dilate(bends.astype(np.uint8), np.ones((size, size), np.uint8)) > 0
