"""Lines that are too pale to count as ink: seen only when the picture is averaged along them."""

from __future__ import annotations

from itertools import count
from math import gcd

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.ingest.scan.connected import connected
from sopextract.ingest.scan.morphology import closed, narrowed, opened, square, transposed, widened
from sopextract.ingest.scan.raster import Grey, Mask

Floats = npt.NDArray[np.float32]

# Points, and parts of 255. A scan's noise (6 to 12) averaged along a line is 2 to 3; a hairline,
# and one of grey or dots, is 8 and more darker than the paper.
_MEAN, _DARKER = 8.0, 6.0
# Where a page has less noise a line shows that is as many times as dark as nine tenths of it, and
# as this: clean scans have noise of 0.2 there, worn ones of 2 to 3.5 (made scans).
_NOISY, _DARKER_AT_LEAST, _NOISE = 5.0, 2.0, 0.9
# As far (points) beside a dark line JPEG leaves paler ones of up to this share of it.
_RING_FAR, _RING = 6.0, 0.2
_CLEAR = 0.9  # share of the stretch averaged over that is clear of letters, where noise is measured
_THICK = 3.5  # what is thicker is no line; a rule blurred by a scanner is up to 2.5
_LENGTH = 18.0  # shorter runs may be letters of pale print
_PAPER = 250  # of 255: ink.py makes the paper as light
_DEEP = 60  # what is darker counts as much: one black dot is no line
_SAMPLE = 100_000  # pixels tell the noise as well as all of them
_SEEN = 0.35  # of the stretch averaged over that must not be covered by letters and symbols
_OVER = 2.2  # what is averaged shows a line as far past its end where another meets it
_COVERED = 60.0  # a line goes on under as many letters
_RUN = 11.0  # what runs on as far is a line, as dark as it may be; letters of headings are smaller
_DOT, _DOTTED = 1.6, 0.5  # of dotted rules one has 0.7 to 1.2; a share of a group's ink
_APART = 2.0  # between letters of a word
# Letters run together to what is thick somewhere, and stand within half of this about it; worn
# rules that cross are wide and high too, but thin everywhere.
_SOLID, _WORD = 2.5, 9.0
_FLAT = 5.0, 60.0  # as flat and as long is no line of letters: one of them is higher
# Beyond the rim of a line of letters closed up a seventh and more of its length has tops and tails
# of them, beyond that of a rule of dots what ends on it. Strokes of letters stand 3.1 points and
# more apart, dots 1.5 to 2.4; those of a thick rule farther (looks 9501 to 9526).
_RIM, _BESIDE = 0.8, 0.7
_DOTS_AND_TAILS = (2.6, 0.35), (3.6, 0.12)
_FULL = 0.3  # of its box a row of letters fills half, a corner of two rules a sixth


def _least(off: Floats, clear: Mask) -> float:
    """How much darker than the paper beside it a line must be to stand out from the noise."""
    size = cv2.countNonZero(clear.view(np.uint8))
    least = max(1, size // _SAMPLE)
    step = next(n for n in count(least) if gcd(n, off.shape[1]) == 1)  # all columns have a part
    sample = off.ravel()[::step][clear.ravel()[::step]]
    if not sample.size:
        return _DARKER
    noise = float(np.quantile(sample, _NOISE))
    return float(np.clip(_NOISY * noise, _DARKER_AT_LEAST, _DARKER))


def find_letters(ink: Grey, per_pt: float) -> Grey:
    """1 in and round about what is no line: words, heads of arrows."""
    far, gap = max(3, round(_RUN * per_pt)), square(_APART, per_pt)
    lines = widened(opened(ink, (far, 1)) | opened(ink, (1, far)), (3, 3))
    pieces = ink & (1 - lines)
    words = closed(pieces, gap)
    flat = _flat(pieces, words, per_pt)
    flat |= _flat(transposed(pieces), transposed(words), per_pt).T
    pieces, words = pieces & (1 - flat), words & (1 - flat)
    _, names, stats = connected(words)
    sides = stats[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)]
    wide = sides.min(axis=1) > _THICK * per_pt
    wide &= (sides.min(axis=1) > _FLAT[0] * per_pt) | (sides.max(axis=1) < _FLAT[1] * per_pt)
    wide[0] = False
    full = stats[:, cv2.CC_STAT_AREA] >= _FULL * sides[:, 0] * sides[:, 1]
    wide &= ~_dotted(pieces, np.asarray(names, np.int32), per_pt)
    whole = wide & (full | (sides.max(axis=1) < _LENGTH * per_pt))
    solid = widened(opened(words, square(_SOLID, per_pt)), square(_WORD, per_pt))
    found: Grey = (whole[names] | (wide[names] & (solid > 0))).astype(np.uint8)
    return widened(found, gap)


def _flat(pieces: Grey, words: Grey, per_pt: float) -> Grey:
    """1 along level lines of dots, also where two lie side by side and their dots touch.

    `words` are the `pieces` of ink with the gaps between them closed.
    """
    height, length = (round(side * per_pt) for side in _FLAT)
    rim, far = round(_RIM * per_pt), round((_RIM + _BESIDE) * per_pt)
    found = np.zeros_like(words)
    _, _, stats = connected(opened(words, (length, 1)))
    for x, y, w, h, _ in stats[1:]:
        top, bottom = max(0, y - rim), y + h + rim
        sides = words[max(0, y - far) : top, x : x + w], words[bottom : y + h + far, x : x + w]
        tails = max(float(side.any(axis=0).mean()) if side.size else 0.0 for side in sides)
        dots = np.count_nonzero(np.diff(pieces[y : y + h, x : x + w], axis=1) == 1, axis=1).max()
        pitch = w / per_pt / max(int(dots), 1)
        if h <= height and any(pitch <= p and tails <= t for p, t in _DOTS_AND_TAILS):
            found[top:bottom, x : x + w] = 1
    return found


def _dotted(pieces: Grey, names: npt.NDArray[np.int32], per_pt: float) -> npt.NDArray[np.bool_]:
    """Which groups of pieces, by number, are dots for the most part: dotted rules side by side."""
    _, spots, stats = connected(pieces)
    dots = stats[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].max(axis=1) <= _DOT * per_pt
    inked = pieces > 0
    its = names[inked]
    most = int(names.max()) + 1
    small = np.bincount(its, weights=dots[spots[inked]], minlength=most)
    return np.asarray(small > _DOTTED * np.bincount(its, minlength=most))


def _floats(picture: npt.NDArray[np.integer | np.floating]) -> Floats:
    return np.asarray(picture, np.float32)


def hairlines(grey: Grey, ink: Grey, letters: Grey, inside: Grey, per_pt: float) -> Grey:
    """1 where a line runs along the rows of a picture, pale ones too.

    What `letters` cover, what is `inside` symbols, and lines across, is passed over: it says
    neither that a line is there nor that none is.
    """
    letters = letters | inside
    across = opened(ink, (1, max(3, round(_RUN * per_pt))))
    seen = 1 - (letters | widened(across, (5, 1)))
    deep = cv2.LUT(grey, np.clip(_PAPER - np.arange(256), 0, _DEEP).astype(np.uint8)) * seen
    length = round(_MEAN * per_pt) | 1
    # pictures of floats are large: what can be is worked out in the place of one that was
    share = _floats(cv2.boxFilter(seen, cv2.CV_32F, (length, 1)))
    off = _floats(cv2.boxFilter(deep, cv2.CV_32F, (length, 1)))
    seen_enough, clear = share >= _SEEN, (share >= _CLEAR) & (ink == 0)
    np.divide(off, np.maximum(share, _SEEN, out=share), out=off)
    thick = np.ones((round(_THICK * per_pt) | 1, 1), np.uint8)
    np.subtract(off, _floats(cv2.morphologyEx(off, cv2.MORPH_OPEN, thick)), out=off)
    # where a line ends, half of what is averaged is line
    least = _floats(cv2.dilate(off, np.ones((1, length), np.uint8)))
    least *= 0.5
    rings = _floats(cv2.dilate(off, np.ones((2 * round(_RING_FAR * per_pt) + 1, 1), np.uint8)))
    np.minimum(np.multiply(rings, _RING, out=rings), _DARKER, out=rings)
    np.maximum(np.maximum(rings, _least(off, clear), out=rings), least, out=least)
    found: Grey = ((off > least) & seen_enough).astype(np.uint8)
    found &= opened(found | inside, (round(_LENGTH * per_pt), 1))
    found = narrowed(found, (2 * round(_OVER * per_pt) + 1, 1))
    # how far a line runs on under letters is not seen
    return found & closed(found & (1 - letters), (round(_COVERED * per_pt), 1))
