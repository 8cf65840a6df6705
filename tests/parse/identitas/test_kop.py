"""Agency blocks: levels, wrapped names, regions, what is none."""

from __future__ import annotations

import pytest

from sopextract.model.draft import Method
from sopextract.model.source import Place
from sopextract.parse.identitas.kop import Kop, KopLine, read_kop


def read(*lines: str) -> Kop:
    """The block on these lines."""
    return read_kop([KopLine(i, line, Place(line=i)) for i, line in enumerate(lines, 1)])


def values(kop: Kop) -> tuple[str | None, str | None, list[str]]:
    """Government, agency, units."""
    return (
        kop.pemerintah.value if kop.pemerintah else None,
        kop.perangkat_daerah.value if kop.perangkat_daerah else None,
        [unit.value for unit in kop.unit_kerja],
    )


SIKKA = "PEMERINTAH KABUPATEN SIKKA"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            (
                "PEMERINTAH PROVINSI NUSA TENGGARA TIMUR",
                "DINAS PERINDUSTRIAN, PERDAGANGAN,",
                "ENERGI, DAN SUMBER DAYA MINERAL",
                "SEKRETARIAT",
                "SUB BAGIAN UMUM",
            ),
            (
                "PEMERINTAH PROVINSI NUSA TENGGARA TIMUR",
                "DINAS PERINDUSTRIAN, PERDAGANGAN, ENERGI, DAN SUMBER DAYA MINERAL",
                ["SEKRETARIAT", "SUB BAGIAN UMUM"],
            ),
        ),
        (
            ("PEMERINTAH PROVINSI NUSA", "TENGGARA TIMUR", "DINAS SOSIAL"),
            ("PEMERINTAH PROVINSI NUSA TENGGARA TIMUR", "DINAS SOSIAL", []),
        ),
        (
            ("PEMERINTAH KABUPATEN", "SIKKA", "DINAS PERPUSTAKAAN", "DAN KEARSIPAN"),
            (SIKKA, "DINAS PERPUSTAKAAN DAN KEARSIPAN", []),
        ),
        (
            (SIKKA, "DINAS PEKERJAAN UMUM DAN", "PENATAAN RUANG", "BIDANG BINA MARGA"),
            (SIKKA, "DINAS PEKERJAAN UMUM DAN PENATAAN RUANG", ["BIDANG BINA MARGA"]),
        ),
        (
            (SIKKA, "SEKRETARIAT DAERAH", "BAGIAN ORGANISASI"),
            (SIKKA, "SEKRETARIAT DAERAH", ["BAGIAN ORGANISASI"]),
        ),
        ((SIKKA, "SEKRETARIAT DPRD"), (SIKKA, "SEKRETARIAT DPRD", [])),
        (
            (SIKKA, "KECAMATAN KEWAPANTE", "DESA WAIRKOJA"),
            (SIKKA, "KECAMATAN KEWAPANTE", ["DESA WAIRKOJA"]),
        ),
        (
            (SIKKA, "SATUAN POLISI PAMONG PRAJA", "Telp. (0382) 12345"),
            (SIKKA, "SATUAN POLISI PAMONG PRAJA", []),
        ),
        (
            ("PEMERINTAH ACEH", "DINAS PERTANIAN", "DAN PERKEBUNAN", "Jl. Melati No. 3"),
            ("PEMERINTAH ACEH", "DINAS PERTANIAN DAN PERKEBUNAN", []),
        ),
        (
            ("Pemerintah Kabupaten Sikka", "Inspektorat Daerah", "Sub Bagian Umum"),
            ("Pemerintah Kabupaten Sikka", "Inspektorat Daerah", ["Sub Bagian Umum"]),
        ),
        (
            ("BADAN PUSAT STATISTIK PROVINSI BENGKULU", "BAGIAN UMUM"),
            (None, "BADAN PUSAT STATISTIK PROVINSI BENGKULU", ["BAGIAN UMUM"]),
        ),
        (
            ("PEMERlNTAH KABUPATEN SIKKA", "DlNAS KESEHATAN", "UPT PUSKESMAS NITA"),
            ("PEMERlNTAH KABUPATEN SIKKA", "DlNAS KESEHATAN", ["UPT PUSKESMAS NITA"]),
        ),
    ],
)
def test_a_block_is_read(
    lines: tuple[str, ...], wanted: tuple[str | None, str | None, list[str]]
) -> None:
    assert values(read(*lines)) == wanted


@pytest.mark.parametrize(
    "lines",
    [
        ("DINAS KOMUNIKASI DAN INFORMATIKA", "KABUPATEN SIKKA"),
        ("DINAS KOMUNIKASI DAN INFORMATIKA KABUPATEN SIKKA",),
    ],
)
def test_a_region_below_or_behind_the_agency_gives_the_government_inferred(
    lines: tuple[str, ...],
) -> None:
    kop = read(*lines)
    assert values(kop) == (SIKKA, "DINAS KOMUNIKASI DAN INFORMATIKA", [])
    assert kop.pemerintah
    assert kop.pemerintah.method is Method.INFERRED


@pytest.mark.parametrize(
    "line",
    [
        "Dinas melakukan pemeriksaan berkas yang masuk setiap hari.",
        "Jalan Pemerintah Nomor 3",
        "Komputer dan printer",
        "BADANKU SEHAT",
    ],
)
def test_what_is_no_agency(line: str) -> None:
    assert values(read(line)) == (None, None, [])


def test_the_block_of_the_sheet_wins_over_the_cover() -> None:
    cover = ("PEMERINTAH KABUPATEN SIKKA", "DINAS SOSIAL")
    kop = read(*cover, *["Isi"] * 8, *cover, "BIDANG REHABILITASI SOSIAL")
    assert values(kop) == (SIKKA, "DINAS SOSIAL", ["BIDANG REHABILITASI SOSIAL"])
    assert kop.used == {11, 12, 13}


@pytest.mark.parametrize(("wrapped", "name"), [(True, " HEWAN"), (False, "")])
def test_the_last_word_of_a_name_that_had_no_room_is_part_of_it(
    *, wrapped: bool, name: str
) -> None:
    lines = [SIKKA, "DINAS PETERNAKAN DAN KESEHATAN", "HEWAN", "Jalan Mawar Nomor 7"]
    kop = read_kop([KopLine(1, t, Place(line=1), wrapped=wrapped and t == "HEWAN") for t in lines])
    assert values(kop) == (SIKKA, f"DINAS PETERNAKAN DAN KESEHATAN{name}", [])
