"""Names of ways out ("Ya", "Valid") in the lanes that the engine found no line for.

Such a word is short and stands right at its line, so that it is taken for a part of it. When all
that is known is taken away, what is left of a letter's size beside one another is read, and taken
only where it names a way out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from sopextract.core.geometry import BBox, contains, grow
from sopextract.ingest.ocr.engine import Engine
from sopextract.ingest.page.labels import LINE_MARKS
from sopextract.ingest.page.rules import Rule
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.scan.connectors import PixelConnectors
from sopextract.ingest.scan.ink import Print
from sopextract.ingest.scan.left_over import left_at_rules
from sopextract.ingest.scan.raster import Grey
from sopextract.ingest.scan.straight import straight_ink
from sopextract.ingest.scan.symbols import PixelSymbol
from sopextract.lexicon.cabang import is_exit
from sopextract.model.source import Outline

# In shares of the usual size of the words in the lanes, as far as not said otherwise.
_LETTER = (0.25, 1.15)  # height of a letter, from x to f
_WIDEST = 1.4  # of one letter, or of a few that hang together
_BESIDE, _LEVEL = 0.45, 0.6  # letters of a word stand as near; as much of their height side by side
_WORD = (0.8, 9.0)  # length of such a word: "Ya", "Tidak memenuhi"
_MARGIN = 0.25
_SURE = 0.75  # less surely read is no word; own judgement
_MOST = 24  # groups on a page; more are dirt


@dataclass(frozen=True, slots=True)
class Lanes:
    """What is known of the lanes of a page, a box in its points."""

    box: BBox
    symbols: Sequence[PixelSymbol]
    rules: Sequence[Rule]
    words: Sequence[Word]
    connectors: PixelConnectors


def find_exits(printed: Print, lanes: Lanes, engine: Engine, per_pt: float) -> tuple[Word, ...]:
    """The names of ways out that are no words yet, but for a letter of theirs."""
    size = _usual_size(lanes)
    if size is None or all(s.kind is not Outline.DIAMOND for s in lanes.symbols):
        return ()
    words = [word for word in lanes.words if _is_whole(word)]
    ink = left_at_rules(
        printed.dark.astype(np.uint8), lanes.symbols, lanes.rules, words, lanes.box, per_pt
    )
    _wipe_heads(ink, lanes.connectors, per_pt)
    lines = straight_ink(ink, per_pt)
    ink[lines > 0] = 0
    groups = [g for g in _groups(ink, lanes.box, size, per_pt) if _has_room(g, words)][:_MOST]
    if not groups:
        return ()
    clean = printed.grey.copy()
    clean[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 255
    margin = _MARGIN * size
    boxes = [tuple(max(0, round(v * per_pt)) for v in grow(g, margin)) for g in groups]
    read = engine.read_lines([np.ascontiguousarray(clean[b[1] : b[3], b[0] : b[2]]) for b in boxes])
    found = []
    for box, line in zip(groups, read, strict=True):
        text = " ".join(word[0] for word in line.words).strip(LINE_MARKS)
        if len(text) > 1 and is_exit(text) and line.score >= _SURE:
            found.append(Word(text, box, size, score=round(line.score, 3)))
    return tuple(found)


def _is_whole(word: Word) -> bool:
    """Whether a word is more than a lone letter, of which the rest may not have been found."""
    text = word.text.strip(LINE_MARKS)
    return len(text) > 1 or not text.isalpha() or is_exit(text)


def _usual_size(lanes: Lanes) -> float | None:
    sizes = sorted(
        w.size_pt for w in lanes.words if contains(lanes.box, w.bbox[:2]) and not w.angle
    )
    sizes = sizes or sorted(w.size_pt for w in lanes.words if not w.angle)
    return sizes[len(sizes) // 2] if sizes else None


def _wipe_heads(ink: Grey, connectors: PixelConnectors, per_pt: float) -> None:
    for head in connectors.heads:
        points = np.round(np.array([head]) * per_pt).astype(np.int32)
        cv2.fillPoly(ink, list(points), 0)


def _groups(ink: Grey, box: BBox, size: float, per_pt: float) -> list[BBox]:
    """The boxes of letters beside one another, in points."""
    x0, y0, x1, y1 = (max(0, round(v * per_pt)) for v in box)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink[y0:y1, x0:x1], connectivity=8)
    letters: list[BBox] = []
    for k in range(1, count):
        x, y, w, h, _ = (float(v) for v in stats[k])
        tall, wide = h / per_pt / size, w / per_pt / size
        if _LETTER[0] <= tall <= _LETTER[1] and wide <= _WIDEST:
            left, top = (x + x0) / per_pt, (y + y0) / per_pt
            letters.append((left, top, left + w / per_pt, top + h / per_pt))
    groups: list[list[BBox]] = []
    for letter in sorted(letters):
        for group in groups:
            last = group[-1]
            shared = min(last[3], letter[3]) - max(last[1], letter[1])
            lower = min(last[3] - last[1], letter[3] - letter[1])
            if letter[0] - last[2] <= _BESIDE * size and shared >= _LEVEL * lower:
                group.append(letter)
                break
        else:
            groups.append([letter])
    boxes = [
        (min(b[0] for b in g), min(b[1] for b in g), max(b[2] for b in g), max(b[3] for b in g))
        for g in groups
        if len(g) > 1
    ]
    return [b for b in boxes if _WORD[0] * size <= b[2] - b[0] <= _WORD[1] * size]


def _has_room(box: BBox, words: Sequence[Word]) -> bool:
    """Whether no word was read in a place."""
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    return not any(contains(w.bbox, middle) for w in words)
