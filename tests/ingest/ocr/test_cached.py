"""What an engine said is kept by content, and only what is whole counts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from sopextract.ingest.ocr.cached import CachedEngine
from sopextract.ingest.ocr.engine import FoundLine, ReadLine
from sopextract.ingest.scan.raster import Grey

FOUND = (FoundLine((1.0, 2.0, 30.5, 12.0), 0.75),)
READ = ReadLine((("Kepala", 0.1, 0.6, 0.99), ("Dinas", 0.65, 0.9, 0.5)))


class Counting:
    """An engine that counts how often it is asked."""

    name, version = "counting", "1"

    def __init__(self, key: str = "counting 1") -> None:
        self.key = key
        self.asked: list[str] = []

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        self.asked.append("find")
        return FOUND

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        self.asked.append("read")
        return (READ,) * len(pictures)


def page(shade: int = 200, width: int = 40) -> Grey:
    return np.full((20, width), shade, np.uint8)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_an_engine_is_asked_once_for_what_it_was_shown(tmp_path: Path) -> None:
    engine = Counting()
    for _ in range(2):  # two workers, or two runs
        cached = CachedEngine(engine, tmp_path / "cache")
        assert cached.find_lines(page()) == FOUND
        assert cached.read_lines([page(), page(100)]) == (READ, READ)
    assert engine.asked == ["find", "read"]
    assert len(files(tmp_path)) == 2
    assert (cached.name, cached.version, cached.key) == ("counting", "1", "counting 1")


def test_what_is_another_picture_is_asked_anew(tmp_path: Path) -> None:
    engine = Counting()
    cached = CachedEngine(engine, tmp_path)
    cached.find_lines(page())
    cached.find_lines(page(201))
    cached.find_lines(page().reshape(40, 20))  # the same bytes in another shape
    cached.read_lines([page()])  # the same picture, another question
    cached.read_lines([page(), page()])
    assert engine.asked == ["find"] * 3 + ["read"] * 2


def test_another_engine_has_its_own_entries(tmp_path: Path) -> None:
    CachedEngine(Counting(), tmp_path).find_lines(page())
    newer = Counting("counting 2")
    CachedEngine(newer, tmp_path).find_lines(page())
    assert newer.asked == ["find"]


def test_nothing_to_read_is_no_entry(tmp_path: Path) -> None:
    engine = Counting()
    assert CachedEngine(engine, tmp_path).read_lines([]) == ()
    assert engine.asked == []
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "damage",
    ["", "[[1,2,3", "null", "{}", "[[1,2,3,4]]", '[[1,2,3,4,"x"]]', "[[1,2,3,4,true]]", "\x00"],
)
def test_a_damaged_entry_counts_as_none(tmp_path: Path, damage: str) -> None:
    engine = Counting()
    cached = CachedEngine(engine, tmp_path)
    cached.find_lines(page())
    (path,) = files(tmp_path)
    path.write_text(damage, encoding="utf-8")
    assert cached.find_lines(page()) == FOUND
    assert engine.asked == ["find", "find"]
    assert cached.find_lines(page()) == FOUND  # and is mended
    assert engine.asked == ["find", "find"]


@pytest.mark.parametrize(
    "damage", ["[]", "[[]]", '[[["a",0,1,1]],3]', '[[["a",0,1]],[]]', "[[[1,0,1,1]],[]]"]
)
def test_a_damaged_reading_counts_as_none(tmp_path: Path, damage: str) -> None:
    engine = Counting()
    cached = CachedEngine(engine, tmp_path)
    cached.read_lines([page(), page(100)])
    (path,) = files(tmp_path)
    path.write_text(damage, encoding="utf-8")
    assert cached.read_lines([page(), page(100)]) == (READ, READ)
    assert engine.asked == ["read", "read"]


def test_where_nothing_can_be_kept_all_is_read_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file, no folder", encoding="utf-8")
    engine = Counting()
    with caplog.at_level(logging.DEBUG):
        cached = CachedEngine(engine, blocked)
        assert cached.find_lines(page()) == FOUND
        assert cached.find_lines(page()) == FOUND
    assert engine.asked == ["find", "find"]
    assert "not kept" in caplog.text
