"""Programs that read words from pixels, behind one seam."""

from sopextract.ingest.ocr.engine import Engine, FoundLine, ReadLine
from sopextract.ingest.ocr.load import load_engines

__all__ = ["Engine", "FoundLine", "ReadLine", "load_engines"]
