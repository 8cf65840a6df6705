"""What a model's output says: signs of all scripts folded into ours, letters put into words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sopextract.ingest.ocr.engine import ReadLine
from sopextract.ingest.ocr.sizes import base_and_size, without_lines

if TYPE_CHECKING:
    from sopextract.ingest.scan.raster import Grey

Floats = npt.NDArray[np.float32]

# What sheets are printed with besides ASCII, and shapes of a flow that the model has names for.
# Signs of other scripts are no readings: arrows and outlines come out as Chinese otherwise.
_OURS = "–—‘’“”•·°²³½¼±×÷§…√✓✔✗✘☑☐≤≥●○■□▪◦◇◆▲▼▶◀→←↑↓™©®"
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
    "−": "-",
    "丨": "|",
}
_DARK = 180  # grey below which a pixel is print, as in scan/spots.py
# In sizes of the font. A space is 0.25 (0.2 in narrow justified lines); what stands free on either
# side of a sign anyway is 0.05, but more at some (advance widths of Arial and Times).
_SPACE = 0.15
_AROUND = 0.05
_BEFORE = {"1": 0.11, ".": 0.09, ",": 0.09, ":": 0.09, ";": 0.09, "j": 0.0}
_AFTER = {"1": 0.12, ".": 0.09, ",": 0.09, ":": 0.09, ";": 0.09, "r": 0.0}
_LIKELY = 0.7  # where a word seems to end: a capital or a figure after a small letter
_FIGURE = 0.06  # more after a 1 of Arial, whose figures stand in columns
_OPEN = 0.08  # where a space was read: blurred or narrow ones still have so much
_SET_APART = 2.0  # times the line's usual gap: letters may all be set apart
_LEAST_GAP = 5  # pixels; as wide are gaps between letters of the smallest type
_FEW_GAPS = 4  # fewer tell no usual one
_ROUNDED = 4  # digits of a score and a share: what is kept in the cache


@dataclass(frozen=True, slots=True)
class _Letter:
    """One sign: the steps of the output at which it begins and ends, and its share there."""

    text: str
    first: int
    last: int
    score: float

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


class Signs:
    """The signs of a model that count; `characters` are its own, in the order of its output."""

    def __init__(self, characters: Sequence[str]) -> None:
        groups: dict[str, list[int]] = {"": [0]}
        for k, character in enumerate((*characters, " "), start=1):
            sign = plain(character)
            if (sign.isascii() and sign.isprintable()) or sign in _OURS:
                groups.setdefault(sign, []).append(k)
        self._texts = list(groups)
        self._columns = np.concatenate([np.array(columns) for columns in groups.values()])
        self._starts = np.cumsum([0, *(len(columns) for columns in groups.values())])[:-1]

    def decode(self, shares: Floats, steps: float, picture: Grey) -> ReadLine:
        """The words of one output (steps, signs) for a picture that takes up the first `steps`."""
        own = np.add.reduceat(shares[: int(np.ceil(steps)), self._columns], self._starts, axis=1)
        letters = list(self._letters(own))
        words = _words(letters, steps, picture)
        return ReadLine(tuple(_told(word, steps) for word in words))

    def _letters(self, own: Floats) -> Iterator[_Letter]:
        """The signs of the best path: a sign that goes on is one, blanks part them."""
        best = own.argmax(axis=1)
        if not len(best):
            return
        starts = np.flatnonzero(np.concatenate(([True], best[1:] != best[:-1])))
        ends = np.concatenate((starts[1:], [len(best)]))
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            sign = int(best[start])
            if self._texts[sign]:
                score = min(float(own[start:end, sign].max()), 1.0)
                yield _Letter(self._texts[sign], start, end, score)


def plain(sign: str) -> str:
    """The sign as our sheets print it: no accent (the model invents them), no wide forms.

    >>> [plain(sign) for sign in "íñ（：—√本"]
    ['i', 'n', '(', ':', '—', '√', '本']
    """
    if sign in _SAME:
        return _SAME[sign]
    if len(sign) == 1 and (sign.isalpha() or "！" <= sign <= "～"):
        letters = unicodedata.normalize("NFKD", sign)
        bare = "".join(c for c in letters if not unicodedata.combining(c))
        return bare if bare.isascii() and len(bare) == 1 else sign
    return sign


def _words(letters: Sequence[_Letter], steps: float, picture: Grey) -> list[list[_Letter]]:
    """Letters in words: parted where a space was read or seen, and the picture has a gap."""
    own = [letter for letter in letters if letter.text != " "]
    if not own:
        return []
    after_space = {b.first for a, b in pairwise(letters) if a.text == " "}
    words = [[own[0]]]
    spaced = [letter.first in after_space for letter in own[1:]]
    for letter, read, gap in zip(own[1:], spaced, _gaps(own, spaced, steps, picture), strict=True):
        if gap.is_wide or (gap.is_open and read) or _is_blank_number(words[-1], letter):
            words.append([])
        words[-1].append(letter)
    return words


def _is_blank_number(word: Sequence[_Letter], letter: _Letter) -> bool:
    """Whether a number was left to be filled in between two slashes, which lean over its space."""
    return word[-1].text == letter.text == "/" and not (len(word) > 1 and word[-2].text == ":")


@dataclass(frozen=True, slots=True)
class _Gap:
    """What the picture shows between two letters: room for a space, any room at all."""

    is_wide: bool
    is_open: bool


def _gaps(
    letters: Sequence[_Letter], spaced: Sequence[bool], steps: float, picture: Grey
) -> list[_Gap]:
    """The gaps between letters; there must be one letter. `spaced` tells where a space was read."""
    ink = without_lines(np.asarray(picture < _DARK))
    columns = np.asarray(ink.any(axis=0))
    _, size = base_and_size("".join(x.text for x in letters), ink)
    per_step = picture.shape[1] / steps
    places = np.array([letter.middle * per_step for letter in letters])
    widths = _widths(_blank_runs(columns), places, spaced, per_step)
    usual = float(np.percentile(widths, 25)) if len(widths) >= _FEW_GAPS else 0.0
    gaps = []
    for width, (a, b) in zip(widths, pairwise(letters), strict=True):
        least = max(_least_space(a.text, b.text) * size, _SET_APART * usual, _LEAST_GAP)
        gaps.append(_Gap(bool(size) and width > least, width >= _OPEN * size))
    return gaps


def _widths(
    runs: Sequence[tuple[int, int]],
    places: npt.NDArray[np.float64],
    spaced: Sequence[bool],
    reach: float,
) -> list[int]:
    """How wide the gap between each two letters is: the widest blank run with its middle there.

    A letter's place is known to a step only: a run beside a gap where a space was read is that gap.
    """
    widths = [0] * (len(places) - 1)
    for start, end in runs:
        middle = (start + end) / 2
        k = int(np.searchsorted(places, middle, side="right")) - 1
        if not 0 <= k < len(widths):
            continue
        if not spaced[k]:
            if k and spaced[k - 1] and middle - places[k] <= reach:
                k -= 1
            elif k + 1 < len(widths) and spaced[k + 1] and places[k + 1] - middle <= reach:
                k += 1
        widths[k] = max(widths[k], end - start)
    return widths


def _least_space(before: str, after: str) -> float:
    """The gap between two signs from which on a space stands there, in sizes of the font."""
    beside = _AFTER.get(before, _AROUND) + _BEFORE.get(after, _AROUND)
    if before == "1" and after.isdigit():
        beside += _FIGURE
    begins = (before.islower() and (after.isupper() or after.isdigit())) or (
        before in ",;" and after.isalpha()
    )
    return (beside + _SPACE) * (_LIKELY if begins else 1.0)


def _blank_runs(columns: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where columns without ink begin and end, those at the edges of the picture left out."""
    inked = np.concatenate(([False], columns, [False])).astype(np.int8)
    starts, ends = np.flatnonzero(np.diff(inked) == -1), np.flatnonzero(np.diff(inked) == 1)
    return list(zip(starts.tolist()[:-1], ends.tolist()[1:], strict=True))


def _told(word: Sequence[_Letter], steps: float) -> tuple[str, float, float, float]:
    text = "".join(letter.text for letter in word)
    begin, end = max(word[0].first - 0.5, 0.0) / steps, min(word[-1].last + 0.5, steps) / steps
    score = min(letter.score for letter in word)
    return text, round(begin, _ROUNDED), round(end, _ROUNDED), round(score, _ROUNDED)
