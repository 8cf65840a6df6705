"""Letters that look alike small and large (o, s, ...), told by how high they stand.

An engine takes them as the letters around them are, which in short titles ("S.Sos.") say little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np

from sopextract.core.letters import advance
from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.ocr.sizes import HIGH, SMALL, base_and_size, without_lines
from sopextract.ingest.scan.raster import Mask
from sopextract.lexicon.kata import is_known

ReadWord = tuple[str, float, float, float]  # text, begin, end, score, as in `ReadLine`

TWO_FACED = frozenset("COSUVWXZ")
# Letters after whose first no capital stands but those, and one does: "SoS", "KOm", no "SOP".
_UNTOLD = re.compile(r"(?<![^\W\d_])[A-Z]((?=[a-z]*[COSUVWXZ])[a-zCOSUVWXZ]{2,})(?![^\W\d_])")
_LETTER = 0.35  # of the size: what is lower is a dot
_SIDE = 0.25  # of the room of a letter that touches others, left out at both of its sides
_CLEAR = 0.06  # of the size: so much nearer a letter must be to one of the two heights


def with_cases(read: ReadLine, ink: Mask) -> ReadLine:
    """The line, letters within words that nobody knows as large as its `ink` shows them."""
    if not any(_may_differ(word[0]) for word in read.words):
        return read
    bare = without_lines(ink)
    base, size = base_and_size(read.text.replace(" ", ""), bare)
    if size <= 0:
        return read
    found = cv2.connectedComponentsWithStats(bare.astype(np.uint8), connectivity=8)
    names, stats = found[1], np.asarray(found[2], np.int64)
    middles = stats[:, 0] + stats[:, 2] / 2
    middles[0] = -1.0  # paper
    # a word's place is known to a letter only, so that it reaches half the way to its neighbours
    edges = [0.0, *((a[2] + b[1]) / 2 for a, b in pairwise(read.words)), 1.0]
    words = []
    for word, (left, right) in zip(read.words, pairwise(edges), strict=True):
        if _may_differ(word[0]):
            own = (left * bare.shape[1] <= middles) & (middles <= right * bare.shape[1])
            letters = np.isin(names, np.flatnonzero(own))
            word = ("".join(_told(word[0], _rises(word[0], letters, base, size))), *word[1:])
        words.append(word)
    return ReadLine(tuple(words))


def _rises(text: str, ink: Mask, base: float, size: float) -> list[float]:
    """How high over the base line each sign of a word stands, in sizes: by its spot of ink.

    Where letters touch, by the ink in the middle of where each must stand.
    """
    found = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    stats = np.asarray(found[2], np.int64)[1:]
    letters = stats[stats[:, 3] >= _LETTER * size]
    tops = iter(letters[np.argsort(letters[:, 0]), 1].tolist())
    if len(letters) == sum(c.isalnum() for c in text):
        return [(base - next(tops)) / size if c.isalnum() else 0.0 for c in text]
    columns = np.flatnonzero(ink.any(axis=0))
    if not len(columns):
        return [0.0] * len(text)
    rises, start, width = [], float(columns[0]), float(np.ptp(columns) + 1)
    for sign in text:
        end = start + width * advance(sign) / advance(text)
        middle = ink[:, round(start + _SIDE * (end - start)) : round(end - _SIDE * (end - start))]
        rows = np.flatnonzero(middle.any(axis=1))
        rises.append((base - float(rows[0])) / size if len(rows) else 0.0)
        start = end
    return rises


def _may_differ(text: str) -> bool:
    return any(not is_known(run[0].lower()) for run in _UNTOLD.finditer(text))


def _told(text: str, rises: list[float]) -> Iterator[str]:
    """The signs of a word that rise so much over the base line, small or large."""
    inner = {k for run in _UNTOLD.finditer(text) for k in range(run.start(1), run.end(1))}
    for k, (sign, rise) in enumerate(zip(text, rises, strict=True)):
        low = abs(rise - HIGH) - abs(rise - SMALL)
        if k in inner and sign.upper() in TWO_FACED and abs(low) >= _CLEAR:
            yield sign.lower() if low > 0 else sign.upper()
        else:
            yield sign
