"""Made sheets: the same for the same seed, truthful, and apart where they must be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from sopextract.model.record import SopRecord
from tools.make_sheets import MadeSheet, make_sheets
from tools.make_sheets.compose import FRESH_POOL, HELD_OUT_POOL, TUNING_POOL, pool_for

ALL = "ABCDEFGN"


def golds(made: MadeSheet) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json.dumps(list(made.gold)))
    return found


def as_text(made: MadeSheet) -> str:
    for encoding in ("utf-16", "utf-8", "cp1252"):
        if encoding == "utf-16" and made.data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return made.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(made.name)


def test_the_same_seed_gives_the_same_sheets() -> None:
    assert list(make_sheets(16, 5)) == list(make_sheets(16, 5))
    assert list(make_sheets(8, 5)) != list(make_sheets(8, 6))


def test_a_sheet_depends_on_its_number_alone() -> None:
    assert list(make_sheets(24, 5))[:8] == list(make_sheets(8, 5))


def test_names_are_unique_and_say_the_layout() -> None:
    made = list(make_sheets(32, 5))
    assert len({one.name for one in made}) == 32
    assert all(one.name.startswith(one.layout.lower()) for one in made)


@pytest.mark.parametrize("seed", [5, 9005, 9505])
def test_the_truth_has_the_shape_of_a_record(seed: int) -> None:
    fill = {"id": "0", "source": {"sha256": "", "media_type": "text/plain"}}
    for made in make_sheets(64, seed, ALL):
        for gold in golds(made):
            complete = fill | gold | {"source": {**fill["source"], **gold["source"]}}  # type: ignore[dict-item]
            for row in complete["pelaksana"]:
                row.setdefault("kolom", 1)
                row.setdefault("lengkap", row["nama"])
            for edge in complete["alur"]:
                edge.setdefault("basis", "order")
            for law in complete["dasar_hukum"]:
                for later in law.get("diubah_dengan", []):
                    later.setdefault("teks", "")
            SopRecord.model_validate(complete)


def _texts(gold: Mapping[str, Any]) -> list[str]:
    found = [gold["nomor_sop"], *gold["kualifikasi_pelaksana"], *gold["pencatatan_pendataan"]]
    for row in gold["langkah"]:
        found += [row["kegiatan"], row["kelengkapan"], row["output"]]
    return [text for text in found if text]


@pytest.mark.parametrize("layout", ["A", "B", "C", "D"])
def test_every_true_text_stands_in_the_file_unless_it_was_spoilt(layout: str) -> None:
    for made in make_sheets(20, 5, layout):
        text = as_text(made)
        spoilt = sum(" -> " in fault for fault in made.faults)
        for gold in golds(made):
            absent = [t for t in _texts(gold) if t not in text]
            assert len(set(absent)) <= spoilt


def test_loops_go_back_to_the_actor_that_the_text_names() -> None:
    seen = 0
    for made in make_sheets(60, 5, "B"):
        for gold in golds(made):
            rows = gold["langkah"]
            for edge in gold["alur"]:
                if edge["label"] == "Tidak" and rows[edge["ke"] - 1].get("pelaksana"):
                    actor = rows[edge["ke"] - 1]["pelaksana"][0]
                    text = rows[edge["dari"] - 1]["kegiatan"].lower()
                    assert f"dikembalikan kepada {actor.lower()}" in text
                    seen += 1
    assert seen > 40


def test_sheets_differ_really() -> None:
    names = {g["nama_sop"] for m in make_sheets(120, 5, "A") for g in golds(m)}
    counts = {len(g["langkah"]) for m in make_sheets(120, 5, "A") for g in golds(m)}
    actors = {len(g["pelaksana"]) for m in make_sheets(120, 5, "A") for g in golds(m)}
    assert len(names) >= 20
    assert min(counts) <= 5
    assert max(counts) >= 14
    assert actors >= {4, 5, 6}


def test_kept_apart_sheets_share_no_agency_and_no_procedure() -> None:
    for one, two in combinations((TUNING_POOL, HELD_OUT_POOL, FRESH_POOL), 2):
        assert not {a.nama for a in one.agencies} & {a.nama for a in two.agencies}
        assert not {a.wilayah for a in one.agencies} & {a.wilayah for a in two.agencies}
        acts, others = ({act.text for t in pool.topics for act in t.acts} for pool in (one, two))
        assert not acts & others
        assert not set(one.words.handover) & set(two.words.handover)


def test_the_seed_decides_the_words() -> None:
    pools = [pool_for(seed) for seed in (7, 8999, 9000, 9499, 9500)]
    assert [pool.apart for pool in pools] == [0, 0, 1, 1, 2]


def test_files_that_are_no_sop_have_no_truth() -> None:
    made = list(make_sheets(20, 5, "N"))
    assert all(one.gold == () for one in made)
    assert len({one.name.split("-", 2)[2] for one in made}) >= 4


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(KeyError):
        list(make_sheets(1, 5, "V"))
