"""Flows that are clean pictures, traced: drawn here dot by dot."""

from __future__ import annotations

import numpy as np

from sopextract.core.geometry import bbox_of
from sopextract.ingest.page.connectors import wire
from sopextract.ingest.page.inked import read_ink
from sopextract.ingest.page.rules import merge_lines
from sopextract.ingest.page.strokes import Stroke
from sopextract.ingest.page.symbols import find_forms
from sopextract.ingest.page.trace import Mask, trace
from sopextract.model.source import Outline

_PER_PT = 3  # dots per point, near what pictures of sheets have
_BOX = (100.0, 200.0, 300.0, 320.0)  # of the picture on its page


def blank() -> Mask:
    return np.zeros((120 * _PER_PT, 200 * _PER_PT), dtype=np.bool_)


def rectangle(ink: Mask, x0: float, y0: float, x1: float, y1: float) -> None:
    """An edge two dots wide, in points from the picture's corner."""
    a, b, c, d = (round(v * _PER_PT) for v in (x0, y0, x1, y1))
    ink[b : b + 2, a : c + 2] = ink[d : d + 2, a : c + 2] = True
    ink[b : d + 2, a : a + 2] = ink[b : d + 2, c : c + 2] = True


def diamond(ink: Mask, x0: float, y0: float, x1: float, y1: float) -> None:
    cx, cy, rx, ry = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2
    rows, columns = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]] / _PER_PT
    far = np.abs(columns - cx) / rx + np.abs(rows - cy) / ry
    ink |= np.abs(far - 1) < 1.2 / (_PER_PT * min(rx, ry))


def arrow_down(ink: Mask, x: float, y0: float, y1: float) -> None:
    """An upright line with a filled head at its lower end."""
    a, b, c = (round(v * _PER_PT) for v in (x, y0, y1))
    ink[b:c, a : a + 2] = True
    for k in range(4 * _PER_PT):
        half = round(k * 0.4)
        ink[c - k, a - half : a + half + 2] = True


def kinds(strokes: list[Stroke]) -> list[tuple[Outline, tuple[int, ...]]]:
    ink = read_ink(strokes)
    return [
        (form.kind, tuple(round(v) for v in form.bbox))
        for form in find_forms(ink, merge_lines(ink, ink.outlines))
    ]


def test_a_box_and_a_diamond() -> None:
    ink = blank()
    rectangle(ink, 20, 10, 60, 26)
    diamond(ink, 15, 60, 65, 84)
    found = kinds(trace(ink, _BOX, 1))
    assert [kind for kind, _ in found] == [Outline.BOX, Outline.DIAMOND]
    for (_, box), expected in zip(found, ((120, 210, 160, 226), (115, 260, 165, 284)), strict=True):
        assert all(abs(a - b) <= 1 for a, b in zip(box, expected, strict=True))


def test_an_arrow_joins_its_symbols() -> None:
    ink = blank()
    rectangle(ink, 20, 10, 60, 26)
    rectangle(ink, 20, 70, 60, 86)
    arrow_down(ink, 40, 27, 69)
    strokes = read_ink(trace(ink, _BOX, 1))
    forms = find_forms(strokes, merge_lines(strokes, strokes.outlines))
    wiring = wire(strokes.lines, strokes.heads, forms)
    assert [(j.tail, j.head, j.directed) for j in wiring.joints] == [(0, 1, True)]


def test_paths_go_on_from_the_number_given() -> None:
    ink = blank()
    rectangle(ink, 20, 10, 60, 26)
    rectangle(ink, 80, 10, 120, 26)
    assert [stroke.path for stroke in trace(ink, _BOX, 7)] == [7, 8]


def test_a_level_line_stands_where_it_is_drawn() -> None:
    ink = blank()
    ink[30:32, 60:240] = True
    (stroke,) = trace(ink, _BOX, 1)
    x0, y0, x1, y1 = bbox_of(stroke.points)
    assert abs(x0 - 120) < 0.7
    assert abs(x1 - 180) < 0.7
    assert abs(y0 - 210.3) < 0.7
    assert y0 == y1


def test_specks_and_thick_areas_are_nothing() -> None:
    ink = blank()
    ink[10:14, 10:14] = True
    ink[100:200, 100:200] = True
    assert trace(ink, _BOX, 1) == []


def test_an_empty_picture() -> None:
    assert trace(np.zeros((0, 0), dtype=np.bool_), _BOX, 1) == []
    assert trace(blank(), _BOX, 1) == []
