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
    assert any(d.what == "pelaksana" for d in pair.differences)
    assert any(d.what == "label" for d in pair.differences)


def test_legal_matrix_meets_by_id(seeds: Comparison) -> None:
    rows = {row.id: row.sheets for row in seeds.legal.rows}
    assert rows["permen-panrb/2014/53"] == (0, 1, 4)
    assert rows["uu/2014/23"] == (2, 3)
    assert rows["perpres/2014/29"] == (0, 4)


def test_a_time_without_amount_stays_unknown(seeds: Comparison) -> None:
    figures = seeds.sheets[0].figures
    assert figures.menit_kerja == 440
    assert figures.time_unknown == 1
