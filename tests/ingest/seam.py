"""What stands in for the reading of pixels where a test is about what is around it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from types import ModuleType

import pytest

from sopextract.core.geometry import BBox, Point, bbox_of
from sopextract.ingest.page.strokes import DrawnPage, Stroke, Word
from sopextract.ingest.scan.raster import Raster
from sopextract.model.source import ScanReading
from sopextract.settings import IngestSettings

SAID = "Kepala Dinas Perpustakaan"


@dataclass(frozen=True)
class MovedFlat:
    """A flat page that lies a little aside of the page."""

    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0

    def back(self, point: Point) -> Point:
        """The point of the page."""
        return point[0] + self.dx, point[1] + self.dy

    def box_back(self, box: BBox) -> BBox:
        """The box on the page."""
        return bbox_of((self.back((box[0], box[1])), self.back((box[2], box[3]))))


@dataclass(frozen=True)
class MadeScan:
    """As `Scanned`."""

    drawn: DrawnPage
    flat: MovedFlat
    reading: ScanReading


def words_at(x: float, y: float, text: str = SAID) -> tuple[Word, ...]:
    """Words on one line, 40 points apart."""
    return tuple(
        Word(word, (x + 40 * k, y, x + 40 * k + 35, y + 10), 10.0, score=0.97)
        for k, word in enumerate(text.split())
    )


def made_scan(
    raster: Raster, number: int, words: tuple[Word, ...], strokes: tuple[Stroke, ...] = ()
) -> MadeScan:
    """A scan with these words and strokes, moved by (2, 1) points."""
    reading = ScanReading("made", "1", 0.97 if words else None, None, len(words), 0)
    drawn = DrawnPage(number, raster.size_pt, words, strokes)
    return MadeScan(drawn, MovedFlat(2.0, 1.0), reading)


def with_made_words(monkeypatch: pytest.MonkeyPatch, words: bool = True) -> list[Raster]:
    """Every raster says `SAID`, or nothing; those that were read are in the list."""
    seen: list[Raster] = []

    def read_scan(raster: Raster, number: int, settings: IngestSettings) -> MadeScan:
        seen.append(raster)
        return made_scan(raster, number, words_at(100, 100) if words else ())

    put_in(monkeypatch, read_scan)
    return seen


def put_in(
    monkeypatch: pytest.MonkeyPatch, read_scan: Callable[[Raster, int, IngestSettings], MadeScan]
) -> None:
    """Let pixels be read by this, whatever is installed."""
    if find_spec("cv2") is None:
        opencv = ModuleType("cv2")
        monkeypatch.setattr(opencv, "setNumThreads", lambda count: None, raising=False)
        monkeypatch.setitem(sys.modules, "cv2", opencv)
    module = ModuleType("sopextract.ingest.scan.read")
    monkeypatch.setattr(module, "read_scan", read_scan, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    halves = ModuleType("sopextract.ingest.scan.halves")
    monkeypatch.setattr(halves, "find_halves", lambda raster, settings: (), raising=False)
    monkeypatch.setitem(sys.modules, halves.__name__, halves)
    monkeypatch.setattr("sopextract.ingest.extra.find_spec", lambda name: name)
