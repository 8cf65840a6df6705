"""Lists in the identity sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sopextract.model.draft import Method, Reading
from sopextract.model.source import Place
from sopextract.parse.identitas.items import split_items
from tests.factories import reading


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["1. Renja", "2. Komputer"], ["Renja", "Komputer"]),
        (["1. Renja 2. Komputer 3. ATK"], ["Renja", "Komputer", "ATK"]),
        (["1) Renja", "(2) Komputer"], ["Renja", "Komputer"]),
        (["a. Teliti", "b. Ramah"], ["Teliti", "Ramah"]),
        (["• Teliti", "- Ramah", "✓ Jujur"], ["Teliti", "Ramah", "Jujur"]),
        (
            ["1. Undang-Undang Nomor 25", "tentang Pelayanan"],
            ["Undang-Undang Nomor 25 tentang Pelayanan"],
        ),
        (["Komputer", "Printer"], ["Komputer", "Printer"]),
        (["Komputer dan", "Printer"], ["Komputer dan Printer"]),
        (["Komputer", "yang cepat"], ["Komputer yang cepat"]),
        (["Komputer, printer"], ["Komputer, printer"]),
        (["1 Renja", "2 Komputer"], ["Renja", "Komputer"]),
        (["Nilai 2.5 dan 3.1 dicatat"], ["Nilai 2.5 dan 3.1 dicatat"]),
        (["-"], []),
        ([], []),
    ],
)
def test_items(lines: list[str], wanted: list[str]) -> None:
    found, changes = split_items([reading(line) for line in lines], "/x")
    assert [item.value for item in found] == wanted
    assert changes == ()


def test_an_empty_number_is_logged() -> None:
    found, changes = split_items([reading("1. A"), reading("2."), reading("3. C")], "/x")
    assert [item.value for item in found] == ["A", "C"]
    assert [(c.path, c.before, c.rule) for c in changes] == [("/x", "2.", "list.empty-item")]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        # a number is left out, and one line begins anew
        (["1. Map", "Kamera", "3. Mobil"], [("Map", 0.98), ("Kamera", 0.98), ("Mobil", 0.98)]),
        # nothing follows that would say so
        (["1. SOP Uji", "SOP Arsip"], [("SOP Uji", 0.98), ("SOP Arsip", 0.85)]),
        (["- Laptop", "Kamera"], [("Laptop", 0.98), ("Kamera", 0.85)]),
        # no number is left out
        (["1. Laptop", "Kamera", "2. Kendaraan"], [("Laptop Kamera", 0.98), ("Kendaraan", 0.98)]),
        (["1. Undang-Undang", "tentang Arsip"], [("Undang-Undang tentang Arsip", 0.98)]),
        (["1. Laptop dan", "Kamera"], [("Laptop dan Kamera", 0.98)]),
    ],
)  # fmt: skip
def test_markers_that_a_scan_lost(lines: list[str], wanted: list[tuple[str, float]]) -> None:
    place = Place(1, score=0.98)
    read = [Reading(line, line, place, Method.LABEL, 1.0) for line in lines]
    items, _ = split_items(read, "/peralatan_perlengkapan")
    assert [(item.value, item.score) for item in items] == wanted
    printed, _ = split_items([replace(r, place=Place(1)) for r in read], "")
    assert [item.value for item in printed] == [
        i.value for i in split_items(list(map(reading, lines)), "")[0]
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1. Perahu\n2. Timbangan\n3: Mobil", ["Perahu", "Timbangan", "Mobil"]),
        ("1. Map\v2.. Lembar disposisi\v3, Pemindai", ["Map", "Lembar disposisi", "Pemindai"]),
        ("1. Map\n'2.: Tinta", ["Map", "Tinta"]),
        # none comes next
        ("1. Pasal\n3: Mobil dinas", ["Pasal 3: Mobil dinas"]),
        ("1. Rasio\v2:1", ["Rasio 2:1"]),
    ],
)
def test_numbers_whose_dot_a_scan_shows_as_another_mark(text: str, wanted: list[str]) -> None:
    read = Reading(text, text, Place(1, score=0.98), Method.LABEL, 1.0)
    items, _ = split_items([read], "/peralatan_perlengkapan")
    assert [item.value for item in items] == wanted
