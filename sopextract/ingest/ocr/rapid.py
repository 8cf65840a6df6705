"""Words read with RapidOCR (PP-OCRv6, models in its wheel): lines found and lines read apart.

The package's own recogniser is not called: it pads pictures to one width, 320 pixels at least, and
gives each line one score. Its model is run here on one line after another and decoded with a score
a word: on one thread that is the fastest (41 lines take 0.72 s; 0.85 to 1.45 s in batches of 6 to
20), and what a line says does not depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
import numpy.typing as npt

from sopextract.errors import MissingProgramError
from sopextract.ingest.ocr.engine import FoundLine, ReadLine
from sopextract.ingest.ocr.signs import Floats, Signs

if TYPE_CHECKING:
    from sopextract.ingest.scan.raster import Grey

_HOW_TO_INSTALL = "reading scans needs RapidOCR: pip install 'sopextract[scan]'"
# The longer side of the picture in which lines are looked for, pixels: at 1280 small type begins
# to be lost, 2000 takes longer and finds no more (docs/accuracy.md).
FIND_SIDE = 1600
_HEIGHT = 48  # pixels: what the model was trained on
_STEP = 8  # pixels of width to one step of the model's output
_LEAST_WIDTH = 48  # pixels; narrower pictures are padded
_MOST_WIDTH = 2400  # pixels; a line over a whole A3 page has 1,900 at this height
_ROUNDED = 4  # digits of a score: what is kept in the cache


class _Session(Protocol):
    """What is used of the package's session."""

    def __call__(self, batch: Floats) -> Floats: ...
    def get_character_list(self) -> list[str]: ...


class RapidEngine:
    """RapidOCR behind the seam; built by `load_rapid` once for a process."""

    name = "rapidocr"

    def __init__(self, find_side: int = FIND_SIDE) -> None:
        self.version = version("rapidocr")
        self.key = f"{self.name} {self.version} PP-OCRv6 small side {find_side} read 22"
        self._detector, self._session = _load_models(find_side)
        self._signs = Signs(self._session.get_character_list())

    def find_lines(self, picture: Grey) -> tuple[FoundLine, ...]:
        """Where lines of text stand on an upright page, from the top."""
        if min(picture.shape) < _STEP:
            return ()
        found = self._detector(np.repeat(picture[:, :, None], 3, axis=2))
        if found.boxes is None:
            return ()
        lines = []
        for corners, score in zip(found.boxes, found.scores, strict=True):
            (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
            box = (float(x0), float(y0), float(x1), float(y1))
            lines.append(FoundLine(box, round(float(score), _ROUNDED)))
        return tuple(lines)

    def read_lines(self, pictures: Sequence[Grey]) -> tuple[ReadLine, ...]:
        """What each picture of one line of text says, in their order."""
        return tuple(self._read(picture) for picture in pictures)

    def _read(self, picture: Grey) -> ReadLine:
        line = _shaped(picture)
        if line is None:
            return ReadLine(())
        width = line.shape[1]
        padded = max(-(-width // _STEP) * _STEP, _LEAST_WIDTH)
        tensor = np.ones((1, 3, _HEIGHT, padded), np.float32)  # paper
        tensor[:, :, :, :width] = line
        return self._signs.decode(self._session(tensor)[0], width / _STEP, picture)


def _shaped(picture: Grey) -> Floats | None:
    """The picture at the model's height, -1 black to 1 white; None for one without pixels."""
    import cv2

    height, width = picture.shape
    if not height or not width:
        return None
    wanted = min(max(int(np.ceil(_HEIGHT * width / height)), 1), _MOST_WIDTH)
    resized = cv2.resize(picture, (wanted, _HEIGHT))
    return (resized.astype(np.float32) / 127.5) - 1.0


class _Detector(Protocol):
    """What is used of the package's detector."""

    def __call__(self, picture: npt.NDArray[np.uint8]) -> _Found: ...


class _Found(Protocol):
    boxes: npt.NDArray[np.float32] | None
    scores: Sequence[float]


def _load_models(find_side: int) -> tuple[_Detector, _Session]:
    """The package's detector, and the session of its recogniser, with one thread each."""
    try:
        from rapidocr import RapidOCR
        from rapidocr.ch_ppocr_det import TextDetector
        from rapidocr.ch_ppocr_rec import TextRecognizer
    except ImportError as exc:
        raise MissingProgramError(f"{_HOW_TO_INSTALL} ({exc})") from exc
    config = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Det.limit_type": "max",
            "Det.limit_side_len": find_side,
            # Two workers use two cores better than one page does (docs/adr/0007).
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    ).cfg
    for part in (config.Det, config.Rec):
        part.engine_cfg = config.EngineConfig[part.engine_type.value]
        part.model_root_dir = config.Global.model_root_dir
    config.Rec.font_path = config.Global.font_path
    detector: _Detector = cast(_Detector, TextDetector(config.Det))
    return detector, TextRecognizer(config.Rec).session


@cache
def load_rapid() -> RapidEngine:
    """The engine of this process. Raises MissingProgramError where RapidOCR is not installed."""
    return RapidEngine()
