"""NIPs; every number here is invented."""

from __future__ import annotations

from datetime import date

import pytest

from sopextract.parse.nip import check_nip, find_nip, mask_nip, parse_nip

GOOD = "197001011995031001"


@pytest.mark.parametrize(
    "text",
    [
        "NIP. 19700101 199503 1 001",
        "NIP 19700101 199503 1 001",
        "197001011995031001",
        "19700101.199503.1.001",
        "NIP. . 19700101 199503 1 001",
        "NIP.19700101 199503 1 001",
        "NIP : 19700101 199503 1 001",
        "Nama Orang, S.E. NIP 19700101 199503 1 001 ttd",
    ],
)
def test_printed_shapes_are_read(text: str) -> None:
    assert parse_nip(text) == (GOOD, ()) or parse_nip(text.replace("Nama Orang", "")) == (GOOD, ())


def test_misread_digits_are_repaired_and_said() -> None:
    assert parse_nip("NIP. 197OO1O1 199503 1 OOl") == (GOOD, ("repaired",))


def test_a_repair_that_fails_the_checks_is_no_reading() -> None:
    assert parse_nip("NIP. 197O9901 199503 1 001") == (None, ("unreadable",))


def test_printed_digits_stay_even_when_they_are_wrong() -> None:
    assert parse_nip("NIP. 19701301 199503 1 001") == ("197013011995031001", ("birth_date",))


def test_other_lengths() -> None:
    assert parse_nip("NIP. 131 234 567") == (None, ("old",))
    assert parse_nip("NIP. 19700101 199503 1 01") == (None, ("length",))
    assert parse_nip("NIP.") == (None, ())
    assert parse_nip("") == (None, ())


@pytest.mark.parametrize(
    ("nip", "problems"),
    [
        (GOOD, ()),
        ("197001011995211001", ()),  # PPPK
        ("197001011995131001", ("appointment",)),
        ("197001011980031001", ("appointment",)),
        ("193001011955031001", ("birth_date",)),
        ("197001011995033001", ("sex",)),
        ("197001011995031000", ("serial",)),
        ("123456789", ("old",)),
        ("1234", ("length",)),
    ],
)
def test_checks(nip: str, problems: tuple[str, ...]) -> None:
    assert check_nip(nip) == problems


def test_today_bounds_the_dates() -> None:
    assert check_nip("200001012019031001", date(2015, 1, 1)) == ("appointment",)


def test_found_in_running_text_with_its_span() -> None:
    text = "KEPALA DINAS RATNA KUSUMADEWI, M.Si NIP 19700101 199503 1 001"
    found = find_nip(text)
    assert found is not None
    assert found.nip == GOOD
    assert text[found.start : found.end] == "NIP 19700101 199503 1 001"
    assert find_nip("Nomor 000.8.3.3/005/2024") is None
    assert find_nip("Nipah 12") is None


def test_masked() -> None:
    assert mask_nip(GOOD) == "1970" + "*" * 14


def test_raised_digits_are_no_digits() -> None:
    assert check_nip("1970010119950²1001") == ("length",)
    assert check_nip("19700101199²031001") == ("length",)
