"""Values of a scan into which the next cell ran: doubted where a label shows it."""

from __future__ import annotations

import pytest

from sopextract.model.draft import Method, Reading
from sopextract.model.source import Place
from sopextract.parse.identitas.merged import doubt_merged


def score(text: str, clear: float = 0.99) -> float:
    """How sure a value is that was read this clearly."""
    return doubt_merged(Reading(text, text, Place(1, score=clear), Method.LABEL, clear)).score


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("Manometer PENCATATAN & PENDATAAN Kartu hidran", True),
        ("PERINGATAN : Hidran tanpa tekanan", True),
        ("12/DISPUSIP/2024 Tanggal Pembuatan", True),
        ("Buku peringatan dini", False),
        ("Standar Operasional Prosedur Peminjaman Buku", False),
        ("SOP Peringatan Dini", False),
        ("Tanggal Pembuatan", False),  # the whole of it: nothing ran into anything
    ],
)
def test_a_label_inside_a_value_is_a_doubt(text: str, *, doubted: bool) -> None:
    assert (score(text) < 0.9) is doubted


def test_what_was_not_read_from_pixels_is_believed() -> None:
    assert score("Manometer PENCATATAN & PENDATAAN Kartu hidran", 1.0) == 1.0
