"""Dates as printed, and what must not become one."""

from __future__ import annotations

import pytest

from sopextract.parse.tanggal import is_blank, parse_tanggal, repair_tanggal

READ = {
    "8 MEI 2024": "2024-05-08",
    ": 2 Juni 2025": "2025-06-02",
    "02 Oktober 2018": "2018-10-02",
    "Desember 2020": "2020-12",
    "JUNI 2020": "2020-06",
    "……Oktober 2017": "2017-10",
    "......Oktober 2017": "2017-10",
    ":         Maret 2021": "2021-03",
    "___ Maret 2021": "2021-03",
    "07/06/17": "2017-06-07",
    "7-6-2017": "2017-06-07",
    "9. Juni 2025": "2025-06-09",
    "2 Januari2025": "2025-01-02",
    "2Januari 2025": "2025-01-02",
    "12 Pebruari 2019": "2019-02-12",
    "3 Nop. 2019": "2019-11-03",
    "2-Nop-2019": "2019-11-02",
    "1 Ags 2020": "2020-08-01",
    "2025-06-02 09:13:22 WIB": "2025-06-02",
    "2024-05": "2024-05",
    "2024": "2024",
    "Tahun 2024": "2024",
    "06/2021": "2021-06",
    "Senin, 2 Juni 2025": "2025-06-02",
    "Banyumas, 2 Juni 2025": "2025-06-02",
    "29 Februari 2024": "2024-02-29",
    "08 Mei 24": "2024-05-08",
    "5 Febuari 2020": "2020-02-05",
    "Tanggal 2 Juni 2025.": "2025-06-02",
}


@pytest.mark.parametrize(("text", "iso"), READ.items())
def test_printed_forms_are_read_at_their_precision(text: str, iso: str) -> None:
    assert parse_tanggal(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "–",
        "........",
        "31 Februari 2024",
        "29 Februari 2023",
        "13/13/2020",
        "06/15/2020",
        r"XG Apr \ 2et8",
        "XG Apr 2018",
        "45 Mei 2020",
        "2 Juni 2025 - 3 Juli 2025",
        "Revisi ke 2",
        "2 Juni 1825",
        "2 Juni",
        "43/DINAS/2021",
        "Meiwati 2020",
        "2 Juni 2O25",
        "8 Mei 20",
        "8 Mei 20__",
        "8 Mei 24 1",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_tanggal(text) is None


def test_misread_digits_are_repaired_only_on_request() -> None:
    assert repair_tanggal("2 Juni 2O25") == "2025-06-02"
    assert repair_tanggal("l2 Juni 2025") == "2025-06-12"
    assert repair_tanggal("2 Juni 2025") is None
    assert repair_tanggal("Oli Juni") is None


def test_blank_is_what_says_nothing() -> None:
    assert all(is_blank(t) for t in ("", " ", "-", "–", "....", "…", ": -", "__/__/____"))
    assert not any(is_blank(t) for t in ("0", "a", "- a"))
