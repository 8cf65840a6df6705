"""Words that rules about step texts and qualifications look for.

Gathered from the step texts and posts described in the domain notes on real sheets; a word is
listed when it opens a step or an item there, or belongs to the same closed set (posts, tools).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sopextract.core.text import fold, words

POSTS = frozenset(
    """
    kepala kadis kadin sekretaris sekdis sekda sekcam kabag kabid kasubbag kasubag kasubbid
    kasubid kasi kasie kaban kabadan karo kanit kacab asisten camat lurah bupati walikota
    gubernur direktur inspektur irban auditor staf staff tim petugas bendahara
    pengadministrasi operator arsiparis pelaksana ppk kpa pptk ppspm pejabat pemohon analis
    pengelola pranata jfu jft jf pokja koordinator subkoordinator katim ketua anggota
    pimpinan atasan bawahan admin resepsionis sopir satpam masyarakat pegawai opd skpd
    verifikator penyuluh notulis ajudan pengguna sub kurir apip ppid tapd
    """.split()  # noqa: SIM905 - a list of words reads best as words
)

TOOLS = frozenset(
    """
    komputer laptop printer atk kertas pulpen scanner telepon telpon faksimile faks meja
    kursi internet kamera kendaraan jaringan wifi mesin stempel map flashdisk proyektor
    infokus lemari filing kalkulator handphone hp modem server blangko
    """.split()  # noqa: SIM905 - a list of words reads best as words
)

SKILL = re.compile(
    r"\b(mampu|mem\w+|meng\w+|men\w+|mel\w+|mer\w+|memiliki|punya|kemampuan|keterampilan|keahlian|"
    r"pengetahuan|paham|pemahaman|cakap|terampil|teliti|jujur|ber\w+|pendidikan|minimal|lulusan|"
    r"ijazah|sarjana|diploma|slta|sma|smk|smp|sd|s1|s2|s3|d1|d2|d3|d4|kompetensi|sertifikat|"
    r"pengalaman|telah|pernah|dapat|pangkat|golongan|bisa|ahli|sehat|loyal|disiplin)\b",
    re.IGNORECASE,
)

_NOT_VERBS = frozenset(
    """
    mekanisme media meja menteri mesin menit meterai materai metode medis memo memorandum
    merek berkas berita berdasarkan bersama bersih beras berbagai berupa
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_ACTIVE = re.compile(r"^(me(?:m|n|ng|ny|l|r|w|y)\w{3,}|ber\w{3,}|bekerja|belajar|mengecek)$")
_PASSIVE = re.compile(
    r"^(di(?!nas|rektur|rektorat|sposisi|vis|rjen|klat|gital|sk|alog|ploma)\w{4,})$"
)
_NOUN = re.compile(r"^(pe(?:m|n|ng|ny|l|r)?\w{3,}an|ke\w{4,}an)$")
_CLAUSE = frozenset({"jika", "apabila", "bila", "setelah", "sesudah", "berdasarkan", "kemudian"})
_SKIP = frozenset(
    {"selanjutnya", "kemudian", "lalu", "kembali", "tidak", "ikut", "turut", "a", "b"}
)


def is_active(word: str) -> bool:
    """Whether a folded word is an active verb: me-, ber-; "media", "berkas" are not."""
    return word not in _NOT_VERBS and bool(_ACTIVE.match(word))


def is_passive(word: str) -> bool:
    """Whether a folded word is a passive verb: di-; "dinas", "disposisi" are not."""
    return bool(_PASSIVE.match(word))


def is_action_noun(word: str) -> bool:
    """Whether a folded word is a noun made of a verb: "pembuatan", "kegiatan"."""
    return bool(_NOUN.match(word))


def head_words(text: str) -> list[str]:
    """The words of a step from its main clause on, without "kemudian", "jika …," before it."""
    folded = words(text)
    if folded and folded[0] in _CLAUSE and "," in text:
        folded = words(text.partition(",")[2]) or folded
    while len(folded) > 1 and folded[0] in _SKIP:
        folded = folded[1:]
    return folded


def subject_of(text: str) -> str | None:
    """The actor that a step text opens with, as printed: "Staf mengetik konsep" gives "Staf".

    None when it opens with anything else, or when no verb follows within nine words (a long title
    such as "Sekretaris Dinas selaku Ketua Tim" has six).
    """
    folded = words(text)
    if not folded or (folded[0] not in POSTS):
        return None
    for i, word in enumerate(folded[1:10], 1):
        if is_active(word) or is_passive(word):
            return " ".join(text.split()[:i])
    return None


DECISION = re.compile(
    r"""\b(?:jika|apabila|bila|kalau)\b
        (?:\W+\w+){0,5}?\W+
        (?:setuju|disetujui|menyetujui|ditolak|menolak|tolak|lengkap|sesuai|benar|salah|kesalahan|
           memenuhi|layak|valid|perbaikan|diperbaiki|revisi|koreksi|dikembalikan|ya|tidak)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def names_decision(text: str) -> bool:
    """Whether a step text says how it branches: "jika tidak setuju dikembalikan …".

    "jika diperlukan" and "apabila ada" do not branch.
    """
    return bool(DECISION.search(text))


_AMOUNT = r"(?:\d+(?:[.,/]\d+)?|½|se|satu|dua|tiga|empat|lima|tujuh|sepuluh)"
_DURATION = re.compile(
    rf"""(?:±|\+/-|maks\w*\.?|paling\ lama|<)?\s*
        {_AMOUNT}\s*(?:(?:-|–|s/d|sampai)\s*{_AMOUNT}\s*)?(?:\(\s*\w+\s*\)\s*)?
        (?:detik|menit|mnt|jam|hari|hr|minggu|mgg|bulan|bln|tahun|thn)
        (?:\s+(?:kerja|kalender|efektif))?\s*\.?""",
    re.IGNORECASE | re.VERBOSE,
)


def actor_at_head(text: str, labels: Iterable[str]) -> str | None:
    """The actor that a step text opens with: a post, or one of the column labels; None for none."""
    folded = fold(text)
    by_label = (label for label in labels if folded.startswith(fold(label) + " "))
    return subject_of(text) or next(by_label, None)


def is_duration(text: str) -> bool:
    """Whether a whole text is an amount of time: "2 (dua) hari kerja"; "laporan 7 hari" is not."""
    return bool(_DURATION.fullmatch(text.strip()))
