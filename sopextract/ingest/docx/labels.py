"""Words at lines: which forms are such words, and which line each belongs to."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sopextract.core.geometry import Point
from sopextract.core.text import squeeze
from sopextract.ingest.docx.layout import Layout, Placed
from sopextract.model.source import Connector, Outline, Symbol

# Words that stand at the exits of a decision (survey of sheets, domain notes 1.5 and 2.4).
_EXIT = re.compile(
    r"""\W* (?: ya | iya | y | t | n | tidak | tdk | belum | tak | ok | oke | no | yes
        | (?: (?:tidak|tdk|belum|tak|kurang)\s+ )?
          (?: setuju | disetujui | lengkap | sesuai | benar | ada | valid | layak | memenuhi
            | (?:me)?memenuhi\ syarat | diterima | terpenuhi )
        | ditolak | tolak | salah | revisi | perbaikan | dikembalikan ) \W*""",
    re.VERBOSE | re.IGNORECASE,
)
MAX_LABEL = 24  # letters; the longest exit seen is "tidak memenuhi syarat"
_MAX_LABEL_WORDS = 3
_MAX_LABEL_PT = 90.0  # the side of a box with a word in it; twice what made and real sheets show
_LABEL_REACH_PT = 18.0  # from the box of a label to its line; twice what sheets show
_LABEL_OFF_DECISION_PT = 12.0  # what a line that leaves no diamond must be nearer
_BEGIN = 0.5  # what the distance from a line's beginning counts beside that from the line
_FAR_PT = 120.0  # from a beginning; what is further away is the middle of a line anyway
_STEP_PT, _MAX_STEPS = 3.0, 200
_MOVED = 0.6  # what counts of a label's distance that estimated places may explain


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A connector, the strokes that it is drawn of, how far its ends miss, and where it begins."""

    connector: Connector
    strokes: tuple[int, ...]
    misfit: float
    begin: Point


def is_label(placed: Placed) -> bool:
    """Whether a form may be the word at an exit: a plain box with such a word or, without any
    outline, with few words of any kind."""
    shape = placed.shape
    text = squeeze(shape.text)
    if not text or len(text) > MAX_LABEL or not shape.closed:
        return False
    if shape.lined and (shape.geometry not in ("rect", "unknown") or not _EXIT.fullmatch(text)):
        return False
    if _is_form(shape.geometry):
        return False
    left, top, right, bottom = placed.bbox
    return bool(_EXIT.fullmatch(text)) or (
        len(text.split()) <= _MAX_LABEL_WORDS and max(right - left, bottom - top) <= _MAX_LABEL_PT
    )


def _is_form(geometry: str) -> bool:
    return geometry.startswith("flowChart") or geometry in ("diamond", "ellipse", "roundRect")


def label_lines(
    lines: Sequence[DrawnLine],
    labels: Sequence[Placed],
    strokes: Sequence[Placed],
    symbols: Sequence[Symbol],
    layout: Layout,
) -> tuple[list[DrawnLine], list[Placed]]:
    """Give each label to the line that begins beside it, each line at most one.

    Lines that part behind a word share it. What is left over is words.
    """
    diamonds = {s.id for s in symbols if s.outline is Outline.DIAMOND}
    costs: list[tuple[float, int, int]] = []
    for n, label in enumerate(labels):
        for c, line in enumerate(lines):
            far, cost = _distance(label, line, strokes, layout)
            if far <= _LABEL_REACH_PT:
                off = 0.0 if line.connector.tail in diamonds else _LABEL_OFF_DECISION_PT
                costs.append((cost + off, n, c))
    labelled = list(lines)
    taken: set[int] = set()
    given: set[int] = set()
    for _, n, c in sorted(costs):
        if n in taken or c in given:
            continue
        taken.add(n)
        text = squeeze(labels[n].shape.text)
        nearest = min(lines[c].strokes, key=lambda i: _off_path(labels[n], strokes[i], 0.0))
        for other, line in enumerate(lines):
            same_tail = line.connector.tail == lines[c].connector.tail
            if other == c or (same_tail and nearest in line.strokes and other not in given):
                given.add(other)
                labelled[other] = replace(line, connector=replace(line.connector, label=text))
    return labelled, [label for n, label in enumerate(labels) if n not in taken]


def _distance(
    label: Placed, line: DrawnLine, strokes: Sequence[Placed], layout: Layout
) -> tuple[float, float]:
    """How far a label is from a line, and what it costs to take it for that line's.

    Words stand where lines begin: what is near the beginning of one is not the other one's that
    passes. Where places are estimates, the label may lie higher or lower, at a price.
    """
    best = (math.inf, math.inf)
    for i in line.strokes:
        doubt = min(layout.doubt(label, strokes[i]), _LABEL_REACH_PT)
        for move in (0.0, -doubt / 2, doubt / 2, -doubt, doubt) if doubt > 0 else (0.0,):
            far = _off_path(label, strokes[i], move)
            begin = min(_off_point(label, line.begin, move), _FAR_PT)
            best = min(best, (far, far + _BEGIN * begin + _MOVED * abs(move)), key=lambda b: b[1])
    return best


def _off_point(label: Placed, point: Point, move: float) -> float:
    """How far a point is from a label's box that is moved down."""
    left, top, right, bottom = label.bbox
    x, y = point
    return math.hypot(max(left - x, 0.0, x - right), max(top + move - y, 0.0, y - bottom - move))


def _off_path(label: Placed, stroke: Placed, move: float) -> float:
    """How far a line is from a label's box that is moved down."""
    return min(_off_point(label, point, move) for point in _along(stroke.points))


def _along(points: Sequence[Point]) -> Iterator[Point]:
    """Points along a path, close together."""
    for (x1, y1), (x2, y2) in pairwise(points):
        steps = min(max(int(math.dist((x1, y1), (x2, y2)) / _STEP_PT), 1), _MAX_STEPS)
        for k in range(steps + 1):
            yield (x1 + (x2 - x1) * k / steps, y1 + (y2 - y1) * k / steps)
