"""Whole drawn sheets: from pages to the record and its findings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopextract.errors import NotASopError
from sopextract.model.record import SopRecord
from sopextract.model.source import Grid, Page, Place, Residue, ResidueKind, TextLine
from sopextract.normalise import normalise
from sopextract.parse import parse, parse_parts
from sopextract.settings import LintSettings, NormaliseSettings, ParseSettings
from sopextract.validate import validate
from tests.factories import drawn_document, drawn_page, exact_grid

IDENTITY = (
    "□90 PEMERINTAH KABUPATEN SIKKA / DINAS PERPUSTAKAAN DAN KEARSIPAN"
    " | | Nomor SOP | 12/DISPUSIP/2024",
    " | | Tanggal Pembuatan | 4 Maret 2024",
    " | | Tanggal Revisi | -",
    " | | Tanggal Efektif | 1 April 2024",
    " | | Disahkan oleh | KEPALA DINAS / MARTEN LEWA, S.Sos / NIP. 19710203 199703 1 004",
    " | | Nama SOP | ◇91 Peminjaman / Buku",
    "Dasar Hukum | | Kualifikasi Pelaksana | ",
    "1. Undang-Undang Nomor 43 Tahun 2007 / tentang Perpustakaan | | 1. Memahami sirkulasi | ",
    "Keterkaitan | | Peralatan/Perlengkapan | ",
    "SOP Pengembalian Buku | | Komputer | ",
    "Peringatan | | Pencatatan dan Pendataan | ",
    "Jika kartu hilang maka peminjaman ditunda | | Buku peminjaman | ",
)
FLOW = (
    "No | Kegiatan | Pelaksana | | | Mutu Baku | | | Keterangan",
    " | | Kepala Seksi | Petugas Layanan | Pemustaka | Kelengkapan | Waktu | Output | ",
    "1 | Menyerahkan buku | | | ⬭1 | Buku | 2 Menit | Buku diterima | ",
    "2 | Memeriksa keanggotaan | | ◇2 | | Kartu anggota | 5 Menit | Data anggota | ",
    "3 | Memberikan persetujuan | □3 | | | Data anggota | 10 Menit | Persetujuan | ",
)
REST = ("4 | Menerima buku | | | ⬭4 | Buku | 3 Menit | Buku dipinjam | Rak A",)
ARROWS = ("1>2", "2>1 Tidak", "2>3 Ya", "3>8")


def identity_page(**fields: object) -> Page:
    return drawn_page(1, exact_grid(*IDENTITY), **fields)  # type: ignore[arg-type]


def flow_pages() -> tuple[Page, Page]:
    below, above = (("⌂8", 150.0, 380.0),), (("⌂9", 150.0, 60.0),)
    return (
        drawn_page(2, exact_grid(*FLOW, page=2), arrows=ARROWS, outside=below),
        drawn_page(3, exact_grid(*REST, page=3), arrows=("9>4",), outside=above),
    )


def read(*pages: Page) -> tuple[SopRecord, ...]:
    drafts = parse(drawn_document(*pages), ParseSettings())
    records = [normalise(draft, NormaliseSettings()) for draft in drafts]
    return tuple(r.with_findings(validate(r, LintSettings())) for r in records)


def read_one(*pages: Page) -> SopRecord:
    (record,) = read(*pages)
    return record


def rules_of(record: SopRecord) -> dict[str, str]:
    """Rule and message of the findings about our reading."""
    return {f.rule: f.message for f in record.findings if f.kind == "reading"}


def test_a_drawn_sheet_over_three_pages() -> None:
    record = read_one(identity_page(), *flow_pages())
    assert record.source.pages == (1, 3)
    assert record.nama_sop == "Peminjaman Buku"
    assert record.instansi.perangkat_daerah == "Dinas Perpustakaan dan Kearsipan"
    assert [(s.no, s.pelaksana, s.simbol) for s in record.langkah] == [
        (1, ("Pemustaka",), "terminator"),
        (2, ("Petugas Layanan",), "keputusan"),
        (3, ("Kepala Seksi",), "proses"),
        (4, ("Pemustaka",), "terminator"),
    ]
    assert [(e.dari, e.ke, e.label, e.basis) for e in record.alur] == [
        (1, 2, None, "drawn"),
        (2, 1, "Tidak", "drawn"),
        (2, 3, "Ya", "drawn"),
        (3, 4, None, "drawn"),
    ]
    assert record.page_notes == ()
    assert rules_of(record) == {}


def test_every_value_says_on_which_page_and_where() -> None:
    record = read_one(identity_page(), *flow_pages())
    without = {p for p, g in record.provenance.items() if g.page is None or g.bbox is None}
    assert without == {f"/alur/{k}" for k in range(4)}  # lines of the test have no box
    assert {record.provenance[p].page for p in without} == {2}
    grounds = {p: (g.page, g.bbox) for p, g in record.provenance.items()}
    assert grounds["/nama_sop"] == (1, (180, 300, 240, 340))
    assert grounds["/langkah/0/kegiatan"] == (2, (60, 180, 120, 220))
    assert grounds["/langkah/1/bentuk/0/simbol"] == (2, (195, 232, 225, 248))
    assert grounds["/langkah/3/waktu"] == (3, (360, 100, 420, 140))
    assert grounds["/pelaksana/1/nama"] == (2, (180, 140, 240, 180))


def test_places_of_an_office_file_go_through() -> None:
    grid = exact_grid(*FLOW, page=None)
    cell = grid.rows[2][1]
    named = type(cell)(cell.text, Place(where="Alur!B4"))
    rows = (*grid.rows[:2], (grid.rows[2][0], named, *grid.rows[2][2:]), *grid.rows[3:])
    page = drawn_page(None, type(grid)(rows, exact=True), arrows=ARROWS[:3])
    record = read_one(drawn_page(None, exact_grid(*IDENTITY, page=None)), page)
    assert record.provenance["/langkah/0/kegiatan"].where == "Alur!B4"
    assert record.source.pages is None


def test_two_sheets_in_one_file_have_their_own_pages() -> None:
    one, two = flow_pages()
    other = drawn_page(4, exact_grid(*IDENTITY, page=4))
    flow = drawn_page(5, exact_grid(*(line.replace("⬭1", "⬭21") for line in FLOW[:3]), page=5))
    first, second = read(identity_page(), one, two, other, flow)
    assert (first.source.pages, second.source.pages) == ((1, 3), (4, 5))
    assert (len(first.langkah), len(second.langkah)) == (4, 1)


def test_a_flow_that_is_a_picture_is_a_sop_and_says_so() -> None:
    record = read_one(identity_page(), drawn_page(2, picture_flow=True))
    assert record.langkah == ()
    assert record.source.pages == (1, 2)
    assert [note.model_dump() for note in record.page_notes] == [
        {"page": 2, "picture_flow": True, "untrusted": None, "residue": {}, "scan": None}
    ]
    told = rules_of(record)
    assert told["RD-12"] == "Alur pada halaman 2 berupa gambar, perlu OCR."
    assert "RD-07" not in told


def test_a_picture_alone_is_no_sop() -> None:
    line = TextLine("Foto kegiatan", Place(1))
    with pytest.raises(NotASopError):
        read(drawn_page(1, line, picture_flow=True))


def test_few_labels_beside_a_picture_are_enough() -> None:
    page = drawn_page(1, exact_grid(*IDENTITY[:3]), picture_flow=True)
    assert read_one(page).nomor_sop == "12/DISPUSIP/2024"
    with pytest.raises(NotASopError):
        read(drawn_page(1, exact_grid(*IDENTITY[:3])))


def test_values_of_a_page_that_is_not_trusted_are_doubted() -> None:
    record = read_one(identity_page(untrusted="huruf tidak terpetakan"), *flow_pages())
    assert record.provenance["/nomor_sop"].confidence < 0.9
    assert record.provenance["/langkah/0/kegiatan"].confidence >= 0.95
    told = rules_of(record)
    assert told["RD-13"] == (
        "Teks halaman 1 mungkin tidak sama dengan yang tercetak: huruf tidak terpetakan."
    )
    assert "RD-02" not in told


def test_what_is_left_on_a_page_is_counted_and_costs_a_little() -> None:
    left = [
        Residue(ResidueKind.WORD, Place(1), "Lampiran"),
        Residue(ResidueKind.WORD, Place(1), "II"),
        Residue(ResidueKind.STROKE, Place(1)),
    ]
    record = read_one(identity_page(residue=tuple(left)), *flow_pages())
    assert record.page_notes[0].residue == {"stroke": 1, "word": 2}
    (finding,) = [f for f in record.findings if f.rule == "RD-14"]
    assert (finding.severity, finding.kind) == ("info", "reading")
    assert finding.message == "Halaman 1: 2 kata dan 1 goresan tidak masuk ke isian mana pun."
    sure = read_one(identity_page(), *flow_pages()).provenance["/nomor_sop"].confidence
    assert 0.95 <= record.provenance["/nomor_sop"].confidence < sure
    assert record.provenance["/langkah/0/kegiatan"].confidence >= 0.99


def test_strokes_that_are_left_cost_nothing() -> None:
    left = (Residue(ResidueKind.STROKE, Place(1)),)
    record = read_one(identity_page(residue=left), *flow_pages())
    sure = read_one(identity_page(), *flow_pages())
    assert record.provenance["/nomor_sop"] == sure.provenance["/nomor_sop"]


def test_an_arrow_against_the_wording_is_found() -> None:
    text = "Memeriksa keanggotaan, jika tidak sesuai kembali ke langkah 3"
    page, rest = flow_pages()
    flow = tuple(line.replace("Memeriksa keanggotaan", text) for line in FLOW)
    page = drawn_page(2, exact_grid(*flow, page=2), arrows=ARROWS, outside=(("⌂8", 150, 380),))
    record = read_one(identity_page(), page, rest)
    assert record.alur[1].ke == 1
    assert record.provenance["/alur/1"].confidence < 0.9
    told = rules_of(record)
    assert told["RD-11"] == (
        'Panah ke langkah 1, tetapi teks langkah berbunyi "tidak sesuai: ke langkah 3".'
    )


def test_a_row_that_no_line_touches_is_told() -> None:
    page = drawn_page(2, exact_grid(*FLOW, page=2), arrows=ARROWS[:2])
    record = read_one(identity_page(), page)
    assert [(e.dari, e.ke, e.basis) for e in record.alur] == [(1, 2, "drawn"), (2, 1, "drawn")]
    assert "RD-03" not in rules_of(record)
    assert rules_of(record)["RD-15"] == (
        'Tidak ada panah terbaca yang menuju langkah 3 ("Memberikan persetujuan").'
    )


def test_a_symbol_that_no_line_leaves_is_told() -> None:
    lines = (*FLOW, *REST)
    page = drawn_page(2, exact_grid(*lines, page=2), arrows=("1>2", "3>4"))
    record = read_one(identity_page(), page)
    assert [(e.dari, e.ke) for e in record.alur] == [(1, 2), (3, 4)]
    assert [(f.path, f.message) for f in record.findings if f.rule == "RD-15"] == [
        (
            "/langkah/1/bentuk",
            'Tidak ada panah terbaca yang meninggalkan langkah 2 ("Memeriksa keanggotaan").',
        ),
        (
            "/langkah/2/bentuk",
            'Tidak ada panah terbaca yang menuju langkah 3 ("Memberikan persetujuan").',
        ),
    ]


def test_a_rest_that_fits_no_table_is_told() -> None:
    strange = exact_grid("4 | Menerima buku ⬭4", "5 | Mencatat buku □5", page=3)
    record = read_one(identity_page(), flow_pages()[0], drawn_page(3, strange))
    assert len(record.langkah) == 3
    assert (
        "Halaman 3: 6 kata dan 2 simbol tidak masuk ke isian mana pun." in rules_of(record)["RD-14"]
    )


def test_the_logo_of_the_next_sop_is_no_lost_symbol() -> None:
    first, second = (identity_page(), *flow_pages()), drawn_page(4, exact_grid(*IDENTITY, page=4))
    for record in read(*first, second):
        assert "simbol" not in rules_of(record).get("RD-14", "")


def test_a_word_of_a_label_in_a_step_does_not_hide_a_rest() -> None:
    strange = exact_grid("4 | Tujuan", "5 | Mencatat buku □5", page=3)
    record = read_one(identity_page(), flow_pages()[0], drawn_page(3, strange))
    assert "Halaman 3: 5 kata dan 1 simbol" in rules_of(record)["RD-14"]


def test_a_rest_is_told_once_where_a_document_comes_in_parts() -> None:
    strange = exact_grid("4 | Menerima buku ⬭4", "5 | Mencatat buku □5", page=3)
    pages = (identity_page(), flow_pages()[0], drawn_page(3, strange))
    letter = drawn_page(4, TextLine("Lampiran", Place(4, (0.0, 100.0, 60.0, 110.0))))
    (draft,) = parse_parts((drawn_document(*pages), drawn_document(letter)), ParseSettings())
    ((_, words),) = [
        kind for facts in draft.page_facts for kind in facts.residue if kind[0] is ResidueKind.WORD
    ]
    assert words == 6


@pytest.mark.parametrize("times", [("5 Menit", "2 jam", "1 Hari"), ("Surat", "Berkas", "Buku")])
def test_steps_of_a_scan_without_their_table_are_told(times: tuple[str, ...]) -> None:
    place = Place(3, (40.0, 100.0, 400.0, 110.0), score=0.99)
    lines = [TextLine(f"Kartu cuti      {t}      Konsep surat", place, score=0.99) for t in times]
    record = read_one(identity_page(), flow_pages()[0], drawn_page(3, *lines))
    told = "Halaman 3: " in rules_of(record).get("RD-14", "")
    assert told is (times[0] == "5 Menit")


def test_the_heading_of_the_table_is_no_item_of_the_list_above_it() -> None:
    below = IDENTITY[-1].replace(
        "Buku peminjaman", "Buku peminjaman / STANDAR OPERASIONAL PROSEDUR / PEMINJAMAN BUKU TAMU"
    )
    page = drawn_page(1, scanned(exact_grid(*IDENTITY[:-1], below)))
    record = read_one(page, *flow_pages())
    assert record.pencatatan_pendataan == ("Buku peminjaman",)
    assert any("PEMINJAMAN BUKU TAMU" in title for title in record.judul_lain)
    item = IDENTITY[-1].replace(
        "Buku peminjaman", "1. Buku / 2. Standar Operasional Prosedur / 3. Kartu"
    )
    kept = read_one(drawn_page(1, scanned(exact_grid(*IDENTITY[:-1], item))), *flow_pages())
    assert kept.pencatatan_pendataan == ("Buku", "Standar Operasional Prosedur", "Kartu")


def scanned(grid: Grid) -> Grid:
    """The grid as if read from pixels."""
    rows = (tuple(replace(cell, score=0.99) for cell in row) for row in grid.rows)
    return replace(grid, rows=tuple(rows))
