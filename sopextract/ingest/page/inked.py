"""Strokes as a reader sees them: lines, outlines and arrow heads, however they were drawn.

Printers draw one and the same thing in many ways: a line as a stroke, as a thin filled box or as
the filled outline of a bent line; an outline as a closed stroke or as a ring of two polygons; an
arrow as one polygon. Here each becomes what it looks like.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from sopextract.core.geometry import bbox_of, simplify
from sopextract.ingest.page.areas import add_filled, middle_line, unclosed
from sopextract.ingest.page.arrow_heads import add_hatched_heads, add_open_heads, head_of, open_head
from sopextract.ingest.page.chains import close_chains, string_dots
from sopextract.ingest.page.ink import THIN, Ink, Line, Outline
from sopextract.ingest.page.strokes import Stroke

_WHITE = 0.97


def read_ink(strokes: Iterable[Stroke]) -> Ink:
    """Lines, outlines and heads of a page's strokes; white areas are no ink."""
    ink = Ink()
    for path, group in groupby(strokes, key=lambda s: s.path):
        parts = list(group)
        filled = [s for s in parts if s.fill is not None and s.line is None]
        drawn = [s for s in parts if s.line is not None]
        if filled and filled[0].fill is not None and filled[0].fill < _WHITE:
            add_filled(filled, path, ink)
            if filled[0].score < 1.0:
                ink.heads[:] = [
                    replace(head, score=filled[0].score) if head.path == path else head
                    for head in ink.heads
                ]
        for stroke in drawn:
            _add_drawn(stroke, path, ink)
    string_dots(ink)
    add_hatched_heads(ink)
    close_chains(ink)
    add_open_heads(ink)
    return ink


def _add_drawn(stroke: Stroke, path: int, ink: Ink) -> None:
    """A stroked subpath: an outline when it is closed, else a line or an open head."""
    if stroke.line is None or stroke.line >= _WHITE:
        return
    points = stroke.points
    ends_meet = len(points) > 3 and math.dist(points[0], points[-1]) < 0.8
    clean = simplify(unclosed(points) if (stroke.closed or ends_meet) else points)
    if len(clean) < 2:
        return
    box = bbox_of(clean)
    if (stroke.closed or ends_meet) and len(clean) >= 3:
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) <= THIN:
            ink.lines.append(Line(middle_line(box), path, min(width, height)))
        elif (head := head_of(clean, box, path)) is not None:
            ink.heads.append(head)
        else:
            solid = stroke.fill is not None and stroke.fill < _WHITE
            ink.outlines.append(Outline(clean, box, path, solid=solid, drawn=True))
        return
    if (head := open_head(clean, path)) is not None:
        ink.heads.append(head)
    else:
        ink.lines.append(
            Line(clean, path, stroke.width_pt, stroke.dashed, stroke.score, stroke.flow)
        )
