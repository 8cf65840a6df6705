"""What tells live files from inert ones: a live one of every kind is found out."""

from __future__ import annotations

import _socket
import io
import socket
import sqlite3
import time
import urllib.request
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sopextract.render import render
from sopextract.settings import RenderSettings
from tests.batch.bait import laid_bait
from tests.batch.hostile_files import FILES, RAW
from tests.batch.inert import live_parts
from tests.factories import record

TEXTS = [
    ("a.html", "<img src='http://x/y'>", "src=http://x/y"),
    ("a.html", "<b onclick=x>", "onclick"),
    ("a.html", "<script>1</script>", "a script of 1 letters"),
    ("a.html", "<a href='javascript:x'>", "href=javascript:x"),
    ("a.html", "<meta http-equiv=refresh content=0>", "<meta>"),
    ("a.md", "![x](http://x)", "![x](http://x)"),
    ("a.md", "<script>", "<script>"),
    ("a.csv", "a,=1+1\r\n", "=1+1"),
    ("a.csv", 'a,"b;=1+1"\r\n', '=1+1"'),
    ("a.csv", 'a,"b\n@x"\r\n', '@x"'),
    ("a.bpmn", "<a><script/></a>", "<script>"),
]


@pytest.mark.parametrize(("name", "text", "found"), TEXTS)
def test_live_texts_are_found_out(tmp_path: Path, name: str, text: str, found: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert found in live_parts(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("tindakan.pdf", "JavaScript"),
        ("tautan.docx", "word/_rels/document.xml.rels: a link to elsewhere"),
        ("tautan.xlsx", "xl/externalLinks/externalLink1.xml"),
        ("makro.docm", "word/vbaProject.bin"),
    ],
)
def test_live_files_are_found_out(tmp_path: Path, name: str, found: str) -> None:
    file = next(file for file in FILES if file.name == name)
    path = tmp_path / name.replace("docm", "docx")
    with laid_bait(tmp_path / "bait") as bait:
        path.write_bytes(file.make(bait))
    assert found in live_parts(path)


def test_formulas_fields_and_triggers_are_found_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    assert live_parts(tmp_path / "a.xlsx") == ["Sheet!A1"]
    base = sqlite3.connect(tmp_path / "a.sqlite")
    base.execute("CREATE VIEW v AS SELECT 1")
    base.close()
    assert live_parts(tmp_path / "a.sqlite") == ["v"]
    with zipfile.ZipFile(io.BytesIO((RAW / "tarakan-peminjaman-buku.docx").read_bytes())) as word:
        body = word.read("word/document.xml")
    field = b"<w:p><w:r><w:instrText>DDEAUTO c:\\cmd</w:instrText></w:r></w:p>"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as made:
        made.writestr("word/document.xml", body.replace(b"<w:sectPr", field + b"<w:sectPr", 1))
    assert live_parts(tmp_path / "a.docx") == ["field DDEAUTO c:\\cmd"]


@pytest.mark.parametrize("fmt", ["docx", "pdf", "html", "xlsx", "bpmn", "md"])
def test_a_plain_sheet_is_inert(tmp_path: Path, fmt: str) -> None:
    path = tmp_path / f"a.{fmt}"
    path.write_bytes(render(record(), fmt, RenderSettings()))
    assert live_parts(path) == []


def test_who_takes_the_bait_is_counted(tmp_path: Path) -> None:
    with laid_bait(tmp_path / "bait") as bait:
        host, _, port = bait.url.removeprefix("http://").partition(":")
        with pytest.raises(OSError, match="no network"):
            socket.create_connection((host, int(port)))
        with pytest.raises(OSError, match="no network"):
            urllib.request.urlopen(bait.url)  # noqa: S310 - our own listener
        unwatched = _socket.socket(_socket.AF_INET)  # below what Python code uses, as a program has
        unwatched.connect((host, int(port)))
        unwatched.send(b"GET /x HTTP/1.1\r\n\r\n")
        unwatched.close()
        for _ in range(100):
            if bait.hits:
                break
            time.sleep(0.02)
    assert bait.hits == ["GET /x HTTP/1.1"]
    assert len(bait.calls) == 2
