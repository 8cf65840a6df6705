"""What runs inside a worker process: one task after another, until the pipe closes."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
import tempfile
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path

from sopextract.batch.temporary import hold
from sopextract.ingest import PAGE_LOGGER

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
# Beyond the limit on memory, which the parent watches: this stops what is asked for at once.
_SLACK_BYTES = 1_000_000_000


class Message(StrEnum):
    """What a worker tells."""

    DONE = "done"
    RAISED = "raised"
    LOG = "log"
    READY = "ready"


class _Sender(logging.Handler):
    """Sends what is logged to the process that started this one."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__()
        self._pipe = pipe

    def emit(self, record: logging.LogRecord) -> None:
        """Send it without what cannot be sent; a page keeps its arguments, which are plain."""
        if record.name != PAGE_LOGGER:
            record.msg, record.args = record.getMessage(), ()
        record.exc_info = record.stack_info = None
        self._pipe.send((Message.LOG, record))


def serve(pipe: Connection, folder: str, cwd: str, environ: dict[str, str]) -> None:
    """Do tasks as they come. `folder` takes temporary files and what is printed."""
    _settle(folder, cwd, environ)
    _send_logs(pipe)
    pipe.send((Message.READY, None))
    while True:
        try:
            work, task, level, memory_bytes, file_bytes = pipe.recv()
        except EOFError:
            return
        logging.getLogger("sopextract").setLevel(level)
        _limit(memory_bytes + _SLACK_BYTES, file_bytes)
        try:
            message = (Message.DONE, work(task))
        except Exception as exc:  # noqa: BLE001 - raised again in the parent
            message = (Message.RAISED, exc)
        pipe.send(message)


def _settle(folder: str, cwd: str, environ: dict[str, str]) -> None:
    """Be a process group of its own that ends with its parent, and print to nobody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process decides what ends
    if hasattr(os, "setsid"):
        os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    os.environ.clear()
    os.environ.update(environ)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    os.chdir(cwd)
    said = hold(Path(folder))
    for stream in (1, 2):
        os.dup2(said, stream)


def _send_logs(pipe: Connection) -> None:
    log = logging.getLogger("sopextract")
    log.handlers[:] = [_Sender(pipe)]
    log.propagate = False
    logging.getLogger(PAGE_LOGGER).setLevel(logging.INFO)  # the parent's clock hears of pages


def _limit(memory_bytes: int, file_bytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (
            resource.RLIMIT_DATA,
            memory_bytes,
        ),  # private memory: libraries map far more than they use
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (soft, hard))
