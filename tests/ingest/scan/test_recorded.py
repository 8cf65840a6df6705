"""Pixels to record without the engine: what it says of three made pages was recorded.

`python -m tools.record_scan` records anew. A recording that no longer knows the pictures it is
shown says so in `unknown`: then the way to the engine has changed, and it is to be made again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sopextract.ingest import ingest
from sopextract.model.record import SopRecord
from sopextract.model.source import Grid, InkKind, Page
from sopextract.normalise import normalise
from sopextract.parse import parse
from sopextract.settings import Settings
from tools.measure import source_file
from tools.recorded_ocr import RecordedEngine, engines_replaced

pytest.importorskip("cv2")

DATA = Path(__file__).parents[2] / "data" / "scan"


@dataclass(frozen=True)
class Read:
    """A recorded picture as it is read, and its truth."""

    pages: tuple[Page, ...]
    record: SopRecord
    gold: dict[str, Any]
    unknown: float  # share of the pictures shown


@cache
def read(name: str) -> Read:
    engine = RecordedEngine(DATA / f"{name}.ocr.json")
    path = next(p for p in DATA.glob(f"{name}.*") if p.suffix in (".png", ".tif"))
    settings = Settings()
    with engines_replaced(engine):
        document = ingest(source_file(path.name, path), settings.ingest)
    (draft,) = parse(document, settings.parse)
    (gold,) = json.loads((DATA / f"{name}.gold.json").read_text(encoding="utf-8"))
    return Read(
        document.pages, normalise(draft, settings.normalise), gold, engine.unknown / engine.asked
    )


@pytest.mark.parametrize("name", ["bilevel", "stamped", "photo"])
def test_the_recording_knows_what_it_is_shown(name: str) -> None:
    assert read(name).unknown < 0.06


@pytest.mark.parametrize("name", ["bilevel", "stamped"])
def test_the_identity_is_read(name: str) -> None:
    its = read(name)
    found = its.record.model_dump(mode="json")
    for field in ("nomor_sop", "nama_sop", "tanggal_pembuatan", "tanggal_efektif"):
        assert found[field] == its.gold[field], field
    signer = its.gold["disahkan_oleh"]
    for field in ("nama", "nip"):  # under a stamp they may be lost, never other than they are
        assert found["disahkan_oleh"][field] in (None, signer[field])
    assert [d["id"] for d in found["dasar_hukum"]] == [d["id"] for d in its.gold["dasar_hukum"]]


def test_a_page_on_its_side_is_turned_and_its_places_lie_on_the_page_as_it_is() -> None:
    (page,) = read("stamped").pages
    assert page.scan is not None
    assert page.scan.turn == 270
    assert page.scan.skew_deg == pytest.approx(-0.6, abs=0.1)
    assert page.size_pt is not None
    assert page.size_pt[0] < page.size_pt[1]
    places = [v.bbox for v in read("stamped").record.provenance.values() if v.bbox is not None]
    assert all(0 <= x0 < x1 <= page.size_pt[0] for x0, _, x1, _ in places)
    assert all(0 <= y0 < y1 <= page.size_pt[1] for _, y0, _, y1 in places)


def test_coloured_ink_is_kept_as_pictures() -> None:
    (page,) = read("stamped").pages
    assert page.scan is not None
    kinds = {crop.kind for crop in page.scan.crops}
    assert InkKind.STAMP in kinds
    assert all(crop.png.startswith(b"\x89PNG") for crop in page.scan.crops)


def test_a_photographed_step_table_is_read_row_by_row() -> None:
    its = read("photo")
    wanted = [step["kegiatan"] for step in its.gold["langkah"]]
    assert [step.kegiatan for step in its.record.langkah] == wanted
    assert [step.pelaksana for step in its.record.langkah] == [
        tuple(step["pelaksana"]) for step in its.gold["langkah"]
    ]


def test_both_pages_of_a_fax_are_read() -> None:
    its = read("bilevel")
    assert [page.number for page in its.pages] == [1, 2]
    assert all(page.scan is not None and page.scan.turn == 0 for page in its.pages)
    grids = [len(block.rows) for p in its.pages for block in p.blocks if isinstance(block, Grid)]
    assert len(grids) == 3
    assert its.record.source.ocr is not None
    assert its.record.source.ocr.engine == "rapidocr"
