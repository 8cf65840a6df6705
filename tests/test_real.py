"""Real sheets, which may not be copied: checked where they lie beside the project."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from sopextract.model.record import SopRecord
from sopextract.pipeline import read_sops
from sopextract.score import score
from sopextract.settings import Settings
from tools.measure import REAL, Gold, load_gold, measures, path_of, source_file

FILES = sorted(path.name for path in REAL.glob("*.pdf"))

pytestmark = pytest.mark.skipif(not FILES, reason="the real sheets are not at hand")


@cache
def read(name: str) -> tuple[SopRecord, ...]:
    """The records of one file; both tests read most of them."""
    return read_sops(source_file(name, REAL / name), Settings())


@pytest.mark.parametrize("name", FILES, ids=lambda name: Path(name).name[:3])
def test_every_real_sheet_is_one_record(name: str) -> None:
    (record,) = read(name)
    assert record.langkah or any(note.picture_flow for note in record.page_notes)


def test_the_sheets_for_tuning_are_read_as_well_as_before() -> None:
    gold = load_gold("real-tuning/*.json")
    records = [record for path in sorted(map(path_of, gold)) for record in read(path)]
    found = figures(gold, records)
    assert found["identity"] >= 0.98
    assert found["step cells"] >= 0.97
    assert found["actors of steps"] >= 0.98
    assert found["edges"] >= 0.95


def test_a_flow_that_is_a_picture_is_read() -> None:
    pytest.importorskip("cv2")
    pytest.importorskip("rapidocr")
    gold = [g for g in load_gold("real-tuning/*.json") if path_of(g).startswith("215.")]
    found = figures(gold, [record for path in map(path_of, gold) for record in read(path)])
    assert found["identity"] == 1.0
    assert found["step cells"] >= 0.97
    assert found["actors of steps"] == 1.0
    assert found["edges"] == 1.0


def figures(gold: Sequence[Gold], records: Sequence[SopRecord]) -> dict[str, float]:
    """F1 of the four measures by name."""
    return {tally.name: tally.f1 for tally in measures(score(gold, records))}
