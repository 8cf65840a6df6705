"""Stamps and signatures among what is coloured on a page: rings, words, and what runs in curves.

Colour alone does not tell: word processors draw boxes and arrows in blue, and so are links. What is
put on by hand is coloured and runs in curves, over a larger area than any symbol of the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox, centre, contains, overlaps, union
from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.morphology import opened, widened
from sopextract.ingest.scan.pale import coloured_words
from sopextract.ingest.scan.raster import Grey, Mask, Pixels
from sopextract.ingest.scan.rings import find_rings
from sopextract.ingest.scan.straight import straight_ink
from sopextract.model.source import InkKind

# Points. A symbol of the form is at most some 45 high; a stamp of an office has 70 to 130, a
# signature runs over 30 and more.
_MIN_HAND, _MIN_ACROSS = 26.0, 8.0
_MIN_STAMP = 55.0
_MIN_STROKE = 18.0  # how high the highest stroke of a signature is; letters of headings have 14
LEAST_INK = 30.0  # square points; less is no stamp
_RULED_PT, THIN_PT = 11.0, 2.2  # a drawn line is longer and thinner than the level parts of a ring
_REACH_PT = 5.0  # pieces of one stamp lie as near to each other
# Degrees off level and upright that count as slanted. A ring is slanted for two thirds of its way
# and in twelve of eighteen directions; the outline of a capsule for a fifth.
_ON_AXIS = 15
_LEAST_BENDS = 0.3
# Of worn rings 0.68 to 0.8, of broken lines 0.37 to 0.57 (made scans, seed 7).
_ALL_BENT, _BROKEN = 0.64, 0.57
_DIRECTIONS = 7
# The frame of a stamp may stand this far from its letters; ink is of one colour within these parts
# of 255; a share of it elsewhere on the page that says that print has the colour too.
_FRAME_PT, _ALIKE, _ELSEWHERE = 36.0, 70, 0.3
_SIDE = 0.5  # of the letters' width or height a side of their frame has; a symbol has a third
# The start symbol as a coloured line encloses it: higher and lower than this; an ellipse fills 0.78
# of its box and a capsule more, a signature's slanted loops less; most of the ink belongs to it.
_FORM_PT, _FORM_HIGH, _FORM_FULL, _CONVEX, _OF_FORM = 9.0, 45.0, 0.72, 0.95, 0.85
_DIAMOND = 0.78  # without its tips one has 0.83; an upright ellipse 0.64, a slanted loop less
# Points, and the share of coloured ink: letters leave as much of a filled symbol, strokes of stamps
# and signatures fill no more than half of as wide a square.
_AREA_PT, _AREA_FULL = 8.0, 0.62
# Points: dots of rules have 0.7 to 1.2, and what blurs them; two rows of a double rule that run
# together. Arcs and strokes as long as a signature's are higher and wider.
_DOT_PT, _ROW_PT = 2.0, 5.0


@dataclass(frozen=True, slots=True, eq=False)
class HandInk:
    """Ink put on by hand: its place in pixels and what it looks like.

    `bent` is the share of its edges that are slanted.
    """

    kind: InkKind
    bbox: BBox
    mask: Mask  # of the box
    bent: float = 0.0


def find_hand(coloured: Mask, pale: Mask, dark: Mask, per_pt: float) -> tuple[HandInk, ...]:
    """Hand ink, worn stamps with their paler strokes.

    These are believed where strongly coloured ink was found too, or where they are a stamp that is
    bent all over: broken lines of a flow look like bends when they are pale.
    """
    if not coloured.any():
        return ()
    solid = _opened(pale.astype(np.uint8), per_pt)
    found = _hand_ink(coloured, solid, per_pt)
    count, names = cv2.connectedComponents(pale.astype(np.uint8), connectivity=8)
    kept = np.zeros(count, np.bool_)
    kept[names[coloured]] = True
    kept[0] = False
    inked = coloured | np.asarray(kept[names])
    round_ = _ringed(pale, per_pt)
    words = _lettered(pale, dark, per_pt)
    stamps = [*round_, *(one for one in words if not meets(one, (*found, *round_)))]
    whole: list[HandInk] = []
    left = list(_hand_ink(inked, solid, per_pt))
    while more := [
        one
        for one in left
        if meets(one, (*found, *whole))
        or (one.bent > _BROKEN and meets(one, round_))
        or any(_is_of(one, stamp) for stamp in stamps)
        or (one.kind is InkKind.STAMP and one.bent >= _ALL_BENT)
    ]:
        whole += more
        left = [one for one in left if one not in more]
    others = (*whole, *(one for one in found if not meets(one, whole)))
    return _with_pieces(stamps, others, per_pt)


def _ringed(pale: Mask, per_pt: float) -> list[HandInk]:
    """The stamps that are rings: what has colour in them, but for filled areas and lines."""
    mask = pale.astype(np.uint8)
    found = []
    for ring in find_rings(pale, per_pt):
        x0, y0, x1, y1 = ring.bbox
        box = max(x0, 0), max(y0, 0), min(x1, mask.shape[1]), min(y1, mask.shape[0])
        part = np.ascontiguousarray(mask[box[1] : box[3], box[0] : box[2]])
        within, on_line = ring.masks(box)
        others = (drawn_lines(part, per_pt) & ~on_line) | (filled(part, per_pt) > 0)
        found.append(HandInk(InkKind.STAMP, box, within & (part > 0) & ~others, 1.0))
    return found


def _lettered(pale: Mask, dark: Mask, per_pt: float) -> list[HandInk]:
    """The words of stamps that have no ring."""
    found = []
    for mask in coloured_words(pale, dark, per_pt):
        x, y, w, h = cv2.boundingRect(mask.astype(np.uint8))
        grown = cv2.dilate(mask[y : y + h, x : x + w].astype(np.uint8), np.ones((3, 3), np.uint8))
        found.append(HandInk(InkKind.STAMP, (x, y, x + w, y + h), grown > 0, 1.0))
    return found


def _with_pieces(
    stamps: Sequence[HandInk], others: Sequence[HandInk], per_pt: float
) -> tuple[HandInk, ...]:
    """Hand ink, what was found of a stamp by its bends as a part of it."""
    found: list[HandInk] = []
    left = list(others)
    for stamp in stamps:
        own = [one for one in left if _is_of(one, stamp)]
        found.append(_as_one([stamp, *own], per_pt))
        left = [one for one in left if one not in own]
    return (*found, *left)


def _is_of(one: HandInk, stamp: HandInk) -> bool:
    """Whether hand ink is a piece of a stamp; a signature reaches beyond it."""
    if one.kind is InkKind.STAMP:
        return contains(stamp.bbox, centre(one.bbox))
    return contains(stamp.bbox, one.bbox[:2]) and contains(stamp.bbox, one.bbox[2:])


def meets(one: HandInk, others: Sequence[HandInk]) -> bool:
    """Whether hand ink reaches into the box of another's."""
    return any(overlaps(one.bbox, other.bbox) for other in others)


def _hand_ink(coloured: Mask, solid: Grey, per_pt: float) -> tuple[HandInk, ...]:
    """Stamps and signatures among what is coloured; `solid` is what has colour and is no line."""
    mask = coloured.astype(np.uint8)
    strokes = mask & (1 - (filled(mask, per_pt) | _dots(mask, per_pt)))
    if cv2.countNonZero(strokes) < LEAST_INK * per_pt * per_pt:
        return ()
    angle, edge = _directions(strokes)
    straight = straight_ink(mask, per_pt) > 0  # the ends of dashes bend, their line does not
    curved = (strokes > 0) & edge & ~straight
    curved[curved] = np.abs(angle[curved] % 90 - 45) < 45 - _ON_AXIS
    reach = max(3, round(_REACH_PT * per_pt)) | 1
    near = cv2.dilate(curved.astype(np.uint8), np.ones((reach, reach), np.uint8))
    count, names, stats = connected(near)
    ruled, forms = drawn_lines(mask, per_pt), _forms(mask, solid, per_pt)
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
        # the outline of a box is long, the dashes and heads at it bend
        written = ink & ~forms[box] & ~straight[box]
        if not _bends_everywhere(angle[box][bends] % 180) or not _has_long_stroke(written, per_pt):
            continue
        its = (ink & _near(bends, per_pt) & ~ruled[box]).astype(np.uint8)
        grown = cv2.dilate(its, np.ones((5, 5), np.uint8)) > 0
        one = _hand((x, y, x + w, y + h), grown & ~ruled[box], per_pt)
        found.append(replace(one, bent=bent))
    return _joined(found, mask, per_pt)


def filled(mask: Grey, per_pt: float) -> Grey:
    """Where what is coloured is an area with letters in it, no strokes: a filled symbol, a row."""
    size = round(_AREA_PT * per_pt) | 1
    share = cv2.blur(mask.astype(np.float32), (size, size))
    core = (share >= _AREA_FULL).astype(np.uint8)
    grown = cv2.dilate(core, np.ones((size, size), np.uint8))
    return np.asarray(cv2.bitwise_and(mask, grown), np.uint8)


def _dots(mask: Grey, per_pt: float) -> Grey:
    """What is dotted, which bends all over: single dots of rules, and rows of them."""
    _, names, stats = connected(mask)
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


def _opened(mask: Grey, per_pt: float) -> Grey:
    """A mask without what is as thin as a pen's line."""
    pen = round(THIN_PT * per_pt) | 1
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((pen, pen), np.uint8)))


def _forms(mask: Grey, solid: Grey, per_pt: float) -> Mask:
    """What lies on and in boxes, ellipses, capsules and diamonds of a symbol's size, in colour.

    They are enclosed by a line or `solid`: a filling just about as strongly coloured as counts is
    half specks, which bend.
    """
    pen = round(THIN_PT * per_pt) | 1  # gaps of a worn outline are no wider
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((pen, pen), np.uint8))
    forms = np.zeros(mask.shape, np.uint8)
    for areas in (1 - closed, solid):
        count, names, stats = connected(areas, 4)
        for k in range(1, count):
            x, y, w, h, _ = (int(v) for v in stats[k])
            if not _FORM_PT * per_pt <= h <= min(w, _FORM_HIGH * per_pt):
                continue
            around = _form_of((names[y : y + h, x : x + w] == k).astype(np.uint8))
            if around is not None:
                cv2.fillConvexPoly(forms, around + np.array([x, y], np.int32), 1)
    size = 2 * round(THIN_PT * per_pt) + 1
    return cv2.dilate(forms, np.ones((size, size), np.uint8)) > 0


def _form_of(region: Grey) -> npt.NDArray[np.int32] | None:
    """The outline of a region that is a symbol's; None for any other."""
    outlines, _ = cv2.findContours(region, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    around, area = cv2.convexHull(outline), cv2.contourArea(outline)
    full = area >= _FORM_FULL * region.size or _diamond_fit(region) >= _DIAMOND
    if not full or area < _CONVEX * cv2.contourArea(around):
        return None
    return np.asarray(around, np.int32)


def _diamond_fit(region: Grey) -> float:
    """How much a region shares with the diamond that fills its box."""
    h, w = region.shape
    tips = np.array(
        [[(w - 1) // 2, 0], [w - 1, (h - 1) // 2], [(w - 1) // 2, h - 1], [0, (h - 1) // 2]]
    )
    diamond = np.zeros_like(region)
    cv2.fillConvexPoly(diamond, tips.astype(np.int32), 1)
    return float(np.count_nonzero(region & diamond) / np.count_nonzero(region | diamond))


def with_frames(
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
    count, names, stats = connected(grown)
    kept = np.zeros(count, np.bool_)
    for k in range(1, count):
        x, y, w, h, _ = (int(v) for v in stats[k])
        along = min(x + w, x1) - max(x, x0), min(y + h, y1) - max(y, y0)
        side = along[0] >= _SIDE * (x1 - x0) or along[1] >= _SIDE * (y1 - y0)
        kept[k] = side or (along[0] >= w and along[1] >= h)
    return np.asarray(kept[names])


def _directions(mask: Grey) -> tuple[npt.NDArray[np.float32], Mask]:
    """The direction across a mask's edges in degrees from 0 to 360, and where edges are."""
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.5)
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    size, angle = cv2.cartToPolar(dx, dy, angleInDegrees=True)
    return np.asarray(angle, np.float32), size > 0.5


def drawn_lines(mask: Grey, per_pt: float) -> Mask:
    """Thin level and upright lines among what is coloured: drawn, not written."""
    run, thick = max(3, round(_RULED_PT * per_pt)), round(THIN_PT * per_pt) | 1
    thin = mask & ~opened(mask, (thick, thick))
    return widened(opened(thin, (run, 1)) | opened(thin, (1, run)), (3, 3)) > 0


def _bends_everywhere(angles: npt.NDArray[np.float32]) -> bool:
    """Whether slanted edges lie in many directions; a diamond's lie in two, an arrow's in one."""
    shares = np.histogram(angles, bins=18, range=(0, 180))[0] / max(1, len(angles))
    return int((shares > 0.03).sum()) >= _DIRECTIONS


def _has_long_stroke(ink: Mask, per_pt: float) -> bool:
    """Whether one piece is longer than letters and dashes are."""
    joined = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, _, stats = connected(joined)
    return bool((stats[1:count, 3] >= _MIN_STROKE * per_pt).any())


def _near(bends: Mask, per_pt: float) -> Mask:
    """What lies within a pen's width of what bends: the level parts of a ring too."""
    size = max(3, round(_REACH_PT * 2 * per_pt)) | 1
    return cv2.dilate(bends.astype(np.uint8), np.ones((size, size), np.uint8)) > 0
