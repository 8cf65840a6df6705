"""Damaged, protected and hostile files get one clear SourceError."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sopextract.errors import SourceError
from sopextract.ingest import detect_media_type
from sopextract.ingest.docx import read_docx
from sopextract.model.source import SourceFile
from sopextract.settings import IngestSettings
from tests.ingest.containers import container
from tests.ingest.docx.making import (  # fmt: skip
    Form,
    Line,
    add_table,
    alone,
    element,
    lines,
    new_document,
    put,
    read,
    read_path,
)

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


def _body(text: str, head: str = "") -> dict[str, bytes]:
    document = f"{head}<w:document {_W}><w:body>{text}</w:body></w:document>"
    return {"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()}


def _read(path: Path) -> list[str]:
    return lines(read_path(path))


def test_a_package_with_nothing_but_its_document_is_read(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.docx", _body("<w:p><w:r><w:t>Isi</w:t></w:r></w:p>"))
    assert _read(path) == ["Isi"]


@pytest.mark.parametrize("name", ["a.docm", "a.dotx", "a.DOCX", "tanpa-akhiran"])
def test_other_names_of_the_format(name: str, tmp_path: Path) -> None:
    parts = _body("<w:p><w:r><w:t>Isi</w:t></w:r></w:p>")
    path = _archive(tmp_path / name, parts | {"word/vbaProject.bin": b"makro"})
    assert detect_media_type(name, b"PK\x03\x04", path) == _DOCX
    assert _read(path) == ["Isi"]


def test_other_archives_are_no_word_files(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.docx", {"word/document.xml": b"<a/>"})
    assert detect_media_type("a.docx", b"PK\x03\x04", path) == "application/zip"
    other = _archive(tmp_path / "b.docx", {"[Content_Types].xml": b"<a/>", "ppt/a.xml": b""})
    assert detect_media_type("b.docx", b"PK\x03\x04", other).endswith("presentationml.presentation")


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"[Content_Types].xml": b"<Types/>", "word/styles.xml": b"<a/>"}, "no document"),
        (_body("<w:p>"), "document.xml cannot be read"),
        (_body("", '<!DOCTYPE a [<!ENTITY b "c">]>'), "document.xml cannot be read"),
        (_body("<w:p>" * 400 + "</w:p>" * 400), "document.xml cannot be read"),
        (_body(""), "is empty"),
    ],
)
def test_what_cannot_be_used_is_said(parts: dict[str, bytes], says: str, tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.docx", parts)
    with pytest.raises(SourceError, match=says) as caught:
        _read(path)
    assert caught.value.hint


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.docx", _body(" " * 5_000_000))
    with pytest.raises(SourceError, match="unpacks to too much"):
        _read(path)


def test_a_part_whose_bytes_are_damaged(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.docx", _body("<w:p><w:r><w:t>Isi</w:t></w:r></w:p>" * 50))
    data = bytearray(path.read_bytes())
    at = data.index(b"word/document.xml") + 40
    data[at : at + 8] = b"\0" * 8
    path.write_bytes(data)
    with pytest.raises(SourceError, match="damaged Word file"):
        _read(path)


def test_half_a_file(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.docx", _body("<w:p/>"))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceError, match="is damaged or no Word file"):
        _read(path)


def test_a_file_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(container("EncryptedPackage", "EncryptionInfo"))
    with pytest.raises(SourceError, match="protected by a password") as caught:
        _read(path)
    assert "take the protection off" in caught.value.hint
    source = SourceFile("a.docx", "0" * 64, _DOCX, path, 1)
    with pytest.raises(SourceError, match="protected by a password"):
        read_docx(source, IngestSettings())


def test_styles_in_a_ring_and_numbers_without_a_list(tmp_path: Path) -> None:
    document = new_document()
    paragraph = document.add_paragraph("Isi")
    styles = document.styles.element
    for a, b in (("ring1", "ring2"), ("ring2", "ring1")):
        styles.append(
            element(
                f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/>'
                f'<w:basedOn w:val="{b}"/></w:style>'
            )
        )
    properties = paragraph._p.get_or_add_pPr()
    properties.append(element('<w:pStyle w:val="ring1"/>'))
    properties.append(element('<w:numPr><w:ilvl w:val="9999"/><w:numId w:val="77"/></w:numPr>'))
    assert lines(read(document, tmp_path)) == ["Isi"]


def test_nonsense_in_shapes_harms_nobody(tmp_path: Path) -> None:
    document = new_document()
    table = add_table(document, [["No", "Staf"], ["1", ""]], [30, 80])
    paragraph = table.cell(1, 1).paragraphs[0]
    put(
        paragraph,
        alone(Form("tidakAda", 1e9, -1e9, -5, 0)),
        alone(Form("flowChartDecision", 0, 0, 0, 0)),
        "<w:drawing/>",
        "<w:drawing><wp:anchor><wp:extent/></wp:anchor></w:drawing>",
        '<w:pict><v:line from="a,b" to=""/><v:group coordsize="0,0"><v:rect/></v:group></w:pict>',
        '<w:pict><v:polyline points=""/><v:shape path="mxe" style="width:1e99pt"/></w:pict>',
    )
    page = read(document, tmp_path)
    assert page.symbols == ()
    assert page.connectors == ()


def test_many_lines_on_one_spot_end(tmp_path: Path) -> None:
    document = new_document()
    table = add_table(document, [["No", "Staf"], ["1", ""]], [30, 80])
    pieces = [alone(Line(i % 7, i % 5, 40 + i % 3, 20 + i % 11, head="none")) for i in range(300)]
    put(table.cell(1, 1).paragraphs[0], alone(Form("diamond", 30, 5)), *pieces)
    assert len(read(document, tmp_path).symbols) == 1
