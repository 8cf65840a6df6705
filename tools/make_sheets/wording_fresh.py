"""Labels and phrases of the fresh sheets (seeds from 9500). Not to be looked at while tuning."""

from __future__ import annotations

from tools.make_sheets.wording import Words

FRESH = Words(
    labels={
        "nomor_sop": ("NO. SOP", "Nomor SOP AP", "No. Dokumen SOP"),
        "tanggal_pembuatan": ("Tgl. Dibuat", "TGL PEMBUATAN", "Tanggal Penyusunan"),
        "tanggal_revisi": ("TGL REVISI", "Tgl. Perubahan", "Tanggal Revisi"),
        "tanggal_efektif": ("Tgl Efektif", "Tanggal Berlaku", "TGL EFEKTIF"),
        "tanggal_pengesahan": ("Tgl. Disahkan", "TGL PENGESAHAN"),
        "disahkan_oleh": ("Disahkan Oleh:", "Ditetapkan Oleh", "DISAHKAN OLEH :"),
        "nama_sop": ("Nama S O P", "NAMA SOP :", "Judul SOP AP"),
        "dasar_hukum": ("DASAR HUKUM :", "Dasar hukum"),
        "kualifikasi_pelaksana": ("KUALIFIKASI PELAKSANA :", "Kualifikasi Petugas Pelaksana"),
        "keterkaitan": ("KETERKAITAN :", "Keterkaitan SOP", "Keterkaitan dengan SOP lain"),
        "peralatan_perlengkapan": ("PERALATAN / PERLENGKAPAN :", "Peralatan & Perlengkapan"),
        "peringatan": ("PERINGATAN :", "Peringatan / Risiko"),
        "pencatatan_pendataan": ("PENCATATAN & PENDATAAN", "Pencatatan dan Pendataan :"),
    },
    columns={
        "no": ("No.", "NO."),
        "kegiatan": ("URAIAN KEGIATAN", "Aktifitas", "Rincian Kegiatan", "Tahapan Kegiatan"),
        "pelaksana": ("PELAKSANA KEGIATAN", "Pelaksana / Unit"),
        "mutu_baku": ("MUTU BAKU", "Standar Mutu Baku"),
        "kelengkapan": ("Kelengkapan/Bahan", "KELENGKAPAN", "Syarat Kelengkapan"),
        "waktu": ("Lama Waktu", "WAKTU", "Waktu Penyelesaian"),
        "output": ("Out put", "OUTPUT", "Hasil/Output"),
        "keterangan": ("Ket.", "KETERANGAN", "Catatan"),
    },
    handover=(
        "{text}, berikutnya diteruskan kepada {next}",
        "{text} guna disampaikan kepada {next}",
        "{text} dan melimpahkannya kepada {next}",
        "{text}, setelah itu diserahkan kepada {next}",
        "{text} serta meneruskannya ke {next}",
    ),
    decision=(
        "{text}, jika ditolak dikembalikan kepada {prev}, jika diterima diteruskan kepada {next}",
        "{text}. Bila tidak memenuhi dikembalikan kepada {prev} untuk dibenahi, bila memenuhi "
        "diserahkan kepada {next}",
        "{text}, apabila kurang dikembalikan kepada {prev}, apabila cukup disampaikan kepada "
        "{next}",
    ),
    decision_own=(
        "{text}, jika ditolak dikembalikan kepada {prev}, jika diterima dibubuhi paraf",
        "{text}, bila tidak memenuhi dikembalikan kepada {prev}, bila memenuhi diproses",
    ),
    order=("Mengarahkan {next} untuk {tujuan}", "Menunjuk {next} untuk {tujuan}"),
    faulty={
        "nomor_sop": ("Nomor S0P", "Nomcr SOP"),
        "tanggal_efektif": ("Tangga1 Efektif",),
        "tanggal_pembuatan": ("Tanggal Pembuatar",),
        "dasar_hukum": ("Dasar Hukurm",),
        "peringatan": ("Perirgatan",),
        "keterkaitan": ("Keterkaltan",),
        "pencatatan_pendataan": ("Pencatatan dan Pendataar",),
        "kelengkapan": ("Kelengkapar",),
        "keterangan": ("Keteranqan",),
    },
)
