"""Records by the thousand, as many procedures as a province has: made, never printed or read.

Forty acts of office on fifty objects, each a procedure of its own with steps of its own making and
5 to 40 sheets; procedures of one act or one object look alike, as they do in an archive.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from tools.made_families.families import MadeSop, make_family
from tools.made_families.rewording import TUNING
from tools.make_sheets.compose import Pool, pool_for
from tools.make_sheets.topics import Act, Topic

_OBJECTS = (
    "Izin Reklame", "Izin Apotek", "Izin Praktik Bidan", "Izin Optik", "Izin Salon",
    "Kartu Nelayan", "Kartu Pencari Kerja", "Surat Pindah", "Akta Kelahiran", "Akta Kematian",
    "Taman Kota", "Lampu Jalan", "Saluran Irigasi", "Rambu Lalu Lintas", "Halte Bus",
    "Gedung Sekolah", "Laboratorium", "Ambulans", "Mobil Perpustakaan", "Alat Berat",
    "Beasiswa", "Hibah Rumah Ibadah", "Bantuan Benih", "Subsidi Pupuk", "Pinjaman Koperasi",
    "Pasar Rakyat", "Terminal", "Pelabuhan Ikan", "Rumah Potong Hewan", "Tempat Pelelangan",
    "Tenaga Honorer", "Jabatan Fungsional", "Angka Kredit", "Pensiun Janda", "Tunjangan Keluarga",
    "Arsip Inaktif", "Naskah Kuno", "Cagar Budaya", "Sanggar Seni", "Kelompok Tani",
    "Air Minum Desa", "Tambak Garam", "Kebun Bibit", "Hutan Rakyat", "Sumur Bor",
    "Aplikasi Presensi", "Laman Resmi", "Pusat Data", "Kamera Pengawas", "Radio Daerah",
)  # fmt: skip
_ACTS = (
    ("Penerbitan", "menerbitkan", "surat"), ("Pencabutan", "mencabut", "keputusan"),
    ("Perpanjangan", "memperpanjang", "permohonan"), ("Pendataan", "mendata", "kuesioner"),
    ("Pemeliharaan", "memelihara", "kartu rawat"), ("Pengadaan", "membeli", "kontrak"),
    ("Pengawasan", "mengawasi", "berita acara"), ("Penilaian", "menilai", "lembar nilai"),
    ("Sosialisasi", "menyosialisasikan", "materi"), ("Pelaporan", "melaporkan", "laporan"),
)  # fmt: skip
_HOW = (
    ("pemohon", "Mengajukan permintaan {act} {obj} secara tertulis", "Formulir {obj}",
     "Permintaan {obj}", 15),
    ("petugas", "Memeriksa kelengkapan berkas {obj}", "Permintaan {obj}", "Berkas {obj} lengkap",
     20),
    ("kasi", "Menjadwalkan {act} {obj} bersama regu", "Berkas {obj} lengkap", "Jadwal {act}", 60),
    ("tim", "Mendatangi lokasi {obj} dan mencatat keadaannya", "Surat tugas", "Catatan {obj}",
     480),
    ("kasi", "Menyusun konsep {doc} {obj}", "Catatan {obj}", "Konsep {doc}", 120),
    ("kabid", "Menelaah konsep {doc} {obj}", "Konsep {doc}", "Konsep {doc} terparaf", 60),
    ("kepala", "Menandatangani {doc} {obj}", "Konsep {doc} terparaf", "{doc} {obj}", 30),
    ("petugas", "Menyerahkan {doc} {obj} kepada yang berhak", "{doc} {obj}", "Tanda terima", 15),
    ("pelaksana", "Memasukkan {obj} ke dalam daftar {act}", "Tanda terima", "Daftar {act}", 10),
    ("arsiparis", "Mengarsipkan salinan {doc} {obj}", "Daftar {act}", "Arsip {obj}", 10),
    ("bendahara", "Menghitung biaya {act} {obj}", "Harga satuan", "Rincian biaya {obj}", 60),
    ("operator", "Mengunggah {doc} {obj} ke aplikasi", "{doc} {obj}", "Bukti unggah", 15),
)  # fmt: skip


def make_many(count: int, seed: int = 1) -> Iterator[MadeSop]:
    """`count` sheets of as many procedures as they take, twenty sheets each on the mean."""
    rng = random.Random(f"many/{seed}")
    pool = pool_for(seed)
    pairs = [(act, obj) for act in _ACTS for obj in _OBJECTS]
    rng.shuffle(pairs)
    left = count
    for number in range(10**6):
        act, obj = pairs[number % len(pairs)]
        topic = _topic(rng, act, obj, number // len(pairs), pool)
        size = min(left, rng.choice((5, 10, 15, 20, 30, 40)))
        yield from make_family(rng, pool, TUNING, topic, f"many/{number:04}", size)
        left -= size
        if left == 0:
            return


def _topic(
    rng: random.Random, act: tuple[str, str, str], obj: str, again: int, pool: Pool
) -> Topic:
    """A procedure; where all pairs are used up, the next ones are of numbered kinds."""
    noun, _, doc = act
    what = f"{obj} Golongan {'ABCDEFGH'[again]}" if again else obj
    steps = sorted(rng.sample(range(len(_HOW)), rng.randint(6, 9)))
    acts = []
    for i in steps:
        role, text, needs, gives, menit = _HOW[i]
        texts = [
            t.format(act=noun.lower(), obj=what.lower(), doc=doc) for t in (text, needs, gives)
        ]
        texts = [t[:1].upper() + t[1:] for t in texts]
        review = doc if role == "kabid" else None
        acts.append(Act(role, texts[0], texts[1], texts[2], menit, review=review))
    base = rng.choice(pool.topics)
    order = tuple(dict.fromkeys(a.role for a in acts))
    names = (f"{noun} {what}", f"Tata Kelola {noun} {what}")
    return replace(base, nama=names, order=order, acts=tuple(acts))
