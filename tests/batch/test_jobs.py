"""Which files a batch finds, and what is refused."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from sopextract.batch.jobs import find_jobs, open_source
from sopextract.errors import ConfigError, SourceError
from sopextract.settings import IngestSettings, Settings


def write(path: Path, text: str = "isi") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def sources(tmp_path: Path, *inputs: str) -> list[str]:
    return [job.source for job in find_jobs(inputs, tmp_path / "out", Settings())]


def test_folders_are_read_sorted_without_hidden_files_and_output(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.md", ".hidden", ".git/x.txt", "out/a.json"):
        write(tmp_path / name)
    assert sources(tmp_path, str(tmp_path)) == ["a/y.md", "a/z.txt", "b.txt"]


def test_globs_are_named_from_their_fixed_part(tmp_path: Path) -> None:
    for name in ("raw/a/x.txt", "raw/b/x.txt", "raw/b/y.md"):
        write(tmp_path / name)
    assert sources(tmp_path, f"{tmp_path}/raw/*/x.txt") == ["a/x.txt", "b/x.txt"]
    assert sources(tmp_path, f"{tmp_path}/raw/**/*.md") == ["b/y.md"]


def test_a_single_file_keeps_its_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a/x.txt")
    monkeypatch.chdir(tmp_path)
    assert sources(tmp_path, "a/x.txt") == ["a/x.txt"]
    assert sources(tmp_path, f"{tmp_path}/a/x.txt") == ["x.txt"]
    assert sources(tmp_path, "a/../a/x.txt") == ["x.txt"]


def test_a_file_named_with_brackets_is_no_pattern(tmp_path: Path) -> None:
    write(tmp_path / "SOP [1].txt")
    assert sources(tmp_path, f"{tmp_path}/SOP [1].txt") == ["SOP [1].txt"]


def test_the_same_file_twice_is_one_job(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    assert sources(tmp_path, str(tmp_path), f"{tmp_path}/a.txt") == ["a.txt"]


def test_the_same_name_in_two_folders_gives_two_records(tmp_path: Path) -> None:
    write(tmp_path / "one/x.txt")
    write(tmp_path / "two/x.txt")
    jobs = find_jobs((f"{tmp_path}/one", f"{tmp_path}/two"), tmp_path / "out", Settings())
    assert [job.source for job in jobs] == ["x.txt", "x.txt"]
    assert len({job.stem for job in jobs}) == 2


def test_link_loops_end_and_linked_folders_are_read_once(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write(raw / "a/x.txt")
    write(tmp_path / "archive/y.txt")
    (raw / "a/loop").symlink_to(raw)
    (raw / "linked").symlink_to(tmp_path / "archive")
    assert sources(tmp_path, str(raw)) == ["a/x.txt", "linked/y.txt"]


@pytest.mark.skipif(os.name == "nt", reason="such names do not exist on Windows")
def test_bytes_that_are_not_utf8_are_shown_as_percent(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/raw/caf\xe9.txt")).write_text("isi", "utf-8")
    except OSError:
        pytest.skip("the file system refuses such names")
    jobs = find_jobs((f"{tmp_path}/raw",), tmp_path / "out", Settings())
    assert [job.source for job in jobs] == ["caf%E9.txt"]
    assert open_source(jobs[0]).size == 3


def test_nothing_to_read_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for given in ("raw", "none", "*.txt"):
        with pytest.raises(ConfigError):
            find_jobs((f"{tmp_path}/{given}",), tmp_path / "out", Settings())


def test_open_source_gives_hash_size_and_type(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "isi")
    source = open_source(find_jobs((str(tmp_path),), tmp_path / "out", Settings())[0])
    assert source.sha256 == hashlib.sha256(b"isi").hexdigest()
    assert (source.path, source.size, source.media_type) == ("a.md", 3, "text/markdown")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path / "empty.txt", "")
    write(tmp_path / "large.txt", "x" * 101)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    settings = Settings(ingest=IngestSettings(max_bytes=100))
    messages = {}
    for job in find_jobs((str(tmp_path),), tmp_path / "out", settings):
        with pytest.raises(SourceError) as caught:
            open_source(job)
        assert caught.value.hint
        messages[job.source] = str(caught.value)
    assert messages == {
        "empty.txt": "the file is empty",
        "gone.txt": "the file cannot be read: No such file or directory",
        "large.txt": "the file has 101 bytes, more than the 100 allowed",
        "pipe.txt": "not a file but a named pipe",
    }


def test_what_an_earlier_run_wrote_is_no_source(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("a.txt", "hasil/sheets/a.html", "hasil/report/index.html", "hasil/parsed/a.json",
                 "hasil/parsed/.sopextract/ledger.sqlite", "lama/sheets/b.html"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("SOP", encoding="utf-8")
    jobs = find_jobs([str(tmp_path)], tmp_path / "baru", Settings())
    assert [job.source for job in jobs] == ["a.txt", "lama/sheets/b.html"]
    assert caplog.text.count("passed over") == 3
