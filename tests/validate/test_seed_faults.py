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


# Domain notes 2.11, seed by seed and trap by trap: the finding that tells it, by rule and pointer.
# A trap that is mended rather than a fault of the sheet stands in MENDED.
EXPECTED = {
    "000": [
        ("FL-01", "/langkah/4/no"),  # 5, 7 and 11 are missing
        ("FL-01", "/langkah/5/no"),
        ("FL-01", "/langkah/8/no"),
        ("ID-07", "/pelaksana/2"),  # posts and text of a Biro
        ("ID-07", "/langkah/2/kegiatan"),
        ("ID-07", "/langkah/3/kegiatan"),
        ("FL-04", "/langkah/1/pelaksana"),  # the symbol stands under somebody else
        ("RD-04", "/langkah/4/pelaksana"),  # no symbol in the row numbered 6
        ("RD-09", "/langkah/4/simbol"),
        ("FL-06", "/langkah/6/simbol"),  # the describer's star is a decision, without exits
        ("LB-02", "/dasar_hukum/1/tentang"),  # the misspelt and shortened title
        ("MB-02", "/langkah/4/waktu"),  # by schedule
        ("ID-03", "/tanggal_pembuatan"),  # months only; revision equals effect
        ("ID-03", "/tanggal_revisi"),
        ("ID-03", "/tanggal_efektif"),
        ("ID-05", "/judul_lain/0"),  # the table's title differs
    ],
    "001": [
        ("ID-01", "/nama_sop"),  # empty, taken from the table's title
        ("RD-03", "/nama_sop"),
        ("RD-06", "/bagian_tabel/0/label"),  # header shifted
        ("RD-09", "/langkah/0/simbol"),  # all shapes lost
        ("RD-09", "/langkah/7/simbol"),
        ("RD-10", "/langkah/5/pelaksana"),  # T and Y in wrong columns
        ("RD-10", "/langkah/6/pelaksana"),
        ("FL-06", "/langkah/4/simbol"),  # three decisions in the text
        ("FL-06", "/langkah/5/simbol"),
        ("FL-06", "/langkah/6/simbol"),
        ("LB-02", "/dasar_hukum/0/tentang"),  # another title than in 000
        ("LB-02", "/dasar_hukum/1/diubah_dengan/0/tentang"),  # cut
        ("ID-04", "/disahkan_oleh/nama"),  # one NIP, two names
        ("ID-07", "/pelaksana/0"),
        ("ID-07", "/pelaksana/1"),
        ("BH-01", "/langkah/0/kelengkapan"),  # kpd
        ("BH-02", "/langkah/1/kegiatan"),  # small first letter
    ],
    "002": [
        ("ID-02", "/nomor_sop"),  # stray dot
        ("ID-01", "/tanggal_pembuatan"),  # dates empty, "-" for the third
        ("ID-01", "/tanggal_pengesahan"),
        ("ID-04", "/disahkan_oleh/status"),  # Plt. only at the end
        ("ID-05", "/judul_lain/1"),  # the table's title differs
        ("FT-02", "/bagian_tabel/0/nomor_kolom"),  # column 4, and its label
        ("RD-05", "/pelaksana/1/kolom"),
        ("MB-03", "/langkah/2/output"),  # a duration
        ("FT-01", "/bagian_tabel/0/label/mutu_baku"),
        ("FT-03", "/bagian_tabel/0/label"),  # the template's kin
        ("RD-08", "/lainnya/0/teks"),  # broken address
        ("LB-02", "/dasar_hukum/4/tentang"),  # cut
        ("LB-03", "/dasar_hukum/3"),  # revoked
    ],
    "003": [
        ("FL-08", "/bagian_tabel/1/pelaksana/2"),  # labels change between pages
        ("FL-08", "/bagian_tabel/1/pelaksana/3"),
        ("RD-06", "/langkah/4"),  # row shifted
        ("ID-07", "/kualifikasi_pelaksana/3"),  # another kind of agency
        ("MB-03", "/langkah/2/output"),
        ("ID-04", "/disahkan_oleh/nip"),  # e-signed without
        ("LB-03", "/dasar_hukum/3"),
    ],
    "004": [
        ("RD-02", "/tanggal_pembuatan"),  # labels before values: which date it is, is not sure
        ("ID-02", "/nomor_sop"),  # gap
        ("ID-03", "/tanggal_pembuatan"),  # no day
        ("ID-01", "/disahkan_oleh"),  # no signer
        ("LB-01", "/dasar_hukum"),  # empty item
        ("LB-02", "/dasar_hukum/0/tentang"),  # misspelt in the title of a law
        ("LB-02", "/dasar_hukum/1/tentang"),
        ("FT-01", "/bagian_tabel/0/label/kelengkapan"),  # Persyaratan
        ("FT-01", "/bagian_tabel/0/label"),  # no Mutu Baku
        ("FL-03", "/langkah/1/kegiatan"),  # actors inside steps
        ("FL-03", "/langkah/2/kegiatan"),
        ("RD-09", "/langkah/1/simbol"),  # no symbols in rows
    ],
}

# Traps that are misreadings or slips: what the log of changes says, by pointer and rule. The word
# rules' own texts are in tests/normalise/test_properties.py.
MENDED = {
    "000": [],
    "001": [
        ("/disahkan_oleh/jabatan", "typo.curated"),
        ("label:output", "layout.header-shift"),
        ("/langkah/5/pelaksana", "flow.exit-beside"),
        ("/langkah/6/pelaksana", "flow.exit-beside"),
    ],
    "002": [
        ("label:mutu_baku", "label.misspelt"),
        ("/kualifikasi_pelaksana/1", "typo.curated"),
        ("/langkah/5/kegiatan", "typo.curated"),
        ("/lainnya/0/teks", "ocr.broken-word"),
    ],
    "003": [
        ("label:mutu_baku", "label.misspelt"),
        ("/langkah/4", "layout.shift"),
        ("/langkah/11/output", "ocr.stray-letter"),
        ("/langkah/12/output", "ocr.stray-letter"),
    ],
    "004": [
        ("label:nomor_sop", "label.misspelt"),
        ("/langkah/0/simbol", "ocr.lost-letter"),
        ("/langkah/0/kegiatan", "case.inner-capital"),
        ("/langkah/1/kegiatan", "typo.curated"),
        ("/langkah/2/kegiatan", "typo.curated"),
        ("/langkah/3/kegiatan", "typo.curated"),
        ("/langkah/3/output", "case.inner-capital"),
        ("/langkah/6/kelengkapan", "typo.curated"),
        ("/dasar_hukum", "list.empty-item"),
    ],
}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed sheets are not part of the project")
@pytest.mark.parametrize("seed", sorted(EXPECTED))
def test_every_trap_of_a_seed_is_told(seed: str) -> None:
    [path] = SEEDS.glob(f"{seed}_*.txt")
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    source = SourceFile(path.name, sha256, "text/plain", path, len(data))
    [record] = read_sops(source, Settings())
    told = {(f.rule, f.path) for f in record.findings}
    mended = {(c.path, c.rule) for c in record.corrections}
    assert [trap for trap in EXPECTED[seed] if trap not in told] == []
    assert [trap for trap in MENDED[seed] if trap not in mended] == []
