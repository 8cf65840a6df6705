"""Agencies and actors of the fresh sheets (seeds from 9500). Not to be looked at while tuning."""

from __future__ import annotations

from tools.make_sheets.agencies import Agency

FRESH: tuple[Agency, ...] = (
    Agency(
        "Kabupaten Enrekang",
        "Dinas Peternakan dan Kesehatan Hewan",
        "DISNAKKESWAN",
        "Dinas",
        ("Kesehatan Hewan", "Budidaya Ternak"),
        ("Umum", "Perlengkapan"),
        "Jalan Buttu Juppandang Nomor 77 Enrekang",
    ),
    Agency(
        "Kota Tidore Kepulauan",
        "Dinas Perpustakaan",
        "DISPUS",
        "Dinas",
        ("Pengembangan Koleksi", "Layanan Pustaka"),
        ("Umum", "Keuangan"),
        "Jl. Sultan Syaifuddin No. 3 Soasio",
    ),
    Agency(
        "Provinsi Gorontalo",
        "Badan Riset dan Inovasi Daerah",
        "BRIDA",
        "Badan",
        ("Inovasi", "Riset Terapan"),
        ("Tata Usaha", "Program"),
        "Jalan Sapta Marga Nomor 108 Botu",
    ),
    Agency(
        "Kabupaten Tabalong",
        "Dinas Perumahan dan Kawasan Permukiman",
        "DISPERKIM",
        "Dinas",
        ("Kawasan Permukiman", "Pertamanan"),
        ("Umum", "Perencanaan"),
        "Jalan Jaksa Agung Soeprapto Tanjung",
    ),
    Agency(
        "Kabupaten Manggarai Timur",
        "Badan Pendapatan Daerah",
        "BAPENDA",
        "Badan",
        ("Penagihan", "Pendataan dan Penetapan"),
        ("Umum", "Keuangan"),
        "Jl. Golo Karot, Borong",
    ),
    Agency(
        "Kota Subulussalam",
        "Dinas Pemadam Kebakaran",
        "DAMKAR",
        "Dinas",
        ("Pencegahan", "Operasi"),
        ("Umum", "Sarana"),
        "Jalan Teuku Umar Nomor 19",
    ),
)

ROLES_FRESH: dict[str, tuple[tuple[str, str | None], ...]] = {
    "kepala": (("Kepala {kind}", "Kepala {kind}"), ("Pimpinan", None)),
    "sekretaris": (("Sekretaris {kind}", "Sekretaris {kind}"), ("Sekban", None)),
    "kabid": (("Kepala Bidang {bid}", "Kepala Bidang {bid}"), ("Kabid Teknis", None)),
    "kasubbag": (("Kasubbag. {sub}", None), ("Kepala Subbagian {sub}", None)),
    "kasi": (("Ketua Tim {bid}", None), ("Penanggung Jawab {bid}", None)),
    "pelaksana": (("Pengelola Data", None), ("Fungsional Umum", None), ("Penelaah Teknis", None)),
    "arsiparis": (("Petugas Arsip", None), ("Arsiparis Mahir", None)),
    "petugas": (("Petugas Penerima", None), ("Customer Service", None)),
    "pemohon": (("Wajib Pajak", None), ("Kelompok Tani", None), ("Pengadu", None)),
    "tim": (("Tim Survei", None), ("Regu Jaga", None), ("Tim Pelaksana", None)),
    "bendahara": (("Bendahara Penerimaan", None), ("Pembantu Bendahara", None)),
    "operator": (("Pengelola Sistem", None), ("Teknisi", None)),
}
