"""First stage: a file becomes a `SourceDocument`, whatever its format."""

from sopextract.errors import SourceError
from sopextract.ingest.detect import detect_media_type, find_reader
from sopextract.model.source import SourceDocument, SourceFile
from sopextract.settings import IngestSettings

__all__ = ["detect_media_type", "find_reader", "ingest"]


def ingest(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """Read one file with the reader of its media type.

    Raises SourceError when the file is empty, too large, damaged or of a format without a reader.
    """
    if source.size > settings.max_bytes:
        raise SourceError(
            f"is too large ({source.size:,} bytes; the limit is {settings.max_bytes:,})",
            hint="split the file, or raise max_bytes in the [ingest] settings",
        )
    return find_reader(source.media_type)(source, settings)
