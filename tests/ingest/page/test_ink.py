"""Strokes read as what they look like, however they were drawn."""

from __future__ import annotations

import pytest

from sopextract.core.geometry import Point, bbox_of
from sopextract.ingest.page.ink import Head, Ink
from tests.ingest.page.canvas import SHAPES, Canvas, box_at, capsule, rectangle


def ends(ink: Ink) -> list[tuple[Point, Point]]:
    """The ends of all lines, rounded, each line from its lesser end."""
    pairs = []
    for line in ink.lines:
        a, b = ((round(x, 1), round(y, 1)) for x, y in (line.points[0], line.points[-1]))
        pairs.append((min(a, b), max(a, b)))
    return sorted(pairs)


def tips(head: Head) -> list[Point]:
    return [(round(way.tip[0], 1), round(way.tip[1], 1)) for way in (head, *head.others)]


def test_a_thin_filled_box_is_the_line_in_its_middle() -> None:
    ink = Canvas().fill(rectangle((10, 50, 90, 51))).fill(rectangle((20, 10, 20.6, 40))).ink
    assert ends(ink) == [((10, 50.5), (90, 50.5)), ((20.3, 10), (20.3, 40))]
    assert not ink.outlines


def test_a_bent_bar_is_its_centre_lines() -> None:
    bent = ((10, 10), (60, 10), (60, 60), (59, 60), (59, 11), (10, 11))
    ink = Canvas().fill(bent).ink
    assert len(ink.lines) == 2
    (a, b), (c, d) = ends(ink)
    assert a == (10, 10.5)
    assert d == (59.5, 60)
    assert abs(b[0] - c[0]) <= 0.5 or c == a or b == c
    assert not ink.outlines


def test_the_outline_of_branching_lines_is_its_bars() -> None:
    # a level line with a branch downwards, joined to one area by the printer
    t = ((10, 10), (90, 10), (90, 11), (50.5, 11), (50.5, 60), (49.5, 60), (49.5, 11), (10, 11))
    found = ends(Canvas().fill(t).ink)
    assert any(abs(a[0] - b[0]) <= 0.5 and 60 in (a[1], b[1]) for a, b in found)
    level = [pair for pair in found if abs(pair[0][1] - pair[1][1]) <= 0.6]
    assert min(a[0] for a, _ in level) == 10
    assert max(b[0] for _, b in level) == 90


@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_a_ring_is_an_outline_that_was_drawn(kind: str) -> None:
    ink = Canvas().ring(SHAPES[kind](box_at(100, 50))).ink
    (outline,) = ink.outlines
    assert outline.drawn
    assert not outline.solid
    assert outline.bbox == pytest.approx((79.6, 41.6, 120.4, 58.4), abs=0.2)
    assert not ink.lines


def test_white_is_no_ink() -> None:
    ink = Canvas().fill(rectangle((10, 10, 60, 40)), lightness=1.0).ink
    assert ink == Ink()


def test_a_grey_area_is_no_drawn_outline() -> None:
    (outline,) = Canvas().fill(rectangle((10, 10, 60, 40)), lightness=0.8).ink.outlines
    assert outline.solid
    assert not outline.drawn


def test_a_triangle_is_a_head_that_may_point_three_ways() -> None:
    ink = Canvas().head((10, 50), (40, 50)).ink
    (head,) = ink.heads
    assert sorted(tips(head)) == [(35, 48), (35, 52), (40, 50)]
    pointed = next(way for way in (head, *head.others) if way.tip == (40, 50))
    assert pointed.back == pytest.approx((35, 50))


def test_a_notched_head_knows_its_tip() -> None:
    ink = Canvas().fill(((40, 50), (34, 47), (36, 50), (34, 53))).ink
    (head,) = ink.heads
    assert tips(head) == [(40, 50)]


@pytest.mark.parametrize("apart", [0.0, 0.8])
def test_two_short_strokes_that_meet_are_an_open_head(apart: float) -> None:
    ink = Canvas().line((34, 46), (40, 50)).line((40, 50 + apart), (34, 54 + apart)).ink
    (head,) = ink.heads
    assert head.tip == pytest.approx((40, 50 + apart / 2))
    assert not ink.lines


def test_one_stroke_with_a_sharp_bend_is_an_open_head() -> None:
    ink = Canvas().line((34, 46), (40, 50), (34, 54)).ink
    assert [tips(head) for head in ink.heads] == [[(40, 50)]]


def test_a_short_bend_along_the_axes_is_a_line() -> None:
    ink = Canvas().line((34, 46), (40, 46), (40, 54)).ink
    assert not ink.heads
    assert len(ink.lines) == 1


@pytest.mark.parametrize("shaft", [8.0, 60.0])
def test_an_arrow_drawn_as_one_area_is_a_line_and_a_head(shaft: float) -> None:
    neck = 10 + shaft
    arrow = (
        (10, 49.6), (neck, 49.6), (neck, 47.5), (neck + 5, 50), (neck, 52.5), (neck, 50.4),
        (10, 50.4),
    )  # fmt: skip
    ink = Canvas().fill(arrow).ink
    (head,) = ink.heads
    assert tips(head) == [(neck + 5, 50)]
    assert ends(ink) == [((10, 50), (neck, 50))]


def test_an_edge_drawn_with_lines_one_after_the_other_is_an_outline() -> None:
    ink = Canvas().lines(capsule(box_at(100, 50))).ink
    (outline,) = ink.outlines
    assert outline.bbox == pytest.approx(box_at(100, 50), abs=0.2)
    assert not ink.lines
    assert not ink.heads


def test_a_tiny_square_is_a_dot() -> None:
    ink = Canvas().fill(rectangle((10, 10, 10.7, 10.7))).ink
    assert [box for box, _ in ink.dots] == [(10, 10, 10.7, 10.7)]


def test_dashes_stay_with_their_line() -> None:
    (line,) = Canvas().line((10, 10), (90, 10), dashed=True).ink.lines
    assert line.dashed
    assert bbox_of(line.points) == (10, 10, 90, 10)
