"""What an engine said of some pictures, kept in a file, and said again without the engine.

A picture is known again by a coarse image of itself, so that a change of a few pixels somewhere
before the engine does not make the recording void, and a change of many does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


class _Album:
    """Pictures that were shown to an engine: coarse images, and width over height of each."""

    def __init__(self, shown: Sequence[tuple[str, float]]) -> None:
        self._images = np.array([_levels(image) for image, _ in shown])
        self._ratios = np.array([ratio for _, ratio in shown])

    def find(self, image: str, ratio: float) -> int | None:
        """Which of them looks the same; None when none does."""
        if not len(self._ratios):
            return None
        apart = np.abs(self._images - _levels(image)).mean(axis=1)
        apart = apart + _STRETCH * np.abs(np.log(self._ratios / ratio))
        best = int(apart.argmin())
        return best if apart[best] <= _SAME else None


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
        """Write all that was said, a picture a line."""
        who = json.dumps({"engine": self.name, "version": self.version})[1:-1]
        pages, lines = (
            ",\n".join(json.dumps(one, ensure_ascii=False) for one in shown)
            for shown in (self._pages, self._lines)
        )
        text = f'{{{who}, "pages": [\n{pages}\n], "lines": [\n{lines}\n]}}\n'
        path.write_text(text, encoding="utf-8")


class RecordedEngine:
    """Says again what a file says that an engine said; nothing of pictures it does not know."""

    def __init__(self, path: Path) -> None:
        said = json.loads(path.read_text(encoding="utf-8"))
        self.name, self.version = str(said["engine"]), str(said["version"])
        self.key = f"recorded {path.name}"
        self._pages = [(float(p["width"]), p["lines"]) for p in said["pages"]]
        self._lines = [
            ReadLine(tuple((str(t), float(a), float(b), float(s)) for t, a, b, s in line["words"]))
            for line in said["lines"]
        ]
        self._page_album = _Album([(p["image"], p["ratio"]) for p in said["pages"]])
        self._line_album = _Album([(line["image"], line["ratio"]) for line in said["lines"]])
        self.asked = 0  # pictures shown to it
        self.unknown = 0  # of these, those not known again

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        """The lines of the recorded page that looks the same, at this picture's size."""
        self.asked += 1
        index = self._page_album.find(*_page_seen(picture))
        if index is None:
            self.unknown += 1
            return ()
        width, lines = self._pages[index]
        scale = picture.shape[1] / width
        return tuple(
            FoundLine((x0 * scale, y0 * scale, x1 * scale, y1 * scale), score)
            for x0, y0, x1, y1, score in lines
        )

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        """Of each picture what was said of the one that looks the same."""
        return tuple(self._read(picture) for picture in pictures)

    def _read(self, picture: Grey) -> ReadLine:
        self.asked += 1
        index = self._line_album.find(*_line_seen(picture))
        if index is None:
            self.unknown += 1
            return ReadLine(())
        return self._lines[index]


@contextmanager
def engines_replaced(engine: Engine) -> Iterator[None]:
    """Scans are read with this engine and no witness, whatever is installed."""
    with patch("sopextract.ingest.scan.read.load_engines", lambda cache: (engine, None)):
        yield
