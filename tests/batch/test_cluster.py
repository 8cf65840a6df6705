"""The executor `dask` against a real scheduler with two real workers on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sopextract.batch import executors
from sopextract.batch.executors import do_all, make_crew
from sopextract.batch.guard import Result
from sopextract.batch.jobs import Job
from sopextract.errors import ClusterError, ConfigError, MissingProgramError
from sopextract.model.outcome import Outcome, Status
from sopextract.settings import Settings
from tools.make_sheets import make_sheets

pytest.importorskip("distributed")

ROOT = Path(__file__).resolve().parents[2]
_WAIT_S = 60.0  # for what takes two seconds: a machine may be busy
_ENV = os.environ | {
    "PYTHONPATH": str(ROOT),
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",  # so that a test need not wait long
}


def wait_until(what: object, path: Path) -> None:
    """Wait for a file."""
    deadline = time.monotonic() + _WAIT_S
    while not path.exists():
        assert time.monotonic() < deadline, f"{what} did not come"
        time.sleep(0.02)


@dataclass
class Cluster:
    """A scheduler and workers, each with its own process group."""

    address: str
    folder: Path
    processes: list[subprocess.Popen[bytes]]

    def start(self, program: str, *args: str) -> subprocess.Popen[bytes]:
        """One more process."""
        made = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", *args, "--no-dashboard",
             "--scheduler-file", str(self.folder / "scheduler.json")],
            env=_ENV, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        self.processes.append(made)
        return made

    def start_worker(self) -> subprocess.Popen[bytes]:
        """A worker with one thread, and the nanny that would start it anew."""
        return self.start("dask_worker", "--nthreads", "1", "--local-directory", str(self.folder))


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group at once."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """On 127.0.0.1, at a port that is free."""
    made = Cluster("", tmp_path_factory.mktemp("cluster"), [])
    try:
        made.start("dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        wait_until("the scheduler", made.folder / "scheduler.json")
        time.sleep(0.1)
        told = json.loads((made.folder / "scheduler.json").read_text(encoding="utf-8"))
        made.address = told["address"]
        made.start_worker()
        made.start_worker()
        yield made
    finally:
        for process in made.processes:
            end(process)


def job(name: str) -> Job:
    return Job(name, Path(name), name, Path("out"), Settings())


def work(job: Job) -> Result:
    """What the name of the job asks for; this runs in a process that a worker started."""
    if job.source == "deadly":
        os._exit(3)
    if job.source == "assassin":
        os.kill(os.getppid(), signal.SIGKILL)  # the worker that waits for us
        time.sleep(_WAIT_S)
    return Result(Outcome(job.source, Status.OK, message=str(os.getppid())))


def parse(raw: Path, output: Path, *options: str) -> subprocess.Popen[bytes]:
    """The command, in a process of its own."""
    args = ["parse", str(raw), "-o", str(output), *options]
    return subprocess.Popen(
        [sys.executable, "-m", "sopextract", *args], env=_ENV, cwd=raw.parent,
        stderr=subprocess.PIPE,
    )  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    """All records."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.json"))}


def test_the_same_bytes_as_here_also_when_a_worker_is_killed_midway(
    cluster: Cluster, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for made in make_sheets(40, 11):
        (raw / made.name).write_bytes(made.data)
    here = parse(raw, tmp_path / "here", "--executor", "serial")
    _, said = here.communicate()
    assert here.returncode in (0, 1), said.decode()
    there = parse(raw, tmp_path / "there", "--executor", "dask", "--scheduler", cluster.address)
    deadline = time.monotonic() + _WAIT_S
    while len(contents(tmp_path / "there")) < 5:
        assert time.monotonic() < deadline
        assert there.poll() is None
        time.sleep(0.01)
    end(cluster.processes[1])  # worker and nanny; the other one does the rest
    assert there.poll() is None, "it was over before a worker was killed"
    _, said = there.communicate()
    assert there.returncode in (0, 1), said.decode()
    assert b"crashed" not in said
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert len(contents(tmp_path / "there")) > 30
    cluster.start_worker()


def test_what_kills_workers_costs_itself(cluster: Cluster) -> None:
    names = ["a", "deadly", "assassin", *(f"n{i}" for i in range(6))]
    crew = make_crew("dask", 0, cluster.address)
    found = {r.outcome.source: r.outcome for r in do_all(crew, work, map(job, names))}
    assert set(found) == set(names)
    deadly = found.pop("deadly")
    assert (deadly.status, deadly.message) == (
        Status.CRASHED,
        "internal error (the worker process ended with status 3)",
    )
    assassin = found.pop("assassin")
    assert assassin.status is Status.CRASHED
    assert {outcome.status for outcome in found.values()} == {Status.OK}
    assert str(os.getpid()) not in {outcome.message for outcome in found.values()}


def test_a_folder_that_workers_do_not_have_is_said(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path / "mine")
    crew = make_crew("dask", 0, cluster.address)
    (tmp_path / "mine").rename(tmp_path / "moved")
    monkeypatch.setattr(os, "getcwd", lambda: str(tmp_path / "mine"))
    with pytest.raises(ClusterError, match=r"not there on .*on a drive that all machines share"):
        list(do_all(crew, work, [job("a")]))


def test_another_program_on_a_worker_is_refused(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sopextract.batch.cluster.keys_of", lambda settings: "another version")
    with pytest.raises(ConfigError, match="another version"):
        make_crew("dask", 0, cluster.address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "needs --scheduler"),
        ("tcp://127.0.0.1:1", "no scheduler answers"),
        ("nonsense://x", "no address of a scheduler"),
    ],
)
def test_an_address_that_is_wrong_is_said(
    address: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sopextract.batch.cluster._CONNECT_S", 0.5)
    with pytest.raises(ConfigError, match=said):
        make_crew("dask", 0, address)


def test_without_dask_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingProgramError, match=r"pip install 'sopextract\[cluster\]'"):
        executors.make_crew("dask", 0, "tcp://127.0.0.1:8786")
