"""Every executor gives one result per task, and the same ones, whatever happens to a worker."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sopextract.batch import executors
from sopextract.batch.executors import EXECUTORS, choose_workers, do_all, make_crew
from sopextract.batch.guard import Result, guarded
from sopextract.batch.jobs import Job
from sopextract.errors import ConfigError, NotASopError, OutputError, SourceError
from sopextract.ingest import PAGE_LOGGER
from sopextract.model.outcome import Outcome, Status
from sopextract.settings import Settings

NAMES = ["processes", "serial"]


def jobs(*names: str) -> list[Job]:
    return [Job(name, Path(name), name, Path("out"), Settings()) for name in names]


def results(name: str, given: list[Job], workers: int = 2) -> list[Result]:
    return list(do_all(make_crew(name, workers), work, given))


def work(job: Job) -> Result:
    """What the name of the job asks for."""

    def inner() -> Outcome:
        if job.source.startswith("bad"):
            raise SourceError("is\nbroken", hint="mend it", page=2)
        if job.source.startswith("letter"):
            raise NotASopError("looks like a letter")
        if job.source.startswith("bug"):
            raise KeyError("secret page text")
        if job.source.startswith("full"):
            raise OutputError("out: cannot be written: No space left on device")
        if job.source.startswith("deadly"):
            os._exit(3)
        return Outcome(job.source, Status.OK)

    return guarded(job.source, inner)


def test_every_executor_is_tried() -> None:
    assert sorted(EXECUTORS) == sorted([*NAMES, "dask"])  # dask: test_cluster.py


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_ends_the_batch(name: str) -> None:
    given = jobs("a", "full", *(f"n{i}" for i in range(100)))
    seen: list[Result] = []
    with pytest.raises(OutputError, match="No space left"):
        seen.extend(do_all(make_crew(name, 2), work, given))
    assert len(seen) < len(given)


def worker_process(job: Job) -> Result:
    """Say which process this is."""
    return Result(Outcome(job.source, Status.OK, message=str(os.getpid())))


def test_nobody_is_left_when_a_batch_is_given_up() -> None:
    given = jobs(*(f"n{i}" for i in range(100)))
    with closing(do_all(make_crew("processes", 2), worker_process, given)) as coming:
        pids = {int(next(coming).outcome.message), int(next(coming).outcome.message)}
    assert os.getpid() not in pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize("name", NAMES)
def test_every_job_gets_one_result(name: str) -> None:
    given = jobs("a", "bad", "letter", "bug", *(f"n{i}" for i in range(30)))
    found = results(name, given)
    outcomes = {result.outcome.source: result.outcome for result in found}
    assert len(found) == len(given)
    assert set(outcomes) == {job.source for job in given}
    assert outcomes["a"].status is Status.OK
    assert outcomes["letter"].status is Status.NOT_A_SOP
    assert outcomes["bad"].status is Status.FAILED
    assert (outcomes["bad"].message, outcomes["bad"].hint) == ("page 2: is broken", "mend it")
    assert outcomes["bug"].status is Status.CRASHED
    assert outcomes["bug"].message == "internal error (KeyError)"
    traces = [result.traceback for result in found if result.traceback]
    assert len(traces) == 1
    assert "KeyError" in traces[0]


def test_a_worker_that_dies_costs_its_own_job_only() -> None:
    given = jobs("a", "deadly", *(f"n{i}" for i in range(12)))
    found = results("processes", given)
    status = {result.outcome.source: result.outcome.status for result in found}
    assert len(found) == len(given)
    assert status.pop("deadly") is Status.CRASHED
    assert set(status.values()) == {Status.OK}


@pytest.mark.parametrize("name", NAMES)
def test_what_waits_for_another_is_done_after_it(name: str) -> None:
    order: list[str] = []

    def then(job: Job, result: Result) -> Iterator[Job]:
        order.append(result.outcome.source)
        return iter(jobs("after b") if job.source == "b" else ())

    found = list(do_all(make_crew(name, 2), work, jobs("a", "b", "c"), then))
    assert sorted(result.outcome.source for result in found) == ["a", "after b", "b", "c"]
    assert order.index("b") < order.index("after b")


def test_an_unknown_executor_is_a_wrong_call() -> None:
    with pytest.raises(ConfigError, match="processes"):
        make_crew("cloud", 1)


def test_no_more_workers_than_jobs() -> None:
    assert choose_workers(jobs("a"), 0) == 1
    assert choose_workers(jobs(*"abc"), 4) == 4
    assert choose_workers([], 0) == 1


@pytest.mark.parametrize(
    ("names", "gigabytes", "workers"),
    [
        (("a.txt", "b.txt", "c.txt"), 1, 3),
        (("a.jpg", "b.TIF"), 8, 2),
        (("a.jpg", "b.txt"), 1, 1),
        (("a.jpg", "b.png", "c.png", "d.png", "e.png"), 8, 4),  # cores
        (("a.jpg", "b.png", "c.png", "d.png", "e.png"), 4, 2),
        (("a.jpg", "b.png"), 1, 1),
        (tuple(f"{k}.txt" for k in range(40)), 1, 4),
    ],
)
def test_scans_get_as_many_workers_as_memory_holds(
    names: tuple[str, ...], gigabytes: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "_memory", lambda: gigabytes << 30)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    assert choose_workers(jobs(*names), 0) == workers


@pytest.mark.parametrize(("size", "workers"), [(20_000, 2), (200_000, 1)])
def test_a_large_pdf_may_be_a_scan(
    tmp_path: Path, size: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    monkeypatch.setattr(executors, "_memory", lambda: 1 << 30)
    paths = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    for path in paths:
        path.write_bytes(bytes(size))
    given = [Job(p.name, p, p.name, tmp_path, Settings()) for p in paths]
    assert choose_workers(given, 0) == workers


def report_pages(job: Job) -> Result:
    """Say three pages."""
    for page in (1, 2, 3):
        logging.getLogger(PAGE_LOGGER).info("%s: page %d", job.source, page)
    return Result(Outcome(job.source, Status.OK))


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_told_where_the_batch_was_started(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record.args)

    log = logging.getLogger(PAGE_LOGGER)
    monkeypatch.setattr(log, "handlers", [Listener()])
    monkeypatch.setattr(log, "level", logging.INFO)
    log.manager._clear_cache()  # type: ignore[attr-defined]
    list(do_all(make_crew(name, 2), report_pages, jobs("a", "b")))
    assert sorted(seen) == [(s, p) for s in "ab" for p in (1, 2, 3)]  # type: ignore[type-var]
