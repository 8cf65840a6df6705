"""From the record to lanes, symbols and edges: nothing invented, nothing lost."""

from __future__ import annotations

from typing import Any

from sopextract.model.draft import Simbol
from sopextract.model.record import Alur, Bentuk, Langkah, Pelaksana, SopRecord
from sopextract.render.sheet.build import build_sheet
from sopextract.render.sheet.model import FlowEdge, SheetModel
from sopextract.render.sheet.stacks import MAX_STACK
from tests.factories import langkah, provenance, record

LOKET, SEKSI, DINAS = "Petugas Loket", "Kepala Seksi", "Kepala Dinas"


def sheet_record(
    steps: tuple[Langkah, ...],
    *edges: tuple[int, int, str | None],
    kolom: tuple[int, ...] = (1, 2, 3),
    **fields: Any,
) -> SopRecord:
    """A record with three actors, these steps and these edges."""
    actors = tuple(
        Pelaksana(nama=n, lengkap=n, kolom=k)
        for n, k in zip((LOKET, SEKSI, DINAS), kolom, strict=True)
    )
    alur = tuple(Alur(dari=a, ke=b, label=label, basis="text") for a, b, label in edges)
    return record(pelaksana=actors, langkah=steps, alur=alur, **fields)


def test_lanes_are_sorted_and_a_lost_column_is_shown() -> None:
    sheet = build_sheet(sheet_record((), kolom=(4, 1, 2)))
    assert [(lane.nama, lane.known) for lane in sheet.lanes] == [
        (SEKSI, True),
        (DINAS, True),
        ("[belum terbaca]", False),
        (LOKET, True),
    ]


def test_absurd_column_numbers_do_not_blow_the_sheet_up() -> None:
    sheet = build_sheet(sheet_record((), kolom=(1, 2, 9_000_000)))
    assert len(sheet.lanes) == 4


def test_capsules_say_mulai_and_selesai() -> None:
    sheet = build_sheet(record())
    assert [(s.lane, s.simbol, s.text) for s in sheet.symbols] == [
        (0, "terminator", "Mulai"),
        (1, "proses", ""),
        (0, "terminator", "Selesai"),
    ]


def test_alt_text_of_a_decision() -> None:
    steps = (
        langkah(1, "Menyusun", LOKET),
        langkah(2, "Memeriksa", SEKSI, simbol="keputusan"),
        langkah(3, "Menyimpan", DINAS),
    )
    sheet = build_sheet(sheet_record(steps, (1, 2, None), (2, 3, "Ya"), (2, 1, "Tidak")))
    assert sheet.symbols[1].alt == (
        "Keputusan: langkah 2 oleh Kepala Seksi; Ya lanjut ke langkah 3; Tidak kembali ke langkah 1"
    )


def test_a_row_without_actor_has_no_symbol_and_the_flow_passes_it() -> None:
    steps = (langkah(1, "A", LOKET), langkah(2, "B"), langkah(3, "C", SEKSI))
    sheet = build_sheet(sheet_record(steps, (1, 2, None), (2, 3, None)))
    assert [s.row for s in sheet.symbols] == [0, 2]
    assert sheet.edges == (FlowEdge(0, 1, "", True),)
    assert [r.unread_actor for r in sheet.rows] == [False, True, False]


def test_the_choice_of_a_row_without_actor_is_told_in_words() -> None:
    steps = (langkah(1, "A", LOKET), langkah(2, "B"), langkah(3, "C", SEKSI))
    edges = (1, 2, None), (2, 3, "Ya"), (2, 1, "Tidak")
    sheet = build_sheet(sheet_record(steps, *edges))
    assert sheet.edges == ()
    assert sheet.rows[0].note == ""  # the next row comes next
    assert sheet.rows[1].note == "Ya ke langkah 3; Tidak ke langkah 1"


def both(*kinds: Simbol) -> Langkah:
    """A first step in which one actor has several symbols."""
    bentuk = tuple(Bentuk(pelaksana=LOKET, simbol=kind) for kind in kinds)
    return langkah(1, "A", LOKET).model_copy(update={"bentuk": bentuk})


def ends(sheet: SheetModel) -> list[tuple[int, int, str]]:
    """The connectors of a sheet."""
    return [(e.source, e.target, e.label) for e in sheet.edges]


def test_two_symbols_of_one_actor_stand_below_one_another() -> None:
    sheet = build_sheet(
        sheet_record((both("proses", "keputusan"), langkah(2, "B", SEKSI)), (1, 2, "Ya"))
    )
    assert [(s.row, s.slot, s.simbol) for s in sheet.symbols] == [
        (0, 0, "proses"),
        (0, 1, "keputusan"),
        (1, 0, "proses"),
    ]
    assert ends(sheet) == [(1, 2, "Ya"), (0, 1, "")]
    assert sheet.rows[0].note == ""
    assert sheet.symbols[0].alt == "Proses: langkah 1 oleh Petugas Loket; lanjut ke keputusan"


def test_who_goes_on_after_another_stands_below_himself_and_beside_him() -> None:
    marks = ((LOKET, "proses"), (SEKSI, "keputusan"), (LOKET, "proses"), (DINAS, "proses"))
    bentuk = tuple(Bentuk(pelaksana=p, simbol=s) for p, s in marks)
    step = langkah(1, "A", LOKET).model_copy(update={"bentuk": bentuk})
    sheet = build_sheet(sheet_record((step,)))
    assert [(s.lane, s.slot) for s in sheet.symbols] == [(0, 0), (1, 0), (0, 1), (2, 1)]


def test_a_way_back_enters_below_the_capsule_that_begins() -> None:
    steps = (both("terminator", "proses"), langkah(2, "B", SEKSI, simbol="keputusan"))
    sheet = build_sheet(sheet_record(steps, (1, 2, None), (2, 1, "Tidak")))
    assert [s.text for s in sheet.symbols] == ["Mulai", "", ""]
    assert ends(sheet) == [(1, 2, ""), (2, 1, "Tidak"), (0, 1, "")]


def test_the_capsule_that_ends_is_left_by_no_way_back() -> None:
    last = both("keputusan", "terminator").model_copy(update={"urutan": 2})
    sheet = build_sheet(sheet_record((langkah(1, "A", SEKSI), last), (1, 2, None), (2, 1, "Tidak")))
    assert [s.text for s in sheet.symbols] == ["", "", "Selesai"]
    assert ends(sheet) == [(0, 1, ""), (1, 0, "Tidak"), (1, 2, "")]


def test_the_exits_of_a_decision_inside_its_row() -> None:
    steps = (both("proses", "keputusan", "proses"), langkah(2, "B", SEKSI))
    sheet = build_sheet(sheet_record(steps, (1, 1, "Ya"), (1, 1, "Tidak"), (1, 2, None)))
    assert ends(sheet) == [(1, 2, "Ya"), (1, 0, "Tidak"), (2, 3, ""), (0, 1, "")]


def test_symbols_for_which_a_page_has_no_room_are_told_in_words() -> None:
    kinds: list[Simbol] = ["proses"] * (MAX_STACK + 1)
    sheet = build_sheet(sheet_record((both(*kinds),)))
    assert len(sheet.symbols) == MAX_STACK
    assert sheet.rows[0].told == "[catatan: juga proses oleh Petugas Loket]"


def test_rows_without_actor_that_lead_in_a_circle_end() -> None:
    steps = (langkah(1, "A", LOKET), langkah(2, "B"), langkah(3, "C"))
    sheet = build_sheet(sheet_record(steps, (1, 2, None), (2, 3, None), (3, 2, None)))
    assert sheet.edges == ()
    assert [row.note for row in sheet.rows] == ["", "", "ke langkah 2"]


def test_symbols_of_one_row_are_joined_in_their_order() -> None:
    steps = (langkah(1, "A", DINAS, LOKET), langkah(2, "B", SEKSI))
    sheet = build_sheet(sheet_record(steps, (1, 2, None)))
    assert [s.lane for s in sheet.symbols] == [2, 0, 1]
    assert [(e.source, e.target) for e in sheet.edges] == [(1, 2), (0, 1)]


def test_an_unread_kind_is_a_dashed_box_or_with_exits_a_dashed_diamond() -> None:
    steps = (
        langkah(1, "A", LOKET, simbol=None),
        langkah(2, "B", SEKSI, simbol=None),
        langkah(3, "C", DINAS),
    )
    sheet = build_sheet(sheet_record(steps, (1, 2, None), (2, 3, "Ya"), (2, 1, "Tidak")))
    assert [(s.drawn_as, s.dashed) for s in sheet.symbols] == [
        ("proses", True),
        ("keputusan", True),
        ("proses", False),
    ]


def test_an_inferred_actor_is_dashed() -> None:
    grounds = {"/langkah/1/pelaksana/0": provenance(0.8, "inferred")}
    assert [s.dashed for s in build_sheet(record(provenance=grounds)).symbols] == [
        False,
        True,
        False,
    ]


def test_an_actor_without_a_column_is_named_in_the_row() -> None:
    sheet = build_sheet(sheet_record((langkah(1, "A", "Camat"),)))
    assert sheet.symbols == ()
    assert sheet.rows[0].note == "pelaksana Camat tidak punya kolom"


def test_steps_are_named_by_the_number_that_is_printed() -> None:
    steps = (
        langkah(1, "A", LOKET, no=4),
        langkah(2, "B", SEKSI, no=6),
        langkah(3, "C", no=None),
    )
    sheet = build_sheet(sheet_record(steps, (1, 2, None), (3, 1, "Tidak")))
    assert [row.no for row in sheet.rows] == ["4", "6", "3"]
    assert sheet.symbols[0].alt == "Proses: langkah 4 oleh Petugas Loket; lanjut ke langkah 6"
    assert sheet.rows[2].note == "Tidak ke langkah 4"


def test_a_column_whose_name_is_unread_is_headed_so() -> None:
    grounds = {"/pelaksana/1/nama": provenance(0.0, "unread")}
    sheet = build_sheet(sheet_record((langkah(1, "A", SEKSI),), provenance=grounds))
    assert [lane.nama for lane in sheet.lanes] == [LOKET, "[belum terbaca]", DINAS]
    assert [s.lane for s in sheet.symbols] == [1]
