"""Coverage: who lacks what most have, and of whom it is not certain."""

from __future__ import annotations

from sopextract.compare import compare
from sopextract.compare.coverage import Gap, find_gaps
from sopextract.model.record import Instansi, Provenance, SopRecord
from sopextract.settings import CompareSettings
from tests.compare.sheets import COPIED_STEPS, Step, sheet

ODD: tuple[Step, ...] = (
    ("Membuka ruang penyimpanan barang", "Penjaga", "5 Menit", "Ruang"),
    ("Memindai barang temuan", "Juru Pindai", "7 Menit", "Pindaian"),
    ("Mengunci ruang penyimpanan", "Penjaga", "5 Menit", "Kunci"),
)
UNREAD = Provenance(page=1, method="unread", confidence=0.2)


def monev(dinas: str, wilayah: str) -> SopRecord:
    return sheet(f"{dinas}-{wilayah}.pdf", dinas, f"Pemerintah {wilayah}",
                 "Monitoring dan Evaluasi Kinerja", COPIED_STEPS)  # fmt: skip


def other(dinas: str, wilayah: str, nama: str | None = "Penyimpanan Barang Temuan") -> SopRecord:
    made = sheet(f"{dinas}-{wilayah}-lain.pdf", dinas, f"Pemerintah {wilayah}", nama or "", ODD)
    if nama is None:
        changed = {"nama_sop": None, "provenance": {"/nama_sop": UNREAD}}
        return made.model_copy(update=changed)
    return made


def gaps(*records: SopRecord) -> tuple[Gap, ...]:
    return find_gaps(compare(records, CompareSettings()))


def test_agency_without_what_most_have() -> None:
    found = gaps(
        monev("Dinas A", "Kota Tegal"), monev("Dinas B", "Kota Tegal"),
        monev("Dinas C", "Kota Tegal"), other("Dinas D", "Kota Tegal"),
    )  # fmt: skip
    assert found == (Gap(family=1, group=None, have=(0, 1, 2), lacking=(3,), unsure=()),)


def test_a_sheet_that_was_not_read_leaves_it_open() -> None:
    found = gaps(
        monev("Dinas A", "Kota Tegal"), monev("Dinas B", "Kota Tegal"),
        monev("Dinas C", "Kota Tegal"), other("Dinas D", "Kota Tegal", None),
    )  # fmt: skip
    assert [(g.lacking, g.unsure) for g in found] == [((), (3,))]


def test_half_is_not_most() -> None:
    assert gaps(
        monev("Dinas A", "Kota Tegal"), monev("Dinas B", "Kota Tegal"),
        other("Dinas C", "Kota Tegal"), other("Dinas D", "Kota Tegal", "Penyimpanan"),
    ) == ()  # fmt: skip


def test_agencies_of_one_name_in_several_governments_are_asked_too() -> None:
    regions = ("Kota Batu", "Kota Tegal", "Kota Solo")
    found = gaps(
        *(monev("Dinas Sosial", region) for region in regions[:2]),
        other("Dinas Sosial", regions[2]),
        *(other("Dinas Pangan", region, f"Panen {i}") for i, region in enumerate(regions)),
    )
    (gap,) = (g for g in found if g.group == "Dinas Sosial")
    assert (len(gap.have), len(gap.lacking), gap.unsure) == (2, 1, ())
    assert not [g for g in found if g.group is None and g.family == gap.family]  # 2 of 6


def test_two_agencies_are_no_company() -> None:
    assert gaps(monev("Dinas A", "Kota Tegal"), monev("Dinas A", "Kota Batu")) == ()


def test_a_sheet_of_the_procedure_whose_agency_was_not_read_leaves_it_open() -> None:
    nameless = monev("Dinas X", "Kota Batu").model_copy(update={"instansi": Instansi()})
    found = gaps(
        monev("Dinas A", "Kota Tegal"), monev("Dinas B", "Kota Tegal"),
        monev("Dinas C", "Kota Tegal"), other("Dinas D", "Kota Tegal"), nameless,
    )  # fmt: skip
    assert [(len(g.have), g.lacking, len(g.unsure)) for g in found] == [(3, (), 1)]


def test_an_office_with_a_comma_and_no_government_has_no_like_elsewhere() -> None:
    regions = ("Kota Batu", "Kota Tegal")
    lone = other("Dinas Pemuda, Olahraga", "x").model_copy(
        update={"instansi": Instansi(perangkat_daerah="Dinas Pemuda, Olahraga")}
    )
    found = compare(
        [*(monev("Dinas Pemuda", region) for region in regions), lone,
         other("Dinas Pangan", "Kota Solo", "Panen")], CompareSettings()
    )  # fmt: skip
    assert {a.name: a.office for a in found.agencies} == {
        "Dinas Pangan, Pemerintah Kota Solo": "Dinas Pangan",
        "Dinas Pemuda, Olahraga": None,
        "Dinas Pemuda, Pemerintah Kota Batu": "Dinas Pemuda",
        "Dinas Pemuda, Pemerintah Kota Tegal": "Dinas Pemuda",
    }
    assert [g.group for g in find_gaps(found) if g.group] == []
