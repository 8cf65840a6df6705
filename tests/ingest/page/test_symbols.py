"""Symbols told by their outline, whichever way it was drawn."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from sopextract.core.geometry import BBox, Point
from sopextract.ingest.page.rules import merge_lines
from sopextract.ingest.page.strokes import Stroke
from sopextract.ingest.page.symbols import Form, find_forms
from sopextract.ingest.page.understood import understand
from sopextract.model.source import Outline
from tests.ingest.page.canvas import SHAPES, Canvas, box_at, capsule, diamond, rectangle

KINDS = [kind.value for kind in Outline]
BOX = box_at(200, 120, 44, 18)


def forms(canvas: Canvas) -> list[Form]:
    return find_forms(canvas.ink, merge_lines(canvas.ink, canvas.ink.outlines))


def kinds(canvas: Canvas) -> list[tuple[Outline, BBox]]:
    return [(form.kind, tuple(round(v) for v in form.bbox)) for form in forms(canvas)]  # type: ignore[misc]


def bezier_capsule(canvas: Canvas, box: BBox) -> Canvas:
    """The outline as printers flatten it: six chords to each quarter of its ends."""
    points = capsule(box, 12)
    canvas.strokes.append(Stroke((*points, points[0]), canvas.path, True, None, 0.0, 0.75, True))
    canvas.path += 1
    return canvas


def bar(a: Point, b: Point, pen: float) -> tuple[Point, ...]:
    """The line from `a` to `b` as a rectangle that reaches half a pen beyond both."""
    size = math.dist(a, b)
    dx, dy = (b[0] - a[0]) / size * pen / 2, (b[1] - a[1]) / size * pen / 2
    (x0, y0), (x1, y1) = (a[0] - dx, a[1] - dy), (b[0] + dx, b[1] + dy)
    return (x0 - dy, y0 + dx), (x1 - dy, y1 + dx), (x1 + dy, y1 - dx), (x0 + dy, y0 - dx)


def overlapping_bars(canvas: Canvas, corners: tuple[Point, ...]) -> Canvas:
    """The outline as old printer drivers draw it: a filled bar for each piece."""
    for a, b in zip(corners, (*corners[1:], corners[0]), strict=True):
        canvas.fill(bar(a, b, 0.9))
    return canvas


WAYS: dict[str, Callable[[Canvas, str], Canvas]] = {
    "edge": lambda c, kind: c.edge(SHAPES[kind](BOX)),
    "edge over white": lambda c, kind: c.fill(SHAPES[kind](BOX), lightness=1.0).edge(
        SHAPES[kind](BOX)
    ),
    "edge and filling in one": lambda c, kind: c.edge(SHAPES[kind](BOX), fill=0.9),
    "filling, then edge": lambda c, kind: c.fill(SHAPES[kind](BOX), lightness=0.8).edge(
        SHAPES[kind](BOX)
    ),
    "filling alone": lambda c, kind: c.fill(SHAPES[kind](BOX), lightness=0.8),
    "ring": lambda c, kind: c.ring(SHAPES[kind](BOX)),
    "lines": lambda c, kind: c.lines(SHAPES[kind](BOX)),
    "bars that overlap": lambda c, kind: overlapping_bars(c, SHAPES[kind](BOX)),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", sorted(WAYS))
def test_every_symbol_in_every_way(kind: str, way: str) -> None:
    ((found, box),) = kinds(WAYS[way](Canvas(), kind))
    assert found.value == kind
    assert box == pytest.approx(BOX, abs=1.1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(14, 9), (30, 12), (95, 35), (120, 20)])
def test_symbols_of_every_size(kind: str, size: tuple[float, float]) -> None:
    ((found, _),) = kinds(Canvas().symbol(kind, box_at(200, 120, *size)))
    assert found.value == kind


def test_a_box_of_four_thin_bars() -> None:
    assert kinds(Canvas().bars(BOX)) == [(Outline.BOX, BOX)]


def test_a_box_of_four_lines_in_any_order() -> None:
    a, b, c, d = rectangle(BOX)
    canvas = Canvas().line(d, c).line(a, d).line(a, b).line(c, b)
    assert kinds(canvas) == [(Outline.BOX, BOX)]


def test_a_diamond_of_four_lines_in_any_order() -> None:
    top, right, bottom, left = diamond(BOX)
    canvas = Canvas().line(left, top).line(bottom, right).line(top, right).line(bottom, left)
    assert [kind for kind, _ in kinds(canvas)] == [Outline.DIAMOND]


def test_a_capsule_with_curved_ends() -> None:
    assert [kind for kind, _ in kinds(bezier_capsule(Canvas(), BOX))] == [Outline.CAPSULE]


def test_a_shadow_is_no_second_symbol() -> None:
    x0, y0, x1, y1 = BOX
    shadow = (x0 + 3, y0 + 3, x1 + 3, y1 + 3)
    canvas = Canvas().fill(rectangle(shadow), lightness=0.6).edge(rectangle(BOX), fill=0.95)
    assert kinds(canvas) == [(Outline.BOX, BOX)]
    shadow = (x0 + 1.8, y0 + 1.8, x1 + 1.8, y1 + 1.8)
    canvas = Canvas().fill(rectangle(shadow), lightness=0.6).fill(rectangle(BOX), lightness=0.95)
    assert [kind for kind, _ in kinds(canvas.bars(BOX))] == [Outline.BOX]


def test_symbols_beside_each_other_are_two() -> None:
    other = box_at(260, 120, 44, 18)
    canvas = Canvas().symbol("box", BOX).symbol("box", other)
    assert kinds(canvas) == [(Outline.BOX, BOX), (Outline.BOX, other)]


@pytest.mark.parametrize("size", [(6, 5), (300, 40), (40, 200)])
def test_sizes_that_no_symbol_has(size: tuple[float, float]) -> None:
    assert kinds(Canvas().symbol("box", box_at(400, 300, *size))) == []


def test_cells_drawn_one_by_one_are_no_symbols() -> None:
    canvas = Canvas()
    for row in range(3):
        for column in range(4):
            x, y = 50 + 60 * column, 100 + 20 * row
            canvas.edge(rectangle((x, y, x + 60, y + 20)))
    assert kinds(canvas) == []


def test_a_box_that_touches_a_rule_is_a_symbol() -> None:
    canvas = Canvas().grid((50, 150, 250, 350), (100, 140, 180)).symbol("box", (180, 110, 220, 140))
    assert kinds(canvas) == [(Outline.BOX, (180, 110, 220, 140))]


def test_shading_of_a_cell_is_no_symbol() -> None:
    canvas = Canvas().fill(rectangle((50, 100, 150, 140)), lightness=0.85)
    canvas.grid((50, 150, 250, 350), (100, 140, 180))
    assert understand(canvas.page()).forms == []


def test_shading_behind_a_line_of_words_is_no_symbol() -> None:
    canvas = Canvas().grid((50, 150, 250, 350), (100, 140, 180))
    canvas.fill(rectangle((60, 110, 120, 121)), lightness=0.85).text("Uraian", 65, 119)
    assert understand(canvas.page()).forms == []
