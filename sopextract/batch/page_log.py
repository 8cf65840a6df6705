"""Word of every page read from pixels, from whichever process reads it.

A page costs seconds and a file may have hundreds, so that files alone are too coarse to follow.
Readers log each page to one logger; a worker process sends it to this one, where it is logged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from threading import Thread

from sopextract.ingest import PAGE_LOGGER

# A pipe passes 512 bytes on in one piece, whoever else writes (POSIX, PIPE_BUF), four of them the
# length: so no lock is needed, which a dying worker would keep.
_MOST_BYTES = 500

log = logging.getLogger(PAGE_LOGGER)


class _Sender(logging.Handler):
    """Sends what is logged to the process that started this one."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__()
        self._pipe = pipe

    def emit(self, record: logging.LogRecord) -> None:
        """Send the source and the number of the page; a pipe that is gone is nobody's fault."""
        try:
            source, page = record.args if isinstance(record.args, tuple) else ("", 0)
            self._pipe.send_bytes(f"{page} {source}".encode(errors="replace")[:_MOST_BYTES])
        except (OSError, ValueError):
            pass


def send_pages(pipe: Connection) -> None:
    """In a worker: let pages be logged where the batch was started."""
    log.handlers[:] = [_Sender(pipe)]
    log.propagate = False
    log.setLevel(logging.INFO)


@contextmanager
def pages_logged(context: BaseContext) -> Generator[Connection, None, None]:
    """The end of a pipe for `send_pages`; what comes out is logged in this process."""
    reader, writer = context.Pipe(duplex=False)
    thread = Thread(target=_listen, args=(reader,), name="pages", daemon=True)
    thread.start()
    try:
        yield writer
    finally:
        writer.close()  # the workers' ends are closed by now, or will be when they end
        thread.join(timeout=1.0)


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


def _listen(pipe: Connection) -> None:
    while True:
        try:
            page, _, source = pipe.recv_bytes().decode(errors="replace").partition(" ")
            log.info("%s: page %d", source, int(page))
        except (EOFError, OSError):
            break
        except ValueError:
            continue  # the name was cut in the middle of a letter
    pipe.close()
