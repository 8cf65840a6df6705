"""What of a line is text, and how it is set off."""

from __future__ import annotations

import pytest

from sopextract.ingest.markup import clean_cell, clean_line, is_rule_line
from sopextract.model.source import Emphasis


@pytest.mark.parametrize(
    ("line", "text", "emphasis"),
    [
        ("## DASAR HUKUM", "DASAR HUKUM", Emphasis.HEADING),
        ("**Dasar Hukum**", "Dasar Hukum", Emphasis.BOLD),
        ("__Dasar Hukum__", "Dasar Hukum", Emphasis.BOLD),
        ("<b>Dasar Hukum</b>", "Dasar Hukum", Emphasis.BOLD),
        ("**Dasar Hukum", "Dasar Hukum", Emphasis.BOLD),
        ("Isi **tebal** di tengah", "Isi tebal di tengah", Emphasis.PLAIN),
        ("   Komputer     Printer", "   Komputer     Printer", Emphasis.PLAIN),
        ("Waktu <1 jam dan A<B", "Waktu <1 jam dan A<B", Emphasis.PLAIN),
        ("nama_sop_baru", "nama_sop_baru", Emphasis.PLAIN),
        ("#1 urutan pertama", "#1 urutan pertama", Emphasis.PLAIN),
        ("Buku &amp; kartu", "Buku & kartu", Emphasis.PLAIN),
    ],
)
def test_a_line_without_its_markup(line: str, text: str, emphasis: Emphasis) -> None:
    assert clean_line(line) == (text, emphasis)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Buku<br>Kartu", "Buku\nKartu"),
        ('<ol style="x"><li>Buku<li>Kartu', "\nBuku\nKartu"),
        ("**Selesai**", "Selesai"),
        ("<u>Ya</u>", "Ya"),
        ("< 30 menit", "< 30 menit"),
        ("a\u202eb\x07c", "abc"),
    ],
)
def test_a_cell_without_its_markup(cell: str, text: str) -> None:
    assert clean_cell(cell).strip("\n") == text.strip("\n")


@pytest.mark.parametrize("line", ["---", " ***** ", "____", "==="])
def test_a_drawn_rule(line: str) -> None:
    assert is_rule_line(line)


@pytest.mark.parametrize("line", ["--", "- - -", "-", "--- a", "* butir"])
def test_what_is_no_rule(line: str) -> None:
    assert not is_rule_line(line)
