"""A document as one list of rows."""

from __future__ import annotations

from dataclasses import replace

from sopextract.model.source import Cell, Outline, Place, Symbol
from sopextract.parse.rows import plain
from tests.parse.documents import rows

AT = Place(1, (0.0, 0.0, 100.0, 40.0))


def test_lines_and_grids_in_reading_order() -> None:
    found = rows("Judul\n\nNo\tKegiatan\n1\t\nAkhir\n<table><tr><td>A</table>")
    assert [(row.text, row.grid) for row in found] == [
        ("Judul", None),
        ("", None),
        ("No Kegiatan", 0),
        ("1", 0),
        ("Akhir", None),
        ("", None),
        ("A", 1),
    ]
    assert found[3].filled == ("1",)
    assert found[2].place.line == 3


def test_a_cell_without_its_symbols_keeps_how_its_lines_end() -> None:
    logo = Symbol(1, Outline.OFF_PAGE, AT)
    text = "⌂ PEMERINTAH KOTA SALATIGA\nDINAS LINGKUNGAN HIDUP\vSEKRETARIAT\n □ \nSUB BAGIAN UMUM"
    bare = plain(Cell(text, AT, (logo, replace(logo, id=2, outline=Outline.BOX))))
    assert bare.text == (
        "PEMERINTAH KOTA SALATIGA\nDINAS LINGKUNGAN HIDUP\vSEKRETARIAT\nSUB BAGIAN UMUM"
    )
    assert bare.symbols == ()
    assert plain(Cell("□\nMulai", AT, (replace(logo, outline=Outline.BOX),))).text == "Mulai"
