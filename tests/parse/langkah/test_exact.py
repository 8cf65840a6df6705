"""Tables whose cells stand in their true columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopextract.model.source import Block, Cell, Grid, Page, Place
from sopextract.parse.langkah.parts import Part, find_parts
from sopextract.parse.langkah.table import TableReading, read_table
from sopextract.parse.rows import flatten
from tests.factories import drawn_document, drawn_page, exact_grid

HEAD = (
    "No | Kegiatan | Pelaksana | | | Mutu Baku | | | Keterangan",
    " | | Kepala | Kasubbag | Staf | Kelengkapan | Waktu | Output | ",
)
BODY = (
    "1 | Menerima surat | | | ⬭1 | Surat | 5 Menit | Surat tercatat | ",
    "2 | Memeriksa surat | | ◇2 | | Surat tercatat | 10 Menit | Paraf | ",
    "3 | Menyimpan surat | | | ⬭3 | Surat | 5 Menit | Arsip | ",
)


def parts(*blocks: Block) -> tuple[Part, ...]:
    """The parts of one page."""
    return find_parts(flatten(drawn_document(drawn_page(1, *blocks))))


def table(*pages: Page) -> TableReading:
    """The table of a document of these pages."""
    return read_table(find_parts(flatten(drawn_document(*pages))), ())


def one(*lines: str, **fields: object) -> TableReading:
    """The table of one grid."""
    return table(drawn_page(1, exact_grid(*lines, **fields)))  # type: ignore[arg-type]


def names(reading: TableReading) -> list[str | None]:
    return [p.nama.value if p.nama else None for p in reading.pelaksana]


def lanes(reading: TableReading) -> list[list[int | None]]:
    """By step the columns with something in them."""
    return [[m.kolom for m in step.marks] for step in reading.steps]


def row_values(reading: TableReading, k: int = 0) -> list[object]:
    step = reading.steps[k]
    fields = (step.no, step.kegiatan, step.kelengkapan, step.waktu, step.output, step.keterangan)
    return [field.value if field is not None else "none" for field in fields]


def test_the_usual_header() -> None:
    reading = one(*HEAD, *BODY)
    assert names(reading) == ["Kepala", "Kasubbag", "Staf"]
    assert lanes(reading) == [[3], [2], [3]]
    assert row_values(reading) == [1, "Menerima surat", "Surat", "5 Menit", "Surat tercatat", None]
    assert reading.changes == ()


def test_symbols_come_with_their_marks() -> None:
    marks = [m for step in one(*HEAD, *BODY).steps for m in step.marks]
    assert [[s.id for s in m.symbols] for m in marks] == [[1], [2], [3]]


def test_an_empty_lane_is_an_actor() -> None:
    assert names(one(*HEAD, *BODY))[0] == "Kepala"


def test_actors_without_a_group_and_a_row_of_column_numbers() -> None:
    reading = one(
        "No. | Aktivitas/Kegiatan | KPA | PPK | Tim Pelaksana | Mutu Baku | | | Keterangan",
        " | | | | | Kelengkapan | Waktu | Output | ",
        "(1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9)",
        "1 | Menyerahkan rencana | □1 | | | Rencana | 1 hari kerja | Rencana | ",
        "2 | Menyusun jadwal | | | □2 | Rencana | 3 hari kerja | Jadwal | ",
    )
    assert names(reading) == ["KPA", "PPK", "Tim Pelaksana"]
    assert lanes(reading) == [[1], [3]]
    assert reading.parts[0].nomor_kolom == (1, 2, 3, 4, 5, 6, 7, 8, 9)


def test_column_numbers_out_of_order_are_no_step() -> None:
    numbers = "(1) | (2) | (3) | (4) | (5) | (8) | (7) | (8) | (9)"
    reading = one(*HEAD, numbers, *BODY)
    assert len(reading.steps) == 3
    assert reading.parts[0].nomor_kolom == (1, 2, 3, 4, 5, 8, 7, 8, 9)


def test_lanes_that_no_rule_parts() -> None:
    """The cell of a row lies over all lanes; its symbols stand in theirs."""
    grid = exact_grid(*HEAD, *BODY, spans={(0, 2): 3, (0, 5): 3})
    rows = []
    for i, row in enumerate(grid.rows):
        lanes_ = [c for c in row[2:5] if c.symbols] if i > 1 else []
        if not lanes_:
            rows.append(row)
            continue
        box = (120.0, 100 + 40.0 * i, 300.0, 140 + 40.0 * i)
        wide = replace(lanes_[0], place=Place(1, box))
        empty = Cell("", Place(1, box))
        rows.append((*row[:2], wide, empty, empty, *row[5:]))
    reading = table(drawn_page(1, Grid(tuple(rows), exact=True)))
    assert lanes(reading) == [[3], [2], [3]]
    assert [m.text for step in reading.steps for m in step.marks] == ["⬭", "◇", "⬭"]


def test_a_part_without_header_and_without_rules_between_its_lanes() -> None:
    rest = exact_grid(*REST, page=2, spans={(0, 2): 3, (1, 2): 3})
    rows = tuple((*row[:2], replace(row[4], place=row[2].place), *row[5:]) for row in rest.rows)
    first = drawn_page(1, exact_grid(*HEAD, *BODY, spans={(0, 2): 3, (0, 5): 3}))
    reading = table(first, drawn_page(2, Grid(rows, exact=True)))
    assert lanes(reading) == [[3], [2], [3], [3], [3]]
    assert row_values(reading, 4)[:3] == [5, "Melapor", "Surat"]


@pytest.mark.parametrize("page", [1, None])
def test_an_actor_beside_the_group(page: int | None) -> None:
    reading = one(
        "No | Kegiatan | Pemohon | Pelaksana | | Mutu Baku | | | Ket",
        " | | | Kepala | Staf | Kelengkapan | Waktu | Output | ",
        "1 | Mengajukan surat | ⬭1 | | | Surat | 5 Menit | Surat | ",
        "2 | Menerima surat | | | □2 | Surat | 5 Menit | Surat | ",
        page=page,
        spans={(0, 3): 2, (0, 5): 3},
    )
    assert names(reading) == ["Pemohon", "Kepala", "Staf"]
    assert lanes(reading) == [[1], [3]]


def test_an_actor_behind_the_group() -> None:
    reading = one(
        "No | Kegiatan | Pelaksana | | Arsiparis | Mutu Baku | | ",
        " | | Kepala | Staf | | Kelengkapan | Waktu | Output",
        "1 | Menyimpan surat | | | ⬭1 | Surat | 5 Menit | Arsip",
        spans={(0, 2): 2, (0, 5): 3},
    )
    assert names(reading) == ["Kepala", "Staf", "Arsiparis"]
    assert lanes(reading) == [[3]]


def test_three_header_rows_with_groups_of_actors() -> None:
    reading = one(
        "No | Kegiatan | Pelaksana | | | | Mutu Baku | | ",
        " | | Kepala Dinas | Bidang Umum | | Bidang Data | Kelengkapan | Waktu | Output",
        " | | | Kepala | Staf | Kepala | | | ",
        "1 | Menerima surat | | | ⬭1 | | Surat | 5 Menit | Surat",
        spans={(0, 2): 4, (1, 3): 2, (0, 6): 3},
    )
    assert names(reading) == ["Kepala Dinas", "Bidang Umum Kepala", "Staf", "Bidang Data Kepala"]
    assert lanes(reading) == [[3]]


def test_a_name_broken_in_a_narrow_cell() -> None:
    head = HEAD[1].replace("Kasubbag", "Koordinato / r Tim")
    assert names(one(HEAD[0], head, *BODY)) == ["Kepala", "Koordinator Tim", "Staf"]


@pytest.mark.parametrize("page", [1, None])
def test_numbers_below_uraian_prosedur(page: int | None) -> None:
    reading = one(
        "Uraian Prosedur | | Pelaksana | | Mutu Buku | | | Ket",
        " | | Kepala | Staf | Kelengkapan | Waktu | Output | ",
        "1 | Menerima surat | | ⬭1 | Surat | 5 Menit | Surat | ",
        "2 | Memeriksa surat | □2 | | Surat | 5 Menit | Paraf | ",
        page=page,
        spans={(0, 0): 2, (0, 2): 2, (0, 4): 3},
    )
    assert names(reading) == ["Kepala", "Staf"]
    assert row_values(reading, 1) == [2, "Memeriksa surat", "Surat", "5 Menit", "Paraf", None]


def test_numbers_without_any_label() -> None:
    lines = (HEAD[0].replace("No", ""), HEAD[1], *BODY)
    assert row_values(one(*lines), 2)[:2] == [3, "Menyimpan surat"]


@pytest.mark.parametrize("page", [1, None])
def test_columns_of_a_sheet_that_one_label_covers(page: int | None) -> None:
    """A worksheet: identity and table share columns, so that Kegiatan lies over three."""
    reading = one(
        " | No | Kegiatan | | | Pelaksana | | | Mutu Baku | | | Keterangan | ",
        " | | | | | Kepala | | Staf | Kelengkapan | Waktu | Output | | ",
        " | 1 | Menerima surat | | | | | ⬭1 | Surat | 5 Menit | Surat | | ",
        " | 2 | Memeriksa surat | | | □2 | | | Surat | 5 Menit | Paraf | Lihat SOP 2 | ",
        page=page,
        spans={(0, 2): 3, (0, 5): 3, (1, 5): 2, (0, 8): 3, (0, 11): 2},
    )
    assert names(reading) == ["Kepala", "Staf"]
    assert lanes(reading) == [[2], [1]]
    assert row_values(reading, 1)[-1] == "Lihat SOP 2"


def test_a_label_covers_the_lane_that_its_box_covers() -> None:
    lines = (
        "No | Kegiatan | Pelaksana | | | Mutu Baku | | ",
        " | | Kepala | | Staf | Kelengkapan | Waktu | Output",
        "1 | Menerima surat | | ⬭1 | | Surat | 5 Menit | Surat",
        "2 | Memeriksa surat | | | □2 | Surat | 5 Menit | Paraf",
    )
    covered = one(*lines, spans={(0, 2): 3, (1, 2): 2, (0, 5): 3})
    assert (names(covered), lanes(covered)) == (["Kepala", "Staf"], [[1], [2]])
    lost = one(*lines, spans={(0, 2): 3, (0, 5): 3})
    assert (names(lost), lanes(lost)) == (["Kepala", None, "Staf"], [[2], [3]])
    unknown = one(*lines, page=None)
    assert (names(unknown), lanes(unknown)) == (["Kepala", None, "Staf"], [[2], [3]])


def test_a_pelaksana_without_names_below_it() -> None:
    reading = one(
        "No | Kegiatan | Pelaksana | Waktu | Output",
        "1 | Menerima surat | Petugas Loket | 5 Menit | Surat",
        "2 | Memeriksa surat | Kepala Seksi | 5 Menit | Paraf",
        "3 | Menyimpan surat | Petugas Loket | 5 Menit | Arsip",
    )
    assert names(reading) == ["Petugas Loket", "Kepala Seksi"]


def test_nothing_is_moved_in_an_exact_table() -> None:
    """A row that a text's reader would shift by one column stays."""
    body = "1 | Menerima surat | | | | | Surat | 5 Menit | Surat tercatat"
    moved = one(*HEAD, body, *BODY[1:])
    assert row_values(moved) == [1, "Menerima surat", None, "Surat", "5 Menit", "Surat tercatat"]
    assert moved.changes == ()
    loose = table(Page(1, (Grid(exact_grid(*HEAD, body, *BODY[1:]).rows),)))
    assert row_values(loose)[3] == "5 Menit"
    assert [c.rule for c in loose.changes] == ["layout.shift"]


def test_a_time_in_two_columns_is_not_made_one() -> None:
    reading = one(
        "No | Kegiatan | Kepala | Waktu | Output | Ket",
        "1 | Menerima surat | □1 | 30 | Menit | ",
        "2 | Memeriksa surat | □2 | 30 | Menit | ",
    )
    assert row_values(reading)[3:] == ["30", "Menit", None]


def test_a_waktu_without_label() -> None:
    head = HEAD[1].replace("Waktu", "")
    assert row_values(one(HEAD[0], head, *BODY))[3] == "5 Menit"


def test_symbols_in_the_header_are_no_steps() -> None:
    head = HEAD[1].replace("Kasubbag", "⌂7 Kasubbag")
    reading = one("□8 | " + HEAD[0].split("|", 1)[1], head, *BODY)
    assert names(reading) == ["Kepala", "Kasubbag", "Staf"]
    assert len(reading.steps) == 3


def test_a_symbol_outside_the_lanes_is_not_in_a_text() -> None:
    body = (
        BODY[0].replace("Menerima surat", "□9 Menerima surat").replace("Surat |", "◇8 Surat |", 1)
    )
    assert row_values(one(*HEAD, body, *BODY[1:]))[1:3] == ["Menerima surat", "Surat"]


def test_identity_and_signature_in_the_same_grid_are_no_steps() -> None:
    (part,) = parts(
        exact_grid(
            "DINAS PERIKANAN □9 | | | | | Nomor SOP | 1/2024 | | ",
            "Dasar Hukum | | | | | Kualifikasi Pelaksana | | | ",
            *HEAD,
            *BODY,
            "Ditetapkan di Sikka | | | | | | | | ",
            "RATNA KUSUMADEWI | | | | | NIP 198001012005012003 | | | ",
        )
    )
    assert (part.start, part.end, len(part.rows)) == (2, 7, 3)


def test_a_heading_merged_over_the_table_is_no_step() -> None:
    reading = one(
        *HEAD, "A. Tahap persiapan | | | | | | | | ", *BODY, "Jumlah | | | | | | 20 Menit | | "
    )
    assert [step.kegiatan.value for step in reading.steps] == [
        "Menerima surat",
        "Memeriksa surat",
        "Menyimpan surat",
    ]


REST = (
    "4 | Mengirim surat | | | □4 | Surat | 5 Menit | Surat | ",
    "5 | Melapor | | | ⬭5 | Surat | 5 Menit | Laporan | ",
)


@pytest.mark.parametrize("page", [2, None])
def test_a_table_goes_on_without_a_header(page: int | None) -> None:
    first = drawn_page(1, exact_grid(*HEAD, *BODY, page=page and 1))
    reading = table(first, drawn_page(2, exact_grid(*REST, page=page)))
    assert [step.no.value for step in reading.steps if step.no] == [1, 2, 3, 4, 5]
    assert lanes(reading)[3:] == [[3], [3]]
    assert len(reading.parts) == 2


def test_a_row_that_the_page_cuts_goes_on_with_the_row_above() -> None:
    cut = " | Lembar kedua | | □6 | | Lampiran | | dan arsip | "
    pages = (drawn_page(1, exact_grid(*HEAD, *BODY)), drawn_page(2, exact_grid(cut, *REST, page=2)))
    reading = table(*pages)
    assert [step.no.value for step in reading.steps if step.no] == [1, 2, 3, 4, 5]
    third = reading.steps[2]
    assert third.kegiatan.value == "Menyimpan surat Lembar kedua"
    assert [(m.kolom, [s.id for s in m.symbols]) for m in third.marks] == [(2, [6]), (3, [3])]
    assert third.output is not None
    assert third.output.value == "Arsip dan arsip"


def test_a_symbol_behind_the_page_break_belongs_to_the_row_above() -> None:
    cut = " | | | | □6 | | | | "
    pages = (drawn_page(1, exact_grid(*HEAD, *BODY)), drawn_page(2, exact_grid(cut, *REST, page=2)))
    reading = table(*pages)
    (mark,) = reading.steps[2].marks
    assert [s.id for s in mark.symbols] == [3, 6]
    assert mark.place.page == 1
    assert [m.kolom for m in reading.steps[3].marks] == [3]


def test_a_row_cut_by_the_page_below_a_repeated_header() -> None:
    cut = " | | | | □6 | | | | "
    second = exact_grid(*HEAD, cut, *REST, page=2)
    reading = table(drawn_page(1, exact_grid(*HEAD, *BODY)), drawn_page(2, second))
    assert [len(step.marks[0].symbols) for step in reading.steps] == [1, 1, 2, 1, 1]


def test_an_identity_grid_of_as_many_columns_does_not_go_on() -> None:
    sheet = exact_grid(
        "Nomor SOP | 2/2024 | | | | | | | ",
        "Dasar Hukum | | | | Kualifikasi Pelaksana | | | | ",
        "1. UU 25 Tahun 2009 | | | | 1. Memahami surat | | | | ",
        page=2,
    )
    reading = table(drawn_page(1, exact_grid(*HEAD, *BODY)), drawn_page(2, sheet))
    assert len(reading.steps) == 3


def test_a_grid_with_fewer_rules_goes_on_by_the_places_of_its_columns() -> None:
    first = exact_grid(
        "No | Kegiatan | | Pelaksana | | Mutu Baku | | ",
        " | | | Kepala | Staf | Kelengkapan | Waktu | Output",
        "1 | Menerima surat | | □1 | | Surat | 5 Menit | Surat",
        spans={(0, 1): 2, (0, 3): 2, (0, 5): 3, (2, 1): 2},
    )
    rest = exact_grid(
        "2 | Mengirim surat | | | □4 | Surat | 5 Menit | Surat", page=2, spans={(0, 1): 2}
    )
    without = Grid(tuple(row[:2] + row[3:] for row in rest.rows), exact=True)
    reading = table(drawn_page(1, first), drawn_page(2, without))
    assert lanes(reading) == [[1], [2]]
    assert row_values(reading, 1)[:3] == [2, "Mengirim surat", "Surat"]


def test_a_rule_too_many_on_a_later_page_does_not_cut_a_lane() -> None:
    head = (
        "No | Kegiatan | Pelaksana | | | Mutu Baku | | ",
        " | | Kepala | {} | {} | Kelengkapan | Waktu | Output",
    )
    spans = {(0, 2): 3, (0, 5): 3}
    whole = (
        head[0],
        head[1].format("Tim Pemeriksa", ""),
        "1 | Menerima | | □1 | | A | 5 Menit | B",
    )
    cut = (head[0], head[1].format("Tim", "Pemeriksa"), "2 | Memeriksa | | | □2 | A | 5 Menit | B")
    reading = table(
        drawn_page(1, exact_grid(*whole, spans=spans | {(1, 3): 2, (2, 3): 2})),
        drawn_page(2, exact_grid(*cut, page=2, spans=spans)),
    )
    assert names(reading) == ["Kepala", "Tim Pemeriksa"]
    assert lanes(reading) == [[2], [2]]


def test_labels_of_actors_know_their_place() -> None:
    reading = one(*HEAD, *BODY)
    nama = reading.pelaksana[1].nama
    assert nama is not None
    assert (nama.place.page, nama.place.bbox) == (1, (180.0, 140.0, 240.0, 180.0))
