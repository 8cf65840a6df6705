"""Scans measured by degradation; here with the vectors in place of scans: no engine is needed."""

from __future__ import annotations

import pytest

from tools.accuracy import SETS, Scans, chosen, render, show
from tools.measure_scan import (
    VECTOR,
    Part,
    ScanMeasured,
    drawn_table,
    measure_scans,
    record_table,
    text_table,
)


@pytest.fixture(scope="module")
def measured() -> ScanMeasured:
    parts = (Part(VECTOR, 1, layouts="P"), Part(VECTOR, 2, layouts="Q", name="others"))
    return measure_scans("Made scans, kept apart", parts, 7, cache=None)


def test_every_part_has_its_rows(measured: ScanMeasured) -> None:
    assert [line.split(" | ")[0] for line in text_table(measured)[2:]] == ["| vector", "| others"]
    text = measured.tallies["vector"].text
    assert (text.wer, text.cer, text.lost) == (0.0, 0.0, 0)
    assert text.words > 100
    assert drawn_table(measured)[2] == f"| vector {'| 100.0% ' * 6}|"
    rows = [line.split(" | ")[:3] for line in record_table(measured)[2:]]
    assert [row[:2] for row in rows] == [["| vector", "1"], ["| others", "2"], ["| all", "3"]]


def test_columns_fit_their_heads(measured: ScanMeasured) -> None:
    for table in (text_table(measured), drawn_table(measured), record_table(measured)):
        assert len({line.count("|") for line in table}) == 1


def test_processes_agree_with_one(measured: ScanMeasured) -> None:
    parts = (Part(VECTOR, 1, layouts="P"), Part(VECTOR, 2, layouts="Q", name="others"))
    again = measure_scans(measured.title, parts, 7, jobs=2, cache=None)
    assert again.report == measured.report
    assert again.tallies == measured.tallies


def test_the_page_has_the_tables_by_degradation(
    measured: ScanMeasured, capsys: pytest.CaptureFixture[str]
) -> None:
    page = render([measured], "2026-01-02")
    assert text_table(measured)[2] in page
    assert record_table(measured)[-1] in page
    show(measured, 1.0)
    assert record_table(measured)[-1] in capsys.readouterr().out


def test_labels_say_the_turn() -> None:
    assert Part("deg200", 1).label == "deg200"
    assert Part("deg200", 1, turn=90).label == "deg200, 90°"
    assert Part("deg200", 1, turn=90, name="sideways").label == "sideways"


def test_scans_are_chosen_by_key_and_made_fewer() -> None:
    (one,) = chosen(("scan",), "", 2, 42)
    assert isinstance(one, Scans)
    assert one.seed == 42
    assert {part.n for part in one.parts} == {0, 2}
    assert not any(isinstance(s, Scans) for s in chosen((), "P", None, 7))


def test_labels_of_a_set_are_its_own() -> None:
    for one in SETS:
        if isinstance(one, Scans):
            labels = [part.label for part in one.parts]
            assert len(set(labels)) == len(labels)
