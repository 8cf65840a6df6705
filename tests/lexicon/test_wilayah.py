"""Regions: their number, and finding them in text."""

from __future__ import annotations

import pytest

from sopextract.lexicon.wilayah import canonical_wilayah, find_wilayah, load_wilayah, provinsi_of


def test_counts() -> None:
    regions = load_wilayah()
    kinds = [region.jenis for region in regions]
    assert (kinds.count("Provinsi"), kinds.count("Kabupaten"), kinds.count("Kota")) == (38, 416, 98)
    assert sum(r.administratif for r in regions if r.jenis == "Kabupaten") == 1
    assert sum(r.administratif for r in regions if r.jenis == "Kota") == 5
    assert len({region.lengkap for region in regions}) == 38 + 514
    assert {region.provinsi for region in regions} == {
        region.nama for region in regions if region.jenis == "Provinsi"
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PEMERINTAH PROVINSI KALIMANTAN BARAT", ("Provinsi Kalimantan Barat",)),
        ("Pemkab Balangan", ("Kabupaten Balangan",)),
        ("Dinas Perikanan Kab. Way Kanan", ("Kabupaten Way Kanan",)),
        ("Kota Bima dan Kabupaten Bima", ("Kota Bima", "Kabupaten Bima")),
        ("Peraturan Wali Kota Bima", ("Kota Bima",)),
        ("Bupati Toli-Toli", ("Kabupaten Tolitoli",)),
        ("KABUPATENBALANGAN", ("Kabupaten Balangan",)),
        ("Kota Administrasi Jakarta Selatan", ("Kota Jakarta Selatan",)),
        ("Pemerintah Aceh", ("Provinsi Aceh",)),
        ("Pemerintah Daerah Istimewa Yogyakarta", ("Provinsi Daerah Istimewa Yogyakarta",)),
        ("Propinsi Nusa Tenggara Barat", ("Provinsi Nusa Tenggara Barat",)),
        ("Provinsi Bengkulu Selatan", ()),
        ("Provinsi dan Kabupaten/Kota", ()),
        ("batu bata dan semen", ()),
        ("", ()),
    ],
)
def test_find(text: str, found: tuple[str, ...]) -> None:
    assert find_wilayah(text) == found


def test_canonical() -> None:
    assert canonical_wilayah("Kalimantan Barat") == "Provinsi Kalimantan Barat"
    assert canonical_wilayah("Bima") is None
    assert canonical_wilayah("Bima", "Kota") == "Kota Bima"
    assert canonical_wilayah("Kota Bima dan Kabupaten Bima") is None
    assert canonical_wilayah("Dinas Perikanan") is None


def test_province_of() -> None:
    assert provinsi_of("Kota Bima") == "Provinsi Nusa Tenggara Barat"
    assert provinsi_of("Kota Entah") is None
