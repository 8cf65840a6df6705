"""Which programs read words here: the default engine, and the witness where one is installed."""

from __future__ import annotations

from pathlib import Path

from sopextract.ingest.ocr.engine import Engine


def load_engines(cache: Path | None) -> tuple[Engine, Engine | None]:
    """The engine and its witness; loaded once for a process, cheap to call again.

    `cache` is a folder that keeps what was read; None keeps nothing. The witness is None where no
    second program is installed. Raises MissingProgramError where the default engine is missing.
    """
    from sopextract.ingest.ocr.rapid import load_rapid

    return load_rapid(), None
