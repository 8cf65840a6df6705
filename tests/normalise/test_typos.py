"""Words: what is corrected, what never is, and that the log tells all of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopextract.lexicon.kata import confused_with, domain_words, is_known
from sopextract.lexicon.typos import load_typos, read_typos
from sopextract.normalise.typos import correct_words

CORRECTED = {
    "Pelaporan Kineria": "Pelaporan Kinerja",
    "PELAPORAN KINERIA": "PELAPORAN KINERJA",
    "Memerintahkan Tim KInerja": "Memerintahkan Tim Kinerja",
    "Data Hasil MOnev": "Data Hasil Monev",
    "KABID Utuk Menghimpun": "KABID Untuk Menghimpun",
    "Konsep Monitorng": "Konsep Monitoring",
    "Staf Dimasing masing Unit": "Staf Di masing-masing Unit",
    "perbaikan/koreksi Draftlaporan": "perbaikan/koreksi Draft laporan",
    "Laporan Monitoring g Evaluasi": "Laporan Monitoring Evaluasi",
    "Mengumpulka data": "Mengumpulkan data",
    "Standar Oprasional": "Standar Operasional",
    "berkas di usulkan": "berkas diusulkan",
    "Dinas Pernerintah": "Dinas Pemerintah",
    "MUTU BUKU": "MUTU BAKU",
    "dokumen kerjasama dan tandatangan": "dokumen kerja sama dan tanda tangan",
    "Persyaratan,Waktu,Biaya": "Persyaratan, Waktu, Biaya",
    "tentangPetunjuk": "tentang Petunjuk",
    "Lap0ran S0P": "Laporan SOP",
    "Perlatan kantor": "Peralatan kantor",
    "Pemeriksaaan berkas": "Pemeriksaan berkas",
}


@pytest.mark.parametrize(("before", "after"), CORRECTED.items())
def test_slips_are_corrected_and_logged(before: str, after: str) -> None:
    text, changes = correct_words(before, "langkah/kegiatan")
    assert text == after
    replayed = before
    for change in changes:
        assert change.before != change.after
        replayed = replayed.replace(change.before, change.after, 1)
    assert replayed == after


@pytest.mark.parametrize(
    "text",
    [
        "Surat permintaan data kpd PD",
        "diserahkan kepada kabag untuk ditindak lanjuti",
        "Mengolah dan menganalisa data",
        "membuat Draft, Review dan Print Out",
        "menyampaikan perbaikan",
        "Jalan Monitorng",
        "Kecamatan Kinrja",
        "Kabupaten Hulu Sungai Perlatan",
        "KERALA",
        "Pejabat Nagari, Pekon dan Gampong",
        "huruf b pasal",
        "Tipe c Puskesmas",
        "SKPDnya, LKjIP, LKJIP, KUA-PPAS",
        "WhatsApp, PowerPoint, InfoPublik",
        "bagian/triwulan 000.8.3.3 IV/b 2O21",
        "nama.kineria@contoh.id kineria_1",
        "Lomba TTG tingkat desa",
        "ijin, propinsi",
        "Kasubbag Kerjasama",
        "Rangkasbitung,Lebak",
        "Waktu1",
    ],
)
def test_what_is_right_or_a_name_stays(text: str) -> None:
    assert correct_words(text, "langkah/kegiatan") == (text, ())


_PAIRS = """
penyusunan penyusutan penyusun penerapan penetapan pemilihan pemilahan pemulihan penyimpanan
penyimpangan pembukaan pembukuan pendataan penataan pendaftaran peralatan perawatan perubahan
perumahan perusahaan peraturan pengaturan perairan pemerintah perintah pemerintahan pelayanan
pelayaran pelajaran pelaksana pelaksanaan penyelenggara penyelenggaraan kegiatan kekuatan kesiapan
keluaran kelurahan keluhan kecamatan keamanan kesamaan kecacatan kejahatan kelengkapan laporan
lampiran lapisan lembaran lembaga lembar negara negeri nagari neraca daerah darah darat kepala
kepada kapal kelapa dinas danau kinerja kerja evaluasi evakuasi keuangan kekurangan kecurangan
keruangan pegawai pengawas pesawat perawat menteri materi meterai sekretaris sekretariat anggaran
angkatan angsuran administrasi administratif konsultasi konsultansi klasifikasi klarifikasi
kualifikasi alokasi lokasi tanggal tangga tinggal tidak tindak harus hapus ketua kedua berkas beras
bekas kontrak kontak produksi prediksi model modul modal draf daftar disposisi deposisi
kelangkaan
"""
TRAPS = _PAIRS.split()


@pytest.mark.parametrize("word", [*TRAPS, "laporkan", "bagan", "bidan", "datar", "usulkan"])
def test_words_that_look_like_others_stay(word: str) -> None:
    for text in (word, word.capitalize(), word.upper()):
        assert correct_words(text, "langkah/kegiatan") == (text, ())


def test_posts_are_corrected_before_their_unit_only() -> None:
    assert correct_words("KERALA DINAS", "disahkan_oleh/jabatan")[0] == "KEPALA DINAS"
    assert correct_words("Kepada Dinas", "disahkan_oleh/jabatan")[0] == "Kepada Dinas"
    assert correct_words("Perlatan", "pelaksana/nama")[0] == "Perlatan"


def test_units_are_corrected_in_the_time_column_only() -> None:
    assert correct_words("15 manit", "langkah/waktu")[0] == "15 menit"
    assert correct_words("manit", "langkah/kegiatan")[0] == "manit"


def test_an_unknown_word_without_one_answer_stays() -> None:
    assert confused_with("zzzzzzzz") is None
    assert confused_with("pelayaran") is None
    assert confused_with("pernerintah") == "pemerintah"


def test_a_confused_domain_word_becomes_itself_or_stays() -> None:
    for word in sorted(domain_words()):
        for printed, read in (("m", "rn"), ("e", "c"), ("l", "i"), ("n", "rr"), ("d", "cl")):
            confused = word.replace(printed, read, 1)
            if confused != word and not is_known(confused):
                assert confused_with(confused) in (word, None)


def test_no_entry_of_the_map_is_a_word_of_the_form() -> None:
    for entries in load_typos().values():
        for entry in entries:
            if len(entry.wrong) == 1:
                assert entry.wrong[0] not in domain_words(), entry


def test_every_level_and_condition_is_known() -> None:
    header = "wrong,right,level,context,origin\n"
    with pytest.raises(Exception, match="line 2"):
        read_typos(header + "a,b,sure,,x\n")
    with pytest.raises(Exception, match="line 2"):
        read_typos(header + "a,b,safe,perhaps=c,x\n")


_FORMS = [" ".join(e.wrong) for es in load_typos().values() for e in es]
_PIECES = st.sampled_from(
    [
        *_FORMS,
        *sorted(domain_words())[::7],
        "di",
        "g",
        "KInerja",
        "S0P",
        "dataPegawai",
        "berkas,kinrja",
        "Desa",
        "12",
    ]
)
_TEXTS = st.lists(
    st.tuples(_PIECES, st.sampled_from([str.lower, str.upper, str.capitalize, str.title])),
    max_size=8,
).map(lambda parts: " ".join(how(text) for text, how in parts))


def test_a_word_is_corrected_by_what_the_word_before_it_became() -> None:
    text, changes = correct_words("laoran ttg", "langkah/kegiatan")
    assert text == "laporan tentang"
    assert [c.after for c in changes] == ["laporan", "tentang"]


@settings(deadline=None)
@given(_TEXTS, st.sampled_from(["langkah/kegiatan", "langkah/waktu", "pelaksana/nama", ""]))
def test_correcting_twice_changes_nothing_and_every_change_is_logged(text: str, field: str) -> None:
    once, changes = correct_words(text, field)
    assert (once != text) == bool(changes)
    assert correct_words(once, field) == (once, ())


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    once, _ = correct_words(text)
    assert correct_words(once)[0] == once


def test_known_words_have_their_affixes() -> None:
    assert is_known("diperbaikinya")
    assert is_known("menyampaikan")
    assert not is_known("kineria")
    assert not is_known("g")
