"""Words that a scan's reader was unsure of: mended where one thing is likely, else left."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import partial
from typing import cast

import pytest

from sopextract.lexicon.misread import may_be_misread, misread_post, misread_word, misreading_cost
from sopextract.lexicon.wilayah import load_wilayah
from sopextract.model.draft import Method, Reading
from sopextract.model.source import Grid, Place
from sopextract.normalise import normalise
from sopextract.normalise.durations import set_apart
from sopextract.normalise.fields import Corrector
from sopextract.normalise.ledger import Ledger
from sopextract.normalise.typos import correct_words
from sopextract.parse import parse
from sopextract.settings import NormaliseSettings, ParseSettings
from tests.factories import drawn_document
from tests.normalise.damage import damaged
from tests.parse.test_drawn_sheets import flow_pages, identity_page
from tools.make_sheets import make_sheets

_WORD = re.compile(r"[^\W\d_]{4,}")


def dim(_: str) -> float:
    """Every word was read with doubt."""
    return 0.8


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("penyelesalan", ("penyelesaian",)),  # i for a: letters of one shape
        ("dokurnen", ("dokumen",)),
        ("elektronk", ("elektronik",)),
        ("kegiatarr", ("kegiatan",)),
        ("sebagaibahan", ("sebagai", "bahan")),
        ("bahanlaporandan", ("bahan", "laporan", "dan")),
        ("pelayaran", None),  # exists
        ("disaikan", None),  # disampaikan, disajikan
        ("tindaklanjutjika", None),  # tindak lanjut, tindaklanjut
        ("koleksi", None),  # not of the form, but of the language
        ("pokja", None),
        ("berk", None),  # too short
        ("kotabaruan", None),
    ],
)
def test_what_an_unknown_word_must_be(read: str, printed: tuple[str, ...] | None) -> None:
    assert misread_word(read) == printed


def test_a_word_with_a_capital_is_cut_into_the_forms_own_words_alone() -> None:
    assert misread_word("arsipbaru") == ("arsip", "baru")
    assert misread_word("arsipbaru", plain=False) is None
    assert misread_word("laporanhasil", plain=False) == ("laporan", "hasil")


def test_names_of_posts_become_words_of_posts_alone() -> None:
    assert misread_post("kepata") == ("kepala",)
    assert misread_post("sekretaris") is None
    assert misread_post("penyelesalan") is None


@pytest.mark.parametrize(
    ("printed", "read", "cost"),
    [("surat", "surat", 0.0), ("dinas", "dnas", 0.45), ("rumah", "rurnah", 0.3), ("", "l", 0.8)],
)
def test_likelier_misreadings_cost_less(printed: str, read: str, cost: float) -> None:
    assert misreading_cost(printed, read) == pytest.approx(cost)
    assert misreading_cost(printed, read, cost - 0.1) == float("inf")


@pytest.mark.parametrize(
    ("field", "before", "after", "rule", "score"),
    [
        ("langkah/kegiatan", "Surat elektronk", "Surat elektronik", "ocr.misread", 0.94),
        ("langkah/kegiatan", "SURAT ELEKTRONK", "SURAT ELEKTRONIK", "ocr.misread", 0.94),
        ("langkah/kegiatan", "lektronik dan surat", "Elektronik dan surat", "ocr.misread", 0.94),
        (
            "langkah/kegiatan",
            "Memeriksa laporandokumen",
            "Memeriksa laporan dokumen",
            "ocr.lost-space",
            0.97,
        ),
        ("nama_sop", "PelayananInformasi", "Pelayanan Informasi", "ocr.lost-space", 0.97),
        ("peringatan", "bidang masingmasing", "bidang masing-masing", "ocr.lost-hyphen", 0.94),
        ("pelaksana/nama", "KEPATA BIDANG", "KEPALA BIDANG", "ocr.misread", 0.94),
    ],
)
def test_doubtful_words_are_mended(
    field: str, before: str, after: str, rule: str, score: float
) -> None:
    text, changes = correct_words(before, field, dim)
    assert text == after
    assert [(c.rule, c.score) for c in changes] == [(rule, score)]
    assert correct_words(text, field, dim) == (text, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Petugas L oket", "Petugas Loket"),
        ("KEPALA BID ANG", "KEPALA BIDANG"),
        ("Kepala Seksi A tasan", "Kepala Seksi Atasan"),
    ],
)
def test_torn_words_are_joined_however_surely_they_were_read(before: str, after: str) -> None:
    text, changes = correct_words(before, "pelaksana/nama", lambda _: 0.99)
    assert text == after
    assert [(c.rule, c.score) for c in changes] == [("ocr.split", 0.97)]
    assert correct_words(before, "pelaksana/nama") == (before, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Hasil kunjungan ·", "Hasil kunjungan"),
        ("' Berkas | lengkap", "Berkas lengkap"),
        ("• Admin Aplikasi", "Admin Aplikasi"),
        ("Karcis timbang -", "Karcis timbang"),
        ("Kabid Perlindungan . Sosial", "Kabid Perlindungan Sosial"),
        ("diperiksa, .jika lengkap", "diperiksa, jika lengkap"),
        ("dana bantuan.sesuai daftar", "dana bantuan sesuai daftar"),
    ],
)
def test_dirt_that_was_read_as_a_mark_goes(before: str, after: str) -> None:
    text, changes = correct_words(before, "langkah/output", lambda _: 0.99)
    assert text == after
    assert [(c.before, c.rule) for c in changes] == [(before, "ocr.stray-mark")]
    assert correct_words(before, "langkah/output")[0] == before


@pytest.mark.parametrize(
    "text",
    [
        "- Berkas - surat",
        "• Map • Berkas",
        "Map & berkas",
        "situs dinas.go.id",
        "a.n. Kepala",
        '"Ya"',
        "'",
        "· -",
    ],
)
def test_marks_that_mean_something_stay(text: str) -> None:
    assert correct_words(text, "langkah/output", lambda _: 0.99) == (text, ())


@pytest.mark.parametrize("text", ["Seksi B umum", "Tipe A surat", "Kec. Bid ang", "di rektur"])
def test_words_beside_each_other_are_not_joined(text: str) -> None:
    assert correct_words(text, "pelaksana/nama", lambda _: 0.99) == (text, ())


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("langkah/kegiatan", "Berkas pokja ULP"),
        ("langkah/kegiatan", "Menyusun dokurnen2024"),
        ("langkah/kegiatan", "Menyusun DlPA"),
        ("langkah/kegiatan", "di Kecamatan Batumandt"),
        ("langkah/kegiatan", "kepada Bapak Surato"),
        ("instansi/perangkat_daerah", "PEMERINTAH KABUPATEN BALANGAN"),
        ("instansi/unit_kerja", "Puskesmas Tanjungsari"),
        ("pelaksana/nama", "Pengelola Koleksi"),
    ],
)
def test_names_numbers_and_abbreviations_are_left(field: str, text: str) -> None:
    assert correct_words(text, field, dim) == (text, ())


def test_what_the_engine_was_sure_of_is_left() -> None:
    text = "Menyusun urutandokumenn"
    assert correct_words(text, "langkah/kegiatan", lambda _: 0.98) == correct_words(
        text, "langkah/kegiatan"
    )


def test_no_region_is_taken_for_a_misread_word() -> None:
    for wilayah in load_wilayah()[::4]:
        assert correct_words(wilayah.nama, "instansi/unit_kerja", dim)[1] == ()


def test_a_mended_value_is_no_surer_than_it_was_read() -> None:
    ledger = Ledger(scanned=frozenset({1}))
    place = Place(1, score=0.6, words=(("Surat", 0.99), ("elektronk", 0.6)))
    reading = Reading("Surat elektronk", "Surat elektronk", place, Method.CELL, 1.0)
    assert Corrector(ledger).text("/langkah/0/kegiatan", reading, words=True) == "Surat elektronik"
    (change,) = ledger.corrections
    assert (change.before, change.after, change.rule) == ("elektronk", "elektronik", "ocr.misread")
    assert ledger.provenance["/langkah/0/kegiatan"].confidence <= 0.6
    assert ledger.doubtful_words == {"/langkah/0/kegiatan": ("elektronk",)}


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("instansi/perangkat_daerah", "DINAS KELAUTANDANPERIKANAN", "DINAS KELAUTAN DAN PERIKANAN"),
        ("pelaksana/nama", "KasubbagUmum", "Kasubbag Umum"),
        ("pelaksana/nama", "KepalaSubBagian Keuangan", "Kepala Sub Bagian Keuangan"),
        ("nama_sop", "PelayananInformasi", "Pelayanan Informasi"),
    ],
)
def test_words_of_the_form_without_their_spaces(field: str, before: str, after: str) -> None:
    text, changes = correct_words(before, field, lambda _: 0.999)
    assert text == after
    assert len(changes) == 1


def test_a_time_of_a_scan_has_its_space() -> None:
    assert set_apart("10menit")[0] == "10 menit"
    assert set_apart("1-2Jam kerja")[0] == "1-2 Jam kerja"
    assert set_apart("10 menit") == ("10 menit", ())


def test_what_is_near_a_word_of_the_form_is_doubted_however_surely_it_was_read() -> None:
    ledger = Ledger(scanned=frozenset({1}))
    text = "Membat laporan ke Tim Pokja"
    place = Place(1, score=0.99, words=tuple((word, 0.99) for word in text.split()))
    reading = Reading(text, text, place, Method.CELL, 1.0)
    assert Corrector(ledger).text("/langkah/0/kegiatan", reading, words=True) == text
    assert ledger.corrections == []
    assert ledger.doubtful_words == {"/langkah/0/kegiatan": ("Membat",)}
    assert ledger.provenance["/langkah/0/kegiatan"].confidence < 0.9


def test_a_short_word_that_lost_an_end_is_doubted() -> None:
    assert [may_be_misread(word) for word in ("dina", "epala", "dari", "rina")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "sure"),
    [("- Daftar periksa", False), ("Daftar periksa *", False), ("- Map - Buku", True)],
)
def test_marks_that_dirt_may_be_are_not_sure(text: str, *, sure: bool) -> None:
    ledger = Ledger(scanned=frozenset({1}))
    place = Place(1, score=0.99, words=tuple((word, 0.99) for word in text.split()))
    reading = Reading(text, text, place, Method.CELL, 0.99)
    assert Corrector(ledger).text("/langkah/0/output", reading, words=True) == text
    assert (ledger.provenance["/langkah/0/output"].confidence >= 0.9) is sure


def test_titles_of_laws_and_names_of_people_are_never_mended() -> None:
    page = identity_page()
    (grid,) = page.blocks
    assert isinstance(grid, Grid)
    swaps = {"tentang Perpustakaan": "tentang Perpustakan", "MARTEN LEWA": "MARTEN KEPATA"}

    def misread(text: str) -> str:
        for printed, read in swaps.items():
            text = text.replace(printed, read)
        return text

    rows = tuple(tuple(replace(c, text=misread(c.text), score=0.6) for c in r) for r in grid.rows)
    pages = (replace(page, blocks=(replace(grid, rows=rows),)), *flow_pages())
    (draft,) = parse(drawn_document(*pages), ParseSettings())
    record = normalise(draft, NormaliseSettings())
    assert record.dasar_hukum[0].tentang == "Perpustakan"
    assert record.disahkan_oleh.nama == "MARTEN KEPATA, S.Sos"


def _dim_if(read: str, word: str) -> float:
    return 0.8 if word == read else 1.0


def _steps_of_made_sheets() -> list[str]:
    golds = (gold for made in make_sheets(12, 101) for gold in made.gold)
    steps = (cast("list[dict[str, str]]", gold.get("langkah", [])) for gold in golds)
    return [step["kegiatan"] for of_one in steps for step in of_one]


def test_hardly_any_damaged_word_becomes_another() -> None:
    # 2,500 words or pairs of words each of made and of real sheets, damaged likewise: a third is
    # mended, 0.0 to 0.2 % become another word, 0.2 to 0.5 % with capitals that were lost.
    rng = random.Random(5)
    texts = _steps_of_made_sheets()
    mended, wrong = 0, []
    for _ in range(200):
        text = rng.choice(texts)
        word = rng.choice(list(_WORD.finditer(text)))
        read = damaged(word[0], rng)
        before = text[: word.start()] + read + text[word.end() :]
        after, _changes = correct_words(before, "langkah/kegiatan", partial(_dim_if, read))
        mended += after == text
        if after not in (before, text):
            wrong.append((text, before, after))
    assert mended >= 50
    assert len(wrong) <= 1


def test_words_that_a_capital_parts_are_parted_however_surely_they_were_read() -> None:
    for seen in (None, dim):
        text, changes = correct_words("siap entrySurat bukti", "langkah/kelengkapan", seen)
        assert text == "siap entry Surat bukti"
        assert [change.rule for change in changes] == ["space.glued"]
    assert correct_words("lewat WhatsApp", "langkah/kelengkapan", dim) == ("lewat WhatsApp", ())


@pytest.mark.parametrize(
    ("word", "doubted"),
    [("kepadaregu", True), ("membagilokasi", True), ("kepadatan", False), ("lokasi", False)],
)
def test_words_that_may_have_been_run_together_are_doubted(word: str, *, doubted: bool) -> None:
    assert may_be_misread(word) is doubted


def test_an_abbreviation_is_parted_from_the_word_behind_it() -> None:
    text, changes = correct_words("SOPterkait", "keterangan", dim)
    assert (text, [c.rule for c in changes]) == ("SOP terkait", ["ocr.lost-space"])
