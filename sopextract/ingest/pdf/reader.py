"""A PDF file page by page: drawn pages are laid out as they are read, so that none is kept."""

from __future__ import annotations

from collections.abc import Iterator
from logging import getLogger

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sopextract.errors import SourceError
from sopextract.ingest.page import DrawnPage, lay_out_page
from sopextract.ingest.page.unruled import edges_of
from sopextract.ingest.pdf.chars import Fonts, read_words
from sopextract.ingest.pdf.paths import Matrix, read_vectors
from sopextract.ingest.pdf.pictures import with_traced_pictures
from sopextract.model.source import Grid, Page, SourceDocument, SourceFile
from sopextract.settings import IngestSettings

log = getLogger(__name__)

_WORD = raw.FPDF_ERR_PASSWORD
# Points of paths that are read of one page: the fullest real page has 2,700, a map or a hatched
# plan a hundred thousand.
_MAX_POINTS = 400_000


def read_pdf(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """Read a PDF. Raises SourceError when it is damaged or needs a password."""
    pages: list[Page] = []
    next_id = 0
    above: tuple[float, ...] = ()
    for drawn in draw_pages(source):
        page = lay_out_page(drawn, next_id, above)
        if page.picture_flow:
            traced = with_traced_pictures(source, drawn, page)
            page = lay_out_page(traced, next_id, above) if traced is not None else page
        next_id += len(page.symbols)
        above = next((edges_of(b) for b in reversed(page.blocks) if isinstance(b, Grid)), above)
        pages.append(page)
    return SourceDocument(source, tuple(pages))


def draw_pages(source: SourceFile) -> Iterator[DrawnPage]:
    """The pages of a PDF as words and strokes, one at a time."""
    try:
        document = pdfium.PdfDocument(source.location)
    except pdfium.PdfiumError as exc:
        raise _unusable(exc) from exc
    fonts = Fonts()
    try:
        if len(document) == 0:
            raise SourceError("has no pages", hint="print it to PDF again")
        for index in range(len(document)):
            yield _draw(document, index, fonts)
    finally:
        document.close()


def _unusable(exc: pdfium.PdfiumError) -> SourceError:
    code = getattr(exc, "err_code", None)
    if code == raw.FPDF_ERR_PASSWORD or "password" in str(exc).casefold():
        return SourceError(
            "is protected by a password", hint="save it without the password, then try again"
        )
    return SourceError(
        "is damaged or no PDF after all", hint="open it in a viewer and print it to PDF again"
    )


def _draw(document: pdfium.PdfDocument, index: int, fonts: Fonts) -> DrawnPage:
    try:
        page = document[index]
    except pdfium.PdfiumError as exc:
        raise SourceError(
            f"page {index + 1} is damaged",
            hint="open it in a viewer and print it to PDF again",
            page=index + 1,
        ) from exc
    try:
        to_page, size, turn = _upright(page)
        vectors = read_vectors(page, to_page, _MAX_POINTS)
        textpage = page.get_textpage()
        try:
            words = read_words(textpage, to_page, turn, fonts)
        finally:
            textpage.close()
    finally:
        page.close()
    if vectors.cut:
        log.warning("page %d has too many vectors; the rest was left out", index + 1)
    return DrawnPage(
        index + 1, size, words, tuple(vectors.strokes), tuple(vectors.pictures), vectors.cut
    )


def _upright(page: pdfium.PdfPage) -> tuple[Matrix, tuple[float, float], int]:
    """PDF coordinates to the page as it is seen, its size, and by how many degrees it is turned."""
    left, bottom, right, top = page.get_cropbox()
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
