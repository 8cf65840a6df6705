"""Posts: expansion, matching, ranks."""

from __future__ import annotations

import pytest

from sopextract.lexicon.jabatan import (
    expand_jabatan,
    is_archivist,
    match_jabatan,
    parse_posts,
    rank_jabatan,
)


@pytest.mark.parametrize(
    ("label", "expanded"),
    [
        ("Kasubbag TU", "Kepala Subbagian Tata Usaha"),
        ("Kasubag. Keuangan", "Kepala Subbagian Keuangan"),
        ("Ka. Subbag Umpeg", "Kepala Subbagian Umum dan Kepegawaian"),
        ("Kasub Bag Umum & Kepeg", "Kepala Subbagian Umum dan Kepegawaian"),
        ("Karo Organisasi", "Kepala Biro Organisasi"),
        ("Kabag Tatalaksana", "Kepala Bagian Tatalaksana"),
        ("KASUBBAG TU", "KEPALA SUBBAGIAN TATA USAHA"),
        ("KABID, KASI DAN STAF", "KEPALA BIDANG, KEPALA SEKSI DAN STAF"),
        ("Kasi.", "Kepala Seksi"),
        ("Kadis/Sekdis", "Kepala Dinas/Sekretaris Dinas"),
        ("PPTK", "Pejabat Pelaksana Teknis Kegiatan"),
        ("Ka. UPTD Pasar", "Kepala Unit Pelaksana Teknis Daerah Pasar"),
        ("Katim  Humas", "Ketua Tim Humas"),
    ],
)
def test_abbreviations_are_written_out(label: str, expanded: str) -> None:
    assert expand_jabatan(label) == expanded


@pytest.mark.parametrize(
    "label",
    [
        "Sekretaris",
        "Kepala Sub Bagian Umum",
        "PPK",
        "Kabupaten Karo",
        "Pelaksana",
        "Kasih sayang",
        "Front Office",
        "",
    ],
)
def test_what_is_no_certain_abbreviation_stays(label: str) -> None:
    assert expand_jabatan(label) == label


def test_the_ambiguous_part_of_a_post_stays() -> None:
    assert expand_jabatan("Kasubag PKP") == "Kepala Subbagian PKP"


@pytest.mark.parametrize(
    "label", ["Kasubbag TU", "Karo Hukum", "KABID, KASI DAN STAF", "Kasubbag UP", "JFU"]
)
def test_expanding_twice_changes_nothing(label: str) -> None:
    assert expand_jabatan(expand_jabatan(label)) == expand_jabatan(label)


@pytest.mark.parametrize(
    ("mention", "label"),
    [
        ("kasubag tu", "Kasub Bag TU"),
        ("Kasubbag TU Biro", "Kasubbag TU"),
        ("Kasubbag", "Kasubbag TU"),
        ("Kabag", "Kabag Tatalaksana"),
        ("Sekretaris", "Sekretaris Dinas/Ketua Tim Penilai"),
        ("ketua tim", "Sekretaris Dinas/Ketua Tim Penilai"),
        ("kasi", "KABID, KASI DAN STAF"),
        ("staff", "KABID, KASI DAN STAF"),
        ("Kasubag PKP", "Kasubag Perencanaan, Keuangan dan Pelaporan"),
        ("KERALA DINAS", "Kepala Dinas"),
        ("Tim", "Tim Penilai Angka Kredit"),
        ("Pranata Komputer", "Pranata Komputer Ahli Muda"),
    ],
)
def test_the_same_post(mention: str, label: str) -> None:
    assert match_jabatan(mention, label) >= 0.8


@pytest.mark.parametrize(
    ("mention", "label"),
    [
        ("Kepala Desa", "Kepala Dinas"),
        ("Sekretariat", "Sekretaris"),
        ("Sekretaris Daerah", "Sekretaris Dinas"),
        ("Kasubbag Keuangan", "Kasubbag TU"),
        ("Kabid Sarana", "Kabid Perizinan"),
        ("Tim Penilai", "Ketua Tim Penilai"),
        ("Kasubbag", "Kabag"),
        ("Penyusun Laporan", "Pengelola Laporan"),
        ("", "Kepala Dinas"),
    ],
)
def test_different_posts(mention: str, label: str) -> None:
    assert match_jabatan(mention, label) < 0.5


def test_a_verb_is_not_a_post_with_another_first_letter() -> None:
    assert [p.head for p in parse_posts("menyusun")] == ["menyusun"]


def test_staff_by_another_name_matches_less() -> None:
    assert 0.5 <= match_jabatan("staf", "Pelaksana") < match_jabatan("staf", "Staf")


@pytest.mark.parametrize(
    ("label", "rank"),
    [("Karo Hukum", 3.0), ("KABID, KASI DAN STAF", 4.0), ("Pemohon", None), ("Kotak", None)],
)
def test_ranks(label: str, rank: float | None) -> None:
    assert rank_jabatan(label) == rank


@pytest.mark.parametrize(
    ("label", "keeps"),
    [("Arsiparis", True), ("Pengelola Kearsipan", True), ("Pengelola Data", False)],
)
def test_archivists(label: str, *, keeps: bool) -> None:
    assert is_archivist(label) is keeps
