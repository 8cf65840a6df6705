"""Five sheets as a comparison meets them, in our own words; agencies and persons are invented.

They stand to one another as the seeds do: two copies with names changed, two of one procedure in
different words, and one that is neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sopextract.model.record import DasarHukum, Langkah, Pelaksana, SopRecord, Waktu
from tests.factories import langkah, record

MINUTES = {"Menit": 1, "Jam": 60, "Hari": 450, "Minggu": 2250}
ISO = {"Menit": "PT{}M", "Jam": "PT{}H", "Hari": "P{}D", "Minggu": "P{}W"}


def waktu(teks: str) -> Waktu:
    """A time from "2 Hari"; words without an amount keep none."""
    amount, _, unit = teks.partition(" ")
    if unit not in ISO:
        return Waktu(teks=teks)
    return Waktu(
        teks=teks, durasi=ISO[unit].format(amount), menit_kerja=int(amount) * MINUTES[unit]
    )


def law(id_: str, jenis: str, **fields: Any) -> DasarHukum:
    """A regulation from its id's last two parts."""
    _, tahun, nomor = id_.split("/")
    teks = f"{jenis} Nomor {nomor} Tahun {tahun}"
    return DasarHukum(teks=teks, jenis=jenis, nomor=nomor, tahun=int(tahun), id=id_, **fields)


Step = tuple[str, str, str, str]  # kegiatan, actor, waktu, output


def sheet(
    path: str, dinas: str, kabupaten: str, nama: str, steps: Sequence[Step], **fields: Any
) -> SopRecord:
    """A sheet of an invented agency with these steps."""
    rows: tuple[Langkah, ...] = tuple(
        langkah(i, kegiatan, *([actor] if actor else []), waktu=waktu(time), output=output)
        for i, (kegiatan, actor, time, output) in enumerate(steps, 1)
    )
    actors = tuple(dict.fromkeys(s[1] for s in steps if s[1]))
    values: dict[str, Any] = {
        "source": {
            "path": path,
            "sha256": sha256(path.encode()).hexdigest(),
            "media_type": "text/plain",
            "index": 0,
        },
        "instansi": {"pemerintah": kabupaten, "perangkat_daerah": dinas},
        "nama_sop": nama,
        "langkah": rows,
        "alur": (),
        "pelaksana": tuple(
            Pelaksana(nama=name, lengkap=name, kolom=i) for i, name in enumerate(actors, 1)
        ),
    }
    return record(**(values | fields))


COPIED_STEPS: tuple[Step, ...] = (
    ("Menyiapkan lembar isian monitoring capaian", "Sekretaris", "15 Menit", "Lembar isian"),
    ("Meminta data capaian ke Bidang setiap triwulan", "Kasubag Program", "2 Hari", "Surat"),
    ("Merapikan data capaian Dinas", "Kasubag Program", "7 Hari", "Data capaian"),
    ("Menjadwalkan monitoring ke setiap Bidang", "Sekretaris", "2 Hari", "Jadwal"),
    ("Melaksanakan monitoring capaian", "Sekretaris", "7 Hari", "Catatan lapangan"),
    ("Merangkum catatan lapangan", "Kasubag Program", "3 Jam", "Rangkuman"),
    ("Menganalisis rangkuman capaian", "Kasubag Program", "1 Hari", "Analisis"),
    ("Menulis naskah laporan capaian Dinas", "Kasubag Program", "2 Hari", "Naskah"),
    ("Membahas naskah laporan bersama Bidang", "Kasubag Program", "1 Minggu", "Naskah"),
    ("Memperbaiki naskah laporan", "Kasubag Program", "3 Hari", "Naskah"),
    ("Memverifikasi naskah laporan", "Kasubag Program", "1 Hari", "Naskah"),
    ("Menerbitkan laporan capaian Dinas", "Kepala Dinas", "1 Hari", "Laporan"),
    ("Menyimpan laporan capaian Dinas", "Sekretaris", "15 Menit", "Laporan"),
)
_OTHER_ACTORS = {"Kasubag Program": "Kasubag PKP"}
COPY_STEPS: tuple[Step, ...] = tuple(
    (
        text.replace("Meminta data capaian ke Bidang setiap", "Meminta data capaian Bidang/")
        .replace("Melaksanakan monitoring", "Melaksanakan pemantauan"),
        _OTHER_ACTORS.get(actor, actor), time, output,
    )
    for text, actor, time, output in COPIED_STEPS
)  # fmt: skip

UU_23 = law("uu/2014/23", "UU", status="diubah")
PP_12 = law("pp/2019/12", "PP", status="berlaku")
PERPRES_29 = law("perpres/2014/29", "Perpres", status="berlaku")
PERMENPANRB_53 = law("permen-panrb/2014/53", "PermenPANRB", status="dicabut")


def five() -> list[SopRecord]:
    """0 and 4 are one procedure, 2 and 3 are copies of one another, 1 is alone."""
    return [
        sheet(
            "prov/monev.txt", "Dinas Perikanan", "Pemerintah Provinsi Jawa Tengah",
            "Monitoring Evaluasi Kinerja secara periodik",
            (
                (
                    "Memerintahkan staf menyiapkan bahan monev",
                    "Kasubbag TU",
                    "15 Menit",
                    "Disposisi",
                ),
                ("Menyiapkan bahan monev kinerja", "Pelaksana", "30 Menit", "Bahan monev"),
                ("Membuat undangan rapat persiapan", "Kasubbag TU", "60 Menit", "Undangan"),
                ("Melaksanakan monev kinerja", "", "Sesuai jadwal", "Hasil monev"),
                ("Menelaah laporan hasil monev", "Kepala Bagian", "30 Menit", "Laporan"),
                ("Mengarsipkan laporan monev", "Arsiparis", "5 Menit", "Arsip"),
            ),
            dasar_hukum=(PERPRES_29, PERMENPANRB_53),
        ),
        sheet(
            "prov/perbaikan.txt", "Dinas Perikanan", "Pemerintah Provinsi Jawa Tengah",
            "Perbaikan Data Kinerja",
            (
                (
                    "Memerintahkan pembuatan nota dinas permintaan data",
                    "Karo",
                    "5 Menit",
                    "Disposisi",
                ),
                ("Menghimpun data kinerja yang diperbaiki", "Pelaksana", "20 Menit", "Bahan"),
                (
                    "Menelaah perbaikan data, jika tidak setuju dikembalikan",
                    "Kasubbag TU",
                    "20 Menit",
                    "Draft",
                ),
                ("Mengarsipkan perbaikan data kinerja", "Arsiparis", "5 Menit", "Arsip"),
            ),
            dasar_hukum=(PERMENPANRB_53,),
        ),
        sheet(
            "kab-a/monitoring.txt", "Dinas Sosial", "Pemerintah Kabupaten Banyumas",
            "Monitoring/Evaluasi Internal Capaian Kinerja", COPIED_STEPS,
            dasar_hukum=(UU_23, PP_12),
            kualifikasi_pelaksana=("Mampu bekerja sama dengan Bidang di lingkup Dinas",),
        ),
        sheet(
            "kab-b/pemantauan.txt", "Dinas Perhubungan", "Pemerintah Kabupaten Sleman",
            "Pemantauan Capaian Kinerja Internal", COPY_STEPS,
            dasar_hukum=(UU_23, PP_12),
            kualifikasi_pelaksana=("Mampu bekerja sama dengan Bidang di lingkup Badan",),
        ),
        sheet(
            "kab-c/mekanisme.txt", "Dinas Perpustakaan", "Pemerintah Kabupaten Wonogiri",
            "Mekanisme Monitoring dan Evaluasi Kinerja",
            (
                (
                    "Memerintahkan tim melakukan monitoring dan evaluasi",
                    "Kepala Dinas",
                    "15 Menit",
                    "Disposisi",
                ),
                ("Memberi arahan kepada tim", "Sekretaris", "2 Jam", "Arahan"),
                ("Berkoordinasi dengan tiap unit kerja", "Tim Monitoring", "1 Hari", "Bahan monev"),
                ("Mengevaluasi data hasil monev", "Tim Monitoring", "1 Hari", "Hasil monev"),
                (
                    "Melaksanakan arahan kepala dinas",
                    "Subbag Perencanaan",
                    "1 Hari",
                    "Rencana tindak lanjut",
                ),
            ),
            dasar_hukum=(PERPRES_29, PERMENPANRB_53),
        ),
    ]  # fmt: skip
