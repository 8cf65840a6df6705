"""Who does the jobs: this process, or several. All give the same results, in any order."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Protocol

from sopextract.batch.guard import Result, crashed
from sopextract.batch.jobs import Job
from sopextract.batch.page_log import pages_logged, send_pages
from sopextract.errors import ConfigError

Work = Callable[[Job], Result]

# A worker process takes about half a second to start, as long as some twenty text sheets take:
# below eight a worker the start costs more than it saves.
MIN_JOBS_PER_WORKER = 8
# What may be a scan pays for a worker of its own: a page takes seconds. A scanned page has 100 kB
# or more, a sheet printed to PDF without pictures mostly less.
_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"))
_SCAN_BYTES = 100_000
# Free memory for each worker that reads scans: it took 0.82 GB over 25 pages of A4, larger pages
# take more; 1.5 GB is the most that a worker may take.
_SCAN_MEMORY = 1_500_000_000
# How long an interrupted batch waits for the files in hand. One sheet takes some 20 ms; what takes
# longer than this is stuck in a huge file and has written nothing yet.
_GRACE_S = 5.0
_AHEAD = 4  # jobs handed out per worker, so that none waits and memory stays flat


class Executor(Protocol):
    """The seam: gives one result per job, as they finish."""

    def run(self, jobs: Sequence[Job], work: Work, workers: int) -> Iterator[Result]:
        """Do every job. `work` is a module's function, so that it can be sent elsewhere."""
        ...


class Serial:
    """One after the other, in this process."""

    def run(self, jobs: Sequence[Job], work: Work, workers: int) -> Iterator[Result]:
        """See `Executor`; `workers` has no effect."""
        return (work(job) for job in jobs)


class Processes:
    """Several processes on this machine. A worker that dies costs the job it had, no other."""

    def run(self, jobs: Sequence[Job], work: Work, workers: int) -> Iterator[Result]:
        """See `Executor`."""
        waiting = deque(jobs)
        while waiting:
            suspects = yield from self._run_pool(waiting, work, workers)
            for job in suspects:
                yield self._run_alone(job, work)

    def _run_pool(
        self, waiting: deque[Job], work: Work, workers: int
    ) -> Generator[Result, None, list[Job]]:
        """Return the jobs that were out when a worker died; none when all went well."""
        running: dict[Future[Result], Job] = {}
        with _pool(workers) as pool:
            while waiting or running:
                try:
                    while waiting and len(running) < workers * _AHEAD:
                        with _interrupt_held():  # the first call starts the workers
                            running[pool.submit(work, waiting[0])] = waiting[0]
                            waiting.popleft()
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        result = future.result()
                        del running[future]
                        yield result
                except BrokenProcessPool:
                    return list(running.values())
                except BaseException:  # interrupted, disk full, or nobody wants the rest
                    _stop(pool, running)
                    raise
        return []

    def _run_alone(self, job: Job, work: Work) -> Result:
        with _pool(1) as pool:
            try:
                return pool.submit(work, job).result()
            except BrokenProcessPool:
                return Result(crashed(job.source, "the worker process died"))


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(["sopextract.batch.run", "sopextract.pipeline"])
        _start_server()
    with (
        pages_logged(context) as pipe,
        ProcessPoolExecutor(
            workers, mp_context=context, initializer=_start_worker, initargs=(pipe,)
        ) as pool,
    ):
        yield pool


def _start_server() -> None:
    """Start the process that forks the workers, deaf to Ctrl-C from its first moment on."""
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # unblocks the signal when it starts: so it starts before
    with _interrupt_held():
        forkserver.ensure_running()


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block; processes started in it never hear it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(pages: Connection) -> None:
    """In a worker: Ctrl-C reaches the whole group, but the first process decides what ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    send_pages(pages)


def _stop(pool: ProcessPoolExecutor, running: Mapping[Future[Result], Job]) -> None:
    """Let the workers end what they are writing, then end them."""
    in_hand = [future for future in running if not future.cancel()]
    pool.shutdown(wait=False, cancel_futures=True)
    wait(in_hand, timeout=_GRACE_S)
    for child in multiprocessing.active_children():
        child.terminate()


def can_use_processes() -> bool:
    """Whether this machine has what a pool needs; some containers have no shared memory."""
    try:
        multiprocessing.get_context("spawn").Lock()
    except (ImportError, OSError):
        return False
    return True


EXECUTORS = {
    "serial": "sopextract.batch.executors:Serial",
    "processes": "sopextract.batch.executors:Processes",
}


def find_executor(name: str) -> Executor:
    """The executor of that name, imported on first use. Raises ConfigError for an unknown name."""
    if name not in EXECUTORS:
        raise ConfigError(f"no executor {name!r}; there are {', '.join(sorted(EXECUTORS))}")
    module, _, attribute = EXECUTORS[name].partition(":")
    executor: Executor = getattr(importlib.import_module(module), attribute)()
    return executor


def choose_workers(jobs: Sequence[Job], wanted: int) -> int:
    """How many processes to use; `wanted` 0 means as many as pay off on this machine."""
    if wanted:
        return wanted
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    scans = sum(map(_may_be_scan, jobs))
    worth = scans + (len(jobs) - scans) // MIN_JOBS_PER_WORKER
    most = min(cores or 1, _memory() // _SCAN_MEMORY) if scans else cores or 1
    return max(1, min(most, worth))


def _may_be_scan(job: Job) -> bool:
    suffix = job.location.suffix.lower()
    if suffix != ".pdf":
        return suffix in _PICTURES
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
