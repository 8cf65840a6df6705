"""Joins of drawn lines by geometry: ends, merges, forks, pieces, near misses."""

from __future__ import annotations

import pytest

from sopextract.ingest.snapping import join_strokes
from sopextract.ingest.strokes import Reach, Stroke, Target, distance_to_outline
from sopextract.model.source import Outline

# Three symbols in a row at the top and one below the middle, 40 by 20 each.
_TOP = [Target(i, Outline.BOX, (100.0 * i, 0, 100.0 * i + 40, 20)) for i in (1, 2, 3)]
_LOW = Target(4, Outline.DIAMOND, (200, 100, 240, 120))
_ALL = [*_TOP, _LOW]


def _joins(
    *strokes: Stroke, reach: Reach | None = None
) -> set[tuple[int | None, int | None, bool]]:
    return {(j.tail, j.head, j.directed) for j in join_strokes(strokes, _ALL, reach)}


def _arrow(*points: tuple[float, float]) -> Stroke:
    return Stroke(points, head_end=True)


def _plain(*points: tuple[float, float]) -> Stroke:
    return Stroke(points)


@pytest.mark.parametrize(
    ("point", "distance"),
    [((220, 110), 0.0), ((220, 97), 3.0), ((200, 100), 8.94), ((245, 110), 5.0)],
)
def test_a_diamond_is_not_its_box(point: tuple[float, float], distance: float) -> None:
    assert distance_to_outline(point, _LOW) == pytest.approx(distance, abs=0.01)


def test_an_arrow_a_double_arrow_and_a_plain_line() -> None:
    assert _joins(_arrow((140, 10), (200, 10))) == {(1, 2, True)}
    assert _joins(Stroke(((140, 10), (200, 10)), True, True)) == {(1, 2, True), (2, 1, True)}
    assert _joins(_plain((140, 10), (200, 10))) == {(1, 2, False)}


def test_ends_out_of_reach_join_nothing() -> None:
    assert _joins(_arrow((140, 10), (180, 10))) == {(1, None, True)}
    assert _joins(_plain((140, 10), (180, 10))) == set()
    assert _joins(_arrow((60, 50), (80, 50))) == set()


def test_what_is_glued_is_not_sought() -> None:
    assert _joins(Stroke(((140, 10), (200, 10)), head_end=True, start=3, end=4)) == {(3, 4, True)}


def test_estimated_places_excuse_a_distance_up_or_down() -> None:
    arrow = _arrow((220, 20), (220, 84))
    assert _joins(arrow) == {(2, None, True)}
    assert _joins(arrow, reach=Reach(slack=lambda *_: 20.0)) == {(2, 4, True)}


def test_a_line_that_runs_into_an_arrow_ends_at_its_head() -> None:
    arrow = _arrow((220, 20), (220, 100))
    assert _joins(arrow, _plain((120, 20), (120, 60), (220, 60))) == {(2, 4, True), (1, 4, True)}


def test_an_arrow_that_leaves_a_line_begins_where_it_begins() -> None:
    trunk = _arrow((220, 20), (220, 100))
    branch = _arrow((220, 60), (320, 60), (320, 20))
    assert _joins(trunk, branch) == {(2, 4, True), (2, 3, True)}


def test_two_lines_from_either_side_into_one_arrow() -> None:
    left = _plain((120, 20), (120, 60), (220, 60))
    right = _plain((320, 20), (320, 60), (220, 60))
    assert _joins(left, right, _arrow((220, 60), (220, 100))) == {(1, 4, True), (3, 4, True)}


def test_two_lines_from_the_same_side_into_one_arrow() -> None:
    one = _plain((320, 20), (320, 60), (220, 60))
    two = _plain((140, 10), (170, 10), (170, 40), (280, 40), (280, 60), (220, 60))
    assert _joins(one, two, _arrow((220, 20), (220, 100))) == {
        (3, 4, True),
        (1, 4, True),
        (2, 4, True),
    }


def test_a_line_in_pieces_is_one_line() -> None:
    pieces = [
        _plain((120, 20), (120, 60)),
        _plain((180, 60), (120, 60)),  # drawn the other way
        _arrow((180, 60), (180, 110), (200, 110)),
    ]
    (join,) = join_strokes(pieces, _ALL)
    assert (join.tail, join.head, join.directed) == (1, 4, True)
    assert sorted(join.strokes) == [0, 1, 2]
    assert join.begin == (120, 20)


def test_pieces_with_heads_at_both_ends_of_the_whole() -> None:
    first = Stroke(((120, 20), (120, 110)), head_start=True)
    assert _joins(first, _arrow((120, 110), (200, 110))) == {(1, 4, True), (4, 1, True)}


def test_lines_that_meet_at_a_symbol_are_not_one_line() -> None:
    assert _joins(_plain((140, 10), (200, 10)), _plain((240, 10), (300, 10))) == {
        (1, 2, False),
        (2, 3, False),
    }


def test_a_bar_with_two_heads_is_a_fork() -> None:
    strokes = [
        _plain((220, 100), (220, 60)),
        _plain((120, 60), (320, 60)),
        _arrow((120, 60), (120, 20)),
        _arrow((320, 60), (320, 20)),
    ]
    assert _joins(*strokes) == {(4, 1, True), (4, 3, True)}


def test_lines_both_ways_between_two_symbols_are_both_kept() -> None:
    there = _plain((110, 20), (110, 110), (200, 110))
    back = _arrow((220, 100), (220, 60), (130, 60), (130, 20))
    assert _joins(there, back) == {(1, 4, False), (4, 1, True)}


def test_an_arrow_that_ends_at_anothers_head_does_not_go_on() -> None:
    arrows = [_arrow((220, 20), (220, 94)), _arrow((120, 20), (120, 94), (220, 94))]
    assert _joins(*arrows) == {(2, 4, True), (1, 4, True)}
