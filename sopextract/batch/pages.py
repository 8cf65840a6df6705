"""What ingest made of a file, kept on disk: where only later stages changed it is not read again.

One file per source: gzip, each line one part of the document as JSON. Pictures of stamps and
signatures are left out, as no later stage uses them. An entry is found by the hash of the source
and the key of ingest, so that nothing old is used; a damaged one counts as none.
"""

from __future__ import annotations

import gzip
import os
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache as once
from logging import getLogger
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from sopextract.model.source import Page, SourceDocument, SourceFile
from sopextract.store import TEMPORARY

PAGES = Path(".sopextract", "pages")  # below the folder of the records
_LEVEL = 6  # a page of a PDF is 25 kB of JSON and 2 kB packed

log = getLogger(__name__)


def is_kept(media_type: str) -> bool:
    """Whether reading a file of this type costs more than unpacking what was kept."""
    return not media_type.startswith("text/")


class KeptPages:
    """What was made of one source under one key."""

    def __init__(self, output: Path, source: SourceFile, key: str) -> None:
        digest = source.sha256
        self._source = source
        self._folder = output / PAGES / digest[:2]
        self._path = self._folder / f"{digest}.{key}.gz"

    def load(self) -> Iterator[SourceDocument] | None:
        """The parts of the document; None where nothing is kept, or it is damaged."""
        try:
            with gzip.open(self._path, "rb") as file:
                first = file.readline()
                while file.read(1 << 20):
                    pass  # to the end, where the check sum stands
            part = self._part(first)
        except (OSError, EOFError, zlib.error, ValidationError):
            return None
        return self._parts(part)

    def saved(self, parts: Iterator[SourceDocument]) -> Iterator[SourceDocument]:
        """The same parts as they come; kept when the last one has come."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=self._folder)
        except OSError as exc:
            log.debug("pages are not kept: %s", exc)
            yield from parts
            return
        whole = False
        try:
            with (
                os.fdopen(handle, "wb") as raw,
                gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as file,
            ):
                good = True
                for part in parts:
                    good = good and _write(file, part)
                    yield part
            whole = good
        finally:
            self._settle(Path(name), whole)

    def _settle(self, made: Path, whole: bool) -> None:
        """Put a whole entry in its place, and remove what was kept under other keys."""
        try:
            if whole:
                made.replace(self._path)
                for old in self._folder.glob(f"{self._source.sha256}.*.gz"):
                    if old != self._path:
                        old.unlink(missing_ok=True)
            else:
                made.unlink(missing_ok=True)
        except OSError as exc:
            log.debug("pages are not kept: %s", exc)

    def _parts(self, first: SourceDocument) -> Iterator[SourceDocument]:
        yield first
        with gzip.open(self._path, "rb") as file:
            file.readline()
            for line in file:
                yield self._part(line)

    def _part(self, line: bytes) -> SourceDocument:
        return replace(_adapter().validate_json(line), file=self._source)


def _write(file: gzip.GzipFile, part: SourceDocument) -> bool:
    """Add a part; whether that worked."""
    pages = tuple(map(_without_crops, part.pages))
    try:
        file.write(_adapter().dump_json(replace(part, pages=pages)) + b"\n")
    except (OSError, ValueError) as exc:
        log.debug("pages are not kept: %s", exc)
        return False
    return True


def _without_crops(page: Page) -> Page:
    return page if page.scan is None else replace(page, scan=replace(page.scan, crops=()))


@once
def _adapter() -> TypeAdapter[SourceDocument]:
    return TypeAdapter(SourceDocument)
