"""The five seeds, read by the whole pipeline; skipped where they are not at hand."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from sopextract.compare import compare
from sopextract.compare.comparison import Comparison
from sopextract.model.record import SopRecord
from sopextract.model.source import SourceFile
from sopextract.pipeline import read_sops
from sopextract.settings import Settings

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


@pytest.fixture(scope="module")
def seeds() -> Comparison:
    paths = sorted(SEEDS.glob("00[0-4]_*.txt"))
    if len(paths) != 5:
        pytest.skip("the seeds are not at hand")
    settings = Settings()
    records: list[SopRecord] = []
    for path in paths:
        data = path.read_bytes()
        source = SourceFile(path.name, sha256(data).hexdigest(), "text/plain", path, len(data))
        records.extend(read_sops(source, settings))
    assert len(records) == 5
    return compare(records, settings.compare)


def test_two_families_and_one_alone(seeds: Comparison) -> None:
    assert {frozenset(f.members) for f in seeds.families} == {
        frozenset({0, 4}), frozenset({2, 3}),
    }  # fmt: skip


def test_copies_with_their_true_differences(seeds: Comparison) -> None:
    (group,) = seeds.copies
    assert group.members == (2, 3)
    (pair,) = group.pairs
    assert (pair.same_steps, pair.same_times, pair.compared_times) == (13, 13, 13)
    assert [(x.sop, x.words) for x in pair.leftovers] == [(3, "di lingkup Badan")]
    assert {d.where for d in pair.differences if d.what == "kegiatan"} == {"Langkah 2", "Langkah 5"}
    actors = [d for d in pair.differences if d.where == "Kolom pelaksana"]
    assert [(d.left, "Kasubag PKP" in d.right) for d in actors] == [
        ("Sekretaris; Kasubag Program; Kepala Dinas", True)
    ]
    labels = [(d.where, d.left, d.right) for d in pair.differences if d.what == "label"]
    assert labels == [("Kolom keterangan", "Keterangan", "ket")]
    (own,) = [d for d in pair.differences if d.what == "isi" and "lingkup" in d.left]
    assert (own.left[-5:], own.right[-5:]) == ("Dinas", "Badan")


def test_copies_stand_row_by_row(seeds: Comparison) -> None:
    family = next(f for f in seeds.families if 2 in f.members)
    assert [[c.urutan if c else None for c in row.cells] for row in family.rows] == [
        [i, i] for i in range(1, 14)
    ]


def test_legal_matrix_meets_by_id(seeds: Comparison) -> None:
    assert {row.id: (row.sheets, row.status) for row in seeds.legal.rows} == {
        "permen-panrb/2014/53": ((0, 1, 4), "berlaku"),
        "pp/2019/12": ((2, 3), "berlaku"),
        "permen-dagri/2011/52": ((2, 3), "berlaku"),
        "permen-dagri/2009/73": ((2, 3), "dicabut"),
        "permen-dagri/2017/86": ((2, 3), "berlaku"),
        "perpres/2014/29": ((0, 4), "berlaku"),
        "uu/2014/23": ((2, 3), "diubah"),
        "perbup-kabupaten-way-kanan/2020/36": ((4,), None),
        "perda-provinsi-kalimantan-barat/2019/11": ((1,), None),
        "perda-provinsi-kalimantan-barat/2016/8": ((1,), None),
    }
    for row in seeds.legal.rows:
        cited = [seeds.sheets[sop].agency for sop in row.sheets]
        assert row.counts == tuple(cited.count(a.number) for a in seeds.agencies)


def test_revoked_and_amended_laws_stand_with_their_sheets(seeds: Comparison) -> None:
    ids = [row.id for row in seeds.legal.rows]
    told = [(s.legal.revoked, s.legal.amended) for s in seeds.sheets if s.legal]
    both = ((ids.index("permen-dagri/2009/73"),), (ids.index("uu/2014/23"),))
    assert told == [((), ()), ((), ()), both, both, ((), ())]


def test_a_time_without_amount_stays_unknown(seeds: Comparison) -> None:
    figures = seeds.sheets[0].figures
    assert figures.menit_kerja == 440
    assert figures.time_unknown == 1
    assert figures.flow is not None
    assert (figures.flow.main.min, figures.flow.main.max, figures.flow.main.unknown) == (
        440,
        None,
        1,
    )
