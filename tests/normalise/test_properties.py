"""What holds for every draft: changes are logged, pointers resolve, twice is once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopextract.ingest import ingest
from sopextract.model.draft import (
    LangkahDraft,
    Method,
    PengesahanDraft,
    Reading,
    Section,
    SopDraft,
)
from sopextract.model.record import SopRecord
from sopextract.model.source import Place, SourceFile
from sopextract.normalise import normalise
from sopextract.normalise.ledger import clean_text
from sopextract.parse import parse
from sopextract.settings import NormaliseSettings, Settings
from tests.factories import pelaksana_draft, reading, source_file, step_row

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
SETTINGS = NormaliseSettings()

_TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "SOP Pelaporan Kineria",
            "DINAS PERIKANAN",
            "KERALA DINAS",
            "Laporan Monitoring g Evaluasi",
            "di usulkan",
            "2 Hari",
            "-",
            "Plt",
            "a\x00b\u200b c",
        ]
    ),
)


def _words_of(text: str, seen: float) -> tuple[tuple[str, float], ...]:
    """The words of a text in a scan, the last of them read least surely."""
    words = text.split()
    return tuple((word, seen if word == words[-1] else 1.0) for word in words) if seen < 1 else ()


_METHODS = st.sampled_from([Method.LABEL, Method.CELL, Method.LINE, Method.INFERRED])
_READING = st.builds(
    lambda text, method, score, seen: Reading(
        text, text, Place(line=1, score=seen, words=_words_of(text, seen)), method, score
    ),
    _TEXT,
    _METHODS,
    st.floats(0, 1),
    st.one_of(st.just(1.0), st.floats(0, 1)),
)
_NOTHING = st.sampled_from([Method.ABSENT, Method.UNREAD]).map(
    lambda method: Reading(None, "", Place(), method, 1.0)
)
_MAYBE = st.one_of(st.none(), _READING, _NOTHING)
_ITEMS = st.lists(_READING, max_size=3).map(tuple)
_STEP = st.builds(
    lambda kegiatan, waktu, output: LangkahDraft(
        replace(step_row(1, "x"), kegiatan=kegiatan, waktu=waktu, output=output)
    ),
    _READING,
    _MAYBE,
    _MAYBE,
)
DRAFTS = st.builds(
    SopDraft,
    file=st.just(source_file()),
    index=st.just(0),
    pemerintah=_MAYBE,
    perangkat_daerah=_MAYBE,
    unit_kerja=_ITEMS,
    nomor_sop=_MAYBE,
    nama_sop=_MAYBE,
    disahkan_oleh=st.builds(PengesahanDraft, jabatan=_MAYBE, nama=_MAYBE, status=_MAYBE),
    peringatan=st.builds(Section, label=st.one_of(st.none(), _READING), items=_ITEMS),
    pelaksana=st.just(pelaksana_draft("Arsiparis")),
    langkah=st.lists(_STEP, max_size=3).map(tuple),
    judul_lain=_ITEMS,
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


def texts(draft: SopDraft) -> dict[str, str]:
    """Pointer → text as read, for the texts that are not blank."""
    found: dict[str, Reading[str] | Reading[None] | None] = {
        "/instansi/pemerintah": draft.pemerintah,
        "/instansi/perangkat_daerah": draft.perangkat_daerah,
        "/nomor_sop": draft.nomor_sop,
        "/nama_sop": draft.nama_sop,
        "/disahkan_oleh/jabatan": draft.disahkan_oleh.jabatan,
        "/disahkan_oleh/nama": draft.disahkan_oleh.nama,
        "/disahkan_oleh/status": draft.disahkan_oleh.status,
    }
    for i, step in enumerate(draft.langkah):
        found[f"/langkah/{i}/kegiatan"] = step.row.kegiatan
        found[f"/langkah/{i}/output"] = step.row.output
    for path, items in (
        ("/instansi/unit_kerja", draft.unit_kerja),
        ("/judul_lain", draft.judul_lain),
    ):
        kept = [item for item in items if clean_text(item.value)]
        found |= {f"{path}/{i}": item for i, item in enumerate(kept)}
    return {
        path: clean_text(item.value)
        for path, item in found.items()
        if item is not None and item.value is not None and clean_text(item.value)
    }


@settings(deadline=None, max_examples=60)
@given(DRAFTS)
def test_every_change_is_logged_and_every_pointer_resolves(draft: SopDraft) -> None:
    record = normalise(draft, SETTINGS)
    logged = {correction.path for correction in record.corrections}
    for path, text in texts(draft).items():
        assert (resolve(record, path) != text) == (path in logged)
        assert path in record.provenance
    for pointer in (*record.provenance, *record.doubtful_words):
        resolve(record, pointer)
    assert SopRecord.model_validate_json(record.model_dump_json()) == record


@settings(deadline=None, max_examples=60)
@given(DRAFTS)
def test_normalising_twice_changes_nothing(draft: SopDraft) -> None:
    once = normalise(draft, SETTINGS)
    again = SopDraft(
        file=draft.file,
        index=0,
        nama_sop=reading(once.nama_sop) if once.nama_sop else None,
        pemerintah=reading(once.instansi.pemerintah) if once.instansi.pemerintah else None,
        unit_kerja=tuple(reading(unit) for unit in once.instansi.unit_kerja),
        peringatan=Section(None, tuple(reading(item) for item in once.peringatan)),
        langkah=tuple(
            LangkahDraft(step_row(1, step.kegiatan, output=reading(step.output or "Laporan")))
            for step in once.langkah
        ),
    )
    twice = normalise(again, SETTINGS)
    assert twice.corrections == ()
    assert twice.nama_sop == once.nama_sop
    assert [s.kegiatan for s in twice.langkah] == [s.kegiatan for s in once.langkah]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the repository")
def test_the_seeds_are_corrected_where_they_must_be() -> None:
    expected = {
        "000": set(),
        "001": {("KERALA", "KEPALA")},
        "002": {("Akunabilitas", "Akuntabilitas"), ("Mengumpulka", "Mengumpulkan")}
        | {("Draftlaporan", "Draft laporan"), ("Batuman di", "Batumandi")},
        "003": {("Monitoring g Evaluasi", "Monitoring Evaluasi")},
        "004": {("KInerja", "Kinerja"), ("Utuk", "Untuk"), ("Monitorng", "Monitoring")}
        | {("kineria", "kinerja"), ("MOnev", "Monev"), ("Kinrja", "Kinerja")}
        | {("Dimasing masing", "Di masing-masing"), ("ULAI", "MULAI")},
    }
    word_rules = ("typo.", "ocr.", "case.inner", "space.")
    for path in sorted(SEEDS.glob("*.txt")):
        file = SourceFile(path.name, "0" * 64, "text/plain", path, path.stat().st_size)
        document = ingest(file, Settings().ingest)
        found = set()
        for draft in parse(document, Settings().parse):
            record = normalise(draft, SETTINGS)
            for pointer in record.provenance:
                resolve(record, pointer)
            found |= {
                (c.before, c.after) for c in record.corrections if c.rule.startswith(word_rules)
            }
        assert found == expected[path.name[:3]], path.name
