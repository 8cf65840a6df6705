"""Makes step tables with a known flow, for measuring how well the flow is decoded.

The wording is our own; the shares of each kind of step are those of the sheets surveyed, roughly:
two steps in three say who comes next. Traps are mixed in: hand-overs that the next row does not
follow, posts named in passing, posts of other agencies.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from sopextract.model.draft import Mark, PelaksanaDraft, StepRow
from sopextract.model.source import Place
from tests.factories import pelaksana_draft, step_row


@dataclass(frozen=True)
class Table:
    """A step table and its truth: the column of each row, and the Tidak edges."""

    columns: tuple[PelaksanaDraft, ...]
    rows: tuple[StepRow, ...]
    actors: tuple[int, ...]
    returns: frozenset[tuple[int, int]]


# Label, rank (1 highest), and other ways in which texts name the post.
_Cast = tuple[tuple[str, int, tuple[str, ...]], ...]
_CASTS: tuple[_Cast, ...] = (
    (
        ("Kepala Dinas", 1, ("kepala dinas", "Kadis")),
        ("Sekretaris", 2, ("sekretaris", "Sekretaris Dinas")),
        ("Kasubbag Umum", 3, ("kasubag umum", "Kepala Sub Bagian Umum", "Kasubbag")),
        ("Staf", 4, ("staf",)),
    ),
    (
        ("Karo Hukum", 1, ("Karo", "Kepala Biro Hukum", "kepala biro")),
        ("Kabag Dokumentasi", 2, ("Kabag", "kepala bagian", "Kabag Dokumentasi")),
        ("Kasubbag TU", 3, ("kasubbag TU", "Kasub Bag TU", "Kepala Subbagian Tata Usaha")),
        ("Pelaksana", 4, ("pelaksana",)),
        ("Arsiparis", 4, ("arsiparis",)),
    ),
    (
        ("Petugas Loket", 4, ("petugas loket", "petugas")),
        ("Kepala Seksi Pelayanan", 3, ("Kasi Pelayanan", "Kepala Seksi", "kasi")),
        ("Kepala Bidang Perizinan", 2, ("Kabid Perizinan", "kabid", "Kepala Bidang")),
        ("Kepala Dinas", 1, ("kepala dinas", "Kadis")),
    ),
    (
        ("Kasi Pemerintahan", 3, ("Kepala Seksi Pemerintahan", "kasi pemerintahan")),
        ("Sekcam", 2, ("Sekretaris Kecamatan", "sekcam")),
        ("Camat", 1, ("camat",)),
        ("Pengadministrasi Umum", 4, ("pengadministrasi umum", "Pengadministrasi")),
    ),
    (
        ("Kabid Perikanan", 2, ("Kepala Bidang Perikanan", "kabid")),
        ("Kasi Budidaya", 3, ("Kepala Seksi Budidaya", "Kasi Budidaya")),
        ("Kasi Pengolahan", 3, ("Kepala Seksi Pengolahan", "Kasi Pengolahan")),
        ("Pengelola Data", 4, ("pengelola data", "Pengelola")),
        ("Kadis", 1, ("kepala dinas", "Kadis")),
    ),
    (
        ("Ketua Tim", 2, ("ketua tim", "Katim")),
        ("Anggota Tim", 4, ("anggota tim",)),
        ("Bendahara Pengeluaran", 4, ("bendahara", "Bendahara Pengeluaran")),
        ("KPA", 1, ("Kuasa Pengguna Anggaran", "KPA")),
    ),
)
_THINGS = (
    "konsep surat",
    "laporan bulanan",
    "data stok pangan",
    "berkas permohonan",
    "rekapitulasi kehadiran",
    "nota dinas",
    "daftar inventaris",
    "jadwal pelatihan",
)
_DOING = (
    "Menyusun",
    "Memeriksa",
    "Mengolah",
    "Mencatat",
    "Menghimpun",
    "Membuat",
    "Menelaah",
    "Merekap",
)
_HANDING = (
    "{do} {thing} dan menyampaikan kepada {to}",
    "{do} {thing} untuk diserahkan kepada {to}",
    "{do} {thing}, kemudian diteruskan ke {to}",
    "Mengajukan {thing} kepada {to}",
    "Menyerahkan {thing} kpd {to} untuk ditindaklanjuti",
    "{do} {thing}; hasilnya disampaikan kepada {to}",
    "Mengirimkan {thing} yang sudah lengkap kepada {to}",
)
_ORDERING = (
    "Memerintahkan {to} untuk menyiapkan {thing}",
    "Menugaskan {to} menyusun {thing}",
    "Mendisposisikan {thing} kepada {to}",
    "Memberikan arahan kepada {to} tentang {thing}",
    "Membaca {thing} dan menginstruksikan {to} agar menindaklanjuti",
)
_DECIDING = (
    "Memeriksa {thing}, jika tidak {word} dikembalikan kepada {back}, "
    "jika {word} diserahkan kepada {to}",
    "Meneliti {thing}. Apabila {word} diparaf dan diteruskan kepada {to}, "
    "apabila tidak {word} dikembalikan ke {back} untuk diperbaiki",
    "Mengoreksi {thing}, bila belum {word} kembali ke {back}, bila {word} disampaikan ke {to}",
)
_PLAIN = (
    "{do} {thing}",
    "{do} {thing} sesuai ketentuan",
    "{do} {thing} yang ditujukan kepada {other}",
    "{do} {thing} sesuai arahan {other}",
    "{do} {thing} bersama {outside}",
)
_OUTSIDE = ("Kepala Desa", "kelompok tani", "Bagian Hukum", "instansi terkait")
# In every second sheet the next row may be another's without the text saying so.
_HIDDEN_HAND_OVER = 0.3
_BROKEN_HAND_OVER = 0.05  # the text says X, the next row is another's


def make_table(seed: int, *, symbols: float = 0.0) -> Table:
    """Make one table; `symbols` is the share of rows that keep their symbol."""
    rng = random.Random(seed)
    people = rng.choice(_CASTS)
    size = len(people)
    actors = [0]
    texts: list[str] = []
    returns: set[tuple[int, int]] = set()
    length = rng.randint(5, 12)
    hidden = _HIDDEN_HAND_OVER if seed % 2 else 0.0
    for i in range(length):
        own = actors[i]
        then = own if rng.random() < 0.2 else rng.choice([c for c in range(size) if c != own])
        said = then
        if then != own and rng.random() < _BROKEN_HAND_OVER:
            said = rng.choice([c for c in range(size) if c != own])
        earlier = [c for c in actors[:i] if c != own]
        names = {
            "do": rng.choice(_DOING),
            "thing": rng.choice(_THINGS),
            "word": rng.choice(("setuju", "lengkap", "sesuai", "benar")),
            "to": _name(rng, people[said]),
            "other": _name(rng, people[rng.randrange(size)]),
            "outside": rng.choice(_OUTSIDE),
        }
        if then == own or i == length - 1 or rng.random() < hidden:
            text = rng.choice(_PLAIN).format(**names)
        elif earlier and rng.random() < 0.25:
            back = earlier[-1] if rng.random() < 0.8 else rng.choice(earlier)
            text = rng.choice(_DECIDING).format(**names, back=_name(rng, people[back]))
            last = max(j for j in range(i) if actors[j] == back)
            returns.add((i + 1, last + 1))
        elif people[said][1] > people[own][1] and rng.random() < 0.6:
            text = rng.choice(_ORDERING).format(**names)
        else:
            text = rng.choice(_HANDING).format(**names)
        texts.append(_opened(rng, text, people, actors, i))
        actors.append(then)
    columns = pelaksana_draft(*(p[0] for p in people))
    rows = tuple(
        step_row(i + 1, text, marks=_mark(actors[i]) if rng.random() < symbols else ())
        for i, text in enumerate(texts)
    )
    return Table(columns, rows, tuple(a + 1 for a in actors[:length]), frozenset(returns))


def _opened(rng: random.Random, text: str, people: _Cast, actors: list[int], i: int) -> str:
    """Put the actor, or the receipt of the step before, at the head of some steps."""
    lower = text[0].lower() + text[1:]
    chance = rng.random()
    if chance < 0.06:
        return f"{people[actors[i]][0]} {lower}"
    if i and actors[i] != actors[i - 1]:
        if chance < 0.16:
            return f"Menerima dan {lower}"
        if chance < 0.24:
            return f"Menerima berkas dari {_name(rng, people[actors[i - 1]])} dan {lower}"
    return text


def _name(rng: random.Random, person: tuple[str, int, tuple[str, ...]]) -> str:
    return rng.choice((person[0], *person[2]))


def _mark(column: int) -> tuple[Mark, ...]:
    return (Mark(column + 1, "(Kotak)", Place()),)
