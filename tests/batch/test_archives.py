"""Archives as inputs: every file in them is one, and what would do harm costs itself."""

from __future__ import annotations

import contextlib
import io
import os
import random
import struct
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sopextract.batch.container import packing_of
from sopextract.batch.jobs import Job, find_jobs
from sopextract.batch.kept import KEPT, KEPT_MOST, archive_at_hand, clear_kept, take_step
from sopextract.batch.nested import Bounds, find_inside
from sopextract.batch.staging import at_hand
from sopextract.cli import cli
from sopextract.errors import SourceError
from sopextract.settings import BatchSettings, IngestSettings, Settings
from sopextract.store import load_records
from tools.make_sheets import make_sheets

SHEETS = {f"dinas-{i}/{made.name}": made.data for i, made in enumerate(make_sheets(3, 4))}
LINK = tarfile.TarInfo("tautan.txt")
LINK.type, LINK.linkname = tarfile.SYMTYPE, "/etc/passwd"
DEVICE = tarfile.TarInfo("nol.txt")
DEVICE.type = tarfile.CHRTYPE
BOUNDS = Bounds(members=100, total_bytes=10_000_000, ratio=10, depth=3)


def zipped(files: Mapping[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive, always the same for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 8, 10, 0, 0)), data, packed)
    return out.getvalue()


def tarred(files: Mapping[str, bytes], packing: str = "", *more: tarfile.TarInfo) -> bytes:
    """A tar archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{packing}") as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in more:
            archive.addfile(info)
    made: bytes = out.getvalue()
    return made


ALL = {
    "a.zip": zipped(SHEETS),
    "a.tar": tarred(SHEETS),
    "a.tar.gz": tarred(SHEETS, "gz"),
    "a.TGZ": tarred(SHEETS, "gz"),
    "a.tar.bz2": tarred(SHEETS, "bz2"),
    "a.tar.xz": tarred(SHEETS, "xz"),
    "nested.zip": zipped({"in.tar.gz": tarred(SHEETS, "gz")}),
    "deep.tar": tarred({"x/in.zip": zipped({"in.tar.xz": tarred(SHEETS, "xz")})}),
}


def look(path: Path, bounds: Bounds = BOUNDS) -> dict[str, str | None]:
    """The inputs in an archive, each with its fault."""
    return {one.name: one.inside.fault for one in find_inside(path, "b", path.name, bounds)}


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def jobs(path: Path, **batch: float) -> tuple[Job, ...]:
    settings = Settings(batch=BatchSettings.model_validate(batch))
    return find_jobs((str(path),), path.parent / "out", settings)


def call(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args])


@pytest.mark.parametrize("name", list(ALL))
def test_files_of_every_archive_can_be_had(tmp_path: Path, name: str) -> None:
    found = jobs(put(tmp_path, name, ALL[name]))
    inner = {"nested.zip": "in.tar.gz/", "deep.tar": "x/in.zip/in.tar.xz/"}.get(name, "")
    assert [job.source for job in found] == sorted(f"{name}/{inner}{one}" for one in SHEETS)
    for job in found:
        with at_hand(job) as here:
            assert here.location.read_bytes() == SHEETS[job.source.removeprefix(f"{name}/{inner}")]
            assert here.location.suffix == Path(job.source).suffix
        assert not here.location.exists()
    clear_kept()


def test_a_run_over_archives_gives_the_records_of_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    raw = tmp_path / "raw"
    raw.mkdir()
    put(raw, "arsip.zip", zipped(SHEETS | {"in.tar.gz": tarred(SHEETS, "gz", LINK)}))
    for name, data in SHEETS.items():
        (raw / name).parent.mkdir(exist_ok=True)
        put(raw, name, data)
    result = call("parse", raw, "-o", tmp_path / "out", "--jobs", "1")
    assert result.exit_code == 1
    assert "arsip.zip/in.tar.gz/tautan.txt: failed: is a link or device" in result.stderr
    assert "10 files: 9 read, 0 not a SOP, 1 failed" in result.stderr
    records = {sop.source.path: sop for sop in load_records((tmp_path / "out",)).records}
    for name in SHEETS:
        plain = records[name]
        for archive in ("arsip.zip", "arsip.zip/in.tar.gz"):
            other = records[f"{archive}/{name}"]
            assert other.model_copy(update={"source": plain.source}) == plain
            assert other.source.sha256 == plain.source.sha256
    assert [p.name for p in (tmp_path / "temp").iterdir() if "worker" in p.name] == []
    again = call("parse", raw, "-o", tmp_path / "out", "--dry-run")
    assert "10 unchanged of 10 inputs" in again.output
    changed = SHEETS | {"dinas-0/baru.txt": b"lain"}
    put(raw, "arsip.zip", zipped(changed | {"in.tar.gz": tarred(SHEETS, "gz", LINK)}))
    again = call("parse", raw, "-o", tmp_path / "out", "--dry-run")
    assert "parse  arsip.zip/dinas-0/baru.txt  (new)" in again.output
    assert "10 unchanged of 11 inputs" in again.output
    (raw / "arsip.zip").unlink()
    again = call("parse", raw, "-o", tmp_path / "out", "--dry-run")
    assert "7 of an earlier run are gone" in again.output


def test_what_an_archive_held_before_is_told_apart_from_what_it_holds(tmp_path: Path) -> None:
    def plan() -> str:
        return call("parse", tmp_path / "raw", "-o", tmp_path / "out", "--dry-run").output

    (tmp_path / "raw").mkdir()
    path = put(tmp_path / "raw", "a.zip", zipped(SHEETS)[:-40])  # half of it has arrived
    assert call("parse", tmp_path / "raw", "-o", tmp_path / "out").exit_code == 1
    assert "1 unchanged of 1 input" in plan()
    path.write_bytes(zipped(SHEETS)[:-20])
    assert "parse  a.zip  (the file has changed)" in plan()
    path.write_bytes(zipped(SHEETS))
    done = call("parse", tmp_path / "raw", "-o", tmp_path / "out")
    assert (done.exit_code, "3 files: 3 read" in done.stderr) == (0, True)
    assert "3 unchanged of 3 inputs\n" in plan()
    assert "gone" not in plan()
    path.write_bytes(zipped(dict(list(SHEETS.items())[:2])))
    assert "2 unchanged of 2 inputs\n# 1 of an earlier run are gone" in plan()


def test_names_lead_nowhere_and_none_is_lost(tmp_path: Path) -> None:
    names = ("../../a.txt", "/b.txt", "C:\\c.txt", "d\\e.txt", "a.txt", "x//y/./z.txt", "-o.txt")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in (*names, ".hidden.txt", "__MACOSX/a.txt", "folder/", "q/.git/a.txt"):
            archive.writestr(name, name)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "again")
    found = jobs(put(tmp_path, "n.zip", out.getvalue()))
    assert sorted(job.source.removeprefix("n.zip/") for job in found) == [
        "-o.txt", "C:/c.txt", "a.txt", "a.txt#2", "a.txt#3", "b.txt", "d/e.txt", "x/y/z.txt",
    ]  # fmt: skip
    assert len({job.stem for job in found}) == len(found)
    assert not [job.stem for job in found if ".." in job.stem or job.stem.startswith("/")]


def _encrypted() -> bytes:
    data = bytearray(zipped({"a.pdf": b"x", "b.txt": b"y"}))
    data[6] |= 1  # the flag of the first file's own head, and of its entry in the list of contents
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _lying() -> bytes:
    """A megabyte that is said to be ten bytes."""
    data = bytearray(zipped({"a.txt": b"x" * 1_000_000}))
    data[data.index(b"PK\x01\x02") + 24 :][:4] = struct.pack("<I", 10)
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "faults"),
    [
        ("e.zip", _encrypted(), {"a.pdf": "is protected by a password in its archive",
                                 "b.txt": None}),
        ("l.tar", tarred({"a.txt": b"x"}, "", LINK, DEVICE), {
            "a.txt": None, "tautan.txt": "is a link or device in an archive",
            "nol.txt": "is a link or device in an archive"}),
        ("d.zip", b"PK\x03\x04 damaged", {"": "is a damaged archive"}),
        ("d.tar", b"no tar at all" * 100, {"": "is a damaged archive"}),
        ("d.tar.gz", tarred(SHEETS, "gz")[:-30], {"": "is a damaged archive"}),
        ("d.tar.xz", b"no xz", {"": "is a damaged archive"}),
        ("0.zip", b"", {"": "is a damaged archive"}),
        ("empty.zip", zipped({}), {"": "is an archive without files"}),
        ("empty.tar", tarred({}), {"": "is an archive without files"}),
        ("w.zip", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}),
         {"": "is an office file under the name of an archive"}),
        ("in.zip", zipped({"a.txt": b"x", "in.zip": b"damaged"}),
         {"a.txt": None, "in.zip": "is a damaged archive"}),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_an_input_with_a_fault(
    tmp_path: Path, name: str, data: bytes, faults: dict[str, str | None]
) -> None:
    assert look(put(tmp_path, name, data)) == faults
    for job in jobs(tmp_path / name):
        assert job.inside is not None
        if job.inside.fault is not None:
            assert job.inside.hint
            with pytest.raises(SourceError, match=job.inside.fault), at_hand(job):
                pass


def _deep(levels: int) -> bytes:
    data, name = b"x", "a.txt"
    for level in range(levels):
        data, name = zipped({name: data}), f"{level}.zip"
    return data


@pytest.mark.parametrize(
    ("name", "data", "bounds", "said"),
    [
        ("many.zip", zipped({f"{i}.txt": b"" for i in range(101)}), BOUNDS, "more than 100 files"),
        ("many.tar", tarred({f"{i}.txt": b"" for i in range(101)}), BOUNDS, "more than 100 files"),
        ("big.zip", zipped({"a.txt": b" " * 11_000_000}), BOUNDS, "more than 10,000,000 bytes"),
        ("big.tar.gz", tarred({"a.txt": b" " * 11_000_000}, "gz"), BOUNDS, "to too much"),
        ("tight.zip", zipped({"a.txt": b" " * 101_000_000}), Bounds(9, 10**9, 10, 3), "times its"),
    ],
)
def test_bombs_are_one_input_each(
    tmp_path: Path, name: str, data: bytes, bounds: Bounds, said: str
) -> None:
    ((found, fault),) = look(put(tmp_path, name, data), bounds).items()
    assert found == ""
    assert said in str(fault)


def test_archives_in_one_another_have_an_end(tmp_path: Path) -> None:
    assert list(look(put(tmp_path, "a.zip", _deep(3)))) == ["1.zip/0.zip/a.txt"]
    ((name, fault),) = look(put(tmp_path, "b.zip", _deep(9))).items()
    assert (name, fault) == ("7.zip/6.zip/5.zip", "is the 4th archive in one another")


def test_the_bounds_are_for_all_archives_in_one(tmp_path: Path) -> None:
    inner = zipped({"a.txt": os.urandom(4_000_000)})
    found = look(put(tmp_path, "a.zip", zipped({f"{i}.zip": inner for i in range(3)})))
    assert [said for said in found.values() if said is None] == []
    found = look(put(tmp_path, "b.zip", zipped({"1.zip": inner, "b.txt": b"x"})))
    assert found == {"1.zip/a.txt": None, "b.txt": None}


def test_a_member_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    (job,) = jobs(put(tmp_path, "a.zip", _lying()))
    with pytest.raises(SourceError, match=r"damaged archive|too much"), at_hand(job):
        pass


def test_a_member_that_is_too_large_is_not_unpacked(tmp_path: Path) -> None:
    (job,) = jobs(put(tmp_path, "a.zip", zipped({"a.pdf": b"x" * 5000})))
    small = Settings(ingest=IngestSettings(max_bytes=1000, max_bytes_pdf=1000))
    little = Job(job.source, job.location, job.stem, job.output, small, job.inside)
    with pytest.raises(SourceError, match="5,000 bytes, more than the 1,000"), at_hand(little):
        pass


def test_an_archive_that_takes_a_worker_along_costs_itself(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", b"x")
    put(tmp_path, "a.zip", zipped({f"{i}.txt": b"x" for i in range(20_000)}))
    (tmp_path / "out").mkdir()
    settings = Settings(batch=BatchSettings(timeout_s=0.01, timeout_mb_s=0))
    found = find_jobs((str(tmp_path),), tmp_path / "out", settings)
    assert [job.source for job in found] == ["a.zip", "b.txt"]
    assert found[0].inside is not None
    assert found[0].inside.fault == "took longer than it may"


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.bz2", "a.tar.xz"])
def test_any_damage_gives_files_or_faults(tmp_path: Path, name: str) -> None:
    """Of 13,000 such archives none ended otherwise; here are fewer, always the same."""
    rng = random.Random(7)
    small = {"a.txt": b"halo " * 50, "d/b.pdf": b"x" * 300}
    good = zipped(small | {"in.zip": zipped(small)})
    if name != "a.zip":
        good = tarred(small | {"in.zip": good}, name.partition("tar")[2].removeprefix("."), LINK)
    for _ in range(40):
        data = bytearray(good)
        for _ in range(rng.randint(1, 5)):
            at = rng.randrange(len(data))
            data[at : at + rng.randint(0, 20)] = rng.randbytes(rng.randint(0, 4))
        path = put(tmp_path, name, bytes(data))
        for one in find_inside(path, str(path), name, BOUNDS):
            if one.inside.fault is None:
                *way, last = one.inside.steps
                with contextlib.suppress(SourceError):
                    take_step(archive_at_hand(str(path), 10**7, tuple(way)), last, tmp_path / "out")
        clear_kept()


def test_an_archive_is_looked_into_again_only_when_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "a.zip", zipped(SHEETS))
    first = jobs(path)
    with monkeypatch.context() as patch:
        patch.setattr("sopextract.batch.archives.KillableWorker", None)  # none can be started
        assert jobs(path) == first
        with pytest.raises(TypeError):
            jobs(path, archive_depth=2)
    put(tmp_path, "a.zip", zipped(SHEETS | {"b.txt": b"x"}))
    assert len(jobs(path)) == len(first) + 1


def test_few_archives_are_kept_unpacked(tmp_path: Path) -> None:
    clear_kept()
    for i in range(6):
        put(tmp_path, f"{i}.tar.gz", tarred(SHEETS, "gz"))
    for job in find_jobs((str(tmp_path),), tmp_path / "out", Settings()):
        with at_hand(job):
            pass
    assert len(KEPT._paths) == KEPT_MOST
    assert KEPT._folder is not None
    assert len(list(KEPT._folder.iterdir())) == KEPT_MOST
    folder = KEPT._folder
    clear_kept()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "packing"),
    [("a.zip", "zip"), ("a.tar.gz", "gz"), ("A.TXZ", "xz"), ("a.tar", ""), ("a.docx", None),
     ("a.gz", None), ("zip", None)],
)  # fmt: skip
def test_archives_are_told_by_their_names(name: str, packing: str | None) -> None:
    assert packing_of(name) == packing
