"""Names of ways out ("Ya", "Valid") in the lanes that the engine found no line for.

Such a word is short and stands right at its line, so that it is taken for a part of it. When all
that is known is taken away, what is left of a letter's size beside one another is read, and taken
only where it names a way out. A letter alone ("Y", "T") looks like much else: it is taken where a
page names no way out by a word and has two such letters at least, and then also out of what was
read together with its line ("IT").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from sopextract.core.geometry import BBox, centre, contains, grow
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
# A capital alone: its height and width, and how surely it must be read. Heads of arrows and what is
# left of lines are lower or thinner, or read as no Y or T (looks 8141 to 8154: at most 0.56).
_ALONE_TALL, _ALONE_WIDE, _ALONE_SURE = (0.55, 1.0), (0.35, 0.9), 0.85
_ALONE = frozenset("YT")
_LINES = "Il1i|!"  # what a piece of a line beside a letter is read as
_FEWEST_ALONE = 2


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
    free = _letters(ink, lanes.box, size, per_pt)  # those too that were taken for a line's head
    _wipe_heads(ink, lanes.connectors, per_pt)
    lines = straight_ink(ink, per_pt)
    ink[lines > 0] = 0
    letters = _letters(ink, lanes.box, size, per_pt)
    groups = [g for g in _groups(letters, size) if _has_room(g, words)][:_MOST]
    clean = printed.grey.copy()
    clean[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 255

    def read(boxes: Sequence[BBox], surely: float) -> Iterator[Word]:
        pixels = [tuple(max(0, round(v * per_pt)) for v in grow(b, _MARGIN * size)) for b in boxes]
        shown = [np.ascontiguousarray(clean[b[1] : b[3], b[0] : b[2]]) for b in pixels]
        for box, line in zip(boxes, engine.read_lines(shown) if shown else (), strict=True):
            text = " ".join(word[0] for word in line.words).strip(LINE_MARKS)
            if line.score >= surely:
                yield Word(text, box, size, score=round(line.score, 3))

    found = [w for w in read(groups, _SURE) if len(w.text) > 1 and is_exit(w.text)]
    if any(len(w.text) > 1 and is_exit(w.text) for w in _beside_symbols(lanes)):
        return tuple(found)  # here ways out have words for names
    places = [b for b in free if _may_be_alone(b, size) and _has_room(b, words)]
    places += [b for b in letters if _may_be_alone(b, size) and _has_room(b, words, places)]
    alone = [replace(w, text=w.text.upper()) for w in read(places[:_MOST], _ALONE_SURE)]
    alone = [w for w in alone if w.text in _ALONE]
    alone += [word for w in _beside_symbols(lanes) if (word := _without_line(w)) is not None]
    known = [w for w in _beside_symbols(lanes) if w.text in _ALONE]
    return (*found, *(alone if len(alone) + len(known) >= _FEWEST_ALONE else ()))


def _beside_symbols(lanes: Lanes) -> Iterator[Word]:
    """The words in the lanes that stand in no symbol."""
    for word in lanes.words:
        middle = centre(word.bbox)
        inside = any(contains(symbol.bbox, middle) for symbol in lanes.symbols)
        if contains(lanes.box, middle) and not inside and not word.angle:
            yield word


def _without_line(word: Word) -> Word | None:
    """The letter of a word that is one with a piece of a line: "IT" is T, in doubt; else None."""
    if len(word.text) != 2:
        return None
    left = [c for c in word.text if c not in _LINES]
    if len(left) != 1 or left[0] not in _ALONE:
        return None
    return replace(word, text=left[0], score=min(word.score, _ALONE_SURE))


def _may_be_alone(box: BBox, size: float) -> bool:
    wide, tall = (box[2] - box[0]) / size, (box[3] - box[1]) / size
    return _ALONE_TALL[0] <= tall <= _ALONE_TALL[1] and _ALONE_WIDE[0] <= wide <= _ALONE_WIDE[1]


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


def _letters(ink: Grey, box: BBox, size: float, per_pt: float) -> list[BBox]:
    """The boxes of what may be letters, in points."""
    x0, y0, x1, y1 = (max(0, round(v * per_pt)) for v in box)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink[y0:y1, x0:x1], connectivity=8)
    letters: list[BBox] = []
    for k in range(1, count):
        x, y, w, h, _ = (float(v) for v in stats[k])
        tall, wide = h / per_pt / size, w / per_pt / size
        if _LETTER[0] <= tall <= _LETTER[1] and wide <= _WIDEST:
            left, top = (x + x0) / per_pt, (y + y0) / per_pt
            letters.append((left, top, left + w / per_pt, top + h / per_pt))
    return letters


def _groups(letters: Sequence[BBox], size: float) -> list[BBox]:
    """The boxes of letters beside one another."""
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


def _has_room(box: BBox, words: Sequence[Word], others: Sequence[BBox] = ()) -> bool:
    """Whether no word was read in a place, and nothing else stands there."""
    return not any(contains(b, centre(box)) for b in (*(w.bbox for w in words), *others))
