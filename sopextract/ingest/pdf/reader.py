"""A PDF file page by page: drawn pages are laid out as they are read, so that none is kept."""

from __future__ import annotations

from collections.abc import Iterator
from logging import getLogger

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sopextract.core.geometry import BBox, bbox_of
from sopextract.errors import SourceError
from sopextract.ingest.page import DrawnPage
from sopextract.ingest.pdf.chars import Fonts, Paper, read_words
from sopextract.ingest.pdf.paths import Matrix, apply, read_vectors
from sopextract.ingest.pdf.trust import DAMAGED, DarkGround, Referee, with_layer
from sopextract.ingest.pdf.understand import PRINT_AGAIN, Understanding
from sopextract.model.source import Page, SourceDocument, SourceFile
from sopextract.settings import IngestSettings

log = getLogger(__name__)

# Points of paths that are read of one page: the fullest real page has 2,700, a map or a hatched
# plan a hundred thousand.
_MAX_POINTS = 400_000
_REOPEN = 200  # pages: pdfium keeps some 40 kB of each until the file is closed
_MOST_MISSING = 1_000  # in a row; a damaged file may say that it has any number of pages
_TAIL = 4096  # bytes; the marks of the end stand in the last 1,024, junk of mailers after them


def read_pdf(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """Read a PDF. Raises SourceError when it is damaged, needs a password or holds no text."""
    return SourceDocument(source, tuple(read_pages(source, settings)))


def read_pages(source: SourceFile, settings: IngestSettings) -> Iterator[Page]:
    """The pages of a PDF one by one. Raises as `read_pdf` does, for lack of text at the end."""
    with Understanding(source, settings) as understanding:
        for drawn in draw_pages(source):
            yield from understanding.pages(drawn)
        understanding.check()


def draw_pages(source: SourceFile) -> Iterator[DrawnPage]:
    """The pages of a PDF as words and strokes, one at a time, with what is not to be trusted."""
    if _is_cut_off(source):
        raise SourceError("is cut off: its end is missing", hint="copy or download it again")
    fonts = Fonts()
    referee = Referee(source, fonts)
    document = _open(source)
    try:
        count = len(document)
        if count == 0:
            raise SourceError("has no pages", hint="print it to PDF again")
        missing = 0
        for index in range(count):
            if index and index % _REOPEN == 0:
                document.close()
                document = _open(source)
            page = _draw(document, index, fonts, referee)
            missing = missing + 1 if page.untrusted == DAMAGED else 0
            if missing > _MOST_MISSING:
                log.warning("the pages from %d on are missing", index + 2 - missing)
                break
            yield page
    finally:
        referee.close()
        document.close()


def _open(source: SourceFile) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(source.location)
    except pdfium.PdfiumError as exc:
        raise _unusable(exc) from exc


def _is_cut_off(source: SourceFile) -> bool:
    """Whether the marks that end every PDF are missing, as after a broken download."""
    with source.location.open("rb") as file:
        file.seek(max(0, source.size - _TAIL))
        tail = file.read(_TAIL)
    return b"%%EOF" not in tail and b"startxref" not in tail


def _unusable(exc: pdfium.PdfiumError) -> SourceError:
    code = getattr(exc, "err_code", None)
    if code == raw.FPDF_ERR_PASSWORD or "password" in str(exc).casefold():
        return SourceError(
            "is protected by a password", hint="save it without the password, then try again"
        )
    return SourceError("is damaged or no PDF after all", hint=PRINT_AGAIN)


def _draw(document: pdfium.PdfDocument, index: int, fonts: Fonts, referee: Referee) -> DrawnPage:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        log.warning("page %d is damaged and was left out", index + 1)
        return DrawnPage(index + 1, (0.0, 0.0), (), (), untrusted=DAMAGED)
    try:
        to_page, size, turn = _upright(page)
        box = (0.0, 0.0, *size)
        vectors = read_vectors(page, to_page, box, _MAX_POINTS)
        paper = Paper(box, DarkGround(vectors).is_dark, vectors.covered)
        textpage = page.get_textpage()
        try:
            text = read_words(textpage, to_page, turn, fonts, paper)
        finally:
            textpage.close()
        frame = _shown(page.get_mediabox(), to_page)
    except pdfium.PdfiumError:
        log.warning("page %d is damaged and was left out", index + 1)
        return DrawnPage(index + 1, (0.0, 0.0), (), (), untrusted=DAMAGED)
    finally:
        page.close()
    if vectors.cut:
        log.warning("page %d has too many vectors; the rest was left out", index + 1)
    strokes, pictures = tuple(vectors.strokes), tuple(vectors.pictures)
    drawn = DrawnPage(index + 1, size, text.words, strokes, pictures, vectors.cut)
    return referee.judge(with_layer(drawn, text.layer), frame[:2])


def _upright(page: pdfium.PdfPage) -> tuple[Matrix, tuple[float, float], int]:
    """PDF coordinates to the page as it is seen, its size, and by how many degrees it is turned."""
    left, bottom, right, top = _crop(page)
    turn = page.get_rotation()
    width, height = right - left, top - bottom
    matrices: dict[int, Matrix] = {
        0: (1, 0, 0, -1, -left, top),
        90: (0, 1, 1, 0, -bottom, -left),
        180: (-1, 0, 0, 1, right, -bottom),
        270: (0, -1, -1, 0, top, right),
    }
    size = (width, height) if turn in (0, 180) else (height, width)
    return matrices.get(turn, matrices[0]), size, turn


def _crop(page: pdfium.PdfPage) -> BBox:
    """What of the page is shown: left, bottom, right, top in PDF coordinates.

    A crop box that lies outside the page, or has no size, counts for nothing.
    """
    media, crop = (_ordered(box) for box in (page.get_mediabox(), page.get_cropbox()))
    both = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    return both if both[2] - both[0] > 1 and both[3] - both[1] > 1 else media


def _ordered(box: BBox) -> BBox:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])


def _shown(box: BBox, to_page: Matrix) -> BBox:
    """A box of PDF coordinates on the page as it is seen."""
    return bbox_of(apply(to_page, corner) for corner in ((box[0], box[1]), (box[2], box[3])))
