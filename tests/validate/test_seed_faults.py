"""The faults of the five seed sheets: in records made by hand, and in the seeds when present.

The records hold the same kinds of fault in other words, at invented agencies.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sopextract.model.finding import Kind
from sopextract.model.record import Provenance, SopRecord
from sopextract.model.source import SourceFile
from sopextract.pipeline import read_sops
from sopextract.settings import LintSettings, Settings
from sopextract.validate import validate
from tests import factories

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
WRONG = "Petunjuk Teknis Perjanjian Kinerja, Pelaporan Kinerja dan Tata Cara Reviu Atas LAKIP"


def found(record: SopRecord) -> set[tuple[str, str, Kind]]:
    return {(f.rule, f.path, f.kind) for f in validate(record, LintSettings())}


def actors(*names: str) -> tuple[dict[str, object], ...]:
    return tuple({"nama": n, "lengkap": n, "kolom": i} for i, n in enumerate(names, 1))


def test_sheet_copied_from_a_bureau_with_gaps_in_its_numbers() -> None:
    steps = (
        factories.langkah(1, "Memerintahkan Staf untuk menyusun jadwal", "Kasubbag TU"),
        factories.langkah(2, "Menyusun jadwal kunjungan Biro", "Kabag Protokol"),
        factories.langkah(3, "Meneliti jadwal", "Kasubbag TU", no=5, simbol="keputusan"),
        factories.langkah(
            4, "Melaksanakan kunjungan", no=8, waktu={"teks": "Sesuai jadwal"}, simbol=None
        ),
    )
    law = {"teks": "x", "id": "permen-panrb/2014/53", "jenis": "PermenPANRB", "nomor": "53"}
    record = factories.record(
        nama_sop="Pemantauan Evaluasi Kunjungan",
        judul_lain=("SOP Monev Kunjungan",),
        dasar_hukum=({**law, "tahun": 2014, "tentang": WRONG},),
        pelaksana=actors("Kasubbag TU", "Staf", "Kabag Protokol"),
        langkah=steps,
        alur=({"dari": 3, "ke": 4, "basis": "order"},),
        tanggal_pembuatan="2020-12",
        tanggal_revisi="2021-06",
        tanggal_efektif="2021-06",
    )
    document, reading = Kind.DOCUMENT, Kind.READING
    assert {
        ("FL-01", "/langkah/2/no", document),
        ("FL-01", "/langkah/3/no", document),
        ("FL-04", "/langkah/1/pelaksana", document),
        ("FL-06", "/langkah/2/simbol", reading),
        ("ID-03", "/tanggal_revisi", document),
        ("ID-05", "/judul_lain/0", document),
        ("ID-07", "/pelaksana/2", document),
        ("ID-07", "/langkah/1/kegiatan", document),
        ("LB-02", "/dasar_hukum/0/tentang", document),
        ("MB-02", "/langkah/3/waktu", document),
        ("RD-04", "/langkah/3/pelaksana", reading),
        ("RD-09", "/langkah/3/simbol", reading),
    } <= found(record)


def test_sheet_whose_symbols_are_lost_blames_nobody_for_them() -> None:
    text = "Mengoreksi surat, jika tidak setuju dikembalikan kepada Staf, jika setuju diparaf"
    steps = (
        factories.langkah(1, "Mengetik surat", "Staf", simbol=None),
        factories.langkah(2, text, "Kepala Seksi", simbol="keputusan"),
        factories.langkah(3, "Mengirim surat", "Staf", simbol=None),
    )
    guessed = Provenance(line=1, method="inferred", confidence=0.75)
    record = factories.record(
        pelaksana=actors("Staf", "Kepala Seksi"),
        langkah=steps,
        provenance={
            "/nama_sop": guessed,
            "/langkah/1/simbol": guessed,
            **{f"/langkah/{i}/pelaksana/0": guessed for i in range(3)},
        },
    )
    flow = {f for f in found(record) if f[0][:2] in {"FL", "RD"}}
    assert ("FL-06", "/langkah/1/simbol", Kind.READING) in flow
    assert ("RD-03", "/nama_sop", Kind.READING) in flow
    assert ("RD-03", "/langkah/2/pelaksana", Kind.READING) in flow
    assert {kind for _, _, kind in flow} == {Kind.READING}


EXPECTED = {
    "000": [
        ("FL-01", "/langkah/4/no"),
        ("FL-01", "/langkah/5/no"),
        ("FL-01", "/langkah/8/no"),
        ("FL-04", "/langkah/1/pelaksana"),
        ("FL-06", "/langkah/6/simbol"),
        ("ID-03", "/tanggal_pembuatan"),
        ("ID-03", "/tanggal_revisi"),
        ("ID-05", "/judul_lain"),
        ("ID-07", "/pelaksana/2"),
        ("LB-02", "/dasar_hukum/1/tentang"),
        ("MB-02", "/langkah/4/waktu"),
        ("RD-", "/langkah/4/pelaksana"),
    ],
    "001": [
        ("FL-06", "/langkah/4/simbol"),
        ("FL-06", "/langkah/5/simbol"),
        ("FL-06", "/langkah/6/simbol"),
        ("ID-07", "/pelaksana/0"),
        ("LB-02", "/dasar_hukum/0/tentang"),
        ("LB-02", "/dasar_hukum/1/diubah_dengan/0/tentang"),
        ("", "/nama_sop"),
    ],
    "002": [
        ("ID-01", "/tanggal_pembuatan"),
        ("ID-01", "/tanggal_pengesahan"),
        ("ID-02", "/nomor_sop"),
        ("ID-04", "/disahkan_oleh/status"),
        ("ID-05", "/judul_lain"),
        ("FT-01", "/bagian_tabel/0/label/mutu_baku"),
        ("FT-02", "/bagian_tabel/0/nomor_kolom"),
        ("LB-02", "/dasar_hukum/4/tentang"),
        ("LB-03", "/dasar_hukum/3"),
        ("MB-03", "/langkah/2/output"),
        ("RD-05", ""),
    ],
    "003": [
        ("FL-08", "/bagian_tabel/1/pelaksana/2"),
        ("FL-08", "/bagian_tabel/1/pelaksana/3"),
        ("ID-04", "/disahkan_oleh/nip"),
        ("ID-07", "/kualifikasi_pelaksana/3"),
        ("MB-03", "/langkah/2/output"),
        ("RD-06", "/langkah/4"),
    ],
    "004": [
        ("FL-03", "/langkah/1/kegiatan"),
        ("FL-03", "/langkah/2/kegiatan"),
        ("FT-01", "/bagian_tabel/0/label/kelengkapan"),
        ("FT-01", "/bagian_tabel/0/label"),
        ("ID-01", "/disahkan_oleh"),
        ("ID-02", "/nomor_sop"),
        ("ID-03", "/tanggal_pembuatan"),
        ("LB-01", "/dasar_hukum"),
        ("LB-02", "/dasar_hukum/1/tentang"),
    ],
}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed sheets are not part of the project")
@pytest.mark.parametrize("seed", sorted(EXPECTED))
def test_seed_findings(seed: str) -> None:
    [path] = SEEDS.glob(f"{seed}_*.txt")
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    source = SourceFile(path.name, sha256, "text/plain", path, len(data))
    [record] = read_sops(source, Settings())
    got = {(f.rule, f.path) for f in record.findings}
    missing = [
        (rule, where)
        for rule, where in EXPECTED[seed]
        if not any(r.startswith(rule) and p.startswith(where) for r, p in got)
    ]
    assert missing == []
