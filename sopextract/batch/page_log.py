"""Word of every page read from pixels, from whichever process reads it.

A page costs seconds and a file may have hundreds, so that files alone are too coarse to follow.
Readers log each page to one logger; what a worker process logs is logged again in the one that
started it (`inside`, `killable`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager

from sopextract.ingest import PAGE_LOGGER

log = logging.getLogger(PAGE_LOGGER)


@contextmanager
def watch_pages(tell: Callable[[str, int], None]) -> Generator[None, None, None]:
    """Call `tell` with the source and number of every page that is read from pixels."""

    class Watcher(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if isinstance(record.args, tuple) and len(record.args) == 2:
                tell(str(record.args[0]), int(str(record.args[1])))

    before = log.handlers[:], log.propagate, log.level
    log.handlers[:], log.propagate = [Watcher()], False
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.handlers[:], log.propagate = before[:2]
        log.setLevel(before[2])
