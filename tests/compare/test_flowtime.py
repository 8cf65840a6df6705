"""Times along a flow, against every way gone one by one."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from sopextract.compare.comparison import FlowTimes, TimeSpan
from sopextract.compare.figures import measure
from sopextract.model.record import Alur, SopRecord, Waktu
from tests.factories import langkah, provenance, record
from tools.made_families.walks import Minutes, ask

DAY = 450.0  # minutes of a working day as the settings stand
OPEN = Waktu(teks="Sesuai jadwal")


def minutes(low: int, high: int | None = None) -> Waktu:
    most = f"PT{high}M" if high is not None else None
    return Waktu(teks=f"{low}", durasi=f"PT{low}M", durasi_maks=most, menit_kerja=low)


def edge(dari: int, ke: int, label: str | None = None) -> Alur:
    return Alur.model_validate({"dari": dari, "ke": ke, "label": label, "basis": "drawn"})


def made(times: list[Waktu | None], edges: list[Alur], **fields: object) -> SopRecord:
    steps = [langkah(i, f"Langkah {i}", "Staf", waktu=t) for i, t in enumerate(times, 1)]
    return record(langkah=tuple(steps), alur=tuple(edges), **fields)


def times_of(sheet: SopRecord) -> FlowTimes:
    flow = measure(sheet).flow
    assert flow is not None
    return flow


def span(least: float | None, most: float | None, unknown: int = 0) -> TimeSpan:
    return TimeSpan(min=least, max=most, unknown=unknown)


def test_a_return_is_gone_once_in_the_slowest_way_and_never_in_the_main_one() -> None:
    flow = times_of(
        made(
            [minutes(10), minutes(20, 30), minutes(5), minutes(1)],
            [edge(1, 2), edge(2, 3), edge(3, 2, "Tidak"), edge(3, 4, "Ya")],
        )
    )
    assert flow.path == (1, 2, 3, 4)
    assert flow.main == span(36, 46)
    assert flow.best == span(36, 46)
    assert flow.worst == span(36 + 25, 46 + 35)
    assert flow.assumed == 0


def test_a_refusal_that_ends_early_is_the_quickest_way() -> None:
    ended = langkah(3, "Menolak", "Staf", waktu=minutes(2), simbol="terminator")
    sheet = made(
        [minutes(10), minutes(5), None, minutes(60)],
        [edge(1, 2), edge(2, 3, "Tidak"), edge(2, 4, "Ya")],
    )
    steps = (*sheet.langkah[:2], ended, *sheet.langkah[3:])
    flow = times_of(sheet.model_copy(update={"langkah": steps}))
    assert flow.path == (1, 2, 4)
    assert flow.main == span(75, 75)
    assert flow.best == span(17, 17)
    assert flow.worst == span(75, 75)


def test_the_quickest_way_may_go_back() -> None:
    flow = times_of(
        made(
            [minutes(1), minutes(1), minutes(1), minutes(90), minutes(1)],
            [edge(1, 3), edge(2, 5), edge(3, 2), edge(3, 4), edge(4, 5)],
        )
    )
    assert flow.main == span(93, 93)
    assert flow.best == span(4, 4)
    assert flow.worst == span(93, 93)


def test_an_unknown_time_is_no_zero_and_leaves_no_upper_end() -> None:
    flow = times_of(made([minutes(10), OPEN, None], [edge(1, 2), edge(2, 3)]))
    assert flow.main == flow.best == flow.worst == span(10, None, 2)
    nothing = times_of(made([OPEN, None], [edge(1, 2)]))
    assert nothing.main == nothing.best == nothing.worst == span(None, None, 2)


def test_a_quick_way_without_unknown_steps_bounds_the_quickest() -> None:
    ended = made(
        [minutes(1), OPEN, minutes(50)], [edge(1, 2, "Ya"), edge(1, 3, "Tidak"), edge(2, 3)]
    )
    flow = times_of(ended)
    assert flow.best == span(51, 51)
    assert flow.worst == span(51, None, 1)


def test_an_unread_time_counts_as_unknown() -> None:
    doubts = {"/langkah/1/waktu": provenance(0.3)}
    flow = times_of(made([minutes(10), minutes(20)], [edge(1, 2)], provenance=doubts))
    assert flow.main == span(10, None, 1)
    assert measure(made([minutes(1)], [], provenance=doubts)).time_unknown == 0


def test_a_bound_alone_begins_at_nothing() -> None:
    bound = Waktu(teks="paling lama 3 hari", durasi_maks="P3D", menit_kerja=3 * DAY)
    assert times_of(made([bound, minutes(5)], [edge(1, 2)])).main == span(5, 3 * DAY + 5)


def test_ranges_of_days_keep_the_minutes_of_the_record() -> None:
    days = Waktu(teks="2-3 hari", durasi="P2D", durasi_maks="P3D", menit_kerja=2 * 480)
    assert times_of(made([days], [])).main == span(2 * 480, 3 * 480)
    figures = measure(made([days, minutes(3)], []))
    assert (figures.open_days, figures.calendar_days, figures.time_ranges) == (1, 0, 1)


def test_rows_without_exit_go_on_and_are_counted() -> None:
    flow = times_of(
        made(
            [minutes(1), minutes(2), minutes(4), minutes(8)],
            [edge(1, 2), edge(3, 1, "Tidak")],
        )
    )
    assert flow.path == (1, 2, 3, 4)
    assert flow.assumed == 2
    assert flow.worst == span(22, 22)


def test_without_edges_the_rows_are_the_main_way_and_no_more_is_said() -> None:
    flow = times_of(made([minutes(1), minutes(2)], []))
    assert flow.main == span(3, 3)
    assert flow.best is None
    assert flow.worst is None
    assert measure(made([], [])).flow is None


def test_edges_that_only_follow_the_rows_are_no_flow() -> None:
    order = [Alur(dari=i, ke=i + 1, basis="order") for i in (1, 2)]
    flow = times_of(made([minutes(1), minutes(2), minutes(4)], order))
    assert (flow.main, flow.best, flow.worst, flow.assumed) == (span(7, 7), None, None, 2)


def test_too_many_returns_give_no_slowest_way() -> None:
    edges = [edge(i, i + 1) for i in range(1, 12)] + [edge(i, 1) for i in range(2, 13)]
    flow = times_of(made([minutes(1)] * 12, edges))
    assert flow.worst is None
    assert flow.best is None  # the last row leads back too: no way ends


@st.composite
def flows(draw: st.DrawFn) -> tuple[list[Waktu | None], list[Alur], list[Minutes]]:
    rows = draw(st.integers(1, 7))
    edges: set[tuple[int, int]] = set()
    for row in range(rows - 1):
        ahead = draw(st.sets(st.integers(row + 1, rows - 1), min_size=1, max_size=2))
        edges.update((row, to) for to in ahead)
    for _ in range(draw(st.integers(0, 4))):
        tail = draw(st.integers(0, max(0, rows - 2)))
        if rows > 1:
            edges.add((tail, draw(st.integers(0, tail))))
    times: list[Waktu | None] = []
    truth: list[Minutes] = []
    for _ in range(rows):
        low, more = draw(st.integers(1, 60)), draw(st.integers(-8, 30))
        if more == -8:
            times.append(OPEN)
            truth.append((0.0, math.inf))
        else:
            times.append(minutes(low, low + more if more > 0 else None))
            truth.append((low, low + max(more, 0)))
    alur = [edge(a + 1, b + 1) for a, b in sorted(edges)]
    return times, alur, truth


@settings(max_examples=300, deadline=None)
@given(flows())
def test_every_way_gone_gives_the_same(
    made_flow: tuple[list[Waktu | None], list[Alur], list[Minutes]],
) -> None:
    times, alur, truth = made_flow
    if not alur:
        return
    flow = times_of(made(times, alur))
    answer = ask([(e.dari - 1, e.ke - 1) for e in alur], truth)
    unknown = [high == math.inf for _, high in truth]
    for found, wanted in ((flow.best, answer.best), (flow.worst, answer.worst)):
        assert found is not None
        assert wanted is not None
        assert found.max == (None if wanted[1] == math.inf else wanted[1])
        assert (found.min or 0.0) == wanted[0]
    along = [row - 1 for row in flow.path]
    assert flow.main.unknown == sum(unknown[row] for row in along)
    assert (flow.main.min or 0.0) == sum(truth[row][0] for row in along)


def test_a_last_row_of_which_only_the_way_back_is_drawn_ends_the_flow() -> None:
    flow = times_of(
        made(
            [minutes(10), minutes(20), minutes(5)],
            [edge(1, 2), edge(2, 3), edge(3, 2, "Tidak")],
        )
    )
    assert flow.path == (1, 2, 3)
    assert (flow.main, flow.best, flow.worst) == (span(35, 35), span(35, 35), span(60, 60))
    assert flow.assumed == 1


def test_times_that_are_none_are_not_known() -> None:
    for minutes_ in (-5.0, math.inf, math.nan):
        odd = Waktu(teks="?", durasi="PT1M", menit_kerja=minutes_)
        assert times_of(made([minutes(10), odd], [])).main == span(10, None, 1)
