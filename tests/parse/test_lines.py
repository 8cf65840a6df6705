"""Lines of a cell made one text."""

from __future__ import annotations

import pytest

from sopextract.parse.lines import join_lines


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["Mencatat su-", "rat"], "Mencatat surat"),
        (["A", "", "B"], "A B"),
        (["di masing-", "masing bidang"], "di masing-masing bidang"),
        (["Mencetak data-", "datanya"], "Mencetak data-datanya"),
        (["Membuka e-", "office"], "Membuka e-office"),
        (["buku-", "Buku"], "buku- Buku"),
        (["Kode 12-", "a"], "Kode 12- a"),
        (["Kuesioner SPH-", "SBS terisi"], "Kuesioner SPH-SBS terisi"),
        (["Surat -", "SBS"], "Surat - SBS"),
        (["Berkas SPJ-", "Surat"], "Berkas SPJ- Surat"),
        ([], ""),
    ],
)
def test_join_lines(lines: list[str], wanted: str) -> None:
    assert join_lines(lines) == wanted
