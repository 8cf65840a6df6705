"""The second text backend, pdfplumber: asked what letters stand at a place, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from logging import getLogger
from typing import Any

from sopextract.core.geometry import BBox, Point, centre, contains, grow
from sopextract.ingest.page.strokes import Word
from sopextract.model.source import SourceFile

log = getLogger(__name__)

_SIDE = 20.0  # points: the squares in which characters are looked up
_ROUND = 0.5  # points by which both backends' boxes of a word differ


@dataclass(slots=True)
class Chars:
    """The characters of one page by place, in the order in which they are drawn."""

    squares: dict[tuple[int, int], list[tuple[int, Point, str]]] = field(default_factory=dict)

    def under(self, words: Iterable[Word]) -> dict[int, Word]:
        """The words, by their `id`, with the characters that the witness sees in their places."""
        found: dict[int, Word] = {}
        for word in words:
            text = self._text(grow(word.bbox, _ROUND))
            if text:
                found[id(word)] = replace(word, text=text)
        return found

    def _text(self, box: BBox) -> str:
        columns = range(int(box[0] // _SIDE), int(box[2] // _SIDE) + 1)
        rows = range(int(box[1] // _SIDE), int(box[3] // _SIDE) + 1)
        inside = sorted(
            (number, text)
            for column in columns
            for row in rows
            for number, point, text in self.squares.get((column, row), ())
            if contains(box, point)
        )
        return "".join(text for _, text in inside).strip()


class Witness:
    """pdfplumber's view of a file; it is opened when first asked, being slow."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._file: Any = None
        self._useless = False

    def read(self, number: int, corner: Point) -> Chars:
        """The characters of a page, placed on the page as it is shown; none when it fails.

        `corner` is where the top left of the sheet lies on the page as shown: pdfplumber counts
        from there, whatever the crop box.
        """
        import pdfplumber
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

        chars = Chars()
        if self._useless:
            return chars
        try:
            if self._file is None:
                self._file = pdfplumber.open(self._source.location)
            page = self._file.pages[number - 1]
            for k, char in enumerate(page.chars):
                box = char["x0"], char["top"], char["x1"], char["bottom"]
                x, y = centre(box)
                x, y = x + corner[0], y + corner[1]
                text = str(char["text"])
                if not text.startswith("(cid:"):
                    square = int(x // _SIDE), int(y // _SIDE)
                    chars.squares.setdefault(square, []).append((k, (x, y), text))
            page.close()
        except (PdfminerException, MalformedPDFException, IndexError) as exc:
            log.debug("the second reader failed on page %d: %s", number, type(exc).__name__)
            self._useless = True
        return chars

    def close(self) -> None:
        """Close the file if it was opened."""
        if self._file is not None:
            self._file.close()
            self._file = None
