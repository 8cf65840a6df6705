"""Labels, hand-over phrases, times and typing errors: for tuning, and apart for the kept sheets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One vocabulary of a form; every field is a list to choose from."""

    labels: dict[str, tuple[str, ...]]
    columns: dict[str, tuple[str, ...]]
    handover: tuple[str, ...]
    decision: tuple[str, ...]
    decision_own: tuple[str, ...]
    order: tuple[str, ...]
    faulty: dict[str, tuple[str, ...]]


# Label variants as domain.md 2.1 and 2.2 list them.
TUNING = Words(
    labels={
        "nomor_sop": ("Nomor SOP", "Nomor SOP", "NOMOR SOP", "No. SOP"),
        "tanggal_pembuatan": ("Tanggal Pembuatan", "Tgl. Pembuatan", "TGL. PEMBUATAN"),
        "tanggal_revisi": ("Tanggal Revisi", "Tgl. Revisi", "TGL. REVISI"),
        "tanggal_efektif": ("Tanggal Efektif", "Tgl. Efektif", "TGL. EFEKTIF"),
        "tanggal_pengesahan": ("Tanggal Pengesahan", "Tgl Pengesahan"),
        "disahkan_oleh": ("Disahkan oleh", "Disahkan Oleh", "DISAHKAN OLEH"),
        "nama_sop": ("Nama SOP", "NAMA SOP", "Judul SOP"),
        "dasar_hukum": ("Dasar Hukum", "DASAR HUKUM"),
        "kualifikasi_pelaksana": (
            "Kualifikasi pelaksana",
            "Kualifikasi Pelaksana",
            "KUALIFIKASI PELAKSANA",
        ),
        "keterkaitan": ("Keterkaitan", "KETERKAITAN"),
        "peralatan_perlengkapan": (
            "Peralatan/perlengkapan",
            "Peralatan/Perlengkapan",
            "Peralatan / Perlengkapan",
        ),
        "peringatan": ("Peringatan", "PERINGATAN"),
        "pencatatan_pendataan": (
            "Pencatatan dan pendataan",
            "Pencatatan dan Pendataan",
            "PENCATATAN DAN PENDATAAN",
        ),
    },
    columns={
        "no": ("No.", "No", "NO"),
        "kegiatan": ("Aktivitas", "Kegiatan", "URAIAN PROSEDUR", "Uraian Kegiatan"),
        "pelaksana": ("Pelaksana", "PELAKSANA"),
        "mutu_baku": ("Mutu Baku", "MUTU BAKU", "MUTU BUKU"),
        "kelengkapan": ("Kelengkapan", "Kelengkapan dan Peralatan", "Persyaratan/Kelengkapan"),
        "waktu": ("Waktu", "WAKTU"),
        "output": ("Output", "Out Put", "OUTPUT"),
        "keterangan": ("Ket", "Ket.", "Keterangan", "ket"),
    },
    handover=(
        "{text} dan menyampaikan kepada {next}",
        "{text}, kemudian diserahkan kepada {next}",
        "{text} lalu meneruskan kepada {next}",
        "{text}, selanjutnya disampaikan kepada {next}",
        "{text} dan menyerahkan kepada {next}",
    ),
    decision=(
        "{text}, jika tidak setuju dikembalikan kepada {prev} untuk diperbaiki, jika setuju "
        "diparaf dan diserahkan kepada {next}",
        "{text}, apabila tidak sesuai dikembalikan kepada {prev}, apabila sesuai diteruskan "
        "kepada {next}",
        "{text}, jika belum lengkap dikembalikan kepada {prev} untuk dilengkapi, jika lengkap "
        "disampaikan kepada {next}",
        "{text}. Jika tidak disetujui dikembalikan kepada {prev}, jika disetujui diserahkan "
        "kepada {next}",
    ),
    decision_own=(
        "{text}, jika tidak setuju dikembalikan kepada {prev} untuk diperbaiki, jika setuju "
        "diparaf",
        "{text}, apabila tidak sesuai dikembalikan kepada {prev}, apabila sesuai dilanjutkan "
        "ke tahap berikutnya",
    ),
    order=("Memerintahkan {next} untuk {tujuan}", "Menugaskan {next} untuk {tujuan}"),
    # Reading and typing errors of labels seen on real sheets (domain.md 2.1, 2.2, 4.1, 4.2).
    faulty={
        "nomor_sop": ("MOR SOP", "Nornor SOP"),
        "tanggal_efektif": ("Tanggal Efektip",),
        "kualifikasi_pelaksana": ("IKUALIFIKASI PELAKSANA", "Kualifiksi Pelaksana"),
        "keterkaitan": ("ERKAITAN",),
        "pencatatan_pendataan": ("Pencatatan & Pendaftaran",),
        "kelengkapan": ("Kelangkapan",),
        "output": ("Autput",),
    },
)

HELD_OUT = Words(
    labels={
        "nomor_sop": ("No SOP", "NOMOR SOP AP", "Nomor"),
        "tanggal_pembuatan": ("Tgl Pembuatan", "Tanggal Dibuat", "TANGGAL PEMBUATAN"),
        "tanggal_revisi": ("Tgl Revisi", "TANGGAL REVISI"),
        "tanggal_efektif": ("TGL. EFEKTIP", "Tanggal Diberlakukan", "TANGGAL EFEKTIF"),
        "tanggal_pengesahan": ("TANGGAL PENGESAHAN", "Tgl. Pengesahan"),
        "disahkan_oleh": ("Disetujui Oleh", "Disahkan oleh :", "DISAHKAN OLEH"),
        "nama_sop": ("JUDUL SOP", "Judul", "Nama SOP :"),
        "dasar_hukum": ("Landasan Hukum", "DASAR HUKUM", "Dasar Hukum :"),
        "kualifikasi_pelaksana": (
            "Kualifikasi Pelaksanaan",
            "KUALIFIKASI PELAKSANA",
            "Kualifikasi Pelaksana :",
        ),
        "keterkaitan": ("SOP Terkait", "Keterkaitan Dengan SOP Lain", "Keterkaitan :"),
        "peralatan_perlengkapan": ("Peralatan dan Perlengkapan", "PERALATAN/ PERLENGKAPAN"),
        "peringatan": ("Peringatan/Resiko", "PERINGATAN", "Peringatan :"),
        "pencatatan_pendataan": ("Pencatatan & Pendataan", "PENCATATAN DAN PENDATAAN"),
    },
    columns={
        "no": ("NO.", "No"),
        "kegiatan": ("Uraian Aktivitas", "Langkah Kegiatan", "AKTIVITAS", "Uraian"),
        "pelaksana": ("Pelaksana SOP", "PELAKSANA", "Pihak Terkait"),
        "mutu_baku": ("Mutu Buku", "MUTU BAKU"),
        "kelengkapan": ("Persyaratan/Perlengkapan", "Kelengkapan", "Persyaratan"),
        "waktu": ("Jangka Waktu", "Waktu"),
        "output": ("Keluaran", "Output", "Hasil"),
        "keterangan": ("KET", "Keterangan / Catatan", "Keterangan"),
    },
    handover=(
        "{text} serta menyerahkannya kepada {next}",
        "{text}, hasilnya disampaikan ke {next}",
        "{text} untuk diteruskan kepada {next}",
        "{text} dan mengirimkan kepada {next}",
        "{text}, lalu diserahkan ke {next}",
    ),
    decision=(
        "{text}, bila ditolak dikembalikan ke {prev}, bila disetujui diserahkan kepada {next}",
        "{text}, apabila belum memenuhi syarat dikembalikan kepada {prev} untuk "
        "disempurnakan, apabila memenuhi syarat diteruskan kepada {next}",
        "{text}. Jika tidak lengkap dikembalikan kepada {prev}, jika lengkap disampaikan "
        "kepada {next}",
    ),
    decision_own=(
        "{text}, bila ditolak dikembalikan ke {prev}, bila disetujui dilanjutkan",
        "{text}, jika tidak lengkap dikembalikan kepada {prev}, jika lengkap diberi tanda",
    ),
    order=("Menginstruksikan {next} untuk {tujuan}", "Meminta {next} untuk {tujuan}"),
    faulty={
        "nomor_sop": ("Nomer SOP", "N0MOR SOP"),
        "tanggal_revisi": ("[TL REVISI",),
        "tanggal_pembuatan": ("Tanggal Pernbuatan",),
        "dasar_hukum": ("Dasar Hukurn",),
        "keterkaitan": ("Keterkaitarr",),
        "peringatan": ("Peringatarr", "PERlNGATAN"),
        "peralatan_perlengkapan": ("Peralatan/Perlengkapari",),
        "pelaksana": ("Pclaksana",),
        "waktu": ("Waklu",),
        "output": ("0utput",),
    },
)

PADDING: tuple[tuple[str, str, str, int], ...] = (
    (
        "Melakukan koordinasi dengan unit terkait",
        "Telepon, surat elektronik",
        "Catatan koordinasi",
        60,
    ),
    ("Membuat dokumentasi pelaksanaan kegiatan", "Kamera", "Dokumentasi", 15),
    ("Memberikan penjelasan mengenai hal yang masih meragukan", "Bahan penjelasan", "Notula", 45),
    ("Mengumpulkan bukti pendukung pekerjaan", "Map, bukti pendukung", "Bukti terkumpul", 120),
    ("Melengkapi informasi yang masih kurang", "Lembar catatan", "Informasi lengkap", 90),
    ("Menyampaikan perkembangan pekerjaan dalam rapat mingguan", "Ruang rapat", "Bahan rapat", 60),
    ("Merapikan dokumen menurut tanggal", "Map", "Dokumen tertata", 20),
)

# Typing and reading errors seen on real sheets (domain.md 4.1 and 4.2): right word, wrong form.
TYPOS: tuple[tuple[str, str], ...] = (
    ("mengumpulkan", "mengumpulka"),
    ("melakukan", "melakulan"),
    ("menyampaikan", "menyampaiakn"),
    ("menyampaikan", "menampaikan"),
    ("menyiapkan", "menyapkan"),
    ("evaluasi", "evalusi"),
    ("kinerja", "kineria"),
    ("kinerja", "kinrja"),
    ("untuk", "utuk"),
    ("informasi", "infomasi"),
    ("pekerjaan", "pekerjan"),
    ("surat", "sueat"),
    ("daftar", "daftra"),
    ("pemeriksaan", "pemeriksaaan"),
    ("dokumen", "dokurnen"),
    ("kegiatan", "kegiatarr"),
    ("administrasi", "adminstrasi"),
    ("memberikan", "memeberikan"),
    ("melalui", "malalui"),
    ("persetujuan", "pesetujuan"),
    ("peserta", "pesrta"),
    ("monitoring", "monitorng"),
    ("sosialisasi", "sosialiasi"),
    ("mekanisme", "mekanismen"),
    ("akuntabilitas", "akunabilitas"),
    ("laporan kinerja", "laporan kineria"),
    ("dokumen", "dokumerr"),
    ("evaluasi", "evaiuasi"),
)
