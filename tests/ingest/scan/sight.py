"""An engine that knows what is written on a drawn sheet by its looks, however the page lies."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from sopextract.core.geometry import BBox, grow
from sopextract.ingest.ocr.engine import FoundLine, ReadLine
from sopextract.ingest.scan.raster import Grey
from tests.ingest.scan.drawing import PER_PT, Sheet

Look = npt.NDArray[np.float32]
_PAGE, _LINE = (40, 40), (32, 8)  # width and height of coarse pictures
_UNLIKE = 0.12  # of black: the same text, drawn again, differs by half of this
_STRETCH = 1.25  # of width to height
_DARK = 150


class SheetEngine:
    """Finds and reads what a sheet says, all with one score; anything else is no text to it."""

    name, version, key = "sheet", "1", "sheet 1"

    def __init__(self, sheet: Sheet, score: float = 0.97) -> None:
        self._score = score
        self._size = sheet.pixels.shape[1], sheet.pixels.shape[0]
        self._boxes = [_in_pixels(grow(box, 0.7)) for _, box in sheet.said]
        self._pages = [_look(np.rot90(sheet.grey, -k), _PAGE) for k in range(4)]
        self._lines = [
            (text, _trimmed(sheet.grey[y0:y1, x0:x1]))
            for (text, _), (x0, y0, x1, y1) in zip(sheet.said, self._boxes, strict=True)
        ]

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        """Where the texts stand on the page, by how it lies."""
        look = _look(picture, _PAGE)
        turns = int(np.argmin([np.abs(look - page).mean() for page in self._pages]))
        width, height = self._size if turns % 2 == 0 else self._size[::-1]
        across, down = picture.shape[1] / width, picture.shape[0] / height
        found = []
        for box in self._boxes:
            x0, y0, x1, y1 = _turned(box, turns, self._size)
            found.append(FoundLine((x0 * across, y0 * down, x1 * across, y1 * down), self._score))
        return tuple(found)

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        """What each picture says; no words where it looks like none of the texts."""
        return tuple(self._read(picture) for picture in pictures)

    def _read(self, picture: Grey) -> ReadLine:
        shown = _trimmed(picture)
        if shown is None:
            return ReadLine(())
        best, text = _UNLIKE, ""
        for known, drawn in self._lines:
            if drawn is None or not _is_alike(shown, drawn):
                continue
            off = float(np.abs(_look(shown, _LINE) - _look(drawn, _LINE)).mean())
            if off < best:
                best, text = off, known
        share = 1 / max(len(text), 1)
        words, at = [], 0
        for word in text.split(" ") if text else ():
            words.append((word, at * share, (at + len(word)) * share, self._score))
            at += len(word) + 1
        return ReadLine(tuple(words))


def _in_pixels(box: BBox) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (max(0, round(v * PER_PT)) for v in box)
    return x0, y0, x1, y1


def _turned(box: BBox, turns: int, size: tuple[int, int]) -> BBox:
    """A box on the page turned clockwise so many times by a right angle."""
    x0, y0, x1, y1 = box
    width, height = size
    for _ in range(turns):
        x0, y0, x1, y1 = height - y1, x0, height - y0, x1
        width, height = height, width
    return x0, y0, x1, y1


def _trimmed(picture: Grey) -> Grey | None:
    """A picture cut to its ink; None where there is none."""
    ys, xs = np.nonzero(picture < _DARK)
    if not len(ys):
        return None
    return picture[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]


def _is_alike(a: Grey, b: Grey) -> bool:
    stretch = (a.shape[1] / a.shape[0]) / (b.shape[1] / b.shape[0])
    return bool(1 / _STRETCH < stretch < _STRETCH)


def _look(picture: Grey, size: tuple[int, int]) -> Look:
    """A coarse picture, 0 for white and 1 for black."""
    small = cv2.resize(np.ascontiguousarray(picture), size, interpolation=cv2.INTER_AREA)
    return np.asarray(1 - np.asarray(small, np.float32) / 255, np.float32)
