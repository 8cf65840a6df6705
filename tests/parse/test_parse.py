"""Whole sheets in every layout of text that sheets are met in."""

from __future__ import annotations

import pytest

from sopextract.errors import NotASopError
from sopextract.model.draft import Method, SopDraft
from tests.parse.documents import HEADER, IDENTITY, SHEET, STEPS, items, read, read_one, tabs

KEGIATAN = [
    "Menyerahkan buku dan kartu",
    "Memeriksa keanggotaan",
    "Memberikan persetujuan",
    "Menyerahkan buku kepada pemustaka",
]
ACTORS = ["Pemustaka", "Petugas Layanan", "Kepala Seksi"]
FLOW = tabs(*HEADER, *STEPS)


def check_steps(draft: SopDraft, symbols: bool = True) -> None:
    """The four steps with all their cells, in the columns of their actors."""
    rows = [langkah.row for langkah in draft.langkah]
    assert [r.kegiatan.value for r in rows] == KEGIATAN
    assert [r.no.value for r in rows if r.no] == [1, 2, 3, 4]
    assert [r.waktu.value for r in rows if r.waktu] == ["2 Menit", "5 Menit", "10 Menit", "3 Menit"]
    assert [r.kelengkapan.value for r in rows if r.kelengkapan] == [
        "Buku",
        "Kartu anggota",
        "Data anggota",
        "Buku",
    ]
    assert [r.output.value for r in rows if r.output] == [
        "Buku diterima",
        "Data anggota",
        "Persetujuan",
        "Buku dipinjam",
    ]
    if symbols:
        assert [p.nama.value if p.nama else None for p in draft.pelaksana] == ACTORS
        assert [[a.value for a in langkah.actors] for langkah in draft.langkah] == [
            [1],
            [2],
            [3],
            [2],
        ]


def check_identity(draft: SopDraft) -> None:
    """Everything of the identity sheet."""
    assert draft.pemerintah
    assert draft.pemerintah.value == "PEMERINTAH KABUPATEN SIKKA"
    assert draft.perangkat_daerah
    assert draft.perangkat_daerah.value == "DINAS PERPUSTAKAAN DAN KEARSIPAN"
    assert draft.nomor_sop
    assert draft.nomor_sop.value == "12/DISPUSIP/2024"
    assert draft.nama_sop
    assert draft.nama_sop.value == "Peminjaman Buku"
    assert draft.tanggal_pembuatan
    assert draft.tanggal_pembuatan.value == "2024-03-04"
    assert draft.tanggal_revisi
    assert (draft.tanggal_revisi.value, draft.tanggal_revisi.method) == (None, Method.ABSENT)
    assert draft.tanggal_efektif
    assert draft.tanggal_efektif.value == "2024-04-01"
    sah = draft.disahkan_oleh
    assert [r and r.value for r in (sah.jabatan, sah.nama, sah.nip)] == [
        "KEPALA DINAS",
        "MARTEN LEWA, S.Sos",
        "197102031997031004",
    ]


def check_sections(draft: SopDraft) -> None:
    """The six sections, two items in the first two."""
    assert [d.teks.value for d in draft.dasar_hukum] == [
        "Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan",
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    ]
    assert items(draft.kualifikasi_pelaksana) == [
        "Memahami layanan sirkulasi",
        "Mampu mengoperasikan komputer",
    ]
    assert items(draft.keterkaitan) == ["SOP Pengembalian Buku"]
    assert items(draft.peralatan_perlengkapan) == ["Komputer"]
    assert items(draft.peringatan) == ["Jika kartu hilang maka peminjaman ditunda"]
    assert items(draft.pencatatan_pendataan) == ["Buku peminjaman"]


def test_a_sheet_in_tab_pairs() -> None:
    draft = read_one(SHEET)
    check_identity(draft)
    check_sections(draft)
    check_steps(draft)
    assert [u.value for u in draft.unit_kerja] == ["BIDANG LAYANAN PERPUSTAKAAN"]
    assert [t.value for t in draft.judul_lain] == ["PEMINJAMAN BUKU"]
    assert draft.changes == ()
    remarks = [langkah.row.keterangan for langkah in draft.langkah]
    assert [r.value for r in remarks if r] == [None, None, None, "Rak A"]


SECTIONS = """Dasar Hukum Kualifikasi Pelaksana
1. Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan
2. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik
1. Memahami layanan sirkulasi
2. Mampu mengoperasikan komputer
Keterkaitan Peralatan/Perlengkapan
SOP Pengembalian Buku
Komputer
Peringatan Pencatatan dan Pendataan
Jika kartu hilang maka peminjaman ditunda
Buku peminjaman

"""
AGENCY = "PEMERINTAH KABUPATEN SIKKA\nDINAS PERPUSTAKAAN DAN KEARSIPAN\n"
VALUES = """12/DISPUSIP/2024
4 Maret 2024
-
1 April 2024
KEPALA DINAS MARTEN LEWA, S.Sos NIP. 19710203 199703 1 004
Nama SOP : Peminjaman Buku
"""
LABELS_FIRST = {
    "with colons": """Nomor SOP :
Tanggal Pembuatan :
Tanggal Revisi :
Tanggal Efektif :
Disahkan oleh :
: 12/DISPUSIP/2024
: 4 Maret 2024
: -
: 1 April 2024
: KEPALA DINAS
MARTEN LEWA, S.Sos
NIP. 19710203 199703 1 004
Nama SOP : Peminjaman Buku
""",
    "without": "Nomor SOP\nTanggal Pembuatan\nTanggal Revisi\nTanggal Efektif\nDisahkan oleh\n"
    + VALUES,
    "on one line": "Nomor SOP Tanggal Pembuatan Tanggal Revisi Tanggal Efektif Disahkan oleh\n"
    + VALUES,
    "glued": "Nomor SOPTgl PembuatanTgl RevisiTgl EfektifDisahkan oleh\n" + VALUES,
}


@pytest.mark.parametrize("labels", LABELS_FIRST.values(), ids=LABELS_FIRST)
def test_all_labels_first_the_values_later(labels: str) -> None:
    draft = read_one(AGENCY + labels + SECTIONS + FLOW)
    check_identity(draft)
    check_sections(draft)
    check_steps(draft)


def test_labels_glued_to_their_values() -> None:
    draft = read_one(
        AGENCY + "NOMOR SOP 12/DISPUSIP/2024\nTANGGAL 4 Maret 2024 PEMBUATAN\nTANGGAL REVISI -\n"
        "TGL EFEKTIF 1 April 2024\nDISAHKAN OLEH KEPALA DINAS\nMARTEN LEWA, S.Sos\n"
        "NIP. 19710203 199703 1 004\nNAMA SOP Peminjaman Buku\n" + SECTIONS + FLOW
    )
    check_identity(draft)
    check_sections(draft)


LEFT = """Dasar Hukum
1. Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan
2. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik
Keterkaitan
SOP Pengembalian Buku
Peringatan
Jika kartu hilang maka peminjaman ditunda

"""
BOX = """Nomor SOP : 12/DISPUSIP/2024
Tanggal Pembuatan : 4 Maret 2024
Tanggal Revisi :
Tanggal Efektif : 1 April 2024
Disahkan oleh : KEPALA DINAS

MARTEN LEWA, S.Sos
NIP. 19710203 199703 1 004
Nama SOP : Peminjaman Buku
"""
RIGHT = """Kualifikasi Pelaksana
1. Memahami layanan sirkulasi
2. Mampu mengoperasikan komputer
Peralatan/Perlengkapan
Komputer
Pencatatan dan Pendataan
Buku peminjaman

"""


def test_the_left_half_first_then_the_right() -> None:
    draft = read_one(AGENCY + LEFT + BOX + RIGHT + FLOW)
    check_identity(draft)
    check_sections(draft)
    check_steps(draft)


RAW_STEPS = """SOP PEMINJAMAN BUKU
No Kegiatan Pelaksana Mutu Baku Keterangan
Pemustaka
Petugas Layanan
Kepala Seksi
Kelengkapan Waktu Output
1 Menyerahkan buku dan kartu
  Buku
2 Menit
Buku diterima
2
Memeriksa keanggotaan

  Kartu anggota

5 Menit

Data anggota

3 Memberikan persetujuan
  Data anggota
10 Menit
Persetujuan
4 Menyerahkan buku kepada pemustaka
  Buku
3 Menit
Buku dipinjam
MULAI
SELESAI
"""


def test_a_table_turned_into_lines() -> None:
    draft = read_one(AGENCY + LEFT + BOX + RIGHT + RAW_STEPS)
    check_identity(draft)
    check_sections(draft)
    check_steps(draft, symbols=False)
    assert [p.nama.value for p in draft.pelaksana if p.nama] == ACTORS
    assert [[m.text for m in x.row.marks] for x in draft.langkah] == [
        ["MULAI"],
        [],
        [],
        ["SELESAI"],
    ]
    assert draft.changes == ()


LAYOUT = """
                                                Nomor SOP            : 12/DISPUSIP/2024
   PEMERINTAH KABUPATEN SIKKA                   Tanggal Pembuatan    : 4 Maret 2024
                                                Tanggal Revisi       : -
   DINAS PERPUSTAKAAN DAN KEARSIPAN             Tanggal Efektif      : 1 April 2024
                                                Disahkan oleh        : KEPALA DINAS
   BIDANG LAYANAN PERPUSTAKAAN
                                                                       MARTEN LEWA, S.Sos
                                                                       NIP. 19710203 199703 1 004
                                                Nama SOP             : Peminjaman Buku

   Dasar Hukum                                  Kualifikasi Pelaksana
   1. Undang-Undang Nomor 43 Tahun 2007         1. Memahami layanan sirkulasi
      tentang Perpustakaan                      2. Mampu mengoperasikan komputer
   2. Undang-Undang Nomor 25 Tahun 2009
      tentang Pelayanan Publik
   Keterkaitan                                  Peralatan/Perlengkapan
   SOP Pengembalian Buku                        Komputer
   Peringatan                                   Pencatatan dan Pendataan
   Jika kartu hilang maka peminjaman            Buku peminjaman
   ditunda

                                  SOP PEMINJAMAN BUKU

 No   Kegiatan               Pelaksana                             Mutu Baku                    Ket
                             Pemustaka  Petugas  Kepala    Kelengkapan    Waktu     Output
                                        Layanan  Seksi
 1    Menyerahkan buku dan   (Oval)                        Buku           2 Menit   Buku
      kartu                                                                         diterima

 2    Memeriksa                         (Kotak)            Kartu anggota  5 Menit   Data
      keanggotaan                                                                   anggota

      Memberikan                                                          10
 3                                              (Bintang)  Data anggota             Persetujuan
      persetujuan                                                         Menit

      Menyerahkan
 4    buku kepada                       (Oval)             Buku           3 Menit   Buku        Rak
      pemustaka                                                                     dipinjam
"""


def test_columns_of_spaces_with_wrapped_cells_and_centred_numbers() -> None:
    draft = read_one(LAYOUT)
    check_identity(draft)
    check_sections(draft)
    check_steps(draft)


def test_two_sheets_of_spaces_in_a_row() -> None:
    second = LAYOUT.replace("12/DISPUSIP", "13/DISPUSIP")
    drafts = read(LAYOUT + "\n\n" + second)
    assert [d.nomor_sop.value for d in drafts if d.nomor_sop] == [
        "12/DISPUSIP/2024",
        "13/DISPUSIP/2024",
    ]
    for draft in drafts:
        check_steps(draft)
        check_sections(draft)


def test_pipe_tables() -> None:
    head = [
        "No|Kegiatan|Pemustaka|Petugas Layanan|Kepala Seksi|Kelengkapan|Waktu|Output|Ket",
        "---|---|---|---|---|---|---|---|---",
    ]
    identity = "".join("|" + line.replace("\t", "|") + "|\n" for line in IDENTITY.splitlines())
    flow = "".join(f"|{line}|\n" for line in (*head, *STEPS))
    draft = read_one(identity + "\n## SOP PEMINJAMAN BUKU\n\n" + flow)
    check_identity(draft)
    check_sections(draft)
    check_steps(draft)


def _cells(line: str) -> str:
    return "".join(f"<td>{cell.strip()}</td>" for cell in line.split("|"))


HTML_IDENTITY = (
    "<table><tr><td rowspan=6>PEMERINTAH KABUPATEN SIKKA<br>DINAS PERPUSTAKAAN<br>DAN KEARSIPAN"
    "</td><td>Nomor SOP<td>: 12/DISPUSIP/2024<tr><td>Tanggal Pembuatan<td>: 4 Maret 2024"
    "<tr><td>Tanggal Revisi<td>: -<tr><td>Tanggal Efektif<td>: 1 April 2024<tr><td>Disahkan oleh"
    "<td>KEPALA DINAS<br><br>MARTEN LEWA, S.Sos<br>NIP. 19710203 199703 1 004"
    "<tr><td>Nama SOP<td>: Peminjaman Buku"
    "<tr><td>Dasar Hukum<td colspan=2>Kualifikasi Pelaksana<tr><td><ol><li>Undang-Undang Nomor 43 "
    "Tahun 2007 tentang Perpustakaan<li>Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik"
    "</td><td colspan=2><ol style='x'>"
    "<li>Memahami layanan sirkulasi<li>Mampu "
    "mengoperasikan komputer<tr><td>Keterkaitan<td colspan=2>Peralatan/Perlengkapan"
    "<tr><td>SOP Pengembalian Buku<td colspan=2>Komputer"
    "<tr><td>Peringatan<td colspan=2>Pencatatan dan Pendataan<tr><td>Jika kartu "
    "hilang maka peminjaman ditunda<td colspan=2>Buku peminjaman</table>"
)
HTML_FLOW = (
    "<table><tr><th rowspan=2>No<th rowspan=2>Kegiatan<th colspan=3>Pelaksana<th colspan=3>Mutu"
    " Baku<th rowspan=2>Keterangan</tr><tr><th>Pemustaka<th>Petugas Layanan<th>Kepala Seksi"
    "<th>Kelengkapan<th>Waktu<th>Output</tr>"
    + "".join(f"<tr>{_cells(s)}</tr>" for s in STEPS)
    + "</table>"
)


@pytest.mark.parametrize(
    "text",
    [
        f"<html><body>{HTML_IDENTITY}<p>SOP PEMINJAMAN BUKU</p>{HTML_FLOW}</body></html>",
        f"# Hasil OCR\n\n{HTML_IDENTITY}\n\nSOP PEMINJAMAN BUKU\n\n{HTML_FLOW}\n",
    ],
    ids=("html", "inside markdown"),
)
def test_html_tables_with_spans_and_open_lists(text: str) -> None:
    draft = read_one(text)
    check_identity(draft)
    check_sections(draft)
    check_steps(draft)


def test_a_form_with_blanks_says_absent_and_unread_apart() -> None:
    draft = read_one(
        AGENCY + "Nomor SOP : ........\nTanggal Pembuatan : Maret 2024\n"
        "Tanggal Efektif : 31 April 2024\nDisahkan oleh :\nNama SOP :\n"
        "Dasar Hukum :\n1. Undang-Undang Nomor 43 Tahun 2007\ntentang Perpustakaan\n2.\n"
        "Kualifikasi Pelaksana :\na. Memahami layanan\nb. Ramah\nKeterkaitan : -\n" + FLOW
    )
    found = (draft.nomor_sop, draft.tanggal_pembuatan, draft.tanggal_efektif, draft.nama_sop)
    assert [(r.value, r.method) for r in found if r] == [
        (None, Method.ABSENT),
        ("2024-03", Method.LABEL),
        (None, Method.UNREAD),
        (None, Method.ABSENT),
    ]
    assert draft.tanggal_revisi is None  # the form has no such label
    assert draft.disahkan_oleh.nama
    assert draft.disahkan_oleh.nama.method is Method.ABSENT
    assert [d.teks.value for d in draft.dasar_hukum] == [
        "Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan"
    ]
    assert items(draft.kualifikasi_pelaksana) == ["Memahami layanan", "Ramah"]
    assert draft.keterkaitan.label
    assert items(draft.keterkaitan) == []
    assert draft.peringatan.label is None
    assert [(c.path, c.before, c.rule) for c in draft.changes] == [
        ("/dasar_hukum", "2.", "list.empty-item")
    ]


def test_an_empty_title_is_inferred_from_the_line_above_the_table() -> None:
    text = SHEET.replace("Nama SOP\t: Peminjaman Buku", "Nama SOP\t:")
    draft = read_one(text)
    assert draft.nama_sop
    assert (draft.nama_sop.value, draft.nama_sop.method) == ("PEMINJAMAN BUKU", Method.INFERRED)
    assert draft.judul_lain == ()


def test_the_second_page_alone_is_a_sheet_with_nothing_in_its_identity() -> None:
    draft = read_one("SOP PEMINJAMAN BUKU\n\n" + FLOW)
    check_steps(draft)
    assert (draft.nomor_sop, draft.disahkan_oleh.nama, draft.pemerintah) == (None, None, None)


def test_the_identity_sheet_alone_has_no_steps() -> None:
    draft = read_one(IDENTITY)
    check_identity(draft)
    assert draft.langkah == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ini hanya catatan rapat.\nTidak ada tabel.\n",
        tabs(
            "No | Kegiatan | Waktu | Keterangan",
            "1 | Rapat persiapan | 1 hari | Ruang A",
            "2 | Lomba mewarnai | 2 hari | Lapangan",
        ),
    ],
    ids=("notes", "a schedule"),
)
def test_what_is_no_sheet_is_refused(text: str) -> None:
    with pytest.raises(NotASopError):
        read(text)
