"""The order of the stages."""

from __future__ import annotations

from sopextract.ingest import ingest
from sopextract.model.record import SopRecord
from sopextract.model.source import SourceFile
from sopextract.normalise import normalise
from sopextract.parse import parse
from sopextract.settings import Settings
from sopextract.validate import validate


def read_sops(source: SourceFile, settings: Settings) -> tuple[SopRecord, ...]:
    """Turn one file into its records. The order of the stages stands here and nowhere else.

    Raises SourceError for a file that cannot be used, NotASopError for one that holds no SOP.
    """
    document = ingest(source, settings.ingest)
    drafts = parse(document, settings.parse)
    records = [normalise(draft, settings.normalise) for draft in drafts]
    return tuple(r.with_findings(validate(r, settings.lint)) for r in records)
