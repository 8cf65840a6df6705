"""Lists in the identity sheet."""

from __future__ import annotations

import pytest

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
