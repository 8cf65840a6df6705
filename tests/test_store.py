"""Where records lie, and that they are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopextract.errors import ConfigError, OutputError, SourceError
from sopextract.model.record import SopRecord
from sopextract.store import (
    MAX_NAME_BYTES,
    load_record,
    load_records,
    make_folder,
    plan_stems,
    record_path,
    remove_stale,
    render_record,
    save_record,
)
from tests.factories import record


@pytest.mark.parametrize(
    ("source", "index", "count", "expected"),
    [
        ("a/x.pdf", 0, 1, "a/x.pdf.json"),
        ("a/x.pdf", 0, 2, "a/x.pdf.01.json"),
        ("x.txt", 11, 12, "x.txt.12.json"),
        ("x.txt", 100, 101, "x.txt.101.json"),
        ("Surat Masuk (1).txt", 0, 1, "Surat Masuk (1).txt.json"),
        ("caf%E9.txt", 0, 1, "caf%E9.txt.json"),
    ],
)
def test_record_path_follows_the_source(source: str, index: int, count: int, expected: str) -> None:
    assert record_path(source, index, count) == PurePosixPath(expected)


@pytest.mark.parametrize(
    ("source", "start"),
    [
        ("../x.txt", "x.txt~"),
        ("/etc/x.txt", "etc/x.txt~"),
        ("C:\\data\\x.txt", "data/x.txt~"),
        ("a/../../x.txt", "a/x.txt~"),
        ("a\nb.txt", "a_b.txt~"),
        ("con.txt", "_con.txt~"),
        ("a/AUX", "a/_AUX~"),
        ("a/.x.txt", "a/_x.txt~"),
        ("a./x.txt", "a/x.txt~"),
        ("", "_~"),
        ("..", "_~"),
    ],
)
def test_names_that_cannot_be_used_get_a_hash(source: str, start: str) -> None:
    path = str(record_path(source, 0, 1))
    assert path.startswith(start)
    assert len(path) == len(start) + 8 + len(".json")


def test_long_names_are_cut_and_told_apart() -> None:
    first, second = (record_path("é" * 200 + end, 0, 1) for end in ("a", "b"))
    assert first != second
    assert len(first.name.removesuffix(".json").encode()) <= MAX_NAME_BYTES


@given(st.text(), st.integers(0, 200), st.integers(1, 200))
def test_record_path_always_stays_inside(source: str, index: int, count: int) -> None:
    path = record_path(source, index, count)
    assert not path.is_absolute()
    assert ".." not in path.parts
    assert all(0 < len(os.fsencode(part)) <= 255 for part in path.parts)
    assert path.name.endswith(".json")
    assert not path.name.startswith(".")


@pytest.mark.parametrize(
    ("sources", "plain"),
    [
        (["a.txt", "b.txt"], ["a.txt", "b.txt"]),
        (["A.txt", "a.txt"], ["A.txt", None]),
        (["x", "x.json/y"], [None, "x.json/y"]),
        (["x", "x.01"], ["x", None]),
        (["a/x", "A/x"], [None, "A/x"]),
    ],
)
def test_plan_stems_keeps_records_apart(sources: list[str], plain: list[str | None]) -> None:
    stems = plan_stems([(source, "here") for source in sources])
    assert [stem if "~" not in stem else None for stem in stems] == plain
    assert len({stem.casefold() for stem in stems}) == len(sources)


def test_the_same_path_from_two_folders_gives_two_stems() -> None:
    first, second = plan_stems([("x.txt", "one"), ("x.txt", "two")])
    assert first == "x.txt"
    assert second.startswith("x.txt~")


def test_a_saved_record_is_read_back(tmp_path: Path) -> None:
    path = PurePosixPath("a/x.txt.json")
    save_record(record(), tmp_path, path)
    assert load_record(tmp_path / path) == record()
    data = (tmp_path / path).read_bytes()
    assert data == render_record(record())
    assert data.endswith(b"}\n")
    assert list(SopRecord.model_fields)[:2] == ["schema_version", "id"]
    assert data.startswith(b'{\n  "schema_version": "1",\n  "id"')
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["x.txt.json"]
    assert not stat.S_IMODE((tmp_path / path).stat().st_mode) & stat.S_IWOTH


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file", encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be written"):
        save_record(record(), tmp_path, PurePosixPath("a/x.json"))
    (tmp_path / "b.json").mkdir()
    with pytest.raises(SourceError, match="cannot be written"):
        save_record(record(), tmp_path, PurePosixPath("b.json"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b.json"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=os.strerror(number)):
        save_record(record(), tmp_path, PurePosixPath("a.json"))
    assert list(tmp_path.iterdir()) == []


def test_a_link_out_of_the_output_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SourceError, match="leads out"):
        save_record(record(), tmp_path / "out", PurePosixPath("a/x.json"))


def test_make_folder_names_what_it_cannot_make(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="a file is in the way"):
        make_folder(tmp_path / "file" / "out")
    with pytest.raises(ConfigError, match="a file is in the way"):
        make_folder(tmp_path / "file")


def test_stale_records_of_the_same_source_go(tmp_path: Path) -> None:
    for name in ("a.txt.json", "a.txt.01.json", "a.txt.02.json", "a.txt.03.json"):
        save_record(record(), tmp_path, PurePosixPath(name))
    remove_stale(tmp_path, "a.txt", 2, "a.txt")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt.01.json", "a.txt.02.json"]
    remove_stale(tmp_path, "a.txt", 1, "a.txt")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_record_of_the_source_stays(tmp_path: Path) -> None:
    (tmp_path / "b.txt.json").write_text("{}", encoding="utf-8")
    save_record(record(), tmp_path, PurePosixPath("b.txt.01.json"))  # its source is a.txt
    remove_stale(tmp_path, "b.txt", 0, "b.txt")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.txt.01.json", "b.txt.json"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "{", '{"id": "x"}', "\x00", "[" * 100_000, '{"findings": NaN}']
)
def test_a_file_that_is_no_record_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"x\.json: not a record"):
        load_record(path)


def test_load_records_reads_files_folders_and_globs(tmp_path: Path) -> None:
    save_record(record(), tmp_path, PurePosixPath("a/x.json"))
    save_record(record(), tmp_path, PurePosixPath("b/x.json"))
    (tmp_path / "b" / "bad.json").write_text("{}", encoding="utf-8")
    (tmp_path / ".hidden.json").write_text("{}", encoding="utf-8")
    loaded = load_records([tmp_path])
    assert loaded.names == ("a/x.json", "b/x.json")
    assert len(loaded.records) == 2
    assert len(loaded.failed) == 1
    assert load_records([str(tmp_path / "*/x.json")]).records == (record(), record())
    assert load_records([tmp_path / "a/x.json", tmp_path]).names[0] == "x.json"


def test_what_names_nothing_is_a_wrong_call(tmp_path: Path) -> None:
    for given_path in (tmp_path / "none", tmp_path / "*.json", tmp_path):
        with pytest.raises(ConfigError):
            load_records([given_path])
