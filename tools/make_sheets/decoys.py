"""Files that are no SOP AP sheet: letters, budgets, other kinds of standard, a decree, slides."""

from __future__ import annotations

import random

from tools.make_sheets.agencies import FIRST, LAST, Agency


def _person(rng: random.Random) -> str:
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def _head(agency: Agency) -> list[str]:
    return [f"PEMERINTAH {agency.wilayah.upper()}", agency.nama.upper(), agency.alamat, ""]


def letter(rng: random.Random, agency: Agency) -> str:
    """An invitation; it may well speak of SOPs."""
    topic = rng.choice(
        ("penyusunan SOP", "rapat koordinasi", "permintaan data", "bimbingan teknis")
    )
    lines = [
        *_head(agency),
        f"{rng.choice(('Praya', 'Palu', 'Balige'))}, {rng.randint(1, 28)} Maret 2023",
        "",
        f"Nomor\t: 005/{rng.randint(10, 400)}/{agency.kode}/2023",
        "Sifat\t: Biasa",
        "Lampiran\t: 1 (satu) berkas",
        f"Hal\t: Undangan {topic}",
        "",
        "Yth. Para Kepala Bidang",
        "di Tempat",
        "",
        f"Dalam rangka {topic} di lingkungan {agency.nama}, dengan ini kami mengundang Saudara",
        "untuk hadir pada hari Selasa pukul 09.00 di ruang rapat lantai dua. Mengingat pentingnya",
        "acara tersebut, diharapkan Saudara hadir tepat waktu dan membawa bahan yang diperlukan.",
        "",
        "Demikian disampaikan, atas perhatiannya diucapkan terima kasih.",
        "",
        f"Kepala {agency.kind},",
        "",
        _person(rng),
    ]
    return "\n".join(lines) + "\n"


def budget(rng: random.Random, agency: Agency) -> str:
    """A table of spending with codes and amounts."""
    lines = ["RENCANA KERJA DAN ANGGARAN", *_head(agency), "Tahun Anggaran 2022", ""]
    lines.append("Kode Rekening\tUraian\tVolume\tSatuan\tHarga Satuan\tJumlah")
    for i in range(1, rng.randint(8, 16)):
        price = rng.randint(10, 900) * 1000
        volume = rng.randint(1, 40)
        name = rng.choice(("Belanja alat tulis", "Belanja perjalanan dinas", "Belanja makan minum"))
        lines.append(f"5.1.02.{i:02}\t{name}\t{volume}\tpaket\t{price:,}\t{price * volume:,}")
    return "\n".join([*lines, "Jumlah\t\t\t\t\t"]) + "\n"


def clinic(rng: random.Random, agency: Agency) -> str:
    """An accreditation SOP of a health centre: another form, with numbered sections."""
    name = rng.choice(("PENYULUHAN GIZI", "PENANGANAN LUKA", "PENDAFTARAN PASIEN"))
    lines = ["", f"{name}", "SOP\tNo. Dokumen\t: 440/12/PKM/2022", "\tNo. Revisi\t: 0"]
    lines += ["\tTanggal Terbit\t: 4 April 2022", "\tHalaman\t: 1/2"]
    lines += [f"PUSKESMAS {agency.wilayah.split()[-1].upper()}\t\tdr. {_person(rng)}", ""]
    lines += ["1. Pengertian\tSuatu kegiatan memberikan layanan kepada pengunjung puskesmas."]
    lines += ["2. Tujuan\tSebagai acuan petugas dalam memberikan layanan."]
    lines += ["3. Kebijakan\tSK Kepala Puskesmas Nomor 11 Tahun 2022."]
    lines += ["4. Referensi\tPermenkes Nomor 43 Tahun 2019 tentang Puskesmas"]
    lines += ["5. Prosedur\t1. Petugas memanggil pasien. 2. Petugas mencatat keluhan."]
    lines += ["6. Diagram Alir\t", "7. Unit Terkait\tPoli umum, apotek"]
    lines += ["8. Rekaman Historis Perubahan\tNo\tYang diubah\tIsi perubahan\tTanggal"]
    return "\n".join(lines) + "\n"


def service_standard(rng: random.Random, agency: Agency) -> str:
    """A Standar Pelayanan: 14 components, no steps by actor."""
    lines = ["STANDAR PELAYANAN", *_head(agency), "NO\tKOMPONEN\tURAIAN"]
    rows = (
        ("Persyaratan", "Fotokopi KTP dan surat permohonan"),
        ("Sistem, Mekanisme dan Prosedur", "Pemohon datang, petugas memeriksa berkas"),
        ("Jangka Waktu Penyelesaian", f"{rng.randint(1, 14)} hari kerja"),
        ("Biaya/Tarif", "Tidak dipungut biaya"),
        ("Produk Pelayanan", "Surat keterangan"),
        ("Penanganan Pengaduan, Saran dan Masukan", "Kotak saran, telepon"),
        ("Dasar Hukum", "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik"),
        ("Sarana, Prasarana dan/atau Fasilitas", "Ruang tunggu, komputer"),
        ("Kompetensi Pelaksana", "Memahami pelayanan"),
        ("Pengawasan Internal", "Dilakukan oleh atasan langsung"),
        ("Jumlah Pelaksana", f"{rng.randint(2, 6)} orang"),
        ("Jaminan Pelayanan", "Maklumat pelayanan"),
        ("Evaluasi Kinerja Pelaksana", "Setiap enam bulan"),
    )
    lines += [f"{i}\t{a}\t{b}" for i, (a, b) in enumerate(rows, 1)]
    return "\n".join(lines) + "\n"


def decree(rng: random.Random, agency: Agency) -> str:
    """A decree that sets SOPs in force, without one."""
    lines = [f"KEPUTUSAN KEPALA {agency.nama.upper()}", f"NOMOR {rng.randint(5, 90)} TAHUN 2021"]
    lines += ["TENTANG", "PENETAPAN STANDAR OPERASIONAL PROSEDUR", "", f"KEPALA {agency.nama},", ""]
    lines += ["Menimbang :\ta. bahwa untuk tertib administrasi perlu ditetapkan prosedur;"]
    lines += ["Mengingat :\t1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;"]
    lines += ["", "MEMUTUSKAN:", "Menetapkan :"]
    lines += ["KESATU :\tMenetapkan standar operasional prosedur di lingkungan instansi."]
    lines += ["KEDUA :\tKeputusan ini mulai berlaku pada tanggal ditetapkan.", ""]
    return "\n".join([*lines, "Ditetapkan di ibu kota daerah", f"KEPALA, {_person(rng)}"]) + "\n"


def slides(rng: random.Random, agency: Agency) -> str:
    """Teaching slides on how to write SOPs."""
    lines = ["PENYUSUNAN SOP ADMINISTRASI PEMERINTAHAN", f"Paparan {agency.nama}", ""]
    lines += [
        "Apa itu SOP?",
        "- serangkaian instruksi tertulis yang dibakukan",
        "- bagaimana, kapan,",
    ]
    lines += [
        "  di mana dan oleh siapa",
        "",
        "Unsur SOP",
        "• Identitas: nomor, tanggal, dasar hukum",
    ]
    lines += ["• Prosedur: kegiatan, pelaksana, mutu baku", "", "Prinsip penyusunan"]
    lines += ["✓ mudah dan jelas", "✓ efisien", "✓ terukur", "", "Terima kasih", _person(rng)]
    return "\n".join(lines) + "\n"


KINDS = {
    "surat": letter,
    "anggaran": budget,
    "puskesmas": clinic,
    "standar-pelayanan": service_standard,
    "keputusan": decree,
    "paparan": slides,
}
