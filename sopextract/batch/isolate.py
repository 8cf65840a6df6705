"""Tasks done in worker processes that can be killed, wherever this is called.

Any `concurrent.futures.Executor` can be handed `isolated`: threads of this process, or workers of
a cluster on other machines. Each process that calls it keeps the workers it started for the next.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar

from sopextract.batch.guard import Result
from sopextract.batch.killable import KillableWorker, Limits, Lost
from sopextract.errors import OutputError
from sopextract.model.outcome import Outcome, Status

# A worker that holds more than this share of its limit between tasks is replaced: the next document
# should not pay for what the last ones left behind.
_KEPT_SHARE = 0.5


class Task(Protocol):
    """What can be isolated: it names its source and what it may cost."""

    @property
    def source(self) -> str:
        """The path that the outcome shows."""
        ...

    @property
    def limits(self) -> Limits:
        """What it may cost."""
        ...


_T = TypeVar("_T", bound=Task)


class _Stock:
    """The workers of this process: idle ones wait here, all are known for the end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[KillableWorker] = []
        self._all: set[KillableWorker] = set()
        self._pid = os.getpid()
        self.closed = 0  # how often

    def take(self, fresh: bool) -> KillableWorker:
        with self._lock:
            if self._idle and not fresh:
                return self._idle.pop()
        worker = KillableWorker()
        with self._lock:
            self._all.add(worker)
        return worker

    def give_back(self, worker: KillableWorker) -> None:
        with self._lock:
            if worker in self._all:
                self._idle.append(worker)
                return
        worker.close()  # all were ended meanwhile

    def drop(self, worker: KillableWorker) -> None:
        worker.close()
        with self._lock:
            self._all.discard(worker)

    def close(self) -> None:
        """End all workers; whoever waits for a busy one is told that it is lost."""
        if self._pid != os.getpid():
            return  # a fork of the process whose workers these are
        with self._lock:
            idle, busy = self._idle, self._all.difference(self._idle)
            self._idle, self._all = [], set()
            self.closed += 1
        for worker in busy:
            worker.kill()
        for worker in idle:
            worker.close()


_STOCK = _Stock()
atexit.register(_STOCK.close)


def isolated(work: Callable[[_T], Result], task: _T) -> Result:
    """`work(task)` in a worker process; whatever becomes of it, a result.

    A document whose worker died is tried once more, with a fresh one: the last one may have kept
    something of others, or was ended from outside. Raises ConfigError, MissingProgramError and
    OutputError as the work does, and OutputError when no worker process can be started.
    """
    closed = _STOCK.closed
    result = _try(work, task, fresh=False)
    if isinstance(result, Lost) and closed == _STOCK.closed:
        again = _try(work, task, fresh=True)
        result = again if isinstance(again, Lost) else replace(again, lost_worker=True)
    return _lost(task, result) if isinstance(result, Lost) else result


def _lost(task: Task, how: Lost) -> Result:
    """The result of a task over which a worker was lost."""
    outcome = Outcome(task.source, how.status, message=how.message, hint=how.hint)
    return Result(outcome, how.said, lost_worker=True)


def close_workers() -> None:
    """End the workers of this process at once."""
    _STOCK.close()


def _try(work: Callable[[_T], Result], task: _T, fresh: bool) -> Result | Lost:
    """The result; or how it was lost, where another attempt may end better."""
    try:
        worker = _STOCK.take(fresh)
    except OSError as exc:
        raise OutputError(f"no worker process can be started: {exc.strerror}") from exc
    limits = task.limits
    was_fresh = worker.fresh
    try:
        result = worker.do(work, task, limits)
    except Lost as exc:
        _STOCK.drop(worker)
        doubtful = exc.status is Status.CRASHED or not was_fresh
        if exc.status is Status.TIMED_OUT or not doubtful:
            return _lost(task, exc)
        return exc
    except BaseException:
        _STOCK.drop(worker)
        raise
    if worker.memory() > _KEPT_SHARE * limits.memory_bytes:
        _STOCK.drop(worker)
    else:
        _STOCK.give_back(worker)
    return result
