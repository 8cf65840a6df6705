"""The tables of `make accuracy`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.accuracy import SETS, Made, by_layout, chosen, render, row_of, show, summary
from tools.measure import Measured, group_of, measure_folder, measure_made, measures


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure_made("Made, kept apart", 4, 7, "PX")


@pytest.mark.parametrize(
    ("field", "group"),
    [
        ("nomor_sop", "identity"),
        ("dasar_hukum.tentang", "identity"),
        ("langkah.kegiatan", "step cells"),
        ("langkah.waktu.durasi", "step cells"),
        ("langkah.pelaksana", "actors of steps"),
        ("alur.urut", "edges"),
        ("alur.cabang", "edges"),
        ("alur.pelaksana", None),
        ("langkah.simbol", None),
        ("pelaksana.nama", None),
    ],
)
def test_every_field_counts_in_its_measure(field: str, group: str | None) -> None:
    assert group_of(field) == group


def test_the_measures_part_the_values(measured: Measured) -> None:
    parts = measures(measured.report)
    assert all(part.golds > 0 for part in parts)
    rest = measured.report.over("rest", lambda field: group_of(field) is None)
    assert sum(p.golds for p in parts) + rest.golds == measured.report.total.golds


def test_tables_have_a_row_for_every_set_and_layout(measured: Measured) -> None:
    head, rule, row = summary([measured])
    assert row == row_of(measured.title, measured.report)
    assert head.count("|") == rule.count("|") == row.count("|")
    assert [line[:4] for line in by_layout(measured)[2:]] == ["| P ", "| X "]


def test_the_page_begins_with_the_summary(measured: Measured) -> None:
    page = render([measured], "2026-01-02")
    assert page.index("| Made, kept apart |") < page.index("## Made, kept apart")
    assert "on 2026-01-02" in page


def test_tracebacks_of_kept_apart_sheets_are_not_shown(
    measured: Measured, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = ("x.pdf: ValueError: 'a text of the sheet'",)
    show(Measured(measured.title, measured.report, broken, {}), 1.0)
    said = capsys.readouterr().out
    assert "broke: 1" in said
    assert "a text of the sheet" not in said


def test_sets_are_chosen_by_key_and_layout() -> None:
    assert [one.key for one in chosen(("pdf", "raw"), "", None, 7)] == ["raw", "pdf"]
    made = [one for one in chosen((), "QX", 10, 42) if isinstance(one, Made)]
    assert [(one.key, one.layouts, one.n, one.seed) for one in made] == [
        ("pdf", "Q", 10, 42),
        ("pdf-apart", "Q", 10, 9701),
        ("office", "X", 10, 42),
        ("office-apart", "X", 10, 9701),
    ]


def test_every_set_for_tuning_has_one_kept_apart() -> None:
    titles = {one.title.removesuffix(" (looks once seen)") for one in SETS}
    assert {t.replace("tuning", "kept apart") for t in titles if "tuning" in t} <= titles


def test_files_that_are_not_at_hand_are_left_out(tmp_path: Path) -> None:
    assert measure_folder("Real", tmp_path, "real-tuning/*.json") is None
