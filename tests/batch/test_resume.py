"""A run that is killed at any moment, and started again, ends as if nothing had happened."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from sopextract.batch import Selection, find_jobs, open_batch
from sopextract.batch.executors import Crew
from sopextract.batch.folder import UNFINISHED, open_ledger
from sopextract.batch.guard import Result
from sopextract.batch.work import Task
from sopextract.errors import ConfigError, OutputError
from sopextract.model.outcome import Outcome, Status
from sopextract.settings import Settings
from tools.check_resume import check, make_small_archive, state

SHEETS = 4


def test_killed_at_random_moments_it_ends_as_an_undisturbed_run(tmp_path: Path) -> None:
    assert check(tmp_path, 4, seed=3, sheets=SHEETS, command="parse", say=False) == 0


def parse(raw: Path, out: Path) -> dict[str, Status]:
    """What was done, in this process."""
    jobs = find_jobs((str(raw),), out, Settings())
    with open_batch(out, Settings()) as batch:
        plan = batch.plan(jobs, Selection())
        done = {o.source: o.status for o in batch.run(plan, "serial")}
        batch.account(plan)
    return done


def test_what_was_being_written_is_swept_up(tmp_path: Path) -> None:
    raw, out = make_small_archive(tmp_path / "raw", 2), tmp_path / "out"
    (out / ".sopextract").mkdir(parents=True)
    (out / UNFINISHED).touch()
    (out / ".tmp-half").write_bytes(b"{")
    (out / ".sopextract/.tmp-half").write_bytes(b"{")
    parse(raw, out)
    assert list(out.rglob(".tmp-*")) == []
    assert not (out / UNFINISHED).exists()


def test_what_a_killed_runs_last_worker_still_wrote_is_swept_up_too(tmp_path: Path) -> None:
    (tmp_path / ".sopextract").mkdir()
    (tmp_path / UNFINISHED).touch()
    with open_batch(tmp_path, Settings()) as batch:
        for _ in range(2):  # records, then sheets
            with batch.writing():
                pass
        (tmp_path / ".tmp-late").write_bytes(b"{")
    assert not (tmp_path / ".tmp-late").exists()


def test_a_run_sweeps_up_after_a_worker_that_was_lost_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out = make_small_archive(tmp_path / "raw", 1), tmp_path / "out"
    half = out / ".tmp-half"

    def do_all(
        crew: Crew,
        work: Callable[[Task], Result],
        tasks: Iterable[Task],
        then: Callable[[Task, Result], Iterable[Task]],
    ) -> Generator[Result, None, None]:
        waiting = list(tasks)
        while waiting:
            task = waiting.pop()
            half.write_bytes(b"{")
            result = replace(work(task), lost_worker=True)
            waiting += then(task, result)
            yield result

    monkeypatch.setattr("sopextract.batch.run.do_all", do_all)
    assert Status.OK in parse(raw, out).values()
    assert not half.exists()


@pytest.mark.parametrize("lost", [False, True])
def test_what_a_lost_worker_was_writing_is_swept_up_by_the_run_itself(
    tmp_path: Path, lost: bool
) -> None:
    half = tmp_path / ".tmp-half"
    half.write_bytes(b"{")
    good = Result(Outcome("a", Status.OK))
    with open_batch(tmp_path, Settings()) as batch:
        results = batch.swept([replace(good, lost_worker=lost), good])
        assert next(results).outcome.status is Status.OK
        assert half.exists()  # others may be writing
        assert len(list(results)) == 1
    assert half.exists() is not lost


def test_a_full_disk_is_one_error_and_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out = make_small_archive(tmp_path / "raw", 4), tmp_path / "out"
    replace = os.replace
    written: list[Path] = []

    def fill_up(source: str, target: Path) -> None:
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(target)
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fill_up)
        with pytest.raises(OutputError, match="No space left on device"):
            parse(raw, out)
    assert len(list(out.rglob("*.json"))) == 2
    assert list(out.rglob(".tmp-*")) == []
    parse(raw, out)
    parse(raw, tmp_path / "straight")
    assert state(out) == state(tmp_path / "straight")


def test_a_run_killed_at_its_very_end_is_swept_up_when_nothing_is_left_to_do(
    tmp_path: Path,
) -> None:
    raw, out = make_small_archive(tmp_path / "raw", 1), tmp_path / "out"
    parse(raw, out)
    (out / UNFINISHED).touch()
    (out / ".tmp-half").write_bytes(b"{")
    assert parse(raw, out) == {}
    assert not (out / UNFINISHED).exists()
    assert not (out / ".tmp-half").exists()


LITTLE_ROOM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
from sopextract.cli import main
sys.argv[0] = "sopextract"
main()
"""


def test_no_room_for_the_ledger_is_one_clear_line(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    for number in range(200):
        (raw / f"{number:03d}{'x' * 60}.txt").write_bytes(b"")
    command = [sys.executable, "-c", LITTLE_ROOM, "parse", str(raw), "-o", str(out), "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("error: .sopextract/ledger.sqlite: cannot be written: ")
    assert last.endswith("make room, then run again)")
    assert "Traceback" not in done.stderr
    assert set(parse(raw, out).values()) == {Status.FAILED}
    parse(raw, tmp_path / "straight")
    assert state(out) == state(tmp_path / "straight")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_a_wrong_call(tmp_path: Path) -> None:
    raw = make_small_archive(tmp_path / "raw", 1)
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(ConfigError, match="cannot be written"):
        parse(raw, tmp_path / "out")


def test_an_interrupted_run_keeps_what_it_has_and_says_how_to_go_on(tmp_path: Path) -> None:
    raw, out = make_small_archive(tmp_path / "raw", 300), tmp_path / "out"
    command = [sys.executable, "-m", "sopextract", "parse", str(raw), "-o", str(out), "-j", "2"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, preexec_fn=_hear_interrupts
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        started = time.monotonic()
        said = process.stderr.read()
    assert time.monotonic() - started < 20
    assert process.returncode == 130
    assert ": ok, " in first or ": same as " in first or ": failed" in first
    assert said.splitlines()[-1].startswith("interrupted: ")
    assert "run the same command again" in said
    assert "Traceback" not in said
    with open_ledger(out, read_only=True) as ledger:
        counted = ledger.count()
    assert counted[Status.PENDING] > 0
    assert counted[Status.OK] >= 1
    assert sum(counted.values()) == len(list(raw.iterdir()))


def _hear_interrupts() -> None:
    """What a shell starts in the background is deaf to Ctrl-C, and so are its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
