"""Text of Word files: order, numbers as printed, revisions, fields, controls, text boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sopextract.ingest.docx.numbering import format_number
from sopextract.model.source import Emphasis, Grid, TextLine
from tests.ingest.docx.making import (
    Form,
    add_table,
    alone,
    element,
    grids,
    lines,
    new_document,
    put,
    read,
)


def test_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    document = new_document()
    document.add_heading("STANDAR OPERASIONAL PROSEDUR", 1)
    document.add_paragraph().add_run("Nomor SOP").bold = True
    add_table(document, [["No", "Kegiatan"]], [30, 200])
    document.add_paragraph("Penutup")
    page = read(document, tmp_path)
    kinds = [
        (b.text, b.emphasis, b.place.where) if isinstance(b, TextLine) else "grid"
        for b in page.blocks
    ]
    assert kinds == [
        ("STANDAR OPERASIONAL PROSEDUR", Emphasis.HEADING, "paragraph 1"),
        ("Nomor SOP", Emphasis.BOLD, "paragraph 2"),
        "grid",
        ("Penutup", Emphasis.PLAIN, "paragraph 3"),
    ]
    assert page.size_pt == (800.0, 600.0)
    assert page.number is None


def test_breaks_tabs_hyphens_and_signs_of_symbol_fonts(tmp_path: Path) -> None:
    document = new_document()
    paragraph = document.add_paragraph("Nomor")
    put(
        paragraph,
        "<w:tab/><w:t>: 12</w:t><w:noBreakHyphen/><w:t>A</w:t>",
        "<w:br/><w:t>baris dua</w:t>",
        '<w:sym w:font="Wingdings" w:char="F0FC"/>',
        '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>o</w:t>',
        "<w:rPr><w:caps/></w:rPr><w:t>besar</w:t>",
        "<w:rPr><w:vanish/></w:rPr><w:t>rahasia</w:t>",
    )
    assert lines(read(document, tmp_path)) == ["Nomor    : 12-A", "baris dua✓□BESAR"]


def test_insertions_stay_and_deletions_go(tmp_path: Path) -> None:
    document = new_document()
    paragraph = document.add_paragraph("Kepala ")
    for xml in (
        '<w:del w:id="1" w:author="a"><w:r><w:delText>Bagian</w:delText></w:r></w:del>',
        '<w:ins w:id="2" w:author="a"><w:r><w:t>Dinas</w:t></w:r></w:ins>',
        '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>lama</w:t></w:r></w:moveFrom>',
        '<w:hyperlink w:anchor="x"><w:r><w:t> Sosial</w:t></w:r></w:hyperlink>',
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t> Kota</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Ketuk di sini</w:t>"
        "</w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(element(xml))
    assert lines(read(document, tmp_path)) == ["Kepala Dinas Sosial Kota"]


def test_of_fields_the_result_is_read_and_footnotes_are_not(tmp_path: Path) -> None:
    document = new_document()
    paragraph = document.add_paragraph("Halaman ")
    put(
        paragraph,
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText>PAGE</w:instrText><w:t>bukan ini</w:t>",
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>3</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:footnoteReference w:id="2"/>',
    )
    paragraph._p.append(
        element('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t> dari 9</w:t></w:r></w:fldSimple>')
    )
    assert lines(read(document, tmp_path)) == ["Halaman 3 dari 9"]


_ABSTRACT = """
<w:abstractNum w:abstractNumId="90">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
    <w:lvlText w:val="%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%3"/>
    <w:suff w:val="nothing"/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/>
    <w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>
"""


def _with_lists(document: object) -> None:
    numbering = document.part.numbering_part.element  # type: ignore[attr-defined]
    numbering.insert(0, element(_ABSTRACT.strip()))
    numbering.append(element('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    numbering.append(
        element(
            '<w:num w:numId="91"><w:abstractNumId w:val="90"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        )
    )


def _number(paragraph: object, num: int, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]
    properties.append(
        element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
    )


def test_computed_numbers_are_printed(tmp_path: Path) -> None:
    document = new_document()
    _with_lists(document)
    items = [
        ("Undang-Undang", 90, 0), ("huruf", 90, 1), ("huruf", 90, 1), ("romawi", 90, 2),
        ("Peraturan", 90, 0), ("huruf", 90, 1), ("titik", 90, 3), ("mulai lima", 91, 0),
        ("lalu enam", 91, 0), ("tanpa nomor", 0, 0),
    ]  # fmt: skip
    for text, num, level in items:
        _number(document.add_paragraph(text), num, level)
    assert lines(read(document, tmp_path)) == [
        "1. Undang-Undang",
        "a) huruf",
        "b) huruf",
        "1.IIIromawi",
        "2. Peraturan",
        "a) huruf",
        "- titik",
        "5. mulai lima",
        "6. lalu enam",
        "tanpa nomor",
    ]


def test_a_column_that_numbers_itself(tmp_path: Path) -> None:
    document = new_document()
    _with_lists(document)
    table = add_table(document, [["No", "Kegiatan"], ["", "Menerima"], ["", "Mencatat"]], [30, 99])
    for row in (1, 2):
        _number(table.cell(row, 0).paragraphs[0], 90)
    assert grids(read(document, tmp_path)) == [
        [["No", "Kegiatan"], ["1.", "Menerima"], ["2.", "Mencatat"]]
    ]


def test_numbers_that_come_with_a_style(tmp_path: Path) -> None:
    document = new_document()
    document.add_paragraph("satu", style="List Number")
    document.add_paragraph("dua", style="List Number")
    document.add_paragraph("butir", style="List Bullet")
    assert lines(read(document, tmp_path)) == ["1. satu", "2. dua", "- butir"]


@pytest.mark.parametrize(
    ("count", "kind", "printed"),
    [
        (4, "decimalZero", "04"), (27, "upperLetter", "AA"), (1994, "lowerRoman", "mcmxciv"),
        (5, "none", ""), (0, "lowerLetter", "0"), (7, "cardinalText", "7"),
    ],
)  # fmt: skip
def test_formats_of_numbers(count: int, kind: str, printed: str) -> None:
    assert format_number(count, kind) == printed


def test_text_boxes_hold_lines_and_tables(tmp_path: Path) -> None:
    document = new_document()
    put(
        document.add_paragraph("Sebelum"),
        alone(Form("rect", 0, 0, 200, 60, "PEMERINTAH KOTA UJI\nDINAS CONTOH", textbox=True)),
    )
    document.add_paragraph("Sesudah")
    page = read(document, tmp_path)
    assert lines(page) == ["Sebelum", "PEMERINTAH KOTA UJI", "DINAS CONTOH", "Sesudah"]
    assert page.symbols == ()


def test_of_alternative_contents_one_is_read(tmp_path: Path) -> None:
    document = new_document()
    vml = (
        '<w:pict><v:shape style="position:absolute;width:200pt;height:60pt" type="#_x0000_t202">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>KOP LAMA</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict>"
    )
    new = alone(Form("rect", 0, 0, 200, 60, "KOP BARU DINAS CONTOH KOTA UJI", textbox=True))
    put(
        document.add_paragraph(),
        f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent>",
    )
    put(document.add_paragraph(), vml.replace("KOP LAMA", "KOP VML SAJA"))
    assert lines(read(document, tmp_path)) == ["KOP BARU DINAS CONTOH KOTA UJI", "KOP VML SAJA"]


def test_headers_are_read_where_they_tell_who(tmp_path: Path) -> None:
    document = new_document()
    header = document.sections[0].header
    header.paragraphs[0].text = "PEMERINTAH KABUPATEN UJI"
    table = header.add_table(1, 2, 300)
    table.cell(0, 0).text, table.cell(0, 1).text = "Nomor SOP", "065/12/2024"
    document.sections[0].footer.paragraphs[0].text = "Halaman 1"
    document.add_paragraph("Isi")
    page = read(document, tmp_path)
    assert lines(page) == ["PEMERINTAH KABUPATEN UJI", "Isi"]
    assert grids(page) == [[["Nomor SOP", "065/12/2024"]]]
    (grid,) = (b for b in page.blocks if isinstance(b, Grid))
    assert grid.rows[0][1].place.where == "header, table 1, row 1, cell 2"
