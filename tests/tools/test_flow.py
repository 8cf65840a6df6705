"""The flow's truth: orders, edges and labels as the conventions have them."""

from __future__ import annotations

import random

import pytest

from tools.make_sheets.compose import Style, compose, pool_for
from tools.make_sheets.flow import (
    FlowEdge,
    FlowStyle,
    FlowSymbol,
    FlowTruth,
    draw_style,
    exit_label,
    gold_with_flow,
    make_flow,
)
from tools.make_sheets.gold import Shown, make_gold
from tools.make_sheets.sheet import Gold, Sheet


def a_sheet(seed: int = 3) -> Sheet:
    return compose(random.Random(seed), pool_for(7), Style(clues="none"))


def gold_of(sheet: Sheet, flow: FlowTruth) -> Gold:
    shown = Shown([True] * len(sheet.steps), [s.simbol for s in sheet.steps])
    return gold_with_flow(sheet, flow, make_gold(sheet, shown, "x.pdf"))


def hand_made() -> tuple[Sheet, FlowTruth]:
    """Capsule beside a box; a decision with Ya across its row; a meeting; an empty row."""
    sheet = a_sheet()
    symbols = (
        FlowSymbol(0, 1, "kapsul", "", 0),
        FlowSymbol(0, 0, "kotak", "", 1),
        FlowSymbol(1, 1, "ketupat", "", 2),
        FlowSymbol(1, 2, "kotak", "", 3),
        FlowSymbol(3, 2, "kotak", "", 4),
        FlowSymbol(3, 0, "kotak", "", 5),
    )
    edges = (
        FlowEdge(0, 1),
        FlowEdge(1, 2),
        FlowEdge(2, 3, "Y"),
        FlowEdge(2, 1, "Belum", dashed=True),
        FlowEdge(4, 3, heads=0),
        FlowEdge(4, 5, heads=0),
        FlowEdge(5, 2, heads=2),
    )
    return sheet, FlowTruth(symbols, edges)


def test_symbols_stand_in_the_order_in_which_arrows_meet_them() -> None:
    sheet, flow = hand_made()
    a, b, c = sheet.actors[:3]
    rows = gold_of(sheet, flow)["langkah"]
    assert isinstance(rows, list)
    assert rows[0]["pelaksana"] == [b, a]
    assert rows[0]["bentuk"] == [
        {"pelaksana": b, "simbol": "terminator"},
        {"pelaksana": a, "simbol": "proses"},
    ]
    assert rows[0]["simbol"] == "terminator"
    assert rows[1]["simbol"] == "keputusan"
    assert rows[3]["pelaksana"] == [a, c]  # only a plain line: left to right
    assert rows[2]["bentuk"] == []
    assert rows[2]["simbol"] is None
    assert "pelaksana" not in rows[2]


def test_edges_join_rows_and_labelled_ones_may_stay_inside() -> None:
    sheet, flow = hand_made()
    a, b, c = sheet.actors[:3]
    alur = gold_of(sheet, flow)["alur"]
    assert isinstance(alur, list)
    keys = ("dari", "dari_pelaksana", "ke", "ke_pelaksana", "label", "label_teks")
    assert [tuple(e[k] for k in keys) for e in alur] == [
        (1, a, 2, b, None, None),
        (2, b, 2, c, "Ya", "Y"),
        (2, b, 1, a, "Tidak", "Belum"),
        (2, c, 4, c, None, None),  # no head: downwards, though it was drawn upwards
        (4, a, 2, b, None, None),  # a head at both ends: two edges
        (2, b, 4, a, None, None),
    ]
    assert {e["basis"] for e in alur} == {"drawn"}


def test_actors_are_named_only_where_a_row_holds_several_symbols() -> None:
    sheet = a_sheet()
    symbols = tuple(FlowSymbol(i, 0, "kotak", "", i) for i in range(2))
    alur = gold_of(sheet, FlowTruth(symbols, (FlowEdge(0, 1),)))["alur"]
    assert alur == [
        {
            "dari": 1,
            "ke": 2,
            "dari_pelaksana": None,
            "ke_pelaksana": None,
            "label": None,
            "label_teks": None,
            "basis": "drawn",
        }
    ]


@pytest.mark.parametrize(
    ("printed", "label"),
    [("YA", "Ya"), ("Lengkap", "Ya"), ("T", "Tidak"), ("Belum lengkap", "Tidak"), ("A", None)],
)
def test_exits_by_any_name(printed: str, label: str | None) -> None:
    assert exit_label(printed) == label


@pytest.mark.parametrize("seed", range(40))
def test_a_made_flow_is_whole(seed: int) -> None:
    rng = random.Random(seed)
    sheet = compose(rng, pool_for(7), Style(clues="some"))
    flow = make_flow(rng, sheet, draw_style(rng, apart=seed % 3))
    assert [s.id for s in flow.symbols] == list(range(len(flow.symbols)))
    assert all(0 <= s.lane < len(sheet.actors) for s in flow.symbols)
    assert len(set(flow.edges)) == len(flow.edges)
    for symbol in flow.symbols:
        if symbol.outline == "ketupat":
            assert sum(e.tail == symbol.id for e in flow.edges) == 2


def test_loops_lead_where_the_sheet_says() -> None:
    seen = 0
    for seed in range(30):
        rng = random.Random(seed)
        sheet = compose(rng, pool_for(7), Style(clues="all"))
        flow = make_flow(rng, sheet, FlowStyle(separate_ends=0, meeting=0))
        for i, step in enumerate(sheet.steps):
            if step.back_to is None:
                continue
            found = [e for e in flow.edges if e.label == "Tidak" and flow.symbols[e.tail].row == i]
            assert [flow.symbols[e.head].row for e in found] == [step.back_to]
            seen += 1
    assert seen > 20
