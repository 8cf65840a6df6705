"""Values as the sheet shows them."""

from __future__ import annotations

import pytest

from sopextract.ingest.xlsx.formats import show_number, show_text


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (3.0, "General", "3"),
        (3.5, "General", "3,5"),
        (1 / 3, "General", "0,3333333333"),
        (1234567.891, "#,##0.00", "1.234.567,89"),
        (0.256, "0.0%", "25,6%"),
        (5, "00", "05"),
        (30, '0" menit"', "30 menit"),
        (30, 'General "Menit"', "30 Menit"),
        (-5, "0;(0)", "(5)"),
        (-5, "0", "-5"),
        (0, "0;-0;;@", ""),
        (0, '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', "-"),
        (15, "\\R\\p#,##0", "Rp15"),
        (15000, "[$Rp-421]#,##0", "Rp15.000"),
        (197803122005011000.0, "0", "197803122005011000"),
        (197803122005011000.0, "General", "1,97803E+17"),
    ],
)
def test_amounts(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (45293, "dd/mm/yyyy", "2 Januari 2024"),
        (45293, "m/d/yy", "2 Januari 2024"),
        (45293, "[$-421]dd mmmm yyyy;@", "2 Januari 2024"),
        (45293, "dddd, dd mmmm yyyy", "2 Januari 2024"),
        (45293, "mmmm yyyy", "Januari 2024"),
        (45293, "mmm-yy", "Januari 2024"),
        (45293, "yyyy", "2024"),
        (45293, "d mmm", "2 Januari"),
        (45293.5, "dd/mm/yyyy h:mm", "2 Januari 2024 12:00"),
        (0.0208333333, "h:mm", "0:30"),
        (0.5, "hh:mm", "12:00"),
        (0.354166667, 'hh:mm" WIB"', "08:30 WIB"),
        (1.25, "[h]:mm", "30:00"),
        (0.0104167, '[m]" menit"', "15 menit"),
        (0.00052083, "mm:ss", "00:45"),
        (59, "d mmmm yyyy", "28 Februari 1900"),
        (61, "d mmmm yyyy", "1 Maret 1900"),
    ],
)
def test_dates_and_times(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


@pytest.mark.parametrize("value", [0, -1, 3e6, 1e200])
def test_what_is_no_date_is_none(value: float) -> None:
    assert show_number(value, "dd/mm/yyyy") is None


def test_the_other_date_system() -> None:
    assert show_number(43831, "d mmm yyyy", date_1904=True) == "2 Januari 2024"


@pytest.mark.parametrize(
    ("code", "shown"),
    [("General", "x"), ("@", "x"), ("0;0;0;", ""), ('0;0;0;"No. "@', "No. x"), ("0.00", "x")],
)
def test_texts(code: str, shown: str) -> None:
    assert show_text("x", code) == shown
