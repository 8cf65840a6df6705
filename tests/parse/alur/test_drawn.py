"""The drawn flow: lines between symbols, over pages, weighed against order and wording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sopextract.core.geometry import Point
from sopextract.ingest.page.moved import moved_back
from sopextract.model.draft import EdgeDraft, SopDraft
from sopextract.model.source import Page, Place, ScanReading
from sopextract.parse import parse
from sopextract.parse.alur.simbol import exit_label
from sopextract.settings import ParseSettings
from tests.factories import connectors, drawn_document, drawn_page, exact_grid

HEAD = (
    "No | Kegiatan | Pelaksana | | | Mutu Baku | | ",
    " | | Kepala | Kasubbag | Staf | Kelengkapan | Waktu | Output",
)
SURE = 0.9


def rows(*lines: str, start: int = 1) -> list[str]:
    """Rows written as `kegiatan | Kepala | Kasubbag | Staf`, numbered."""
    return [f"{n} | {line} | Surat | 5 Menit | Surat" for n, line in enumerate(lines, start)]


def read(*pages: Page) -> SopDraft:
    (draft,) = parse(drawn_document(*pages), ParseSettings())
    return draft


def sheet(*lines: str, arrows: tuple[str, ...]) -> SopDraft:
    """One page with these rows and lines."""
    return read(drawn_page(1, exact_grid(*HEAD, *rows(*lines)), arrows=arrows))


def edges(draft: SopDraft) -> list[tuple[int, int, str | None]]:
    return [(e.dari, e.ke, e.label) for e in draft.alur]


def edge(draft: SopDraft, dari: int, ke: int) -> EdgeDraft:
    (found,) = [e for e in draft.alur if (e.dari, e.ke) == (dari, ke)]
    return found


def forms(draft: SopDraft, k: int) -> list[tuple[int, str | None]]:
    """Column and kind of the symbols of a row."""
    return [(b.kolom, b.simbol.value if b.simbol else None) for b in draft.langkah[k].bentuk]


THREE = ("Menerima surat | | | ⬭1", "Memeriksa surat | | ◇2 | ", "Menyimpan surat | | | ⬭3")


# --- symbols -----------------------------------------------------------------------------------


def test_symbols_give_actors_and_kinds_with_their_place() -> None:
    draft = sheet(*THREE, arrows=("1>2", "2>3 Ya", "2>1 Tidak"))
    assert [step.simbol.value for step in draft.langkah if step.simbol] == [
        "terminator",
        "keputusan",
        "terminator",
    ]
    simbol, actor = draft.langkah[1].simbol, draft.langkah[1].actors[0]
    assert simbol is not None
    assert simbol.place == actor.place
    assert (actor.value, actor.place.page, actor.place.bbox) == (2, 1, (195, 232, 225, 248))


def test_an_uncertain_outline_is_no_sure_kind() -> None:
    draft = sheet("Menerima surat | | | ⬭1@0.7", *THREE[1:], arrows=("1>2",))
    simbol = draft.langkah[0].simbol
    assert simbol is not None
    assert simbol.score == 0.7


def test_mulai_in_a_box_is_doubted() -> None:
    draft = sheet("Menerima surat | | | □1(Mulai)", *THREE[1:], arrows=("1>2",))
    simbol = draft.langkah[0].simbol
    assert simbol is not None
    assert (simbol.value, simbol.score) == ("proses", 0.85)


def test_a_word_of_an_end_beside_a_box_is_a_capsule_in_doubt() -> None:
    lines = ("Menerima surat | | | □1 Mulai", *THREE[1:2], "Menyimpan surat | | | □3 Selesai")
    draft = sheet(*lines, arrows=("1>2", "2>3 Ya", "2>1 Tidak"))
    assert forms(draft, 0) == [(3, "terminator"), (3, "proses")]
    assert forms(draft, 2) == [(3, "proses"), (3, "terminator")]
    kind = draft.langkah[2].bentuk[1].simbol
    assert kind is not None
    assert kind.score == 0.85


@pytest.mark.parametrize(
    ("row", "arrows", "wanted"),
    [
        ("□1 | □2 | □3", ("3>2", "2>1"), [3, 2, 1]),
        ("□1 | □2 | □3", ("2>1", "1>3"), [2, 1, 3]),
        ("□1 | □2 | □3", (), [1, 2, 3]),
        ("□1 | □2 | □3", ("1-2", "2-3"), [1, 2, 3]),
        ("□1 | □2 | □3", ("3>2", "2>3"), [1, 2, 3]),
        ("⬭1 □2 | | ", ("1>2",), [1]),
        ("□1 □3 | ◇2 | ", ("1>2", "2>3"), [1, 2]),
    ],
)
def test_the_order_of_actors_in_a_row(row: str, arrows: tuple[str, ...], wanted: list[int]) -> None:
    draft = sheet(f"Membahas surat | {row}", "Menyimpan | | | ⬭9", arrows=(*arrows, "1>9"))
    assert [actor.value for actor in draft.langkah[0].actors] == wanted


def test_a_line_without_a_head_begins_where_the_flow_comes_in() -> None:
    three = ("Menerima | ⬭8 | | ", "Membahas | □1 | □2 | ", "Menyimpan | | | ⬭9")
    draft = sheet(*three, arrows=("8>2", "1-2", "1>9"))
    assert [actor.value for actor in draft.langkah[1].actors] == [2, 1]


@pytest.mark.parametrize(("arrow", "score"), [("2>1", 0.98), ("1-2", 0.85)])
def test_in_a_scan_an_order_without_arrows_is_doubted(arrow: str, score: float) -> None:
    grid = exact_grid(*HEAD, *rows("Membahas | □1 | □2 | ", "Menyimpan | | | ⬭9"))
    scan = ScanReading("an engine", "1", 0.9, 0.8, 100, 0)
    draft = read(replace(drawn_page(1, grid, arrows=(arrow, "1>9")), scan=scan))
    assert min(actor.score for actor in draft.langkah[0].actors) == score


def test_all_symbols_of_a_row_in_the_order_of_the_arrows() -> None:
    draft = sheet("Membahas | □3 ⬭1 | ◇2 | ", "Menyimpan | | | ⬭9", arrows=("1>2", "2>3", "3>9"))
    assert forms(draft, 0) == [(1, "terminator"), (2, "keputusan"), (1, "proses")]
    assert draft.langkah[0].simbol is not None
    assert draft.langkah[0].simbol.value == "keputusan"


def test_pentagons_are_no_symbols_of_a_row() -> None:
    draft = sheet("Membahas | □1 | ⌂2(A) | ", "Menyimpan | | | ⬭9", arrows=("1>9",))
    assert forms(draft, 0) == [(1, "proses")]
    assert edges(draft) == [(1, 2, None)]


# --- lines --------------------------------------------------------------------------------------


def test_every_arrow_between_rows_is_an_edge() -> None:
    draft = sheet(*THREE, arrows=("1>2", "2>3 Ya", "2>1 Tidak"))
    assert edges(draft) == [(1, 2, None), (2, 1, "Tidak"), (2, 3, "Ya")]
    assert {e.basis for e in draft.alur} == {"drawn"}
    assert all(e.score >= SURE for e in draft.alur)
    assert edge(draft, 2, 3).label_teks == "Ya"
    assert edge(draft, 2, 3).place.page == 1


def test_a_symbol_is_named_where_its_row_has_several() -> None:
    draft = sheet("Membahas | ⬭1 | □2 | ", "Menyimpan | | | ⬭9", arrows=("1>2", "2>9"))
    assert edges(draft) == [(1, 2, None)]
    assert (edge(draft, 1, 2).dari_kolom, edge(draft, 1, 2).ke_kolom) == (2, None)


def test_a_labelled_arrow_inside_a_row_is_an_edge() -> None:
    lines = ("Menerima | ⬭1 | | ", "Memutus | ◇2 | □3 | ", "Menyimpan | | | ⬭9")
    draft = sheet(*lines, arrows=("1>2", "2>3 Ya", "3>9", "2>1 Tidak"))
    assert edges(draft) == [(1, 2, None), (2, 1, "Tidak"), (2, 2, "Ya"), (2, 3, None)]
    inside = edge(draft, 2, 2)
    assert (inside.dari_kolom, inside.ke_kolom) == (1, 2)


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("Ya", "Ya"),
        ("Y", "Ya"),
        ("SETUJU", "Ya"),
        ("Lengkap", "Ya"),
        ("Sesuai", "Ya"),
        ("Disetujui", "Ya"),
        ("Tidak ada revisi", "Ya"),
        ("Tidak", "Tidak"),
        ("T", "Tidak"),
        ("Tidak setuju", "Tidak"),
        ("Belum", "Tidak"),
        ("Belum lengkap", "Tidak"),
        ("Revisi", "Tidak"),
        ("Ditolak", "Tidak"),
        ("A", None),
        ("Rutin", None),
        ("Perpanjangan", None),
    ],
)
def test_words_at_lines(word: str, label: str | None) -> None:
    assert exit_label(word) == label
    draft = sheet(*THREE, arrows=("1>2", f"2>3 {word}"))
    assert (edge(draft, 2, 3).label, edge(draft, 2, 3).label_teks) == (label, word)


def test_an_arrow_with_two_heads_is_two_edges() -> None:
    draft = sheet(*THREE, arrows=("1>2", "2>1", "2>3"))
    assert edges(draft) == [(1, 2, None), (2, 1, None), (2, 3, None)]


def test_a_line_without_a_head_leads_down() -> None:
    draft = sheet(*THREE[:1], "Mencatat | | □2 | ", THREE[2], arrows=("1-2", "2-3"))
    assert edges(draft) == [(1, 2, None), (2, 3, None)]
    assert SURE <= edge(draft, 1, 2).score < 0.95


def test_a_line_without_a_head_among_lines_with_one_is_doubted() -> None:
    assert edge(sheet(*THREE, arrows=("1>2", "2>1", "2-3")), 2, 3).score < SURE


def test_a_second_line_without_a_label_is_the_same_line() -> None:
    lines = connectors("1>2", "2>3") + connectors("2>3 Ya", page=2)
    grid = exact_grid(*HEAD, *rows(*THREE))
    page = replace(drawn_page(1, grid), connectors=lines)
    assert edges(read(page)) == [(1, 2, None), (2, 3, "Ya")]


def test_a_line_with_two_heads_beside_one_with_a_label_is_kept() -> None:
    draft = sheet(*THREE, arrows=("1>2", "2>1", "2>1 Tidak", "2>3 Ya"))
    assert edges(draft) == [(1, 2, None), (2, 1, None), (2, 1, "Tidak"), (2, 3, "Ya")]


def test_an_exit_of_a_box_is_doubted() -> None:
    lines = (THREE[0], "Memeriksa surat | | □2 | ", THREE[2])
    found = edge(sheet(*lines, arrows=("1>2", "2>1 Tidak", "2>3 Ya")), 2, 1)
    assert (found.label, found.score) == ("Tidak", 0.85)


def test_the_words_of_both_exits_at_one_line_are_set_apart() -> None:
    draft = sheet(*THREE, arrows=("1>2", "2>1 Tidak lengkap Lengkap", "2>3"))
    assert [(e.label_teks, e.label, e.score) for e in draft.alur if e.dari == 2] == [
        ("Tidak lengkap", "Tidak", 0.85),
        ("Lengkap", "Ya", 0.85),
    ]


def test_a_letter_at_a_loose_end_is_no_label() -> None:
    found = edge(sheet(*THREE, arrows=("1> B", "2>3")), 1, 2)
    assert (found.label, found.label_teks) == (None, None)


def test_a_decision_with_one_way_out_is_doubted() -> None:
    assert edge(sheet(*THREE, arrows=("1>2", "2>3")), 2, 3).score == 0.85
    assert edge(sheet(*THREE, arrows=("1>2", "2>3 Ya")), 2, 3).score >= SURE


def test_a_decision_beside_words_that_no_line_has_is_doubted() -> None:
    lines = (THREE[0], "Memeriksa surat | | ◇2 Ya | Tidak", THREE[2])
    draft = sheet(*lines, arrows=("1>2", "2>1", "2>3"))
    assert [(e.label, e.score) for e in draft.alur if e.dari == 2] == [(None, 0.85), (None, 0.85)]


def test_an_uncertain_line_is_an_uncertain_edge() -> None:
    assert edge(sheet(*THREE, arrows=("1>2@0.7", "2>3")), 1, 2).score < SURE


def test_a_sheet_with_symbols_and_no_lines_keeps_the_order_of_rows() -> None:
    draft = sheet(*THREE, arrows=())
    assert [(e.dari, e.ke, e.basis) for e in draft.alur] == [(1, 2, "order"), (2, 3, "order")]
    assert edge(draft, 1, 2).score >= SURE


def test_rows_that_no_line_touches_are_not_joined() -> None:
    lines = (*THREE[:2], "Mencatat surat | | | □4", "Mengarsip surat | | | ⬭5")
    assert edges(sheet(*lines, arrows=("1>2",))) == [(1, 2, None)]


def test_a_missing_line_between_touched_rows_is_not_guessed() -> None:
    lines = (*THREE[:2], "Mencatat surat | | | □4", "Mengarsip surat | | | ⬭5")
    assert edges(sheet(*lines, arrows=("1>2", "4>5"))) == [(1, 2, None), (3, 4, None)]


def test_a_row_that_lines_pass_by_stays_alone() -> None:
    lines = (THREE[0], "Mencatat surat | | | ", THREE[1], THREE[2])
    assert edges(sheet(*lines, arrows=("1>2", "2>3"))) == [(1, 3, None), (3, 4, None)]


def scanned(*lines: str, arrows: tuple[str, ...], ways: tuple[Point, ...] = ()) -> SopDraft:
    """The sheet as a scan; `ways` are the places at which its lines begin, in their order."""
    page = drawn_page(1, exact_grid(*HEAD, *rows(*lines)), arrows=arrows)
    begun = tuple(
        replace(line, points=(start, (0.0, 0.0)))
        for line, start in zip(page.connectors, ways, strict=False)
    )
    scan = ScanReading("an engine", "1", 0.9, 0.8, 100, 0)
    return read(replace(page, scan=scan, connectors=begun or page.connectors))


@pytest.mark.parametrize("lone", ["Mencatat surat | | | ", "Mencatat surat | | □7 | "])
def test_in_a_scan_a_line_past_a_row_that_nothing_enters_is_doubted(lone: str) -> None:
    lines = (THREE[0], lone, THREE[1], THREE[2])
    drawn = sheet(*lines, arrows=("1>2", "2>3"))
    draft = scanned(*lines, arrows=("1>2", "2>3"))

    assert edge(draft, 1, 3).score < SURE <= edge(drawn, 1, 3).score


def test_in_a_scan_a_line_past_a_row_that_another_enters_is_sure() -> None:
    lines = ("Memeriksa | ◇1 | | ", "Mencatat surat | | □2 | ", "Mengarsip surat | | | ⬭3")
    draft = scanned(*lines, arrows=("1>2 Ya", "1>3 Tidak", "2>3"))
    assert edge(draft, 1, 3).score >= SURE


def test_in_a_scan_two_ways_out_of_a_decision_that_meet_are_doubted() -> None:
    lines = ("Memeriksa | ◇1 | | ", "Mencatat surat | | □2 | ", "Mengarsip surat | | | ⬭3")
    arrows = ("1>2 Ya", "1>3 Tidak", "2>3")
    apart = scanned(*lines, arrows=arrows, ways=((10.0, 20.0), (30.0, 20.0), (20.0, 40.0)))
    joined = scanned(*lines, arrows=arrows, ways=((10.0, 20.0), (10.0, 20.0), (20.0, 40.0)))

    assert [e.score >= SURE for e in apart.alur] == [True, True, True]
    assert [e.score >= SURE for e in joined.alur] == [False, False, True]


STEPS = ("Menerima surat | | | ⬭1", "Mencatat surat | | □2 | ", "Memeriksa surat | ◇3 | | ",
         "Menyimpan surat | | | ⬭4")  # fmt: skip


def test_in_a_scan_lines_without_a_clear_head_lead_down_from_steps() -> None:
    arrows = ("1-2", "3>2 Tidak", "3-4 Ya")
    draft = scanned(*STEPS, arrows=("2>1@0.85", *arrows[1:], "2-3"))
    assert edges(draft) == [(1, 2, None), (2, 3, None), (3, 2, "Tidak"), (3, 4, "Ya")]
    assert edge(draft, 1, 2).score < SURE
    clear = scanned(*STEPS, arrows=("1>2", "2>1", "2>3", "3>2 Tidak", "3>4 Ya"))
    assert (2, 1, None) in edges(clear)
    twin = scanned(*STEPS, arrows=("1>2", "2>1@0.6", "2>3", "3>2 Tidak", "3>4 Ya"))
    assert edges(twin) == [(1, 2, None), (2, 3, None), (3, 2, "Tidak"), (3, 4, "Ya")]


def test_in_a_scan_a_line_past_a_row_into_a_decision_is_its_way_back() -> None:
    draft = scanned(*STEPS, arrows=("1-2", "2-3", "1-3", "3-4 Ya"))
    assert edges(draft) == [(1, 2, None), (2, 3, None), (3, 1, "Tidak"), (3, 4, "Ya")]
    assert edge(draft, 3, 1).score < SURE
    assert (1, 3, None) in edges(sheet(*STEPS, arrows=("1-2", "2-3", "1-3", "3-4 Ya")))


def test_in_a_scan_a_loose_line_without_a_head_leads_no_farther_than_the_next_row() -> None:
    near = scanned(*STEPS, arrows=("2>3", "3>4 Ya", "3>1 Tidak", "1-@0.5"))
    assert edge(near, 1, 2).score < SURE

    page = drawn_page(1, exact_grid(*HEAD, *rows(*STEPS)), arrows=("2>4", "3>2 Tidak", "1-@0.5"))
    lines = tuple(replace(c, place=Place(1, (0.0, 0.0, 900.0, 900.0))) for c in page.connectors)
    scan = ScanReading("an engine", "1", 0.9, 0.8, 100, 0)
    assert (1, 3, None) in edges(read(replace(page, connectors=lines)))
    assert (1, 3, None) not in edges(read(replace(page, connectors=lines, scan=scan)))


def test_in_a_scan_rows_whose_line_was_left_out_are_doubted() -> None:
    boxes = (*STEPS[:2], "Memeriksa surat | □3 | | ", STEPS[3])
    draft = scanned(*boxes, arrows=("2>3", "3>4", "1-4@0.5"))
    assert (1, 4, None) not in edges(draft)
    kinds = [step.simbol.score >= SURE for step in draft.langkah if step.simbol is not None]
    assert kinds == [False, True, True, False]


def test_in_a_scan_ways_out_of_a_decision_without_a_word_are_named_by_where_they_lead() -> None:
    bare = ("1>2", "2>3", "3>2", "3>4")
    draft = scanned(*STEPS, arrows=bare)
    assert edges(draft) == [(1, 2, None), (2, 3, None), (3, 2, "Tidak"), (3, 4, "Ya")]
    assert max(edge(draft, 3, 2).score, edge(draft, 3, 4).score) < SURE
    assert edge(draft, 3, 4).label_teks is None
    assert edges(sheet(*STEPS, arrows=bare))[2:] == [(3, 2, None), (3, 4, None)]
    ahead = scanned(*STEPS, arrows=("1>2", "2>3", "2>4"))
    decides = scanned("Memeriksa | ◇1 | | ", *STEPS[1:2], STEPS[3], arrows=("1>2", "1>4", "2>4"))
    assert edges(decides)[:2] == [(1, 2, "Ya"), (1, 3, "Tidak")]
    assert [e.label for e in ahead.alur] == [None, None, None]
    # forms leave out the other word
    yes = scanned(*STEPS, arrows=("1>2", "2>3", "3>2", "3>4 Ya"))
    assert edges(yes)[2:] == [(3, 2, None), (3, 4, "Ya")]
    told = scanned(*STEPS, arrows=("1>2", "2>3", "3>2 Tidak", "3>4"))
    assert edges(told)[2:] == [(3, 2, "Tidak"), (3, 4, None)]


def test_a_way_back_does_not_tell_that_the_symbols_of_a_row_are_no_chain() -> None:
    lines = (STEPS[0], "Memeriksa | □3 | ◇2 | ", STEPS[3])
    draft = sheet(*lines, arrows=("1>2", "2>1 Tidak", "2-3 Ya", "3>4"))
    assert [kolom for kolom, _ in forms(draft, 1)] == [2, 1]


def test_in_a_scan_the_word_at_a_line_into_a_decision_is_not_of_the_step_before_it() -> None:
    draft = scanned(*STEPS, arrows=("1>2", "2>3 Tidak", "3>4 Ya"))
    assert edges(draft) == [(1, 2, None), (2, 3, None), (3, 4, "Ya")]
    assert edge(draft, 2, 3).score < SURE


def test_a_lone_no_that_leads_to_the_next_row_is_doubted() -> None:
    draft = sheet(*STEPS, arrows=("1>2", "2>3", "3>4 Tidak"))
    assert edge(draft, 3, 4).score < SURE
    both = sheet(*STEPS, arrows=("1>2", "2>3", "3>4 Tidak", "3>1 Ya"))
    assert edge(both, 3, 4).score >= SURE


def test_a_symbol_outside_the_lanes_is_left_alone() -> None:
    lines = ("□7 Menerima surat | | | ⬭1", *THREE[1:])
    assert edges(sheet(*lines, arrows=("1>2", "7>2", "2>7", "2>3"))) == [(1, 2, None), (2, 3, None)]


def test_a_loose_end_with_one_possible_symbol() -> None:
    draft = sheet(*THREE, arrows=("1>", "2>3"))
    assert edges(draft) == [(1, 2, None), (2, 3, None)]
    assert edge(draft, 1, 2).score < SURE


def test_a_loose_beginning_with_one_possible_symbol() -> None:
    draft = sheet(*THREE, arrows=("1>2", ">3"))
    assert edges(draft) == [(1, 2, None), (2, 3, None)]
    assert edge(draft, 2, 3).score < SURE


def test_a_loose_end_with_two_possible_symbols_is_no_edge() -> None:
    lines = (*THREE[:2], "Mencatat | | | □4", "Mengarsip | | | ⬭5", "Melapor | ⬭6 | | ")
    draft = sheet(*lines, arrows=("1>", "2>4", "4>6@0.95"))
    assert edges(draft) == [(2, 3, None), (3, 5, None)]


def test_loose_ends_far_apart_are_not_joined() -> None:
    """Two symbols may be the other end, and a drawn flow has no edges by the order of rows."""
    lines = (THREE[0], "Mencatat | | □2 | ", "Mengetik | □3 | | ", "Mengirim | | □4 | ")
    draft = sheet(*lines, arrows=(">2", "2>3", "3>4", "4>"))
    assert edges(draft) == [(2, 3, None), (3, 4, None)]


def test_an_arrow_from_nothing_doubts_that_all_symbols_of_its_row_were_seen() -> None:
    lines = (THREE[0], THREE[1], "Mencatat | □4 | | ", "Menyimpan | | | □5")
    draft = sheet(*lines, arrows=("1>2", "2>4 Ya", "2>1 Tidak", "4>5", "5>"))
    scores = [step.simbol.score for step in draft.langkah if step.simbol]
    assert scores == [0.98, 0.98, 0.98, 0.85]


def test_a_line_with_both_ends_loose_is_nothing() -> None:
    assert edges(sheet(*THREE, arrows=("1>2", "2>3", ">"))) == [(1, 2, None), (2, 3, None)]


# --- the wording as a witness --------------------------------------------------------------------


def decided(text: str, *arrows: str) -> SopDraft:
    lines = (
        "Menerima surat | | | ⬭1",
        "Mencatat surat | | | □2",
        f"Memeriksa surat, {text} | | ◇3 | ",
        "Menyimpan surat | | | ⬭4",
    )
    return sheet(*lines, arrows=("1>2", "2>3", "3>4 Ya", *arrows))


def test_wording_that_agrees_raises_the_score() -> None:
    silent = edge(decided("bila perlu", "3>2 Tidak"), 3, 2)
    said = edge(decided("jika tidak lengkap kembali ke langkah 2", "3>2 Tidak"), 3, 2)
    assert SURE <= silent.score < said.score
    assert said.against is None


def test_wording_that_contradicts_lowers_it_and_the_drawing_wins() -> None:
    draft = decided("jika tidak lengkap kembali ke langkah 2", "3>1 Tidak")
    assert edges(draft)[2:] == [(3, 1, "Tidak"), (3, 4, "Ya")]
    found = edge(draft, 3, 1)
    assert (found.score, found.against) == (0.85, "tidak lengkap: ke langkah 2")
    changes = [c for c in draft.changes if c.rule == "flow.drawing-against-text"]
    assert [(c.path, c.before, c.after) for c in changes] == [
        ("/alur/2", "tidak lengkap: ke langkah 2", "ke langkah 1")
    ]


def test_wording_that_names_an_actor() -> None:
    text = "jika tidak lengkap dikembalikan kepada Staf"
    assert edge(decided(text, "3>2 Tidak"), 3, 2).score > 0.96
    lines = (
        "Menerima surat | ⬭1 | | ",
        "Mencatat surat | | | □2",
        f"Memeriksa surat, {text} | | ◇3 | ",
        "Menyimpan surat | | | ⬭4",
    )
    draft = sheet(*lines, arrows=("1>2", "2>3", "3>4 Ya", "3>1 Tidak"))
    assert (edge(draft, 3, 1).score, edge(draft, 3, 1).against) == (
        0.85,
        "tidak lengkap: ke Staf",
    )


def test_an_exit_of_the_text_that_is_not_drawn_is_told() -> None:
    draft = decided("jika tidak lengkap kembali ke langkah 2")
    assert edges(draft) == [(1, 2, None), (2, 3, None), (3, 4, "Ya")]
    assert [(c.path, c.before) for c in draft.changes if c.rule == "flow.exit-not-drawn"] == [
        ("/langkah/2/kegiatan", "tidak lengkap: ke langkah 2")
    ]


def test_a_line_without_a_label_may_be_the_one_that_the_text_names() -> None:
    draft = decided("jika tidak lengkap kembali ke langkah 2", "3>2")
    assert edge(draft, 3, 2).label is None
    assert edge(draft, 3, 2).score >= SURE


def test_a_hand_over_to_somebody_else_than_the_line_shows() -> None:
    lines = ("Menyerahkan surat kepada Kepala | | | ⬭1", "Memeriksa surat | | □2 | ", THREE[2])
    assert edge(sheet(*lines, arrows=("1>2", "2>3")), 1, 2).score == 0.85
    lines = ("Menyerahkan surat kepada Kasubbag | | | ⬭1", "Memeriksa surat | | □2 | ", THREE[2])
    assert edge(sheet(*lines, arrows=("1>2", "2>3")), 1, 2).score > 0.97


def test_two_exits_with_the_same_label_are_doubted() -> None:
    draft = decided("bila perlu", "3>1 Ya")
    assert [e.score for e in draft.alur if e.dari == 3] == [0.85, 0.85]


# --- labels that stand at no line -----------------------------------------------------------------


def test_the_other_exit_of_a_decision_is_named_by_the_word_beside_it() -> None:
    lines = (THREE[0], "Memeriksa surat | | ◇2 Ya | ", THREE[2])
    draft = sheet(*lines, arrows=("1>2", "2>1 Tidak", "2>3"))
    found = edge(draft, 2, 3)
    assert (found.label, found.label_teks, found.score) == ("Ya", "Ya", 0.85)


@pytest.mark.parametrize(
    ("cell", "arrows"),
    [
        ("◇2", ("2>1 Tidak", "2>3")),  # no word stands there
        ("◇2 Tidak", ("2>1 Tidak", "2>3")),  # the word is not the opposite
        ("◇2 Ya", ("2>1", "2>3")),  # neither exit has a label
        ("□2 Ya", ("2>1 Tidak", "2>3")),  # no decision
        ("◇2 Ya", ("2>1 Tidak", "2>3", "2>4")),  # three exits
    ],
)
def test_else_no_label_is_inferred(cell: str, arrows: tuple[str, ...]) -> None:
    lines = (THREE[0], f"Memeriksa surat | | {cell} | ", "Mencatat | | | □3", "Menyimpan | | | ⬭4")
    assert edge(sheet(*lines, arrows=("1>2", *arrows, "3>4")), 2, 3).label is None


# --- over pages -----------------------------------------------------------------------------------


def two_pages(
    first: tuple[str, ...],
    second: tuple[str, ...],
    outside: tuple[tuple[tuple[str, float, float], ...], tuple[tuple[str, float, float], ...]],
    turn: int = 0,
) -> SopDraft:
    """Rows 1 and 2 on the first page, 3 and 4 on the next without a header; pentagons outside.

    The pages lie as they would be when turned counter-clockwise.
    """
    one = exact_grid(*HEAD, *rows("Menerima surat | | | ⬭1", "Mencatat surat | | | □2"))
    rest = rows("Memeriksa surat | | ◇3 | ", "Menyimpan surat | | | ⬭4", start=3)
    two = exact_grid(*rest, page=2)
    pages = (
        drawn_page(1, one, arrows=first, outside=outside[0]),
        drawn_page(2, two, arrows=second, outside=outside[1]),
    )
    return read(*(lying(page, turn) for page in pages))


def lying(page: Page, turn: int) -> Page:
    """The page turned counter-clockwise, as the reader of scans gives it."""
    width, height = 842.0, 595.0
    backs: dict[int, Callable[[Point], Point]] = {
        90: lambda p: (p[1], width - p[0]),
        180: lambda p: (width - p[0], height - p[1]),
        270: lambda p: (height - p[1], p[0]),
    }
    size = (width, height) if turn in (0, 180) else (height, width)
    return moved_back(page, backs[turn], size) if turn else page


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_that_lie_on_their_side_have_the_same_flow(turn: int) -> None:
    outside = ((("⌂5", 200, 300), ("⌂6", 100, 300)), (("⌂7", 90, 60), ("⌂8", 300, 60)))
    draft = two_pages(("1>5", "2>6"), ("7>4", "8>3"), outside, turn)
    assert edges(draft) == [(1, 3, None), (2, 4, None)]
    box = draft.langkah[0].actors[0].place.bbox
    wanted = {
        0: (255, 192, 285, 208),
        90: (192, 557, 208, 587),
        180: (557, 387, 587, 403),
        270: (387, 255, 403, 285),
    }
    assert box == wanted[turn]


def test_a_pair_of_pentagons_is_one_edge() -> None:
    outside = ((("⌂8", 270, 300),), (("⌂9", 270, 60),))
    draft = two_pages(("1>2", "2>8"), ("9>3", "3>4"), outside)
    assert edges(draft) == [(1, 2, None), (2, 3, None), (3, 4, None)]
    found = edge(draft, 2, 3)
    assert (found.basis, found.place.page) == ("drawn", 1)
    assert found.score >= SURE
    assert draft.pages == (1, 2)


@pytest.mark.parametrize("letters", [("(A)", "(B)", "(A)", "(B)"), ("", "", "", "")])
def test_a_loop_back_over_the_page(letters: tuple[str, str, str, str]) -> None:
    a, b, c, d = letters
    outside = ((f"⌂5{a}", 270.0, 300.0), (f"⌂6{b}", 300.0, 300.0))
    beyond = ((f"⌂7{c}", 270.0, 60.0), (f"⌂8{d}", 300.0, 60.0))
    draft = two_pages(("1>2", "2>5", "6>2"), ("7>3", "3>4 Ya", "3>8 Tidak"), (outside, beyond))
    assert edges(draft) == [(1, 2, None), (2, 3, None), (3, 2, "Tidak"), (3, 4, "Ya")]
    assert all(e.score >= SURE for e in draft.alur)


def test_letters_go_before_places() -> None:
    outside = ((("⌂5(A)", 100, 300), ("⌂6(B)", 200, 300)), (("⌂7(b)", 100, 60), ("⌂8(a)", 200, 60)))
    draft = two_pages(("1>5", "2>6"), ("7>4", "8>3"), outside)
    assert edges(draft) == [(1, 3, None), (2, 4, None)]


def test_pentagons_without_letters_are_joined_from_left_to_right() -> None:
    outside = ((("⌂5", 200, 300), ("⌂6", 100, 300)), (("⌂7", 90, 60), ("⌂8", 300, 60)))
    draft = two_pages(("1>5", "2>6"), ("7>4", "8>3"), outside)
    assert edges(draft) == [(1, 3, None), (2, 4, None)]


def test_pentagons_in_cells_of_the_table() -> None:
    one = exact_grid(
        *HEAD, *rows("Menerima surat | | | ⬭1", "Mencatat surat | | | □2"), " | | | | ⌂8 | | | "
    )
    two = exact_grid(" | | ⌂9 | | | | | ", *rows("Menyimpan | ⬭3 | | ", start=3), page=2)
    draft = read(drawn_page(1, one, arrows=("1>2", "2>8")), drawn_page(2, two, arrows=("9>3",)))
    assert edges(draft) == [(1, 2, None), (2, 3, None)]
    assert [forms(draft, k) for k in range(3)] == [
        [(3, "terminator")],
        [(3, "proses")],
        [(1, "terminator")],
    ]


def test_a_pentagon_only_where_the_flow_leaves() -> None:
    draft = two_pages(("1>2", "2>8"), ("3>4",), ((("⌂8", 270, 300),), ()))
    assert edges(draft) == [(1, 2, None), (2, 3, None), (3, 4, None)]
    assert edge(draft, 2, 3).score < SURE


def test_a_pentagon_only_where_the_flow_comes_in() -> None:
    draft = two_pages(("1>2",), ("9>3", "3>4"), ((), (("⌂9", 270, 60),)))
    assert edges(draft) == [(1, 2, None), (2, 3, None), (3, 4, None)]
    assert edge(draft, 2, 3).basis == "drawn"
    assert edge(draft, 2, 3).score < SURE


def test_a_flow_through_a_page_from_pentagon_to_pentagon() -> None:
    """The line of the first page passes the second and comes in on the third."""
    one = exact_grid(*HEAD, *rows("Menerima surat | | | ⬭1"))
    two = exact_grid(*rows("Mencatat surat | □2 | | ", start=2), page=2)
    three = exact_grid(*rows("Menyimpan surat | | | ⬭3", start=3), page=3)
    draft = read(
        drawn_page(1, one, arrows=("1>5",), outside=(("⌂5", 250, 300),)),
        drawn_page(2, two, arrows=("6>7",), outside=(("⌂6", 250, 60), ("⌂7", 250, 300))),
        drawn_page(3, three, arrows=("8>3",), outside=(("⌂8", 250, 60),)),
    )
    assert edges(draft) == [(1, 3, None)]


def test_two_lines_that_meet_in_one_pentagon() -> None:
    outside = ((("⌂5", 270, 300),), (("⌂7", 270, 60),))
    draft = two_pages(("1>5", "2>5"), ("7>3", "3>4"), outside)
    assert edges(draft) == [(1, 3, None), (2, 3, None), (3, 4, None)]


def test_pentagons_on_a_worksheet_without_pages() -> None:
    lines = ("Menerima | ⬭1 | ⌂5 | ", "Mencatat | ⌂6 | □2 | ", "Menyimpan | | | ⬭3")
    grid = exact_grid(*HEAD, *rows(*lines), page=None)
    draft = read(drawn_page(None, grid, arrows=("1>5", "6>2", "2>3")))
    assert edges(draft) == [(1, 2, None), (2, 3, None)]
    assert draft.pages is None


def test_pentagons_on_one_of_several_worksheets() -> None:
    lines = ("Menerima | ⬭1 | ⌂5 | ", "Mencatat | ⌂6 | □2 | ", "Menyimpan | | | ⬭3")
    grid = exact_grid(*HEAD, *rows(*lines), page=None)
    flow = replace(drawn_page(None, grid, arrows=("1>5", "6>2", "2>3")), number=1)
    assert edges(read(flow, drawn_page(2))) == [(1, 2, None), (2, 3, None)]


def test_breaks_of_a_long_worksheet() -> None:
    """Two prints' breaks on one page: each exit goes on in the entry below it, wherever it is."""
    lines = ("Menerima | ⬭1 | | ⌂5", "Mencatat | ⌂6 | □2 | ⌂7", "Menyimpan | ⌂8 | | ⬭3")
    draft = sheet(*lines, arrows=("1>5", "6>2", "2>7", "8>3"))
    assert edges(draft) == [(1, 2, None), (2, 3, None)]
    assert all(e.score >= SURE for e in draft.alur)


def test_a_loop_back_over_a_break_of_a_worksheet() -> None:
    lines = ("Menerima | ⬭1 | | ⌂5 ⌂6", "Memeriksa | ⌂7 ⌂8 | ◇2 | ", "Menyimpan | | | ⬭3")
    draft = sheet(*lines, arrows=("1>5", "6>1", "7>2", "2>8 Tidak", "2>3 Ya"))
    assert edges(draft) == [(1, 2, None), (2, 1, "Tidak"), (2, 3, "Ya")]


def test_a_loop_back_without_its_other_half_is_no_edge_on_its_own_page() -> None:
    outside = ((("⌂5", 200.0, 300.0), ("⌂6", 300.0, 300.0)), ())
    draft = two_pages(("1>2", "2>5", "6>1"), ("3>4",), outside)
    assert (2, 1, None) not in edges(draft)


def test_ends_that_hang_loose_at_the_page_break() -> None:
    draft = two_pages(("1>2", "2>"), (">3", "3>4"), ((), ()))
    assert edges(draft) == [(1, 2, None), (2, 3, None), (3, 4, None)]
    assert edge(draft, 2, 3).score < SURE


def test_nothing_drawn_at_the_page_break_leaves_the_order_of_rows() -> None:
    found = edge(two_pages(("1>2",), ("3>4",), ((), ())), 2, 3)
    assert (found.basis, found.score) == ("order", 0.6)


def test_the_symbol_of_a_row_that_the_page_cuts() -> None:
    one = exact_grid(*HEAD, *rows("Menerima surat | | | ⬭1", "Memeriksa surat | □2 | | "))
    two = exact_grid(" | | | ◇3 | | | | ", *rows("Menyimpan | | | ⬭4", start=3), page=2)
    draft = read(
        drawn_page(1, one, arrows=("1>2", "2>8"), outside=(("⌂8", 150, 300),)),
        drawn_page(2, two, arrows=("9>3", "3>4"), outside=(("⌂9", 150, 60),)),
    )
    assert forms(draft, 1) == [(1, "proses"), (2, "keputusan")]
    assert edges(draft) == [(1, 2, None), (2, 3, None)]
    assert edge(draft, 2, 3).dari_kolom == 2


@pytest.mark.parametrize(("word", "found"), [("1", 1), ("v", 1), ("◇", 2)])
def test_a_letter_alone_beside_drawn_symbols_is_no_symbol(word: str, found: int) -> None:
    draft = sheet(*THREE[:2], f"Menyimpan surat | {word} | | ⬭3", arrows=("1>2", "2>3 Ya"))
    assert len(draft.langkah[2].bentuk) == found
    assert len(draft.langkah[2].actors) == found
