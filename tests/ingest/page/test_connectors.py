"""Lines between symbols: what joins what, in which direction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopextract.core.geometry import Point
from sopextract.ingest.page.connectors import Wiring, wire
from sopextract.ingest.page.rules import merge_lines
from sopextract.ingest.page.symbols import find_forms
from sopextract.ingest.page.understood import understand
from tests.ingest.page.canvas import Canvas, box_at

# Middles of three symbols of 40 by 16 points: A above B, C to the right of B.
A, B, C = (100.0, 50.0), (100.0, 120.0), (220.0, 120.0)
Edge = tuple[int | None, int | None, bool]


def three() -> Canvas:
    return Canvas().symbol("box", box_at(*A)).symbol("box", box_at(*B)).symbol("box", box_at(*C))


def wiring(canvas: Canvas) -> Wiring:
    ink = canvas.ink
    forms = find_forms(ink, merge_lines(ink, ink.outlines))
    return wire(ink.lines, ink.heads, forms)


def edges(canvas: Canvas) -> list[Edge]:
    return sorted(
        ((j.tail, j.head, j.directed) for j in wiring(canvas).joints),
        key=lambda e: (-1 if e[0] is None else e[0], -1 if e[1] is None else e[1]),
    )


def test_a_straight_arrow() -> None:
    canvas = three().arrow((100, 58), (100, 112))
    assert edges(canvas) == [(0, 1, True)]
    (joint,) = wiring(canvas).joints
    assert joint.points[0] == (100, 58)
    assert joint.points[-1] == (100, 112)
    assert joint.score == 0.98


def test_an_arrow_against_the_order_of_reading() -> None:
    assert edges(three().arrow((100, 112), (100, 58))) == [(1, 0, True)]


def test_a_bent_arrow_in_one_piece() -> None:
    assert edges(three().arrow((120, 50), (220, 50), (220, 112))) == [(0, 2, True)]


def test_a_bent_arrow_in_pieces_drawn_in_any_order_and_direction() -> None:
    canvas = three().line((220, 80), (220, 106)).head((220, 80), (220, 112))
    canvas.line((160, 80), (220, 80.5)).line((160, 50), (160, 80)).line((160.4, 50), (120, 50))
    assert edges(canvas) == [(0, 2, True)]


def test_an_open_head() -> None:
    canvas = three().line((100, 58), (100, 112))
    canvas.line((97, 106), (100, 112)).line((103, 106), (100, 112))
    assert edges(canvas) == [(0, 1, True)]


def test_a_merge_goes_on_to_the_head() -> None:
    canvas = three().arrow((120, 50), (220, 50), (220, 112)).line((100, 112), (100, 85), (220, 85))
    assert edges(canvas) == [(0, 2, True), (1, 2, True)]


def test_a_fork_goes_to_each_head() -> None:
    canvas = three().arrow((100, 58), (100, 112)).arrow((100, 80), (220, 80), (220, 112))
    assert edges(canvas) == [(0, 1, True), (0, 2, True)]


def test_heads_at_both_ends_are_two_ways() -> None:
    canvas = three().arrow((120, 120), (200, 120), back=True)
    assert edges(canvas) == [(1, 2, True), (2, 1, True)]


def test_a_line_without_a_head_is_in_order_of_reading() -> None:
    assert edges(three().line((100, 112), (100, 58))) == [(0, 1, False)]


@pytest.mark.parametrize("gap", [1.0, 3.0, 6.0])
def test_a_gap_before_the_outline(gap: float) -> None:
    assert edges(three().arrow((100, 58 + gap), (100, 112 - gap))) == [(0, 1, True)]


def test_a_wide_gap_is_bridged_in_the_lines_direction_and_doubted() -> None:
    canvas = three().arrow((100, 70), (100, 112))
    assert edges(canvas) == [(0, 1, True)]
    assert wiring(canvas).joints[0].score == 0.85


def test_what_ends_far_from_everything_ends_at_nothing() -> None:
    assert edges(three().arrow((100, 128), (100, 200))) == [(1, None, True)]


@pytest.mark.parametrize("by", [1.0, 4.0, 8.0])
def test_a_line_that_runs_on_under_the_symbol(by: float) -> None:
    canvas = three().line((100, 58 - by), (100, 112)).head((100, 58), (100, 112))
    assert edges(canvas) == [(0, 1, True)]


def test_lines_that_cross_are_not_joined() -> None:
    # A to C passes over the line from B to a fourth symbol at the right of A
    canvas = three().symbol("box", box_at(220, 50))  # numbered second: 0 A, 1 D, 2 B, 3 C
    canvas.arrow((120, 54), (160, 54), (160, 116), (200, 116))
    canvas.arrow((100, 112), (100, 85), (220, 85), (220, 58))
    assert edges(canvas) == [(0, 3, True), (2, 1, True)]


def test_two_arrows_into_one_symbol_are_two() -> None:
    canvas = three().arrow((100, 58), (100, 112)).arrow((200, 120), (120, 120))
    assert edges(canvas) == [(0, 1, True), (2, 1, True)]


def test_a_corner_beside_a_symbol_is_not_an_end_at_it() -> None:
    # the line from A turns 5 points above B and goes on to C
    canvas = three().line((100, 58), (100, 80)).line((100, 80), (140, 80))
    canvas.line((140, 80), (140, 107)).line((140, 107), (105, 107)).line((105, 107), (105, 100))
    canvas.line((105, 100), (180, 100)).arrow((180, 100), (180, 120), (200, 120))
    assert edges(canvas) == [(0, 2, True)]


def test_a_short_stub_out_of_a_symbol_goes_on() -> None:
    canvas = three().line((100, 58), (100, 62.5)).line((100, 62.5), (220, 62.5))
    canvas.line((220, 62.5), (220, 106)).head((220, 62.5), (220, 112))
    assert edges(canvas) == [(0, 2, True)]
    assert wiring(canvas).loose == ()


def test_lines_that_join_nothing_are_loose() -> None:
    canvas = three().line((300, 300), (340, 300), (340, 330)).head((400, 300), (430, 300))
    found = wiring(canvas)
    assert found.joints == ()
    assert len(found.loose) == 1
    assert len(found.heads_left) == 1


def lane(*points: Point) -> list[tuple[int | None, int | None]]:
    """The edges of an arrow between two symbols in a table with rules."""
    canvas = Canvas().grid((50, 150, 250, 350, 450), (50, 80, 120, 160, 200))
    canvas.symbol("box", box_at(200, 100)).symbol("box", box_at(300, 180)).arrow(*points)
    return [(j.tail, j.head) for j in understand(canvas.page()).wiring.joints]


def test_an_arrow_over_rules() -> None:
    assert lane((220, 100), (300, 100), (300, 172)) == [(0, 1)]


def test_an_arrow_that_runs_along_a_rule() -> None:
    assert lane((200, 108), (200, 160), (300, 160), (300, 172)) == [(0, 1)]


def test_an_arrow_that_runs_along_an_upright_rule() -> None:
    assert lane((220, 100), (250, 100), (250, 180), (280, 180)) == [(0, 1)]


def test_an_arrow_in_pieces_along_a_rule() -> None:
    canvas = Canvas().grid((50, 150, 250, 350, 450), (50, 80, 120, 160, 200))
    canvas.symbol("box", box_at(200, 100)).symbol("box", box_at(300, 180))
    canvas.line((200, 108), (200, 160)).line((200, 160), (300, 160)).arrow((300, 160), (300, 172))
    found = understand(canvas.page())
    assert [(j.tail, j.head) for j in found.wiring.joints] == [(0, 1)]
    assert len(found.lattices[0].cells) == 16


def test_the_least_sure_piece_is_the_score_of_a_way() -> None:
    canvas = three().arrow((120, 50), (220, 50), (220, 112))
    ink = canvas.ink
    forms = find_forms(ink, merge_lines(ink, ink.outlines))
    (joint,) = wire([replace(x, score=0.93) for x in ink.lines], ink.heads, forms).joints
    assert joint.score == 0.93


@pytest.mark.parametrize(("traced", "score"), [(False, 0.98), (True, 0.85)])
def test_a_piece_that_meets_nothing_doubts_lines_followed_among_pixels(
    traced: bool, score: float
) -> None:
    canvas = three().arrow((100, 58), (100, 112)).line((100, 80), (150, 80))
    ink = canvas.ink
    forms = find_forms(ink, merge_lines(ink, ink.outlines))
    wiring = wire([replace(x, traced=traced) for x in ink.lines], ink.heads, forms)
    assert [(j.tail, j.head, j.score) for j in wiring.joints] == [(0, 1, score)]
    told = [line.points for line in wiring.loose]
    assert told == ([((100, 80), (150, 80))] if traced else [])


@pytest.mark.parametrize(("traced", "found"), [(False, [(0, 1)]), (True, [(0, None)])])
def test_a_line_without_a_head_that_stands_at_one_symbol_alone_leads_nowhere_among_pixels(
    traced: bool, found: list[tuple[int, int | None]]
) -> None:
    ink = three().line((100, 58), (100, 104)).ink
    forms = find_forms(ink, merge_lines(ink, ink.outlines))
    joints = wire([replace(x, traced=traced) for x in ink.lines], ink.heads, forms).joints
    assert [(j.tail, j.head) for j in joints] == found
