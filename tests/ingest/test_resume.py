"""A scan that was stopped goes on where it was: what an engine said is never asked for again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from sopextract.ingest.detect import detect_media_type
from sopextract.ingest.ocr import load
from sopextract.ingest.ocr.engine import FoundLine, ReadLine
from sopextract.ingest.picture import read_pages
from sopextract.ingest.scan.raster import Grey
from sopextract.model.source import Page, SourceFile
from sopextract.settings import IngestSettings

pytest.importorskip("cv2")

PAGES = 5
LINE = ReadLine((("Kepala", 0.0, 0.5, 0.99), ("Dinas", 0.6, 1.0, 0.99)))


class StoppedError(Exception):
    """The process was killed."""


class Counting:
    """An engine that keeps what it was asked for, and stops after so many pictures."""

    name, version, key = "counting", "1", "counting 1"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.most = 10_000

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        self._count("find", picture)
        height, width = picture.shape
        return tuple(
            FoundLine((0.1 * width, y * height, 0.9 * width, (y + 0.03) * height), 0.9)
            for y in (0.2, 0.4)
        )

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        for picture in pictures:
            self._count("read", picture)
        return (LINE,) * len(pictures)

    def _count(self, what: str, picture: Grey) -> None:
        if len(self.asked) >= self.most:
            raise StoppedError
        digest = sha256(picture.tobytes()).hexdigest()
        self.asked.append(f"{what} {picture.shape} {digest}")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    made = Counting()
    monkeypatch.setattr(load, "_loaded", lambda: (made, None))
    load.load_engines.cache_clear()
    yield made
    load.load_engines.cache_clear()


@pytest.fixture
def scan(tmp_path: Path) -> SourceFile:
    """Pages with two lines of bars each, no two alike."""
    pages = []
    for number in range(PAGES):
        page = Image.new("L", (827, 1169), 255)
        pen = ImageDraw.Draw(page)
        for y in (240, 475):
            for x in range(100, 700 - 40 * number, 14 + number):
                pen.rectangle((x, y, x + 4, y + 14 + x % 3), fill=0)
        pages.append(page)
    path = tmp_path / "pindai.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(100, 100))
    data = path.read_bytes()
    kind = detect_media_type(path.name, data[:1024], path)
    return SourceFile(path.name, "0" * 64, kind, path, len(data))


def read(scan: SourceFile, cache: Path) -> list[Page]:
    return list(read_pages(scan, IngestSettings(ocr_cache=cache)))


@pytest.mark.parametrize("pages_done", [1, 3])
def test_a_run_that_was_stopped_asks_only_for_the_rest(
    scan: SourceFile, engine: Counting, tmp_path: Path, pages_done: int
) -> None:
    whole = read(scan, tmp_path / "whole")
    wanted = list(engine.asked)
    assert len(whole) == PAGES

    engine.asked = []
    pages = read_pages(scan, IngestSettings(ocr_cache=tmp_path / "cache"))
    before = [next(pages) for _ in range(pages_done)]
    engine.most = len(engine.asked) + 1  # in the midst of the page after
    with pytest.raises(StoppedError):
        next(pages)
    done = list(engine.asked)

    engine.asked, engine.most = [], 10_000
    again = read(scan, tmp_path / "cache")
    assert again == whole
    assert before == whole[:pages_done]
    assert not set(engine.asked) & set(done)
    assert sorted([*done, *engine.asked]) == sorted(wanted)


def test_a_broken_entry_costs_its_own_reading_alone(
    scan: SourceFile, engine: Counting, tmp_path: Path
) -> None:
    whole = read(scan, tmp_path / "cache")
    wanted = len(engine.asked)
    entry = sorted(path for path in (tmp_path / "cache").rglob("*") if path.is_file())[0]
    entry.write_bytes(entry.read_bytes()[:-7])
    engine.asked = []
    assert read(scan, tmp_path / "cache") == whole
    assert 0 < len(engine.asked) < wanted / PAGES
    assert entry.read_bytes()


def test_a_second_run_asks_for_nothing(scan: SourceFile, engine: Counting, tmp_path: Path) -> None:
    whole = read(scan, tmp_path / "cache")
    engine.asked = []
    assert read(scan, tmp_path / "cache") == whole
    assert engine.asked == []
