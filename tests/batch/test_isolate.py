"""Whatever a document does to its worker process, it costs that document alone, and soon."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sopextract.batch import temporary
from sopextract.batch.guard import Result, guarded
from sopextract.batch.isolate import close_workers, isolated
from sopextract.batch.jobs import Job
from sopextract.batch.temporary import SAID, hold, make_worker_folder
from sopextract.batch.tree import children_of
from sopextract.errors import ConfigError
from sopextract.model.outcome import Outcome, Status
from sopextract.settings import BatchSettings, Settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is watched on Linux alone")

LIMITS = BatchSettings(timeout_s=2.0, memory_bytes=600_000_000, file_bytes=1_000_000)

PATIENT = LIMITS.model_copy(update={"timeout_s": 30.0})
DIED = "internal error ("


@pytest.fixture(autouse=True)
def workers_end() -> Iterator[None]:
    yield
    close_workers()


def job(name: str, limits: BatchSettings = PATIENT) -> Job:
    return Job(name, Path(name), name, Path("out"), Settings(batch=limits))


def misbehave(job: Job) -> Result:
    """What the name of the job asks for."""
    return guarded(job.source, lambda: _misbehave(job))


def _misbehave(job: Job) -> Outcome:
    message = ""
    if job.source == "spins":  # native code that keeps the interpreter's lock, deaf to signals
        signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
        ctypes.PyDLL(None).pause()
    elif job.source == "grows":
        kept = []
        while True:
            kept.append(b"x" * 16_000_000)
            time.sleep(0.01)
    elif job.source == "asks":
        bytearray(20_000_000_000)
    elif job.source == "segfaults":
        ctypes.string_at(0)
    elif job.source == "exits":
        os._exit(7)
    elif job.source == "writes":
        Path(tempfile.gettempdir(), "big").write_bytes(bytes(2_000_000))
    elif job.source == "starts":
        child = subprocess.Popen(["sleep", "60"], start_new_session=True)
        message = f"{child.pid} {tempfile.gettempdir()}"
        Path(tempfile.gettempdir(), "left").write_text("x")
        Path(job.output).write_text(message)
        time.sleep(60)
    elif job.source == "wrong":
        raise ConfigError("no such thing")
    return Outcome(job.source, Status.OK, message=message)


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("spins", Status.TIMED_OUT, "took longer than it may"),
        ("grows", Status.OUT_OF_MEMORY, "took more than 0.6 GB of memory"),
        ("asks", Status.OUT_OF_MEMORY, "asked for more memory than it may have"),
        ("segfaults", Status.CRASHED, f"{DIED}native code ended the worker process: SIGSEGV)"),
        ("exits", Status.CRASHED, f"{DIED}the worker process ended with status 7)"),
        ("writes", Status.FAILED, "unpacks to a larger file than may be written"),
        ("fine", Status.OK, ""),
    ],
)  # fmt: skip
def test_a_document_costs_itself_alone(name: str, status: Status, said: str) -> None:
    outcome = isolated(misbehave, job(name, LIMITS if name == "spins" else PATIENT)).outcome
    assert (outcome.status, outcome.message) == (status, said)
    assert bool(outcome.hint) == (status is not Status.OK)
    assert isolated(misbehave, job("fine")).outcome.status is Status.OK


def test_a_wrong_call_is_raised_where_it_was_made() -> None:
    with pytest.raises(ConfigError, match="no such thing"):
        isolated(misbehave, job("wrong"))


def test_what_a_worker_started_and_its_folder_go_with_it(tmp_path: Path) -> None:
    given = Job("starts", Path("x"), "x", tmp_path / "told", Settings(batch=LIMITS))
    assert isolated(misbehave, given).outcome.status is Status.TIMED_OUT
    pid, folder = (tmp_path / "told").read_text().split()
    assert not Path(folder).exists()
    until = time.monotonic() + 10
    while _runs(int(pid)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not _runs(int(pid))


def _runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        return "(sleep) Z" not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def where(job: Job) -> Result:
    """Say which process this is."""
    return Result(Outcome(job.source, Status.OK, message=str(os.getpid())))


def test_a_worker_goes_on_after_a_document_that_only_failed() -> None:
    first = isolated(where, job("a")).outcome.message
    assert isolated(where, job("b")).outcome.message == first
    isolated(misbehave, job("exits"))
    assert isolated(where, job("c")).outcome.message != first


@pytest.mark.parametrize("name", ["once", "exits"])
def test_a_worker_that_had_others_before_gets_a_second_chance(tmp_path: Path, name: str) -> None:
    isolated(where, job("before"))
    given = Job(name, Path("x"), "x", tmp_path / "was here", Settings(batch=PATIENT))
    result = isolated(die_once, given)
    assert result.outcome.status is (Status.OK if name == "once" else Status.CRASHED)
    assert result.lost_worker
    assert not isolated(where, job("after")).lost_worker


def die_once(job: Job) -> Result:
    """Die the first time, or each time."""
    if job.source == "exits" or not job.output.exists():
        job.output.touch()
        os._exit(1)
    return Result(Outcome(job.source, Status.OK))


def test_a_worker_that_only_starts_is_not_taken_for_a_dead_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = temporary._locked

    def lock(handle: int) -> bool:
        assert not (tmp_path / SAID).exists()  # by its name it would be found unlocked
        return locked(handle)

    monkeypatch.setattr(temporary, "_locked", lock)
    os.close(hold(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == [SAID]


def test_folders_of_killed_runs_are_removed_and_of_living_ones_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("dead", "alive", "new", "old"):
        (tmp_path / f"sopextract-worker-{name}").mkdir()
    (tmp_path / "sopextract-worker-old" / f".{SAID}").write_text("x")
    os.utime(tmp_path / "sopextract-worker-old", (0, 0))
    (tmp_path / "sopextract-worker-dead" / SAID).write_text("x")
    handle = hold(tmp_path / "sopextract-worker-alive")
    temporary._sweep.cache_clear()
    made = make_worker_folder()
    os.close(handle)
    assert {path.name for path in tmp_path.iterdir()} == {
        "sopextract-worker-alive", "sopextract-worker-new", made.name,
    }  # fmt: skip


def test_children_of_every_thread_are_known() -> None:
    started: list[subprocess.Popen[bytes]] = []
    stay = threading.Event()

    def start() -> None:
        started.append(subprocess.Popen(["sleep", "60"]))
        stay.wait(30)

    thread = threading.Thread(target=start)
    thread.start()
    while not started:
        time.sleep(0.01)
    try:
        assert started[0].pid in children_of(os.getpid())
    finally:
        stay.set()
        started[0].kill()
        started[0].wait()
        thread.join()
