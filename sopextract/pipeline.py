"""The order of the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sopextract.ingest import ingest_parts
from sopextract.model.record import SopRecord
from sopextract.model.source import SourceDocument, SourceFile
from sopextract.normalise import normalise
from sopextract.parse import parse_parts
from sopextract.settings import IngestSettings, LintSettings, Settings
from sopextract.validate import validate

Read = Callable[[SourceFile, IngestSettings], Iterator[SourceDocument]]


def iter_sops(source: SourceFile, settings: Settings) -> Iterator[SopRecord]:
    """The records of one file as they are read. The order of the stages stands here, nowhere else.

    Raises SourceError for a file that cannot be used, NotASopError for one that holds no SOP; in a
    large file that may show only after some records.
    """
    for record in iter_unchecked(source, settings):
        yield check(record, settings.lint)


def iter_unchecked(
    source: SourceFile, settings: Settings, read: Read = ingest_parts
) -> Iterator[SopRecord]:
    """The same without findings. `read` is what stands for ingest: it, timed or from a cache."""
    for draft in parse_parts(read(source, settings.ingest), settings.parse):
        yield normalise(draft, settings.normalise)


def check(record: SopRecord, settings: LintSettings) -> SopRecord:
    """The record with what the rules find in it in place of the findings that it has."""
    bare = record.with_findings(())
    return bare.with_findings(validate(bare, settings))


def read_sops(source: SourceFile, settings: Settings) -> tuple[SopRecord, ...]:
    """Turn one file into its records. Raises as `iter_sops` does."""
    return tuple(iter_sops(source, settings))
