"""Text layers that lie: behind scans, from fonts whose letters are mapped to others.

What cannot be trusted is left out or marked; a page that is marked says why, in the users' words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sopextract.core.geometry import Point, bbox_of, centre
from sopextract.ingest.page.strokes import DrawnPage, Word
from sopextract.ingest.pdf.chars import Fonts
from sopextract.ingest.pdf.paths import WHOLE_PAGE, Vectors, share_of
from sopextract.ingest.pdf.witness import Witness
from sopextract.lexicon.huruf import known_share, likely_share, words_of
from sopextract.model.source import SourceFile

NO_TEXT = "tanpa lapisan teks, perlu OCR"
LAYER = "lapisan teks tersembunyi hasil OCR di balik gambar, mungkin keliru"
REREAD = "huruf pada lapisan teks keliru; dibaca ulang dengan cara lain, mungkin keliru"
CIPHER = "huruf pada lapisan teks bukan huruf yang tercetak; teksnya ditinggalkan, perlu OCR"
DAMAGED = "halaman rusak, tidak terbaca"

# A page that is a picture has words of its own at most in its margins: the certificate's footer.
_MARGIN = 0.12
_FEW_WORDS = 5
# Of a page without any word: a picture as small as that may hold the text (share of the page; of
# the real sheets' flows that are pictures the smallest has 0.13, logos 0.01); so may as many
# strokes: a page of text has a thousand letters, a drawn flow without a word far fewer.
_A_PICTURE = 0.05
_DRAWN_LETTERS = 500
# Of a font of the real sheets with 15 words or more at least 69 in 100 words are known, and 95 in
# 100 pairs of letters are usual. Of an English text 13 and 80 (the least of any 15 words of it), of
# Javanese, Sundanese, Minang and Batak 7 to 18 and 93 to 99, of names 0 and 89; of a sheet whose
# letters are shifted by any number 0 and 32 to 61.
_MIN_WORDS = 15
_MIN_KNOWN = 0.35
_MIN_LIKELY = 0.7
_GARBLED = frozenset(("Co", "Cn", "Cc", "Cs"))
_MIN_GARBLED = 3  # in a row; a bullet of a symbol font is one
_MAX_ASKED = 3  # pages for which the witness is asked about a font that it could not read either
_PALE = 0.9  # lightness of the palest ground on which white letters can be made out


@dataclass(slots=True)
class DarkGround:
    """Where white letters show: dark areas and pictures of a page, found when first asked for."""

    vectors: Vectors
    _boxes: np.ndarray[tuple[int, int], np.dtype[np.float64]] | None = None

    def is_dark(self, point: Point) -> bool:
        """Whether white letters at a point show."""
        if self._boxes is None:
            boxes = [p.bbox for p in self.vectors.pictures]
            strokes = self.vectors.strokes
            boxes += [bbox_of(s.points) for s in strokes if s.fill is not None and s.fill < _PALE]
            self._boxes = np.array(boxes, dtype=float).reshape(-1, 4)
        x, y = point
        b = self._boxes
        return bool(((b[:, 0] <= x) & (x <= b[:, 2]) & (b[:, 1] <= y) & (y <= b[:, 3])).any())


def with_layer(page: DrawnPage, layer: Sequence[Word]) -> DrawnPage:
    """A page that is one picture, with the words of the layer behind it, and marked.

    So is a page whose letters are drawn as mere outlines; any other is given back as it is.
    """
    if not _is_picture(page):
        return page
    if layer:
        return replace(page, words=(*page.words, *layer), untrusted=LAYER)
    return replace(page, untrusted=NO_TEXT)


def _is_picture(page: DrawnPage) -> bool:
    """Whether what the page says is not in its words: there are none, or only in its margins."""
    whole = (0.0, 0.0, *page.size_pt)
    # scanners cut pages into strips; where pictures overlap, the sum is more than their share
    shown = sum(share_of(whole, picture.bbox) for picture in page.pictures)
    if not page.words:
        return shown >= _A_PICTURE or len(page.strokes) >= _DRAWN_LETTERS
    height = page.size_pt[1]
    top, bottom = _MARGIN * height, (1 - _MARGIN) * height
    inside = sum(top < centre(word.bbox)[1] < bottom for word in page.words)
    return shown >= WHOLE_PAGE and inside < _FEW_WORDS


@dataclass(slots=True)
class _Letters:
    """What the letters of some words amount to."""

    words: list[str]
    garbled: int = 0  # words of code points that are no letters

    @classmethod
    def of(cls, words: Iterable[str]) -> _Letters:
        found = cls([])
        for word in words:
            if _is_garbled(word):
                found.garbled += 1
            else:
                found.words.extend(words_of(word))
        return found

    @property
    def count(self) -> int:
        return len(self.words) + self.garbled

    @property
    def lie(self) -> bool:
        """Whether they are not those printed."""
        if not self.count:
            return False
        true = len(self.words) / self.count
        known, likely = known_share(self.words) * true, likely_share(self.words) * true
        return known < _MIN_KNOWN and likely < _MIN_LIKELY


def _is_garbled(word: str) -> bool:
    """Whether a word is made of private code points, or of signs for what has no code point."""
    bad = sum(c == "\ufffd" or unicodedata.category(c) in _GARBLED for c in word)
    return bad >= _MIN_GARBLED and 2 * bad > len(word)


class Referee:
    """Judges the fonts of a file, page by page, and asks the witness about those that it doubts."""

    def __init__(self, source: SourceFile, fonts: Fonts) -> None:
        self._fonts = fonts
        self._witness = Witness(source)
        self._seen: dict[str, _Letters] = {}
        self._failed: dict[str, int] = {}

    def close(self) -> None:
        """Close the witness's file."""
        self._witness.close()

    def judge(self, page: DrawnPage, corner: Point) -> DrawnPage:
        """The page without words that lie; with those that the witness can read, marked.

        `corner` is where the top left of the whole sheet lies on the page as it is shown.
        """
        by_font: dict[int, list[Word]] = {}
        for word in page.words:
            by_font.setdefault(word.font, []).append(word)
        doubtful = self._doubtful(by_font)
        if not doubtful:
            return page
        names = {self._fonts.name(font) for font in doubtful}
        reread: dict[int, Word] = {}
        if any(self._failed.get(name, 0) < _MAX_ASKED for name in names):
            chars = self._witness.read(page.number, corner)
            for font in doubtful:
                found = chars.under(by_font[font])
                letters = _Letters.of(word.text for word in found.values())
                if letters.count >= min(_MIN_WORDS, len(by_font[font])) // 2 and not letters.lie:
                    reread |= found
                else:
                    name = self._fonts.name(font)
                    self._failed[name] = self._failed.get(name, 0) + 1
        return _mended(page, doubtful, reread)

    def _doubtful(self, by_font: Mapping[int, Sequence[Word]]) -> frozenset[int]:
        """The fonts whose letters lie: by what stands here if it is enough, else on all pages."""
        here = {font: _Letters.of(w.text for w in words) for font, words in by_font.items()}
        doubtful: set[int] = set()
        for font, letters in here.items():
            name = self._fonts.name(font)
            before = self._seen.setdefault(name, _Letters([]))
            if before.count < _MIN_WORDS:
                before.words.extend(letters.words)
                before.garbled += letters.garbled
            judged = letters if letters.count >= _MIN_WORDS else before
            if judged.count >= _MIN_WORDS and judged.lie:
                doubtful.add(font)
        if doubtful:  # then few words are enough to doubt its bold brother
            doubtful |= {font for font, letters in here.items() if letters.lie}
        return frozenset(doubtful)


def _mended(page: DrawnPage, doubtful: frozenset[int], reread: Mapping[int, Word]) -> DrawnPage:
    """The page with words as read again, without those of doubtful fonts that were not."""
    words = tuple(
        reread.get(id(word), word)
        for word in page.words
        if word.font not in doubtful or id(word) in reread
    )
    lost = sum(word.font in doubtful for word in page.words) > len(reread)
    return replace(page, words=words, untrusted=CIPHER if lost else page.untrusted or REREAD)
