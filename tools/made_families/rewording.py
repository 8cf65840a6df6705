"""Other words for the same step: what one agency writes where another writes otherwise.

Two vocabularies that share no rewording: one for tuning, one for the families kept apart. Own
words; manners as in domain.md 2.9 and 4.3 (abbreviations, -kan forms, "melakukan pe-…-an", tails).
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Rewording:
    """`verbs` at the head of a step, `words` anywhere, `tails` that may be added, `nouns` for
    "melakukan …", `titles` as frames of a title."""

    verbs: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    tails: tuple[str, ...]
    nouns: dict[str, str]
    doing: tuple[str, ...]
    titles: tuple[str, ...]
    added: tuple[tuple[str, str, str, int], ...]


TUNING = Rewording(
    verbs={
        "menerima": ("menerima", "mendapatkan"),
        "mencatat": ("membukukan", "mengagendakan"),
        "memilah": ("mengelompokkan",),
        "membaca": ("mempelajari",),
        "meneliti": ("memeriksa", "mengecek"),
        "menelaah": ("memeriksa", "mempelajari"),
        "memeriksa": ("mengecek", "meneliti"),
        "mencermati": ("memeriksa", "meneliti"),
        "mengoreksi": ("memeriksa dan memperbaiki",),
        "menggandakan": ("memfotokopi", "memperbanyak"),
        "mengarsipkan": ("menyimpan", "mengarsip"),
        "menyimpan": ("mengarsipkan",),
        "mengisi": ("melengkapi",),
        "mengetik": ("menyusun", "membuat"),
        "menyusun": ("membuat", "menyiapkan"),
        "membuat": ("menyusun",),
        "merumuskan": ("menyusun", "membuat"),
        "menandatangani": ("membubuhkan tanda tangan pada", "mengesahkan"),
        "menetapkan": ("mengesahkan",),
        "mengirimkan": ("menyampaikan", "mengirim"),
        "mengirim": ("menyampaikan", "mengirimkan"),
        "menyampaikan": ("menyerahkan", "mengirimkan"),
        "menyerahkan": ("memberikan", "menyampaikan"),
        "membagikan": ("mendistribusikan", "menyebarkan"),
        "menghimpun": ("mengumpulkan", "mengkompilasi"),
        "mengolah": ("memproses",),
        "membahas": ("mendiskusikan",),
        "menghitung": ("mengkalkulasi",),
        "menginput": ("mengentri", "memasukkan"),
        "memverifikasi": ("melakukan verifikasi atas", "memeriksa"),
        "mengunggah": ("meng-upload",),
        "melaporkan": ("menyampaikan laporan",),
        "menyetujui": ("memberikan persetujuan atas",),
        "mempelajari": ("menelaah", "membaca"),
        "merekam": ("mencatat",),
        "mengambil": ("mengeluarkan",),
        "menyiapkan": ("mempersiapkan",),
        "membersihkan": ("merapikan",),
    },
    words={
        "konsep": ("draf", "rancangan"),
        "formulir": ("blangko", "form"),
        "berkas": ("dokumen",),
        "beserta": ("dan",),
        "seluruh": ("semua",),
        "sesuai": ("menurut",),
        "menurut": ("berdasarkan",),
        "rekapitulasi": ("rekap",),
        "permohonan": ("usulan",),
        "hasil": ("data hasil",),
        "pegawai": ("ASN", "PNS"),
        "laporan kinerja": ("LKjIP", "LAKIP"),
        "rencana kerja": ("Renja",),
        "daftar": ("list",),
        "jadwal": ("penjadwalan",),
        "pengaduan": ("aduan",),
        "aduan": ("pengaduan",),
        "persyaratan": ("syarat",),
        "perangkat": ("peralatan",),
    },
    tails=(
        "sesuai ketentuan",
        "secara tertib",
        "untuk ditindaklanjuti",
        "pada hari yang sama",
        "melalui aplikasi",
    ),
    nouns={
        "menyusun": "penyusunan",
        "memeriksa": "pemeriksaan",
        "meneliti": "penelitian",
        "mencatat": "pencatatan",
        "mengumpulkan": "pengumpulan",
        "menghitung": "penghitungan",
        "mengolah": "pengolahan",
        "membahas": "pembahasan",
        "menyimpan": "penyimpanan",
        "memverifikasi": "verifikasi",
        "mengevaluasi": "evaluasi",
        "menggandakan": "penggandaan",
        "menyalurkan": "penyaluran",
        "mengarsipkan": "pengarsipan",
    },
    doing=("melakukan", "melaksanakan"),
    titles=(
        "{nama}",
        "{nama}",
        "Mekanisme {nama}",
        "{nama} pada {instansi}",
        "Tata Cara {nama}",
        "Prosedur {nama}",
        "{nama} {wilayah}",
        "SOP {nama}",
    ),
    added=(
        ("Berkonsultasi dengan bagian hukum", "Telaahan", "Saran hukum", 60),
        ("Menyiapkan ruang rapat dan konsumsi", "Daftar hadir", "Ruang siap", 30),
        ("Menerbitkan surat tugas bagi petugas", "Konsep surat tugas", "Surat tugas", 30),
        ("Menghubungi pihak terkait lewat telepon", "Telepon", "Catatan telepon", 15),
        ("Memperbarui papan informasi", "Papan informasi", "Informasi terpasang", 10),
        ("Melaporkan perkembangan kepada pimpinan", "Bahan laporan", "Laporan lisan", 20),
        ("Membubuhkan paraf koordinasi", "Lembar paraf", "Paraf", 10),
        ("Memindai dokumen ke dalam map digital", "Mesin pindai", "Berkas digital", 10),
        ("Mengundang peserta rapat koordinasi", "Undangan", "Undangan terkirim", 30),
        ("Menyusun notula rapat koordinasi", "Catatan rapat", "Notula", 45),
    ),
)

APART = Rewording(
    verbs={
        "menerima": ("menampung", "memperoleh"),
        "mencatat": ("menuliskan", "mendaftarkan"),
        "memilah": ("menyortir",),
        "membaca": ("menyimak",),
        "meneliti": ("mengkaji", "menilik"),
        "menelaah": ("mengkaji", "mencermati"),
        "memeriksa": ("mencek", "mencermati"),
        "mencermati": ("menelaah", "mengkaji"),
        "mengoreksi": ("membetulkan",),
        "menggandakan": ("mencopy",),
        "mengarsipkan": ("memasukkan ke arsip",),
        "menyimpan": ("menata dalam arsip",),
        "mengisi": ("menuliskan",),
        "mengetik": ("menulis",),
        "menyusun": ("merancang", "menulis"),
        "membuat": ("merancang",),
        "merumuskan": ("menuangkan",),
        "menandatangani": ("meneken", "menyetujui"),
        "menetapkan": ("memutuskan",),
        "mengirimkan": ("meneruskan",),
        "mengirim": ("meneruskan",),
        "menyampaikan": ("meneruskan", "melaporkan"),
        "menyerahkan": ("menyampaikan",),
        "membagikan": ("memberikan",),
        "menghimpun": ("mengumpulkan",),
        "mengumpulkan": ("menghimpun",),
        "mengolah": ("mengerjakan",),
        "membahas": ("merundingkan",),
        "menghitung": ("menjumlahkan",),
        "menginput": ("merekam",),
        "memverifikasi": ("menguji kebenaran",),
        "mengusulkan": ("mengajukan",),
        "mengajukan": ("mengusulkan",),
        "mendata": ("mencatat",),
        "melaporkan": ("memberitahukan",),
        "menyetujui": ("mengesahkan",),
        "mempelajari": ("mengkaji",),
        "memasang": ("menempatkan",),
        "menyiapkan": ("menyediakan",),
        "menghubungi": ("menelepon",),
        "mengundang": ("memanggil",),
        "memanggil": ("mengundang",),
        "mengukur": ("melakukan pengukuran",),
        "menilai": ("melakukan penilaian",),
        "menyeleksi": ("menyaring",),
        "mengumumkan": ("menyiarkan",),
        "menjadwalkan": ("mengatur jadwal",),
    },
    words={
        "konsep": ("naskah",),
        "formulir": ("lembar isian",),
        "berkas": ("surat-surat",),
        "beserta": ("dengan", "serta"),
        "seluruh": ("setiap",),
        "sesuai": ("mengikuti",),
        "daftar": ("senarai", "tabel"),
        "hasil": ("keluaran",),
        "permohonan": ("pengajuan",),
        "pegawai": ("aparatur",),
        "lokasi": ("tempat",),
        "petugas": ("personel",),
        "jadwal": ("agenda",),
        "laporan": ("pelaporan",),
        "dokumen": ("berkas",),
        "peralatan": ("alat",),
        "masyarakat": ("warga",),
    },
    tails=(
        "dengan cermat",
        "sebagaimana aturan",
        "untuk bahan selanjutnya",
        "paling lambat sore hari",
        "secara daring",
    ),
    nouns={
        "menyusun": "penyusunan",
        "memeriksa": "pemeriksaan",
        "mencatat": "pencatatan",
        "menghitung": "perhitungan",
        "membahas": "pembahasan",
        "menilai": "penilaian",
        "mengukur": "pengukuran",
        "menyeleksi": "seleksi",
        "menetapkan": "penetapan",
        "memasang": "pemasangan",
        "mengumumkan": "pengumuman",
    },
    doing=("mengadakan", "melakukan"),
    titles=(
        "{nama}",
        "{nama}",
        "Pelaksanaan {nama}",
        "{nama} di Lingkungan {instansi}",
        "Alur {nama}",
        "Langkah-langkah {nama}",
        "{nama} {wilayah}",
        "Standar Operasional Prosedur {nama}",
    ),
    added=(
        ("Meminta pertimbangan tenaga ahli", "Surat permintaan", "Pertimbangan ahli", 60),
        ("Mengatur konsumsi dan perjalanan peserta", "Daftar peserta", "Konsumsi siap", 30),
        ("Membentuk tim kecil pelaksana", "Konsep keputusan", "Keputusan tim", 60),
        ("Mengabarkan perubahan lewat grup pesan", "Telepon genggam", "Pesan terkirim", 5),
        ("Menempel pengumuman di kantor", "Kertas pengumuman", "Pengumuman terpasang", 10),
        ("Memotret pekerjaan di lapangan", "Kamera", "Foto kegiatan", 15),
        ("Menomori dan mencap naskah", "Cap", "Naskah bernomor", 10),
        ("Mengunggah salinan ke penyimpanan awan", "Laptop", "Salinan terunggah", 10),
        ("Mengadakan gladi bersama regu", "Daftar regu", "Regu siap", 90),
        ("Mencocokkan catatan dengan bulan lalu", "Catatan bulan lalu", "Catatan cocok", 30),
    ),
)


def reword(rng: random.Random, words: Rewording, text: str, strength: float) -> str:
    """The step in other words; `strength` is the chance of each kind of change."""
    head, _, rest = text.partition(" ")
    verb = head.lower()
    if verb in words.nouns and rng.random() < 0.25 * strength:
        head = f"{rng.choice(words.doing).capitalize()} {words.nouns[verb]}"
    elif verb in words.verbs and rng.random() < strength:
        head = rng.choice(words.verbs[verb]).capitalize()
    rest = _replace(rng, words, rest, strength)
    if rng.random() < 0.3 * strength:
        rest = _shorten(rest)
    if rng.random() < 0.2 * strength:
        rest = f"{rest} {rng.choice(words.tails)}"
    return f"{head} {rest}".strip()


def reword_noun(rng: random.Random, words: Rewording, text: str, strength: float) -> str:
    """An output or input in other words."""
    found = _replace(rng, words, text, strength)
    return found[:1].upper() + found[1:]


def _replace(rng: random.Random, words: Rewording, text: str, strength: float) -> str:
    for word, others in words.words.items():
        if rng.random() < strength:
            other = rng.choice(others)
            text = re.sub(rf"\b{word}\b", other, text, count=1, flags=re.IGNORECASE)
    return text


def _shorten(text: str) -> str:
    """Without a closing remark that tells how or whence; an object stays."""
    for mark in (" sesuai ", " menurut ", " dari ", " beserta ", " pada ", " melalui "):
        at = text.find(mark)
        if at >= 12:
            return text[:at]
    return text
