"""Ids, inferred regions and status of the legal basis."""

from __future__ import annotations

import pytest

from sopextract.model.draft import Citation, DasarHukumDraft
from sopextract.normalise.citations import Resolved, resolve_dasar_hukum
from tests.factories import reading


def resolve(citation: Citation | None, wilayah: str | None = None) -> Resolved:
    return resolve_dasar_hukum([DasarHukumDraft(reading("teks"), citation)], wilayah)[0]


@pytest.mark.parametrize(
    ("citation", "ident", "status"),
    [
        (Citation("UU", "23", 2014, None), "uu/2014/23", "diubah"),
        (Citation("UU", "32", 2004, None), "uu/2004/32", "dicabut"),
        (Citation("PP", "12", 2019, None), "pp/2019/12", "berlaku"),
        (Citation("Perpres", "16", 2018, None), "perpres/2018/16", "diubah"),
        (Citation("PermenPANRB", "53", 2014, None), "permen-panrb/2014/53", "berlaku"),
        (
            Citation("PermenPANRB", "PER/21/M.PAN/11/2008", 2008, None),
            "permen-pan/2008/per-21-m.pan-11",
            "dicabut",
        ),
        (
            Citation("PermenPANRB", "21", 2008, None),
            "permen-pan/2008/per-21-m.pan-11",
            "dicabut",
        ),
        (Citation("Permendagri", "52", 2011, None), "permen-dagri/2011/52", "berlaku"),
        (
            Citation("Permenkeu", "113/PMK.05/2012", 2012, None),
            "permen-keu/2012/113-pmk.05",
            "diubah",
        ),
        (Citation("Permenkeu", "113/PMK.01/2012", 2012, None), "permen-keu/2012/113-pmk.01", None),
        (Citation("Peraturan Kepala BPS", "19", 2013, None), "per-bps/2013/19", None),
        (Citation("Peraturan BPS", "19", 2013, None), "per-bps/2013/19", None),
        (
            Citation("SE", "470/327/SJ", 2014, None, penerbit="Mendagri"),
            "se-mendagri/2014/470-327-sj",
            None,
        ),
        (
            Citation("Peraturan Dirjen", "PER-40/PB/2006", 2006, None, penerbit="Perbendaharaan"),
            "per-dirjen-perbendaharaan/2006/per-40-pb",
            None,
        ),
        (Citation("Keppres", "86", 2007, None), "keppres/2007/86", None),
        (Citation("UU", "30", None, "Administrasi Pemerintahan"), None, None),
        (Citation("PP", None, 2007, "X"), None, None),
        (Citation(None, "2", 2009, "X"), None, None),
        (Citation("SE", "1", 2023, None), None, None),
        (Citation("Perda", "8", 2016, None), None, None),
        (Citation("UUD", None, 1945, None), None, None),
    ],
)
def test_id_and_status(citation: Citation, ident: str | None, status: str | None) -> None:
    resolved = resolve(citation)
    assert (resolved.dasar.id, resolved.dasar.status) == (ident, status)
    assert resolved.inferred == frozenset()
    assert resolved.changes == ()


@pytest.mark.parametrize(
    ("jenis", "wilayah", "daerah", "ident"),
    [
        (
            "Perbup",
            "Kabupaten Way Kanan",
            "Kabupaten Way Kanan",
            "perbup-kabupaten-way-kanan/2020/36",
        ),
        ("Perda", "Kota Bima", "Kota Bima", "perda-kota-bima/2020/36"),
        ("Pergub", "Provinsi Lampung", "Provinsi Lampung", "pergub-provinsi-lampung/2020/36"),
        ("Pergub", "Kabupaten Way Kanan", "Provinsi Lampung", "pergub-provinsi-lampung/2020/36"),
        ("Perbup", "Provinsi Lampung", None, None),
        ("Perwal", "Kabupaten Way Kanan", None, None),
        ("Perda", None, None, None),
    ],
)
def test_region_of_the_agency_is_inferred(
    jenis: str, wilayah: str | None, daerah: str | None, ident: str | None
) -> None:
    resolved = resolve(Citation(jenis, "36", 2020, None), wilayah)
    assert (resolved.dasar.daerah, resolved.dasar.id) == (daerah, ident)
    assert resolved.inferred == (frozenset({"/daerah", "/id"}) if daerah else frozenset())


def test_region_in_the_citation_is_not_replaced() -> None:
    cited = Citation("Perda", "8", 2016, None, daerah="Kota Mataram")
    resolved = resolve(cited, "Kota Batam")
    assert resolved.dasar.id == "perda-kota-mataram/2016/8"
    assert resolved.inferred == frozenset()


def test_national_law_takes_no_region() -> None:
    assert resolve(Citation("UU", "23", 2014, None), "Kota Batam").dasar.daerah is None


def test_amending_act_takes_the_region_of_the_amended_one() -> None:
    amending = Citation("Perda", "11", 2019, None, teks="Perda 11/2019")
    cited = Citation("Perda", "8", 2016, None, daerah="Provinsi Lampung", diubah_dengan=(amending,))
    resolved = resolve(cited, "Kota Metro")
    assert resolved.dasar.diubah_dengan[0].id == "perda-provinsi-lampung/2019/11"
    assert resolved.dasar.diubah_dengan[0].teks == "Perda 11/2019"
    assert resolved.inferred == {"/diubah_dengan/0/daerah", "/diubah_dengan/0/id"}


def test_joined_act_without_kind_takes_it() -> None:
    cited = Citation("UU", "31", 1999, None, juncto=(Citation(None, "20", 2001, None),))
    resolved = resolve(cited)
    assert resolved.dasar.juncto[0].id == "uu/2001/20"
    assert resolved.inferred == {"/juncto/0/jenis", "/juncto/0/id"}


def test_entry_without_citation_keeps_its_text() -> None:
    assert resolve(None).dasar.model_dump(exclude_defaults=True) == {"teks": "teks"}


def test_title_is_never_changed() -> None:
    cited = Citation("PermenPANRB", "53", 2014, "Petunjuk Teknis Pelaporan Kineria")
    assert resolve(cited).dasar.tentang == "Petunjuk Teknis Pelaporan Kineria"
