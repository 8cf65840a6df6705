"""Who does the tasks. The seam is `concurrent.futures.Executor`; all give the same results.

`serial` does them in this process, one after the other and without isolation, for looking into
faults. All others are handed `isolated` with each task, so that a document costs no more than
itself wherever it is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from itertools import islice
from typing import Any, ParamSpec, TypeVar

from sopextract.batch.guard import Result, crashed
from sopextract.batch.isolate import Task, close_workers, isolated
from sopextract.batch.jobs import Job
from sopextract.errors import ConfigError

_P = ParamSpec("_P")
_R = TypeVar("_R")
_T = TypeVar("_T", bound=Task)

# What may be a scan: a page takes seconds. A scanned page has 100 kB or more, a sheet printed to
# PDF without pictures mostly less.
_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"))
_SCAN_BYTES = 100_000
# Free memory for each worker that reads scans: it took 0.82 GB over 25 pages of A4, larger pages
# take more; 1.5 GB is the most that a worker was seen to take.
_SCAN_MEMORY = 1_500_000_000
# How long an interrupted batch waits for the files in hand. One sheet takes some 20 ms; what takes
# longer than this is stuck in a huge file and has written nothing yet.
_GRACE_S = 5.0
_AHEAD = 4  # tasks handed out per worker, so that none waits and memory stays flat


class Inline(Executor):
    """Does each call when it is submitted, in the thread that submits it."""

    def submit(self, fn: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_R]:
        """The finished future of the call. An interrupt is raised, not kept."""
        future: Future[_R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as exc:  # noqa: BLE001 - the future carries it to whoever asks
            future.set_exception(exc)
        return future


@dataclass(frozen=True, slots=True)
class Crew:
    """An executor, how many tasks it does at a time, and whether each is isolated."""

    executor: Executor
    workers: int
    isolates: bool = True


def _serial(workers: int, scheduler: str) -> Crew:
    return Crew(Inline(), 1, isolates=False)


def _processes(workers: int, scheduler: str) -> Crew:
    """Threads of this process, each of which waits for a worker process of its own."""
    return Crew(ThreadPoolExecutor(workers, thread_name_prefix="sopextract"), workers)


def _dask(workers: int, scheduler: str) -> Crew:
    """All that the scheduler has: how many is settled there."""
    from sopextract.batch.cluster import ClusterExecutor

    executor = ClusterExecutor(scheduler)
    return Crew(executor, executor.threads)


EXECUTORS: dict[str, Callable[[int, str], Crew]] = {
    "serial": _serial,
    "processes": _processes,
    "dask": _dask,
}


def make_crew(name: str, workers: int, scheduler: str = "") -> Crew:
    """The executor of that name; `scheduler` is the address of the one of a cluster.

    Raises ConfigError for an unknown name and a cluster that does not answer.
    """
    if name not in EXECUTORS:
        raise ConfigError(f"no executor {name!r}; there are {', '.join(sorted(EXECUTORS))}")
    return EXECUTORS[name](workers, scheduler)


def do_all(
    crew: Crew,
    work: Callable[[_T], Result],
    tasks: Iterable[_T],
    then: Callable[[_T, Result], Iterable[_T]] = lambda task, result: (),
) -> Generator[Result, None, None]:
    """The result of every task, as they come. `work` is a module's function: it is sent elsewhere.

    `then` names the tasks that can be done now that this one is. On an interrupt, or when nobody
    wants the rest, the tasks in hand get some seconds to end: their results go to `then` alone.
    """
    waiting = iter(tasks)
    follow_up: list[_T] = []
    running: dict[Future[Result], _T] = {}
    try:
        while True:
            room = crew.workers * _AHEAD - len(running)
            due = [follow_up.pop() for _ in range(min(room, len(follow_up)))]
            due += islice(waiting, room - len(due))
            for task in due:
                running[_submit(crew, work, task)] = task
            if not running:
                return
            done, _ = wait_for(running, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=lambda future: running[future].source):
                task = running[future]
                result = _result(future, task)
                del running[future]
                follow_up.extend(then(task, result))
                yield result
    except (KeyboardInterrupt, GeneratorExit):
        for future, task in _finish(running).items():
            tuple(then(task, future.result()))
        raise
    finally:
        for future in running:
            future.cancel()
        if crew.isolates:
            close_workers()
        crew.executor.shutdown(wait=True, cancel_futures=True)


def _submit(crew: Crew, work: Callable[[_T], Result], task: _T) -> Future[Result]:
    if crew.isolates:
        return crew.executor.submit(isolated, work, task)
    return crew.executor.submit(work, task)


def _result(future: Future[Result], task: Task) -> Result:
    """What a task gave; a crash if the executor broke. What would stop all others is raised."""
    try:
        return future.result()
    except BrokenExecutor as exc:
        return Result(crashed(task.source, type(exc).__name__), lost_worker=True)


def _finish(running: dict[Future[Result], Any]) -> dict[Future[Result], Any]:
    """Of the tasks in hand those that end well within the time of grace."""
    in_hand = [future for future in running if not future.cancel()]
    done, _ = wait_for(in_hand, timeout=_GRACE_S)
    return {future: running[future] for future in done if future.exception() is None}


def choose_workers(jobs: Sequence[Job], wanted: int) -> int:
    """How many processes to use; `wanted` 0 means as many as pay off on this machine."""
    if wanted:
        return wanted
    most = cores()
    if any(map(_may_be_scan, jobs)):
        most = min(most, _memory() // _SCAN_MEMORY)
    return max(1, min(most, len(jobs)))


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _may_be_scan(job: Job) -> bool:
    suffix = job.location.suffix.lower()
    if suffix != ".pdf":
        return suffix in _PICTURES
    if job.inside is not None:
        return job.inside.size >= _SCAN_BYTES
    try:
        return job.location.stat().st_size >= _SCAN_BYTES
    except OSError:
        return False


def _memory() -> int:
    """Bytes of this machine's memory that are free; plenty where that cannot be told."""
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 1 << 40
