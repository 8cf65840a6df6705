"""One process that does what it is told, and can be ended at any moment whatever it is doing.

The parent waits on a pipe with a clock and an eye on memory, and sends SIGKILL to everything that
the worker started: native code that ignores signals, spins or keeps the interpreter's lock is ended
like any other. What the worker logs comes over the same pipe.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from typing import TypeVar

from sopextract.batch.guard import worker_failed
from sopextract.batch.inside import Message, serve
from sopextract.batch.temporary import SAID, make_worker_folder
from sopextract.batch.tree import kill_tree, memory_of
from sopextract.ingest import PAGE_LOGGER
from sopextract.model.outcome import Status

_A = TypeVar("_A")
_R = TypeVar("_R")

# How often memory is looked at: what allocates 2 GB a second is seen 0.2 GB too late.
_TICK_S = 0.1
_START_S = 60.0  # for a worker to start; it takes a second, on a slow drive ten
_JOIN_S = 5.0  # until a killed process is gone; it takes milliseconds
_SAID_MOST = 2000  # bytes of what a worker wrote before it died, for the run log
_START = threading.Lock()  # multiprocessing keeps a set of children that is not safe for threads


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may cost; see `BatchSettings`."""

    seconds: float
    page_seconds: float
    memory_bytes: int
    file_bytes: int


class Lost(Exception):  # noqa: N818 - it is no error of the caller
    """The worker is gone and the task with it. `said` is what it wrote last."""

    def __init__(self, status: Status, message: str, hint: str = "", said: str = "") -> None:
        super().__init__(status, message, hint, said)
        self.status, self.message, self.hint, self.said = status, message, hint, said


class KillableWorker:
    """A worker process with a folder of its own for temporary files; not for several threads."""

    def __init__(self) -> None:
        self.fresh = True  # nothing was done yet, so nothing can have been left behind
        self._folder = make_worker_folder()
        context = _context()
        self._pipe, theirs = context.Pipe()
        with _START:
            self._process = context.Process(  # type: ignore[attr-defined]
                target=serve,
                args=(theirs, str(self._folder), os.getcwd(), dict(os.environ)),
                daemon=True,
            )
            self._process.start()
        self._pid = self._process.pid
        theirs.close()

    def do(self, work: Callable[[_A], _R], task: _A, limits: Limits) -> _R:
        """The result of `work(task)`; what it raises is raised here.

        Raises Lost when the worker died or went beyond a limit; then it is good for nothing more.
        """
        level = logging.getLogger("sopextract").getEffectiveLevel()
        try:
            self._pipe.send((work, task, level, limits.memory_bytes, limits.file_bytes))
            kind, value = self._answer(limits)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise self._died() from None
        self.fresh = False
        if kind is Message.RAISED:
            raise value  # type: ignore[misc]
        return value  # type: ignore[return-value]

    def _answer(self, limits: Limits) -> tuple[Message, object]:
        """The last message on the task; on the way, logs are passed on and limits watched."""
        looked = time.monotonic()
        deadline = looked + limits.seconds + (_START_S if self.fresh else 0.0)
        while True:
            if wait([self._pipe], timeout=_TICK_S):
                message: tuple[Message, object] = self._pipe.recv()
                if message[0] is Message.READY:
                    deadline = time.monotonic() + limits.seconds
                elif message[0] is Message.LOG:
                    deadline += limits.page_seconds * _hear(message[1])
                else:
                    return message
                if time.monotonic() - looked < _TICK_S:
                    continue
            looked = time.monotonic()  # one that talks without pause is watched as well
            self._watch(limits, late=looked > deadline)

    def _watch(self, limits: Limits, *, late: bool) -> None:
        """End a worker that went beyond a limit; raises Lost."""
        if late:
            raise self._ended(
                Status.TIMED_OUT,
                "took longer than it may",
                "look at it; if it is good, raise timeout_s in [batch] of sopextract.toml "
                "and run again with --retry-failed",
            )
        if self.memory() > limits.memory_bytes:
            raise self._ended(
                Status.OUT_OF_MEMORY,
                f"took more than {limits.memory_bytes / 1e9:.1f} GB of memory",
                "split it, or raise memory_bytes in [batch] of sopextract.toml and run again "
                "with --retry-failed",
            )

    def _ended(self, status: Status, message: str, hint: str) -> Lost:
        said = self._said()
        self.close()
        return Lost(status, message, hint, said)

    def _died(self) -> Lost:
        self._process.join(_JOIN_S)
        code, said = self._process.exitcode, self._said()
        self.close()
        return Lost(Status.CRASHED, *worker_failed(code), said)

    def _said(self) -> str:
        try:
            data = (self._folder / SAID).read_bytes()
        except OSError:
            return ""
        return data[-_SAID_MOST:].decode("utf-8", "replace")

    def memory(self) -> int:
        """Bytes that the worker holds."""
        return memory_of(self._pid or 0)

    def kill(self) -> None:
        """End the process at once. Another thread may call it: whoever waits is told it is lost."""
        if self._pid is not None:
            kill_tree(self._pid, alive=not wait([self._process.sentinel], timeout=0))

    def close(self) -> None:
        """End the process at once and remove its folder."""
        self.kill()
        self._process.join(_JOIN_S)
        self._pid = None
        self._pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _hear(value: object) -> bool:
    """Log what a worker logged; whether it was word of a page that was read from pixels."""
    if not isinstance(value, logging.LogRecord):
        return False
    log = logging.getLogger(value.name)
    if log.isEnabledFor(value.levelno):
        log.handle(value)
    return value.name == PAGE_LOGGER


def _context() -> BaseContext:
    """How processes are started: forked off a server that has everything loaded, where possible."""
    methods = multiprocessing.get_all_start_methods()
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["sopextract.batch.work", "sopextract.pipeline"])
    with _START:
        _start_server()
    return context


def _start_server() -> None:
    """Start the process that forks the workers, deaf to Ctrl-C from its first moment on."""
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # unblocks the signal when it starts: so it starts before
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
