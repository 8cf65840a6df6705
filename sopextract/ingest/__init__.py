"""First stage: a file becomes a `SourceDocument`, whatever its format."""

from collections.abc import Iterator
from dataclasses import replace
from logging import getLogger

from sopextract.errors import SourceError
from sopextract.ingest.detect import (
    check_promise,
    detect_media_type,
    find_page_reader,
    find_reader,
)
from sopextract.ingest.own_marks import without_marks
from sopextract.model.source import Page, SourceDocument, SourceFile
from sopextract.settings import IngestSettings

__all__ = ["PAGE_LOGGER", "detect_media_type", "find_reader", "ingest", "ingest_parts"]

# More than the largest compendium seen has (216 pages), so that those are parsed as a whole.
_PART_PAGES = 250
# Every page that was read from pixels is logged there, with the source and its number.
PAGE_LOGGER = "sopextract.ingest.pages"


def ingest(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """Read one file with the reader of its media type.

    Raises SourceError when the file is empty, too large, damaged or of a format without a reader.
    """
    _check_size(source, settings)
    read_pages = find_page_reader(source.media_type)
    if read_pages is None:
        return _read(source, settings)
    return SourceDocument(source, tuple(_told(read_pages(source, settings), source)))


def ingest_parts(source: SourceFile, settings: IngestSettings) -> Iterator[SourceDocument]:
    """The same in parts of some hundred pages, so that memory stays flat; one part for most files.

    Raises as `ingest` does, some of it only after the last part.
    """
    _check_size(source, settings)
    read_pages = find_page_reader(source.media_type)
    if read_pages is None:
        yield _read(source, settings)
        return
    pages: list[Page] = []
    for page in _told(read_pages(source, settings), source):
        if len(pages) == _PART_PAGES:
            yield SourceDocument(source, tuple(pages))
            pages.clear()
        pages.append(page)
    yield SourceDocument(source, tuple(pages))


def _told(pages: Iterator[Page], source: SourceFile) -> Iterator[Page]:
    """The pages as they come, with word of each that was read from pixels."""
    log = getLogger(PAGE_LOGGER)
    for page in pages:
        if page.scan is not None:
            log.info("%s: page %d", source.path, page.number or 0)
        yield without_marks(page)


def _read(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """What a reader of whole files gives."""
    check_promise(source.path, source.media_type)
    document = find_reader(source.media_type)(source, settings)
    return replace(document, pages=tuple(map(without_marks, document.pages)))


def _check_size(source: SourceFile, settings: IngestSettings) -> None:
    limit = settings.bytes_allowed(source.media_type)
    if source.size > limit:
        raise SourceError(
            f"is too large ({source.size:,} bytes; the limit is {limit:,})",
            hint="split the file, or raise the limit in the [ingest] settings",
        )
