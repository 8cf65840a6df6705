"""The order of the stages."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.ingest import ingest_parts
from sopextract.model.record import SopRecord
from sopextract.model.source import SourceFile
from sopextract.normalise import normalise
from sopextract.parse import parse_parts
from sopextract.settings import Settings
from sopextract.validate import validate


def iter_sops(source: SourceFile, settings: Settings) -> Iterator[SopRecord]:
    """The records of one file as they are read. The order of the stages stands here, nowhere else.

    Raises SourceError for a file that cannot be used, NotASopError for one that holds no SOP; in a
    large file that may show only after some records.
    """
    for draft in parse_parts(ingest_parts(source, settings.ingest), settings.parse):
        record = normalise(draft, settings.normalise)
        yield record.with_findings(validate(record, settings.lint))


def read_sops(source: SourceFile, settings: Settings) -> tuple[SopRecord, ...]:
    """Turn one file into its records. Raises as `iter_sops` does."""
    return tuple(iter_sops(source, settings))
