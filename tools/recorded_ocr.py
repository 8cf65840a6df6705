"""What an engine said of some pictures, kept in a file, and said again without the engine.

A picture is known again by a coarse image of itself, so that a change of a few pixels somewhere
before the engine does not make the recording void, and a change of many does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
from PIL import Image

from sopextract.ingest.ocr.engine import Engine, FoundLine, ReadLine
from sopextract.ingest.scan.raster import Grey

_ACROSS, _DOWN = 48, 6  # of the coarse image of a line; 48 across tells "10 mnt" from "15 mnt"
_PAGE_SIDE = 24  # of that of a page
_LEVELS = 16
# Mean difference of levels beyond which a picture is not known again. On two pages (126 lines) a
# line cut one or two pixels otherwise differed by 2.4 at most from itself (a lone "v" by more), and
# the nearest of all lines was the right one in 500 of 504.
_SAME = 2.5
_STRETCH = 4.0  # what a share of width more or less counts, in levels

Coarse = npt.NDArray[np.float32]


def coarse(picture: Grey, across: int, down: int) -> str:
    """A picture as `across` times `down` hexadecimal digits of lightness, row by row."""
    small = Image.fromarray(picture).resize((across, down), Image.Resampling.BOX)
    levels = np.asarray(small, dtype=np.uint16) * _LEVELS // 256
    return "".join(f"{level:x}" for level in levels.ravel())


def _levels(text: str) -> Coarse:
    return np.array([int(digit, 16) for digit in text], dtype=np.float32)


@dataclass(frozen=True)
class _Seen:
    """A picture that was shown to the engine: its coarse image and its width over its height."""

    image: Coarse
    ratio: float

    def difference(self, other: _Seen) -> float:
        stretch = abs(np.log(self.ratio / other.ratio))
        return float(np.abs(self.image - other.image).mean() + _STRETCH * stretch)


def _line_seen(picture: Grey) -> tuple[str, float]:
    return coarse(picture, _ACROSS, _DOWN), round(picture.shape[1] / picture.shape[0], 3)


def _page_seen(picture: Grey) -> tuple[str, float]:
    return coarse(picture, _PAGE_SIDE, _PAGE_SIDE), round(picture.shape[1] / picture.shape[0], 3)


class Recorder:
    """An engine that remembers all it was asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name, self.version, self.key = engine.name, engine.version, engine.key
        self._pages: list[dict[str, object]] = []
        self._lines: list[dict[str, object]] = []

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        """As the engine does."""
        found = self._engine.find_lines(picture)
        image, ratio = _page_seen(picture)
        boxes = [[*(round(v, 1) for v in line.bbox), round(line.score, 3)] for line in found]
        self._pages.append(
            {"image": image, "ratio": ratio, "width": picture.shape[1], "lines": boxes}
        )
        return found

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        """As the engine does."""
        read = self._engine.read_lines(pictures)
        for picture, line in zip(pictures, read, strict=True):
            image, ratio = _line_seen(picture)
            words = [[text, round(a, 4), round(b, 4), round(s, 4)] for text, a, b, s in line.words]
            self._lines.append({"image": image, "ratio": ratio, "words": words})
        return read

    def save(self, path: Path) -> None:
        """Write all that was said."""
        said: dict[str, object] = {
            "engine": self.name,
            "version": self.version,
            "pages": self._pages,
            "lines": self._lines,
        }
        path.write_text(json.dumps(said, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


class RecordedEngine:
    """Says again what a file says that an engine said; nothing of pictures it does not know."""

    def __init__(self, path: Path) -> None:
        said = json.loads(path.read_text(encoding="utf-8"))
        self.name, self.version = str(said["engine"]), str(said["version"])
        self.key = f"recorded {path.name}"
        self._pages = [
            (_Seen(_levels(p["image"]), p["ratio"]), float(p["width"]), p["lines"])
            for p in said["pages"]
        ]
        self._lines = [
            (
                _Seen(_levels(line["image"]), line["ratio"]),
                ReadLine(tuple((str(t), float(a), float(b), float(s)) for t, a, b, s in words)),
            )
            for line in said["lines"]
            for words in (line["words"],)
        ]
        self.unknown = 0  # pictures that were not known again

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        """The lines of the recorded page that looks the same, at this picture's size."""
        image, ratio = _page_seen(picture)
        seen = _Seen(_levels(image), ratio)
        page = min(self._pages, key=lambda one: seen.difference(one[0]), default=None)
        if page is None or seen.difference(page[0]) > _SAME:
            self.unknown += 1
            return ()
        scale = picture.shape[1] / page[1]
        return tuple(
            FoundLine((x0 * scale, y0 * scale, x1 * scale, y1 * scale), score)
            for x0, y0, x1, y1, score in page[2]
        )

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        """Of each picture what was said of the one that looks the same."""
        return tuple(self._read(picture) for picture in pictures)

    def _read(self, picture: Grey) -> ReadLine:
        image, ratio = _line_seen(picture)
        seen = _Seen(_levels(image), ratio)
        best = min(self._lines, key=lambda one: seen.difference(one[0]), default=None)
        if best is None or seen.difference(best[0]) > _SAME:
            self.unknown += 1
            return ReadLine(())
        return best[1]


@contextmanager
def engines_replaced(engine: Engine) -> Iterator[None]:
    """Scans are read with this engine and no witness, whatever is installed."""
    with patch("sopextract.ingest.scan.read.load_engines", lambda cache: (engine, None)):
        yield
