"""Procedures used for tuning: what is done, by whom, with what, in our own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """One thing done: who, what (starting with a verb), with what, in what time, giving what.

    `review` names what is looked at when this row is a decision; its exits are worded by the
    composer. `optional` rows may be left out.
    """

    role: str
    text: str
    kelengkapan: str
    output: str
    menit: int = 30
    review: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class Topic:
    """A procedure. `order` lists its roles as the columns stand; `tujuan` ends "untuk …"."""

    nama: tuple[str, ...]
    tujuan: str
    order: tuple[str, ...]
    acts: tuple[Act, ...]
    kualifikasi: tuple[str, ...]
    keterkaitan: tuple[str, ...]
    peralatan: tuple[str, ...]
    peringatan: tuple[str, ...]
    pencatatan: tuple[str, ...]


TUNING: tuple[Topic, ...] = (
    Topic(
        ("Penanganan Surat Masuk", "Pengelolaan Surat Masuk Dinas"),
        "mencatat dan memilah surat yang diterima hari ini",
        ("kepala", "sekretaris", "kasubbag", "pelaksana", "arsiparis"),
        (
            Act("pelaksana", "Menerima surat dari kurir dan mencocokkan alamat tujuan", "Surat masuk", "Surat diterima", 5),
            Act("pelaksana", "Mencatat surat ke dalam buku agenda dan memasang lembar disposisi", "Buku agenda, lembar disposisi", "Surat teragenda", 10),
            Act("kasubbag", "Memilah surat menurut sifat dan tingkat kepentingannya", "Surat teragenda", "Surat terpilah", 15, optional=True),
            Act("sekretaris", "Membaca isi surat dan menulis saran tindak lanjut", "Surat dan lembar disposisi", "Saran tindak lanjut", 20),
            Act("kepala", "Meneliti saran tindak lanjut", "Lembar disposisi", "Disposisi", 30, review="saran tindak lanjut"),
            Act("sekretaris", "Menerima disposisi dan membagi tugas sesuai arahan pimpinan", "Disposisi", "Pembagian tugas", 15),
            Act("kasubbag", "Menggandakan surat sesuai jumlah penerima disposisi", "Mesin fotokopi", "Salinan surat", 15, optional=True),
            Act("arsiparis", "Mengarsipkan surat asli ke dalam boks arsip", "Boks arsip, folder", "Arsip surat", 10),
        ),
        ("Memahami tata naskah dinas", "Teliti dan mampu mengoperasikan komputer", "Mampu menjaga kerahasiaan surat"),
        ("SOP Pengelolaan Surat Keluar", "SOP Penataan Arsip Aktif"),
        ("Buku agenda", "Lembar disposisi", "Mesin pemindai", "Komputer"),
        ("Jika surat terlambat diteruskan maka tindak lanjutnya akan melewati batas waktu", "Surat rahasia hanya dibuka oleh pejabat yang dituju"),
        ("Buku agenda surat masuk", "Kartu kendali"),
    ),
    Topic(
        ("Permohonan Cuti Tahunan Pegawai", "Pemberian Cuti Tahunan"),
        "menyiapkan formulir cuti dan data sisa cuti pegawai",
        ("pemohon", "kasubbag", "sekretaris", "kepala", "pelaksana"),
        (
            Act("pemohon", "Mengisi formulir cuti dan melampirkan persetujuan atasan langsung", "Formulir cuti", "Formulir terisi", 15),
            Act("kasubbag", "Memeriksa sisa hak cuti pada kartu cuti pegawai", "Kartu cuti", "Catatan sisa cuti", 20),
            Act("pelaksana", "Mengetik konsep surat izin cuti", "Komputer, formulir cuti", "Konsep surat izin", 30),
            Act("kasubbag", "Mencermati konsep surat izin cuti", "Konsep surat izin", "Konsep terparaf", 15, review="konsep surat izin cuti"),
            Act("sekretaris", "Menelaah konsep surat izin cuti", "Konsep terparaf", "Konsep terparaf", 20, review="konsep surat izin cuti"),
            Act("kepala", "Menandatangani surat izin cuti", "Konsep terparaf", "Surat izin cuti", 15),
            Act("pelaksana", "Memberi nomor surat izin serta membubuhkan cap dinas", "Buku nomor, cap dinas", "Surat izin bernomor", 10),
            Act("pelaksana", "Memperbarui kartu cuti dan menyimpan tembusan surat", "Kartu cuti", "Kartu cuti mutakhir", 10, optional=True),
        ),
        ("Memahami peraturan cuti pegawai", "Menguasai aplikasi pengolah kata"),
        ("SOP Penyusunan Daftar Hadir Pegawai", "SOP Penggantian Tugas Sementara"),
        ("Formulir cuti", "Kartu cuti", "Komputer dan pencetak"),
        ("Apabila sisa cuti tidak diperiksa maka hak cuti dapat melebihi ketentuan",),
        ("Kartu cuti pegawai", "Berkas kepegawaian"),
    ),
    Topic(
        ("Penyusunan Rencana Kerja Tahunan", "Penyusunan Rencana Kerja Perangkat Daerah"),
        "menghimpun usulan program dari setiap bidang",
        ("kepala", "sekretaris", "kabid", "kasubbag", "pelaksana"),
        (
            Act("sekretaris", "Menyelenggarakan rapat persiapan penyusunan rencana kerja", "Undangan, bahan paparan", "Notula rapat", 120),
            Act("kasubbag", "Membagikan format usulan program kepada seluruh bidang", "Format usulan", "Format terkirim", 60),
            Act("kabid", "Mengisi format usulan beserta target dan kebutuhan dana", "Format usulan, data tahun lalu", "Usulan program", 2880),
            Act("pelaksana", "Mengolah usulan program menjadi tabel rencana kerja", "Usulan program", "Tabel rencana kerja", 960),
            Act("kasubbag", "Mencermati tabel rencana kerja", "Tabel rencana kerja", "Tabel terkoreksi", 480, review="tabel rencana kerja"),
            Act("sekretaris", "Membahas rancangan rencana kerja bersama para kepala bidang", "Rancangan rencana kerja", "Berita acara pembahasan", 180, optional=True),
            Act("sekretaris", "Menelaah rancangan rencana kerja", "Rancangan rencana kerja", "Rancangan terparaf", 240, review="rancangan rencana kerja"),
            Act("kepala", "Menetapkan dokumen rencana kerja", "Rancangan terparaf", "Dokumen rencana kerja", 60),
            Act("kasubbag", "Mengirimkan dokumen rencana kerja kepada badan perencanaan", "Dokumen rencana kerja", "Tanda terima", 60),
            Act("pelaksana", "Menyimpan dokumen rencana kerja beserta bahan pendukung", "Lemari arsip", "Arsip rencana kerja", 15, optional=True),
        ),
        ("Memahami sistem perencanaan pembangunan daerah", "Mampu mengolah data program", "Menguasai penyusunan indikator kinerja"),
        ("SOP Penyusunan Rencana Strategis", "SOP Penyusunan Anggaran", "SOP Evaluasi Rencana Kerja"),
        ("Dokumen rencana strategis", "Laptop", "Proyektor", "Jaringan internet"),
        ("Keterlambatan usulan bidang menyebabkan rencana kerja tidak selesai tepat waktu",),
        ("Dokumen rencana kerja tercetak", "Salinan digital"),
    ),
    Topic(
        ("Pelayanan Peminjaman Buku", "Layanan Sirkulasi Bahan Pustaka"),
        "menyiapkan meja layanan dan kartu pinjam",
        ("pemohon", "petugas", "pelaksana", "kasi", "kabid"),
        (
            Act("pemohon", "Menunjukkan kartu anggota dan menyebutkan judul yang dicari", "Kartu anggota", "Permintaan judul", 3),
            Act("petugas", "Menelusuri ketersediaan judul pada katalog", "Katalog daring", "Nomor rak", 5),
            Act("pelaksana", "Mengambil bahan pustaka dari rak koleksi", "Nomor rak", "Bahan pustaka", 10),
            Act("petugas", "Mengecek masa berlaku kartu anggota", "Kartu anggota", "Status anggota", 3, review="status keanggotaan"),
            Act("pelaksana", "Merekam transaksi pinjam dan menuliskan tanggal kembali", "Aplikasi sirkulasi", "Slip tanggal kembali", 5),
            Act("kasi", "Menyusun rekapitulasi peminjaman harian", "Data sirkulasi", "Rekapitulasi harian", 20, optional=True),
            Act("kabid", "Mengesahkan rekapitulasi peminjaman", "Rekapitulasi harian", "Rekapitulasi sah", 15, optional=True),
            Act("pelaksana", "Menata kembali kartu buku sesuai nomor panggil", "Laci kartu", "Kartu tertata", 10),
        ),
        ("Ramah dan komunikatif", "Memahami klasifikasi bahan pustaka"),
        ("SOP Pengembalian Buku", "SOP Pendaftaran Anggota"),
        ("Aplikasi sirkulasi", "Pemindai kode batang", "Stempel tanggal"),
        ("Bahan pustaka yang tidak direkam akan sulit dilacak keberadaannya",),
        ("Basis data sirkulasi", "Buku kunjungan"),
    ),
    Topic(
        ("Pencairan Belanja Langsung", "Pengajuan Pembayaran Belanja Langsung"),
        "melengkapi bukti belanja kegiatan yang akan dibayarkan",
        ("kabid", "bendahara", "kasubbag", "sekretaris", "kepala"),
        (
            Act("kabid", "Mengajukan nota permintaan pembayaran beserta kuitansi", "Nota permintaan, kuitansi", "Berkas permintaan", 30),
            Act("bendahara", "Menguji kebenaran hitungan dan ketersediaan anggaran", "Berkas permintaan, DPA", "Lembar pengujian", 60),
            Act("bendahara", "Mengetik surat permintaan pembayaran", "Lembar pengujian", "SPP", 45),
            Act("kasubbag", "Memverifikasi surat permintaan pembayaran", "SPP dan lampiran", "Lembar verifikasi", 60, review="surat permintaan pembayaran"),
            Act("sekretaris", "Mencermati lembar verifikasi", "Lembar verifikasi", "Lembar terparaf", 30, review="lembar verifikasi", optional=True),
            Act("kepala", "Menandatangani surat perintah membayar", "SPM", "SPM bertanda tangan", 20),
            Act("bendahara", "Mengunggah surat perintah membayar ke aplikasi keuangan", "Aplikasi keuangan", "Bukti unggah", 15),
            Act("bendahara", "Membukukan pengeluaran pada buku kas umum", "Buku kas umum", "Catatan pengeluaran", 15),
        ),
        ("Memahami pengelolaan keuangan daerah", "Memiliki sertifikat bendahara", "Teliti dan jujur"),
        ("SOP Pertanggungjawaban Belanja", "SOP Pengisian Buku Kas"),
        ("Aplikasi keuangan", "Kalkulator", "Komputer"),
        ("Kelengkapan bukti wajib diperiksa sebelum pembayaran diajukan", "Kesalahan rekening menyebabkan pembayaran ditolak"),
        ("Buku kas umum", "Register SPP dan SPM"),
    ),
    Topic(
        ("Penanganan Pengaduan Masyarakat", "Tindak Lanjut Pengaduan Layanan"),
        "membuka kanal pengaduan dan menghimpun laporan warga",
        ("pemohon", "petugas", "kasi", "tim", "kepala"),
        (
            Act("pemohon", "Menyampaikan keluhan secara lisan atau tertulis", "Formulir pengaduan", "Keluhan tertulis", 10),
            Act("petugas", "Meregistrasi pengaduan dan memberikan nomor tiket", "Buku register", "Nomor tiket", 10),
            Act("kasi", "Menggolongkan pengaduan menurut jenis layanan", "Nomor tiket, keluhan tertulis", "Daftar golongan aduan", 30),
            Act("tim", "Melakukan klarifikasi lapangan kepada unit yang diadukan", "Surat tugas, kamera", "Berita acara klarifikasi", 1440),
            Act("tim", "Menyusun rekomendasi penyelesaian aduan", "Berita acara klarifikasi", "Konsep rekomendasi", 480),
            Act("kepala", "Mempelajari konsep rekomendasi", "Konsep rekomendasi", "Rekomendasi", 60, review="konsep rekomendasi"),
            Act("kasi", "Menyusun surat jawaban untuk pelapor", "Rekomendasi", "Surat jawaban", 60),
            Act("petugas", "Mengirim surat jawaban dan menutup tiket aduan", "Surat jawaban", "Tiket selesai", 15),
        ),
        ("Sabar dan mampu mendengarkan", "Memahami standar pelayanan", "Mampu menyusun berita acara"),
        ("SOP Survei Kepuasan Masyarakat", "SOP Pengelolaan Media Sosial"),
        ("Kotak saran", "Telepon", "Aplikasi pengaduan"),
        ("Identitas pelapor wajib dirahasiakan", "Aduan yang dibiarkan menurunkan kepercayaan warga"),
        ("Register pengaduan", "Laporan bulanan aduan"),
    ),
    Topic(
        ("Pengelolaan Barang Persediaan", "Pengeluaran Barang Persediaan"),
        "mendata kebutuhan barang setiap bidang",
        ("kabid", "kasubbag", "pelaksana", "sekretaris"),
        (
            Act("kabid", "Menyampaikan daftar kebutuhan barang pakai habis", "Daftar kebutuhan", "Nota permintaan barang", 20),
            Act("pelaksana", "Mencocokkan permintaan dengan kartu persediaan", "Kartu persediaan", "Catatan stok", 20),
            Act("kasubbag", "Menilai kewajaran jumlah permintaan", "Nota permintaan barang", "Nota terparaf", 15, review="jumlah permintaan barang"),
            Act("sekretaris", "Menyetujui pengeluaran barang dari gudang", "Nota terparaf", "Perintah pengeluaran", 15),
            Act("pelaksana", "Mengambil barang dari gudang sesuai perintah pengeluaran", "Perintah pengeluaran", "Barang siap serah", 30),
            Act("pelaksana", "Menyerahkan barang disertai bukti serah terima", "Bukti serah terima", "Barang diterima bidang", 15),
            Act("pelaksana", "Mengurangi saldo pada kartu persediaan", "Kartu persediaan", "Saldo mutakhir", 10),
            Act("kasubbag", "Menghitung ulang sisa barang pada akhir bulan", "Kartu persediaan, barang gudang", "Berita acara opname", 120, optional=True),
        ),
        ("Memahami penatausahaan barang milik daerah", "Cermat dalam pencatatan"),
        ("SOP Pengadaan Barang Pakai Habis", "SOP Penghapusan Barang"),
        ("Kartu persediaan", "Gudang", "Troli"),
        ("Barang yang keluar tanpa nota menyebabkan selisih stok",),
        ("Kartu persediaan", "Buku penerimaan dan pengeluaran barang"),
    ),
    Topic(
        ("Pengumpulan Data Produksi Perikanan", "Pendataan Produksi Triwulanan"),
        "menyiapkan kuesioner dan jadwal kunjungan lapangan",
        ("kabid", "kasi", "operator", "pelaksana"),
        (
            Act("kasi", "Menetapkan lokasi contoh dan petugas pendata", "Peta wilayah, daftar nama", "Daftar lokasi contoh", 240),
            Act("pelaksana", "Mewawancarai pembudidaya dan menimbang hasil panen", "Kuesioner, timbangan", "Kuesioner terisi", 4320),
            Act("operator", "Menginput isian kuesioner ke dalam lembar kerja", "Kuesioner terisi, laptop", "Lembar kerja data", 960),
            Act("operator", "Memeriksa nilai yang janggal dan menandainya", "Lembar kerja data", "Daftar data janggal", 240, optional=True),
            Act("kasi", "Mencermati hasil rekapitulasi data produksi", "Lembar kerja data", "Rekapitulasi terkoreksi", 180, review="rekapitulasi data produksi"),
            Act("kabid", "Menelaah rekapitulasi data produksi", "Rekapitulasi terkoreksi", "Rekapitulasi terparaf", 60, review="rekapitulasi data produksi"),
            Act("operator", "Menayangkan angka produksi pada laman instansi", "Rekapitulasi terparaf", "Tayangan data", 30),
            Act("pelaksana", "Menyimpan kuesioner menurut urutan kecamatan", "Map, lemari", "Arsip kuesioner", 30),
        ),
        ("Memahami metode pendataan", "Mampu mengoperasikan lembar kerja elektronik"),
        ("SOP Penyusunan Buku Statistik", "SOP Publikasi Data"),
        ("Kuesioner", "Timbangan", "Kendaraan lapangan", "Laptop"),
        ("Data yang tidak diperiksa akan menghasilkan kebijakan yang keliru",),
        ("Lembar kerja elektronik", "Laporan triwulanan"),
    ),
    Topic(
        ("Penerbitan Rekomendasi Izin Trayek", "Pelayanan Rekomendasi Izin Angkutan"),
        "memeriksa persyaratan permohonan izin yang masuk",
        ("pemohon", "petugas", "tim", "kasi", "kabid", "kepala"),
        (
            Act("pemohon", "Menyerahkan berkas permohonan lengkap dengan salinan STNK", "Berkas permohonan", "Berkas diterima", 10),
            Act("petugas", "Meneliti kelengkapan persyaratan", "Daftar periksa", "Daftar periksa terisi", 15, review="berkas permohonan"),
            Act("kasi", "Menjadwalkan pemeriksaan kendaraan", "Daftar periksa terisi", "Jadwal pemeriksaan", 30),
            Act("tim", "Memeriksa fisik kendaraan dan mencatat hasilnya", "Jadwal pemeriksaan, alat ukur", "Berita acara pemeriksaan", 480),
            Act("kasi", "Merumuskan konsep rekomendasi izin", "Berita acara pemeriksaan", "Konsep rekomendasi", 60),
            Act("kabid", "Mengoreksi konsep rekomendasi izin", "Konsep rekomendasi", "Konsep terparaf", 30, review="konsep rekomendasi izin"),
            Act("kepala", "Mencermati konsep rekomendasi izin", "Konsep terparaf", "Surat rekomendasi", 30, review="konsep rekomendasi izin"),
            Act("petugas", "Menyerahkan surat rekomendasi kepada yang berkepentingan", "Surat rekomendasi", "Tanda terima", 10),
        ),
        ("Memahami peraturan lalu lintas dan angkutan", "Mampu mengoperasikan alat ukur"),
        ("SOP Pengujian Kendaraan Bermotor", "SOP Pengarsipan Izin"),
        ("Alat ukur", "Komputer", "Formulir pemeriksaan"),
        ("Rekomendasi tidak dapat diterbitkan sebelum kendaraan diperiksa",),
        ("Buku register rekomendasi",),
    ),
    Topic(
        ("Pengelolaan Sampah Pasar", "Pengangkutan Sampah Terjadwal"),
        "menyusun jadwal dan rute pengangkutan sampah",
        ("kabid", "kasi", "petugas", "operator"),
        (
            Act("kasi", "Membagi regu dan kendaraan pengangkut", "Daftar regu, daftar kendaraan", "Pembagian regu", 30),
            Act("operator", "Memanaskan mesin serta memeriksa bahan bakar truk", "Truk, kunci", "Truk siap jalan", 20),
            Act("petugas", "Mengumpulkan sampah dari tempat penampungan sementara", "Gerobak, sekop", "Sampah terkumpul", 120),
            Act("operator", "Mengangkut sampah ke tempat pemrosesan akhir", "Truk", "Karcis timbang", 90),
            Act("petugas", "Membersihkan lokasi dan menyemprotkan penghilang bau", "Alat semprot", "Lokasi bersih", 45, optional=True),
            Act("kasi", "Merekap tonase harian dari karcis timbang", "Karcis timbang", "Rekap tonase", 20),
            Act("kabid", "Mengevaluasi capaian tonase mingguan", "Rekap tonase", "Catatan evaluasi", 60, review="rekap tonase"),
            Act("kasi", "Menyimpan laporan tonase sebagai bahan penilaian kinerja", "Laporan tonase", "Arsip laporan", 10),
        ),
        ("Sehat jasmani", "Memiliki surat izin mengemudi", "Mengenal rute pengangkutan"),
        ("SOP Pemeliharaan Kendaraan", "SOP Pengelolaan Bank Sampah"),
        ("Truk sampah", "Sarung tangan", "Masker", "Sekop"),
        ("Sampah yang tidak terangkut menimbulkan bau dan penyakit",),
        ("Buku ritase", "Karcis timbang"),
    ),
    Topic(
        ("Penyusunan Laporan Kinerja", "Penyusunan Laporan Kinerja Triwulan"),
        "menyiapkan bahan penyusunan laporan kinerja",
        ("kepala", "sekretaris", "kasubbag", "pelaksana", "arsiparis"),
        (
            Act("pelaksana", "Menghimpun realisasi indikator dari seluruh bidang", "Format isian, data realisasi", "Data realisasi", 1440),
            Act("pelaksana", "Menghitung persentase capaian setiap indikator", "Data realisasi, laptop", "Tabel capaian", 480),
            Act("pelaksana", "Menyusun konsep laporan kinerja", "Tabel capaian", "Konsep laporan kinerja", 960),
            Act("kasubbag", "Menelaah dan mengoreksi konsep laporan kinerja", "Konsep laporan kinerja", "Konsep terparaf", 120, review="konsep laporan kinerja"),
            Act("sekretaris", "Menelaah konsep laporan kinerja", "Konsep terparaf", "Konsep terparaf", 120, review="konsep laporan kinerja"),
            Act("kepala", "Mencermati konsep laporan kinerja", "Konsep terparaf", "Laporan kinerja", 60, review="konsep laporan kinerja"),
            Act("kasubbag", "Menggandakan laporan kinerja dan menjilidnya", "Laporan kinerja", "Laporan terjilid", 60),
            Act("arsiparis", "Mengarsipkan laporan kinerja", "Laporan terjilid", "Arsip laporan", 10),
        ),
        ("Memahami sistem akuntabilitas kinerja", "Mampu berkoordinasi dengan baik", "Mampu mengolah data"),
        ("SOP Pengumpulan Data Kinerja", "SOP Penetapan Perjanjian Kinerja"),
        ("Alat tulis kantor", "Komputer", "Printer"),
        ("Jika laporan tidak disusun maka capaian kinerja tidak dapat dipertanggungjawabkan",),
        ("Dokumen laporan kinerja", "Berkas digital"),
    ),
    Topic(
        ("Penyaluran Bantuan Sosial", "Penyaluran Bantuan bagi Lanjut Usia"),
        "memutakhirkan data calon penerima bantuan",
        ("kepala", "kabid", "kasi", "tim", "bendahara"),
        (
            Act("kasi", "Mengunduh data calon penerima dari basis data terpadu", "Laptop, akun aplikasi", "Daftar calon penerima", 60),
            Act("tim", "Mengunjungi rumah calon penerima dan mencocokkan keadaannya", "Daftar calon penerima, surat tugas", "Hasil kunjungan", 4320),
            Act("kasi", "Menyusun daftar usulan penerima bantuan", "Hasil kunjungan", "Daftar usulan", 480),
            Act("kabid", "Memverifikasi daftar usulan penerima", "Daftar usulan", "Daftar terverifikasi", 240, review="daftar usulan penerima"),
            Act("kepala", "Mempelajari daftar penerima bantuan", "Daftar terverifikasi", "Keputusan penerima", 120, review="daftar penerima bantuan"),
            Act("bendahara", "Menyiapkan dana bantuan sesuai jumlah penerima", "Keputusan penerima", "Dana siap salur", 240),
            Act("tim", "Menyalurkan bantuan dan meminta tanda terima", "Daftar penerima", "Tanda terima", 1440),
            Act("kasi", "Membuat laporan penyaluran bantuan", "Tanda terima, dokumentasi", "Laporan penyaluran", 480),
            Act("bendahara", "Membukukan pertanggungjawaban dana bantuan", "Tanda terima", "Buku pertanggungjawaban", 120, optional=True),
        ),
        ("Memahami kriteria penerima bantuan", "Jujur dan bertanggung jawab"),
        ("SOP Verifikasi Data Kemiskinan", "SOP Penyusunan Laporan Bantuan"),
        ("Laptop", "Kamera", "Kendaraan dinas"),
        ("Penerima yang tidak tepat sasaran wajib dicoret dari daftar", "Tanda terima harus ditandatangani penerima"),
        ("Daftar penerima", "Laporan penyaluran"),
    ),
    Topic(
        ("Perbaikan Jaringan Komputer", "Pemeliharaan Perangkat Komputer"),
        "mencatat gangguan perangkat yang dilaporkan",
        ("petugas", "operator", "kasubbag", "sekretaris"),
        (
            Act("petugas", "Melaporkan gangguan jaringan melalui telepon", "Telepon", "Laporan gangguan", 5),
            Act("operator", "Menelusuri sumber gangguan pada perangkat", "Laporan gangguan, tang jaringan", "Catatan gangguan", 60),
            Act("operator", "Mengganti kabel atau menyetel ulang perangkat", "Kabel, obeng", "Perangkat menyala", 90),
            Act("kasubbag", "Menguji hasil perbaikan jaringan", "Perangkat menyala", "Hasil uji", 15, review="hasil perbaikan"),
            Act("operator", "Menulis kartu pemeliharaan perangkat", "Kartu pemeliharaan", "Kartu terisi", 10),
            Act("kasubbag", "Mengusulkan penggantian perangkat yang rusak berat", "Kartu pemeliharaan", "Nota usulan", 30, optional=True),
            Act("sekretaris", "Menyetujui laporan pemeliharaan bulanan", "Laporan pemeliharaan", "Laporan disetujui", 15),
        ),
        ("Menguasai jaringan komputer", "Memahami keamanan informasi"),
        ("SOP Pengadaan Perangkat", "SOP Pengelolaan Laman"),
        ("Tang jaringan", "Obeng", "Alat uji kabel"),
        ("Gangguan yang dibiarkan akan menghambat pelayanan",),
        ("Kartu pemeliharaan",),
    ),
)
