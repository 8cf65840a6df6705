"""Which text belongs to which label."""

from __future__ import annotations

from sopextract.parse.identitas.sheet import Identity, read_identity
from tests.parse.documents import rows, tabs


def read(text: str, *taken: tuple[int, int]) -> Identity:
    """The identity sheet of a text."""
    return read_identity(rows(text), taken)


def value(identity: Identity, name: str) -> list[str]:
    """The pieces of the first label of a field."""
    return [text for text, _, _ in identity.of(name)[0].pieces]


def test_values_beside_below_and_behind_their_labels() -> None:
    identity = read(
        tabs("Nomor SOP | : | 7/X/2024", "Dasar Hukum | Kualifikasi Pelaksana", "UU A | Teliti")
        + "Keterkaitan\nSOP Arsip\nSOP Surat\nPeringatan : Bila terlambat maka ditolak\n"
    )
    assert value(identity, "nomor_sop") == ["7/X/2024"]
    assert value(identity, "dasar_hukum") == ["UU A"]
    assert value(identity, "kualifikasi_pelaksana") == ["Teliti"]
    assert value(identity, "keterkaitan") == ["SOP Arsip", "SOP Surat"]
    assert value(identity, "peringatan") == ["Bila terlambat maka ditolak"]


def test_a_value_that_is_itself_a_label_stays_a_value() -> None:
    identity = read(tabs("Nama SOP | Pengesahan", "Nomor SOP | 3/A/2024"))
    assert value(identity, "nama_sop") == ["Pengesahan"]
    assert identity.of("disahkan_oleh") == []


def test_labels_first_and_each_value_to_a_label_that_it_fits() -> None:
    identity = read(
        "Nomor SOP\nTanggal Pembuatan\nTanggal Revisi\nTanggal Efektif\n"
        ": 7/X/2024\n: Maret 2024\n: -\n: 1 April 2024\n"
    )
    names = ("nomor_sop", "tanggal_pembuatan", "tanggal_revisi", "tanggal_efektif")
    assert [value(identity, name) for name in names] == [
        ["7/X/2024"],
        ["Maret 2024"],
        ["-"],
        ["1 April 2024"],
    ]


def test_a_date_below_does_not_become_the_number() -> None:
    identity = read("Nomor SOP :\n4 Maret 2024\nNama SOP : Arsip\n")
    assert value(identity, "nomor_sop") == []
    assert [line.text for line in identity.loose] == ["4 Maret 2024"]


def test_rows_of_the_table_belong_to_no_label() -> None:
    text = "Peringatan\nAwas\nNo\tKegiatan\n1\tMencatat\nAkhir\n"
    identity = read(text, (2, 4))
    assert value(identity, "peringatan") == ["Awas"]
    assert [line.text for line in identity.loose] == ["Akhir"]


def test_lines_of_a_cell_without_label_stay_apart() -> None:
    identity = read("<table><tr><td>DINAS SOSIAL<br>BIDANG UMUM<td>Nomor SOP<td>3/A</table>")
    assert [line.text for line in identity.loose] == ["DINAS SOSIAL", "BIDANG UMUM"]


def test_a_heading_or_a_nip_ends_the_last_section() -> None:
    identity = read("Keterkaitan\nSOP Arsip\nPeringatan\nAwas\nNIP. 19710203 199703 1 004\n")
    assert value(identity, "peringatan") == ["Awas"]


def test_cells_of_a_pair_broken_over_lines_go_to_their_own_label() -> None:
    text = (
        "Dasar Hukum\tKualifikasi Pelaksana\n"
        "1. UU Nomor 25 Tahun 2009 tentang Pelayanan Publik\n"
        "2. UU Nomor 43 Tahun 2009 tentang Kearsipan\t1. SLTA sederajat\n"
        "2. Memahami tata naskah\n"
        "Keterkaitan\tPeralatan\n"
        "SOP Surat Keluar\tKomputer\n"
    )
    identity = read_identity(rows(text), [])
    pieces = {f.name: [t for t, _, _ in f.pieces] for f in identity.found}
    assert pieces == {
        "dasar_hukum": [
            "1. UU Nomor 25 Tahun 2009 tentang Pelayanan Publik",
            "2. UU Nomor 43 Tahun 2009 tentang Kearsipan",
        ],
        "kualifikasi_pelaksana": ["1. SLTA sederajat", "2. Memahami tata naskah"],
        "keterkaitan": ["SOP Surat Keluar"],
        "peralatan_perlengkapan": ["Komputer"],
    }
    assert all(f.doubt < 0.9 for f in identity.found[:2])
