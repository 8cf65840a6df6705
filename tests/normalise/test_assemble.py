"""A draft becomes a record: values, grounds, corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sopextract.model.draft import (
    BentukDraft,
    Change,
    DasarHukumDraft,
    EdgeDraft,
    LangkahDraft,
    Method,
    PelaksanaDraft,
    PengesahanDraft,
    Reading,
    Section,
    SopDraft,
    TablePart,
)
from sopextract.model.record import SopRecord
from sopextract.model.source import Place
from sopextract.normalise import normalise
from sopextract.settings import NormaliseSettings
from tests.factories import pelaksana_draft, reading, source_file, step_row

SETTINGS = NormaliseSettings()


def nothing(method: Method, text: str = "") -> Reading[None]:
    """A null as read."""
    return Reading(None, text, Place(line=3), method, 1.0)


def step(no: int, kegiatan: str, actor: int, method: Method, **fields: object) -> LangkahDraft:
    """A row with one actor."""
    where = Reading(actor, "", Place(line=9), method, 1.0)
    return LangkahDraft(step_row(no, kegiatan, **fields), (where,))


@pytest.fixture
def draft() -> SopDraft:
    """A sheet with something of everything."""
    return SopDraft(
        file=source_file("dinas/a.txt"),
        index=2,
        pemerintah=reading("PEMERINTAH KABUPATEN BANYUMAS"),
        perangkat_daerah=reading("DINAS PERIKANAN DAN UPT PASAR IKAN"),
        unit_kerja=(reading("SUB BAGIAN TU"),),
        nomor_sop=reading("830/       /2021"),
        nama_sop=reading("SOP Monitoring KInerja"),
        tanggal_pembuatan=reading("2020-12"),
        tanggal_revisi=nothing(Method.ABSENT, "-"),
        tanggal_efektif=nothing(Method.UNREAD, "XG Apr"),
        disahkan_oleh=PengesahanDraft(
            jabatan=reading("KERALA DINAS"),
            nama=reading("RATNA KERALA, S.Pi"),
            status=reading("PLT"),
            tanda_tangan_elektronik=Reading(True, "", Place(), Method.LINE, 1.0),
        ),
        dasar_hukum_label=reading("Dasar Hukum"),
        kualifikasi_pelaksana=Section(reading("Kualifikasi"), (reading("Memahami Kineria"),)),
        keterkaitan=Section(reading("Keterkaitan")),
        pelaksana=(*pelaksana_draft("Kasubbag TU", "Arsiparis"), PelaksanaDraft(3, None)),
        langkah=(
            step(1, "Menyusun kineria", 1, Method.CELL, waktu=reading("15")),
            replace(
                step(2, "Mengarsipkan", 2, Method.INFERRED, waktu=reading("Sesuai jadwal")),
                simbol=Reading("terminator", "Selesai", Place(), Method.SHAPE, 1.0),
                bentuk=(BentukDraft(2, None),),
            ),
            LangkahDraft(step_row(3, "Selesai", output=nothing(Method.ABSENT))),
        ),
        alur=(
            EdgeDraft(1, 2, "order", 1.0),
            EdgeDraft(2, 1, "drawn", 1.0, "Tidak", "T", 2, 1, Place(line=4)),
        ),
        judul_lain=(reading("SOP Monev"), reading("  ")),
        lainnya=(("Halaman", reading("1 dari 2")),),
        bagian_tabel=(TablePart(("Kasubbag TU",), (("waktu", "Waktu (menit)"),), (), (1, 1)),),
        changes=(
            Change("label:mutu_baku", "Mutu Buku", "Mutu Baku", "label.variant", 1.0),
            Change("/kualifikasi_pelaksana/items/0", "a", "b", "x", 0.9),
        ),
    )


def resolve(record: SopRecord, pointer: str) -> object:
    """The value at a JSON pointer; raises when there is none."""
    value: object = record.model_dump(mode="json")
    for part in pointer.split("/")[1:]:
        if isinstance(value, list):
            value = value[int(part)]
        else:
            assert isinstance(value, dict)
            value = value[part]
    return value


def strings(value: object) -> Iterator[str]:
    """All texts of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def test_values_are_cleaned_and_corrected(draft: SopDraft) -> None:
    record = normalise(draft, SETTINGS)
    assert record.id == "0" * 16 + "-02"
    assert record.source.path == "dinas/a.txt"
    assert record.instansi.pemerintah == "Pemerintah Kabupaten Banyumas"
    assert record.instansi.perangkat_daerah == "Dinas Perikanan dan UPT Pasar Ikan"
    assert record.instansi.unit_kerja == ("Sub Bagian TU",)
    assert record.nomor_sop == "830/ /2021"
    assert record.nama_sop == "Monitoring Kinerja"
    assert record.tanggal_pembuatan == "2020-12"
    assert record.tanggal_revisi is record.tanggal_efektif is record.tanggal_pengesahan is None
    assert record.disahkan_oleh.jabatan == "KEPALA DINAS"
    assert record.disahkan_oleh.nama == "RATNA KERALA, S.Pi"
    assert record.disahkan_oleh.status == "Plt."
    assert record.disahkan_oleh.tanda_tangan_elektronik
    assert record.kualifikasi_pelaksana == ("Memahami Kinerja",)
    assert record.judul_lain == ("SOP Monev",)


def test_steps_keep_actors_flow_and_times(draft: SopDraft) -> None:
    record = normalise(draft, SETTINGS)
    assert [a.nama for a in record.pelaksana] == ["Kasubbag TU", "Arsiparis"]
    assert [s.pelaksana for s in record.langkah] == [("Kasubbag TU",), ("Arsiparis",), ()]
    assert record.langkah[0].kegiatan == "Menyusun kinerja"
    time = record.langkah[0].waktu
    assert time is not None
    assert (time.teks, time.durasi, time.menit_kerja) == ("15", "PT15M", 15)
    later = record.langkah[1].waktu
    assert later is not None
    assert (later.teks, later.durasi) == ("Sesuai jadwal", None)
    assert record.langkah[1].simbol == "terminator"
    assert record.alur[1].dari_pelaksana == "Arsiparis"
    assert (record.alur[1].label, record.alur[1].label_teks) == ("Tidak", "T")


def test_every_value_says_on_what_ground_it_stands(draft: SopDraft) -> None:
    grounds = normalise(draft, SETTINGS).provenance
    assert grounds["/tanggal_revisi"].method == "absent"
    assert grounds["/tanggal_efektif"].method == "unread"
    assert "/tanggal_pengesahan" not in grounds
    assert grounds["/keterkaitan"].method == "absent"
    assert grounds["/dasar_hukum"].method == "absent"
    assert "/peringatan" not in grounds
    assert "/pelaksana/2/nama" not in grounds  # its label is lost and no symbol stands in it
    assert grounds["/langkah/0/pelaksana"].method == "cell"
    assert grounds["/langkah/1/pelaksana/0"].method == "inferred"
    assert grounds["/langkah/1/pelaksana"].confidence <= 0.89
    assert grounds["/langkah/2/pelaksana"].method == "absent"
    assert grounds["/langkah/2/output"].method == "absent"
    assert grounds["/alur/0"].method == "inferred"
    assert grounds["/alur/1"].method == "shape"


def test_every_pointer_resolves(draft: SopDraft) -> None:
    record = normalise(draft, SETTINGS)
    for pointer in record.provenance:
        resolve(record, pointer)
    for correction in record.corrections:
        if correction.path.startswith("/"):
            resolve(record, correction.path)


def test_every_change_leaves_a_correction(draft: SopDraft) -> None:
    logged = {(c.path, c.before, c.after, c.rule) for c in normalise(draft, SETTINGS).corrections}
    assert logged >= {
        ("label:mutu_baku", "Mutu Buku", "Mutu Baku", "label.variant"),
        ("/kualifikasi_pelaksana/0", "a", "b", "x"),
        ("/kualifikasi_pelaksana/0", "Kineria", "Kinerja", "typo.curated"),
        ("/nama_sop", "SOP Monitoring KInerja", "Monitoring KInerja", "title.prefix"),
        ("/nama_sop", "KInerja", "Kinerja", "case.inner-capital"),
        ("/disahkan_oleh/jabatan", "KERALA", "KEPALA", "typo.curated"),
        ("/disahkan_oleh/status", "PLT", "Plt.", "status.form"),
        ("/langkah/0/kegiatan", "kineria", "kinerja", "typo.curated"),
    }


def test_nothing_is_an_empty_text(draft: SopDraft) -> None:
    dumped = normalise(draft, SETTINGS).model_dump(mode="json")
    assert all(strings(dumped))


def test_json_round_trip(draft: SopDraft) -> None:
    record = normalise(draft, SETTINGS)
    assert SopRecord.model_validate_json(record.model_dump_json()) == record


def test_words_stay_when_told_so(draft: SopDraft) -> None:
    record = normalise(draft, NormaliseSettings(correct_words=False))
    assert record.kualifikasi_pelaksana == ("Memahami Kineria",)


def test_legal_basis_keeps_its_words(draft: SopDraft) -> None:
    law = DasarHukumDraft(reading("Peraturan Bupati Nomor 1 tentang Kineria"), None)
    record = normalise(replace(draft, dasar_hukum=(law,)), SETTINGS)
    assert record.dasar_hukum[0].teks == "Peraturan Bupati Nomor 1 tentang Kineria"
    assert record.provenance["/dasar_hukum/0"].method == "cell"


def test_a_column_without_label_is_named_by_position_only_where_a_symbol_stands(
    draft: SopDraft,
) -> None:
    first = draft.langkah[0]
    drawn = replace(
        first, actors=(Reading(3, "□", Place(line=1), Method.SHAPE, 0.98),), bentuk=(), simbol=None
    )
    record = normalise(replace(draft, langkah=(drawn, *draft.langkah[1:])), SETTINGS)
    assert [(a.nama, a.kolom) for a in record.pelaksana][-1] == ("(kolom 3)", 3)
    assert record.provenance["/pelaksana/2/nama"].method == "unread"
    assert record.langkah[0].pelaksana == ("(kolom 3)",)
    assert record.provenance["/langkah/0/pelaksana"].confidence < 0.9
    assert record.provenance["/langkah/0/pelaksana/0"].confidence < 0.9
