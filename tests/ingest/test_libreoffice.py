"""Old and open formats through LibreOffice, and what is said where it cannot help."""

from __future__ import annotations

import shutil
import stat
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sopextract.errors import SourceError
from sopextract.ingest import detect, detect_media_type, find_reader, ingest, libreoffice
from sopextract.ingest.ole import stream_names
from sopextract.model.source import Grid, Page, SourceDocument, SourceFile
from sopextract.settings import IngestSettings
from tests.ingest.containers import container
from tests.ingest.office_parts import needs
from tests.ingest.xlsx.sheets import sop_workbook
from tests.ingest.xlsx.workbooks import pack, save

DOC, XLS = "application/msword", "application/vnd.ms-excel"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RTF = b"{\\rtf1\\ansi Nomor SOP : 12/DISPUSIP/2024\\par}"


def file(path: Path, data: bytes | None = None) -> SourceFile:
    """A file on disk with the media type that is found in it."""
    if data is not None:
        path.write_bytes(data)
    head = path.read_bytes()[:1024]
    media_type = detect_media_type(path.name, head, path)
    return SourceFile(path.name, "a" * 64, media_type, path, path.stat().st_size)


@pytest.mark.parametrize(
    ("names", "media_type"),
    [
        (("WordDocument", "1Table"), DOC),
        (("Workbook",), XLS),
        (("Book",), XLS),
        (("WordDocument", "Workbook"), DOC),
        (("PowerPoint Document",), "application/vnd.ms-powerpoint"),
        (("EncryptedPackage", "EncryptionInfo"), "application/x-ole-encrypted"),
        (("Contents",), "application/x-ole-storage"),
    ],
)
def test_containers_are_told_apart(tmp_path: Path, names: tuple[str, ...], media_type: str) -> None:
    assert file(tmp_path / "a.bin", container(*names)).media_type == media_type


@pytest.mark.parametrize("cut", [8, 40, 511, 512, 600, 1100])
def test_a_container_cut_short_says_nothing(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(container("WordDocument")[:cut])
    assert stream_names(path) <= {"WordDocument"}


@pytest.mark.parametrize("power", [0, 1, 2, 8, 16, 60])
def test_a_container_with_sectors_of_no_size_says_nothing(tmp_path: Path, power: int) -> None:
    data = bytearray(container("WordDocument"))
    struct.pack_into("<H", data, 30, power)
    path = tmp_path / "a.doc"
    path.write_bytes(data)
    assert stream_names(path) == frozenset()


def test_a_directory_that_runs_in_a_circle_ends(tmp_path: Path) -> None:
    data = bytearray(container("Workbook"))
    struct.pack_into("<I", data, 512 + 4, 1)  # sector 1 is followed by itself
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    assert stream_names(path) == {"Workbook"}


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (container("EncryptedPackage"), "protected by a password", "take the protection off"),
        (container("PowerPoint Document"), "slides", "put the SOP in a .docx or .xlsx"),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, data: bytes, message: str, hint: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        ingest(file(tmp_path / "a.bin", data), IngestSettings())
    assert hint in caught.value.hint


def test_open_documents_say_what_they_are(tmp_path: Path) -> None:
    for media_type in (ODT, ODS, "application/vnd.oasis.opendocument.presentation"):
        path = tmp_path / "a.zip"
        pack({"mimetype": media_type.encode(), "content.xml": b""}, path)
        assert file(path).media_type == media_type
    with pytest.raises(SourceError, match="slides"):
        find_reader(media_type)


def test_without_libreoffice_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: None)
    with pytest.raises(SourceError, match="needs LibreOffice") as caught:
        ingest(file(tmp_path / "a.rtf", RTF), IngestSettings())
    assert "apt install libreoffice-writer" in caught.value.hint
    assert "save the file as .docx" in caught.value.hint


def fake_program(tmp_path: Path, script: str) -> str:
    """A program in place of LibreOffice."""
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_a_program_that_hangs_is_killed_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = tmp_path / "still-alive"
    program = fake_program(tmp_path, f"(sleep 2; touch '{sign}') &\nwait")
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: program)
    started = time.monotonic()
    with pytest.raises(SourceError, match=r"did not convert in 0\.3 seconds") as caught:
        ingest(file(tmp_path / "a.rtf", RTF), IngestSettings(office_timeout_s=0.3))
    assert time.monotonic() - started < 2
    assert "office_timeout_s" in caught.value.hint
    time.sleep(2.2)
    assert not sign.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_a_program_that_gives_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = fake_program(tmp_path, "exit 1")
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: program)
    with pytest.raises(SourceError, match="cannot convert") as caught:
        ingest(file(tmp_path / "a.rtf", RTF), IngestSettings())
    assert "protected by a password" in caught.value.hint


def parted(folder: Path, *libraries: str) -> Path:
    """An installed LibreOffice that loads nothing, with some of its libraries."""
    folder.mkdir()
    for name in libraries:
        (folder / name).touch()
    return Path(fake_program(folder, "exit 1"))


@pytest.mark.parametrize(
    ("libraries", "missing"),
    [
        (("libmergedlo.so", "libswlo.so", "libsclo.so"), ()),
        (("libmergedlo.so", "libswlo.so"), ("Calc",)),
        (("sfxlo.dll", "sclo.dll"), ("Writer",)),
        (("libsfxlo.dylib",), ("Writer", "Calc")),
        ((), ()),  # a starter of its own, away from the libraries
    ],
)
def test_parts_that_are_not_installed(
    tmp_path: Path, libraries: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    assert libreoffice.missing_parts(str(parted(tmp_path / "bin", *libraries))) == missing


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_a_part_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = parted(tmp_path / "bin", "libmergedlo.so", "libsclo.so")
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: str(program))
    with pytest.raises(SourceError, match="LibreOffice is installed without Writer") as caught:
        ingest(file(tmp_path / "a.rtf", RTF), IngestSettings())
    assert "apt install libreoffice-writer" in caught.value.hint


def told(source: SourceFile, settings: IngestSettings) -> SourceDocument:
    """A reader that says by the number of its page whether it was given a whole Word file."""
    del settings
    whole = detect_media_type(source.path, b"PK\x03\x04", source.location) == DOCX
    return SourceDocument(source, (Page(int(whole), ()),))


def converted(path: Path, suffix: str, tmp_path: Path) -> Path:
    """A file made an old one by LibreOffice itself."""
    program = libreoffice.find_libreoffice()
    assert program is not None
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix,
         "--outdir", str(tmp_path / "out"), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    made = tmp_path / "out" / f"{path.stem}.{suffix}"
    return Path(shutil.copyfile(made, tmp_path / f"tanpa-akhiran-{suffix}"))


@pytest.mark.parametrize(("suffix", "media_type"), [("xls", XLS), ("ods", ODS)])
@pytest.mark.live
@needs("Calc")
def test_old_and_open_workbooks(tmp_path: Path, suffix: str, media_type: str) -> None:
    workbook = save(sop_workbook()[0], tmp_path / "a.xlsx")
    source = file(converted(workbook.location, suffix, tmp_path))
    assert source.media_type == media_type
    document = ingest(source, IngestSettings())
    assert document.file == source
    grids = [b for b in document.pages[0].blocks if isinstance(b, Grid)]
    assert [(len(g.rows), len(g.rows[0])) for g in grids] == [(14, 3), (5, 9)]
    assert grids[1].rows[2][1].text == "Menerima kartu anggota"


@pytest.mark.parametrize(
    ("suffix", "media_type"), [("rtf", "application/rtf"), ("doc", DOC), ("odt", ODT)]
)
@pytest.mark.live
@needs("Writer")
def test_old_and_open_texts_go_to_the_reader_of_word_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, media_type: str
) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    source = file(path if suffix == "rtf" else converted(path, suffix, tmp_path))
    assert source.media_type == media_type
    monkeypatch.setitem(detect.READERS, DOCX, f"{__name__}:told")
    monkeypatch.setitem(sys.modules, __name__, sys.modules[told.__module__])
    document = ingest(source, IngestSettings())
    assert (document.file, document.pages[0].number) == (source, 1)
