"""A document as one list of rows."""

from __future__ import annotations

from tests.parse.documents import rows


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
