"""One program that reads PDFs, timed: `python -m tools.bench_contender NAME`, paths on stdin.

For each path one line of JSON comes back: the seconds and what was found, or the error. Programs
run in processes of their own, so that none pays for what another one left behind.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.bench_scan_contenders import SCAN_CONTENDERS

Read = Callable[[Path], int]


def main() -> None:
    """Serve one contender until stdin ends."""
    if hasattr(os, "sched_setaffinity"):  # one core for every one of them
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    warnings.simplefilter("ignore")
    answers = os.dup(1)
    os.dup2(2, 1)  # what the programs print is no answer
    with os.fdopen(answers, "w", encoding="utf-8") as out:
        try:
            read = (CONTENDERS | SCAN_CONTENDERS)[sys.argv[1]]()
        except ImportError as exc:
            out.write(json.dumps({"missing": str(exc)}) + "\n")
            return
        out.write(json.dumps({"ready": True}) + "\n")
        out.flush()
        for line in sys.stdin:
            out.write(json.dumps(timed(read, Path(line.rstrip("\n")))) + "\n")
            out.flush()


def timed(read: Read, path: Path) -> dict[str, float | int | str]:
    """Seconds of the processor, what was found, and the most memory that the process ever had.

    One that fails has spent its time too.
    """
    start = time.process_time()
    try:
        found = read(path)
    except Exception as exc:  # noqa: BLE001 - whatever another program raises is its result
        return {"seconds": time.process_time() - start, "found": 0, "error": type(exc).__name__}
    seconds = time.process_time() - start
    return {"seconds": seconds, "found": found, "peak_mb": _peak_mb()}


def _peak_mb() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform == "linux" else most / 1024**2  # kB there, else bytes


def sopextract() -> Read:
    """The whole chain: bytes to records with findings, as JSON. Found: SOPs."""
    from sopextract.pipeline import read_sops
    from sopextract.settings import Settings
    from sopextract.store import render_record

    settings = Settings()
    return lambda path: len([render_record(r) for r in read_sops(_source(path), settings)])


def sopextract_ingest() -> Read:
    """Tables, symbols, connectors and text alone. Found: tables."""
    from sopextract.ingest import ingest
    from sopextract.model.source import Grid
    from sopextract.settings import IngestSettings

    settings = IngestSettings()

    def read(path: Path) -> int:
        pages = ingest(_source(path), settings).pages
        return sum(isinstance(block, Grid) for page in pages for block in page.blocks)

    return read


def pdfplumber() -> Read:
    """Found: tables."""
    import pdfplumber

    def read(path: Path) -> int:
        with pdfplumber.open(path) as file:
            return sum(len(page.extract_tables()) for page in file.pages)

    return read


def camelot(flavor: str) -> Callable[[], Read]:
    """One of camelot's ways. Found: tables."""

    def load() -> Read:
        import camelot  # type: ignore[import-not-found, unused-ignore]

        return lambda path: len(camelot.read_pdf(str(path), pages="all", flavor=flavor))

    return load


def img2table() -> Read:
    """Found: tables."""
    from img2table.document import PDF  # type: ignore[import-not-found, unused-ignore]

    def read(path: Path) -> int:
        tables: dict[int, list[Any]] = PDF(str(path)).extract_tables()
        return sum(map(len, tables.values()))

    return read


def _source(path: Path) -> Any:
    from sopextract.model.source import SourceFile

    return SourceFile(path.name, "0" * 64, "application/pdf", path, path.stat().st_size)


CONTENDERS: dict[str, Callable[[], Read]] = {
    "sopextract, whole chain": sopextract,
    "sopextract, ingest": sopextract_ingest,
    "pdfplumber extract_tables": pdfplumber,
    "camelot lattice": camelot("lattice"),
    "camelot network": camelot("network"),
    "img2table": img2table,
}


if __name__ == "__main__":
    main()
