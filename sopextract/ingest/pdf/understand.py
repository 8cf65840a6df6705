"""What a page of a PDF is read from: its text and vectors, its pixels, or a picture on it."""

from __future__ import annotations

from dataclasses import replace
from types import TracebackType

from sopextract.errors import SourceError
from sopextract.ingest.extra import can_read_pixels, why_not
from sopextract.ingest.page import DrawnPage, lay_out_page
from sopextract.ingest.page.moved import moved_back
from sopextract.ingest.page.turned import find_turn
from sopextract.ingest.pdf.merging import merged, read_page, with_letters
from sopextract.ingest.pdf.pictures import read_ground, with_read_pictures, with_traced_pictures
from sopextract.ingest.pdf.rasters import Rasters
from sopextract.ingest.pdf.trust import CIPHER, DAMAGED, LAYER, NO_TEXT
from sopextract.ingest.pixels import Course, nothing_read, read_pixels, says_something
from sopextract.model.source import Page, ScanReading, SourceFile
from sopextract.settings import IngestSettings

PRINT_AGAIN = "open it in a viewer and print it to PDF again"
# Pages of which the pixels say more than what stands in the file.
_FROM_PIXELS = (NO_TEXT, LAYER, DAMAGED)


class Understanding:
    """Makes pages of one file's drawn pages, in their order."""

    def __init__(self, source: SourceFile, settings: IngestSettings) -> None:
        self._settings = settings
        self._rasters = Rasters(source)
        self._reads_pixels = can_read_pixels(settings)
        self._course = Course()
        self._has_text = False
        self._looked = False  # at the pixels of a page
        self._faults: set[str] = set()

    def __enter__(self) -> Understanding:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._rasters.close()

    def pages(self, drawn: DrawnPage) -> tuple[Page, ...]:
        """A page with everything in its place, in points of the page as it is seen.

        A scan of two pages side by side gives both.
        """
        pages = self._from_pixels(drawn) if self._reads_pixels else ()
        if not pages:
            pages = self._from_text(drawn)
            self._has_text = self._has_text or (bool(drawn.words) and drawn.untrusted != NO_TEXT)
        for page in pages:
            if page.scan is not None:
                self._looked = True
                self._has_text = self._has_text or says_something(page)
            if page.untrusted:
                self._faults.add(page.untrusted)
        return pages

    def check(self) -> None:
        """After the last page: raise SourceError when no page said anything."""
        if self._has_text:
            return
        if self._looked:
            raise nothing_read(self._course)
        hint = f"run text recognition (OCR) on it first, or {why_not(self._settings)}"
        if DAMAGED in self._faults:
            raise SourceError("is damaged: no page can be read", hint=PRINT_AGAIN)
        if CIPHER in self._faults:
            raise SourceError("has a text layer whose letters are not those printed", hint=hint)
        if NO_TEXT in self._faults:
            raise SourceError("is a scan: its pages are pictures without text", hint=hint)
        raise SourceError("has no text on any page", hint=hint)

    def _from_pixels(self, drawn: DrawnPage) -> tuple[Page, ...]:
        """A page whose text is missing or lies, from its pixels; () for any other."""
        if drawn.untrusted == CIPHER:
            return self._with_letters(drawn)
        if drawn.untrusted not in _FROM_PIXELS:
            return ()
        raster = self._rasters.page(drawn.number)
        if raster is None:
            return ()
        return read_pixels(raster, drawn.number, self._course, self._settings)

    def _with_letters(self, drawn: DrawnPage) -> tuple[Page, ...]:
        """A page with letters that lie: its own strokes, and the words that its pixels show."""
        raster = self._rasters.page(drawn.number)
        if raster is None:
            return ()
        read = read_page(raster, drawn.number, self._settings)
        if not read.fits:  # printed sideways, or not to be read
            return read_pixels(raster, drawn.number, self._course, self._settings)
        return (self._laid_out(replace(with_letters(drawn, read), untrusted=None), read.reading),)

    def _from_text(self, drawn: DrawnPage) -> tuple[Page, ...]:
        turn = find_turn(drawn)
        if turn is not None:  # pictures are drawn as the file has them: they are left alone
            return (moved_back(self._laid_out(turn.upright(drawn)), turn.back, drawn.size_pt),)
        page = self._lay_out(drawn)
        if page.picture_flow:
            traced = with_traced_pictures(self._rasters, drawn, page)
            page = self._lay_out(traced) if traced is not None else page
            if page.picture_flow and self._reads_pixels and drawn.words:
                return self._with_pictures(drawn, page)
        return (self._course.pass_page(page),)

    def _with_pictures(self, drawn: DrawnPage, page: Page) -> tuple[Page, ...]:
        """A page of text with what its pictures say; `page` is how it was understood without."""
        found = with_read_pictures(self._rasters, drawn, page, self._settings)
        ground = read_ground(self._rasters, drawn, self._settings) if found is None else None
        if ground is not None:
            found = merged(drawn, (ground,))
            raster = self._rasters.page(drawn.number) if found is None else None
            if raster is not None:  # a crooked scan: words of its own would not stand where it says
                return read_pixels(raster, drawn.number, self._course, self._settings)
        return (self._laid_out(*found) if found is not None else self._course.pass_page(page),)

    def _lay_out(self, drawn: DrawnPage) -> Page:
        return lay_out_page(drawn, self._course.next_id, self._course.above)

    def _laid_out(self, drawn: DrawnPage, reading: ScanReading | None = None) -> Page:
        """The page laid out, for good: the next one goes on from it."""
        page = replace(self._lay_out(drawn), scan=reading)
        return self._course.pass_page(page)
