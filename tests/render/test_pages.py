"""The flow cut into pages: everything fits, every promise of the router holds on each page."""

from __future__ import annotations

import pytest

from sopextract.model.record import SopRecord
from sopextract.render.sheet.breaks import Room, letter_of, pack
from sopextract.render.sheet.build import build_sheet
from sopextract.render.sheet.pages import Flow, lay_pages
from sopextract.render.sheet.paper import Paper, paper_of
from sopextract.render.sheet.placed import complete, place_pages
from tests.factories import langkah, record
from tests.render.flows import muddle, random_flow
from tests.render.test_routing import check

A4 = paper_of("A4", "landscape")


def lay(sop: SopRecord, paper: Paper = A4) -> Flow:
    return lay_pages(build_sheet(sop), paper, marks=True)


def check_pages(flow: Flow, paper: Paper = A4) -> None:
    """No page is too full, and its routing and labels keep their promises."""
    for page in flow.pages:
        check(page.sheet, page.layout)
        assert len(page.rows) == len(page.layout.heights)
        assert sum(page.layout.heights) + flow.head.total_mm <= paper.body_mm[1] + 0.01
    for placed in place_pages(flow, marks=True):
        assert placed.xs[-1] <= paper.body_mm[0] + 0.01


@pytest.mark.parametrize("block", range(5))
def test_pages_keep_the_promises_of_the_router(block: int) -> None:
    for seed in range(block * 6, block * 6 + 6):
        check_pages(lay(random_flow(seed, max_actors=15, max_steps=40)))


def test_every_edge_is_on_a_page_and_every_letter_has_two_sides() -> None:
    flow = lay(random_flow(3, max_actors=15, max_steps=60))
    assert len(flow.pages) > 2
    exits: set[str] = set()
    entries: set[str] = set()
    for page in flow.pages:
        pentagons = {i: s.text for i, s in enumerate(page.sheet.symbols) if s.off_page}
        exits |= {pentagons[e.target] for e in page.sheet.edges if e.target in pentagons}
        entries |= {pentagons[e.source] for e in page.sheet.edges if e.source in pentagons}
    assert exits == entries
    assert len(exits) > 3


def test_a_text_longer_than_a_page_goes_on_in_further_rows() -> None:
    long = " ".join(["pertanggungjawaban"] * 270)
    flow = lay(record(langkah=(langkah(1, long, "Kepala Seksi"),), alur=()))
    rows = [row for page in flow.pages for row in page.rows]
    assert [row.no for row in rows] == ["1", *[""] * (len(rows) - 1)]
    assert len(rows) > 1
    assert "".join(line for row in rows for line in row.cells[0].lines) == long


@pytest.mark.parametrize("seed", range(20))
def test_a_muddle_fits_its_pages(seed: int) -> None:
    flow = lay(muddle(seed))
    for page in flow.pages:
        assert sum(page.layout.heights) + flow.head.total_mm <= A4.body_mm[1] + 0.01


def test_a_standing_page_holds_a_sheet_too() -> None:
    paper = paper_of("F4", "portrait")
    check_pages(lay(random_flow(4, max_actors=6), paper), paper)


def test_letters_go_on_after_z() -> None:
    assert [letter_of(i) for i in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


def test_a_last_page_is_not_left_with_one_row() -> None:
    room = Room(50.0, 50.0, 5.0)
    assert pack([10.0] * 5, room, [(0, 1), (1, 1)]) == ((0, 5),)
    assert pack([10.0] * 6, room, [(0, 1), (1, 1)]) == ((0, 4), (4, 6))
    assert pack([12.0] * 4, room, [(0, 1), (1, 1)]) == ((0, 4),)
    assert pack([15.0] * 4, room, [(0, 1), (1, 1)]) == ((0, 2), (2, 4))


def test_a_line_that_joins_another_is_completed_to_its_target() -> None:
    joined = 0
    for seed in range(12):
        for page in place_pages(lay(random_flow(seed)), marks=True):
            for line in page.lines:
                whole = complete(line, page.lines)
                assert whole.head
                assert whole.points[: len(line.points) - 1] == line.points[:-1]
                joined += not line.head
    assert joined > 5
