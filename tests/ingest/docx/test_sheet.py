"""A whole SOP sheet as offices write them, through the reader and through the pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.shared import Pt

from sopextract.model.source import Grid, Outline, Page, SourceFile
from sopextract.pipeline import read_sops
from sopextract.settings import Settings
from tests.ingest.docx.making import (
    Form,
    Line,
    Piece,
    alone,
    arrows,
    element,
    group,
    new_document,
    put,
    read,
)

_WIDTHS = [28, 160, 70, 70, 70, 90, 60, 80, 60]
_SIGNED = "Kepala Dinas Contoh\n\nBudi Rekaan, S.Sos., M.Si.\nNIP. 197001011995031001"
_STEPS = [
    ("Menerima surat masuk dan memeriksa alamat serta lampirannya", "Surat", "5 menit", "Surat"),
    ("Mencatat surat dalam buku agenda", "Buku agenda", "10 menit", "Nomor agenda"),
    ("Memeriksa surat; bila belum lengkap dikembalikan", "Lembar disposisi", "15 menit", "Telaah"),
    ("Memberi disposisi", "Lembar disposisi", "1 hari", "Disposisi"),
    ("Mengarsipkan surat", "Ordner", "5 menit", "Arsip"),
]


def _identity(document: Any) -> None:
    table = document.add_table(6, 3)
    table.autofit = False
    rows = [
        ("Nomor SOP", "065/014/SETDA/2024"), ("Tanggal Pembuatan", "4 Maret 2024"),
        ("Tanggal Revisi", "-"), ("Tanggal Efektif", "1 April 2024"),
        ("Disahkan oleh", _SIGNED),
        ("Nama SOP", "Penanganan Surat Masuk"),
    ]  # fmt: skip
    for row, (label, text) in zip(table.rows, rows, strict=True):
        for cell, width in zip(row.cells, (280, 130, 270), strict=True):
            cell.width = Pt(width)
        row.cells[1].text, row.cells[2].text = label, text
    agency = table.cell(0, 0).merge(table.cell(5, 0))
    agency.text = "PEMERINTAH KOTA UJI\nDINAS CONTOH\nSEKRETARIAT"
    sections = document.add_table(4, 2)
    for row, texts in zip(
        sections.rows,
        [
            ("Dasar Hukum", "Kualifikasi Pelaksana"),
            ("", ""),
            ("Keterkaitan", "Peralatan/Perlengkapan"),
            ("SOP Surat Keluar", "Komputer"),
        ],
        strict=True,
    ):
        row.cells[0].text, row.cells[1].text = texts
    for text, column in (
        ("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik", 0),
        ("Peraturan Menteri PANRB Nomor 35 Tahun 2012", 0),
        ("Memahami tata naskah dinas", 1),
    ):
        cell = sections.cell(1, column)
        paragraph = cell.paragraphs[0] if not cell.text else cell.add_paragraph()
        paragraph.text, paragraph.style = text, document.styles["List Number"]
        if column == 1:
            paragraph.style = document.styles["List Bullet"]


def _steps(document: Any) -> Any:
    table = document.add_table(2 + len(_STEPS), len(_WIDTHS))
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Pt(width)
    for column, text in ((0, "No"), (1, "Kegiatan"), (8, "Keterangan")):
        table.cell(0, column).merge(table.cell(1, column)).text = text
    table.cell(0, 2).merge(table.cell(0, 4)).text = "Pelaksana"
    table.cell(0, 5).merge(table.cell(0, 7)).text = "Mutu Baku"
    labels = ("Pengadministrasi", "Sekretaris", "Kepala Dinas", "Kelengkapan", "Waktu", "Output")
    for column, text in enumerate(labels, 2):
        table.cell(1, column).text = text
    document.part.numbering_part.element.insert(
        0,
        element(
            '<w:abstractNum w:abstractNumId="70"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        ),
    )
    document.part.numbering_part.element.append(
        element('<w:num w:numId="70"><w:abstractNumId w:val="70"/></w:num>')
    )
    for r, (kegiatan, kelengkapan, waktu, output) in enumerate(_STEPS, 2):
        cells = table.rows[r].cells
        properties = cells[0].paragraphs[0]._p.get_or_add_pPr()
        properties.append(element('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="70"/></w:numPr>'))
        cells[1].text, cells[5].text, cells[6].text, cells[7].text = (
            kegiatan, kelengkapan, waktu, output,
        )  # fmt: skip
        table.rows[r].height = Pt(48)
    return table


def _draw(table: Any) -> None:
    """The flow: steps 1 and 2 by Pengadministrasi, 3 and back by Sekretaris, 4 Kepala, 5 again."""
    symbols = [
        ("flowChartTerminator", 2, "Mulai"), ("flowChartProcess", 2, ""),
        ("flowChartDecision", 3, ""), ("rect", 4, ""), ("roundRect", 2, "Selesai"),
    ]  # fmt: skip
    for row, (geometry, column, text) in enumerate(symbols, 2):
        form = Form(geometry, 10, 14, 40, 20, text)
        put(table.cell(row, column).paragraphs[0], alone(form))
    first = table.cell(2, 2).paragraphs[0]
    put(first, alone(Line(30, 34, 30, 62)))  # 1 → 2, into the next row
    put(table.cell(3, 2).paragraphs[0], alone(Line(50, 24, 100, 62, "bentConnector2")))
    exits: list[Piece] = [
        Line(50, 24, 100, 62, "bentConnector2"), Form("rect", 54, 8, 20, 14, "Ya", lined=False),
        Line(10, 24, -40, -14, "bentConnector2"),
        Form("rect", -30, 26, 30, 14, "Tidak", lined=False),
    ]  # fmt: skip
    moved = [_moved(piece, 50, 20) for piece in exits]
    put(table.cell(4, 3).paragraphs[0], group(moved, (-50, -20, 160, 90), (0, 0, 160, 90)))
    put(table.cell(5, 4).paragraphs[0], alone(Line(30, 34, -90, 72, "bentConnector2", adj=0)))


def _moved(piece: Form | Line, dx: float, dy: float) -> Form | Line:
    if isinstance(piece, Form):
        return Form(piece.geometry, piece.x + dx, piece.y + dy, piece.w, piece.h, piece.text, False)
    return Line(piece.x1 + dx, piece.y1 + dy, piece.x2 + dx, piece.y2 + dy, piece.geometry)


def _sheet(tmp_path: Path) -> Page:
    document = new_document(760)
    _identity(document)
    document.add_paragraph()
    _draw(_steps(document))
    return read(document, tmp_path)


def test_the_grids_of_a_sheet(tmp_path: Path) -> None:
    page = _sheet(tmp_path)
    identity, sections, steps = (b for b in page.blocks if isinstance(b, Grid))
    assert [c.text for c in identity.rows[0]] == [
        "PEMERINTAH KOTA UJI\nDINAS CONTOH\nSEKRETARIAT", "Nomor SOP", "065/014/SETDA/2024",
    ]  # fmt: skip
    assert [c.text for c in sections.rows[1]] == [
        "1. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik\n"
        "2. Peraturan Menteri PANRB Nomor 35 Tahun 2012",
        "- Memahami tata naskah dinas",
    ]
    assert [[c.text for c in row][:5] for row in steps.rows] == [
        ["No", "Kegiatan", "Pelaksana", "", ""],
        ["", "", "Pengadministrasi", "Sekretaris", "Kepala Dinas"],
        ["1.", _STEPS[0][0], "⬭", "", ""],
        ["2.", _STEPS[1][0], "□", "", ""],
        ["3.", _STEPS[2][0], "", "◇", ""],
        ["4.", _STEPS[3][0], "", "", "□"],
        ["5.", _STEPS[4][0], "⬭", "", ""],
    ]


def test_the_flow_of_a_sheet(tmp_path: Path) -> None:
    page = _sheet(tmp_path)
    assert [(s.outline, s.text) for s in page.symbols] == [
        (Outline.CAPSULE, "Mulai"), (Outline.BOX, ""), (Outline.DIAMOND, ""), (Outline.BOX, ""),
        (Outline.CAPSULE, "Selesai"),
    ]  # fmt: skip
    assert arrows(page) == {(1, 2, ""), (2, 3, ""), (3, 4, "Ya"), (3, 2, "Tidak"), (4, 5, "")}
    assert page.residue == ()


def test_a_sheet_goes_through_the_pipeline(tmp_path: Path) -> None:
    _sheet(tmp_path)
    path = tmp_path / "sop.docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    source = SourceFile("sop.docx", "0" * 64, media_type, path, path.stat().st_size)
    (record,) = read_sops(source, Settings())
    assert record.nomor_sop == "065/014/SETDA/2024"
    assert record.nama_sop == "Penanganan Surat Masuk"
    assert record.tanggal_efektif == "2024-04-01"
    assert [d.id for d in record.dasar_hukum] == ["uu/2009/25", "permen-panrb/2012/35"]
    assert [p.nama for p in record.pelaksana] == ["Pengadministrasi", "Sekretaris", "Kepala Dinas"]
    assert [(s.no, s.pelaksana, s.simbol) for s in record.langkah] == [
        (1, ("Pengadministrasi",), "terminator"),
        (2, ("Pengadministrasi",), "proses"),
        (3, ("Sekretaris",), "keputusan"),
        (4, ("Kepala Dinas",), "proses"),
        (5, ("Pengadministrasi",), "terminator"),
    ]
