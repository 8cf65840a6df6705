"""What pages repeat: left out, and the table that it stood in whole again."""

from __future__ import annotations

from dataclasses import replace

from sopextract.model.source import Cell, Grid, Page, Place, SourceDocument, TextLine
from sopextract.parse.furniture import content_blocks, find_certificate, is_furniture
from tests.factories import source_file


def grid(*rows: str) -> Grid:
    place = Place(line=1)
    return Grid(tuple(tuple(Cell(text, place) for text in row.split("|")) for row in rows))


def line(text: str) -> TextLine:
    return TextLine(text, Place(line=1))


def test_page_numbers_are_furniture_and_step_numbers_are_not() -> None:
    assert is_furniture("- 2 -")
    assert is_furniture("Halaman 2 dari 9")
    assert not is_furniture("2")
    assert not is_furniture("Halaman sampul dibuat oleh sekretaris")


def test_a_table_broken_by_a_page_number_is_whole_again() -> None:
    page = Page(None, (grid("1|a|b", "2|c|d"), line("Halaman 1 dari 2"), grid("3|e|f")))
    assert content_blocks(page) == (grid("1|a|b", "2|c|d", "3|e|f"),)


def test_other_lines_and_other_widths_keep_grids_apart() -> None:
    apart = (grid("1|a|b"), line("SOP lain"), grid("1|c|d"))
    assert content_blocks(Page(None, apart)) == apart
    wider = (grid("1|a|b"), line("- 2 -"), grid("1|c|d|e"))
    assert content_blocks(Page(None, wider)) == (wider[0], wider[2])


BADLY_READ = (
    "Dmen idadaanganalrndenn eifktltronk yan ditbian BalaBea SeikasEronk(BSE)BSSN",
    "• Pindar kode OR di samping int untuk melhat berkas asinya Halaman 2 dari 3",
)


def test_the_footer_of_a_scan_is_known_however_badly_it_was_read() -> None:
    for text in BADLY_READ:
        page = Page(1, (TextLine(text, Place(1), score=0.4),))
        assert content_blocks(page) == ()
        assert not is_furniture(text)
    for text in (
        "Ditandatangani secara elektronik oleh",
        "Menguji hasil perbaikan jaringan kantor",
    ):
        page = Page(1, (TextLine(text, Place(1), score=0.4),))
        assert content_blocks(page) == page.blocks


def test_a_certificate_that_was_read_badly_is_one_and_told_of() -> None:
    text = "Dokumen in ditandatangani secara elcktronik dengan sertifkat elektronik yang diterb"
    line = TextLine(text, Place(1), score=0.4)
    page = Page(1, (line,))
    found = find_certificate(SourceDocument(source_file(), (page,)))
    assert found is not None
    assert (found.value, found.score) == (True, 0.89)
    sure = replace(line, score=1.0)
    assert find_certificate(SourceDocument(source_file(), (Page(1, (sure,)),))) is None
