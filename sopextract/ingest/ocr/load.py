"""Which programs read words here: the default engine, and the witness where one is installed."""

from __future__ import annotations

from functools import cache as once
from pathlib import Path

from sopextract.ingest.ocr.cached import CachedEngine
from sopextract.ingest.ocr.engine import Engine


@once
def load_engines(cache: Path | None) -> tuple[Engine, Engine | None]:
    """The engine and its witness; loaded once for a process, cheap to call again.

    `cache` is a folder that keeps what was read; None keeps nothing. The witness is None where no
    second program is installed. Raises MissingProgramError where the default engine is missing.
    """
    engine, witness = _loaded()
    if cache is None:
        return engine, witness
    return CachedEngine(engine, cache), CachedEngine(witness, cache) if witness else None


@once
def _loaded() -> tuple[Engine, Engine | None]:
    from sopextract.ingest.ocr.rapid import load_rapid
    from sopextract.ingest.ocr.tesseract import load_tesseract

    return load_rapid(), load_tesseract()
