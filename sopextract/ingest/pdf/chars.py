"""The words of a PDF page, read with pdfium."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from sopextract.core.geometry import BBox, Point
from sopextract.ingest.page.strokes import Word
from sopextract.ingest.pdf.paths import Matrix

# In ems. A space is a quarter of an em; narrow justified ones reach a sixth (measured on the real
# sheets), and letters that are set apart stay below an eighth.
_WORD_GAP = 0.16
_LINE_SHIFT = 0.35  # a character this far off the base line is on another line, or raised
_BOLD_WEIGHT = 600
_HYPHENS = frozenset((2, 0xAD, 0x2010, 0x2011))  # how pdfium and fonts give a hyphen, soft or not
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


@dataclass(slots=True)
class _Char:
    text: str
    bbox: BBox
    origin: Point
    size: float
    angle: int
    font: int
    weight: int


class Fonts:
    """Numbers for the fonts of one document, by name."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}

    def number(self, name: bytes) -> int:
        """The number of a font, the same for the same name."""
        return self._numbers.setdefault(name, len(self._numbers))


def read_words(textpage: Any, to_page: Matrix, turn: int, fonts: Fonts) -> tuple[Word, ...]:
    """The words of a page in the order in which they are drawn. Invisible text is left out.

    `turn` is by how many degrees the page is turned clockwise when it is shown.
    """
    words: list[Word] = []
    run: list[_Char] = []
    for char in _chars(textpage, to_page, turn, fonts):
        if char is None or not _same_word(run, char):
            _close(run, words)
            run = []
        if char is not None:
            run.append(char)
    _close(run, words)
    return _drawn_once(words)


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


def _chars(textpage: Any, to_page: Matrix, turn: int, fonts: Fonts) -> Any:
    """Every character; None where white space parts two words."""
    a, b, c, d, e, f = to_page
    rect = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    font = _FontAt(textpage, turn, fonts)
    for k in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, k)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        if code in _HYPHENS:
            code = ord("-")
        text = chr(code) if code not in (0, 0xFFFE, 0xFFFF) else "\ufffd"
        if text.isspace() or pdfium.FPDFText_IsGenerated(textpage, k) == 1:
            yield None
            continue
        if code < 32:
            continue
        if font.invisible(k):
            continue
        pdfium.FPDFText_GetLooseCharBox(textpage, k, rect)
        x0, y0 = rect.left * a + rect.bottom * c + e, rect.left * b + rect.bottom * d + f
        x1, y1 = rect.right * a + rect.top * c + e, rect.right * b + rect.top * d + f
        pdfium.FPDFText_GetCharOrigin(textpage, k, x, y)
        origin = (x.value * a + y.value * c + e, x.value * b + y.value * d + f)
        bbox = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        yield _Char(text, bbox, origin, font.size, font.angle, font.number, font.weight)


class _FontAt:
    """Font facts of a character, asked anew only when its text object changes."""

    def __init__(self, textpage: Any, turn: int, fonts: Fonts) -> None:
        self._page, self._fonts, self._page_turn = textpage, fonts, turn
        self._last: int | None = None
        self._hidden = False
        self.size = 10.0
        self.angle = 0
        self.number = 0
        self.weight = 400

    def invisible(self, k: int) -> bool:
        """Look at character `k`; whether it is drawn without ink."""
        thing = pdfium.FPDFText_GetTextObject(self._page, k)
        key = ctypes.addressof(thing.contents) if thing else None
        if key != self._last or key is None:
            self._last = key
            self._look(thing, k)
        return self._hidden

    def _look(self, thing: Any, k: int) -> None:
        self._hidden = bool(thing) and pdfium.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE
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
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        size = pdfium.FPDFText_GetFontInfo(self._page, k, name, 128, flags)
        raw = name.raw[: max(0, min(size, 128) - 1)]
        self.number = self._fonts.number(raw)
        weight = pdfium.FPDFText_GetFontWeight(self._page, k)
        self.weight = 700 if b"bold" in raw.lower() else weight


def _same_word(run: list[_Char], char: _Char) -> bool:
    """Whether a character goes on with the word."""
    if not run:
        return True
    last = run[-1]
    if char.angle != last.angle:
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


def _close(run: list[_Char], words: list[Word]) -> None:
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
    words.append(Word(text, bbox, first.size, first.angle, bold, first.font))


_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})
