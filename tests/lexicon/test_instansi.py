"""How lines of an agency block begin."""

from __future__ import annotations

import pytest

from sopextract.lexicon.instansi import is_address, is_vertical, level_of
from sopextract.lexicon.unit_kata import unit_words


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("PEMERINTAH KABUPATEN SIKKA", "pemerintah"),
        ("Pemerintah Aceh", "pemerintah"),
        ("PEMERlNTAH KOTA BIMA", "pemerintah"),
        ("KABUPATEN SIKKA", "wilayah"),
        ("DINAS SOSIAL", "perangkat"),
        ("DlNAS SOSIAL", "perangkat"),
        ("SEKRETARIAT DAERAH", "perangkat"),
        ("SEKRETARIAT", "unit"),
        ("Sub Bagian Umum", "unit"),
        ("DESA WAIRKOJA", "unit"),
        ("BADANKU", None),
        ("KOTAK SARAN", None),
        ("Jalan Dinas Nomor 3", None),
        ("Komputer", None),
        ("", None),
    ],
)
def test_the_level_of_a_line(line: str, level: str | None) -> None:
    assert level_of(line) == level


def test_addresses() -> None:
    assert is_address("Jl. Melati No. 3")
    assert is_address("Telp (0382) 123")
    assert not is_address("Jalanan kota")


def test_vertical_agencies() -> None:
    assert is_vertical("BADAN PUSAT STATISTIK PROVINSI BENGKULU")
    assert not is_vertical("DINAS SOSIAL PROVINSI BENGKULU")


def test_words_of_offices_hold_no_personal_name() -> None:
    assert {"kepala", "dinas", "bidang", "kabupaten"} <= unit_words()
    assert not {"marten", "maria", "slamet", "wendi", "siti"} & unit_words()
