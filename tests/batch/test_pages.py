"""Pages kept from an earlier run: the same records, without reading the file again."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sopextract.batch import Selection, find_jobs, open_batch
from sopextract.batch.jobs import open_source
from sopextract.batch.pages import PAGES, KeptPages
from sopextract.errors import SourceError
from sopextract.ingest import ingest
from sopextract.model.outcome import Status
from sopextract.model.source import (
    InkCrop,
    InkKind,
    Page,
    Place,
    ScanReading,
    SourceDocument,
    SourceFile,
    TextLine,
)  # fmt: skip
from sopextract.settings import BatchSettings, NormaliseSettings, Settings
from tools.make_sheets import make_sheets

CHANGED = Settings(normalise=NormaliseSettings(jam_per_hari=8))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sheet as PDF, Word, Excel and text."""
    folder = tmp_path_factory.mktemp("raw")
    for letter in "PWXA":
        (sheet,) = make_sheets(1, 5, letter)
        (folder / sheet.name).write_bytes(sheet.data)
    return folder


def run(raw: Path, out: Path, settings: Settings, *, force: bool = False) -> set[Status]:
    jobs = find_jobs((str(raw),), out, settings)
    with open_batch(out, settings) as batch:
        plan = batch.plan(jobs, Selection(force=force))
        return {outcome.status for outcome in batch.run(plan, "serial")}


def records(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.glob("*.json")}


def no_reading(source: SourceFile, settings: object) -> Iterator[SourceDocument]:
    if not source.media_type.startswith("text/"):
        raise SourceError(f"{source.path}: is read again")
    yield ingest(source, Settings().ingest)


def test_a_change_in_later_stages_does_not_read_the_file(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(made, tmp_path / "out", Settings()) == {Status.OK}
    assert len(list((tmp_path / "out" / PAGES).rglob("*.gz"))) == 3  # text is read faster than kept
    run(made, tmp_path / "fresh", CHANGED)
    monkeypatch.setattr("sopextract.ingest.ingest_parts", no_reading)
    assert run(made, tmp_path / "out", CHANGED) == {Status.OK}
    assert records(tmp_path / "out") == records(tmp_path / "fresh")
    assert run(made, tmp_path / "out", CHANGED, force=True) == {Status.OK, Status.FAILED}


def test_pages_are_kept_only_where_they_should_be(made: Path, tmp_path: Path) -> None:
    run(made, tmp_path / "out", Settings(batch=BatchSettings(keep_pages=False)))
    assert not (tmp_path / "out" / PAGES).exists()


def source(tmp_path: Path) -> SourceFile:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 x")
    return open_source(find_jobs((str(tmp_path / "x.pdf"),), tmp_path / "out", Settings())[0])


def parts(file: SourceFile) -> list[SourceDocument]:
    """Two parts with what is hard to keep: odd letters, numbers, a crop."""
    crop = InkCrop(InkKind.STAMP, Place(), b"\x89PNG\xff\x00")
    scan = ScanReading("x", "1", 0.1 + 0.2, None, 3, 1, crops=(crop,))
    line = TextLine('a\tb\u2028"\U0001f4c4', Place(1, (0.1, 1e-17, 3.0, 1 / 3)), score=0.9)
    return [
        SourceDocument(file, (Page(1, (line,), size_pt=(595.0, 842.0), scan=scan),)),
        SourceDocument(file, (Page(2, ()), Page(3, (line,)))),
    ]


def without_crops(part: SourceDocument) -> SourceDocument:
    return replace(part, pages=tuple(map(bare, part.pages)))


def bare(page: Page) -> Page:
    return replace(page, scan=replace(page.scan, crops=())) if page.scan else page


def test_what_is_loaded_is_what_was_saved(tmp_path: Path) -> None:
    file = source(tmp_path)
    kept = KeptPages(tmp_path, file, "key")
    assert kept.load() is None
    given = parts(file)
    assert list(kept.saved(iter(given))) == given
    loaded = list(kept.load() or ())
    assert list(map(repr, loaded)) == [repr(without_crops(part)) for part in given]
    assert KeptPages(tmp_path, file, "other").load() is None


def test_a_new_key_takes_the_place_of_the_old(tmp_path: Path) -> None:
    file = source(tmp_path)
    for key in ("old", "new"):
        list(KeptPages(tmp_path, file, key).saved(iter(parts(file))))
    assert [p.name for p in tmp_path.rglob("*.gz")] == [f"{file.sha256}.new.gz"]


def test_what_was_not_read_to_the_end_is_not_kept(tmp_path: Path) -> None:
    file = source(tmp_path)
    kept = KeptPages(tmp_path, file, "key")

    def broken() -> Iterator[SourceDocument]:
        yield parts(file)[0]
        raise SourceError("is cut off")

    with pytest.raises(SourceError):
        list(kept.saved(broken()))
    next(kept.saved(iter(parts(file))))
    assert kept.load() is None
    assert [p for p in (tmp_path / PAGES).rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("damage", ["cut", "flipped", "other"])
def test_a_damaged_entry_counts_as_none(tmp_path: Path, damage: str) -> None:
    file = source(tmp_path)
    kept = KeptPages(tmp_path, file, "key")
    list(kept.saved(iter(parts(file))))
    (path,) = tmp_path.rglob("*.gz")
    data = path.read_bytes()
    middle = len(data) // 2
    path.write_bytes({
        "cut": data[:middle],
        "flipped": data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :],
        "other": gzip.compress(b'{"pages": 1}\n'),
    }[damage])  # fmt: skip
    assert kept.load() is None
