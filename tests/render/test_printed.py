"""Values as printed, and the marks that say where they come from."""

from __future__ import annotations

import pytest

from sopextract.lexicon.bulan import print_tanggal
from sopextract.render.sheet.model import Field, Mark
from sopextract.render.sheet.printed import build_identity, field_of, print_nip
from tests.factories import provenance, record


@pytest.mark.parametrize(
    ("iso", "printed"),
    [
        ("2024-05-08", "8 Mei 2024"),
        ("2020-12", "Desember 2020"),
        ("2021", "2021"),
        ("2024-13-01", "2024-13-01"),
        ("besok", "besok"),
    ],
)
def test_dates_are_printed_at_their_precision(iso: str, printed: str) -> None:
    assert print_tanggal(iso) == printed


@pytest.mark.parametrize(
    ("nip", "printed"),
    [
        ("197001011995031001", "19700101 199503 1 001"),
        ("130123456", "130123456"),
        ("19700101199503100l", "19700101199503100l"),
    ],
)
def test_nip_is_grouped_only_when_it_is_whole(nip: str, printed: str) -> None:
    assert print_nip(nip) == printed


@pytest.mark.parametrize(
    ("value", "method", "expected"),
    [
        ("A\x00\u202eB", "label", Field("AB", Mark.NONE)),
        ("A", "inferred", Field("A", Mark.INFERRED)),
        (None, "unread", Field("", Mark.UNREAD)),
        (None, "absent", Field("", Mark.ABSENT)),
        (None, None, Field("", Mark.ABSENT)),
    ],
)
def test_mark_follows_provenance(value: str | None, method: str | None, expected: Field) -> None:
    grounds = {"/nomor_sop": provenance(method=method)} if method else {}
    assert field_of(record(provenance=grounds), value, "/nomor_sop") == expected


def test_identity_rows_of_the_form() -> None:
    identity = build_identity(record())
    assert [name for name, _ in identity.rows] == [
        "nomor_sop",
        "tanggal_pembuatan",
        "tanggal_revisi",
        "tanggal_efektif",
    ]
    assert identity.nip.text == "19800101 200501 2 003"
    assert [(a.name, b.name) for a, b in identity.blocks] == [
        ("dasar_hukum", "kualifikasi_pelaksana"),
        ("keterkaitan", "peralatan_perlengkapan"),
        ("peringatan", "pencatatan_pendataan"),
    ]


def test_pengesahan_date_and_status_are_printed_where_the_sheet_has_them() -> None:
    signer = {"jabatan": "Kepala Dinas", "status": "Plt."}
    identity = build_identity(record(tanggal_pengesahan="2024-03", disahkan_oleh=signer))
    assert identity.rows[-1] == ("tanggal_pengesahan", Field("Maret 2024"))
    assert identity.jabatan == Field("Plt. Kepala Dinas")
