"""Words read with RapidOCR (PP-OCRv6, models in its wheel): lines found and lines read apart.

The package's own recogniser is not called: it pads pictures to one width, 320 pixels at least, and
gives each line one score. Its model is run here on one line after another and decoded with a score
a word: on one thread that is the fastest (41 lines take 0.72 s; 0.85 to 1.45 s in batches of 6 to
20), and what a line says does not depend on its neighbours.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from sopextract.errors import MissingProgramError
from sopextract.ingest.ocr.engine import FoundLine, ReadLine
from sopextract.ingest.scan.raster import Grey

_HOW_TO_INSTALL = "reading scans needs RapidOCR: pip install 'sopextract[scan]'"
# The longer side of the picture in which lines are looked for, pixels: at 1280 small type begins
# to be lost, 2000 takes longer and finds no more (docs/accuracy.md).
FIND_SIDE = 1600
_HEIGHT = 48  # pixels: what the model was trained on
_STEP = 8  # pixels of width to one step of the model's output
_LEAST_WIDTH = 48  # pixels; narrower pictures are padded
_MOST_WIDTH = 2400  # pixels; a line over a whole A3 page has 1,900 at this height
_ROUNDED = 4  # digits of a score and a share: what is kept in the cache

Floats = npt.NDArray[np.float32]


class _Session(Protocol):
    """What is used of the package's session."""

    def __call__(self, batch: Floats) -> Floats: ...
    def get_character_list(self) -> list[str]: ...


class RapidEngine:
    """RapidOCR behind the seam; built by `load_rapid` once for a process."""

    name = "rapidocr"

    def __init__(self, find_side: int = FIND_SIDE) -> None:
        self.version = version("rapidocr")
        self.key = f"{self.name} {self.version} PP-OCRv6 small side {find_side} read 1"
        self._detector, self._session = _load_models(find_side)
        self._letters = _Letters(self._session.get_character_list())

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
        return self._letters.decode(self._session(tensor)[0], width / _STEP)


class _Letters:
    """Turns the model's output into words: the letters of all scripts folded into those of ours."""

    def __init__(self, characters: Sequence[str]) -> None:
        self._signs = ["", *characters, " "]
        folded = [_plain(sign) for sign in self._signs]
        self._plain = folded
        number = {sign: k for k, sign in reversed(list(enumerate(self._signs)))}
        # To each sign the columns of its accented brothers: their shares are the plain one's.
        brothers: dict[int, list[int]] = {}
        for k, sign in enumerate(folded):
            if sign in number and number[sign] != k:
                brothers.setdefault(number[sign], [number[sign]]).append(k)
        self._own = np.array([number.get(sign, k) for k, sign in enumerate(folded)])
        self._brothers = {k: np.array(group) for k, group in brothers.items()}

    def decode(self, shares: Floats, steps: float) -> ReadLine:
        """The words of one output of the model, (steps, signs); those past the picture are none."""
        shares = shares[: int(np.ceil(steps))]
        best = self._own[shares.argmax(axis=1)]
        words: list[tuple[str, float, float, float]] = []
        run: list[tuple[str, int, int, float]] = []
        for first, last, sign in _runs(best):
            text = self._plain[sign]
            if not text:
                continue
            if text == " ":
                _close(run, words, steps)
                continue
            columns = self._brothers.get(sign, np.array([sign]))
            score = float(shares[first:last][:, columns].sum(axis=1).max())
            run.append((text, first, last, score))
        _close(run, words, steps)
        return ReadLine(tuple(words))


def _runs(best: npt.NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Steps that give the same sign one after another: first, one past the last, the sign."""
    if not len(best):
        return
    starts = np.flatnonzero(np.concatenate(([True], best[1:] != best[:-1])))
    ends = np.concatenate((starts[1:], [len(best)]))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield start, end, int(best[start])


def _close(
    run: list[tuple[str, int, int, float]],
    words: list[tuple[str, float, float, float]],
    steps: float,
) -> None:
    if run:
        text = "".join(sign for sign, *_ in run)
        begin, end = max(run[0][1] - 0.5, 0.0) / steps, min(run[-1][2] + 0.5, steps) / steps
        score = min(share for *_, share in run)
        words.append((text, round(begin, _ROUNDED), round(end, _ROUNDED), round(score, _ROUNDED)))
        run.clear()


def _plain(sign: str) -> str:
    """The sign as our sheets print it: no accent (the model invents them), no wide forms.

    >>> [_plain(sign) for sign in "íñ（：—√本"]
    ['i', 'n', '(', ':', '—', '√', '本']
    """
    if sign in _SAME:
        return _SAME[sign]
    if len(sign) == 1 and (sign.isalpha() or "！" <= sign <= "～"):
        letters = [c for c in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(c)]
        plain = "".join(letters)
        return plain if plain.isascii() and len(plain) == 1 else sign
    return sign


# Signs of other scripts that look like one of ours.
_SAME = {
    "　": " ",
    "ı": "i",
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "，": ",",
    "。": ".",
    "、": ",",
}


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
