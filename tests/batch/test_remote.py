"""Inputs and outputs at addresses: a real S3 server on this machine, and fsspec's own memory."""

from __future__ import annotations

import importlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sopextract.batch.jobs import find_jobs
from sopextract.batch.remote import address_in, fetch, list_remote, pull, push
from sopextract.batch.staging import at_hand
from sopextract.errors import ConfigError, MissingProgramError, SourceError
from sopextract.settings import Settings
from sopextract.store import load_records
from tests.batch.test_archives import tarred, zipped
from tools.make_sheets import make_sheets

fsspec = pytest.importorskip("fsspec")

ROOT = Path(__file__).resolve().parents[2]
SHEETS = {f"dinas-{i}/{made.name}": made.data for i, made in enumerate(make_sheets(3, 4))}
_WAIT_S = 60.0


@dataclass(frozen=True)
class Store:
    """An S3 server."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        """How its address and keys are told to any program."""
        return {
            **os.environ, "PYTHONPATH": str(ROOT), "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "x",
        }  # fmt: skip

    def put(self, path: str, data: bytes = b"") -> None:
        """An object, or a bucket."""
        plain = {"Content-Type": "application/octet-stream"}
        request = urllib.request.Request(f"{self.url}/{path}", data, plain, method="PUT")  # noqa: S310
        with urllib.request.urlopen(request, timeout=_WAIT_S):  # noqa: S310 - our own server
            pass

    def keys(self, bucket: str) -> list[str]:
        """Its objects."""
        with urllib.request.urlopen(f"{self.url}/{bucket}?list-type=2", timeout=_WAIT_S) as answer:  # noqa: S310
            return re.findall(r"<Key>(.*?)</Key>", answer.read().decode())

    def run(self, *args: object) -> subprocess.CompletedProcess[str]:
        """The command, in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "sopextract", *map(str, args)], env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """moto as a server at a free port."""
    pytest.importorskip("moto")
    pytest.importorskip("s3fs")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        made = Store(f"http://127.0.0.1:{port}")
        deadline = time.monotonic() + _WAIT_S
        while True:
            try:
                made.put("arsip")
                break
            except (urllib.error.URLError, ConnectionError):
                assert time.monotonic() < deadline
                assert server.poll() is None
                time.sleep(0.1)
        yield made
    finally:
        server.kill()
        server.wait()


def test_inputs_and_outputs_in_s3(store: Store, tmp_path: Path) -> None:
    for name, data in SHEETS.items():
        store.put(f"arsip/raw/{name}", data)
    store.put("arsip/raw/arsip.zip", zipped(SHEETS))
    store.put("arsip/raw/.hidden.txt", b"x")
    done = store.run("parse", "s3://arsip/raw", "-o", "s3://arsip/out", "--no-ocr", "-j", "1")
    assert done.returncode == 0, done.stderr
    assert "6 files: 6 read, 0 not a SOP, 0 failed; 6 records in s3://arsip/out" in done.stderr
    written = [key for key in store.keys("arsip") if key.startswith("out/")]
    assert sorted(key for key in written if ".sopextract" not in key) == sorted(
        f"out/{folder}{name}.json" for name in SHEETS for folder in ("", "arsip.zip/")
    )
    assert "out/.sopextract/ledger.sqlite" in written
    again = store.run("parse", "s3://arsip/raw", "-o", "s3://arsip/out", "--no-ocr", "--dry-run")
    assert "6 unchanged of 6 inputs" in again.stdout
    tables = store.run("export", "s3://arsip/out", "-o", "s3://arsip/tabel.sqlite")
    assert tables.returncode == 0, tables.stderr
    assert "6 records in s3://arsip/tabel.sqlite" in tables.stderr
    assert "tabel.sqlite" in store.keys("arsip")
    for name, data in SHEETS.items():
        (tmp_path / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "raw" / name).write_bytes(data)
    assert store.run("parse", tmp_path / "raw", "-o", tmp_path / "here").returncode == 0
    there = store.run("parse", "s3://arsip/raw/dinas-*", "-o", tmp_path / "there")
    assert there.returncode == 0, there.stderr
    assert load_records((tmp_path / "there",)) == load_records((tmp_path / "here",))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("s3://arsip/nothing", "nothing is there"),
        ("s3://no-bucket/raw", "error: s3://no-bucket/raw: "),
        ("nonsense://a/b", "error: nonsense://a/b: "),
        ("gs://a/b", "gs:// needs more: "),
    ],
)
def test_what_is_wrong_with_an_address_is_one_line(
    store: Store, tmp_path: Path, address: str, said: str
) -> None:
    done = store.run("parse", address, "-o", tmp_path / "out")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr


@pytest.fixture
def memory() -> Iterator[str]:
    """A folder in memory, which only this process sees."""
    system = fsspec.filesystem("memory")
    for name, data in SHEETS.items():
        system.pipe_file(f"/raw/{name}", data)
    system.pipe_file("/raw/sub/.hidden/a.txt", b"x")
    yield "memory://raw"
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def test_files_are_listed_with_what_tells_them_apart(memory: str) -> None:
    found = list_remote(memory)
    assert {file.name: file.size for file in found} == {n: len(d) for n, d in SHEETS.items()}
    assert [file.address for file in found] == sorted(f"memory:///raw/{name}" for name in SHEETS)
    assert list_remote(memory) == found
    name = next(iter(SHEETS))
    time.sleep(0.01)
    fsspec.filesystem("memory").pipe_file(f"/raw/{name}", SHEETS[name])
    changed = {file.name for file, old in zip(list_remote(memory), found, strict=True)
               if file != old}  # fmt: skip
    assert changed == {name}
    (one,) = list_remote(f"{memory}/{name}")
    assert one.name == Path(name).name
    assert [file.name for file in list_remote(f"{memory}/dinas-[01]/*")] == sorted(
        n for n in SHEETS if "dinas-2" not in n
    )


def test_an_input_is_fetched_while_it_is_read(memory: str, tmp_path: Path) -> None:
    jobs = find_jobs((memory,), tmp_path, Settings())
    assert [job.source for job in jobs] == sorted(SHEETS)
    for job in jobs:
        assert job.limits.seconds > 180
        with at_hand(job) as here:
            assert here.location.read_bytes() == SHEETS[job.source]
        assert not here.location.exists()


def test_a_file_that_went_away_or_is_too_large_is_an_error_of_its_own(
    memory: str, tmp_path: Path
) -> None:
    job = find_jobs((memory,), tmp_path, Settings())[0]
    with pytest.raises(SourceError, match="more than the 10 bytes"):
        fetch(f"{memory}/{job.source}", tmp_path / "a", 10)
    fsspec.filesystem("memory").rm_file(f"/raw/{job.source}")
    with pytest.raises(SourceError, match="cannot be fetched"), at_hand(job):
        pass


def test_what_is_put_and_removed_is_what_is_there(memory: str, tmp_path: Path) -> None:
    pull(memory, tmp_path / "a")
    names = sorted(SHEETS)
    assert (tmp_path / "a" / names[0]).read_bytes() == SHEETS[names[0]]
    (tmp_path / "a/baru.txt").write_bytes(b"baru")
    push(tmp_path / "a", ["baru.txt"], [names[0]], memory)
    assert [file.name for file in list_remote(memory)] == sorted([*names[1:], "baru.txt"])
    pull("memory://none", tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_without_fsspec_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingProgramError, match=r"pip install 'sopextract\[remote\]'"):
        list_remote("s3://a/b")


def test_a_zip_at_an_address_and_a_protocol_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(SHEETS))
    (tmp_path / "b.tar").write_bytes(tarred(SHEETS))
    found = list_remote(f"zip://*/*::file://{tmp_path}/a.zip")
    assert sorted(file.name for file in found) == sorted(SHEETS)
    with pytest.raises(ConfigError, match=r"nonsense://a: "):
        list_remote("nonsense://a")
    importlib.invalidate_caches()


@pytest.mark.parametrize(
    ("text", "address"),
    [("s3://a/b", "s3://a/b"), (Path("s3://a/b"), "s3://a/b"), ("C:/a", None), ("a/b", None),
     ("/a://b", None), ("-o", None), ("memory://x", "memory://x")],
)  # fmt: skip
def test_addresses_are_told_from_paths(text: str | Path, address: str | None) -> None:
    assert address_in(text) == address
