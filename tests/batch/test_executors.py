"""Every executor gives one result per job, and the same ones, whatever happens to a worker."""

from __future__ import annotations

import logging
import multiprocessing
import os
from pathlib import Path

import pytest

from sopextract.batch import executors
from sopextract.batch.executors import (
    EXECUTORS,
    can_use_processes,
    choose_workers,
    find_executor,
)
from sopextract.batch.guard import Result, guarded
from sopextract.batch.jobs import Job
from sopextract.errors import ConfigError, NotASopError, OutputError, SourceError
from sopextract.ingest import PAGE_LOGGER
from sopextract.model.outcome import Outcome, Status
from sopextract.settings import Settings

needs_processes = pytest.mark.skipif(
    not can_use_processes(), reason="no shared memory on this machine"
)
NAMES = [pytest.param("processes", marks=needs_processes), "serial"]


def jobs(*names: str) -> list[Job]:
    return [Job(name, Path(name), name, Path("out"), Settings()) for name in names]


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
    assert sorted(EXECUTORS) == ["processes", "serial"]


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_ends_the_batch(name: str) -> None:
    given = jobs("a", "full", *(f"n{i}" for i in range(100)))
    seen: list[Result] = []
    with pytest.raises(OutputError, match="No space left"):
        seen.extend(find_executor(name).run(given, work, 2))
    assert len(seen) < len(given)


@needs_processes
def test_nobody_is_left_when_a_batch_is_given_up() -> None:
    results = find_executor("processes").run(jobs(*(f"n{i}" for i in range(100))), work, 2)
    assert next(iter(results)).outcome.status is Status.OK
    del results
    for child in multiprocessing.active_children():
        child.join(60)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("name", NAMES)
def test_every_job_gets_one_result(name: str) -> None:
    given = jobs("a", "bad", "letter", "bug", *(f"n{i}" for i in range(30)))
    results = list(find_executor(name).run(given, work, 2))
    outcomes = {result.outcome.source: result.outcome for result in results}
    assert len(results) == len(given)
    assert set(outcomes) == {job.source for job in given}
    assert outcomes["a"].status is Status.OK
    assert outcomes["letter"].status is Status.NOT_A_SOP
    assert outcomes["bad"].status is Status.FAILED
    assert (outcomes["bad"].message, outcomes["bad"].hint) == ("page 2: is broken", "mend it")
    assert outcomes["bug"].status is Status.CRASHED
    assert outcomes["bug"].message == "internal error (KeyError)"
    traces = [result.traceback for result in results if result.traceback]
    assert len(traces) == 1
    assert "KeyError" in traces[0]


@needs_processes
def test_a_worker_that_dies_costs_its_own_job_only() -> None:
    given = jobs("a", "deadly", *(f"n{i}" for i in range(12)))
    results = list(find_executor("processes").run(given, work, 2))
    status = {result.outcome.source: result.outcome.status for result in results}
    assert len(results) == len(given)
    assert status.pop("deadly") is Status.CRASHED
    assert set(status.values()) == {Status.OK}


def test_an_unknown_executor_is_a_wrong_call() -> None:
    with pytest.raises(ConfigError, match="processes"):
        find_executor("cloud")


def test_few_jobs_do_not_pay_for_processes() -> None:
    assert choose_workers(jobs(*"abc"), 0) == 1
    assert choose_workers(jobs(*"abc"), 4) == 4
    assert choose_workers(jobs(*map(str, range(1000))), 0) >= 1


@pytest.mark.parametrize(
    ("names", "gigabytes", "workers"),
    [
        (("a.txt", "b.txt", "c.txt"), 8, 1),
        (("a.jpg", "b.TIF"), 8, 2),
        (("a.jpg", "b.txt"), 8, 1),
        (("a.jpg", "b.png", "c.png", "d.png", "e.png"), 8, 4),  # cores
        (("a.jpg", "b.png", "c.png", "d.png", "e.png"), 4, 2),
        (("a.jpg", "b.png"), 1, 1),
        (tuple(f"{k}.txt" for k in range(40)), 1, 4),
    ],
)
def test_scans_pay_for_a_worker_each_as_far_as_memory_goes(
    names: tuple[str, ...], gigabytes: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "_memory", lambda: gigabytes << 30)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    assert choose_workers(jobs(*names), 0) == workers


@pytest.mark.parametrize(("size", "workers"), [(20_000, 1), (200_000, 2)])
def test_a_large_pdf_may_be_a_scan(
    tmp_path: Path, size: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    monkeypatch.setattr(executors, "_memory", lambda: 8 << 30)
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
    list(find_executor(name).run(jobs("a", "b"), report_pages, 2))
    assert sorted(seen) == [(s, p) for s in "ab" for p in (1, 2, 3)]  # type: ignore[type-var]
