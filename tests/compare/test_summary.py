"""What the report says first: only what is sure."""

from __future__ import annotations

from sopextract.compare import compare
from sopextract.compare.page.summary import summarise
from sopextract.compare.words import load_words
from sopextract.model.record import Instansi, SopRecord, Waktu
from sopextract.settings import CompareSettings
from tests.factories import langkah, record

TWO_DAYS = Waktu(teks="2 Hari", durasi="P2D", menit_kerja=900)
DAY = Waktu(teks="1 Hari", durasi="P1D", menit_kerja=450)
RANGE = Waktu(teks="1-3 Hari", durasi="P1D", durasi_maks="P3D", menit_kerja=450)


def version(dinas: str, time: Waktu) -> SopRecord:
    steps = tuple(
        langkah(i, text, "Staf", waktu=time)
        for i, text in enumerate(("Menerima surat masuk", "Mencatat surat masuk"), 1)
    )
    agency = {"pemerintah": "Pemerintah Kota Batu", "perangkat_daerah": dinas}
    return record(id=dinas, instansi=agency, langkah=steps, alur=())


def points(*records: SopRecord) -> list[str]:
    found = summarise(compare(records, CompareSettings()), (), load_words("id")).points
    return [p.text for p in found if "dua kali lebih lama" in p.text]


def test_agencies_of_which_one_takes_twice_as_long() -> None:
    (text,) = points(version("Dinas A", DAY), version("Dinas B", TWO_DAYS))
    assert text.endswith("Penerimaan Surat Masuk, dari 15 jam sampai 30 jam.")


def test_one_printed_range_is_no_difference_between_agencies() -> None:
    assert points(version("Dinas A", RANGE), version("Dinas B", RANGE)) == []
    assert points(version("Dinas A", RANGE), version("Dinas B", DAY)) == []


def test_two_sheets_of_one_agency_are_no_difference_between_agencies() -> None:
    assert points(version("Dinas A", DAY), version("Dinas A", TWO_DAYS)) == []


def test_a_procedure_without_a_title_is_named_so() -> None:
    sheets = [version("Dinas A", DAY), version("Dinas B", TWO_DAYS)]
    (text,) = points(*(s.model_copy(update={"nama_sop": None}) for s in sheets))
    assert text.endswith("Terlebar: (tanpa judul), dari 15 jam sampai 30 jam.")


def test_an_agency_that_is_not_known_is_none() -> None:
    nameless = version("Dinas A", DAY).model_copy(update={"instansi": Instansi()})
    alone = summarise(compare([nameless], CompareSettings()), (), load_words("id"))
    assert alone.answer.startswith("1 SOP dibandingkan; perangkat daerahnya tidak diketahui.")
    assert (alone.figures[1].label, alone.figures[1].value) == ("perangkat daerah", "0")
    both = compare([nameless, version("Dinas B", DAY)], CompareSettings())
    found = summarise(both, (), load_words("en"))
    assert found.answer.startswith("2 SOPs of 1 agency were compared.")
    assert "The agency of 1 SOP is not known: not given, or not read." in [
        d.text for d in found.doubts
    ]
