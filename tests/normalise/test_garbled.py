"""Signs of a misreading that no rule mends."""

from __future__ import annotations

import pytest

from sopextract.normalise import normalise
from sopextract.normalise.garbled import looks_garbled
from sopextract.settings import NormaliseSettings
from tests.factories import draft_of_steps


@pytest.mark.parametrize(
    "text",
    [
        "Formulir g terisi",
        "Surat kep4la dinas",
        "Lapor^an bulanan",
        "Daftar \ufffd hadir",
        "Suraaaat",
    ],
)
def test_sees_garbled_text(text: str) -> None:
    assert looks_garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        "Formulir model B",
        "Pasal 7 huruf b surat edaran",
        "2 x 24 jam",
        "Surat s.d. disposisi",
        "<1 jam",
        "A4 dan F4",
        "000.8.3.3/005/DKP",
        "Sistem e-office",
        "Data PM2,5 harian",
        "Kelas I, II & III",
    ],
)
def test_leaves_plain_text_alone(text: str) -> None:
    assert not looks_garbled(text)


def test_a_garbled_text_is_never_sure() -> None:
    record = normalise(draft_of_steps("Memeriksa formulir g terisi"), NormaliseSettings())
    assert record.langkah[0].kegiatan == "Memeriksa formulir g terisi"
    assert record.provenance["/langkah/0/kegiatan"].confidence < 0.9
