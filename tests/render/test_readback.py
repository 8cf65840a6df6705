"""A rendered sheet, read by our own readers, gives the same record."""

from __future__ import annotations

from functools import lru_cache

import pytest

from sopextract.model.draft import Simbol
from sopextract.model.record import Alur, Bentuk, Langkah, SopRecord
from sopextract.render import render
from sopextract.render.sheet.stacks import MAX_STACK
from sopextract.settings import RenderSettings
from tests.factories import langkah, provenance, record
from tests.render.flows import random_flow
from tests.render.readback import drawable, made_records, read_back, read_sheet

FORMATS = ("docx", "pdf", "xlsx", "html")


@lru_cache(maxsize=1)
def samples() -> tuple[SopRecord, ...]:
    """Sheets with real wording, from the maker of Word sheets."""
    return made_records(5, 7)


@pytest.mark.parametrize("fmt", FORMATS)
def test_made_sheets_are_read_back_whole(fmt: str) -> None:
    assert [d for record in samples() for d in read_back(record, fmt)] == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_symbols_of_one_actor_in_a_row_come_back_in_their_order(fmt: str) -> None:
    """A capsule above its box, a decision below its task, a decision whose Ya stays in the row."""

    def step(urutan: int, simbol: Simbol, *marks: tuple[str, Simbol]) -> Langkah:
        bentuk = tuple(Bentuk(pelaksana=p, simbol=s) for p, s in marks)
        names = dict.fromkeys(p for p, _ in marks)
        whole = langkah(urutan, "Memeriksa berkas", *names, simbol=simbol)
        return whole.model_copy(update={"bentuk": bentuk})

    loket, seksi = "Petugas Loket", "Kepala Seksi"
    steps = (
        step(1, "terminator", (loket, "terminator"), (loket, "proses")),
        step(2, "keputusan", (seksi, "proses"), (seksi, "keputusan")),
        step(3, "keputusan", (loket, "keputusan"), (seksi, "proses"), (loket, "proses")),
        step(4, "terminator", (seksi, "proses"), (seksi, "terminator")),
    )
    alur = (
        Alur(dari=1, ke=2, dari_pelaksana=loket, ke_pelaksana=seksi, basis="drawn"),
        Alur(dari=2, ke=3, label="Ya", basis="drawn"),
        Alur(dari=2, ke=1, label="Tidak", basis="drawn"),
        Alur(dari=3, ke=3, label="Ya", dari_pelaksana=loket, ke_pelaksana=seksi, basis="drawn"),
        Alur(dari=3, ke=2, label="Tidak", basis="drawn"),
        Alur(dari=3, ke=4, basis="drawn"),
    )
    assert read_back(record(langkah=steps, alur=alur), fmt) == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_both_exits_may_lead_to_the_same_step(fmt: str) -> None:
    steps = (
        langkah(1, "Menerima surat masuk", "Petugas Loket", simbol="terminator"),
        langkah(2, "Memeriksa surat", "Kepala Seksi", simbol="keputusan"),
        langkah(3, "Mengarsipkan surat", "Petugas Loket", simbol="terminator"),
    )
    exits = ((1, 2, None), (2, 3, "Ya"), (2, 3, "Tidak"))
    alur = tuple(Alur(dari=a, ke=b, label=label, basis="drawn") for a, b, label in exits)
    assert read_back(drawable(record(langkah=steps, alur=alur)), fmt) == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_exits_with_names_of_their_own(fmt: str) -> None:
    steps = (
        langkah(1, "Menerima surat masuk", "Petugas Loket", simbol="terminator"),
        langkah(2, "Memilah surat", "Kepala Seksi", simbol="keputusan"),
        langkah(3, "Membahas surat", "Kepala Seksi", simbol="proses"),
        langkah(4, "Mengarsipkan surat", "Petugas Loket", simbol="terminator"),
    )
    exits = ((1, 2, None), (2, 3, "Khusus"), (2, 4, "Rutin"), (3, 4, None))
    alur = tuple(Alur(dari=a, ke=b, label_teks=name, basis="drawn") for a, b, name in exits)
    assert read_back(drawable(record(langkah=steps, alur=alur)), fmt) == []


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("seed", [3, 7])
def test_long_flows_over_pages_are_read_back_whole(fmt: str, seed: int) -> None:
    sop = drawable(random_flow(seed, max_actors=9, max_steps=30))
    assert read_back(sop, fmt) == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_changes_are_not_read_as_part_of_the_sheet(fmt: str) -> None:
    assert [d for record in samples()[:2] for d in read_back(record, fmt, changes=True)] == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_marks_are_no_values(fmt: str) -> None:
    """What a sheet says about its values is taken off when it is read."""
    grounds = {
        "/nama_sop": provenance(0.8, "inferred"),
        "/disahkan_oleh/nama": provenance(0.8, "inferred"),
        "/langkah/0/output": provenance(0.8, "inferred"),
        "/tanggal_revisi": provenance(0.0, "unread"),
    }
    steps = (
        langkah(1, "Menerima surat masuk", "Petugas Loket", simbol="terminator", kelengkapan=None),
        langkah(2, "Memeriksa kelengkapan surat", "Kepala Seksi", output=None, waktu=None),
        langkah(3, "Mengarsipkan surat", "Petugas Loket", simbol="terminator"),
    )
    sop = drawable(record(langkah=steps, keterkaitan=(), provenance=grounds))
    assert read_back(sop, fmt, clean=False) == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_a_row_says_of_its_flow_in_words_is_no_kegiatan(fmt: str) -> None:
    """One symbol too many of one actor, and an edge that leaves a row without symbols."""
    both = (Bentuk(pelaksana="Petugas Loket", simbol="proses"),) * (MAX_STACK + 1)
    steps = (
        langkah(1, "Menerima surat masuk", "Petugas Loket", simbol="terminator"),
        langkah(2, "Memeriksa surat", "Petugas Loket").model_copy(update={"bentuk": both}),
        langkah(3, "Memberi nomor surat", simbol=None),
        langkah(4, "Mengarsipkan surat", "Petugas Loket", simbol="terminator"),
    )
    data = render(record(langkah=steps), fmt, RenderSettings())
    (back,) = read_sheet(data, fmt)
    assert [s.kegiatan for s in back.langkah] == [s.kegiatan for s in steps]


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_step_longer_than_a_page_is_read_back_as_one(fmt: str) -> None:
    flow = random_flow(3, max_actors=5, max_steps=8)
    long = "Meneliti berkas " + " ".join(f"lampiran {i}" for i in range(700))
    steps = [s.model_copy(update={"kegiatan": long}) if s.urutan == 3 else s for s in flow.langkah]
    assert read_back(drawable(flow.model_copy(update={"langkah": tuple(steps)})), fmt) == []


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_symbol_of_unread_kind_comes_back_doubted(fmt: str) -> None:
    """It is drawn as a dashed box, which no reader may take for a process for sure."""
    steps = (
        langkah(1, "Menerima surat masuk", "Petugas Loket", simbol="terminator"),
        langkah(2, "Memeriksa kelengkapan surat", "Kepala Seksi", simbol=None),
        langkah(3, "Memberi nomor surat", "Petugas Loket", simbol="proses"),
        langkah(4, "Mengarsipkan surat", "Petugas Loket", simbol="terminator"),
    )
    data = render(record(langkah=steps), fmt, RenderSettings(clean=True))

    (back,) = read_sheet(data, fmt)

    sure = [back.provenance[f"/langkah/{k}/bentuk/0/simbol"].confidence for k in range(4)]
    assert [s.simbol for s in back.langkah] == ["terminator", "proses", "proses", "terminator"]
    assert sure[1] < 0.9 <= min(sure[0], sure[2], sure[3])
