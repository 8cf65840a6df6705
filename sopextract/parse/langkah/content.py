"""What a cell of the step table looks like, whatever its column is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sopextract.core.text import squeeze
from sopextract.parse.tanggal import is_blank
from sopextract.parse.waktu import looks_like_duration

_NUMBER = re.compile(r"\(?(\d{1,3})\s?[.)]?")
_SUB_NUMBER = re.compile(r"\(?\d{1,2}(?:\s?[.]?[a-h]|[.]\d{1,2})[.)]?")
_MARK = re.compile(
    r"""
    (?: [\u2190-\u21ff\u25a0-\u25ff\u2300-\u23ff\u2b00-\u2bff\u27f0-\u27ff\u2610-\u2612
        \u2700-\u27bf\uf000-\uf0ff\U0001f532-\U0001f539\U0001f7e0-\U0001f7eb√◊◇○●■□▢⬭⌂*•]
      | <-+>? | -+> | <\s*> | \[\s*\] | \(\s*\) | [|]
      | [(\[{]? (?: oval | kotak | bintang | belah\ ?ketupat | ketupat | wajik | kapsul
            | segi\s?(?:lima|empat) | elips | ellipse | capsule | rounded(?:\ rectangle)? | lonjong
            | rhombus | rectangle | square | aktivitas | activity | konektor | connector
            | terminator | proses | keputusan | persegi(?:\ panjang)? | diamond | box | lingkaran
            | segitiga
            | panah(?:\ (?:ke\ )?(?:bawah|atas|kanan|kiri))? | decision | process
            | m?ulai | selesa?i? | start | begin | end | finish
            ) [)\]}]?
      | \b(?: ya | tidak | y | t | n | v | x | 1 | setuju | tidak\ setuju | lengkap | belum
            | tidak\ lengkap | sesuai | tidak\ sesuai | disetujui | ditolak | belum\ lengkap
            | benar | salah ) \b
      | \b [a-z] \b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Content:
    """A cell's text and its kind; `number` None when it is none, `duration` from 0 to 1.

    `sub_number` is the number of a part of a step ("1a", "2.1"), which the record cannot hold.
    """

    text: str
    number: int | None
    mark: bool
    duration: float
    sub_number: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands in the cell."""
        return not self.text

    @property
    def counts(self) -> bool:
        """Whether it numbers a step, or a part of one."""
        return self.number is not None or self.sub_number

    @property
    def symbol(self) -> bool:
        """Whether it is a mark that no label of a column could be: a glyph, or "(Kotak)"."""
        bracketed = self.text.startswith("(")
        return self.mark and (bracketed or not any(c.isalnum() for c in self.text))

    @property
    def prose(self) -> bool:
        """Whether words stand in it that are no mark, number or amount."""
        return not self.empty and not self.mark and not self.counts and self.duration < 0.5


@lru_cache(maxsize=20_000)
def look_at(text: str) -> Content:
    """The content of one cell.

    A mark is a cell made only of symbols, arrows, the words of symbols (`(Kotak)`, `Mulai`) and
    branch labels (`Ya`, `T`): the things that stand in an actor's column.
    """
    text = squeeze(text)
    if is_blank(text) and set(text) != {"*"}:  # a dash says that nothing is there, a star ticks
        return Content("", None, False, 0.0)
    numbered = _NUMBER.fullmatch(text)
    mark = _is_mark(text)
    duration = 0.0 if len(text) > 120 else looks_like_duration(text)
    sub_number = _SUB_NUMBER.fullmatch(text) is not None
    number = int(numbered[1]) if numbered else None
    return Content(text, number, mark and not sub_number, duration, sub_number)


def _is_mark(text: str) -> bool:
    if len(text) > 60:
        return False
    rest = _MARK.sub(" ", text)
    return not _LETTER.search(rest) and not any(c.isdigit() for c in rest)


def is_column_numbers(texts: tuple[str, ...]) -> bool:
    """Whether a row only numbers the columns: `1 2 3 … 11`, `(1) (2)`, one of them missing.

    A step's row is told apart by the words in it. At least two numbers, rising.
    """
    numbers = [n for text in texts if text.strip() for n in [_NUMBER.fullmatch(squeeze(text))]]
    if len(numbers) < 2 or any(n is None for n in numbers):
        return False
    values = [int(n[1]) for n in numbers if n]
    return all(a < b for a, b in pairwise(values)) and values[-1] <= 40


def is_row_of_numbers(texts: tuple[str, ...]) -> bool:
    """Whether a row holds nothing but numbers, four or more: column numbers, be they out of order.

    Only for tables whose cells stand in their true columns; elsewhere see `is_column_numbers`.
    """
    # cells of a worn scan run together ("10. 11."), and one or another number is misread
    filled = [token for text in texts for token in squeeze(text).split()]
    numbers = tuple(token for token in filled if _NUMBER.fullmatch(token))
    if len(numbers) == len(filled):
        return is_column_numbers(numbers) or len(numbers) >= _MANY_NUMBERS
    return (
        len(numbers) >= max(_FEWEST_NUMBERS, _MOST_READ * len(filled))
        and all(len(token) <= _LONGEST_NUMBER for token in filled)
        and is_column_numbers(numbers)
    )


_MANY_NUMBERS = 4  # number, words, time and one more of a step could not all be bare numbers
# Where some were misread: so many were not, and what stands for the others is as short as "(12)".
_FEWEST_NUMBERS, _MOST_READ, _LONGEST_NUMBER = 3, 0.6, 4
