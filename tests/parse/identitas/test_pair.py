"""Two sections whose texts were run together."""

from __future__ import annotations

from sopextract.model.source import Place
from sopextract.parse.identitas.pair import split_pair


def cut(left: str, right: str, *lines: str) -> tuple[list[str], list[str]]:
    """The lines of both sections."""
    pieces = [(line, Place(line=i), i) for i, line in enumerate(lines, 1)]
    split = split_pair(left, right, pieces)
    mine, other = split.left, split.right
    return [text for text, _, _ in mine], [text for text, _, _ in other]


def test_a_pair_is_cut_where_the_numbering_begins_again() -> None:
    left = ["1. Peraturan Bupati tentang Arsip", "2. Peraturan Bupati tentang Surat"]
    right = ["1. Memahami arsip", "2. Mampu mengetik"]
    assert cut("dasar_hukum", "kualifikasi_pelaksana", *left, *right) == (left, right)


def test_a_pair_is_cut_inside_a_line_at_the_second_number_one() -> None:
    found = cut("keterkaitan", "peralatan_perlengkapan", "1. SOP Data 1. Komputer", "2. Printer")
    assert found == (["1. SOP Data"], ["1. Komputer", "2. Printer"])


def test_a_pair_is_cut_by_its_words() -> None:
    found = cut("peringatan", "pencatatan_pendataan", "Jika terlambat maka ditolak", "Buku agenda")
    assert found == (["Jika terlambat maka ditolak"], ["Buku agenda"])


def test_with_nothing_that_tells_all_stays_left() -> None:
    assert cut("keterkaitan", "peralatan_perlengkapan", "Satu") == (["Satu"], [])


def test_a_list_begins_behind_a_text_without_number() -> None:
    left, right = cut(
        "peringatan",
        "pencatatan_pendataan",
        "Penerima yang keliru wajib dicoret",
        "1. Daftar penerima",
        "2. Laporan penyaluran",
    )
    assert left == ["Penerima yang keliru wajib dicoret"]
    assert right == ["1. Daftar penerima", "2. Laporan penyaluran"]


def test_a_cut_that_nothing_tells_is_not_sure() -> None:
    place = Place(line=1)
    split = split_pair("peralatan_perlengkapan", "keterkaitan", [("Satu hal", place, 0)])
    assert not split.sure
