"""Procedures that look like a topic and are another: opposites, other objects, near titles."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from tools.make_sheets.topics import Act, Topic


@dataclass(frozen=True)
class LookAlike:
    """Titles of the other procedure, and the words of the steps that become others."""

    of: str  # first title of the topic
    nama: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


TUNING = (
    LookAlike(
        "Penanganan Surat Masuk",
        ("Penanganan Surat Keluar", "Pengelolaan Surat Keluar Dinas"),
        (("menerima surat", "mengirim surat"), ("disposisi", "pengantar"), ("masuk", "keluar")),
    ),
    LookAlike(
        "Permohonan Cuti Tahunan Pegawai",
        ("Permohonan Cuti Sakit Pegawai", "Pemberian Cuti Sakit"),
        (("hak cuti", "surat dokter"), ("kartu cuti", "keterangan dokter")),
    ),
    LookAlike(
        "Permohonan Cuti Tahunan Pegawai",
        ("Permohonan Izin Belajar Pegawai", "Pemberian Izin Belajar"),
        (("cuti", "izin belajar"), ("sisa hak", "syarat")),
    ),
    LookAlike(
        "Penyusunan Rencana Kerja Tahunan",
        ("Penyusunan Rencana Strategis", "Penyusunan Rencana Strategis Perangkat Daerah"),
        (("rencana kerja", "rencana strategis"), ("tahun lalu", "lima tahun")),
    ),
    LookAlike(
        "Pelayanan Peminjaman Buku",
        ("Pelayanan Pengembalian Buku", "Pengembalian Bahan Pustaka"),
        (("pinjam", "kembali"), ("peminjaman", "pengembalian"), ("mengambil", "menerima")),
    ),
    LookAlike(
        "Pencairan Belanja Langsung",
        ("Pencairan Belanja Tidak Langsung", "Pengajuan Pembayaran Gaji"),
        (("pembayaran", "gaji"), ("kuitansi", "daftar gaji"), ("belanja", "gaji")),
    ),
    LookAlike(
        "Penanganan Pengaduan Masyarakat",
        ("Penanganan Permohonan Informasi", "Pelayanan Informasi Publik"),
        (("pengaduan", "permohonan informasi"), ("aduan", "informasi"), ("keluhan", "permintaan")),
    ),
    LookAlike(
        "Pengelolaan Barang Persediaan",
        ("Penerimaan Barang Persediaan", "Pencatatan Barang Masuk Gudang"),
        (("permintaan", "penerimaan"), ("mengurangi", "menambah"), ("pengeluaran", "pemasukan")),
    ),
    LookAlike(
        "Pengumpulan Data Produksi Perikanan",
        ("Pengumpulan Data Harga Pasar", "Pendataan Harga Mingguan"),
        (("produksi", "harga"), ("pembudidaya", "pedagang"), ("panen", "dagangan")),
    ),
    LookAlike(
        "Penerbitan Rekomendasi Izin Trayek",
        ("Penerbitan Rekomendasi Izin Parkir", "Pelayanan Rekomendasi Izin Perparkiran"),
        (("kendaraan", "lahan parkir"), ("stnk", "sertifikat lahan"), ("trayek", "parkir")),
    ),
    LookAlike(
        "Penyusunan Laporan Kinerja",
        ("Penyusunan Laporan Keuangan", "Penyusunan Laporan Keuangan Triwulan"),
        (("kinerja", "keuangan"), ("indikator", "anggaran"), ("capaian", "serapan")),
    ),
    LookAlike(
        "Penyaluran Bantuan Sosial",
        ("Pengawasan Bantuan Sosial", "Pengawasan Bantuan bagi Lanjut Usia"),
        (
            ("menyalurkan", "mengawasi"),
            ("calon penerima", "penerima"),
            ("penyaluran", "pengawasan"),
        ),
    ),
    LookAlike(
        "Perbaikan Jaringan Komputer",
        ("Pengadaan Jaringan Komputer", "Pengadaan Perangkat Komputer"),
        (("gangguan", "kebutuhan"), ("perbaikan", "pengadaan"), ("mengganti", "membeli")),
    ),
)

APART = (
    LookAlike(
        "Tanggap Darurat Banjir",
        ("Tanggap Darurat Kebakaran", "Penanganan Kejadian Kebakaran"),
        (("banjir", "kebakaran"), ("air", "api"), ("perahu", "mobil pemadam")),
    ),
    LookAlike(
        "Penyelesaian Perselisihan Hubungan Industrial",
        ("Penyelesaian Sengketa Tanah", "Mediasi Sengketa Tanah"),
        (("perselisihan", "sengketa tanah"), ("pekerja", "pemilik"), ("perusahaan", "penggarap")),
    ),
    LookAlike(
        "Penyusunan Neraca Aset Daerah",
        ("Penghapusan Aset Daerah", "Penghapusan Aset Tetap"),
        (("neraca", "penghapusan"), ("rekonsiliasi", "usulan hapus"), ("saldo", "kondisi")),
    ),
    LookAlike(
        "Pembinaan Cabang Olahraga",
        ("Pembinaan Cabang Seni", "Seleksi Penari Pelajar"),
        (("atlet", "penari"), ("olahraga", "seni"), ("latihan", "gladi")),
    ),
    LookAlike(
        "Pemeliharaan Jalan Berlubang",
        ("Pemeliharaan Jembatan", "Pengecatan Jembatan Kota"),
        (("jalan", "jembatan"), ("lubang", "karat"), ("aspal", "cat")),
    ),
    LookAlike(
        "Vaksinasi Ternak Kelompok",
        ("Inseminasi Ternak Kelompok", "Pelaksanaan Inseminasi Buatan Ternak"),
        (("vaksin", "semen beku"), ("dosis", "pejantan"), ("divaksin", "diinseminasi")),
    ),
    LookAlike(
        "Pengadaan Koleksi Buku",
        ("Penyiangan Koleksi Buku", "Seleksi dan Penyiangan Bahan Pustaka"),
        (("pengadaan", "penyiangan"), ("membeli", "menarik"), ("usulan", "daftar rusak")),
    ),
    LookAlike(
        "Penebangan Pohon Rawan Tumbang",
        ("Penanaman Pohon Peneduh Jalan", "Penanaman Pohon"),
        (("menebang", "menanam"), ("tumbang", "tumbuh"), ("memotong", "menyiram")),
    ),
    LookAlike(
        "Keberatan Ketetapan Pajak",
        ("Angsuran Ketetapan Pajak", "Pengajuan Angsuran Pajak Daerah"),
        (("keberatan", "angsuran"), ("alasan", "kemampuan"), ("banding", "jadwal angsur")),
    ),
)

# How much of a look-alike's flow is its own: the rest differs from the topic by its words alone.
OWN_SHARE = 0.4


def look_alikes(
    rng: random.Random, topics: tuple[Topic, ...], known: tuple[LookAlike, ...]
) -> list[Topic]:
    """The look-alike procedures of these topics."""
    found: list[Topic] = []
    by_name = {t.nama[0]: t for t in topics}
    for one in known:
        if one.of in by_name:
            found.append(_turn(rng, by_name[one.of], one, topics))
    return found


def _turn(rng: random.Random, topic: Topic, other: LookAlike, topics: tuple[Topic, ...]) -> Topic:
    foreign = [a for t in topics if t is not topic for a in t.acts if a.role in topic.order]
    acts: list[Act] = []
    for act in topic.acts:
        if rng.random() < OWN_SHARE:
            taken = rng.choice(foreign)
            acts.append(replace(taken, review=None))
            continue
        texts = [act.text, act.kelengkapan, act.output]
        for here, there in other.words:
            pattern = re.compile(rf"\b{here}\b", re.IGNORECASE)
            texts = [pattern.sub(there, t) for t in texts]
        acts.append(
            replace(
                act,
                text=texts[0][:1].upper() + texts[0][1:],
                kelengkapan=texts[1],
                output=texts[2],
            )
        )
    return replace(topic, nama=other.nama, acts=tuple(acts))
