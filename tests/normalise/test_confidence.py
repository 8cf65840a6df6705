"""Scores become a promise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopextract.model.draft import Method
from sopextract.normalise.confidence import (
    INFERRED_MAX,
    Observation,
    calibrate,
    dump_table,
    fit,
    group_of,
    load_table,
)

_SCORE = st.floats(0, 1)
_METHOD = st.sampled_from(list(Method))
_FIELD = st.sampled_from(["nomor_sop", "langkah/pelaksana", "langkah/output", "alur", "other"])


@settings(deadline=None)
@given(_FIELD, _METHOD, _SCORE, _SCORE)
def test_confidence_rises_with_the_score(field: str, method: Method, a: float, b: float) -> None:
    low, high = calibrate(field, method, min(a, b)), calibrate(field, method, max(a, b))
    assert 0 <= low <= high <= 1


@settings(deadline=None)
@given(_FIELD, _SCORE)
def test_inferred_values_are_never_silent(field: str, score: float) -> None:
    assert calibrate(field, Method.INFERRED, score) <= INFERRED_MAX


def test_a_person_is_certain() -> None:
    assert calibrate("nomor_sop", Method.REVIEWED, 0.1) == 1.0


def test_groups() -> None:
    assert group_of("langkah/pelaksana") == "aktor"
    assert group_of("langkah/bentuk/simbol") == "simbol"
    assert group_of("unheard_of") == "lain"


def observed(
    right: int, wrong: int, score: float, *, scan: bool = False, field: str = "langkah/output"
) -> list[Observation]:
    """So many values of one field with this score."""
    return [Observation(field, Method.CELL, score, i < right, scan) for i in range(right + wrong)]


def test_the_promise_needs_ninety_nine_in_a_hundred() -> None:
    good = fit(observed(400, 0, 1.0))
    assert good["sel|cell"][-1][1] >= 0.95
    bad = fit(observed(390, 10, 1.0))
    assert bad["sel|cell"][-1][1] < 0.95
    few = fit(observed(20, 0, 1.0))
    assert few["*|cell"][-1][1] < 0.95
    assert "sel|cell" not in few


def test_a_fitted_curve_never_falls() -> None:
    table = fit(observed(50, 50, 0.95) + observed(90, 10, 0.5) + observed(300, 0, 1.0))
    values = [y for _, y in table["*|cell"]]
    assert values == sorted(values)


def test_pixels_have_curves_of_their_own() -> None:
    table = fit(observed(400, 0, 1.0) + observed(300, 100, 1.0, scan=True))
    assert table["sel|cell"] == table["*|cell"] == ((1.0, 0.995),)
    assert table["*|cell|scan"] == ((1.0, 0.7488),)
    assert table["sel|cell|scan"] == ((1.0, 0.7499),)  # towards what the method has


def test_the_last_hundredths_tell_in_scans() -> None:
    right, wrong = observed(2000, 0, 0.995, scan=True), observed(0, 20, 0.96, scan=True)
    assert fit(right + wrong)["sel|cell|scan"] == ((0.96, 0.0227), (0.99, 0.995))


def test_what_the_engine_was_sure_of_keeps_the_promise() -> None:
    at = {score: calibrate("lain", Method.CELL, score, scan=True) for score in (0.5, 0.89, 0.99)}
    assert at == {0.5: 0.5, 0.89: INFERRED_MAX, 0.99: 0.995}


@pytest.mark.parametrize("field", ["nomor_sop", "langkah/pelaksana", "langkah/output", "pelaksana"])
@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("scan", [False, True])
def test_confidence_never_falls_before_a_promise(field: str, method: Method, scan: bool) -> None:
    rising = [calibrate(field, method, s / 2000, scan=scan) for s in range(2001)]
    assert rising == sorted(rising)
    if scan and method is not Method.REVIEWED:
        assert all(value <= s / 2000 for s, value in enumerate(rising) if s < 1800)


def test_a_handful_of_a_group_leans_on_its_method() -> None:
    many = observed(2000, 5, 0.97, scan=True, field="tanggal_revisi")
    few = observed(400, 0, 0.99, scan=True) + observed(3, 1, 0.97, scan=True)
    own = dict(fit(many + few)["sel|cell|scan"])
    assert 0.9 < own[0.97] <= 0.94
    assert own[0.99] == 0.995


def test_a_null_of_a_scan_may_be_a_word_that_was_passed_over() -> None:
    paper, pixels = (calibrate("nomor_sop", Method.ABSENT, 1.0, scan=way) for way in (False, True))
    assert (paper, pixels) == (0.96, 0.93)


@settings(deadline=None)
@given(_FIELD, _METHOD, _SCORE, _SCORE)
def test_confidence_rises_with_the_score_in_scans(
    field: str, method: Method, a: float, b: float
) -> None:
    low, high = (calibrate(field, method, s, scan=True) for s in sorted((a, b)))
    assert 0 <= low <= high <= 1
    if b < 0.9 and method is not Method.REVIEWED:
        assert calibrate(field, method, b, scan=True) <= INFERRED_MAX


def test_a_table_survives_its_file() -> None:
    table = fit(observed(400, 3, 1.0) + observed(5, 5, 0.4))
    assert load_table(dump_table(table, "test")) == table


@pytest.mark.parametrize("score", [-1.0, 2.0])
def test_scores_outside_are_clipped(score: float) -> None:
    assert 0 <= calibrate("nomor_sop", Method.CELL, score) <= 1
