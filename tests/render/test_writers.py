"""What holds for every format: the same bytes, hostile texts, marks, forms of one's own."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pypdfium2
import pytest
from PIL import Image

from sopextract.errors import ConfigError
from sopextract.model.record import Alur, Correction, DasarHukum, Pelaksana, SopRecord
from sopextract.render import BOOK_FORMATS, FORMATS, render, render_book
from sopextract.render.pdf.data import sheet_data
from sopextract.render.prepare import place_sheet
from sopextract.render.sheet.paper import BOTTOM_MM, TOP_MM
from sopextract.settings import RenderSettings, load_settings
from tests.factories import langkah, provenance, record
from tests.render.flows import random_flow

EVIL = (
    "</w:t><script>alert(1)</script> #let x = 1 $x$ {{ 7*7 }} {% raw %} =HYPERLINK(1) &amp; "
    "\"'`|*_[x](y) \x00\x07\ud800 السلام עברית 你好 ￾ ]]> --> \\u202e"
)


def settings_of(**values: object) -> RenderSettings:
    return RenderSettings.model_validate(values)


def text_of(data: bytes, fmt: str) -> str:
    """All text of a rendered sheet."""
    if fmt == "pdf":
        pages = pypdfium2.PdfDocument(data)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if fmt in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(n) for n in archive.namelist() if n.endswith(".xml")]
        return "".join("".join(ElementTree.fromstring(p).itertext()) for p in parts)  # noqa: S314
    return data.decode()


def evil_record(text: str) -> SopRecord:
    return record(
        nama_sop=text,
        nomor_sop=text,
        instansi={"pemerintah": text},
        pelaksana=(Pelaksana(nama=text, lengkap=text, kolom=1),),
        langkah=(langkah(1, text, text, keterangan=text, output=text),),
        alur=(),
        peringatan=(text, text),
        corrections=(
            Correction(path="/peringatan/0", before=text, after=text, rule=text, score=1.0),
        ),
    )


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_record_gives_the_same_bytes(fmt: str) -> None:
    sop = random_flow(5)
    assert render(sop, fmt, settings_of()) == render(sop, fmt, settings_of())


@pytest.mark.parametrize("fmt", ["docx", "pdf", "xlsx"])
def test_source_date_epoch_dates_the_file(fmt: str) -> None:
    settings = load_settings(None, {"SOURCE_DATE_EPOCH": "1700000000"}).render
    data = render(record(), fmt, settings)
    assert data != render(record(), fmt, settings_of())
    if fmt == "pdf":
        assert b"D:20231114" in data
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}


@pytest.mark.parametrize("fmt", FORMATS)
def test_hostile_text_stays_text(fmt: str) -> None:
    data = render(evil_record(EVIL), fmt, settings_of(changes=True))
    text = text_of(data, fmt)
    if fmt in ("docx", "xlsx", "pdf"):
        squeezed = re.sub(r"\s+", "", text)
        assert "<script>alert(1)</script>" in squeezed
        assert "{{7*7}}" in squeezed
    else:
        assert "<script" not in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_five_thousand_characters_in_a_cell(fmt: str) -> None:
    for long in ("kata " * 1000, "x" * 5000):
        assert len(render(evil_record(long), fmt, settings_of())) > 1000


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_empty_record_gives_a_sheet(fmt: str) -> None:
    empty = record(
        nama_sop=None, nomor_sop=None, instansi={}, disahkan_oleh={}, pelaksana=(), langkah=(),
        alur=(), kualifikasi_pelaksana=(), keterkaitan=(), peralatan_perlengkapan=(),
        peringatan=(), pencatatan_pendataan=(), tanggal_pembuatan=None, tanggal_efektif=None,
    )  # fmt: skip
    assert render(empty, fmt, settings_of())
    assert render(empty, fmt, settings_of(clean=True))


@pytest.mark.parametrize("fmt", ["docx", "html", "pdf", "xlsx"])
def test_marks_are_shown_and_left_out_for_signing(fmt: str) -> None:
    grounds = {
        "/nama_sop": provenance(0.8, "inferred"),
        "/tanggal_revisi": provenance(0.0, "unread"),
    }
    sop = record(provenance=grounds)
    marked = text_of(render(sop, fmt, settings_of()), fmt)
    assert "[belum terbaca]" in marked
    assert "disimpulkan dari bagian lain naskah" in marked
    clean = text_of(render(sop, fmt, settings_of(clean=True)), fmt)
    assert "belum terbaca" not in clean
    assert "disimpulkan dari" not in clean
    assert "Penerimaan Surat Masuk" in clean


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_only_words_tell_of_the_flow_stays_on_a_clean_sheet(fmt: str) -> None:
    steps = (langkah(1, "Menerima", "Petugas Loket"), langkah(2, "Memeriksa"))
    alur = (Alur(dari=2, ke=1, label="Tidak", basis="text"),)
    data = render(record(langkah=steps, alur=alur), fmt, settings_of(clean=True))
    assert "[catatan:Tidakkelangkah1]" in re.sub(r"[\s\\]", "", text_of(data, fmt))


def test_the_legend_counts_the_lines_that_the_record_holds() -> None:
    """Arrows inside a row follow from its order: they are neither read nor reasoned."""
    steps = (langkah(1, "A", "Petugas Loket", "Kepala Seksi"), langkah(2, "B", "Kepala Seksi"))
    alur = (Alur(dari=1, ke=2, basis="drawn"),)
    for fmt in ("html", "docx"):
        text = text_of(render(record(langkah=steps, alur=alur), fmt, settings_of()), fmt)
        assert "garis alur terbaca dari gambar" in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_wording_of_the_source_by_a_switch(fmt: str) -> None:
    if fmt == "bpmn":
        pytest.skip("no identity in a process")
    fixed = Correction(
        path="/peringatan/0", before="sueat", after="surat", rule="typo.curated", score=0.98
    )
    sop = record(corrections=(fixed,))
    assert "Jika surat tidak" in text_of(render(sop, fmt, settings_of()), fmt).replace("\r\n", " ")
    asli = text_of(render(sop, fmt, settings_of(wording="asli")), fmt)
    assert "Jika sueat tidak" in asli.replace("\r\n", " ")


def test_the_legal_basis_by_rank() -> None:
    laws = (
        DasarHukum(teks="Perbup 5/2019", jenis="Perbup", tahun=2019),
        DasarHukum(teks="Lain-lain"),
        DasarHukum(teks="UU 25/2009", jenis="UU", tahun=2009),
        DasarHukum(teks="PermenPANRB 35/2012", jenis="PermenPANRB", tahun=2012),
    )
    text = text_of(
        render(record(dasar_hukum=laws), "md", settings_of(dasar_hukum="hierarki")), "md"
    )
    order = [text.index(t) for t in ("UU 25/2009", "PermenPANRB", "Perbup 5", "Lain")]
    assert order == sorted(order)


def test_the_record_travels_in_a_pdf() -> None:
    data = render(record(), "pdf", settings_of(attach=True))
    document = pypdfium2.PdfDocument(data)
    assert document.count_attachments() == 1
    attached = document.get_attachment(0)
    assert attached.get_name() == "rekaman.json"
    assert SopRecord.model_validate(json.loads(bytes(attached.get_data()))) == record()
    assert b"pdfaid:part>3<" in data
    assert b"pdfaid:part>2<" in render(record(), "pdf", settings_of())
    assert b"pdfuaid:part>1<" in data


def test_a_word_sheet_is_native_and_in_no_compatibility_mode() -> None:
    data = render(random_flow(3, max_steps=30), "docx", settings_of())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
        settings = archive.read("word/settings.xml").decode()
    assert 'w:name="compatibilityMode"' in settings
    assert 'w:val="15"' in settings
    assert 'prst="flowChartDecision"' in body
    assert 'prst="flowChartOffpageConnector"' in body
    assert 'prst="bentConnector2"' in body
    assert "<a:stCxn " in body
    assert "<a:endCxn " in body
    assert body.count("<w:tblHeader/>") % 2 == 0
    assert 'w:lang w:val="id-ID"' in body
    document = docx.Document(io.BytesIO(data))
    assert len(document.tables) > 3
    numbers = re.findall(r'<wp:docPr id="(\d+)"', body)
    assert len(numbers) == len(set(numbers))


def test_excel_has_the_steps_as_a_table() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(record(), "xlsx", settings_of())))
    assert book.sheetnames == ["Identitas", "Bagan Alir", "Data Langkah"]
    steps = book["Data Langkah"]
    assert list(steps.tables) == ["DataLangkah"]
    rows = list(steps.iter_rows(values_only=True))
    assert rows[1][:3] == (1, "Menerima surat masuk", "Petugas Loket")
    assert rows[1][10] == "2"
    assert rows[2][7] == 15


@pytest.mark.parametrize("seed", range(8))
def test_no_page_of_excel_is_higher_than_its_paper(seed: int) -> None:
    data = render(random_flow(seed, max_steps=30), "xlsx", settings_of())
    flow = openpyxl.load_workbook(io.BytesIO(data))["Bagan Alir"]
    heights = [flow.row_dimensions[row].height for row in range(1, flow.max_row + 1)]
    stops = [*(b.id for b in flow.row_breaks.brk), len(heights)]
    body = (210 - TOP_MM - BOTTOM_MM) / 25.4 * 72
    start = 0
    for stop in stops:
        head = 0 if start == 0 else sum(heights[:2])  # repeated in print
        assert head + sum(heights[start:stop]) <= body
        start = stop


@pytest.mark.parametrize("fmt", BOOK_FORMATS)
def test_a_book_holds_every_sheet_with_cover_and_contents(fmt: str) -> None:
    sops = (record(), record(nama_sop="Pengelolaan Arsip", nomor_sop="02/DISKAN/2024"))
    text = text_of(render_book(sops, fmt, settings_of(clean=True)), fmt)
    assert "Himpunan Standar Operasional Prosedur" in text
    assert "Daftar Isi" in text
    for name in ("Penerimaan Surat Masuk", "Pengelolaan Arsip"):
        assert text.count(name) >= 3
    assert "belum terbaca" not in text


def test_a_book_in_a_format_that_holds_one_sheet_only_is_refused() -> None:
    with pytest.raises(ConfigError, match="known: docx, pdf"):
        render_book((record(),), "html", settings_of())


# --- forms of one's own -----------------------------------------------------------------------


def own_form(folder: Path, text: str) -> RenderSettings:
    (folder / "form.toml").write_text(text, encoding="utf-8")
    return settings_of(templates=folder, clean=True)


@pytest.mark.parametrize("fmt", ["docx", "html", "pdf", "xlsx"])
def test_labels_of_ones_own(fmt: str, tmp_path: Path) -> None:
    form = '[label]\ntanggal_efektif = "Tanggal Pengesahan"\nkegiatan = "Aktivitas"\n'
    text = text_of(render(record(), fmt, own_form(tmp_path, form)), fmt)
    assert "Aktivitas" in text
    assert "Tanggal Pengesahan" in text
    assert "Tanggal Efektif" not in text


@pytest.mark.parametrize("fmt", ["docx", "html", "pdf", "xlsx"])
def test_a_logo_of_ones_own(fmt: str, tmp_path: Path) -> None:
    Image.new("RGB", (30, 40), "red").save(tmp_path / "logo.png")
    settings = own_form(tmp_path, '[logo]\nfile = "logo.png"\n')
    data = render(record(), fmt, settings)
    assert "Lambang Daerah" not in text_of(data, fmt)
    if fmt in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert any(n.endswith("media/logo.png") for n in archive.namelist())


def test_identity_and_flow_on_one_page_where_both_fit(tmp_path: Path) -> None:
    settings = own_form(tmp_path, '[page]\nparts = "one"\norientation = "portrait"\n')
    assert len(pypdfium2.PdfDocument(render(record(), "pdf", settings))) == 1
    assert len(pypdfium2.PdfDocument(render(record(), "pdf", settings_of()))) == 2
    long = random_flow(3, max_steps=40)
    assert len(pypdfium2.PdfDocument(render(long, "pdf", settings))) > 2


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ('[page]\npaper = "A3"\n', "page.paper"),
        ('[label]\nkegiatn = "x"\n', "label.kegiatn"),
        ("paper = 1\n", "must stand below"),
        ("[page\n", "not valid TOML"),
        ('[logo]\nfile = "none.png"\n', "the logo cannot be read"),
        ("[label]\nwarna = 1\n", "label.warna: there is no such entry in a form"),
        ('[logo]\nfile = "form.toml"\n', "must be PNG or JPEG"),
    ],
)
def test_a_wrong_form_is_named(tmp_path: Path, form: str, said: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(said)):
        render(record(), "docx", own_form(tmp_path, form))


def test_the_paper_of_the_settings_goes_before_that_of_the_form(tmp_path: Path) -> None:
    own_form(tmp_path, '[page]\npaper = "F4"\n')
    for paper, width in ((None, 330.0), ("A4", 297.0)):
        data = render(record(), "pdf", settings_of(templates=tmp_path, paper=paper))
        assert pypdfium2.PdfDocument(data)[0].get_width() == pytest.approx(width / 25.4 * 72, abs=1)


def test_a_letterhead_of_ones_own(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("KOP DINAS {{ nomor_sop }}")
    document.add_paragraph("{%p for d in peringatan %}")
    document.add_paragraph("{{ d }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("[[bagan_alir]]")
    document.add_paragraph("Penutup")
    document.save(str(tmp_path / "identity.docx"))
    sop = record(nomor_sop="01/<b>&/2024")
    settings = settings_of(templates=tmp_path, clean=True)
    data = render(sop, "docx", settings)
    made = docx.Document(io.BytesIO(data))
    texts = [p.text for p in made.paragraphs]
    assert "KOP DINAS 01/<b>&/2024" in texts
    assert any(t.startswith("Jika surat tidak dicatat") for t in texts)
    assert "[[bagan_alir]]" not in texts
    assert len(made.tables) == 1
    assert made.tables[0].cell(2, 1).text == "Menerima surat masuk"
    assert data == render(sop, "docx", settings)


def test_a_wrong_letterhead_is_named(tmp_path: Path) -> None:
    (tmp_path / "identity.docx").write_bytes(b"no word file")
    with pytest.raises(ConfigError, match=r"identity\.docx: cannot be read as a Word file"):
        render(record(), "docx", settings_of(templates=tmp_path))


def test_a_wrong_pdf_template_is_named(tmp_path: Path) -> None:
    (tmp_path / "sheet.typ").write_text("#let x = ", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sheet\.typ: "):
        render(record(), "pdf", settings_of(templates=tmp_path))


def test_lines_of_a_pdf_do_not_end_in_a_space() -> None:
    """Typst counts such a space, and breaks once more a line that just fits its cell."""
    steps = (langkah(1, "Menerima surat masuk dari pemohon yang telah mendaftar " * 3, "Camat"),)
    sheet = sheet_data(place_sheet(record(langkah=steps, alur=()), settings_of()))
    lines = [line for text in _texts(sheet) for line in text]
    assert len(lines) > 20
    assert [line for line in lines if line != line.rstrip()] == []


def _texts(value: object) -> Iterator[list[str]]:
    """The lines of every text in the data of a PDF sheet."""
    if isinstance(value, dict):
        if isinstance(value.get("l"), list):
            yield value["l"]
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
