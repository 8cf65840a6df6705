"""Legal bases: real regulations with varied spellings, and what the grammar must make of each."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from tools.make_sheets.sheet import Gold, Law


@dataclass(frozen=True)
class Act:
    """A regulation: kind of the record, its printed forms, id segment, number, year, title."""

    jenis: str
    forms: tuple[str, ...]
    segment: str
    nomor: str
    tahun: int
    tentang: str


_UU = ("Undang-Undang Republik Indonesia", "Undang-Undang", "UU", "UU RI")
_PP = ("Peraturan Pemerintah Republik Indonesia", "Peraturan Pemerintah", "PP")
_PERPRES = ("Peraturan Presiden", "Peraturan Presiden Republik Indonesia", "Perpres")
_PANRB = (
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "Peraturan Menteri Negara Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "Peraturan Menteri PANRB",
    "PermenPANRB",
)
_DAGRI = (
    "Peraturan Menteri Dalam Negeri",
    "Peraturan Menteri Dalam Negeri Republik Indonesia",
    "Permendagri",
)

ACTS: tuple[Act, ...] = (
    Act("UU", _UU, "uu", "23", 2014, "Pemerintahan Daerah"),
    Act("UU", _UU, "uu", "25", 2009, "Pelayanan Publik"),
    Act("UU", _UU, "uu", "43", 2009, "Kearsipan"),
    Act("UU", _UU, "uu", "14", 2008, "Keterbukaan Informasi Publik"),
    Act("UU", _UU, "uu", "30", 2014, "Administrasi Pemerintahan"),
    Act("UU", _UU, "uu", "5", 2014, "Aparatur Sipil Negara"),
    Act("PP", _PP, "pp", "12", 2019, "Pengelolaan Keuangan Daerah"),
    Act(
        "PP",
        _PP,
        "pp",
        "96",
        2012,
        "Pelaksanaan Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    ),
    Act("PP", _PP, "pp", "94", 2021, "Disiplin Pegawai Negeri Sipil"),
    Act("PP", _PP, "pp", "60", 2008, "Sistem Pengendalian Intern Pemerintah"),
    Act(
        "Perpres",
        _PERPRES,
        "perpres",
        "29",
        2014,
        "Sistem Akuntabilitas Kinerja Instansi Pemerintah",
    ),
    Act("Perpres", _PERPRES, "perpres", "95", 2018, "Sistem Pemerintahan Berbasis Elektronik"),
    Act(
        "PermenPANRB",
        _PANRB,
        "permen-panrb",
        "35",
        2012,
        "Pedoman Penyusunan Standar Operasional Prosedur Administrasi Pemerintahan",
    ),
    Act(
        "PermenPANRB",
        _PANRB,
        "permen-panrb",
        "53",
        2014,
        "Petunjuk Teknis Perjanjian Kinerja, Pelaporan Kinerja dan Tata Cara Reviu Atas Laporan "
        "Kinerja Instansi Pemerintah",
    ),
    Act("PermenPANRB", _PANRB, "permen-panrb", "15", 2014, "Pedoman Standar Pelayanan"),
    Act(
        "Permendagri",
        _DAGRI,
        "permen-dagri",
        "52",
        2011,
        "Standar Operasional Prosedur di Lingkungan Pemerintah Provinsi dan Kabupaten/Kota",
    ),
    Act(
        "Permendagri",
        _DAGRI,
        "permen-dagri",
        "77",
        2020,
        "Pedoman Teknis Pengelolaan Keuangan Daerah",
    ),
    Act(
        "Permendagri",
        _DAGRI,
        "permen-dagri",
        "86",
        2017,
        "Tata Cara Perencanaan, Pengendalian dan Evaluasi Pembangunan Daerah",
    ),
)

_AMENDED: tuple[tuple[Act, Act], ...] = (
    (
        Act("PP", _PP, "pp", "18", 2016, "Perangkat Daerah"),
        Act("PP", _PP, "pp", "72", 2019, "Perubahan atas Peraturan Pemerintah Nomor 18 Tahun 2016"),
    ),
    (
        Act("Perpres", _PERPRES, "perpres", "16", 2018, "Pengadaan Barang/Jasa Pemerintah"),
        Act(
            "Perpres",
            _PERPRES,
            "perpres",
            "12",
            2021,
            "Perubahan atas Peraturan Presiden Nomor 16 Tahun 2018",
        ),
    ),
    (
        Act("PP", _PP, "pp", "27", 2014, "Pengelolaan Barang Milik Negara/Daerah"),
        Act("PP", _PP, "pp", "28", 2020, "Perubahan atas Peraturan Pemerintah Nomor 27 Tahun 2014"),
    ),
)

_LINKS = (
    "sebagaimana telah diubah dengan",
    "sebagaimana telah diubah terakhir dengan",
    "sebagaimana diubah dengan",
)


def _gold(act: Act, **more: object) -> Gold:
    found: Gold = {
        "jenis": act.jenis,
        "nomor": act.nomor,
        "tahun": act.tahun,
        "tentang": act.tentang,
        "id": f"{act.segment}/{act.tahun}/{act.nomor}",
    }
    return found | more


def _head(rng: random.Random, act: Act, tidy: bool) -> str:
    form = act.forms[0] if tidy else rng.choice(act.forms)
    nomor = "Nomor" if tidy else rng.choice(("Nomor", "Nomor", "Nomor", "No.", "No", "Nomor:"))
    tahun = "Tahun" if tidy else rng.choice(("Tahun", "Tahun", "tahun"))
    return f"{form} {nomor} {act.nomor} {tahun} {act.tahun}"


def national(rng: random.Random, act: Act, tidy: bool) -> Law:
    """One regulation of the state in one of its spellings."""
    tentang = rng.choice(("tentang", "tentang", "Tentang"))
    text = f"{_head(rng, act, tidy)} {tentang} {act.tentang}"
    return Law(text, _gold(act, teks=text))


def amended(rng: random.Random, tidy: bool) -> Law:
    """A regulation with its amendment."""
    base, change = rng.choice(_AMENDED)
    text = f"{_head(rng, base, tidy)} tentang {base.tentang} {rng.choice(_LINKS)} "
    text += f"{_head(rng, change, tidy)} tentang {change.tentang}"
    later = {k: v for k, v in _gold(change).items() if k != "tentang"}
    return Law(text, _gold(base, teks=text, diubah_dengan=[later]))


def slug(text: str) -> str:
    """The region as it stands in an id.

    >>> slug("Kabupaten Way Kanan")
    'kabupaten-way-kanan'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def regional(rng: random.Random, wilayah: str, perangkat: str) -> Law:
    """A regulation of the agency's own region, with the region printed or left to the reader."""
    rank = wilayah.split()[0]
    head = {"Provinsi": "Gubernur", "Kabupaten": "Bupati", "Kota": "Wali Kota"}[rank]
    code = {"Provinsi": "pergub", "Kabupaten": "perbup", "Kota": "perwal"}[rank]
    nomor, tahun = str(rng.randint(3, 98)), rng.randint(2016, 2022)
    name = wilayah.split(maxsplit=1)[1]
    if rng.random() < 0.5:
        kind = "Peraturan Daerah" + (f" {wilayah}" if rng.random() < 0.6 else "")
        tentang = f"Pembentukan dan Susunan Perangkat Daerah {wilayah}"
        jenis, segment = "Perda", "perda"
    else:
        kind = f"Peraturan {head}" + (f" {name}" if rng.random() < 0.6 else "")
        tentang = (
            "Kedudukan, Susunan Organisasi, Tugas dan Fungsi serta Tata Kerja "
            f"{perangkat} {wilayah}"
        )
        jenis, segment = code.capitalize(), code
    text = f"{kind} Nomor {nomor} Tahun {tahun} tentang {tentang}"
    gold: Gold = {
        "teks": text,
        "jenis": jenis,
        "nomor": nomor,
        "tahun": tahun,
        "tentang": tentang,
        "daerah": wilayah,
        "id": f"{segment}-{slug(wilayah)}/{tahun}/{nomor}",
    }
    return Law(text, gold)


def make_laws(rng: random.Random, wilayah: str, perangkat: str, tidy: bool = False) -> list[Law]:
    """Two to five legal bases in the usual order of rank."""
    picked = sorted(rng.sample(range(len(ACTS)), rng.randint(2, 4)))
    laws = [national(rng, ACTS[i], tidy) for i in picked]
    if rng.random() < 0.3:
        laws.insert(rng.randint(0, len(laws)), amended(rng, tidy))
    if rng.random() < 0.5:
        laws.append(regional(rng, wilayah, perangkat))
    return laws
