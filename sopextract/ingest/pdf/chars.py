"""The words of a PDF page, read with pdfium."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from sopextract.core.geometry import BBox, Point, centre, contains, grow
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.pdf.paths import Matrix, lightness

# In ems. A space is a quarter of an em; narrow justified ones reach a sixth (measured on the real
# sheets), and letters that are set apart stay below an eighth.
_WORD_GAP = 0.16
_LINE_SHIFT = 0.35  # a character this far off the base line is on another line, or raised
_BOLD_WEIGHT = 600
_SLANT = 8.0  # degrees; text of a crooked page is off by one or two, a watermark by 30 to 60
_HYPHENS = frozenset((2, 0xAD, 0x2010, 0x2011))  # how pdfium and fonts give a hyphen, soft or not
# Text that is drawn without ink; the second of them cuts out what is drawn after it.
_NO_INK = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_WHITE = 0.97  # lightness from which on letters do not show on paper; as for strokes
_OUTSIDE = 1.0  # points that a letter's middle may lie beyond the page's edge


@dataclass(slots=True)
class _Char:
    text: str
    bbox: BBox
    origin: Point
    size: float
    angle: int
    font: int
    weight: int
    layer: bool = False
    slanted: bool = False


@dataclass(slots=True)
class PageText:
    """The words of a page; `layer` are those of a text layer behind its picture, not to be seen."""

    words: tuple[Word, ...]
    layer: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What the page says about which of its text can be seen.

    `box` is the page's extent, `is_dark` whether a point lies on something that white letters show
    on, `covered` are the addresses of text objects over which a picture of the whole page lies.
    """

    box: BBox
    is_dark: Callable[[Point], bool]
    covered: frozenset[int] = field(default_factory=frozenset)


class Fonts:
    """Numbers for the fonts of one document.

    Fonts of one name are told apart within a page: a file put together from others may have two.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[bytes, int], int] = {}
        self._names: list[str] = []

    def number(self, name: bytes, address: int) -> int:
        """The number of a font, by its name and by where it lies in memory."""
        number = self._numbers.setdefault((name, address), len(self._names))
        if number == len(self._names):
            self._names.append(name.decode("utf-8", "replace"))
        return number

    def name(self, number: int) -> str:
        """The name of a font by its number."""
        return self._names[number]


def read_words(textpage: Any, to_page: Matrix, turn: int, fonts: Fonts, paper: Paper) -> PageText:
    """The words of a page in the order in which they are drawn.

    Text that nobody sees is left out (white on white, beyond the page's edge); that of a hidden
    layer is given apart. `turn` is by how many degrees the page is turned clockwise when shown.
    """
    words: list[Word] = []
    layer: list[Word] = []
    run: list[_Char] = []
    for char in _chars(textpage, to_page, turn, fonts, paper):
        if char is None or not _same_word(run, char):
            _close(run, words, layer)
            run = []
        if char is not None:
            run.append(char)
    _close(run, words, layer)
    return PageText(_drawn_once(words), _drawn_once(layer))


def _drawn_once(words: list[Word]) -> tuple[Word, ...]:
    """The words without those drawn a second time in the same place (bold by overprinting)."""
    kept: list[Word] = []
    seen: dict[tuple[str, int, int], Word] = {}
    for word in words:
        x, y = word.bbox[0], word.bbox[1]
        near = (
            seen.get((word.text, round(x / 2) + dx, round(y / 2) + dy))
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
        )
        if any(
            other is not None and abs(other.bbox[0] - x) < 2 and abs(other.bbox[1] - y) < 2
            for other in near
        ):
            continue
        seen[word.text, round(x / 2), round(y / 2)] = word
        kept.append(word)
    return tuple(kept)


def _chars(textpage: Any, to_page: Matrix, turn: int, fonts: Fonts, paper: Paper) -> Any:
    """Every character; None where white space parts two words."""
    a, b, c, d, e, f = to_page
    rect = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    font = _FontAt(textpage, turn, fonts, paper.covered)
    sheet = grow(paper.box, _OUTSIDE)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    origin_of = pdfium.FPDFText_GetCharOrigin
    for k in range(pdfium.FPDFText_CountChars(textpage)):
        code = unicode_of(textpage, k)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        if code in _HYPHENS:
            code = ord("-")
        text = chr(code) if code not in (0, 0xFFFE, 0xFFFF) else "\ufffd"
        if text.isspace():  # those that pdfium puts in for gaps and ends of lines among them
            yield None
            continue
        if code < 32:
            continue
        font.look_at(k)
        if font.clear:
            continue
        box_of(textpage, k, rect)
        x0, y0 = rect.left * a + rect.bottom * c + e, rect.left * b + rect.bottom * d + f
        x1, y1 = rect.right * a + rect.top * c + e, rect.right * b + rect.top * d + f
        origin_of(textpage, k, x, y)
        origin = (x.value * a + y.value * c + e, x.value * b + y.value * d + f)
        bbox = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        middle = centre(bbox)
        if not contains(sheet, middle) or (font.white and not paper.is_dark(middle)):
            continue
        yield _Char(
            text,
            bbox,
            origin,
            font.size,
            font.angle,
            font.number,
            font.weight,
            font.layer,
            font.slanted,
        )


class _FontAt:
    """Font facts of a character, asked anew only when its text object changes."""

    def __init__(self, textpage: Any, turn: int, fonts: Fonts, covered: frozenset[int]) -> None:
        self._page, self._fonts, self._page_turn = textpage, fonts, turn
        self._covered = covered
        self._last: int | None = None
        self.layer = False  # drawn without ink, or under a picture of the whole page
        self.clear = False  # drawn with transparent ink
        self.white = False
        self.size = 10.0
        self.angle = 0
        self.slanted = False
        self.number = 0
        self.weight = 400

    def look_at(self, k: int) -> None:
        """Take over the facts of character `k`."""
        thing = pdfium.FPDFText_GetTextObject(self._page, k)
        key = ctypes.addressof(thing.contents) if thing else None
        if key != self._last or key is None:
            self._last = key
            self._look(thing, k)
            self._look_at_ink(thing, key)

    def _look_at_ink(self, thing: Any, key: int | None) -> None:
        self.layer = self.clear = self.white = False
        if not thing:
            return
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
        self.layer = mode in _NO_INK or key in self._covered
        if mode == pdfium.FPDF_TEXTRENDERMODE_FILL and not self.layer:
            light = lightness(thing, pdfium.FPDFPageObj_GetFillColor)
            self.clear = light is None
            self.white = light is not None and light >= _WHITE

    def _look(self, thing: Any, k: int) -> None:
        box = pdfium.FS_RECTF()
        self.size = pdfium.FPDFText_GetFontSize(self._page, k)
        matrix = pdfium.FS_MATRIX()
        if pdfium.FPDFText_GetMatrix(self._page, k, matrix):
            self.size *= (abs(matrix.a * matrix.d - matrix.b * matrix.c)) ** 0.5 or 1.0
        if self.size <= 0.5:
            pdfium.FPDFText_GetLooseCharBox(self._page, k, box)
            self.size = max(1.0, box.top - box.bottom)
        turn = math.degrees(max(0.0, pdfium.FPDFText_GetCharAngle(self._page, k)))
        # pdfium counts clockwise, as the page is turned
        self.angle = -(round(turn / 90.0) * 90 + self._page_turn) % 360
        self.slanted = abs(turn - round(turn / 90.0) * 90) > _SLANT
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        size = pdfium.FPDFText_GetFontInfo(self._page, k, name, 128, flags)
        raw = name.raw[: max(0, min(size, 128) - 1)]
        font = pdfium.FPDFTextObj_GetFont(thing) if thing else None
        self.number = self._fonts.number(raw, ctypes.addressof(font.contents) if font else 0)
        weight = pdfium.FPDFText_GetFontWeight(self._page, k)
        self.weight = 700 if b"bold" in raw.lower() else weight


def _same_word(run: list[_Char], char: _Char) -> bool:
    """Whether a character goes on with the word."""
    if not run:
        return True
    last = run[-1]
    if char.angle != last.angle or char.layer != last.layer:
        return False
    em = max(last.size, char.size, 1.0)
    if char.angle in (0, 180):
        along = char.origin[0] - last.origin[0]
        gap = char.bbox[0] - last.bbox[2] if char.angle == 0 else last.bbox[0] - char.bbox[2]
        across = abs(char.origin[1] - last.origin[1])
        along = along if char.angle == 0 else -along
    else:
        along = last.origin[1] - char.origin[1]
        gap = last.bbox[1] - char.bbox[3] if char.angle == 90 else char.bbox[1] - last.bbox[3]
        across = abs(char.origin[0] - last.origin[0])
        along = along if char.angle == 90 else -along
    return across <= _LINE_SHIFT * em and gap <= _WORD_GAP * em and along >= -_WORD_GAP * em


def _close(run: list[_Char], words: list[Word], layer: list[Word]) -> None:
    if not run:
        return
    text = unicodedata.normalize("NFC", "".join(char.text for char in run))
    text = text.translate(_LIGATURES)
    boxes = [char.bbox for char in run]
    bbox = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    first = run[0]
    bold = first.weight >= _BOLD_WEIGHT
    (layer if first.layer else words).append(
        Word(text, bbox, first.size, first.angle, bold, first.font, first.slanted)
    )


# The last three of the marks are what Word makes of the ligatures of Calibri: code points of a
# private plane, whole or cut off to sixteen bits.
_LIGATURES = str.maketrans(
    {
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "\U0010019f": "ti",
        "Ɵ": "ti",
        "\U001001a9": "tt",
        "Ʃ": "tt",
        "\U0010014c": "ft",
    }
)
