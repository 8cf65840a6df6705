"""Agencies, posts and people. Regions are real, every person and every office text is invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Agency:
    """One office. `bidang` and `seksi` name its parts; `kind` decides its head's title."""

    wilayah: str
    nama: str
    kode: str
    kind: str
    bidang: tuple[str, ...]
    subbag: tuple[str, ...]
    alamat: str


_SUB = ("Umum", "TU", "Program", "Keuangan")

TUNING: tuple[Agency, ...] = (
    Agency(
        "Kabupaten Banyumas",
        "Dinas Perikanan dan Peternakan",
        "DINKANNAK",
        "Dinas",
        ("Perikanan Budidaya", "Kesehatan Hewan"),
        _SUB,
        "Jalan Kenanga Raya Nomor 18 Purwokerto",
    ),
    Agency(
        "Kabupaten Lombok Tengah",
        "Dinas Pariwisata",
        "DISPAR",
        "Dinas",
        ("Destinasi", "Pemasaran"),
        ("Umum", "Program"),
        "Jl. Mandalika No. 7 Praya",
    ),
    Agency(
        "Kota Salatiga",
        "Dinas Lingkungan Hidup",
        "DLH",
        "Dinas",
        ("Tata Lingkungan", "Persampahan"),
        _SUB,
        "Jalan Merapi Nomor 3 Salatiga",
    ),
    Agency(
        "Provinsi Sulawesi Tengah",
        "Dinas Perpustakaan dan Kearsipan",
        "DISPUSAKA",
        "Dinas",
        ("Layanan Perpustakaan", "Pengelolaan Arsip"),
        _SUB,
        "Jalan Banteng No. 22 Palu",
    ),
    Agency(
        "Kabupaten Sikka",
        "Dinas Sosial",
        "DINSOS",
        "Dinas",
        ("Rehabilitasi Sosial", "Perlindungan Sosial"),
        _SUB,
        "Jl. Nuri Nomor 4 Maumere",
    ),
    Agency(
        "Kota Tarakan",
        "Badan Pengelola Pajak dan Retribusi Daerah",
        "BPPRD",
        "Badan",
        ("Pendapatan", "Penagihan"),
        _SUB,
        "Jalan Pulau Kalimantan Nomor 1 Tarakan",
    ),
    Agency(
        "Kabupaten Toba",
        "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "BKPSDM",
        "Badan",
        ("Mutasi", "Pengembangan"),
        _SUB,
        "Jalan Siliwangi No. 9 Balige",
    ),
    Agency(
        "Provinsi Bengkulu",
        "Dinas Tanaman Pangan, Hortikultura dan Perkebunan",
        "DTPHP",
        "Dinas",
        ("Hortikultura", "Sarana Prasarana"),
        _SUB,
        "Jl. Pembangunan No. 11 Bengkulu",
    ),
    Agency(
        "Kabupaten Gianyar",
        "Dinas Kebudayaan",
        "DISBUD",
        "Dinas",
        ("Cagar Budaya", "Kesenian"),
        ("Umum", "Keuangan"),
        "Jalan Ngurah Rai Nomor 15 Gianyar",
    ),
    Agency(
        "Kabupaten Berau",
        "Dinas Perhubungan",
        "DISHUB",
        "Dinas",
        ("Lalu Lintas", "Angkutan"),
        _SUB,
        "Jalan Pemuda No. 30 Tanjung Redeb",
    ),
    Agency(
        "Kota Metro",
        "Dinas Kependudukan dan Pencatatan Sipil",
        "DISDUKCAPIL",
        "Dinas",
        ("Pendaftaran Penduduk", "Pencatatan Sipil"),
        _SUB,
        "Jl. AH Nasution No. 5 Metro",
    ),
    Agency(
        "Kabupaten Garut",
        "Dinas Pemberdayaan Masyarakat dan Desa",
        "DPMD",
        "Dinas",
        ("Pemerintahan Desa", "Kelembagaan"),
        _SUB,
        "Jalan Patriot Nomor 10 Garut",
    ),
    Agency(
        "Kabupaten Solok",
        "Dinas Ketahanan Pangan",
        "DKP",
        "Dinas",
        ("Distribusi Pangan", "Konsumsi"),
        ("Umum", "Program"),
        "Jalan Raya Arosuka Km 20",
    ),
    Agency(
        "Provinsi Maluku",
        "Dinas Kelautan dan Perikanan",
        "DKPM",
        "Dinas",
        ("Pengawasan", "Perikanan Tangkap"),
        _SUB,
        "Jalan Jenderal Sudirman Nomor 6 Ambon",
    ),
    Agency(
        "Kota Blitar",
        "Dinas Perdagangan dan Perindustrian",
        "DISPERDAGIN",
        "Dinas",
        ("Metrologi", "Sarana Perdagangan"),
        _SUB,
        "Jl. Veteran No. 41 Blitar",
    ),
    Agency(
        "Kabupaten Ketapang",
        "Badan Perencanaan Pembangunan Daerah",
        "BAPPEDA",
        "Badan",
        ("Ekonomi", "Infrastruktur"),
        _SUB,
        "Jalan Letjen S. Parman Nomor 2 Ketapang",
    ),
)

HELD_OUT: tuple[Agency, ...] = (
    Agency(
        "Kabupaten Wakatobi",
        "Dinas Pemuda dan Olahraga",
        "DISPORA",
        "Dinas",
        ("Kepemudaan", "Keolahragaan"),
        ("Umum", "Perencanaan"),
        "Jalan Samburaka No. 8 Wangi-Wangi",
    ),
    Agency(
        "Kota Bontang",
        "Badan Penanggulangan Bencana Daerah",
        "BPBD",
        "Badan",
        ("Kedaruratan", "Rehabilitasi"),
        ("Umum", "Keuangan"),
        "Jalan Awang Long Nomor 12 Bontang",
    ),
    Agency(
        "Provinsi Jambi",
        "Dinas Kehutanan",
        "DISHUT",
        "Dinas",
        ("Penyuluhan", "Tata Hutan"),
        ("Umum", "Program"),
        "Jl. Arif Rahman Hakim No. 10 Jambi",
    ),
    Agency(
        "Kabupaten Sumba Barat",
        "Dinas Tenaga Kerja dan Transmigrasi",
        "NAKERTRANS",
        "Dinas",
        ("Hubungan Industrial", "Penempatan"),
        ("Umum", "TU"),
        "Jalan Weekarou Nomor 3 Waikabubak",
    ),
    Agency(
        "Kabupaten Pemalang",
        "Badan Keuangan dan Aset Daerah",
        "BKAD",
        "Badan",
        ("Akuntansi", "Perbendaharaan"),
        ("Umum", "Program"),
        "Jalan Surohadikusumo No. 1 Pemalang",
    ),
    Agency(
        "Kota Padang Panjang",
        "Dinas Pekerjaan Umum dan Penataan Ruang",
        "DPUPR",
        "Dinas",
        ("Bina Marga", "Sumber Daya Air"),
        ("Umum", "Keuangan"),
        "Jalan Sutan Syahrir Nomor 25",
    ),
    Agency(
        "Kabupaten Sorong",
        "Dinas Koperasi dan Perindustrian",
        "DISKOPERIN",
        "Dinas",
        ("Kelembagaan Koperasi", "Industri Kecil"),
        ("Umum", "Program"),
        "Jl. Klamono Km 24 Aimas",
    ),
)

# Labels of a role. {head} Kepala/…, {kind} Dinas/Badan, {bid} a bidang, {sub} a subbagian.
ROLES: dict[str, tuple[tuple[str, str | None], ...]] = {
    "kepala": (("Kepala {kind}", "Kepala {kind}"),),
    "sekretaris": (("Sekretaris", None), ("Sekretaris {kind}", "Sekretaris {kind}")),
    "kabid": (
        ("Kabid {bid}", "Kepala Bidang {bid}"),
        ("Kepala Bidang {bid}", "Kepala Bidang {bid}"),
        ("Kepala Bidang", "Kepala Bidang"),
        ("Kabid", "Kepala Bidang"),
    ),
    "kasubbag": (
        ("Kasubbag {sub}", None),
        ("Kasubag {sub}", None),
        ("Kepala Sub Bagian {sub}", None),
        ("Kasubbag {sub}", None),
    ),
    "kasi": (
        ("Kasi {bid}", "Kepala Seksi {bid}"),
        ("Kepala Seksi", "Kepala Seksi"),
        ("Sub Koordinator", None),
        ("Ketua Tim Kerja", None),
    ),
    "pelaksana": (
        ("Staf", None),
        ("Pelaksana", None),
        ("Staf Pelaksana", None),
        ("Pengadministrasi Umum", None),
        ("JFU", None),
    ),
    "arsiparis": (("Arsiparis", None), ("Pengelola Arsip", None), ("Pengadministrasi Arsip", None)),
    "petugas": (("Petugas Loket", None), ("Front Office", None), ("Petugas Pelayanan", None)),
    "pemohon": (("Pemohon", None), ("Masyarakat", None), ("Pengguna Layanan", None)),
    "tim": (("Tim Teknis", None), ("Tim Verifikasi", None), ("Tim Penilai", None)),
    "bendahara": (("Bendahara Pengeluaran", None), ("Bendahara", None)),
    "operator": (("Operator", None), ("Operator Aplikasi", None), ("Admin Aplikasi", None)),
}

ROLES_HELD_OUT: dict[str, tuple[tuple[str, str | None], ...]] = {
    "kepala": (("Ka. {kind}", "Kepala {kind}"), ("Kepala {kind}", "Kepala {kind}")),
    "sekretaris": (("Sekretaris", None), ("Sekdis", None)),
    "kabid": (("Kabid. {bid}", "Kepala Bidang {bid}"), ("Kepala Bidang Terkait", None)),
    "kasubbag": (("Ka. Subbag {sub}", None), ("Kasub Bag {sub}", None)),
    "kasi": (("Kasie {bid}", "Kepala Seksi {bid}"), ("Subkoordinator {bid}", None)),
    "pelaksana": (("Pengolah Data", None), ("Staf Bidang", None), ("Analis", None)),
    "arsiparis": (("Penata Arsip", None), ("Arsiparis Terampil", None)),
    "petugas": (("Resepsionis", None), ("Petugas Informasi", None)),
    "pemohon": (("Warga", None), ("Pelapor", None), ("Perusahaan Pemohon", None)),
    "tim": (("Tim Lapangan", None), ("Tim Pemeriksa", None)),
    "bendahara": (("Bendahara Pembantu", None), ("BPP", None)),
    "operator": (("Operator SIPD", None), ("Pranata Komputer", None)),
}

FIRST = (
    "Bambang",
    "Rosdiana",
    "Yulianti",
    "Herlambang",
    "Kurniasih",
    "Maruli",
    "Ketut",
    "Andi",
    "Nurhayati",
    "Fransiska",
    "Darmawan",
    "Sitti",
    "Eko",
    "Murniati",
    "Zulkarnain",
    "Wayan",
    "Imelda",
    "Suharto",
    "Lestari",
    "Paulus",
)
LAST = (
    "Prawirasena",
    "Tambunsaribu",
    "Wiratmoko",
    "Mandagi",
    "Hasbullahi",
    "Nugrahani",
    "Sukmadita",
    "Parangin",
    "Latumeten",
    "Adikarya",
    "Rengganis",
    "Bhayangkari",
    "Sirumapea",
    "Tanjungpura",
    "Kertanegari",
)
TITLES = (
    ", S.E., M.M",
    ", S.Sos., M.AP",
    ", S.H",
    ", S.STP., M.Si",
    ", S.P., M.Si",
    ", S.Pi",
    ", S.T., M.T",
    ", S.Kom",
    "",
)
PREFIXES = ("", "", "", "Ir. ", "Drs. ", "Dr. ", "H. ", "Hj. ")
RANKS = (
    "Pembina Tk. I /IV/b",
    "Pembina Tk. I (IV/b)",
    "Pembina Utama Muda",
    "Pembina (IV/a)",
    "Penata Tk. I",
    "Pembina Utama Muda (IV/c)",
)
