"""Made PDF sheets: the same bytes for the same seed, a valid truth, lines one can follow."""

from __future__ import annotations

import json
import random
from itertools import combinations, pairwise
from typing import Any

import pytest

from sopextract.model.record import SopRecord
from tools.make_sheets import make_sheets
from tools.make_sheets.compose import Style, compose, pool_for
from tools.make_sheets.flow import draw_style, make_flow
from tools.make_sheets.pdf.drawing import with_hops
from tools.make_sheets.pdf.extras import Extras
from tools.make_sheets.pdf.looks import Look, draw_look
from tools.make_sheets.pdf.pen import Box, Font, Point, around, wrap
from tools.make_sheets.pdf.plan import Drawing, break_pages
from tools.make_sheets.pdf.route import Link, Node, Route, Router, Taste
from tools.make_sheets.pdf.table import StepTable, hyphenated

LETTERS = "PQRS"


@pytest.mark.parametrize("seed", [5, 9505])
def test_the_same_seed_gives_the_same_bytes(seed: int) -> None:
    assert list(make_sheets(8, seed, LETTERS)) == list(make_sheets(8, seed, LETTERS))
    assert list(make_sheets(4, 5, LETTERS)) != list(make_sheets(4, 6, LETTERS))


def test_files_are_pdf_and_named_so() -> None:
    for made in make_sheets(8, 5, LETTERS):
        assert made.name.startswith(made.layout.lower())
        assert made.name.endswith(".pdf")
        assert made.data.startswith(b"%PDF-1.")
        assert made.gold


@pytest.mark.parametrize("seed", [5, 9005, 9505])
def test_the_truth_has_the_shape_of_a_record(seed: int) -> None:
    source = {"sha256": "", "media_type": "application/pdf"}
    for made in make_sheets(40, seed, LETTERS):
        golds: list[dict[str, Any]] = json.loads(json.dumps(list(made.gold)))
        for gold in golds:
            for row in gold["pelaksana"]:
                row.setdefault("lengkap", row["nama"])
            for law in gold["dasar_hukum"]:
                for later in law.get("diubah_dengan", []):
                    later.setdefault("teks", "")
            SopRecord.model_validate(gold | {"id": "0", "source": source | gold["source"]})


def test_a_compendium_holds_several() -> None:
    made = list(make_sheets(6, 5, "S"))
    assert {len(one.gold) for one in made} <= {2, 3}
    assert [g["source"] for g in made[0].gold][1] == {"path": made[0].name, "index": 1}


def drawings(n: int) -> list[Drawing]:
    found: list[Drawing] = []
    for seed in range(n):
        rng = random.Random(seed)
        pool = pool_for((7, 9000, 9500)[seed % 3])
        look = draw_look(rng, pool.apart, "Q")
        sheet = compose(rng, pool, Style(clues="none"))
        flow = make_flow(rng, sheet, draw_style(rng, pool.apart))
        table = StepTable(rng, pool.words, look, sheet, flow)
        table.fit(36, look.page.paper[0] - 72)
        pages = break_pages(table, 46, 46, look.page.paper[1] - 40, True)
        found.append(Drawing(rng, table, flow, pages))
    return found


def _piece(a: Point, b: Point) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _own(route: Route) -> list[tuple[Point, Point]]:
    end = route.own + (1 if route.joined else 0)
    return list(pairwise(route.points[route.begin : end]))


def test_no_line_runs_through_a_symbol_or_along_another() -> None:
    lines = 0
    for drawing in drawings(30):
        for page in drawing.pages:
            for route in page.routes:
                lines += 1
                pieces = [_piece(a, b) for a, b in pairwise(route.points)]
                assert not any(
                    piece.grown(0.01).meets(node.box.grown(-0.2))
                    for piece in pieces
                    for node in page.nodes
                )
            for one, other in combinations(page.routes, 2):
                assert not any(_along(a, b, c, d) for a, b in _own(one) for c, d in _own(other)), (
                    one,
                    other,
                )
    assert lines > 250


def _along(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two pieces lie on each other for more than a point."""
    common = _piece(a, b).grown(0.5), _piece(c, d).grown(0.5)
    x = min(common[0].x1, common[1].x1) - max(common[0].x0, common[1].x0)
    y = min(common[0].y1, common[1].y1) - max(common[0].y0, common[1].y0)
    return min(x, y) > 0 and max(x, y) > 2.5


def test_nearly_every_edge_finds_its_way() -> None:
    made = drawings(40)
    edges = sum(len(d.flow.edges) for d in made)
    assert sum(len(d.dropped) for d in made) < 0.02 * edges


def test_edges_over_pages_have_a_pair_of_connectors() -> None:
    seen = 0
    for drawing in drawings(60):
        kinds = [node.kind for page in drawing.pages for node in page.nodes]
        assert kinds.count("segilima") == 2 * len(drawing.crossed)
        seen += len(drawing.crossed)
    assert seen > 5


def test_a_line_joins_another_that_leads_to_the_same_symbol() -> None:
    nodes = [Node(around(x, y, 30, 15), "kotak") for x, y in ((50, 30), (150, 30), (100, 130))]
    router = Router(Box(0, 0, 200, 160), nodes, (0, 70, 130, 200), (10, 80), Taste("down", True))
    first, second = router.route(Link(0, 2, 0)), router.route(Link(1, 2, 1))
    assert first is not None
    assert second is not None
    assert not first.joined
    assert first.points[-1] == (100, 122.5)
    assert second.points[-1] == (100, 122.5) or not second.joined


def test_words_too_wide_for_their_cell_are_cut() -> None:
    assert wrap("Koordinator Umum", Font("helvetica", 0, 8), 38) == ["Koordinat", "or Umum"]


def test_only_fresh_sheets_have_fresh_looks() -> None:
    plain = Extras()
    looks = {
        apart: [draw_look(random.Random(seed), apart, "Q") for seed in range(200)]
        for apart in (0, 1, 2)
    }
    for apart in (0, 1):
        assert all(look.extras == plain for look in looks[apart])
    assert sum(look.extras != plain for look in looks[2]) > 150
    drawn = {apart: [_drawn(look) for look in found] for apart, found in looks.items()}
    known = list(zip(*drawn[0], *drawn[1], strict=True))
    for old, new in zip(known, zip(*drawn[2], strict=True), strict=True):
        assert 60 < sum(one not in old for one in new) < 140


def _drawn(look: Look) -> tuple[str, ...]:
    return look.symbol.kind, look.line.kind, look.line.head, look.rules.kind


def test_an_arc_stands_where_a_level_line_passes_over_an_upright_one() -> None:
    points = with_hops([(0, 50), (100, 50)], [[(40, 0), (40, 100)], [(95, 0), (95, 100)]])
    assert points[0] == (0, 50)
    assert points[-1] == (100, 50)
    assert min(y for _, y in points) == pytest.approx(48)
    assert {round(x) for x, y in points if y < 49.9} == {38, 39, 40, 41, 42}


def test_a_name_is_broken_between_syllables() -> None:
    font = Font("helvetica", 1, 8)
    assert hyphenated("Bendahara", font, 30) == "Benda- hara"
    assert hyphenated("Kepala", font, 60) == "Kepala"
