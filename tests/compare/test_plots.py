"""The plots: SVG with the same bytes, whatever names agencies have."""

from __future__ import annotations

from xml.etree import ElementTree

from sopextract.compare import compare
from sopextract.compare.plots import TIME_EDGES_H, _classes, draw_plots
from sopextract.compare.words import load_words
from sopextract.settings import CompareSettings
from tests.compare.sheets import COPIED_STEPS, five, sheet

WORDS = load_words("id")


def test_three_plots_with_words_for_those_who_do_not_see_them() -> None:
    drawn = draw_plots(compare(five(), CompareSettings()), WORDS)
    assert sorted(drawn) == ["completeness", "handovers", "times"]
    assert drawn["times"].alt.startswith(
        "Sebaran jumlah waktu kerja: 4 SOP dengan waktu pasti, 1 dengan batas bawah."
    )
    assert "terbanyak Dinas Perikanan, Prov. Jawa Tengah dengan" in drawn["completeness"].alt
    for plot in drawn.values():
        assert ElementTree.fromstring(plot.svg).tag.endswith("svg")  # noqa: S314  # our own


def test_same_bytes_without_date_or_version() -> None:
    comparison = compare(five(), CompareSettings())
    once, again = draw_plots(comparison, WORDS), draw_plots(comparison, WORDS)
    assert once == again
    for plot in once.values():
        assert b"dc:date" not in plot.svg
        assert b"Matplotlib v" not in plot.svg


def test_names_are_letters_not_formulas_or_fonts() -> None:
    """Neither mathtext nor a letter without glyph stops the drawing: warnings are errors here."""
    records = [
        sheet(f"{i}.pdf", name, "Pemerintah Kota Tegal", "Monev", COPIED_STEPS)
        for i, name in enumerate(("Dinas $\\frac{1}$ $x", "دائرة 部門", "A" * 300, "<b>&"))
    ]
    assert len(draw_plots(compare(records, CompareSettings()), WORDS)) == 3


def test_nothing_to_draw() -> None:
    assert draw_plots(compare([], CompareSettings()), WORDS) == {}


def test_classes_of_time_hold_their_upper_end() -> None:
    assert len(TIME_EDGES_H) == 9
    counts = _classes([0.0, 1.0, 1.01, 7.5, 450.0, 451.0])
    assert counts == [2, 1, 1, 0, 0, 0, 0, 1, 1]
