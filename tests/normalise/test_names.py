"""Casing, prefixes and marks."""

from __future__ import annotations

import pytest

from sopextract.normalise.names import fix_status, strip_title, title_case


@pytest.mark.parametrize(
    ("printed", "cased"),
    [
        ("PEMERINTAH KABUPATEN BANYUMAS", "Pemerintah Kabupaten Banyumas"),
        (
            "DINAS PERINDUSTRIAN, PERDAGANGAN, ENERGI, DAN SUMBER DAYA MINERAL",
            "Dinas Perindustrian, Perdagangan, Energi, dan Sumber Daya Mineral",
        ),
        ("SEKRETARIAT DPRD", "Sekretariat DPRD"),
        ("RSUD KOTA BIMA", "RSUD Kota Bima"),
        ("UPT PUSKESMAS II", "UPT Puskesmas II"),
        ("DINAS UKM", "Dinas UKM"),
        ("PEMERINTAH DAERAH DI YOGYAKARTA", "Pemerintah Daerah DI Yogyakarta"),
        ("SUB BAGIAN RENJA DAN MONEV", "Sub Bagian Renja dan Monev"),
        ("Dinas KOMINFO", "Dinas KOMINFO"),
    ],
)
def test_names_in_capitals_take_the_usual_form(printed: str, cased: str) -> None:
    text, changes = title_case(printed)
    assert text == cased
    assert [c.rule for c in changes] == (["case.title"] if printed != cased else [])
    assert title_case(text) == (text, ())


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("SOP Pengelolaan Surat", "Pengelolaan Surat"),
        ("SOP : Pengelolaan Surat", "Pengelolaan Surat"),
        ("S.O.P. Pengelolaan Surat", "Pengelolaan Surat"),
        ("STANDAR OPERASIONAL PROSEDUR (SOP) PENGELOLAAN SURAT", "PENGELOLAAN SURAT"),
        ("Standar Operasional Prosedur Pengelolaan Surat", "Pengelolaan Surat"),
        ("Standard Operating Procedure - Pengelolaan Surat", "Pengelolaan Surat"),
        ("SOP AP Pengelolaan Surat", "Pengelolaan Surat"),
        ("Pengelolaan SOP", "Pengelolaan SOP"),
        ("Sopir Dinas", "Sopir Dinas"),
        ("SOP", "SOP"),
    ],
)
def test_a_name_goes_without_its_kind(printed: str, name: str) -> None:
    text, changes = strip_title(printed)
    assert text == name
    assert bool(changes) == (printed != name)


@pytest.mark.parametrize(
    ("printed", "usual"),
    [
        ("PLT", "Plt."),
        ("an.", "a.n."),
        ("A.N.", "a.n."),
        ("Pj", "Pj."),
        ("Plt.", "Plt."),
        ("x", "x"),
    ],
)
def test_marks_before_a_post(printed: str, usual: str) -> None:
    assert fix_status(printed)[0] == usual
