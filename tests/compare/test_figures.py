"""Totals that know what they do not know."""

from __future__ import annotations

from sopextract.compare import compare
from sopextract.compare.figures import measure
from sopextract.compare.words import load_words
from sopextract.model.record import Alur, Waktu
from sopextract.settings import CompareSettings
from tests.compare.sheets import five, waktu
from tests.factories import langkah, provenance, record


def test_times_add_up_and_unknown_stays_unknown() -> None:
    figures = measure(five()[0])
    assert figures.menit_kerja == 15 + 30 + 60 + 30 + 5
    assert figures.time_unknown == 1
    assert load_words("id").hours(figures) == "≥ 2 jam 20 menit"


def test_no_known_time_gives_no_total() -> None:
    figures = measure(record(langkah=(langkah(1, "Mencatat", "Staf", waktu=None),)))
    assert figures.menit_kerja is None
    assert load_words("id").hours(figures) == "tidak diketahui"


def test_a_range_is_a_lower_bound() -> None:
    span = Waktu(teks="1-2 Jam", durasi="PT1H", durasi_maks="PT2H", menit_kerja=60)
    figures = measure(record(langkah=(langkah(1, "Mencatat", "Staf", waktu=span),)))
    assert figures.time_ranges == 1
    assert load_words("id").hours(figures) == "≥ 1 jam"


def test_all_known_is_exact() -> None:
    steps = (langkah(1, "A", "Staf"), langkah(2, "B", "Staf", waktu=waktu("1 Hari")))
    assert load_words("id").hours(measure(record(langkah=steps))) == "7 jam 45 menit"


def test_handovers_follow_the_rows_and_roles() -> None:
    steps = (
        langkah(1, "A", "Kadis"),
        langkah(2, "B", "Kepala Dinas"),  # the same post under two names
        langkah(3, "C", "Staf", "Kadis"),
        langkah(4, "D"),
        langkah(5, "E", "Staf"),
    )
    figures = measure(record(langkah=steps))
    assert figures.handovers == 2
    assert figures.handovers_unknown == 1


def test_decisions_and_loops() -> None:
    steps = (
        langkah(1, "A", "Staf"),
        langkah(2, "B", "Kadis", simbol="keputusan"),
        langkah(3, "C", "Staf", simbol=None),
        langkah(4, "D", "Staf", simbol=None),
    )
    alur = (
        Alur(dari=1, ke=2, basis="order"),
        Alur(dari=2, ke=1, label="Tidak", basis="text"),
        Alur(dari=2, ke=3, label="Ya", basis="text"),
        Alur(dari=3, ke=2, label="Tidak", basis="text"),
    )
    figures = measure(record(langkah=steps, alur=alur))
    assert figures.decisions == 2
    assert figures.decisions_unknown == 1
    assert figures.loops == 2


def test_a_labelled_arrow_across_its_row_is_no_loop() -> None:
    across = Alur(
        dari=2, ke=2, dari_pelaksana="Kadis", ke_pelaksana="Staf", label="Ya", basis="drawn"
    )
    steps = tuple(langkah(i, "A", "Staf") for i in (1, 2, 3))
    back = Alur(dari=3, ke=1, basis="drawn")
    assert measure(record(langkah=steps, alur=(across, back))).loops == 1


def test_a_sheet_without_steps_has_no_figures_in_its_family() -> None:
    blank = record(id="b", langkah=(), alur=(), pelaksana=())
    (family,) = compare([record(), blank], CompareSettings()).families
    found = {s.name: (s.known, s.unknown, s.min, s.max) for s in family.figures}
    assert found["langkah"] == (1, 1, 3.0, 3.0)
    assert found["pelaksana"] == (1, 1, 2.0, 2.0)
    assert found["serah_terima"] == (1, 1, 2.0, 2.0)
    assert found["keputusan"] == (1, 1, 0.0, 0.0)


def test_many_loops_are_known_though_the_slowest_way_is_not() -> None:
    steps = tuple(langkah(i, f"Langkah {i} surat", "Staf") for i in range(1, 14))
    on = [Alur(dari=i, ke=i + 1, basis="drawn", label="Ya") for i in range(1, 13)]
    back = [Alur(dari=i, ke=1, basis="drawn", label="Tidak") for i in range(2, 13)]
    sheets = [record(id=f"{n}", langkah=steps, alur=(*on, *back)) for n in range(2)]
    (family,) = compare(sheets, CompareSettings()).families
    (loops,) = (s for s in family.figures if s.name == "putaran")
    assert (loops.known, loops.min, loops.max) == (2, 11.0, 11.0)


def test_actors_and_symbols_more_likely_wrong_than_right_are_not_known() -> None:
    doubts = {"/langkah/1/pelaksana": provenance(0.3), "/langkah/2/simbol": provenance(0.3)}
    figures = measure(record(provenance=doubts))
    assert (figures.handovers, figures.handovers_unknown) == (0, 1)
    assert (figures.decisions, figures.decisions_unknown) == (0, 1)
