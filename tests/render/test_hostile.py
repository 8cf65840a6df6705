"""No record makes a writer fail, and no text of it becomes markup, a formula or a template."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import pypdfium2
import pytest

from sopextract.core.text import squeeze, strip_controls
from sopextract.model.record import Pelaksana, SopRecord
from sopextract.render import BOOK_FORMATS, FORMATS, flow_svg, render, render_book
from sopextract.settings import RenderSettings
from tests.factories import langkah, record
from tests.render.hostile import NASTY, ODD, everywhere


def settings_of(**values: object) -> RenderSettings:
    return RenderSettings.model_validate(values)


class _Shape(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {f"<{tag}>", *(name for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def shape_of(html: bytes) -> _Shape:
    shape = _Shape()
    shape.feed(html.decode())
    return shape


def xml_parts(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
        return {n: ElementTree.fromstring(archive.read(n)) for n in names}  # noqa: S314 - ours


def shown(text: str) -> str:
    """What a sheet shows of a text; XML cannot hold half characters, and two more."""
    kept = squeeze(strip_controls(text))
    return re.sub(r"\s", "", re.sub("[\ud800-\udfff\ufffe\uffff]", "", kept))


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("fmt", FORMATS)
def test_nasty_texts_in_every_field(fmt: str, name: str) -> None:
    sop = everywhere(NASTY[name])
    for settings in (settings_of(changes=True), settings_of(clean=True, wording="asli")):
        data = render(sop, fmt, settings)
        if fmt == "bpmn":
            ElementTree.fromstring(data)  # noqa: S314 - ours


@pytest.mark.parametrize("name", NASTY)
def test_office_files_hold_nasty_texts_literally(name: str) -> None:
    sop = everywhere(NASTY[name])
    word = xml_parts(render(sop, "docx", settings_of()))["word/document.xml"]
    assert shown(NASTY[name]) in re.sub(r"\s", "", "".join(word.itertext()))
    book = openpyxl.load_workbook(io.BytesIO(render(sop, "xlsx", settings_of())))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert {c.data_type for c in cells} <= {"s", "n", "inlineStr"}
    assert any(shown(NASTY[name]) in re.sub(r"\s", "", str(c.value)) for c in cells)


@pytest.mark.parametrize("name", NASTY)
def test_html_of_nasty_texts_has_the_shape_of_any_other(name: str) -> None:
    usual = shape_of(render(everywhere("Teks biasa"), "html", settings_of(changes=True)))
    nasty = shape_of(render(everywhere(NASTY[name]), "html", settings_of(changes=True)))
    assert nasty.found <= usual.found | {"<span>"}
    wanted = shown(NASTY[name])
    assert wanted in re.sub(r"\s", "", "".join(nasty.text)).replace("?", "") or "?" in wanted


@pytest.mark.parametrize("fmt", BOOK_FORMATS)
def test_a_book_of_nasty_texts(fmt: str) -> None:
    assert render_book([everywhere(text) for text in NASTY.values()], fmt, settings_of())


def test_a_record_with_half_a_character_travels_in_a_pdf() -> None:
    assert render(everywhere("a\ud800b"), "pdf", settings_of(attach=True)).startswith(b"%PDF")


def test_the_legend_of_a_pdf_tells_of_characters_that_its_fonts_have_not() -> None:
    def text(sop: SopRecord) -> str:
        pages = pypdfium2.PdfDocument(render(sop, "pdf", settings_of()))
        return unicodedata.normalize(
            "NFC", " ".join(page.get_textpage().get_text_range() for page in pages)
        )

    assert "tidak ada pada jenis huruf" not in text(record(peringatan=("Suhu ≥ 5 °C",)))
    assert "tidak ada pada jenis huruf" in text(record(peringatan=("Suhu 你好",)))


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("name", ODD)
def test_odd_records_give_a_sheet(fmt: str, name: str) -> None:
    assert len(render(ODD[name], fmt, settings_of())) > 400
    assert len(render(ODD[name], fmt, settings_of(clean=True, paper="F4"))) > 400


@pytest.mark.parametrize("name", ODD)
def test_odd_records_give_a_picture(name: str) -> None:
    assert flow_svg(ODD[name]).endswith("</svg>")


@pytest.mark.parametrize("fmt", ["docx", "pdf", "xlsx", "html"])
def test_a_name_that_no_head_can_hold_is_cut_and_says_so(fmt: str) -> None:
    name = "Kepala " * 800
    sop = record(
        pelaksana=(Pelaksana(nama=name, lengkap=name, kolom=1),),
        langkah=(langkah(1, "x", name),),
        alur=(),
    )
    data = render(sop, fmt, settings_of())
    if fmt == "pdf":
        pages = pypdfium2.PdfDocument(data)
        assert len(pages) == 2
        text = "".join(page.get_textpage().get_text_range() for page in pages)
    elif fmt == "html":
        text = "".join(shape_of(data).text)
    else:
        text = "".join("".join(part.itertext()) for part in xml_parts(data).values())
    assert "[terpotong]" in re.sub(r"\s", "", text)


def test_excels_own_notation_of_characters_stays_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(everywhere("_x0041_"), "xlsx", settings_of())))
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    noted = [text for text in cells if "x0041" in text]
    assert len(noted) >= 10
    assert all("_x005F_x0041_" in text for text in noted)
