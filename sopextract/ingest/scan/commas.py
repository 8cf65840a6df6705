"""Commas behind words, which engines pass over or take for full stops where print is small or worn.

A comma is a small spot on the base line that reaches below it, with nothing above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import cv2
import numpy as np

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.ocr.sizes import base_and_size, without_lines
from sopextract.ingest.scan.raster import Mask

# In sizes of the font. Commas of Arial, Times and DejaVu are 0.1 to 0.15 wide (bold 0.23) and 0.24
# to 0.26 high, of which 0.12 to 0.16 below the base line; blurred 0.05 more on each side.
_WIDEST, _LOWEST, _HIGHEST = 0.24, 0.15, 0.4
_RISES, _REACHES, _REACHES_MOST = 0.24, 0.06, 0.3
_NEAR = 0.45  # of where the engine lets the word end; the next begins a space behind it
_NUMBER = re.compile(r"\d{1,2}\.")  # of a list or a step
_DOUBTED = 0.89  # dirt may look like it: below what counts as sure


def with_commas(read: ReadLine, ink: Mask) -> ReadLine:
    """The line with the commas that its `ink` shows behind words without a mark or with a stop."""
    if not read.words:
        return read
    bare = without_lines(ink)
    base, size = base_and_size(read.text.replace(" ", ""), bare)
    if size <= 0:
        return read
    words = list(read.words)
    for left, right in _commas(bare, base, size):
        ends = [abs(word[2] * bare.shape[1] - (left + right) / 2) for word in words]
        k = int(np.argmin(ends))
        text, begin, end, score = words[k]
        if k == 0 and _NUMBER.fullmatch(text):
            continue
        own = text.rstrip(".")
        if ends[k] <= _NEAR * size and own and own[-1].isalnum() and len(text) - len(own) <= 1:
            words[k] = (f"{own},", begin, end, min(score, _DOUBTED))
    return ReadLine(tuple(words))


def _commas(ink: Mask, base: float, size: float) -> Iterator[tuple[int, int]]:
    """The columns (from, to) of spots that are commas by their form."""
    _, names, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    for k, (x, y, w, h, _) in enumerate(stats[1:].tolist(), 1):
        low = y + h - base
        if (
            w <= _WIDEST * size
            and _LOWEST * size <= h <= _HIGHEST * size
            and y >= base - _RISES * size
            and _REACHES * size <= low <= _REACHES_MOST * size
            and not np.any((names[:y, x : x + w] != k) & (names[:y, x : x + w] > 0))
        ):
            yield x, x + w
